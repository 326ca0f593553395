"""Write actors and issues as a signed graph, and statements as web annotations."""

import json

from lxml.builder import ElementMaker

from analysis.exchange.archives import document
from analysis.exchange.refi import GROUPS

SIGNS = {"for": "1", "against": "-1", "mixed": "mixed", "neither": "0"}
AROUND = 32  # characters of context before and after a quotation
KINDS = {"person": "Person", "model": "Software", "settled": "Software"}
ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"


def graph(study):
    """Return actors and issues as a signed graph in GraphML, bytes.

    An edge joins an actor to an issue; `sign` is the sign of its positions for minus those against,
    `statements` their number, which `weight` repeats for programs that look for it, `documents` where
    they stand. Source: GraphML, http://graphml.graphdrawing.org.
    """
    space = "http://graphml.graphdrawing.org/xmlns"
    make = ElementMaker(namespace=space, nsmap={None: space})

    def described(target, values):
        return [make.data(str(value), key=f"{target}-{name}") for name, value in values.items()]

    kinds = {"node": dict.fromkeys(("kind", "label", "side", "theme"), "string")}
    kinds["edge"] = dict.fromkeys(("statements", *SIGNS, "sign"), "int")
    kinds["edge"] |= {"weight": "double", "documents": "string"}
    keys = [
        make.key({"id": f"{target}-{name}", "for": target, "attr.name": name, "attr.type": kind})
        for target, names in kinds.items()
        for name, kind in names.items()
    ]
    documents = study.paragraphs.set_index("paragraph")["document"]
    rows, nodes, edges = study.statements, [], []
    for row in study.actors[study.actors["actor"].isin(rows["actor"])].itertuples():
        about = {"kind": "actor", "label": row.label, "side": row.side}
        nodes.append(make.node(*described("node", about), id=f"actor:{row.actor}"))
    for row in study.issues.itertuples():
        about = {"kind": "issue", "label": row.label, "theme": row.theme}
        nodes.append(make.node(*described("node", about), id=f"issue:{row.issue}"))
    for (actor, issue), group in rows.groupby(["actor", "issue"], sort=False):
        number = {name: int((group["position"] == code).sum()) for name, code in SIGNS.items()}
        lean = number["for"] - number["against"]
        about = {"statements": len(group), **number, "sign": (lean > 0) - (lean < 0)}
        about["weight"] = float(len(group))
        about["documents"] = " ".join(group["paragraph"].map(documents).unique())
        ends = {"source": f"actor:{actor}", "target": f"issue:{issue}"}
        edges.append(make.edge(*described("edge", about), **ends))
    body = make.graph(*nodes, *edges, id=study.name, edgedefault="undirected")
    return document(make.graphml(*keys, body))


def annotations(study, text=None):
    """Return the statements as W3C Web Annotations in JSON-LD, bytes.

    The source of each is its document. A passage is given by its words alone, since positions would
    count in our paragraphs and not on the page: the anchor, or with the reader's text the whole passage
    with the words before and after it. Source: Web Annotation Data Model, https://www.w3.org/TR/annotation-model/.

    Parameters
    ----------
    study : Study
    text : dict, optional
        From paragraph id to its normalised text.
    """
    documents = study.paragraphs.set_index("paragraph")["document"]
    base = f"urn:study:{study.name}"
    sources = {row.document: row.url or f"{base}:{row.document}" for row in study.documents.itertuples()}
    creator, items = _creator(study), []
    for row in study.statements.itertuples():
        whole = (text or {}).get(row.paragraph)
        selector = {"type": "TextQuoteSelector", "exact": whole[row.start : row.end] if whole else row.anchor}
        if whole:
            selector["prefix"] = whole[max(0, row.start - AROUND) : row.start]
            selector["suffix"] = whole[row.end : row.end + AROUND]
        bodies = [{"type": "TextualBody", "purpose": "describing", "value": row.gist, "format": "text/plain"}]
        bodies += [
            {"type": "TextualBody", "purpose": "classifying" if name == "issue" else "tagging",
             "value": f"{name}: {getattr(row, name)}", "format": "text/plain"}
            for name in GROUPS if getattr(row, name)
        ]  # fmt: skip
        items.append({
            "id": f"{base}:{study.meta['coding']}:{row.statement}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": creator,
            "body": bodies,
            "target": {
                "source": sources[documents[row.paragraph]],
                "scope": f"{base}:{row.paragraph}",
                "selector": selector,
            },
        })  # fmt: skip
    page = {
        "@context": ANNOTATIONS,
        "id": f"{base}:{study.meta['coding']}",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }
    return (json.dumps(page, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _creator(study):
    """Say who coded: by provenance.csv a person or software; of what kind is left open without it."""
    kinds = study.provenance.set_index("coding")["coder"]
    name = study.meta["coding"]
    return {"type": KINDS[kinds[name]], "name": name} if name in kinds.index else {"name": name}
