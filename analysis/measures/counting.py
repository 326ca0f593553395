"""Count statements by side and issue, once for each set of weights.

The arrays of a tally have a leading axis for replicates (one for the coding as it stands; many for
specifications or resamples), so that the same code gives the tables of the notebooks and the tests
of their robustness.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.study.codebook import ASKS, OWN_WORDS


class Tally(NamedTuple):
    """Weighted counts of statements; R replicates, S sides, I issues.

    `count`, `pro` and `contra` have the shape (R, S, I): all statements, those for and those
    against the issue's proposition (`mixed` counts as both). `asks` has the shape (R, S, S, I):
    demands and proposals by side and by the side they are directed at. `own` has the shape (R, S):
    statements in the side's own words.
    """

    sides: list
    issues: list
    count: np.ndarray
    pro: np.ndarray
    contra: np.ndarray
    asks: np.ndarray
    own: np.ndarray


def tally(study, statements, weights=None):
    """Count statements by side and issue, once for each row of weights.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame
        N admitted statements, with `toward`.
    weights : numpy.ndarray, optional
        Shape (R, N): the weight of each statement in each replicate; ones by default.

    Returns
    -------
    Tally
    """
    sides, issues = list(study.meta["sides"]), study.issues["issue"].tolist()
    n, s, i = len(statements), len(sides), len(issues)
    weights = np.ones((1, n)) if weights is None else np.asarray(weights, dtype=float)
    side = pd.Index(sides).get_indexer(statements["side"])
    issue = pd.Index(issues).get_indexer(statements["issue"])
    toward = pd.Index(sides).get_indexer(statements["toward"])
    position = statements["position"]
    cell = side * i + issue

    def total(cells, keep, size):
        keep = np.flatnonzero(keep)
        cells = np.asarray(cells)[keep]
        return np.stack([np.bincount(cells, row[keep], minlength=size) for row in weights])

    every = np.ones(n, dtype=bool)
    asked = statements["form"].isin(ASKS) & (toward >= 0)
    shape = (len(weights), s, i)
    return Tally(
        sides,
        issues,
        total(cell, every, s * i).reshape(shape),
        total(cell, position.isin(["1", "mixed"]), s * i).reshape(shape),
        total(cell, position.isin(["-1", "mixed"]), s * i).reshape(shape),
        total((side * s + toward) * i + issue, asked, s * s * i).reshape(len(weights), s, s, i),
        total(side, statements["evidence"].isin(OWN_WORDS), s),
    )


def shares(count):
    """Turn counts into shares along the last axis; a side without statements has zeros.

    Salience as a share of statements follows the Manifesto tradition (Budge and Farlie 1983).

    Parameters
    ----------
    count : numpy.ndarray
        Shape (…, I).

    Returns
    -------
    numpy.ndarray
        The same shape; each row sums to 1 or to 0.
    """
    total = count.sum(axis=-1, keepdims=True)
    return np.divide(count, total, out=np.zeros_like(count, dtype=float), where=total > 0)
