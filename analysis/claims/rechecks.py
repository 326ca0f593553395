"""How far a second checker, who saw neither readings nor verdicts, agrees with the first."""

import re
from dataclasses import replace

import pandas as pd

from analysis.claims.verdicts import ledger
from analysis.study.codebook import NUMBER, SORTS


def second_check(study):
    """Count, for figures and facts, what two checkers read alike, and the verdicts that are alike.

    Sources that the second did not find are left out of the readings; the verdicts keep the first
    reading there.
    """
    rows = study.rechecks.merge(study.checks[["check", "claim"]], on="check")
    both = rows[(rows["read"] != "not found") & (rows["first"] != "") & (rows["second"] != "")]
    sorts = both["claim"].map(study.claims.set_index("claim")["kind"]).map(SORTS).fillna("figures")
    same = pd.Series([alike(*pair) for pair in zip(both["first"], both["second"], strict=True)], both.index)
    first, second = (ledger(_with_readings(study, both, column)) for column in ("first", "second"))
    verdicts = (first["verdict"] == second["verdict"]).groupby(first["sort"])
    found = pd.concat([same.groupby(sorts).agg(["size", "sum"]), verdicts.agg(["size", "sum"])], axis=1)
    found.columns = ["readings", "same readings", "claims", "same verdicts"]
    return found.loc[["figures", "facts"]].astype(int).rename_axis("sort")


def alike(one, other):
    """Return True if two readings are the same, or one number rounds to the other."""
    if not (re.fullmatch(NUMBER, one) and re.fullmatch(NUMBER, other)):
        return one == other
    places = min(len(text.partition(".")[2]) for text in (one, other))
    # Computers store 6.355 as a little less: the half is widened by far less than any printed digit.
    return abs(float(one) - float(other)) <= 0.5 * 10**-places + 1e-9


def _with_readings(study, rows, column):
    """Return the study with the readings of one checker in place of the settled ones."""
    value = study.checks["check"].map(rows.set_index("check")[column]).fillna(study.checks["value"])
    return replace(study, checks=study.checks.assign(value=value))
