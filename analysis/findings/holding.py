"""Test findings on a tally, and print only those that hold."""

import pandas as pd

from analysis import measures
from analysis.findings.predicates import PREDICATES
from analysis.study.arguments import parse
from analysis.study.statements import admit


def every(study):
    """Return the findings of the coding and those of outside.csv."""
    return pd.concat([study.findings, study.outside], ignore_index=True)


def holds(study, counts, table=None):
    """Run the predicates of the findings on a tally.

    Parameters
    ----------
    study : Study
    counts : analysis.measures.Tally
        With R replicates.
    table : pandas.DataFrame, optional
        The findings; by default those of findings.csv.

    Returns
    -------
    pandas.DataFrame of bool
        Shape (R, number of findings), one column per finding.
    """
    table = study.findings if table is None else table
    return pd.DataFrame(
        {
            row.finding: PREDICATES[row.predicate](study, counts, **parse(row.arguments))
            for row in table.itertuples()
        }
    )


def baseline(study):
    """Return a truth value for each finding, those of outside.csv included, at the baseline."""
    return holds(study, measures.tally(study, admit(study)), every(study)).iloc[0]


def sentence(study, finding):
    """Return the sentence of a finding that holds at the baseline specification.

    Raises
    ------
    ValueError
        If the finding does not hold: its sentence may not be printed.
    """
    table = every(study)
    row = table[table["finding"] == finding]
    counts = measures.tally(study, admit(study))
    if not holds(study, counts, row).iloc[0, 0]:
        raise ValueError(f"the finding {finding} does not hold for the coding in use")
    return row["sentence"].iloc[0]
