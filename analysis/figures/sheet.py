"""The sheet in inches that every figure is drawn on: title, subtitle, source, texts that fit, marks of sides."""

import re

import matplotlib.pyplot as plt
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.transforms import ScaledTranslation

from analysis.figures.fonts import drawable, unwritten, width, wrapped
from analysis.figures.style import DPI, EDGE, FAINT, INK, INNER, LABEL, NOTE, SIZE, SOFT, SOURCE, TITLE, WIDTH
from analysis.study.wording import date, say


def sheet(study, height, title, subtitle, source=None):
    """Return a figure and one axes in inches, y downwards, which has such a height between subtitle and source."""
    if unwritten(study, title, subtitle):
        subtitle += f" {say(study, 'no-letter')}"
    bold = wrapped(title, INNER, TITLE, "bold")
    small = wrapped(subtitle, INNER, LABEL)
    told = wrapped(source or source_of(study), INNER, SOURCE)
    under, foot = 0.06 + 0.27 * len(bold), 0.12 + 0.145 * len(told)
    head = under + 0.06 + 0.195 * len(small) + 0.08
    total = head + height + foot
    figure = plt.figure(figsize=(WIDTH, total), dpi=DPI)
    if type(figure.canvas).draw_idle is FigureCanvasBase.draw_idle:
        # No window to keep up to date: a notebook draws the figure once, to show it, not twice.
        figure.canvas.draw_idle = lambda: None
    axes = figure.add_axes((EDGE / WIDTH, EDGE / total, INNER / WIDTH, 1 - 2 * EDGE / total))
    axes.set(xlim=(0, INNER), ylim=(total - EDGE - head, EDGE - head))
    axes.axis("off")
    shown, font = drawable("\n".join(bold), TITLE, "bold")
    place = {"x": EDGE / WIDTH, "ha": "left", "va": "top", "parse_math": False}
    figure.suptitle(shown, y=1 - 0.07 / total, color=INK, fontproperties=font, linespacing=1.1, **place)
    lines = [(line, under + 0.04 + 0.195 * k, LABEL) for k, line in enumerate(small)]
    lines += [(line, total - foot + 0.06 + 0.145 * k, SOURCE) for k, line in enumerate(told)]
    for line, y, size in lines:
        shown, font = drawable(line, size)
        figure.text(s=shown, y=1 - y / total, color=SOFT, fontproperties=font, **place)
    return figure, axes


def source_of(study, *layers):
    """Name in a sentence the publishers of the texts of some layers, by default the article with its date."""
    rows = study.documents[study.documents["layer"].isin(layers or ["reported"])]
    published = study.meta["article"].get("published")
    names = dict.fromkeys(
        re.sub(r" *\(.*|,.*", "", name)
        for name in rows["publisher"].where(rows["publisher"] != "", rows["title"])
    )
    told = "; ".join(names) + (f", {date(study, published)}" if published and not layers else "")
    return say(study, "sources" if len(names) > 1 else "source", names=told)


def plot(axes, left, top, right, bottom):
    """Set axes of matplotlib's own, for values, into a sheet at places in its inches; return them."""
    figure = axes.figure
    to_figure = axes.transData + figure.transFigure.inverted()
    (x0, y0), (x1, y1) = to_figure.transform([(left, bottom), (right, top)])
    made = figure.add_axes((x0, y0, x1 - x0, y1 - y0))
    made.spines[:].set_visible(False)
    made.patch.set_alpha(0)
    made.tick_params(length=0, pad=4, colors=SOFT)
    made.set_axisbelow(True)
    return made


def dress(axes):
    """Set the tick labels of matplotlib's own axes in the typeface of the figures, once they are drawn on."""
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(drawable(label.get_text(), NOTE)[1])
        label.set_parse_math(False)


def write(axes, x, y, text, room=None, lines=2, size=LABEL, weight="normal", color=INK, ha="left", va="center",
          **style):  # fmt: skip
    """Write a plain text, broken into at most so many lines where it has less room; return its lines.

    The block of lines is aligned by `ha` and `va`. Without room the text stays as it is.
    """
    broken = text.split("\n") if room is None else wrapped(text, room, size, weight, lines)
    shown, font = drawable("\n".join(broken), size, weight)
    more = 1.15 * (len(broken) - 1)
    # By the base lines, so that texts beside each other are level whatever letters they have.
    down = size * {"top": 0.78 + more, "center": 0.33 + more / 2, "bottom": -0.22, "baseline": 0}[va]
    place = axes.transData + ScaledTranslation(0, -down / 72, axes.figure.dpi_scale_trans)
    axes.text(x, y, shown, transform=place, va="baseline", ha=ha, color=color, fontproperties=font,
              parse_math=False, linespacing=1.15, **style)  # fmt: skip
    return broken


def rule(axes, y, color=FAINT, width=0.8):
    """Draw a level line across a sheet."""
    axes.plot([0, INNER], [y, y], color=color, lw=width, zorder=0, solid_capstyle="butt")


def mark(axes, study, side, x, y, hollow=False, size=SIZE):
    """Draw one marker of a side."""
    entry = study.meta["sides"][side]
    # A diamond is drawn by its diagonal and looks smaller than a circle of that width.
    wide = size**0.5 * (0.92 if entry["marker"] == "D" else 1)
    face = "white" if hollow else entry["colour"]
    axes.plot([x], [y], ls="none", marker=entry["marker"], ms=wide, mew=1.3, mfc=face, mec=entry["colour"],
              zorder=3, clip_on=False)  # fmt: skip


def write_sides(axes, study, x, y, room, sides=None, size=LABEL):
    """Write the names of some sides in a row, each after its marker; by default of those compared.

    Where they are too long for the room, in inches, they end in an ellipsis.
    """
    sides = sides or study.meta["compare"]
    names = [study.meta["sides"][side]["label"] for side in sides]
    wide = [width(name, size, "bold") + 0.05 for name in names]
    if sum(wide) + 0.35 * len(wide) > room:
        wide = [room / len(wide) - 0.35] * len(wide)
    for side, name, space in zip(sides, names, wide, strict=True):
        mark(axes, study, side, x + 0.08, y)
        colour = study.meta["sides"][side]["colour"]
        write(axes, x + 0.2, y, name, space, 1, size=size, weight="bold", color=colour)
        x += space + 0.35
