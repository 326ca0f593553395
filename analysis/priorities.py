"""Measure what one side's statements give: salience, positions, asks, voices, declared priorities.

Every measure starts from one tally of the statements. Its arrays have a leading axis for
replicates (one for the coding as it stands; many for specifications or resamples), so that the
same code gives the tables of the notebooks and the tests of their robustness.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.study import NONE, addressed_side

EVIDENCE = {
    "quoted": "own words, quoted",
    "reported": "own words, retold",
    "act": "acts",
    "attributed": "the reporter's word",
    "analyst": "an observer's word",
    "background": "background",
}
OWN_WORDS = ("quoted", "reported")
ASKS = ("demand", "proposal")


class Tally(NamedTuple):
    """Weighted counts of statements; R replicates, S sides, I issues.

    `count`, `pro` and `contra` have the shape (R, S, I): all statements, those for and those
    against the issue's proposition (`mixed` counts as both). `asks` has the shape (R, S, S, I):
    demands and proposals by side and by the side they are directed at. `own` has the shape (R, S):
    statements in the side's own words.
    """

    sides: list
    issues: list
    count: np.ndarray
    pro: np.ndarray
    contra: np.ndarray
    asks: np.ndarray
    own: np.ndarray


def admit(study, coding=None, evidence=None, captions=None):
    """Select the statements that count.

    Parameters
    ----------
    study : types.SimpleNamespace
        A loaded study.
    coding : pandas.DataFrame, optional
        Statements; the coding that study.toml names by default.
    evidence : list of str, optional
        Evidence admitted; by default what the baseline of study.toml admits.
    captions : bool, optional
        Whether captions count; by default as in the baseline.

    Returns
    -------
    pandas.DataFrame
        The statements of the study's sides that are admitted, with the columns of the coding and
        `toward`, the side of the addressee (`none` if it has none).
    """
    baseline = study.meta["baseline"]
    coding = study.statements if coding is None else coding
    evidence = baseline["evidence"] if evidence is None else evidence
    captions = baseline["captions"] if captions is None else captions
    keep = coding["side"].isin(list(study.meta["sides"])) & coding["evidence"].isin(evidence)
    if not captions:
        kinds = study.paragraphs.set_index("paragraph")["kind"]
        keep &= coding["paragraph"].map(kinds) != "caption"
    admitted = coding[keep].reset_index(drop=True)
    return admitted.assign(toward=addressed_side(study.actors, admitted))


def tally(study, statements, weights=None):
    """Count statements by side and issue, once for each row of weights.

    Parameters
    ----------
    study : types.SimpleNamespace
    statements : pandas.DataFrame
        N admitted statements, with `toward`.
    weights : numpy.ndarray, optional
        Shape (R, N): the weight of each statement in each replicate; ones by default.

    Returns
    -------
    Tally
    """
    sides, issues = list(study.meta["sides"]), study.issues["issue"].tolist()
    n, s, i = len(statements), len(sides), len(issues)
    weights = np.ones((1, n)) if weights is None else np.asarray(weights, dtype=float)
    side = pd.Index(sides).get_indexer(statements["side"])
    issue = pd.Index(issues).get_indexer(statements["issue"])
    toward = pd.Index(sides).get_indexer(statements["toward"])
    position = statements["position"]
    cell = side * i + issue

    def total(cells, keep, size):
        keep = np.flatnonzero(keep)
        cells = np.asarray(cells)[keep]
        return np.stack([np.bincount(cells, row[keep], minlength=size) for row in weights])

    every = np.ones(n, dtype=bool)
    asked = statements["form"].isin(ASKS) & (toward >= 0)
    shape = (len(weights), s, i)
    return Tally(
        sides,
        issues,
        total(cell, every, s * i).reshape(shape),
        total(cell, position.isin(["1", "mixed"]), s * i).reshape(shape),
        total(cell, position.isin(["-1", "mixed"]), s * i).reshape(shape),
        total((side * s + toward) * i + issue, asked, s * s * i).reshape(len(weights), s, s, i),
        total(side, statements["evidence"].isin(OWN_WORDS), s),
    )


def shares(count):
    """Turn counts into shares along the last axis; a side without statements has zeros.

    Salience as a share of statements follows the Manifesto tradition (Budge and Farlie 1983).

    Parameters
    ----------
    count : numpy.ndarray
        Shape (…, I).

    Returns
    -------
    numpy.ndarray
        The same shape; each row sums to 1 or to 0.
    """
    total = count.sum(axis=-1, keepdims=True)
    return np.divide(count, total, out=np.zeros_like(count, dtype=float), where=total > 0)


def labels(study):
    """Return a dict from the ids of issues, sides, actors and themes to their labels."""
    return (
        study.issues.set_index("issue")["label"].to_dict()
        | study.actors.set_index("actor")["label"].to_dict()
        | {side: entry["label"] for side, entry in study.meta["sides"].items()}
        | {theme: entry["label"] for theme, entry in study.meta["themes"].items()}
        | {NONE: "no one"}
    )


def shorts(study):
    """Return a dict from actor id to the short name that figures use."""
    return study.actors.set_index("actor")["short"].to_dict()


def salience(study, statements=None):
    """Count the statements of each side on each issue.

    Parameters
    ----------
    study : types.SimpleNamespace
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        A row an issue and side that are mentioned together: `issue`, `side`, `statements`, `share`
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
    study : types.SimpleNamespace
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        A row an issue and side that are mentioned together: `issue`, `side`, and the numbers of
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
    study : types.SimpleNamespace
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        A row an ask, in the order of study.toml and of the text: `side`, `toward`, `issue`, `gist`,
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
        A row a side, a column an evidence code that the baseline admits, `statements` (their sum)
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
    study : types.SimpleNamespace
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


def kinds(study, side, statements=None):
    """Keep three kinds of priority of a side apart: declared, emphasised, acted on.

    Parameters
    ----------
    study : types.SimpleNamespace
    side : str
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        A row an issue that has any of the three: `issue`, `declared` (in words: place, or low, and
        by whom, with a question mark for a hedge; empty for not ranked, which is not last),
        `emphasised` (number of statements), `acted on` (those of them that report an act).
    """
    statements = admit(study) if statements is None else statements
    rows = statements[statements["side"] == side]
    said = study.rankings[study.rankings["side"] == side]
    names = shorts(study)
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
