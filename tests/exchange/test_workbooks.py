"""A sheet to code in: written, edited by LibreOffice, and taken back."""

import csv
import io
import re
import shutil
import subprocess

import openpyxl
import pytest

from analysis import article, exchange, study
from analysis.__main__ import main
from analysis.exchange import workbooks

FOLDER = study.find("dos-orillas")
TEXT = FOLDER / "articulo.txt"
HINTS = ("suggested",)


@pytest.fixture
def river(tmp_path):
    """Return the folder of a copy of the made-up study that a test may change."""
    return shutil.copytree(
        FOLDER, tmp_path / "study" / "dos-orillas", ignore=shutil.ignore_patterns("*.ipynb", "figures")
    )


@pytest.fixture
def words():
    return exchange.coded_text(study.load(FOLDER), article.read_copy(TEXT))


def written(river, tmp_path, name="mine.xlsx"):
    assert main(["sheet", str(river), "mine", "--text", str(TEXT), "--out", str(tmp_path / name)]) == 0
    return tmp_path / name


def rows_of(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header, *rows = [
        ["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    return [[name.split(" · ")[0] for name in header], *rows]


def fill(path, coded):
    """Code the rows of a workbook as a person does, from its lists; `coded` maps rows to statements."""
    book = openpyxl.load_workbook(path)
    sheet, header = book.worksheets[0], rows_of(path)[0]
    for line, row in coded.items():
        for name, value in row.items():
            sheet.cell(line, header.index(name) + 1, value)
    book.save(path)


def coded(river, words):
    """Return the first coding of the study as rows to enter below the sentences of its sheet."""
    loaded = study.load(river)
    lists = {
        name: {one.split(" · ")[0]: one for one in ones} for name, ones in workbooks.choices(loaded).items()
    }
    rows = []
    for row in loaded.statements.to_dict("records"):
        entered = {name: lists.get(name, {}).get(row[name], row[name]) for name in workbooks.CODED}
        entered["paragraph"] = row["paragraph"]
        entered["passage"] = words[row["paragraph"]][row["start"] : row["end"]]
        rows.append({name: value for name, value in entered.items() if value != ""})
    return rows


def test_each_sentence_is_a_row_with_lists_beside(river, tmp_path, words):
    path = written(river, tmp_path)
    header, *rows = rows_of(path)
    spans = [(name, text[a:b]) for name, text in words.items() for a, b in article.sentences(text)]
    assert [(row[0], row[1]) for row in rows] == spans
    assert header == ["paragraph", "passage", "suggested", *workbooks.CODED]
    assert not any(any(row[3:]) for row in rows), "nothing is coded in advance"
    marks = [row[2] for row in rows if row[2]]
    assert marks and all(issue.endswith("?") for mark in marks for issue in mark.split(", "))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["enunciados", "temas", "guía", "listas"], "the study is told in Spanish"
    ruled = {str(rule.sqref): rule.formula1 for rule in book["enunciados"].data_validations.dataValidation}
    assert len(ruled) == len(workbooks.CODED)
    assert sum(map(bool, ruled.values())) == len(ruled) - 2, (
        "every code has a list; joint and gist are written"
    )
    listed = {cell.value for column in book["listas"].iter_cols(min_row=2) for cell in column if cell.value}
    loaded = study.load(river)
    assert {f"{row.issue} · {row.label}" for row in loaded.issues.itertuples()} <= listed
    shown = {cell.value for row in book["temas"].iter_rows() for cell in row}
    assert set(loaded.issues["proposition"]) - {""} <= shown


def test_the_guide_is_the_general_codebook_alone(river):
    book = "# B\n\n## Rules\nOne rule.\n\n## Notes on single words\np07 is settled.\n\n## Changes\n- More\n"
    (river / "codebook.md").write_text(book, encoding="utf-8")
    text = "\n".join(workbooks.guide(study.load(river)))
    assert "One rule." in text and "settled" not in text and "More" not in text


def test_a_sheet_in_another_language_has_the_same_codes(summit):
    spanish = study.translated(summit, "es")
    lists = [workbooks.choices(one) for one in (summit, spanish)]
    assert list(lists[0]) == list(lists[1])
    for one, other in zip(*(cells.values() for cells in lists), strict=True):
        assert [cell.split(" · ")[0] for cell in one] == [cell.split(" · ")[0] for cell in other]
    assert "demand · pide a otro hacer algo, o no hacerlo" in lists[1]["form"]
    told = "\n".join(workbooks.guide(spanish))
    assert "Qué es un enunciado" in told and "<!--" not in told
    assert not re.search(r"\b(the|of|statement)\b", told)


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.csv"])
def test_what_is_coded_in_the_sheet_comes_back(river, tmp_path, words, name, capsys):
    path = written(river, tmp_path, name)
    rows = coded(river, words)
    if name.endswith(".csv"):
        text = path.read_text(encoding="utf-8-sig")
        header, *table = csv.reader(io.StringIO(text))
        columns = [column.split(" · ")[0] for column in header]
        table = [dict(zip(columns, row, strict=True)) for row in table]
        out = io.StringIO()
        out.write(";".join(header) + "\r\n")
        writer = csv.DictWriter(out, columns, restval="", delimiter=";", lineterminator="\r\n")
        writer.writerows([*table, *rows])
        path.write_text(out.getvalue(), encoding="cp1252", newline="")
    else:
        fill(path, {len(rows_of(path)) + 1 + place: row for place, row in enumerate(rows)})
    assert main(["import", str(river), str(path), "--coder", "mine", "--text", str(TEXT)]) == 0
    assert "Not taken" not in capsys.readouterr().out
    codings = study.load(river).codings
    left = ["statement", "anchor"]
    assert codings["mine"].drop(columns=left).equals(codings["first"].drop(columns=left))


def test_a_sheet_without_a_code_is_no_coding(river, tmp_path, capsys):
    path = written(river, tmp_path)
    assert main(["import", str(river), str(path), "--coder", "mine", "--text", str(TEXT)]) == 2
    assert "no row is coded yet" in capsys.readouterr().err
    assert not (river / "codings/mine.csv").exists()


def test_a_sheet_stays_outside_repositories_and_studies(river, tmp_path, capsys):
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "deep").mkdir()
    (tmp_path / "there.xlsx").write_bytes(b"")
    refused = ("repo/mine.xlsx", "repo/deep/mine.csv", "study/dos-orillas/mine.xlsx", "there.xlsx", "no/mine.xlsx",
               "mine.txt")  # fmt: skip
    for name in refused:
        path = tmp_path / name
        assert main(["sheet", str(river), "mine", "--text", str(TEXT), "--out", str(path)]) == 2, name
        assert capsys.readouterr().err.count("\n") == 1
        assert not path.exists() or name == "there.xlsx"
    inside = study.find().parent.parent / "build-sheet.xlsx"
    assert main(["sheet", str(river), "mine", "--text", str(TEXT), "--out", str(inside)]) == 2
    assert not inside.exists()
    assert main(["sheet", str(river), "mine", "--text", str(TEXT)]) == 2


def test_a_row_that_does_not_fit_says_where_its_words_stand(river, tmp_path, words, capsys):
    path = written(river, tmp_path)
    first, second, *_ = coded(river, words)
    other = next(name for name in words if name not in (first["paragraph"], second["paragraph"]))
    elsewhere = words[other].split(". ")[0]
    begun = " ".join([*second["passage"].split()[:4], "nowhere"])
    last = len(rows_of(path)) + 1
    rows = {
        last: first | {"passage": elsewhere},
        last + 1: second | {"passage": begun},
        last + 2: first | {"issue": "fuego"},
        last + 3: first | {"passage": "words of another text"},
        last + 4: first | {"side": "Nadie", "evidence": "heard"},
        last + 5: first | {"form": "demand"},  # of side none
    }
    fill(path, rows)
    assert main(["import", str(river), str(path), "--coder", "mine", "--text", str(TEXT)]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    places = [int(line.split("line ")[1].split(",")[0]) for line in lines[:-1]]
    assert places == sorted(places), "the order of the sheet"
    assert set(places) == set(rows), "cells, rules and passages in one go"
    assert f"not in '{first['paragraph']}'; found in {other} at 0 to {len(elsewhere)}" in lines[0]
    assert f"the first 4 words stand in {second['paragraph']}" in lines[1]
    assert "nor anywhere in your copy" in lines[3]
    assert lines[-1].startswith(f"{len(lines) - 1} faults: ") and "passage 3" in lines[-1]
    assert not (river / "codings/mine.csv").exists()


def test_quotes_as_a_keyboard_writes_them_and_an_empty_paragraph():
    words = {
        "p01": "“Nada está cerrado”, dijo la ministra de Almara ayer.",
        "p02": "Otra cosa, dijo ella hoy.",
    }
    row = {"paragraph": "", "passage": '"Nada está cerrado", dijo la ministra', "line": 2}
    assert workbooks and exchange.passages.locate(row, words, "x.csv") is None
    assert row["paragraph"] == "p01" and (row["start"], row["end"]) == ("0", "37")


def test_replace_takes_the_place_of_an_earlier_coding(river, tmp_path, words, capsys):
    path = written(river, tmp_path)
    rows, last = coded(river, words), len(rows_of(path)) + 1
    fill(path, {last: rows[0]})
    command = ["import", str(river), str(path), "--coder", "mine", "--text", str(TEXT)]
    assert main(command) == 0
    fill(path, {last + 1: rows[1]})
    before = (river / "codings/mine.csv").read_bytes()
    assert main(command) == 2 and "--replace" in capsys.readouterr().err
    assert main([*command, "--replace"]) == 0
    assert len(study.load(river).codings["mine"]) == 2
    fill(path, {last + 2: rows[2] | {"issue": "fuego"}})
    now = (river / "codings/mine.csv").read_bytes()
    assert before != now and main([*command, "--replace"]) == 2
    assert (river / "codings/mine.csv").read_bytes() == now
    assert sorted(path.name for path in (river / "codings").iterdir() if path.name.startswith(".")) == []


def test_a_study_that_says_who_coded_takes_a_further_coding(river, tmp_path, words):
    """A table of provenance and one of coverage get their rows with the coding."""
    passes = [
        {"coding": name, "documents": "article", "extent": "whole", "coder": "settled", "name": "x", "date": "2026-01-01",
         "runs": 1, "blind": "false", "shown": "the text"} for name in ("first", "second")
    ]  # fmt: skip
    (river / "provenance.csv").write_bytes(study.table_csv("provenance", passes))
    loaded = study.load(FOLDER)
    counts = loaded.statements["paragraph"].value_counts()
    (river / "coverage.csv").write_bytes(study.table_csv("coverage", [
        {"coding": "first", "paragraph": paragraph, "statements": int(counts.get(paragraph, 0))}
        for paragraph in loaded.paragraphs.query("kind in ['body', 'caption']")["paragraph"]
    ]))  # fmt: skip
    study.write_package(river)
    assert not study.check(river)
    path = written(river, tmp_path)
    fill(path, {len(rows_of(path)) + 1: coded(river, words)[0]})
    assert main(["import", str(river), str(path), "--coder", "mine", "--text", str(TEXT)]) == 0
    made = study.load(river)
    assert made.provenance.set_index("coding").at["mine", "coder"] == "person"
    read = made.coverage[made.coverage["coding"] == "mine"]
    assert set(read["paragraph"]) == set(words) and read["statements"].sum() == 1


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Edit
  Dim none()
  book = StarDesktop.loadComponentFromURL("{url}", "_blank", 0, none())
  sheet = book.Sheets.getByIndex(0)
{cells}
  book.store()
  book.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def test_libreoffice_edits_the_sheet(river, tmp_path, words):
    """Opened, coded from its lists, saved as LibreOffice saves, and imported."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("needs LibreOffice: there is no soffice here")
    path = written(river, tmp_path)
    rows, last = coded(river, words)[:5], len(rows_of(path))
    header = rows_of(path)[0]
    cells = [
        f'  sheet.getCellByPosition({header.index(name)}, {last + place}).String = "{value.replace(chr(34), chr(34) * 2)}"'
        for place, row in enumerate(rows)
        for name, value in row.items()
    ]
    command = [
        soffice,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
    ]
    start = {"check": True, "timeout": 180, "capture_output": True}
    # A first start lays out the profile, and would write its own macro over this one.
    subprocess.run([*command, "--terminate_after_init"], **start)
    basic = tmp_path / "profile/user/basic/Standard"
    basic.mkdir(parents=True, exist_ok=True)
    escaped = "\n".join(cells).replace("&", "&amp;").replace("<", "&lt;")
    (basic / "Module1.xba").write_text(MACRO.format(url=path.as_uri(), cells=escaped), encoding="utf-8")
    (basic / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    before = path.read_bytes()
    subprocess.run([*command, "macro:///Standard.Module1.Edit"], **start)
    assert path.read_bytes() != before, "LibreOffice saved nothing"
    book = openpyxl.load_workbook(path)
    assert len(book.worksheets[0].data_validations.dataValidation) == len(workbooks.CODED)
    exchange.add_coding(river, path, "mine", TEXT)
    codings, left = study.load(river).codings, ["statement", "anchor"]
    assert codings["mine"].drop(columns=left).equals(codings["first"].head(5).drop(columns=left))


@pytest.mark.parametrize(
    ("name", "said"),
    [("x.qdc", "a codebook, not a coding"), ("x.ods", "save it as .xlsx or .csv")]
    + [
        (f"x.{ending}", "no coding is read from this; a coding is") for ending in ("zip", "jsonld", "graphml")
    ],
)
def test_formats_that_hold_no_coding_are_named(river, tmp_path, capsys, name, said):
    (tmp_path / name).write_bytes(b"words")
    assert main(["import", str(river), str(tmp_path / name), "--coder", "mine"]) == 2
    assert said in capsys.readouterr().err
