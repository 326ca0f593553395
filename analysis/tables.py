"""Read the tables of a study by the one schema, and say what is wrong with their cells.

The schema is schema.json beside this module, a Frictionless Table Schema for each table. A study's
datapackage.json repeats it for other programs.
"""

import csv
import json
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pandas as pd

NEEDED = ("paragraphs", "words", "issues", "actors", "rankings", "findings")
SCHEMA = Path(__file__).with_name("schema.json")
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
# A row of CSV: cells apart by commas, a quote only around a whole cell or doubled within one.
ROW = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*')


class Fault(NamedTuple):
    """One fault in a study: where it is, what stands there, what is allowed."""

    file: str
    line: int | None
    column: str | None
    value: str | None
    allowed: str

    def __str__(self):
        """Return the fault as one line."""
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column is not None:
            place += f", column {self.column}"
        value = "" if self.value is None else f"{shown(self.value)} found; "
        return f"{place}: {value}{self.allowed}"


def shown(value):
    """Quote a value for a message, on one line, control characters escaped, cut when long."""
    text = str(value).encode("unicode_escape").decode() if not str(value).isprintable() else value
    text = str(text)
    return f"'{text[:57]}…'" if len(text) > 58 else f"'{text}'"


def schema():
    """Return the one schema of all tables: a dict from table to title and Table Schema."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def is_coding(path):
    """Tell whether a table of the study, by its path, is a coding."""
    return path.startswith("codings/") and path != "codings/decisions.csv"


def paths(folder):
    """Return a dict from the path of each table that a study has, or must have, to its schema.

    Every CSV file in `codings/` is a coding, so that a further pass is found without being named.
    """
    described = schema()
    coding = described.pop("coding")["schema"]
    found = {table.get("path", f"{name}.csv"): table["schema"] for name, table in described.items()}
    found = {path: table for path, table in found.items() if path[:-4] in NEEDED or (folder / path).exists()}
    codings = sorted(path.relative_to(folder).as_posix() for path in (folder / "codings").glob("*.csv"))
    return found | {path: coding for path in codings if is_coding(path)}


def describe(folder):
    """Return the Frictionless Data Package descriptor of a study, as a dict.

    Source: Data Package Standard 2.0, https://datapackage.org.
    """
    meta = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    titles = {name: table["title"] for name, table in schema().items()}
    resources = [
        {
            "name": path.removesuffix(".csv").replace("/", "-"),
            "path": path,
            "title": titles["coding" if is_coding(path) else Path(path).stem],
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table,
        }
        for path, table in paths(folder).items()
    ]
    return {
        "name": folder.name,
        "title": meta["title"],
        "licenses": [LICENCE],
        "resources": resources,
    }


def write_package(folder):
    """Write datapackage.json of a study anew from the schema and the tables found."""
    text = json.dumps(describe(folder), indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def document():
    """Return the documentation of all tables in Markdown: their columns, and their codes."""
    parts = []
    for name, table in schema().items():
        parts.append(f"### {name}\n\n{table['title']}.\n\n| column | type | what it holds |\n|---|---|---|")
        fields = table["schema"]["fields"]
        parts[-1] += "".join(f"\n| `{f['name']}` | {f['type']} | {f['description']} |" for f in fields)
        for field in fields:
            if "categories" in field:
                codes = "".join(f"\n| `{c['value']}` | {c['label']} |" for c in field["categories"])
                parts.append(f"| {field['name']} | meaning |\n|---|---|{codes}")
    return "\n\n".join(parts)


def write_between(path, name, text):
    """Write a text anew between the marks `<!-- name: …` and `<!-- end of name -->` of a file."""
    whole = path.read_text(encoding="utf-8")
    start = whole.index("\n", whole.index(f"<!-- {name}: ")) + 1
    end = whole.index(f"<!-- end of {name} -->")
    path.write_text(f"{whole[:start]}\n{text}\n\n{whole[end:]}", encoding="utf-8", newline="\n")


def check_package(folder):
    """Check that datapackage.json describes the tables as the schema does."""
    file = "datapackage.json"
    remedy = f"`python -m analysis describe {folder.name}` writes it anew"
    try:
        package = json.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [Fault(file, None, None, None, f"the file is missing; {remedy}")]
    except (OSError, UnicodeDecodeError):
        return [Fault(file, None, None, None, f"a text file in UTF-8 is needed; {remedy}")]
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", None)
        return [Fault(file, line, None, None, f"this is not JSON; {remedy}")]
    listed = package.get("resources") if isinstance(package, dict) else None
    listed = listed if isinstance(listed, list) else []
    schemas = {
        item.get("path"): item.get("schema")
        for item in listed
        if isinstance(item, dict) and isinstance(item.get("path"), str)
    }
    return [
        Fault(file, None, "resources", path, f"it is missing or described otherwise; {remedy}")
        for path, table in paths(folder).items()
        if (path in schemas or not is_coding(path)) and schemas.get(path) != table
    ]


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
        Typed after the schema; None where the file cannot be read as a table. Its index is the
        line in the file minus two.
    faults : list of Fault
    """
    header, rows, faults = read_rows(folder, path)
    if faults:
        return None, faults
    names = [field["name"] for field in schema["fields"]]
    if header != names:
        for name in names:
            if name not in header:
                faults.append(Fault(path, 1, name, None, "this column is missing"))
        for place, name in enumerate(header):
            if name not in names:
                faults.append(Fault(path, 1, name, None, "no column of this name is allowed"))
            elif name in header[:place]:
                faults.append(Fault(path, 1, name, None, "this column is there twice"))
        if not faults:
            faults.append(Fault(path, 1, None, ",".join(header), f"the order is {','.join(names)}"))
        return None, faults
    for number, row in enumerate(rows, 2):
        if len(row) != len(names):
            faults.append(Fault(path, number, None, str(len(row)), f"{len(names)} cells are needed in a row"))
    if faults:
        return None, faults
    text = pd.DataFrame(rows, columns=names, dtype=str)
    for field in schema["fields"] if rows else []:
        faults += check_column(path, text[field["name"]], field)
    faults += check_repeats(path, text, schema)
    if faults:
        faults.sort(key=lambda fault: fault.line or 0)
        return None, faults
    frame = text.copy()
    for field in schema["fields"]:
        column = text[field["name"]]
        if field["type"] == "integer":
            frame[field["name"]] = pd.to_numeric(column.where(column != "", None)).astype(
                "int64" if (column != "").all() else "Int64"
            )
        elif field["type"] == "number":
            frame[field["name"]] = pd.to_numeric(column.where(column != "", None))
        elif field["type"] == "boolean":
            frame[field["name"]] = column == "true"
    return frame, []


