"""The figure of where each side stands on each issue."""

from analysis.figures.sheet import (
    FAINT,
    INK,
    INNER,
    NOTE,
    SOFT,
    mark,
    rule,
    ruler,
    sheet,
    wrapped,
    write,
    write_sides,
)
from analysis.study.wording import say

ROOM = 4.25  # inches for issue and proposition
PLACES = {"−": 0, "±": 1, "0": 1, "+": 2}
HEAD = 0.36


def positions(study, table, title, subtitle, source=None, remarks=None):
    """Draw on which side of each proposition the compared sides are reported.

    Issues on which nobody takes a position are named in the last line.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `measures.relations` returns it: `issue`, `relation`, and the signs of each side.
    title, subtitle : str
    source : str, optional
    remarks : dict of str to str, optional
        A few words on an issue, by id.

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair = study.meta["compare"]
    groups = _groups(table, pair)
    named = table["relation"].isin(["unpositioned", "mentioned by one", "no proposition"])
    labels = study.issues.set_index("issue")["label"]
    rest = ", ".join(labels[issue] for issue in table.loc[named, "issue"])
    told = say(study, "named-only", issues=rest) if rest else ""
    probe = ruler()
    lines = {issue: _lines(probe, study, issue) for issue in table["issue"]}
    below = len(wrapped(probe, told, INNER, NOTE)) * 0.17 + 0.1 if rest else 0.0
    height = 0.32 + below + sum(HEAD + sum(_high(lines[i]) for i in rows["issue"]) for _, rows in groups)
    xs = (ROOM + 0.3, (ROOM + INNER) / 2 - 0.02, INNER - 0.34)
    figure, axes = sheet(study, height, title, subtitle, source)
    for x, word in zip(xs, ("against", "both", "favour"), strict=True):
        write(axes, x, 0.12, say(study, f"end-{word}"), weight="bold", size=NOTE, ha="center", color=SOFT)
    write_sides(axes, study, 0, 0.12, ROOM - 0.15)
    y, hollow = 0.3, False
    for name, rows in groups:
        rule(axes, y, color=INK, width=1.2)
        write(axes, 0, y + HEAD / 2 + 0.02, say(study, f"group-{name}"), weight="bold", size=13)
        y += HEAD
        for row in rows.to_dict("records"):
            issue, high = row["issue"], _high(lines[row["issue"]])
            write(axes, 0, y + 0.12, labels[issue], ROOM, 1)
            write(axes, 0, y + 0.22, "\n".join(lines[issue]), size=NOTE, color=SOFT, va="top")
            hollow = _marks(axes, study, row, y + high / 2, xs, pair, hollow)
            if issue in (remarks or {}):
                write(axes, xs[1], y + 0.09, remarks[issue], size=NOTE, ha="center", weight="italic")
            y += high
            rule(axes, y - 0.02, color=FAINT)
    if rest:
        write(axes, 0, y + 0.08, told, INNER, size=NOTE, color=SOFT, va="top", lines=9)
    return figure


def _groups(table, pair):
    """Return the groups of issues that have any, with what they are called."""
    kinds, first = table["relation"], table[pair[0]]
    groups = {
        "favour": (kinds == "shared") & (first == "+"),
        "against": (kinds == "shared") & (first == "−"),
        "opposed": kinds == "opposed",
        "mixed": kinds == "mixed",
        "one-sided": kinds == "one-sided",
    }
    return [(name, table[rows]) for name, rows in groups.items() if rows.any()]


def _lines(figure, study, issue):
    """Return the proposition of an issue in lines."""
    text = study.issues.set_index("issue")["proposition"][issue]
    return wrapped(figure, text[:1].upper() + text[1:], ROOM - 0.1, NOTE)


def _high(lines):
    """Return the height of a row with so many lines of proposition."""
    return 0.27 + 0.17 * len(lines)


def _marks(axes, study, row, y, xs, pair, hollow):
    """Draw the line of one issue and where the sides stand; return whether a hollow mark was explained."""
    axes.plot([xs[0], xs[2]], [y, y], color=FAINT, lw=1.2, zorder=0)
    axes.plot([xs[1], xs[1]], [y - 0.14, y + 0.14], color=FAINT, lw=1.2, zorder=0)
    taken = [(side, row[side]) for side in pair if row[side]]
    at = [PLACES[sign] for _, sign in taken]
    for k, (side, sign) in enumerate(taken):
        beside = 0.11 * (2 * k - 1) if len(set(at)) < len(at) else 0
        mark(axes, study, side, xs[PLACES[sign]] + beside, y, hollow=sign == "0", size=85)
        if sign == "0" and not hollow:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
            write(axes, xs[1] + 0.14, y, say(study, "sign-0"), size=NOTE, color=SOFT, bbox=box)
            hollow = True
    return hollow
