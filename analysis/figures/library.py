"""The figure of all texts side by side, by theme."""

from analysis.figures.page import name_themes
from analysis.figures.sheet import (
    INK,
    INNER,
    NOTE,
    SOFT,
    dress,
    ink_on,
    plot,
    rule,
    ruler,
    sheet,
    width,
    wrapped,
    write,
)
from analysis.study.documents import ADOPTED, DECLARED, REPORTED

NAMES, END, STEP, HEAD, TOP = 2.15, 5.85, 0.285, 0.32, 0.42


def texts(study, table, title, subtitle, source=None, remark=""):
    """Draw every text as a bar, divided by theme, with its length and its language.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `report.texts` returns it: `text`, `layer`, `side`, `language`, `words`, `statements` and the
        share of each theme, 0 to 1.
    title, subtitle : str
    source : str, optional
    remark : str
        A sentence below the figure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    palette = study.meta["themes"]
    groups = _groups(study, table)
    names = {text: wrapped(ruler(), text, NAMES - 0.15, NOTE, lines=2) for text in table["text"]}
    places, heads, y = {}, [], TOP
    for (layer, side), rows in groups:
        heads.append((y, _name(study, layer, side), study.meta["sides"][side]["colour"] if side else INK))
        y += HEAD
        for place, row in rows.iterrows():
            high = STEP + 0.15 * (len(names[row["text"]]) - 1)
            places[place] = y + high / 2
            y += high
    figure, outer = sheet(study, y + 0.3 + (0.32 if remark else 0), title, subtitle, source)
    axes = plot(outer, NAMES, TOP, END, y)
    axes.set(xlim=(0, 1), ylim=(y, TOP), yticks=[])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])
    done = 0.0
    unnamed = {theme for theme, entry in palette.items() if table[entry["label"]].any()}
    for theme, entry in palette.items():
        shares = table[entry["label"]]
        levels = [places[place] for place in table.index]
        axes.barh(levels, shares, left=done, height=0.2, color=entry["colour"], edgecolor="white", lw=0.8)
        for place, share in shares.items():
            start = (0 if isinstance(done, float) else done[place]) + 0.012
            if width(figure, entry["label"], NOTE) < share * (END - NAMES) - 0.08:
                ink = ink_on(entry["colour"])
                write(axes, start, places[place], entry["label"], size=NOTE, color=ink)
                unnamed.discard(theme)
        done = done + shares
    name_themes(outer, study, [theme for theme in palette if theme in unnamed], NAMES, 0.2)
    for at, name, colour in heads:
        rule(outer, at + 0.03, color=colour, width=1.6)
        write(outer, 0, at + 0.2, name, weight="bold", color=colour)
    write(outer, 6.4, 0.2, "words", size=NOTE, color=SOFT, ha="right")
    for place, row in table.iterrows():
        write(outer, 0.1, places[place], "\n".join(names[row["text"]]), size=NOTE)
        write(outer, 6.4, places[place], f"{row['words']:,}", size=NOTE, ha="right")
        write(outer, INNER, places[place], row["language"], size=NOTE, ha="right", color=SOFT)
        if not row["statements"]:
            write(outer, NAMES + 0.05, places[place], "no statement", size=NOTE, color=SOFT, weight="italic")
    if remark:
        write(outer, 0, y + 0.46, remark, INNER, 1)
    dress(axes)
    return figure


def _groups(study, table):
    """Return the texts by layer and side, those of the article first."""
    order = [(layer, side) for layer in (REPORTED, DECLARED, ADOPTED) for side in (*study.meta["sides"], "")]
    groups = [(key, table[(table["layer"] == key[0]) & (table["side"] == key[1])]) for key in order]
    return [(key, rows) for key, rows in groups if len(rows)]


def _name(study, layer, side):
    """Name a group of texts."""
    if layer == DECLARED and side:
        return f"{study.meta['sides'][side]['label']}: its own texts"
    return {REPORTED: "The article", ADOPTED: "Adopted together"}[layer]
