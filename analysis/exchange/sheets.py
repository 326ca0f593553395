"""Read a coding from a CSV or Excel sheet."""

import csv
import io
import re

from analysis.article.copies import decode
from analysis.exchange.archives import MOST_BYTES, parse, unpack
from analysis.exchange.passages import PASSAGE, locate
from analysis.exchange.spreadsheets import FORMULA
from analysis.files import read
from analysis.study.codebook import CODES
from analysis.study.faults import Fault
from analysis.study.schemas import schema
from analysis.study.wording import BESIDE

SHEET = "statements"
MOST_ROWS = 20_000
# Columns that a sheet may lack, because they can be found: the last three from a passage and a copy.
FOUND = ("statement", "joint", "addressee_basis", "start", "end", "anchor")
# Columns that help a coder, or that `export` adds; they are derived, and left without a word.
HELP = (
    PASSAGE,
    "suggested",
    "sentence",
    "document",
    "issue_label",
    "theme",
    "actor_label",
    "side_label",
    "speaker_label",
    "kind",
)
TO_FILL = (*CODES, "gist")


def coding_columns():
    """Return the columns of a coding."""
    return [field["name"] for field in schema()["coding"]["schema"]["fields"]]


def from_sheet(study, path, words, coder):
    """Read the rows of a coding from a CSV or Excel sheet.

    In a sheet with passages, a row without any code is a sentence that holds no statement.

    Returns
    -------
    rows : list of dict
        Text by column, and `line`.
    left : list of str
        Columns that a coding does not have.
    faults : list of Fault
        Rows that have no place in the text; they are not among `rows`.
    read : list of str
        Paragraphs of the sheet, with a statement or without.
    """
    cells = _excel(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _plain(path)
    if not cells:
        raise ValueError(f"{path.name}: the sheet is empty; its first row must name the columns")
    number, header = cells[0]
    header = [cell.partition(BESIDE)[0].strip().casefold() for cell in header]
    while header and not header[-1]:
        header.pop()
    names = coding_columns()
    if len(set(header)) < len(header):
        raise ValueError(f"{path.name}, line {number}: a column appears twice")
    by_passage = PASSAGE in header and not {"start", "end"} <= set(header)
    lacking = [name for name in names if name not in header and name not in FOUND]
    if not by_passage:
        lacking += [name for name in ("start", "end", "anchor") if name not in header]
    if lacking:
        raise ValueError(f"{path.name}, line {number}: columns are missing: {', '.join(lacking)}")
    if by_passage and not words:
        raise ValueError(f"{path.name}: passages are looked for in your copy: point to it with --text")
    if len(cells) - 1 > MOST_ROWS:
        raise ValueError(f"{path.name}: at most {MOST_ROWS} rows are read")
    rows, faults, paragraphs, number = [], [], [], 0
    for line, row in cells[1:]:
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(header) :]):
            faults.append(Fault(path.name, "a cell stands outside the columns", line=line))
            continue
        row = [*row, *[""] * (len(header) - len(row))]
        found = dict.fromkeys(names, "") | {
            name: _bare(cell) for name, cell in zip(header, row, strict=False) if name in [*names, PASSAGE]
        }
        for name in set(TO_FILL) - {"gist"}:
            found[name] = found[name].partition(BESIDE)[0]
        found["line"] = line
        paragraphs.append(found["paragraph"])
        if by_passage and not any(found[name] for name in TO_FILL):
            continue
        number += 1
        if not found["statement"]:
            found["statement"] = f"{re.sub('[^a-z]', '', coder) or 's'}{number:02}"
        fault = locate(found, words, path.name) if by_passage else None
        if fault:
            faults.append(fault)
        else:
            rows.append(found)
    left = [f"column {name}" for name in header if name not in names and name not in HELP]
    return rows, left, faults, list(dict.fromkeys(filter(None, paragraphs)))


def _bare(cell):
    """Return a cell without white space around it and without the apostrophe that `export` put on."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def _plain(path):
    """Return the rows of a CSV file as Excel and other programs save it: (line, cells)."""
    text = decode(path)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        raise ValueError(
            f"{path.name}, line {line}: this is not CSV, a quote or a cell does not end"
        ) from None
    return [(line, row) for line, row in rows if row]


def _excel(path):
    """Return the rows of the sheet `statements`, or of the first, of an Excel workbook."""
    held = unpack(path)
    if "[Content_Types].xml" not in held:
        raise ValueError(f"{path.name}: this archive is no Excel workbook")
    for name, data in held.items():
        if name.endswith((".xml", ".rels")):
            parse(data, f"{path.name}, {name}")
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(read(path, MOST_BYTES)), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        rows = []
        for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
            if line > MOST_ROWS + 1:
                raise ValueError(f"{path.name}: at most {MOST_ROWS} rows are read")
            rows.append((line, [_text(value) for value in row[:200]]))
    except ValueError as fault:
        if str(fault).startswith(path.name):
            raise
        raise ValueError(f"{path.name}: this workbook cannot be read") from None
    except Exception:  # openpyxl fails on damaged workbooks in many ways.
        raise ValueError(f"{path.name}: this workbook cannot be read") from None
    return [(line, row) for line, row in rows if any(row)]


def _text(value):
    """Return the value of an Excel cell as text; a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
