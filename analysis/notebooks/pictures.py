"""The pictures in the outputs of notebooks: compared, and saved as files."""

import base64
import io
from pathlib import Path

import numpy as np

from analysis.files import write_all

TOLERANCE = 24  # of 255: by how much means over 3 × 3 pixels may differ in pictures that look the same


def pictures_of(cell):
    """Return the PNG pictures in the outputs of a cell, base64."""
    data = [output.get("data", {}) for output in cell.get("outputs", [])]
    return [item["image/png"] for item in data if "image/png" in item]


def same_picture(one, other):
    """Return True if two PNG pictures, base64, look the same: another rasteriser may move edges a little."""
    if one.strip() == other.strip():
        return True
    from matplotlib.image import imread

    a, b = (imread(io.BytesIO(base64.b64decode(data)))[..., :3] for data in (one, other))
    if a.shape != b.shape:
        return False
    difference = a.astype(float) - b.astype(float)
    rows, columns = (size // 3 * 3 for size in difference.shape[:2])
    blocks = difference[:rows, :columns].reshape(rows // 3, 3, columns // 3, 3, -1)
    return bool(np.abs(blocks.mean(axis=(1, 3))).max() * 255 <= TOLERANCE)


def slim(picture):
    """Return a PNG picture, base64, in at most 256 colours: a quarter of the size, and looks the same."""
    from PIL import Image

    image, out = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB"), io.BytesIO()
    image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "png", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


def save(path, notebook, text, figures):
    """Write a notebook and its pictures, or none, and remove pictures it no longer has; return True if it changed."""
    number, contents = path.stem.split("-")[0], {path: text.encode()}
    figures.mkdir(parents=True, exist_ok=True)
    for cell in notebook.cells:
        for place, picture in enumerate(pictures_of(cell)):
            name = f"{number}-{cell.id}{f'-{place + 1}' if place else ''}.png"
            contents[figures / name] = base64.b64decode(picture)
    changed = path in write_all(contents)
    for old in figures.glob(f"{number}-*.png"):
        if old not in contents:
            old.unlink(missing_ok=True)  # Another run may have been faster.
    return changed


def warm_fonts():
    """Let matplotlib build its font cache now: in a kernel it would say so in an output."""
    import matplotlib

    if not list(Path(matplotlib.get_cachedir()).glob("fontlist-*.json")):
        import matplotlib.font_manager
