"""Check that anchors are short and consist of words of their paragraph; fingerprints of spans."""

import hashlib

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


def anchor_check(paragraphs, words):
    """Return a function from the path and the rows of a table to the faults of its anchors.

    An anchor is too long, or holds words that its paragraph does not have.
    """
    places = {name: place for place, name in enumerate(paragraphs["paragraph"].tolist())}
    codes, different = pd.factorize(words["word"])
    numbers = {word: number for number, word in enumerate(different.tolist())}
    other, end = len(numbers), -1  # other: any word that no paragraph has
    known = look_up(words["paragraph"], places) * (other + 1) + codes

    def faults(path, frame):
        # All anchors are read as one text, and each of its pieces once: one by one takes several times as long.
        pieces = " \n ".join(frame["anchor"].tolist()).casefold().split(" ")
        spelled = {piece: [numbers.get(word, other) for word in WORD.findall(piece)] for piece in set(pieces)}
        spelled["\n"] = [end]
        number = np.array([word for piece in pieces for word in spelled[piece]], dtype="int64")
        row, is_word = np.cumsum(number == end), number != end
        row, number = row[is_word], number[is_word]
        before = look_up(frame["paragraph"], places).to_numpy(float)[row] * (other + 1)
        strange = ~pd.Series(before + number).isin(known).to_numpy()
        strange &= before >= 0  # Unknown paragraphs are reported elsewhere.
        long = np.bincount(row, minlength=len(frame)) > ANCHOR_WORDS
        found = []
        for bad in np.unique(np.concatenate([np.flatnonzero(long), row[strange]])).tolist():
            allowed = f"words of {frame['paragraph'].iat[bad]} are needed"
            if long[bad]:
                allowed = f"at most {ANCHOR_WORDS} words are allowed"
            found.append(Fault(path, allowed, line=bad + 2, column="anchor", value=frame["anchor"].iat[bad]))
        return found

    return faults


def digest(table, texts=None):
    """Return the SHA-256 of where the spans of a table stand or, with the text of each paragraph, of their words.

    A table without spans is told row by row.
    """
    if "start" not in table:
        told = "\n".join(" ".join(map(str, row)) for row in table.itertuples(index=False))
        return hashlib.sha256(told.encode("utf-8")).hexdigest()
    spans = zip(*(table[column] for column in (table.columns[0], "paragraph", "start", "end")), strict=True)
    told = "\n".join(
        f"{name} {paragraph} {start} {end}" if texts is None else f"{name} {texts[paragraph][start:end]}"
        for name, paragraph, start, end in spans
    )
    return hashlib.sha256(told.encode("utf-8")).hexdigest()
