"""Figures of the sides: asks, positions, emphasis, declared priorities."""

from analysis import measures
from analysis.figures.sheet import FAINT, SOFT, canvas, legend_places, mark, write, write_side
from analysis.study.codebook import OWN_WORDS, RELATIONS
from analysis.study.statements import labels

LONG = 32  # characters of a label that stays on one line
MOST_ASKS = 20  # arrows in one figure
ANSWERS = {
    "for": "the other side: for it",
    "against": "the other side: against it",
    "both": "the other side: for and against it",
    "open": "the other side: no position",
    "not reported": "the other side: not reported",
}


def asks(study, title):
    """Draw what the sides ask of each other: an arrow an issue, from who asks to who should act.

    Parameters
    ----------
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = measures.asks(study)
    note = ""
    if len(table) > MOST_ASKS:
        pair = study.meta["compare"]
        table = table[table["side"].isin(pair) & table["toward"].isin(pair)].head(MOST_ASKS).copy()
        note = f" Drawn are {len(table)} asks between the two compared sides, in the order of the text."
    names = labels(study)
    answers = measures.answers(study).set_index("statement")["answer"]
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
            own = item.evidence in OWN_WORDS
            mark(axes, study, side, 0.12, line, size=90)
            mark(axes, study, toward, 6.6, line, size=90)
            axes.plot([0.24, 6.36], [line, line], color=colour, lw=1.6, ls="-" if own else (0, (4, 3)))
            axes.scatter([6.4], [line], marker=">", s=46, color=colour, lw=0)
            write(axes, 0.3, line - 0.13, item.gist, room=5.9, lines=1, fontsize=10)
            said = f"{names.issues[item.issue]}; says {names.short[item.speaker]}"
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
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair = study.meta["compare"]
    table = measures.positions(study).set_index(["issue", "side"])
    relations = measures.relations(study)
    relations = relations[~relations["relation"].isin(["absent", "no proposition"])]
    rank = {name: place for place, name in enumerate(RELATIONS)}
    relations = relations.sort_values("relation", key=lambda names: names.map(rank), kind="stable")
    names = labels(study)
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
    for side, (x, _) in zip(
        pair, legend_places([names.sides[side] for side in pair], 0.5, 0.085), strict=True
    ):
        write_side(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
    axes.plot([centre, centre], [0.42, bottom], color=SOFT, lw=0.8)
    last = None
    for place, row in enumerate(relations.itertuples(index=False)):
        y = 0.5 + step * place
        if row.relation != last:
            axes.plot([0, 6.8], [y, y], color=FAINT, lw=0.8)
            write(axes, 0.02, y + step / 2, row.relation, fontsize=8.5, fontweight="bold", room=0.85)
            last = row.relation
        label = names.issues[row.issue]
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
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = measures.gaps(study)
    counts = measures.salience(study).set_index(["issue", "side"])["statements"]
    totals = counts.groupby("side").sum()
    pair = study.meta["compare"]
    names = labels(study)
    step = 0.3
    sizes = " and ".join(f"{totals.get(side, 0)} of {names.sides[side]}" for side in pair)
    figure, axes = canvas(
        0.72 + step * len(table),
        title,
        f"Share of each side's statements on each issue ({sizes}); beside each mark the number of statements. "
        f"A side without one has no mark. Right: the gap in points, {names.sides[pair[0]]} minus {names.sides[pair[1]]}.",
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
    for side, (x, _) in zip(
        pair, legend_places([names.sides[side] for side in pair], 0.5, 0.085), strict=True
    ):
        write_side(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
    write(axes, far, 0.38, "gap, points", ha="right", fontsize=8, color=SOFT)
    for place, row in table.iterrows():
        y = 0.65 + step * place
        write(axes, left - 0.2, y, names.issues[row["issue"]], room=2.08, ha="right", fontsize=9)
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
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair = study.meta["compare"]
    names = labels(study)
    counts = measures.salience(study).set_index(["issue", "side"])["statements"]
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
        write(axes, 1.8, y + step / 2, names.issues[issue], room=1.78, ha="right", fontsize=9)
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
                who = names.short[item.speaker]
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
