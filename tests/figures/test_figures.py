"""Figures: what their titles, labels, order and marks say, and that all of it can be read."""

import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from helpers import assert_readable, shown
from matplotlib.colors import to_hex

from analysis import claims, figures, measures, report, study
from analysis.figures import fonts, sheet

US, MEXICO = "#0072B2", "#B85C00"
TITLE, ABOUT = "A finding as a title", "What is shown, where and when"


@pytest.fixture(autouse=True)
def closed():
    mpl.use("agg")
    yield
    plt.close("all")


def draw(name, summit):
    """Draw one of the ten figures, with all that it can show."""
    tables = {
        "asks": lambda: (report.story(summit), {"remark": "A remark."}),
        "article_map": lambda: (report.page(summit), {"parts": {"h1": "One", "p10": "Two", "p17": "Three"}}),
        "voices": lambda: (measures.voices(summit), {"labels": {"US-act": "a remark"}}),
        "positions": lambda: (measures.relations(summit), {"labels": {"energy-policy": "a remark"}}),
        "layers": lambda: (
            measures.named(summit),
            {"ring": "arms-trafficking", "remark": "A remark."},
        ),
        "texts": lambda: (report.texts(summit), {"remark": "A remark."}),
        "scorecard": lambda: (claims.ledger(summit), {}),
        "months": lambda: (
            summit.series.query("series == 'months'"),
            {"rise": ("2021-06", "2021-09"), "event": "2021-06-08", "labels": {"event": "An event"}},
        ),
        "years": lambda: (
            summit.series,
            {
                "lines": ["mexico-un", "us-un"],
                "dots": ["mexico-inegi", "us-cdc"],
                "labels": {"mexico-inegi": "One", "us-cdc": "Other"},
                "ratio": ("2020", "mexico-inegi", "us-cdc"),
            },
        ),
        "overturns": lambda: (report.tried(summit), {}),
    }
    table, more = tables[name]()
    return getattr(figures, name)(summit, table, TITLE, ABOUT, **more), table


NAMES = [
    "asks",
    "article_map",
    "voices",
    "positions",
    "layers",
    "texts",
    "scorecard",
    "months",
    "years",
    "overturns",
]


def said(figure):
    """Return what a figure says, with line breaks as spaces."""
    return [" ".join(text.get_text().split()) for text in shown(figure)]


def marks(figure, colour):
    """Return the places of the filled marks of a colour that are drawn one by one."""
    return np.array(
        [
            (line.get_xdata()[0], line.get_ydata()[0])
            for line in figure.axes[0].lines
            if line.get_marker() != "None" and to_hex(line.get_markerfacecolor()).upper() == colour
        ]
    )


@pytest.mark.parametrize("name", NAMES)
def test_all_can_be_read(summit, name):
    figure, _ = draw(name, summit)
    assert_readable(figure)
    assert figure.get_suptitle() == TITLE and figure._suptitle.get_fontsize() >= 16
    assert ABOUT in said(figure)
    assert any(text.startswith("Source") for text in said(figure))
    assert figure.get_size_inches()[0] == sheet.WIDTH == 7
    assert not any(text.endswith("…") for text in said(figure))


@pytest.mark.parametrize("name", NAMES)
def test_the_typeface_is_the_pinned_one(summit, name):
    figure, _ = draw(name, summit)
    for text in shown(figure):
        assert text.get_fontproperties().get_file() in {fonts.face(weight) for weight in fonts.FACES}


def test_the_same_bytes_each_time(summit):
    def drawn():
        out = io.BytesIO()
        draw("asks", summit)[0].savefig(out)
        return out.getvalue()

    assert drawn() == drawn()


def test_long_titles_are_broken(summit):
    figure = figures.voices(summit, measures.voices(summit), "word " * 40, ABOUT)
    figure.canvas.draw()
    assert figure._suptitle.get_window_extent().x1 <= figure.bbox.x1


def test_a_dollar_sign_is_no_mathematics(summit):
    figure = figures.voices(summit, measures.voices(summit), "from $1 to $2", ABOUT)
    assert not figure._suptitle.get_parse_math()
    assert not any(text.get_parse_math() for text in figure.axes[0].texts)


def test_asks_have_a_row_each_and_every_cell(summit):
    figure, table = draw("asks", summit)
    words = said(figure)
    cells = [name for name in table.columns if f"{name} mark" in table]
    columns = ["ask", "gist", "told by", *cells]
    for row in table.to_dict("records"):
        for name in columns:
            assert any(row[name] in text for text in words), (name, row[name])
    heads = [text for text in words if text.startswith("Asked by")]
    assert heads == ["Asked by the United States", "Asked by Mexico"]
    faces = [to_hex(dot.get_facecolor()[0]) for dot in figure.axes[0].collections]
    assert cells == ["other side", "own texts", "adopted", "outcome"]
    marks = table[[f"{name} mark" for name in cells]].to_numpy().ravel().tolist()
    assert faces.count(sheet.INK.lower()) == marks.count("full") and len(faces) == len(marks) - marks.count(
        ""
    )
    assert set(table.loc[table["own texts"].str.startswith("asked"), "own texts mark"]) == {"full"}
    assert set(table.loc[table["outcome"] == "in force", "outcome mark"]) == {"full"}


def test_asks_of_a_study_with_one_text(river):
    table = report.story(river)
    assert [name for name in table.columns if name.endswith("mark")] == ["other side mark"]
    figure = figures.asks(river, table, TITLE, ABOUT)
    assert_readable(figure)
    crosses = [dot for dot in figure.axes[0].collections if len(dot.get_paths()[0].vertices) > 10]
    assert len(table) == len(measures.asks(river)) and crosses


