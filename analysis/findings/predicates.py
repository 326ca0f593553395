"""Say whether a finding holds: each is a sentence, a predicate and its arguments in findings.csv.

A predicate takes the study, a tally and the finding's arguments, and returns one truth value for
each replicate of the tally. It names no side and no issue itself. Findings that rest on the checks,
the outcomes and the agenda, and on no tally, stand in outside.csv: another coding or counting rule
cannot change them, so they have no place among those whose robustness is tested.
"""

import numpy as np

from analysis import claims, measures


def asks_only(study, counts, *, side, toward, issues):
    """Return True if a side asks another for something on exactly these issues."""
    asked = counts.asks[:, counts.sides.index(side), counts.sides.index(toward)] > 0
    return (asked == np.isin(counts.issues, issues)).all(axis=1)


def asks_apart(study, counts, *, side, other):
    """Return True if two sides ask something of each other, but never on the same issue."""
    one, two = counts.sides.index(side), counts.sides.index(other)
    here, there = counts.asks[:, one, two] > 0, counts.asks[:, two, one] > 0
    return here.any(axis=1) & there.any(axis=1) & ~(here & there).any(axis=1)


def answered_only(study, counts, *, side, other, issues):
    """Return True if, of what two sides ask of each other, the asked one's position is known on these.

    The asked side has a position on an issue where any of its statements is for or against.
    """
    one, two = counts.sides.index(side), counts.sides.index(other)
    signed = (counts.pro + counts.contra) > 0
    answered = (counts.asks[:, one, two] > 0) & signed[:, two]
    answered |= (counts.asks[:, two, one] > 0) & signed[:, one]
    return (answered == np.isin(counts.issues, issues)).all(axis=1)


def related(study, counts, *, side, other, relation, issues):
    """Return True if the positions of two sides have this relation on each of these issues."""
    found = measures.relation(counts, side, other)
    return (found[:, np.isin(counts.issues, issues)] == relation).all(axis=1)


def related_nowhere_else(study, counts, *, side, other, relation, issues):
    """Return True if the positions of two sides have this relation on these issues and no others."""
    found = measures.relation(counts, side, other) == relation
    return (found == np.isin(counts.issues, issues)).all(axis=1)


def leans_apart(study, counts, *, side, other, issues):
    """Return True if, on each issue, one side is more often for and the other more often against."""
    lean = np.sign(counts.pro - counts.contra)[:, :, np.isin(counts.issues, issues)]
    one, two = lean[:, counts.sides.index(side)], lean[:, counts.sides.index(other)]
    return (one * two < 0).all(axis=1)


def heard_more(study, counts, *, side, other, times):
    """Return True if a side has at least so many times the statements of another."""
    total = counts.count.sum(axis=2)
    return total[:, counts.sides.index(side)] >= times * total[:, counts.sides.index(other)]


def own_words_at_most(study, counts, *, side, share):
    """Return True if at most this share of a side's statements is in its own words."""
    place = counts.sides.index(side)
    total = counts.count[:, place].sum(axis=1)
    return (counts.own[:, place] <= share * total) & (total > 0)


def share_at_most(study, counts, *, side, issues, share):
    """Return True if at most this share of a side's statements is on these issues."""
    found = _share(counts, side, issues)
    return found <= share + 1e-9


def none_above(study, counts, *, share):
    """Return True if no issue has more than this share of the statements of either compared side."""
    places = [counts.sides.index(side) for side in study.meta["compare"]]
    return (measures.shares(counts.count[:, places]) <= share + 1e-9).all(axis=(1, 2))


def declares_none_of(study, counts, *, side, speaker, issues):
    """Return True if a speaker's list of a side's priorities has entries, but none of these issues."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker)]["issue"]
    return np.full(len(counts.count), len(named) > 0 and not named.isin(issues).any())


def declares_first(study, counts, *, side, speaker, issues):
    """Return True if exactly these issues stand in the first bucket of a speaker's list for a side."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker) & (rows["bucket"] == 1)]
    return np.full(len(counts.count), set(named["issue"]) == set(issues))


def _share(counts, side, issues):
    """Return the share of a side's statements on some issues, shape (R,)."""
    place = counts.sides.index(side)
    return measures.shares(counts.count[:, place])[:, np.isin(counts.issues, issues)].sum(axis=1)


def verdict_at_least(study, counts, *, verdict, share):
    """Return True if at least this share of the article's claims gets this verdict from the rule."""
    return np.full(len(counts.count), (claims.ledger(study)["verdict"] == verdict).mean() >= share)


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
    """Return True if just the issues in this place of the agenda were announced by every side that named any."""
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


# What these find depends on the declared rankings, not on the statements.
RANKED = (declares_none_of, declares_first)


PREDICATES = {
    predicate.__name__: predicate
    for predicate in (
        asks_only,
        asks_apart,
        related,
        related_nowhere_else,
        answered_only,
        leans_apart,
        heard_more,
        own_words_at_most,
        share_at_most,
        none_above,
        declares_none_of,
        declares_first,
        verdict_at_least,
        verdict_only,
        verdict_of,
        declares_agenda,
        announced_by_all,
        off_agenda,
        met_alike,
    )
}
