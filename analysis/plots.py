"""Draw the figures. Each function takes a study and a title, and returns a matplotlib figure.

A figure's title states a finding, its subtitle says what is measured, labels stand beside what they
name, and a source line stands at the foot. Sides differ in marker as well as in colour.
"""

import textwrap
from functools import lru_cache

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from analysis import claims, comparison, priorities
from analysis.study import NONE

WIDTH = 7.0  # inches
DPI = 144
INK, SOFT, FAINT = "#1A1A1A", "#5F5F5F", "#D9D9D9"
LONG = 32  # characters of a label that stays on one line
MOST_ASKS = 20  # arrows in one figure
SIZE = 48  # area of a marker, points squared
EVIDENCE = {
    "quoted": "own words, quoted",
    "reported": "own words, retold",
    "act": "acts",
    "attributed": "the reporter's word",
    "analyst": "an observer's word",
    "background": "background",
}

ANSWERS = {
    "for": "the other side: for it",
    "against": "the other side: against it",
    "both": "the other side: for and against it",
    "open": "the other side: no position",
    "not reported": "the other side: not reported",
}


@lru_cache(maxsize=64)
def _signs(path):
    """Return the code points that a font file has."""
    from matplotlib.font_manager import get_font

    try:
        return frozenset(get_font(path).get_charmap())
    except (OSError, RuntimeError, ValueError):
        return frozenset()


@lru_cache(maxsize=256)
def _fallback(lacking):
    """Find fonts of the system for signs that the plotting font lacks.

    Parameters
    ----------
    lacking : frozenset of str

    Returns
    -------
    families : tuple of str
    rest : frozenset of str
        Signs that no font has.
    """
    from matplotlib.font_manager import fontManager

    families, rest = [], {ord(sign) for sign in lacking}
    files = {entry.fname: entry.name for entry in sorted(fontManager.ttflist, key=lambda entry: entry.fname)
             if "Last Resort" not in entry.name and entry.style == "normal"}  # fmt: skip
    while rest and files:
        best = max(files, key=lambda file: len(rest & _signs(file)))
        if not rest & _signs(best):
            break
        rest -= _signs(best)
        families.append(files.pop(best))
    return tuple(families), frozenset(map(chr, rest))


def _script(text):
    """Return a text that can be drawn, and the style that draws it.

    A sign that the plotting font lacks is drawn in a font of the system; one that no font has, as a
    hollow box.
    """
    from matplotlib.font_manager import findfont

    plotting = _signs(findfont("DejaVu Sans"))
    lacking = frozenset(sign for sign in text if ord(sign) not in plotting and not sign.isspace())
    if not lacking:
        return text, {}
    families, rest = _fallback(lacking)
    shown = "".join("▯" if sign in rest else sign for sign in text)
    # A font that has no bold would say so in the output of a notebook.
    return shown, {"fontfamily": ["DejaVu Sans", *families], "fontweight": "normal"}


def _unwritten(study, *texts):
    """Tell whether the labels of a study have signs that no font on this machine has."""
    labels = [*map(str, priorities.labels(study).values()), *texts]
    return any(_script(label)[0] != label for label in labels)


def _fitted(figure, text, room, **style):
    """Break a text into lines that fit into so many inches; return it."""
    probe = figure.text(0, 0, text, parse_math=False, **style)
    renderer = figure.canvas.get_renderer()
    for width in range(120, 20, -2):
        probe.set_text(textwrap.fill(text, width))
        if probe.get_window_extent(renderer).width <= room * DPI:
            break
    probe.remove()
    return probe.get_text()


