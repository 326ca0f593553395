"""The verdict on each claim, by a rule that is applied to its checks and never entered by hand."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.claims.sources import readings
from analysis.study.codebook import NONE, NUMBER, SORTS, VERDICTS, WHOLE
from analysis.study.periods import span


def verdict(claim, found):
    """Return the verdict, a key of VERDICTS, that the rule gives on a claim's readings, and what it rests on.

    Sources that rest on one count or one person's word are one origin; one whose readings are not alike is
    near. What stands beside the claim decides nothing. Of a claim that says *first*, any period counts.
    """
    if claim.kind == "judgement":
        return "cannot be checked", "a judgement"
    counted = _counted(found)
    if not counted:
        asides = sorted({row.beside for row in found if row.agreement})
        return "cannot be checked", f"only: {', '.join(asides)}" if asides else "no source found"
    if claim.hedge == "first":
        earlier = sorted(row.value for row in counted if span(row.value)[1] < span(claim.value)[0])
        if earlier:
            return "not first", f"earliest found: {earlier[0]}"
    fits = {}
    for row in counted:
        fits.setdefault(row.origin, set()).add(row.agreement)
    why = f"{len(fits)} origin{'s' if len(fits) > 1 else ''}"
    why += "" if any(row.date for row in counted) else ", no dated source"
    results = {min(alike) if len(alike) == 1 else "near" for alike in fits.values()}
    return {"agrees": "supported", "differs": "contradicted"}.get("/".join(results), "roughly"), why


def _counted(found):
    """Return the readings that have a value and do not stand beside the claim."""
    return [row for row in found if row.agreement and not row.beside]


def ledger(study):
    """Return every claim with the verdict of the rule.

    Returns
    -------
    pandas.DataFrame
        The columns of claims.csv and `sort` (figures, facts, judgements), `verdict`, `why` (what it
        rests on), `origins` (independent ones that count), `sources` (checks that were read),
        `provisional` (whether it rests on provisional figures alone), `read` (`whole` or `in part`, of
        what counts), `later` (checks that appeared after the article and decide nothing).
    """
    found = {}
    for row in readings(study).itertuples():
        found.setdefault(row.claim, []).append(row)
    searched = study.checks.loc[study.checks["how_read"] != "not searched", "claim"].value_counts()
    rows = []
    for item in study.claims.itertuples():
        mine = found.get(item.claim, [])
        counted = _counted(mine)
        origins, sources = len({row.origin for row in counted}), int(searched.get(item.claim, 0))
        provisional = bool(counted) and all(row.status == "provisional" for row in counted)
        read = "whole" if counted and all(row.how_read in WHOLE for row in counted) else "in part"
        later = " ".join(row.checks for row in mine if row.beside == "later")
        sort = SORTS.get(item.kind, "figures")
        rows.append((sort, *verdict(item, mine), origins, sources, provisional, read, later))
    names = ["sort", "verdict", "why", "origins", "sources", "provisional", "read", "later"]
    return study.claims.join(pd.DataFrame(rows, study.claims.index, names))


def scorecard(study, by=("sort", "question")):
    """Count the claims by verdict, figures and plain facts always apart, and sum them up in `claims`.

    Parameters
    ----------
    study : Study
    by : sequence of str
        Columns of the ledger that make the rows; `sort` is among them.
    """
    table = ledger(study)
    table = table[table["sort"] != "judgements"]
    sides = {"side": [*study.meta["compare"], NONE]}
    order = {name: sides.get(name, sorted(set(table[name]), reverse=name == "sort")) for name in by}
    groups = [pd.Categorical(table[name], order[name]) for name in by]
    counts = pd.crosstab(groups, table["verdict"], rownames=list(by), dropna=False)
    counts = counts.reindex(columns=list(VERDICTS), fill_value=0).astype(int).rename_axis(columns=None)
    counts["claims"] = counts.sum(axis=1)
    return counts[counts["claims"] > 0]


def evidence(study, claim):
    """Show a claim's readings: `value`, what is measured, period, publisher, `agreement`, whether it counts.

    The last, `used for the verdict`, says yes, or why not.
    """
    found = readings(study, claim).rename(columns={"label": "what is measured"})
    value = found["value"].map(number)
    found["value"] = np.where(found["bound"] != "", found["bound"] + " " + value, value)
    found["period"] = found["period"].str.replace("/", " to ")
    found["used for the verdict"] = np.where(found["beside"] == "", "yes", "no: " + found["beside"])
    found["agreement"] = found["agreement"].replace("", "no value")
    return found[["value", "what is measured", "period", "publisher", "agreement", "used for the verdict"]]


def number(value):
    """Write a number for reading: thousands apart, two decimals at most; other texts as they are."""
    if isinstance(value, str) and not re.fullmatch(NUMBER, value):
        return value
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def second_check(study):
    """Count, for figures and facts, what two checkers read alike, and the verdicts that are alike.

    The second saw neither readings nor verdicts. Sources that it did not find are left out of the readings;
    the verdicts keep the first reading there.
    """
    rows = study.rechecks.merge(study.checks[["check", "claim"]], on="check")
    both = rows[(rows["read"] != "not found") & (rows["first"] != "") & (rows["second"] != "")]
    sorts = both["claim"].map(study.claims.set_index("claim")["kind"]).map(SORTS).fillna("figures")
    same = pd.Series([_alike(*pair) for pair in zip(both["first"], both["second"], strict=True)], both.index)

    def by(checker):
        value = study.checks["check"].map(both.set_index("check")[checker]).fillna(study.checks["value"])
        return ledger(replace(study, checks=study.checks.assign(value=value)))

    first, second = by("first"), by("second")
    verdicts = (first["verdict"] == second["verdict"]).groupby(first["sort"])
    found = pd.concat([same.groupby(sorts).agg(["size", "sum"]), verdicts.agg(["size", "sum"])], axis=1)
    found.columns = ["readings", "same readings", "claims", "same verdicts"]
    return found.loc[["figures", "facts"]].astype(int).rename_axis("sort")


def _alike(one, other):
    """Return True if two readings are the same, or one number rounds to the other."""
    if not (re.fullmatch(NUMBER, one) and re.fullmatch(NUMBER, other)):
        return one == other
    places = min(len(text.partition(".")[2]) for text in (one, other))
    # Computers store 6.355 as a little less: the half is widened by far less than any printed digit.
    return abs(float(one) - float(other)) <= 0.5 * 10**-places + 1e-9
