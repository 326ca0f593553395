"""Take a further coding into a study, once it has passed the study's checks.

Nothing is written before the whole coding has passed.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

from analysis.article.copies import read_copy
from analysis.exchange.formats import coded_text
from analysis.exchange.projects import from_project, ordered
from analysis.exchange.sheets import from_sheet
from analysis.files import read, write_all
from analysis.study.coders import check_coder
from analysis.study.loading import check, find, load
from analysis.study.package import descriptor, write_package
from analysis.study.schemas import paths
from analysis.study.writing import table_csv


def add_coding(name, path, coder, text=None):
    """Add a further coding to a study.

    Parameters
    ----------
    name : str or Path
        The study.
    path : str or Path
        A sheet (.csv, .tsv, .xlsx) with the columns of a coding, or a REFI-QDA project (.qdpx).
        Instead of `start`, `end` and `anchor` a sheet may give the words of the passage in a column
        `passage`; they are looked for in the reader's copy.
    coder : str
        Name of the coding: a new file in `codings/`, or one that has no statement yet.
    text : str or Path, optional
        The reader's copy of the article.

    Returns
    -------
    Path
        The file that was written.
    number : int
        Statements in it.
    left : list of str
        What the file holds that a coding cannot.

    Raises
    ------
    ValueError
        If the coder's name cannot be used, or the file holds faults; a line for each.
    """
    folder, path = find(name), Path(path)
    check_coder(coder)
    target = folder / "codings" / f"{coder}.csv"
    if target.exists() and read(target).strip().count(b"\n"):
        raise ValueError(f"codings/{coder}.csv: a coding of this name is there already; nothing was changed")
    study = load(folder, unfinished=True)
    words = coded_text(study, read_copy(text)) if text is not None else {}
    if path.suffix.lower() in (".qdpx", ".qde"):
        rows, left = from_project(study, path, coder)
    else:
        rows, left = from_sheet(study, path, words, coder)
    rows, lines = ordered(study, rows)
    data = table_csv("coding", rows)
    faults, descriptor = _tried(folder, coder, data)
    if faults:
        raise ValueError("\n".join(str(_placed(fault, coder, path, lines)) for fault in faults))
    write_all({target: data, folder / "datapackage.json": descriptor})
    return target, len(rows), left


def _tried(folder, coder, data):
    """Return the faults that a study would have with a further coding, and its datapackage.json."""
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / folder.resolve().name
        (trial / "codings").mkdir(parents=True)
        for path in ("study.toml", *paths(folder)):
            (trial / path).write_bytes(read(folder / path))
        (trial / "codings" / f"{coder}.csv").write_bytes(data)
        write_package(trial)
        return check(trial), descriptor(trial)


def _placed(fault, coder, path, lines):
    """Name in a fault the file and the line that the reader knows."""
    if fault.file != f"codings/{coder}.csv":
        return fault
    line = lines[fault.line - 2] if fault.line is not None and 2 <= fault.line < len(lines) + 2 else None
    return replace(fault, file=path.name, line=line if fault.line is not None else None)
