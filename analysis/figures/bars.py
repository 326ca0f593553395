"""The figures of texts as bars divided by theme: the article by paragraph, and all texts side by side."""

from itertools import pairwise

from matplotlib.patches import Rectangle

from analysis.figures.fonts import width, wrapped
from analysis.figures.sheet import dress, mark, plot, rule, sheet, write, write_sides
from analysis.figures.style import FAINT, INK, INNER, NOTE, SOFT, ink_on
from analysis.study.documents import ADOPTED, DECLARED, REPORTED
from analysis.study.wording import counted, decimal, listed, say, wording

# Of the map, in inches: where gists end, and where bars and marks begin; the height of a line, and of more.
GISTS, BARS, MARKS = 2.9, 3.0, 5.3
STEP, LINE = 0.255, 0.165
# Of the texts, in inches: where bars begin and end; the height of a group's head and of a text.
LEFT, RIGHT = 2.15, 6.2
HEAD, TEXT = 0.32, 0.285


def article_map(study, table, title, subtitle, source=None, labels=None, parts=None):
    """Draw the article as it stands: one bar per paragraph, coloured by theme, and the sides heard.

    A theme is named in its first bar that is long enough.

    Parameters
    ----------
    table : pandas.DataFrame
        As `report.page` returns it.
    labels : dict of str to str
        What paragraphs say in a few words, by their ids; by default their gists, or where these lack their ids.
    parts : dict of str to str
        What the page is about from a paragraph on, by its id, for brackets at the left edge.
    """
    palette, room = study.meta["themes"], GISTS - (0.4 if parts else 0)
    rows = list(table.groupby("paragraph", sort=False))
    gists = [(labels or {}).get(name, found["gist"].iloc[0] or name) for name, found in rows]
    told = [wrapped(gist, room, NOTE, lines=3) for gist in gists]
    scale = (MARKS - BARS - 0.1) / table["characters"].max()
    stretches = [_stretches(found) for _, found in rows]
    named = {}  # by theme, the paragraph and the start of its first bar that is long enough
    for place, coded in enumerate(stretches):
        for theme, start, end in coded:
            if (end - start) * scale > width(palette[theme]["label"], NOTE, "bold") + 0.08:
                named.setdefault(theme, (place, start))
    unnamed = [theme for theme in palette if (table["theme"] == theme).any() and theme not in named]
    heard = [side for side in study.meta["sides"] if (table["side"] == side).any()]
    key = _key(study, unnamed)
    tops = [0.3 + 0.25 * len(key)]
    for lines in told:
        tops.append(tops[-1] + STEP + LINE * (len(lines) - 1))
    figure, axes = sheet(study, tops[-1] + 0.05, title, subtitle, source)
    write_sides(axes, study, 0, 0.1, INNER, heard, NOTE)
    _name_themes(axes, study, key, 0.34)
    for place, (_, found) in enumerate(rows):
        y, colour = (tops[place] + tops[place + 1]) / 2, INK if found["issue"].any() else SOFT
        write(axes, GISTS, y, "\n".join(told[place]), size=NOTE, ha="right", color=colour)
        long = found["characters"].iloc[0] * scale
        axes.add_patch(Rectangle((BARS, y - 0.09), long, 0.18, color=FAINT, lw=0))
        for theme, start, end in stretches[place]:
            entry, x, long = palette[theme], BARS + start * scale, (end - start) * scale
            axes.add_patch(Rectangle((x, y - 0.09), long, 0.18, fc=entry["colour"], ec="white", lw=0.8))
            if named.get(theme) == (place, start):
                ink = ink_on(entry["colour"])
                write(axes, x + 0.05, y, entry["label"], size=NOTE, weight="bold", color=ink)
        sides = [side for side in found["side"] if side in heard]
        for k, side in enumerate(sides):
            mark(axes, study, side, MARKS + 0.08 + min(0.2, (INNER - MARKS) / len(sides)) * k, y, size=46)
    if parts:
        _brackets(axes, parts, [name for name, _ in rows], tops)
    return figure


def _stretches(found):
    """Return theme, start and end of what is coded; where passages overlap, the later one shows."""
    coded, out = found[found["end"] > 0], []
    for start, end in pairwise(sorted({*coded["start"], *coded["end"]})):
        over = coded.loc[(coded["start"] <= start) & (coded["end"] >= end), "theme"]
        if len(over):
            theme = over.iloc[-1]
            begin = out.pop()[1] if out and out[-1][0] == theme else start
            out.append((theme, begin, end))
    return out


