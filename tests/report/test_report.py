"""The neutral notebook: studies of any size, its sentences, and what it may touch."""

import html
import itertools
import re
import shutil

import invented
import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pytest
from helpers import assert_readable, contents

from analysis import agreement, figures, measures, notebooks, report, robustness, study
from analysis.figures import fonts
from analysis.notebooks import run
from analysis.report import markdown

FIGURES = ["article_map", "asks", "positions", "emphasis", "declared", "voices", "actors_by_issue"]
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


@pytest.mark.parametrize("name", FIGURES)
def test_figures_of_any_size_are_readable(made, name):
    figure = getattr(figures, name)(made, getattr(report, name)(made))
    assert_readable(figure, most=3)
    sizes = [text.get_fontsize() for axes in figure.axes for text in axes.texts if text.get_text()]
    assert min(sizes) >= 5.5
    plt.close(figure)


def test_long_labels_are_whole(made):
    figure = figures.positions(made, "A title")
    shown = " ".join(" ".join(text.get_text().split()) for text in figure.axes[0].texts)
    for row in measures.relations(made).query("relation != 'absent'").itertuples():
        label = made.issues.set_index("issue").at[row.issue, "label"]
        assert label in shown or f"{label[:40]}" in shown
    plt.close(figure)


def test_a_font_of_the_system_or_one_line():
    from matplotlib.font_manager import findfont, fontManager

    plotting = fonts.signs(findfont("DejaVu Sans"))
    others = {e.fname for e in fontManager.ttflist if "Last Resort" not in e.name and e.style == "normal"}
    sign = next(chr(c) for file in sorted(others) for c in sorted(fonts.signs(file) - plotting) if c > 0x2000)
    shown, style = fonts.drawable(f"a {sign}")
    assert shown == f"a {sign}" and len(style["fontfamily"]) == 2 and style["fontweight"] == "normal"
    shown, style = fonts.drawable("a \U0010fffd")
    assert shown == "a ▯"
    assert fonts.drawable("Ελλάδα, Россия, niñez") == ("Ελλάδα, Россия, niñez", {})


def test_a_letter_without_a_font_is_told_once():
    river = study.load("dos-orillas")
    river.meta["sides"]["Almara"]["label"] = "Almara \u13a0\ua500\U00012000"
    figure = figures.voices(river, "A title")
    figure.canvas.draw()
    told = " ".join(" ".join(text.get_text() for text in figure.texts).split())
    assert told.count("no font on this machine") == 1
    plt.close(figure)


def test_sentences_have_the_numbers_of_the_tables():
    river = study.load("dos-orillas")
    assert report.asks(river) == "Almara asks Torvia to act on 4 issues; Torvia asks Almara to act on 1 issue"
    assert report.positions(river) == "Of 8 issues, 2 shared, 4 opposed and 2 one-sided"
    assert "12 statements" in report.declared(river) and "20% of Torvia's" in report.voices(river)
    table = agreement.summary(agreement.passes(river))
    assert f"{table['alpha'].min():.2f}" in report.agreement(table)
    survival = robustness.survival(river, robustness.multiverse(river))
    assert report.survival(survival).startswith(
        f"{(survival['same question'] == 1).sum()} of {len(survival)}"
    )


@pytest.mark.parametrize("number, words", [(0, "no issue"), (1, "1 issue"), (2, "2 issues")])
def test_many(number, words):
    assert markdown.many(number, "issue") == words


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
    (folder / "findings.csv").write_text(
        f"finding,sentence,predicate,arguments\nf1,{bad.replace(chr(34), chr(39))},heard_more,side=s1; other=s2; times=0.1\n",
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
    template = nbformat.read(run.TEMPLATE, 4)
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
    assert pictures >= 9


def test_words_name_what_is_drawn(made):
    labels = study.labels(made)
    for name in FIGURES:
        assert report.in_words(made, name).startswith("**In words.** ")
    text = html.unescape(report.in_words(made, "emphasis"))
    gaps = measures.gaps(made)
    for row in gaps.to_dict("records"):
        one, other = made.meta["compare"]
        shares = [
            f"{labels.sides[side]} {row[side]:.0%}" if row[side] else f"{labels.sides[side]} no statement"
            for side in (one, other)
        ]
        assert f"{labels.issues[row['issue']]}: {', '.join(shares)}" in text
    asked = html.unescape(report.in_words(made, "asks"))
    for gist in measures.asks(made)["gist"]:
        assert gist in asked
    voices = html.unescape(report.in_words(made, "voices"))
    table = measures.voices(made)
    for code in made.meta["baseline"]["evidence"]:
        for side in table.index:
            assert f"{labels.sides[side]} {table.at[side, code]}" in voices


def test_a_failed_notebook_leaves_the_folder(tmp_path, monkeypatch):
    folder = shutil.copytree(study.find("dos-orillas"), tmp_path / "dos-orillas")
    broken = nbformat.read(run.TEMPLATE, 4)
    broken.cells[2].source = "raise RuntimeError"
    nbformat.write(broken, tmp_path / "broken.ipynb")
    monkeypatch.setattr(run, "TEMPLATE", tmp_path / "broken.ipynb")
    before = contents(folder)
    assert notebooks.execute_study(folder, report=lambda line: None) == 1
    assert contents(folder) == before
