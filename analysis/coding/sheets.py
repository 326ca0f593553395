"""Write an empty coding sheet, with a guide that holds what a coder needs in addition to the codebook."""

import re

from analysis import report
from analysis.files import write_all
from analysis.study.codebook import CODED
from analysis.study.coders import check_coder
from analysis.study.schemas import schema


def write_sheet(study, coder):
    """Write `codings/CODER.csv`, a header to code under, and `codings/CODER.md`, the guide.

    Parameters
    ----------
    study : Study
        A loaded study.
    coder : str
        Lower-case letters, digits and hyphens.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    ValueError
        If the name cannot be used, or such a sheet exists.
    """
    check_coder(coder)
    folder = study.folder / "codings"
    sheet, guide = folder / f"{coder}.csv", folder / f"{coder}.md"
    for path in (sheet, guide):
        if path.exists():
            raise ValueError(f"{path.name}: there is such a file already; nothing was written")
    columns = [field["name"] for field in schema()["coding"]["schema"]["fields"]]
    header = (",".join(columns) + "\n").encode()
    write_all({guide: guide_text(study, coder).encode(), sheet: header})
    return [sheet, guide]


def guide_text(study, coder):
    """Return the guide: the paragraphs with their openings, and the codes of each column."""
    check = report.code(f"python -m analysis check {study.name}")
    align = report.code(f'python -m analysis align {study.name} COPY --find "A PHRASE"')
    lines = [
        f"# Coding sheet of {coder}",
        "",
        "Read the [codebook](../codebook.md) first, then the issues and the actors below, then the text, "
        "and nothing else: no notes, no other coding, no findings. Write one row per statement into the CSV "
        "file of the same name, in the order of the text; number them with a letter of your own, as `m01`, "
        "in all but the first document after the document's id and a dot. "
        f"{check} says what is missing. With a copy of the text at hand, "
        f"{align} prints its paragraph, start and end.",
        "",
        "## Paragraphs",
    ]
    coded = study.paragraphs[study.paragraphs["kind"].isin(CODED)]
    for document in study.documents.itertuples():
        lines += ["", f"**{report.linked(document.short, document.url)}**", ""]
        lines += ["| paragraph | kind | characters | opens the page near |", "|---|---|---|---|"]
        for row in coded[coded["document"] == document.document].itertuples():
            opening = (
                report.passage(study, row.anchor, row.anchor, paragraph=row.paragraph) if row.anchor else ""
            )
            lines.append(f"| `{row.paragraph}` | {row.kind} | {row.characters} | {opening} |")
    lines += ["", "## Columns", ""]
    for field in schema()["coding"]["schema"]["fields"]:
        lines.append(f"**{field['name']}** — {field['description']}.")
        codes = [(code["value"], code["label"]) for code in field.get("categories", [])]
        if field["name"] == "issue":
            codes = list(study.issues[["issue", "definition"]].itertuples(index=False))
        elif field["name"] == "side":
            codes = [(side, entry["label"]) for side, entry in study.meta["sides"].items()]
            codes.append(("none", "background, or an observer's own judgement"))
        elif field["name"] in ("actor", "speaker", "addressee"):
            codes = list(study.actors[["actor", "label"]].itertuples(index=False))
        lines += ["", *(f"- {report.code(value)}: {report.plain(meaning)}" for value, meaning in codes), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"
