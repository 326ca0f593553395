"""Draw the figures of a coding. Each function takes a study and a title, and returns a figure.

A figure's title states a finding, its subtitle says what is measured, labels stand beside what they
name, and a source line stands at the foot. Sides differ in marker as well as in colour.
"""

import textwrap
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from analysis import comparison, priorities
from analysis.drawing import FAINT, INK, SOFT, canvas, ink_on, legend_places, mark, write, write_side
from analysis.study import NONE

LONG = 32  # characters of a label that stays on one line
MOST_ASKS = 20  # arrows in one figure
ANSWERS = {
    "for": "the other side: for it",
    "against": "the other side: against it",
    "both": "the other side: for and against it",
    "open": "the other side: no position",
    "not reported": "the other side: not reported",
}


def article_map(study, title):
    """Draw the article as it stands: a block a paragraph, coloured by theme, with the sides heard.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    rows = study.paragraphs[study.paragraphs["kind"] != "furniture"].reset_index(drop=True)
    palette = study.meta["themes"]
    above = legend_places([theme["label"] for theme in palette.values()], 0.37, 0.068)
    below = legend_places(
        [*(entry["label"] for entry in study.meta["sides"].values()), "x" * 36], 0.42, 0.075
    )
    step, start = 0.235, 0.55 + 0.2 * (above[-1][1] + below[-1][1])
    figure, axes = canvas(
        start + step * len(rows),
        title,
        "Each block is a paragraph, as long as its text and in the order of the page; colour and number: theme "
        "of the coded passage, plain: not coded. Right: whose position each statement gives, and who says it.",
        study,
    )
    themes = study.issues.set_index("issue")["theme"]
    # A number as well as a colour: in print, and to some eyes, several themes look alike.
    numbers = {theme: str(place) for place, theme in enumerate(palette, 1)}

    def block(theme, x, y, wide, high):
        colour = palette[theme]["colour"]
        axes.add_patch(plt.Rectangle((x, y), wide, high, facecolor=colour, edgecolor="white", lw=0.8))
        if wide > 0.1:
            place = (x + wide / 2, y + high / 2)
            write(axes, *place, numbers[theme], ha="center", fontsize=6.5, color=ink_on(colour))

    for theme, (x, row) in zip(palette, above, strict=True):
        block(theme, x, 0.01 + 0.2 * row, 0.14, 0.14)
        write(axes, x + 0.18, 0.085 + 0.2 * row, palette[theme]["label"], fontsize=8)
    top = 0.31 + 0.2 * above[-1][1]
    for side, (x, row) in zip(study.meta["sides"], below, strict=False):
        write_side(axes, study, side, x, top + 0.2 * row, fontsize=8)
    x, top = below[-1][0], top + 0.2 * below[-1][1]
    axes.scatter([x + 0.06], [top], s=14, marker="o", color=SOFT)
    write(axes, x + 0.18, top, "no side: background, or an observer's own judgement", fontsize=8, color=SOFT)
    names = priorities.shorts(study)
    kinds = study.actors.set_index("actor")["kind"]
    scale = 3.4 / rows["characters"].max()
    for place, row in enumerate(rows.itertuples()):
        y = start + step * place
        write(axes, 0.3, y + step / 2, row.paragraph, ha="right", fontsize=8, color=SOFT)
        axes.add_patch(
            plt.Rectangle((0.38, y + 0.03), row.characters * scale, step - 0.06, color=FAINT, lw=0)
        )
        coded = study.statements[study.statements["paragraph"] == row.paragraph]
        # Passages can overlap: each stretch of text shows the last statement that it is coded with.
        shown = np.full(row.characters + 1, -1)
        for number, item in enumerate(coded.itertuples()):
            shown[item.start : item.end] = number
        edges = [0, *(np.flatnonzero(np.diff(shown)) + 1)]
        for left, right in pairwise(edges):
            if shown[left] >= 0:
                theme = themes[coded["issue"].iloc[shown[left]]]
                block(theme, 0.38 + left * scale, y + 0.03, (right - left) * scale, step - 0.06)
        x, gap = 3.98, min(0.17, 1.9 / max(1, len(coded)))
        for side in coded["side"]:
            if side == NONE:
                axes.scatter([x], [y + step / 2], s=14, marker="o", color=SOFT)
            else:
                mark(axes, study, side, x, y + step / 2, size=38)
            x += gap
        said = [names[speaker] for speaker in dict.fromkeys(coded["speaker"]) if kinds[speaker] != "media"]
        note = ", ".join(said)
        if row.kind not in ("body", "caption"):
            note = {"headline": "headline", "link": "link to another story"}[row.kind]
        elif row.kind == "caption":
            note = f"photo caption, printed {row.copies} times" if row.copies > 1 else "photo caption"
        write(
            axes,
            max(x, 4.72) + 0.02,
            y + step / 2,
            note,
            room=6.76 - max(x, 4.72),
            lines=1,
            fontsize=7.5,
            color=SOFT,
        )
    return figure


def asks(study, title):
    """Draw what the sides ask of each other: an arrow an issue, from who asks to who should act.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = priorities.asks(study)
    note = ""
    if len(table) > MOST_ASKS:
        pair = study.meta["compare"]
        table = table[table["side"].isin(pair) & table["toward"].isin(pair)].head(MOST_ASKS).copy()
        note = f" Drawn are {len(table)} asks between the two compared sides, in the order of the text."
    names, shorts = priorities.labels(study), priorities.shorts(study)
    answers = comparison.answers(study).set_index("statement")["answer"]
    groups = list(table.groupby(["side", "toward"], sort=False))
    english = study.meta["article"]["language"].startswith("en")
    step = 0.54
    figure, axes = canvas(
        0.05 + step * len(table) + 0.44 * len(groups),
        title,
        "What each side is reported to ask of the other. Solid arrow: the side's own words, quoted or retold; "
        f"dashed: on another's word. At the right, what is reported of the one who is asked.{note}",
        study,
    )
    y = 0.05
    for (side, toward), group in groups:
        colour = study.meta["sides"][side]["colour"]
        asker, asked = (study.meta["sides"][name]["text"] for name in (side, toward))
        head = f"{asker[0].upper()}{asker[1:]} asks {asked}" + (" to …" if english else ":")
        write(axes, 0.02, y + 0.1, head, color=colour, fontweight="bold", fontsize=10.5)
        y += 0.3
        for item in group.itertuples():
            line = y + 0.32
            own = item.evidence in priorities.OWN_WORDS
            mark(axes, study, side, 0.12, line, size=90)
            mark(axes, study, toward, 6.6, line, size=90)
            axes.plot([0.24, 6.36], [line, line], color=colour, lw=1.6, ls="-" if own else (0, (4, 3)))
            axes.scatter([6.4], [line], marker=">", s=46, color=colour, lw=0)
            write(axes, 0.3, line - 0.13, item.gist, room=5.9, lines=1, fontsize=10)
            said = f"{names[item.issue]}; says {shorts[item.speaker]}"
            write(axes, 0.3, line + 0.12, said, room=3.9, lines=1, fontsize=8, color=colour)
            write(
                axes, 6.3, line + 0.12, ANSWERS[answers[item.statement]], fontsize=8, color=SOFT, ha="right"
            )
            y += step
        y += 0.14
    return figure


