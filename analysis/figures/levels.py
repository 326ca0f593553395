"""The figure of what each side declared, what is reported of it, and what was adopted."""

from analysis.figures.sheet import rule, sheet, write
from analysis.figures.style import FAINT, HEAD, INK, INNER, NOTE, SOFT
from analysis.study.documents import ADOPTED, DECLARED, REPORTED
from analysis.study.wording import say

ROOM = 2.25  # inches for the names of issues
STEP = 0.27
TOP = 0.62


def layers(study, table, title, subtitle, source=None, ring=None, remark=""):
    """Draw how often each side's issues are named in its own texts, in the article and in the papers.

    The area of a mark is the share of the side's statements in that layer; the number is the count. A
    bold 0 stands where one of a side's two layers has the issue and the other has not.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `measures.named` returns it: `issue`, `side`, and counts `declared`, `reported`, `together`.
    title, subtitle, source : str
    ring : str, optional
        An issue, whose count in each side's own texts is pointed at.
    remark : str
        A sentence below the figure, of that issue if there is one.

    Returns
    -------
    matplotlib.figure.Figure
    """
    pair = study.meta["compare"]
    shown = [(side, layer) for side in pair for layer in (DECLARED, REPORTED)]
    counts = table.pivot(index="issue", columns="side", values=[DECLARED, REPORTED, "together"])
    issues = [issue for issue in study.issues["issue"] if counts.loc[issue].to_numpy().any()]
    together = counts["together"].max(axis=1)  # the same for each side
    wide = (INNER - ROOM) / (len(shown) + (together.any() and 0.85))
    places = dict(zip(shown, (ROOM + wide * k for k in range(len(shown))), strict=True))
    last, bottom = INNER - 0.8 * wide, TOP + STEP * len(issues)
    themes, labels = (study.issues.set_index("issue")[name] for name in ("theme", "label"))
    figure, axes = sheet(study, bottom + (0.32 if remark else 0.05), title, subtitle, source)
    heads = [(places[side, DECLARED], wide * 2 - 0.15, study.meta["sides"][side]) for side in pair]
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
        write(axes, 0, y, labels[issue], ROOM - 0.02, 1)
        for (side, layer), x in places.items():
            number, entry = int(counts.at[issue, (layer, side)]), study.meta["sides"][side]
            _cell(axes, x, y, number, counts[layer, side].sum(), entry["marker"], entry["colour"])
            pointed = issue == ring and layer == DECLARED
            named = any(counts.at[issue, (other, side)] for other in (DECLARED, REPORTED))
            if not number and (named or pointed):
                write(axes, x + 0.14, y, "0", weight="bold", ha="center", size=NOTE)
            if pointed:
                axes.scatter([x + 0.14], [y], s=230, facecolors="none", edgecolors=INK, lw=1.4)
        _cell(axes, last, y, int(together[issue]), together.sum(), "s", INK)
    if remark:
        if ring:
            axes.scatter([0.1], [bottom + 0.17], s=120, facecolors="none", edgecolors=INK, lw=1.4)
        write(axes, 0.25 if ring else 0, bottom + 0.17, remark, INNER - 0.3, 1)
    return figure


def _cell(axes, x, y, number, whole, marker, colour):
    """Draw one count, as a mark whose area is its share."""
    if number:
        axes.scatter([x + 0.14], [y], s=max(9, 900 * number / whole), marker=marker, color=colour, lw=0)
        write(axes, x + 0.36, y, str(number), size=NOTE)
