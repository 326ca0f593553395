"""Find the words of a sheet's row in the reader's copy, or say where they stand instead."""

from analysis.article.tokens import WORD, normalise
from analysis.study.anchors import ANCHOR_WORDS
from analysis.study.faults import Fault, shown

PASSAGE = "passage"
# Keyboards and spreadsheets write these signs otherwise; each is one character, so positions hold.
ALIKE = str.maketrans(
    dict.fromkeys("‘’‚", "'") | dict.fromkeys("“”„«»", '"') | {"–": "-", "—": "-", "\u00a0": " "}
)


def locate(row, words, file):
    """Fill the span and the anchor of a sheet's row from its passage; return a fault if they do not fit.

    The paragraph too is filled in where it is empty and the words stand once in the text.
    """
    passage, paragraph = normalise(row.get(PASSAGE, "")), row["paragraph"]
    found = occurrences(words, passage)
    if not paragraph and len(found) == 1:
        paragraph = row["paragraph"] = found[0][0]
    here = [place for place in found if place[0] == paragraph]
    message = "" if len(here) == 1 else _elsewhere(paragraph, passage, words, found, here)
    if not message:
        _, start, end = here[0]
        row |= {"start": str(start), "end": str(end), "anchor": find_anchor(words, paragraph, start, end)}
        if not row["anchor"]:
            message = "no phrase of three to eight words there stands once in the text"
    return Fault(file, message, line=row["line"], column=PASSAGE, value=passage) if message else None


def occurrences(words, passage):
    """Return where words stand in a text: paragraph, start and end of each place."""
    found, wanted = [], passage.translate(ALIKE)
    for paragraph, text in words.items() if passage else ():
        alike = text.translate(ALIKE)
        start = alike.find(wanted)
        while start >= 0:
            found.append((paragraph, start, start + len(passage)))
            start = alike.find(wanted, start + 1)
    return found


def _elsewhere(paragraph, passage, words, found, here):
    """Say why the words of a row have no place in its paragraph, and where they stand instead."""
    if not passage:
        return "give the words of the statement exactly as in the text"
    if len(here) > 1:
        return f"{paragraph} has these words {len(here)} times; take in a word before or after them"
    place = f"not in {shown(paragraph)}" if paragraph else "a paragraph is needed"
    if paragraph and paragraph not in words:
        place += ", of which your copy has no text"
    if found:
        places = ", ".join(f"{name} at {start} to {end}" for name, start, end in found[:3])
        return f"{place}; found in {places}"
    begun = [(_common(text, passage), name) for name, text in words.items()]
    most, name = max(begun, key=lambda one: one[0], default=(0, ""))
    if not most:
        return f"{place}, nor anywhere in your copy; give the words exactly as they are there"
    kept = " ".join(passage.split()[:most][-4:])
    return f"{place}; the first {most} words stand in {name}, up to {shown(kept)}"


def _common(text, passage):
    """Return how many words at the beginning of a passage stand in a text, in a row; two at least."""
    parts, alike = passage.translate(ALIKE).split(), text.translate(ALIKE)
    number = 0
    while number < len(parts) and " ".join(parts[: number + 1]) in alike:
        number += 1
    return number if number > 1 else 0


def find_anchor(words, paragraph, start, end):
    """Return a phrase of three to eight words by which a reader finds a span: the first of the shortest.

    It stands once in the text, capitals aside, as a browser looks for it; if none within the span does,
    words around its beginning are taken; it is empty if that fails too.
    """
    text, whole = words[paragraph], "\n".join(words.values()).casefold()
    spans = [match.span() for match in WORD.finditer(text)]
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    place, reach = next((place for place, span in enumerate(spans) if span[1] > start), 0), ANCHOR_WORDS - 1
    for found in (inside, spans[max(0, place - reach) : place + reach + 1]):
        for size in range(3, ANCHOR_WORDS + 1):
            for place in range(len(found) - size + 1):
                first, last = found[place][0], found[place + size - 1][1]
                phrase, near = text[first:last], found is inside or first <= start < last
                if near and len(phrase) <= 80 and whole.count(phrase.casefold()) == 1:
                    return phrase
    return ""
