"""Count statements by layer, side and issue, in one coding or in thousands of variants of it.

Every measure starts from one tally. Its arrays have a leading axis for replicates: one for the
coding as it stands, many for random codings, changed codes or resamples. The same code thus gives
the tables of the notebooks and the tests of their findings.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.study.codebook import ASKS, NOT_NAMED, OBJECTIONS, WORDS
from analysis.study.documents import DECLARED, LAYERS

SIGNS = ("0", "1", "-1", "mixed")
EARLY = "early"  # the declared statements that were public before the day of the article
TALLIED = (*LAYERS, EARLY)


class Codes(NamedTuple):
    """The codes of N statements as numbers, in R replicates.

    All have the shape (R, N) or (1, N). `layer`, `side`, `issue`,
    `toward` and `word` are places in the lists of the tally, -1 for none; `position` is a place in
    `SIGNS`; `early` is true for a statement that was public before the day of the article; `ask`,
    `objection`, `named` and `declined` follow from the form; `weight` is how often the statement counts.
    """

    layer: np.ndarray
    early: np.ndarray
    side: np.ndarray
    issue: np.ndarray
    toward: np.ndarray
    position: np.ndarray
    word: np.ndarray
    ask: np.ndarray
    objection: np.ndarray
    named: np.ndarray
    declined: np.ndarray
    weight: np.ndarray


class Tally(NamedTuple):
    """Counts of statements: R replicates, L layers, S sides, I issues.

    The layers are those of the study, and `early`. `count`, `declined`, `pro` and `contra` have the
    shape (R, L, S, I): statements that name the issue, statements that keep it off the table, and
    those for and against its proposition (`mixed` counts as both). `asks` and `objections` have the
    shape (R, L, S, S, I, 2): by side, by the side addressed, by issue and by sign (for, against).
    `word` has the shape (R, L, S, W): by whose word. `together` is the place of the side that stands
    for all sides at once, or None.
    """

    layers: list
    sides: list
    issues: list
    together: int | None
    count: np.ndarray
    declined: np.ndarray
    pro: np.ndarray
    contra: np.ndarray
    asks: np.ndarray
    objections: np.ndarray
    word: np.ndarray


def codes(study, statements):
    """Turn N admitted statements, with `document`, `layer` and `toward`, into numbers of shape (1, N)."""
    sides, form = pd.Index(study.meta["sides"]), statements["form"]
    word = pd.Series(-1, index=statements.index)
    for place, evidence in enumerate(WORDS.values()):
        word[statements["evidence"].isin(evidence)] = place
    numbers = {
        "side": sides.get_indexer(statements["side"]),
        "issue": pd.Index(study.issues["issue"]).get_indexer(statements["issue"]),
        "toward": sides.get_indexer(statements["toward"]),
        "position": pd.Index(SIGNS).get_indexer(statements["position"]),
        "word": word.to_numpy(),
        "ask": form.isin(ASKS).to_numpy(),
        "objection": form.isin(OBJECTIONS).to_numpy(),
        "named": ~form.isin(NOT_NAMED).to_numpy(),
        "declined": (form == "declined").to_numpy(),
        "weight": np.ones(len(statements)),
    }
    declared = (statements["layer"] == DECLARED).to_numpy()
    numbers["layer"] = pd.Index(LAYERS).get_indexer(statements["layer"])
    numbers["early"] = declared & statements["document"].isin(public_early(study)).to_numpy()
    return Codes(**{name: values[np.newaxis] for name, values in numbers.items()})


def public_early(study):
    """Return the documents that could be read before the day of the article, all if that is not known."""
    published = study.meta["article"].get("published")
    rows = study.documents
    early = rows["public"].str[:10] < (str(published) if published else "9999")
    return rows.loc[early, "document"].tolist()


def tally(study, given):
    """Count statements by layer, side and issue, once for each replicate."""
    sides, issues = list(study.meta["sides"]), study.issues["issue"].tolist()
    shape = np.broadcast_shapes(*(values.shape for values in given))
    c = Codes(*(np.broadcast_to(values, shape) for values in given))
    n_layers, s, i, w = len(TALLIED), len(sides), len(issues), len(WORDS)
    known = (c.layer >= 0) & (c.side >= 0)
    place = (np.arange(shape[0])[:, np.newaxis] * n_layers + c.layer) * s + c.side
    cell = place * i + c.issue
    positive, negative = np.isin(c.position, (1, 3)), np.isin(c.position, (2, 3))
    directed = known & (c.toward >= 0) & (c.toward != c.side)
    signed = directed & np.isin(c.position, (1, 2))
    target = ((place * s + c.toward) * i + c.issue) * 2 + (c.position == 2)

    def total(cells, keep, *size):
        # The early statements of the declared layer count a second time, in a layer of their own.
        again = keep & c.early
        later = cells[again] + (TALLIED.index(EARLY) - c.layer[again]) * int(np.prod(size))
        places = np.concatenate([cells[keep], later])
        weights = np.concatenate([c.weight[keep], c.weight[again]])
        number = shape[0] * n_layers * int(np.prod(size))
        return np.bincount(places, weights, number).reshape(shape[0], n_layers, *size)

    grid, between = (s, i), (s, s, i, 2)
    return Tally(
        list(TALLIED),
        sides,
        issues,
        together(study),
        total(cell, known & c.named, *grid),
        total(cell, known & c.declined, *grid),
        total(cell, known & positive, *grid),
        total(cell, known & negative, *grid),
        total(target, signed & c.ask, *between),
        total(target, signed & c.objection, *between),
        total(place * w + c.word, known & c.named & (c.word >= 0), s, w),
    )


def together(study):
    """Return the place of the side that stands for all sides at once, or None."""
    places = [place for place, side in enumerate(study.meta["sides"].values()) if side.get("together")]
    return places[0] if places else None


def of_layer(counts, layer, side, measure="count"):
    """Return a side's counts in one layer, shape (R, I), what the governments adopted together included.

    `measure` is one of `count`, `declined`, `pro` and `contra`.
    """
    place = counts.layers.index(layer)
    grid = getattr(counts, measure)[:, place]
    found = grid[:, counts.sides.index(side)]
    if layer == "adopted" and counts.together is not None:
        found = found + grid[:, counts.together]
    return found


def matched(asked, other, together=None):
    """Return which asks of one layer the other layer has too; all of shape (R, S, I, 2).

    An ask is matched by one with the same issue and sign and no other addressee: the same one, or one of
    the two is addressed to all sides together, whose place is `together`.
    """
    fits = other.copy()
    if together is not None:
        fits |= other[:, together : together + 1]
        fits[:, together] |= other.any(axis=1)
    return asked & fits


def shares(count):
    """Turn counts into shares along the last axis; a side without statements has zeros.

    Salience as a share of statements follows the Manifesto tradition (Budge and Farlie 1983).
    """
    total = count.sum(axis=-1, keepdims=True)
    return np.divide(count, total, out=np.zeros_like(count, dtype=float), where=total > 0)
