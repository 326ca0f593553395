"""No English stands in a Spanish picture: neither a text of the tables nor a common word."""

import re

import in_process
import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pytest
from helpers import assert_readable, shown

from analysis import notebooks, study
from analysis.notebooks import run, translated
from analysis.study.translations import prose
from analysis.study.wording import wording

GALLERY = notebooks.ROOT / "notebooks" / "04-plot-the-figures.ipynb"
ENGLISH = "a about all an and are article as asks at by each for from has in is it its not of on other said says texts that the their they this to was were what which whose with".split()
NAMES = "Our World in Data", "USA TODAY", "a"  # names of things; *a* is Spanish too
LANGUAGES = [path.stem for path in study.find().glob("??.csv")]


def drawn(path, old, new):
    """Return the pictures that the cells of a notebook draw, by cell, with another study."""
    mpl.use("agg")
    pictures = {}
    plt.close("all")  # what other tests left open
    for name, _, value in in_process.run(path, old, new, faults=AssertionError):
        # Assertions that guard the prose are about the English.
        assert name.startswith("checks") or not isinstance(value, AssertionError), name
        if plt.get_fignums():
            pictures[name] = plt.gcf()
            plt.close("all")
    return pictures


@pytest.fixture(scope="module")
def spanish():
    return drawn(GALLERY, 'load("us-mexico-2021")', 'load("us-mexico-2021", language="es")')


@pytest.fixture(scope="module")
def river():
    return drawn(run.TEMPLATE, "study.load(Path.cwd())", 'study.load("dos-orillas")')


def said(figure):
    """Return what a figure says, with the names that stay as they are left out."""
    text = "\n".join(" ".join(text.get_text().split()) for text in shown(figure))
    for name in NAMES[:-1]:
        text = text.replace(name, "")
    return re.sub(r"\w+\.csv", "", text)


def pieces(text):
    """Return what stands between the places of a text, as far as it has letters enough to be found."""
    found = re.split(r"\{[^}]*\}|\||\\n|\n", text)
    return {piece.strip(" .,:;()") for piece in found if len(re.findall(r"[^\W\d]", piece)) > 3}


def english(summit):
    """Return the English texts that a picture could hold, without those that are Spanish too."""
    told = study.load("us-mexico-2021", language="es")
    ours, theirs = set(), set()
    for texts in wording().values():
        ours |= pieces(texts["en"])
        theirs |= pieces(texts["es"])
    for path, columns in prose(summit).items():
        for column in columns:
            ours |= set().union(*map(pieces, summit.table(f"{path}.csv")[column]))
            theirs |= set().union(*map(pieces, told.table(f"{path}.csv")[column]))
    for meta, found in ((summit.meta, ours), (told.meta, theirs)):
        found |= {entry["label"] for kind in ("sides", "themes") for entry in meta[kind].values()}
    return ours - theirs


def test_the_pictures_of_a_language_are_those_of_the_gallery():
    mine = sorted(path.name for path in (notebooks.ROOT / "figures").glob("04-*.png"))
    assert len(mine) == 10 and LANGUAGES
    for language in LANGUAGES:
        theirs = sorted((notebooks.ROOT / "figures" / language).glob("*.png"))
        assert [path.name for path in theirs] == mine
        assert all(path.read_bytes() != (path.parents[1] / path.name).read_bytes() for path in theirs)


def test_all_of_a_spanish_picture_can_be_read(spanish):
    assert len(spanish) == 10
    for name, figure in spanish.items():
        assert_readable(figure)
        assert "…" not in said(figure), name


def test_no_english_stands_in_a_spanish_picture(summit, spanish):
    found = {name: said(figure) for name, figure in spanish.items()}
    assert "Estados Unidos" in found["asks"] and "Quédate en México" in found["layers"]
    for text in english(summit):
        for name, words in found.items():
            assert not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words, re.IGNORECASE), (name, text)


@pytest.mark.parametrize("which", ["spanish", "river"])
def test_no_common_english_word_stands_in_it(which, request):
    for name, figure in request.getfixturevalue(which).items():
        words = set(re.findall(r"\w+", said(figure).lower())) - set(NAMES)
        assert not words & set(ENGLISH), (name, words & set(ENGLISH))


def test_english_is_found_where_it_stands(summit):
    pictures = drawn(GALLERY, "", "")
    texts = english(summit)
    for name, figure in pictures.items():
        words = said(figure)
        assert any(text in words for text in texts), name
        assert set(re.findall(r"\w+", words.lower())) & set(ENGLISH), name


def test_every_caption_belongs_to_a_picture(summit):
    cells = {cell.id: cell.source for cell in nbformat.read(GALLERY, 4).cells if cell.cell_type == "code"}
    for picture in summit.captions["picture"].unique():
        assert f'report.captions(summit, "{picture}"' in cells[picture]


def test_pictures_drawn_again_leave_the_notebook(tmp_path, monkeypatch):
    cells = [nbformat.v4.new_code_cell(text, id=name) for name, text in (
        ("imports", "import matplotlib.pyplot as plt\nfrom analysis import study\ns = study.load(\"us-mexico-2021\")"),
        ("picture", "_ = plt.bar([1], [2], label=s.meta['sides']['US']['label'])\n_ = plt.legend()"),
        ("checks-it", "assert False"),
    )]  # fmt: skip
    path = tmp_path / "notebooks" / "04-x.ipynb"
    path.parent.mkdir()
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), encoding="utf-8")
    before, told = path.read_bytes(), []
    held = study.load().translations["es"].head(1).assign(table="notebooks/04-x")
    one = study.load()
    one.translations.clear()
    one.translations["es"] = held
    monkeypatch.setattr(translated, "load", lambda name: one)
    for _ in range(2):
        assert notebooks.execute_translated(tmp_path, told.append) == 0
    assert told == ["in es: 04-x.ipynb: changed", "in es: 04-x.ipynb: unchanged"]
    assert path.read_bytes() == before
    assert {file.name for file in tmp_path.rglob("*.*")} == {"04-x.ipynb", "04-picture.png"}
