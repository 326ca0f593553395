"""Add another text to a study: a paper, a transcript or a saved page."""

import re

from analysis.article.copies import decode, is_page
from analysis.article.transcripts import actor_of, read_paper
from analysis.coding.measuring import document_row, measure
from analysis.coding.pages import pieces, stated
from analysis.coding.renumbering import rows_of
from analysis.files import write_all
from analysis.study.documents import LAYERS
from analysis.study.faults import shown
from analysis.study.loading import find, load, tried
from analysis.study.schemas import categories, schema, table_csv

DOCUMENT = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def add(name, path, document, layer, side="", short=""):
    """Add a text to a study as a document; return how many paragraphs it has, and how many are questions."""
    folder = find(name)
    study = load(folder, unfinished=True)
    _usable(study, document, layer, side)
    text = decode(path)
    if is_page(text):
        header, found = stated(text), [(kind, "", piece) for kind, piece in pieces(path)]
    else:
        header, found = read_paper(text)
    labels = study.actors.set_index("actor")["label"].to_dict()
    found = [(kind, actor_of(speaker, labels) if kind == "body" else "", piece)
             for kind, speaker, piece in found]  # fmt: skip
    paragraphs, words = measure(found, document, path, first=False)
    row = document_row(document, layer, header) | {"side": side}
    row["short"] = short or row["title"][:48].strip() or document
    data = {}
    for table, rows in {"documents": [row], "paragraphs": paragraphs, "words": words}.items():
        known = rows_of(folder / f"{table}.csv", schema()[table]["schema"]["fields"])
        data[f"{table}.csv"] = table_csv(table, [*known, *rows])
    faults, contents = tried(folder, data)
    if faults:
        raise ValueError("\n".join([f"{path}: this text cannot be added:", *map(str, faults)]))
    write_all(contents)
    return len(paragraphs), sum(row["kind"] == "question" for row in paragraphs)


def _usable(study, document, layer, side):
    """Refuse an id that is taken, and a layer or a side that the study does not have."""
    if not DOCUMENT.fullmatch(document):
        raise ValueError(f"{shown(document)}: use up to 40 lower-case letters, digits and hyphens")
    if document in study.documents["document"].tolist():
        raise ValueError(f"{document}: the study has a document of this name; nothing was changed")
    layers, sides = list(categories("documents", "layer")), study.meta["sides"]
    if layer not in layers:
        raise ValueError(f"{shown(layer)}: a layer is one of {', '.join(layers)}")
    if side and side not in sides:
        raise ValueError(f"{shown(side)}: a side is one of {', '.join(sides)}")
    if layer == LAYERS[1] and not side:
        raise ValueError("give --side: whose own text it is")
