"""The neutral notebook: studies of any size, its sentences, and what it may touch."""

import html
import itertools
import re
import shutil
from dataclasses import replace

import invented
import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from helpers import assert_readable, contents

from analysis import agreement, figures, measures, notebooks, report, robustness, study
from analysis.figures import fonts
from analysis.notebooks import run
from analysis.study.wording import say

FIGURES = ["article_map", "asks", "positions", "voices"]
CYRILLIC = [f"Права рабочих и пенсионеров в регионах страны {n}" for n in range(12)]
GREEK = [f"Μετανάστευση και άσυλο στα νησιά του Αιγαίου {n}" for n in range(13)]
SIZES = {
    "two sides, three issues": {"sides": 2, "issues": 3, "statements": 9},
    "three sides, 25 issues": {"sides": 3, "statements": 75, "labels": CYRILLIC + GREEK, "names": ["Ελλάδα", "Болгария", "España"]},
    "six sides, 30 issues": {
        "sides": 6, "statements": 120, "labels": [f"{n} {invented.LONG}"[:80].strip() for n in range(30)],
        "names": ["Federation of the Northern Isles", "République démocratique du Sud", "Ελληνική Δημοκρατία",
                  "Российская Федерация", "Österreich-Ungarn", "Ñandú y Piñón"],
    },
}  # fmt: skip


@pytest.fixture(
    scope="module", params=[*list(SIZES)[:2], pytest.param(list(SIZES)[2], marks=pytest.mark.slow)]
)
def made(request, tmp_path_factory):
    mpl.use("agg")
    return invented.load(tmp_path_factory.mktemp("size"), **SIZES[request.param])


def table_of(made, name):
    return {
        "article_map": report.page,
        "asks": report.story,
        "positions": measures.relations,
        "voices": measures.voices,
    }[name](made)


@pytest.mark.parametrize("name", FIGURES)
def test_figures_of_any_size_are_readable(made, name):
    figure = getattr(figures, name)(made, table_of(made, name), getattr(report, name)(made), "About it.")
    assert_readable(figure)
    plt.close(figure)


def test_long_labels_are_whole(made):
    table = measures.relations(made)
    figure = figures.positions(made, table, "A title", "About it.")
    shown = " ".join(" ".join(text.get_text().split()) for text in figure.axes[0].texts)
    for row in table.query("relation != 'absent'").itertuples():
        label = made.issues.set_index("issue").at[row.issue, "label"]
        assert label in shown or f"{label[:40]}" in shown
    plt.close(figure)


def test_a_font_of_the_system_or_one_line():
    from matplotlib.font_manager import fontManager

    own = fonts.signs(fonts.face("bold"))
    others = {e.fname for e in fontManager.ttflist if "Last Resort" not in e.name and e.style == "normal"}
    sign = next(chr(c) for file in sorted(others) for c in sorted(fonts.signs(file) - own) if c > 0x2100)
    shown, font = fonts.drawable(f"a {sign}", 12, "bold")
    assert shown == f"a {sign}" and font.get_file() is None and len(font.get_family()) == 2
    assert fonts.drawable("a \U0010fffd", 12)[0] == "a ▯"
    shown, font = fonts.drawable("Ελλάδα, Россия, niñez", 12)
    assert shown == "Ελλάδα, Россия, niñez" and font.get_file() == fonts.face("normal")


def test_a_letter_without_a_font_is_told_once():
    river = study.load("dos-orillas")
    river.meta["sides"]["Almara"]["label"] = "Almara \u13a0\ua500\U00012000"
    figure = figures.voices(river, measures.voices(river), "A title", "About it.")
    figure.canvas.draw()
    told = " ".join(" ".join(text.get_text() for text in figure.texts).split())
    assert told.count(say(river, "no-letter")) == 1
    plt.close(figure)


def test_a_table_puts_words_left_numbers_right_and_says_a_value_once():
    frame = pd.DataFrame({"side": ["US", "US"], "issue": ["a|b", "<i>"], "n": [1, 20]})
    frame = frame.assign(so=[True, False], share=[0.5, None])
    lines = report.table(frame.set_index(["side", "issue"])).splitlines()
    assert lines[:2] == ["| side | issue | n | so | share |", "| :--- | :--- | ---: | :--- | ---: |"]
    assert lines[2:] == ["| US | a&#124;b | 1 | yes | 0.50 |", "|  | &#60;i&#62; | 20 | no | – |"]
    assert report.table(frame[["side"]]).splitlines()[2] == "| US |"


