"""The figure of how the article's claims hold, figures and plain facts apart."""

import matplotlib.pyplot as plt

from analysis.figures.sheet import INK, INNER, LABEL, NOTE, SOFT, rule, ruler, sheet, wrapped, write

COLOURS = {
    "supported": "#3B3B3B",
    "roughly": "#E0AE2F",
    "not first": "#D55E00",
    "contradicted": "#B2182B",
    "cannot be checked": "#D3D3D3",
}
SHORT = {"roughly": "roughly right"}
ROOM, SQUARE, GAP = 1.65, 0.235, 0.05


def scorecard(study, table, title, subtitle, source=None, tell="figures"):
    """Draw one square per claim, by what is claimed and by verdict, and name those that did not hold.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `claims.ledger` returns it: `sort`, `verdict`, `wording`.
    title, subtitle : str
    source : str, optional
    tell : str
        The sort whose claims are named unless supported; of the others only those named that are
        contradicted or not first.

    Returns
    -------
    matplotlib.figure.Figure
    """
    known = [verdict for verdict in COLOURS if (table["verdict"] == verdict).any()]
    sorts = sorted(table["sort"].unique(), key=lambda sort: (sort != tell, sort))
    across = int((INNER - ROOM) / (SQUARE + GAP))
    told = {sort: _told(ruler(), table[table["sort"] == sort], sort == tell) for sort in sorts}
    highs = {
        sort: max(
            0.62,
            (SQUARE + GAP) * -(-int((table["sort"] == sort).sum()) // across)
            + 0.14
            + sum(0.1 + 0.17 * len(lines) for _, lines in told[sort]),
        )
        for sort in sorts
    }
    figure, axes = sheet(study, 0.42 + sum(highs.values()), title, subtitle, source)
    x = 0.0
    for verdict in known:
        _square(axes, x, 0.05, verdict, 0.2)
        lines = write(axes, x + 0.27, 0.15, SHORT.get(verdict, verdict), size=LABEL)
        x += 0.46 + 0.074 * len(lines[0])
    y = 0.38
    for sort in sorts:
        rows = table[table["sort"] == sort]
        rule(axes, y - 0.03)
        good = int((rows["verdict"] == "supported").sum())
        write(axes, 0, y + 0.14, sort[:1].upper() + sort[1:], weight="bold", size=13)
        write(axes, 0, y + 0.37, f"{good} of {len(rows)} supported", ROOM, 1, color=SOFT)
        ordered = [verdict for verdict in known for _ in range((rows["verdict"] == verdict).sum())]
        for k, verdict in enumerate(ordered):
            place = (ROOM + (SQUARE + GAP) * (k % across), y + 0.05 + (SQUARE + GAP) * (k // across))
            _square(axes, *place, verdict, SQUARE)
        line = y + 0.12 + (SQUARE + GAP) * -(-len(rows) // across)
        for verdict, lines in told[sort]:
            _square(axes, ROOM, line + 0.025, verdict, 0.13)
            write(axes, ROOM + 0.22, line, "\n".join(lines), size=NOTE, va="top", color=INK)
            line += 0.1 + 0.17 * len(lines)
        y += highs[sort]
    return figure


def _told(figure, rows, every):
    """Return the verdict and the lines of each claim that is named, the worst first."""
    rank = {"contradicted": 0, "not first": 1} | ({"roughly": 2, "cannot be checked": 3} if every else {})
    rows = rows[rows["verdict"].isin(rank)]
    rows = rows.sort_values("verdict", key=lambda column: column.map(rank), kind="stable")
    return [
        (row.verdict, wrapped(figure, row.wording, INNER - ROOM - 0.25, NOTE, lines=2))
        for row in rows.itertuples()
    ]


def _square(axes, x, y, verdict, size):
    """Draw one square from its upper left corner."""
    axes.add_patch(plt.Rectangle((x, y), size, size, facecolor=COLOURS[verdict], lw=0))
