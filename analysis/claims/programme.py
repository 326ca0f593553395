"""The event's own agenda: what each government announced, and what they adopted."""

import pandas as pd

from analysis.study.codebook import PLACES, PLEDGE
from analysis.study.documents import ADOPTED, of_layer
from analysis.study.statements import admit


def agenda(study):
    """Compare, issue by issue, what was announced with what was adopted.

    Returns
    -------
    pandas.DataFrame
        One row per issue: `issue`; a column per compared side, with the best place it gave the issue
        beforehand (a code of PLACES, or empty); `headings`, `pledges` and `statements` of the coded
        papers that were adopted, the last without pledges.
    """
    table = pd.DataFrame({"issue": study.issues["issue"]})
    for side in study.meta["compare"]:
        table[side] = table["issue"].map(_announced(study, side)).fillna("")
    adopted = admit(study, layers=(ADOPTED,))
    pledged = adopted["form"] == PLEDGE
    found = {"headings": study.headings, "pledges": adopted[pledged], "statements": adopted[~pledged]}
    for name, rows in found.items():
        table[name] = table["issue"].map(rows["issue"].value_counts()).fillna(0).astype(int)
    return table


def headed(study):
    """Return the issues that a heading of the adopted papers names, in the codebook's order."""
    return [issue for issue in study.issues["issue"] if issue in set(study.headings["issue"])]


def topics(study, side):
    """Return the issues that a side announced as topics by themselves, in the codebook's order."""
    named = _announced(study, side)
    return [issue for issue in study.issues["issue"] if named.get(issue) == PLACES[0]]


def headings(study):
    """Count, for each adopted paper, its `headings` and those `with an issue`."""
    rows = study.paragraphs[study.paragraphs["kind"] == "heading"]
    named = rows["paragraph"].isin(study.headings.loc[study.headings["issue"] != "", "paragraph"])
    found = named.groupby(rows["document"]).agg(["size", "sum"])
    found = found.reindex(of_layer(study, ADOPTED), fill_value=0).rename_axis("document")
    found.columns = ["headings", "with an issue"]
    return found.reset_index()


def _announced(study, side):
    """Return the best place that a side gave to each issue beforehand, as a dict."""
    rows = study.agenda[study.agenda["side"] == side]
    rows = rows.sort_values("place", key=lambda column: column.map(PLACES.index), kind="stable")
    return rows.drop_duplicates("issue").set_index("issue")["place"].to_dict()
