"""Take the contested codes the other way: each alone, then together."""

from itertools import product

import numpy as np
import pandas as pd

from analysis import findings
from analysis.measures import Codes, tally
from analysis.robustness.editing import in_chunks, moves, prepared, tried

EXHAUSTIVE = 12  # contested codes of a finding up to which all combinations are tried
DRAWS = 2**EXHAUSTIVE
SEED = 20211118


def contested(study):
    """Take each contested code the other way, alone.

    Returns
    -------
    pandas.DataFrame of bool
        One row per row of contested.csv, one column per finding: true where the finding falls.
    """
    rows = _known(study)
    edits = prepared(study, rows)
    fallen = {name: ~found.holds for name, found in tried(study, edits).items()}
    return pd.DataFrame(fallen, index=pd.MultiIndex.from_frame(rows[["statement", "column", "alternative"]]))


def combinations(study, draws=DRAWS):
    """Take contested codes the other way together, for each finding those that it reads.

    A finding reads a contested code if taking it the other way, alone or with all others of its
    statement, changes what the finding counts. Up to 12 such codes all combinations are tried, of more
    of them `draws` seeded ones, of any number of codes.

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding`, `contested` (codes that it reads), `alone` (those that overturn
        it alone), `tried` (combinations), `fewest` (contested codes in the smallest combination that
        overturns it; none where no combination does) and `which` (their places in contested.csv).
    """
    edits = prepared(study, _known(study))
    alone = tried(study, edits)
    whole = tried(study, edits._replace(changed=_merged(edits)))
    moved = [moves(results, edits.at) for results in (alone, whole)]
    rng, rows = np.random.default_rng(SEED), []
    for name, result in alone.items():
        mine = np.flatnonzero(np.hstack([change[name] for change in moved]).any(axis=1))
        taken = _subsets(len(mine), rng, draws)
        row = study.findings[study.findings["finding"] == name]

        def fall(part, mine=mine, taken=taken, row=row):
            counts = tally(study, _together(edits, mine, taken[part]))
            return {"fallen": ~findings.holds(study, counts, row).iloc[:, 0].to_numpy()}

        fallen = in_chunks(fall, len(taken))["fallen"] if len(taken) else np.zeros(0, dtype=bool)
        size = taken.sum(axis=1)
        fewest, which = None, ""
        if fallen.any():
            best = np.flatnonzero(fallen)[np.argmin(size[fallen])]
            fewest, which = int(size[best]), " ".join(map(str, mine[taken[best]]))
        rows.append((name, len(mine), int((~result.holds).sum()), len(taken), fewest, which))
    table = pd.DataFrame(rows, columns=["finding", "contested", "alone", "tried", "fewest", "which"])
    return table.astype({"fewest": "Int64"})


def _known(study):
    """Return the rows of contested.csv whose statements the coding in use has."""
    held = study.contested["statement"].isin(study.statements["statement"])
    return study.contested[held].reset_index(drop=True)


def _merged(edits):
    """Return each changed statement with all contested codes of its statement taken the other way."""
    fields = []
    for old, changed in zip(edits.given, edits.changed, strict=True):
        values, differs = old.copy(), changed[0] != old[0, edits.place]
        values[0, edits.place[differs]] = changed[0, differs]
        fields.append(values[:, edits.place])
    return Codes(*fields)


def _together(edits, mine, taken):
    """Return codings in which some contested codes are taken together, shape (R, N)."""
    fields = []
    for old, changed in zip(edits.given, edits.changed, strict=True):
        values = np.repeat(old, len(taken), axis=0)
        for column, edit in enumerate(mine):
            if changed[0, edit] != old[0, edits.place[edit]]:
                values[taken[:, column], edits.place[edit]] = changed[0, edit]
        fields.append(values)
    return Codes(*fields)


def _subsets(number, rng, draws):
    """Return all subsets of a small number of things but the empty one, or draws of any size."""
    if number <= EXHAUSTIVE:
        return np.array(list(product([False, True], repeat=number)), dtype=bool)[1:]
    size = rng.integers(1, number + 1, draws)
    order = rng.permuted(np.tile(np.arange(number), (draws, 1)), axis=1)
    return order < size[:, np.newaxis]
