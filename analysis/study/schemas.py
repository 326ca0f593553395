"""The one schema of all tables, and which of them a study has.

The schema is schema.json beside this module, a Frictionless Table Schema for each table.
"""

import json
import re
from functools import cache
from pathlib import Path

NEEDED = ("documents", "paragraphs", "words", "issues", "actors", "rankings", "findings")
SEVERAL = ("coding", "translation")  # tables of which a study may have several files
TRANSLATION = re.compile(r"[a-z]{2}\.csv")
SCHEMA = Path(__file__).with_name("schema.json")


@cache
def schema():
    """Return the one schema of all tables: a dict from table to title and Table Schema.

    Where schema.json describes the codes of a column, these are the ones allowed: `enum` is made of them.
    """
    described = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for table in described.values():
        for field in table["schema"]["fields"]:
            if "categories" in field:
                field.setdefault("constraints", {})["enum"] = [code["value"] for code in field["categories"]]
    return described


def categories(table, column):
    """Return the codes of a column as the schema describes them: a dict from code to its entry."""
    fields = {field["name"]: field for field in schema()[table]["schema"]["fields"]}
    return {entry["value"]: entry for entry in fields[column].get("categories", [])}


def table_of(path):
    """Return the table of schema.json that a file of a study is, by its path."""
    if TRANSLATION.fullmatch(path):
        return "translation"
    return "coding" if is_coding(path) else Path(path).stem


def is_coding(path):
    """Return True if a table of the study, by its path, is a coding."""
    return path.startswith("codings/") and path != "codings/decisions.csv"


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
    several = [
        (path, table_of(path)) for path in sorted(file.relative_to(folder).as_posix() for file in files)
    ]
    return found | {path: schema()[name]["schema"] for path, name in several if name in SEVERAL}
