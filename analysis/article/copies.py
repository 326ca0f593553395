"""Read a reader's copy of an article: plain text or a saved page, in any encoding."""

import os
import re
from pathlib import Path

from analysis.article.tokens import normalise
from analysis.files import read

VARIABLE = "ARTICLE_TEXT"
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
    (
        "address article aside blockquote body br dd div dl dt figcaption figure footer form h1 h2 h3 h4 "
        "h5 h6 header hr li main nav ol p pre section table td th title tr ul"
    ).split()
)
HIDDEN = frozenset(["script", "style", "noscript", "template", "svg"])


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
        raw = read(path, LARGEST)
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
        raise ValueError(f"{path}: these bytes are no UTF-8 text; save it in that encoding")
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
    """Return True if a text is HTML, by the tags near its beginning."""
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
