"""Write actors and issues as a signed graph, and statements as web annotations."""

import json

from lxml.builder import ElementMaker

from analysis.exchange.archives import document
from analysis.exchange.refi import GROUPS

SIGNS = {"for": "1", "against": "-1", "mixed": "mixed", "neither": "0"}
AROUND = 32  # characters of context before and after a quotation
KINDS = {"person": "Person", "model": "Software", "settled": "Software"}
ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"
SPACE = "http://graphml.graphdrawing.org/xmlns"


def graph(study):
    """Return actors and issues as a signed graph in GraphML (http://graphml.graphdrawing.org), bytes.

    The sign of an edge is that of its positions for minus those against.
    """
    make = ElementMaker(namespace=SPACE, nsmap={None: SPACE})
    kinds = {"node": dict.fromkeys(("kind", "label", "side", "theme"), "string"),
             "edge": dict.fromkeys(("statements", *SIGNS, "sign"), "int") | {"weight": "double", "documents": "string"}}  # fmt: skip
    keys = [
        make.key({"id": f"{target}-{name}", "for": target, "attr.name": name, "attr.type": kind})
        for target, names in kinds.items() for name, kind in names.items()
    ]  # fmt: skip

    def element(kind, values, **attributes):
        data = [make.data(str(value), key=f"{kind}-{name}") for name, value in values.items()]
        return make(kind, *data, **attributes)

    documents = study.paragraphs.set_index("paragraph")["document"]
    rows, made = study.statements, []
    for row in study.actors[study.actors["actor"].isin(rows["actor"])].itertuples():
        about = {"kind": "actor", "label": row.label, "side": row.side}
        made.append(element("node", about, id=f"actor:{row.actor}"))
    for row in study.issues.itertuples():
        about = {"kind": "issue", "label": row.label, "theme": row.theme}
        made.append(element("node", about, id=f"issue:{row.issue}"))
    for (actor, issue), group in rows.groupby(["actor", "issue"], sort=False):
        number = {name: int((group["position"] == code).sum()) for name, code in SIGNS.items()}
        lean = number["for"] - number["against"]
        about = {"statements": len(group), **number, "sign": (lean > 0) - (lean < 0), "weight": float(len(group)),
                 "documents": " ".join(group["paragraph"].map(documents).unique())}  # fmt: skip
        made.append(element("edge", about, source=f"actor:{actor}", target=f"issue:{issue}"))
    return document(make.graphml(*keys, make.graph(*made, id=study.name, edgedefault="undirected")))


def annotations(study, text=None):
    """Return the statements as W3C Web Annotations in JSON-LD, bytes.

    The source of each is its document. A passage is given by its words alone, since positions would
    count in our paragraphs and not on the page: the anchor, or with the reader's text, by paragraph id, the whole
    passage with the words around it. Source: Web Annotation Data Model, https://www.w3.org/TR/annotation-model/.
    """
    documents = study.paragraphs.set_index("paragraph")["document"]
    base, coding = f"urn:study:{study.name}", study.meta["coding"]
    sources = {row.document: row.url or f"{base}:{row.document}" for row in study.documents.itertuples()}
    kinds = study.provenance.set_index("coding")["coder"]
    # Without provenance.csv it is left open whether a person coded.
    creator = ({"type": KINDS[kinds[coding]]} if coding in kinds.index else {}) | {"name": coding}
    items = []
    for row in study.statements.itertuples():
        whole = (text or {}).get(row.paragraph)
        selector = {"type": "TextQuoteSelector", "exact": whole[row.start : row.end] if whole else row.anchor}
        if whole:
            selector["prefix"] = whole[max(0, row.start - AROUND) : row.start]
            selector["suffix"] = whole[row.end : row.end + AROUND]
        bodies = [("describing", row.gist)]
        bodies += [("classifying" if name == "issue" else "tagging", f"{name}: {getattr(row, name)}")
                   for name in GROUPS if getattr(row, name)]  # fmt: skip
        source = sources[documents[row.paragraph]]
        items.append({
            "id": f"{base}:{coding}:{row.statement}", "type": "Annotation", "motivation": "classifying",
            "creator": creator,
            "body": [{"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}
                     for purpose, value in bodies],
            "target": {"source": source, "scope": f"{base}:{row.paragraph}", "selector": selector},
        })  # fmt: skip
    page = {"@context": ANNOTATIONS, "id": f"{base}:{coding}", "type": "AnnotationPage", "startIndex": 0,
            "items": items}  # fmt: skip
    return (json.dumps(page, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