def test_sentences_have_the_numbers_of_the_tables():
    river = study.load("dos-orillas")
    river = replace(river, meta=river.meta | {"language": "en"})
    assert report.asks(river) == "Almara asks for 4 things, Torvia asks for 1 thing"
    assert report.positions(river) == "Of 8 issues, 2 shared, 4 opposed and 2 one-sided"
    words = measures.voices(river).loc[["Almara", "Torvia"]]
    told = words["reporter"] + words["observer"]
    assert report.voices(river) == (
        f"Told by others: Almara {told['Almara']} of {words.at['Almara', 'statements']}, "
        f"Torvia {told['Torvia']} of {words.at['Torvia', 'statements']}"
    )
    table = agreement.summary(agreement.passes(river))
    assert f"{table['alpha'].min():.2f}" in report.agreement(table)
    tried = report.tried(river)
    falls = robustness.grid(river).any(axis=1)
    assert report.overturns(tried).startswith(f"{(~falls).sum() or 'None'} of {len(falls)} ")
    assert ((tried > 0).any(axis=1).to_numpy() == falls.to_numpy()).all()


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Return the folder of a study full of markup with its notebook, and what stood there before."""
    root = tmp_path_factory.mktemp("markup")
    bad = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    labels = ["<b>bold</b>", "[link](javascript:alert(3))", "$x^2$ & co", "`code` *stars* _lines_"]
    folder = invented.invent(root, sides=2, labels=labels, statements=12)
    for file, old in (("codings/first.csv", "statement 1 about"), ("study.toml", "An invented study")):
        path = folder / file
        text = path.read_text(encoding="utf-8").replace(
            old, (bad if file.endswith("toml") else "<i>x</i>").replace('"', "'"), 1
        )
        path.write_text(text, encoding="utf-8")
    one = bad.replace(chr(34), chr(39))
    (folder / "findings.csv").write_text(
        f"finding,short,sentence,predicate,arguments\nf1,{one},{one},told_apart,side=s1; other=s2\n",
        encoding="utf-8",
    )
    before = contents(root)
    assert notebooks.execute_study(folder, report=lambda line: None) == 0
    return folder, before


def test_the_notebook_touches_nothing_else(executed):
    folder, before = executed
    after = contents(folder.parent)
    assert {name: after[name] for name in before} == before
    new = {name.removeprefix("invented/") for name in set(after) - set(before)}
    assert "study.ipynb" in new and all(
        re.fullmatch(r"study\.ipynb|figures/study-[a-z-]+\.png", name) for name in new
    )


def test_no_markup_reaches_html(executed):
    notebook = nbformat.read(executed[0] / "study.ipynb", 4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr" and output.output_type != "error"
            for kind in ("text/html", "text/markdown"):
                text = output.get("data", {}).get(kind, "")
                assert not re.search(r"<(script|img|i)\b", text)
                assert kind == "text/html" or "](java" not in text
    text = str(notebook.cells)
    assert "alert(1)" in html.unescape(text)


def test_the_shipped_notebook_is_the_template_executed():
    shipped = nbformat.read(study.find("dos-orillas") / "study.ipynb", 4)
    template = run.told(study.find("dos-orillas"))
    assert [(c.id, c.source) for c in shipped.cells] == [(c.id, c.source) for c in template.cells]
    code = [cell for cell in shipped.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


def test_each_picture_is_followed_by_words(executed):
    cells = nbformat.read(executed[0] / "study.ipynb", 4).cells
    pictures = 0
    for cell, following in itertools.pairwise(cells):
        if any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])):
            pictures += 1
            assert following.outputs[0]["data"]["text/markdown"].startswith("**In words.** "), cell.id
    assert pictures == 5


def test_words_name_what_is_drawn(made):
    labels = study.labels(made)
    words = {name: html.unescape(report.in_words(made, name, table_of(made, name))) for name in FIGURES}
    assert all(text.startswith("**In words.** ") for text in words.values())
    for gist in measures.asks(made).drop_duplicates(["side", "toward", "issue"])["gist"]:
        assert gist in words["asks"]
    table = measures.voices(made)
    for side in made.meta["compare"]:
        for word in ("own", "act", "reporter", "observer"):
            assert re.search(
                rf"{re.escape(labels.sides[side])}: [^;]*\b{table.at[side, word]}\b", words["voices"]
            )
    for row in measures.relations(made).query("relation == 'opposed'").itertuples():
        assert f"{labels.issues[row.issue]} (opposed): " in words["positions"]
    for theme in {*report.page(made)["theme"]} - {""}:
        assert labels.themes[theme] in words["article_map"]


def test_a_failed_notebook_leaves_the_folder(tmp_path, monkeypatch):
    folder = shutil.copytree(study.find("dos-orillas"), tmp_path / "dos-orillas")
    broken = nbformat.read(run.TEMPLATE, 4)
    broken.cells[2].source = "raise RuntimeError"
    nbformat.write(broken, tmp_path / "broken.ipynb")
    monkeypatch.setattr(run, "TEMPLATE", tmp_path / "broken.ipynb")
    before = contents(folder)
    assert notebooks.execute_study(folder, report=lambda line: None) == 1
    assert contents(folder) == before
