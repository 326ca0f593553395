"""Take a further coding into a study: from a CSV or Excel sheet, or from a REFI-QDA project.

Nothing is written before the whole coding has passed the checks of the study.
"""

import csv
import io
import re
import tempfile
from pathlib import Path

from analysis import article, export, files, refi, study, tables
from analysis.words import WORD

CODER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TAKEN = ("adjudicated", "decisions")
SHEET = "statements"
MOST_ROWS = 20_000
# Columns that a sheet may lack, because they can be found: the last three from a passage and a copy.
FOUND = ("statement", "joint", "start", "end", "anchor")
PASSAGE = "passage"


def take(name, path, coder, text=None):
    """Add a further coding to a study.

    Parameters
    ----------
    name : str or Path
        The study.
    path : str or Path
        A sheet (.csv, .tsv, .xlsx) with the columns of a coding, or a REFI-QDA project (.qdpx).
        Instead of `start`, `end` and `anchor` a sheet may give the words of the passage in a column
        `passage`; they are looked for in the reader's copy.
    coder : str
        Name of the coding: a new file in `codings/`, or one that has no statement yet.
    text : str or Path, optional
        The reader's copy of the article.

    Returns
    -------
    Path
        The file that was written.
    number : int
        Statements in it.
    left : list of str
        What the file holds that a coding cannot.

    Raises
    ------
    ValueError
        If the coder's name cannot be used, or the file holds faults; a line for each.
    """
    folder, path = study.find(name), Path(path)
    if not CODER.fullmatch(coder) or coder in TAKEN:
        raise ValueError(f"{tables.shown(coder)}: a coder's name has small letters, digits and -, at most 40")
    target = folder / "codings" / f"{coder}.csv"
    if target.exists() and files.read(target).strip().count(b"\n"):
        raise ValueError(f"codings/{coder}.csv: a coding of this name is there already; nothing was changed")
    loaded = study.load(folder, unfinished=True)
    words = export.coded_text(loaded, article.read_copy(text)) if text is not None else {}
    if path.suffix.lower() in (".qdpx", ".qde"):
        rows, left = from_project(loaded, path, coder)
    else:
        rows, left = from_sheet(loaded, path, words, coder)
    rows, lines = _ordered(loaded, rows)
    data = _table(rows)
    faults, descriptor = _tried(folder, coder, data)
    if faults:
        raise ValueError("\n".join(str(_placed(fault, coder, path, lines)) for fault in faults))
    files.write_all({target: data, folder / "datapackage.json": descriptor})
    return target, len(rows), left


def _names():
    """Return the columns of a coding."""
    return [field["name"] for field in tables.schema()["coding"]["schema"]["fields"]]


def _table(rows):
    """Return the rows of a coding as a CSV file, bytes."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _names(), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "backslashreplace")


def _tried(folder, coder, data):
    """Return the faults that a study would have with a further coding, and its datapackage.json."""
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / folder.resolve().name
        (trial / "codings").mkdir(parents=True)
        for path in ("study.toml", *tables.paths(folder)):
            (trial / path).write_bytes(files.read(folder / path))
        (trial / "codings" / f"{coder}.csv").write_bytes(data)
        tables.write_package(trial)
        return study.check(trial), tables.descriptor(trial)


def _placed(fault, coder, path, lines):
    """Name in a fault the file and the line that the reader knows."""
    if fault.file != f"codings/{coder}.csv":
        return fault
    line = lines[fault.line - 2] if fault.line is not None and 2 <= fault.line < len(lines) + 2 else None
    return fault._replace(file=path.name, line=line if fault.line is not None else None)


def _ordered(loaded, rows):
    """Put rows into the order of the text; return also the line that each came from."""
    order = dict(zip(loaded.paragraphs["paragraph"], loaded.paragraphs["order"], strict=True))

    def place(row):
        start = str(row["start"])
        known = re.fullmatch(r"[0-9]{1,9}", start)
        return order.get(row["paragraph"], len(order) + 1), int(start) if known else 0

    rows = sorted(rows, key=place)
    return rows, [row["line"] for row in rows]


def from_sheet(loaded, path, words, coder):
    """Read the rows of a coding from a CSV or Excel sheet.

    Returns
    -------
    rows : list of dict
        Text by column, and `line`.
    left : list of str
        Columns that a coding does not have.
    """
    cells = _excel(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _plain(path)
    if not cells:
        raise ValueError(f"{path.name}: the sheet is empty; a header is needed")
    number, header = cells[0]
    header = [cell.strip().casefold() for cell in header]
    while header and not header[-1]:
        header.pop()
    names = _names()
    if len(set(header)) < len(header):
        raise ValueError(f"{path.name}, line {number}: a column is there twice")
    by_passage = PASSAGE in header and not {"start", "end"} <= set(header)
    lacking = [name for name in names if name not in header and name not in FOUND]
    if not by_passage:
        lacking += [name for name in ("start", "end", "anchor") if name not in header]
    if lacking:
        raise ValueError(f"{path.name}, line {number}: columns are missing: {', '.join(lacking)}")
    if by_passage and not words:
        raise ValueError(f"{path.name}: passages are looked for in your copy: point to it with --text")
    if len(cells) - 1 > MOST_ROWS:
        raise ValueError(f"{path.name}: at most {MOST_ROWS} rows are read")
    rows, faults = [], []
    for line, row in cells[1:]:
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(header) :]):
            faults.append(tables.Fault(path.name, line, None, None, "a cell stands outside the columns"))
            continue
        row = [*row, *[""] * (len(header) - len(row))]
        found = dict.fromkeys(names, "") | {
            name: _bare(cell) for name, cell in zip(header, row, strict=False) if name in [*names, PASSAGE]
        }
        found["line"] = line
        if not found["statement"]:
            found["statement"] = f"{re.sub('[^a-z]', '', coder) or 's'}{len(rows) + 1:02}"
        if by_passage:
            fault = _locate(found, words, path.name)
            faults += [fault] if fault else []
        rows.append(found)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    derived = {"issue_label", "theme", "actor_label", "side_label", "speaker_label", "kind"}
    left = [f"column {name}" for name in header if name not in [*names, PASSAGE] and name not in derived]
    return rows, left


def _bare(cell):
    """Return a cell without white space around it and without the apostrophe that `export` put on."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and export.FORMULA.match(cell[1:]) else cell


