"""Find, count and compare words and sentences in a text of any script."""

import hashlib
import re
import unicodedata
from collections import Counter

# Combining marks, with the letters between them: Python's \w knows letters but not their marks, and
# without marks the words of most scripts of South Asia, and vocalised Arabic and Hebrew, fall apart.
_SIGNS = "".join(map(chr, range(0x300, 0x10000)))
_RUN = re.compile("M[nc](?:(?:[LN].|M[nc])*M[nc])?")  # in the categories of all signs, two letters each
MARKS = "".join(
    f"{_SIGNS[run.start() // 2]}-{_SIGNS[run.end() // 2 - 1]}"
    for run in _RUN.finditer("".join(map(unicodedata.category, _SIGNS)))
)
# Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han. Each letter, with
# its marks, is counted as a word, so that shares of words and the length of an anchor keep a meaning.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
# Soft hyphen, zero width space, word joiner, byte order mark: pages have them where a word may be broken, a copy
# from the screen has not.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LETTER = rf"[^\W_{UNSPACED}]"
WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[{MARKS}]|['’.](?={_LETTER}))*|(?=[^\W_])[{UNSPACED}][{MARKS}]*")
# An end mark, what closes after it, and a gap; in scripts without spaces the mark is enough.
_MARK = ".!?…؟۔।॥։"
_END = re.compile(rf"(?<![{_MARK}])[{_MARK}]+[\"'”’»)\]]*(?=\s|$)|[。！？｡]+[」』”’）]*")
_INITIAL = re.compile(r"(?:^|[\s.(])[^\W\d_]$")


def sentences(text):
    """Return the spans of the sentences of a normalised paragraph, by their end marks.

    A rule of thumb: an end mark before a lower-case letter, or after a single letter as in *U.S.*, does
    not end a sentence. Other abbreviations do; the table of paragraphs can be corrected by hand.
    """
    spans, start = [], 0
    for mark, end in (match.span() for match in _END.finditer(text)):
        initial = text[mark:end] == "." and _INITIAL.search(text[max(0, mark - 2) : mark])
        if end < len(text) and (initial or text[end : end + 2].strip().islower()):
            continue
        spans.append((start, end))
        start = end + (text[end : end + 1] == " ")
    return [*spans, (start, len(text))] if text[start:].strip() else spans


def ends_sentence(text):
    """Return True if a text ends with the end of a sentence."""
    return any(match.end() == len(text) for match in _END.finditer(text))


def normalise(text):
    """Return the text in NFC without signs that only break lines, its white space single; quotes and dashes stay."""
    return " ".join(unicodedata.normalize("NFC", text.translate(UNSEEN)).split())


def fingerprint(text):
    """Return the SHA-256 of the normalised text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()


def word_counts(text):
    """Count the case-folded words of a text, in place of the text, as the HathiTrust Extracted Features do."""
    return Counter(match.group().casefold() for match in WORD.finditer(normalise(text)))
