"""Make a new study from a text, and say what is still to be done in one.

Only what the text policy allows is taken from the text: fingerprints, word counts, and a short
phrase that leads to each paragraph.
"""

import csv
import io
import json
import logging
import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from analysis import article, study, tables
from analysis.words import WORD, sentences

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
FEWEST = 20  # words of a text that can be coded
LONGEST = 200  # letters of a word
HEADLINE = 30  # words of a headline, at most
WRAPPED = 120  # characters of a line that no program breaks
PREFIX = {"headline": "h", "body": "p", "caption": "c"}
TEMPLATES = Path(__file__).with_name("template")


def new(name, path, root=study.ROOT):
    """Make the folder of a new study from a text.

    Everything is built in a temporary folder and moved into place in one step.

    Parameters
    ----------
    name : str
        Name of the folder, within `root`.
    path : str or Path
        The article: plain text or a saved web page.
    root : Path
        Folder of the studies.

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
            f"{tables.shown(name)}: a plain folder name is needed: letters a to z, digits, - and _, at most 60"
        )
    folder = Path(root) / name
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
        described = tables.schema()
        _write(draft / "paragraphs.csv", described["paragraphs"], paragraphs)
        _write(draft / "words.csv", described["words"], words)
        for table in ("issues", "actors", "rankings", "findings"):
            _write(draft / f"{table}.csv", described[table], [])
        _write(draft / "codings" / "first.csv", described["coding"], [])
        (draft / "study.toml").write_text(_settings(path, found), encoding="utf-8", newline="\n")
        shutil.copyfile(TEMPLATES / "codebook.md", draft / "codebook.md")
        (draft / "columns.md").write_text(
            f"# Columns\n\n{tables.document().replace('### ', '## ')}\n", encoding="utf-8", newline="\n"
        )
        tables.write_package(draft)
        faults = study.check(draft)
        if faults:
            raise ValueError(f"{path}: this text cannot be used: {faults[0]}")
        draft.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return folder


def pieces(path):
    """Read an article and say what each piece of it is.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    list of (str, str)
        Kind (`headline`, `body`, `caption`) and normalised text, in the order of the page. Of a saved
        web page only the article is kept, as trafilatura finds it.
    """
    text = article.decode(path)
    if article.is_page(text):
        found = _page(text)
    else:
        blocks = article.read_copy(path)
        lines = [line for block in blocks for line in _lines(block, alone=len(blocks) == 1)]
        found = [("body", line) for line in lines]
    found = [(kind, piece) for kind, piece in found if WORD.search(piece)]
    if len(found) > 1 and not any(kind == "headline" for kind, _ in found):
        first, second = (len(WORD.findall(piece)) for _, piece in found[:2])
        if first <= HEADLINE and not re.search(r"[.。।]$", found[0][1]) and second > first:
            found[0] = ("headline", found[0][1])
    return found


def _lines(block, alone):
    """Split a block where its lines are paragraphs, and join it where a program broke it."""
    ended = sum(bool(re.search(r"[.!?…。！？।؟]['\"’”»)\]]*$", line)) for line in block)
    if any(len(line) > WRAPPED for line in block) or (alone and 2 * ended > len(block)):
        return block
    return [" ".join(block)]


def _page(text):
    """Keep of a web page what belongs to its article."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    blocks = article.page_blocks(text)
    try:
        main = trafilatura.extract(text, include_comments=False, include_tables=False, favor_recall=True)
    except Exception:  # A reader of broken pages fails in many ways; without it, every block counts.
        main = None
    vocabulary = article.words(main or "")
    kept = {article.normalise(line.lstrip("-* ")) for line in (main or "").splitlines()}
    heads = [block for tag, block in blocks if tag == "h1"]
    found, seen = [], set()
    for tag, block in blocks:
        if tag == "title" or (tag in ("nav", "footer", "form", "aside") and block not in kept):
            continue
        if tag == "figcaption":
            found.append(("caption", block))
        elif block in heads and "headline" not in seen:
            seen.add("headline")
            found.append(("headline", block))
        elif block in kept or (main and _within(block, vocabulary)) or not main:
            found.append(("body", block))
    return found


