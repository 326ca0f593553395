"""Predicates of the findings that rest on the checks, the agenda and the outcomes, and on no tally.

Another coding or counting rule cannot change them, so they stand in outside.csv, apart from the
findings whose robustness is tested.
"""

import numpy as np

from analysis import claims


def verdict_at_least(study, counts, *, verdict, sort, share):
    """Return True if at least this share of the figures, or of the plain facts, gets this verdict."""
    table = claims.ledger(study)
    found = (table.loc[table["sort"] == sort, "verdict"] == verdict).mean() >= share
    return np.full(len(counts.count), found)


def verdict_only(study, counts, *, verdict, named):
    """Return True if exactly these claims get this verdict from the rule."""
    table = claims.ledger(study)
    return np.full(len(counts.count), set(table.loc[table["verdict"] == verdict, "claim"]) == set(named))


def verdict_of(study, counts, *, verdict, named):
    """Return True if each of these claims gets this verdict from the rule."""
    found = claims.ledger(study).set_index("claim")["verdict"].reindex(named)
    return np.full(len(counts.count), (found == verdict).all())


def declares_agenda(study, counts, *, side, speaker, place):
    """Return True if a speaker's list for a side names just the issues in this place of the agenda."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker) & (rows["emphasis"] == "high")]
    return np.full(len(counts.count), set(named["issue"]) == set(claims.on_agenda(study, place)))


def announced_by_all(study, counts, *, place):
    """Return True if just the issues in this place were announced by every side that named any."""
    early = study.agenda[study.agenda["stage"] == "announced"]
    sides = early.groupby("issue")["side"].nunique()
    common = set(sides.index[sides == early["side"].nunique()])
    return np.full(len(counts.count), common == set(claims.on_agenda(study, place)) != set())


def off_agenda(study, counts, *, issues, place):
    """Return True if the agenda has issues in this place, but none of these."""
    named = claims.on_agenda(study, place)
    return np.full(len(counts.count), bool(named) and not set(named) & set(issues))


def met_alike(study, counts, *, side, other, horizon, number):
    """Return True if of each side's wants exactly so many were met at a horizon."""
    table = claims.outcomes(study)
    met = table[table[horizon] == "met"]["side"].value_counts()
    return np.full(len(counts.count), met.get(side, 0) == number == met.get(other, 0))


OUTSIDE = {
    predicate.__name__: predicate
    for predicate in (
        verdict_at_least,
        verdict_only,
        verdict_of,
        declares_agenda,
        announced_by_all,
        off_agenda,
        met_alike,
    )
}
