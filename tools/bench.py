"""Print ratios of times, measured side by side, and how the work grows with a study's size.

Commands that are compared run in turn, several times; a figure is the median of the rounds' ratios.
Absolute seconds differ between machines; ratios less so.

Parts: `imports`, `executing` (the notebooks, by this and by other runners), `testing`, `growth`
(each stage at 10² to 10⁶ statements), `alternatives` (the same measure by the obvious other way).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pandas as pd

from analysis import agreement, measures, robustness, study

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
OTHERS = ("papermill==2.7.0", "nbmake==1.5.5")


def spent(work):
    """Return the seconds that a command, or a function of no arguments, takes."""
    start = time.perf_counter()
    if callable(work):
        work()
    else:
        subprocess.run(list(map(str, work)), check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def ratios(base, others, rounds):
    """Run the base and the others in turn; return the median ratio of each to the base."""
    found = {name: [] for name in others}
    for _ in range(rounds):
        unit = spent(base)
        for name, work in others.items():
            found[name].append(spent(work) / unit)
    return {name: statistics.median(values) for name, values in found.items()}


def imports():
    """Compare importing the package, and all that notebooks import of it, with pandas and pyplot."""
    base = "import pandas, matplotlib.pyplot"
    modules = "agreement, article, claims, figures, findings, measures, report, robustness, study"
    others = {"analysis": "import analysis", "all its modules": f"from analysis import {modules}"}
    commands = {name: [PYTHON, "-c", f"{base}; {more}"] for name, more in others.items()}
    for name, ratio in ratios([PYTHON, "-c", base], commands, 15).items():
        print(f"importing pandas, pyplot and {name}, over pandas and pyplot: {ratio:.3f}")


def empty(folder, names):
    """Write notebooks that only import pandas and pyplot; return their paths."""
    folder.mkdir()
    cell = nbformat.v4.new_code_cell("import pandas as pd\nimport matplotlib.pyplot as plt", id="a")
    for name in names:
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / name)
    return sorted(folder.iterdir())


def runner(paths):
    """Return the command that executes notebooks with this package's runner."""
    code = (
        "import sys; from pathlib import Path; from analysis import notebooks;"
        "paths = list(map(Path, sys.argv[1:]));"
        "sys.exit(notebooks.execute(paths, paths[0].parent / 'figures', report=lambda line: None))"
    )
    return [PYTHON, "-c", code, *paths]


def other_runners(folder, paths):
    """Return the commands of other runners on the same notebooks, those that can be installed here."""
    commands = {"nbclient (jupyter execute)": [PYTHON, "-m", "jupyter", "execute", *paths]}
    uv, own = ROOT / ".venv/bin/uv", folder / "others"
    # An environment of their own: nbmake would be a plugin of the tests here.
    made = uv.exists() and all(
        subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, check=False).returncode == 0
        for command in (
            [uv, "venv", "--quiet", "--python", PYTHON, own],
            [uv, "pip", "install", "--quiet", "--python", own, "-r", "requirements.txt", *OTHERS],
            [
                uv,
                "pip",
                "install",
                "--quiet",
                "--python",
                own,
                "--no-deps",
                "--no-build-isolation",
                "-e",
                ".",
            ],
        )
    )
    if not made:
        print(f"{', '.join(OTHERS)}: cannot be installed here, not measured")
        return commands
    python, out = own / "bin/python", folder / "out.ipynb"
    loop = (
        "import sys, papermill\n"
        "for path in sys.argv[2:]: papermill.execute_notebook(path, sys.argv[1], progress_bar=False, "
        f"cwd={str(paths[0].parent)!r})"
    )
    commands["papermill"] = [python, "-c", loop, out, *paths]
    commands["nbmake, two workers"] = [
        python, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", folder, "-p", "no:cacheprovider",
        "--nbmake", "-n", "2", "--dist", "loadfile", *paths,
    ]  # fmt: skip
    return commands


