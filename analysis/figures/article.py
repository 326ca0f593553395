"""Figures of the article: its map, who speaks, who is reported on what."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

from analysis import measures
from analysis.figures.sheet import FAINT, INK, SOFT, canvas, ink_on, legend_places, mark, write, write_side
from analysis.study.codebook import EVIDENCE_LABELS, NONE
from analysis.study.statements import admit, labels


def article_map(study, title):
    """Draw the article as it stands: a block a paragraph, coloured by theme, with the sides heard.

    Parameters
    ----------
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    rows = study.paragraphs[study.paragraphs["kind"] != "furniture"].reset_index(drop=True)
    palette = study.meta["themes"]
    above = legend_places([theme["label"] for theme in palette.values()], 0.37, 0.068)
    below = legend_places(
        [*(entry["label"] for entry in study.meta["sides"].values()), "x" * 36], 0.42, 0.075
    )
    step, start = 0.235, 0.55 + 0.2 * (above[-1][1] + below[-1][1])
    figure, axes = canvas(
        start + step * len(rows),
        title,
        "Each block is a paragraph, as long as its text and in the order of the page; colour and number: theme "
        "of the coded passage, plain: not coded. Right: whose position each statement gives, and who says it.",
        study,
    )
    themes = study.issues.set_index("issue")["theme"]
    # A number as well as a colour: in print, and to some eyes, several themes look alike.
    numbers = {theme: str(place) for place, theme in enumerate(palette, 1)}

    def block(theme, x, y, wide, high):
        colour = palette[theme]["colour"]
        axes.add_patch(plt.Rectangle((x, y), wide, high, facecolor=colour, edgecolor="white", lw=0.8))
        if wide > 0.1:
            place = (x + wide / 2, y + high / 2)
            write(axes, *place, numbers[theme], ha="center", fontsize=6.5, color=ink_on(colour))

    for theme, (x, row) in zip(palette, above, strict=True):
        block(theme, x, 0.01 + 0.2 * row, 0.14, 0.14)
        write(axes, x + 0.18, 0.085 + 0.2 * row, palette[theme]["label"], fontsize=8)
    top = 0.31 + 0.2 * above[-1][1]
    for side, (x, row) in zip(study.meta["sides"], below, strict=False):
        write_side(axes, study, side, x, top + 0.2 * row, fontsize=8)
    x, top = below[-1][0], top + 0.2 * below[-1][1]
    axes.scatter([x + 0.06], [top], s=14, marker="o", color=SOFT)
    write(axes, x + 0.18, top, "no side: background, or an observer's own judgement", fontsize=8, color=SOFT)
    names = labels(study).short
    kinds = study.actors.set_index("actor")["kind"]
    scale = 3.4 / rows["characters"].max()
    for place, row in enumerate(rows.itertuples()):
        y = start + step * place
        write(axes, 0.3, y + step / 2, row.paragraph, ha="right", fontsize=8, color=SOFT)
        axes.add_patch(
            plt.Rectangle((0.38, y + 0.03), row.characters * scale, step - 0.06, color=FAINT, lw=0)
        )
        coded = study.statements[study.statements["paragraph"] == row.paragraph]
        # Passages can overlap: each stretch of text shows the last statement that it is coded with.
        shown = np.full(row.characters + 1, -1)
        for number, item in enumerate(coded.itertuples()):
            shown[item.start : item.end] = number
        edges = [0, *(np.flatnonzero(np.diff(shown)) + 1)]
        for left, right in pairwise(edges):
            if shown[left] >= 0:
                theme = themes[coded["issue"].iloc[shown[left]]]
                block(theme, 0.38 + left * scale, y + 0.03, (right - left) * scale, step - 0.06)
        x, gap = 3.98, min(0.17, 1.9 / max(1, len(coded)))
        for side in coded["side"]:
            if side == NONE:
                axes.scatter([x], [y + step / 2], s=14, marker="o", color=SOFT)
            else:
                mark(axes, study, side, x, y + step / 2, size=38)
            x += gap
        said = [names[speaker] for speaker in dict.fromkeys(coded["speaker"]) if kinds[speaker] != "media"]
        note = ", ".join(said)
        if row.kind not in ("body", "caption"):
            note = {"headline": "headline", "link": "link to another story"}[row.kind]
        elif row.kind == "caption":
            note = f"photo caption, printed {row.copies} times" if row.copies > 1 else "photo caption"
        write(
            axes,
            max(x, 4.72) + 0.02,
            y + step / 2,
            note,
            room=6.76 - max(x, 4.72),
            lines=1,
            fontsize=7.5,
            color=SOFT,
        )
    return figure


