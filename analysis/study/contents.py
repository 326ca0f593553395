"""What a loaded study holds."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.study.schemas import is_coding


@dataclass(frozen=True, eq=False)
class Study:
    """A study: its settings and its tables; a table that it lacks is an empty frame.

    `meta` is study.toml as a dict, `codings` has the statements of each coder, `statements` those of
    the coding that study.toml names, `translations` the table of each language. The other fields are tables of schema.json. A variant is made
    with `dataclasses.replace`.
    """

    name: str
    folder: Path
    meta: dict
    codings: dict
    statements: pd.DataFrame
    translations: dict
    documents: pd.DataFrame
    paragraphs: pd.DataFrame
    words: pd.DataFrame
    issues: pd.DataFrame
    actors: pd.DataFrame
    rankings: pd.DataFrame
    findings: pd.DataFrame
    coverage: pd.DataFrame
    provenance: pd.DataFrame
    contested: pd.DataFrame
    decisions: pd.DataFrame
    measures: pd.DataFrame
    claims: pd.DataFrame
    checks: pd.DataFrame
    rechecks: pd.DataFrame
    series: pd.DataFrame
    criteria: pd.DataFrame
    former_wants: pd.DataFrame
    facts: pd.DataFrame
    effects: pd.DataFrame
    agenda: pd.DataFrame
    headings: pd.DataFrame
    outside: pd.DataFrame
    captions: pd.DataFrame
    spans: pd.DataFrame

    def table(self, path):
        """Return the table that stands at a path, such as issues.csv or codings/first.csv."""
        name = Path(path).stem
        return self.codings[name] if is_coding(path) else getattr(self, name)
