"""Read a coding from a CSV or Excel sheet."""

import csv
import io
import re

from analysis.article.copies import decode
from analysis.article.tokens import WORD, normalise
from analysis.exchange.archives import MOST_BYTES, parse, unpack
from analysis.exchange.spreadsheets import FORMULA
from analysis.files import read
from analysis.study.anchors import ANCHOR_WORDS
from analysis.study.faults import Fault
from analysis.study.schemas import schema

SHEET = "statements"
MOST_ROWS = 20_000
# Columns that a sheet may lack, because they can be found: the last three from a passage and a copy.
FOUND = ("statement", "joint", "start", "end", "anchor")
PASSAGE = "passage"


def coding_columns():
    """Return the columns of a coding."""
    return [field["name"] for field in schema()["coding"]["schema"]["fields"]]


def from_sheet(study, path, words, coder):
    """Read the rows of a coding from a CSV or Excel sheet.

    Returns
    -------
    rows : list of dict
        Text by column, and `line`.
    left : list of str
        Columns that a coding does not have.
    """
    cells = _excel(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _plain(path)
    if not cells:
        raise ValueError(f"{path.name}: the sheet is empty; a header is needed")
    number, header = cells[0]
    header = [cell.strip().casefold() for cell in header]
    while header and not header[-1]:
        header.pop()
    names = coding_columns()
    if len(set(header)) < len(header):
        raise ValueError(f"{path.name}, line {number}: a column is there twice")
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
    rows, faults = [], []
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
        found["line"] = line
        if not found["statement"]:
            found["statement"] = f"{re.sub('[^a-z]', '', coder) or 's'}{len(rows) + 1:02}"
        if by_passage:
            fault = _locate(found, words, path.name)
            faults += [fault] if fault else []
        rows.append(found)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    derived = {"issue_label", "theme", "actor_label", "side_label", "speaker_label", "kind"}
    left = [f"column {name}" for name in header if name not in [*names, PASSAGE] and name not in derived]
    return rows, left


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


def _locate(row, words, file):
    """Fill the span and the anchor of a row from its passage; return a fault if there is none."""

    def fault(allowed):
        return Fault(file, allowed, line=row["line"], column=PASSAGE, value=row.get(PASSAGE, ""))

    text, passage = words.get(row["paragraph"]), normalise(row.get(PASSAGE, ""))
    if text is None:
        return fault(f"your copy has no paragraph {row['paragraph']}")
    if not passage or text.count(passage) != 1:
        return fault("words that stand once in the paragraph are needed, as they stand there")
    start = text.index(passage)
    anchor = find_anchor(words, row["paragraph"], start, start + len(passage))
    if not anchor:
        return fault("no phrase of three to eight words there stands once in the article")
    row |= {"start": str(start), "end": str(start + len(passage)), "anchor": anchor}
    return None


def find_anchor(words, paragraph, start, end):
    """Return a phrase by which a reader finds a span: the first of the shortest that stand once.

    Parameters
    ----------
    words : dict
        From paragraph id to its normalised text.
    paragraph : str
    start, end : int

    Returns
    -------
    str
        Three to eight words within the span; where the span has none that is unique in the text,
        words around its beginning; empty if that fails too.
    """
    text = words[paragraph]
    spans = [match.span() for match in WORD.finditer(text)]
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    near = next((place for place, span in enumerate(spans) if span[1] > start), 0)
    reach = ANCHOR_WORDS - 1
    for found in (inside, spans[max(0, near - reach) : near + reach + 1]):
        for size in range(3, ANCHOR_WORDS + 1):
            for place in range(len(found) - size + 1):
                first, last = found[place][0], found[place + size - 1][1]
                phrase = text[first:last]
                if found is not inside and not first <= start < last:
                    continue
                if len(phrase) <= 80 and sum(other.count(phrase) for other in words.values()) == 1:
                    return phrase
    return ""
