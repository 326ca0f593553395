"""The figure of whose word each side's statements rest on."""

from analysis.figures.sheet import mark, sheet, write
from analysis.figures.style import BOX, FAINT, HEAD, INK, INNER, NOTE, SOFT
from analysis.study.wording import counted, say

BANDS = {"own": ("own",), "act": ("act",), "others": ("reporter", "observer")}
TOP, MIDDLE = 0.51, INNER / 2


def voices(study, table, title, subtitle, source=None, labels=None):
    """Draw one mark per statement, the first side left of a spine and the second right of it.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `measures.voices` returns it, by side: counts `own`, `act`, `reporter`, `observer`.
    title, subtitle, source : str
    labels : dict of str to str, optional
        A few words below marks, by side and band: `side-own`, `side-act` or `side-others`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair, labels = study.meta["compare"], labels or {}
    widest = max(int(table.loc[side, list(names)].sum()) for side in pair for names in BANDS.values())
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
            y, counts = TOP + step * place + 0.38, table.loc[side, list(names)].astype(int)
            number = int(counts.sum())
            for k in range(number):
                at = MIDDLE + sign * (0.22 + gap * (k % across))
                mark(axes, study, side, at, y + 0.22 * (k // across), size=(gap * 72 * 0.68) ** 2)
            at = MIDDLE + sign * (0.22 + gap * min(number, across))
            write(axes, at, y, str(number), color=colour if number else SOFT, weight="bold", ha=ha)
            told = say(study, "others", **counts) if len(names) > 1 and number else ""
            told = labels.get(f"{side}-{band}", told)
            write(axes, x, y + 0.22 * rows, told, room, 1, size=NOTE, color=SOFT, ha=ha)
    return figure
