"""The sheet that every figure is drawn on: title, subtitle, source, texts that fit, marks of sides.

Lengths are inches, so that a figure is laid out as it will be read.
"""

import textwrap

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.colors import to_rgb

from analysis.figures.fonts import drawable, unwritten

WIDTH = 7.0  # inches
DPI = 144
INK, SOFT, FAINT = "#1A1A1A", "#5F5F5F", "#D9D9D9"
SIZE = 48  # area of a marker, points squared


def _fitted(figure, text, room, **style):
    """Break a text into lines that fit into so many inches; return it."""
    probe = figure.text(0, 0, text, parse_math=False, **style)
    renderer = figure.canvas.get_renderer()
    for width in range(120, 20, -2):
        probe.set_text(textwrap.fill(text, width))
        if probe.get_window_extent(renderer).width <= room * DPI:
            break
    probe.remove()
    return probe.get_text()


def canvas(height, title, subtitle, study, source=None):
    """Return a figure and one axes measured in inches, y downwards, below title and subtitle.

    The axes are `height` inches high; data coordinates are inches from their upper left corner.
    """
    edge, foot = 0.1, 0.32
    inner = WIDTH - 2 * edge
    figure = plt.figure(figsize=(WIDTH, height), dpi=DPI)
    if type(figure.canvas).draw_idle is FigureCanvasBase.draw_idle:
        # No window to keep up to date: a notebook draws the figure once, to show it, not twice.
        figure.canvas.draw_idle = lambda: None
    if unwritten(study, title, subtitle):
        subtitle += " ▯ stands for a letter that no font on this machine has."
    (title, bold), (subtitle, small) = drawable(title), drawable(subtitle)
    bold = {"fontsize": 12.5, "fontweight": "bold", "linespacing": 1.25} | bold
    small = {"fontsize": 9, "linespacing": 1.3} | small
    title, subtitle = _fitted(figure, title, inner, **bold), _fitted(figure, subtitle, inner, **small)
    below = 0.14 + 0.22 * (title.count("\n") + 1)
    total = 0.06 + below + 0.17 * (subtitle.count("\n") + 1) + height + foot
    figure.set_size_inches(WIDTH, total)
    axes = figure.add_axes((edge / WIDTH, foot / total, inner / WIDTH, height / total))
    axes.set(xlim=(0, inner), ylim=(height, 0))
    axes.axis("off")
    place = {"x": edge / WIDTH, "ha": "left", "parse_math": False}
    figure.suptitle(title, y=1 - 0.08 / total, va="top", color=INK, **bold, **place)
    figure.text(s=subtitle, y=1 - below / total, va="top", color=SOFT, **small, **place)
    if source is None:
        article = study.meta["article"]
        published = article.get("published")
        source = f"Source: {article['publisher']}" + (f", {published:%d %B %Y}" if published else "")
        source += "; statements coded from the article."
    source, script = drawable(source)
    figure.text(s=source, y=0.08 / total, va="bottom", fontsize=7.5, color=SOFT, **place, **script)
    return figure, axes


def write(axes, x, y, text, room=None, lines=2, **style):
    """Write a text as it is: a dollar sign in a table is no mathematics.

    Where it is wider than `room` inches it is broken into lines of a smaller size; what is too long
    for these ends in an ellipsis.
    """
    text, script = drawable(text)
    made = axes.text(x, y, text, parse_math=False, **{"color": INK, "va": "center", **style, **script})
    if room is None:
        return
    renderer = axes.figure.canvas.get_renderer()
    limit = room * DPI
    if made.get_window_extent(renderer).width <= limit:
        return
    size, text = made.get_fontsize(), made.get_text()
    for more, shrunk in ((0, 0.84), (1, 0.7)) if lines > 1 else ((0, 0.88),):
        made.set(fontsize=shrunk * size, linespacing=1.05)
        for width in range(len(text), 3, -1):
            broken = textwrap.wrap(text, width, max_lines=lines + more, placeholder="…")
            made.set_text("\n".join(broken) if broken else text[:width])
            if made.get_window_extent(renderer).width <= limit:
                break
        if not made.get_text().endswith("…"):
            return


def legend_places(labels, first, wide, room=6.7):
    """Place the entries of a legend by the lengths of their labels.

    Returns
    -------
    list of (float, int)
        Where each starts, in inches, and in which row; a full row is followed by another.
    """
    x, row, places = 0.0, 0, []
    for label in labels:
        size = first + wide * len(label)
        if x and x + size - 0.2 > room:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += size
    return places


def mark(axes, study, side, x, y, hollow=False, size=SIZE):
    """Draw one marker of a side."""
    entry = study.meta["sides"][side]
    axes.plot(
        [x],
        [y],
        linestyle="none",
        marker=entry["marker"],
        markersize=size**0.5,
        zorder=3,
        markeredgewidth=1.2,
        markerfacecolor="white" if hollow else entry["colour"],
        markeredgecolor=entry["colour"],
    )


def write_side(axes, study, side, x, y, **style):
    """Write the label of a side in its colour, after its marker."""
    entry = study.meta["sides"][side]
    mark(axes, study, side, x + 0.06, y)
    write(
        axes,
        x + 0.18,
        y,
        style.pop("text", entry["label"]),
        color=entry["colour"],
        fontweight="bold",
        **style,
    )


def ink_on(colour):
    """Return the ink, dark or white, that stands out more on a colour."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)
    )
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue  # relative luminance, WCAG 2
    return "white" if light < 0.18 else INK


def ticks(top):
    """Return a handful of round numbers from 0 to top."""
    step = 10.0 ** np.floor(np.log10(top / 2)) if top > 0 else 1.0
    step *= next(factor for factor in (1, 2, 5, 10) if top / (step * factor) <= 5)
    return np.arange(0, top + step / 1e6, step)
