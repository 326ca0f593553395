"""Fingerprints of the spans of a table: they change with a span, and only the text can make them."""

import hashlib

WHERE = ["paragraph", "start", "end"]


def digest(table, texts=None):
    """Return the SHA-256 of where the spans of a table stand or, with the text of each paragraph, of their words."""
    spans = zip(table.iloc[:, 0], *(table[column] for column in WHERE), strict=True)
    told = "\n".join(
        f"{name} {paragraph} {start} {end}" if texts is None else f"{name} {texts[paragraph][start:end]}"
        for name, paragraph, start, end in spans
    )
    return hashlib.sha256(told.encode("utf-8")).hexdigest()
