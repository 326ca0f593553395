"""Build a static site of the notebooks in `site/`; it works from a file address, and prints."""

import base64
import html
import re
import shutil
import sys
from functools import cache
from pathlib import Path

import mistune
import nbformat
import nh3
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter

from analysis import study
from analysis.study.translations import CELLS
from analysis.study.wording import wording

ROOT = Path(__file__).resolve().parents[1]
MARKS = "|".join(map(re.escape, wording()["in-words"].values()))  # before the description of a picture
COPIED = ("analysis", "quality", "data", "figures", "LICENSE", "CITATION.cff", "environment.yml")
# What GitHub leaves of a notebook, roughly: structure, links and pictures; no style, no script.
TAGS = set(
    "a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s span "
    "strong sub sup table tbody td tfoot th thead tr ul".split()
)
ATTRIBUTES = {
    "*": {"id", "class"}, "a": {"href", "title"}, "img": {"src", "alt"}, "mark": {"title"},
    "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
}  # fmt: skip
STYLE = """
body { margin: 0 auto; max-width: 54rem; padding: 1rem 1.2rem 4rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.55 Georgia, 'DejaVu Serif', serif; }
nav { border-bottom: 1px solid #ccc; font: .85rem/1.6 sans-serif; padding-bottom: .5rem; }
nav a { margin-right: 1rem; }
a { color: #005a8f; }
h1, h2, h3 { font-family: sans-serif; line-height: 1.25; }
.anchor-link, .jp-InputPrompt, .jp-OutputPrompt, .prompt { display: none; }
img { height: auto; max-width: 100%; }
pre, code { background: #f5f5f5; font-size: .82rem; }
pre { overflow-x: auto; padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; display: block; font: .8rem/1.4 sans-serif; margin: 1rem 0; overflow-x: auto; }
th, td { border-bottom: 1px solid #ddd; padding: .2rem .6rem; text-align: left; vertical-align: top; }
blockquote { border-left: 4px solid #b85c00; margin: 1rem 0; padding: .1rem 1rem; }
@media print { nav { display: none; } body { max-width: none; } img, table { break-inside: avoid; } }
"""


def page(title, body, links, language="en"):
    """Return a whole HTML page."""
    css = STYLE + HtmlFormatter().get_style_defs(".highlight")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f"<nav>{links}</nav>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


@cache
def translations():
    """Return the prose of notebooks in other languages: a dict from language and stem to texts by cell id."""
    found = {}
    for language, held in study.load().translations.items():
        for row in held[held["table"].str.startswith(CELLS)].itertuples():
            stem = row.table.removeprefix(CELLS)
            found.setdefault((language, stem), {})[row.row] = row.text.replace("\\n", "\n")
    return found


@cache
def converted(path, language=""):
    """Return the HTML that nbconvert makes of a notebook, with prose and pictures of another language if named."""
    notebook = nbformat.read(path, as_version=4)
    texts = translations()[language, path.stem] if language else {}
    for cell in notebook.cells:
        cell.source = texts.get(cell.id, cell.source)
        for output in cell.get("outputs", []) if language else []:
            if "image/png" in output.get("data", {}):
                picture = ROOT / "figures" / language / f"{path.name[:2]}-{cell.id}.png"
                output.data["image/png"] = base64.b64encode(picture.read_bytes()).decode()
    return HTMLExporter(template_name="basic").from_notebook_node(notebook)[0]


@cache
def sanitised(body):
    """Drop styles, scripts and whatever else GitHub drops from a notebook."""
    schemes = {"http", "https", "data"}
    return nh3.clean(body, tags=TAGS, attributes=ATTRIBUTES, url_schemes=schemes, link_rel=None)


def relinked(body, language="en"):
    """Point links at notebooks and READMEs to the pages made of them, where there is one in the language."""
    for other, stem in translations():
        if other == language:
            body = re.sub(rf'(href="[^":]*?{stem})\.ipynb"', rf'\1.{language}.html"', body)
    body = re.sub(r'(href="[^":]*?)\.ipynb"', r'\1.html"', body)
    body = re.sub(r'(href="[^":]*?)README\.md([#"])', r"\1index.html\2", body)
    return re.sub(r'(href="(?!https?:)[^":#]*?)\.md([#"])', r"\1.html\2", body)


def described(body):
    """Give each picture of an output the description in words that stands below it."""
    parts = re.split(r"(<img [^>]*>)", body)
    for place in range(1, len(parts), 2):
        found = re.search(rf"<strong>(?:{MARKS})</strong>(.*?)</p>", parts[place + 1], re.DOTALL)
        heads = re.findall(r"<h[1-3][^>]*>(.*?)</h[1-3]>", "".join(parts[:place:2]), re.DOTALL)
        words = found[1] if found else f"Figure of the section {heads[-1] if heads else 'above'}"
        words = re.sub(r"<[^>]+>|\s+", " ", words).replace("¶", "").strip()
        if 'alt="No description' in parts[place] or " alt=" not in parts[place]:
            plain = re.sub(r' alt="[^"]*"', "", parts[place])
            parts[place] = plain.replace("<img ", f'<img alt="{html.escape(words, quote=True)}" ', 1)
    return "".join(parts)


def main(target=None):
    """Write the site to a folder, or to site/; return 0."""
    site = Path(target or ROOT / "site")
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, site / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, site / name)
    stems = [path.stem for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))]

    def write(place, title, body, language="en"):
        up = "../" * (len(place.parts) - 1)
        links = f'<a href="{up}index.html">start</a>'
        for stem in stems:
            links += f'<a href="{up}notebooks/{stem}.html">{stem.replace("-", " ")}</a>'
        for other, stem in translations():
            links += f'<a href="{up}notebooks/{stem}.{other}.html" hreflang="{other}">{stem[:2]} {other}</a>'
        (site / place).parent.mkdir(parents=True, exist_ok=True)
        (site / place).write_text(page(title, body, links, language), encoding="utf-8", newline="\n")

    patterns = ("notebooks/[0-9][0-9]-*.ipynb", "notebooks/appendix/*.ipynb", "data/*/study.ipynb")
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        title = path.parent.name if path.stem == "study" else path.stem[3:].replace("-", " ")
        place = path.relative_to(ROOT).with_suffix(".html")
        write(place, title, described(relinked(sanitised(converted(path)))))
    for (language, stem), texts in translations().items():
        body = relinked(sanitised(converted(ROOT / "notebooks" / f"{stem}.ipynb", language)), language)
        title = next(iter(texts.values())).splitlines()[0].lstrip("# ")
        write(Path("notebooks", f"{stem}.{language}.html"), title, described(body), language)
    render = mistune.create_markdown(escape=True, plugins=["table"])
    for pattern in ("*.md", "notebooks/*.md", "data/**/*.md", "tests/*.md", "quality/*.md"):
        for path in sorted(ROOT.glob(pattern)):
            place = path.relative_to(ROOT)
            place = place.with_name("index.html" if path.stem == "README" else f"{path.stem}.html")
            text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), path.stem)
            language = path.stem.partition(".")[2] or "en"
            write(place, title, relinked(render(text), language), language)
    print(f"{site.name}/index.html and {len(stems)} notebooks")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
