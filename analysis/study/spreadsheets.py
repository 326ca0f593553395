"""Tables that a spreadsheet has saved: read as they are, named by `check`, rewritten by `tidy`."""

import contextlib
import csv
import io

from analysis.files import read
from analysis.study.schemas import paths

ENCODINGS = (  # how a file begins, its encoding, and what is said of it
    (b"\xef\xbb\xbf", "utf-8-sig", ["a byte order mark"]),
    (b"\xff\xfe", "utf-16", ["UTF-16"]),
    (b"\xfe\xff", "utf-16", ["UTF-16"]),
    (b"", "utf-8", []),
    (b"", "cp1252", ["an old code page (Windows-1252)"]),
)
TRUE = ("TRUE", "VERDADERO", "VERDADEIRO", "VRAI", "VERO", "WAHR")
FALSE = ("FALSE", "FALSO", "FAUX", "FALSCH")
TRUTH = dict.fromkeys(TRUE, "true") | dict.fromkeys(FALSE, "false")


def plain(raw, fields):
    """Return a table as the project writes it, and what a spreadsheet made of it.

    Only the dress is touched: encoding, line ends, separators, empty cells around the table, how truth values
    are spelled. Where the header is not the one of the schema then, all stays as it is, and a fault.
    """
    names = [field["name"] for field in fields]
    truths = [place for place, field in enumerate(fields) if field["type"] == "boolean"]
    text, marks = _decoded(raw)
    if text is None:
        return raw, []
    if not marks and not truths and "\r" not in text and text.startswith(",".join(names) + "\n"):
        return raw, []
    if text.count("\r\n") == text.count("\n") and text.count("\r") == text.count("\n") > 0:
        marks.append("CRLF line ends")
    elif "\r" in text:
        return raw, []
    first, _, rest = text.partition("\n")
    if first.strip().startswith("sep="):
        text, first = rest, rest.partition("\n")[0]
        marks.append("a line that names the separator")
    separator = max(",;\t", key=first.count)
    if separator != ",":
        marks.append({";": "semicolons", "\t": "tabs"}[separator])
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return raw, []
    if not rows or [cell.strip() for cell in rows[0]][: len(names)] != names:
        return raw, []
    kept = _without_margins(rows, len(names))
    if kept != rows:
        marks.append("empty cells around the table")
    for row in kept[1:]:
        for place in truths:
            if len(row) > place and row[place].upper() in TRUTH and row[place] != row[place].lower():
                row[place] = TRUTH[row[place].upper()]
                marks.append("truth values in capitals or another language")
    if not marks:
        return raw, []
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(kept)
    return out.getvalue().encode("utf-8"), list(dict.fromkeys(marks))


def marked(folder):
    """Return what spreadsheets made of the tables of a study: from path to bytes to write, and marks."""
    found = {}
    for path, table in paths(folder).items():
        if (folder / path).is_file():
            data, marks = plain(read(folder / path), table["fields"])
            if marks:
                found[path] = data, marks
    return found


def _decoded(raw):
    """Return the text of a table, and in words how it was encoded; None where it is no text."""
    for begins, encoding, marks in ENCODINGS:
        if raw.startswith(begins):
            with contextlib.suppress(UnicodeError):
                return raw.decode(encoding), list(marks)
    return None, []


def _without_margins(rows, width):
    """Return rows without empty ones at the end, and without empty cells to the right of the table."""
    kept = [row[:width] if len(row) > width and not any(row[width:]) else row for row in rows]
    while len(kept) > 1 and not any(kept[-1]):
        kept.pop()
    return kept