def _plain(path):
    """Return the rows of a CSV file as Excel and other programs save it: (line, cells)."""
    text = article.decode(path)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        raise ValueError(
            f"{path.name}, line {line}: this is not CSV, a quote or a cell does not end"
        ) from None
    return [(line, row) for line, row in rows if row]


def _excel(path):
    """Return the rows of the sheet `statements`, or of the first, of an Excel workbook."""
    held = files.unpack(path)
    if "[Content_Types].xml" not in held:
        raise ValueError(f"{path.name}: this archive is no Excel workbook")
    for name, data in held.items():
        if name.endswith((".xml", ".rels")):
            files.parse(data, f"{path.name}, {name}")
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(files.read(path, files.MOST_BYTES)), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        rows = []
        for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
            if line > MOST_ROWS + 1:
                raise ValueError(f"{path.name}: at most {MOST_ROWS} rows are read")
            rows.append((line, [_text(value) for value in row[:200]]))
    except ValueError as fault:
        if str(fault).startswith(path.name):
            raise
        raise ValueError(f"{path.name}: this workbook cannot be read") from None
    except Exception:  # openpyxl fails on damaged workbooks in many ways.
        raise ValueError(f"{path.name}: this workbook cannot be read") from None
    return [(line, row) for line, row in rows if any(row)]


