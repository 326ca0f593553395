"""Give a study to other programs: annotations, REFI-QDA, graphs, packages, plain and Excel tables."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from analysis import article, files, priorities, refi, study, tables

# What a spreadsheet may run as a formula when it stands first in a cell of text.
FORMULA = re.compile(r"[=+\-@\t\r]|'+[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
# Folders of this package, beside studies, in which nothing is exported.
OWN = ("analysis", "data", "figures", "notebooks", "tests", "tools")
ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"


def harmless(value):
    """Return a cell that no spreadsheet runs: an apostrophe before what looks like a formula.

    A number stays a number, a position of -1 among them. `importing` takes the apostrophe off again.
    """
    if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def long(loaded):
    """List the statements with the labels of their codes.

    Returns
    -------
    pandas.DataFrame
        The columns of the coding, then `issue_label`, `theme`, `actor_label`, `side_label`,
        `speaker_label` and `kind` (of the paragraph).
    """
    names = priorities.labels(loaded)
    themes = loaded.issues.set_index("issue")["theme"]
    kinds = loaded.paragraphs.set_index("paragraph")["kind"]
    rows = loaded.statements
    return rows.assign(
        issue_label=rows["issue"].map(names),
        theme=rows["issue"].map(themes),
        actor_label=rows["actor"].map(names),
        side_label=rows["side"].map(names),
        speaker_label=rows["speaker"].map(names),
        kind=rows["paragraph"].map(kinds),
    )


def wide(loaded):
    """Count the statements of each actor on each issue: raw counts, before any network.

    Returns
    -------
    pandas.DataFrame
        A row an actor with statements: `actor`, `label`, `side`, and a column an issue.
    """
    rows = loaded.statements
    actors = loaded.actors[loaded.actors["actor"].isin(rows["actor"])]
    table = actors[["actor", "label", "side"]].reset_index(drop=True)
    counts = rows.groupby(["actor", "issue"]).size()
    for issue in loaded.issues["issue"]:
        table[issue] = [int(counts.get((actor, issue), 0)) for actor in table["actor"]]
    return table


def matrix(loaded):
    """Say for each statement which codes it has, as 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row a statement: `statement`, `paragraph`, and a column a code, `group:value`.
    """
    rows = loaded.statements
    columns = {"statement": rows["statement"], "paragraph": rows["paragraph"]}
    for group in ("issue", "side", "actor", "evidence", "form", "position"):
        values = {
            "issue": loaded.issues["issue"].tolist(),
            "side": [*loaded.meta["sides"], study.NONE],
            "actor": loaded.actors["actor"].tolist(),
        }.get(group) or list(dict.fromkeys(rows[group]))
        for value in values:
            columns[f"{group}:{value}"] = (rows[group] == value).astype(int)
    return type(rows)(columns)


def table_csv(frame):
    """Return a table as CSV for spreadsheets: UTF-8 with a byte order mark, nothing that runs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([harmless(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def workbook(loaded):
    """Return an Excel workbook, bytes: statements, actors by issues, the 0/1 matrix, and the tables."""
    from datetime import datetime

    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    stamp = datetime(1980, 1, 1)
    book.properties.created = book.properties.modified = stamp
    book.properties.creator = refi.ORIGIN
    sheets = {
        "statements": long(loaded), "actors by issues": wide(loaded), "matrix": matrix(loaded),
        "issues": loaded.issues, "actors": loaded.actors, "rankings": loaded.rankings,
    }  # fmt: skip
    for name, frame in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place, row in enumerate([list(frame.columns), *frame.itertuples(index=False)], 1):
            for column, value in enumerate(row, 1):
                if hasattr(value, "item"):
                    value = value.item()
                cell = sheet.cell(place, column, harmless(value))
                if isinstance(value, str):
                    cell.data_type = "s"
                cell.font = Font(bold=place == 1)
    out = io.BytesIO()
    book.save(out)
    # openpyxl stamps the time of saving; the archive is written anew so that it stays the same.
    out.seek(0)
    import zipfile

    with zipfile.ZipFile(out) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[0-9:.]+Z?", b"1980-01-01T00:00:00Z", core)
    return files.archive(parts)


def graph(loaded):
    """Return actors and issues as a signed graph in GraphML, bytes.

    An edge joins an actor to an issue; `sign` is the sign of its positions for minus those against,
    `statements` their number. Source: GraphML, http://graphml.graphdrawing.org.
    """
    space = "http://graphml.graphdrawing.org/xmlns"
    root = ElementTree.Element(f"{{{space}}}graphml")
    node_keys = {"kind": "string", "label": "string", "side": "string", "theme": "string"}
    edge_keys = dict.fromkeys(("statements", "for", "against", "mixed", "neither", "sign"), "int")
    for target, keys in (("node", node_keys), ("edge", edge_keys)):
        for name, sort in keys.items():
            ElementTree.SubElement(root, f"{{{space}}}key", {
                "id": f"{target}-{name}", "for": target, "attr.name": name, "attr.type": sort,
            })  # fmt: skip
    body = ElementTree.SubElement(root, f"{{{space}}}graph", id=loaded.name, edgedefault="undirected")

    def describe(element, target, values):
        for name, value in values.items():
            ElementTree.SubElement(element, f"{{{space}}}data", key=f"{target}-{name}").text = str(value)

    rows = loaded.statements
    for row in loaded.actors[loaded.actors["actor"].isin(rows["actor"])].itertuples():
        node = ElementTree.SubElement(body, f"{{{space}}}node", id=f"actor:{row.actor}")
        describe(node, "node", {"kind": "actor", "label": row.label, "side": row.side})
    for row in loaded.issues.itertuples():
        node = ElementTree.SubElement(body, f"{{{space}}}node", id=f"issue:{row.issue}")
        describe(node, "node", {"kind": "issue", "label": row.label, "theme": row.theme})
    for (actor, issue), group in rows.groupby(["actor", "issue"], sort=False):
        tally = {name: int((group["position"] == code).sum()) for name, code in
                 {"for": "1", "against": "-1", "mixed": "mixed", "neither": "0"}.items()}  # fmt: skip
        lean = tally["for"] - tally["against"]
        edge = ElementTree.SubElement(
            body, f"{{{space}}}edge", source=f"actor:{actor}", target=f"issue:{issue}"
        )
        describe(edge, "edge", {"statements": len(group), **tally, "sign": (lean > 0) - (lean < 0)})
    ElementTree.indent(root)
    ElementTree.register_namespace("", space)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def annotations(loaded, text=None):
    """Return the statements as W3C Web Annotations in JSON-LD, bytes.

    Positions count code points in the normalised paragraphs that are coded, in the order of the
    page, with one line feed after each. The quotation is the anchor; with the reader's text it is the
    passage itself. Source: Web Annotation Data Model, https://www.w3.org/TR/annotation-model/.

    Parameters
    ----------
    loaded : types.SimpleNamespace
    text : dict, optional
        From paragraph id to its normalised text.
    """
    coded = loaded.paragraphs[loaded.paragraphs["kind"].isin(study.CODED)]
    at, place = {}, 0
    for paragraph, length in zip(coded["paragraph"], coded["characters"], strict=True):
        at[paragraph] = place
        place += length + 1
    base = f"urn:study:{loaded.name}"
    source = loaded.meta["article"].get("page") or f"{base}:article"
    items = []
    for row in loaded.statements.itertuples():
        exact = text[row.paragraph][row.start : row.end] if text and row.paragraph in text else row.anchor
        start = at[row.paragraph] + row.start
        bodies = [{"type": "TextualBody", "purpose": "describing", "value": row.gist, "format": "text/plain"}]
        bodies += [
            {"type": "TextualBody", "purpose": "classifying" if name == "issue" else "tagging",
             "value": f"{name}: {getattr(row, name)}", "format": "text/plain"}
            for name in refi.GROUPS if getattr(row, name)
        ]  # fmt: skip
        items.append({
            "id": f"{base}:{loaded.meta['coding']}:{row.statement}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": {"type": "Person", "name": loaded.meta["coding"]},
            "body": bodies,
            "target": {
                "source": source,
                "scope": f"{base}:{row.paragraph}",
                "selector": [
                    {"type": "TextQuoteSelector", "exact": exact},
                    {"type": "TextPositionSelector", "start": int(start), "end": int(start + row.end - row.start)},
                ],
            },
        })  # fmt: skip
    page = {
        "@context": ANNOTATIONS,
        "id": f"{base}:{loaded.meta['coding']}",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }
    return (json.dumps(page, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def package(loaded, folder):
    """Return the tables of a study with their description as a Frictionless package, bytes."""
    described = tables.describe(folder)
    held = {"datapackage.json": (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode("utf-8")}
    for name in [*(item["path"] for item in described["resources"]), "study.toml", "codebook.md"]:
        if (folder / name).is_file():
            held[name] = (folder / name).read_bytes()
    return files.archive(held)


def needs_text(loaded, text, folder):
    """Return a REFI-QDA project; without the reader's text there is none to code."""
    if text is None:
        raise ValueError("a REFI-QDA project holds the text: point to your copy with --text")
    return refi.project(loaded, text)


FORMATS = {
    "annotations": ("jsonld", lambda loaded, text, folder: annotations(loaded, text)),
    "excel": ("xlsx", lambda loaded, text, folder: workbook(loaded)),
    "graphml": ("graphml", lambda loaded, text, folder: graph(loaded)),
    "long": ("csv", lambda loaded, text, folder: table_csv(long(loaded))),
    "matrix": ("csv", lambda loaded, text, folder: table_csv(matrix(loaded))),
    "package": ("zip", lambda loaded, text, folder: package(loaded, folder)),
    "qdc": ("qdc", lambda loaded, text, folder: refi.codebook(loaded)),
    "qdpx": ("qdpx", needs_text),
    "wide": ("csv", lambda loaded, text, folder: table_csv(wide(loaded))),
}


# What a file of a format does not hold of a study.
LOST = {
    "annotations": "the codebook, rankings, findings and study.toml",
    "excel": "paragraphs, words, findings, study.toml and further codings",
    "graphml": "spans, gists, evidence, form, speakers and addressees: an edge counts statements",
    "long": "definitions of the issues, rankings, findings and study.toml",
    "matrix": "spans, gists, speakers and addressees",
    "package": "nothing",
    "qdc": "everything but the codes with their definitions",
    "qdpx": "; ".join(refi.LOST),
    "wide": "everything but the counts",
}


def export(name, form, text=None, out=None, force=False):
    """Write a study in a format of another program, in one step.

    A new file is written, or one that has the same bytes already; nothing else is replaced unasked.

    Parameters
    ----------
    name : str or Path
        The study.
    form : str
        A key of FORMATS.
    text : str or Path, optional
        The reader's copy of the article.
    out : str or Path, optional
        The file to write; by default the study's name with the format's ending, in this folder.
    force : bool
        Replace an earlier export: a file with the format's ending.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    ValueError
        If the study has faults, the copy lacks what the format needs, or the file cannot be written.
    """
    folder = study.find(name)
    loaded = study.load(folder, unfinished=True)
    words = coded_text(loaded, article.read_copy(text)) if text is not None else None
    ending, make = FORMATS[form]
    suffix = "" if form in ("annotations", "excel", "graphml", "package", "qdc", "qdpx") else f"-{form}"
    path = Path(out) if out is not None else Path(f"{loaded.name}{suffix}.{ending}")
    try:
        refusal = taken(path, ending, text)
        if refusal:
            raise ValueError(f"{path}: {refusal}; nothing was written")
        data = make(loaded, words, folder)
        if path.exists() and not force and files.read(path) != data:
            raise ValueError(f"{path}: another file is there; --force replaces it; nothing was written")
        files.write(path, data)
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
        return "a file in a folder that exists is needed"
    place = path.parent.resolve()
    if any((folder / "study.toml").exists() for folder in (place, *place.parents)):
        return "this is within a study"
    root = study.ROOT.resolve().parent
    inside = place.relative_to(root).parts if place.is_relative_to(root) else ()
    if inside and (inside[0] in OWN or inside[0].startswith(".")):
        return f"{inside[0]} belongs to this package"
    if path.exists():
        if text is not None and path.samefile(text):
            return "this is the copy that is read"
        if path.suffix != f".{ending}":
            return f"only a file that ends in .{ending} is replaced by this format"
        if not path.stat().st_mode & 0o222:
            return "the file there is read-only"
    return ""


def coded_text(loaded, blocks):
    """Return the text of the coded paragraphs that a copy has as they were, by paragraph id."""
    frame, _ = article.align(loaded, blocks)
    frame = frame[frame["kind"].isin(study.CODED) & (frame["status"] == "matches")]
    return dict(zip(frame["paragraph"], frame["text"], strict=True))
