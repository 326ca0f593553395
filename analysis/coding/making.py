"""Make a new study from a text: of it only fingerprints, word counts and short phrases are taken."""

import json
import re
import shutil
from pathlib import Path

from analysis.article.alignment import align
from analysis.article.copies import decode, is_page, read_copy
from analysis.coding.measuring import document_row, measure
from analysis.coding.pages import HEADLINE, language_of, pieces, stated
from analysis.files import desk
from analysis.study import loading
from analysis.study.documents import REPORTED
from analysis.study.faults import shown
from analysis.study.loading import PLACEHOLDER, check, load
from analysis.study.package import document, write_package
from analysis.study.schemas import NEEDED, table_csv

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
TEMPLATES = Path(__file__).resolve().parents[1] / "template"


def new(name, path, root=None):
    """Make the folder of a new study from a text; it is built beside its place and moved in one step.

    Parameters
    ----------
    name : str
        Name of the folder, within `root`; a path, such as `./mine`, where `root` is not given.
    path : str or Path
        The article: plain text or a saved web page.
    root : Path, optional
        data/ by default.

    Returns
    -------
    Path

    Raises
    ------
    ValueError
        If the name is no plain folder name or is taken, or the text cannot be used.
    """
    if root is None and re.search(r"[/\\]", name):
        root, name = Path(name).parent, Path(name).name
    if not NAME.fullmatch(name) or RESERVED.fullmatch(name):
        raise ValueError(f"{shown(name)}: not a valid folder name; use up to 60 letters (a to z), digits, - "
                         "and _")  # fmt: skip
    root = Path(root or loading.ROOT)
    folder = root / name
    if not root.is_dir():
        raise ValueError(f"{root}: no such folder; use a path such as ./{name} to create the study elsewhere")
    if folder.exists() or folder.is_symlink():
        raise ValueError(f"{name}: a study of this name already exists; nothing was changed")
    found = pieces(path)
    row = _row(path, found)
    paragraphs, words = measure([(kind, "", piece) for kind, piece in found], row["document"], path)
    with desk(root) as made:
        draft = made / name
        (draft / "codings").mkdir(parents=True)
        tables = {"documents": [row], "paragraphs": paragraphs, "words": words}
        for table in NEEDED:
            (draft / f"{table}.csv").write_bytes(table_csv(table, tables.get(table, [])))
        (draft / "codings" / "first.csv").write_bytes(table_csv("coding", []))
        settings = (TEMPLATES / "study.toml").read_text(encoding="utf-8")
        settings = settings.replace("<TITLE>", quoted(f"{PLACEHOLDER} title: what is asked of the article"))
        columns = f"# Columns\n\n{document().replace('### ', '## ')}\n"
        for file, text in {"study.toml": settings, "columns.md": columns}.items():
            (draft / file).write_text(text, encoding="utf-8", newline="\n")
        shutil.copyfile(TEMPLATES / "codebook.md", draft / "codebook.md")
        write_package(draft)
        faults = check(draft)
        if faults:
            raise ValueError(f"{path}: this text cannot be used: {faults[0]}")
        # A page prints some pieces again outside the article: `align` counts them, so they are counted so here.
        frame, _ = align(load(draft, unfinished=True), read_copy(path))
        for paragraph, copies in zip(paragraphs, frame["copies"], strict=True):
            paragraph["copies"] = max(1, copies)
        (draft / "paragraphs.csv").write_bytes(table_csv("paragraphs", paragraphs))
        write_package(draft)
        draft.rename(folder)
    return folder


def quoted(text):
    """Return a text as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _row(path, found):
    """Return the row of documents.csv, with what the text says of itself."""
    words = next((piece for kind, piece in found if kind == "headline"), "").split()
    text = decode(path)
    row = document_row("article", REPORTED, stated(text) if is_page(text) else {})
    row["title"] = " ".join(words if len(words) <= HEADLINE else [*words[:8], "…"])
    row["language"] = row["language"] or language_of(found)
    return row | {"short": row["publisher"][:48] or "The article"}
