"""Make a new study from a text.

Only what the text policy allows is taken from the text: fingerprints, word counts, and a short
phrase that leads to each paragraph.
"""

import csv
import io
import json
import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from analysis.article.copies import decode, is_page
from analysis.article.tokens import WORD, fingerprint, sentences, word_counts
from analysis.coding.pages import HEADLINE, pieces, stated
from analysis.study import loading
from analysis.study.faults import shown
from analysis.study.loading import check
from analysis.study.package import document, write_package
from analysis.study.progress import PLACEHOLDER
from analysis.study.schemas import schema

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
FEWEST = 20  # words of a text that can be coded
LONGEST = 200  # letters of a word
PREFIX = {"headline": "h", "body": "p", "caption": "c"}
TEMPLATES = Path(__file__).resolve().parents[1] / "template"


def new(name, path, root=None):
    """Make the folder of a new study from a text.

    Everything is built in a temporary folder and moved into place in one step.

    Parameters
    ----------
    name : str
        Name of the folder, within `root`.
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
    if not NAME.fullmatch(name) or RESERVED.fullmatch(name):
        raise ValueError(
            f"{shown(name)}: a plain folder name is needed: letters a to z, digits, - and _, at most 60"
        )
    root = Path(root or loading.ROOT)
    folder = root / name
    if folder.exists() or folder.is_symlink():
        raise ValueError(f"{name}: a study of this name is there already; nothing was changed")
    found = pieces(path)
    paragraphs, words = measure(found)
    if sum(row["words"] for row in paragraphs) < FEWEST:
        raise ValueError(f"{path}: a text of at least {FEWEST} words is needed")
    made = Path(tempfile.mkdtemp(dir=root, prefix=".new-"))
    try:
        made.chmod(0o755)
        draft = made / name
        (draft / "codings").mkdir(parents=True)
        described = schema()
        _write(draft / "paragraphs.csv", described["paragraphs"], paragraphs)
        _write(draft / "words.csv", described["words"], words)
        for table in ("issues", "actors", "rankings", "findings"):
            _write(draft / f"{table}.csv", described[table], [])
        _write(draft / "codings" / "first.csv", described["coding"], [])
        (draft / "study.toml").write_text(_settings(path, found), encoding="utf-8", newline="\n")
        shutil.copyfile(TEMPLATES / "codebook.md", draft / "codebook.md")
        (draft / "columns.md").write_text(
            f"# Columns\n\n{document().replace('### ', '## ')}\n", encoding="utf-8", newline="\n"
        )
        write_package(draft)
        faults = check(draft)
        if faults:
            raise ValueError(f"{path}: this text cannot be used: {faults[0]}")
        draft.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def measure(found):
    """Measure the pieces of an article, without keeping their text.

    Parameters
    ----------
    found : list of (str, str)
        As `pieces` returns it.

    Returns
    -------
    paragraphs, words : list of dict
        Rows of paragraphs.csv and words.csv. A piece that is printed again is counted as a copy.

    Raises
    ------
    ValueError
        If a word is too long for a language.
    """
    copies = Counter(piece for _, piece in found)
    kinds = {}
    for kind, piece in found:
        kinds.setdefault(piece, kind)
    total = Counter(kinds.values())
    matches = {piece: list(WORD.finditer(piece)) for piece in kinds}
    longest = max((match.end() - match.start() for row in matches.values() for match in row), default=0)
    if longest > LONGEST:
        raise ValueError(f"the text holds a word of {longest} letters; at most {LONGEST} are allowed")
    phrases = Counter()
    for row in matches.values():
        phrases.update(_phrases(row))
    number, paragraphs, words = Counter(), [], []
    for order, (piece, kind) in enumerate(kinds.items(), 1):
        number[kind] += 1
        width = max(2, len(str(total[kind]))) if kind == "body" else 1
        paragraph = f"{PREFIX[kind]}{number[kind]:0{width}}"
        counts = word_counts(piece)
        paragraphs.append(
            {
                "paragraph": paragraph, "order": order, "kind": kind, "copies": copies[piece],
                "characters": len(piece), "words": sum(counts.values()), "sentences": len(sentences(piece)),
                "sha256": fingerprint(piece), "anchor": _anchor(piece, matches[piece], phrases),
            }
        )  # fmt: skip
        words += [{"paragraph": paragraph, "word": word, "count": counts[word]} for word in sorted(counts)]
    return paragraphs, words


def _phrases(matches):
    """Return the phrases of three words of a paragraph, case-folded."""
    folded = [match.group().casefold() for match in matches]
    return list(zip(folded, folded[1:], folded[2:], strict=False))


def _anchor(piece, matches, phrases):
    """Return the first phrase of three words that occurs once in the article, or nothing."""
    for place, phrase in enumerate(_phrases(matches)):
        text = piece[matches[place].start() : matches[place + 2].end()]
        if phrases[phrase] == 1 and len(text) <= 80 and text.isprintable():
            return text
    return ""


def _write(path, table, rows):
    """Write a table with the header of its schema."""
    names = [field["name"] for field in table["schema"]["fields"]]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")


def quoted(text):
    """Return a text as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _settings(path, found):
    """Fill the template of study.toml with what the text says of itself."""
    headline = next((piece for kind, piece in found if kind == "headline"), "")
    known = {"headline": headline, "publisher": "", "published": "", "language": "", "page": ""}
    text = decode(path)
    if is_page(text):
        known |= stated(text)
    shown = "".join(sign if sign.isprintable() else " " for sign in headline or "Headline not named yet")
    words = WORD.findall(shown)
    published = known["published"]
    lines = {
        "TITLE": quoted(f"{PLACEHOLDER} title: what is asked of the article"),
        "HEADLINE": quoted(" ".join(shown.split()) if len(words) <= HEADLINE else " ".join(words[:8]) + " …"),
        "PUBLISHER": quoted(known["publisher"] or f"{PLACEHOLDER} publisher"),
        "PUBLISHED": f"published = {published}" if published else "# published = 2021-11-18",
        "LANGUAGE": quoted(known["language"] or "und"),
        "PAGE": f"page = {quoted(known['page'])}" if known["page"] else '# page = "https://…"',
    }
    filled = (TEMPLATES / "study.toml").read_text(encoding="utf-8")
    for key, line in lines.items():
        filled = filled.replace(f"<{key}>", line)
    return filled
