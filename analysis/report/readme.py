"""The findings with what they rest on and what overturns them, as the README prints them."""

import pandas as pd

from analysis import findings, robustness
from analysis.report.markdown import listed, plain
from analysis.study.codebook import EVIDENCE_LABELS, WORD_LABELS, WORDS
from analysis.study.statements import labels

MOST = 8  # findings in the README


STANCES = {"1": "in favour", "-1": "against", "0": "taking no position", "mixed": "going both ways"}


def findings_table(study):
    """Return the leading findings in Markdown, with what they rest on and what makes them fail.

    Descriptions, which nearly every coding would give, are left out.
    """
    described = findings.descriptions(study)
    table = trust(study)
    table = table[~table["finding"].isin(described)].head(MOST)
    sentences = study.findings.set_index("finding")["sentence"]
    lines = ["| finding | rests on | fails if |", "|---|---|---|"]
    for row in table.itertuples():
        lines.append(f"| {plain(sentences[row.finding])} | {plain(row.rests_on)} | {plain(row.fails_if)} |")
    return "\n".join(lines)


def trust(study):
    """Say of each finding what it rests on and what makes it fail.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per finding of findings.csv: `finding`, `chance` (of holding in a random coding that obeys
        the codebook, 0 to 1), `rests_on` and `fails_if`, in words.
    """
    rests, fewest = robustness.supports(study), robustness.fewest_changes(study)
    alone = robustness.contested(study)
    table = pd.DataFrame({"finding": study.findings["finding"]})
    table["chance"] = table["finding"].map(findings.chances(study))
    table["rests_on"] = [rests_on(study, row) for row in rests.to_dict("records")]
    table["fails_if"] = [
        fails_if(study, row, alone.index[alone[row["finding"]]]) for row in fewest.to_dict("records")
    ]
    return table


def rests_on(study, row):
    """Say what a finding rests on, from its row of `robustness.supports`."""
    short = study.documents.set_index("document")["short"]
    said = []
    if row["statements"]:
        words = [f"{WORD_LABELS[word]} ({row[word]})" for word in WORDS if row[word]]
        number = len(row["paragraphs"].split())
        where = row["paragraphs"].replace(" ", ", ") if number <= 4 else f"{number} paragraphs"
        said.append(f"{where}: {listed(words)}")
    documents = row["documents"].split()
    if documents:
        named = (
            listed([short[name] for name in documents])
            if len(documents) <= 3
            else f"{len(documents)} own texts"
        )
        said.append(named)
    needed = row["needs"].replace(" ", ", ")
    return "; ".join(said or ["lists that are declared"]) + (f"; falls without {needed}" if needed else "")


def fails_if(study, row, contested):
    """Say what makes a finding fail, from its row of `robustness.fewest_changes` and contested codes."""
    if len(contested):
        first = _change(study, *contested[0])
        return (
            first
            if len(contested) == 1
            else f"one of {len(contested)} contested codes goes the other way: {first}"
        )
    if pd.isna(row["changes"]):
        return f"more than three codes change: none found up to three ({row['tried']:,} tried)"
    changes = [_change(study, *change.split(" ", 2)) for change in row["example"].split("; ")]
    number = "one code changes" if row["changes"] == 1 else f"{row['changes']} codes change"
    return f"no contested code alone; {number}: {' and '.join(changes)}"


def _change(study, statement, column, code):
    """Say a change of one code, with the statement's own gist."""
    names, rows = labels(study), study.statements.set_index("statement")
    said = {
        "issue": f"is on {names.issues.get(code)}",
        "side": f"is {names.sides.get(code)}'s",
        "addressee": f"is addressed to {(names.sides | names.actors).get(code)}",
        "evidence": f"is {EVIDENCE_LABELS.get(code)}",
        "position": f"is read as {STANCES.get(code)}",
        "form": f"is read as {'an' if code[0] in 'aeiou' else 'a'} {code}",
        "statement": "is left out",
    }
    gist, paragraph = rows.loc[statement, ["gist", "paragraph"]]
    return f"“{gist}” ({paragraph}) {said.get(column, f'has the {column} {code}')}"
