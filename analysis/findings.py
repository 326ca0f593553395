"""Say whether a finding holds: each is a sentence, a predicate and its arguments in findings.csv.

A predicate takes the study, a tally and the finding's arguments, and returns one truth value for
each replicate of the tally. It names no side and no issue itself. Findings that rest on the checks,
the outcomes and the agenda, and on no tally, stand in outside.csv: another coding or counting rule
cannot change them, so they have no place among those whose robustness is tested.
"""

import inspect

import numpy as np
import pandas as pd

from analysis import claims, comparison, priorities
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


def related_nowhere_else(study, counts, *, side, other, relation, issues):
    """Tell whether the positions of two sides have this relation on these issues and no others."""
    found = comparison.relation(counts, side, other) == relation
    return (found == np.isin(counts.issues, issues)).all(axis=1)


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


def declares_first(study, counts, *, side, speaker, issues):
    """Tell whether exactly these issues stand in the first bucket of a speaker's list for a side."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker) & (rows["bucket"] == 1)]
    return np.full(len(counts.count), set(named["issue"]) == set(issues))


def _share(counts, side, issues):
    """Return the share of a side's statements on some issues, shape (R,)."""
    place = counts.sides.index(side)
    return priorities.shares(counts.count[:, place])[:, np.isin(counts.issues, issues)].sum(axis=1)


def verdict_at_least(study, counts, *, verdict, share):
    """Tell whether at least this share of the article's claims gets this verdict from the rule."""
    return np.full(len(counts.count), (claims.ledger(study)["verdict"] == verdict).mean() >= share)


def verdict_only(study, counts, *, verdict, named):
    """Tell whether exactly these claims get this verdict from the rule."""
    table = claims.ledger(study)
    return np.full(len(counts.count), set(table.loc[table["verdict"] == verdict, "claim"]) == set(named))


def verdict_of(study, counts, *, verdict, named):
    """Tell whether each of these claims gets this verdict from the rule."""
    found = claims.ledger(study).set_index("claim")["verdict"].reindex(named)
    return np.full(len(counts.count), (found == verdict).all())


def declares_agenda(study, counts, *, side, speaker, place):
    """Tell whether a speaker's list for a side names just the issues in this place of the agenda."""
    rows = study.rankings
    named = rows[(rows["side"] == side) & (rows["speaker"] == speaker) & (rows["emphasis"] == "high")]
    return np.full(len(counts.count), set(named["issue"]) == set(claims.on_agenda(study, place)))


def announced_by_all(study, counts, *, place):
    """Tell whether just the issues in this place of the agenda were announced by every side that named any."""
    early = study.agenda[study.agenda["stage"] == "announced"]
    sides = early.groupby("issue")["side"].nunique()
    common = set(sides.index[sides == early["side"].nunique()])
    return np.full(len(counts.count), common == set(claims.on_agenda(study, place)) != set())


def off_agenda(study, counts, *, issues, place):
    """Tell whether the agenda has issues in this place, but none of these."""
    named = claims.on_agenda(study, place)
    return np.full(len(counts.count), bool(named) and not set(named) & set(issues))


def met_alike(study, counts, *, side, other, horizon, number):
    """Tell whether of each side's wants exactly so many were met at a horizon."""
    table = claims.outcomes(study)
    met = table[table[horizon] == "met"]["side"].value_counts()
    return np.full(len(counts.count), met.get(side, 0) == number == met.get(other, 0))


# What these find depends on the declared rankings, not on the statements.
RANKED = (declares_none_of, declares_first)
PREDICATES = {
    predicate.__name__: predicate
    for predicate in (
        asks_only,
        asks_apart,
        related,
        related_nowhere_else,
        answered_only,
        leans_apart,
        heard_more,
        own_words_at_most,
        share_at_most,
        none_above,
        declares_none_of,
        declares_first,
        verdict_at_least,
        verdict_only,
        verdict_of,
        declares_agenda,
        announced_by_all,
        off_agenda,
        met_alike,
    )
}
# What a predicate reads beside the coding: tables that a study may have.
NEEDS = {
    "verdict_at_least": "claims",
    "verdict_only": "claims",
    "verdict_of": "claims",
    "declares_agenda": "agenda",
    "announced_by_all": "agenda",
    "off_agenda": "agenda",
    "met_alike": "wants",
}


