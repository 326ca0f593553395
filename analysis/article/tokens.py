"""Find, count and compare words and sentences in a text of any script."""

import hashlib
import re
import unicodedata
from collections import Counter

# Combining marks, with the letters between them: Python's \w knows letters but not their marks, and
# without marks the words of most scripts of South Asia, and vocalised Arabic and Hebrew, fall apart.
# Basic Multilingual Plane of Unicode 14; a test holds them against `unicodedata`.
_RANGES = (
    "0300-036F 0483-0487 0591-05BD 05BF 05C1-05C2 05C4-05C5 05C7 0610-061A 064B-065F 0670 "
    "06D6-06DC 06DF-06E8 06EA-06ED 0711-074A 07A6-07B0 07EB-07F3 07FD 0816-082D 0859-085B "
    "0898-08E1 08E3-0963 0981-0983 09BC-09C4 09C7-09C8 09CB-09CD 09D7 09E2-09E3 09FE 0A01-0A03 "
    "0A3C 0A3E-0A42 0A47-0A48 0A4B-0A4D 0A51 0A70-0A75 0A81-0A83 0ABC-0AC5 0AC7-0AC9 0ACB-0ACD "
    "0AE2-0AE3 0AFA-0AFF 0B01-0B03 0B3C-0B44 0B47-0B48 0B4B-0B4D 0B55-0B57 0B62-0B63 0B82 "
    "0BBE-0BC2 0BC6-0BC8 0BCA-0BCD 0BD7 0C00-0C04 0C3C-0C44 0C46-0C48 0C4A-0C4D 0C55-0C56 "
    "0C62-0C63 0C81-0C83 0CBC-0CC4 0CC6-0CC8 0CCA-0CCD 0CD5-0CD6 0CE2-0CE3 0D00-0D03 0D3B-0D44 "
    "0D46-0D48 0D4A-0D4D 0D57-0D63 0D81-0D83 0DCA 0DCF-0DD4 0DD6 0DD8-0DDF 0DF2-0DF3 0E31-0E3A "
    "0E47-0E4E 0EB1-0EBC 0EC8-0ECD 0F18-0F19 0F35 0F37 0F39 0F3E-0F3F 0F71-0F84 0F86-0F97 "
    "0F99-0FBC 0FC6 102B-103E 1056-109D 135D-135F 1712-1715 1732-1734 1752-1753 1772-1773 "
    "17B4-17D3 17DD 180B-180D 180F 1885-18A9 1920-192B 1930-193B 1A17-1A1B 1A55-1A5E 1A60-1A7C "
    "1A7F 1AB0-1ABD 1ABF-1ACE 1B00-1B44 1B6B-1B73 1B80-1BF3 1C24-1C37 1CD0-1CD2 1CD4-1CF9 "
    "1DC0-1DFF 20D0-20DC 20E1 20E5-20F0 2CEF-2CF1 2D7F 2DE0-2DFF 302A-302F 3099-309A A66F "
    "A674-A67D A69E-A6F1 A802-A827 A82C A880-A8C5 A8E0-A8F1 A8FF-A92D A947-A953 A980-A9C0 A9E5 "
    "AA29-AA36 AA43-AA4D AA7B-AAC1 AAEB-AAEF AAF5-AAF6 ABE3-ABEA ABEC-ABED FB1E FE00-FE0F "
    "FE20-FE2F "
)
MARKS = "".join("-".join(chr(int(end, 16)) for end in piece.split("-")) for piece in _RANGES.split())
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
