"""What followed on each want, at each horizon."""

import pandas as pd

from analysis.study.codebook import OUTCOMES, WHOLE
from analysis.study.periods import span


def outcome(facts, whole=WHOLE):
    """Return the outcome that the rule gives for one want, from what happened up to some day.

    *overtaken* if the last fact is that the question fell away. Else *met* if the thing was done and
    never undone, *not met* if the opposite was decided and the thing never done; both: *partly*. If
    neither: *partly* where a part was done or words were given. A source that does not speak of it
    counts as *not met* only if all of it was read. Facts that are only context decide nothing; with
    no others, *unknown*.

    Parameters
    ----------
    facts : pandas.DataFrame
        With `effect` and `how_read`, in the order of time.
    whole : sequence of str
        Ways of reading that take in the whole source.

    Returns
    -------
    str
        A key of OUTCOMES.
    """
    read = list(zip(facts["effect"], facts["how_read"], strict=True))
    effects = [effect for effect, _ in read if effect not in ("context", "silent")]
    if not effects:
        return "not met" if any(effect == "silent" and how in whole for effect, how in read) else "unknown"
    if effects[-1] == "moot":
        return "overtaken"
    if {"does", "against"} <= set(effects):
        return "partly"
    return "met" if "does" in effects else "not met" if "against" in effects else "partly"


def horizons(study):
    """Return the horizons of study.toml: a dict from name to the last day that counts."""
    return {name: pd.Timestamp(day) for name, day in study.meta["horizons"].items()}


def outcomes(study):
    """Return the outcome of each want at each horizon.

    Facts from before the article are not counted: they were there already.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per want, in the order of wants.csv: `want`, `issue`, `side`, `wanted`, and one column per
        horizon with a key of OUTCOMES.
    """
    facts = study.outcomes.assign(day=study.outcomes["date"].map(lambda day: span(day)[0]))
    facts = facts[facts["day"] >= pd.Timestamp(study.meta["article"]["published"])]
    facts = facts.sort_values("day", kind="stable")
    table = study.wants[["want", "issue", "side", "wanted"]].copy()
    known = [facts[facts["want"] == want] for want in table["want"]]
    for name, last in horizons(study).items():
        table[name] = [outcome(found[found["day"] <= last]) for found in known]
    return table


def outcome_counts(study):
    """Count the outcomes of each side's wants at each horizon.

    Returns
    -------
    pandas.DataFrame
        One row per side and horizon, one column per key of OUTCOMES.
    """
    names = list(study.meta["horizons"])
    long = outcomes(study).melt(["want", "side"], names, var_name="horizon", value_name="outcome")
    table = pd.crosstab([long["side"], long["horizon"]], long["outcome"])
    sides = [side for side in study.meta["sides"] if side in set(long["side"])]
    rows = pd.MultiIndex.from_product([sides, names], names=["side", "horizon"])
    table = table.reindex(index=rows, columns=list(OUTCOMES), fill_value=0)
    table.columns.name = None
    return table
