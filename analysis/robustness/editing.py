"""Change single codes of a coding, and count the changed codings without counting all of it anew."""

import numpy as np
import pandas as pd

from analysis.measures import Codes, codes, tally
from analysis.study.codebook import NONE
from analysis.study.documents import LAYERS
from analysis.study.statements import addressed_side, admit

REMOVED = "removed"
CHUNK = 500  # changed codings that are counted at a time, so that they fit into memory


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


def picked(given, columns, weight=1.0):
    """Return some statements of a coding in each replicate, with their weight multiplied.

    Parameters
    ----------
    given : Codes
        Of shape (1, N).
    columns : numpy.ndarray of int
        Shape (R, K): which statements.
    weight : float

    Returns
    -------
    Codes
        Of shape (R, K).
    """
    found = Codes(*(values[0][columns] for values in given))
    return found._replace(weight=found.weight * weight)


def recounted(study, base, before, after):
    """Count codings in which some statements are changed, from the count as it stands.

    `before` and `after` have the shape (R, K): the K statements of each replicate as they were and as they
    are now.
    """
    parts = (np.concatenate([-old if name == "weight" else old, new], axis=1)
             for name, old, new in zip(Codes._fields, before, after, strict=True))  # fmt: skip
    moved = tally(study, Codes(*parts))
    grids = {
        name: getattr(base, name) + values
        for name, values in moved._asdict().items()
        if isinstance(values, np.ndarray)
    }
    return moved._replace(**grids)


def in_chunks(function, size, chunk=CHUNK):
    """Call a function on pieces of a range and put what it returns, arrays by name, together."""
    parts = [function(slice(start, min(start + chunk, size))) for start in range(0, size, chunk)]
    return {name: np.concatenate([part[name] for part in parts]) for name in (parts[0] if parts else ())}


def moves(results, base):
    """Return for each finding where its value differs from that of the coding as it stands.

    Parameters
    ----------
    results : dict of str to Result
        Of R replicates.
    base : dict of str to Result
        Of one.

    Returns
    -------
    dict of str to numpy.ndarray
        Shape (R, K): the differences of the K numbers that the finding counts.
    """
    return {
        name: np.stack(
            [now - old[0] for now, old in zip(found.numbers, base[name].numbers, strict=True)], axis=1
        )
        for name, found in results.items()
    }
