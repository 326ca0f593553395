"""Spoil the data cell by cell, and see that nothing changes silently.

Two kinds of change are made to a copy of the study, one at a time. A structural fault (a cell emptied,
of the wrong type, an unknown code or id, a stray quote, a row doubled or short of a cell, a span
out of range) must be found by the check, which must name its file and line. A change of meaning
(another code that the check allows) must be found by it or by the comparison with the raw sheets, or change what some notebook shows
or stop one of its assertions. What survives is printed, a line each.
"""

import argparse
import csv
import hashlib
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
import raw_sheets

from analysis import study
from analysis.study import loading
from analysis.study.schemas import table_of

# The notebooks to ask first, by the table that is changed; the others follow.
READERS = {
    "documents": "01", "paragraphs": "01 03 05 07", "words": "01", "issues": "A1 02 03 04 05", "actors": "A1 02 05 03",
    "rankings": "A1 03 04", "findings": "03 04 05 07", "measures": "A2 06", "claims": "A2 06",
    "checks": "A2 06", "rechecks": "06 A2", "series": "A2 06 04", "criteria": "07", "former_wants": "07",
    "facts": "07 A2", "effects": "07", "agenda": "A2 07", "headings": "07", "outside": "A1 06 07",
    "coverage": "05 A1", "contested": "05", "captions": "04", "provenance": "A1 05", "es": "04",
    "adjudicated": "01 02 03 05", "decisions": "05",
}  # fmt: skip
# What may change without being seen: columns, each with its reason. Nothing survives in any other.
UNSEEN = Path(__file__).with_name("unseen.csv")
# Columns whose values come from other tables or from study.toml, where the schema does not say so.
LISTED = {
    "side": "sides",
    "theme": "themes",
    "addressee": "addressees",
    "horizon": "horizons",
    "unit": "units",
}
WORDS = (("yes", "no", "partly", "silent"), ("up", "down", "level"))
QUOTE = '"'


def unseen():
    """Return the columns that may change without being seen: from table and column to the reason."""
    with UNSEEN.open(encoding="utf-8", newline="") as file:
        return {(row["table"], row["column"]): row["reason"] for row in csv.DictReader(file)}


def row_text(cells):
    """Write the cells of a row as a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def known(folder):
    """Return the values that columns may take from other tables or from study.toml."""
    loaded = study.load(folder)
    sides = [*loaded.meta["sides"], study.NONE]
    lists = {name: frame[frame.columns[0]].tolist() for name, frame in vars(loaded).items()
             if isinstance(frame, pd.DataFrame)}  # fmt: skip
    lists |= {"themes": list(loaded.meta["themes"]), "units": loaded.measures["unit"].tolist()}
    lists |= {"addressees": [*sides, *lists["actors"]], "horizons": list(loaded.meta["horizons"])}
    return lists | {"sides": sides}


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


def changes(folder, cells, dice, chosen):
    """Yield changes: kind, path, line, column, old and new value, and the lines that take a line's place."""
    lists = known(folder)
    for path, schema in study.paths(folder).items():
        if chosen and Path(path).stem not in chosen:
            continue
        lines = (folder / path).read_text(encoding="utf-8").rstrip("\n").split("\n")
        whole = range(1, len(lines))
        links = {link["fields"][0]: link["reference"]["resource"] for link in schema.get("foreignKeys", [])}
        for number in whole if cells is None else dice.sample(whole, min(2, len(whole))):
            line = lines[number]
            short = row_text(next(csv.reader([line]))[:-1])
            yield "doubled row", path, number + 2, None, line, line, [line, line]
            yield "short row", path, number + 1, None, line, short, [short]
        for place, field in enumerate(schema["fields"]):
            name, source = field["name"], LISTED.get(field["name"]) or links.get(field["name"])
            options = field.get("constraints", {}).get("enum") or lists.get(source)
            picked = whole if cells is None else sorted(dice.sample(whole, min(cells, len(whole))))
            for number in picked:
                row = next(csv.reader([lines[number]]))
                found = [("meaning", turn(row[place], field, options, dice))]
                if number == picked[0] or cells is None:
                    found += spoil(row[place], field, options, path)
                    quoted = [value.replace(",", ";").replace(QUOTE, "") for value in row]
                    quoted[place] = f"a{QUOTE}{quoted[place]}"
                    line = ",".join(quoted)
                    yield "stray quote", path, number + 1, name, row[place], quoted[place], [line]
                for kind, new in found:
                    if new is not None and new != row[place]:
                        line = row_text([*row[:place], new, *row[place + 1 :]])
                        yield kind, path, number + 1, name, row[place], new, [line]


