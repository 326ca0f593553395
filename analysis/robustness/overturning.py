"""Find the fewest changes of codes that overturn each finding."""

from itertools import combinations, product

import numpy as np
import pandas as pd

from analysis.robustness.editing import CHUNK, REMOVED, edited, in_chunks, moves, prepared, tried
from analysis.study.codebook import CODES, NONE
from analysis.study.documents import LAYERS, REPORTED
from analysis.study.rules import codings
from analysis.study.schemas import categories
from analysis.study.statements import admit

ALIKE = 3  # of the changes that move a finding alike, so many are tried together
TRIED = 20_000  # the most triples that are tried of one finding
SEED = 20211118
# What a change of one code brings along: the speaker of other evidence, the actor of another side.
BROUGHT = (
    codings.actors_belong_to_the_side,
    codings.speakers_fit_the_evidence,
    codings.addressees_have_a_basis,
)
RULES = [rule for rule in codings.CODE_RULES if rule not in BROUGHT]


def allowed_changes(study):
    """List every change of one code to another that the codebook allows, and every removal.

    One row per change of an admitted statement: `statement`, `column`, `alternative`. The codes are issue,
    side, addressee (as a side), form and position, and in the reports the evidence.
    """
    rows = admit(study, layers=LAYERS).set_index("statement", drop=False)
    sides = list(study.meta["sides"])
    options = {  # in the order in which an example is chosen
        "addressee": [*sides, NONE],
        "form": list(categories("coding", "form")),
        "position": list(categories("coding", "position")),
        "evidence": [code for code in study.meta["baseline"]["evidence"] if code != "own"],
        "issue": study.issues["issue"].tolist(),
        "side": sides,
        "statement": [REMOVED],
    }
    parts = []
    for column, alternatives in options.items():
        of = rows[rows["layer"] == REPORTED] if column == "evidence" else rows
        pairs = [(name, column, code) for name, code in product(of["statement"], alternatives)]
        part = pd.DataFrame(pairs, columns=["statement", "column", "alternative"])
        old = of["toward" if column == "addressee" else column]
        parts.append(part[part["alternative"] != part["statement"].map(old)])
    changes = pd.concat(parts, ignore_index=True)
    after = edited(study.statements, changes)[list(CODES)]
    wrong = np.zeros(len(changes), dtype=bool)
    for rule in RULES:
        for broken, _, _ in rule(study, after):
            wrong |= broken.to_numpy(bool)
    return changes[(changes["column"] == "statement") | ~wrong].reset_index(drop=True)


def fewest_changes(study):
    """Find the fewest changes of codes that make each finding false.

    A change is one code changed to another that the codebook allows, or one statement removed. Single
    changes are tried exhaustively. Pairs and triples are tried among those that change what the finding
    counts, three at most of those that change it alike.

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding`, `singles` (single changes that overturn it), `changes` (the
        fewest found, up to three), `tried` (how many were tried), and the `example` with the fewest,
        as statement, column and code, apart by semicolons.
    """
    changes = allowed_changes(study)
    edits = prepared(study, changes)
    # Changes of the same codes to the same codes count once.
    before = np.stack([values[0, edits.place] for values in edits.given], axis=1)
    after = np.stack([values[0] for values in edits.changed], axis=1)
    _, first, kind = np.unique(np.hstack([before, after]), axis=0, return_index=True, return_inverse=True)

    def single(part):
        found = tried(study, edits, first[part][:, np.newaxis])
        moved = moves(found, edits.at)
        held = {f"holds {name}": result.holds for name, result in found.items()}
        return held | {f"moves {name}": moved[name] for name in found}

    alone, rows = in_chunks(single, len(first)), []
    for name in edits.at:
        overturned = np.flatnonzero(~alone[f"holds {name}"][kind])
        found, number = overturned[:1], len(changes)
        if not len(overturned):
            several = _representatives(alone[f"moves {name}"][kind], edits.place)
            row = study.findings[study.findings["finding"] == name]
            found, more = _search(study, edits, several, row)
            number += more
        told = "; ".join(" ".join(change) for change in changes.iloc[found].to_numpy())
        rows.append((name, len(overturned), len(found) or None, number, told))
    table = pd.DataFrame(rows, columns=["finding", "singles", "changes", "tried", "example"])
    return table.astype({"changes": "Int64"})


def _representatives(moved, place):
    """Return changes that move a finding: of those that move it alike, a few of different statements."""
    kinds = {}
    for change in np.flatnonzero((moved != 0).any(axis=1)):
        alike = kinds.setdefault(tuple(moved[change]), {})
        if len(alike) < ALIKE:
            alike.setdefault(place[change], change)
    return sorted(change for alike in kinds.values() for change in alike.values())


def _search(study, edits, several, row):
    """Return the first pair, else triple, with which a finding falls, and how many were tried."""
    number = 0
    for size in (2, 3):
        sets = _sets(several, edits.place, size)
        number += len(sets)
        for start in range(0, len(sets), CHUNK):
            part = sets[start : start + CHUNK]
            (result,) = tried(study, edits, part, row).values()
            if not result.holds.all():
                return part[np.argmin(result.holds)], number
    return np.array([], dtype=int), number


def _sets(several, place, size):
    """Return sets of changes of different statements, a seeded part of them where they are many."""
    sets = np.array(list(combinations(several, size)), dtype=int).reshape(-1, size)
    different = np.array([len(set(row)) == size for row in place[sets].tolist()], dtype=bool)
    sets = sets[different]
    if len(sets) > TRIED:
        sets = sets[np.sort(np.random.default_rng(SEED).choice(len(sets), TRIED, replace=False))]
    return sets
