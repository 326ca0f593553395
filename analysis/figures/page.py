"""The map of the article, paragraph by paragraph."""

from itertools import groupby, pairwise

import matplotlib.pyplot as plt

from analysis.figures.sheet import (
    FAINT,
    INK,
    INNER,
    NOTE,
    SOFT,
    ink_on,
    mark,
    ruler,
    sheet,
    width,
    wrapped,
    write,
    write_sides,
)
from analysis.study.codebook import NONE
from analysis.study.wording import say

STEP = 0.255
NAMES, BARS, MARKS = 2.3, 2.4, 4.95  # inches from the left


def article_map(study, table, title, subtitle, source=None, parts=None):
    """Draw the article as it stands: one bar per paragraph, coloured by theme, and the sides heard.

    A theme is named in its first bar that is long enough.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `report.page` returns it.
    title, subtitle : str
    source : str, optional
    parts : dict of str to str, optional
        What the page is about from a paragraph on, by its id, for brackets at the left edge.

    Returns
    -------
    matplotlib.figure.Figure
    """
    palette = study.meta["themes"]
    rows = list(table.groupby("paragraph", sort=False))
    edge = 0.4 if parts else 0.0
    scale = (MARKS - BARS - 0.1) / table["characters"].max()
    unnamed = [theme for theme in palette if not _named(study, table, theme, scale)]
    unnamed = [theme for theme in unnamed if (table["theme"] == theme).any()]
    lines = 0.25 * bool(unnamed)
    top = 0.3 + lines
    figure, axes = sheet(study, top + STEP * len(rows) + 0.05, title, subtitle, source)
    write_sides(axes, study, INNER, 0.1, INNER - BARS, NOTE, right=True)
    name_themes(axes, study, unnamed, 0, 0.34)
    waiting = set(palette)
    for place, (_, found) in enumerate(rows):
        y = top + STEP * (place + 0.5)
        first = found.iloc[0]
        write(axes, NAMES, y, _gist(study, found), NAMES - edge, 1, size=NOTE, ha="right",
              color=INK if first["issue"] else SOFT)  # fmt: skip
        axes.add_patch(plt.Rectangle((BARS, y - 0.09), first["characters"] * scale, 0.18, color=FAINT, lw=0))
        for theme, start, end in _stretches(found):
            colour = palette[theme]["colour"]
            place_, wide = BARS + start * scale, (end - start) * scale
            axes.add_patch(plt.Rectangle((place_, y - 0.09), wide, 0.18, fc=colour, ec="white", lw=0.8))
            label = palette[theme]["label"]
            if theme in waiting and width(figure, label, NOTE, "bold") < wide - 0.08:
                ink = ink_on(colour)
                write(axes, place_ + 0.05, y, label, size=NOTE, weight="bold", color=ink)
                waiting.discard(theme)
        heard = [side for side in found["side"] if side and side != NONE]
        gap = min(0.2, (INNER - MARKS) / max(1, len(heard)))
        for k, side in enumerate(heard):
            mark(axes, study, side, MARKS + 0.08 + gap * k, y, size=46)
    if parts:
        _brackets(axes, parts, [name for name, _ in rows], top)
    return figure


def _named(study, table, theme, scale):
    """Return True if a bar of a theme is long enough for its name."""
    room = width(ruler(), study.meta["themes"][theme]["label"], NOTE, "bold") + 0.08
    bars = (_stretches(found) for _, found in table.groupby("paragraph", sort=False))
    return any(name == theme and (end - start) * scale > room for bar in bars for name, start, end in bar)


def name_themes(axes, study, themes, x, y=0.1):
    """Name the themes that no bar had room for, in a line of squares and words."""
    for theme in themes:
        entry = study.meta["themes"][theme]
        axes.add_patch(plt.Rectangle((x, y - 0.07), 0.14, 0.14, color=entry["colour"], lw=0))
        write(axes, x + 0.19, y, entry["label"], size=NOTE)
        x += 0.34 + width(axes.figure, entry["label"], NOTE)


def _gist(study, found):
    """Say in a few words what a paragraph is about: the issue that most of its statements are on."""
    first = found.iloc[0]
    if first["kind"] in ("headline", "link"):
        return say(study, f"kind-{first['kind']}")
    if not first["issue"]:
        return say(study, "kind-nothing")
    issue = found["issue"].value_counts(sort=False).idxmax()
    label = study.issues.set_index("issue")["label"][issue]
    if first["kind"] == "caption":
        return say(study, "kind-photo", issue=label[:1].lower() + label[1:])
    return label


def _stretches(found):
    """Return theme, start and end of what is coded; where passages overlap, the later one shows."""
    coded = found[found["end"] > 0]
    cuts = sorted({*coded["start"], *coded["end"]})
    out = []
    for start, end in pairwise(cuts):
        over = coded[(coded["start"] <= start) & (coded["end"] >= end)]
        if len(over):
            out.append((over["theme"].iloc[-1], start, end))
    return [
        (theme, run[0][1], run[-1][2])
        for theme, run in ((theme, list(run)) for theme, run in groupby(out, key=lambda item: item[0]))
    ]


def _brackets(axes, parts, paragraphs, top):
    """Draw a bracket for each part of the page, with its name upright beside it."""
    starts = [paragraphs.index(name) for name in parts] + [len(paragraphs)]
    for (begin, end), name in zip(pairwise(starts), parts.values(), strict=True):
        low, high = top + STEP * begin + 0.05, top + STEP * end - 0.05
        axes.plot([0.36, 0.3, 0.3, 0.36], [low, low, high, high], color=SOFT, lw=1.2)
        lines = wrapped(axes.figure, name, high - low, NOTE, "bold", 1)
        half = width(axes.figure, lines[0], NOTE, "bold") / 2
        write(axes, 0.2, (low + high) / 2 + half, lines[0], size=NOTE, weight="bold", va="baseline",
              rotation=90, rotation_mode="anchor")  # fmt: skip
