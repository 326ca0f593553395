"""Compare an article's claims with other sources, and what was wanted with what followed.

The verdict on a claim is never entered by hand; `verdict` applies this rule to its checks.

1. A check gives a *reading*: its own value, or, for a ratio or a change, the quotient of two checks,
   so that both sources are named. The parts of a quotient have the same status, for provisional is
   not final, and the same period (ratio) or the same measure, origin and length of period (change,
   trend). Two bases are mixed only where a denominator has no numerator of its own basis.
2. A reading *agrees*, is *near* or *differs*, by the kind and the hedge of the claim (`agreement`).
3. A reading *counts* if it measures what the claim speaks of, in the claim's period, by one basis.
   Otherwise it is set aside: another definition or another period can neither support nor contradict
   the claim. So does the word of whoever makes the claim, and a release later than the article
   where an earlier one of the same origin was at hand: a claim is judged by what could be known.
4. A source that does not speak of the matter differs only if all of it was read: what was read in
   part never shows that something is absent.
5. Sources that rest on one count are one *origin*. Where its maker's own text was read, reports of it
   do not count beside it. An origin agrees or differs if all its readings do; else it is near.
6. *supported*: all origins that count agree. *contradicted*: all differ. *roughly*: they are divided
   or near; or all agree and a reading beside the claim differs; or only readings beside the claim
   exist, and one agrees or is near. *cannot be checked*: all else, and every judgement.

Outcomes follow a rule in the same way: see `outcome`.
"""

import re

import numpy as np
import pandas as pd

from analysis.claims.sources import readings
from analysis.study.codebook import NONE, NUMBER, VERDICTS, WHOLE


def verdict(found, kind):
    """Return the verdict that the rule gives on one claim.

    Parameters
    ----------
    found : list of namedtuple
        The claim's readings: rows of what `readings` returns.
    kind : str
        The claim's kind.

    Returns
    -------
    str
        A key of VERDICTS.
    """
    said = [row for row in found if row.agreement]
    if kind == "judgement" or not said:
        return "cannot be checked"
    apart = ("another measure", "another period", "mixed bases")
    beside = {row.agreement for row in said if row.beside in apart}
    own = {row.agreement for row in said if row.beside == "the claimant's own word"}
    counted = {}
    for row in said:
        if not row.beside:
            counted.setdefault(row.origin, set()).add(row.agreement)
    results = {min(fits) if len(fits) == 1 else "near" for fits in counted.values()}
    if not results:
        return "roughly" if (beside | own) & {"agrees", "near"} else "cannot be checked"
    if results == {"agrees"}:
        return "roughly" if "differs" in beside else "supported"
    return "contradicted" if results == {"differs"} else "roughly"


def ledger(study):
    """Return every claim with the verdict of the rule.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per claim, in the order of the text: the columns of claims.csv and `verdict`, `origins`
        (independent origins that count), `sources` (checks that were read), `provisional` (whether
        the verdict rests on provisional figures alone), `read` (`whole` or `in part`: how the
        sources that count were read).
    """
    found = {}
    for row in readings(study).itertuples():
        found.setdefault(row.claim, []).append(row)
    searched = study.checks.loc[study.checks["how_read"] != "not searched", "claim"].value_counts()
    rows = []
    for item in study.claims.itertuples():
        mine = found.get(item.claim, [])
        counted = [row for row in mine if row.agreement and not row.beside]
        rows.append(
            {
                "verdict": verdict(mine, item.kind),
                "origins": len({row.origin for row in counted}),
                "sources": int(searched.get(item.claim, 0)),
                "provisional": bool(counted) and all(row.status == "provisional" for row in counted),
                "read": "whole" if counted and all(row.how_read in WHOLE for row in counted) else "in part",
            }
        )
    return study.claims.join(pd.DataFrame(rows, index=study.claims.index))


def verdict_counts(study):
    """Count the claims by verdict.

    Returns
    -------
    pandas.DataFrame
        One row per verdict: `verdict`, `claims`, `one origin` (those that rest on a single one),
        `meaning`.
    """
    table = ledger(study)
    counts = table["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0)
    single = table[table["origins"] == 1]["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0)
    return pd.DataFrame(
        {
            "verdict": list(VERDICTS),
            "claims": counts.to_numpy(),
            "one origin": single.to_numpy(),
            "meaning": list(VERDICTS.values()),
        }
    )


def fares(study):
    """Count the claims that each compared side's case rests on, by verdict.

    Returns
    -------
    pandas.DataFrame
        One row per side (and `none`), one column per verdict, and `claims`, their sum.
    """
    table = ledger(study)
    sides = [*study.meta["compare"], NONE]
    counts = pd.crosstab(table["side"], table["verdict"]).reindex(
        index=sides, columns=list(VERDICTS), fill_value=0
    )
    counts.columns.name = None
    return counts.assign(claims=counts.sum(axis=1))


def sorts(study):
    """Count each compared side's claims, and those supported, by whether they are figures.

    Returns
    -------
    pandas.DataFrame
        One row per side (and `none`) and sort (`figures`: numbers, counts, ratios, changes and trends;
        `facts`: dates and states; `judgements`): `claims` and `supported`.
    """
    table = ledger(study)
    sort = table["kind"].map({"date": "facts", "state": "facts", "judgement": "judgements"}).fillna("figures")
    groups = table.assign(sort=sort, good=table["verdict"] == "supported").groupby(["side", "sort"])["good"]
    rows = pd.MultiIndex.from_product(
        [[*study.meta["compare"], NONE], ["figures", "facts", "judgements"]], names=["side", "sort"]
    )
    counted = groups.agg(claims="size", supported="sum").reindex(rows, fill_value=0)
    return counted[counted["claims"] > 0].reset_index()


def evidence(study, claim):
    """Show a claim's readings as a short table.

    Returns
    -------
    pandas.DataFrame
        One row per reading: `value`, `what is measured`, `period`, `publisher`, `agreement`, `counts`
        (yes, or why not).
    """
    found = readings(study, claim)
    value = found["value"].map(number)
    return pd.DataFrame(
        {
            "value": np.where(found["bound"] != "", found["bound"] + " " + value, value),
            "what is measured": found["label"],
            "period": found["period"],
            "publisher": found["publisher"],
            "agreement": found["agreement"].replace("", "no value"),
            "counts": found["beside"].replace("", "yes"),
        }
    )


def number(value):
    """Write a number for reading: thousands apart, two decimals at most; other texts as they are."""
    if isinstance(value, str) and not re.fullmatch(NUMBER, value):
        return value
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
