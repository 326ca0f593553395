"""Figures of what followed: outcomes, and the event's agenda."""

import matplotlib.pyplot as plt
import pandas as pd

from analysis import claims
from analysis.figures.sheet import FAINT, INK, SOFT, canvas, mark, write, write_side
from analysis.study.periods import span
from analysis.study.statements import labels

EFFECTS = {
    "does": ("done", {"marker": "o", "s": 44, "facecolors": INK}),
    "part": ("in part", {"marker": "o", "s": 20, "facecolors": INK}),
    "words": ("words", {"marker": "o", "s": 44, "facecolors": "white"}),
    "against": ("the opposite", {"marker": "X", "s": 44, "facecolors": INK}),
    "moot": ("question gone", {"marker": "s", "s": 40, "facecolors": SOFT}),
}


def outcomes(study, title):
    """Draw what followed on each want: the facts over time, and the outcome at each horizon.

    Parameters
    ----------
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = claims.outcomes(study)
    names = labels(study)
    order = {issue: place for place, issue in enumerate(study.issues["issue"])}
    table = table.sort_values("issue", key=lambda column: column.map(order), kind="stable")
    published = pd.Timestamp(study.meta["article"]["published"])
    days = [published, *claims.horizons(study).values()]
    horizons = list(claims.horizons(study))
    left, widths, gap = 2.95, [0.98, 1.3, 1.4], 0.06
    step, start = 0.42, 0.78
    figure, axes = canvas(
        start + step * len(table),
        title,
        "Marks: what followed, in its time within each span. Words: the outcome by the rule at the end of the span.",
        study,
        "Source: wants.csv and outcomes.csv of this study; each fact has its link there.",
    )
    x = 0.0
    for label, style in EFFECTS.values():
        axes.scatter([x + 0.06], [0.1], edgecolors=INK, lw=1, zorder=3, **style)
        write(axes, x + 0.17, 0.1, label, fontsize=8)
        x += 0.42 + 0.07 * len(label)
    x = 0.0
    for side in filter(set(table["side"]).__contains__, study.meta["sides"]):
        write_side(axes, study, side, x, start - 0.24, fontsize=7.8)
        x += 0.34 + 0.072 * len(names.sides[side])
    spans, place = [], left
    for k, name in enumerate(horizons):
        width = widths[min(k, len(widths) - 1)]
        spans.append((place, width, days[k], days[k + 1]))
        axes.add_patch(
            plt.Rectangle((place, start - 0.06), width, step * len(table) + 0.06, color="#F2F2F2", lw=0)
        )
        write(axes, place + width / 2, start - 0.3, name, ha="center", fontsize=9, fontweight="bold")
        write(
            axes,
            place + width / 2,
            start - 0.14,
            f"to {days[k + 1]:%d %b %Y}",
            ha="center",
            fontsize=7,
            color=SOFT,
        )
        place += width + gap
    facts = study.outcomes.assign(day=study.outcomes["date"].map(lambda date: span(date)[0]))
    last, seen = None, []
    for line, row in enumerate(table.itertuples(index=False)):
        y = start + step * line
        if row.issue != last:
            axes.plot([0, 6.8], [y, y], color="#BDBDBD", lw=0.8)
            last = row.issue
        mark(axes, study, row.side, 0.07, y + step / 2, size=36)
        write(axes, 0.2, y + step * 0.32, names.issues[row.issue], fontsize=8.3, fontweight="bold")
        write(axes, 0.2, y + step * 0.7, row.wanted, room=2.7, lines=1, fontsize=7, color=SOFT)
        mine = facts[(facts["want"] == row.want) & facts["effect"].isin(list(EFFECTS))]
        for (at, width, begin, end), name in zip(spans, horizons, strict=True):
            here = mine[
                (mine["day"] >= begin if begin == published else mine["day"] > begin) & (mine["day"] <= end)
            ]
            for item in here.itertuples():
                part = (item.day - begin) / (end - begin) if name != horizons[0] else 0.5
                seen.append((item.effect, at + 0.1 + (width - 0.2) * part, y + step * 0.3))
            said = table.loc[table["want"] == row.want, name].iloc[0]
            write(axes, at + width / 2, y + step * 0.74, said, ha="center", fontsize=8)
    for effect, (_, style) in EFFECTS.items():
        places = [(x, y) for which, x, y in seen if which == effect]
        if places:
            axes.scatter(*zip(*places, strict=True), edgecolors=INK, lw=1, zorder=3, **style)
    return figure


def agenda(study, title):
    """Draw the space the article gives to each issue beside its place on the event's own agenda.

    Parameters
    ----------
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = claims.agenda(study)
    names = labels(study)
    step, start, left, middle, far = 0.29, 0.4, 2.2, 4.5, 5.95
    figure, axes = canvas(
        start + step * len(table),
        title,
        "Left: statements of the article on the issue, of every side and of none. Middle: its best place in the "
        "papers and talks of the event, as far as they were read. Right: who named it beforehand as a topic.",
        study,
        "Source: the coded article; agenda.csv of this study, a link an entry.",
    )
    write(axes, left, start - 0.2, "in the article", fontsize=8.5, color=SOFT)
    write(axes, middle, start - 0.2, "on the agenda", fontsize=8.5, color=SOFT)
    write(axes, far, start - 0.2, "announced by", fontsize=8.5, color=SOFT)
    words = {"pillar": "heading", "commitment": "pledge", "statement": "words", "beside": "beside the papers"}
    for line, row in enumerate(table.itertuples()):
        y = start + step * (line + 0.5)
        axes.plot([0, 6.8], [y - step / 2] * 2, color=FAINT, lw=0.8)
        bold = "bold" if row.place == "pillar" else "normal"
        if row.place == "pillar":
            axes.add_patch(plt.Rectangle((0, y - step / 2), 6.8, step, color="#F2F2F2", lw=0, zorder=0))
        write(
            axes, left - 0.15, y, names.issues[row.issue], room=2.0, ha="right", fontsize=9, fontweight=bold
        )
        dots = [left + 0.06 + 0.17 * k for k in range(row.statements)]
        axes.scatter(dots, [y] * len(dots), s=30, color=INK, lw=0)
        write(axes, left + 0.08 + 0.17 * row.statements, y, str(row.statements), fontsize=8, color=SOFT)
        colour = SOFT if row.place == "not found" else INK
        write(axes, middle, y, words.get(row.place, row.place), fontsize=9, fontweight=bold, color=colour)
        for k, side in enumerate(filter(None, row.announced.split(", "))):
            mark(axes, study, side, far + 0.08 + 0.22 * k, y, size=40)
    return figure
