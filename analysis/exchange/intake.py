"""Take another coding into a study; nothing is written before all of it has passed the study's checks."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis.exchange.formats import copied
from analysis.exchange.projects import from_project, ordered
from analysis.exchange.sheets import from_sheet
from analysis.files import read, write_all
from analysis.study.loading import find, load, tried
from analysis.study.schemas import check_coder, table_csv

LAYERS_OF_FAULTS = 4  # bad cells hide what a row breaks otherwise: what is left is checked again
PERSON = "person"
CODING = "a coding is a .qdpx, .csv or .xlsx"
OTHER = {
    ".qdc": f"this is a codebook, not a coding; {CODING}",
    **dict.fromkeys((".graphml", ".jsonld", ".zip"), f"no coding is read from this; {CODING}"),
    ".ods": "save it as .xlsx or .csv first",
    ".xls": "save it as .xlsx or .csv first",
}


def add_coding(name, path, coder, text=None, again=False, user=None, made_by=PERSON):
    """Add a coding from a sheet or a REFI-QDA project; return its path, its size, and what was left out.

    A ValueError has a line for each fault, in the order of the sheet, and for several the sum for each column.
    """
    folder, path = find(name), Path(path)
    check_coder(coder)
    target = folder / "codings" / f"{coder}.csv"
    if not again and target.exists() and read(target).strip().count(b"\n"):
        raise ValueError(f"codings/{coder}.csv: a coding of this name already exists; --replace puts the new one "
                         "in its place; nothing was changed")  # fmt: skip
    study = load(folder, unfinished=True)
    words = copied(study, text)
    if path.suffix.lower() in OTHER:
        raise ValueError(f"{path.name}: {OTHER[path.suffix.lower()]}")
    if path.suffix.lower() in (".qdpx", ".qde"):
        rows, left = from_project(study, path, coder, user)
        faults, paragraphs = [], []
    else:
        rows, left, faults, paragraphs = from_sheet(study, path, words, coder)
    rows = ordered(study, rows)
    if not rows and not faults:
        raise ValueError(f"{path.name}: no row is coded yet; nothing was changed")
    found, contents = tried(folder, tables(study, coder, rows, paragraphs, made_by))
    faults += _all_faults(study, folder, coder, rows, found, path)
    if faults:
        raise ValueError(summed(faults))
    write_all(contents)
    return target, len(rows), left


def tables(study, coder, rows, paragraphs, made_by):
    """Return the tables that change with a coding: from path to bytes."""
    made = {f"codings/{coder}.csv": table_csv("coding", rows)}
    if len(study.coverage):
        counts = Counter(row["paragraph"] for row in rows)
        old = study.coverage.loc[study.coverage["coding"] == coder, "paragraph"]
        known = set(paragraphs) | set(counts) | set(old)
        covered = [{"coding": coder, "paragraph": paragraph, "statements": counts[paragraph]}
                   for paragraph in study.paragraphs["paragraph"] if paragraph in known]  # fmt: skip
        others = study.coverage[study.coverage["coding"] != coder].to_dict("records")
        made["coverage.csv"] = table_csv("coverage", others + covered)
    if len(study.provenance) and coder not in study.provenance["coding"].tolist():
        held = study.paragraphs.set_index("paragraph")["document"]
        places = dict.fromkeys(held[row["paragraph"]] for row in rows if row["paragraph"] in held)
        row = {
            "coding": coder, "documents": " ".join(places), "extent": "what the sheet holds", "coder": made_by,
            "name": coder, "date": date.today().isoformat(), "runs": 1, "blind": "false",
            "shown": "to be said: what the coder saw", "note": "entered by import: complete this row",
        }  # fmt: skip
        others = study.provenance.assign(blind=study.provenance["blind"].map({True: "true", False: "false"}))
        made["provenance.csv"] = table_csv("provenance", [*others.to_dict("records"), row])
    return made


def summed(faults):
    """Return faults as lines in the order of the sheet, and for several a sum for each column."""
    # One cell is told once, by the first rule that it breaks.
    first = {(one.file, one.line, one.column, one.line is None and one): one for one in faults[::-1]}
    faults = sorted(first.values(), key=lambda fault: (fault.line or 0, faults.index(fault)))
    sums = Counter(fault.column or "row" for fault in faults)
    total = f"{len(faults)} faults: {', '.join(f'{name} {number}' for name, number in sums.items())}"
    return "\n".join([*map(str, faults), *([total] if len(faults) > 1 else [])])


def _all_faults(study, folder, coder, rows, found, path):
    """Return the faults of all layers: rows with bad cells are set aside, and the rest is checked again."""
    faults, made = [], f"codings/{coder}.csv"
    for _ in range(LAYERS_OF_FAULTS):
        faults += [_placed(fault, path, rows) if fault.file == made else fault for fault in found]
        bad = {fault.line - 2 for fault in found if fault.file == made and fault.line}
        rows = [row for place, row in enumerate(rows) if place not in bad]
        if not bad or not rows:
            break
        found, _ = tried(folder, tables(study, coder, rows, [], PERSON))
        found = [fault for fault in found if fault.file == made and fault.column != "joint"]
    return faults


def _placed(fault, path, rows):
    """Name in a fault of a coding the file and the line that the reader knows."""
    known = fault.line is not None and 2 <= fault.line < len(rows) + 2
    return replace(fault, file=path.name, line=rows[fault.line - 2]["line"] if known else None)
