"""What each source says of a claim, and whether it counts."""

import numpy as np
import pandas as pd

from analysis.study.codebook import COPY, UNITS, WHOLE
from analysis.study.periods import months, span, within

ROUNDING, NEAR, RISE, LEVEL = 0.5, 0.25, 10, 5


def fit(claim, value, bound=""):
    """Return whether a reading agrees with a claim, comes near it or differs.

    A number agrees where it rounds to the claim's as that is printed; after *nearly*, where it lies
    up to a tenth below it; after *more than*, where it exceeds it; after *as many as*, where it
    rounds to it, and a lower one is near. Else it is near within a quarter. A count agrees where it
    is equal. A number that its source bounds (at least, at most, about) is near where it would
    agree, unless the claim bounds it alike. A change of at least 10 percent is up or down, one of
    at most 5 percent level; a smaller one of the right sign is near. A date agrees where it lies in
    the claim's, and is near where it is only less exact. An answer agrees, is near (partly) or
    differs.

    Parameters
    ----------
    claim : object
        With `kind`, `value`, `hedge`.
    value : str or float
    bound : {'', 'at least', 'at most', 'about'}

    Returns
    -------
    {'agrees', 'near', 'differs'}
    """
    if claim.kind == "state":
        return {claim.value: "agrees", "partly": "near"}.get(value, "differs")
    if claim.kind == "date":
        if value.startswith(claim.value):
            return "agrees"
        return "near" if claim.value.startswith(value) else "differs"
    value = float(value)
    if claim.kind == "trend":
        if claim.value == "level":
            return "agrees" if abs(value) <= LEVEL else "near" if abs(value) < LEVEL + RISE else "differs"
        rise = value if claim.value == "up" else -value
        return "agrees" if rise >= RISE else "near" if rise > 0 else "differs"
    wanted = float(claim.value)
    if claim.kind == "count":
        found = "agrees" if value == wanted else "differs"
    else:
        slack = ROUNDING * _step(claim.value, rounded=claim.hedge == "as many as")
        low, high = {"nearly": (0.9 * wanted, wanted), "more than": (wanted, np.inf)}.get(
            claim.hedge, (wanted - slack, wanted + slack)
        )
        near = abs(value - wanted) <= NEAR * wanted or (claim.hedge == "as many as" and value < wanted)
        found = "agrees" if low <= value <= high else "near" if near else "differs"
    alike = {"as many as": "at most", "more than": "at least"}.get(claim.hedge)
    return "near" if found == "agrees" and bound and bound != alike else found


def _step(value, rounded):
    """Return the step to which a number is printed: 29 to the one, and 500000, if rounded, to 100000."""
    decimals = len(value.partition(".")[2])
    zeros = len(value) - len(value.rstrip("0")) if rounded and not decimals else 0
    return 10.0 ** (zeros - decimals)


