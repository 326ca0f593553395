"""Labels of any signs: every export is well formed, or refused in one line; nothing runs in a spreadsheet."""

import io
import json
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree

from analysis import article, exchange, study
from analysis.__main__ import main
from analysis.exchange import archives, formats, graphs, refi, spreadsheets, workbooks

FOLDER = study.find("dos-orillas")
TEXT = FOLDER / "articulo.txt"
RUNS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def river():
    return study.load(FOLDER)


@pytest.fixture(scope="module")
def words(river):
    return exchange.coded_text(river, article.read_copy(TEXT))


def labelled(river, label):
    """Return the study with one label, as title, side, theme, issue, actor, gist and document."""
    first = {"issues": ("label", "proposition", "definition"), "actors": ("label", "short"), "documents": ("short", "title"),
             "statements": ("gist",)}  # fmt: skip
    tables = {}
    for name, columns in first.items():
        table = getattr(river, name).copy()
        table.loc[0, list(columns)] = label
        tables[name] = table
    sides = {name: side | {"label": label} for name, side in river.meta["sides"].items()}
    return replace(river, meta=river.meta | {"title": label, "sides": sides}, **tables)


def well_formed(study, words):
    """Read every export that holds labels with a parser of its format."""
    for data in (refi.codebook(study), graphs.graph(study)):
        etree.fromstring(data)
    held = {
        name: part for name, part in unzipped(refi.project(study, words)).items() if name.endswith(".qde")
    }
    assert [etree.fromstring(part) for part in held.values()]
    assert json.loads(graphs.annotations(study, words))["items"]
    rows = list(openpyxl.load_workbook(io.BytesIO(spreadsheets.workbook(study)))["statements"].values)
    assert len(rows) == len(study.statements) + 1
    book = openpyxl.load_workbook(io.BytesIO(workbooks._book(study, exchange.to_code(words))))
    for sheet in (*book, *openpyxl.load_workbook(io.BytesIO(spreadsheets.workbook(study)))):
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def unzipped(data):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_every_label_is_exported_or_refused(river, words):
    hypothesis = pytest.importorskip("hypothesis")
    signs = hypothesis.strategies.characters()
    labels = hypothesis.strategies.text(signs, min_size=1, max_size=24)

    @hypothesis.settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @hypothesis.example("=1+1")
    @hypothesis.example("a]]><b>&amp;\"'")
    @hypothesis.example("_x000D_ \U0001f30a \u202e")
    @hypothesis.example("a\x00b")
    @hypothesis.example("a\uffff")
    @hypothesis.given(labels)
    def tried(label):
        made = labelled(river, label)
        try:
            archives.refuse_signs(made)
        except ValueError as fault:
            assert (
                archives.SIGN.search(label)
                and not archives.SIGN.search(str(fault))
                and "\n" not in str(fault)
            )
        else:
            well_formed(made, words)

    tried()


@pytest.mark.parametrize("form", sorted(set(formats.FORMATS) - {"package"}))
def test_a_control_sign_is_refused_with_its_place(river, tmp_path, monkeypatch, form):
    table = river.issues.copy()
    table.loc[1, "label"] = "a\x1b[31mb"
    monkeypatch.setattr(formats, "load", lambda *_, **__: replace(river, issues=table))
    with pytest.raises(ValueError, match=r"issues.csv, line 3, column label: 'a\\x1b\[31mb' found"):
        exchange.export(FOLDER, form, TEXT, tmp_path / "x")
    assert not list(tmp_path.iterdir())
    sides = {name: side | {"label": "a\0b"} for name, side in river.meta["sides"].items()}
    monkeypatch.setattr(formats, "load", lambda *_, **__: replace(river, meta=river.meta | {"sides": sides}))
    with pytest.raises(ValueError, match=r"study.toml, 'sides.Almara.label': 'a\\x00b' found"):
        exchange.export(FOLDER, form, TEXT, tmp_path / "x")


def test_a_copy_with_a_control_sign_makes_no_sheet(river, words, tmp_path):
    spoilt = words | {"p02": words["p02"].replace(" ", "\x02", 1)}
    with pytest.raises(ValueError, match=r"the sheet, line \d+, column passage: .* control character"):
        exchange.write_workbook(river, spoilt, tmp_path / "x.xlsx")
    assert not list(tmp_path.iterdir())


def test_an_apostrophe_is_put_on_and_taken_off():
    hypothesis = pytest.importorskip("hypothesis")
    cells = hypothesis.strategies.text("=+-@\t\r;,\"' a1")

    @hypothesis.settings(max_examples=500, deadline=None, derandomize=True, database=None)
    @hypothesis.given(cells)
    def tried(cell):
        made = spreadsheets.harmless(cell)
        assert spreadsheets.as_meant(made) == cell or spreadsheets.NUMBER.fullmatch(cell)
        if not spreadsheets.NUMBER.fullmatch(cell):
            parts = [part.strip(' "') for part in made.split(";")]
            assert not any(part.startswith(RUNS) for part in (made, *parts[1:]))

    tried()


@pytest.mark.parametrize("label", ['x;=HYPERLINK("http://a.b")', "x; +1", 'x;"=1"', "=1;-1"])
def test_a_label_with_semicolons_runs_nowhere(river, label, tmp_path):
    """Where Excel parts cells at semicolons, it parts a file with commas there too."""
    for frame in (spreadsheets.long(labelled(river, label)), spreadsheets.tags(labelled(river, label))):
        text = spreadsheets.table_csv(frame).decode("utf-8-sig")
        assert not any(
            part.strip(' "').startswith(RUNS) for line in text.splitlines() for part in line.split(";")[1:]
        )


def test_the_command_says_it_in_one_line(tmp_path, capsys):
    other = tmp_path / "other.txt"
    other.write_text("Another text altogether, with words of its own.\n", encoding="utf-8")
    out = tmp_path / "x.jsonld"
    done = main(["export", "dos-orillas", "--to", "annotations", "--text", str(other), "--out", str(out)])
    said = capsys.readouterr().err
    assert done == 2 and said.count("\n") == 1 and "coded paragraphs" in said and not out.exists()
