"""The sheet that every figure is drawn on: title, subtitle, source, texts that fit, marks of sides.

Lengths are inches, so that a figure is laid out as it will be read. What has a value axis is drawn in
axes of matplotlib's own, which `plot` sets into the sheet.
"""

import re

import matplotlib.pyplot as plt
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from analysis.figures.fonts import drawable, unwritten
from analysis.study.wording import date, say

WIDTH = 7.0  # inches
EDGE = 0.1
INNER = WIDTH - 2 * EDGE
DPI = 144
INK, SOFT, FAINT, PALE = "#1A1A1A", "#5A5A5A", "#D9D9D9", "#F1F1F1"
TITLE, LABEL, NOTE, SOURCE = 17, 11.5, 10.5, 8.5  # points
SIZE = 60  # area of a marker, points squared


def ruler():
    """Return an empty figure on which texts can be measured before there is a sheet."""
    figure = Figure(dpi=DPI)
    FigureCanvasAgg(figure)
    return figure


def width(figure, text, size=LABEL, weight="normal"):
    """Return the width of a line of text in inches."""
    shown, font = drawable(text, size, weight)
    return _width(figure, shown, font)


def _width(figure, text, font):
    return figure.canvas.get_renderer().get_text_width_height_descent(text, font, False)[0] / DPI


def wrapped(figure, text, room, size=LABEL, weight="normal", lines=9):
    """Break a text into lines that fit into so many inches; return them.

    Where that takes more than so many lines, the last ends in an ellipsis.
    """
    shown, font = drawable(text, size, weight)
    out = [""]
    for word in shown.split():
        longer = f"{out[-1]} {word}".strip()
        if out[-1] and _width(figure, longer, font) > room:
            out.append(word)
        else:
            out[-1] = longer
    kept = out[:lines]
    if len(out) > lines:
        kept[-1] += "…"
    for place, line in enumerate(kept):
        short = line
        while len(short) > 2 and _width(figure, short, font) > room:
            short = short.rstrip("…")[:-1] + "…"
        kept[place] = short
    return kept


def sheet(study, height, title, subtitle, source=None):
    """Return a figure and one axes measured in inches, y downwards, below title and subtitle.

    Parameters
    ----------
    study : Study
    height : float
        Inches from below the subtitle to above the source.
    title, subtitle : str
    source : str, optional
        By default the article.

    Returns
    -------
    matplotlib.figure.Figure
    matplotlib.axes.Axes
        Data coordinates are inches from its upper left corner; it is INNER wide.
    """
    figure = plt.figure(figsize=(WIDTH, height), dpi=DPI)
    if type(figure.canvas).draw_idle is FigureCanvasBase.draw_idle:
        # No window to keep up to date: a notebook draws the figure once, to show it, not twice.
        figure.canvas.draw_idle = lambda: None
    if unwritten(study, title, subtitle):
        subtitle += f" {say(study, 'no-letter')}"
    bold = wrapped(figure, title, INNER, TITLE, "bold")
    small = wrapped(figure, subtitle, INNER, LABEL)
    told = wrapped(figure, source or source_of(study), INNER, SOURCE)
    under = 0.06 + 0.27 * len(bold)
    head = under + 0.06 + 0.195 * len(small) + 0.08
    foot = 0.12 + 0.145 * len(told)
    total = head + height + foot
    figure.set_size_inches(WIDTH, total)
    axes = figure.add_axes((EDGE / WIDTH, EDGE / total, INNER / WIDTH, 1 - 2 * EDGE / total))
    axes.set(xlim=(0, INNER), ylim=(total - EDGE - head, EDGE - head))
    axes.axis("off")
    title, font = drawable("\n".join(bold), TITLE, "bold")
    place = {"x": EDGE / WIDTH, "ha": "left", "parse_math": False}
    figure.suptitle(
        title, y=1 - 0.07 / total, va="top", color=INK, fontproperties=font, linespacing=1.1, **place
    )
    for lines, y, size, skip in (
        (small, under + 0.04, LABEL, 0.195),
        (told, total - foot + 0.06, SOURCE, 0.145),
    ):
        for line in lines:
            shown, font = drawable(line, size)
            figure.text(s=shown, y=1 - y / total, va="top", color=SOFT, fontproperties=font, **place)
            y += skip
    return figure, axes


def source_of(study, *layers):
    """Name the publishers of the texts of some layers, by default the article with its date.

    Parameters
    ----------
    study : Study
    *layers : str

    Returns
    -------
    str
    """
    rows = study.documents[study.documents["layer"].isin(layers or ["reported"])]
    published = study.meta["article"].get("published")
    names = dict.fromkeys(re.sub(r" *\(.*|,.*", "", name) for name in rows["publisher"])
    told = "; ".join(names) + (f", {date(study, published)}" if published and not layers else "")
    return say(study, "sources" if len(names) > 1 else "source", names=told)


