"""What was tried on each finding, in few enough columns to be seen at once."""

import pandas as pd

from analysis import robustness

KINDS = {
    "rule": "one of {} other rules",
    "coder": "one of {} other coders",
    "contested code": "one of {} contested codes",
    "paragraph left out": "one paragraph less",
    "document left out": "one text less",
}
ONE = {"coder": "the other coder", "contested code": "the contested code"}


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
    parts = {
        (told.format(number[kind]) if number[kind] > 1 else ONE.get(kind, told)): grid[kind]
        .sum(axis=1)
        .astype(int)
        for kind, told in KINDS.items()
        if kind in number
    }
    return pd.DataFrame(parts).rename(index=short).rename_axis("finding")