def read_rows(folder, path):
    """Read the raw cells of a CSV file: header, rows and faults of the file as such."""
    try:
        raw = (folder / path).read_bytes()
    except FileNotFoundError:
        return [], [], [Fault(path, None, None, None, "the file is missing")]
    except OSError:
        return [], [], [Fault(path, None, None, None, "a file is needed, this is something else")]
    if not raw.strip():
        return [], [], [Fault(path, None, None, None, "the file is empty; a header is needed")]
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return (
            [],
            [],
            [
                Fault(
                    path,
                    1,
                    None,
                    None,
                    "a byte order mark stands here; UTF-8 without one is needed",
                )
            ],
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        return [], [], [Fault(path, line, None, None, "these bytes are not UTF-8")]
    faults = []
    lines = text.split("\n")
    for sign, allowed in (
        ("\r", "a carriage return stands here; lines end with LF alone"),
        ("\0", "a NUL character stands here; text is needed"),
    ):
        line = next((k for k, line in enumerate(lines, 1) if sign in line), None)
        if line:
            faults.append(Fault(path, line, None, None, allowed))
    if faults:
        return [], [], faults
    if lines[-1]:
        faults.append(Fault(path, len(lines), None, None, "the last line does not end with LF"))
    else:
        lines.pop()
    for number, line in enumerate(lines, 1):
        if not line:
            faults.append(Fault(path, number, None, None, "the line is empty"))
        elif not ROW.fullmatch(line):
            allowed = "a stray quote; quotes enclose a cell on one line and are doubled within it"
            faults.append(Fault(path, number, None, None, allowed))
        elif len(line) > csv.field_size_limit():
            faults.append(Fault(path, number, None, None, "the line is too long for a table"))
    if faults:
        return [], [], faults
    header, *rows = csv.reader(lines)
    return header, rows, []


def check_column(path, cells, field):
    """Hold the cells of one column against its field of the schema."""
    limits = field.get("constraints", {})
    name = field["name"]
    filled = cells != ""
    tests = []
    if limits.get("required"):
        tests.append((~filled, "a value is needed"))
    tests.append((cells != cells.str.strip(), "no white space is allowed around a value"))
    odd = filled & ~cells.map(str.isprintable)
    tests.append((odd, "control and format characters are not allowed"))
    patterns = {
        "integer": (r"-?(?:0|[1-9][0-9]{0,17})", "a whole number is needed"),
        "number": (r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", "a number is needed"),
        "boolean": (r"true|false", "allowed: true, false"),
        "date": (
            r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])",
            "a date such as 2021-11-18 is needed",
        ),
    }
    if field["type"] in patterns:
        pattern, allowed = patterns[field["type"]]
        wrong = filled & ~cells.str.fullmatch(pattern)
        tests.append((wrong, allowed))
        if field["type"] in ("integer", "number"):
            numbers = pd.to_numeric(cells.where(filled & ~wrong, None))
            if "minimum" in limits:
                tests.append((numbers < limits["minimum"], f"at least {limits['minimum']} is needed"))
            if "maximum" in limits:
                tests.append((numbers > limits["maximum"], f"at most {limits['maximum']} is allowed"))
    if "enum" in limits and field["type"] == "string":
        allowed = [str(code) for code in limits["enum"]]
        tests.append((filled & ~cells.isin(allowed), f"allowed: {', '.join(allowed)}"))
    if "pattern" in limits:
        wrong = filled & ~cells.str.fullmatch(limits["pattern"])
        tests.append((wrong, f"the form {limits['pattern']} is needed"))
    if "maxLength" in limits:
        long = cells.str.len() > limits["maxLength"]
        tests.append((long, f"at most {limits['maxLength']} characters are allowed"))
    faults = []
    found = pd.Series(False, index=cells.index)
    for wrong, allowed in tests:
        for row in cells.index[wrong & ~found]:
            faults.append(Fault(path, row + 2, name, cells[row], allowed))
        found |= wrong
    return faults


def check_repeats(path, text, schema):
    """Find rows that repeat another row, and keys that repeat another key."""
    faults = []
    same = text.duplicated()
    for row in text.index[same]:
        faults.append(Fault(path, row + 2, None, text.iloc[row, 0], "the same row stands above"))
    keys = [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    key = schema.get("primaryKey", [])
    keys += [key] if key and key not in keys else []
    for names in keys:
        for row in text.index[text.duplicated(names) & ~same]:
            value = ", ".join(text.loc[row, names])
            faults.append(Fault(path, row + 2, " and ".join(names), value, "this stands above already"))
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
                faults.append(Fault(path, None, column, None, f"{target} is needed beside this table"))
                continue
            known = frames[target][other]
            for row in frame.index[~frame[column].isin(known) & (frame[column] != "")]:
                allowed = f"an id of {target} is needed"
                faults.append(Fault(path, row + 2, column, frame.at[row, column], allowed))
    return faults
