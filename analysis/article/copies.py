"""Read a reader's copy of an article: plain text or a saved page, in any encoding that can be told."""

import codecs
import os
import re
import unicodedata
from pathlib import Path

from analysis.article.tokens import normalise
from analysis.files import read

VARIABLE = "ARTICLE_TEXT"
LARGEST = 50_000_000  # bytes
LINES, PIECES = 20_000, 15_000  # lines of a text, blocks of a page
MARKED = {
    b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16",
}  # fmt: skip
# Encodings of texts that a page may name; browsers read the first two as Windows-1252.
NAMED = frozenset(
    "ascii iso8859-1 cp1252 utf-8 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 koi8-r koi8-u gb2312 "
    "gbk gb18030 big5 big5hkscs shift_jis cp932 euc_jp euc_kr cp949 mac-roman".split()
    + [f"iso8859-{number}" for number in (*range(2, 11), 11, 13, 14, 15, 16)]
)
# What is left of Windows-1252 where damage, and other old encodings, are left out.
WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøœùúûü€£§©®°·ºª¿¡«»‘’“”–—…•\u00a0™½")
FOREIGN = (b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset=[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype|html|head|body|p|div|article)[\s>]", re.IGNORECASE)
UTF_7 = re.compile(r"\w\+A[A-Z][A-Za-z0-9+/](?:-|\b)")
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f-\x9f\ufffd]")
# Stream-safe text has at most 30 marks on a letter (UAX #15); longer piles make normalisation slow.
UNUSUAL = re.compile(r"[^\w\s\0-\u02ff]{31,}")
# Time grows with the square of the attributes of a tag; a page has a few.
QUOTED, TAG, ATTRIBUTES = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')"), re.compile(r"<[A-Za-z][^>]*+"), 500
BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table td th title tr ul".split()
)
BLOCK = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS))})\b", re.IGNORECASE)
HIDDEN = frozenset(["script", "style", "noscript", "template", "svg"])


def page_blocks(text):
    """Return the blocks of a page that hold text, in order: the tag of the block element, and normalised text.

    Read with lxml: the parser of the standard library takes time that grows with the square of some pages.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    found, parts, tags, hidden = [], [], ["body"], 0
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        tree = None

    def close():
        block = normalise("".join(parts))
        if block:
            found.append((tags[-1], block))
        parts.clear()

    for event, element in etree.iterwalk(tree, events=("start", "end")) if tree is not None else ():
        opens = event == "start"
        if element.tag in BLOCKS:
            close()
            tags.append(element.tag) if opens else tags.pop()
        if element.tag in HIDDEN:
            hidden += 1 if opens else -1
        if not hidden:
            parts.append((element.text if opens else element.tail) or "")
    close()
    return found


def decode(path):
    """Return the text of a file, or raise a ValueError if it holds something else.

    It is read as UTF-8, as UTF-16 or UTF-32 with a byte order mark, as a saved page declares, or as Windows-1252.
    """
    path = Path(path)
    try:
        raw = read(path, LARGEST)
    except OSError:
        raise ValueError(f"{path}: no file can be read there") from None
    if raw.startswith(FOREIGN):
        raise ValueError(f"{path}: this is not a text; save it as plain text or as a web page first")
    try:
        text = _decoded(raw)
    except ValueError as fault:
        raise ValueError(f"{path}: {fault}") from None
    if "\0" in text:
        raise ValueError(f"{path}: this is not a text, it holds NUL characters")
    if len(CONTROL.findall(text)) > len(text) // 1000:
        raise ValueError(f"{path}: this is not a text, it holds control characters")
    if _piled(text):
        raise ValueError(f"{path}: this is not a text, it piles accents on one letter")
    if not is_page(text):
        if text.count("\n") > LINES:
            raise ValueError(f"{path}: at most {LINES} lines are read")
    elif len(BLOCK.findall(text)) > PIECES:
        raise ValueError(f"{path}: at most {PIECES} pieces of a page are read")
    elif any(len(tag[0].split()) > ATTRIBUTES for tag in TAG.finditer(QUOTED.sub("=", text))):
        raise ValueError(f"{path}: a tag of this page has more than {ATTRIBUTES} attributes")
    return text


def _decoded(raw):
    """Return bytes as text, or raise a ValueError that says why it cannot be told which."""
    named = next((name for mark, name in MARKED.items() if raw.startswith(mark)), None)
    if named:
        try:
            return raw.decode(named)
        except UnicodeError:
            raise ValueError(
                f"these bytes are not {named.upper()}, as they begin; save it in UTF-8"
            ) from None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        first = fault.start
    else:
        if len(UTF_7.findall(text)) > 2:
            raise ValueError("this is UTF-7; save it in UTF-8")
        return text
    declared = DECLARED.search(raw[:4000])
    name = _codec(declared[1].decode("ascii")) if declared else "cp1252"
    # Where most of what is no ASCII is UTF-8, the rest is damage; no other encoding looks so by chance.
    whole = sum(sign > "\x7f" for sign in raw.decode("utf-8", "ignore"))
    damaged = name == "utf-8" or (not declared and whole >= raw.decode("utf-8", "replace").count("\ufffd"))
    text = "" if damaged else raw.decode(name, "replace")
    western = all(sign < "\x80" or sign in WESTERN for sign in set(text))
    if text and "\ufffd" not in text and (declared or western):
        return text
    known = f"byte {first} is not UTF-8, nor is the whole in another encoding known here"
    raise ValueError(f"{known}; save it in UTF-8")


def _codec(name):
    """Return Python's name of an encoding that a page names."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        found = ""
    if found not in NAMED:
        raise ValueError(f"this page names the encoding {name}, which is not known here; save it in UTF-8")
    return "cp1252" if found in ("ascii", "iso8859-1") else found


def _piled(text):
    """Return True if more than 30 marks stand on one letter."""
    for run in UNUSUAL.finditer(text):
        height = 0
        for sign in run[0]:
            height = height + 1 if unicodedata.combining(sign) else 0
            if height > 30:
                return True
    return False


def is_page(text):
    """Return True if a text is HTML, by the tags near its beginning."""
    return bool(PAGE.search(text[:5000]))


def read_copy(path):
    """Read a reader's copy of an article.

    Parameters
    ----------
    path : str or Path
        Plain text or a saved HTML page.

    Returns
    -------
    list of list of str
        The blocks that blank lines (or block elements) set apart, each a list of its normalised lines.

    Raises
    ------
    ValueError
        If there is no such file, or it holds no text, or too much.
    """
    text = decode(path)
    if is_page(text):
        text = "\n\n".join(block for _, block in page_blocks(text))
    pieces = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = [[line for line in map(normalise, piece.split("\n")) if line] for piece in pieces]
    blocks = [block for block in blocks if block]
    if not blocks:
        raise ValueError(f"{path}: the file holds no text")
    return blocks


def reader_copy():
    """Return the copy that the variable ARTICLE_TEXT names, or None if it is unset."""
    path = os.environ.get(VARIABLE)
    return read_copy(path) if path else None
