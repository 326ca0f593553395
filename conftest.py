"""Settings of all tests: where a reader's copy is, and what nbval compares."""

import atexit
import contextlib
import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

import pytest
from nbval import kernel
from nbval.plugin import IPyNbCell

from analysis import article, notebooks, study

EARLY = study.find() / "first-edition"

# The kernels of nbval inherit this environment, so it is that of `make notebooks`: without the text too.
COPY = "TESTED_COPY_OF_THE_ARTICLE"
PAPERS, PAPERS_COPY = "PAPERS_TEXT", "TESTED_COPIES_OF_THE_PAPERS"
for given, kept in ((article.VARIABLE, COPY), (PAPERS, PAPERS_COPY)):
    if os.environ.get(given):  # empty means none
        os.environ[kept] = os.path.abspath(os.environ[given])  # noqa: PTH100
place = tempfile.mkdtemp()
atexit.register(shutil.rmtree, place, ignore_errors=True)
plain = notebooks.surroundings(place)
for name in set(os.environ) - set(plain):
    del os.environ[name]
os.environ.update(plain)
notebooks.warm_fonts()


def start_kernel(*given, start=kernel.start_new_kernel, **options):
    """Start a kernel for nbval; again where another program was faster at one of its ports."""
    for _ in range(notebooks.STARTS - 1):
        with contextlib.suppress(RuntimeError):
            return start(*given, **options)
    return start(*given, **options)


kernel.start_new_kernel = start_kernel


def pytest_collection_modifyitems(items):
    """Make nbval compare pictures too, which it leaves out: a changed bar fails its cell."""
    for cell in items:
        if isinstance(cell, IPyNbCell):
            cell.parent.skip_compare = tuple(key for key in cell.parent.skip_compare if key != "image/png")
            cell.compare_outputs = partial(compare_with_pictures, cell.compare_outputs)


def compare_with_pictures(compare, test, reference, **options):
    """Compare outputs; a picture that looks the same counts as the committed one."""
    for new, old in zip(test, reference, strict=False):
        pictures = [output.get("data", {}).get("image/png") for output in (new, old)]
        if all(pictures) and notebooks.same_picture(*pictures):
            new["data"]["image/png"] = old["data"]["image/png"]
    return compare(test, reference, **options)


@pytest.fixture(scope="session")
def summit():
    """Return the published study with all its documents, loaded."""
    return study.load()


@pytest.fixture(scope="session")
def story(summit):
    """Return the published study of the article alone."""
    return study.only(summit)


@pytest.fixture(scope="session")
def early():
    """Return the record of the first edition: the article by the first codebook, which does not change."""
    return study.load(EARLY)


@pytest.fixture(scope="session")
def copy():
    """Return the path of a reader's copy of the article, or skip and say so."""
    path = os.environ.get(COPY)
    if not path:
        pytest.skip(f"needs a copy of the article: set {article.VARIABLE} to its path")
    return path


@pytest.fixture(scope="session")
def papers():
    """Return the folder with copies of the governments' papers, or skip and say so."""
    path = os.environ.get(PAPERS_COPY)
    if not path:
        pytest.skip(f"needs copies of the papers: set {PAPERS} to their folder")
    return Path(path)


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a copy of the published study that a test may spoil."""
    return shutil.copytree(study.find(), tmp_path / "us-mexico-2021")


@pytest.fixture
def edition(tmp_path):
    """Return the folder of a copy of the first edition that a test may spoil."""
    return shutil.copytree(EARLY, tmp_path / "first-edition")


def replaced(folder, file, old, new):
    """Replace a text once in a file of a study; return the study's folder."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def rewrite(folder):
    """Return a function that replaces text in a file of the published study's copy."""
    return partial(replaced, folder)


@pytest.fixture
def rewrite_early(edition):
    """Return a function that replaces text in a file of the first edition's copy."""
    return partial(replaced, edition)
