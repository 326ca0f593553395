"""What each side's statements give: salience, positions, asks, voices, declared priorities."""

import pandas as pd

from analysis.study.codebook import ASKS, NONE, NOT_NAMED, OTHERS, WORDS
from analysis.study.statements import admit


def salience(study, statements=None):
    """Count the statements of each side on each issue.

    Returns one row per issue and side that are mentioned together: `issue`, `side`, `statements`, `share` (of
    the side's statements, 0 to 1), `first` (the first paragraph that mentions it).
    """
    statements = admit(study) if statements is None else statements
    rows = statements.groupby(["issue", "side"], sort=False)
    table = rows.agg(statements=("statement", "size"), first=("paragraph", "first")).reset_index()
    table["share"] = table["statements"] / table.groupby("side")["statements"].transform("sum")
    return _ordered(study, table)[["issue", "side", "statements", "share", "first"]]


def positions(study, statements=None):
    """Count the positions of each side on each issue.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        One row per issue and side that are mentioned together: `issue`, `side`, and the numbers of
        statements `for`, `against`, `mixed` and `neither`.
    """
    statements = admit(study) if statements is None else statements
    names = {"1": "for", "-1": "against", "mixed": "mixed", "0": "neither"}
    table = statements.groupby(["issue", "side", "position"]).size().unstack(fill_value=0)
    table = table.reindex(columns=list(names), fill_value=0).rename(columns=names)
    table.columns.name = None
    return _ordered(study, table.reset_index())


def asks(study, statements=None):
    """List what sides ask of each other: signed demands and proposals directed at another side.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        One row per ask, in the order of study.toml and of the text: `side`, `toward`, `issue`, `gist`,
        `speaker`, `evidence`, `paragraph`, `statement`.
    """
    statements = admit(study) if statements is None else statements
    asking = statements["form"].isin(ASKS) & statements["position"].isin(["1", "-1"])
    other = (statements["toward"] != NONE) & (statements["toward"] != statements["side"])
    rows = statements[asking & other]
    order = {side: place for place, side in enumerate(study.meta["sides"])}
    rows = rows.assign(_side=rows["side"].map(order), _toward=rows["toward"].map(order))
    rows = rows.sort_values(["_side", "_toward"], kind="stable")
    columns = ["side", "toward", "issue", "gist", "speaker", "evidence", "paragraph", "statement"]
    return rows[columns].reset_index(drop=True)


def voices(study, statements=None):
    """Count by whose word each side's statements are told.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline in the reports.

    Returns
    -------
    pandas.DataFrame
        One row per side, in the order of study.toml; a column for each of `WORDS`: `own` (its own words,
        quoted or retold), `act`, `reporter` and `observer`; `statements` (their sum) and `others` (the
        share that the reporter or an observer tells, 0 to 1; nan for a side without statements).
    """
    statements = admit(study) if statements is None else statements
    statements = statements[~statements["form"].isin(NOT_NAMED)]
    table = pd.DataFrame(0, index=pd.Index(list(study.meta["sides"]), name="side"), columns=list(WORDS))
    for word, evidence in WORDS.items():
        number = statements.loc[statements["evidence"].isin(evidence), "side"].value_counts()
        table[word] = number.reindex(table.index, fill_value=0)
    total = table.sum(axis=1)
    others = table[list(OTHERS)].sum(axis=1) / total.where(total > 0)
    return table.assign(statements=total, others=others)


def _ordered(study, table):
    """Sort rows by issue and side as the codebook and study.toml order them."""
    issue = pd.Categorical(table["issue"], study.issues["issue"])
    side = pd.Categorical(table["side"], list(study.meta["sides"]))
    order = pd.DataFrame({"issue": issue.codes, "side": side.codes}, index=table.index)
    return table.loc[order.sort_values(["issue", "side"]).index].reset_index(drop=True)
