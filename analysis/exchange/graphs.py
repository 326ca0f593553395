"""Write actors and issues as a signed graph, and statements as web annotations."""

import json

from lxml.builder import ElementMaker

from analysis.exchange.archives import document
from analysis.exchange.refi import GROUPS
from analysis.study.codebook import CODED

SIGNS = {"for": "1", "against": "-1", "mixed": "mixed", "neither": "0"}
ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"


def graph(study):
    """Return actors and issues as a signed graph in GraphML, bytes.

    An edge joins an actor to an issue; `sign` is the sign of its positions for minus those against,
    `statements` their number, `documents` where they stand. Source: GraphML, http://graphml.graphdrawing.org.
    """
    space = "http://graphml.graphdrawing.org/xmlns"
    make = ElementMaker(namespace=space, nsmap={None: space})

    def described(target, values):
        return [make.data(str(value), key=f"{target}-{name}") for name, value in values.items()]

    kinds = {"node": dict.fromkeys(("kind", "label", "side", "theme"), "string")}
    kinds["edge"] = dict.fromkeys(("statements", *SIGNS, "sign"), "int") | {"documents": "string"}
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
        about["documents"] = " ".join(group["paragraph"].map(documents).unique())
        ends = {"source": f"actor:{actor}", "target": f"issue:{issue}"}
        edges.append(make.edge(*described("edge", about), **ends))
    body = make.graph(*nodes, *edges, id=study.name, edgedefault="undirected")
    return document(make.graphml(*keys, body))


def annotations(study, text=None):
    """Return the statements as W3C Web Annotations in JSON-LD, bytes.

    The source of each is its document. Positions count code points in the document's normalised
    paragraphs that are coded, in their order, with one line feed after each. The quotation is the anchor; with the reader's text it is the
    passage itself. Source: Web Annotation Data Model, https://www.w3.org/TR/annotation-model/.

    Parameters
    ----------
    study : Study
    text : dict, optional
        From paragraph id to its normalised text.
    """
    coded = study.paragraphs[study.paragraphs["kind"].isin(CODED)].set_index("paragraph")
    size = coded["characters"] + 1
    at = size.groupby(coded["document"]).cumsum() - size
    base = f"urn:study:{study.name}"
    sources = {row.document: row.url or f"{base}:{row.document}" for row in study.documents.itertuples()}
    items = []
    for row in study.statements.itertuples():
        exact = text[row.paragraph][row.start : row.end] if text and row.paragraph in text else row.anchor
        start = at[row.paragraph] + row.start
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
            "creator": {"type": "Person", "name": study.meta["coding"]},
            "body": bodies,
            "target": {
                "source": sources[coded.at[row.paragraph, "document"]],
                "scope": f"{base}:{row.paragraph}",
                "selector": [
                    {"type": "TextQuoteSelector", "exact": exact},
                    {"type": "TextPositionSelector", "start": int(start), "end": int(start + row.end - row.start)},
                ],
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
