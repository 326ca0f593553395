"""Make a new study from a text.

Only what the text policy allows is taken from the text: fingerprints, word counts, and a short
phrase that leads to each paragraph.
"""

import json
import re
import shutil
import tempfile
from pathlib import Path

from analysis.article.alignment import align
from analysis.article.copies import decode, is_page, read_copy
from analysis.coding.measuring import measure
from analysis.coding.pages import HEADLINE, pieces, stated
from analysis.study import loading
from analysis.study.faults import shown
from analysis.study.loading import check, load
from analysis.study.package import document, write_package
from analysis.study.progress import PLACEHOLDER
from analysis.study.schemas import NEEDED
from analysis.study.writing import table_csv

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
ARTICLE = "article"  # id of the first document of a new study
TEMPLATES = Path(__file__).resolve().parents[1] / "template"


def new(name, path, root=None):
    """Make the folder of a new study from a text.

    Everything is built in a temporary folder and moved into place in one step.

    Parameters
    ----------
    name : str
        Name of the folder, within `root`; a path, such as `./mine`, where `root` is not given.
    path : str or Path
        The article: plain text or a saved web page.
    root : Path, optional
        Folder of the studies; data/ by default.

    Returns
    -------
    Path
        The folder of the study.

    Raises
    ------
    ValueError
        If the name is no plain folder name or is taken, or the text cannot be used.
    """
    if root is None and re.search(r"[/\\]", name):
        root, name = Path(name).parent, Path(name).name
    if not NAME.fullmatch(name) or RESERVED.fullmatch(name):
        raise ValueError(
            f"{shown(name)}: a plain folder name is needed: letters a to z, digits, - and _, at most 60"
        )
    root = Path(root or loading.ROOT)
    folder = root / name
    if not root.is_dir():
        raise ValueError(f"{root}: there is no such folder; a path such as ./{name} makes the study anywhere")
    if folder.exists() or folder.is_symlink():
        raise ValueError(f"{name}: a study of this name is there already; nothing was changed")
    found = pieces(path)
    try:
        paragraphs, words = measure([(kind, "", piece) for kind, piece in found], ARTICLE)
    except ValueError as fault:
        raise ValueError(f"{path}: {fault}") from None
    made = Path(tempfile.mkdtemp(dir=root, prefix=".new-"))
    try:
        made.chmod(0o755)
        draft = made / name
        (draft / "codings").mkdir(parents=True)
        tables = {"documents": [_row(path, found)], "paragraphs": paragraphs, "words": words}
        for table in NEEDED:
            (draft / f"{table}.csv").write_bytes(table_csv(table, tables.get(table, [])))
        (draft / "codings" / "first.csv").write_bytes(table_csv("coding", []))
        settings = (TEMPLATES / "study.toml").read_text(encoding="utf-8")
        settings = settings.replace("<TITLE>", quoted(f"{PLACEHOLDER} title: what is asked of the article"))
        (draft / "study.toml").write_text(settings, encoding="utf-8", newline="\n")
        shutil.copyfile(TEMPLATES / "codebook.md", draft / "codebook.md")
        (draft / "columns.md").write_text(
            f"# Columns\n\n{document().replace('### ', '## ')}\n", encoding="utf-8", newline="\n"
        )
        write_package(draft)
        faults = check(draft)
        if faults:
            raise ValueError(f"{path}: this text cannot be used: {faults[0]}")
        # A page prints some pieces again outside the article: `align` counts them, so they are counted so here.
        frame, _ = align(load(draft, unfinished=True), read_copy(path))
        for row, copies in zip(paragraphs, frame["copies"], strict=True):
            row["copies"] = max(1, copies)
        (draft / "paragraphs.csv").write_bytes(table_csv("paragraphs", paragraphs))
        write_package(draft)
        draft.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def quoted(text):
    """Return a text as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _row(path, found):
    """Return the row of documents.csv, with what the text says of itself."""
    headline = next((piece for kind, piece in found if kind == "headline"), "")
    words = headline.split()
    text = decode(path)
    known = (
        stated(text) if is_page(text) else dict.fromkeys(("publisher", "published", "language", "page"), "")
    )
    return {
        "document": ARTICLE,
        "short": known["publisher"][:48] or "The article",
        "title": " ".join(words if len(words) <= HEADLINE else [*words[:8], "…"]),
        "publisher": known["publisher"],
        "layer": "reported",
        "date": known["published"],
        "public": known["published"],
        "language": known["language"],
        "url": known["page"],
        "extent": "whole",
    }
