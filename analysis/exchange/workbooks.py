"""Write a sheet to code in: one row per sentence, with a drop-down list for every code."""

import re
from pathlib import Path

import pandas as pd

from analysis.article.tokens import sentences
from analysis.exchange.archives import refuse_signs
from analysis.exchange.spreadsheets import filled, harmless, saved, table_csv
from analysis.files import read, write
from analysis.study import loading
from analysis.study.codebook import CODES, NONE
from analysis.study.schemas import categories
from analysis.study.translations import codebook_path
from analysis.study.wording import BESIDE, heading, say, wording

SHEETS = ("statements", "issues", "guide", "lists")
CODED = (*CODES, "joint", "gist")
ISSUES = ("issue", "label", "theme", "doer", "proposition", "definition", "includes", "excludes", "example")
WIDTHS = {"paragraph": 12, "passage": 70, "suggested": 24, "gist": 44, "position": 20, "joint": 8}
OWN_STUDY = re.compile(r"## (?:Notes|Changes|Notas|Cambios)\b")  # what concerns single passages
MOST_ROWS = 2000  # rows that have drop-down lists


def write_workbook(study, words, path, suggested=None):
    """Write a sheet to code in, as an Excel workbook or CSV by its ending; return the number of sentences.

    It holds the reader's text, so it is written outside every git work tree and every study.
    """
    path = Path(path)
    if refusal := unfit(path):
        raise ValueError(f"{path}: {refusal}; nothing was written")
    if not words:
        raise ValueError("the copy has no paragraph of the study as it was coded; nothing was written")
    rows = to_code(words, suggested)
    refuse_signs(study, **{"the sheet": rows})
    named = rows.rename(columns=lambda column: heading(study, column))
    write(path, table_csv(named) if path.suffix == ".csv" else _book(study, rows))
    return len(rows)


def unfit(path):
    """Say why a sheet with the text may not be written to a path; nothing if it may."""
    if path.suffix not in (".xlsx", ".csv"):
        return "name a file that ends in .xlsx or .csv"
    if path.exists() or path.is_symlink():
        return "there is such a file already"
    if not path.parent.is_dir():
        return "name a folder that exists"
    around = path.resolve().parents
    packaged = loading.ROOT.is_dir() and loading.ROOT.resolve().parent in around
    if any((folder / ".git").exists() for folder in around):
        inside = "a git work tree"
    elif packaged or any((folder / "study.toml").exists() for folder in around):
        inside = "a study or the package"
    else:
        return ""
    return f"this is within {inside}, and the sheet holds the text: choose a folder outside"


def to_code(words, suggested=None):
    """Return the rows of a sheet: one per sentence, its codes empty.

    Returns
    -------
    pandas.DataFrame
        `paragraph`, `passage`, `suggested` (issues whose terms stand there, each with a question
        mark), and the columns to fill in.
    """
    marked = {}
    for row in suggested.itertuples() if suggested is not None else ():
        marked.setdefault((row.paragraph, row.start), []).append(f"{row.issue}?")
    rows = [(paragraph, text[start:end], ", ".join(marked.get((paragraph, start), [])))
            for paragraph, text in words.items() for start, end in sentences(text)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["paragraph", "passage", "suggested"])
    return frame.assign(**dict.fromkeys(CODED, ""))


def choices(study):
    """Return what each column may hold: from column to a list of ids, each with its name beside it."""
    sides = [(name, side["label"]) for name, side in study.meta["sides"].items()]
    sides.append((NONE, say(study, "no-side")))
    issues = list(study.issues[["issue", "label"]].itertuples(index=False))
    actors = list(study.actors[["actor", "label"]].itertuples(index=False))
    found = {"issue": issues, "side": sides} | dict.fromkeys(("actor", "speaker"), actors)
    found["addressee"] = [*sides, *actors]
    for name in set(CODES) - set(found):
        found[name] = [(code, say(study, f"code-{name}-{code}")) for code in categories("coding", name)]
    return {name: [f"{value}{BESIDE}{label}" for value, label in found[name]] for name in CODES}


def hint(study, column):
    """Return what a cell of a column holds, and the rule that is most often forgotten there."""
    told = say(study, f"field-{column}")
    return f"{told}. {say(study, f'hint-{column}')}" if f"hint-{column}" in wording() else told


def guide(study):
    """Return the lines of the general codebook, without what concerns single passages, and the columns."""
    path, lines, kept = codebook_path(study), [], True
    for line in read(path).decode("utf-8").splitlines() if path.is_file() else ():
        if line.startswith("## "):
            kept = not OWN_STUDY.match(line)
        if kept and not line.startswith("<!--"):
            lines.append(re.sub(r"\[([^\]]*)\]\([^)]*\)|[*`]", r"\1", line))
    lines += ["", say(study, "guide-columns"), ""]
    lines += [f"{heading(study, name)}: {say(study, f'guide-{name}')}" for name in ("passage", "suggested")]
    lines += [f"{heading(study, name)}: {hint(study, name)}" for name in CODED]
    return [*lines, "", say(study, "guide-end")]


def _book(study, rows):
    """Return the workbook: the rows, the issues, the guide, and the lists behind the drop-downs."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book, wrapped = Workbook(), Alignment(wrap_text=True, vertical="top")
    book.remove(book.active)
    lists, called = choices(study), {name: say(study, f"sheet-{name}") for name in SHEETS}
    frames = (rows, study.issues[list(ISSUES)], pd.DataFrame({"guide": guide(study)}),
              pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in lists.items()}))  # fmt: skip
    for name, frame in zip(SHEETS, frames, strict=True):
        told = {column: called[name] if name == "guide" else heading(study, column) for column in frame}
        cells = frame.fillna("") if name == "lists" else frame.map(harmless)
        sheet = filled(book, called[name], cells.replace("", None).rename(columns=told))
        for row in sheet.iter_rows():
            for cell in row:
                cell.alignment = wrapped
        for place, column in enumerate(frame.columns, 1):
            width = {"guide": 110, "issues": 34}.get(name, WIDTHS.get(column, 26))
            sheet.column_dimensions[get_column_letter(place)].width = width
    coded = book[called["statements"]]
    coded.auto_filter.ref = coded.dimensions
    for place, (column, values) in enumerate(lists.items(), 1):
        letter, at = get_column_letter(place), get_column_letter(list(rows.columns).index(column) + 1)
        listed = f"{called['lists']}!${letter}$2:${letter}${len(values) + 1}"
        rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=True)
        rule.error = say(study, "choose", lists=called["lists"], column=heading(study, column))
        rule.errorTitle = say(study, "codes")
        rule.prompt, rule.showInputMessage = hint(study, column), True
        rule.add(f"{at}2:{at}{max(MOST_ROWS, len(rows) + 1)}")
        coded.add_data_validation(rule)
    for column in CODED[len(lists) :]:  # no list, but the same help
        at = get_column_letter(list(rows.columns).index(column) + 1)
        rule = DataValidation(allow_blank=True, prompt=hint(study, column), showInputMessage=True)
        rule.add(f"{at}2:{at}{max(MOST_ROWS, len(rows) + 1)}")
        coded.add_data_validation(rule)
    return saved(book)
