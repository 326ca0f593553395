"""The figure of all texts side by side, by theme."""

from analysis.figures.fonts import width, wrapped
from analysis.figures.page import name_themes
from analysis.figures.sheet import dress, plot, rule, sheet, write
from analysis.figures.style import INK, INNER, NOTE, SOFT, ink_on
from analysis.study.documents import ADOPTED, DECLARED, REPORTED
from analysis.study.wording import counted, decimal, listed, say, wording

NAMES, END, STEP, HEAD, TOP = 2.15, 6.2, 0.285, 0.32, 0.42


def texts(study, table, title, subtitle, source=None, remark=""):
    """Draw every text as a bar, divided by theme, with its length.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `report.texts` returns it: `text`, `layer`, `side`, `language`, `words`, `statements` and the
        share of each theme, 0 to 1.
    title, subtitle, source : str
    remark : str
        A sentence below the figure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    names = {place: wrapped(text, NAMES - 0.15, NOTE, lines=2) for place, text in table["text"].items()}
    places, heads, y = {}, [], TOP
    for layer, side, rows in _groups(study, table):
        heads.append(
            (y, _name(study, layer, side, rows), study.meta["sides"][side]["colour"] if side else INK)
        )
        y += HEAD
        for place in rows.index:
            high = STEP + 0.15 * (len(names[place]) - 1)
            places[place] = y + high / 2
            y += high
    figure, outer = sheet(study, y + 0.3 + (0.32 if remark else 0), title, subtitle, source)
    axes = plot(outer, NAMES, TOP, END, y)
    axes.set(xlim=(0, 1), ylim=(y, TOP), yticks=[])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])
    levels, done, unnamed = [places[place] for place in table.index], table["words"] * 0.0, []
    for theme, entry in study.meta["themes"].items():
        shares = table[theme]
        axes.barh(levels, shares, left=done, height=0.2, color=entry["colour"], edgecolor="white", lw=0.8)
        named = shares[shares * (END - NAMES) > width(entry["label"], NOTE) + 0.08].index
        for place in named:
            at, ink = done[place] + 0.012, ink_on(entry["colour"])
            write(axes, at, places[place], entry["label"], size=NOTE, color=ink)
        unnamed += [theme] if shares.any() and not len(named) else []
        done = done + shares
    name_themes(outer, study, unnamed, NAMES, 0.2)
    for at, name, colour in heads:
        rule(outer, at + 0.03, color=colour, width=1.6)
        write(outer, 0, at + 0.2, name, weight="bold", color=colour)
    write(outer, INNER, 0.2, say(study, "words"), size=NOTE, color=SOFT, ha="right")
    for place, row in table.iterrows():
        write(outer, 0.1, places[place], "\n".join(names[place]), size=NOTE)
        write(outer, INNER, places[place], decimal(study, row["words"], 0), size=NOTE, ha="right")
        if not row["statements"]:
            none = counted(study, 0, "statement")
            write(outer, NAMES + 0.05, places[place], none, size=NOTE, color=SOFT, weight="italic")
    if remark:
        write(outer, 0, y + 0.46, remark, INNER, 1)
    dress(axes)
    return figure


def _groups(study, table):
    """Yield the texts by layer and side, those of the article first."""
    for layer in (REPORTED, DECLARED, ADOPTED):
        for side in (*study.meta["sides"], ""):
            rows = table[(table["layer"] == layer) & (table["side"] == side)]
            if len(rows):
                yield layer, side, rows


def _name(study, layer, side, rows):
    """Name a group of texts, with their languages."""
    keys = [f"language-{code}" for code in rows["language"].unique()]
    tongues = listed(study, [say(study, key) for key in keys if key in wording()])
    name = study.meta["sides"][side]["label"] if side else ""
    return ", ".join(filter(None, [say(study, f"texts-{layer}", side=name), tongues if keys else ""]))
