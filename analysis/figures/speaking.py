"""The figure of whose word each side's statements rest on."""

from analysis.figures.sheet import FAINT, INK, INNER, NOTE, SOFT, mark, sheet, write
from analysis.study.wording import counted, say

BANDS = {"own": ("own",), "act": ("act",), "others": ("reporter", "observer")}


def voices(study, table, title, subtitle, source=None, remarks=None):
    """Draw one mark per statement, the first side left of a spine and the second right of it.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `measures.voices` returns it, by side: counts `own`, `act`, `reporter`, `observer`.
    title, subtitle : str
    source : str, optional
    remarks : dict, optional
        A few words below the marks, by side and band: `own`, `act` or `others`.

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair, middle = study.meta["compare"], INNER / 2
    widest = max(int(table.loc[side, list(names)].sum()) for side in pair for names in BANDS.values())
    across = min(max(widest, 1), 20)
    gap = min(0.19, (middle - 0.7) / across)
    rows = -(-widest // across)
    step = 0.6 + 0.22 * rows
    figure, axes = sheet(study, 0.55 + step * len(BANDS), title, subtitle, source)
    for side, sign, ha in zip(pair, (-1, 1), ("right", "left"), strict=True):
        entry, total = study.meta["sides"][side], int(table.at[side, "statements"])
        x, room = middle + 0.15 * sign, middle - 0.2
        write(axes, x, 0.1, entry["label"], room, 1, size=13, weight="bold", color=entry["colour"], ha=ha)
        write(axes, x, 0.31, counted(study, total, "statement"), size=NOTE, color=entry["colour"], ha=ha)
    axes.plot([middle, middle], [0.05, 0.51 + step * len(BANDS)], color=INK, lw=1.2, zorder=0)
    for place, (band, names) in enumerate(BANDS.items()):
        y = 0.51 + step * place
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        write(axes, middle, y + 0.14, say(study, f"band-{band}"), ha="center", bbox=box, weight="bold")
        if place:
            axes.plot([0, INNER], [y - 0.02, y - 0.02], color=FAINT, lw=0.8, zorder=-1)
        for side, sign, ha in zip(pair, (-1, 1), ("right", "left"), strict=True):
            number = int(table.loc[side, list(names)].sum())
            for k in range(number):
                x = middle + sign * (0.22 + gap * (k % across))
                mark(axes, study, side, x, y + 0.38 + 0.22 * (k // across), size=(gap * 72 * 0.68) ** 2)
            x = middle + sign * (0.22 + gap * min(number, across))
            colour = study.meta["sides"][side]["colour"]
            write(axes, x, y + 0.38, str(number), color=colour if number else SOFT, weight="bold", ha=ha)
            told = (remarks or {}).get((side, band), "")
            if len(names) > 1 and number and not told:
                told = say(study, "others", **table.loc[side, list(names)])
            low = y + 0.38 + 0.22 * rows
            write(axes, middle + sign * 0.15, low, told, middle - 0.2, 1, size=NOTE, color=SOFT, ha=ha)
    return figure
