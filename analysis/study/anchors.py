"""Check that anchors are short and consist of words of their paragraph."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.article.tokens import WORD
from analysis.study.faults import Fault

ANCHOR_WORDS = 8


def look_up(column, known):
    """Map a column through a dict (NaN if missing), looking up each different value once."""
    places, values = pd.factorize(column)
    found = pd.Series([known.get(value, np.nan) for value in values.tolist()])
    return found.take(places).set_axis(column.index)


class Vocabulary(NamedTuple):
    """Which paragraph has which word."""

    places: dict
    numbers: dict
    page: pd.Series
    codes: np.ndarray


def vocabulary(paragraphs, words):
    """Give numbers to the words and paragraphs of a study, for `anchor_faults`."""
    places = {name: place for place, name in enumerate(paragraphs["paragraph"].tolist())}
    codes, different = pd.factorize(words["word"])
    numbers = {word: number for number, word in enumerate(different.tolist())}
    return Vocabulary(places, numbers, look_up(words["paragraph"], places), codes)


def anchor_faults(path, frame, known):
    """Find anchors that are too long, or that hold words their paragraph does not have."""
    place = look_up(frame["paragraph"], known.places)
    other, end = len(known.numbers), -1  # other: any word that no paragraph has
    # All anchors are read as one text, and each of its pieces once: one by one takes several times as long.
    pieces = " \n ".join(frame["anchor"].tolist()).casefold().split(" ")
    spelled = {
        piece: [known.numbers.get(word, other) for word in WORD.findall(piece)] for piece in set(pieces)
    }
    spelled["\n"] = [end]
    number = np.array([word for piece in pieces for word in spelled[piece]], dtype="int64")
    row, is_word = np.cumsum(number == end), number != end
    row, number = row[is_word], number[is_word]
    before = place.to_numpy(float)[row] * (other + 1)
    strange = ~pd.Series(before + number).isin(known.page * (other + 1) + known.codes).to_numpy()
    strange &= before >= 0  # Unknown paragraphs are reported elsewhere.
    long = np.bincount(row, minlength=len(frame)) > ANCHOR_WORDS
    faults = []
    for bad in np.unique(np.concatenate([np.flatnonzero(long), row[strange]])).tolist():
        allowed = f"words of {frame['paragraph'].iat[bad]} are needed"
        if long[bad]:
            allowed = f"at most {ANCHOR_WORDS} words are allowed"
        faults.append(Fault(path, allowed, line=bad + 2, column="anchor", value=frame["anchor"].iat[bad]))
    return faults
