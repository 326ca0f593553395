"""Read one CSV table by its schema, and list what is wrong with its cells."""

import csv
import io
import re
from itertools import filterfalse

import pandas as pd

from analysis.study.faults import Fault, decoded, held
from analysis.study.periods import PERIOD, is_period
from analysis.study.spreadsheets import plain

# A row of CSV: cells separated by commas, a quote only around a whole cell or doubled within one.
ROW = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')
STRANGE = {
    "\r": "a carriage return stands here; lines end with LF alone",
    "\0": "a NUL character stands here; text is needed",
}
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
        for field in schema["fields"]:
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
    whole, faults = decoded(path, raw)
    for sign, allowed in STRANGE.items():
        if not faults and sign in whole:
            faults = [Fault(path, allowed, line=whole.count("\n", 0, whole.index(sign)) + 1)]
    if faults:
        return None, faults
    *lines, last = whole.split("\n")
    if last:
        lines.append(last)
        faults = [Fault(path, "the last line does not end with LF", line=len(lines))]
    faults += [Fault(path, told, line=k) for k, told in enumerate(map(_broken_line, lines), 1) if told]
    faults = faults or _header_faults(path, next(csv.reader(lines[:1])), names)
    for number, line in enumerate([] if faults else lines, 1):
        cells = len(next(csv.reader([line]))) if '"' in line else line.count(",") + 1
        if cells != len(names):
            allowed = f"{len(names)} cells are needed in a row"
            faults.append(Fault(path, allowed, line=number, value=str(cells)))
    return (None, faults) if faults else (pd.read_csv(io.BytesIO(raw), dtype=str, na_filter=False), [])


def _broken_line(line):
    """Say what is wrong with a line as such, or return None."""
    if not line:
        return "the line is empty"
    if len(line) > csv.field_size_limit():
        return "the line is too long for a table"
    if '"' in line and not ROW.fullmatch(line):
        return "a stray quote; quotes enclose a cell on one line and are doubled within it"
    return None


def _header_faults(path, header, names):
    """Find columns that are missing, unknown, doubled or out of order."""
    missing = [name for name in names if name not in header]
    faults = [Fault(path, "this column is missing", line=1, column=name) for name in missing]
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
    limits, wrong = field.get("constraints", {}), {}
    values = cells.unique().tolist()
    if limits.get("required") and "" in values:
        wrong[""] = "a value is needed"
    tests = [
        (lambda value: value == value.strip(), "no white space is allowed around a value"),
        (str.isprintable, "control and format characters are not allowed, nor are no-break spaces"),
    ]
    if field["type"] in TYPES:
        pattern, allowed = TYPES[field["type"]]
        tests.append((pattern.fullmatch, allowed))
    elif "enum" in limits:
        tests.append((set(limits["enum"]).__contains__, f"allowed: {', '.join(limits['enum'])}"))
    if "minimum" in limits:
        low, high = limits["minimum"], limits["maximum"]
        tests.append((lambda value: float(value) >= low, f"at least {low} is needed"))
        tests.append((lambda value: float(value) <= high, f"at most {high} is allowed"))
    if "pattern" in limits:
        tests.append((re.compile(limits["pattern"]).fullmatch, f"the form {limits['pattern']} is needed"))
    if field.get("moment"):
        tests.append((is_period, PERIOD))
    if "maxLength" in limits:
        most = limits["maxLength"]
        tests.append((lambda value: len(value) <= most, f"at most {most} characters are allowed"))
    # One test after the other over all values: what is wrong by one is not asked by the next.
    sound = list(filter(None, values))
    for fits, allowed in tests:
        bad = list(filterfalse(fits, sound))
        if bad:
            wrong |= dict.fromkeys(bad, allowed)
            sound = [value for value in sound if value not in wrong]
    rows = cells.index[cells.isin(list(wrong))] if wrong else []
    return [Fault(path, wrong[cells[row]], row + 2, field["name"], cells[row]) for row in rows]


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
        # A key that is empty where one is needed has been told as such.
        twice = among.duplicated(names) & (among[names] != "").all(axis=1)
        for row in among.index[twice].difference(same):
            value = ", ".join(text.loc[row, names])
            faults.append(Fault(path, "this stands above already", line=row + 2, column=column, value=value))
    return faults


def check_links(sound, texts, schemas):
    """Check the foreign keys between the tables: those of sound rows, against all ids that can be read."""
    faults = []
    for path, table in schemas.items():
        for link in table.get("foreignKeys", []):
            (column,), (other,) = link["fields"], link["reference"]["fields"]
            target = f"{link['reference']['resource']}.csv"
            if target not in texts:
                faults.append(Fault(path, f"{target} is needed beside this table", column=column))
            elif texts[target] is not None:
                cells = sound[path][column]
                strange = cells[~cells.isin(texts[target][other]) & (cells != "")]
                needed = f"an id of {target} is needed"
                faults += [Fault(path, needed, row + 2, column, value) for row, value in strange.items()]
    return faults