def test_layers_mark_each_count_and_each_lack(summit):
    figure, table = draw("layers", summit)
    words = said(figure)
    together = table.groupby("issue")["together"].first()
    assert (
        table["adopted"] > table["together"]
    ).any()  # what one government promised for itself is not common
    counts = [*table["declared"], *table["reported"], *together]
    for number in {number for number in counts if number}:
        assert words.count(str(number)) == counts.count(number)
    lacking = (table["declared"] > 0) != (table["reported"] > 0)
    pointed = (table["issue"] == "arms-trafficking") & (table["declared"] == 0)
    compared = table["side"].isin(summit.meta["compare"])
    assert words.count("0") == (compared & (lacking | pointed)).sum()


def test_positions_stand_at_their_end(summit):
    figure, table = draw("positions", summit)
    heads = {
        text.get_text(): text.get_position()[0]
        for text in figure.axes[0].texts
        if text.get_text() in ("against", "both ways", "in favour", "no position")
    }
    for side, colour in (("US", US), ("Mexico", MEXICO)):
        x = marks(figure, colour)[1:, 0]  # The first is the one beside the name.
        for sign, head in (("+", "in favour"), ("−", "against"), ("±", "both ways")):
            shared = table["relation"].isin(["shared", "opposed", "mixed", "one-sided"])
            assert (abs(x - heads[head]) < 0.2).sum() == (shared & (table[side] == sign)).sum()
    hollow = marks(figure, "#FFFFFF")[:, 0]
    assert (hollow == heads["no position"]).all() and heads["no position"] > heads["in favour"] + 0.5
    assert len(hollow) == (shared & (table[["US", "Mexico"]] == "0").any(axis=1)).sum()


def test_voices_stand_on_their_side_of_the_spine(summit):
    figure, table = draw("voices", summit)
    for side, colour, sign in (("US", US, -1), ("Mexico", MEXICO, 1)):
        x = marks(figure, colour)[:, 0]
        assert len(x) == table.at[side, "statements"] and (sign * (x - sheet.INNER / 2) > 0).all()


def test_bars_of_the_map_are_as_long_as_the_text(summit):
    figure, table = draw("article_map", summit)
    grey = [p.get_width() for p in figure.axes[0].patches if to_hex(p.get_facecolor()).upper() == sheet.FAINT]
    long = table.drop_duplicates("paragraph")["characters"].to_numpy()
    assert np.allclose(np.array(grey) / grey[0], long / long[0])
    themes = {entry["colour"].upper() for entry in summit.meta["themes"].values()}
    colours = {to_hex(p.get_facecolor()).upper() for p in figure.axes[0].patches}
    coded = {summit.meta["themes"][theme]["colour"].upper() for theme in table["theme"] if theme}
    assert colours & themes == coded
    x = marks(figure, MEXICO)
    assert len(x) - 1 == (table["side"] == "Mexico").sum()


def test_texts_are_divided_by_theme(summit):
    figure, table = draw("texts", summit)
    bars = figure.axes[1].patches
    for place, theme in enumerate(summit.meta["themes"]):
        mine = bars[place * len(table) : (place + 1) * len(table)]
        assert np.allclose([bar.get_width() for bar in mine], table[theme])
    assert table.loc[table["statements"] > 0, "security":].sum(axis=1).round(9).eq(1).all()
    for text in table["text"]:
        assert text in said(figure)


def test_scorecard_has_a_square_for_each_claim(summit):
    figure, table = draw("scorecard", summit)
    square = max(patch.get_width() for patch in figure.axes[0].patches)
    large = [to_hex(p.get_facecolor()) for p in figure.axes[0].patches if p.get_width() == square]
    assert len(large) == len(table)
    wrong = table[table["verdict"] == "contradicted"]
    for wording in wrong["wording"]:
        assert wording in said(figure)
    unsure = table.query("sort == 'figures' and verdict != 'supported'")
    assert all(wording in said(figure) for wording in unsure["wording"])


def test_months_are_as_high_as_their_counts(summit):
    figure, table = draw("months", summit)
    heights = [bar.get_height() for bar in figure.axes[1].patches]
    assert heights == table["value"].astype(float).tolist()
    words = said(figure)
    assert "+119.5%" in words and "8 June: An event" in words and words.count("no figure found") == 1


def test_years_draw_their_points(summit):
    figure, table = draw("years", summit)
    lines = [line for line in figure.axes[1].lines if len(line.get_xdata()) > 2]
    for line, name in zip(lines, ["mexico-un", "us-un", "mexico-inegi"], strict=False):
        points = table[table["series"] == name]
        assert line.get_ydata().tolist() == points["value"].astype(float).tolist()
    assert any("3.7 times in 2020" in text for text in said(figure))


def test_overturns_cross_out_what_falls(summit):
    figure, table = draw("overturns", summit)
    sizes = [len(dots.get_offsets()) for dots in figure.axes[0].collections]
    # One more of each explains it below the figure.
    assert sizes == [(table == 0).to_numpy().sum() + 1, (table > 0).to_numpy().sum() + 1]
    for number in set(table.to_numpy().ravel()) - {0, 1}:
        assert said(figure).count(str(number)) == (table == number).to_numpy().sum()


def test_words_of_the_story(summit):
    from analysis.report import tables

    assert [tables.times(summit, number) for number in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert tables.outcome_words(summit, "words", "words") == "words only"
    assert tables.outcome_words(summit, "in force", "reversed") == "in force, then reversed"


@pytest.fixture(scope="module")
def river():
    return study.load("dos-orillas")
