"""Write a study in a format of another program."""

import json
from pathlib import Path

from analysis.article.alignment import align
from analysis.article.copies import read_copy
from analysis.exchange.archives import archive, refuse_signs
from analysis.exchange.graphs import annotations, graph
from analysis.exchange.refi import codebook, project
from analysis.exchange.spreadsheets import long, matrix, table_csv, tags, wide, workbook
from analysis.files import read, write
from analysis.study import loading
from analysis.study.codebook import CODED
from analysis.study.documents import only
from analysis.study.loading import find, load
from analysis.study.package import describe

# Folders of this package, beside studies, in which nothing is exported.
OWN = ("analysis", "data", "figures", "notebooks", "tests", "quality")


def package(study):
    """Return the tables of a study with their description as a Frictionless package, bytes."""
    described = describe(study.folder)
    held = {"datapackage.json": (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode("utf-8")}
    for name in [*(item["path"] for item in described["resources"]), "study.toml", "codebook.md"]:
        if (study.folder / name).is_file():
            held[name] = read(study.folder / name)
    return archive(held)


# By name: the ending of the file, what makes it of a study and the text, and what it does not hold.
KNOWN = {
    "annotations": ("jsonld", annotations, "the codebook, rankings, findings and study.toml"),
    "excel": ("xlsx", lambda study, text: workbook(study),
              "paragraphs, words, coverage, provenance, findings, study.toml and other codings"),
    "graphml": ("graphml", lambda study, text: graph(study),
                "spans, gists, evidence, form, speakers and addressees: an edge counts statements"),
    "long": ("csv", lambda study, text: table_csv(long(study)),
             "definitions of the issues, rankings, findings and study.toml"),
    "matrix": ("csv", lambda study, text: table_csv(matrix(study)), "spans, gists, speakers and addressees"),
    "package": ("zip", lambda study, text: package(study), "nothing"),
    "qdc": ("qdc", lambda study, text: codebook(study), "everything but the codes with their definitions"),
    "qdpx": ("qdpx", project,
             "the anchor of a statement (it is found again from its span); the tables words, rankings and findings, "
             "and study.toml; that an issue without a proposition takes no position, and who belongs to which side"),
    "tags": ("csv", lambda study, text: table_csv(tags(study)),
             "everything but the codes with their definitions"),
    "wide": ("csv", lambda study, text: table_csv(wide(study)), "everything but the counts"),
}  # fmt: skip
FORMATS = {form: (ending, make) for form, (ending, make, _) in KNOWN.items()}
LOST = {form: lost for form, (_, _, lost) in KNOWN.items()}


def export(name, form, text=None, out=None, force=False, document=None):
    """Write a study, or its statements on one document, in a format of another program; return the path.

    A new file is written, or one that has the same bytes already; nothing else is replaced unasked.
    """
    study = load(find(name), unfinished=True)
    if document and form == "package":
        raise ValueError("a package holds the whole study; leave --document out")
    refuse_signs(study)  # before it is cut, so that lines are those of the tables
    study = only(study, document) if document else study
    words = copied(study, text)
    ending, make = FORMATS[form]
    parts = filter(None, [study.name, document, form if ending == "csv" else ""])
    path = Path(out) if out is not None else Path(f"{'-'.join(parts)}.{ending}")
    try:
        if refusal := taken(path, ending, _several(text)):
            raise ValueError(f"{path}: {refusal}; nothing was written")
        data = make(study, words)
        if path.exists() and not force and read(path) != data:
            raise ValueError(f"{path}: another file is there; --force replaces it; nothing was written")
        write(path, data)
    except OSError as fault:
        raise ValueError(f"{path}: cannot be written: {fault.strerror}") from None
    return path


def taken(path, ending, copies=()):
    """Say why an export may not be written to a path, whatever is asked; nothing if it may."""
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
        if any(path.samefile(one) for one in copies):
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
    """Return the text of the coded paragraphs, by id, from a reader's copies; refuse another article's."""
    found = coded_text(study, [block for one in _several(text) for block in read_copy(one)])
    if text and not found:
        number = study.paragraphs["kind"].isin(CODED).sum()
        raise ValueError(f"{', '.join(map(str, _several(text)))}: 0 of the {number} coded paragraphs of "
                         f"{study.name} are in this copy; `align` compares it")  # fmt: skip
    return found


def coded_text(study, blocks):
    """Return the text of the coded paragraphs that a copy has as they were coded.

    Parameters
    ----------
    study : Study
    blocks : list of list of str
        As `article.read_copy` returns them.

    Returns
    -------
    dict
        From paragraph id to its normalised text.
    """
    frame, _ = align(study, blocks)
    frame = frame[frame["kind"].isin(CODED) & (frame["status"] == "matches")]
    return dict(zip(frame["paragraph"], frame["text"], strict=True))
