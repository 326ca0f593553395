"""Find the fewest changes of codes that overturn each finding."""

from functools import partial
from itertools import combinations, product

import numpy as np
import pandas as pd

from analysis import findings
from analysis.measures import tally
from analysis.robustness.editing import (
    CHUNK,
    REMOVED,
    edited,
    in_chunks,
    moves,
    open_codes,
    picked,
    recounted,
)
from analysis.study.codebook import CODES, NONE
from analysis.study.documents import LAYERS, REPORTED
from analysis.study.rules import codings
from analysis.study.schemas import categories
from analysis.study.statements import admit

ALIKE = 3  # of the changes that move a finding alike, so many are tried together
TRIED = 20_000  # the most triples that are tried of one finding
SEED = 20211118
# What a change of one code brings along: the speaker of other evidence, the actor of another side.
RULES = [
    rule
    for rule in codings.CODE_RULES
    if rule
    not in (
        codings.actors_belong_to_the_side,
        codings.speakers_fit_the_evidence,
        codings.addressees_have_a_basis,
    )
]


def allowed_changes(study):
    """List every change of one code to another that the codebook allows, and every removal.

    One row per change of an admitted statement: `statement`, `column`, `alternative`. The codes are issue,
    side, addressee (as a side), form and position, and in the reports the evidence.
    """
    coding = study.statements
    rows = admit(study, layers=LAYERS)
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
        pairs = product(of["statement"], alternatives)
        part = pd.DataFrame(pairs, columns=["statement", "alternative"]).assign(column=column)
        old = (
            of.set_index("statement")["toward" if column == "addressee" else column]
            if column != "statement"
            else None
        )
        parts.append(part if old is None else part[part["alternative"] != part["statement"].map(old)])
    changes = pd.concat(parts, ignore_index=True)
    after = edited(coding, changes)
    removed = (changes["column"] == "statement").to_numpy()
    wrong = np.zeros(len(changes), dtype=bool)
    for rule in RULES:
        for broken, _, _ in rule(study, after[list(CODES)]):
            wrong |= broken.to_numpy(bool)
    return changes.loc[removed | ~wrong, ["statement", "column", "alternative"]].reset_index(drop=True)


def fewest_changes(study, seed=SEED):
    """Find the fewest changes of codes that make each finding false.

    A change is one code changed to another that the codebook allows, or one statement removed. Single
    changes are tried exhaustively. Pairs and triples are tried among those that change what the finding
    counts, three at most of those that change it alike.

    Parameters
    ----------
    study : Study
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding`, `singles` (single changes that overturn it), `changes` (the
        fewest found, up to three), `tried` (how many were tried), and the `example` with the fewest,
        as statement, column and code, apart by semicolons.
    """
    coding, changes = study.statements, allowed_changes(study)
    given, new = open_codes(study, coding), open_codes(study, edited(coding, changes))
    place = pd.Index(coding["statement"]).get_indexer(changes["statement"])
    base = tally(study, given)
    at = findings.results(study, base)
    # Changes of the same codes to the same codes count once.
    before = np.stack([values[0][place] for values in given], axis=1)
    after = np.stack([values[0] for values in new], axis=1)
    _, first, kind = np.unique(np.hstack([before, after]), axis=0, return_index=True, return_inverse=True)
    kind = kind.ravel()

    def count(edits, table=study.findings):
        old, now = picked(given, place[edits]), picked(new, edits)
        return findings.results(study, recounted(study, base, old, now), table)

    def single(part):
        found = count(first[part][:, np.newaxis])
        moved = moves(found, at)
        held = {f"holds {name}": result.holds for name, result in found.items()}
        return held | {f"moves {name}": moved[name] for name in found}

    def fall(name, sets):
        row = study.findings[study.findings["finding"] == name]
        return ~count(sets, row)[name].holds

    alone = in_chunks(single, len(first))
    rows = []
    for name in at:
        overturned = np.flatnonzero(~alone[f"holds {name}"][kind])
        if len(overturned):
            rows.append((name, len(overturned), 1, len(changes), _told(changes.iloc[overturned[:1]])))
            continue
        several = _representatives(alone[f"moves {name}"][kind], place)
        found, tried = _search(several, place, seed, partial(fall, name))
        number = len(found) if len(found) else None
        rows.append((name, 0, number, len(changes) + tried, _told(changes.iloc[found])))
    table = pd.DataFrame(rows, columns=["finding", "singles", "changes", "tried", "example"])
    return table.astype({"changes": "Int64"})


def _representatives(moved, place):
    """Return changes that move a finding: of those that move it alike, a few of different statements."""
    moving = np.flatnonzero((moved != 0).any(axis=1))
    kinds = {}
    for change in moving:
        alike = kinds.setdefault(tuple(moved[change]), {})
        if len(alike) < ALIKE:
            alike.setdefault(place[change], change)
    return sorted(change for alike in kinds.values() for change in alike.values())


def _search(several, place, seed, fall):
    """Return the first pair, else triple, with which a finding falls, and how many were tried."""
    tried = 0
    for size in (2, 3):
        sets = _sets(several, place, size, seed)
        tried += len(sets)
        for start in range(0, len(sets), CHUNK):
            fallen = fall(sets[start : start + CHUNK])
            if fallen.any():
                return sets[start + np.argmax(fallen)], tried
    return np.array([], dtype=int), tried


def _sets(several, place, size, seed):
    """Return sets of changes of different statements, a seeded part of them where they are many."""
    sets = np.array(list(combinations(several, size)), dtype=int).reshape(-1, size)
    different = np.array([len(set(row)) == size for row in place[sets].tolist()], dtype=bool)
    sets = sets[different]
    if len(sets) > TRIED:
        sets = sets[np.sort(np.random.default_rng(seed).choice(len(sets), TRIED, replace=False))]
    return sets


def _told(changes):
    """Write changes as statement, column and code."""
    return "; ".join(f"{row.statement} {row.column} {row.alternative}" for row in changes.itertuples())
