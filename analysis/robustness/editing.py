"""Change single codes of a coding, and count the changed codings without counting all of it anew."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import findings
from analysis.measures import Codes, Tally, codes, tally
from analysis.study.codebook import NONE
from analysis.study.documents import LAYERS
from analysis.study.statements import addressed_side, admit

REMOVED = "removed"
CHUNK = 500  # changed codings that are counted at a time, so that they fit into memory


class Edits(NamedTuple):
    """K changes of single codes of a coding of N statements.

    `given` has the codes of the coding, shape (1, N), `base` is its count and `at` what its findings give;
    `changed` has the changed statements, shape (1, K), and `place` the place of each in the coding.
    """

    given: Codes
    base: Tally
    at: dict
    changed: Codes
    place: np.ndarray


def prepared(study, changes):
    """Prepare changes of the coding in use, as `edited` takes them, to be counted."""
    coding = study.statements
    given = open_codes(study, coding)
    base = tally(study, given)
    place = pd.Index(coding["statement"]).get_indexer(changes["statement"])
    changed = open_codes(study, edited(coding, changes))
    return Edits(given, base, findings.results(study, base), changed, place)


def tried(study, edits, sets=None, table=None):
    """Run findings with sets of changes, places of shape (R, K), made together; else with each change alone."""
    sets = np.arange(len(edits.place))[:, np.newaxis] if sets is None else sets
    before, after = picked(edits.given, edits.place[sets]), picked(edits.changed, sets)
    return findings.results(study, recounted(study, edits.base, before, after), table)


def open_codes(study, coding):
    """Turn all N statements of a coding into numbers, shape (1, N); what is not admitted weighs 0."""
    place = pd.Index(study.paragraphs["paragraph"]).get_indexer(coding["paragraph"])
    document = study.paragraphs["document"].to_numpy()[place]
    row = pd.Index(study.documents["document"]).get_indexer(document)
    layer = study.documents["layer"].to_numpy()[row]
    rows = coding.assign(document=document, layer=layer, toward=addressed_side(study.actors, coding))
    numbered = coding.assign(statement=np.arange(len(coding)))
    admitted = admit(study, numbered, layers=LAYERS)["statement"]
    weight = np.isin(np.arange(len(coding)), admitted).astype(float)
    return codes(study, rows)._replace(weight=weight[np.newaxis])


def edited(coding, changes):
    """Return the statements that changes of single codes give, one row per change.

    A change has `statement`, `column` and `alternative`, the code that takes the place of the old one; with
    the column `statement` the statement is removed, and its side becomes none.
    """
    rows = coding.set_index("statement", drop=False).loc[changes["statement"]].reset_index(drop=True)
    for column in changes["column"].unique():
        here = (changes["column"] == column).to_numpy()
        if column == "statement":
            rows.loc[here, "side"] = NONE
        else:
            rows.loc[here, column] = changes.loc[here, "alternative"].to_numpy()
    return rows


def picked(given, columns):
    """Return some statements of a coding in each replicate, as their places of shape (R, K) say."""
    return Codes(*(values[0][columns] for values in given))


def recounted(study, base, before, after):
    """Count codings in which some statements are changed, from the count as it stands.

    `before` and `after` have the shape (R, K): the K statements of each replicate as they were and as they
    are now.
    """
    before = before._replace(weight=-before.weight)
    moved = tally(study, Codes(*(np.concatenate(pair, axis=1) for pair in zip(before, after, strict=True))))
    grids = {name: values + getattr(base, name) for name, values in moved._asdict().items()
             if isinstance(values, np.ndarray)}  # fmt: skip
    return moved._replace(**grids)


def in_chunks(function, size):
    """Call a function on pieces of a range and put what it returns, arrays by name, together."""
    parts = [function(slice(start, min(start + CHUNK, size))) for start in range(0, size, CHUNK)]
    return {name: np.concatenate([part[name] for part in parts]) for name in (parts[0] if parts else ())}


def moves(results, at):
    """Return for each finding how far each of its K numbers is from that of the coding as it stands: (R, K)."""
    return {
        name: np.stack(found.numbers, axis=1) - [old[0] for old in at[name].numbers]
        for name, found in results.items()
    }
