"""The figure of what each side declared, what is reported of it, and what was adopted."""

from analysis.figures.sheet import FAINT, INK, INNER, NOTE, SOFT, rule, sheet, write

ROOM = 2.25  # inches for the names of issues
STEP = 0.27
LAYERS = ("declared", "reported", "adopted")


def layers(study, table, title, subtitle, source=None, ring=None, remark=""):
    """Draw how often each side's issues are named in its own texts, in the article and in the papers.

    The area of a mark is the share of the side's statements in that layer; the number is the count. A
    bold 0 stands where one of a side's two layers has the issue and the other has not.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `measures.named` returns it: `issue`, `side`, and counts `declared`, `reported`, `adopted`.
    title, subtitle : str
    source : str, optional
    ring : tuple of str, optional
        Issue, side and layer of a cell to point at.
    remark : str
        A sentence below the figure, of that cell if there is one.

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair = study.meta["compare"]
    shown = [(side, layer) for side in pair for layer in ("declared", "reported")]
    counts = table.pivot(index="issue", columns="side", values=list(LAYERS))
    issues = [issue for issue in study.issues["issue"] if counts.loc[issue].to_numpy().any()]
    together = counts["adopted"][pair].min(axis=1)  # what was adopted by one alone is not common
    wide = (INNER - ROOM) / (len(shown) + (together.any() and 0.85))
    places = dict(zip(shown, (ROOM + wide * k for k in range(len(shown))), strict=True))
    last, top = INNER - 0.8 * wide, 0.62
    themes, labels = (study.issues.set_index("issue")[name] for name in ("theme", "label"))
    figure, axes = sheet(
        study, top + STEP * len(issues) + (0.32 if remark else 0.05), title, subtitle, source
    )
    for side in pair:
        x, entry = places[(side, "declared")], study.meta["sides"][side]
        write(axes, x, 0.14, entry["label"], size=13, weight="bold", color=entry["colour"])
        axes.plot([x, x + wide * 2 - 0.15], [0.28, 0.28], color=entry["colour"], lw=2.4)
    for (_, layer), x in places.items():
        write(axes, x, 0.44, layer, size=NOTE, color=SOFT)
    if together.any():
        write(axes, last, 0.14, "Both", size=13, weight="bold")
        axes.plot([last, INNER], [0.28, 0.28], color=INK, lw=2.4)
        write(axes, last, 0.44, "adopted", size=NOTE, color=SOFT)
    for place, issue in enumerate(issues):
        y = top + STEP * (place + 0.5)
        new = not place or themes[issue] != themes[issues[place - 1]]
        rule(axes, y - STEP / 2, color=SOFT if new else FAINT, width=1 if new else 0.6)
        write(axes, 0, y, labels[issue], ROOM - 0.1, 1)
        for (side, layer), x in places.items():
            number = int(counts.at[issue, (layer, side)])
            entry, whole = study.meta["sides"][side], max(1, counts[(layer, side)].sum())
            _cell(axes, x, y, number, number / whole, entry["marker"], entry["colour"])
            if not number and any(counts.at[issue, (other, side)] for other in LAYERS[:2]):
                write(axes, x + 0.14, y, "0", weight="bold", ha="center", size=NOTE)
            if (issue, side, layer) == ring:
                axes.scatter([x + 0.14], [y], s=230, facecolors="none", edgecolors=INK, lw=1.4)
        _cell(axes, last, y, int(together[issue]), together[issue] / max(1, together.sum()), "s", INK)
    if remark:
        y = top + STEP * len(issues) + 0.17
        if ring:
            axes.scatter([0.1], [y], s=120, facecolors="none", edgecolors=INK, lw=1.4)
        write(axes, 0.25 if ring else 0, y, remark, INNER - 0.3, 1)
    return figure


def _cell(axes, x, y, number, share, marker, colour):
    """Draw one count, as a mark whose area is a share."""
    if number:
        axes.scatter([x + 0.14], [y], s=max(9, 900 * share), marker=marker, color=colour, lw=0)
        write(axes, x + 0.36, y, str(number), size=NOTE)