def plot(axes, left, top, right, bottom):
    """Set axes of matplotlib's own into a sheet, at places in its inches.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Of a sheet.
    left, top, right, bottom : float

    Returns
    -------
    matplotlib.axes.Axes
        Without a frame; `dress` sets the type of its ticks once it is drawn on.
    """
    figure = axes.figure
    to_figure = axes.transData + figure.transFigure.inverted()
    (x0, y0), (x1, y1) = to_figure.transform([(left, bottom), (right, top)])
    made = figure.add_axes((x0, y0, x1 - x0, y1 - y0))
    made.spines[:].set_visible(False)
    made.patch.set_alpha(0)
    made.tick_params(length=0, pad=4, colors=SOFT)
    made.set_axisbelow(True)
    return made


def dress(axes, size=NOTE):
    """Set the tick labels of matplotlib's own axes in the typeface of the figures."""
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(drawable(label.get_text(), size)[1])
        label.set_parse_math(False)


def write(axes, x, y, text, room=None, lines=2, size=LABEL, weight="normal", color=INK, ha="left", va="center",
          skip=1.15, **style):  # fmt: skip
    """Write a text as it is, broken into at most so many lines where it has less room; return its lines.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    x, y : float
        Where the block of lines is aligned by `ha` and `va`.
    text : str
        Plain: a dollar sign is no mathematics.
    room : float, optional
        Inches; without it the text stays on one line.
    lines : int
    size : float
        Points.
    weight : {'normal', 'bold', 'italic'}
    skip : float
        Spacing of the lines, as a share of their height.
    """
    broken = [text] if room is None else wrapped(axes.figure, text, room, size, weight, lines)
    shown, font = drawable("\n".join(broken), size, weight)
    more = shown.count("\n") * skip
    # By the base lines, so that texts beside each other are level whatever letters they have.
    down = size * {"top": 0.78 + more, "center": 0.33 + more / 2, "bottom": -0.22, "baseline": 0}[va]
    place = axes.transData + ScaledTranslation(0, -down / 72, axes.figure.dpi_scale_trans)
    axes.text(x, y, shown, transform=place, va="baseline", ha=ha, color=color, fontproperties=font,
              parse_math=False, linespacing=skip, **style)  # fmt: skip
    return broken


def rule(axes, y, left=0.0, right=INNER, color=FAINT, width=0.8):
    """Draw a level line on a sheet."""
    axes.plot([left, right], [y, y], color=color, lw=width, zorder=0, solid_capstyle="butt")


def mark(axes, study, side, x, y, hollow=False, size=SIZE, colour=None):
    """Draw one marker of a side."""
    entry = study.meta["sides"][side]
    colour = colour or entry["colour"]
    # A diamond is drawn by its diagonal and looks smaller than a circle of that width.
    axes.plot(
        [x],
        [y],
        linestyle="none",
        marker=entry["marker"],
        markersize=size**0.5 * (0.92 if entry["marker"] == "D" else 1),
        zorder=3,
        markeredgewidth=1.3,
        markerfacecolor="white" if hollow else colour,
        markeredgecolor=colour,
        clip_on=False,
    )


def write_sides(axes, study, x, y, room, size=LABEL, right=False):
    """Write the names of the compared sides in a row, each after its marker and in its colour.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Of a sheet.
    study : Study
    x, y : float
        Where the row starts, or ends if it is to be `right`.
    room : float
        Inches; names that are too long for it end in an ellipsis.
    size : float
    right : bool
    """
    entries = [study.meta["sides"][side] for side in study.meta["compare"]]
    wide = [width(axes.figure, entry["label"], size, "bold") + 0.05 for entry in entries]
    if sum(wide) + 0.7 > room:
        wide = [room / len(wide) - 0.35 for _ in wide]
    x -= sum(wide) + 0.35 * len(wide) - 0.15 if right else 0
    for side, entry, space in zip(study.meta["compare"], entries, wide, strict=True):
        mark(axes, study, side, x + 0.08, y)
        write(axes, x + 0.2, y, entry["label"], space, 1, size=size, weight="bold", color=entry["colour"])
        x += space + 0.35


def ink_on(colour):
    """Return the ink, dark or white, that stands out more on a colour."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)
    )
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue  # relative luminance, WCAG 2
    return "white" if light < 0.18 else INK
