"""Print ratios of times, measured side by side, and how the work grows with a study's size.

Commands that are compared run in turn, several times; a figure is the median of the rounds' ratios.
Absolute seconds differ between machines; ratios less so.

Parts: `imports`, `executing` (the notebooks), and `growth` (each stage at 10² to 10⁶ statements).
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

from analysis import agreement, measures, study

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


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


def runner(paths):
    """Return the command that executes notebooks with this package's runner."""
    code = (
        "import sys; from pathlib import Path; from analysis import notebooks;"
        "paths = list(map(Path, sys.argv[1:]));"
        "sys.exit(notebooks.execute(paths, paths[0].parent / 'figures', report=lambda line: None))"
    )
    return [PYTHON, "-c", code, *paths]


def executing():
    """Compare executing the notebooks with as many that only import, and with the runner of Jupyter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "notebooks", folder / "ours")
        (folder / "data").symlink_to(ROOT / "data")
        paths = sorted((folder / "ours").glob("[0-9][0-9]-*.ipynb"))
        cell = nbformat.v4.new_code_cell("import pandas as pd\nimport matplotlib.pyplot as plt", id="a")
        (folder / "empty").mkdir()
        for path in paths:
            nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "empty" / path.name)
        plain = runner(sorted((folder / "empty").iterdir()))
        rest = [path for path in paths if path.name[:2] != "05"]
        found = ratios(plain, {"all": runner(paths), "without 05": runner(rest)}, 5)
        print(f"executing {len(paths)} notebooks, over as many that only import: {found['all']:.2f}")
        print(f"executing all but 05, over the same: {found['without 05']:.2f}")
        other = {"jupyter": [PYTHON, "-m", "jupyter", "execute", *paths]}
        found = ratios(runner(paths), other, 3)
        print(f"executing them with `jupyter execute`, over ours: {found['jupyter']:.2f}")


def made_up(folder, number):
    """Write a study of so many statements, a hundred per document, that passes every check."""
    (folder / "codings").mkdir(parents=True)
    for name in ("study.toml", "issues.csv", "actors.csv", "findings.csv"):
        shutil.copy(study.find() / name, folder / name)
    generator, real = np.random.default_rng(1), study.load()
    size, count = max(30, number // 3), max(2, number // 100)
    held = np.sort(np.arange(size) % count)  # the document of each paragraph
    names = np.array(["article", *(f"d{k:05d}" for k in range(1, count))])
    prefix = np.where(held > 0, names[held] + ".", "").astype(object)
    ids = prefix + np.array([f"p{k:07d}" for k in range(1, size + 1)], dtype=object)
    sides = np.array(real.meta["compare"])[np.arange(count) % 2]
    documents = pd.DataFrame({"document": names, "short": names, "layer": "declared", "side": sides})
    documents.loc[0, ["layer", "side"]] = "reported", ""
    made = {"kind": "body", "sha256": [f"{k:064x}" for k in range(size)], "copies": 1, "characters": 200}
    made |= {"words": 3, "sentences": 1, "anchor": "", "gist": "made up"}
    order = np.arange(size) - np.searchsorted(held, held) + 1
    tables = {
        "documents": documents.assign(language="en", extent="whole"),
        "paragraphs": pd.DataFrame({"document": names[held], "paragraph": ids, "order": order, **made}),
        "words": pd.DataFrame(
            {"paragraph": np.repeat(ids, 3), "word": ["one", "three", "two"] * size}
        ).assign(count=1),
        "rankings": real.rankings.assign(paragraph=ids[0], hedged="false"),
    }
    rows = real.statements[(real.statements["side"] != "none") & (real.statements["joint"] == "")]
    rows = rows.iloc[generator.integers(0, len(rows), number)].reset_index(drop=True)
    place = np.sort(np.arange(number) % size)
    start = np.arange(number) - np.searchsorted(place, place)
    # A report holds no text of a side's own.
    own = (held[place] == 0) & (rows["evidence"] == "own")
    gists = [f"statement {k}" for k in range(number)]
    made = {"start": start, "end": start + 30, "anchor": "one", "gist": gists}
    made |= {"statement": [f"s{k}" for k in range(1, number + 1)], "paragraph": ids[place]}
    tables["coding"] = rows.assign(evidence=rows["evidence"].mask(own, "reported"), **made)
    for name, frame in tables.items():
        columns = [field["name"] for field in study.schema()[name]["schema"]["fields"]]
        path = folder / ("codings/adjudicated.csv" if name == "coding" else f"{name}.csv")
        frame.reindex(columns=columns).to_csv(path, index=False, lineterminator="\n")
    study.write_package(folder)


def second_coder(coding, seed=2):
    """Return the coding of a made-up coder who leaves out a tenth, and differs on a tenth of the issues."""
    generator = np.random.default_rng(seed)
    rows = coding[generator.random(len(coding)) > 0.1].reset_index(drop=True)
    other = generator.permutation(rows["issue"].to_numpy())
    return rows.assign(issue=rows["issue"].where(generator.random(len(rows)) > 0.1, other))


def compare(loaded):
    """Compute the measures of one side, of two, and between the layers."""
    admitted = study.admit(loaded)
    for name in ("asks", "voices", "relations"):
        getattr(measures, name)(loaded, admitted)
    counts = measures.count(loaded)
    for measure in (measures.named, measures.emphasis):
        measure(loaded, counts)
    measures.asked(loaded, counts=counts)


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


def growth(largest):
    """Time each stage at growing sizes; print seconds, memory and growth exponents."""
    sizes = [10**k for k in range(2, 7) if 10**k <= largest]
    names = ["loaded and checked", "compared", "agreement of two coders"]
    times = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / f"study-{size}"
            made_up(folder, size)
            code = (
                f"import sys; sys.path.insert(0, {str(ROOT / 'quality')!r}); import bench\n"
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


def main():
    """Run the parts that are asked for."""
    parts = {"imports": imports, "executing": executing, "growth": growth}
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(parts)}")
    ask.add_argument("--largest", type=int, default=1_000_000, help="statements in the largest study")
    asked = ask.parse_args()
    for part in asked.parts or parts:
        parts[part](asked.largest) if part == "growth" else parts[part]()


if __name__ == "__main__":
    sys.exit(main())
