"""Write REFI-QDA, the exchange format of the programs for qualitative analysis.

A statement becomes a selection of the text with one code for each of its columns. What the format
cannot hold is listed in LOST. Source: REFI-QDA standard 1.5, https://www.qdasoftware.org.
"""

import uuid

from lxml.builder import ElementMaker

from analysis.exchange.archives import archive, document
from analysis.study.codebook import CODES, NONE
from analysis.study.schemas import schema

GROUPS = (*CODES, "joint")
LOST_IN_REFI = (
    "the anchor of a statement (it is found again from its span)",
    "the tables words, rankings and findings, and study.toml",
    "that an issue without a proposition takes no position, and who belongs to which side",
)
ORIGIN = "analysis"
# Some readers fail on a selection without a date; one for all keeps the bytes the same.
CREATED = "2000-01-01T00:00:00Z"
PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"


def guid(*parts):
    """Return an identifier that is the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\x1f".join(map(str, parts))))


def codes(study):
    """List the codes of a study, by group.

    Returns
    -------
    dict
        From group to a list of (value, name, description, colour). Names are unique over all groups,
        as other programs ask.
    """
    sides = study.meta["sides"]
    themes = study.meta["themes"]
    names = [*sides, NONE]
    actors = [(row.actor, row.label, "") for row in study.actors.itertuples()]
    found = {
        "issue": [
            (
                row.issue, row.issue,
                ". ".join(filter(None, [
                    row.label, row.definition, f"Proposition: {row.proposition}" if row.proposition else "",
                    f"Includes: {row.includes}", f"Excludes: {row.excludes}", f"Example: {row.example}",
                ])),
                themes[row.theme]["colour"],
            )
            for row in study.issues.itertuples()
        ],
        "side": [(name, f"side: {name}", sides[name]["label"] if name in sides else "no side",
                  sides[name]["colour"] if name in sides else "#777777") for name in names],
    }  # fmt: skip
    for group in ("actor", "speaker"):
        found[group] = [(value, f"{group}: {value}", about, "#5F5F5F") for value, about, _ in actors]
    found["addressee"] = [
        (value, f"addressee: {value}", about, "#5F5F5F")
        for value, about in [*((name, "") for name in names), *((value, about) for value, about, _ in actors)]
    ]

    for field in schema()["coding"]["schema"]["fields"]:
        if field["name"] in ("evidence", "addressee_basis", "form", "position"):
            about = {item["value"]: item["label"] for item in field.get("categories", [])}
            found[field["name"]] = [
                (str(code), f"{field['name']}: {code}", about.get(code, ""), "#333333")
                for code in field["constraints"]["enum"]
            ]
    joints = sorted(set(study.statements["joint"]) - {""})
    found["joint"] = [(value, f"joint: {value}", "held jointly", "#999999") for value in joints]
    return {group: found[group] for group in GROUPS if found[group]}


def _maker(space):
    """Return what makes elements of a namespace."""
    return ElementMaker(namespace=space, nsmap={None: space})


def _codebook(study, space, **attributes):
    """Return the CodeBook element of a study."""
    make = _maker(space)
    groups = [
        make.Code(
            *(
                make.Code(
                    *([make.Description(about)] if about else []),
                    guid=guid(study.name, group, value),
                    name=name,
                    isCodable="true",
                    color=colour,
                )
                for value, name, about, colour in entries
            ),
            guid=guid(study.name, group),
            name=group,
            isCodable="false",
        )
        for group, entries in codes(study).items()
    ]
    return make.CodeBook(make.Codes(*groups), **attributes)


def codebook(study):
    """Return the codebook of a study as a REFI-QDA codebook (.qdc), bytes."""
    return document(_codebook(study, CODEBOOK, origin=ORIGIN))


def project(study, text):
    """Return the coding in use as a REFI-QDA project (.qdpx), bytes, with a source for each document.

    Parameters
    ----------
    study : Study
    text : dict
        From paragraph id to its normalised text.

    Raises
    ------
    ValueError
        If a paragraph with statements has no text.
    """
    lacking = sorted(set(study.statements["paragraph"]) - set(text))
    if lacking:
        raise ValueError(f"the copy lacks coded paragraphs or has them otherwise: {', '.join(lacking)}")
    make, user = _maker(PROJECT), guid(study.name, "user", study.meta["coding"])
    documents, sources, held = study.paragraphs.set_index("paragraph")["document"], [], {}
    for name in dict.fromkeys(documents[list(text)]):
        plain, at = "", {}
        for paragraph in (paragraph for paragraph in text if documents[paragraph] == name):
            at[paragraph] = len(plain)
            plain += text[paragraph] + "\n"
        source = guid(study.name, "source", name)
        held[f"sources/{source}.txt"] = plain.encode("utf-8")
        rows = study.statements[study.statements["paragraph"].isin(list(at))]
        chosen = [_selected(make, study, user, row, at[row.paragraph]) for row in rows.itertuples()]
        place = f"internal://{source}.txt"
        about = {"guid": source, "name": name, "plainTextPath": place, "creatingUser": user}
        about["creationDateTime"] = CREATED
        sources.append(make.TextSource(*chosen, **about))
    root = make.Project(
        make.Users(make.User(guid=user, name=study.meta["coding"])),
        _codebook(study, PROJECT),
        make.Sources(*sources),
        name=study.meta["title"],
        origin=ORIGIN,
        creatingUserGUID=user,
    )
    return archive({"project.qde": document(root), **held})


def _selected(make, study, user, row, start):
    """Return the selection of a statement in a source where its paragraph starts at a code point."""
    return make.PlainTextSelection(
        make.Description(row.gist),
        *(
            make.Coding(
                make.CodeRef(targetGUID=guid(study.name, group, getattr(row, group))),
                guid=guid(study.name, user, row.statement, group),
                creatingUser=user,
                creationDateTime=CREATED,
            )
            for group in GROUPS
            if getattr(row, group)
        ),
        guid=guid(study.name, user, row.statement),
        name=row.statement,
        startPosition=str(start + row.start),
        endPosition=str(start + row.end),
        creatingUser=user,
        creationDateTime=CREATED,
    )
