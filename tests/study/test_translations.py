"""A translation is a table: each text has a row, made from the original as it stands."""

import csv
import re
from collections import Counter

import pytest

from analysis import notebooks, study
from analysis.study import translations

STUDIES = sorted((notebooks.ROOT / "data").glob("*/study.toml"))
TRANSLATED = [
    (path.parent.name, file.stem) for path in STUDIES for file in sorted(path.parent.glob("??.csv"))
]  # of study and language
LABEL = "United States"


@pytest.mark.parametrize(("name", "language"), TRANSLATED)
def test_a_published_translation_is_whole_and_in_step(name, language):
    faults = study.translation_faults(study.load(name), language)
    assert not faults, "\n".join(map(str, faults[:40]))


def test_there_is_a_translation():
    assert (study.DEFAULT, "es") in TRANSLATED


@pytest.mark.parametrize(
    ("text", "translation", "found"),
    [
        ("{one} of 5,388 in [a](b.md)", "{one} de 5,388 en [una](b.md)", []),
        ("{one} of {other}", "{one} de {otro}", ["placeholders"]),
        ("on 18 November 2021.", "el 18 de noviembre de 2012.", ["digits"]),
        ("29 and 29", "29", ["digits"]),
        ("[a](b.md)", "[una](c.md)", ["links"]),
    ],
)
def test_differences(text, translation, found):
    assert study.differences(text, translation) == found


@pytest.fixture
def translate(summit, folder):
    """Return a function that gives the study some rows of a made-up translation, and loads it."""

    def given(*rows, language="xx"):
        with (folder / f"{language}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [("table", "row", "column", "hash", "text"), *rows]
            )
        study.write_package(folder)
        return study.load(folder)

    return given


def row(table, name, column, original, text):
    return table, name, column, study.digest(original), text


def test_a_study_is_loaded_in_its_translation(summit, translate, folder):
    first = summit.statements["gist"].iloc[0]
    translate(
        row("codings/adjudicated", "s001", "gist", first, "dice algo"),
        row("findings", "us-asks-not-own", "short", "whatever", "Ninguna"),
        row("study", "sides.US.label", "value", LABEL, "Estados Unidos"),
        row("study", "horizons.by 2025", "value", "by 2025", "para 2025"),
    )
    told = study.load(folder, language="xx")
    assert told.meta["language"] == "xx" and told.meta["sides"]["US"]["label"] == "Estados Unidos"
    assert told.meta["horizon_names"]["by 2025"] == "para 2025"
    assert told.meta["horizons"] == summit.meta["horizons"], "its keys are arguments of findings"
    assert told.findings["short"].iloc[0] == "Ninguna"
    assert told.statements["gist"].iloc[0] == "dice algo"
    assert told.codings["adjudicated"] is told.statements
    assert told.findings["short"].iloc[1] == summit.findings["short"].iloc[1], (
        "what is missing stays as it is"
    )
    for table in ("findings", "issues", "statements", "contested"):
        assert (getattr(told, table).dtypes == getattr(summit, table).dtypes).all()
    assert summit.meta["sides"]["US"]["label"] == LABEL


def test_its_own_language_and_one_that_it_lacks(summit):
    assert study.translated(summit, "en") is summit
    with pytest.raises(ValueError, match=r"no translation pt\.csv"):
        study.load(language="pt")


