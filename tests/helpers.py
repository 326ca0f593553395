"""What several tests need: the bytes of a folder, and whether texts of a figure stay apart."""

import re


def contents(root):
    """Return the bytes of all files of a folder, and where its links lead; parts of writes are left out."""
    return {
        str(path.relative_to(root)): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_symlink() or (path.is_file() and not re.fullmatch(r"\..*\.part", path.name))
    }


def assert_readable(figure, most=2):
    """Assert that all texts of a drawn figure lie within it, and that none covers another."""
    figure.canvas.draw()
    boxes = []
    for text in [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]:
        box = text.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text.get_text()
        if text.get_text() and not text.get_rotation():
            boxes.append((text.get_text(), box))
    for place, (one, box) in enumerate(boxes):
        for other, another in boxes[place + 1 :]:
            width = min(box.x1, another.x1) - max(box.x0, another.x0)
            height = min(box.y1, another.y1) - max(box.y0, another.y0)
            assert width <= 1 or height <= most, (one, other)
