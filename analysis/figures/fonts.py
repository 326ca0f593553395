"""Find fonts for signs that the plotting font lacks."""

from functools import lru_cache

from analysis.study import statements


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
    """Find fonts of the system for signs that the plotting font lacks.

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
    files = {entry.fname: entry.name for entry in sorted(fontManager.ttflist, key=lambda entry: entry.fname)
             if "Last Resort" not in entry.name and entry.style == "normal"}  # fmt: skip
    while rest and files:
        best = max(files, key=lambda file: len(rest & signs(file)))
        if not rest & signs(best):
            break
        rest -= signs(best)
        families.append(files.pop(best))
    return tuple(families), frozenset(map(chr, rest))


def drawable(text):
    """Return a text that can be drawn, and the style that draws it.

    A sign that the plotting font lacks is drawn in a font of the system; one that no font has, as a
    hollow box.
    """
    from matplotlib.font_manager import findfont

    plotting = signs(findfont("DejaVu Sans"))
    lacking = frozenset(sign for sign in text if ord(sign) not in plotting and not sign.isspace())
    if not lacking:
        return text, {}
    families, rest = _fallback(lacking)
    shown = "".join("▯" if sign in rest else sign for sign in text)
    # A font that has no bold would say so in the output of a notebook.
    return shown, {"fontfamily": ["DejaVu Sans", *families], "fontweight": "normal"}


def unwritten(study, *texts):
    """Tell whether the labels of a study have signs that no font on this machine has."""
    labels = [*(label for kind in statements.labels(study) for label in kind.values()), *texts]
    return any(drawable(label)[0] != label for label in labels)
