"""What the tables of a study must say of each other: lists of small rules, each with its sentence.

A rule takes a study, and yields what breaks it: the path of a table, which of its rows (a column of
truth values), the column at fault, and what is needed, for all rows or for each. A fault that belongs
to no row is yielded as a Fault. A table that the study lacks is empty, so nothing in it breaks a rule.
"""

import pandas as pd

from analysis.study.faults import Fault
from analysis.study.rules import claims, codings, findings, outcomes, passes, tables

RULES = (*tables.RULES, *codings.RULES, *passes.RULES, *claims.RULES, *outcomes.RULES, *findings.RULES)


class UnsoundError(Exception):
    """A rule asks for a table of which cells are bad, so that it cannot be judged."""


class Sound:
    """A study that gives its sound tables only; `rows` are the sound rows of each coding."""

    def __init__(self, study, unsound):
        self.rows, self._study, self._unsound = study.codings, study, unsound

    def __getattr__(self, name):
        """Return a field of the study, or stop the rule that asks for it."""
        if name in self._unsound:
            raise UnsoundError
        return getattr(self._study, name)


def broken(study, rules=RULES, unsound=()):
    """Return the faults that rules find in a study, in whose unsound fields rows are left out."""
    faults, sound = [], Sound(study, unsound)
    for rule in rules:
        try:
            for found in rule(sound):
                faults += [found] if isinstance(found, Fault) else _placed(study.table(found[0]), *found)
        except UnsoundError:
            continue
    return faults


def _placed(frame, path, wrong, column, needed):
    """Return a fault for each row of a table that breaks a rule; its line is two more than its row."""
    rows = frame.index[wrong.to_numpy(bool)].tolist()
    messages = needed if isinstance(needed, pd.Series) else dict.fromkeys(rows, needed)
    return [Fault(path, messages[row], row + 2, column, str(frame.at[row, column])) for row in rows]
