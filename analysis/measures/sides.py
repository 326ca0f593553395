"""What each side's statements give: salience, positions, asks, voices, declared priorities."""

import pandas as pd

from analysis.study.codebook import ASKS, NONE, OWN_WORDS
from analysis.study.statements import admit, labels


def salience(study, statements=None):
    """Count the statements of each side on each issue.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        One row per issue and side that are mentioned together: `issue`, `side`, `statements`, `share`
        (of the side's statements, 0 to 1), `first` (the first paragraph that mentions it).
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
    """List what sides ask of each other: demands and proposals directed at another side.

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
    rows = statements[statements["form"].isin(ASKS) & (statements["toward"] != NONE)]
    order = {side: place for place, side in enumerate(study.meta["sides"])}
    rows = rows.assign(_side=rows["side"].map(order), _toward=rows["toward"].map(order))
    rows = rows.sort_values(["_side", "_toward"], kind="stable")
    columns = ["side", "toward", "issue", "gist", "speaker", "evidence", "paragraph", "statement"]
    return rows[columns].reset_index(drop=True)


def voices(study, statements=None):
    """Count each side's statements by evidence.

    Returns
    -------
    pandas.DataFrame
        One row per side, one column per evidence code that the baseline admits, `statements` (their sum)
        and `own words` (the share that is quoted or reported, 0 to 1).
    """
    statements = admit(study) if statements is None else statements
    codes = study.meta["baseline"]["evidence"]
    table = statements.groupby(["side", "evidence"]).size().unstack(fill_value=0)
    table = table.reindex(index=list(study.meta["sides"]), columns=codes, fill_value=0)
    table.columns.name = None
    total = table.sum(axis=1)
    own = table[[code for code in codes if code in OWN_WORDS]].sum(axis=1)
    return table.assign(**{"statements": total, "own words": own / total.where(total > 0)})


def declared(study):
    """List the declared priorities, a row for each bucket of each ranking.

    Returns
    -------
    pandas.DataFrame
        `ranking`, `side`, `speaker`, `hedged`, `emphasis`, `bucket`, `issues` and `named` (lists:
        the issues, and what the speaker calls them, level with each other; issues that are not
        listed are not last, they are not ranked), `paragraph`.
        Bucket orders as in Fagin et al. 2006, SIAM J. Discrete Math. 20:628.
    """
    keys = ["ranking", "side", "speaker", "hedged", "emphasis", "bucket", "paragraph"]
    rows = study.rankings.groupby(keys, sort=False)
    return rows.agg(issues=("issue", list), named=("named", list)).reset_index()


def declared_as(study, side, emphasis="high", first=True):
    """Return the issues that are declared a priority of a side.

    Parameters
    ----------
    study : Study
    side : str
    emphasis : {'high', 'low'}
    first : bool
        Only the first bucket of each ranking.

    Returns
    -------
    list of str
        Issue ids in the order of the codebook.
    """
    rows = study.rankings
    keep = (rows["side"] == side) & (rows["emphasis"] == emphasis)
    if first:
        keep &= rows["bucket"] == 1
    named = set(rows.loc[keep, "issue"])
    return [issue for issue in study.issues["issue"] if issue in named]


def kinds_of_priority(study, side, statements=None):
    """Keep three kinds of priority of a side apart: declared, emphasised, acted on.

    Parameters
    ----------
    study : Study
    side : str
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        One row per issue that has any of the three: `issue`, `declared` (in words: place, or low, and
        by whom, with a question mark for a hedge; empty for not ranked, which is not last),
        `emphasised` (number of statements), `acted on` (those of them that report an act).
    """
    statements = admit(study) if statements is None else statements
    rows = statements[statements["side"] == side]
    said = study.rankings[study.rankings["side"] == side]
    names = labels(study).short
    words = {}
    for row in said.itertuples():
        place = str(row.bucket) if row.emphasis == "high" else "low"
        words.setdefault(row.issue, []).append(
            f"{place}: “{row.named}”, {names[row.speaker]}{'?' if row.hedged else ''}"
        )
    table = pd.DataFrame({"issue": study.issues["issue"]})
    table["declared"] = table["issue"].map(lambda issue: "; ".join(words.get(issue, [])))
    table["emphasised"] = table["issue"].map(rows["issue"].value_counts()).fillna(0).astype(int)
    acts = rows[rows["evidence"] == "act"]["issue"].value_counts()
    table["acted on"] = table["issue"].map(acts).fillna(0).astype(int)
    return table[(table["declared"] != "") | (table["emphasised"] > 0)].reset_index(drop=True)


def _ordered(study, table):
    """Sort rows by issue and side as the codebook and study.toml order them."""
    issue = pd.Categorical(table["issue"], study.issues["issue"])
    side = pd.Categorical(table["side"], list(study.meta["sides"]))
    order = pd.DataFrame({"issue": issue.codes, "side": side.codes}, index=table.index)
    return table.loc[order.sort_values(["issue", "side"]).index].reset_index(drop=True)