def positions(study, title):
    """Draw every statement of the compared sides for, against or without a position.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair = study.meta["compare"]
    table = priorities.positions(study).set_index(["issue", "side"])
    relations = comparison.relations(study)
    relations = relations[~relations["relation"].isin(["absent", "no proposition"])]
    rank = {name: place for place, name in enumerate(comparison.RELATIONS)}
    relations = relations.sort_values("relation", key=lambda names: names.map(rank), kind="stable")
    names = priorities.labels(study)
    propositions = study.issues.set_index("issue")["proposition"]
    step = 0.46
    figure, axes = canvas(
        0.6 + step * len(relations),
        title,
        "Each mark is one statement. Right of the line: for the proposition (in grey); left: against it; on the "
        "line: both in one passage. Hollow, at the right: the issue is raised without a position.",
        study,
    )
    most = int(table[["for", "against", "neither"]].to_numpy().max(initial=1))
    centre, unit, raised = 4.45, min(0.19, 1.0 / most), 5.75
    room = min(2.7, 3.35 - unit * (table["against"].max() + 0.5)) if len(table) else 2.7
    bottom = 0.5 + step * len(relations)
    write(axes, centre - 0.12, 0.36, "against", ha="right", fontsize=8.5, color=SOFT)
    write(axes, centre + 0.12, 0.36, "for", ha="left", fontsize=8.5, color=SOFT)
    write(axes, raised, 0.36, "no position", ha="left", fontsize=8.5, color=SOFT)
    for side, (x, _) in zip(pair, legend_places([names[side] for side in pair], 0.5, 0.085), strict=True):
        write_side(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
    axes.plot([centre, centre], [0.42, bottom], color=SOFT, lw=0.8)
    last = None
    for place, row in enumerate(relations.itertuples(index=False)):
        y = 0.5 + step * place
        if row.relation != last:
            axes.plot([0, 6.8], [y, y], color=FAINT, lw=0.8)
            write(axes, 0.02, y + step / 2, row.relation, fontsize=8.5, fontweight="bold", room=0.85)
            last = row.relation
        label = names[row.issue]
        if len(label) > LONG:  # the proposition gives way to a label of two lines
            write(axes, 0.95, y + step / 2, label, room=room, fontsize=9)
        else:
            write(axes, 0.95, y + 0.12, label, room=room, lines=1, fontsize=9)
            write(axes, 0.95, y + 0.31, propositions[row.issue], room=room, fontsize=6.5, color=SOFT)
        for side in pair:
            if (row.issue, side) not in table.index:
                continue
            counts = table.loc[(row.issue, side)]
            line = y + step * (0.3 if side == pair[0] else 0.7)
            for k in range(counts["for"]):
                mark(axes, study, side, centre + unit * (k + 1), line)
            for k in range(counts["against"]):
                mark(axes, study, side, centre - unit * (k + 1), line)
            for k in range(counts["mixed"]):
                mark(axes, study, side, centre + unit * 0.5 * k, line)
            for k in range(counts["neither"]):
                mark(axes, study, side, raised + unit * (k + 0.4), line, hollow=True)
    return figure


def emphasis(study, title):
    """Draw the share of each compared side's statements on each issue, and the gap between them.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = comparison.gaps(study)
    counts = priorities.salience(study).set_index(["issue", "side"])["statements"]
    totals = counts.groupby("side").sum()
    pair = study.meta["compare"]
    names = priorities.labels(study)
    step = 0.3
    sizes = " and ".join(f"{totals.get(side, 0)} of {names[side]}" for side in pair)
    figure, axes = canvas(
        0.72 + step * len(table),
        title,
        f"Share of each side's statements on each issue ({sizes}); beside each mark the number of statements. "
        f"A side without one has no mark. Right: the gap in points, {names[pair[0]]} minus {names[pair[1]]}.",
        study,
    )
    left, right, far = 2.3, 5.75, 6.7
    top = max(0.05, float(table[pair].to_numpy().max()))
    scale = (right - left) / top
    for tick in [t / 20 for t in range(int(top * 20) + 1)]:
        axes.plot(
            [left + tick * scale] * 2,
            [0.5, 0.55 + step * len(table)],
            color=FAINT,
            lw=0.8,
            zorder=0,
        )
        write(
            axes,
            left + tick * scale,
            0.62 + step * len(table),
            f"{tick:.0%}",
            ha="center",
            fontsize=7.5,
            color=SOFT,
        )
    for side, (x, _) in zip(pair, legend_places([names[side] for side in pair], 0.5, 0.085), strict=True):
        write_side(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
    write(axes, far, 0.38, "gap, points", ha="right", fontsize=8, color=SOFT)
    for place, row in table.iterrows():
        y = 0.65 + step * place
        write(axes, left - 0.2, y, names[row["issue"]], room=2.08, ha="right", fontsize=9)
        xs = [left + row[side] * scale for side in pair if row[side] > 0]
        level = len(xs) == 2 and abs(xs[0] - xs[1]) < 0.08
        axes.plot([min(xs), max(xs)], [y, y], color=SOFT, lw=1)
        for k, side in enumerate(pair):
            if row[side] == 0:
                continue
            x = left + row[side] * scale
            line = y + (0.065 * (2 * k - 1) if level else 0)
            mark(axes, study, side, x, line)
            number = counts[(row["issue"], side)]
            outer = 1 if x == max(xs) and not (level and k == 0) else -1
            write(
                axes,
                x + outer * 0.1,
                line,
                str(number),
                ha="left" if outer > 0 else "right",
                fontsize=8,
                color=study.meta["sides"][side]["colour"],
            )
        gap = round(100 * row["gap"])
        write(
            axes,
            far,
            y,
            f"{gap:+d}".replace("-", "−") if gap else "0",
            ha="right",
            fontsize=9,
        )
    return figure


def declared(study, title):
    """Draw, for each compared side, what is declared a priority beside what gets statements.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair = study.meta["compare"]
    names, shorts = priorities.labels(study), priorities.shorts(study)
    counts = priorities.salience(study).set_index(["issue", "side"])["statements"]
    rows = study.rankings[study.rankings["side"].isin(pair)]
    shown = [
        issue
        for issue in study.issues["issue"]
        if (rows["issue"] == issue).any() or any((issue, side) in counts.index for side in pair)
    ]
    step, start = 0.36, 0.5
    figure, axes = canvas(
        start + step * len(shown),
        title,
        "Marks: statements of the side on the issue. In words: its place in a list, what the list calls it, and whose "
        "list it is; “?” marks a hedge, “low” little attention. An issue without words is not ranked, which is not last.",
        study,
    )
    column = {pair[0]: 1.92, pair[1]: 4.65}
    for side in pair:
        write_side(axes, study, side, column[side], 0.25, room=2.0, fontsize=9.5)
    for place, issue in enumerate(shown):
        y = start + step * place
        axes.plot([0, 6.8], [y, y], color=FAINT, lw=0.8)
        write(axes, 1.8, y + step / 2, names[issue], room=1.78, ha="right", fontsize=9)
        for side in pair:
            number = counts.get((issue, side), 0)
            said = rows[(rows["issue"] == issue) & (rows["side"] == side)]
            line = y + step * (0.3 if len(said) else 0.5)
            gap = min(0.17, 2.1 / max(1, number))
            for k in range(number):
                mark(axes, study, side, column[side] + 0.06 + gap * k, line, size=36)
            if not number:
                write(axes, column[side], line, "no statement", fontsize=7.5, color=SOFT)
            notes = []
            for item in said.itertuples():
                who = shorts[item.speaker]
                order = f"{item.bucket}" if item.emphasis == "high" else "low"
                notes.append(f"{order}: “{item.named}”, {who}{'?' if item.hedged else ''}")
            write(
                axes,
                column[side],
                y + step * 0.76,
                "; ".join(notes),
                room=2.65 if side == pair[0] else 2.15,
                lines=1,
                fontsize=7.2,
                color=study.meta["sides"][side]["colour"],
            )
    return figure


def voices(study, title):
    """Draw on whose word each side's statements rest, a mark a statement.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = priorities.voices(study)
    codes = study.meta["baseline"]["evidence"]
    sides = [side for side in table.index if table.at[side, "statements"]]
    names = priorities.labels(study)
    step = 0.22
    heads = [f"{names[side]}, {table.at[side, 'statements']}" for side in sides]
    places = legend_places(heads, 0.5, 0.085)
    more = 0.2 * places[-1][1] if places else 0
    figure, axes = canvas(
        0.45 + more + (step * len(sides) + 0.14) * len(codes),
        title,
        "Each mark is one statement, by whose position it is and by what it rests on.",
        study,
    )
    for side, text, (x, row) in zip(sides, heads, places, strict=True):
        write_side(axes, study, side, x, 0.1 + 0.2 * row, fontsize=9, text=text)
    y = 0.35 + more
    for code in codes:
        axes.plot([0, 6.8], [y, y], color=FAINT, lw=0.8)
        write(
            axes,
            0.02,
            y + 0.07 + step * len(sides) / 2,
            priorities.EVIDENCE.get(code, code),
            fontsize=9.5,
        )
        for side in sides:
            line = y + 0.07 + step * (sides.index(side) + 0.5)
            number = table.at[side, code]
            gap = min(0.24, 4.4 / max(1, number))
            for k in range(number):
                mark(axes, study, side, 1.95 + gap * k, line)
            write(
                axes,
                1.95 + gap * number,
                line,
                str(number),
                fontsize=8.5,
                color=study.meta["sides"][side]["colour"],
            )
        y += step * len(sides) + 0.14
    return figure


def actors_by_issue(study, title):
    """Draw which actors are reported on which issues, with the sign of their positions.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    rows = priorities.admit(study)
    names, shorts = priorities.labels(study), priorities.shorts(study)
    actors = [actor for actor in study.actors["actor"] if (rows["actor"] == actor).any()]
    issues = [issue for issue in study.issues["issue"] if (rows["issue"] == issue).any()]
    step, start, left = 0.29, 1.35, 2.15
    column = min(0.42, 4.5 / max(1, len(actors)))
    while any(left + column * (k + 0.5) + 0.047 * len(shorts[who]) > 6.8 for k, who in enumerate(actors)):
        column *= 0.98
    figure, axes = canvas(
        start + step * len(issues),
        title,
        "A mark: statements give this actor's position or act on the issue. In it the signs: + for, − against, ± both, "
        "0 raised without a position. Below the names, the number of statements; who only speaks has no column.",
        study,
    )
    belongs = study.actors.set_index("actor")["side"]
    for place, actor in enumerate(actors):
        x = left + column * (place + 0.5)
        colour = study.meta["sides"][belongs[actor]]["colour"]
        write(
            axes,
            x - 0.05,
            start - 0.26,
            shorts[actor],
            rotation=38,
            ha="left",
            va="bottom",
            fontsize=8,
            color=colour,
            rotation_mode="anchor",
        )
        write(axes, x, start - 0.13, str((rows["actor"] == actor).sum()), ha="center", fontsize=8, color=SOFT)
    for line, issue in enumerate(issues):
        y = start + step * line
        axes.plot([0, left + column * len(actors)], [y, y], color=FAINT, lw=0.8)
        write(axes, left - 0.15, y + step / 2, names[issue], room=1.98, ha="right", fontsize=9)
        for place, actor in enumerate(actors):
            said = rows.loc[(rows["actor"] == actor) & (rows["issue"] == issue), "position"]
            if not len(said):
                continue
            x = left + column * (place + 0.5)
            mark(axes, study, belongs[actor], x, y + step / 2, size=150, hollow=set(said) == {"0"})
            pro, contra = said.isin(["1", "mixed"]).any(), said.isin(["-1", "mixed"]).any()
            sign = "±" if pro and contra else "+" if pro else "−" if contra else "0"
            write(
                axes,
                x,
                y + step / 2,
                sign,
                ha="center",
                va="center_baseline",
                fontsize=8.5,
                zorder=4,
                color=INK if sign == "0" else "white",
                fontweight="bold",
            )
    return figure


def chance(study, title, table=None):
    """Draw each coefficient beside the range that chance gives at these counts.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str
    table : pandas.DataFrame, optional
        As `comparison.coefficients` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = comparison.coefficients(study) if table is None else table
    step, left, right = 0.5, 2.6, 6.5
    figure, axes = canvas(
        0.35 + step * len(table),
        title,
        "Mark: the value for the two sides. Bar: where 95 in 100 random relabellings of the passages fall, with their "
        "mean. Distance: 0 alike, 1 nothing in common. Rank agreement: −1 to 1; overlap: 0 to 1, 1 alike.",
        study,
    )
    low, high = min(-1.0, table["low"].min()), 1.0
    scale = (right - left) / (high - low)
    for tick in (-1, -0.5, 0, 0.5, 1):
        x = left + (tick - low) * scale
        axes.plot([x, x], [0, step * len(table)], color=FAINT, lw=0.8, zorder=0)
        write(
            axes,
            x,
            step * len(table) + 0.14,
            f"{tick:g}".replace("-", "−"),
            ha="center",
            fontsize=8,
            color=SOFT,
        )
    for place, row in enumerate(table.itertuples()):
        y = step * (place + 0.5)
        write(axes, left - 0.2, y, row.coefficient, ha="right", fontsize=9)
        axes.plot(
            [left + (row.low - low) * scale, left + (row.high - low) * scale],
            [y, y],
            lw=9,
            color="#BDBDBD",
            solid_capstyle="butt",
        )
        middle = left + (row.mean - low) * scale
        axes.plot([middle, middle], [y - 0.08, y + 0.08], color="white", lw=1.5)
        if not pd.isna(row.value):
            axes.scatter([left + (row.value - low) * scale], [y], s=60, color=INK, zorder=3)
    return figure


def agreement(study, title, table):
    """Draw how far the codings agree, variable by variable.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str
    table : pandas.DataFrame
        As `agreement.summary` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    step, left, right = 0.27, 2.0, 5.6
    figure, axes = canvas(
        0.5 + step * len(table),
        title,
        "Filled: Krippendorff's alpha with its jackknife interval; 0 is what chance gives, 1 is perfect. Hollow: "
        "Gwet's AC1, steadier where a code is rare. Right: the share of readings that are equal.",
        study,
    )
    low = min(0.0, float(table["low"].min()))
    scale = (right - left) / (1 - low)
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x = left + (tick - low) * scale
        axes.plot([x, x], [0.05, 0.12 + step * len(table)], color=FAINT, lw=0.8, zorder=0)
        write(axes, x, 0.24 + step * len(table), f"{tick:g}", ha="center", fontsize=8, color=SOFT)
    for place, row in enumerate(table.itertuples()):
        y = 0.12 + step * (place + 0.5)
        write(axes, left - 0.2, y, row.variable, ha="right", fontsize=9)
        if not pd.isna(row.alpha):
            ends = [left + (value - low) * scale for value in (row.low, row.high)]
            axes.plot(ends, [y, y], color=SOFT, lw=2, solid_capstyle="butt")
            axes.scatter([left + (row.alpha - low) * scale], [y], s=44, color=INK, zorder=3)
        if not pd.isna(row.AC1):
            x = left + (row.AC1 - low) * scale
            axes.scatter([x], [y], s=90, facecolors="none", edgecolors=INK, linewidths=1, zorder=4)
        write(axes, 6.7, y, f"{row.agreement:.0%} of {row.units}", ha="right", fontsize=8.5)
    return figure


def _write_finding(axes, x, y, sentence):
    """Write the sentence of a finding to the left of `x`, in three lines at most."""
    lines = textwrap.wrap(sentence, 57, max_lines=3, placeholder="…")
    write(axes, x, y, "\n".join(lines), room=x, lines=3, ha="right", fontsize=7.5, linespacing=1.15)


def survival(study, title, table):
    """Draw in how many specifications each finding holds.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str
    table : pandas.DataFrame
        As `robustness.survival` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sentences = study.findings.set_index("finding")["sentence"]
    step, left, right = 0.44, 3.75, 6.1
    figure, axes = canvas(
        0.55 + step * len(table),
        title,
        "Share of specifications in which a finding holds. Filled: rules that answer the same question as well; "
        "hollow: with rules that ask another question too.",
        study,
    )
    axes.plot([left, left], [0, 0.12 + step * len(table)], color=FAINT, lw=0.8)
    for tick in (0, 0.5, 1):
        x = left + tick * (right - left)
        axes.plot([x, x], [0.05, 0.12 + step * len(table)], color=FAINT, lw=0.8, zorder=0)
        write(axes, x, 0.26 + step * len(table), f"{tick:.0%}", ha="center", fontsize=8, color=SOFT)
    for place, row in table.iterrows():
        y = 0.1 + step * (place + 0.5)
        _write_finding(axes, left - 0.2, y, sentences[row["finding"]])
        xs = [left + row[name] * (right - left) for name in ("same question", "all")]
        axes.plot(xs, [y, y], color=SOFT, lw=1)
        axes.scatter([xs[1]], [y], s=44, facecolors="white", edgecolors=INK, zorder=3)
        axes.scatter([xs[0]], [y], s=44, color=INK, zorder=4)
        write(axes, right + 0.12, y - 0.07, f"{row['same question']:.0%}", fontsize=9, fontweight="bold")
        write(axes, right + 0.12, y + 0.09, f"{row['all']:.0%}", fontsize=8, color=SOFT)
    return figure


def carriers(study, title, held):
    """Draw which paragraph each finding rests on.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str
    held : pandas.DataFrame of bool
        As `robustness.leave_one_out` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sentences = study.findings.set_index("finding")["sentence"]
    step, left = 0.42, 3.4
    column = min(0.24, (6.75 - left) / len(held))
    figure, axes = canvas(
        0.45 + step * len(held.columns),
        title,
        "A filled mark: without this paragraph the finding would not hold. A dot: it would. Paragraphs in which no side has "
        "a statement are left out.",
        study,
    )
    for place, paragraph in enumerate(held.index):
        x = left + column * (place + 0.5)
        write(axes, x, 0.18, paragraph, ha="center", fontsize=7.5, color=SOFT, rotation=90)
    for line, finding in enumerate(held.columns):
        y = 0.38 + step * (line + 0.5)
        _write_finding(axes, left - 0.12, y, sentences[finding])
    falls, stands = ([], []), ([], [])
    for line, finding in enumerate(held.columns):
        for place, holds in enumerate(held[finding]):
            xs, ys = stands if holds else falls
            xs.append(left + column * (place + 0.5))
            ys.append(0.38 + step * (line + 0.5))
    axes.scatter(*stands, s=5, color="#BDBDBD", lw=0)
    axes.scatter(*falls, s=52, marker="s", color=INK, lw=0)
    return figure


def share_intervals(study, title, table):
    """Draw each share with the range that resampled paragraphs give.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str
    table : pandas.DataFrame
        As `robustness.share_intervals` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    names = priorities.labels(study)
    pair = study.meta["compare"]
    issues = [issue for issue in study.issues["issue"] if (table["issue"] == issue).any()]
    step, left, right = 0.38, 2.3, 6.7
    figure, axes = canvas(
        0.65 + step * len(issues),
        title,
        "Share of each side's statements, with the range in which it falls in 95 of 100 resamples of paragraphs.",
        study,
    )
    scale = (right - left) / (1.05 * max(0.1, float(table["high"].max())))
    bottom = 0.35 + step * len(issues)
    for tick in range(0, int(table["high"].max() * 100) + 1, 10):
        x = left + tick / 100 * scale
        axes.plot([x, x], [0.35, bottom], color=FAINT, lw=0.8, zorder=0)
        write(axes, x, bottom + 0.12, f"{tick}%", ha="center", fontsize=8, color=SOFT)
    for side, (x, _) in zip(pair, legend_places([names[side] for side in pair], 0.5, 0.085), strict=True):
        write_side(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
    for row in table.itertuples():
        place = issues.index(row.issue)
        y = 0.35 + step * (place + (0.3 if row.side == pair[0] else 0.7))
        colour = study.meta["sides"][row.side]["colour"]
        axes.plot(
            [left + row.low * scale, left + row.high * scale],
            [y, y],
            color=colour,
            lw=2,
            solid_capstyle="butt",
        )
        mark(axes, study, row.side, left + row.share * scale, y, size=34)
    for place, issue in enumerate(issues):
        write(
            axes,
            left - 0.2,
            0.35 + step * (place + 0.5),
            names[issue],
            room=left - 0.22,
            ha="right",
            fontsize=9,
        )
    return figure
