"""Figures of series over time: months as columns, years as lines."""

import numpy as np
import pandas as pd

from analysis.figures.sheet import FAINT, INK, INNER, LABEL, NOTE, SOFT, dress, plot, sheet, write
from analysis.study.periods import span

HEIGHT = 3.3


def publishers(table):
    """Name the publishers of the points of a series.

    Parameters
    ----------
    table : pandas.DataFrame
        With `publisher`.

    Returns
    -------
    str
    """
    names = list(dict.fromkeys(table["publisher"]))
    return f"Source{'s' if len(names) > 1 else ''}: {'; '.join(names)}."


def months(study, table, title, subtitle, source=None, rise=None, event=None):
    """Draw a count by month as columns, and say where a month has no figure.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        Points of one series: `side`, `period` (YYYY-MM), `value`, `publisher`.
    title, subtitle : str
    source : str, optional
    rise : tuple of two str, optional
        Months to bracket, with the change between them.
    event : tuple of str, optional
        A day (YYYY-MM-DD) and what happened on it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    values = table.set_index("period")["value"].astype(float)
    known = pd.period_range(values.index.min(), values.index.max(), freq="M")
    x = {period: place for place, period in enumerate(map(str, known))}
    colour = study.meta["sides"][table["side"].iloc[0]]["colour"]
    top = values.max() * (1.32 if rise else 1.12)
    figure, outer = sheet(study, HEIGHT, title, subtitle, source or publishers(table))
    axes = plot(outer, 0.05, 0.1, INNER, HEIGHT - 0.45)
    picked = [colour if period in (rise or values.index) else _pale(colour) for period in values.index]
    axes.bar([x[period] for period in values.index], values, width=0.72, color=picked)
    axes.set(xlim=(-0.5, len(x) - 0.5), ylim=(0, top), yticks=[])
    axes.set_xticks(list(x.values()), [_month(period, not place) for period, place in x.items()])
    axes.axhline(0, color=SOFT, lw=1)
    for period, value in values.items():
        write(axes, x[period], value + top * 0.025, f"{value:,.0f}", ha="center", va="bottom", size=NOTE)
    gaps = [place for period, place in x.items() if period not in values.index]
    for run in np.split(gaps, np.flatnonzero(np.diff(gaps) > 1) + 1) if gaps else []:
        write(
            axes, run.mean(), top * 0.03, "no figure\nfound", ha="center", va="bottom", size=NOTE, color=SOFT
        )
    if rise:
        low, high = (values[period] for period in rise)
        level = top * 0.93
        left, right = (x[period] for period in rise)
        axes.plot(
            [left, left, right, right],
            [level - top * 0.04, level, level, level - top * 0.04],
            color=INK,
            lw=1.2,
        )
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        change = f"{100 * (high - low) / low:+.1f}%".replace("-", "−")
        write(axes, (left + right) / 2, level, change, ha="center", weight="bold", size=13, bbox=box)
    if event:
        day = pd.Timestamp(event[0])
        at = x[str(day.to_period("M"))] - 0.36 + 0.72 * (day.day - 1) / day.days_in_month
        foot = values.get(str(day.to_period("M")), 0)
        axes.plot([at, at], [foot + top * 0.1, top * 0.7], color=INK, lw=0.9)
        told = f"{day.day} {day:%B}: {event[1]}"
        room = (INNER - 0.1) * (at + 0.4) / len(x)
        write(axes, at - 0.06, top * 0.7, told, room, 3, ha="right", va="top", size=LABEL)
    dress(axes)
    return figure


def years(study, table, title, subtitle, source=None, lines=(), dots=(), labels=None, ratio=None):
    """Draw yearly series: some as lines named at their ends, some as dots beside them.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        Points: `series`, `side`, `period` (YYYY), `value`, `publisher`.
    title, subtitle : str
    source : str, optional
    lines, dots : sequence of str
        Series.
    labels : dict of str to str, optional
        What series are called; a series of dots is named at its first point.
    ratio : str, optional
        A year at which the first line is divided by the second.

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = table[table["series"].isin([*lines, *dots])]
    points = table.assign(year=table["period"].astype(int), number=table["value"].astype(float))
    figure, outer = sheet(study, HEIGHT, title, subtitle, source or publishers(table))
    axes = plot(outer, 0.3, 0.1, INNER - 1.35, HEIGHT - 0.3)
    top = points["number"].max() * 1.12
    first, last = points["year"].min(), points["year"].max()
    published = span(study.meta["article"]["published"].isoformat())[0]
    day = published.year - 0.5 + published.day_of_year / 366
    axes.set(xlim=(first - 0.3, last + 0.3), ylim=(0, top))
    axes.set_xticks(range(first + first % 2, last + 1, 2), map(str, range(first + first % 2, last + 1, 2)))
    axes.grid(axis="y", color=FAINT, lw=0.8)
    axes.axvline(day, color=SOFT, lw=1, ls=(0, (4, 3)))
    write(axes, day + 0.12, top * 0.985, "the article", size=NOTE, color=SOFT, va="top")
    for name in lines:
        rows = points[points["series"] == name].sort_values("year")
        colour = study.meta["sides"][rows["side"].iloc[0]]["colour"]
        axes.plot(rows["year"], rows["number"], color=colour, lw=3, solid_joinstyle="round")
        end = rows.iloc[-1]
        told = f"{(labels or {}).get(name, name)}\n{end['number']:.0f} in {end['year']}"
        write(axes, last + 0.35, end["number"], told, color=colour, weight="bold")
    for name in dots:
        rows = points[points["series"] == name].sort_values("year")
        entry = study.meta["sides"][rows["side"].iloc[0]]
        axes.plot(rows["year"], rows["number"], ls="none", marker=entry["marker"], ms=6.5, mfc="white",
                  mec=entry["colour"], mew=1.4)  # fmt: skip
        at, told = rows.iloc[0], (labels or {}).get(name, name)
        write(
            axes,
            at["year"] - 0.1,
            at["number"] + top * 0.045,
            told,
            va="bottom",
            color=entry["colour"],
            size=NOTE,
        )
    if ratio:
        that = points[points["period"] == ratio].set_index("series")["number"]
        high, low = that[lines[0]], that[lines[1]]
        at = int(ratio) - 0.12
        axes.plot([at, at], [low * 1.18, high * 0.97], color=INK, lw=1.2)
        told = f"{high / low:.1f} times\nin {ratio}"
        write(axes, at - 0.15, (low + high) / 2, told, ha="right", weight="bold")
    axes.set_yticks(axes.get_yticks()[:-1], [f"{tick:g}" for tick in axes.get_yticks()[:-1]])
    axes.set_ylim(0, top)
    dress(axes)
    return figure


def _month(period, first):
    """Return the name of a month, with the year at the first and in January."""
    day = pd.Timestamp(f"{period}-01")
    return f"{day:%b}\n{day.year}" if first or day.month == 1 else f"{day:%b}"


def _pale(colour):
    """Return a colour halfway to white."""
    from matplotlib.colors import to_hex, to_rgb

    return to_hex([(part + 1) / 2 for part in to_rgb(colour)])
