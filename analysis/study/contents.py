"""What a loaded study holds."""

from dataclasses import make_dataclass
from pathlib import Path

import pandas as pd

from analysis.study.schemas import SEVERAL, schema, table_of


class Tables:
    """The tables of a study, by the path of their file."""

    def table(self, path):
        """Return the table that stands at a path, such as issues.csv or codings/first.csv."""
        name = Path(path).stem
        return self.codings[name] if table_of(path) == "coding" else getattr(self, name)


OWN = {
    "name": str,
    "folder": Path,
    "meta": dict,  # study.toml
    "codings": dict,  # the statements of each coder
    "statements": pd.DataFrame,  # those of the coding that study.toml names
    "translations": dict,  # the table of each language
}
TABLES = {name: pd.DataFrame for name in schema() if name not in SEVERAL}
Study = make_dataclass("Study", (OWN | TABLES).items(), bases=(Tables,), frozen=True, eq=False)
Study.__doc__ = """A study: what is its own, and each table of schema.json; one that it lacks is an empty frame.

A variant is made with `dataclasses.replace`.
"""
