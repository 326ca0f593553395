"""One fault in a study, as one line; files that cannot be read as text."""

import unicodedata
from dataclasses import dataclass

from analysis.files import read


@dataclass(frozen=True)
class Fault:
    """One fault in a study: the file, what is wrong or allowed, and as far as known, where."""

    file: str
    message: str
    line: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self):
        """Return the fault as one line."""
        place = self.file if len(self.file) <= 200 else f"{self.file[:199]}…"
        place += "" if self.line is None else f", line {self.line}"
        place += "" if self.column is None else f", column {self.column}"
        value = "" if self.value is None else f"{shown(self.value)} found; "
        return escaped(f"{place}: {value}{self.message}")


def escaped(text):
    """Return a text on one line, with what cannot be printed escaped; spaces of any kind are kept."""
    return "".join(
        sign if sign.isprintable() or unicodedata.category(sign) == "Zs" else ascii(sign)[1:-1]
        for sign in text
    )


def shown(value):
    """Quote a value for a message, on one line, control characters escaped, cut when long."""
    text = escaped(str(value)[:100])
    return f"'{text[:57]}…'" if len(text) > 58 else f"'{text}'"


def held(folder, path, most=None):
    """Return the bytes of a file of a study, or None, and what is wrong with it as a file."""
    try:
        return read(folder / path, most), []
    except FileNotFoundError:
        return None, [Fault(path, "the file is missing")]
    except OSError:
        return None, [Fault(path, "a file is needed, this is something else")]
    except ValueError as fault:
        return None, [Fault(path, str(fault).rpartition(": ")[2])]


def decoded(path, raw):
    """Return bytes as text, or None, and the line that is not UTF-8."""
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        return None, [Fault(path, f"these bytes are not UTF-8, the first at byte {fault.start}", line=line)]