def parse(arguments):
    """Read `name=value; name=value`; `issues` and `named` become lists, shares and numbers floats.

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
        if name in ("issues", "named"):
            found[name] = value.split()
        elif name in ("share", "times", "number"):
            found[name] = float(value)
        else:
            found[name] = value
    return found


def check(table, issues, sides, speakers, tables=(), known=None, file="findings.csv"):
    """Return a fault for each row of a table of findings whose predicate cannot be run.

    Parameters
    ----------
    table : pandas.DataFrame
        findings.csv or outside.csv.
    issues, sides, speakers : list of str
        What the arguments may name.
    tables : collection of str
        The tables that the study has.
    known : dict, optional
        `claims`, ids of claims.csv, and `horizon`, names of study.toml.
    file : str
        The name of the table.

    Returns
    -------
    list of Fault
    """
    faults = []
    known = {"claims": [], "horizon": []} if known is None else known
    codes = {"side": sides, "other": sides, "toward": sides, "speaker": speakers}
    codes |= {"verdict": list(claims.VERDICTS), "place": list(claims.PLACES), "horizon": known["horizon"]}
    for row in table.index:
        name, arguments = table.at[row, "predicate"], table.at[row, "arguments"]
        allowed = None
        if name not in PREDICATES:
            faults.append(Fault(file, row + 2, "predicate", name, f"allowed: {', '.join(PREDICATES)}"))
            continue
        if (name in NEEDS) != (file == "outside.csv"):
            faults.append(
                Fault(file, row + 2, "predicate", name, "it belongs into the other table of findings")
            )
            continue
        if name in NEEDS and NEEDS[name] not in tables:
            faults.append(Fault(file, row + 2, "predicate", name, f"{NEEDS[name]}.csv is needed for it"))
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
            elif key == "named" and not set(value) <= set(known["claims"]):
                allowed = "ids of claims.csv are needed for named"
            elif key in codes and value not in codes[key]:
                allowed = f"{key} is one of {', '.join(codes[key])}"
            elif key == "relation" and value not in comparison.RELATIONS:
                allowed = f"relation is one of {', '.join(comparison.RELATIONS)}"
            elif key == "share" and not 0 <= value <= 1:
                allowed = "share lies between 0 and 1"
            elif key == "times" and not 0 < value < 1000:
                allowed = "times lies between 0 and 1000"
        if allowed:
            faults.append(Fault(file, row + 2, "arguments", arguments, allowed))
    return faults


def every(study):
    """Return the findings of the coding and, where the study has them, those of outside.csv."""
    parts = [study.findings, getattr(study, "outside", study.findings[:0])]
    return pd.concat(parts, ignore_index=True)


def test(study, counts, table=None):
    """Run the predicates of the findings on a tally.

    Parameters
    ----------
    study : types.SimpleNamespace
    counts : analysis.priorities.Tally
        With R replicates.
    table : pandas.DataFrame, optional
        The findings; by default those of findings.csv.

    Returns
    -------
    pandas.DataFrame of bool
        Shape (R, number of findings), a column a finding.
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
    return test(study, priorities.tally(study, priorities.admit(study)), every(study)).iloc[0]


def sentence(study, finding):
    """Return the sentence of a finding that holds at the baseline specification.

    Raises
    ------
    ValueError
        If the finding does not hold: its sentence may not be printed.
    """
    table = every(study)
    row = table[table["finding"] == finding]
    counts = priorities.tally(study, priorities.admit(study))
    if not test(study, counts, row).iloc[0, 0]:
        raise ValueError(f"the finding {finding} does not hold for the coding in use")
    return row["sentence"].iloc[0]
