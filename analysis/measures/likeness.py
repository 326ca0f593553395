"""How alike the two sides are, next to what chance gives."""

import numpy as np
import pandas as pd

from analysis.study.statements import admit


def shannon_distance(p, q):
    """Return the Jensen–Shannon distance of distributions, to base 2.

    Parameters
    ----------
    p, q : numpy.ndarray
        Shape (…, I), non-negative; rows are scaled to sum to 1.

    Returns
    -------
    numpy.ndarray
        Shape (…): 0 for equal, 1 for disjoint distributions; nan where a row is empty.

    Notes
    -----
    Written out because importing scipy takes longer than all else here; a test compares it with
    `scipy.spatial.distance.jensenshannon`. Source: Endres and Schindelin
    2003, IEEE Trans. Inf. Theory 49:1858.
    """
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = p / p.sum(axis=-1, keepdims=True)
        q = q / q.sum(axis=-1, keepdims=True)
        middle = (p + q) / 2
        left = np.where(p > 0, p * np.log2(p / middle), 0).sum(axis=-1)
        right = np.where(q > 0, q * np.log2(q / middle), 0).sum(axis=-1)
    empty = np.isnan(p).any(axis=-1) | np.isnan(q).any(axis=-1)
    return np.where(empty, np.nan, np.sqrt(np.clip((left + right) / 2, 0, 1)))


def rank_agreement(x, y):
    """Return Kendall's tau-b of two score vectors over the issues that either mentions.

    Issues that neither mentions are left out: they are ties in both and would push the coefficient
    up. Source: Kendall 1945, Biometrika 33:239.

    Parameters
    ----------
    x, y : numpy.ndarray
        Shape (…, I), non-negative.

    Returns
    -------
    numpy.ndarray
        Shape (…): −1 to 1; nan where a side is constant over the issues.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    row, column = np.triu_indices(x.shape[-1], 1)
    union = (x > 0) | (y > 0)
    both = union[..., row] & union[..., column]
    dx = np.sign(x[..., row] - x[..., column]) * both
    dy = np.sign(y[..., row] - y[..., column]) * both
    scale = np.sqrt((dx**2).sum(axis=-1) * (dy**2).sum(axis=-1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(scale > 0, (dx * dy).sum(axis=-1) / scale, np.nan)


def rank_overlap(x, y, p=0.9):
    """Return the rank-biased overlap of two rankings, extrapolated; ties mean equality.

    Issues that a side does not mention (score 0) are not in its ranking.

    Parameters
    ----------
    x, y : numpy.ndarray
        Shape (…, I), non-negative scores; equal scores are tied.
    p : float
        Persistence, between 0 and 1: the weight of depth d falls as p to the power d.

    Returns
    -------
    numpy.ndarray
        Shape (…): 0 to 1; nan where a side mentions nothing.

    Notes
    -----
    Source: Corsi and Urbano 2024, SIGIR, section 6 (arXiv 2406.07121). Tested against the vectors
    that they publish.
    """
    x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    swap = ((x > 0).sum(-1) > (y > 0).sum(-1))[..., None]
    short, long = np.where(swap, y, x), np.where(swap, x, y)
    size = x.shape[-1]
    depth = np.arange(1, size + 1)
    one, two = _contributions(short, depth), _contributions(long, depth)
    s, last = ((scores > 0).sum(-1)[..., None] for scores in (short, long))
    both = (one * two).sum(axis=-2)
    unseen = ((short == 0) & (long > 0))[..., None] & (two > 0)
    number = unseen.sum(axis=-2)
    mean = np.divide((two * unseen).sum(axis=-2), number, out=np.zeros(both.shape), where=number > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        seen = 2 * both / (one.sum(axis=-2) + two.sum(axis=-2))
        scale = (depth + two.sum(axis=-2)) / 2
        at_s = np.take_along_axis(seen, np.maximum(s - 1, 0), axis=-1)
        beyond = (both + (depth - s) * at_s * mean) / scale
        agreement = np.where(depth <= s, seen, beyond) * (depth <= last)
        at_l = np.take_along_axis(both, np.maximum(last - 1, 0), axis=-1)
        rest = (at_l + (last - s) * at_s) / last * p ** (last + 1) / (1 - p)
        overlap = (1 - p) / p * ((agreement * p**depth).sum(axis=-1) + rest[..., 0])
    return np.where(s[..., 0] > 0, overlap, np.nan)


def _contributions(scores, depth):
    """Return how far each item counts as seen at each depth, shape (…, I, I)."""
    above = (scores[..., None, :] > scores[..., :, None]).sum(axis=-1)[..., None]
    return (depth > above) * (scores > 0)[..., None]


COEFFICIENTS = {
    "distance of the distributions": shannon_distance,
    "rank agreement": rank_agreement,
    "overlap of the ranks": rank_overlap,
}


def coefficients(study, statements=None, draws=2000, seed=1):
    """Return each coefficient of similarity next to the values that chance gives.

    Chance here means that the labels of the two sides are dealt out anew over the passages. A
    passage is what one paragraph says of one side: the statements in it hang together, so they
    stay together.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.
    draws : int
        Random relabellings.
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row per coefficient: `coefficient`, `value`, and of chance the `mean` and the 2.5 and 97.5
        percent points `low` and `high`.
    """
    statements = admit(study) if statements is None else statements
    pair = study.meta["compare"]
    rows = statements[statements["side"].isin(pair)]
    observed = _pair_counts(study, rows, (rows["side"] == pair[0]).to_numpy()[None, :])
    dealt = _pair_counts(study, rows, relabelled(rows, pair, draws, seed))
    table = []
    for name, measure in COEFFICIENTS.items():
        chance = measure(*dealt)
        low, high = np.nanquantile(chance, [0.025, 0.975])
        table.append((name, measure(*observed)[0], np.nanmean(chance), low, high))
    return pd.DataFrame(table, columns=["coefficient", "value", "mean", "low", "high"])


def relabelled(statements, pair, draws, seed):
    """Deal the labels of two sides out anew over passages.

    Parameters
    ----------
    statements : pandas.DataFrame
        N statements of the two sides.
    pair : sequence of two str
    draws : int
    seed : int

    Returns
    -------
    numpy.ndarray of bool
        Shape (draws, N): whether the statement is given to the first side.
    """
    passage, keys = pd.factorize(statements["paragraph"] + " " + statements["side"])
    first = np.array([key.endswith(f" {pair[0]}") for key in keys])
    generator = np.random.default_rng(seed)
    return generator.permuted(np.tile(first, (draws, 1)), axis=1)[:, passage]


def _pair_counts(study, statements, first):
    """Count statements by issue for those given to the first side and for the rest."""
    issue = pd.Index(study.issues["issue"]).get_indexer(statements["issue"])
    indicator = np.eye(len(study.issues))[issue]
    return first @ indicator, ~first @ indicator
