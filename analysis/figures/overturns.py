"""The figure of what would overturn each finding."""

import matplotlib.pyplot as plt
import pandas as pd

from analysis.figures.sheet import FAINT, INK, INNER, NOTE, SOFT, rule, sheet, width, wrapped, write

ROOM = 2.9
FALLS = "#B2182B"


def overturns(study, table, title, subtitle, source=None):
    """Draw findings down and what was tried across: a dot where a finding holds, a cross where it falls.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        One row per finding, its short sentence as the index; one column for each change that was tried,
        named in a few words; True where the finding holds, False where it falls, missing where the
        change does not touch it.
    title, subtitle : str
    source : str, optional

    Returns
    -------
    matplotlib.figure.Figure
    """
    probe, _ = sheet(study, 1, title, subtitle, source)
    longest = max((width(probe, word, NOTE) for name in table.columns for word in name.split()), default=0)
    wide = max(longest + 0.1, (INNER - ROOM) / max(1, len(table.columns)))
    room = INNER - wide * len(table.columns)
    sentences = [wrapped(probe, text, room - 0.1, lines=3) for text in table.index]
    heads = [wrapped(probe, name, wide - 0.06, NOTE, lines=4) for name in table.columns]
    plt.close(probe)
    top = 0.1 + 0.17 * max(map(len, heads), default=0)
    highs = [0.16 + 0.19 * len(lines) for lines in sentences]
    figure, axes = sheet(study, top + sum(highs) + 0.42, title, subtitle, source)
    for place, lines in enumerate(heads):
        x = room + wide * (place + 0.5)
        write(axes, x, top - 0.05, "\n".join(lines), size=NOTE, ha="center", va="bottom", color=SOFT)
    y, falls, stands = top, [], []
    rule(axes, y, color=INK, width=1.2)
    for lines, high, (_, row) in zip(sentences, highs, table.iterrows(), strict=True):
        write(axes, 0, y + high / 2, "\n".join(lines))
        for place, holds in enumerate(row):
            if not pd.isna(holds):
                (stands if holds else falls).append((room + wide * (place + 0.5), y + high / 2))
        y += high
        rule(axes, y, color=FAINT)
    if stands:
        axes.scatter(*zip(*stands, strict=True), s=26, color=INK, lw=0)
    if falls:
        axes.scatter(*zip(*falls, strict=True), s=110, marker="X", color=FALLS, lw=0, zorder=3)
    y += 0.2
    axes.scatter([0.08], [y], s=26, color=INK, lw=0)
    write(axes, 0.22, y, "holds", size=NOTE)
    axes.scatter([0.88], [y], s=110, marker="X", color=FALLS, lw=0)
    write(axes, 1.05, y, "falls", size=NOTE)
    if table.isna().to_numpy().any():
        write(axes, 1.65, y, "blank: cannot change it", size=NOTE, color=SOFT)
    return figure
