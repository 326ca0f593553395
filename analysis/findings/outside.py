"""Predicates of the findings that rest on the checks, the agenda and the outcomes, and on no tally.

Another coding or counting rule cannot change them, so they stand in outside.csv, apart from the
findings whose robustness is tested.
"""

from analysis import claims


def verdict_at_least(study, *, verdict, sort, share):
    """Return True if at least this share of the figures, or of the plain facts, gets this verdict."""
    table = claims.ledger(study)
    return (table.loc[table["sort"] == sort, "verdict"] == verdict).mean() >= share


def verdict_only(study, *, verdict, named):
    """Return True if exactly these claims get this verdict from the rule."""
    return _only(claims.ledger(study), "claim", "verdict", verdict, named)


def verdict_of(study, *, verdict, named):
    """Return True if each of these claims gets this verdict from the rule."""
    found = claims.ledger(study).set_index("claim")["verdict"].reindex(named)
    return (found == verdict).all()


def list_headed(study, *, side, speaker):
    """Return True if each issue on a speaker's list for a side is in a heading of the adopted papers."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker) & (rows["emphasis"] == "high")]
    return len(named) > 0 and set(named["issue"]) <= set(claims.headed(study))


def headed_only(study, *, issues):
    """Return True if the headings of the adopted papers name exactly these issues."""
    return set(claims.headed(study)) == set(issues)


def pledged_only(study, *, issues):
    """Return True if no heading of the adopted papers names these issues, but each has a pledge."""
    table = claims.agenda(study).set_index("issue").loc[issues]
    return ((table["headings"] == 0) & (table["pledges"] > 0)).all()


def announced_by_both(study, *, issues):
    """Return True if the compared sides both announced exactly these issues as topics."""
    both = set.intersection(*(set(claims.topics(study, side)) for side in study.meta["compare"]))
    return both == set(issues)


def not_adopted(study, *, issues):
    """Return True if the adopted papers say nothing at all on these issues."""
    table = claims.agenda(study).set_index("issue").loc[issues]
    return not table[["headings", "pledges", "statements"]].any(axis=None)


def state_of(study, *, horizon, state, wants):
    """Return True if exactly these wants are in this state at a horizon."""
    return _only(claims.outcomes(study), "want", horizon, state, wants)


def furthest_of(study, *, state, wants):
    """Return True if this is the furthest point of exactly these wants."""
    return _only(claims.outcomes(study), "want", "furthest", state, wants)


def _only(table, key, column, value, named):
    """Return True if exactly these rows of a table have a value."""
    return set(table.loc[table[column] == value, key]) == set(named)


OUTSIDE = {predicate.__name__: predicate for predicate in (
    verdict_at_least, verdict_only, verdict_of, list_headed, headed_only, pledged_only, announced_by_both,
    not_adopted, state_of, furthest_of,
)}  # fmt: skip
