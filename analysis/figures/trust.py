"""The figure of what would overturn each finding."""

from analysis.figures.fonts import width, wrapped
from analysis.figures.sheet import rule, sheet, write
from analysis.figures.style import INK, INNER, NOTE, SOFT
from analysis.study.wording import say

ROOM = 2.9
FALLS = "#B2182B"


def overturns(study, table, title, subtitle, source=None):
    """Draw findings down and what was tried across: a dot where a finding holds, a cross where it falls.

    Beside a cross stands in how many ways it falls.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `report.tried` returns it: one row per finding, its short sentence as the index; one column for
        each kind of change, and in how many ways of it the finding falls.
    title, subtitle, source : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    longest = max((width(word, NOTE) for name in table.columns for word in name.split()), default=0)
    wide = max(longest + 0.1, (INNER - ROOM) / max(1, len(table.columns)))
    room = INNER - wide * len(table.columns)
    sentences = [wrapped(text, room - 0.1, lines=3) for text in table.index]
    heads = [wrapped(name, wide - 0.06, NOTE, lines=4) for name in table.columns]
    top = 0.1 + 0.17 * max(map(len, heads), default=0)
    highs = [0.16 + 0.19 * len(lines) for lines in sentences]
    figure, axes = sheet(study, top + sum(highs) + 0.42, title, subtitle, source)
    for place, lines in enumerate(heads):
        x = room + wide * (place + 0.5)
        write(axes, x, top - 0.05, "\n".join(lines), size=NOTE, ha="center", va="bottom", color=SOFT)
    y, falls, stands = top, [], []
    rule(axes, y, color=INK, width=1.2)
    for lines, high, numbers in zip(sentences, highs, table.to_numpy(), strict=True):
        write(axes, 0, y + high / 2, "\n".join(lines))
        for place, ways in enumerate(numbers):
            at = (room + wide * (place + 0.5), y + high / 2)
            (falls if ways else stands).append(at)
            if ways:
                write(axes, at[0] + 0.12, at[1], str(ways), size=NOTE, color=FALLS)
        y += high
        rule(axes, y)
    told = say(study, "holds")
    x, y = 0.5 + width(told, NOTE), y + 0.2
    write(axes, 0.22, y, told, size=NOTE)
    write(axes, x + 0.17, y, say(study, "falls"), size=NOTE)
    axes.scatter(*zip((0.08, y), *stands, strict=True), s=26, color=INK, lw=0)
    axes.scatter(*zip((x, y), *falls, strict=True), s=110, marker="X", color=FALLS, lw=0, zorder=3)
    return figure
