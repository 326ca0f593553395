"""Figures of how far the results can be trusted."""

import textwrap

import pandas as pd

from analysis import measures
from analysis.figures.sheet import FAINT, INK, SOFT, canvas, legend_places, mark, write, write_side
from analysis.study.statements import labels


def chance(study, title, table=None):
    """Draw each coefficient beside the range that chance gives at these counts.

    Parameters
    ----------
    study : Study
    title : str
    table : pandas.DataFrame, optional
        As `measures.coefficients` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    table = measures.coefficients(study) if table is None else table
    step, left, right = 0.5, 2.6, 6.5
    figure, axes = canvas(
        0.35 + step * len(table),
        title,
        "Mark: the value for the two sides. Bar: where 95 in 100 random relabellings of the passages fall, with their "
        "mean. Distance: 0 alike, 1 nothing in common. Rank agreement: −1 to 1; overlap: 0 to 1, 1 alike.",
        study,
    )
    low, high = min(-1.0, table["low"].min()), 1.0
    scale = (right - left) / (high - low)
    for tick in (-1, -0.5, 0, 0.5, 1):
        x = left + (tick - low) * scale
        axes.plot([x, x], [0, step * len(table)], color=FAINT, lw=0.8, zorder=0)
        write(
            axes,
            x,
            step * len(table) + 0.14,
            f"{tick:g}".replace("-", "−"),
            ha="center",
            fontsize=8,
            color=SOFT,
        )
    for place, row in enumerate(table.itertuples()):
        y = step * (place + 0.5)
        write(axes, left - 0.2, y, row.coefficient, ha="right", fontsize=9)
        axes.plot(
            [left + (row.low - low) * scale, left + (row.high - low) * scale],
            [y, y],
            lw=9,
            color="#BDBDBD",
            solid_capstyle="butt",
        )
        middle = left + (row.mean - low) * scale
        axes.plot([middle, middle], [y - 0.08, y + 0.08], color="white", lw=1.5)
        if not pd.isna(row.value):
            axes.scatter([left + (row.value - low) * scale], [y], s=60, color=INK, zorder=3)
    return figure


def agreement(study, title, table):
    """Draw how far the codings agree, variable by variable.

    Parameters
    ----------
    study : Study
    title : str
    table : pandas.DataFrame
        As `agreement.summary` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    step, left, right = 0.27, 2.0, 5.6
    figure, axes = canvas(
        0.5 + step * len(table),
        title,
        "Filled: Krippendorff's alpha with its jackknife interval; 0 is what chance gives, 1 is perfect. Hollow: "
        "Gwet's AC1, steadier where a code is rare. Right: the share of readings that are equal.",
        study,
    )
    low = min(0.0, float(table["low"].min()))
    scale = (right - left) / (1 - low)
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x = left + (tick - low) * scale
        axes.plot([x, x], [0.05, 0.12 + step * len(table)], color=FAINT, lw=0.8, zorder=0)
        write(axes, x, 0.24 + step * len(table), f"{tick:g}", ha="center", fontsize=8, color=SOFT)
    for place, row in enumerate(table.itertuples()):
        y = 0.12 + step * (place + 0.5)
        write(axes, left - 0.2, y, row.variable, ha="right", fontsize=9)
        if not pd.isna(row.alpha):
            ends = [left + (value - low) * scale for value in (row.low, row.high)]
            axes.plot(ends, [y, y], color=SOFT, lw=2, solid_capstyle="butt")
            axes.scatter([left + (row.alpha - low) * scale], [y], s=44, color=INK, zorder=3)
        if not pd.isna(row.AC1):
            x = left + (row.AC1 - low) * scale
            axes.scatter([x], [y], s=90, facecolors="none", edgecolors=INK, linewidths=1, zorder=4)
        write(axes, 6.7, y, f"{row.agreement:.0%} of {row.units}", ha="right", fontsize=8.5)
    return figure


def _write_finding(axes, x, y, sentence):
    """Write the sentence of a finding to the left of `x`, in three lines at most."""
    lines = textwrap.wrap(sentence, 57, max_lines=3, placeholder="…")
    write(axes, x, y, "\n".join(lines), room=x, lines=3, ha="right", fontsize=7.5, linespacing=1.15)


