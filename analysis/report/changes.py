"""What was tried on each finding, in few enough columns to be seen at once."""

import pandas as pd

from analysis import robustness
from analysis.study.wording import say

KINDS = ("rule", "coder", "contested code", "paragraph left out", "document left out")
ONE = ("coder", "contested code")  # kinds of which a single one has a name


def tried(study):
    """Count in how many ways of each kind of change a finding falls.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame of int
        One row per finding, in the order of findings.csv, with its short sentence as the index; one column
        for each kind of change that was tried, in words.
    """
    grid = robustness.grid(study)
    if grid.empty:
        return pd.DataFrame()
    number = grid.columns.get_level_values("tried").value_counts()
    short = study.findings.set_index("finding")["short"]
    parts = {}
    for kind in KINDS:
        if kind in number:
            one = number[kind] == 1 and kind in ONE
            name = say(study, f"tried-one-{kind}" if one else f"tried-{kind}", number[kind])
            parts[name] = grid[kind].sum(axis=1).astype(int)
    return pd.DataFrame(parts).rename(index=short).rename_axis("finding")
