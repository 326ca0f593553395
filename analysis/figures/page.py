"""The map of the article, paragraph by paragraph."""

from itertools import groupby, pairwise

from matplotlib.patches import Rectangle

from analysis.figures.fonts import width, wrapped
from analysis.figures.sheet import mark, sheet, write, write_sides
from analysis.figures.style import FAINT, INK, INNER, NOTE, SOFT, ink_on

STEP, LINE = 0.255, 0.165
NAMES, BARS, MARKS = 2.9, 3.0, 5.3  # inches from the left


def article_map(study, table, title, subtitle, source=None, labels=None, parts=None):
    """Draw the article as it stands: one bar per paragraph, coloured by theme, and the sides heard.

    A theme is named in its first bar that is long enough.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `report.page` returns it.
    title, subtitle, source : str
    labels : dict of str to str, optional
        What paragraphs say in a few words, by their ids; by default their gists.
    parts : dict of str to str, optional
        What the page is about from a paragraph on, by its id, for brackets at the left edge.

    Returns
    -------
    matplotlib.figure.Figure
    """
    palette, room = study.meta["themes"], NAMES - (0.4 if parts else 0)
    rows = [(name, found) for name, found in table.groupby("paragraph", sort=False)]
    told = [
        wrapped((labels or {}).get(name, found["gist"].iloc[0]), room, NOTE, lines=3) for name, found in rows
    ]
    scale = (MARKS - BARS - 0.1) / table["characters"].max()
    roomy = {theme for _, found in rows for theme, start, end in _stretches(found)
             if (end - start) * scale > width(palette[theme]["label"], NOTE, "bold") + 0.08}  # fmt: skip
    unnamed = [theme for theme in palette if (table["theme"] == theme).any() and theme not in roomy]
    heard = [side for side in study.meta["sides"] if (table["side"] == side).any()]
    tops = [0.3 + 0.25 * bool(unnamed)]
    for lines in told:
        tops.append(tops[-1] + STEP + LINE * (len(lines) - 1))
    figure, axes = sheet(study, tops[-1] + 0.05, title, subtitle, source)
    write_sides(axes, study, 0, 0.1, INNER, heard, NOTE)
    name_themes(axes, study, unnamed, 0, 0.34)
    for (_, found), lines, (top, bottom) in zip(rows, told, pairwise(tops), strict=True):
        y, colour = (top + bottom) / 2, INK if found["issue"].any() else SOFT
        write(axes, NAMES, y, "\n".join(lines), size=NOTE, ha="right", color=colour)
        axes.add_patch(
            Rectangle((BARS, y - 0.09), found["characters"].iloc[0] * scale, 0.18, color=FAINT, lw=0)
        )
        for theme, start, end in _stretches(found):
            entry, x, wide = palette[theme], BARS + start * scale, (end - start) * scale
            axes.add_patch(Rectangle((x, y - 0.09), wide, 0.18, fc=entry["colour"], ec="white", lw=0.8))
            if theme in roomy and width(entry["label"], NOTE, "bold") + 0.08 < wide:
                ink = ink_on(entry["colour"])
                write(axes, x + 0.05, y, entry["label"], size=NOTE, weight="bold", color=ink)
                roomy.discard(theme)
        sides = [side for side in found["side"] if side in heard]
        for k, side in enumerate(sides):
            mark(axes, study, side, MARKS + 0.08 + min(0.2, (INNER - MARKS) / len(sides)) * k, y, size=46)
    if parts:
        _brackets(axes, parts, [name for name, _ in rows], tops)
    return figure


def name_themes(axes, study, themes, x, y):
    """Name the themes that no bar had room for, in a line of squares and words."""
    for theme in themes:
        entry = study.meta["themes"][theme]
        axes.add_patch(Rectangle((x, y - 0.07), 0.14, 0.14, color=entry["colour"], lw=0))
        write(axes, x + 0.19, y, entry["label"], size=NOTE)
        x += 0.34 + width(entry["label"], NOTE)


def _stretches(found):
    """Return theme, start and end of what is coded; where passages overlap, the later one shows."""
    coded = found[found["end"] > 0]
    out = []
    for start, end in pairwise(sorted({*coded["start"], *coded["end"]})):
        over = coded[(coded["start"] <= start) & (coded["end"] >= end)]
        if len(over):
            out.append((over["theme"].iloc[-1], start, end))
    runs = [list(run) for _, run in groupby(out, key=lambda item: item[0])]
    return [(run[0][0], run[0][1], run[-1][2]) for run in runs]


def _brackets(axes, parts, paragraphs, tops):
    """Draw a bracket for each part of the page, with its name upright beside it."""
    starts = [paragraphs.index(name) for name in parts] + [len(paragraphs)]
    for (begin, end), name in zip(pairwise(starts), parts.values(), strict=True):
        low, high = tops[begin] + 0.03, tops[end] - 0.03
        axes.plot([0.36, 0.3, 0.3, 0.36], [low, low, high, high], color=SOFT, lw=1.2)
        line = wrapped(name, high - low, NOTE, "bold", 1)[0]
        middle = (low + high) / 2 + width(line, NOTE, "bold") / 2
        write(axes, 0.2, middle, line, size=NOTE, weight="bold", va="baseline", rotation=90,
              rotation_mode="anchor")  # fmt: skip