def executing():
    """Compare executing the notebooks with as many that only import, and with other runners."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "notebooks", folder / "ours")
        (folder / "data").symlink_to(ROOT / "data")
        paths = sorted((folder / "ours").glob("[0-9][0-9]-*.ipynb"))
        plain = runner(empty(folder / "empty", [path.name for path in paths]))
        rest = [path for path in paths if path.name[:2] != "05"]
        found = ratios(plain, {"all": runner(paths), "without 05": runner(rest)}, 5)
        print(f"executing {len(paths)} notebooks, over as many that only import: {found['all']:.2f}")
        print(f"executing all but 05, over the same: {found['without 05']:.2f}")
        for tool, ratio in ratios(runner(paths), other_runners(folder, paths), 3).items():
            print(f"executing them with {tool}, over ours: {ratio:.2f}")
    loaded = study.load()
    drawn = {
        "stability": lambda: robustness.stability(loaded),
        "share intervals": lambda: robustness.share_intervals(loaded),
        "permutation": lambda: robustness.permutation(loaded),
        "false alarms": robustness.false_alarms,
        "dominance": lambda: robustness.dominance(loaded),
    }
    base = [PYTHON, "-c", "import pandas, matplotlib.pyplot"]
    parts = ratios(base, drawn, 5)
    listed = ", ".join(f"{name} {ratio:.2f}" for name, ratio in parts.items())
    print(f"resampling of notebook 05, over importing pandas and pyplot: {listed}")


def testing():
    """Compare all tests with nbval on notebooks that only import."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = empty(folder / "empty", [path.name for path in (ROOT / "notebooks").glob("0*.ipynb")])
        # nbval passes over a cell without a count: it has to have been executed.
        subprocess.run(list(map(str, runner(paths))), check=True)
        quick = [PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider"]
        plain = [*quick, "-c", os.devnull, "--rootdir", folder, "--nbval", "--nbval-current-env", *paths]
        commands = {"its notebooks with nbval": [*quick, "notebooks"], "all tests": quick}
        for what, ratio in ratios(plain, commands, 3).items():
            print(f"{what}, over nbval on as many notebooks that only import: {ratio:.2f}")


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
    study.write_package(folder)


def second_coder(coding, seed=2):
    """Return the coding of a made-up coder who leaves out a tenth, and differs on a tenth of the issues."""
    generator = np.random.default_rng(seed)
    rows = coding[generator.random(len(coding)) > 0.1].reset_index(drop=True)
    other = generator.permutation(rows["issue"].to_numpy())
    return rows.assign(issue=rows["issue"].where(generator.random(len(rows)) > 0.1, other))


def compare(loaded):
    """Compute all measures of one and of two sides."""
    admitted = study.admit(loaded)
    for measure in (measures.salience, measures.positions, measures.asks, measures.voices):
        measure(loaded, admitted)
    measures.relations(loaded, admitted)
    measures.gaps(loaded, admitted)


def stages(folder):
    """Run each stage on a study; print its seconds, and the memory at most until its end, in GiB."""
    import resource

    def told(work):
        print(spent(work), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)

    kept = []
    told(lambda: kept.append(study.load(folder)))
    (loaded,) = kept
    told(lambda: compare(loaded))
    coders = {"first": loaded.statements, "second": second_coder(loaded.statements)}
    told(lambda: agreement.summary(coders))
    told(lambda: robustness.multiverse(loaded))


def growth(largest):
    """Time each stage at growing sizes; print seconds, memory and growth exponents."""
    sizes = [10**k for k in range(2, 7) if 10**k <= largest]
    names = ["loaded and checked", "compared", "agreement of two coders", "multiverse"]
    times = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / f"study-{size}"
            made_up(folder, size)
            code = (
                f"import sys; sys.path.insert(0, {str(ROOT / 'tools')!r}); import bench\n"
                f"from pathlib import Path\nbench.stages(Path({str(folder)!r}))"
            )
            run = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
            found = [tuple(map(float, line.split())) for line in run.stdout.splitlines()]
            times.append([seconds for seconds, _ in found])
            said = [f"{name} {seconds:.2f} s" for name, (seconds, _) in zip(names, found, strict=True)]
            memory = f"{found[1][1]:.2f} GiB until compared, {found[-1][1]:.2f} in all"
            print(f"{size:>9,} statements: {', '.join(said)}; {memory}", flush=True)
            shutil.rmtree(folder)
    if len(sizes) > 2:
        tail = np.log(sizes[-3:])
        for name, column in zip(names, np.log(times)[-3:].T, strict=True):
            print(f"growth exponent over the last three sizes, {name}: {np.polyfit(tail, column, 1)[0]:.2f}")
        both = np.log(np.array(times)[-3:, :2].sum(axis=1))
        print(f"growth exponent, loaded, checked and compared: {np.polyfit(tail, both, 1)[0]:.2f}")


def in_a_loop(coding):
    """Count statements by side and issue, a row at a time."""
    found = {}
    for _, row in coding.iterrows():
        found[row["side"], row["issue"]] = found.get((row["side"], row["issue"]), 0) + 1
    return found


def by_krippendorff(numbers, values):
    """Return alpha by the package of that name; `numbers` has a row a coder, a column a unit."""
    import krippendorff

    return krippendorff.alpha(numbers, value_domain=values, level_of_measurement="nominal")


def jackknife(numbers, values):
    """Return alpha without each unit in turn, by that package."""
    return [by_krippendorff(np.delete(numbers, unit, axis=1), values) for unit in range(numbers.shape[1])]


def by_scipy(per):
    """Return ranges of shares by scipy's bootstrap; `per` has a row a paragraph, a column a count."""
    from scipy import stats

    def share(index, axis):
        count = per[index].sum(axis=-2)
        return np.moveaxis(count / count.sum(axis=-1, keepdims=True), -1, 0)

    options = {"n_resamples": 1_000, "batch": 10, "vectorized": True, "method": "percentile", "rng": 1}
    return stats.bootstrap((np.arange(len(per)),), share, **options)


def alternatives():
    """Compare measures with the obvious other way to have them, on made-up studies."""
    with tempfile.TemporaryDirectory() as name:
        for size in (100, 1_000, 10_000):
            folder = Path(name) / f"study-{size}"
            made_up(folder, size)
            loaded = study.load(folder)
            rows = study.admit(loaded)
            per = pd.crosstab(rows["paragraph"], [rows["side"], rows["issue"]]).to_numpy(dtype=float)
            coders = {"first": loaded.statements, "second": second_coder(loaded.statements)}
            table = agreement.readings(coders, "issue")
            codes = {issue: place for place, issue in enumerate(loaded.issues["issue"])}
            numbers, values = table.T.map(codes.get).to_numpy(dtype=float), list(codes.values())
            pairs = {
                "counts by side and issue, in a loop over rows": (
                    partial(in_a_loop, rows), partial(measures.tally, loaded, rows)),
                "ranges of shares, by scipy's bootstrap": (
                    partial(by_scipy, per), partial(robustness.share_intervals, loaded, draws=1_000)),
                "alpha, by the package krippendorff": (
                    partial(by_krippendorff, numbers, values), partial(agreement.alpha, table)),
                "alpha without each unit, by krippendorff": (
                    partial(jackknife, numbers, values), partial(agreement.interval, table)),
            }  # fmt: skip
            if size > 1_000:  # It grows with the square of the units.
                pairs.pop("alpha without each unit, by krippendorff")
            for what, (other, ours) in pairs.items():
                print(f"{size:>6,} statements, {what}, over ours: {ratios(ours, {what: other}, 3)[what]:.1f}")


def main():
    """Run the parts that are asked for."""
    parts = SimpleNamespace(
        imports=imports, executing=executing, testing=testing, growth=growth, alternatives=alternatives
    )
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(vars(parts))}")
    ask.add_argument("--largest", type=int, default=1_000_000, help="statements in the largest study")
    asked = ask.parse_args()
    for part in asked.parts or vars(parts):
        growth(asked.largest) if part == "growth" else getattr(parts, part)()


if __name__ == "__main__":
    sys.exit(main())
