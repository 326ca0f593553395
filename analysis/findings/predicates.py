"""Say what each finding of a coding counts and whether it holds: `PREDICATES` by name."""

from typing import NamedTuple

import numpy as np

from analysis import measures
from analysis.measures import TEXTS
from analysis.study.codebook import OTHERS, WORDS
from analysis.study.documents import DECLARED, REPORTED


class Result(NamedTuple):
    """What a finding counts, and whether it holds, in R replicates of a tally.

    `numbers` is a list of arrays of shape (R,), `told` a sentence with a gap for each, `holds` has the
    shape (R,). Only whole numbers decide, so that a tie is a tie. Where a predicate takes a list of issues
    it also takes a number: is it true of any list of that length?
    """

    told: str
    numbers: list
    holds: np.ndarray


def asks_only(study, counts, *, side, toward, issues):
    """A side is reported to ask another, alone or with all sides, for something on exactly these issues."""
    asked = _asked(counts, side, toward)
    return Result("{} issues", [asked.sum(axis=1)], _exactly(counts, asked, issues))


def own_among_reported(study, counts, *, side, quantity):
    """Of what a side is reported to ask, so much is among the asks of its own texts, early and in all."""
    return _matched(counts, side, quantity, "own", "reported")


def reported_among_own(study, counts, *, side, quantity):
    """Of what a side asks in its own texts, so much is reported; early, if it asks by then, and in all."""
    return _matched(counts, side, quantity, "found", "declared")


def better_reported(study, counts, *, side, other):
    """The reports have a larger part of one side's own asks than of another's; early, and in all."""
    numbers, holds = [], True
    for texts in TEXTS.values():
        one, two = (measures.recall(counts, name, texts=texts) for name in (side, other))
        numbers += [one["found"], one["declared"], two["found"], two["declared"]]
        more = one["found"] * two["declared"] > two["found"] * one["declared"]
        both = (one["declared"] > 0) & (two["declared"] > 0)
        # Where the early texts of a side hold nothing, they say nothing.
        holds = holds & (more & both if texts == DECLARED else more | ~both)
    pair = _of_each(study, side, other)
    return Result(f"{EARLY_TEXTS}: {pair}; in all: {pair}", numbers, holds)


def kept_off_the_table(study, counts, *, side, issues):
    """Of what a side is reported to ask another side, its own texts keep exactly these issues off the table."""
    asked = (counts.at("asks", REPORTED, side) > 0).any(axis=(1, 3))
    kept = asked & (measures.of_layer(counts, DECLARED, side, "declined") > 0)
    numbers = [kept.sum(axis=1), asked.sum(axis=1)]
    return Result("{} of {} issues", numbers, _exactly(counts, kept, issues))


def only_reported(study, counts, *, issues):
    """Each of these issues is reported of a compared side, and in the own texts of neither."""
    pair = study.meta["compare"]
    reported, declared = (sum(measures.of_layer(counts, layer, side) for side in pair)
                          for layer in (REPORTED, DECLARED))  # fmt: skip
    alone = (reported > 0) & (declared == 0)
    numbers = [_on(counts, reported, issues), _on(counts, declared, issues)]
    return Result("{} statements reported, {} in own texts", numbers, _each(counts, alone, issues))


def told_apart(study, counts, *, side, other):
    """More than half of one side's reported statements are others' word, and less than half of another's."""
    numbers, holds = [], []
    for name in (side, other):
        word = counts.at("word", REPORTED, name).astype(int)
        others, total = word[:, _OTHERS].sum(axis=1), word.sum(axis=1)
        numbers += [others, total]
        holds.append((2 * others > total) if name == side else (2 * others < total))
    return Result(_of_each(study, side, other), numbers, np.logical_and(*holds))


