"""Give paragraphs the ids that fit their kinds, after kinds have been corrected by hand."""

import csv
import io
from collections import Counter
from pathlib import Path

from analysis.coding.measuring import name
from analysis.files import read, write_all
from analysis.study.loading import find, load
from analysis.study.package import descriptor
from analysis.study.schemas import paths
from analysis.study.spreadsheets import plain


def renumber(study):
    """Write the ids of paragraphs anew, by kind and order, in every table that names a paragraph.

    Parameters
    ----------
    study : str or Path

    Returns
    -------
    dict
        From old to new id, for those that changed.

    Raises
    ------
    ValueError
        If the study has faults.
    """
    folder = find(study)
    loaded = load(folder, unfinished=True)
    changed = new_ids(loaded)
    if not changed:
        return {}
    contents = {}
    for path, table in paths(folder).items():
        columns = [field["name"] for field in table["fields"]]
        data, _ = plain(read(folder / path), table["fields"])
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
        if "paragraph" not in columns:
            continue
        for row in rows:
            row["paragraph"] = " ".join(changed.get(one, one) for one in row["paragraph"].split())
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        contents[folder / path] = out.getvalue().encode("utf-8")
    write_all(contents)
    write_all({folder / "datapackage.json": descriptor(Path(folder))})
    return changed


def new_ids(study):
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
