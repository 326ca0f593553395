"""The typeface of the figures, fonts for signs that it lacks, and the room that a text takes."""

from functools import cache
from importlib.resources import files

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font

from analysis.figures.style import DPI, LABEL
from analysis.study import statements

# Source Sans, from a pinned package and loaded by path: a figure has the same bytes on every machine.
FACES = {"normal": "Regular", "bold": "Bold", "italic": "It"}


@cache
def face(weight):
    """Return the path of a face of the typeface: `normal`, `bold` or `italic`."""
    return str(files("font_source_sans_pro") / "files" / f"SourceSansPro-{FACES[weight]}.ttf")


@cache
def signs(path):
    """Return the code points that a font file has."""
    try:
        return frozenset(get_font(path).get_charmap())
    except (OSError, RuntimeError, ValueError):
        return frozenset()


@cache
def _fallback(lacking):
    """Return fonts of the system for signs that the typeface lacks, and the signs that no font has."""
    families, rest = [], {ord(sign) for sign in lacking}
    found = {entry.fname: entry.name for entry in sorted(fontManager.ttflist, key=lambda entry: entry.fname)
             if "Last Resort" not in entry.name and entry.style == "normal"}  # fmt: skip
    while rest and found:
        best = max(found, key=lambda file: len(rest & signs(file)))
        if not rest & signs(best):
            break
        rest -= signs(best)
        families.append(found.pop(best))
    return tuple(families), frozenset(map(chr, rest))


def drawable(text, size, weight="normal"):
    """Return a text that can be drawn, and the font of so many points that draws it.

    Where the typeface lacks a sign that is DejaVu Sans, which matplotlib brings, with fonts of the
    system; a sign that no font has becomes a hollow box.
    """
    own = signs(face(weight))
    lacking = frozenset(sign for sign in text if ord(sign) not in own and not sign.isspace())
    if not lacking:
        return text, FontProperties(fname=face(weight), size=size)
    families, rest = _fallback(lacking)
    shown = "".join("▯" if sign in rest else sign for sign in text)
    # A font that has no bold would say so in the output of a notebook.
    return shown, FontProperties(family=["DejaVu Sans", *families], size=size)


def unwritten(study, *texts):
    """Return True if the labels of a study have signs that no font on this machine has."""
    labels = [*(label for kind in statements.labels(study) for label in kind.values()), *texts]
    return any(drawable(label, 10)[0] != label for label in labels)


@cache
def _renderer():
    """Return what measures texts before there is a figure; of one resolution for all."""
    return FigureCanvasAgg(Figure(dpi=DPI)).get_renderer()


def width(text, size=LABEL, weight="normal"):
    """Return the width of a line of text in inches."""
    return _width(*drawable(text, size, weight))


def _width(shown, font):
    return _renderer().get_text_width_height_descent(shown, font, False)[0] / DPI


def wrapped(text, room, size=LABEL, weight="normal", lines=9):
    """Return a text as lines that fit into so many inches; if it takes too many, the last ends in an ellipsis."""
    shown, font = drawable(text, size, weight)
    out = [""]
    for word in shown.split():
        longer = f"{out[-1]} {word}".strip()
        if out[-1] and _width(longer, font) > room:
            out.append(word)
        else:
            out[-1] = longer
    if len(out) > lines:
        out = [*out[: lines - 1], out[lines - 1] + "…"]
    return [_cut(line, font, room) for line in out]


def _cut(line, font, room):
    """Return a line, with an ellipsis at its end where it is longer than the room."""
    while len(line) > 2 and _width(line, font) > room:
        line = line.rstrip("…")[:-1] + "…"
    return line
