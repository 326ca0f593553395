"""The figures of each side: whose word its statements rest on, and what it asks for."""

from analysis.figures.fonts import wrapped
from analysis.figures.sheet import mark, rule, sheet, write
from analysis.figures.style import BOX, FAINT, HEAD, INK, INNER, NOTE, SOFT
from analysis.study.wording import counted, say

BANDS = {"own": ["own"], "act": ["act"], "others": ["reporter", "observer"]}
TOP, MIDDLE = 0.51, INNER / 2
ROOM = (2.4, 4.4)  # inches for what is asked, least and most
WIDE = {"own texts": 1.35}  # columns that need more room than others
LINE = 0.17


def voices(study, table, title, subtitle, source=None, labels=None):
    """Draw one mark per statement, the first side left of a spine and the second right of it.

    Parameters
    ----------
    table : pandas.DataFrame
        As `measures.voices` returns it, by side: counts `own`, `act`, `reporter`, `observer`.
    labels : dict of str to str
        A few words below marks, by side and band: `side-own`, `side-act` or `side-others`.
    """
    pair, labels = study.meta["compare"], labels or {}
    widest = max(int(table.loc[side, names].sum()) for side in pair for names in BANDS.values())
    across = min(max(widest, 1), 20)
    gap, rows = min(0.19, (MIDDLE - 0.7) / across), -(-widest // across)
    step = 0.6 + 0.22 * rows
    bottom = TOP + step * len(BANDS)
    figure, axes = sheet(study, bottom + 0.04, title, subtitle, source)
    axes.plot([MIDDLE, MIDDLE], [0.05, bottom], color=INK, lw=1.2, zorder=0)
    for place, band in enumerate(BANDS):
        y = TOP + step * place
        write(axes, MIDDLE, y + 0.14, say(study, f"band-{band}"), ha="center", bbox=BOX, weight="bold")
        if place:
            axes.plot([0, INNER], [y - 0.02, y - 0.02], color=FAINT, lw=0.8, zorder=-1)
    for side, sign, ha in zip(pair, (-1, 1), ("right", "left"), strict=True):
        entry, x, room = study.meta["sides"][side], MIDDLE + 0.15 * sign, MIDDLE - 0.2
        colour, total = entry["colour"], int(table.at[side, "statements"])
        write(axes, x, 0.1, entry["label"], room, 1, size=HEAD, weight="bold", color=colour, ha=ha)
        write(axes, x, 0.31, counted(study, total, "statement"), size=NOTE, color=colour, ha=ha)
        for place, (band, names) in enumerate(BANDS.items()):
            y, counts = TOP + step * place + 0.38, table.loc[side, names].astype(int)
            number = int(counts.sum())
            for k in range(number):
                at = MIDDLE + sign * (0.22 + gap * (k % across))
                mark(axes, study, side, at, y + 0.22 * (k // across), size=(gap * 72 * 0.68) ** 2)
            at = MIDDLE + sign * (0.22 + gap * min(number, across))
            write(axes, at, y, str(number), color=colour if number else SOFT, weight="bold", ha=ha)
            told = say(study, "others", **counts) if band == "others" and number else ""
            told = labels.get(f"{side}-{band}", told)
            write(axes, x, y + 0.22 * rows, told, room, 1, size=NOTE, color=SOFT, ha=ha)
    return figure


def asks(study, table, title, subtitle, source=None, remark=""):
    """Draw each ask of each side as a row, and what is known of it in columns.

    A filled dot marks what was asked, agreed or done; a hollow one what was only named or done in
    part; a cross marks what was refused, and where there is no mark, nothing was found.

    Parameters
    ----------
    table : pandas.DataFrame
        As `report.story` returns it.
    remark : str
        A sentence below the figure.
    """
    columns = [name for name in table.columns if f"{name} mark" in table]
    parts = [WIDE.get(name, 1.0) for name in columns]
    room = min(max(ROOM[0], INNER - 1.7 * len(columns)), ROOM[1])
    edges = [room + (INNER - room) * sum(parts[:k]) / sum(parts) for k in range(len(columns) + 1)]
    rows = [(row, *_lines(study, row, columns, edges)) for row in table.to_dict("records")]
    sides = [side for side in study.meta["sides"] if (table["side"] == side).any()]
    below = wrapped(remark, INNER, weight="bold") if remark else []
    height = 0.42 + sum(high for *_, high in rows) + 0.4 * len(sides) + 0.26 * len(below)
    figure, axes = sheet(study, height, title, subtitle, source)
    horizon = [*study.meta.get("horizons", {"": ""})][-1]
    horizon = study.meta.get("horizon_names", {}).get(horizon, horizon)
    for x, name in zip(edges, columns, strict=False):
        head = say(study, f"head-{name}", horizon=horizon)
        write(axes, x, 0.2, head, size=NOTE, weight="bold", color=SOFT)
    y = 0.42
    for side in sides:
        colour = study.meta["sides"][side]["colour"]
        rule(axes, y, color=colour, width=2.4)
        head = say(study, "asked-by", side=study.meta["sides"][side]["text"])
        write(axes, 0, y + 0.19, head, weight="bold", color=colour, size=HEAD)
        y += 0.34
        for row, gist, told, cells, high in rows:
            if row["side"] == side:
                write(axes, 0, y + 0.04, row["ask"], edges[0] - 0.05, 1, weight="bold", va="top")
                at = y + 0.245
                write(axes, 0, at, "\n".join(gist), size=NOTE, va="top")
                write(axes, 0, at + LINE * len(gist), "\n".join(told), size=NOTE, color=colour, va="top")
                for x, name, lines in zip(edges, columns, cells, strict=False):
                    _cell(axes, x, at, lines, row[f"{name} mark"])
                y += high
                rule(axes, y - 0.03)
        y += 0.05
    write(axes, 0, y + 0.04, "\n".join(below), weight="bold", va="top")
    return figure


def _lines(study, row, columns, edges):
    """Return the lines of an ask (what and of whom, by whose word, each cell) and the height of its row."""
    together = study.meta["sides"][row["toward"]].get("together")
    gist = say(study, "asked-of-all", gist=row["gist"]) if together else row["gist"]
    gist = wrapped(gist, edges[0] - 0.15, NOTE, lines=3)
    told = wrapped(row["told by"], edges[0] - 0.15, NOTE, lines=2)
    cells = []
    for name, left, right in zip(columns, edges, edges[1:], strict=False):
        room = right - left - (0.26 if row[f"{name} mark"] else 0.1)
        cells.append(wrapped(row[name], room, NOTE, lines=4))
    most = max(len(gist) + len(told), *map(len, cells))
    return gist, told, cells, 0.14 + (0.2 + LINE * most)


def _cell(axes, x, y, lines, sign):
    """Write what is known of an ask in one column, after its mark."""
    look = {"weight": "normal"} if sign else {"weight": "italic", "color": SOFT}
    write(axes, x + (0.18 if sign else 0), y, "\n".join(lines), size=NOTE, va="top", **look)
    if sign == "cross":
        axes.scatter([x + 0.07], [y + 0.075], s=60, marker="X", color=INK, lw=0, zorder=3)
    elif sign:
        face = INK if sign == "full" else "white"
        axes.scatter([x + 0.07], [y + 0.075], s=52, facecolors=face, edgecolors=INK, lw=1.3, zorder=3)
