"""The site, and what GitHub leaves of a notebook: complete, without styles, readable."""

import base64
import html
import itertools
import re

import build_site
import matplotlib as mpl
import numpy as np
import pytest

from analysis import notebooks
from analysis.figures import sheet

ROOT = notebooks.ROOT
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
VISION = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    build_site.main(folder)
    return [folder / "index.html", *sorted(folder.glob("*/**/*.html"))]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_is_lost(path):
    body = build_site.converted(path)
    left = build_site.sanitised(body)
    for tag in ("h1", "h2", "h3", "table", "tr", "td", "img", "li"):
        assert len(re.findall(rf"<{tag}\b", left)) == len(re.findall(rf"<{tag}\b", body)), tag
    for value in (r'<a [^>]*href="([^"]*)"', r'(?:row|col)span="(\d+)"'):
        assert re.findall(value, left) == re.findall(value, body), value
    assert len(re.findall("<h2", left)) >= 2
    assert not re.search(r"<(style|script|iframe|object|form)\b|<[^>]* (style|on\w+)=|javascript:", left)


def test_a_handler_and_a_style_are_dropped():
    spoilt = '<p onclick="x()" style="color:red">a<script>b</script><style>c</style><a href="javascript:d">e</a></p>'
    assert build_site.sanitised(spoilt) == "<p>a<a>e</a></p>"


def test_links_lead_somewhere_within_the_site(built):
    for page in built:
        for target in re.findall(r'(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            place = html.unescape(target).split("#")[0]
            if place and not re.match(r"(https?|data|mailto):", place):
                found = (page.parent / place).resolve()
                assert found.exists() and found.is_relative_to(built[0].parent), (page.name, target)


def test_headings_do_not_skip_and_pictures_are_described(built):
    for page in built:
        text = page.read_text(encoding="utf-8")
        levels = [0, *map(int, re.findall(r"<h([1-6])\b", text))]
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), (page.name, levels)
        for picture in re.findall(r"<img [^>]*>", text):
            words = re.search(r'alt="([^"]*)"', picture)
            assert words and len(words[1]) > 20, (page.name, picture[-100:])


def test_the_gallery_stands_in_each_language_that_it_has(built):
    root = built[0].parent
    for (language, stem), texts in build_site.translations().items():
        page = (root / "notebooks" / f"{stem}.{language}.html").read_text(encoding="utf-8")
        english = (root / "notebooks" / f"{stem}.html").read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in page and '<html lang="en">' in english
        pictures, others = (
            re.findall(r'src="data:image/png;base64,([^"]*)"', text) for text in (page, english)
        )
        own = [path.read_bytes() for path in sorted((ROOT / "figures" / language).glob(f"{stem[:2]}-*.png"))]
        assert len(pictures) == len(others) == len(own) == 10 and not set(pictures) & set(others)
        assert sorted(base64.b64decode(picture) for picture in pictures) == sorted(own)
        heads = [
            re.sub("<[^>]+>|¶", "", head).strip()
            for head in re.findall(r"<h[12].*?</h[12]>", page, re.DOTALL)
        ]
        assert heads == [
            line.lstrip("# ") for text in texts.values() for line in text.splitlines() if line[:1] == "#"
        ]
        assert f'href="notebooks/{stem}.{language}.html"' in built[0].read_text(encoding="utf-8")


def linear(colour):
    rgb = np.array(mpl.colors.to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one, other="#FFFFFF"):
    """Return the contrast ratio of WCAG 2."""
    dark, light = sorted(float(linear(colour) @ (0.2126, 0.7152, 0.0722)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    """Return CIELAB of linear RGB, white point D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    scaled = xyz @ np.clip(rgb, 0, 1) / (0.9505, 1, 1.089)
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_formula():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_text_and_marks_stand_out(summit):
    page = re.findall(r"(?<![-\w])color: (#[0-9a-f]+)", build_site.STYLE)
    assert len(page) >= 2
    for colour in [sheet.INK, sheet.SOFT, *page]:
        assert contrast(colour) >= 4.5, colour
    for side in summit.meta["sides"].values():
        assert contrast(side["colour"]) >= 3, side


@pytest.mark.parametrize("vision", VISION)
def test_sides_stay_apart_for_other_eyes(summit, vision):
    for one, other in itertools.combinations(summit.meta["sides"].values(), 2):
        a, b = (lab(np.array(VISION[vision]) @ linear(side["colour"])) for side in (one, other))
        assert np.linalg.norm(a - b) > 15, (one["label"], other["label"])


def test_sides_differ_in_marker(summit):
    markers = [side["marker"] for side in summit.meta["sides"].values()]
    assert len(set(markers)) == len(markers)
