"""Figures: what their titles, labels, order and marks say."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from helpers import assert_readable
from matplotlib.colors import to_hex

from analysis import figures, measures, study
from analysis.figures import sheet, sides

NAMES = ["article_map", "asks", "positions", "emphasis", "declared", "voices", "actors_by_issue", "chance"]


@pytest.fixture(autouse=True)
def closed():
    mpl.use("agg")
    yield
    plt.close("all")


def texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def marks(figure, colour):
    """Return the places of the filled marks of a colour."""
    places = [
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in figure.axes[0].lines
        if line.get_marker() != "None" and to_hex(line.get_markerfacecolor()).upper() == colour
    ]
    return np.array(places)


@pytest.mark.parametrize("name", NAMES)
def test_title_source_and_room(summit, name):
    figure = getattr(figures, name)(summit, "A finding as a title")
    assert figure.get_suptitle() == "A finding as a title"
    assert figure.get_size_inches()[0] == sheet.WIDTH
    assert any("Source: USA TODAY, 18 November 2021" in text.get_text() for text in figure.texts)
    assert_readable(figure)


def test_long_titles_are_broken(summit):
    figure = figures.asks(summit, "word " * 40)
    figure.canvas.draw()
    assert figure._suptitle.get_window_extent().x1 <= figure.bbox.x1


def test_asks_show_every_ask_and_what_is_answered(summit):
    figure = figures.asks(summit, "t")
    answers = measures.answers(summit)
    for gist in answers["gist"]:
        assert texts(figure).count(gist) == 1
    for answer, number in answers["answer"].value_counts().items():
        assert texts(figure).count(sides.ANSWERS[answer]) == number
    heads = [text for text in texts(figure) if text.endswith("to …")]
    assert heads == ["The United States asks Mexico to …", "Mexico asks the United States to …"]


def test_positions_stand_on_their_side_of_the_line(summit):
    figure = figures.positions(summit, "t")
    upright = [line.get_xdata() for line in figure.axes[0].lines if line.get_marker() == "None"]
    line = next(x for x in upright if len(set(x)) == 1)[0]
    table = measures.positions(summit).set_index("side")
    for side in ("US", "Mexico"):
        # The first mark of the colour is the one in the key.
        x = marks(figure, summit.meta["sides"][side]["colour"])[1:, 0]
        assert (x > line + 0.01).sum() == table.loc[side, "for"].sum()
        assert (x < line - 0.01).sum() == table.loc[side, "against"].sum()
        assert (abs(x - line) <= 0.01).sum() == table.loc[side, "mixed"].sum()


def test_emphasis_puts_larger_shares_further_right(summit):
    figure = figures.emphasis(summit, "t")
    gaps = measures.gaps(summit)
    for side in ("US", "Mexico"):
        x = marks(figure, summit.meta["sides"][side]["colour"])[1:, 0]
        shares = gaps.loc[gaps[side] > 0, side].to_numpy()
        assert len(x) == len(shares)
        assert np.corrcoef(x, shares)[0, 1] == pytest.approx(1)
    names = study.labels(summit).issues
    order = [text for text in texts(figure) if text in names.values()]
    assert order == [names[issue] for issue in gaps["issue"]]


def test_voices_draw_a_mark_for_each_statement(summit):
    figure = figures.voices(summit, "t")
    voices = measures.voices(summit)
    for side, colour in (("US", "#0072B2"), ("Mexico", "#B85C00")):
        assert len(marks(figure, colour)) - 1 == voices.at[side, "statements"]


def test_declared_writes_no_statement_where_there_is_none(summit):
    figure = figures.declared(summit, "t")
    salience = measures.salience(summit)
    shown = salience[salience["side"].isin(["US", "Mexico"])]["issue"].nunique()
    missing = 2 * shown - len(salience[salience["side"].isin(["US", "Mexico"])])
    assert texts(figure).count("no statement") == missing
    assert any("López Obrador" in text for text in texts(figure))


def test_a_dollar_sign_is_no_mathematics(summit):
    figure = figures.asks(summit, "from $1 to $2")
    assert not figure._suptitle.get_parse_math()
    assert not any(text.get_parse_math() for text in figure.axes[0].texts)