def _text(value):
    """Return the value of an Excel cell as text; a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _locate(row, words, file):
    """Fill the span and the anchor of a row from its passage; return a fault if there is none."""

    def fault(allowed):
        return tables.Fault(file, row["line"], PASSAGE, row.get(PASSAGE, ""), allowed)

    text, passage = words.get(row["paragraph"]), article.normalise(row.get(PASSAGE, ""))
    if text is None:
        return fault(f"your copy has no paragraph {row['paragraph']}")
    if not passage or text.count(passage) != 1:
        return fault("words that stand once in the paragraph are needed, as they stand there")
    start = text.index(passage)
    anchor = find_anchor(words, row["paragraph"], start, start + len(passage))
    if not anchor:
        return fault("no phrase of three to eight words there stands once in the article")
    row |= {"start": str(start), "end": str(start + len(passage)), "anchor": anchor}
    return None


def find_anchor(words, paragraph, start, end):
    """Return a phrase by which a reader finds a span: the first of the shortest that stand once.

    Parameters
    ----------
    words : dict
        From paragraph id to its normalised text.
    paragraph : str
    start, end : int

    Returns
    -------
    str
        Three to eight words within the span; where the span has none that is unique in the text,
        words around its beginning; empty if that fails too.
    """
    text = words[paragraph]
    spans = [match.span() for match in WORD.finditer(text)]
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    near = next((place for place, span in enumerate(spans) if span[1] > start), 0)
    reach = study.ANCHOR_WORDS - 1
    for found in (inside, spans[max(0, near - reach) : near + reach + 1]):
        for size in range(3, study.ANCHOR_WORDS + 1):
            for place in range(len(found) - size + 1):
                first, last = found[place][0], found[place + size - 1][1]
                phrase = text[first:last]
                if found is not inside and not first <= start < last:
                    continue
                if len(phrase) <= 80 and sum(other.count(phrase) for other in words.values()) == 1:
                    return phrase
    return ""


def from_project(loaded, path, coder):
    """Read the rows of a coding from a REFI-QDA project.

    A code is known by its group (`issue`, `side` …) as parent or before a colon, or by the id or
    label of an issue. Programs that keep a selection for each code are understood: selections of one
    span are one statement, where no group has two codes there.

    Returns
    -------
    rows : list of dict
    left : list of str
        Codes that the codebook does not know.
    """
    selections = refi.read(path)
    if not selections:
        raise ValueError(f"{path.name}: the project has no coded passage of a plain text")
    known = _known(loaded)
    belongs = loaded.actors.set_index("actor")["side"].to_dict()
    texts, words = {}, {}
    for text in dict.fromkeys(item["text"] for item in selections):
        texts[text] = _paragraphs(loaded, text)
        words |= {paragraph: text[a:b] for paragraph, (a, b) in texts[text].items()}
    rows, left, faults = [], [], []
    for item in _joined(selections):
        where = f"{path.name}, selection {item['start']} to {item['end']}"
        place = next((
            (paragraph, item["start"] - start, item["end"] - start)
            for paragraph, (start, end) in texts[item["text"]].items()
            if start <= item["start"] < item["end"] <= end
        ), None)  # fmt: skip
        if place is None:
            faults.append(f"{where}: it does not lie within one coded paragraph of the study")
            continue
        paragraph, start, end = place
        values = {group: [] for group in refi.GROUPS}
        for parent, name in item["codes"]:
            meant = known.get((parent.casefold(), name.casefold())) or known.get(("", name.casefold()))
            if meant is None:
                left.append(f"code {name}")
            elif meant[1] not in values[meant[0]]:
                values[meant[0]].append(meant[1])
        if not values["issue"]:
            continue
        span = {"paragraph": paragraph, "start": str(start), "end": str(end), "line": None,
                "anchor": find_anchor(words, paragraph, start, end),
                "gist": " ".join(item["note"].split()), "statement": item["name"]}  # fmt: skip
        for one in _by_side(values, belongs):
            row = span | {group: found[0] if found else "" for group, found in one.items()}
            twice = [group for group, found in one.items() if len(found) > 1]
            lacking = [name for name in refi.GROUPS if name != "joint" and not row[name]]
            lacking += [name for name in ("gist", "anchor") if not row[name]]
            if twice:
                faults.append(f"{where}: two codes of {', '.join(twice)} on one passage")
            elif lacking:
                faults.append(f"{where}: nothing says its {', '.join(lacking)}")
            rows.append(row)
    if faults:
        raise ValueError("\n".join(dict.fromkeys(faults)))
    if not rows:
        raise ValueError(f"{path.name}: no selection has an issue of the codebook as a code")
    pattern, used = re.compile(r"[a-z]+[0-9]+"), [row["statement"] for row in rows]
    if not all(map(pattern.fullmatch, used)) or len(set(used)) < len(used):
        rows, _ = _ordered(loaded, rows)
        for number, row in enumerate(rows, 1):
            row["statement"] = f"{re.sub('[^a-z]', '', coder) or 's'}{number:02}"
    return rows, list(dict.fromkeys(left))


def _known(loaded):
    """Return what codes of another program mean: from (parent, name) to group and value."""
    found = {}
    for group, entries in refi.codes(loaded).items():
        for value, name, _, _ in entries:
            found[(group, name.casefold())] = (group, value)
            found[(group, value.casefold())] = (group, value)
            found[("", name.casefold())] = (group, value)
    for row in loaded.issues.itertuples():
        found.setdefault(("", row.label.casefold()), ("issue", row.issue))
        found[("issue", row.label.casefold())] = ("issue", row.issue)
    return found


def _by_side(values, belongs):
    """Tell the statements of several sides on one passage apart, by whom their actors belong to.

    Parameters
    ----------
    values : dict
        From group to the codes found on the passage.
    belongs : dict
        From actor to side.

    Returns
    -------
    list of dict
        As `values`, for each side; what cannot be told apart still has several codes.
    """
    sides = values["side"]
    if len(sides) < 2:
        return [values]
    found = []
    for side in sides:
        own = {"side": [side]}
        for group in ("actor", "speaker"):
            mine = [actor for actor in values[group] if belongs.get(actor) == side]
            own[group] = mine or [actor for actor in values[group] if belongs.get(actor) not in sides]
        found.append(values | own)
    return found


def _joined(selections):
    """Join selections of one span that have one code each into one."""
    if any(len(item["codes"]) > 1 for item in selections):
        return [item for item in selections if item["codes"]]
    found = {}
    for item in selections:
        key = (item["text"], item["start"], item["end"])
        if key in found:
            found[key]["codes"] += item["codes"]
            found[key]["note"] = found[key]["note"] or item["note"]
        else:
            found[key] = item | {"codes": list(item["codes"])}
    return [item for item in found.values() if item["codes"]]


def _paragraphs(loaded, text):
    """Find the coded paragraphs in a text, as they stand there: from paragraph to start and end."""
    coded = loaded.paragraphs[loaded.paragraphs["kind"].isin(study.CODED)]
    known = dict(zip(coded["sha256"], coded["paragraph"], strict=True))
    found, place = {}, 0
    for line in text.split("\n"):
        piece = line.strip()
        paragraph = known.get(article.fingerprint(piece))
        # Positions count in the text as it is; they hold only where it is normalised already.
        if paragraph and article.normalise(piece) == piece:
            start = place + line.index(piece)
            found.setdefault(paragraph, (start, start + len(piece)))
        place += len(line) + 1
    return found
