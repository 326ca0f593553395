"""Spoil the data cell by cell, and see that nothing changes silently.

Two kinds of change are made to copies of a study, one at a time. A structural fault (a cell emptied,
of the wrong type, an unknown code or id, a stray quote, a row doubled or short of a cell, a span
out of range) must be found by the check, which must name its file and line. A change of meaning
(another code that the check allows) must be found by it, or change what some notebook shows or
stop one of its assertions, or fail a test of the codings. What survives is printed, a line each.

Usage: python tools/mutate.py [--all] [--cells N] [--seed N] [--table NAME …]
"""

import argparse
import ast
import contextlib
import csv
import io
import json
import random
import re
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt
import pandas as pd

from analysis import findings, study
from analysis.study import loading

ROOT = Path(__file__).resolve().parents[1]
# Not 08: it reads its own article, not the tables of this one.
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb") if path.name[:2] != "08")
# The notebooks to ask first, by the table that is changed; the others follow.
READERS = {
    "paragraphs": "1357", "words": "1", "issues": "2345", "actors": "253", "rankings": "3457",
    "findings": "3457", "measures": "6", "claims": "6", "checks": "6", "series": "6", "wants": "7",
    "outcomes": "7", "agenda": "7", "outside": "67", "adjudicated": "1235", "first": "5", "second": "5",
    "decisions": "5",
}  # fmt: skip
# Nothing survives in these columns: the codes that the article's comparison and its checks rest on.
MATTERS = {"issue", "side", "position", "evidence", "value"}
# Columns whose values come from other tables or from study.toml, where the schema does not say so.
LISTED = {"side": "sides", "theme": "themes", "addressee": "addressees", "horizon": "horizons"}
QUOTE = '"'


