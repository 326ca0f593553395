"""Measure the pieces of a text: fingerprints, word counts, and a short phrase that leads to each paragraph."""

from collections import Counter

from analysis.article.tokens import WORD, fingerprint, sentences, word_counts

FEWEST = 20  # words of a text that can be coded
LONGEST = 200  # letters of a word
PREFIX = {
    "headline": "h", "body": "p", "caption": "c", "heading": "t", "question": "q", "link": "l", "furniture": "x",
}  # fmt: skip


def measure(found, document, path, first=True):
    """Return the rows of paragraphs.csv and words.csv for pieces of a document: kind, speaker, normalised text.

    What a page prints again is counted as a copy; what is said again in a transcript is a paragraph of
    its own. In the first document of a study the ids of paragraphs do not begin with its id.
    """
    copies, first_rows = Counter(piece for _, _, piece in found), {}
    for row in found:
        first_rows.setdefault(row[2], row)
    once = not any(kind == "question" or speaker for kind, speaker, _ in found)
    kept = first_rows.values() if once else found
    matches = {piece: list(WORD.finditer(piece)) for piece in copies}
    longest = max((match.end() - match.start() for row in matches.values() for match in row), default=0)
    if longest > LONGEST:
        raise ValueError(f"{path}: the text holds a word of {longest} letters; at most {LONGEST} are allowed")
    if sum(map(len, matches.values())) < FEWEST:
        raise ValueError(f"{path}: too short; an article needs at least {FEWEST} words")
    phrases = Counter(phrase for row in matches.values() for phrase in _phrases(row))
    total = Counter(kind for kind, _, _ in kept)
    number, paragraphs, words = Counter(), [], []
    for order, (kind, speaker, piece) in enumerate(kept, 1):
        number[kind] += 1
        paragraph = name(kind, number[kind], total[kind], "" if first else document)
        counts = word_counts(piece)
        paragraphs.append({
            "document": document, "paragraph": paragraph, "order": order, "kind": kind, "speaker": speaker,
            "copies": copies[piece] if once else 1, "characters": len(piece), "words": sum(counts.values()),
            "sentences": len(sentences(piece)), "sha256": fingerprint(piece),
            "anchor": _anchor(piece, matches[piece], phrases),
        })  # fmt: skip
        words += [{"paragraph": paragraph, "word": word, "count": counts[word]} for word in sorted(counts)]
    return paragraphs, words


def document_row(document, layer, told):
    """Return the row of documents.csv for a whole text, with what it tells of itself."""
    row = {name: told.get(name, "") for name in ("title", "publisher", "date", "language")}
    about = {"public": row["date"], "url": told.get("source_url", ""), "extent": "whole"}
    return row | about | {"document": document, "layer": layer}


def name(kind, number, of, document=""):
    """Return the id of a paragraph by its kind and its number among those of the kind."""
    width = max(2, len(str(of))) if kind not in ("headline", "caption") else 1
    return (f"{document}." if document else "") + f"{PREFIX[kind]}{number:0{width}}"


def _phrases(matches):
    """Return the phrases of three words of a paragraph, case-folded."""
    folded = [match.group().casefold() for match in matches]
    return list(zip(folded, folded[1:], folded[2:], strict=False))


def _anchor(piece, matches, phrases):
    """Return the first phrase of three words that occurs once in the article, or nothing."""
    for place, phrase in enumerate(_phrases(matches)):
        text = piece[matches[place].start() : matches[place + 2].end()]
        if phrases[phrase] == 1 and len(text) <= 80 and text.isprintable():
            return text
    return ""
