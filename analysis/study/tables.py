"""Read one CSV table by its schema, and list what is wrong with its cells."""

import csv
import io
import re
from itertools import filterfalse

import numpy as np
import pandas as pd

from analysis.files import read
from analysis.study.faults import Fault
from analysis.study.spreadsheets import plain

# A row of CSV: cells separated by commas, a quote only around a whole cell or doubled within one.
ROW = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')
TYPES = {
    "integer": (re.compile(r"-?(?:0|[1-9][0-9]{0,17})"), "a whole number is needed"),
    "number": (re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?"), "a number is needed"),
    "boolean": (re.compile(r"true|false"), "allowed: true, false"),
    "date": (
        re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
        "a date such as 2021-11-18 is needed",
    ),
}


def read_table(folder, path, schema):
    """Read one CSV table by its schema.

    Parameters
    ----------
    folder : Path
    path : str
        Path of the table within the folder.
    schema : dict
        Frictionless Table Schema.

    Returns
    -------
    frame : pandas.DataFrame or None
        Typed after the schema; None where there are faults. Its index is the line in the file
        minus two.
    faults : list of Fault
    """
    text, faults = read_text(folder, path, schema["fields"])
    if faults:
        return None, faults
    for field in schema["fields"] if len(text) else []:
        faults += check_column(path, text[field["name"]], field)
    faults += check_repeats(path, text, schema)
    if faults:
        faults.sort(key=lambda fault: fault.line or 0)
        return None, faults
    return typed(text, schema), []


def empty(schema):
    """Return a table of a schema without rows."""
    names = [field["name"] for field in schema["fields"]]
    return typed(pd.DataFrame(columns=names, dtype=str), schema)


def typed(text, schema):
    """Return a table of text with numbers and truth values where the schema has them."""
    columns = {}
    for field in schema["fields"]:
        column = text[field["name"]]
        if field["type"] in ("integer", "number"):
            kind = "int64" if field["type"] == "integer" else "float64"
            # Without gaps this is several times faster than what can cope with them.
            if field.get("constraints", {}).get("required") or (column != "").all():
                columns[field["name"]] = column.astype(object).astype(kind)
            else:
                numbers = pd.to_numeric(column.where(column != "", None))
                columns[field["name"]] = numbers.astype("Int64") if kind == "int64" else numbers
        elif field["type"] == "boolean":
            columns[field["name"]] = column == "true"
    return text.assign(**columns)


def read_text(folder, path, fields):
    """Read the cells of a CSV file as text, after checking the file as such.

    A table that a spreadsheet has saved is read as `tidy` would write it.

    Returns
    -------
    frame : pandas.DataFrame or None
        All cells as text; None where there are faults.
    faults : list of Fault
    """
    try:
        raw = read(folder / path)
    except FileNotFoundError:
        return None, [Fault(path, "the file is missing")]
    except OSError:
        return None, [Fault(path, "a file is needed, this is something else")]
    raw, _ = plain(raw, fields)
    names = [field["name"] for field in fields]
    if not raw.strip():
        return None, [Fault(path, "the file is empty; a header is needed")]
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        allowed = "a byte order mark stands here; UTF-8 without one is needed"
        return None, [Fault(path, allowed, line=1)]
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        return None, [Fault(path, "these bytes are not UTF-8", line=line)]
    faults = []
    for sign, allowed in (
        (b"\r", "a carriage return stands here; lines end with LF alone"),
        (b"\0", "a NUL character stands here; text is needed"),
    ):
        place = raw.find(sign)
        if place >= 0:
            faults.append(Fault(path, allowed, line=raw.count(b"\n", 0, place) + 1))
    if faults:
        return None, faults
    if not raw.endswith(b"\n"):
        faults.append(Fault(path, "the last line does not end with LF", line=raw.count(b"\n") + 1))
        raw += b"\n"
    # Whole columns of bytes at once: a loop over a million lines takes as long as all that follows.
    signs = np.frombuffer(raw, dtype=np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    starts = np.concatenate([[0], ends[:-1] + 1])
    quotes, commas = (
        np.diff(np.searchsorted(np.flatnonzero(signs == ord(sign)), ends), prepend=0) for sign in '",'
    )

    def line(place):
        return raw[starts[place] : ends[place]].decode("utf-8")

    sizes = ends - starts
    for place in np.flatnonzero((sizes == 0) | (quotes > 0) | (sizes > csv.field_size_limit())).tolist():
        faults += _line_faults(path, place + 1, line(place))
    if faults:
        return None, faults
    faults = _header_faults(path, next(csv.reader([line(0)])), names)
    if faults:
        return None, faults
    for place in np.flatnonzero((commas + 1 != len(names)) | (quotes > 0)).tolist():
        cells = len(next(csv.reader([line(place)])))
        if cells != len(names):
            allowed = f"{len(names)} cells are needed in a row"
            faults.append(Fault(path, allowed, line=place + 1, value=str(cells)))
    if faults:
        return None, faults
    return pd.read_csv(io.BytesIO(raw), dtype=str, na_filter=False), []


def _line_faults(path, number, line):
    """Find what is wrong with a line as such."""
    if not line:
        yield Fault(path, "the line is empty", line=number)
    elif '"' in line and not ROW.fullmatch(line):
        allowed = "a stray quote; quotes enclose a cell on one line and are doubled within it"
        yield Fault(path, allowed, line=number)
    elif len(line) > csv.field_size_limit():
        yield Fault(path, "the line is too long for a table", line=number)


def _header_faults(path, header, names):
    """Find columns that are missing, unknown, doubled or out of order."""
    faults = [
        Fault(path, "this column is missing", line=1, column=name) for name in names if name not in header
    ]
    for place, name in enumerate(header):
        if name not in names:
            faults.append(Fault(path, "no column of this name is allowed", line=1, column=name))
        elif name in header[:place]:
            faults.append(Fault(path, "this column is there twice", line=1, column=name))
    if not faults and header != names:
        faults.append(Fault(path, f"the order is {','.join(names)}", line=1, value=",".join(header)))
    return faults


def check_column(path, cells, field):
    """Compare the cells of one column with its field of the schema.

    Each different value is looked at once, so that a long table costs little more than its values.
    """
    limits = field.get("constraints", {})
    values = cells.unique().tolist()
    wrong = {}

    def refuse(bad, allowed):
        for value in bad:
            wrong.setdefault(value, allowed)

    if limits.get("required") and "" in values:
        refuse([""], "a value is needed")
    if list(map(str.strip, values)) != values:
        refuse([v for v in values if v != v.strip()], "no white space is allowed around a value")
    if not "".join(values).isprintable():
        bad = [value for value in values if not value.isprintable()]
        refuse(bad, "control and format characters are not allowed")
    filled = list(filter(None, values))
    if field["type"] in TYPES:
        pattern, allowed = TYPES[field["type"]]
        refuse(filterfalse(pattern.fullmatch, filled), allowed)
        if field["type"] in ("integer", "number"):
            filled = [value for value in filled if value not in wrong] if wrong else filled
            low = limits.get("minimum")
            if low is not None and min(map(float, filled), default=low) < low:
                refuse([value for value in filled if float(value) < low], f"at least {low} is needed")
    elif "enum" in limits:
        refuse(set(filled).difference(limits["enum"]), f"allowed: {', '.join(limits['enum'])}")
    if "pattern" in limits:
        pattern = re.compile(limits["pattern"])
        refuse(filterfalse(pattern.fullmatch, filled), f"the form {limits['pattern']} is needed")
    if "maxLength" in limits and max(map(len, filled), default=0) > limits["maxLength"]:
        bad = [value for value in filled if len(value) > limits["maxLength"]]
        refuse(bad, f"at most {limits['maxLength']} characters are allowed")
    rows = cells.index[cells.isin(list(wrong))] if wrong else []
    return [
        Fault(path, wrong[cells[row]], line=row + 2, column=field["name"], value=cells[row]) for row in rows
    ]


def check_repeats(path, text, schema):
    """Find rows that repeat another row, and keys that repeat another key."""
    faults = []
    key = schema.get("primaryKey") or text.columns.tolist()
    # Rows can only be the same where their keys are, which is quicker to see.
    suspects = text[text.duplicated(key, keep=False)]
    same = set(suspects.index[suspects.duplicated()])
    faults += [Fault(path, "the same row stands above", line=row + 2, value=text.iat[row, 0]) for row in same]
    keys = [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    for names in keys + ([key] if "primaryKey" in schema and key not in keys else []):
        among = suspects if names == key else text
        for row in among.index[among.duplicated(names)].difference(list(same)):
            value = ", ".join(text.loc[row, names])
            faults.append(
                Fault(
                    path, "this stands above already", line=row + 2, column=" and ".join(names), value=value
                )
            )
    return faults


def check_links(frames, schemas):
    """Check the foreign keys between the tables."""
    faults = []
    for path, table in schemas.items():
        frame = frames[path]
        for link in table.get("foreignKeys", []):
            (column,), (other,) = link["fields"], link["reference"]["fields"]
            target = f"{link['reference']['resource']}.csv"
            if target not in frames:
                faults.append(Fault(path, f"{target} is needed beside this table", column=column))
                continue
            known = frames[target][other]
            for row, value in frame.loc[~frame[column].isin(known), column].items():
                if value:
                    faults.append(
                        Fault(path, f"an id of {target} is needed", line=row + 2, column=column, value=value)
                    )
    return faults