def test_faults_of_a_translation(summit, translate):
    label = summit.issues.set_index("issue")["label"]
    told = translate(
        row("findings", "us-asks-not-own", "short", "as it was before", "Ninguna"),
        row("findings", "no-such", "short", "whatever", "Ninguna"),
        row("documents", "us-psaki-12", "short", "Psaki, briefing of 12 November", "Psaki, 13 de noviembre"),
        row("issues", "arms-trafficking", "label", label["arms-trafficking"], "Drogas"),
        row("issues", "drug-trafficking", "label", label["drug-trafficking"], "Drogas"),
        row("actors", "biden", "short", "Biden", "Joseph Robinette Biden hijo"),
    )
    found = [str(fault) for fault in study.translation_faults(told, "xx")]
    missing = [line for line in found if " is missing" in line]
    assert "xx.csv: issues, arms-trafficking, proposition is missing" in "\n".join(missing)
    assert not any("arms-trafficking, label" in line for line in missing)
    assert study.digest(label["violence"]) in next(line for line in missing if "violence, label" in line)
    rest = [line for line in found if line not in missing]
    for start, message in (
        (
            "xx.csv, line 2, column hash: ",
            f"{study.digest(summit.findings['short'].iloc[0])} is the hash now",
        ),
        ("xx.csv, line 3: ", "there is no text findings, no-such, short"),
        ("xx.csv, line 4: ", "the order is that of the originals"),
        ("xx.csv, line 4, column text: ", "other digits"),
        ("xx.csv, line 6, column text: ", "arms-trafficking is called so already"),
        ("xx.csv, line 7: ", "the order is that of the originals"),
        ("xx.csv, line 7, column text: ", "at most 24 characters"),
    ):
        assert any(line.startswith(start) and message in line for line in rest), (start, message)
    assert len(rest) == 7


def test_a_cell_of_a_notebook_is_translated_by_its_id(translate, folder):
    place = folder.parents[1] / "notebooks"
    place.mkdir()
    cells = (
        '{"cell_type": "markdown", "id": "one", "source": ["# A\\n", "b 1"]}, '
        '{"cell_type": "code", "id": "two", "source": ["x"]}'
    )
    (place / "04-story.ipynb").write_text(f'{{"cells": [{cells}]}}', encoding="utf-8")
    told = translate(row("notebooks/04-story", "one", "source", "# A\nb 1", "# Á\\nbe 2"))
    faults = [fault for fault in study.translation_faults(told, "xx") if fault.line]
    assert [fault.message.split(" than")[0] for fault in faults] == ["other digits"]


def test_a_study_of_any_tables_can_be_translated(early):
    texts = dict(translations._texts(early, []))
    assert ("issues", early.issues["issue"].iloc[0], "label") in texts


def test_titles_are_short_in_every_language():
    for name, language in TRANSLATED:
        told = study.load(name, language=language)
        for short in (*told.findings["short"], *told.outside["short"]):
            assert len(short.split()) <= 10, short


def test_a_translated_codebook_is_that_of_the_codebook_as_it_is():
    """Its first line has the hash of the English; codes, headings and rules are the same."""
    books = sorted((notebooks.ROOT / "data").glob("*/codebook.??.md"))
    assert study.find() / "codebook.es.md" in books
    for path in books:
        english, told = (file.read_text(encoding="utf-8") for file in (path.with_name("codebook.md"), path))
        assert told.startswith(f"<!-- translated from codebook.md, {study.digest(english)} -->\n"), (
            f"{path.name}: read it again beside codebook.md, whose hash is {study.digest(english)}"
        )
        for form in (r"`[^`]+`", r"^#+ ", r"^\d+\. ", r"^\|", r"^\*\*\w+\*\*", r"^- ", r"\]\([^)]+\)"):
            one, other = (Counter(re.findall(form, text, re.MULTILINE)) for text in (english, told))
            assert one == other, (path.name, form)


def test_findings_are_quoted_in_translation_as_they_are_translated():
    """Where a cell of a notebook has the sentence of a finding, its translation has that of the translation."""
    quoted = 0
    for name, language in TRANSLATED:
        loaded = study.load(name)
        told, held = study.translated(loaded, language), loaded.translations[language]
        cells = dict(zip(zip(held["table"], held["row"], strict=True), held["text"], strict=True))
        tables = held["table"][held["table"].str.startswith("notebooks/")].unique()
        for (table, cell, _), text in translations._texts(loaded, tables):
            for one, other in zip(loaded.findings["sentence"], told.findings["sentence"], strict=True):
                if table in tables and f"{one}." in text:
                    assert f"{other}." in cells[table, cell], (cell, other)
                    quoted += 1
    assert quoted
