"""Spoil the data cell by cell, and see that nothing changes silently.

Two kinds of change are made to copies of a study, one at a time. A structural fault (a cell emptied,
of the wrong type, an unknown code or id, a stray quote, a row doubled or short of a cell, a span
out of range) must be found by the check, which must name its file and line. A change of meaning
(another code that the check allows) must be found by it, or change what some notebook shows
or stop one of its assertions. What survives is printed, a line each.

Usage: python quality/mutate.py [--all] [--cells N] [--seed N] [--table NAME …]
"""

import argparse
import csv
import io
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

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import in_process

from analysis import study
from analysis.study import loading
from analysis.study.schemas import table_of

# The notebooks to ask first, by the table that is changed; the others follow.
READERS = {
    "paragraphs": "1357", "words": "1", "issues": "2345", "actors": "253", "rankings": "3457",
    "findings": "3457", "measures": "6", "claims": "6", "checks": "6", "rechecks": "6", "series": "6", "criteria": "7",
    "former_wants": "7", "facts": "7", "effects": "7", "agenda": "7", "headings": "7",
    "outside": "67", "adjudicated": "1235", "first": "5", "second": "5",
    "decisions": "5",
}  # fmt: skip
# What may change without being seen: columns, each with its reason. Nothing survives in any other.
UNSEEN = Path(__file__).with_name("unseen.csv")
# Columns whose values come from other tables or from study.toml, where the schema does not say so.
LISTED = {
    "side": "sides", "theme": "themes", "addressee": "addressees", "horizon": "horizons", "unit": "units",
}  # fmt: skip
WORDS = (("yes", "no", "partly", "silent"), ("up", "down", "level"))
QUOTE = '"'
BY = ("the check", "what a notebook shows")


def unseen():
    """Return the columns that may change without being seen: from table and column to the reason."""
    with UNSEEN.open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["column"]): row["reason"] for row in csv.DictReader(file)}


