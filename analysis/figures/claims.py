"""Figures of claims: a claim among its checks, and series over time."""

import textwrap

import matplotlib.pyplot as plt
import pandas as pd

from analysis import claims
from analysis.figures.sheet import FAINT, INK, SOFT, canvas, ticks, write
from analysis.study.codebook import NONE
from analysis.study.periods import span


def readings(study, claim, title):
    """Draw a claim's value among the readings of other sources.

    Parameters
    ----------
    study : Study
    claim : str
        A claim whose readings are numbers.
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    found = claims.readings(study, claim)
    item = study.claims.set_index("claim").loc[claim]
    found = found.assign(number=found["value"].astype(float)).sort_values(
        ["number", "date"], kind="stable", ignore_index=True
    )
    wanted = float(item["value"]) if item["kind"] != "trend" else None
    unit = "percent" if item["kind"] == "trend" else item["unit"]
    step, left, right, start = 0.36, 3.05, 4.95, 0.42
    about = "Filled: counts for the rule; hollow: beside the claim, at the right why."
    figure, axes = canvas(
        start + 0.3 + step * len(found),
        title,
        f"In {unit}. {about}",
        study,
        "Sources: named at the left, addresses in checks.csv.",
    )
    top = 1.02 * max(found["number"].max(), wanted or 0)
    scale = (right - left) / top
    bottom = start + step * len(found)
    for tick in ticks(top):
        x = left + tick * scale
        axes.plot([x, x], [start, bottom], color=FAINT, lw=0.8, zorder=0)
        write(axes, x, bottom + 0.14, claims.number(tick), ha="center", fontsize=7.5, color=SOFT)
    if wanted is not None:
        x = left + wanted * scale
        axes.plot([x, x], [start - 0.1, bottom], color=INK, lw=1.6, zorder=1)
        said = f"the article: {item['hedge']} {claims.number(item['value'])}".replace("  ", " ")
        write(axes, x, start - 0.24, said, ha="center", fontsize=9, fontweight="bold")
    for place, row in enumerate(found.itertuples()):
        y = start + step * (place + 0.5)
        axes.plot([0, 6.8], [y + step / 2] * 2, color=FAINT, lw=0.5, zorder=0)
        write(axes, 0, y - 0.07, row.label, room=2.95, lines=1, fontsize=8.3)
        write(
            axes, 0, y + 0.085, f"{row.period}; {row.publisher}", room=2.95, lines=1, fontsize=7, color=SOFT
        )
        x = left + row.number * scale
        counts = row.beside == ""
        sign = {"at least": ">", "at most": "<"}.get(row.bound, "o")
        face = INK if counts else "white"
        axes.scatter([x], [y], s=46, marker=sign, facecolors=face, edgecolors=INK, zorder=3, lw=1.2)
        value = f"{row.bound} {claims.number(row.number)}".strip()
        style = {"fontsize": 8.3, "fontweight": "bold" if counts else "normal"}
        style["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
        write(axes, x + 0.1, y, value, **style)
        note = row.beside or ("counts, provisional" if row.status == "provisional" else "counts")
        write(axes, 6.8, y, note, ha="right", fontsize=7.5, color=INK if counts else SOFT)
    return figure


def context(study, names, title, about, claim=None):
    """Draw series over time, what came after the article set apart, breaks left open.

    A line joins neighbouring points of one release only. Where the release changes between
    neighbours, two strokes mark the break; a missing month or year leaves a gap.

    Parameters
    ----------
    study : Study
    names : list of str
        Series with one unit.
    title : str
    about : str
        What is measured, for the subtitle.
    claim : str, optional
        A claim whose value is drawn across.

    Returns
    -------
    matplotlib.figure.Figure
    """
    rows = study.series[study.series["series"].isin(names)].copy()
    rows["number"] = rows["value"].astype(float)
    starts = rows["period"].map(lambda period: span(period)[0])
    ends = rows["period"].map(lambda period: span(period)[1])
    rows["day"] = starts + (ends - starts) / 2
    labels = study.measures.set_index("measure")["label"]
    published = pd.Timestamp(study.meta["article"]["published"])
    derived = "; dot: worked out from percentages" if (rows["status"] == "derived").any() else ""
    height, left, right, top = 2.9, 0.55, 4.75, 0.2
    figure, axes = canvas(
        height + 0.5,
        title,
        f"{about} Filled: final; hollow: provisional{derived}. Two strokes: another release, not joined. "
        "Shaded: after the article.",
        study,
        "Sources: named in series.csv, a link a point.",
    )
    monthly = rows["period"].str.len().max() > 4
    first = starts.min()
    last = max(ends.max(), published.to_period("M" if monthly else "Y").end_time)
    high = 1.1 * rows["number"].max()

    def across(day):
        return left + (right - left) * ((day - first) / (last - first))

    def up(number):
        return height - (height - top) * number / high

    axes.add_patch(
        plt.Rectangle(
            (across(published), top), right - across(published), height - top, color="#F2F2F2", lw=0
        )
    )
    axes.plot([across(published)] * 2, [top - 0.08, height], color=SOFT, lw=1, ls=(0, (4, 3)))
    write(axes, across(published), top - 0.15, "the article", ha="center", fontsize=8, color=SOFT)
    for tick in ticks(high):
        axes.plot([left, right], [up(tick)] * 2, color=FAINT, lw=0.8, zorder=0)
        write(axes, left - 0.08, up(tick), claims.number(tick), ha="right", fontsize=7.5, color=SOFT)
    shown = pd.period_range(first, last, freq="M" if monthly else "Y")
    for k, period in enumerate(shown[:: max(1, len(shown) // 7)] if not monthly else shown):
        day = period.start_time + (period.end_time - period.start_time) / 2
        name = period.strftime("%Y" if not monthly else "%b")  # pandas 3.0 cannot format a period
        if monthly and (k == 0 or period.month == 1):
            write(
                axes, across(day), height + 0.32, period.strftime("%Y"), ha="center", fontsize=7.5, color=SOFT
            )
        write(axes, across(day), height + 0.16, name, ha="center", fontsize=7.5, color=SOFT)
    if claim is not None:
        item = study.claims.set_index("claim").loc[claim]
        y = up(float(item["value"]))
        axes.plot([left, right], [y, y], color=INK, lw=1, ls=":")
        write(axes, left + 0.05, y + 0.11, f"the article: {claims.number(item['value'])}", fontsize=8)
    ends_at, drawn = [], {}
    for name in names:
        mine = rows[rows["series"] == name].sort_values("day").reset_index(drop=True)
        side = mine["side"].iloc[0]
        colour = study.meta["sides"][side]["colour"] if side != NONE else INK
        marker = study.meta["sides"][side]["marker"] if side != NONE else "o"
        few = len(names) == 1 and len(mine) <= 8
        dash = "-" if side not in drawn else (0, (2, 1.5))
        drawn[side] = name
        for k, row in mine.iterrows():
            x, y = across(row["day"]), up(row["number"])
            size = 9 if row["status"] == "derived" else 30
            face = "white" if row["status"] == "provisional" else colour
            axes.scatter(
                [x], [y], s=size, marker=marker, facecolors=face, edgecolors=colour, lw=1.1, zorder=3
            )
            if few:
                rises = k + 1 < len(mine) and mine.loc[k + 1, "number"] > row["number"]
                broken = k > 0 and mine.loc[k - 1, "vintage"] != row["vintage"]
                way, shift = ("right", -0.07) if rises else ("center", 0)
                level = y - (0.07 if rises else -0.14 if broken else 0.13)
                if k == 0 and rises:
                    way, shift, level = "left", 0.05, y + 0.13
                value = claims.number(row["value"])
                write(axes, x + shift, level, value, ha=way, fontsize=7.5, color=colour)
            if k == 0:
                continue
            before = mine.loc[k - 1]
            unit = "M" if len(row["period"]) > 4 else "Y"
            apart = (pd.Period(row["period"], unit) - pd.Period(before["period"], unit)).n
            if apart == 1 and row["vintage"] == before["vintage"]:
                axes.plot(
                    [across(before["day"]), x], [up(before["number"]), y], color=colour, lw=1.4, ls=dash
                )
            elif apart == 1:
                middle, level = (across(before["day"]) + x) / 2, (up(before["number"]) + y) / 2
                for shift in (-0.025, 0.025):
                    stroke = [middle + shift - 0.02, middle + shift + 0.02]
                    axes.plot(stroke, [level + 0.07, level - 0.07], color=colour, lw=1)
        label = labels[mine["measure"].iloc[0]] + ("" if dash == "-" else " (dashed)")
        ends_at.append((up(mine["number"].iloc[-1]), textwrap.fill(label, 27), colour))
    free = 0.0
    for y, label, colour in sorted(ends_at):
        half = 0.075 * (label.count("\n") + 1)
        place = max(y, free + half)
        write(axes, right + 0.1, place, label, fontsize=8.3, color=colour, fontweight="bold")
        free = place + half + 0.03
    return figure