def _brackets(axes, parts, paragraphs, tops):
    """Draw a bracket for each part of the page, with its name upright beside it."""
    starts = [paragraphs.index(name) for name in parts] + [len(paragraphs)]
    for (begin, end), name in zip(pairwise(starts), parts.values(), strict=True):
        low, high = tops[begin] + 0.03, tops[end] - 0.03
        axes.plot([0.36, 0.3, 0.3, 0.36], [low, low, high, high], color=SOFT, lw=1.2)
        line = wrapped(name, high - low, NOTE, "bold", 1)[0]
        middle = (low + high) / 2 + width(line, NOTE, "bold") / 2
        upright = {"va": "baseline", "rotation": 90, "rotation_mode": "anchor"}
        write(axes, 0.2, middle, line, size=NOTE, weight="bold", **upright)


def texts(study, table, title, subtitle, source=None, remark=""):
    """Draw every text as a bar, divided by theme, with its length.

    Parameters
    ----------
    table : pandas.DataFrame
        As `report.texts` returns it: `text`, `layer`, `side`, `language`, `words`, `statements` and the
        share of each theme, 0 to 1.
    remark : str
        A sentence below the figure.
    """
    names = {place: wrapped(text, LEFT - 0.15, NOTE, lines=2) for place, text in table["text"].items()}
    key = _key(study, [theme for theme in study.meta["themes"] if table[theme].any()])
    top = 0.15 + 0.25 * len(key)
    places, heads, y = {}, [], top
    for layer in (REPORTED, DECLARED, ADOPTED):
        for side in (*study.meta["sides"], ""):
            rows = table[(table["layer"] == layer) & (table["side"] == side)]
            if len(rows):
                heads.append((y, side, _group(study, layer, side, rows)))
                y += HEAD
            for place in rows.index:
                high = TEXT + 0.15 * (len(names[place]) - 1)
                places[place] = y + high / 2
                y += high
    figure, outer = sheet(study, y + 0.3 + (0.32 if remark else 0), title, subtitle, source)
    axes = plot(outer, LEFT, top, RIGHT, y)
    axes.set(xlim=(0, 1), ylim=(y, top), yticks=[])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])
    levels, done = [places[place] for place in table.index], table["words"] * 0.0
    for theme, entry in study.meta["themes"].items():
        shares = table[theme]
        axes.barh(levels, shares, left=done, height=0.2, color=entry["colour"], edgecolor="white", lw=0.8)
        named = shares[shares * (RIGHT - LEFT) > width(entry["label"], NOTE) + 0.08].index
        for place in named:
            at, ink = done[place] + 0.012, ink_on(entry["colour"])
            write(axes, at, places[place], entry["label"], size=NOTE, color=ink)
        done = done + shares
    _name_themes(outer, study, key, 0.1)
    for at, side, name in heads:
        colour = study.meta["sides"][side]["colour"] if side else INK
        rule(outer, at + 0.03, color=colour, width=1.6)
        write(outer, 0, at + 0.2, name, weight="bold", color=colour)
    write(outer, INNER, top + 0.2, say(study, "words"), size=NOTE, color=SOFT, ha="right")
    for place, row in table.iterrows():
        write(outer, 0.1, places[place], "\n".join(names[place]), size=NOTE)
        write(outer, INNER, places[place], decimal(study, row["words"], 0), size=NOTE, ha="right")
        if not row["statements"]:
            none = counted(study, 0, "statement")
            write(outer, LEFT + 0.05, places[place], none, size=NOTE, color=SOFT, weight="italic")
    if remark:
        write(outer, 0, y + 0.46, remark, INNER, 1)
    dress(axes)
    return figure


def _group(study, layer, side, rows):
    """Name a group of texts, with their languages as far as these have names."""
    name = say(study, f"texts-{layer}", side=study.meta["sides"][side]["label"] if side else "")
    keys = [f"language-{code}" for code in rows["language"].unique() if f"language-{code}" in wording()]
    return f"{name}, {listed(study, [say(study, key) for key in keys])}" if keys else name


def _key(study, themes):
    """Return themes in lines that are no wider than the figure."""
    lines, x = [], INNER
    for theme in themes:
        long = 0.3 + width(study.meta["themes"][theme]["label"], NOTE)
        x += long
        if x > INNER:
            lines.append([])
            x = long
        lines[-1].append(theme)
    return lines


def _name_themes(axes, study, key, y):
    """Name themes in lines of squares and words, from a height down."""
    for line in key:
        x = 0
        for theme in line:
            entry = study.meta["themes"][theme]
            axes.add_patch(Rectangle((x, y - 0.07), 0.14, 0.14, color=entry["colour"], lw=0))
            write(axes, x + 0.18, y, entry["label"], size=NOTE)
            x += 0.3 + width(entry["label"], NOTE)
        y += 0.25
