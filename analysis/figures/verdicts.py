"""The figures of what holds: the article's claims, and the findings."""

from matplotlib.patches import Rectangle

from analysis.figures.fonts import width, wrapped
from analysis.figures.sheet import rule, sheet, write
from analysis.figures.style import HEAD, INK, INNER, NOTE, SOFT
from analysis.study.wording import say

FALLS = "#B2182B"
COLOURS = {
    "supported": "#3B3B3B",
    "roughly": "#E0AE2F",
    "not first": "#D55E00",
    "contradicted": FALLS,
    "cannot be checked": "#D3D3D3",
}
WORST = ("contradicted", "not first")  # told of every sort
# Of the claims, in inches: where squares begin, their size, and how far apart they are; how many fit in a row.
LEFT, SQUARE, STEP = 1.65, 0.235, 0.285
ACROSS = int((INNER - LEFT) / STEP)
ROOM = 2.9  # inches for findings


def scorecard(study, table, title, subtitle, source=None, tell="figures"):
    """Draw one square per claim, by what is claimed and by verdict, and name those that did not hold.

    Parameters
    ----------
    table : pandas.DataFrame
        As `claims.ledger` returns it: `sort`, `verdict`, `wording`.
    tell : str
        The sort whose claims are named unless supported; of the others only those named that are
        contradicted or not first.
    """
    sorts = sorted(table["sort"].unique(), key=lambda sort: (sort != tell, sort))
    groups = [(sort, *_group(table[table["sort"] == sort], sort == tell)) for sort in sorts]
    figure, axes = sheet(study, 0.42 + sum(high for *_, high in groups), title, subtitle, source)
    x, y = 0.0, 0.38
    for verdict in [verdict for verdict in COLOURS if (table["verdict"] == verdict).any()]:
        told = say(study, f"verdict-{verdict}")
        _square(axes, x, 0.05, verdict, 0.2)
        write(axes, x + 0.27, 0.15, told)
        x += 0.5 + width(told)
    for sort, verdicts, told, high in groups:
        rule(axes, y - 0.03)
        key = "supported" if set(verdicts) != {"cannot be checked"} else "none-checked"
        number = say(study, key, number=verdicts.count("supported"), total=len(verdicts))
        write(axes, 0, y + 0.14, say(study, f"sort-{sort}"), weight="bold", size=HEAD)
        write(axes, 0, y + 0.3, number, LEFT - 0.1, 2, color=SOFT, va="top")
        for k, verdict in enumerate(verdicts):
            _square(axes, LEFT + STEP * (k % ACROSS), y + 0.05 + STEP * (k // ACROSS), verdict, SQUARE)
        line = y + 0.12 + STEP * -(-len(verdicts) // ACROSS)
        for verdict, lines in told:
            _square(axes, LEFT, line + 0.025, verdict, 0.13)
            write(axes, LEFT + 0.22, line, "\n".join(lines), size=NOTE, va="top")
            line += 0.1 + 0.17 * len(lines)
        y += high
    return figure


def _group(rows, every):
    """Return the verdicts on the claims of a sort, the lines of those that are named, and the height."""
    verdicts = sorted(rows["verdict"], key=list(COLOURS).index)
    named = (*WORST, "roughly", "cannot be checked") if every else WORST
    told = [
        (verdict, wrapped(wording, INNER - LEFT - 0.25, NOTE, lines=2))
        for verdict in named
        for wording in rows.loc[rows["verdict"] == verdict, "wording"]
    ]
    squares = STEP * -(-len(verdicts) // ACROSS)
    return verdicts, told, max(0.75, squares + 0.14 + sum(0.1 + 0.17 * len(lines) for _, lines in told))


def _square(axes, x, y, verdict, size):
    """Draw one square from its upper left corner."""
    axes.add_patch(Rectangle((x, y), size, size, facecolor=COLOURS[verdict], lw=0))


def overturns(study, table, title, subtitle, source=None):
    """Draw findings down and what was tried across: a dot where a finding holds, a cross where it falls.

    Beside a cross stands in how many ways it falls.

    Parameters
    ----------
    table : pandas.DataFrame
        As `report.tried` returns it: one row per finding, its short sentence as the index; one column for
        each kind of change, and in how many ways of it the finding falls.
    """
    longest = max((width(word, NOTE) for name in table.columns for word in name.split()), default=0)
    wide = max(longest + 0.1, (INNER - ROOM) / max(1, len(table.columns)))
    room = INNER - wide * len(table.columns)
    sentences = [wrapped(text, room - 0.1, lines=3) for text in table.index]
    heads = [wrapped(name, wide - 0.06, NOTE, lines=4) for name in table.columns]
    top = 0.1 + 0.17 * max(map(len, heads), default=0)
    highs = [0.16 + 0.19 * len(lines) for lines in sentences]
    figure, axes = sheet(study, top + sum(highs) + 0.42, title, subtitle, source)
    for place, lines in enumerate(heads):
        x = room + wide * (place + 0.5)
        write(axes, x, top - 0.05, "\n".join(lines), size=NOTE, ha="center", va="bottom", color=SOFT)
    y, falls, stands = top, [], []
    rule(axes, y, color=INK, width=1.2)
    for lines, high, numbers in zip(sentences, highs, table.to_numpy(), strict=True):
        write(axes, 0, y + high / 2, "\n".join(lines))
        for place, ways in enumerate(numbers):
            at = (room + wide * (place + 0.5), y + high / 2)
            (falls if ways else stands).append(at)
            if ways:
                write(axes, at[0] + 0.12, at[1], str(ways), size=NOTE, color=FALLS)
        y += high
        rule(axes, y)
    told = say(study, "holds")
    x, y = 0.5 + width(told, NOTE), y + 0.2
    write(axes, 0.22, y, told, size=NOTE)
    write(axes, x + 0.17, y, say(study, "falls"), size=NOTE)
    axes.scatter(*zip((0.08, y), *stands, strict=True), s=26, color=INK, lw=0)
    axes.scatter(*zip((x, y), *falls, strict=True), s=110, marker="X", color=FALLS, lw=0, zorder=3)
    return figure
