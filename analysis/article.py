"""Hold a reader's copy of the article against the tables, which have no text.

A fingerprint is the SHA-256 of a paragraph's normalised text: Unicode NFC, runs of white space to
one space, stripped; quotes and dashes untouched.
"""

import hashlib
import html
import os
import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from analysis import files, priorities
from analysis.study import NONE, WORD

VARIABLE = "ARTICLE_TEXT"
SIMILAR = 0.5
COMMON = 50
LARGEST = 50_000_000  # bytes
MARKED = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
FOREIGN = (b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype|html|head|body|p|div|article)[\s>]", re.IGNORECASE)
FOREIGN_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f\ufffd]")
# Stream-safe text has at most 30 (UAX #15); longer piles make normalisation slow.
PILED = re.compile(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{31}"
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
# Signs of Markdown and HTML, of addresses that programs make links of, and of lists.
MARKUP = re.compile(
    r"[\\`*_\[\]<>#|~$@]|&(?=[#\w])|:(?=//)|(?<=www)\.|^[-+](?= |$)|^\d(?=\d*[.)](?: |$))", re.I
)
UNSAFE = re.compile(r"[^\w!#%&+,./:;=?@-]")
HIDDEN = frozenset(["script", "style", "noscript", "template", "svg"])


def normalise(text):
    """Return the text in NFC with runs of white space as one space, stripped."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fingerprint(text):
    """Return the SHA-256 of the normalised text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()


def words(text):
    """Count the case-folded words of a text.

    A word is a run of letters or digits; apostrophes and periods inside it are kept. Word counts
    instead of text are what the HathiTrust Extracted Features give.
    """
    return Counter(match.group().casefold() for match in WORD.finditer(normalise(text)))


def page_blocks(text):
    """Return the text of a page with the tag of the block element around it, in order.

    Read with lxml, because the parser of the standard library takes time that grows with the square
    of some malformed pages.

    Returns
    -------
    list of (str, str)
        Tag and normalised text; blocks without text are left out.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        tree = None
    found, parts, tags, hidden = [], [], ["body"], 0

    def close():
        block = normalise("".join(parts))
        if block:
            found.append((tags[-1], block))
        parts.clear()

    for event, element in etree.iterwalk(tree, events=("start", "end")) if tree is not None else ():
        tag = element.tag
        if tag in BLOCKS:
            close()
            tags.append(tag) if event == "start" else tags.pop()
        if event == "start":
            hidden += tag in HIDDEN
            parts.append(element.text or "" if not hidden else "")
        else:
            hidden -= tag in HIDDEN
            parts.append(element.tail or "" if not hidden else "")
    close()
    return found


def decode(path):
    """Return the text of a file, whatever it is encoded in.

    Parameters
    ----------
    path : str or Path
        A text in UTF-8, in UTF-16 or UTF-32 with a byte order mark, in what a saved page declares, or
        in Windows-1252.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there is no such file, or it holds something else than text.
    """
    path = Path(path)
    try:
        raw = files.read(path, LARGEST)
    except OSError:
        raise ValueError(f"{path}: no file can be read there") from None
    if raw.startswith(FOREIGN):
        raise ValueError(f"{path}: this is not a text; save it as plain text or as a web page first")
    marked = next((name for mark, name in MARKED if raw.startswith(mark)), None)
    declared = DECLARED.search(raw[:4000])
    named = declared.group(1).decode("ascii") if declared else None
    for name in filter(None, [marked] if marked else ["utf-8", named, "cp1252"]):
        try:
            text = raw.decode(name)
            break
        except (LookupError, UnicodeError):
            continue
    else:
        raise ValueError(f"{path}: these bytes are no text in UTF-8; save it in that encoding")
    if "\0" in text:
        raise ValueError(f"{path}: this is not a text, it holds NUL characters")
    if (
        name == "cp1252"
        and named is None
        and sum(map(str.isalpha, text)) < 4 * len(FOREIGN_LETTER.findall(text))
    ):
        raise ValueError(f"{path}: these bytes are in no encoding known here; save it in UTF-8")
    if len(CONTROL.findall(text)) > len(text) // 1000:
        raise ValueError(f"{path}: this is not a text, it holds control characters")
    if PILED.search(text):
        raise ValueError(f"{path}: this is not a text, it piles accents on one letter")
    return text


def is_page(text):
    """Tell whether a text is HTML, by the tags near its beginning."""
    return bool(PAGE.search(text[:5000]))


def read_copy(path):
    """Read a reader's copy of an article.

    Parameters
    ----------
    path : str or Path
        Plain text or a saved HTML page, in an encoding that `decode` knows.

    Returns
    -------
    list of list of str
        The blocks that blank lines (or block elements) set apart, each a list of its lines,
        normalised, in the order of the page.

    Raises
    ------
    ValueError
        If there is no such file, or it holds no text.
    """
    text = decode(path)
    if is_page(text):
        text = "\n\n".join(block for _, block in page_blocks(text))
    blocks = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        blocks.append([line for line in map(normalise, block.split("\n")) if line])
    blocks = [block for block in blocks if block]
    if not blocks:
        raise ValueError(f"{path}: the file holds no text")
    return blocks


def reader_copy():
    """Return the copy that the variable ARTICLE_TEXT names, or None if it is unset."""
    path = os.environ.get(VARIABLE)
    return read_copy(path) if path else None


def align(study, blocks):
    """Hold a copy against the fingerprints of a study's paragraphs.

    Parameters
    ----------
    study : types.SimpleNamespace
    blocks : list of list of str
        A copy as `read_copy` gives it: lines of the blocks that blank lines set apart.

    Returns
    -------
    frame : pandas.DataFrame
        A row a paragraph of the study: `paragraph`, `kind`, `status` (`matches`, `differs`,
        `missing`), `similarity` (share of words in common, 0 to 1), `copies` (how often it was
        found), `text` (as found, empty if missing).
    rest : list of str
        Pieces that belong to no paragraph.
    """
    known = dict(zip(study.paragraphs["sha256"], study.paragraphs["paragraph"], strict=True))
    found, copies, loose = {}, Counter(), {}
    for lines in blocks:
        whole = " ".join(lines)
        # A block is one paragraph broken over lines, unless its lines are known paragraphs.
        for piece in lines if any(fingerprint(line) in known for line in lines) else [whole]:
            paragraph = known.get(fingerprint(piece))
            if paragraph:
                found.setdefault(paragraph, piece)
                copies[paragraph] += 1
            else:
                loose[piece] = loose.get(piece, 0) + 1
    wanted = set(study.paragraphs["paragraph"]) - set(found)
    best = _nearest(study, wanted, loose)
    rows = []
    for paragraph, kind in zip(study.paragraphs["paragraph"], study.paragraphs["kind"], strict=True):
        if paragraph in found:
            rows.append((paragraph, kind, "matches", 1.0, copies[paragraph], found[paragraph]))
        elif paragraph in best:
            similarity, piece = best[paragraph]
            rows.append((paragraph, kind, "differs", similarity, loose.pop(piece), piece))
        else:
            rows.append((paragraph, kind, "missing", 0.0, 0, ""))
    columns = ["paragraph", "kind", "status", "similarity", "copies", "text"]
    return pd.DataFrame(rows, columns=columns), list(loose)


def places(frame, phrase):
    """Return the paragraph, start and end of each occurrence of a phrase in an aligned copy.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `align` returns it; paragraphs that match are searched.
    phrase : str

    Returns
    -------
    list of tuple
        Paragraph, start and end (code points of the normalised text, end exclusive).
    """
    phrase = normalise(phrase)
    matches = frame[frame["status"] == "matches"]
    return [
        (row.paragraph, found.start(), found.end())
        for row in matches.itertuples()
        for found in (re.finditer(re.escape(phrase), row.text) if phrase else ())
    ]


def _nearest(study, wanted, pieces):
    """Match the wanted paragraphs to the pieces that share most words with them.

    Returns
    -------
    dict
        From paragraph to similarity (Dice coefficient of the word counts) and piece; each piece
        is given to one paragraph.
    """
    rows = study.words[study.words["paragraph"].isin(wanted)]
    index, size = {}, Counter()
    for paragraph, word, count in rows.itertuples(index=False):
        index.setdefault(word, []).append((paragraph, count))
        size[paragraph] += count
    held = {
        paragraph: dict(zip(group["word"], group["count"], strict=True))
        for paragraph, group in rows.groupby("paragraph", sort=False)
    }
    candidates = []
    for piece in pieces:
        counts = words(piece)
        total = sum(counts.values())
        # In a long text, a word of many paragraphs would find all of them: only rare words look there.
        known = [word for word in counts if word in index]
        if len(held) > COMMON:
            known = sorted((word for word in known if len(index[word]) <= COMMON),
                           key=lambda word: (len(index[word]), word))[:COMMON]  # fmt: skip
        votes = Counter(paragraph for word in known for paragraph, _ in index[word])
        near = [paragraph for paragraph, _ in votes.most_common(COMMON)]
        for paragraph in near[:5] if len(held) > COMMON else near:
            shared = sum(min(count, counts[word]) for word, count in held[paragraph].items())
            similarity = 2 * shared / (total + size[paragraph])
            if similarity >= SIMILAR:
                candidates.append((similarity, paragraph, piece))
    best, taken = {}, set()
    for similarity, paragraph, piece in sorted(candidates, key=lambda row: (-row[0], *row[1:])):
        if paragraph not in best and piece not in taken:
            best[paragraph] = (similarity, piece)
            taken.add(piece)
    return best


def link(study, anchor):
    """Return the address that opens the article's page at a phrase; empty where the page has none.

    Source: URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/.
    """
    page = study.meta["article"].get("page")
    return f"{page}#:~:text={quote(anchor, safe='').replace('-', '%2D')}" if page else ""


def plain(text):
    """Return a text for Markdown, on one line, in which no sign is read as markup or as HTML.

    Neither is an address or the start of a list. What begins mathematics stands in an element of its
    own, because MathJax reads the page after signs have been decoded, but not across elements.
    """
    text = MARKUP.sub(lambda sign: f"&#{ord(sign.group())};", " ".join(text.split()))
    return re.sub(r"&#(?:36|92);", r"<span>\g<0></span>", text)


def code(text):
    """Return a text for Markdown as code; as `plain` does where it holds the mark that would end it."""
    return plain(text) if "`" in text else f"`{' '.join(text.split())}`"


def linked(text, address, shown=plain):
    """Return a Markdown link; the text alone where the address is none of http or https.

    Parameters
    ----------
    text : str
    address : str
        Signs that would end it, or begin something else, are percent-encoded.
    shown : callable
        `plain` or `code`.
    """
    if not re.match("https?://", address):
        return shown(text)
    return f"[{shown(text)}]({UNSAFE.sub(lambda sign: quote(sign.group(), safe=''), address)})"


def passage(study, anchor, text, shown=plain):
    """Return a Markdown link to the page at a phrase; the text alone where the page has no address."""
    return linked(text, link(study, anchor), shown)


def parts(study):
    """Count what the page is made of.

    Returns
    -------
    pandas.DataFrame
        A row a kind of paragraph: `kind`, `paragraphs`, `words` and `sentences` (each paragraph
        once), and `words printed` (as often as the page prints them).
    """
    rows = study.paragraphs.assign(printed=study.paragraphs["words"] * study.paragraphs["copies"])
    table = rows.groupby("kind", sort=False).agg(
        paragraphs=("paragraph", "size"),
        words=("words", "sum"),
        sentences=("sentences", "sum"),
        printed=("printed", "sum"),
    )
    return table.rename(columns={"printed": "words printed"}).reset_index()


def word_use(study, wanted):
    """Count words in the article and on the raw page.

    Parameters
    ----------
    study : types.SimpleNamespace
    wanted : list of str
        Case-folded words.

    Returns
    -------
    pandas.DataFrame
        A row a word: `word`, `article` (headline, body and captions, once each) and `page`
        (everything, as often as it is printed).
    """
    rows = study.words.merge(study.paragraphs[["paragraph", "kind", "copies"]], on="paragraph")
    inside = rows["kind"].isin(["headline", "body", "caption"])
    article = rows[inside].groupby("word")["count"].sum()
    page = (rows["count"] * rows["copies"]).groupby(rows["word"]).sum()
    table = pd.DataFrame({"article": article, "page": page}).reindex(wanted).fillna(0).astype(int)
    return table.rename_axis("word").reset_index()


def theme_places(study):
    """Say where on the page the themes stand.

    Returns
    -------
    pandas.DataFrame
        A row a theme, in the order of the median: `theme` (label), `statements`, and of the places
        of their paragraphs on the page the `first`, the `median` and the `last`.
    """
    place = study.paragraphs.set_index("paragraph")["order"]
    theme = study.issues.set_index("issue")["theme"]
    label = {key: entry["label"] for key, entry in study.meta["themes"].items()}
    rows = pd.DataFrame(
        {
            "theme": study.statements["issue"].map(theme).map(label),
            "place": study.statements["paragraph"].map(place),
        }
    )
    table = rows.groupby("theme")["place"].agg(["size", "min", "median", "max"]).reset_index()
    table.columns = ["theme", "statements", "first", "median", "last"]
    return table.sort_values(["median", "first"], kind="stable").reset_index(drop=True)


def reading_list(study):
    """List the paragraphs in our own words, each with a link to its passage.

    Returns
    -------
    str
        Markdown: a list, one paragraph of the article a line.
    """
    lines = []
    for row in study.paragraphs.itertuples():
        if row.anchor:
            lines.append(f"- {passage(study, row.anchor, row.paragraph, code)} {plain(row.gist)}")
    return "\n".join(lines)


def read_along(study, blocks=None):
    """Mark a reader's copy up with the coding.

    Parameters
    ----------
    study : types.SimpleNamespace
    blocks : list of list of str, optional
        A copy as `read_copy` gives it; by default the one that ARTICLE_TEXT names.

    Returns
    -------
    str
        HTML, all text escaped: each paragraph that matches, its statements marked and listed.
        Without a copy, a sentence that says how to get one.
    """
    blocks = reader_copy() if blocks is None else blocks
    if blocks is None:
        page = html.escape(study.meta["article"].get("page", ""))
        return (
            "<p>No copy of the article is at hand, so nothing is marked up here. To read along: open "
            f'<a href="{page}">the article</a>, save the page or paste its text into a file, set '
            f"the environment variable <code>{VARIABLE}</code> to that file, and run this notebook "
            "again. The text stays on your machine: do not commit this output.</p>"
        )
    frame, _ = align(study, blocks)
    names = priorities.labels(study)
    out = ['<div class="tex2jax_ignore mathjax_ignore">']  # Amounts of dollars are no mathematics.
    for row in frame[frame["kind"].isin(["body", "caption"])].itertuples():
        if row.status != "matches":
            out.append(f"<p><b>{row.paragraph}</b> <i>{row.status} in this copy</i></p>")
            continue
        coded = study.statements[study.statements["paragraph"] == row.paragraph]
        out.append(f"<p><b>{row.paragraph}</b> {_mark(row.text, coded, study)}</p><ul>")
        for item in coded.itertuples():
            side = names.get(item.side, item.side) if item.side != NONE else "no side"
            text = f"{item.statement}: {side}, {names[item.issue]}, {item.position}, {item.evidence}"
            out.append(f"<li>{html.escape(text)}: {html.escape(item.gist)}</li>")
        out.append("</ul>")
    return "\n".join([*out, "</div>"])


def _mark(text, coded, study):
    """Return escaped HTML of a paragraph with the spans of its statements marked."""
    cuts = sorted({0, len(text), *coded["start"], *coded["end"]})
    out = []
    for start, end in pairwise(cuts):
        over = coded[(coded["start"] <= start) & (coded["end"] >= end)]
        piece = html.escape(text[start:end])
        if len(over):
            side = study.meta["sides"].get(over["side"].iloc[-1], {"colour": "#777777"})
            ids = html.escape(" ".join(over["statement"]))
            piece = (
                f'<mark title="{ids}" style="background:none;border-bottom:2px solid '
                f'{side["colour"]}">{piece}</mark>'
            )
        out.append(piece)
    return "".join(out)
