"""Lengths, sizes of type and colours that all figures share."""

from matplotlib.colors import to_rgb

WIDTH = 7.0  # inches
EDGE = 0.1
INNER = WIDTH - 2 * EDGE
DPI = 144
INK, SOFT, FAINT = "#1A1A1A", "#5A5A5A", "#D9D9D9"
TITLE, HEAD, LABEL, NOTE, SOURCE = 17, 13, 11.5, 10.5, 8.5  # points
SIZE = 60  # area of a marker, points squared
BOX = {"facecolor": "white", "edgecolor": "none", "pad": 2}  # behind a text on a line


def ink_on(colour):
    """Return the ink, dark or white, that stands out more on a colour."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)
    )
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue  # relative luminance, WCAG 2
    return "white" if light < 0.18 else INK
