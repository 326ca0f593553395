"""The findings with their survival, as the README prints them."""

import pandas as pd

from analysis import robustness
from analysis.report.markdown import plain


def findings_table(study):
    """Return the findings with their survival in Markdown, as the README prints them."""
    table = robustness.survival(study, robustness.multiverse(study)).merge(
        robustness.carriers(study), on="finding"
    )
    table["stability"] = robustness.stability(study).to_numpy()
    sentences = study.findings.set_index("finding")["sentence"]
    lines = ["| finding | same question | all rules | resampled | falls without |", "|---|---|---|---|---|"]
    for _, row in table.iterrows():
        drawn = "–" if pd.isna(row["stability"]) else f"{row['stability']:.0%}"
        lines.append(
            f"| {plain(sentences[row['finding']])} | {row['same question']:.0%} | {row['all']:.0%} | {drawn} "
            f"| {row['rests on'] or '–'} |"
        )
    return "\n".join(lines)