def survival(study, title, table):
    """Draw in how many specifications each finding holds.

    Parameters
    ----------
    study : Study
    title : str
    table : pandas.DataFrame
        As `robustness.survival` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sentences = study.findings.set_index("finding")["sentence"]
    step, left, right = 0.44, 3.75, 6.1
    figure, axes = canvas(
        0.55 + step * len(table),
        title,
        "Share of specifications in which a finding holds. Filled: rules that answer the same question as well; "
        "hollow: with rules that ask another question too.",
        study,
    )
    axes.plot([left, left], [0, 0.12 + step * len(table)], color=FAINT, lw=0.8)
    for tick in (0, 0.5, 1):
        x = left + tick * (right - left)
        axes.plot([x, x], [0.05, 0.12 + step * len(table)], color=FAINT, lw=0.8, zorder=0)
        write(axes, x, 0.26 + step * len(table), f"{tick:.0%}", ha="center", fontsize=8, color=SOFT)
    for place, row in table.iterrows():
        y = 0.1 + step * (place + 0.5)
        _write_finding(axes, left - 0.2, y, sentences[row["finding"]])
        xs = [left + row[name] * (right - left) for name in ("same question", "all")]
        axes.plot(xs, [y, y], color=SOFT, lw=1)
        axes.scatter([xs[1]], [y], s=44, facecolors="white", edgecolors=INK, zorder=3)
        axes.scatter([xs[0]], [y], s=44, color=INK, zorder=4)
        write(axes, right + 0.12, y - 0.07, f"{row['same question']:.0%}", fontsize=9, fontweight="bold")
        write(axes, right + 0.12, y + 0.09, f"{row['all']:.0%}", fontsize=8, color=SOFT)
    return figure


def carriers(study, title, held):
    """Draw which paragraph each finding rests on.

    Parameters
    ----------
    study : Study
    title : str
    held : pandas.DataFrame of bool
        As `robustness.leave_one_out` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    sentences = study.findings.set_index("finding")["sentence"]
    step, left = 0.42, 3.4
    column = min(0.24, (6.75 - left) / len(held))
    figure, axes = canvas(
        0.45 + step * len(held.columns),
        title,
        "A filled mark: without this paragraph the finding would not hold. A dot: it would. Paragraphs in which no side has "
        "a statement are left out.",
        study,
    )
    for place, paragraph in enumerate(held.index):
        x = left + column * (place + 0.5)
        write(axes, x, 0.18, paragraph, ha="center", fontsize=7.5, color=SOFT, rotation=90)
    for line, finding in enumerate(held.columns):
        y = 0.38 + step * (line + 0.5)
        _write_finding(axes, left - 0.12, y, sentences[finding])
    falls, stands = ([], []), ([], [])
    for line, finding in enumerate(held.columns):
        for place, holds in enumerate(held[finding]):
            xs, ys = stands if holds else falls
            xs.append(left + column * (place + 0.5))
            ys.append(0.38 + step * (line + 0.5))
    axes.scatter(*stands, s=5, color="#BDBDBD", lw=0)
    axes.scatter(*falls, s=52, marker="s", color=INK, lw=0)
    return figure


def share_intervals(study, title, table):
    """Draw each share with the range that resampled paragraphs give.

    Parameters
    ----------
    study : Study
    title : str
    table : pandas.DataFrame
        As `robustness.share_intervals` returns it.

    Returns
    -------
    matplotlib.figure.Figure
    """
    names = labels(study)
    pair = study.meta["compare"]
    issues = [issue for issue in study.issues["issue"] if (table["issue"] == issue).any()]
    step, left, right = 0.38, 2.3, 6.7
    figure, axes = canvas(
        0.65 + step * len(issues),
        title,
        "Share of each side's statements, with the range in which it falls in 95 of 100 resamples of paragraphs.",
        study,
    )
    scale = (right - left) / (1.05 * max(0.1, float(table["high"].max())))
    bottom = 0.35 + step * len(issues)
    for tick in range(0, int(table["high"].max() * 100) + 1, 10):
        x = left + tick / 100 * scale
        axes.plot([x, x], [0.35, bottom], color=FAINT, lw=0.8, zorder=0)
        write(axes, x, bottom + 0.12, f"{tick}%", ha="center", fontsize=8, color=SOFT)
    for side, (x, _) in zip(
        pair, legend_places([names.sides[side] for side in pair], 0.5, 0.085), strict=True
    ):
        write_side(axes, study, side, x, 0.1, room=3.2, lines=1, fontsize=9)
    for row in table.itertuples():
        place = issues.index(row.issue)
        y = 0.35 + step * (place + (0.3 if row.side == pair[0] else 0.7))
        colour = study.meta["sides"][row.side]["colour"]
        axes.plot(
            [left + row.low * scale, left + row.high * scale],
            [y, y],
            color=colour,
            lw=2,
            solid_capstyle="butt",
        )
        mark(axes, study, row.side, left + row.share * scale, y, size=34)
    for place, issue in enumerate(issues):
        write(
            axes,
            left - 0.2,
            0.35 + step * (place + 0.5),
            names.issues[issue],
            room=left - 0.22,
            ha="right",
            fontsize=9,
        )
    return figure
