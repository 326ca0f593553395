"""Tables for readers: labels in place of ids, and the passages behind a number."""

import pandas as pd

from analysis.report.markdown import linked, plain
from analysis.study.codebook import EVIDENCE_LABELS
from analysis.study.documents import layer_of
from analysis.study.statements import labels

SIGNS = {"1": "for", "-1": "against", "mixed": "both", "0": "neither"}


def labelled(study, table):
    """Return a table with labels in place of ids, in the columns whose names say what they hold.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        Its index is left as it is.

    Returns
    -------
    pandas.DataFrame
        The columns `issue`, `side`, `toward`, `doer`, `speaker`, `actor`, `document`, `evidence`, `sign`, `position`
        and `finding` (its short form) hold labels; so do the names of columns that are sides.
    """
    names = labels(study)
    findings = pd.concat([study.findings, study.outside]).set_index("finding")["short"].to_dict()
    known = {
        "issue": names.issues,
        "side": names.sides,
        "toward": names.sides,
        "doer": names.sides,
        "speaker": names.short,
        "actor": names.short,
        "document": study.documents.set_index("document")["short"].to_dict(),
        "evidence": EVIDENCE_LABELS,
        "sign": SIGNS,
        "position": SIGNS,
        "finding": findings,
    }
    columns = {name: table[name].map(lambda value, by=by: by.get(value, value))
               for name, by in known.items() if name in table}  # fmt: skip
    return table.assign(**columns).rename(columns={side: names.sides[side] for side in study.meta["sides"]})


def rounded(table, digits=2):
    """Return a table with its numbers rounded and a dash for what is missing, for print.

    Parameters
    ----------
    table : pandas.DataFrame
    digits : int

    Returns
    -------
    pandas.DataFrame
        Of objects.
    """
    rounded = table.round(digits).astype(object)
    return rounded.where(table.notna(), "–")


def passages(study, statements):
    """List statements in our own words, each with a link to its passage in the document it stands in.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame
        Rows of a coding.

    Returns
    -------
    str
        Markdown: one line per statement, with its side and issue.
    """
    names, rows = labels(study), study.documents.set_index("document")
    lines = []
    for row, document in zip(statements.itertuples(), layer_of(study, statements)["document"], strict=True):
        address = rows.at[document, "url"]
        fragment = (
            f"{address}#:~:text={row.anchor.replace(' ', '%20').replace('-', '%2D')}" if address else ""
        )
        where = linked(f"{rows.at[document, 'short']}, {row.paragraph.rpartition('.')[2]}", fragment)
        told = f"{names.sides[row.side]}, {names.issues[row.issue]}: {row.gist}"
        lines.append(f"- {plain(told)} ({where})")
    return "\n".join(lines)
