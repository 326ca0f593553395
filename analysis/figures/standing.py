"""The figure of where each side stands on each issue."""

from analysis.figures.fonts import wrapped
from analysis.figures.sheet import mark, rule, sheet, write, write_sides
from analysis.figures.style import FAINT, HEAD, INK, INNER, NOTE, SOFT
from analysis.study.wording import say

ROOM = 3.6  # inches for issue and proposition
PLACES = {"−": 4.02, "±": 4.72, "+": 5.45, "0": 6.35}  # a side without a position stands on no line
HIGH = 0.36


def positions(study, table, title, subtitle, source=None, labels=None):
    """Draw on which side of each proposition the compared sides are reported.

    Issues on which nobody takes a position are named in the last line.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `measures.relations` returns it: `issue`, `relation`, and the signs of each side.
    title, subtitle, source : str
    labels : dict of str to str, optional
        A few words on an issue, by id.

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair, groups, issues = study.meta["compare"], _groups(study, table), study.issues.set_index("issue")
    named = table["relation"].isin(["unpositioned", "mentioned by one", "no proposition"])
    rest = ", ".join(issues["label"][issue] for issue in table.loc[named, "issue"])
    below = wrapped(say(study, "named-only", issues=rest), INNER, NOTE) if rest else []
    lines = {issue: wrapped(text[:1].upper() + text[1:], ROOM - 0.1, NOTE)
             for issue, text in issues["proposition"].items()}  # fmt: skip
    high = {issue: 0.27 + 0.17 * len(found) for issue, found in lines.items()}
    heights = [HIGH + sum(high[issue] for issue in rows["issue"]) for _, rows in groups]
    figure, axes = sheet(study, 0.32 + sum(heights) + 0.17 * len(below) + 0.1, title, subtitle, source)
    for sign, x in PLACES.items():
        if sign != "0" or any((rows[pair] == sign).any(axis=None) for _, rows in groups):
            write(axes, x, 0.12, say(study, f"end-{sign}"), weight="bold", size=NOTE, ha="center", color=SOFT)
    write_sides(axes, study, 0, 0.12, ROOM)
    y = 0.3
    for name, rows in groups:
        rule(axes, y, color=INK, width=1.2)
        write(axes, 0, y + HIGH / 2 + 0.02, say(study, f"group-{name}"), weight="bold", size=HEAD)
        y += HIGH
        for row in rows.to_dict("records"):
            issue = row["issue"]
            write(axes, 0, y + 0.12, issues["label"][issue], ROOM, 1)
            write(axes, 0, y + 0.22, "\n".join(lines[issue]), size=NOTE, color=SOFT, va="top")
            _marks(axes, study, row, y + high[issue] / 2, pair)
            if issue in (labels or {}):
                write(axes, PLACES["±"], y + 0.09, labels[issue], size=NOTE, ha="center", weight="italic")
            y += high[issue]
            rule(axes, y - 0.02)
    write(axes, 0, y + 0.08, "\n".join(below), size=NOTE, color=SOFT, va="top")
    return figure


def _groups(study, table):
    """Return the groups of issues that have any, with what they are called."""
    kinds, first = table["relation"], table[study.meta["compare"][0]]
    groups = {
        "favour": (kinds == "shared") & (first == "+"),
        "against": (kinds == "shared") & (first == "−"),
    } | {name: kinds == name for name in ("opposed", "mixed", "one-sided")}
    return [(name, table[rows]) for name, rows in groups.items() if rows.any()]


def _marks(axes, study, row, y, pair):
    """Draw the line of one issue and where the sides stand."""
    middle = PLACES["±"]
    axes.plot([PLACES["−"], PLACES["+"]], [y, y], color=FAINT, lw=1.2, zorder=0)
    axes.plot([middle, middle], [y - 0.14, y + 0.14], color=FAINT, lw=1.2, zorder=0)
    taken = [(side, PLACES[row[side]]) for side in pair if row[side]]
    same = len({x for _, x in taken}) < len(taken)
    for k, (side, x) in enumerate(taken):
        beside = 0.11 * (2 * k - 1) if same else 0
        mark(axes, study, side, x + beside, y, hollow=row[side] == "0", size=85)
