"""Figures of series over time: months as columns, years as lines."""

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex, to_rgb

from analysis.figures.sheet import dress, plot, sheet, write
from analysis.figures.style import BOX, FAINT, HEAD, INK, INNER, NOTE, SOFT
from analysis.study.periods import span
from analysis.study.wording import date, decimal, say

HEIGHT = 3.3


def months(study, table, title, subtitle, source=None, rise=None, event=None, labels=None):
    """Draw a count by month as columns, and say where a month has no figure.

    Parameters
    ----------
    table : pandas.DataFrame
        Points of one series: `side`, `period` (YYYY-MM), `value`, `publisher`.
    rise : tuple of two str
        Months to bracket, with the change between them.
    event : str
        A day (YYYY-MM-DD) on which something happened.
    labels : dict of str to str
        What that was, as `event`.
    """
    values = table.set_index("period")["value"].astype(float)
    known = pd.period_range(values.index.min(), values.index.max(), freq="M")
    x = {period: place for place, period in enumerate(map(str, known))}
    colour = study.meta["sides"][table["side"].iloc[0]]["colour"]
    pale = to_hex([(part + 1) / 2 for part in to_rgb(colour)])
    top = values.max() * (1.32 if rise else 1.12)
    figure, outer = sheet(study, HEIGHT, title, subtitle, source or _publishers(study, table))
    axes = plot(outer, 0.05, 0.1, INNER, HEIGHT - 0.45)
    picked = [colour if period in (rise or values.index) else pale for period in values.index]
    axes.bar([x[period] for period in values.index], values, width=0.72, color=picked)
    axes.set(xlim=(-0.5, len(x) - 0.5), ylim=(0, top), yticks=[])
    names = say(study, "months-short").split("|")
    axes.set_xticks(range(len(x)), [names[day.month - 1] + (f"\n{day.year}" if not place or day.month == 1 else "")
                                    for place, day in enumerate(known)])  # fmt: skip
    axes.axhline(0, color=SOFT, lw=1)
    small = {"ha": "center", "va": "bottom", "size": NOTE}
    for period, value in values.items():
        write(axes, x[period], value + top * 0.025, decimal(study, value, 0), **small)
    gaps = [place for period, place in x.items() if period not in values.index]
    for run in np.split(gaps, np.flatnonzero(np.diff(gaps) > 1) + 1) if gaps else []:
        write(axes, run.mean(), top * 0.03, say(study, "no-figure"), color=SOFT, **small)
    if rise:
        (left, right), (low, high) = (x[period] for period in rise), (values[period] for period in rise)
        level, foot = top * 0.93, top * 0.89
        axes.plot([left, left, right, right], [foot, level, level, foot], color=INK, lw=1.2)
        change = 100 * (high - low) / low
        told = f"{'+' if change > 0 else '−'}{decimal(study, abs(change), 1)}%"
        write(axes, (left + right) / 2, level, told, ha="center", weight="bold", size=HEAD, bbox=BOX)
    if event:
        day = pd.Timestamp(event)
        month = str(day.to_period("M"))
        at = x[month] - 0.36 + 0.72 * (day.day - 1) / day.days_in_month
        axes.plot([at, at], [values.get(month, 0) + top * 0.1, top * 0.7], color=INK, lw=0.9)
        room = (INNER - 0.1) * (at + 0.4) / len(x)
        told = f"{date(study, day, 'day')}: {labels['event']}"
        write(axes, at - 0.06, top * 0.7, told, room, 3, ha="right", va="top")
    dress(axes)
    return figure


def years(study, table, title, subtitle, source=None, lines=(), dots=(), labels=None, ratio=None):
    """Draw yearly series: some as lines named at their ends by the side, some as dots beside them.

    Parameters
    ----------
    table : pandas.DataFrame
        Points: `series`, `side`, `period` (YYYY), `value`, `publisher`.
    lines, dots : sequence of str
        Series.
    labels : dict of str to str
        What series of dots are called, which is written at their first point.
    ratio : tuple of str
        A year, and the two series of which one is divided by the other at that year.
    """
    table = table[table["series"].isin([*lines, *dots])]
    points = table.assign(year=table["period"].astype(int), number=table["value"].astype(float))
    points = points.sort_values("year")
    figure, outer = sheet(study, HEIGHT, title, subtitle, source or _publishers(study, table))
    axes = plot(outer, 0.3, 0.1, INNER - 1.35, HEIGHT - 0.3)
    top, first, last = points["number"].max() * 1.12, points["year"].min(), points["year"].max()
    published = span(study.meta["article"]["published"].isoformat())[0]
    day = published.year - 0.5 + published.day_of_year / 366
    axes.set(xlim=(first - 0.3, last + 0.3), ylim=(0, top))
    even = range(first + first % 2, last + 1, 2)
    axes.set_xticks(even, map(str, even))
    axes.grid(axis="y", color=FAINT, lw=0.8)
    axes.axvline(day, color=SOFT, lw=1, ls=(0, (4, 3)))
    told = f"{say(study, 'layer-reported')},\n{date(study, published, 'day')}"
    write(axes, day + 0.12, top * 0.985, told, size=NOTE, color=SOFT, va="top", bbox=BOX)
    for name in (*lines, *dots):
        rows = points[points["series"] == name]
        entry, start, end = study.meta["sides"][rows["side"].iloc[0]], rows.iloc[0], rows.iloc[-1]
        colour = entry["colour"]
        told = say(study, "in-year", number=decimal(study, end["number"], 0), year=end["year"])
        if name in lines:
            axes.plot(rows["year"], rows["number"], color=colour, lw=3, solid_joinstyle="round")
            later = points[(points["side"] == rows["side"].iloc[0]) & (points["year"] > end["year"])]
            name = entry["label"] if len(later) else f"{entry['label']}\n{told}"
            write(axes, last + 0.35, end["number"], name, color=colour, weight="bold")
        else:
            axes.plot(rows["year"], rows["number"], ls="none", marker=entry["marker"], ms=6.5, mfc="white",
                      mec=colour, mew=1.4)  # fmt: skip
            above = start["number"] + top * 0.045
            write(axes, start["year"] - 0.1, above, labels[name], va="bottom", color=colour, size=NOTE)
            if end["year"] > points.loc[points["series"].isin(lines), "year"].max():
                above = end["number"] + top * 0.045
                write(axes, end["year"], above, told, ha="center", va="bottom", color=colour, size=NOTE)
    if ratio:
        year, *names = ratio
        that = points[points["period"] == year].set_index("series")["number"]
        high, low = that[names]
        axes.plot([int(year), int(year)], [low + top * 0.03, high - top * 0.03], color=INK, lw=1.2)
        told = say(study, "times-in-year", number=decimal(study, high / low, 1), year=year)
        write(axes, int(year) - 0.15, (low + high) / 2, told, ha="right", weight="bold")
    axes.set_yticks(axes.get_yticks()[:-1], [f"{tick:g}" for tick in axes.get_yticks()[:-1]])
    axes.set_ylim(0, top)
    dress(axes)
    return figure


def _publishers(study, table):
    """Name the publishers of the points of a series."""
    names = table["publisher"].unique()
    return say(study, "publishers" if len(names) > 1 else "publisher", names="; ".join(names))
