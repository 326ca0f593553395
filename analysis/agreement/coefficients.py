"""How far coders agree: Krippendorff's alpha with its interval, and Gwet's AC1."""

from statistics import NormalDist

import numpy as np
import pandas as pd

LEVEL = 0.95


def alpha(table):
    """Return Krippendorff's nominal alpha of a table with one row per unit and one column per coder.

    None stands where a coder has no reading. The result is nan where nothing can be compared, or where all
    readings are the same. Written out because it is needed once for each unit left out, and because the
    `krippendorff` package is under the GPL: a test compares with it. Source: Krippendorff 2019, Content
    Analysis, 4th ed., ch. 12.
    """
    return float(_alpha(_value_counts(table))[0])


def _value_counts(table):
    """Count how many coders give each value in each unit; units with one reading are dropped."""
    flat = table.stack()
    flat = flat[flat.notna()]
    codes, values = pd.factorize(flat)
    counts = np.zeros((len(table), len(values)))
    places = table.index.get_indexer(flat.index.get_level_values(0))
    np.add.at(counts, (places, codes), 1)
    return counts[counts.sum(axis=1) > 1]


def _alpha(counts, group=None):
    """Return alpha, and alpha with each unit, or group of units, left out in turn.

    What a unit adds to the observed disagreement and to the margins is taken off again, so that
    leaving out every unit of a long table costs little more than the table.
    """
    size = counts.sum(axis=1)
    part = (counts * (size[:, np.newaxis] - counts)).sum(axis=1) / (size - 1)
    group = np.arange(len(counts)) if group is None else np.asarray(group)
    number = group.max() + 1 if len(group) else 0
    margins = np.zeros((number, counts.shape[1]))
    np.add.at(margins, group, counts)
    observed = part.sum() - np.append(0, np.bincount(group, part, number))
    total = size.sum() - np.append(0, np.bincount(group, size, number))
    margin = counts.sum(axis=0) - np.vstack([np.zeros(counts.shape[1]), margins])
    expected = (margin * (total[:, np.newaxis] - margin)).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(expected > 0, 1 - observed * (total - 1) / expected, np.nan)
    return found[0], found[1:]


def interval(table, group=None):
    """Return the jackknife interval of alpha, 95 percent: each unit, or group of units, is left out once.

    The jackknife keeps its coverage at few units better than the usual bootstrap of coincidences (Hughes
    2022, arXiv 2210.13265). The units of a paragraph hang together, so they leave together. Both ends are
    nan where alpha cannot be computed, or where all readings agree: then `bound` says more.
    """
    counts = _value_counts(table)
    if group is not None:
        group = pd.factorize(group[table.notna().sum(axis=1) > 1])[0]
    whole, left_out = _alpha(counts, group)
    n = len(left_out)
    if n < 3 or whole == 1:
        return np.nan, np.nan
    error = np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * error
    return float(whole - half), float(min(1.0, whole + half))


def bound(units):
    """Return the least agreement that is compatible with agreeing on all of so many units.

    The lower end of the 95 percent Clopper-Pearson interval (Clopper and Pearson 1934, Biometrika 26:404).
    """
    return ((1 - LEVEL) / 2) ** (1 / units) if units else np.nan


def equal(table):
    """Return the share of pairs of readings of one unit that are equal, and the units with a pair."""
    counts = _value_counts(table)
    size = counts.sum(axis=1)
    pairs = (size * (size - 1)).sum()
    return ((counts * (counts - 1)).sum() / pairs if pairs else np.nan), len(counts)


def ac1(table):
    """Return Gwet's AC1, which does not fall when one category is rare; nan for fewer than two.

    Source: Gwet 2008, British Journal of Mathematical and Statistical Psychology 61:29.
    """
    counts = _value_counts(table)
    number = counts.shape[1]
    if number < 2 or not len(counts):
        return np.nan
    size = counts.sum(axis=1, keepdims=True)
    agreed = (counts * (counts - 1) / (size * (size - 1))).sum(axis=1).mean()
    share = (counts / size).mean(axis=0)
    chance = (share * (1 - share)).sum() / (number - 1)
    return float((agreed - chance) / (1 - chance))
