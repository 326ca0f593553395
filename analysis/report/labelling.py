"""Tables for readers: labels in place of ids, and the passages behind a number."""

import re

import numpy as np
import pandas as pd

from analysis.report.markdown import passage, plain
from analysis.study.codebook import EVIDENCE_LABELS
from analysis.study.statements import labels

SIGNS = {"1": "for", "-1": "against", "mixed": "both", "0": "neither"}
# What stands to the right: a number with its sign and percent, or the mark of a missing one.
NUMBER = re.compile(r"(?:\+|−|-|&#45;)?[0-9][0-9,.]*%?|–")


def labelled(study, table):
    """Return a table with labels in place of ids, in the columns whose names say what they hold; not in its index.

    Returns
    -------
    pandas.DataFrame
        The columns `issue`, `side`, `toward`, `doer`, `speaker`, `actor`, `document`, `evidence`, `sign`, `position`,
        `measure` and `finding` (its short form) hold labels; so do the names of columns that are sides or themes.
    """
    names = labels(study)
    known = {
        "issue": names.issues,
        "finding": pd.concat([study.findings, study.outside]).set_index("finding")["short"].to_dict(),
        "document": study.documents.set_index("document")["short"].to_dict(),
        "evidence": EVIDENCE_LABELS,
        "measure": {"recall": "of its own, reported", "precision": "of the reported, its own"},
    }
    known |= dict.fromkeys(("side", "toward", "doer"), names.sides)
    known |= dict.fromkeys(("speaker", "actor"), names.short)
    known |= dict.fromkeys(("sign", "position"), SIGNS)
    columns = {name: table[name].map(lambda value, by=by: by.get(value, value))
               for name, by in known.items() if name in table}  # fmt: skip
    return table.assign(**columns).rename(columns=names.sides | names.themes)


def table(frame, digits=2):
    """Write a table in Markdown, which GitHub and JupyterLab show with words left and numbers right.

    Parameters
    ----------
    frame : pandas.DataFrame
        Its index comes first if it has a name; of several levels a value is written once.
    digits : int
        Of fractions.

    Returns
    -------
    str
    """
    named, levels = any(frame.index.names), frame.index.nlevels
    columns = [", ".join(filter(None, name)) if isinstance(name, tuple) else str(name) for name in frame]
    rows = frame.set_axis(columns, axis=1).reset_index(drop=not named)
    cells = rows.map(_cell, digits=digits)
    for level in range(levels if named and levels > 1 else 0):
        above = rows.iloc[:, : level + 1]
        cells.iloc[(above == above.shift()).all(axis=1).to_numpy(), level] = ""
    numeric = [len(cells) and all(map(NUMBER.fullmatch, column)) for _, column in cells.items()]
    heads = [[plain(str(name)) for name in rows], ["---:" if number else ":---" for number in numeric]]
    return "\n".join(f"| {' | '.join(row)} |" for row in heads + cells.to_numpy().tolist())


def _cell(value, digits):
    """Write a value for a reader."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if pd.isna(value):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:.{digits}f}" if isinstance(value, float) else plain(str(value))


def passages(study, statements):
    """List statements (rows of a coding) in our own words, in Markdown, each with a link to its passage."""
    names, place = labels(study), study.paragraphs.set_index("paragraph")["document"]
    short = study.documents.set_index("document")["short"]
    lines = []
    for row in statements.itertuples():
        where = f"{short[place[row.paragraph]]}, {row.paragraph.rpartition('.')[2]}"
        told = f"{names.sides[row.side]}, {names.issues[row.issue]}: {row.gist}"
        lines.append(f"- {plain(told)} ({passage(study, row.anchor, where, paragraph=row.paragraph)})")
    return "\n".join(lines)
