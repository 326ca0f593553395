"""Words and sentences in any script."""

import re
import time
import unicodedata

import pytest

from analysis import article
from analysis.article import tokens


@pytest.mark.parametrize(
    "text, found",
    [
        ("Amlo's U.S. visit", ["Amlo's", "U.S", "visit"]),
        ("el año de la niñez", ["el", "año", "de", "la", "niñez"]),
        ("हिन्दी में लिखा", ["हिन्दी", "में", "लिखा"]),
        ("Ελληνική Δημοκρατία", ["Ελληνική", "Δημοκρατία"]),
        ("Российская Федерация", ["Российская", "Федерация"]),
        ("北京和", ["北", "京", "和"]),
        ("ภาษา", ["ภา", "ษา"]),
        ("مَدْرَسَة جديدة", ["مَدْرَسَة", "جديدة"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("_ – … !", []),
    ],
)
def test_words_of_a_script(text, found):
    assert article.WORD.findall(unicodedata.normalize("NFC", text)) == found


def test_marks_are_the_marks_of_unicode():
    known = {sign for sign in map(chr, range(0x300, 0xFE30)) if re.fullmatch(f"[{tokens.MARKS}]", sign)}
    wanted = {sign for sign in map(chr, range(0x300, 0xFE30)) if unicodedata.category(sign) in ("Mn", "Mc")}
    assert not {
        sign
        for sign in known
        if unicodedata.category(sign)[0] in "PSZC" and unicodedata.category(sign) != "Cn"
    }
    # A newer Python may know marks that this list, of Unicode 14, does not.
    assert len(wanted - known) < 60
    assert {"\u0301", "\u093f", "\u064e", "\u05b8", "\u0bbe"} <= known


@pytest.mark.parametrize(
    "text, number",
    [
        ("One. Two! Three?", 3),
        ("No end mark", 1),
        ("The U.S. side said so. It did.", 2),
        ("“Why?” he asked. “So.”", 2),
        ("第一句。第二句。", 2),
        ("पहला वाक्य। दूसरा वाक्य।", 2),
        ("Wait… and see.", 1),
    ],
)
def test_sentences(text, number):
    spans = article.sentences(text)
    assert len(spans) == number
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


def test_a_folded_word_is_a_word():
    for word in article.word_counts("İstanbul straße ŉ ΟΔΟΣ Ǆ"):
        assert article.WORD.fullmatch(word) and word.casefold() == word


@pytest.mark.parametrize("piece", [".", "a.", '."', "a'", "\u0301a", "。", "! "])
def test_time_grows_with_the_text(piece):
    start = time.process_time()
    text = piece * 200_000 + "x"
    article.sentences(text)
    list(article.WORD.finditer(text))
    assert time.process_time() - start < 3
