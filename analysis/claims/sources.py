"""What each source says of a claim, and whether it counts."""

from itertools import product

import numpy as np
import pandas as pd

from analysis.study.codebook import COPY, UNITS, WHOLE
from analysis.study.periods import months, span, within

NEAR, RISE, LEVEL = 0.25, 10, 5
ALIKE = {"as many as": "at most", "more than": "at least"}  # how a source bounds a number as a claim does
COLUMNS = [
    "claim", "value", "bound", "measure", "label", "period", "status", "agreement", "beside",
    "origin", "publisher", "checks", "date", "how_read", "source",
]  # fmt: skip


def fit(claim, value, bound=""):
    """Say whether a reading agrees with a claim, is near it or differs from it, by its kind and hedge.

    A number agrees where it rounds to the claim's as that is printed, and else is near within a quarter. A
    number that its source bounds is near where it would agree, unless the claim bounds it alike. A change
    of at least 10 percent is up or down, one of at most 5 percent level.
    """
    if claim.kind == "state":
        return {claim.value: "agrees", "partly": "near"}.get(value, "differs")
    if claim.kind == "date":
        return _grade(value.startswith(claim.value), claim.value.startswith(value))
    value = float(value)
    if claim.kind == "trend":
        if claim.value == "level":
            return _grade(abs(value) <= LEVEL, abs(value) < LEVEL + RISE)
        rise = value if claim.value == "up" else -value
        return _grade(rise >= RISE, rise > 0)
    wanted, least = float(claim.value), claim.hedge == "as many as"
    if claim.kind == "count":
        found = _grade(value == wanted, near=False)
    else:
        slack = 0.5 * _step(claim.value, rounded=least)
        hedged = {"nearly": (0.9 * wanted, wanted), "more than": (wanted, np.inf)}
        low, high = hedged.get(claim.hedge, (wanted - slack, wanted + slack))
        near = abs(value - wanted) <= NEAR * wanted or (least and value < wanted)
        found = _grade(low <= value <= high, near)
    return "near" if found == "agrees" and bound and bound != ALIKE.get(claim.hedge) else found


def _grade(agrees, near):
    """Return what a reading does to a claim."""
    return "agrees" if agrees else "near" if near else "differs"


def _step(value, rounded):
    """Return the step to which a number is printed: 29 to the one, and 500000, if rounded, to 100000."""
    whole, point, decimals = value.partition(".")
    zeros = len(whole) - len(whole.rstrip("0")) if rounded and not point else 0
    return 10.0 ** (zeros - len(decimals))


def readings(study, claim=None):
    """List what the checks of a claim, or of all claims, say.

    Returns
    -------
    pandas.DataFrame
        One row per reading, in COLUMNS: the columns of checks.csv, and `label` (of the measure),
        `agreement` (empty for a source without a value), `beside` (why it does not count; empty where
        it counts), `checks` (ids, two of a quotient).
    """
    wanted = study.claims if claim is None else study.claims[study.claims["claim"] == claim]
    groups = {}
    for row in study.checks[study.checks["how_read"] != "not searched"].itertuples(index=False):
        groups.setdefault((row.claim, row.use), []).append(row)
    measures = study.measures.set_index("measure").to_dict("index")
    rows = []
    for item in wanted.itertuples():
        direct, overs, unders = (groups.get((item.claim, use), []) for use in ("direct", "over", "under"))
        found = [_single(measures, study.meta["article"], item, row) for row in direct]
        if item.kind in UNITS:
            found += _quotients(measures, study.meta["article"], item, overs, unders)
        _prefer_the_maker(found)
        rows += found
    return pd.DataFrame(rows, columns=COLUMNS)


def _single(measures, article, claim, row):
    """Return the reading of one check; silence says no only if all that bears on the matter was read."""
    silent = row.value == "silent" and row.how_read not in WHOLE
    said = row.value != "" and not silent and claim.kind != "judgement"
    value = "no" if row.value == "silent" else row.value
    return row._asdict() | {
        "label": measures[row.measure]["label"],
        "agreement": fit(claim, value, row.bound) if said else "",
        "beside": "read in part" if silent else _apart(measures, article, claim, [row]),
        "checks": row.check,
    }


def _quotients(measures, article, claim, overs, unders):
    """Return the readings of pairs of checks of one status: of one period for a ratio, else of one measure."""
    bases = {row.measure: measures[row.measure]["basis"] for row in (*overs, *unders)}
    alike = {bases[over.measure] for over in overs}
    found = []
    for over, under in product(overs, unders):
        one_basis = bases[over.measure] == bases[under.measure]
        # Two bases are mixed only where a denominator has no numerator of its own basis.
        if over.status != under.status or (not one_basis and bases[under.measure] in alike):
            continue
        value, beside = (
            float(over.value) / float(under.value),
            _apart(measures, article, claim, [over, under]),
        )
        label, period = measures[over.measure]["label"], over.period
        if claim.kind == "ratio":
            fits = over.period == under.period
            label += f" / {measures[under.measure]['label']}"
            # A ratio is of two measures: that each is another than the claim's says nothing.
            if beside != "later":
                beside = "" if one_basis and within(over.period, claim.period) else "mixed bases"
        else:
            fits = (over.measure, over.origin) == (under.measure, under.origin)
            fits &= months(over.period) == months(under.period)
            fits &= span(over.period)[0] > span(under.period)[0]
            value = 100 * (value - 1)
            period = f"{under.period.split('/')[0]}/{over.period.split('/')[-1]}"
        if fits:
            bound = over.bound or under.bound
            quotient = {
                "value": value, "bound": bound, "label": label, "period": period, "beside": beside,
                "agreement": fit(claim, value, bound), "checks": f"{over.check} {under.check}",
                "origin": " / ".join(dict.fromkeys([over.origin, under.origin])),
                "publisher": " / ".join(dict.fromkeys([over.publisher, under.publisher])),
                "date": max(over.date, under.date), "how_read": "computed",
                "source": over.source if over.source == under.source else "report",
            }  # fmt: skip
            found.append(over._asdict() | quotient)
    return found


def _apart(measures, article, claim, checks):
    """Say why checks do not count for a claim, as far as each shows it by itself; without a date one counts.

    The claimant's own page supports no fact, nor does the article support what it attributes to somebody.
    """
    page = claim.claimant_page if claim.question == "fact" else article["publisher"]
    for row in checks:
        if row.date and "published" in article and span(row.date)[0] > pd.Timestamp(article["published"]):
            return "later"
        if claim.measure not in (row.measure, measures[row.measure]["part_of"]):
            return "another measure"
        if claim.hedge != "first" and not within(row.period, claim.period):
            return "another period"
        own = bool(page) and row.publisher.startswith(page)
        if own or (claim.question == "fact" and row.origin == claim.claimed_by):
            return "the claimant's own"
    return ""


def _prefer_the_maker(found):
    """Set reports aside where the maker's own text, of the same origin and period, was read."""
    counted = [row for row in found if not row["beside"]]
    made = {(row["origin"], row["period"]) for row in counted if row["source"] in COPY}
    for row in counted:
        if row["source"] not in COPY and (row["origin"], row["period"]) in made:
            row["beside"] = "the maker's text was read"
