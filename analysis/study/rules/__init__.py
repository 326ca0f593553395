"""What the tables of a study must say of each other: lists of small rules, each with its sentence.

A rule takes a study whose cells are sound, and yields what breaks it: the path of a table, which of
its rows (a column of truth values), the column at fault, and what is needed, for all rows or for
each. A fault that belongs to no row is yielded as a Fault. A table that the study lacks is empty, so
nothing in it breaks a rule.
"""

import pandas as pd

from analysis.study.faults import Fault
from analysis.study.rules import claims, codings, findings, outcomes, tables

RULES = (*tables.RULES, *codings.RULES, *claims.RULES, *outcomes.RULES, *findings.RULES)


def broken(study, rules=RULES):
    """Return the faults that rules find in a study.

    Parameters
    ----------
    study : Study
        Its cells are sound by the schema.
    rules : sequence of callable

    Returns
    -------
    list of Fault
    """
    faults = []
    for rule in rules:
        for found in rule(study):
            faults += [found] if isinstance(found, Fault) else _placed(study.table(found[0]), *found)
    return faults


def _placed(frame, path, wrong, column, needed):
    """Return a fault for each row of a table that breaks a rule; its line is two more than its row."""
    rows = frame.index[wrong.to_numpy(bool)].tolist()
    messages = needed if isinstance(needed, pd.Series) else dict.fromkeys(rows, needed)
    return [
        Fault(path, messages[row], line=row + 2, column=column, value=str(frame.at[row, column]))
        for row in rows
    ]
