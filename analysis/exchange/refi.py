"""Write REFI-QDA, which programs for qualitative analysis exchange (standard 1.5, https://www.qdasoftware.org)."""

import uuid

from lxml.builder import ElementMaker

from analysis.exchange.archives import archive, document
from analysis.study.codebook import CODES, NONE
from analysis.study.schemas import categories

GROUPS = (*CODES, "joint")
ORIGIN = "analysis"
# Some readers fail on a selection without a date; one for all keeps the bytes the same.
CREATED = "2000-01-01T00:00:00Z"
PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"


def guid(*parts):
    """Return an identifier that is the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\x1f".join(map(str, parts))))


def codes(study):
    """Return the codes of a study: from group to a list of (value, name, description, colour).

    Names are unique over all groups, as other programs ask.
    """
    sides, themes = study.meta["sides"], study.meta["themes"]
    actors = [(*row, "#5F5F5F") for row in study.actors[["actor", "label"]].itertuples(index=False)]
    found = {"side": [(name, side["label"], side["colour"]) for name, side in sides.items()]}
    found["side"].append((NONE, "no side", "#777777"))
    found["actor"] = found["speaker"] = actors
    found["addressee"] = [(name, "", "#5F5F5F") for name in [*sides, NONE]] + actors
    joints = sorted(set(study.statements["joint"]) - {""})
    found["joint"] = [(value, "held jointly", "#999999") for value in joints]
    for group in ("evidence", "addressee_basis", "form", "position"):
        known = categories("coding", group).items()
        found[group] = [(value, entry["label"], "#333333") for value, entry in known]
    named = {group: [(value, f"{group}: {value}", about, colour) for value, about, colour in entries]
             for group, entries in found.items()}  # fmt: skip
    named["issue"] = [(row.issue, row.issue, _about(row), themes[row.theme]["colour"])
                      for row in study.issues.itertuples()]  # fmt: skip
    return {group: named[group] for group in GROUPS if named[group]}


def _about(issue):
    """Return what an issue means, in one piece."""
    told = {name: getattr(issue, name) for name in ("proposition", "includes", "excludes", "example")}
    parts = [f"{name.capitalize()}: {text}" for name, text in told.items() if text]
    return ". ".join(filter(None, [issue.label, issue.definition, *parts]))


def _codebook(study, space, **attributes):
    """Return the CodeBook element of a study."""
    make, groups = ElementMaker(namespace=space, nsmap={None: space}), []
    for group, entries in codes(study).items():
        inner = [
            make.Code(*([make.Description(about)] if about else []), guid=guid(study.name, group, value),
                      name=name, isCodable="true", color=colour)
            for value, name, about, colour in entries
        ]  # fmt: skip
        groups.append(make.Code(*inner, guid=guid(study.name, group), name=group, isCodable="false"))
    return make.CodeBook(make.Codes(*groups), **attributes)


def codebook(study):
    """Return the codebook of a study as a REFI-QDA codebook (.qdc), bytes."""
    return document(_codebook(study, CODEBOOK, origin=ORIGIN))


def project(study, text):
    """Return the coding in use as a REFI-QDA project (.qdpx), bytes: a source for each document.

    A statement is a selection of the text with one code for each of its columns.
    """
    if not text:
        raise ValueError("a REFI-QDA project holds the text: point to your copy with --text")
    needed = study.statements["paragraph"].unique().tolist()
    lacking = [paragraph for paragraph in needed if paragraph not in text]
    if lacking:
        raise ValueError(f"the copy lacks {len(lacking)} of {len(needed)} paragraphs with statements, or has them "
                         f"otherwise: {', '.join(lacking[:5])}{' …' if len(lacking) > 5 else ''}; further copies are "
                         "given with --text too, and --document ID exports one text alone")  # fmt: skip
    make = ElementMaker(namespace=PROJECT, nsmap={None: PROJECT})
    user = guid(study.name, "user", study.meta["coding"])
    made = {"creatingUser": user, "creationDateTime": CREATED}
    documents, sources, held = study.paragraphs.set_index("paragraph")["document"], [], {}
    for name in dict.fromkeys(documents[list(text)]):
        plain, at = "", {}
        for paragraph in (paragraph for paragraph in text if documents[paragraph] == name):
            at[paragraph] = len(plain)
            plain += text[paragraph] + "\n"
        source = guid(study.name, "source", name)
        held[f"sources/{source}.txt"] = plain.encode("utf-8")
        rows = study.statements[study.statements["paragraph"].isin(list(at))]
        chosen = [_selected(make, study, made, row, at[row.paragraph]) for row in rows.itertuples()]
        about = {"guid": source, "name": name, "plainTextPath": f"internal://{source}.txt", **made}
        sources.append(make.TextSource(*chosen, **about))
    root = make.Project(
        make.Users(make.User(guid=user, name=study.meta["coding"])), _codebook(study, PROJECT),
        make.Sources(*sources), name=study.meta["title"], origin=ORIGIN, creatingUserGUID=user,
    )  # fmt: skip
    return archive({"project.qde": document(root), **held})


def _selected(make, study, made, row, start):
    """Return the selection of a statement in a source where its paragraph starts at a code point."""
    user, codings = made["creatingUser"], []
    for group in filter(lambda group: getattr(row, group), GROUPS):
        reference = make.CodeRef(targetGUID=guid(study.name, group, getattr(row, group)))
        codings.append(make.Coding(reference, guid=guid(study.name, user, row.statement, group), **made))
    place = {"startPosition": str(start + row.start), "endPosition": str(start + row.end)}
    about = {"guid": guid(study.name, user, row.statement), "name": row.statement, **place, **made}
    return make.PlainTextSelection(make.Description(row.gist), *codings, **about)
