"""Test findings on a tally, and print only those that hold."""

import pandas as pd

from analysis import measures
from analysis.findings.chance import descriptions
from analysis.findings.outside import OUTSIDE
from analysis.findings.predicates import PREDICATES
from analysis.study.arguments import parse


def every(study):
    """Return the findings of the coding and those of outside.csv."""
    return pd.concat([study.findings, study.outside], ignore_index=True)


def results(study, counts, table=None):
    """Run the predicates of findings.csv, or of some of its rows, on a tally; a Result by finding."""
    return {
        row.finding: PREDICATES[row.predicate](study, counts, **parse(row.arguments))
        for row in (study.findings if table is None else table).itertuples()
    }


def holds(study, counts, table=None):
    """Return in which of R replicates of a tally each finding holds, one column per finding."""
    return pd.DataFrame({finding: found.holds for finding, found in results(study, counts, table).items()})


def values(study):
    """Return what each finding of findings.csv counts, in words: *2 of 3 issues*."""
    found = results(study, measures.count(study))
    said = {finding: in_words(result) for finding, result in found.items()}
    return pd.Series(said, dtype=object, name="value")


def in_words(result):
    """Say what a finding counts, in the first replicate."""
    return result.told.format(*(int(number[0]) for number in result.numbers))


def baseline(study):
    """Return whether each finding holds for the coding in use, those of outside.csv included.

    Returns
    -------
    pandas.Series of bool
        By finding.
    """
    found = {name: result.holds[0] for name, result in results(study, measures.count(study)).items()}
    for row in study.outside.itertuples():
        found[row.finding] = OUTSIDE[row.predicate](study, **parse(row.arguments))
    return pd.Series(found, dtype=bool)


def sentence(study, finding):
    """Return the sentence of a finding that holds for the coding in use.

    Raises
    ------
    ValueError
        If there is no such finding, or it does not hold: its sentence may not be printed.
    """
    known = every(study).set_index("finding")
    if finding not in known.index:
        raise ValueError(f"findings.csv and outside.csv have no finding {finding}")
    if not baseline(study)[finding]:
        raise ValueError(f"the finding {finding} does not hold for the coding in use")
    return known.at[finding, "sentence"]


def short(study, finding):
    """Return the short form of a finding that holds and may head a figure or a list.

    Raises
    ------
    ValueError
        If the finding does not hold, or nearly every coding would give it.
    """
    sentence(study, finding)
    if finding in descriptions(study):
        raise ValueError(f"nearly every coding would give the finding {finding}: it may head nothing")
    return every(study).set_index("finding").at[finding, "short"]
