"""The typeface of the figures, and fonts for signs that it lacks.

Source Sans comes from a pinned package and is loaded by path, so that a figure has the same bytes on
every machine, whatever fonts that has.
"""

from functools import lru_cache
from importlib.resources import files

from matplotlib.font_manager import FontProperties

from analysis.study import statements

FACES = {"normal": "Regular", "bold": "Bold", "italic": "It"}


@lru_cache(maxsize=8)
def face(weight):
    """Return the path of a face of the typeface: `normal`, `bold` or `italic`."""
    return str(files("font_source_sans_pro") / "files" / f"SourceSansPro-{FACES[weight]}.ttf")


@lru_cache(maxsize=64)
def signs(path):
    """Return the code points that a font file has."""
    from matplotlib.font_manager import get_font

    try:
        return frozenset(get_font(path).get_charmap())
    except (OSError, RuntimeError, ValueError):
        return frozenset()


@lru_cache(maxsize=256)
def _fallback(lacking):
    """Find fonts of the system for signs that the typeface lacks.

    Parameters
    ----------
    lacking : frozenset of str

    Returns
    -------
    families : tuple of str
    rest : frozenset of str
        Signs that no font has.
    """
    from matplotlib.font_manager import fontManager

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
    """Return a text that can be drawn, and the font that draws it.

    A text with a sign that the typeface lacks is drawn in DejaVu Sans, which matplotlib brings, and
    in fonts of the system; a sign that no font has becomes a hollow box.

    Parameters
    ----------
    text : str
    size : float
        Points.
    weight : {'normal', 'bold', 'italic'}

    Returns
    -------
    str
    matplotlib.font_manager.FontProperties
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