def row_text(cells):
    """Write the cells of a row as a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().removesuffix("\n")


def known(folder):
    """Return the values that columns may take from other tables or from study.toml."""
    loaded = study.load(folder)
    sides = [*loaded.meta["sides"], study.NONE]
    ids = {name: frame[frame.columns[0]].tolist() for name, frame in vars(loaded).items()
           if isinstance(frame, pd.DataFrame)}  # fmt: skip
    return ids | {
        "sides": sides,
        "themes": list(loaded.meta["themes"]),
        "addressees": [*sides, *ids["actors"]],
        "horizons": list(loaded.meta["horizons"]),
    }


def spoil(cell, field, link, path):
    """Yield the structural faults of a cell: what it is, and the line that stands for the cell."""
    limits, kind, name = field.get("constraints", {}), field["type"], field["name"]
    if limits.get("required"):
        yield "empty", ""
    if "enum" in limits or link or name in LISTED:
        yield "unknown code or id", "zz9-unknown"
    if kind in ("integer", "number", "boolean", "date") or limits.get("pattern", "").startswith("[0-9]"):
        yield "wrong type", "many"
    if name in ("start", "end"):
        yield "span out of range", "999999"
    if name == "end":
        yield "span out of range", "0"
    if name == "value" and path != "checks.csv":
        yield "wrong type", "many"
    yield "white space", f"{cell} "


def turn(cell, field, link, lists, dice):
    """Return another legal value of a cell, or None where there is none to think of."""
    limits, name = field.get("constraints", {}), field["name"]
    options = limits.get("enum") or lists.get(LISTED.get(name) or link)
    if options:
        others = [option for option in options if option != cell]
        return dice.choice(others) if others else None
    if name == "predicate":
        names = [other for other in findings.PREDICATES if other != cell]
        return dice.choice(names)
    if name == "arguments":
        number = re.search(r"[0-9.]+$", cell)
        if number:
            return cell[: number.start()] + f"{float(number[0]) * 0.3:.4f}".rstrip("0").rstrip(".")
        swap = {"US": "Mexico", "Mexico": "US"}
        return re.sub(r"\b(US|Mexico)\b", lambda found: swap[found[1]], cell)
    if field["type"] == "integer":
        return str(int(cell) + 1) if cell else None
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) and name in ("value", "first_says", "second_says"):
        return str(round(float(cell) * 2 + 1)) if "." not in cell else f"{float(cell) * 2:.1f}"
    if re.match(r"[0-9]{4}(-|$)", cell) and name in ("value", "period", "date", "source_date"):
        return re.sub(r"[0-9]{4}", lambda year: str(int(year[0]) - 1), cell)
    if name == "unit":
        units = sorted(set(lists["units"]) - {cell})
        return dice.choice(units)
    if name == "value":
        answers = [word for word in ("yes", "no", "up", "down", "level", "partly", "silent") if word != cell]
        return dice.choice(answers)
    if name in ("decision", "first_says", "second_says"):
        return {"yes": "no", "no": "yes"}.get(cell, f"{cell}-x")
    if not cell:
        return None if "pattern" in limits else "something"
    if "pattern" in limits:
        return cell[:-1] + ("1" if cell[-1] != "1" else "2")
    return f"{cell[: limits.get('maxLength', 999) - 1]}x"


def mutants(folder, cells, dice, chosen):
    """Yield the changes: kind, path, line, column, old and new value, and the new text of the file."""
    lists = known(folder)
    lists["units"] = pd.read_csv(folder / "measures.csv")["unit"].unique().tolist()
    for path, schema in study.paths(folder).items():
        if chosen and Path(path).stem not in chosen:
            continue
        lines = (folder / path).read_text(encoding="utf-8").rstrip("\n").split("\n")
        rows = [next(csv.reader([line])) for line in lines]
        links = {link["fields"][0]: link["reference"]["resource"] for link in schema.get("foreignKeys", [])}

        def text(number, *new, lines=lines):
            return "\n".join([*lines[:number], *new, *lines[number + 1 :]]) + "\n"

        whole = range(1, len(lines))
        for number in whole if cells is None else dice.sample(whole, min(2, len(whole))):
            line = lines[number]
            doubled = text(number, line, line)
            yield "doubled row", path, number + 2, None, line, line, doubled
            yield "short row", path, number + 1, None, line, line, text(number, row_text(rows[number][:-1]))
        for place, field in enumerate(schema["fields"]):
            column, link = field["name"], links.get(field["name"])
            picked = list(whole) if cells is None else sorted(dice.sample(whole, min(cells, len(whole))))
            for turn_number, number in enumerate(picked):
                cell = rows[number][place]

                def with_cell(new, number=number, place=place, rows=rows):
                    return row_text([*rows[number][:place], new, *rows[number][place + 1 :]])

                if turn_number == 0 or cells is None:
                    for kind, new in spoil(cell, field, link, path):
                        if new != cell:
                            yield kind, path, number + 1, column, cell, new, text(number, with_cell(new))
                    quoted = [c.replace(",", ";").replace(QUOTE, "") for c in rows[number]]
                    quoted[place] = f"a{QUOTE}{quoted[place]}"
                    line = ",".join(quoted)
                    yield "stray quote", path, number + 1, column, cell, quoted[place], text(number, line)
                new = turn(cell, field, link, lists, dice)
                if new is not None and new != cell:
                    yield "meaning", path, number + 1, column, cell, new, text(number, with_cell(new))


def code_cells(path):
    """Return the code cells of a notebook, compiled: id, statements, last expression or None."""
    cells = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        name = f"{path.name}:{cell['id']}"
        shown = compile(ast.Expression(last.value), name, "eval") if last else None
        cells.append((cell["id"], compile(tree, name, "exec"), shown))
    return cells


def shown(value):
    """Return what a value shows, as text."""
    if value is None:
        return ""
    if isinstance(value, pd.DataFrame | pd.Series):
        with pd.option_context("display.max_rows", None, "display.max_columns", None, "display.width", 1000):
            return value.to_string() + str(getattr(value.index, "names", ""))
    return str(getattr(value, "data", value))


def drawn(figure):
    """Return the texts and marks of a figure, with their places and colours."""
    parts = []
    for artist in figure.findobj():
        if isinstance(artist, mpl.text.Text):
            parts.append((artist.get_text(), artist.get_position(), artist.get_color()))
        elif isinstance(artist, mpl.lines.Line2D):
            look = artist.get_marker(), artist.get_color(), artist.get_linestyle()
            parts.append((artist.get_xydata().tolist(), look))
        elif isinstance(artist, mpl.collections.Collection):
            paths = [path.vertices.tolist() for path in artist.get_paths()]
            sizes = getattr(artist, "get_sizes", list)()
            parts.append((artist.get_offsets().tolist(), list(sizes), paths, artist.get_facecolor().tolist()))
        elif isinstance(artist, mpl.patches.Patch):
            box = artist.get_path().transformed(artist.get_patch_transform()).vertices
            parts.append((box.tolist(), artist.get_facecolor()))
    return repr(parts)


def run(path):
    """Execute a notebook in process; yield for each cell its id and what it shows."""
    space = {"__name__": "__main__"}
    for name, statements, last in code_cells(path):
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(statements, space)
                value = eval(last, space) if last else None
                text = printed.getvalue() + shown(value)
                text += "".join(drawn(plt.figure(number)) for number in plt.get_fignums())
        except Exception as fault:
            yield name, f"{type(fault).__name__}: {fault}"
            return
        finally:
            plt.close("all")
        yield name, text


def reaction(path, expected, everywhere):
    """Return where the notebooks differ from what is expected, the likeliest ones first, or None.

    Only the notebooks that read the table are asked, unless all are to be asked.
    """
    first = READERS.get(Path(path).stem, "1234567")
    asked = [book for book in NOTEBOOKS if everywhere or book.name[1] in first]
    for notebook in sorted(asked, key=lambda book: (first + "1234567").index(book.name[1])):
        for number, (name, text) in enumerate(run(notebook)):
            if expected[notebook][number : number + 1] != [(name, text)]:
                return f"{notebook.name[:2]}, {name}"
    return None


def unsettled(path, folder):
    """Return the test that a changed coding fails: the decisions settle the codings, and no more."""
    if not path.startswith("codings/"):
        return None
    sys.path.insert(0, str(ROOT / "tests"))
    import test_agreement as tests

    for test in (
        tests.test_decisions_settle_every_disagreement,
        tests.test_the_adjudicated_coding_follows_the_decisions,
    ):
        try:
            test(study.load(folder))
        except AssertionError:
            return test.__name__
    return None


def main(arguments=None):
    """Make the changes, print what survives; return 1 if something that matters does."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--all", action="store_true", help="every cell, not a sample (takes hours)")
    parser.add_argument("--cells", type=int, default=2, help="cells to change in each column")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--table", action="append", help="only this table; may be given again")
    options = parser.parse_args(arguments)
    source = study.find()
    with tempfile.TemporaryDirectory() as desk:
        folder = Path(shutil.copytree(source, Path(desk) / source.name))
        loading.ROOT = Path(desk)  # the notebooks load the study by its name
        expected = {notebook: list(run(notebook)) for notebook in NOTEBOOKS}
        cells = None if options.all else options.cells
        number, caught, survivors, serious = Counter(), Counter(), [], 0
        for kind, path, line, column, old, new, text in mutants(
            source, cells, random.Random(options.seed), options.table
        ):
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
            faults = [str(fault) for fault in study.check(folder)]
            group = "changes of meaning" if kind == "meaning" else "structural faults"
            number[group] += 1
            if kind == "meaning":
                where = "check" if faults else reaction(path, expected, column in MATTERS)
                by = "check" if faults else "notebooks"
                if not where:
                    where, by = unsettled(path, folder), "tests"
            else:
                by = "check"
                where = next((fault for fault in faults if fault.startswith(f"{path}, line {line}")), None)
            (folder / path).write_bytes((source / path).read_bytes())
            if where:
                caught[group, by] += 1
                continue
            matters = kind != "meaning" or column in MATTERS
            serious += matters
            survivors.append((path, column))
            said = f" (the check says: {faults[0]})" if faults else ""
            print(
                f"{'SURVIVES' if matters else 'survives'}: {kind}, {path}, line {line}, column {column}: "
                f"{old!r} → {new!r}{said}",
                flush=True,
            )
    for group, total in number.items():
        parts = [f"{caught[group, place]} by {words}" for place, words in
                 (("check", "the check"), ("notebooks", "what a notebook shows"),
                  ("tests", "a test of the codings")) if caught[group, place]]  # fmt: skip
        print(f"{group}: {total}; found: {', '.join(parts) or 'none'}")
    print(f"{len(survivors)} survive, {serious} of them matter")
    return 1 if serious else 0


if __name__ == "__main__":
    sys.exit(main())
