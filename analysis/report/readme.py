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
        read = row["paragraphs"].split()
        where = _places(study, read) if len(read) <= 4 else f"{len(read)} paragraphs of the article"
        said.append(f"{where}: {listed(words)}")
    named = [short[name] for name in row["documents"].split()]
    if named:
        said.append("; ".join(named) if len(named) <= 3 else f"{len(named)} own texts")
    needed = row["needs"].split()
    if needed:
        said.append(f"falls without {'any of ' if len(needed) > 1 else ''}{_places(study, needed)}")
    return "; ".join(said or ["declared lists"])


def fails_if(study, row, contested):
    """Say what makes a finding fail, from its row of `robustness.fewest_changes` and contested codes."""
    if len(contested):
        first = _change(study, *contested[0])
        others = f"one of {len(contested)} contested codes is read the other way, such as: "
        return first if len(contested) == 1 else others + first
    if pd.isna(row["changes"]):
        return f"nothing found: {row['tried']:,} changes of up to three codes were tried"
    changes = [_change(study, *change.split(" ", 2)) for change in row["example"].split("; ")]
    number = "one code changes" if row["changes"] == 1 else f"{row['changes']} codes change"
    return f"{number} (no contested code alone is enough), such as: {' and '.join(changes)}"


def _places(study, paragraphs):
    """Name paragraphs, those of the first document by their numbers alone."""
    short = study.documents.set_index("document")["short"]
    kinds = {"p": "paragraph", "c": "photo caption", "h": "headline"}
    places = {}
    for paragraph in paragraphs:
        document, _, name = paragraph.rpartition(".")
        places.setdefault((document, kinds.get(name[0], name)), []).append(name[1:].lstrip("0"))
    named = []
    for (document, kind), numbers in places.items():
        several = kind if len(numbers) == 1 else f"{kind}s"
        named.append((f"{short[document]}, " if document else "") + f"{several} {listed(numbers)}")
    return "; ".join(named)


def _change(study, statement, column, code):
    """Say a change of one code, with the statement's own gist."""
    names, rows = labels(study), study.statements.set_index("statement")
    said = {
        "issue": f"is on {names.issues.get(code)}",
        "side": f"is {names.sides.get(code)}'s",
        "addressee": f"is addressed to {(names.sides | names.actors).get(code)}",
        "evidence": f"is coded as {EVIDENCE_LABELS.get(code)}",
        "position": f"is read as {STANCES.get(code)}",
        "form": f"is read as {'an' if code[0] in 'aeiou' else 'a'} {code}",
        "statement": "is left out",
    }
    gist, paragraph = rows.loc[statement, ["gist", "paragraph"]]
    change = said.get(column, f"has the {column} {code}")
    return f"“{gist}” ({_places(study, [paragraph])}) {change}"
