"""The figures with a row for each issue: where it is named, and where each side stands."""

from analysis.figures.fonts import wrapped
from analysis.figures.sheet import mark, rule, sheet, write, write_sides
from analysis.figures.style import FAINT, HEAD, INK, INNER, NOTE, SOFT
from analysis.study.documents import ADOPTED, DECLARED, REPORTED
from analysis.study.wording import say

# Of the layers, in inches: room for names of issues, where the first row begins, the height of a row.
NAMES, TOP, STEP = 2.25, 0.62, 0.27
# Of the positions, in inches: room for issue and proposition, the height of a head, and places of signs.
ROOM, HIGH = 3.6, 0.36
PLACES = {"−": 4.02, "±": 4.72, "+": 5.45, "0": 6.35}  # a side without a position stands on no line


def layers(study, table, title, subtitle, source=None, ring=None, remark=""):
    """Draw how often each side's issues are named in its own texts, in the article and in the papers.

    The area of a mark is the share of the side's statements in that layer; the number is the count. A
    bold 0 stands where one of a side's two layers has the issue and the other has not.

    Parameters
    ----------
    table : pandas.DataFrame
        As `measures.named` returns it: `issue`, `side`, and counts `declared`, `reported`, `together`.
    ring : str
        An issue, whose count in each side's own texts is pointed at.
    remark : str
        A sentence below the figure, of that issue if there is one.
    """
    pair, sides = study.meta["compare"], study.meta["sides"]
    shown = [(side, layer) for side in pair for layer in (DECLARED, REPORTED)]
    counts = table.pivot(index="issue", columns="side", values=[DECLARED, REPORTED, "together"])
    issues = [issue for issue in study.issues["issue"] if counts.loc[issue].to_numpy().any()]
    together = counts["together"].max(axis=1)  # the same for each side
    wide = (INNER - NAMES) / (len(shown) + (together.any() and 0.85))
    places = {column: NAMES + wide * k for k, column in enumerate(shown)}
    last, bottom = INNER - 0.8 * wide, TOP + STEP * len(issues)
    themes, labels = (study.issues.set_index("issue")[name] for name in ("theme", "label"))
    figure, axes = sheet(study, bottom + (0.32 if remark else 0.05), title, subtitle, source)
    heads = [(places[side, DECLARED], wide * 2 - 0.15, sides[side]) for side in pair]
    if together.any():
        heads.append((last, INNER - last, {"label": say(study, "together"), "colour": INK}))
        write(axes, last, 0.44, say(study, f"layer-{ADOPTED}"), size=NOTE, color=SOFT)
    for x, room, entry in heads:
        write(axes, x, 0.14, entry["label"], room, 1, size=HEAD, weight="bold", color=entry["colour"])
        axes.plot([x, x + room], [0.28, 0.28], color=entry["colour"], lw=2.4)
    for (_, layer), x in places.items():
        write(axes, x, 0.44, say(study, f"layer-{layer}"), size=NOTE, color=SOFT)
    for place, issue in enumerate(issues):
        y = TOP + STEP * (place + 0.5)
        new = not place or themes[issue] != themes[issues[place - 1]]
        rule(axes, y - STEP / 2, color=SOFT if new else FAINT, width=1 if new else 0.6)
        write(axes, 0, y, labels[issue], NAMES - 0.02, 1)
        for (side, layer), x in places.items():
            number, entry = int(counts.at[issue, (layer, side)]), sides[side]
            _cell(axes, x, y, number, counts[layer, side].sum(), entry["marker"], entry["colour"])
            pointed = issue == ring and layer == DECLARED
            named = any(counts.at[issue, (other, side)] for other in (DECLARED, REPORTED))
            if not number and (named or pointed):
                write(axes, x + 0.14, y, "0", weight="bold", ha="center", size=NOTE)
            if pointed:
                axes.scatter([x + 0.14], [y], s=230, facecolors="none", edgecolors=INK, lw=1.4)
        _cell(axes, last, y, int(together[issue]), together.sum(), "s", INK)
    if remark and ring:
        axes.scatter([0.1], [bottom + 0.17], s=120, facecolors="none", edgecolors=INK, lw=1.4)
    write(axes, 0.25 if ring else 0, bottom + 0.17, remark, INNER - 0.3, 1)
    return figure


