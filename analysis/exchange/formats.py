"""Write a study in a format of another program."""

import json
from pathlib import Path

from analysis.article.alignment import align
from analysis.article.copies import read_copy
from analysis.exchange.archives import archive
from analysis.exchange.graphs import annotations, graph
from analysis.exchange.refi import LOST_IN_REFI, codebook, project
from analysis.exchange.spreadsheets import long, matrix, table_csv, tags, wide, workbook
from analysis.files import read, write
from analysis.study import loading
from analysis.study.codebook import CODED
from analysis.study.documents import only
from analysis.study.loading import find, load
from analysis.study.package import describe

# Folders of this package, beside studies, in which nothing is exported.
OWN = ("analysis", "data", "figures", "notebooks", "tests", "quality")


def package(study, folder):
    """Return the tables of a study with their description as a Frictionless package, bytes."""
    described = describe(folder)
    held = {"datapackage.json": (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode("utf-8")}
    for name in [*(item["path"] for item in described["resources"]), "study.toml", "codebook.md"]:
        if (folder / name).is_file():
            held[name] = (folder / name).read_bytes()
    return archive(held)


def needs_text(study, text, folder):
    """Return a REFI-QDA project; without the reader's text there is none to code."""
    if text is None:
        raise ValueError("a REFI-QDA project holds the text: point to your copy with --text")
    return project(study, text)


FORMATS = {
    "annotations": ("jsonld", lambda study, text, folder: annotations(study, text)),
    "excel": ("xlsx", lambda study, text, folder: workbook(study)),
    "graphml": ("graphml", lambda study, text, folder: graph(study)),
    "long": ("csv", lambda study, text, folder: table_csv(long(study))),
    "matrix": ("csv", lambda study, text, folder: table_csv(matrix(study))),
    "package": ("zip", lambda study, text, folder: package(study, folder)),
    "qdc": ("qdc", lambda study, text, folder: codebook(study)),
    "qdpx": ("qdpx", needs_text),
    "tags": ("csv", lambda study, text, folder: table_csv(tags(study))),
    "wide": ("csv", lambda study, text, folder: table_csv(wide(study))),
}


# What a file of a format does not hold of a study.
LOST = {
    "annotations": "the codebook, rankings, findings and study.toml",
    "excel": "paragraphs, words, coverage, provenance, findings, study.toml and other codings",
    "graphml": "spans, gists, evidence, form, speakers and addressees: an edge counts statements",
    "long": "definitions of the issues, rankings, findings and study.toml",
    "matrix": "spans, gists, speakers and addressees",
    "package": "nothing",
    "qdc": "everything but the codes with their definitions",
    "qdpx": "; ".join(LOST_IN_REFI),
    "tags": "everything but the codes with their definitions",
    "wide": "everything but the counts",
}


def export(name, form, text=None, out=None, force=False, document=None):
    """Write a study in a format of another program, in one step.

    A new file is written, or one that has the same bytes already; nothing else is replaced unasked.

    Parameters
    ----------
    name : str or Path
        The study.
    form : str
        A key of FORMATS.
    text : str, Path or list of them, optional
        The reader's copy of the article; a list of several copies for several documents.
    out : str or Path, optional
        The file to write; by default the study's name with the format's ending, in this folder.
    force : bool
        Replace an earlier export: a file with the format's ending.
    document : str, optional
        Write the statements of this document only.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    ValueError
        If the study has faults, the copy lacks what the format needs, or the file cannot be written.
    """
    folder = find(name)
    study = load(folder, unfinished=True)
    if document and form == "package":
        raise ValueError("a package holds the whole study; leave --document out")
    study = only(study, document) if document else study
    words = copied(study, text) if text else None
    ending, make = FORMATS[form]
    suffix = "" if form in ("annotations", "excel", "graphml", "package", "qdc", "qdpx") else f"-{form}"
    named = f"{study.name}-{document}" if document else study.name
    path = Path(out) if out is not None else Path(f"{named}{suffix}.{ending}")
    try:
        refusal = taken(path, ending, text)
        if refusal:
            raise ValueError(f"{path}: {refusal}; nothing was written")
        data = make(study, words, folder)
        if path.exists() and not force and read(path) != data:
            raise ValueError(f"{path}: another file is there; --force replaces it; nothing was written")
        write(path, data)
    except OSError as fault:
        raise ValueError(f"{path}: cannot be written: {fault.strerror}") from None
    return path


def taken(path, ending, text=None):
    """Say why an export may not be written to a path, whatever is asked; nothing if it may.

    Parameters
    ----------
    path : Path
    ending : str
        Of the format, without a point.
    text : str or Path, optional
        The copy that is read.

    Returns
    -------
    str
    """
    if not path.parent.is_dir() or path.is_dir():
        return "name a file in a folder that exists"
    place = path.parent.resolve()
    if any((folder / "study.toml").exists() for folder in (place, *place.parents)):
        return "this is within a study"
    root = loading.ROOT.resolve().parent
    inside = place.relative_to(root).parts if place.is_relative_to(root) else ()
    if inside and (inside[0] in OWN or inside[0].startswith(".")):
        return f"{inside[0]} belongs to this package"
    if path.exists():
        if any(path.samefile(one) for one in _several(text)):
            return "this is the copy that is read"
        if path.suffix != f".{ending}":
            return f"only a file that ends in .{ending} is replaced by this format"
        if not path.stat().st_mode & 0o222:
            return "the file there is read-only"
    return ""


def _several(text):
    """Return copies as a list, whether one, several or none is given."""
    return text if isinstance(text, list) else [] if text is None else [text]


def copied(study, text):
    """Return the text of the coded paragraphs, by paragraph id, from a reader's copy or several."""
    blocks = [block for one in _several(text) for block in read_copy(one)]
    return coded_text(study, blocks) if blocks else {}


def coded_text(study, blocks):
    """Return the text of the coded paragraphs that a copy has as they were, by paragraph id."""
    frame, _ = align(study, blocks)
    frame = frame[frame["kind"].isin(CODED) & (frame["status"] == "matches")]
    return dict(zip(frame["paragraph"], frame["text"], strict=True))
