"""The one schema of all tables, schema.json beside this module, and which of them a study has."""

import csv
import io
import json
import re
from functools import cache
from pathlib import Path

from analysis.study.faults import shown

NEEDED = ("documents", "paragraphs", "words", "issues", "actors", "rankings", "findings")
SEVERAL = ("coding", "translation")  # tables of which a study may have several files
TRANSLATION = re.compile(r"[a-z]{2}\.csv")
CODER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
CODER_NEEDED = "a coder's name has lower-case letters, digits and hyphens, at most 40"
TAKEN = ("adjudicated", "decisions")  # what is settled after the passes


@cache
def schema():
    """Return the one schema of all tables: a dict from table to title and Frictionless Table Schema.

    Where schema.json describes the codes of a column, these are the ones allowed: `enum` is made of them.
    """
    described = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
    for table in described.values():
        for field in table["schema"]["fields"]:
            if "categories" in field:
                field.setdefault("constraints", {})["enum"] = [code["value"] for code in field["categories"]]
    return described


def categories(table, column):
    """Return the codes of a column as the schema describes them: a dict from code to its entry."""
    fields = {field["name"]: field for field in schema()[table]["schema"]["fields"]}
    return {entry["value"]: entry for entry in fields[column].get("categories", [])}


def table_csv(table, rows):
    """Return rows, dicts by column, as a CSV file with the columns of a table, in UTF-8.

    A column that a row lacks is empty, and one that the table lacks is left out.
    """
    columns = [field["name"] for field in schema()[table]["schema"]["fields"]]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "backslashreplace")


def table_of(path):
    """Return the table of schema.json that a file of a study is, by its path."""
    if TRANSLATION.fullmatch(path):
        return "translation"
    coding = path.startswith("codings/") and path != "codings/decisions.csv"
    return "coding" if coding else Path(path).stem


def check_coder(name):
    """Raise a ValueError if a coder cannot have this name, which is that of a file in `codings/`."""
    if not CODER.fullmatch(name) or name in TAKEN:
        raise ValueError(f"{shown(name)}: {CODER_NEEDED}; {' and '.join(TAKEN)} are taken")


def paths(folder):
    """Return a dict from the path of each table that a study has, or must have, to its schema.

    Every CSV file in `codings/` is a coding, and every one named by a language a translation, so that a
    further pass or language is found without being named.
    """
    found = {}
    for name, table in schema().items():
        path = table.get("path", f"{name}.csv")
        # A link that leads nowhere is a table that cannot be read, not one that the study lacks.
        there = (folder / path).exists() or (folder / path).is_symlink()
        if name not in SEVERAL and (name in NEEDED or there):
            found[path] = table["schema"]
    files = (*folder.glob("*.csv"), *folder.glob("codings/*.csv"))
    for path in sorted(file.relative_to(folder).as_posix() for file in files):
        if table_of(path) in SEVERAL:
            found[path] = schema()[table_of(path)]["schema"]
    return found