def _canvas(height, title, subtitle, study, source=None):
    """Return a figure and one axes measured in inches, y downwards, below title and subtitle.

    The axes are `height` inches high; data coordinates are inches from their upper left corner.
    """
    edge, foot = 0.1, 0.32
    inner = WIDTH - 2 * edge
    figure = plt.figure(figsize=(WIDTH, height), dpi=DPI)
    if _unwritten(study, title, subtitle):
        subtitle += " ▯ stands for a letter that no font on this machine has."
    (title, bold), (subtitle, small) = _script(title), _script(subtitle)
    bold = {"fontsize": 12.5, "fontweight": "bold", "linespacing": 1.25} | bold
    small = {"fontsize": 9, "linespacing": 1.3} | small
    title, subtitle = _fitted(figure, title, inner, **bold), _fitted(figure, subtitle, inner, **small)
    below = 0.14 + 0.22 * (title.count("\n") + 1)
    total = 0.06 + below + 0.17 * (subtitle.count("\n") + 1) + height + foot
    figure.set_size_inches(WIDTH, total)
    axes = figure.add_axes((edge / WIDTH, foot / total, inner / WIDTH, height / total))
    axes.set(xlim=(0, inner), ylim=(height, 0))
    axes.axis("off")
    place = {"x": edge / WIDTH, "ha": "left", "parse_math": False}
    figure.suptitle(title, y=1 - 0.08 / total, va="top", color=INK, **bold, **place)
    figure.text(s=subtitle, y=1 - below / total, va="top", color=SOFT, **small, **place)
    if source is None:
        article = study.meta["article"]
        published = article.get("published")
        source = f"Source: {article['publisher']}" + (f", {published:%d %B %Y}" if published else "")
        source += "; statements coded from the article."
    source, script = _script(source)
    figure.text(s=source, y=0.08 / total, va="bottom", fontsize=7.5, color=SOFT, **place, **script)
    return figure, axes


def _text(axes, x, y, text, room=None, lines=2, **style):
    """Write a text as it is: a dollar sign in a table is no mathematics.

    Where it is wider than `room` inches it is broken into lines of a smaller size; what is too long
    for these ends in an ellipsis.
    """
    text, script = _script(text)
    made = axes.text(x, y, text, parse_math=False, **{"color": INK, "va": "center", **style, **script})
    if room is None:
        return
    renderer = axes.figure.canvas.get_renderer()
    limit = room * DPI
    if made.get_window_extent(renderer).width <= limit:
        return
    size, text = made.get_fontsize(), made.get_text()
    for more, shrunk in ((0, 0.84), (1, 0.7)) if lines > 1 else ((0, 1.0),):
        made.set(fontsize=shrunk * size, linespacing=1.05)
        for width in range(len(text), 3, -1):
            broken = textwrap.wrap(text, width, max_lines=lines + more, placeholder="…")
            made.set_text("\n".join(broken) if broken else text[:width])
            if made.get_window_extent(renderer).width <= limit:
                break
        if not made.get_text().endswith("…"):
            return


def _legend(labels, first, wide, room=6.7):
    """Place the entries of a legend by the lengths of their labels.

    Returns
    -------
    list of (float, int)
        Where each starts, in inches, and in which row; a full row is followed by another.
    """
    x, row, places = 0.0, 0, []
    for label in labels:
        size = first + wide * len(label)
        if x and x + size - 0.2 > room:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += size
    return places


def _mark(axes, study, side, x, y, hollow=False, size=SIZE):
    """Draw one marker of a side."""
    entry = study.meta["sides"][side]
    axes.scatter(
        [x],
        [y],
        s=size,
        marker=entry["marker"],
        zorder=3,
        linewidths=1.2,
        facecolors="white" if hollow else entry["colour"],
        edgecolors=entry["colour"],
    )


def _side_text(axes, study, side, x, y, **style):
    """Write the label of a side in its colour, after its marker."""
    entry = study.meta["sides"][side]
    _mark(axes, study, side, x + 0.06, y)
    _text(
        axes,
        x + 0.18,
        y,
        style.pop("text", entry["label"]),
        color=entry["colour"],
        fontweight="bold",
        **style,
    )


