"""One fault in a study, as one line."""

from dataclasses import dataclass


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
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column is not None:
            place += f", column {self.column}"
        value = "" if self.value is None else f"{shown(self.value)} found; "
        return f"{place}: {value}{self.message}"


def shown(value):
    """Quote a value for a message, on one line, control characters escaped, cut when long."""
    text = str(value).encode("unicode_escape").decode() if not str(value).isprintable() else value
    text = str(text)
    return f"'{text[:57]}…'" if len(text) > 58 else f"'{text}'"
