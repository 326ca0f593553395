"""The figure of each side's asks, which tells the whole story at a glance."""

from analysis.figures.fonts import wrapped
from analysis.figures.sheet import rule, sheet, write
from analysis.figures.style import FAINT, HEAD, INK, INNER, NOTE, SOFT
from analysis.study.wording import say

ROOM = (2.4, 4.4)  # inches for what is asked, least and most
WIDE = {"own texts": 1.35}  # columns that need more room than others
LINE = 0.17


def asks(study, table, title, subtitle, source=None, remark=""):
    """Draw each ask of each side as a row, and what is known of it in columns.

    A filled dot marks what was asked, agreed or done; a hollow one what was only named or done in
    part; a cross marks what was refused, and where there is no mark, nothing was found.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `report.story` returns it.
    title, subtitle, source : str
    remark : str
        A sentence below the figure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    columns = [name for name in table.columns if f"{name} mark" in table]
    parts = [WIDE.get(name, 1.0) for name in columns]
    room = min(max(ROOM[0], INNER - 1.7 * len(columns)), ROOM[1])
    edges = [room + (INNER - room) * sum(parts[:k]) / sum(parts) for k in range(len(columns) + 1)]
    sides = [side for side in study.meta["sides"] if (table["side"] == side).any()]
    rows = [(row, _texts(study, row, columns, edges)) for row in table.to_dict("records")]
    below = wrapped(remark, INNER, weight="bold") if remark else []
    height = 0.42 + sum(_height(texts) for _, texts in rows) + 0.4 * len(sides) + 0.26 * len(below)
    figure, axes = sheet(study, height, title, subtitle, source)
    for x, name in zip(edges, columns, strict=False):
        write(axes, x, 0.2, _head(study, name), size=NOTE, weight="bold", color=SOFT)
    y = 0.42
    for side in sides:
        colour = study.meta["sides"][side]["colour"]
        rule(axes, y, color=colour, width=2.4)
        head = say(study, "asked-by", side=study.meta["sides"][side]["text"])
        write(axes, 0, y + 0.19, head, weight="bold", color=colour, size=HEAD)
        y += 0.34
        for row, texts in rows:
            if row["side"] == side:
                _draw(axes, row, texts, columns, edges, y, colour)
                y += _height(texts)
                rule(axes, y - 0.03, color=FAINT)
        y += 0.05
    write(axes, 0, y + 0.04, "\n".join(below), weight="bold", va="top")
    return figure


def _head(study, name):
    """Return what a column is called."""
    last = [*study.meta.get("horizons", {"": ""})][-1]
    return say(study, f"head-{name}", horizon=study.meta.get("horizon_names", {}).get(last, last))


def _texts(study, row, columns, edges):
    """Return the lines of an ask: what is asked and of whom, by whose word, and of each cell."""
    together = study.meta["sides"][row["toward"]].get("together")
    gist = say(study, "asked-of-all", gist=row["gist"]) if together else row["gist"]
    room = edges[0] - 0.15
    cells = [
        wrapped(row[name], edges[k + 1] - edges[k] - (0.26 if row[f"{name} mark"] else 0.1), NOTE, lines=4)
        for k, name in enumerate(columns)
    ]
    return wrapped(gist, room, NOTE, lines=3), wrapped(row["told by"], room, NOTE, lines=2), cells


def _height(texts):
    """Return how high a row must be, in inches."""
    gist, told, cells = texts
    return 0.14 + max(0.2 + LINE * (len(gist) + len(told)), 0.2 + LINE * max(map(len, cells), default=0))


def _draw(axes, row, texts, columns, edges, y, colour):
    """Draw one ask."""
    gist, told, cells = texts
    write(axes, 0, y + 0.04, row["ask"], edges[0] - 0.05, 1, weight="bold", va="top")
    y += 0.245
    write(axes, 0, y, "\n".join(gist), size=NOTE, va="top")
    write(axes, 0, y + LINE * len(gist), "\n".join(told), size=NOTE, color=colour, va="top")
    for x, name, lines in zip(edges, columns, cells, strict=False):
        sign = row[f"{name} mark"]
        look = {"weight": "normal"} if sign else {"weight": "italic", "color": SOFT}
        write(axes, x + (0.18 if sign else 0), y, "\n".join(lines), size=NOTE, va="top", **look)
        if sign == "cross":
            axes.scatter([x + 0.07], [y + 0.075], s=60, marker="X", color=INK, lw=0, zorder=3)
        elif sign:
            face = INK if sign == "full" else "white"
            axes.scatter([x + 0.07], [y + 0.075], s=52, facecolors=face, edgecolors=INK, lw=1.3, zorder=3)
