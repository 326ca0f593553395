"""The verdict on each claim, by a rule that is applied to its checks and never entered by hand.

1. A check gives a *reading*: its own value, or, for a ratio or a change, the quotient of two checks
   of one status and one period (ratio) or one measure, origin and length of period (change, trend).
2. A reading *agrees*, is *near* or *differs*, by the kind and the hedge of the claim (`fit`).
3. It *counts* if it is of the claim's measure, in the claim's period, by one basis, and was public on
   the day of the article. All else stands beside the claim, and decides nothing. A source that shows
   no date counts.
4. The claimant's own page supports nothing where the question is the fact, nor does the article
   support its own attribution.
5. A source that does not speak of the matter says *no* only if all of it that bears on it was read.
6. Sources that rest on one count or one person's word are one *origin*. Where its maker's own text
   was read, reports of it do not count beside it. An origin whose readings are not alike is near.
7. *supported*: all origins that count agree. *contradicted*: all differ. *roughly*: they are divided
   or near. *not first*: the claim says first, and a reading that counts has an earlier one; for such
   a claim any period counts. *cannot be checked*: no reading counts, or it is a judgement.
"""

import re

import numpy as np
import pandas as pd

from analysis.claims.sources import readings
from analysis.study.codebook import NONE, NUMBER, SORTS, VERDICTS, WHOLE
from analysis.study.periods import span


def verdict(claim, found):
    """Return the verdict, a key of VERDICTS, that the rule gives on a claim's readings, and what it rests on."""
    if claim.kind == "judgement":
        return "cannot be checked", "a judgement"
    counted = [row for row in found if row.agreement and not row.beside]
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
        counted = [row for row in mine if row.agreement and not row.beside]
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
    """Show a claim's readings: `value`, what is measured, period, publisher, `agreement`, `counts`.

    The last says yes, or why a reading does not count.
    """
    found = readings(study, claim)
    value = found["value"].map(number)
    found["value"] = np.where(found["bound"] != "", found["bound"] + " " + value, value)
    found["period"] = found["period"].str.replace("/", " to ")
    found["counts"] = found["beside"].replace("", "yes")
    found["agreement"] = found["agreement"].replace("", "no value")
    names = {"label": "what is measured"}
    return found[["value", "label", "period", "publisher", "agreement", "counts"]].rename(columns=names)


def number(value):
    """Write a number for reading: thousands apart, two decimals at most; other texts as they are."""
    if isinstance(value, str) and not re.fullmatch(NUMBER, value):
        return value
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
