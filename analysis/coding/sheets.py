"""Write an empty coding sheet, with a guide that holds what a coder needs in addition to the codebook."""

import re

from analysis import report
from analysis.files import write_all
from analysis.study.codebook import CODED, NONE
from analysis.study.loading import called
from analysis.study.schemas import categories, check_coder, schema, table_csv
from analysis.study.translations import codebook_path
from analysis.study.wording import heading, say


def write_sheet(study, coder):
    """Write `codings/CODER.csv`, a header to code under, and `codings/CODER.md`, the guide; return both paths."""
    check_coder(coder)
    sheet, guide = (study.folder / "codings" / f"{coder}.{ending}" for ending in ("csv", "md"))
    for path in (sheet, guide):
        if path.exists():
            raise ValueError(f"{path.name}: there is such a file already; nothing was written")
    write_all({guide: guide_text(study, coder).encode(), sheet: table_csv("coding", [])})
    return [sheet, guide]


def guide_text(study, coder):
    """Return the guide: the paragraphs with their openings, and the codes of each column."""
    phrase = say(study, "sheet-phrase")
    intro = say(
        study, "sheet-intro", codebook=f"../{codebook_path(study).name}",
        check=report.code(f"python -m analysis check {called(study.folder)}"),
        align=report.code(f'python -m analysis align {called(study.folder)} COPY --find "{phrase}"'),
    )  # fmt: skip
    heads = {name: say(study, f"sheet-{name}") for name in ("paragraphs", "paragraphs-head", "columns")}
    lines = [f"# {say(study, 'sheet-title', coder=coder)}", "", intro, "", f"## {heads['paragraphs']}"]
    coded = study.paragraphs[study.paragraphs["kind"].isin(CODED)]
    for document in study.documents.itertuples():
        lines += ["", f"**{report.linked(document.short, document.url)}**", ""]
        lines += [heads["paragraphs-head"], "|---|---|---|---|"]
        for row in coded[coded["document"] == document.document].itertuples():
            opening = row.anchor and report.passage(study, row.anchor, row.anchor, paragraph=row.paragraph)
            lines.append(f"| `{row.paragraph}` | {row.kind} | {row.characters} | {opening} |")
    lines += ["", f"## {heads['columns']}", ""]
    codes = {"issue": study.issues[["issue", "definition"]].to_numpy().tolist()}
    codes["side"] = [(side, entry["label"]) for side, entry in study.meta["sides"].items()]
    codes["side"].append((NONE, say(study, "code-side-none")))
    actors = study.actors[["actor", "label"]].to_numpy().tolist()
    codes |= dict.fromkeys(("actor", "speaker", "addressee"), actors)
    for field in schema()["coding"]["schema"]["fields"]:
        name = field["name"]
        if name not in codes:
            codes[name] = [(code, say(study, f"code-{name}-{code}")) for code in categories("coding", name)]
        told = [f"- {report.code(value)}: {report.plain(meaning)}" for value, meaning in codes[name]]
        lines += [f"**{heading(study, name)}** — {say(study, f'field-{name}')}.", "", *told, ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"
