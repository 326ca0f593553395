"""How every two sides of a study stand to each other, in one table."""

from itertools import combinations

import pandas as pd

from analysis import measures
from analysis.study.statements import admit, labels


def pairs(study):
    """Return the relation of every pair of sides on each issue that two sides are mentioned on.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per issue with a position of some pair; one column per pair of sides, in the order of
        study.toml; each cell is a key of RELATIONS, empty where neither of the two takes a position.
    """
    counts = measures.tally(study, measures.codes(study, admit(study)))
    names, plain = labels(study), (study.issues["proposition"] == "").to_numpy()
    found = {
        f"{names.sides[one]} – {names.sides[other]}": measures.relation(counts, one, other)[0]
        for one, other in combinations(study.meta["sides"], 2)
    }
    taken = ("shared", "opposed", "mixed", "one-sided")
    table = pd.DataFrame(found, index=pd.Index(counts.issues, name="issue"))[~plain]
    table = table.where(table.isin(taken), "")
    return table[(table != "").any(axis=1)]
