"""Tables for readers: labels in place of ids, and the passages behind a number."""

import re

import numpy as np
import pandas as pd

from analysis.report.markdown import passage, plain
from analysis.study.codebook import EVIDENCE_LABELS
from analysis.study.statements import labels

SIGNS = {"1": "for", "-1": "against", "mixed": "both", "0": "neither"}
# What stands to the right: a number with its sign and percent, or the mark of a missing one.
NUMBER = re.compile(r"(?:\+|−|-|&#45;)?[0-9][0-9,.]*%?|–")


def labelled(study, table):
    """Return a table with labels in place of ids, in the columns whose names say what they hold.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        Its index is left as it is.

    Returns
    -------
    pandas.DataFrame
        The columns `issue`, `side`, `toward`, `doer`, `speaker`, `actor`, `document`, `evidence`, `sign`, `position`,
        `measure` and `finding` (its short form) hold labels; so do the names of columns that are sides or themes.
    """
    names = labels(study)
    findings = pd.concat([study.findings, study.outside]).set_index("finding")["short"].to_dict()
    known = {
        "issue": names.issues,
        "finding": findings,
        "document": study.documents.set_index("document")["short"].to_dict(),
        "evidence": EVIDENCE_LABELS,
        "measure": {"recall": "of its own, reported", "precision": "of the reported, its own"},
    }
    known |= dict.fromkeys(("side", "toward", "doer"), names.sides)
    known |= dict.fromkeys(("speaker", "actor"), names.short)
    known |= dict.fromkeys(("sign", "position"), SIGNS)
    columns = {name: table[name].map(lambda value, by=by: by.get(value, value))
               for name, by in known.items() if name in table}  # fmt: skip
    return table.assign(**columns).rename(columns=names.sides | names.themes)


def table(frame, digits=2):
    """Write a table in Markdown, which GitHub and JupyterLab show with words left and numbers right.

    Parameters
    ----------
    frame : pandas.DataFrame
        Its index comes first if it has a name; of several levels a value is written once.
    digits : int
        Of fractions.

    Returns
    -------
    str
    """
    named = any(frame.index.names)
    levels = frame.index.nlevels if named and frame.index.nlevels > 1 else 0
    columns = [
        ", ".join(filter(None, name)) if isinstance(name, tuple) else str(name) for name in frame.columns
    ]
    rows = frame.set_axis(columns, axis=1).reset_index(drop=not named)
    lines, before = [], [None] * levels
    for row in rows.itertuples(index=False, name=None):
        same = [row[: level + 1] == tuple(before[: level + 1]) for level in range(levels)]
        lines.append(["" if hidden else _cell(value, digits) for value, hidden in
                      zip(row, same + [False] * (len(row) - levels), strict=True)])  # fmt: skip
        before = row[:levels]
    numeric = [all(map(NUMBER.fullmatch, cells)) for cells in zip(*lines, strict=True)] or [False] * len(
        rows.columns
    )
    heads = [[plain(str(name)) for name in rows], ["---:" if number else ":---" for number in numeric]]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in heads + lines)


def _cell(value, digits):
    """Write a value for a reader."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if pd.isna(value):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:.{digits}f}" if isinstance(value, float) else plain(str(value))


def passages(study, statements):
    """List statements in our own words, each with a link to its passage in the document it stands in.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame
        Rows of a coding.

    Returns
    -------
    str
        Markdown: one line per statement, with its side and issue.
    """
    names, place = labels(study), study.paragraphs.set_index("paragraph")["document"]
    short = study.documents.set_index("document")["short"]
    lines = []
    for row in statements.itertuples():
        where = f"{short[place[row.paragraph]]}, {row.paragraph.rpartition('.')[2]}"
        told = f"{names.sides[row.side]}, {names.issues[row.issue]}: {row.gist}"
        lines.append(f"- {plain(told)} ({passage(study, row.anchor, where, paragraph=row.paragraph)})")
    return "\n".join(lines)
