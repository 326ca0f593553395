"""Print ratios of times, measured side by side, and how the work grows with a study's size.

Each figure is a median of several runs. Absolute seconds differ between machines; ratios less so.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd

from analysis import comparison, priorities, study, tables

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


def seconds(command, runs=5, **options):
    """Return the median time of a command."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, **options)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def imports():
    """Compare importing the package, and all that notebooks import of it, with pandas and pyplot."""
    base = "import pandas, matplotlib.pyplot"
    modules = "agreement, article, comparison, findings, plots, priorities, robustness, study"
    plain = seconds([PYTHON, "-c", base], 9)
    for name, more in (
        ("import analysis", "import analysis"),
        ("all its modules", f"from analysis import {modules}"),
    ):
        ratio = seconds([PYTHON, "-c", f"{base}; {more}"], 9) / plain
        print(f"{name}, over pandas and pyplot: {ratio:.3f}")


def executing():
    """Compare executing the notebooks with as many that only import pandas and pyplot."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, empty = folder / "ours", folder / "empty"
        shutil.copytree(ROOT / "notebooks", ours)
        empty.mkdir()
        paths = sorted(ours.glob("[0-9][0-9]-*.ipynb"))
        for path in paths:
            cell = nbformat.v4.new_code_cell("import pandas as pd\nimport matplotlib.pyplot as plt", id="a")
            nbformat.write(nbformat.v4.new_notebook(cells=[cell]), empty / path.name)
        (folder / "data").symlink_to(ROOT / "data")
        code = (
            "import sys; from pathlib import Path; from analysis import notebooks;"
            "notebooks.execute(sorted(Path(sys.argv[1]).glob('[0-9]*.ipynb')), Path(sys.argv[1]) / 'f',"
            "report=lambda line: None)"
        )
        times = {
            key: seconds([PYTHON, "-c", code, str(path)], 3)
            for key, path in (("ours", ours), ("empty", empty))
        }
        print(
            f"executing {len(paths)} notebooks, over as many that only import: {times['ours'] / times['empty']:.2f}"
        )
        others = {"nbclient": [PYTHON, "-m", "jupyter", "execute"]}
        for tool in ("papermill", "nbmake"):
            if subprocess.run([PYTHON, "-c", f"import {tool}"], capture_output=True, check=False).returncode:
                print(f"{tool}: not installed, not measured")
        for tool, command in others.items():
            spent = seconds([*command, *map(str, paths)], 1)
            print(f"executing them with {tool}, over ours: {spent / times['ours']:.2f}")


def made_up(folder, number):
    """Write a study of so many statements that passes every check."""
    shutil.copytree(study.find(), folder, ignore=shutil.ignore_patterns("codings", "*.png", "*.ipynb"))
    (folder / "codings").mkdir()
    for name in ("claims", "checks", "measures", "series", "wants", "outcomes", "agenda", "outside"):
        (folder / f"{name}.csv").unlink(missing_ok=True)
    generator = np.random.default_rng(1)
    size = max(30, number // 3)
    ids = [f"p{k:07d}" for k in range(1, size + 1)]
    words = ["one", "three", "two"]
    paragraphs = pd.DataFrame(
        {
            "paragraph": ids, "order": range(1, size + 1), "kind": "body", "copies": 1, "characters": 200, "words": 3,
            "sentences": 1, "sha256": [f"{k:064x}" for k in range(size)], "anchor": "", "gist": "made up",
        }
    )  # fmt: skip
    pd.DataFrame({"paragraph": np.repeat(ids, 3), "word": words * size, "count": 1}).to_csv(
        folder / "words.csv", index=False, lineterminator="\n"
    )
    paragraphs.to_csv(folder / "paragraphs.csv", index=False, lineterminator="\n")
    rankings = pd.read_csv(folder / "rankings.csv", dtype=str).assign(paragraph=ids[0])
    rankings.to_csv(folder / "rankings.csv", index=False, lineterminator="\n")
    real = study.load().statements
    real = real[(real["side"] != "none") & (real["joint"] == "")]
    rows = real.iloc[generator.integers(0, len(real), number)].reset_index(drop=True)
    place = np.sort(np.arange(number) % size)
    start = np.arange(number) - np.searchsorted(place, place)
    rows = rows.assign(
        statement=[f"a{k}" for k in range(1, number + 1)], paragraph=np.array(ids)[place],
        start=start, end=start + 30, anchor="one", gist=[f"statement {k}" for k in range(number)],
    )  # fmt: skip
    rows.to_csv(folder / "codings/adjudicated.csv", index=False, lineterminator="\n")
    head = "finding,sentence,predicate,arguments\n"
    (folder / "findings.csv").write_text(head, encoding="utf-8")
    tables.write_package(folder)


def work(folder):
    """Load, check and compare a study."""
    loaded = study.load(folder)
    admitted = priorities.admit(loaded)
    for measure in (priorities.salience, priorities.positions, priorities.asks, priorities.voices):
        measure(loaded, admitted)
    comparison.relations(loaded, admitted)
    comparison.gaps(loaded, admitted)


def growth(largest):
    """Time loading, checking and comparing at growing sizes; print the growth exponent."""
    sizes = [10**k for k in range(2, 7) if 10**k <= largest]
    times = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / f"study-{size}"
            made_up(folder, size)
            code = (
                f"import sys; sys.path.insert(0, {str(ROOT / 'tools')!r}); import bench, resource, time\n"
                f"from pathlib import Path\nstart = time.perf_counter()\nbench.work(Path({str(folder)!r}))\n"
                "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)"
            )
            run = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
            spent, memory = map(float, run.stdout.split())
            times.append(spent)
            print(f"{size:>9,} statements: {spent:6.2f} s, {memory:.2f} GiB at most")
            shutil.rmtree(folder)
    if len(sizes) > 2:
        tail = slice(-3, None)
        exponent = np.polyfit(np.log(sizes[tail]), np.log(times[tail]), 1)[0]
        print(f"growth exponent over the last three sizes: {exponent:.2f}")


def main():
    """Run the parts that are asked for."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("parts", nargs="*", default=["imports", "executing", "growth"])
    ask.add_argument("--largest", type=int, default=1_000_000)
    asked = ask.parse_args()
    for part in asked.parts:
        growth(asked.largest) if part == "growth" else {"imports": imports, "executing": executing}[part]()


if __name__ == "__main__":
    sys.exit(main())
