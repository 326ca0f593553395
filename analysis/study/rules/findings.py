"""The rules for findings: arguments that their predicates take, and that name what there is."""

import pandas as pd

from analysis.study.arguments import parse
from analysis.study.codebook import QUANTITIES, RELATIONS, STATES, VERDICTS
from analysis.study.schemas import categories

SHORT = 10  # words
LIMITS = {"share": (0, 1), "times": (0, 1000), "number": (0, 1_000_000)}


def predicates_have_their_tables(study):
    """A finding about claims, the agenda or wants needs that table."""
    needs = {name: entry["needs"] for name, entry in categories("outside", "predicate").items()}
    table = study.outside["predicate"].map(needs)
    wrong = table.map(lambda name: getattr(study, name).empty).astype(bool)
    yield "outside.csv", wrong, "predicate", table + ".csv is needed for it"


def arguments_fit_their_predicate(study):
    """A finding has the arguments that its predicate takes; they name what the study has."""
    known = _values(study)
    for name in ("findings", "outside"):
        table, entries = getattr(study, name), categories(name, "predicate")
        faults = [
            _fault(row.predicate, row.arguments, entries[row.predicate]["arguments"], known)
            for row in table.itertuples()
        ]
        needed = pd.Series(faults, index=table.index, dtype=object)
        yield f"{name}.csv", needed.notna(), "arguments", needed


def short_forms_are_short(study):
    """The short form of a finding has at most ten words."""
    for name in ("findings", "outside"):
        wrong = getattr(study, name)["short"].str.split().str.len() > SHORT
        yield f"{name}.csv", wrong.astype(bool), "short", f"at most {SHORT} words are allowed"


def _values(study):
    """Return the values that arguments may have, by name; a list of them is checked as a whole."""
    sides, horizons = list(study.meta["sides"]), study.meta.get("horizons")
    return {
        **dict.fromkeys(("side", "other", "toward"), sides),
        "speaker": study.actors["actor"].tolist(),
        "relation": list(RELATIONS),
        "quantity": list(QUANTITIES),
        "verdict": list(VERDICTS),
        "sort": ["figures", "facts"],
        "horizon": list(horizons) if isinstance(horizons, dict) else [],
        "issues": study.issues["issue"].tolist(),
        "named": study.claims["claim"].tolist(),
        "state": list(STATES),
        "wants": study.criteria["want"].tolist(),
    }


def _fault(predicate, arguments, wanted, known):
    """Say what is wrong with the arguments of one finding, or None."""
    try:
        given = parse(arguments)
    except ValueError as fault:
        return str(fault)
    if sorted(given) != sorted(wanted):
        return f"{predicate} takes {', '.join(wanted)}"
    for name, value in given.items():
        if isinstance(value, list) and not set(value) <= set(known[name]):
            table = {"named": "claims", "wants": "criteria"}.get(name, name)
            return f"ids of {table}.csv are needed for {name}"
        if isinstance(value, str) and value not in known[name]:
            return f"{name} is one of {', '.join(known[name])}"
        if name in LIMITS and not LIMITS[name][0] <= value <= LIMITS[name][1]:
            return f"{name} lies between {LIMITS[name][0]} and {LIMITS[name][1]}"
    return None


RULES = (predicates_have_their_tables, arguments_fit_their_predicate, short_forms_are_short)
