"""Read a coding from a CSV or Excel sheet."""

import csv
import io
import re

from analysis.article.copies import decode
from analysis.exchange.archives import archive, parse, unpack
from analysis.exchange.passages import PASSAGE, locate
from analysis.exchange.spreadsheets import as_meant
from analysis.study.codebook import CODES, NONE
from analysis.study.faults import Fault
from analysis.study.schemas import schema
from analysis.study.wording import BESIDE

SHEET = "statements"
MOST_ROWS = 20_000
# Columns that a sheet may lack, because they can be found: the last three from a passage and a copy.
FOUND = ("statement", "joint", "addressee_basis", "start", "end", "anchor")
# Columns that help a coder, or that `export` adds; they are derived, and left without a word.
HELP = (PASSAGE, "suggested", "sentence", "document", "issue_label", "theme", "actor_label", "side_label",
        "speaker_label", "kind")  # fmt: skip
TO_FILL = (*CODES, "gist")
# What is left empty with side none, and follows from it; its actor is the speaker.
FOLLOWS = {"addressee": NONE, "form": "fact", "position": "0"}


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
    if len(cells) - 1 > MOST_ROWS:
        raise ValueError(f"{path.name}: at most {MOST_ROWS} rows are read")
    names = [field["name"] for field in schema()["coding"]["schema"]["fields"]]
    number, header = cells[0]
    header = [cell.partition(BESIDE)[0].strip().casefold() for cell in header]
    while header and not header[-1]:
        header.pop()
    by_passage = PASSAGE in header and not {"start", "end"} <= set(header)
    _usable(header, names, by_passage, words, f"{path.name}, line {number}")
    rows, faults, paragraphs, number = [], [], [], 0
    for line, row in cells[1:]:
        row = [cell.strip() for cell in row]
        if not any(row):
            continue
        if any(row[len(header) :]):
            faults.append(Fault(path.name, "a cell stands outside the columns", line=line))
            continue
        given = dict(zip(header, map(as_meant, row), strict=False))
        found = {name: given.get(name, "") for name in [*names, PASSAGE]} | {"line": line}
        for name in set(TO_FILL) - {"gist"}:
            found[name] = found[name].partition(BESIDE)[0]
        paragraphs.append(found["paragraph"])
        if by_passage and not any(found[name] for name in TO_FILL):
            continue
        number += 1
        found["statement"] = found["statement"] or numbered(coder, number)
        if found["side"] == NONE:
            found |= {name: found[name] or code for name, code in FOLLOWS.items()}
            found["actor"] = found["actor"] or found["speaker"]
        fault = _several(found, study, path.name) or (locate(found, words, path.name) if by_passage else None)
        if fault:
            faults.append(fault)
        else:
            rows.append(found)
    left = [f"column {name}" for name in header if name not in names and name not in HELP]
    return rows, left, faults, list(dict.fromkeys(filter(None, paragraphs)))


def _several(row, study, file):
    """Return a fault if a cell names several sides or actors, where a row is one statement of one side."""
    known = {*study.meta["sides"], *study.actors["actor"]}
    for name in ("side", "actor", "speaker", "addressee"):
        ids = re.findall(r"[^\s,;/&+]+", row[name])
        if len(ids) > 1 and row[name] not in known and len(known.intersection(ids)) > 1:
            told = ("one id a row; what several sides say together is a row for each side, its own actor and speaker "
                    "in it, with one id in joint; several addressees are their side")  # fmt: skip
            return Fault(file, told, line=row["line"], column=name, value=row[name])
    return None


def numbered(coder, number):
    """Return the id of a coder's statement."""
    return f"{re.sub('[^a-z]', '', coder) or 's'}{number:02}"


def _usable(header, names, by_passage, words, place):
    """Refuse a header with which no row can be read."""
    if len(set(header)) < len(header):
        raise ValueError(f"{place}: a column appears twice")
    found = FOUND if by_passage else FOUND[:3]
    lacking = [name for name in names if name not in header and name not in found]
    if lacking:
        raise ValueError(f"{place}: columns are missing: {', '.join(lacking)}")
    if by_passage and not words:
        raise ValueError(f"{place}: passages are looked for in your copy: point to it with --text")


def _plain(path):
    """Return the rows of a CSV file as Excel and other programs save it: (line, cells)."""
    text = decode(path)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        place = f"{path.name}, line {line}"
        raise ValueError(f"{place}: this is not CSV, a quote or a cell does not end") from None
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
        book = load_workbook(io.BytesIO(archive(held)), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        # One row more than may be read shows that there are too many.
        read = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=200, values_only=True)
        rows = [(line, [_text(value) for value in row]) for line, row in enumerate(read, 1)]
    except Exception:  # openpyxl fails on damaged workbooks in many ways.
        raise ValueError(f"{path.name}: this workbook cannot be read") from None
    return [(line, row) for line, row in rows if any(row)]


def _text(value):
    """Return the value of an Excel cell as text; a whole number without a point."""
    if value is None:
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)
