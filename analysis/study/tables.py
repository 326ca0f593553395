"""Read one CSV table by its schema, and list what is wrong with its cells."""

import csv
import io
import re
from itertools import filterfalse

import numpy as np
import pandas as pd

from analysis.study.faults import Fault, decoded, held
from analysis.study.periods import PERIOD, is_period
from analysis.study.spreadsheets import plain

# A row of CSV: cells separated by commas, a quote only around a whole cell or doubled within one.
ROW = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')
NUMBERS = ("integer", "number")
TYPES = {
    "integer": (re.compile(r"-?(?:0|[1-9][0-9]{0,17})"), "a whole number is needed"),
    "number": (re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?"), "a number is needed"),
    "boolean": (re.compile(r"true|false"), "allowed: true, false"),
}


def read_table(folder, path, schema):
    """Return the cells of a CSV table as text, or None where it cannot be read, and its faults."""
    text, faults = read_text(folder, path, schema["fields"])
    if text is not None:
        for field in schema["fields"] if len(text) else []:
            faults += check_column(path, text[field["name"]], field)
        faults += check_repeats(path, text, schema)
    return text, faults


def empty(schema):
    """Return a table of a schema without rows."""
    names = [field["name"] for field in schema["fields"]]
    return typed(pd.DataFrame(columns=names, dtype=str), schema)


def typed(text, schema):
    """Return a table of text with numbers and truth values where the schema has them."""
    columns = {}
    for field in schema["fields"]:
        column = text[field["name"]]
        if field["type"] in NUMBERS:
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
    """Read the cells of a CSV file as text, after checking the file as such."""
    raw, faults = held(folder, path)
    if faults:
        return None, faults
    raw, _ = plain(raw, fields)  # what a spreadsheet has saved is read as `tidy` would write it
    names = [field["name"] for field in fields]
    if not raw.strip():
        return None, [Fault(path, "the file is empty; a header is needed")]
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None, [Fault(path, "a byte order mark stands here; UTF-8 without one is needed", line=1)]
    _, faults = decoded(path, raw)
    for sign, allowed in (
        (b"\r", "a carriage return stands here; lines end with LF alone"),
        (b"\0", "a NUL character stands here; text is needed"),
    ):
        if not faults and sign in raw:
            faults = [Fault(path, allowed, line=raw.count(b"\n", 0, raw.index(sign)) + 1)]
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
    faults = faults or _header_faults(path, next(csv.reader([line(0)])), names)
    for place in [] if faults else np.flatnonzero((commas + 1 != len(names)) | (quotes > 0)).tolist():
        cells = len(next(csv.reader([line(place)])))
        if cells != len(names):
            allowed = f"{len(names)} cells are needed in a row"
            faults.append(Fault(path, allowed, line=place + 1, value=str(cells)))
    return (None, faults) if faults else (pd.read_csv(io.BytesIO(raw), dtype=str, na_filter=False), [])


def _line_faults(path, number, line):
    """Find what is wrong with a line as such."""
    if not line:
        yield Fault(path, "the line is empty", line=number)
    elif len(line) > csv.field_size_limit():
        yield Fault(path, "the line is too long for a table", line=number)
    elif '"' in line and not ROW.fullmatch(line):
        allowed = "a stray quote; quotes enclose a cell on one line and are doubled within it"
        yield Fault(path, allowed, line=number)


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
    """Compare the cells of one column with its field of the schema, each different value once."""
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
        refuse(bad, "control and format characters are not allowed, nor are no-break spaces")
    filled = list(filter(None, values))
    if field["type"] in TYPES:
        pattern, allowed = TYPES[field["type"]]
        refuse(filterfalse(pattern.fullmatch, filled), allowed)
    elif "enum" in limits:
        refuse(set(filled).difference(limits["enum"]), f"allowed: {', '.join(limits['enum'])}")
    if field["type"] in NUMBERS and not wrong:
        low, high = limits.get("minimum", -np.inf), limits.get("maximum", np.inf)
        numbers = list(map(float, filled))
        if min(numbers, default=low) < low or max(numbers, default=high) > high:
            refuse([v for v, n in zip(filled, numbers, strict=True) if n < low], f"at least {low} is needed")
            refuse(
                [v for v, n in zip(filled, numbers, strict=True) if n > high], f"at most {high} is allowed"
            )
    if "pattern" in limits:
        pattern = re.compile(limits["pattern"])
        refuse(filterfalse(pattern.fullmatch, filled), f"the form {limits['pattern']} is needed")
    if field.get("moment"):
        refuse([value for value in filled if not is_period(value)], PERIOD)
    if "maxLength" in limits and max(map(len, filled), default=0) > limits["maxLength"]:
        bad = [value for value in filled if len(value) > limits["maxLength"]]
        refuse(bad, f"at most {limits['maxLength']} characters are allowed")
    rows = cells.index[cells.isin(list(wrong))] if wrong else []
    return [
        Fault(path, wrong[cells[row]], line=row + 2, column=field["name"], value=cells[row]) for row in rows
    ]


def check_repeats(path, text, schema):
    """Find rows that repeat another row, and keys that repeat another key."""
    key = schema.get("primaryKey") or text.columns.tolist()
    # Rows can only be the same where their keys are, which is quicker to see.
    suspects = text[text.duplicated(key, keep=False)]
    same = suspects.index[suspects.duplicated()]
    faults = [Fault(path, "the same row stands above", line=row + 2, value=text.iat[row, 0]) for row in same]
    keys = [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    for names in keys + ([key] if "primaryKey" in schema and key not in keys else []):
        among, column = suspects if names == key else text, " and ".join(names)
        for row in among.index[among.duplicated(names)].difference(same):
            value = ", ".join(text.loc[row, names])
            faults.append(Fault(path, "this stands above already", line=row + 2, column=column, value=value))
    return faults


def check_links(sound, texts, schemas):
    """Check the foreign keys between the tables: those of sound rows, against all ids that can be read."""
    faults = []
    for path, table in schemas.items():
        for link in table.get("foreignKeys", []) if sound[path] is not None else []:
            (column,), (other,) = link["fields"], link["reference"]["fields"]
            target = f"{link['reference']['resource']}.csv"
            if target not in texts:
                faults.append(Fault(path, f"{target} is needed beside this table", column=column))
            elif texts[target] is not None:
                cells = sound[path][column]
                strange = cells[~cells.isin(texts[target][other]) & (cells != "")]
                allowed = f"an id of {target} is needed"
                faults += [
                    Fault(path, allowed, line=row + 2, column=column, value=value)
                    for row, value in strange.items()
                ]
    return faults
