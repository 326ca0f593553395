"""The findings with what they rest on and what overturns them, as the README prints them."""

import pandas as pd

from analysis import findings, robustness
from analysis.report.markdown import plain
from analysis.study.statements import labels
from analysis.study.wording import counted, listed, say

MOST = 8  # findings in the README
FALLS = (
    "contested code",
    "rule",
    "paragraph left out",
    "document left out",
)  # of what is tried, what the README counts


def findings_table(study):
    """Return the leading findings in Markdown, with what they rest on and what overturns them.

    Descriptions, which nearly every coding would give, are left out.
    """
    leading = study.findings[~study.findings["finding"].isin(findings.descriptions(study))].head(MOST)
    rests = robustness.supports(study).set_index("finding").to_dict("index")
    fewest = robustness.fewest_changes(study).set_index("finding").to_dict("index")
    falls = robustness.grid(study).T.groupby(level="tried").sum()
    lines = [say(study, "trust-head"), "|---|---|---|"]
    for row in leading.itertuples():
        name = row.finding
        cells = row.sentence, _rests_on(study, rests[name]), _overturned(study, fewest[name], falls[name])
        lines.append(f"| {' | '.join(map(plain, cells))} |")
    return "\n".join(lines)


def examples(study, fewest):
    """Say in words, for each row of `robustness.fewest_changes`, an example of what overturns its finding."""
    listings = [example.split("; ") if example else [] for example in fewest["example"]]
    return ["; ".join(_change(study, *change.split(" ", 2)) for change in changes) for changes in listings]


def _rests_on(study, row):
    """Say how many passages and texts a finding rests on, from its row of `robustness.supports`."""
    parts = {"article-paragraphs": row["paragraphs"], "own-texts": row["documents"]}
    said = [counted(study, len(part.split()), key) for key, part in parts.items() if part]
    return "; ".join(said) or say(study, "declared-lists")


def _overturned(study, fewest, falls):
    """Say what overturns a finding: contested codes, or else the fewest changes; rules; paragraphs left out."""
    said = [counted(study, falls[kind], f"falls-{kind}") for kind in FALLS if falls.get(kind)]
    if not falls.get(FALLS[0]):
        tried = f"{fewest['tried']:,}"
        none, number = pd.isna(fewest["changes"]), fewest["changes"]
        few = say(study, "nothing-overturns", tried=tried) if none else counted(study, number, "codes-change")
        said.insert(0, few)
    return "; ".join(said)


def _places(study, paragraphs):
    """Name paragraphs, those of the first document by their numbers alone."""
    short = study.documents.set_index("document")["short"]
    places = {}
    for paragraph in paragraphs:
        document, _, name = paragraph.rpartition(".")
        places.setdefault((document, name[0]), []).append(name[1:].lstrip("0"))
    named = []
    for (document, kind), numbers in places.items():
        one, several = say(study, f"place-{kind}").split("|")
        place = f"{one if len(numbers) == 1 else several} {listed(study, numbers)}"
        named.append(f"{short[document]}, {place}" if document else place)
    return "; ".join(named)


def _change(study, statement, column, code):
    """Say a change of one code, with the statement's own gist."""
    names, rows = labels(study), study.statements.set_index("statement")
    named = {"issue": names.issues, "side": names.sides, "addressee": names.sides | names.actors}
    coded = {"evidence": f"evidence-{code}", "position": f"stance-{code}", "form": f"form-{code}"}
    known = column in coded or column in named or column == "statement"
    called = say(study, coded[column]) if column in coded else named.get(column, {}).get(code, code)
    change = say(study, f"change-{column if known else 'other'}", code=called, column=column)
    gist, paragraph = rows.loc[statement, ["gist", "paragraph"]]
    return say(study, "change-said", gist=gist, place=_places(study, [paragraph]), change=change)
