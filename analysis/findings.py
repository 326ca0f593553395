"""Say whether a finding holds: each is a sentence, a predicate and its arguments in findings.csv.

A predicate takes the study, a tally and the finding's arguments, and returns one truth value for
each replicate of the tally. It names no side and no issue itself.
"""

import inspect

import numpy as np
import pandas as pd

from analysis import comparison, priorities
from analysis.tables import Fault


def asks_only(study, counts, *, side, toward, issues):
    """Tell whether a side asks another for something on exactly these issues."""
    asked = counts.asks[:, counts.sides.index(side), counts.sides.index(toward)] > 0
    return (asked == np.isin(counts.issues, issues)).all(axis=1)


def asks_apart(study, counts, *, side, other):
    """Tell whether two sides ask something of each other, but never on the same issue."""
    one, two = counts.sides.index(side), counts.sides.index(other)
    here, there = counts.asks[:, one, two] > 0, counts.asks[:, two, one] > 0
    return here.any(axis=1) & there.any(axis=1) & ~(here & there).any(axis=1)


def answered_only(study, counts, *, side, other, issues):
    """Tell whether, of what two sides ask of each other, the asked one's position is known on these.

    The asked side has a position on an issue where any of its statements is for or against.
    """
    one, two = counts.sides.index(side), counts.sides.index(other)
    signed = (counts.pro + counts.contra) > 0
    answered = (counts.asks[:, one, two] > 0) & signed[:, two]
    answered |= (counts.asks[:, two, one] > 0) & signed[:, one]
    return (answered == np.isin(counts.issues, issues)).all(axis=1)


def related(study, counts, *, side, other, relation, issues):
    """Tell whether the positions of two sides have this relation on each of these issues."""
    found = comparison.relation(counts, side, other)
    return (found[:, np.isin(counts.issues, issues)] == relation).all(axis=1)


def leans_apart(study, counts, *, side, other, issues):
    """Tell whether, on each issue, one side is more often for and the other more often against."""
    lean = np.sign(counts.pro - counts.contra)[:, :, np.isin(counts.issues, issues)]
    one, two = lean[:, counts.sides.index(side)], lean[:, counts.sides.index(other)]
    return (one * two < 0).all(axis=1)


def heard_more(study, counts, *, side, other, times):
    """Tell whether a side has at least so many times the statements of another."""
    total = counts.count.sum(axis=2)
    return total[:, counts.sides.index(side)] >= times * total[:, counts.sides.index(other)]


def own_words_at_most(study, counts, *, side, share):
    """Tell whether at most this share of a side's statements is in its own words."""
    place = counts.sides.index(side)
    total = counts.count[:, place].sum(axis=1)
    return (counts.own[:, place] <= share * total) & (total > 0)


def share_at_most(study, counts, *, side, issues, share):
    """Tell whether at most this share of a side's statements is on these issues."""
    found = _share(counts, side, issues)
    return found <= share + 1e-9


def none_above(study, counts, *, share):
    """Tell whether no issue has more than this share of the statements of either compared side."""
    places = [counts.sides.index(side) for side in study.meta["compare"]]
    return (priorities.shares(counts.count[:, places]) <= share + 1e-9).all(axis=(1, 2))


def declares_none_of(study, counts, *, side, speaker, issues):
    """Tell whether a speaker's list of a side's priorities has entries, but none of these issues."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker)]["issue"]
    return np.full(len(counts.count), len(named) > 0 and not named.isin(issues).any())


def _share(counts, side, issues):
    """Return the share of a side's statements on some issues, shape (R,)."""
    place = counts.sides.index(side)
    return priorities.shares(counts.count[:, place])[:, np.isin(counts.issues, issues)].sum(axis=1)


# What these find depends on the declared rankings, not on the statements.
RANKED = (declares_none_of,)
PREDICATES = {
    predicate.__name__: predicate
    for predicate in (
        asks_only,
        asks_apart,
        related,
        answered_only,
        leans_apart,
        heard_more,
        own_words_at_most,
        share_at_most,
        none_above,
        declares_none_of,
    )
}


def parse(arguments):
    """Read `name=value; name=value`; `issues` becomes a list, `share` and `times` numbers.

    Raises
    ------
    ValueError
        If the text is not of that form.
    """
    found = {}
    for part in filter(None, (part.strip() for part in arguments.split(";"))):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if not (name and sign and value) or name in found:
            raise ValueError("name=value pairs apart by semicolons are needed")
        if name == "issues":
            found[name] = value.split()
        elif name in ("share", "times"):
            found[name] = float(value)
        else:
            found[name] = value
    return found


def check(table, issues, sides, speakers):
    """Return a fault for each row of findings.csv whose predicate cannot be run."""
    faults = []
    codes = {"side": sides, "other": sides, "toward": sides, "speaker": speakers}
    for row in table.index:
        name, arguments = table.at[row, "predicate"], table.at[row, "arguments"]
        allowed = None
        if name not in PREDICATES:
            faults.append(
                Fault("findings.csv", row + 2, "predicate", name, f"allowed: {', '.join(PREDICATES)}")
            )
            continue
        wanted = [
            parameter.name
            for parameter in inspect.signature(PREDICATES[name]).parameters.values()
            if parameter.kind is parameter.KEYWORD_ONLY
        ]
        try:
            given = parse(arguments)
        except ValueError:
            given = {}
            allowed = "name=value pairs apart by semicolons are needed"
        if allowed is None and sorted(given) != sorted(wanted):
            allowed = f"{name} takes {', '.join(wanted)}"
        for key, value in given.items():
            if key == "issues" and not set(value) <= set(issues):
                allowed = "ids of issues.csv are needed for issues"
            elif key in codes and value not in codes[key]:
                allowed = f"{key} is one of {', '.join(codes[key])}"
            elif key == "relation" and value not in comparison.RELATIONS:
                allowed = f"relation is one of {', '.join(comparison.RELATIONS)}"
            elif key == "share" and not 0 <= value <= 1:
                allowed = "share lies between 0 and 1"
            elif key == "times" and not 0 < value < 1000:
                allowed = "times lies between 0 and 1000"
        if allowed:
            faults.append(Fault("findings.csv", row + 2, "arguments", arguments, allowed))
    return faults


def test(study, counts):
    """Run the predicates of all findings on a tally.

    Parameters
    ----------
    study : types.SimpleNamespace
    counts : analysis.priorities.Tally
        With R replicates.

    Returns
    -------
    pandas.DataFrame of bool
        Shape (R, number of findings), a column a finding.
    """
    return pd.DataFrame(
        {
            row.finding: PREDICATES[row.predicate](study, counts, **parse(row.arguments))
            for row in study.findings.itertuples()
        }
    )


def baseline(study):
    """Return a truth value for each finding, at the baseline specification."""
    return test(study, priorities.tally(study, priorities.admit(study))).iloc[0]


def sentence(study, finding):
    """Return the sentence of a finding that holds at the baseline specification.

    Raises
    ------
    ValueError
        If the finding does not hold: its sentence may not be printed.
    """
    if not baseline(study)[finding]:
        raise ValueError(f"the finding {finding} does not hold for the coding in use")
    return study.findings.set_index("finding").at[finding, "sentence"]