def row_text(cells):
    """Write the cells of a row as a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().removesuffix("\n")


def known(folder):
    """Return the values that columns may take from other tables or from study.toml."""
    loaded = study.load(folder)
    sides = [*loaded.meta["sides"], study.NONE]
    lists = {name: frame[frame.columns[0]].tolist() for name, frame in vars(loaded).items()
             if isinstance(frame, pd.DataFrame)}  # fmt: skip
    lists |= {
        "sides": sides,
        "themes": list(loaded.meta["themes"]),
        "units": loaded.measures["unit"].tolist(),
    }
    return lists | {"addressees": [*sides, *lists["actors"]], "horizons": list(loaded.meta["horizons"])}


def spoil(cell, field, options, path):
    """Yield the structural faults of a cell: what it is, and what is put in its place."""
    limits, kind, name = field.get("constraints", {}), field["type"], field["name"]
    if limits.get("required"):
        yield "empty", ""
    if options:
        yield "unknown code or id", "zz9-unknown"
    number = kind in ("integer", "number", "boolean", "date") or limits.get("pattern", "").startswith("[0-9]")
    if number or (name == "value" and path != "checks.csv"):
        yield "wrong type", "many"
    if name in ("start", "end"):
        yield "span out of range", "999999" if name == "start" else "0"
    yield "white space", f"{cell} "


def turn(cell, field, options, dice):
    """Return another legal value of a cell, or None where there is none to think of."""
    limits, name = field.get("constraints", {}), field["name"]
    options = options or next((words for words in WORDS if cell in words), None)
    if options:
        others = sorted({option for option in options if option != cell})
        return dice.choice(others) if others else None
    if name == "arguments":
        swap = {"US": "Mexico", "Mexico": "US"}
        less = re.sub(r"[0-9.]+$", lambda number: f"{float(number[0]) * 0.3:.4f}".rstrip("0."), cell)
        return less if less != cell else re.sub(r"\b(US|Mexico)\b", lambda side: swap[side[1]], cell)
    if not cell:
        return None if field["type"] != "string" or "pattern" in limits else "something"
    if field["type"] == "integer":
        return str(int(cell) + 1)
    if re.match(r"[0-9]{4}(-|$)", cell) and name in ("value", "period", "date", "source_date"):
        return re.sub(r"[0-9]{4}", lambda year: str(int(year[0]) - 1), cell)
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
        return f"{float(cell) * 2 + ('.' not in cell):g}"
    if "pattern" in limits:
        return cell[:-1] + ("1" if cell[-1] != "1" else "2")
    return f"{cell[: limits.get('maxLength', 999) - 1]}x"


def mutants(folder, cells, dice, chosen):
    """Yield the changes: kind, path, line, column, old and new value, and the new text of the file."""
    lists = known(folder)
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
            yield "doubled row", path, number + 2, None, line, line, text(number, line, line)
            yield "short row", path, number + 1, None, line, line, text(number, row_text(rows[number][:-1]))
        for place, field in enumerate(schema["fields"]):
            name = field["name"]
            options = field.get("constraints", {}).get("enum") or lists.get(
                LISTED.get(name) or links.get(name)
            )
            picked = list(whole) if cells is None else sorted(dice.sample(whole, min(cells, len(whole))))
            for number in picked:
                row = rows[number]
                cell = row[place]
                found = [("meaning", turn(cell, field, options, dice))]
                if number == picked[0] or cells is None:
                    found += spoil(cell, field, options, path)
                    quoted = [value.replace(",", ";").replace(QUOTE, "") for value in row]
                    quoted[place] = f"a{QUOTE}{quoted[place]}"
                    line = text(number, ",".join(quoted))
                    yield "stray quote", path, number + 1, name, cell, quoted[place], line
                for kind, new in found:
                    if new is not None and new != cell:
                        line = text(number, row_text([*row[:place], new, *row[place + 1 :]]))
                        yield kind, path, number + 1, name, cell, new, line


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
            parts.append((artist.get_xydata().tolist(), artist.get_marker(), artist.get_color()))
        elif isinstance(artist, mpl.collections.Collection):
            parts.append((artist.get_offsets().tolist(), artist.get_facecolor().tolist()))
        elif isinstance(artist, mpl.patches.Patch):
            parts.append((artist.get_window_extent().bounds, artist.get_facecolor()))
    return repr(parts)


def told(path):
    """Execute a notebook; yield for each cell its id and what it shows; after an error, nothing more."""
    try:
        for name, printed, value in in_process.run(path):
            figures = [drawn(plt.figure(number)) for number in plt.get_fignums()]
            plt.close("all")
            yield name, "".join([printed, shown(value), *figures])
    except Exception as fault:
        plt.close("all")
        yield "error", f"{type(fault).__name__}: {fault}"


def reaction(path, expected, everywhere):
    """Return True if a notebook differs from what is expected: one that reads the table, or any."""
    first = READERS.get(Path(path).stem, "1234567")
    asked = [book for book in in_process.NOTEBOOKS if everywhere or book.name[1] in first]
    for notebook in sorted(asked, key=lambda book: (first + "1234567").index(book.name[1])):
        for number, (name, text) in enumerate(told(notebook)):
            if expected[notebook][number : number + 1] != [(name, text)]:
                return True
    return False


def main(arguments=None):
    """Make the changes, print what survives; return 1 if something that matters does."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--all", action="store_true", help="every cell, not a sample (takes hours)")
    parser.add_argument("--cells", type=int, default=2, help="cells to change in each column")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--table", action="append", help="only this table; may be given again")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    source = study.find()
    with tempfile.TemporaryDirectory() as desk:
        folder = Path(shutil.copytree(source, Path(desk) / source.name))
        loading.ROOT = Path(desk)  # the notebooks load the study by its name
        expected = {notebook: list(told(notebook)) for notebook in in_process.NOTEBOOKS}
        cells = None if options.all else options.cells
        number, caught, survivors, serious = Counter(), Counter(), [], 0
        for kind, path, line, column, old, new, text in mutants(
            source, cells, random.Random(options.seed), options.table
        ):
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
            faults = [str(fault) for fault in study.check(folder)]
            group = "changes of meaning" if kind == "meaning" else "structural faults"
            number[group] += 1
            named = any(fault.startswith(f"{path}, line {line}") for fault in faults)
            answers = [named or (kind == "meaning" and bool(faults))]
            if kind == "meaning" and not faults:
                answers += [reaction(path, expected, (table_of(path), column) not in unseen())]
            (folder / path).write_bytes((source / path).read_bytes())
            if any(answers):
                caught[group, BY[answers.index(True)]] += 1
                continue
            matters = kind != "meaning" or (table_of(path), column) not in unseen()
            serious += matters
            survivors.append((path, column))
            what = f"{kind}, {path}, line {line}, column {column}: {old!r} → {new!r}"
            print(f"{'SURVIVES' if matters else 'survives'}: {what}", flush=True)
    for group, total in number.items():
        parts = [f"{caught[group, by]} by {by}" for by in BY if caught[group, by]]
        print(f"{group}: {total}; found: {', '.join(parts) or 'none'}")
    print(f"{len(survivors)} survive, {serious} of them matter")
    return 1 if serious else 0


if __name__ == "__main__":
    sys.exit(main())