def _within(block, vocabulary):
    """Tell whether nearly all words of a block of some length belong to the article."""
    counts = article.words(block)
    total = sum(counts.values())
    inside = sum(min(count, vocabulary[word]) for word, count in counts.items())
    return total >= 12 and inside >= 0.95 * total


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
        counts = article.words(piece)
        paragraphs.append(
            {
                "paragraph": paragraph, "order": order, "kind": kind, "copies": copies[piece],
                "characters": len(piece), "words": sum(counts.values()), "sentences": sentences(piece),
                "sha256": article.fingerprint(piece), "anchor": _anchor(piece, matches[piece], phrases),
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
    text = article.decode(path)
    if article.is_page(text):
        known |= _stated(text)
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


def _stated(text):
    """Return what a web page states of itself: publisher, date, language and address."""
    import trafilatura

    try:
        stated = trafilatura.extract_metadata(text)
    except Exception:  # As in `_page`: a page that cannot be read states nothing.
        stated = None
    tag = re.search(r"<html[^<>]{0,300}?\slang=[\"']?([A-Za-z]{2,3})\b", text[:5000], re.IGNORECASE)
    page = (stated and stated.url) or ""
    day = (stated and stated.date) or ""
    name = " ".join(((stated and stated.sitename) or "").split())
    return {
        "publisher": name if name.isprintable() and len(name) <= 80 else "",
        "published": day
        if re.fullmatch(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])", day)
        else "",
        "language": tag.group(1).lower() if tag else "",
        "page": page if study.ADDRESS.fullmatch(page) else "",
    }


PLACEHOLDER = "To be named:"


def needed(found):
    """Say what has to be done in a study before anything can be compared.

    Parameters
    ----------
    found : types.SimpleNamespace
        A study without faults.

    Returns
    -------
    list of str
        In the order in which a person would do it.
    """
    left, meta = [], found.meta
    if any(entry["label"].startswith(PLACEHOLDER) for entry in meta["sides"].values()):
        left.append("study.toml: name the sides, two to six of them, and in `compare` the two to be compared")
    if any(entry["label"].startswith(PLACEHOLDER) for entry in meta["themes"].values()):
        left.append("study.toml: name the themes that the issues belong to, each with a colour")
    if found.issues.empty:
        left.append("issues.csv: write a row for each issue; columns.md says what stands in each column")
    if found.actors.empty:
        left.append(
            "actors.csv: write a row for each actor and speaker, the reporter among them (kind media)"
        )
    if found.statements.empty:
        left.append(f"codings/{meta['coding']}.csv: code the statements by the rules of codebook.md; "
                    f"`python -m analysis suggest {found.name} TEXT` marks passages to look at")  # fmt: skip
        return left
    from analysis import priorities

    said = set(priorities.admit(found)["side"].unique())
    for side in meta["compare"]:
        if side not in said:
            left.append(f"codings/{meta['coding']}.csv: {meta['sides'][side]['label']} has no statement yet")
    return left


def steps(found):
    """Say what is still to be done in a study, in the order in which a person would do it.

    Parameters
    ----------
    found : types.SimpleNamespace
        A study without faults.

    Returns
    -------
    required : list of str
        Without these nothing can be compared.
    useful : list of str
        The study works without these.
    """
    required, useful = needed(found), []
    meta = found.meta
    open_ = [f"`{key}`" for key, value in {"title": meta["title"], **meta["article"]}.items()
             if isinstance(value, str) and (value.startswith(PLACEHOLDER) or value == "und")]  # fmt: skip
    if open_:
        useful.append(f"study.toml: say what the article is: {', '.join(open_)}")
    coded = found.paragraphs["kind"].isin(study.CODED)
    blank = int((coded & (found.paragraphs["gist"] == "")).sum())
    if blank == coded.sum():
        useful.append("paragraphs.csv: read the article, correct `kind` where a row is a caption, a link or "
                      "furniture, and say in your own words what each paragraph reports (`gist`)")  # fmt: skip
    elif blank:
        useful.append(f"paragraphs.csv: {blank} of {coded.sum()} paragraphs have no `gist` yet")
    if len(found.issues) and (found.issues["proposition"] == "").all():
        useful.append("issues.csv: no issue has a proposition, so no position can be for or against")
    if found.rankings.empty:
        useful.append(
            "rankings.csv: enter the priorities that the article reports as declared, if there are any"
        )
    if required:
        return required, useful
    if found.findings.empty:
        useful.append(
            "findings.csv: write what you found as sentences, each with the predicate that tests it"
        )
    unused = set(found.issues["issue"]).difference(*(coding["issue"] for coding in found.codings.values()))
    if unused:
        useful.append(f"issues.csv: no statement is on {', '.join(sorted(unused))}")
    if len(found.findings):
        from analysis import findings

        held = findings.baseline(found)
        fallen = list(held.index[~held])
        if fallen:
            useful.append(f"findings.csv: {', '.join(fallen)}: false for the coding in use; correct the "
                          "sentence, or its arguments")  # fmt: skip
    if len(found.codings) == 1:
        useful.append(f"codings/: a further coder's sheet tells how sure the reading is; "
                      f"`python -m analysis import {found.name} FILE --coder CODER` takes it in")  # fmt: skip
    return required, useful
