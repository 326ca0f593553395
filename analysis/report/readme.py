"""The findings with what they rest on and what overturns them, as the README prints them."""

import pandas as pd

from analysis import findings, robustness
from analysis.report.markdown import plain
from analysis.study.codebook import WORDS
from analysis.study.statements import labels
from analysis.study.wording import listed, say

MOST = 8  # findings in the README


def findings_table(study):
    """Return the leading findings in Markdown, with what they rest on and what makes them fail.

    Descriptions, which nearly every coding would give, are left out.
    """
    leading = study.findings[~study.findings["finding"].isin(findings.descriptions(study))].head(MOST)
    rests = robustness.supports(study).set_index("finding").to_dict("index")
    fewest = robustness.fewest_changes(study).set_index("finding").to_dict("index")
    alone = robustness.contested(study)
    lines = [say(study, "trust-head"), "|---|---|---|"]
    for row in leading.itertuples():
        fails = _fails_if(study, fewest[row.finding], alone.index[alone[row.finding]])
        cells = row.sentence, _rests_on(study, rests[row.finding]), fails
        lines.append(f"| {' | '.join(map(plain, cells))} |")
    return "\n".join(lines)


def _rests_on(study, row):
    """Say what a finding rests on, from its row of `robustness.supports`."""
    short = study.documents.set_index("document")["short"]
    said = []
    if row["statements"]:
        words = [f"{say(study, f'word-{word}')} ({row[word]})" for word in WORDS if row[word]]
        read = row["paragraphs"].split()
        where = _places(study, read) if len(read) <= 4 else say(study, "article-paragraphs", number=len(read))
        said.append(f"{where}: {listed(study, words)}")
    named = [short[name] for name in row["documents"].split()]
    if named:
        said.append("; ".join(named) if len(named) <= 3 else say(study, "own-texts", number=len(named)))
    needed = row["needs"].split()
    if needed:
        # What stands in the sentence may hold the sign that parts its two forms.
        one, more = say(study, "falls-without", places="{}").split("|")
        said.append((one if len(needed) == 1 else more).replace("{}", _places(study, needed)))
    return "; ".join(said or [say(study, "declared-lists")])


def _fails_if(study, row, contested):
    """Say what makes a finding fail, from its row of `robustness.fewest_changes` and contested codes."""
    if len(contested):
        first, number = _change(study, *contested[0]), len(contested)
        return first if number == 1 else say(study, "contested-one", number=number, change=first)
    if pd.isna(row["changes"]):
        return say(study, "nothing-overturns", tried=f"{row['tried']:,}")
    changes = [_change(study, *change.split(" ", 2)) for change in row["example"].split("; ")]
    told = say(study, "codes-change", number=row["changes"], changes="{}").split("|")
    return told[min(row["changes"], 2) - 1].replace("{}", listed(study, changes))


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
