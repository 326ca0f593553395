"""How far a second checker, who saw neither readings nor verdicts, agrees with the first."""

import re
from dataclasses import replace

import pandas as pd

from analysis.claims.verdicts import ledger
from analysis.study.codebook import NUMBER, SORTS

HALF = 0.5


def second_check(study):
    """Compare what two checkers read, and the verdicts that the rule gives on each reading.

    Sources that the second did not find are left out of the readings; the verdicts keep the first
    reading there.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per sort (figures, facts): `readings` that both made, `same readings` (numbers: one
        rounds to the other), `claims`, `same verdicts`.
    """
    kinds = study.claims.set_index("claim")["kind"].map(SORTS).fillna("figures")
    rows = study.rechecks.merge(study.checks[["check", "claim"]], on="check")
    rows = rows.assign(sort=rows["claim"].map(kinds))
    both = rows[(rows["read"] != "not found") & (rows["first"] != "") & (rows["second"] != "")]
    same = [alike(*pair) for pair in zip(both["first"], both["second"], strict=True)]
    readings = both.assign(same=same).groupby("sort")["same"].agg(["size", "sum"])
    table = ledger(_with_readings(study, both, "first"))
    other = ledger(_with_readings(study, both, "second"))
    verdicts = table.assign(same=table["verdict"] == other["verdict"]).groupby("sort")["same"]
    verdicts = verdicts.agg(["size", "sum"])
    names = ["readings", "same readings", "claims", "same verdicts"]
    found = pd.concat([readings, verdicts], axis=1, keys=["readings", "verdicts"])
    found.columns = names
    return found.loc[["figures", "facts"]].astype(int)


def alike(one, other):
    """Return True if two readings are the same, or one number rounds to the other."""
    if not (re.fullmatch(NUMBER, one) and re.fullmatch(NUMBER, other)):
        return one == other
    places = min(len(text.partition(".")[2]) for text in (one, other))
    # Computers store 6.355 as a little less: the limit is widened by far less than any printed digit.
    return abs(float(one) - float(other)) <= HALF * 10**-places + 1e-9


def _with_readings(study, rows, column):
    """Return the study with the readings of one checker in place of the settled ones."""
    read = rows.set_index("check")[column]
    value = study.checks["check"].map(read).fillna(study.checks["value"])
    return replace(study, checks=study.checks.assign(value=value))