def readings(study, claim=None):
    """List what the checks of a claim, or of all claims, say.

    Parameters
    ----------
    study : Study
    claim : str, optional

    Returns
    -------
    pandas.DataFrame
        One row per reading: `claim`, `value`, `bound`, `measure`, `label`, `period`, `status`,
        `agreement` (agrees, near, differs, or empty for a source without a value), `beside` (why it
        does not count; empty where it counts), `origin`, `publisher` (both of a quotient), `checks`
        (ids), `date`, `how_read`.
    """
    wanted = study.claims if claim is None else study.claims[study.claims["claim"] == claim]
    groups = {}
    for row in study.checks.itertuples():
        if row.how_read != "not searched":
            groups.setdefault((row.claim, row.use), []).append(row)
    measures = study.measures.set_index("measure").to_dict("index")
    rows = []
    for item in wanted.itertuples():
        found = [_single(measures, item, row) for row in groups.get((item.claim, "direct"), [])]
        if item.kind in UNITS:
            overs, unders = (groups.get((item.claim, use), []) for use in ("over", "under"))
            found += _quotients(measures, item, overs, unders)
        _set_aside(study, item, found)
        rows += found
    columns = [
        "claim", "value", "bound", "measure", "label", "period", "status", "agreement", "beside",
        "origin", "publisher", "checks", "date", "how_read", "source",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _single(measures, claim, row):
    """Return the reading that one check gives by itself."""
    silent = row.value == "silent" and row.how_read not in WHOLE
    said = row.value != "" and not silent and claim.kind != "judgement"
    return {
        "claim": claim.claim,
        "value": row.value,
        "bound": row.bound,
        "measure": row.measure,
        "label": measures[row.measure]["label"],
        "period": row.period,
        "status": row.status,
        "agreement": fit(claim, row.value, row.bound) if said else "",
        "beside": "read in part" if silent else _apart(measures, claim, [row]),
        "origin": row.origin,
        "publisher": row.publisher,
        "checks": row.check,
        "date": row.date,
        "how_read": row.how_read,
        "source": row.source,
    }


def _quotients(measures, claim, overs, unders):
    """Return the readings that pairs of checks give: ratios, or changes in percent."""
    basis = {name: entry["basis"] for name, entry in measures.items()}
    alike = {basis[over.measure] for over in overs}
    # Two bases are mixed only where a denominator has no numerator of its own basis.
    pairs = [
        (over, under)
        for over in overs
        for under in unders
        if basis[over.measure] == basis[under.measure] or basis[under.measure] not in alike
    ]
    found = []
    for over, under in pairs:
        if claim.kind == "ratio":
            fits = (over.period, over.status) == (under.period, under.status)
            value = float(over.value) / float(under.value)
            label = f"{measures[over.measure]['label']} / {measures[under.measure]['label']}"
            period = over.period
        else:
            fits = (over.measure, over.origin, over.status) == (under.measure, under.origin, under.status)
            fits &= months(over.period) == months(under.period)
            fits &= span(over.period)[0] > span(under.period)[0]
            value = 100 * (float(over.value) / float(under.value) - 1)
            label = measures[over.measure]["label"]
            period = f"{under.period.split('/')[0]}/{over.period.split('/')[-1]}"
        if not fits:
            continue
        beside = _apart(measures, claim, [over, under])
        bases = {basis[over.measure], basis[under.measure]}
        if claim.kind == "ratio":
            beside = "" if len(bases) == 1 and within(over.period, claim.period) else "mixed bases"
        found.append(
            {
                "claim": claim.claim,
                "value": value,
                "bound": over.bound or under.bound,
                "measure": over.measure,
                "label": label,
                "period": period,
                "status": over.status,
                "agreement": fit(claim, value, over.bound or under.bound),
                "beside": beside,
                "origin": " / ".join(dict.fromkeys([over.origin, under.origin])),
                "publisher": " / ".join(dict.fromkeys([over.publisher, under.publisher])),
                "checks": f"{over.check} {under.check}",
                "date": max(over.date, under.date),
                "how_read": "computed",
                "source": over.source if over.source == under.source else "report",
            }
        )
    return found


def _apart(measures, claim, checks):
    """Say why checks do not count for a claim, as far as each shows it by itself."""
    for row in checks:
        if claim.measure not in (row.measure, measures[row.measure]["part_of"]):
            return "another measure"
        if not within(row.period, claim.period):
            return "another period"
        if row.origin == claim.claimed_by:
            return "the claimant's own word"
    return ""


def _set_aside(study, claim, found):
    """Set aside readings that another reading of the same origin supersedes."""
    day = pd.Timestamp(study.meta["article"]["published"]) if "published" in study.meta["article"] else None
    known = [bool(day and row["date"] and span(row["date"])[0] <= day) for row in found]
    for row, early in zip(found, known, strict=True):
        same = [
            (other, before)
            for other, before in zip(found, known, strict=True)
            if not other["beside"] and (other["origin"], other["period"]) == (row["origin"], row["period"])
        ]
        if row["beside"]:
            continue
        if not early and row["date"] and any(before for _, before in same):
            row["beside"] = "a later release"
        elif row["source"] not in COPY and any(other["source"] in COPY for other, _ in same):
            row["beside"] = "the maker's text was read"
