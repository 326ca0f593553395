"""Add a further text to a study: a paper, a transcript or a saved page."""

import csv
import io
import re
import shutil
import tempfile
from pathlib import Path

from analysis.article.copies import decode, is_page
from analysis.article.transcripts import actor_of, read_paper
from analysis.coding.measuring import measure
from analysis.coding.pages import pieces, stated
from analysis.files import read, write_all
from analysis.study.documents import LAYERS
from analysis.study.faults import shown
from analysis.study.loading import check, find, load
from analysis.study.package import descriptor
from analysis.study.schemas import categories, schema
from analysis.study.spreadsheets import plain
from analysis.study.writing import table_csv

DOCUMENT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TABLES = ("documents", "paragraphs", "words")


def add(name, path, document, layer, side="", short=""):
    """Add a text to a study as a further document.

    A plain text may begin with a block of `key: value` lines (title, publisher, date, source_url),
    closed by a line `---`; `## ` opens a heading, and reporters' questions are found by their labels.
    Of a saved page the article is taken.

    Parameters
    ----------
    name : str or Path
        The study.
    path : str or Path
        The text.
    document : str
        Id of the new document.
    layer : str
        A layer of documents.csv.
    side : str
        The side whose own text it is, or nothing.
    short : str
        Its name in figures; by default its title.

    Returns
    -------
    paragraphs : int
        How many were added.
    questions : int
        How many of them are reporters' questions.

    Raises
    ------
    ValueError
        If the id, layer or side cannot be used, or the study would have faults; nothing is written.
    """
    folder = find(name)
    study = load(folder, unfinished=True)
    _usable(study, document, layer, side)
    text = decode(path)
    if is_page(text):
        header, found = stated(text), [(kind, "", piece) for kind, piece in pieces(path)]
    else:
        header, found = read_paper(text)
    labels = study.actors.set_index("actor")["label"].to_dict()
    found = [
        (kind, actor_of(speaker, labels) if kind == "body" else "", piece) for kind, speaker, piece in found
    ]
    try:
        paragraphs, words = measure(found, document, first=False)
    except ValueError as fault:
        raise ValueError(f"{path}: {fault}") from None
    title = header.get("title", "")
    row = {
        "document": document,
        "short": short or title[:48].strip() or document,
        "title": title,
        "publisher": header.get("publisher", ""),
        "layer": layer,
        "side": side,
        "date": header.get("date", header.get("published", "")),
        "public": header.get("date", header.get("published", "")),
        "language": header.get("language", ""),
        "url": header.get("source_url", header.get("page", "")),
        "extent": "whole",
    }
    _append(folder, {"documents": [row], "paragraphs": paragraphs, "words": words}, path)
    return len(paragraphs), sum(row["kind"] == "question" for row in paragraphs)


def _usable(study, document, layer, side):
    """Refuse an id that is taken, and a layer or a side that the study does not have."""
    if not DOCUMENT.fullmatch(document):
        raise ValueError(f"{shown(document)}: lower-case letters, digits and hyphens are needed, at most 40")
    if document in study.documents["document"].tolist():
        raise ValueError(f"{document}: the study has a document of this name; nothing was changed")
    layers = list(categories("documents", "layer"))
    if layer not in layers:
        raise ValueError(f"{shown(layer)}: a layer is one of {', '.join(layers)}")
    if side and side not in study.meta["sides"]:
        raise ValueError(f"{shown(side)}: a side is one of {', '.join(study.meta['sides'])}")
    if layer == LAYERS[1] and not side:
        raise ValueError("--side is needed: whose own text it is")


def _held(folder, table):
    """Return a table as text, as the project writes it."""
    data, _ = plain(read(folder / f"{table}.csv"), schema()[table]["schema"]["fields"])
    return data.decode("utf-8")


def _append(folder, rows, path):
    """Write the tables with further rows, once the study with them has no fault."""
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / folder.resolve().name
        shutil.copytree(folder, trial, ignore=shutil.ignore_patterns("*.ipynb", "figures", ".*"))
        data = {}
        for table in TABLES:
            known = list(csv.DictReader(io.StringIO(_held(folder, table))))
            data[f"{table}.csv"] = table_csv(table, known + rows[table])
            (trial / f"{table}.csv").write_bytes(data[f"{table}.csv"])
        data["datapackage.json"] = descriptor(trial)
        (trial / "datapackage.json").write_bytes(data["datapackage.json"])
        faults = check(trial)
    if faults:
        raise ValueError("\n".join([f"{path}: this text cannot be added:", *map(str, faults)]))
    write_all({folder / file: content for file, content in data.items()})
