"""How far coders agree: Krippendorff's alpha, Gwet's AC1, and a table of both."""

from statistics import NormalDist

import numpy as np
import pandas as pd

from analysis.agreement.matching import VARIABLES, issue_sets, readings, units


def alpha(table, distance=None):
    """Return Krippendorff's alpha.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per unit, one column per coder; None where a coder has no reading.
    distance : callable, optional
        Takes two readings, returns 0 (the same) to 1; by default 1 for any difference (nominal).

    Returns
    -------
    float
        1 for perfect agreement, 0 for what chance gives; nan where nothing can be compared, or
        where all readings are the same.

    Notes
    -----
    Written out because it is needed once for each unit left out, and because the `krippendorff`
    package is under the GPL: a test uses it as an independent check. Source: Krippendorff 2019,
    Content Analysis, 4th ed., ch. 12.
    """
    counts, values = _value_counts(table)
    return float(_alpha(counts, _distances(values, distance))[0])


def _value_counts(table):
    """Count how many coders give each value in each unit; units with one reading are dropped."""
    flat = table.stack()
    flat = flat[flat.notna()]
    codes, values = pd.factorize(flat)
    counts = np.zeros((len(table), len(values)))
    places = table.index.get_indexer(flat.index.get_level_values(0))
    np.add.at(counts, (places, codes), 1)
    return counts[counts.sum(axis=1) > 1], list(values)


def _distances(values, distance):
    if distance is None:
        return 1 - np.eye(len(values))
    return np.array([[distance(one, other) for other in values] for one in values], dtype=float)


def _alpha(counts, distances):
    """Return alpha, and alpha with each unit left out in turn.

    What a unit adds to the observed disagreement and to the margins is taken off again, so that
    leaving out every unit of a long table costs little more than the table.

    Parameters
    ----------
    counts : numpy.ndarray
        Shape (U, V): how many coders give a value in a unit; each unit has at least two readings.
    distances : numpy.ndarray
        Shape (V, V).

    Returns
    -------
    whole : float
    without : numpy.ndarray
        Shape (U,).
    """
    size = counts.sum(axis=1)
    part = ((counts @ distances) * counts).sum(axis=1) / (size - 1)
    observed = part.sum() - np.append(0, part)
    total = size.sum() - np.append(0, size)
    margin = counts.sum(axis=0) - np.vstack([np.zeros(counts.shape[1]), counts])
    expected = ((margin @ distances) * margin).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(expected > 0, 1 - observed * (total - 1) / expected, np.nan)
    return found[0], found[1:]


def interval(table, distance=None, level=0.95):
    """Return the jackknife interval of alpha: each unit is left out once.

    The jackknife keeps its coverage at few units better than the usual bootstrap of coincidences
    (Hughes 2022, arXiv 2210.13265).

    Returns
    -------
    low, high : float
        nan where alpha cannot be computed.
    """
    counts, values = _value_counts(table)
    distances = _distances(values, distance)
    n = len(counts)
    if n < 3:
        return np.nan, np.nan
    whole, left_out = _alpha(counts, distances)
    error = np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())
    half = NormalDist().inv_cdf((1 + level) / 2) * error
    return float(whole - half), float(min(1.0, whole + half))


def ac1(table):
    """Return Gwet's AC1, which does not fall when one category is rare.

    Source: Gwet 2008, British Journal of Mathematical and Statistical Psychology 61:29.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per unit, one column per coder; None where a coder has no reading.

    Returns
    -------
    float
        1 for perfect agreement; nan where fewer than two categories occur.
    """
    counts, values = _value_counts(table)
    if len(values) < 2 or not len(counts):
        return np.nan
    size = counts.sum(axis=1, keepdims=True)
    agreed = (counts * (counts - 1) / (size * (size - 1))).sum(axis=1).mean()
    share = (counts / size).mean(axis=0)
    chance = (share * (1 - share)).sum() / (len(values) - 1)
    return float((agreed - chance) / (1 - chance))


def jaccard(one, other):
    """Return the Jaccard distance of two sets: 0 for equal, 1 for nothing in common."""
    return 1 - len(one & other) / len(one | other) if one | other else 0.0


def masi(one, other):
    """Return the MASI distance of two sets (Passonneau 2006, LREC): Jaccard, and how they nest."""
    if one == other:
        return 0.0
    nested = 2 / 3 if one <= other or other <= one else 1 / 3 if one & other else 0.0
    return 1 - (1 - jaccard(one, other)) * nested


def summary(codings):
    """Measure the agreement of several coders, variable by variable.

    Parameters
    ----------
    codings : dict
        From coder to statements.

    Returns
    -------
    pandas.DataFrame
        One row per variable: `variable`, `units` (that at least two coders have), `agreement` (share of
        pairs of readings that are equal), `alpha` with `low` and `high`, `AC1`, and `rare` (the
        share of the rarest category, where AC1 should be read beside alpha if it is small). The
        last rows compare the sets of issues that the coders find in a paragraph.
    """
    rows, matched = [], units(codings)
    for variable in VARIABLES:
        table = readings(codings, variable, matched)
        counts, _ = _value_counts(table)
        share = counts.sum(axis=0) / counts.sum() if len(counts) else np.array([np.nan])
        rows.append(
            (variable, len(counts), _equal(counts), alpha(table), *interval(table), ac1(table), share.min())
        )
    sets = issue_sets(codings)
    counts, _ = _value_counts(sets)
    for name, distance in (("issue sets, Jaccard", jaccard), ("issue sets, MASI", masi)):
        rows.append((name, len(counts), _equal(counts), alpha(sets, distance), *interval(sets, distance),
                     np.nan, np.nan))  # fmt: skip
    return pd.DataFrame(
        rows, columns=["variable", "units", "agreement", "alpha", "low", "high", "AC1", "rare"]
    )


def _equal(counts):
    """Return the share of pairs of readings of one unit that are equal."""
    size = counts.sum(axis=1)
    pairs = (size * (size - 1)).sum()
    return (counts * (counts - 1)).sum() / pairs if pairs else np.nan
