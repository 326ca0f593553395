"""One fault in a study, as one line."""

from typing import NamedTuple


class Fault(NamedTuple):
    """One fault in a study: where it is, what stands there, what is allowed."""

    file: str
    line: int | None
    column: str | None
    value: str | None
    allowed: str

    def __str__(self):
        """Return the fault as one line."""
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column is not None:
            place += f", column {self.column}"
        value = "" if self.value is None else f"{shown(self.value)} found; "
        return f"{place}: {value}{self.allowed}"


def shown(value):
    """Quote a value for a message, on one line, control characters escaped, cut when long."""
    text = str(value).encode("unicode_escape").decode() if not str(value).isprintable() else value
    text = str(text)
    return f"'{text[:57]}…'" if len(text) > 58 else f"'{text}'"
