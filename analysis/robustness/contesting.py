"""Take the contested codes the other way: each alone, then together."""

from itertools import product

import numpy as np
import pandas as pd

from analysis import findings
from analysis.measures import Codes, tally
from analysis.robustness.editing import edited, in_chunks, moves, open_codes, picked, recounted

EXHAUSTIVE = 12  # contested codes of a finding up to which all combinations are tried
DRAWS = 2**EXHAUSTIVE
SEED = 20211118


def contested(study):
    """Take each contested code the other way, alone.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame of bool
        One row per row of contested.csv, one column per finding: true where the finding falls.
    """
    known = _known(study)
    fallen = {name: ~holds[: len(known)] for name, (_, holds) in _alone(study, known).items()}
    return pd.DataFrame(fallen, index=pd.MultiIndex.from_frame(known[["statement", "column", "alternative"]]))


def combinations(study, draws=DRAWS, seed=SEED):
    """Take contested codes the other way together, for each finding those that it reads.

    A finding reads a contested code if taking it the other way, alone or with all others of its
    statement, changes what the finding counts. Up to 12 such codes all combinations are tried, of more
    of them `draws` seeded ones, of any number of codes.

    Parameters
    ----------
    study : Study
    draws, seed : int

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding`, `contested` (codes that it reads), `alone` (those that overturn
        it alone), `tried` (combinations), `fewest` (contested codes in the smallest combination that
        overturns it; none where no combination does) and `which` (their places in contested.csv).
    """
    known = _known(study)
    given = open_codes(study, study.statements)
    new = open_codes(study, edited(study.statements, known)) if len(known) else None
    place = pd.Index(study.statements["statement"]).get_indexer(known["statement"])
    rng, rows = np.random.default_rng(seed), []
    for name, (read, holds) in _alone(study, known).items():
        mine = np.flatnonzero(read)
        taken = _subsets(len(mine), rng, draws)

        def fall(part, mine=mine, taken=taken, name=name):
            changed = _together(given, new, place, mine, taken[part])
            row = study.findings[study.findings["finding"] == name]
            return {name: ~findings.holds(study, tally(study, changed), row)[name].to_numpy()}

        fallen = in_chunks(fall, len(taken))[name] if len(mine) else np.zeros(0, dtype=bool)
        size = taken.sum(axis=1)
        best = np.flatnonzero(fallen)[np.argmin(size[fallen])] if fallen.any() else None
        alone = int((~holds[: len(known)]).sum())
        fewest = int(size[best]) if best is not None else None
        which = " ".join(map(str, mine[taken[best]])) if best is not None else ""
        rows.append((name, len(mine), alone, len(taken) if len(mine) else 0, fewest, which))
    table = pd.DataFrame(rows, columns=["finding", "contested", "alone", "tried", "fewest", "which"])
    return table.astype({"fewest": "Int64"})


def _known(study):
    """Return the rows of contested.csv whose statements the coding in use has."""
    return study.contested[study.contested["statement"].isin(study.statements["statement"])].reset_index(
        drop=True
    )


def _alone(study, known):
    """Return for each finding which contested codes it reads, and whether it holds with each alone."""
    coding = study.statements
    given = open_codes(study, coding)
    base = tally(study, given)
    at = findings.results(study, base)
    if known.empty:
        return {name: (np.zeros(0, dtype=bool), np.zeros(0, dtype=bool)) for name in at}
    place = pd.Index(coding["statement"]).get_indexer(known["statement"])
    new = open_codes(study, edited(coding, known))
    all_of = _merged(given, new, place)
    result = {}
    for label, changed in (("alone", new), ("statement", all_of)):
        columns = np.arange(len(known))[:, np.newaxis]
        counts = recounted(study, base, picked(given, place[:, np.newaxis]), picked(changed, columns))
        result[label] = findings.results(study, counts)
    moved = {label: moves(found, at) for label, found in result.items()}
    return {
        name: (
            (moved["alone"][name] != 0).any(axis=1) | (moved["statement"][name] != 0).any(axis=1),
            result["alone"][name].holds,
        )
        for name in at
    }


def _merged(given, new, place):
    """Return each changed statement with all contested codes of its statement taken the other way."""
    fields = []
    for old, changed in zip(given, new, strict=True):
        merged = changed.copy()
        for row in np.unique(place):
            here = np.flatnonzero(place == row)
            other = changed[0, here][changed[0, here] != old[0, row]]
            merged[0, here] = other[-1] if len(other) else old[0, row]
        fields.append(merged)
    return Codes(*fields)


def _together(given, new, place, mine, taken):
    """Return codings in which some contested codes are taken together, shape (R, N)."""
    fields = []
    for old, changed in zip(given, new, strict=True):
        values = np.repeat(old, len(taken), axis=0)
        for column, edit in enumerate(mine):
            if changed[0, edit] != old[0, place[edit]]:
                values[taken[:, column], place[edit]] = changed[0, edit]
        fields.append(values)
    return Codes(*fields)


def _subsets(number, rng, draws):
    """Return all subsets of a small number of things but the empty one, or draws of any size."""
    if number <= EXHAUSTIVE:
        return np.array(list(product([False, True], repeat=number)), dtype=bool)[1:]
    size = rng.integers(1, number + 1, draws)
    order = rng.permuted(np.tile(np.arange(number), (draws, 1)), axis=1)
    return order < size[:, np.newaxis]
