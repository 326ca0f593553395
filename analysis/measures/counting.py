"""Count statements by layer, side and issue, in one coding or in thousands of variants of it."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.study.codebook import ASKS, NOT_NAMED, OBJECTIONS, WORDS
from analysis.study.documents import ADOPTED, DECLARED, LAYERS

SIGNS = ("0", "1", "-1", "mixed")
EARLY = "early"  # the declared statements that were public before the day of the article
TALLIED = (*LAYERS, EARLY)


class Codes(NamedTuple):
    """The codes of N statements as numbers, in R replicates; all have the shape (R, N) or (1, N).

    `layer`, `side`, `issue`, `toward` and `word` are places in the lists of the tally, -1 for none;
    `position` is a place in `SIGNS`; `early` is true for a statement that was public before the day of
    the article; `ask`, `objection`, `named` and `declined` follow from the form; `weight` is how often
    the statement counts.
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

    One replicate is the coding as it stands; random codings, changed codes and resamples have many. The
    layers are those of the study, and `early`. `count`, `declined`, `pro` and `contra` have the
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

    def at(self, measure, layer, side):
        """Return one of the arrays for one layer and side: shape (R, ...)."""
        return getattr(self, measure)[:, self.layers.index(layer), self.sides.index(side)]


def codes(study, statements):
    """Turn N admitted statements, with `document`, `layer` and `toward`, into numbers of shape (1, N)."""
    sides, issues, form = list(study.meta["sides"]), study.issues["issue"], statements["form"]
    lists = {"layer": LAYERS, "side": sides, "issue": issues, "toward": sides, "position": SIGNS}
    words = {evidence: place for place, of in enumerate(WORDS.values()) for evidence in of}
    numbers = {name: pd.Index(known).get_indexer(statements[name]) for name, known in lists.items()} | {
        "early": (statements["layer"] == DECLARED) & statements["document"].isin(public_early(study)),
        "word": statements["evidence"].map(words).fillna(-1).astype(int),
        "ask": form.isin(ASKS),
        "objection": form.isin(OBJECTIONS),
        "named": ~form.isin(NOT_NAMED),
        "declined": form == "declined",
        "weight": np.ones(len(statements)),
    }
    return Codes(**{name: np.asarray(values)[np.newaxis] for name, values in numbers.items()})


def public_early(study):
    """Return the documents that could be read before the day of the article, all if that is not known."""
    published = study.meta["article"].get("published")
    early = study.documents["public"].str[:10] < (str(published) if published else "9999")
    return study.documents.loc[early, "document"].tolist()


def tally(study, given):
    """Count statements by layer, side and issue, once for each replicate."""
    sides, issues = list(study.meta["sides"]), study.issues["issue"].tolist()
    together = [place for place, side in enumerate(study.meta["sides"].values()) if side.get("together")]
    shape = np.broadcast_shapes(*(values.shape for values in given))
    c = Codes(*(np.broadcast_to(values, shape) for values in given))
    n_layers, s, i, w = len(TALLIED), len(sides), len(issues), len(WORDS)
    known = (c.layer >= 0) & (c.side >= 0)
    place = (np.arange(shape[0])[:, np.newaxis] * n_layers + c.layer) * s + c.side
    cell = place * i + c.issue
    signed = known & (c.toward >= 0) & (c.toward != c.side) & np.isin(c.position, (1, 2))
    target = ((place * s + c.toward) * i + c.issue) * 2 + (c.position == 2)

    def total(cells, keep, *size):
        # The early statements of the declared layer count a second time, in a layer of their own.
        again = keep & c.early
        later = cells[again] + (TALLIED.index(EARLY) - c.layer[again]) * int(np.prod(size))
        places = np.concatenate([cells[keep], later])
        weights = np.concatenate([c.weight[keep], c.weight[again]])
        number = shape[0] * n_layers * int(np.prod(size))
        return np.bincount(places, weights, number).reshape(shape[0], n_layers, *size)

    return Tally(
        list(TALLIED),
        sides,
        issues,
        together[0] if together else None,
        count=total(cell, known & c.named, s, i),
        declined=total(cell, known & c.declined, s, i),
        pro=total(cell, known & np.isin(c.position, (1, 3)), s, i),
        contra=total(cell, known & np.isin(c.position, (2, 3)), s, i),
        asks=total(target, signed & c.ask, s, s, i, 2),
        objections=total(target, signed & c.objection, s, s, i, 2),
        word=total(place * w + c.word, known & c.named & (c.word >= 0), s, w),
    )


def of_layer(counts, layer, side, measure="count"):
    """Return a side's counts in one layer, shape (R, I), what the governments adopted together included.

    `measure` is one of `count`, `declined`, `pro` and `contra`.
    """
    found = counts.at(measure, layer, side)
    if layer == ADOPTED and counts.together is not None:
        found = found + counts.at(measure, layer, counts.sides[counts.together])
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
