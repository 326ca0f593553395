"""Run every finding with a paragraph left out, and on resampled paragraphs."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import findings, measures
from analysis.findings.predicates import RANKED
from analysis.study.statements import admit


def leave_one_out(study, statements=None):
    """Run every finding with one paragraph left out, for each paragraph in turn.

    Returns
    -------
    pandas.DataFrame of bool
        One row per paragraph that holds admitted statements (the index), one column per finding.
    """
    rows = admit(study) if statements is None else statements
    held = []
    paragraphs = [p for p in study.paragraphs["paragraph"] if (rows["paragraph"] == p).any()]
    for paragraph in paragraphs:
        # Declared rankings stand in paragraphs too, and fall with them.
        without = replace(study, rankings=study.rankings[study.rankings["paragraph"] != paragraph])
        counts = measures.tally(study, rows[rows["paragraph"] != paragraph])
        held.append(findings.holds(without, counts))
    return pd.concat(held).set_axis(pd.Index(paragraphs, name="paragraph"))


def carriers(study, statements=None):
    """Name the paragraphs without which a finding would not hold.

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding`, `rests on` (paragraph ids, empty if it survives each omission).
    """
    held = leave_one_out(study, statements)
    rests = [" ".join(held.index[~held[finding]]) for finding in held]
    return pd.DataFrame({"finding": list(held), "rests on": rests})


def resamples(statements, draws=10_000, seed=1):
    """Draw paragraphs with replacement; return the weight of each statement in each draw.

    Whole paragraphs are drawn, because the statements in one hang together. The article is no
    sample of anything: what comes of it is called stability under resampling of paragraphs.
    Scipy's bootstrap is faster where shares alone are wanted (`make bench`); here every draw gives
    the whole tally that findings are asked of.

    Returns
    -------
    numpy.ndarray
        Shape (draws, number of statements).
    """
    paragraph, names = pd.factorize(statements["paragraph"])
    generator = np.random.default_rng(seed)
    times = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    return times[:, paragraph].astype(float)


def stability(study, draws=10_000, seed=1):
    """Return the share of resamples of paragraphs in which each finding holds.

    A draw misses any one paragraph in more than a third of the cases, so a finding that rests on
    one paragraph cannot hold in more than two thirds.

    Returns
    -------
    pandas.Series
        From finding to a share, 0 to 1; nan where the finding reads declared rankings, which are
        not resampled.
    """
    rows = admit(study)
    held = findings.holds(study, measures.tally(study, rows, resamples(rows, draws, seed))).mean()
    ranked = [findings.PREDICATES[name] in RANKED for name in study.findings["predicate"]]
    return held.mask(ranked).rename("stability")


def share_intervals(study, draws=10_000, seed=1):
    """Return each share of statements with the range that resampled paragraphs give.

    Returns
    -------
    pandas.DataFrame
        One row per issue and compared side with statements: `issue`, `side`, `share`, `low`, `high`
        (2.5 and 97.5 percent points).
    """
    rows = admit(study)
    count = measures.tally(study, rows, resamples(rows, draws, seed)).count
    drawn = measures.shares(count)
    table = measures.salience(study, rows)
    table = table[table["side"].isin(study.meta["compare"])].reset_index(drop=True)
    sides, issues = list(study.meta["sides"]), study.issues["issue"].tolist()
    place = [
        (sides.index(side), issues.index(issue))
        for side, issue in zip(table["side"], table["issue"], strict=True)
    ]
    low, high = np.transpose([np.quantile(drawn[:, side, issue], [0.025, 0.975]) for side, issue in place])
    return table.assign(low=low, high=high)[["issue", "side", "share", "low", "high"]]
