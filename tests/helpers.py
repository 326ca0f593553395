"""What several tests need: the bytes of a folder, and whether texts of a figure stay apart."""

import re
from itertools import combinations


def contents(root):
    """Return the bytes of all files of a folder, and where its links lead; parts of writes are left out."""
    return {
        str(path.relative_to(root)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_symlink() or (path.is_file() and not re.fullmatch(r"\..*\.part", path.name))
    }


def shown(figure):
    """Return all texts of a figure that can be seen, those of value axes included."""
    found = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    for axes in figure.axes:
        if axes.axison:
            found += [*axes.get_xticklabels(), *axes.get_yticklabels()]
    return [text for text in found if text.get_text().strip()]


def assert_readable(figure, smallest=10.5, source=8.5):
    """Assert that no text of a figure is small, outside it or over another."""
    figure.canvas.draw()
    boxes = []
    for text in shown(figure):
        box = text.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= figure.bbox.y1 + 1, text.get_text()
        assert text.get_fontsize() >= (source if text in figure.texts else smallest), text.get_text()
        boxes.append((text.get_text(), box))
    for (one, box), (other, another) in combinations(boxes, 2):
        width = min(box.x1, another.x1) - max(box.x0, another.x0)
        height = min(box.y1, another.y1) - max(box.y0, another.y0)
        # A line's box is higher than its letters.
        assert width <= 1 or height <= 6, (one, other)
