"""The committed notebooks, and the runner that makes them."""

import base64
import json
import re
from types import SimpleNamespace

import nbformat
import pytest

from analysis import findings, notebooks, study

NOTEBOOKS = sorted((notebooks.ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
APPENDIX = sorted((notebooks.ROOT / "notebooks" / "appendix").glob("*.ipynb"))
NUMBER = re.compile(r"(?<![\w.#-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w-])")


@pytest.fixture(params=[*NOTEBOOKS, *APPENDIX], ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def plain(notebook):
    """Return all text of the outputs."""
    parts = []
    for output in outputs(notebook):
        parts.append(output.get("text", ""))
        parts += [text for mime, text in output.get("data", {}).items() if mime.startswith("text/")]
    return "\n".join(parts)


def test_there_are_notebooks():
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{n:02}" for n in range(1, len(NOTEBOOKS) + 1)]
    assert len(NOTEBOOKS) >= 4


def test_executed_silent_and_small(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not [o for o in outputs(notebook) if o.get("name") == "stderr" or o.output_type == "error"]
    assert len(nbformat.writes(notebook)) < 1_000_000
    assert not re.search(r"0x[0-9a-f]{6,}|/tmp/|/home/|/root/", plain(notebook))


def test_anatomy(notebook):
    first, imports = notebook.cells[:2]
    heads = [line for cell in notebook.cells if cell.cell_type == "markdown"
             for line in cell.source.splitlines() if re.match(r"#+ ", line)]  # fmt: skip
    assert [line for line in heads if line.startswith("# ")] == heads[:1]
    for word in ("**Question.**", "**Answer.**", "**What is read.**", "**What follows.**"):
        assert word in first.source
    assert "import " in imports.source
    for cell in notebook.cells[2:]:
        if cell.cell_type == "code":
            assert not re.search(r"^(import|from|def|class|%|!)\b", cell.source, re.MULTILINE), cell.id
            assert len([line for line in cell.source.splitlines() if line.strip()]) <= 15, cell.id
            assert not cell.source.rstrip().endswith(";")
    assert "## What we learned" in notebook.cells[-1].source
    assert "**What stays doubtful.**" in notebook.cells[-1].source


def test_the_answer_is_made_of_findings_that_hold(notebook, summit, request):
    """Labels in italics, which end in a colon and say what the next sentences are about, may part them."""
    about = f'study.load("{study.DEFAULT}")' in "".join(cell.source for cell in notebook.cells)
    if not about or request.node.callspec.params["notebook"] in APPENDIX:
        pytest.skip("its answer is not about the article")
    answer = re.search(r"\*\*Answer\.\*\*(.*?)\*\*What is read", notebook.cells[0].source, re.DOTALL)[1]
    held = findings.baseline(summit)
    known = findings.every(summit).set_index("finding")["sentence"]
    left = re.sub(r"^- |\*[^*.]+:\*|see sections \d to \d\.", "", answer, flags=re.MULTILINE)
    for finding, sentence in known.items():
        if sentence in left:
            assert held[finding], f"the finding {finding} does not hold any more"
            left = left.replace(f"{sentence}.", "")
    assert not left.strip(), f"these words of the answer are no sentence of findings.csv: {left.strip()}"


def sections(notebook):
    """Return the cells between headings, each list with its heading."""
    found = [[]]
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and re.search(r"^## ", cell.source, re.MULTILINE):
            found.append([])
        found[-1].append(cell)
    return found


def test_each_number_in_prose_stands_in_its_section(notebook):
    """The last section looks back at the whole notebook; the checks of the text guard every section."""
    missing = []
    *others, last = sections(notebook)
    checks = [
        cell for cells in others for cell in cells if cells[0].source.startswith("## Checks of the text")
    ]
    for cells, read in [*((cells, cells + checks) for cells in others), (last, notebook.cells)]:
        code = "\n".join(cell.source for cell in read if cell.cell_type == "code")
        text = plain(SimpleNamespace(cells=read)) + code
        for cell in cells:
            if cell.cell_type == "markdown" and cell is not notebook.cells[0]:
                prose = re.sub(r"\]\([^)]*\)|`[^`]*`|^#+ .*$|^\d+\. ", " ", cell.source, flags=re.MULTILINE)
                for number in NUMBER.findall(prose):
                    if not re.search(rf"(?<![\w.]){re.escape(number)}(?!\w)", text):
                        missing.append(f"{number} in {cell.id}")
    assert not missing, f"not computed in their section, and not asserted: {', '.join(missing)}"


def test_each_figure_is_described_and_saved(notebook, request):
    stem = request.node.callspec.params["notebook"].stem
    for cell, following in zip(notebook.cells, notebook.cells[1:], strict=False):
        pictures = [o for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]
        if pictures:
            assert following.source.startswith("**In words.**"), cell.id
            saved = notebooks.ROOT / "figures" / f"{stem[:2]}-{cell.id}.png"
            assert saved.read_bytes() == base64.b64decode(pictures[0]["data"]["image/png"])


def test_links_lead_to_files(notebook, request):
    folder = request.node.callspec.params["notebook"].parent
    for cell in notebook.cells:
        for target in re.findall(
            r"\]\((?!http|#)([^)]+)\)", cell.source if cell.cell_type == "markdown" else ""
        ):
            assert (folder / target).exists(), target


def test_no_style_or_script_is_needed(notebook):
    assert not re.search(r"<style(?! scoped)[ >]|<script", plain(notebook))


def make(path, *sources):
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{k}") for k, source in enumerate(sources)]
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)) + "\n", encoding="utf-8")


DRAW = "import matplotlib.pyplot as plt\n_ = plt.bar([1, 2], [{}, 2])\nplt.show()"


def test_execute_twice_gives_the_same_bytes(tmp_path):
    path = tmp_path / "01-a.ipynb"
    make(path, "print(1)\nprint(2)", DRAW.format(1))
    said = []
    assert notebooks.execute([path], tmp_path / "figures", report=said.append) == 0
    first = path.read_bytes()
    assert notebooks.execute([path], tmp_path / "figures", report=said.append) == 0
    assert path.read_bytes() == first
    assert said == ["01-a.ipynb: changed", "01-a.ipynb: unchanged"]
    assert [figure.name for figure in (tmp_path / "figures").iterdir()] == ["01-cell-1.png"]


def test_a_failing_cell_is_named_and_nothing_is_written(tmp_path):
    path = tmp_path / "02-b.ipynb"
    # The error comes up through a library, as most do.
    make(path, "x = 1", "import pandas as pd\npd.Series([x], ['a'])['lost']\nx += 1")
    before = path.read_bytes()
    said = []
    assert notebooks.execute([path], tmp_path / "figures", report=said.append) == 1
    assert said == ["02-b.ipynb: FAILED in cell cell-1: KeyError: 'lost'\n    pd.Series([x], ['a'])['lost']"]
    assert path.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["02-b.ipynb"]


def test_all_assertions_that_fail_are_told(tmp_path):
    """After another error nothing is told: what follows fails because of it."""
    path = tmp_path / "02-b.ipynb"
    make(path, "assert 1 == 2", "x = 1\nassert x > 1, 'too small'", "x.lost", "assert x == 3")
    said = []
    assert notebooks.execute([path], tmp_path / "figures", report=said.append) == 1
    assert [line for line in said[0].splitlines() if line.startswith("02")] == [
        "02-b.ipynb: FAILED in cell cell-0: AssertionError",
        "02-b.ipynb: FAILED in cell cell-1: AssertionError: too small",
        "02-b.ipynb: FAILED in cell cell-2: AttributeError: 'int' object has no attribute 'lost'",
    ]
    make(path, "assert 1 == 2")
    before = path.read_bytes()
    assert notebooks.execute([path], tmp_path / "figures", report=said.append) == 1
    assert path.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["02-b.ipynb"]


def test_an_unreadable_notebook_is_one_line(tmp_path):
    path = tmp_path / "03-c.ipynb"
    path.write_text("{", encoding="utf-8")
    said = []
    assert notebooks.execute([path], tmp_path / "figures", report=said.append) == 1
    assert len(said) == 1 and "cannot be read" in said[0]


@pytest.mark.slow
def test_what_people_set_for_themselves_changes_nothing(tmp_path, monkeypatch):
    """The reader's copy, a backend, a matplotlibrc, a profile, switches of Python, its path, a kernel."""
    sources = (
        "import os, analysis\nprint(os.environ.get('ARTICLE_TEXT'), __debug__)", DRAW.format(1), "1\n2",
    )  # fmt: skip
    plain, other = tmp_path / "plain", tmp_path / "other"
    for root in (plain, other):
        root.mkdir()
        make(root / "04-d.ipynb", *sources)
    notebooks.execute([plain / "04-d.ipynb"], plain / "figures", report=lambda line: None)
    assert json.loads((plain / "04-d.ipynb").read_text(encoding="utf-8"))["cells"][0]["outputs"][0][
        "text"
    ] == ["None True\n"]
    profile = tmp_path / "home/.ipython/profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup/00.py").write_text("print('good morning')")
    (profile / "ipython_config.py").write_text("get_config().InteractiveShell.ast_node_interactivity = 'all'")
    (tmp_path / "home/matplotlibrc").write_text("font.size: 18\naxes.facecolor: yellow\n")
    (tmp_path / "home/start.py").write_text("print('good morning')")
    for spoilt in ("modules/analysis/__init__.py", "jupyter/kernels/python3/kernel.json"):
        (tmp_path / "home" / spoilt).parent.mkdir(parents=True)
    (tmp_path / "home/modules/analysis/__init__.py").write_text("raise SystemExit('the wrong one')")
    (tmp_path / "home/jupyter/kernels/python3/kernel.json").write_text(
        '{"argv": ["false", "{connection_file}"], "display_name": "Another", "language": "python"}'
    )
    for name, value in {
        "ARTICLE_TEXT": "secret", "HOME": str(tmp_path / "home"), "IPYTHONDIR": str(tmp_path / "home/.ipython"),
        "MPLBACKEND": "agg", "MATPLOTLIBRC": str(tmp_path / "home/matplotlibrc"), "PYTHONOPTIMIZE": "1",
        "PYTHONWARNINGS": "default", "PYTHONSTARTUP": str(tmp_path / "home/start.py"), "PYTHONVERBOSE": "1",
        "PYTHONPATH": str(tmp_path / "home/modules"), "JUPYTER_PATH": str(tmp_path / "home/jupyter"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    notebooks.execute([other / "04-d.ipynb"], other / "figures", report=lambda line: None)
    assert (other / "04-d.ipynb").read_bytes() == (plain / "04-d.ipynb").read_bytes()


def test_pictures_are_compared(tmp_path):
    """A changed bar is another picture; the same one, re-encoded, is not."""
    import io

    import matplotlib.pyplot as plt
    import numpy as np

    def drawn(height, **options):
        figure = plt.figure(figsize=(2, 2))
        figure.subplots().bar([1, 2], [height, 2])
        stream = io.BytesIO()
        figure.savefig(stream, format="png", **options)
        plt.close(figure)
        return base64.b64encode(stream.getvalue()).decode()

    one = drawn(1)
    assert notebooks.same_picture(one, one + "\n")
    assert notebooks.same_picture(one, drawn(1, metadata={"Comment": "other bytes"}))
    assert not notebooks.same_picture(one, drawn(1.2))
    pixels = plt.imread(io.BytesIO(base64.b64decode(one)))
    stream = io.BytesIO()
    plt.imsave(stream, np.clip(pixels + 0.01, 0, 1))
    assert notebooks.same_picture(one, base64.b64encode(stream.getvalue()).decode())


@pytest.mark.slow
def test_nbval_fails_on_a_changed_bar(tmp_path):
    """What nbval alone passes over: a committed picture that the code no longer draws."""
    import subprocess
    import sys

    path = tmp_path / "05-e.ipynb"
    make(path, DRAW.format(1))
    notebooks.execute([path], tmp_path / "figures", report=lambda line: None)
    path.write_text(path.read_text(encoding="utf-8").replace("[1, 2])", "[1.5, 2])"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path,
               "-c", notebooks.ROOT / "pyproject.toml", "--confcutdir", notebooks.ROOT, path]  # fmt: skip
    (tmp_path / "conftest.py").write_text(
        (notebooks.ROOT / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    command[command.index("--confcutdir") + 1] = tmp_path
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=tmp_path, check=False)
    assert run.returncode == 1, run.stdout
    assert "mismatch 'image/png'" in run.stdout
