"""Execute notebooks without a kernel, in this process.

nbval and `make notebooks` execute them as readers do. Three promises need what a kernel cannot give: that
no text of a table is read as markup (the tables are replaced in memory, `project/test_hostile.py`), that no
English stands in a translated picture (its texts are read, `figures/test_languages.py`), and that a change
of data or code does not pass unseen (thousands of runs, `quality/mutate.py` and mutmut, which asks for the
test below).
"""

import ast
import contextlib
import io

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest

from analysis import notebooks

# Not 08: it reads its own article, not the tables of this one.
NOTEBOOKS = sorted((notebooks.ROOT / "notebooks").glob("0[1-7]-*.ipynb"))
APPENDIX = sorted((notebooks.ROOT / "notebooks/appendix").glob("*.ipynb"))

# Assertions that guard the prose fail on other tables, and so may what rests on them.
FAULTS = (AssertionError, LookupError, NameError, ValueError)


def run(path, old="", new="", faults=()):
    """Execute a notebook; yield for each code cell its id, what it prints and its last value, or its fault.

    The source may be changed; after a fault of the given kinds the next cell is executed.
    """
    space = {"__name__": "__main__"}
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    with pd.option_context("display.max_colwidth", None):
        for cell in cells:
            tree, printed = ast.parse(cell.source.replace(old, new)), io.StringIO()
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            name = f"{path.name}:{cell.id}"
            try:
                with contextlib.chdir(path.parent), contextlib.redirect_stdout(printed):
                    exec(compile(tree, name, "exec"), space)
                    value = eval(compile(ast.Expression(last.value), name, "eval"), space) if last else None
            except faults as fault:
                value = fault
            yield cell.id, printed.getvalue(), value


def committed(cell):
    """Return what a committed cell printed, and what its last line showed as text."""
    printed, said = "", ""
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        printed += output.get("text", "")
        said += data.get("text/html") or data.get("text/markdown") or data.get("text/plain", "")
        if "image/png" in data:
            said = said.replace(data["text/plain"], "")
    return printed, said


def shown(value):
    """Return what Jupyter shows of a value."""
    if value is None:
        return ""
    if hasattr(value, "_repr_markdown_"):
        return value.data
    return value._repr_html_() if hasattr(value, "_repr_html_") else repr(value)


@pytest.mark.parametrize("path", [*NOTEBOOKS, *APPENDIX], ids=lambda path: path.stem)
def test_the_committed_outputs(path):
    cells = {cell["id"]: cell for cell in nbformat.read(path, as_version=4).cells}
    for name, printed, value in run(path):
        assert (printed, shown(value)) == committed(cells[name]), name
        plt.close("all")
