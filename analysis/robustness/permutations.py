"""Test whether chance alone could make the sides look this different."""

from math import comb

import numpy as np
import pandas as pd

from analysis import measures
from analysis.study.statements import admit


def permutation(study, draws=10_000, seed=1):
    """Test whether the two distributions differ, shuffling passages (valid) and statements (invalid).

    Dealing labels out over single statements takes them for independent; they are not, because a
    paragraph that raises an issue tends to say several things on it. Dealing them out over
    passages (what a paragraph says of a side) keeps together what hangs together. The first way
    finds differences where there are none (Cameron, Gelbach and Miller 2008, on clusters).

    Returns
    -------
    pandas.DataFrame
        One row per way: `shuffled`, `units`, `distance` (Jensen–Shannon, of the two sides), `p` (the
        share of draws with at least this distance, counting the observed one), `smallest p` (that
        could have come out).
    """
    statements = admit(study)
    pair = study.meta["compare"]
    rows = statements[statements["side"].isin(pair)].reset_index(drop=True)
    issue = pd.Index(study.issues["issue"]).get_indexer(rows["issue"])
    indicator = np.eye(len(study.issues))[issue]
    first = (rows["side"] == pair[0]).to_numpy()
    passage = pd.factorize(rows["paragraph"] + " " + rows["side"])[0]
    table = []
    for name, unit in (("statements", np.arange(len(rows))), ("passages", passage)):
        units, labelled = unit.max() + 1, len(set(unit[first]))
        p, distance = clustered_p(indicator, first, unit, draws, seed)
        table.append((name, units, distance, p, max(1 / (draws + 1), 1 / comb(units, labelled))))
    return pd.DataFrame(table, columns=["shuffled", "units", "distance", "p", "smallest p"])


def clustered_p(indicator, first, unit, draws, seed):
    """Return the permutation p-value of the distance between two groups, and the distance.

    Parameters
    ----------
    indicator : numpy.ndarray
        Shape (N, I): the issue of each statement.
    first : numpy.ndarray of bool
        Shape (N,): whether a statement belongs to the first group.
    unit : numpy.ndarray of int
        Shape (N,): the unit that is relabelled as a whole.
    draws : int
    seed : int
    """
    labels = np.zeros(unit.max() + 1, dtype=bool)
    labels[unit] = first
    generator = np.random.default_rng(seed)
    dealt = generator.permuted(np.tile(labels, (draws, 1)), axis=1)[:, unit]
    observed = measures.shannon_distance(first @ indicator, ~first @ indicator)
    drawn = measures.shannon_distance(dealt @ indicator, ~dealt @ indicator)
    at_least = (drawn >= observed - 1e-12).sum()
    return float((at_least + 1) / (draws + 1)), float(observed)


def false_alarms(data_sets=200, draws=199, passages=20, size=3, issues=12, level=0.05, seed=1):
    """Count how often each permutation test finds a difference where there is none.

    Made-up data: both sides' passages draw their issue from one distribution, and all statements
    of a passage are on it.

    Returns
    -------
    pandas.DataFrame
        One row per way: `shuffled`, `false alarms` (share of data sets with p at most `level`).
    """
    generator = np.random.default_rng(seed)
    weight = 1 / np.arange(1, issues + 1)
    passage = np.repeat(np.arange(passages), size)
    first = passage < passages // 2
    alarms = np.zeros(2)
    for number in range(data_sets):
        issue = generator.choice(issues, size=passages, p=weight / weight.sum())[passage]
        indicator = np.eye(issues)[issue]
        for way, unit in enumerate((np.arange(len(passage)), passage)):
            alarms[way] += clustered_p(indicator, first, unit, draws, number)[0] <= level
    return pd.DataFrame({"shuffled": ["statements", "passages"], "false alarms": alarms / data_sets})


def dominance(study, prior=0.5, draws=20_000, seed=1, top=3):
    """Say how probable it is that an issue is among a side's first, given its counts.

    A Dirichlet-multinomial model: it takes statements for independent, which they are not, so read
    it as the most that these counts could tell.

    Parameters
    ----------
    study : Study
    prior : float
        Pseudo-count of each issue.
    draws, seed, top : int

    Returns
    -------
    pandas.DataFrame
        Rows: issues, columns: the compared sides: probability that the issue is in the top three.
    """
    counts = measures.tally(study, admit(study))
    generator = np.random.default_rng(seed)
    index = pd.Index(counts.issues, name="issue")
    first = {}
    for side in study.meta["compare"]:
        count = counts.count[0, counts.sides.index(side)]
        drawn = generator.gamma(count + prior, size=(draws, len(count)))
        rank = (-drawn).argsort(axis=1).argsort(axis=1)
        first[side] = (rank < top).mean(axis=0)
    return pd.DataFrame(first, index=index)
