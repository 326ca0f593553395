"""Write statements as CSV and Excel tables."""

import csv
import io
import re
import zipfile
from datetime import datetime

import pandas as pd

from analysis.exchange.archives import archive
from analysis.exchange.refi import ORIGIN, codes
from analysis.study.codebook import NONE
from analysis.study.statements import labels

# What a spreadsheet may run as a formula when it stands first in a cell of text.
FORMULA = re.compile(r"[=+\-@\t\r]|'+[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def harmless(value):
    """Return a cell that no spreadsheet runs: an apostrophe before what looks like a formula.

    A number stays a number, a position of -1 among them. `importing` takes the apostrophe off again.
    """
    if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def long(study):
    """List the statements with the labels of their codes.

    Returns
    -------
    pandas.DataFrame
        The columns of the coding, then `document`, `issue_label`, `theme`, `actor_label`,
        `side_label`, `speaker_label` and `kind` (of the paragraph).
    """
    names = labels(study)
    themes = study.issues.set_index("issue")["theme"]
    paragraphs = study.paragraphs.set_index("paragraph")
    rows = study.statements
    return rows.assign(
        document=rows["paragraph"].map(paragraphs["document"]),
        issue_label=rows["issue"].map(names.issues),
        theme=rows["issue"].map(themes),
        actor_label=rows["actor"].map(names.actors),
        side_label=rows["side"].map(names.sides),
        speaker_label=rows["speaker"].map(names.actors),
        kind=rows["paragraph"].map(paragraphs["kind"]),
    )


def wide(study):
    """Count the statements of each actor on each issue: raw counts, before any network.

    Returns
    -------
    pandas.DataFrame
        One row per document and actor with statements there: `document`, `actor`, `label`, `side`,
        and one column per issue.
    """
    rows = long(study)
    counts = pd.crosstab([rows["document"], rows["actor"]], rows["issue"])
    counts = counts.reindex(columns=study.issues["issue"].tolist(), fill_value=0)
    pairs = [
        (document, *about)
        for document in study.documents["document"]
        for about in study.actors[["actor", "label", "side"]].itertuples(index=False)
        if (document, about.actor) in counts.index
    ]
    table = pd.DataFrame(pairs, columns=["document", "actor", "label", "side"])
    return table.join(counts, on=["document", "actor"])


def matrix(study):
    """Say for each statement which codes it has, as 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per statement: `statement`, `document`, `paragraph`, and one column per code,
        `group:value`.
    """
    rows = long(study)
    columns = {name: rows[name] for name in ("statement", "document", "paragraph")}
    for group in ("issue", "side", "actor", "evidence", "form", "position"):
        values = {
            "issue": study.issues["issue"].tolist(),
            "side": [*study.meta["sides"], NONE],
            "actor": study.actors["actor"].tolist(),
        }.get(group) or list(dict.fromkeys(rows[group]))
        for value in values:
            columns[f"{group}:{value}"] = (rows[group] == value).astype(int)
    return pd.DataFrame(columns)


def tags(study):
    """List the codes as the tags that Taguette imports.

    Returns
    -------
    pandas.DataFrame
        `tag` and `description`, one row per code.
    """
    rows = [(name, about) for entries in codes(study).values() for _, name, about, _ in entries]
    return pd.DataFrame(rows, columns=["tag", "description"])


def table_csv(frame):
    """Return a table as CSV for spreadsheets: UTF-8 with a byte order mark, nothing that runs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([harmless(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def workbook(study):
    """Return an Excel workbook, bytes: statements, actors by issues, the 0/1 matrix, and the tables."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    sheets = {
        "statements": long(study), "actors by issues": wide(study), "matrix": matrix(study),
        "documents": study.documents, "issues": study.issues, "actors": study.actors, "rankings": study.rankings,
    }  # fmt: skip
    for name, frame in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place, row in enumerate([list(frame.columns), *frame.itertuples(index=False)], 1):
            for column, value in enumerate(row, 1):
                if hasattr(value, "item"):
                    value = value.item()
                cell = sheet.cell(place, column, harmless(value))
                if isinstance(value, str):
                    cell.data_type = "s"
                cell.font = Font(bold=place == 1)
    return saved(book)


def saved(book):
    """Return an openpyxl workbook as bytes, the same for the same sheets."""
    stamp = datetime(1980, 1, 1)
    book.properties.created = book.properties.modified = stamp
    book.properties.creator = ORIGIN
    out = io.BytesIO()
    book.save(out)
    # openpyxl stamps the time of saving; the archive is written anew so that it stays the same.
    out.seek(0)
    with zipfile.ZipFile(out) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[0-9:.]+Z?", b"1980-01-01T00:00:00Z", core)
    return archive(parts)
