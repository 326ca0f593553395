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

# What a spreadsheet may run as a formula: where a cell begins, and where one begins if semicolons part cells.
FORMULA = re.compile(r"""(^|;[ "]*)('*[=+\-@\t\r])""")
MARKED = re.compile(r"""(^|;[ "]*)'('*[=+\-@\t\r])""")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def harmless(value):
    """Return a cell that no spreadsheet runs: an apostrophe before what looks like a formula.

    A number stays a number, a position of -1 among them. `as_meant` takes the apostrophe off again.
    """
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        return FORMULA.sub(r"\1'\2", value)
    return value


def as_meant(cell):
    """Return a cell without the apostrophes of `harmless`."""
    return MARKED.sub(r"\1\2", cell)


def long(study):
    """List the statements with the labels of their codes."""
    names, rows = labels(study), study.statements
    paragraphs = study.paragraphs.set_index("paragraph")
    return rows.assign(
        document=rows["paragraph"].map(paragraphs["document"]),
        issue_label=rows["issue"].map(names.issues),
        theme=rows["issue"].map(study.issues.set_index("issue")["theme"]),
        actor_label=rows["actor"].map(names.actors),
        side_label=rows["side"].map(names.sides),
        speaker_label=rows["speaker"].map(names.actors),
        kind=rows["paragraph"].map(paragraphs["kind"]),
    )


def wide(study):
    """Count the statements of each actor on each issue, a row per document and actor, before any network."""
    rows = long(study)
    counts = pd.crosstab([rows["document"], rows["actor"]], rows["issue"])
    counts = counts.reindex(columns=study.issues["issue"].tolist(), fill_value=0)
    table = study.documents[["document"]].merge(study.actors[["actor", "label", "side"]], how="cross")
    return table.join(counts, on=["document", "actor"], how="inner").reset_index(drop=True)


def matrix(study):
    """Say for each statement which codes it has, as 0 and 1, a column for each code."""
    rows = long(study)
    columns = {name: rows[name] for name in ("statement", "document", "paragraph")}
    known = {
        "issue": study.issues["issue"],
        "side": [*study.meta["sides"], NONE],
        "actor": study.actors["actor"],
    }
    for group in ("issue", "side", "actor", "evidence", "form", "position"):
        for value in known.get(group, rows[group].unique()):
            columns[f"{group}:{value}"] = (rows[group] == value).astype(int)
    return pd.DataFrame(columns)


def tags(study):
    """List the codes as the tags that Taguette imports."""
    rows = [(name, about) for entries in codes(study).values() for _, name, about, _ in entries]
    return pd.DataFrame(rows, columns=["tag", "description"])


def table_csv(frame):
    """Return a table as CSV for spreadsheets: UTF-8 with a byte order mark, nothing that runs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([*map(harmless, row)] for row in [frame.columns, *frame.itertuples(index=False)])
    return out.getvalue().encode("utf-8-sig")


def workbook(study):
    """Return an Excel workbook, bytes: statements, actors by issues, the 0/1 matrix, and the tables."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    sheets = {"statements": long(study), "actors by issues": wide(study), "matrix": matrix(study)}
    sheets |= {name: getattr(study, name) for name in ("documents", "issues", "actors", "rankings")}
    for name, frame in sheets.items():
        filled(book, name, frame.map(harmless))
    return saved(book)


def filled(book, name, frame):
    """Add a table to a workbook, text as text; return its sheet."""
    from openpyxl.styles import Font

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for row in [frame.columns, *frame.itertuples(index=False)]:
        sheet.append([value.item() if hasattr(value, "item") else value for value in row])
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    return sheet


def saved(book):
    """Return an openpyxl workbook as bytes, the same for the same sheets."""
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)
    book.properties.creator = ORIGIN
    out = io.BytesIO()
    book.save(out)
    # openpyxl stamps the time of saving; the archive is written anew so that it stays the same.
    with zipfile.ZipFile(out) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[0-9:.]+Z?", b"1980-01-01T00:00:00Z", core)
    return archive(parts)