def drawn(number):
    """Return a digest of a figure as it is seen."""
    canvas = plt.figure(number).canvas
    canvas.draw()
    return hashlib.sha256(canvas.buffer_rgba()).hexdigest()


def told(path):
    """Execute a notebook; yield for each cell its id and what it shows; after an error, nothing more."""
    try:
        for name, printed, value in in_process.run(path):
            yield name, "".join([printed, in_process.shown(value), *map(drawn, plt.get_fignums())])
            plt.close("all")
    except Exception as fault:
        yield "error", f"{type(fault).__name__}: {fault}"
    finally:
        plt.close("all")


def reaction(path, expected, everywhere):
    """Return True if a notebook differs from what is expected: one that reads the table, or any."""
    first = READERS.get(Path(path).stem, "").split()
    books = {book.name[:2]: book for book in expected}
    for name in [*first, *(sorted(set(books) - set(first)) if everywhere or not first else [])]:
        for number, cell in enumerate(told(books[name])):
            if expected[books[name]][number : number + 1] != [cell]:
                return True
    return False


def main(arguments=None):
    """Make the changes, print what survives; return 1 if something that matters does."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every cell, not a sample (takes hours)")
    parser.add_argument("--cells", type=int, default=2, help="cells to change in each column")
    parser.add_argument(
        "--meaning", type=int, help="so many changes of meaning, drawn from all, and no faults"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--table", action="append", help="only this table; may be given again")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    source, dice = study.find(), random.Random(options.seed)
    made = changes(source, None if options.all else options.cells, dice, options.table)
    if options.meaning:
        made = [change for change in made if change[0] == "meaning"]
        made = dice.sample(made, min(options.meaning, len(made)))
    with tempfile.TemporaryDirectory() as desk:
        folder = Path(shutil.copytree(source, Path(desk) / source.name))
        loading.ROOT = Path(desk)  # the notebooks load the study by its name
        books = [*in_process.NOTEBOOKS, *in_process.APPENDIX]
        expected = {notebook: list(told(notebook)) for notebook in books}
        broken = [path.name for path, cells in expected.items() if cells[-1][0] == "error"]
        if broken:
            print(f"these do not run, and would notice nothing: {', '.join(broken)}")
            return 1
        counts, serious = Counter(), 0
        for kind, path, line, column, old, new, lines in made:
            whole = (source / path).read_text(encoding="utf-8").split("\n")
            place = line - 1 - (kind == "doubled row")
            text = "\n".join([*whole[:place], *lines, *whole[place + 1 :]])
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
            faults, meant = [str(fault) for fault in study.check(folder)], kind == "meaning"
            if meant and path.startswith("codings/"):
                faults += raw_sheets.differences(folder)  # which a test compares
            listed = meant and (table_of(path), column) in unseen()
            by = ""
            if any(fault.startswith(f"{path}, line {line}") for fault in faults) or (meant and faults):
                by = "found by the check"
            elif meant and reaction(path, expected, not listed):
                by = "seen in what a notebook shows"
            shutil.copy(source / path, folder / path)
            counts["changes of meaning" if meant else "structural faults", by or "not found"] += 1
            if not by:
                serious += not listed
                what = f"{kind}, {path}, line {line}, column {column}: {old!r} → {new!r}"
                print(f"{'survives' if listed else 'SURVIVES'}: {what}", flush=True)
    for (group, by), number in sorted(counts.items()):
        print(f"{group} {by}: {number}")
    print(f"{serious} that matter survive")
    return int(serious > 0)


if __name__ == "__main__":
    sys.exit(main())
