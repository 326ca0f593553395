"""Hostile text in every column and label, and the pages of all notebooks opened in Chromium: none of it runs."""

import os
import shutil
import subprocess

import in_process
import nbformat
import pytest
import test_hostile
from nbconvert import HTMLExporter

from analysis import figures, study
from analysis.notebooks import run

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# What the harmful texts call; a page in which one of them has run is marked.
MARK = "<script>function a() { document.documentElement.dataset.ran = 'yes'; }</script>"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian: apt-get install chromium)"),
]


def opened(page, place):
    """Return True if a harmful text of a page has run, as Chromium shows it, without a network."""
    path = place / "page.html"
    path.write_text(page.replace("<head>", f"<head>{MARK}", 1), encoding="utf-8")
    rights = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [CHROMIUM, "--headless", "--disable-gpu", *rights, f"--user-data-dir={place / 'profile'}",
               "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=5000", "--dump-dom", path.as_uri()]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert "dataset.ran" in done.stdout and "<body" in done.stdout
    return 'data-ran="yes"' in done.stdout.split("<body", 1)[0]


def output(value):
    """Return the output that Jupyter makes of a value, or none."""
    if hasattr(value, "_repr_markdown_"):
        data = {"text/markdown": value.data}
    elif hasattr(value, "_repr_html_"):
        data = {"text/html": value._repr_html_()}
    else:
        return []
    return [nbformat.v4.new_output("display_data", data)]


def test_a_text_that_runs_is_seen(tmp_path):
    for harm in ("<svg onload=a()>", "<script>a()</script>", "</td></script><script>a()</script>"):
        assert opened(f"<html><head></head><body>{harm}</body></html>", tmp_path), harm
    assert not opened("<html><head></head><body>&lt;svg onload=a()&gt;</body></html>", tmp_path)


@pytest.mark.parametrize("name", [study.DEFAULT, "dos-orillas"])
def test_no_text_from_tables_runs(tmp_path, monkeypatch, name):
    loaded = study.load(name)
    test_hostile.spoil(loaded)
    for figure, value in vars(figures).items():
        if callable(value):
            monkeypatch.setattr(figures, figure, lambda *_, **__: None)
    monkeypatch.setattr(study, "load", lambda *_, **__: loaded)
    paths, number = [*in_process.NOTEBOOKS, run.TEMPLATE] if name == study.DEFAULT else [run.TEMPLATE], 0
    for path in paths:
        shown = {cell: output(value) for cell, _, value in in_process.run(path, faults=in_process.FAULTS)}
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = shown.get(cell.id, [])
        page, _ = HTMLExporter().from_notebook_node(notebook)
        number += "onload=a()" in page
        assert not opened(page, tmp_path), path.name
    assert number >= len(paths) - 2, "what harms has not reached the pages"
