"""One table has all that reports and a study's notebook say, in each language."""

import json
import re
import string
from dataclasses import replace

import pytest

from analysis import measures, notebooks, report, study
from analysis.notebooks import run
from analysis.study import wording

LANGUAGES = [column for column in wording.rows()[0] if column not in ("key", "hash")]


@pytest.fixture(scope="module")
def river():
    return study.load("dos-orillas")


def places(text):
    """Return the names in braces of a text."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_text_is_there_in_every_language_with_the_same_places():
    for key, texts in wording.wording().items():
        assert set(texts) == set(LANGUAGES) and all(texts.values()), key
        pieces = {language: text.split("|") for language, text in texts.items()}
        assert len({len(found) for found in pieces.values()}) == 1, key
        assert len({str(places(text)) for text in texts.values()}) == 1, key
        assert not any(study.differences(texts["en"], text) for text in texts.values()), key


def test_every_text_was_translated_as_it_stands_in_english():
    """Who changes an English text reads its translations again, and then writes this hash."""
    wrong = {
        row["key"]: study.digest(row["en"])
        for row in wording.rows()
        if row["hash"] != study.digest(row["en"])
    }
    assert wrong == {}


def test_what_a_sheet_says_in_english_is_what_the_schema_says():
    for field in study.schema()["coding"]["schema"]["fields"]:
        assert wording.say(None, f"field-{field['name']}") == field["description"]
        for code in field.get("categories", []):
            assert wording.say(None, f"code-{field['name']}-{code['value']}") == code["label"]


def test_every_text_is_used():
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("report", "study", "notebooks", "figures", "coding", "exchange")
        for path in (notebooks.ROOT / "analysis" / folder).glob("*.py")
    )
    code += (notebooks.ROOT / "analysis/template/study.ipynb").read_text(encoding="utf-8")
    families = set(re.findall(r"""f["']([a-z]+(?:-one)?)-\{""", code))
    for key in wording.wording():
        named = f'"{key}"' in code or f"'{key}'" in code or f'\\"{key}\\"' in code
        built = any(key.startswith(f"{family}-") for family in families)
        assert named or built or key in report.titles.TAKEN, key


def test_the_neutral_notebook_says_in_english_what_the_table_has():
    cells = json.loads(run.TEMPLATE.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            assert "".join(cell["source"]) == wording.say(None, f"notebook-{cell['id']}")


def test_a_spanish_study_is_told_in_spanish(river):
    assert report.asks(river) == "Almara pide 4 cosas, Torvia pide 1 cosa"
    assert report.positions(river).startswith("De 8 temas, ")
    assert "de mayo de 2031" in report.overview(river)
    words = report.in_words(river, "positions", measures.relations(river))
    assert words.startswith("**En palabras.**") and "a favor" in words and "shared" not in words
    told = str(run.told(study.find("dos-orillas")))
    assert "Qué aprendimos" in told and "What we learned" not in told


def test_a_study_may_say_its_language(river):
    english = replace(river, meta=river.meta | {"language": "en"})
    assert report.asks(english) == "Almara asks for 4 things, Torvia asks for 1 thing"
    other = replace(river, meta=river.meta | {"language": "tl"})
    assert report.asks(other) == report.asks(english), "a language that the table lacks is told in English"


def test_a_third_language_is_a_column(river, tmp_path, monkeypatch):
    lines = wording.TABLE.read_text(encoding="utf-8").splitlines()
    added = [
        lines[0] + ",fr",
        *(line + (",rien" if line.startswith("nothing-drawn,") else ",") for line in lines[1:]),
    ]
    (tmp_path / "wording.csv").write_text("\n".join(added) + "\n", encoding="utf-8")
    monkeypatch.setattr(wording, "TABLE", tmp_path / "wording.csv")
    wording.wording.cache_clear()
    try:
        french = replace(river, meta=river.meta | {"language": "fr"})
        assert wording.say(french, "nothing-drawn") == "rien" and wording.say(french, "none") == "none"
    finally:
        monkeypatch.undo()
        wording.wording.cache_clear()


def test_decimals_and_dates_follow_the_language(river):
    assert wording.decimal(river, 0.834) == wording.decimal(None, 0.834) == "0.83", "as Mexico writes it"
    assert [wording.counted(None, number, "issue") for number in (0, 1, 2)] == [
        "no issue",
        "1 issue",
        "2 issues",
    ]
    assert wording.decimal(None, 1234.5, 1) == "1,234.5" and wording.decimal(None, 0.4, 0) == "0"
    day = river.meta["article"]["published"]
    assert wording.date(None, day) == f"{day.day} May 2031"
