"""Hold the committed outputs against a run without a kernel; `make mutate-code` has it for a test.

nbval does the same with a kernel for each notebook in `make test`. Mutation testing asks thousands
of times, and a fork of this process answers in a fraction of the time.
"""

import contextlib
import io
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import mutate

from analysis.study import loading


def texts(cell):
    """Return what a committed cell printed, and what its last line showed as text."""
    printed, said = "", ""
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        printed += output.get("text", "")
        said += data.get("text/html") or data.get("text/markdown") or data.get("text/plain", "")
        if "image/png" in data:
            said = said.replace(data["text/plain"], "")
    return printed, said


def said(value):
    """Return what Jupyter shows of a value."""
    if isinstance(value, pd.DataFrame):
        return value._repr_html_()
    return (
        "" if value is None else getattr(value, "data", None) if hasattr(value, "_repr_markdown_") else None
    )


@pytest.mark.parametrize("path", mutate.NOTEBOOKS, ids=lambda path: path.stem)
def test_the_committed_outputs(path, monkeypatch):
    monkeypatch.setattr(loading, "ROOT", mutate.ROOT / "data")
    committed = {cell["id"]: cell for cell in nbformat.read(path, as_version=4).cells}
    space, option = {"__name__": "__main__"}, pd.get_option("display.max_colwidth")
    try:
        for name, statements, last in mutate.code_cells(path):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(statements, space)
                value = eval(last, space) if last else None
            expected = texts(committed[name])
            shown = said(value)
            if value is not None and shown is None:
                shown = value._repr_html_() if hasattr(value, "_repr_html_") else repr(value)
            assert (printed.getvalue(), shown) == expected, name
    finally:
        pd.set_option("display.max_colwidth", option)
        mutate.plt.close("all")