def _clip(text, width):
    """Cut a text at so many characters, with an ellipsis."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


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
    above = _legend([theme["label"] for theme in palette.values()], 0.36, 0.068)
    below = _legend([*(entry["label"] for entry in study.meta["sides"].values()), "x" * 36], 0.42, 0.075)
    step, start = 0.235, 0.55 + 0.2 * (above[-1][1] + below[-1][1])
    figure, axes = _canvas(
        start + step * len(rows),
        title,
        "Each block is a paragraph, as long as its text and in the order of the page; colour: theme of the "
        "coded passage, grey: not coded. Right: whose position each statement gives, and who says it.",
        study,
    )
    themes = study.issues.set_index("issue")["theme"]
    for theme, (x, row) in zip(palette.values(), above, strict=True):
        axes.add_patch(plt.Rectangle((x, 0.02 + 0.2 * row), 0.12, 0.12, color=theme["colour"], lw=0))
        _text(axes, x + 0.17, 0.085 + 0.2 * row, theme["label"], fontsize=8)
    top = 0.31 + 0.2 * above[-1][1]
    for side, (x, row) in zip(study.meta["sides"], below, strict=False):
        _side_text(axes, study, side, x, top + 0.2 * row, fontsize=8)
    x, top = below[-1][0], top + 0.2 * below[-1][1]
    axes.scatter([x + 0.06], [top], s=14, marker="o", color=SOFT)
    _text(axes, x + 0.18, top, "no side: background, or an observer's own judgement", fontsize=8, color=SOFT)
    names = priorities.shorts(study)
    kinds = study.actors.set_index("actor")["kind"]
    scale = 3.4 / rows["characters"].max()
    for place, row in enumerate(rows.itertuples()):
        y = start + step * place
        _text(axes, 0.3, y + step / 2, row.paragraph, ha="right", fontsize=8, color=SOFT)
        axes.add_patch(
            plt.Rectangle((0.38, y + 0.03), row.characters * scale, step - 0.06, color=FAINT, lw=0)
        )
        coded = study.statements[study.statements["paragraph"] == row.paragraph]
        for item in coded.itertuples():
            colour = palette[themes[item.issue]]["colour"]
            axes.add_patch(
                plt.Rectangle(
                    (0.38 + item.start * scale, y + 0.03),
                    (item.end - item.start) * scale,
                    step - 0.06,
                    facecolor=colour,
                    edgecolor="white",
                    lw=0.8,
                )
            )
        x, gap = 3.98, min(0.17, 1.9 / max(1, len(coded)))
        for item in coded.itertuples():
            if item.side == NONE:
                axes.scatter([x], [y + step / 2], s=14, marker="o", color=SOFT)
            else:
                _mark(axes, study, item.side, x, y + step / 2, size=38)
            x += gap
        said = [names[speaker] for speaker in dict.fromkeys(coded["speaker"]) if kinds[speaker] != "media"]
        note = ", ".join(said)
        if row.kind not in ("body", "caption"):
            note = {"headline": "headline", "link": "link to another story"}[row.kind]
        elif row.kind == "caption":
            note = f"photo caption, printed {row.copies} times" if row.copies > 1 else "photo caption"
        _text(
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
    step = 0.54
    figure, axes = _canvas(
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
        head = f"{asker[0].upper()}{asker[1:]} asks {asked} to …"
        _text(axes, 0.02, y + 0.1, head, color=colour, fontweight="bold", fontsize=10.5)
        y += 0.3
        for item in group.itertuples():
            line = y + 0.32
            own = item.evidence in priorities.OWN_WORDS
            _mark(axes, study, side, 0.12, line, size=90)
            _mark(axes, study, toward, 6.6, line, size=90)
            axes.plot([0.24, 6.36], [line, line], color=colour, lw=1.6, ls="-" if own else (0, (4, 3)))
            axes.scatter([6.4], [line], marker=">", s=46, color=colour, lw=0)
            _text(axes, 0.3, line - 0.13, item.gist, room=5.9, lines=1, fontsize=10)
            said = f"{names[item.issue]}; says {shorts[item.speaker]}"
            _text(axes, 0.3, line + 0.12, said, room=3.9, lines=1, fontsize=8, color=colour)
            _text(
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
    figure, axes = _canvas(
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
    _text(axes, centre - 0.12, 0.36, "against", ha="right", fontsize=8.5, color=SOFT)
    _text(axes, centre + 0.12, 0.36, "for", ha="left", fontsize=8.5, color=SOFT)
    _text(axes, raised, 0.36, "no position", ha="left", fontsize=8.5, color=SOFT)
    for side, (x, _) in zip(pair, _legend([names[side] for side in pair], 0.5, 0.085), strict=True):
        _side_text(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
    axes.plot([centre, centre], [0.42, bottom], color=SOFT, lw=0.8)
    last = None
    for place, row in enumerate(relations.itertuples(index=False)):
        y = 0.5 + step * place
        if row.relation != last:
            axes.plot([0, 6.8], [y, y], color=FAINT, lw=0.8)
            _text(axes, 0.02, y + step / 2, row.relation, fontsize=8.5, fontweight="bold", room=0.85)
            last = row.relation
        label = names[row.issue]
        if len(label) > LONG:  # the proposition gives way to a label of two lines
            _text(axes, 0.95, y + step / 2, label, room=room, fontsize=9)
        else:
            _text(axes, 0.95, y + 0.12, label, room=room, lines=1, fontsize=9)
            _text(axes, 0.95, y + 0.31, propositions[row.issue], room=room, fontsize=6.5, color=SOFT)
        for side in pair:
            if (row.issue, side) not in table.index:
                continue
            counts = table.loc[(row.issue, side)]
            line = y + step * (0.3 if side == pair[0] else 0.7)
            for k in range(counts["for"]):
                _mark(axes, study, side, centre + unit * (k + 1), line)
            for k in range(counts["against"]):
                _mark(axes, study, side, centre - unit * (k + 1), line)
            for k in range(counts["mixed"]):
                _mark(axes, study, side, centre + unit * 0.5 * k, line)
            for k in range(counts["neither"]):
                _mark(axes, study, side, raised + unit * (k + 0.4), line, hollow=True)
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
    figure, axes = _canvas(
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
        _text(
            axes,
            left + tick * scale,
            0.62 + step * len(table),
            f"{tick:.0%}",
            ha="center",
            fontsize=7.5,
            color=SOFT,
        )
    for side, (x, _) in zip(pair, _legend([names[side] for side in pair], 0.5, 0.085), strict=True):
        _side_text(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
    _text(axes, far, 0.38, "gap, points", ha="right", fontsize=8, color=SOFT)
    for place, row in table.iterrows():
        y = 0.65 + step * place
        _text(axes, left - 0.2, y, names[row["issue"]], room=2.08, ha="right", fontsize=9)
        xs = [left + row[side] * scale for side in pair if row[side] > 0]
        level = len(xs) == 2 and abs(xs[0] - xs[1]) < 0.08
        axes.plot([min(xs), max(xs)], [y, y], color=SOFT, lw=1)
        for k, side in enumerate(pair):
            if row[side] == 0:
                continue
            x = left + row[side] * scale
            line = y + (0.065 * (2 * k - 1) if level else 0)
            _mark(axes, study, side, x, line)
            number = counts[(row["issue"], side)]
            outer = 1 if x == max(xs) and not (level and k == 0) else -1
            _text(
                axes,
                x + outer * 0.1,
                line,
                str(number),
                ha="left" if outer > 0 else "right",
                fontsize=8,
                color=study.meta["sides"][side]["colour"],
            )
        gap = round(100 * row["gap"])
        _text(
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
    figure, axes = _canvas(
        start + step * len(shown),
        title,
        "Marks: statements of the side on the issue. In words: its place in a list, what the list calls it, and whose "
        "list it is; “?” marks a hedge, “low” little attention. An issue without words is not ranked, which is not last.",
        study,
    )
    column = {pair[0]: 1.92, pair[1]: 4.65}
    for side in pair:
        _side_text(axes, study, side, column[side], 0.25, room=2.0, fontsize=9.5)
    for place, issue in enumerate(shown):
        y = start + step * place
        axes.plot([0, 6.8], [y, y], color=FAINT, lw=0.8)
        _text(axes, 1.8, y + step / 2, names[issue], room=1.78, ha="right", fontsize=9)
        for side in pair:
            number = counts.get((issue, side), 0)
            said = rows[(rows["issue"] == issue) & (rows["side"] == side)]
            line = y + step * (0.3 if len(said) else 0.5)
            gap = min(0.17, 2.1 / max(1, number))
            for k in range(number):
                _mark(axes, study, side, column[side] + 0.06 + gap * k, line, size=36)
            if not number:
                _text(axes, column[side], line, "no statement", fontsize=7.5, color=SOFT)
            notes = []
            for item in said.itertuples():
                who = shorts[item.speaker]
                order = f"{item.bucket}" if item.emphasis == "high" else "low"
                notes.append(f"{order}: “{item.named}”, {who}{'?' if item.hedged else ''}")
            _text(
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
    places = _legend(heads, 0.5, 0.085)
    more = 0.2 * places[-1][1] if places else 0
    figure, axes = _canvas(
        0.45 + more + (step * len(sides) + 0.14) * len(codes),
        title,
        "Each mark is one statement, by whose position it is and by what it rests on.",
        study,
    )
    for side, text, (x, row) in zip(sides, heads, places, strict=True):
        _side_text(axes, study, side, x, 0.1 + 0.2 * row, fontsize=9, text=text)
    y = 0.35 + more
    for code in codes:
        axes.plot([0, 6.8], [y, y], color=FAINT, lw=0.8)
        _text(
            axes,
            0.02,
            y + 0.07 + step * len(sides) / 2,
            EVIDENCE.get(code, code),
            fontsize=9.5,
        )
        for side in sides:
            line = y + 0.07 + step * (sides.index(side) + 0.5)
            number = table.at[side, code]
            gap = min(0.24, 4.4 / max(1, number))
            for k in range(number):
                _mark(axes, study, side, 1.95 + gap * k, line)
            _text(
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
    figure, axes = _canvas(
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
        _text(
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
        _text(axes, x, start - 0.13, str((rows["actor"] == actor).sum()), ha="center", fontsize=8, color=SOFT)
    for line, issue in enumerate(issues):
        y = start + step * line
        axes.plot([0, left + column * len(actors)], [y, y], color=FAINT, lw=0.8)
        _text(axes, left - 0.15, y + step / 2, names[issue], room=1.98, ha="right", fontsize=9)
        for place, actor in enumerate(actors):
            said = rows.loc[(rows["actor"] == actor) & (rows["issue"] == issue), "position"]
            if not len(said):
                continue
            x = left + column * (place + 0.5)
            _mark(axes, study, belongs[actor], x, y + step / 2, size=150, hollow=set(said) == {"0"})
            pro, contra = said.isin(["1", "mixed"]).any(), said.isin(["-1", "mixed"]).any()
            sign = "±" if pro and contra else "+" if pro else "−" if contra else "0"
            _text(
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
    figure, axes = _canvas(
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
        _text(
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
        _text(axes, left - 0.2, y, row.coefficient, ha="right", fontsize=9)
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
    figure, axes = _canvas(
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
        _text(axes, x, 0.24 + step * len(table), f"{tick:g}", ha="center", fontsize=8, color=SOFT)
    for place, row in enumerate(table.itertuples()):
        y = 0.12 + step * (place + 0.5)
        _text(axes, left - 0.2, y, row.variable, ha="right", fontsize=9)
        if not pd.isna(row.alpha):
            ends = [left + (value - low) * scale for value in (row.low, row.high)]
            axes.plot(ends, [y, y], color=SOFT, lw=2, solid_capstyle="butt")
            axes.scatter([left + (row.alpha - low) * scale], [y], s=44, color=INK, zorder=3)
        if not pd.isna(row.AC1):
            x = left + (row.AC1 - low) * scale
            axes.scatter([x], [y], s=90, facecolors="none", edgecolors=INK, linewidths=1, zorder=4)
        _text(axes, 6.7, y, f"{row.agreement:.0%} of {row.units}", ha="right", fontsize=8.5)
    return figure


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
    figure, axes = _canvas(
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
        _text(axes, x, 0.26 + step * len(table), f"{tick:.0%}", ha="center", fontsize=8, color=SOFT)
    for place, row in table.iterrows():
        y = 0.1 + step * (place + 0.5)
        lines = textwrap.wrap(sentences[row["finding"]], 56)
        text = "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")
        _text(axes, left - 0.2, y, text, ha="right", fontsize=7.8, linespacing=1.15)
        xs = [left + row[name] * (right - left) for name in ("same question", "all")]
        axes.plot(xs, [y, y], color=SOFT, lw=1)
        axes.scatter([xs[1]], [y], s=44, facecolors="white", edgecolors=INK, zorder=3)
        axes.scatter([xs[0]], [y], s=44, color=INK, zorder=4)
        _text(axes, right + 0.12, y - 0.07, f"{row['same question']:.0%}", fontsize=9, fontweight="bold")
        _text(axes, right + 0.12, y + 0.09, f"{row['all']:.0%}", fontsize=8, color=SOFT)
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
    figure, axes = _canvas(
        0.45 + step * len(held.columns),
        title,
        "A filled mark: without this paragraph the finding would not hold. A dot: it would. Paragraphs in which no side has "
        "a statement are left out.",
        study,
    )
    for place, paragraph in enumerate(held.index):
        x = left + column * (place + 0.5)
        _text(axes, x, 0.18, paragraph, ha="center", fontsize=7.5, color=SOFT, rotation=90)
    for line, finding in enumerate(held.columns):
        y = 0.38 + step * (line + 0.5)
        lines = textwrap.wrap(sentences[finding], 52)
        text = "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")
        _text(axes, left - 0.12, y, text, ha="right", fontsize=7.5, linespacing=1.15)
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
    figure, axes = _canvas(
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
        _text(axes, x, bottom + 0.12, f"{tick}%", ha="center", fontsize=8, color=SOFT)
    for side, (x, _) in zip(pair, _legend([names[side] for side in pair], 0.5, 0.085), strict=True):
        _side_text(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
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
        _mark(axes, study, row.side, left + row.share * scale, y, size=34)
    for place, issue in enumerate(issues):
        _text(
            axes,
            left - 0.2,
            0.35 + step * (place + 0.5),
            names[issue],
            room=left - 0.22,
            ha="right",
            fontsize=9,
        )
    return figure


def _ticks(top):
    """Return a handful of round numbers from 0 to top."""
    step = 10.0 ** np.floor(np.log10(top / 2)) if top > 0 else 1.0
    step *= next(factor for factor in (1, 2, 5, 10) if top / (step * factor) <= 5)
    return np.arange(0, top + step / 1e6, step)


def readings(study, claim, title):
    """Draw a claim's value among the readings of other sources.

    Parameters
    ----------
    study : types.SimpleNamespace
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
    figure, axes = _canvas(
        start + 0.3 + step * len(found),
        title,
        f"In {unit}. {about}",
        study,
        "Sources: named at the left, addresses in checks.csv.",
    )
    top = 1.02 * max(found["number"].max(), wanted or 0)
    scale = (right - left) / top
    bottom = start + step * len(found)
    for tick in _ticks(top):
        x = left + tick * scale
        axes.plot([x, x], [start, bottom], color=FAINT, lw=0.8, zorder=0)
        _text(axes, x, bottom + 0.14, claims.number(tick), ha="center", fontsize=7.5, color=SOFT)
    if wanted is not None:
        x = left + wanted * scale
        axes.plot([x, x], [start - 0.1, bottom], color=INK, lw=1.6, zorder=1)
        said = f"the article: {item['hedge']} {claims.number(item['value'])}".replace("  ", " ")
        _text(axes, x, start - 0.24, said, ha="center", fontsize=9, fontweight="bold")
    for place, row in enumerate(found.itertuples()):
        y = start + step * (place + 0.5)
        axes.plot([0, 6.8], [y + step / 2] * 2, color=FAINT, lw=0.5, zorder=0)
        _text(axes, 0, y - 0.07, row.label, room=2.95, lines=1, fontsize=8.3)
        _text(
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
        _text(axes, x + 0.1, y, value, **style)
        note = row.beside or ("counts, provisional" if row.status == "provisional" else "counts")
        _text(axes, 6.8, y, note, ha="right", fontsize=7.5, color=INK if counts else SOFT)
    return figure


def context(study, names, title, about, claim=None):
    """Draw series over time, what came after the article set apart, breaks left open.

    A line joins neighbouring points of one release only. Where the release changes between
    neighbours, two strokes mark the break; a missing month or year leaves a gap.

    Parameters
    ----------
    study : types.SimpleNamespace
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
    starts = rows["period"].map(lambda period: claims.span(period)[0])
    ends = rows["period"].map(lambda period: claims.span(period)[1])
    rows["day"] = starts + (ends - starts) / 2
    labels = study.measures.set_index("measure")["label"]
    published = pd.Timestamp(study.meta["article"]["published"])
    height, left, right, top = 2.9, 0.55, 4.75, 0.2
    figure, axes = _canvas(
        height + 0.5,
        title,
        f"{about} Filled: final; hollow: provisional; dot: worked out from percentages. Two strokes: another "
        "release, not joined. Shaded: after the article.",
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
    _text(axes, across(published), top - 0.15, "the article", ha="center", fontsize=8, color=SOFT)
    for tick in _ticks(high):
        axes.plot([left, right], [up(tick)] * 2, color=FAINT, lw=0.8, zorder=0)
        _text(axes, left - 0.08, up(tick), claims.number(tick), ha="right", fontsize=7.5, color=SOFT)
    shown = pd.period_range(first, last, freq="M" if monthly else "Y")
    for k, period in enumerate(shown[:: max(1, len(shown) // 7)] if not monthly else shown):
        day = period.start_time + (period.end_time - period.start_time) / 2
        name = period.strftime("%Y" if not monthly else "%b")  # pandas 3.0 cannot format a period
        if monthly and (k == 0 or period.month == 1):
            _text(
                axes, across(day), height + 0.32, period.strftime("%Y"), ha="center", fontsize=7.5, color=SOFT
            )
        _text(axes, across(day), height + 0.16, name, ha="center", fontsize=7.5, color=SOFT)
    if claim is not None:
        item = study.claims.set_index("claim").loc[claim]
        y = up(float(item["value"]))
        axes.plot([left, right], [y, y], color=INK, lw=1, ls=":")
        _text(axes, left + 0.05, y + 0.11, f"the article: {claims.number(item['value'])}", fontsize=8)
    ends_at, drawn = [], {}
    for name in names:
        mine = rows[rows["series"] == name].sort_values("day").reset_index(drop=True)
        side = mine["side"].iloc[0]
        colour = study.meta["sides"][side]["colour"] if side != NONE else INK
        marker = study.meta["sides"][side]["marker"] if side != NONE else "o"
        few = len(mine) <= 8
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
                way, shift = ("right", -0.07) if rises else ("left", 0.09) if broken else ("center", 0)
                level = y - (0.07 if rises else 0 if broken else 0.13)
                if k == 0 and rises:
                    way, shift, level = "left", 0.05, y + 0.13
                value = claims.number(row["value"])
                _text(axes, x + shift, level, value, ha=way, fontsize=7.5, color=colour)
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
    place = 0.0
    for y, label, colour in sorted(ends_at):
        place = max(y, place)
        _text(axes, right + 0.1, place, label, fontsize=8.3, color=colour, fontweight="bold")
        place += 0.22 * (label.count("\n") + 1)
    return figure


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
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = claims.outcomes(study)
    names = priorities.labels(study)
    order = {issue: place for place, issue in enumerate(study.issues["issue"])}
    table = table.sort_values("issue", key=lambda column: column.map(order), kind="stable")
    published = pd.Timestamp(study.meta["article"]["published"])
    days = [published, *claims.horizons(study).values()]
    horizons = list(claims.horizons(study))
    left, widths, gap = 2.95, [0.98, 1.3, 1.4], 0.06
    step, start = 0.42, 0.78
    figure, axes = _canvas(
        start + step * len(table),
        title,
        "Marks: what followed, in its time within each span. Words: the outcome by the rule at the end of the span.",
        study,
        "Source: wants.csv and outcomes.csv of this study; each fact has its link there.",
    )
    x = 0.0
    for label, style in EFFECTS.values():
        axes.scatter([x + 0.06], [0.1], edgecolors=INK, lw=1, zorder=3, **style)
        _text(axes, x + 0.17, 0.1, label, fontsize=8)
        x += 0.42 + 0.07 * len(label)
    x = 0.0
    for side in filter(set(table["side"]).__contains__, study.meta["sides"]):
        _side_text(axes, study, side, x, start - 0.24, fontsize=7.8)
        x += 0.34 + 0.072 * len(names[side])
    spans, place = [], left
    for k, name in enumerate(horizons):
        width = widths[min(k, len(widths) - 1)]
        spans.append((place, width, days[k], days[k + 1]))
        axes.add_patch(
            plt.Rectangle((place, start - 0.06), width, step * len(table) + 0.06, color="#F2F2F2", lw=0)
        )
        _text(axes, place + width / 2, start - 0.3, name, ha="center", fontsize=9, fontweight="bold")
        _text(
            axes,
            place + width / 2,
            start - 0.14,
            f"to {days[k + 1]:%d %b %Y}",
            ha="center",
            fontsize=7,
            color=SOFT,
        )
        place += width + gap
    facts = study.outcomes.assign(day=study.outcomes["date"].map(lambda date: claims.span(date)[0]))
    last = None
    for line, row in enumerate(table.itertuples(index=False)):
        y = start + step * line
        if row.issue != last:
            axes.plot([0, 6.8], [y, y], color="#BDBDBD", lw=0.8)
            last = row.issue
        _mark(axes, study, row.side, 0.07, y + step / 2, size=36)
        _text(axes, 0.2, y + step * 0.32, names[row.issue], fontsize=8.3, fontweight="bold")
        _text(axes, 0.2, y + step * 0.7, row.wanted, room=2.7, lines=1, fontsize=7, color=SOFT)
        mine = facts[(facts["want"] == row.want) & facts["effect"].isin(list(EFFECTS))]
        for (at, width, begin, end), name in zip(spans, horizons, strict=True):
            here = mine[
                (mine["day"] >= begin if begin == published else mine["day"] > begin) & (mine["day"] <= end)
            ]
            for item in here.itertuples():
                part = (item.day - begin) / (end - begin) if name != horizons[0] else 0.5
                style = EFFECTS[item.effect][1]
                spot = at + 0.1 + (width - 0.2) * part
                axes.scatter([spot], [y + step * 0.3], edgecolors=INK, lw=1, zorder=3, **style)
            said = table.loc[table["want"] == row.want, name].iloc[0]
            _text(axes, at + width / 2, y + step * 0.74, said, ha="center", fontsize=8)
    return figure


def agenda(study, title):
    """Draw the space the article gives to each issue beside its place on the event's own agenda.

    Parameters
    ----------
    study : types.SimpleNamespace
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = claims.agenda(study)
    names = priorities.labels(study)
    step, start, left, middle, far = 0.29, 0.4, 2.2, 4.5, 5.95
    figure, axes = _canvas(
        start + step * len(table),
        title,
        "Left: statements of the article on the issue, of every side and of none. Middle: its best place in the "
        "papers and talks of the event, as far as they were read. Right: who named it beforehand as a topic.",
        study,
        "Source: the coded article; agenda.csv of this study, a link an entry.",
    )
    _text(axes, left, start - 0.2, "in the article", fontsize=8.5, color=SOFT)
    _text(axes, middle, start - 0.2, "on the agenda", fontsize=8.5, color=SOFT)
    _text(axes, far, start - 0.2, "announced by", fontsize=8.5, color=SOFT)
    words = {"pillar": "heading", "commitment": "pledge", "statement": "words", "beside": "beside the papers"}
    for line, row in enumerate(table.itertuples()):
        y = start + step * (line + 0.5)
        axes.plot([0, 6.8], [y - step / 2] * 2, color=FAINT, lw=0.8)
        bold = "bold" if row.place == "pillar" else "normal"
        if row.place == "pillar":
            axes.add_patch(plt.Rectangle((0, y - step / 2), 6.8, step, color="#F2F2F2", lw=0, zorder=0))
        _text(axes, left - 0.15, y, names[row.issue], room=2.0, ha="right", fontsize=9, fontweight=bold)
        for k in range(row.statements):
            axes.scatter([left + 0.06 + 0.17 * k], [y], s=30, color=INK, lw=0)
        _text(axes, left + 0.08 + 0.17 * row.statements, y, str(row.statements), fontsize=8, color=SOFT)
        colour = SOFT if row.place == "not found" else INK
        _text(axes, middle, y, words.get(row.place, row.place), fontsize=9, fontweight=bold, color=colour)
        for k, side in enumerate(filter(None, row.announced.split(", "))):
            _mark(axes, study, side, far + 0.08 + 0.22 * k, y, size=40)
    return figure