def voices(study, title):
    """Draw on whose word each side's statements rest, a mark a statement.

    Parameters
    ----------
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = measures.voices(study)
    codes = study.meta["baseline"]["evidence"]
    sides = [side for side in table.index if table.at[side, "statements"]]
    names = labels(study)
    step = 0.22
    heads = [f"{names.sides[side]}, {table.at[side, 'statements']}" for side in sides]
    places = legend_places(heads, 0.5, 0.085)
    more = 0.2 * places[-1][1] if places else 0
    figure, axes = canvas(
        0.45 + more + (step * len(sides) + 0.14) * len(codes),
        title,
        "Each mark is one statement, by whose position it is and by what it rests on.",
        study,
    )
    for side, text, (x, row) in zip(sides, heads, places, strict=True):
        write_side(axes, study, side, x, 0.1 + 0.2 * row, fontsize=9, text=text)
    y = 0.35 + more
    for code in codes:
        axes.plot([0, 6.8], [y, y], color=FAINT, lw=0.8)
        write(
            axes,
            0.02,
            y + 0.07 + step * len(sides) / 2,
            EVIDENCE_LABELS.get(code, code),
            fontsize=9.5,
        )
        for side in sides:
            line = y + 0.07 + step * (sides.index(side) + 0.5)
            number = table.at[side, code]
            gap = min(0.24, 4.4 / max(1, number))
            for k in range(number):
                mark(axes, study, side, 1.95 + gap * k, line)
            write(
                axes,
                1.95 + gap * number,
                line,
                str(number),
                fontsize=8.5,
                color=study.meta["sides"][side]["colour"],
            )
        y += step * len(sides) + 0.14
    return figure


def actors_by_issue(study, title):
    """Draw which actors are reported on which issues, with the sign of their positions.

    Parameters
    ----------
    study : Study
    title : str

    Returns
    -------
    matplotlib.figure.Figure
    """
    rows = admit(study)
    names = labels(study)
    actors = [actor for actor in study.actors["actor"] if (rows["actor"] == actor).any()]
    issues = [issue for issue in study.issues["issue"] if (rows["issue"] == issue).any()]
    step, start, left = 0.29, 1.35, 2.15
    column = min(0.42, 4.5 / max(1, len(actors)))
    while any(
        left + column * (k + 0.5) + 0.047 * len(names.short[who]) > 6.8 for k, who in enumerate(actors)
    ):
        column *= 0.98
    figure, axes = canvas(
        start + step * len(issues),
        title,
        "A mark: statements give this actor's position or act on the issue. In it the signs: + for, − against, ± both, "
        "0 raised without a position. Below the names, the number of statements; who only speaks has no column.",
        study,
    )
    belongs = study.actors.set_index("actor")["side"]
    for place, actor in enumerate(actors):
        x = left + column * (place + 0.5)
        colour = study.meta["sides"][belongs[actor]]["colour"]
        write(
            axes,
            x - 0.05,
            start - 0.26,
            names.short[actor],
            rotation=38,
            ha="left",
            va="bottom",
            fontsize=8,
            color=colour,
            rotation_mode="anchor",
        )
        write(axes, x, start - 0.13, str((rows["actor"] == actor).sum()), ha="center", fontsize=8, color=SOFT)
    for line, issue in enumerate(issues):
        y = start + step * line
        axes.plot([0, left + column * len(actors)], [y, y], color=FAINT, lw=0.8)
        write(axes, left - 0.15, y + step / 2, names.issues[issue], room=1.98, ha="right", fontsize=9)
        for place, actor in enumerate(actors):
            said = rows.loc[(rows["actor"] == actor) & (rows["issue"] == issue), "position"]
            if not len(said):
                continue
            x = left + column * (place + 0.5)
            mark(axes, study, belongs[actor], x, y + step / 2, size=150, hollow=set(said) == {"0"})
            pro, contra = said.isin(["1", "mixed"]).any(), said.isin(["-1", "mixed"]).any()
            sign = "±" if pro and contra else "+" if pro else "−" if contra else "0"
            write(
                axes,
                x,
                y + step / 2,
                sign,
                ha="center",
                va="center_baseline",
                fontsize=8.5,
                zorder=4,
                color=INK if sign == "0" else "white",
                fontweight="bold",
            )
    return figure
