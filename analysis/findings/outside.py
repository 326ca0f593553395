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


def list_headed(study, counts, *, side, speaker):
    """Return True if each issue on a speaker's list for a side is in a heading of the adopted papers."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker) & (rows["emphasis"] == "high")]
    found = len(named) > 0 and set(named["issue"]) <= set(claims.headed(study))
    return np.full(len(counts.count), found)


def headed_only(study, counts, *, issues):
    """Return True if the headings of the adopted papers name exactly these issues."""
    return np.full(len(counts.count), set(claims.headed(study)) == set(issues))


def pledged_only(study, counts, *, issues):
    """Return True if no heading of the adopted papers names these issues, but each has a pledge."""
    table = claims.agenda(study).set_index("issue").loc[issues]
    return np.full(len(counts.count), ((table["headings"] == 0) & (table["pledges"] > 0)).all())


def announced_by_both(study, counts, *, issues):
    """Return True if the compared sides both announced exactly these issues as topics."""
    both = set.intersection(*(set(claims.topics(study, side)) for side in study.meta["compare"]))
    return np.full(len(counts.count), both == set(issues))


def not_adopted(study, counts, *, issues):
    """Return True if the adopted papers say nothing at all on these issues."""
    table = claims.agenda(study).set_index("issue").loc[issues]
    return np.full(len(counts.count), not table[["headings", "pledges", "statements"]].any(axis=None))


def state_of(study, counts, *, horizon, state, wants):
    """Return True if exactly these wants are in this state at a horizon."""
    table = claims.outcomes(study)
    return np.full(len(counts.count), set(table.loc[table[horizon] == state, "want"]) == set(wants))


def furthest_of(study, counts, *, state, wants):
    """Return True if this is the furthest point of exactly these wants."""
    table = claims.outcomes(study)
    return np.full(len(counts.count), set(table.loc[table["furthest"] == state, "want"]) == set(wants))


OUTSIDE = {
    predicate.__name__: predicate
    for predicate in (
        verdict_at_least,
        verdict_only,
        verdict_of,
        list_headed,
        headed_only,
        pledged_only,
        announced_by_both,
        not_adopted,
        state_of,
        furthest_of,
    )
}