def answered_only(study, counts, *, side, other, issues):
    """Of what two sides are reported to ask each other, the asked one's position is reported on just these.

    The asked side has a position on an issue where any of its statements is for or against.
    """
    asked, answered = [], []
    for one, two in ((side, other), (other, side)):
        signed = sum(measures.of_layer(counts, REPORTED, two, sign) for sign in ("pro", "contra")) > 0
        asked.append(_asked(counts, one, two))
        answered.append(asked[-1] & signed)
    known = np.logical_or(*answered)
    numbers = [known.sum(axis=1), np.logical_or(*asked).sum(axis=1)]
    return Result("{} of {} issues", numbers, _exactly(counts, known, issues))


def related(study, counts, *, side, other, relation, issues):
    """The reported positions of two sides have this relation on each of these issues."""
    numbers = [
        _on(counts, measures.of_layer(counts, REPORTED, name, sign), issues)
        for name in (side, other)
        for sign in ("pro", "contra")
    ]
    told = "; ".join(f"{_label(study, name)}: {{}} for, {{}} against" for name in (side, other))
    return Result(told, numbers, _each(counts, measures.relation(counts, side, other) == relation, issues))


def declares_none_of(study, counts, *, side, speaker, issues):
    """A speaker's list of a side's priorities has entries, but none of these issues."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker)]["issue"]
    number = np.full(len(counts.count), named.nunique())
    holds = np.full(len(number), len(named) > 0 and not named.isin(issues).any())
    return Result("{} issues listed", [number], holds)


QUANTITIES = {
    "none": lambda part, whole: (part == 0) & (whole > 0),
    "less than half": lambda part, whole: (part > 0) & (2 * part < whole),
    "more than half": lambda part, whole: 2 * part > whole,
    "all": lambda part, whole: (part == whole) & (whole > 0),
}
EARLY_TEXTS = "in texts public before the article"
_OTHERS = [list(WORDS).index(word) for word in OTHERS]


def _label(study, side):
    """Return what a side is called."""
    return study.meta["sides"][side]["label"]


def _of_each(study, side, other):
    """Return the sentence that tells a part of a whole for each of two sides."""
    return " and ".join(f"{{}} of {{}} ({_label(study, name)})" for name in (side, other))


def _matched(counts, side, quantity, part, whole):
    """Compare asks between the layers, over the texts that were public early, and over all."""
    numbers, holds = [], True
    for texts in TEXTS.values():
        found = measures.recall(counts, side, texts=texts)
        numbers += [found[part], found[whole]]
        true = QUANTITIES[quantity](found[part], found[whole])
        # Where the early texts hold nothing, they say nothing.
        holds = holds & (true if texts == DECLARED else true | (found[whole] == 0))
    return Result(f"{EARLY_TEXTS}: {{}} of {{}}; in all: {{}} of {{}}", numbers, holds)


def _asked(counts, side, toward):
    """Return on which issues a side is reported to ask another, alone or with all; shape (R, I)."""
    places = {counts.sides.index(toward), counts.together} - {None}
    return (counts.at("asks", REPORTED, side)[:, sorted(places)] > 0).any(axis=(1, 3))


def _on(counts, number, issues):
    """Sum numbers of statements over these issues, or over all where only their number is given."""
    return (number if isinstance(issues, int) else number[:, np.isin(counts.issues, issues)]).sum(axis=1)


def _exactly(counts, found, issues):
    """Return whether exactly these issues are found, or, of a number, as many."""
    if isinstance(issues, int):
        return found.sum(axis=1) == issues
    return (found == np.isin(counts.issues, issues)).all(axis=1)


def _each(counts, found, issues):
    """Return whether each of these issues is found, or, of a number, at least as many."""
    if isinstance(issues, int):
        return found.sum(axis=1) >= issues
    return found[:, np.isin(counts.issues, issues)].all(axis=1)


# What this finds depends on the rankings, not on the statements.
RANKED = ("declares_none_of",)

PREDICATES = {predicate.__name__: predicate for predicate in (
    asks_only, own_among_reported, reported_among_own, better_reported, kept_off_the_table, only_reported,
    told_apart, answered_only, related, declares_none_of,
)}  # fmt: skip