def _cell(axes, x, y, number, whole, marker, colour):
    """Draw one count, as a mark whose area is its share."""
    if number:
        axes.scatter([x + 0.14], [y], s=max(9, 900 * number / whole), marker=marker, color=colour, lw=0)
        write(axes, x + 0.36, y, str(number), size=NOTE)


def positions(study, table, title, subtitle, source=None, labels=None):
    """Draw on which side of each proposition the compared sides are reported.

    Issues on which nobody takes a position are named in the last line.

    Parameters
    ----------
    table : pandas.DataFrame
        As `measures.relations` returns it: `issue`, `relation`, and the signs of each side.
    labels : dict of str to str
        A few words on an issue, by id.
    """
    pair, issues, labels = study.meta["compare"], study.issues.set_index("issue"), labels or {}
    kinds, first = table["relation"], table[pair[0]]
    groups = {
        "favour": (kinds == "shared") & (first == "+"),
        "against": (kinds == "shared") & (first == "−"),
    } | {name: kinds == name for name in ("opposed", "mixed", "one-sided")}
    drawn = {name: table[rows].to_dict("records") for name, rows in groups.items() if rows.any()}
    named = kinds.isin(["unpositioned", "mentioned by one", "no proposition"])
    rest = ", ".join(issues["label"][issue] for issue in table.loc[named, "issue"])
    below = wrapped(say(study, "named-only", issues=rest), INNER, NOTE) if rest else []
    lines = {issue: wrapped(text[:1].upper() + text[1:], ROOM - 0.1, NOTE)
             for issue, text in issues["proposition"].items()}  # fmt: skip
    high = {issue: 0.27 + 0.17 * len(found) for issue, found in lines.items()}
    height = sum(HIGH + sum(high[row["issue"]] for row in rows) for rows in drawn.values())
    figure, axes = sheet(study, 0.32 + height + 0.17 * len(below) + 0.1, title, subtitle, source)
    taken = {row[side] for rows in drawn.values() for row in rows for side in pair}
    for sign, x in PLACES.items():
        if sign != "0" or sign in taken:
            write(axes, x, 0.12, say(study, f"end-{sign}"), weight="bold", size=NOTE, ha="center", color=SOFT)
    write_sides(axes, study, 0, 0.12, ROOM)
    y = 0.3
    for name, rows in drawn.items():
        rule(axes, y, color=INK, width=1.2)
        write(axes, 0, y + HIGH / 2 + 0.02, say(study, f"group-{name}"), weight="bold", size=HEAD)
        y += HIGH
        for row in rows:
            issue = row["issue"]
            write(axes, 0, y + 0.12, issues["label"][issue], ROOM, 1)
            write(axes, 0, y + 0.22, "\n".join(lines[issue]), size=NOTE, color=SOFT, va="top")
            _stands(axes, study, row, y + high[issue] / 2)
            write(axes, PLACES["±"], y + 0.09, labels.get(issue, ""), size=NOTE, ha="center", weight="italic")
            y += high[issue]
            rule(axes, y - 0.02)
    write(axes, 0, y + 0.08, "\n".join(below), size=NOTE, color=SOFT, va="top")
    return figure


def _stands(axes, study, row, y):
    """Draw the line of one issue and where the compared sides stand on it."""
    middle = PLACES["±"]
    axes.plot([PLACES["−"], PLACES["+"]], [y, y], color=FAINT, lw=1.2, zorder=0)
    axes.plot([middle, middle], [y - 0.14, y + 0.14], color=FAINT, lw=1.2, zorder=0)
    taken = [(side, PLACES[row[side]]) for side in study.meta["compare"] if row[side]]
    same = len({x for _, x in taken}) < len(taken)
    for k, (side, x) in enumerate(taken):
        beside = 0.11 * (2 * k - 1) if same else 0
        mark(axes, study, side, x + beside, y, hollow=row[side] == "0", size=85)
