"""Workbooks and archives hold no more of the article than other files: they are unpacked and read."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

from analysis import exchange, notebooks, study

WORDS = 9  # one more than may stand in a row
NOT_TEXT = (".png", ".pdf", ".jpg", ".woff2", ".ttf")


def texts(data, name):
    """Return the texts of a file, and of all files within it where it is an archive."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [(info.filename, archive.read(info)) for info in archive.infolist() if not info.is_dir()]
        return [text for member, held in inside for text in texts(held, member)]
    return [] if name.endswith(NOT_TEXT) else [re.sub("<[^>]+>", " ", data.decode("utf-8", "replace"))]


def runs(text):
    """Return all runs of nine words of a text."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[place : place + WORDS]) for place in range(len(words) - WORDS + 1)}


def listed():
    """Return the files of the repository, or of a downloaded archive of it."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=notebooks.ROOT, capture_output=True, check=False)
    names = done.stdout.decode("utf-8").split("\0") if done.returncode == 0 else []
    return [notebooks.ROOT / name for name in names if name] or list(notebooks.ROOT.rglob("*"))


def test_no_archive_repeats_the_article(copy):
    lines = Path(copy).read_text(encoding="utf-8").splitlines()
    known = set().union(*map(runs, lines)) - runs(lines[0])
    for path in listed():
        if path.is_file() and zipfile.is_zipfile(path):
            for text in texts(path.read_bytes(), path.name):
                assert not runs(text) & known, path


def test_a_sentence_in_a_workbook_in_an_archive_is_found(tmp_path):
    river = study.find("dos-orillas")
    loaded = study.load(river)
    blocks = [[line] for line in (river / "articulo.txt").read_text(encoding="utf-8").splitlines() if line]
    exchange.write_workbook(loaded, exchange.coded_text(loaded, blocks), tmp_path / "a.xlsx")
    packed = exchange.archives.archive({"deep/a.xlsx": (tmp_path / "a.xlsx").read_bytes()})
    found = set().union(*(runs(text) for text in texts(packed, "a.zip")))
    assert runs(blocks[1][0]) & found
