"""The figure of each side's asks, which tells the whole story at a glance."""

from analysis.figures.sheet import FAINT, INK, INNER, NOTE, SOFT, rule, ruler, sheet, wrapped, write
from analysis.study.codebook import STEPS
from analysis.study.wording import say, wording

ROOM = (2.4, 4.4)  # inches for what is asked, least and most
NOTHING = ("reply-not reported", "own-nothing", "adopted-nothing", "not-followed")
STRONG = ("reply-for", "adopted-pledge")
FOUND_NOTHING, DONE = STEPS[0], STEPS[-1]
KEYS = ("side", "toward", "issue", "ask", "gist", "told by")


def asks(study, table, title, subtitle, source=None, remark=""):
    """Draw each ask of each side as a row, and what is known of it in columns.

    A filled dot marks what was asked, agreed or done; a hollow one what was only named or done in
    part; a cross marks what was refused, and where there is no mark, nothing was found.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        One row per ask: `side`, `toward`, `ask` (a few words), `gist`, `told by`; each further column but
        `issue` is drawn under its name, in its words.
    title, subtitle : str
    source : str, optional
    remark : str
        A sentence below the figure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    columns = [name for name in table.columns if name not in KEYS]
    parts = [1.25 if name == "own texts" else 1.0 for name in columns]
    room = min(max(ROOM[0], INNER - 1.7 * len(columns)), ROOM[1])
    edges = [room + (INNER - room) * sum(parts[:k]) / sum(parts) for k in range(len(columns) + 1)]
    sides = [side for side in study.meta["sides"] if (table["side"] == side).any()]
    heights = [_height(ruler(), study, row, columns, edges) for row in table.to_dict("records")]
    top = 0.42
    more = 0.26 * len(wrapped(ruler(), remark, INNER)) if remark else 0
    figure, axes = sheet(study, top + sum(heights) + 0.4 * len(sides) + more, title, subtitle, source)
    for place, name in enumerate(columns):
        head = _head(study, name)
        write(axes, edges[place], 0.2, head, size=NOTE, weight="bold", color=SOFT)
    y = top
    for side in sides:
        entry = study.meta["sides"][side]
        rule(axes, y, color=entry["colour"], width=2.4)
        write(
            axes,
            0,
            y + 0.19,
            say(study, "asked-by", side=entry["text"]),
            weight="bold",
            color=entry["colour"],
            size=13,
        )
        y += 0.34
        for place, row in enumerate(table.to_dict("records")):
            if row["side"] != side:
                continue
            _row(axes, study, row, columns, edges, y)
            y += heights[place]
            rule(axes, y - 0.03, color=FAINT)
        y += 0.05
    if remark:
        write(axes, 0, y + 0.04, remark, INNER, 3, weight="bold", va="top")
    return figure


def _head(study, name):
    """Return what a column is called."""
    key = f"head-{name}"
    return say(study, key) if key in wording() else say(study, "head-outcome", horizon=name)


def _asked(study, row):
    """Return what is asked, with whom where that is not the other side."""
    together = study.meta["sides"][row["toward"]].get("together")
    return say(study, "asked-of-all", gist=row["gist"]) if together else row["gist"]


def _height(figure, study, row, columns, edges):
    """Return how high a row must be, in inches."""
    gist = wrapped(figure, _asked(study, row), edges[0] - 0.15, NOTE, lines=3)
    told = wrapped(figure, row["told by"], edges[0] - 0.15, NOTE, lines=2)
    cells = [
        len(wrapped(figure, row[name], edges[k + 1] - edges[k] - 0.26, NOTE, lines=4))
        for k, name in enumerate(columns)
    ]
    return 0.14 + max(0.2 + 0.17 * (len(gist) + len(told)), 0.17 * max(cells, default=0))


def _row(axes, study, row, columns, edges, y):
    """Draw one ask."""
    colour = study.meta["sides"][row["side"]]["colour"]
    y += 0.04
    write(axes, 0, y, row["ask"], edges[0] - 0.1, 1, weight="bold", va="top")
    y += 0.205
    lines = write(axes, 0, y, _asked(study, row), edges[0] - 0.15, 3, size=NOTE, va="top")
    write(
        axes, 0, y + 0.17 * len(lines), row["told by"], edges[0] - 0.15, 2, size=NOTE, color=colour, va="top"
    )
    asked = say(study, "own-asked", times="")
    for place, name in enumerate(columns):
        x, text, wide = edges[place], row[name], edges[place + 1] - edges[place]
        if text in (FOUND_NOTHING, *(say(study, key) for key in NOTHING)):
            write(axes, x, y, text, wide - 0.1, 4, size=NOTE, weight="italic", color=SOFT, va="top")
            continue
        if text == say(study, "reply-against"):
            axes.scatter([x + 0.07], [y + 0.075], s=60, marker="X", color=INK, lw=0, zorder=3)
            write(axes, x + 0.18, y, text, wide - 0.26, 4, size=NOTE, va="top")
            continue
        strong = text in (DONE, *(say(study, key) for key in STRONG)) or text.startswith(asked)
        face = INK if strong else "white"
        axes.scatter([x + 0.07], [y + 0.075], s=52, facecolors=face, edgecolors=INK, lw=1.3, zorder=3)
        write(axes, x + 0.18, y, text, wide - 0.26, 4, size=NOTE, va="top")
