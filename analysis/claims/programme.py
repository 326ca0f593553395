"""The event's own agenda: what each government announced, and what they adopted."""

import pandas as pd

from analysis.study.codebook import PLACES, PLEDGE
from analysis.study.documents import ADOPTED, of_layer
from analysis.study.statements import admit


def agenda(study):
    """Compare, issue by issue, what was announced with what was adopted.

    What was adopted is read off the coded papers: their headings, which name issues and are no
    statements, their pledges, and what else they say.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per issue, in the order of the codebook: `issue`; a column per compared side, with the
        best place it gave the issue beforehand (a code of PLACES, or empty); `headings`, `pledges` and
        `statements` of the adopted papers, the last without pledges.
    """
    table = pd.DataFrame({"issue": study.issues["issue"]})
    for side in study.meta["compare"]:
        table[side] = table["issue"].map(_announced(study, side)).fillna("")
    adopted = admit(study, layers=(ADOPTED,))
    pledged = adopted["form"] == PLEDGE
    found = {
        "headings": study.headings["issue"],
        "pledges": adopted.loc[pledged, "issue"],
        "statements": adopted.loc[~pledged, "issue"],
    }
    for name, issues in found.items():
        table[name] = table["issue"].map(issues.value_counts()).fillna(0).astype(int)
    return table


def headed(study):
    """Return the issues that a heading of the adopted papers names, in the codebook's order."""
    named = set(study.headings["issue"])
    return [issue for issue in study.issues["issue"] if issue in named]


def topics(study, side):
    """Return the issues that a side announced as topics by themselves, in the codebook's order."""
    named = _announced(study, side)
    return [issue for issue in study.issues["issue"] if named.get(issue) == PLACES[0]]


def headings(study):
    """Count the headings of each adopted paper.

    Returns
    -------
    pandas.DataFrame
        One row per paper: `document`, `headings`, and `with an issue`, those that name one.
    """
    rows = study.paragraphs[study.paragraphs["kind"] == "heading"]
    named = study.headings.loc[study.headings["issue"] != "", "paragraph"]
    found = []
    for document in of_layer(study, ADOPTED):
        mine = rows.loc[rows["document"] == document, "paragraph"]
        found.append((document, len(mine), int(mine.isin(named).sum())))
    return pd.DataFrame(found, columns=["document", "headings", "with an issue"])


def _announced(study, side):
    """Return the best place that a side gave to each issue beforehand, as a dict."""
    rows = study.agenda[study.agenda["side"] == side]
    rows = rows.sort_values("place", key=lambda column: column.map(PLACES.index), kind="stable")
    return rows.drop_duplicates("issue").set_index("issue")["place"].to_dict()
