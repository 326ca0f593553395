"""Give paragraphs the ids that fit their kinds, after kinds have been corrected by hand."""

import csv
import io
from collections import Counter

from analysis.coding.measuring import name
from analysis.files import read, write_all
from analysis.study.loading import find, load, tried
from analysis.study.schemas import paths, table_csv, table_of
from analysis.study.spreadsheets import plain


def renumber(study):
    """Write the ids of paragraphs anew, by kind and order, in all tables; return the changed, from old to new."""
    folder = find(study)
    changed = _new_ids(load(folder, unfinished=True))
    data = {}
    for path, table in paths(folder).items() if changed else ():
        if "paragraph" in (field["name"] for field in table["fields"]):
            rows = rows_of(folder / path, table["fields"])
            for row in rows:
                row["paragraph"] = " ".join(changed.get(one, one) for one in row["paragraph"].split())
            data[path] = table_csv(table_of(path), rows)
    if data:
        write_all(tried(folder, data)[1])
    return changed


def rows_of(path, fields):
    """Return the rows of a table as they stand in its file, also where a spreadsheet has saved it."""
    held, _ = plain(read(path), fields)
    return list(csv.DictReader(io.StringIO(held.decode("utf-8"))))


def _new_ids(study):
    """Return the ids that change: from old to new."""
    rows, first = study.paragraphs, study.documents["document"].iloc[0]
    total = Counter(zip(rows["document"], rows["kind"], strict=True))
    number, changed = Counter(), {}
    for row in rows.itertuples():
        key = row.document, row.kind
        number[key] += 1
        made = name(row.kind, number[key], total[key], "" if row.document == first else row.document)
        if made != row.paragraph:
            changed[row.paragraph] = made
    return changed
