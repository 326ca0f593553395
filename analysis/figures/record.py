"""The figure of how the article's claims hold, figures and plain facts apart."""

from matplotlib.patches import Rectangle

from analysis.figures.fonts import width, wrapped
from analysis.figures.sheet import rule, sheet, write
from analysis.figures.style import HEAD, INNER, LABEL, NOTE, SOFT
from analysis.study.wording import say

COLOURS = {
    "supported": "#3B3B3B",
    "roughly": "#E0AE2F",
    "not first": "#D55E00",
    "contradicted": "#B2182B",
    "cannot be checked": "#D3D3D3",
}
WORST = ("contradicted", "not first")  # told of every sort
ROOM, SQUARE, STEP = 1.65, 0.235, 0.285
ACROSS = int((INNER - ROOM) / STEP)


def scorecard(study, table, title, subtitle, source=None, tell="figures"):
    """Draw one square per claim, by what is claimed and by verdict, and name those that did not hold.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `claims.ledger` returns it: `sort`, `verdict`, `wording`.
    title, subtitle, source : str
    tell : str
        The sort whose claims are named unless supported; of the others only those named that are
        contradicted or not first.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sorts = sorted(table["sort"].unique(), key=lambda sort: (sort != tell, sort))
    groups = [(sort, *_group(table[table["sort"] == sort], sort == tell)) for sort in sorts]
    figure, axes = sheet(study, 0.42 + sum(high for *_, high in groups), title, subtitle, source)
    x, y = 0.0, 0.38
    for verdict in [verdict for verdict in COLOURS if (table["verdict"] == verdict).any()]:
        told = say(study, f"verdict-{verdict}")
        _square(axes, x, 0.05, verdict, 0.2)
        write(axes, x + 0.27, 0.15, told)
        x += 0.5 + width(told, LABEL)
    for sort, verdicts, told, high in groups:
        rule(axes, y - 0.03)
        key = "supported" if set(verdicts) != {"cannot be checked"} else "none-checked"
        number = say(study, key, number=verdicts.count("supported"), total=len(verdicts))
        write(axes, 0, y + 0.14, say(study, f"sort-{sort}"), weight="bold", size=HEAD)
        write(axes, 0, y + 0.3, number, ROOM - 0.1, 2, color=SOFT, va="top")
        for k, verdict in enumerate(verdicts):
            _square(axes, ROOM + STEP * (k % ACROSS), y + 0.05 + STEP * (k // ACROSS), verdict, SQUARE)
        line = y + 0.12 + STEP * -(-len(verdicts) // ACROSS)
        for verdict, lines in told:
            _square(axes, ROOM, line + 0.025, verdict, 0.13)
            write(axes, ROOM + 0.22, line, "\n".join(lines), size=NOTE, va="top")
            line += 0.1 + 0.17 * len(lines)
        y += high
    return figure


def _group(rows, every):
    """Return the verdicts on the claims of a sort, the lines of those that are named, and the height."""
    verdicts = [verdict for verdict in COLOURS for _ in range((rows["verdict"] == verdict).sum())]
    named = (*WORST, "roughly", "cannot be checked") if every else WORST
    told = [
        (verdict, wrapped(wording, INNER - ROOM - 0.25, NOTE, lines=2))
        for verdict in named
        for wording in rows.loc[rows["verdict"] == verdict, "wording"]
    ]
    squares = STEP * -(-len(verdicts) // ACROSS)
    return verdicts, told, max(0.75, squares + 0.14 + sum(0.1 + 0.17 * len(lines) for _, lines in told))


def _square(axes, x, y, verdict, size):
    """Draw one square from its upper left corner."""
    axes.add_patch(Rectangle((x, y), size, size, facecolor=COLOURS[verdict], lw=0))
