"""The texts of a study in another language: a table such as es.csv, with a row, and a hash, for each text."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace

import pandas as pd

from analysis.files import read
from analysis.study.faults import Fault
from analysis.study.schemas import schema, table_of
from analysis.study.wording import language as told_in

SETTINGS = "study"
CELLS = "notebooks/"
SETTING_TEXTS = {"sides": ("label", "text"), "themes": ("label",)}
PARTS = {
    "placeholders": re.compile(r"\{[^{}]*\}"),
    "digits": re.compile(r"\d(?:[\d.,]*\d)?"),
    "links": re.compile(r"\]\(([^)\s]*)\)"),
}


def digest(text):
    """Return the hash that a translation of a text holds: 8 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def differences(text, translation):
    """Return which parts of a text its translation has otherwise: placeholders, digits, links."""
    return [
        name
        for name, form in PARTS.items()
        if Counter(form.findall(text)) != Counter(form.findall(translation))
    ]


def translated(study, language):
    """Return a study with its texts in another language; a text without translation stays as it is."""
    if language == told_in(study):
        return study
    if language not in study.translations:
        raise ValueError(f"{study.name}: it has no translation {language}.csv")
    held, tables = study.translations[language], {}
    texts = held.set_index(["table", "column", "row"])["text"].to_dict()
    for path, columns in prose(study).items():
        frame = study.table(f"{path}.csv")
        rows = _rows(path, frame)
        for column in columns:
            cells = zip(rows, frame[column], strict=True)
            told = [texts.get((path, column, row), text) for row, text in cells]
            frame = frame.assign(**{column: pd.Series(told, frame.index, dtype=frame[column].dtype)})
        tables[path] = frame
    meta = _named(study.meta, {row: text for (table, _, row), text in texts.items() if table == SETTINGS})
    tables["statements"] = tables.pop(f"codings/{meta['coding']}")
    codings = study.codings | {meta["coding"]: tables["statements"]}
    return replace(study, meta=meta | {"language": language}, codings=codings, **tables)


def codebook_path(study):
    """Return the path of the codebook in the language of a study, or of the only one that there is."""
    told = study.folder / f"codebook.{told_in(study)}.md"
    return told if told.is_file() else study.folder / "codebook.md"


def translation_faults(study, language):
    """Return as faults what is missing, stale or wrong in a translation of a study, which still loads."""
    held, file = study.translations[language], f"{language}.csv"
    keys = list(zip(held["table"], held["row"], held["column"], strict=True))
    notebooks = [table for table in held["table"].unique() if table.startswith(CELLS)]
    texts = {key: text for key, text in _texts(study, notebooks) if text}
    faults = [
        Fault(file, f"{', '.join(key)} is missing; the hash is {digest(text)}, the text {text!r}")
        for key, text in texts.items()
        if key not in set(keys)
    ]
    order = {key: place for place, key in enumerate(texts)}
    taken, last = {}, -1
    for line, (key, hashed, text) in enumerate(zip(keys, held["hash"], held["text"], strict=True), 2):
        if key not in texts:
            faults.append(Fault(file, f"there is no text {', '.join(key)}", line))
            continue
        original = texts[key]
        if hashed != digest(original):
            message = f"{digest(original)} is the hash now; read the translation again: {original!r}"
            faults.append(Fault(file, message, line, "hash", hashed))
        told = [f"other {part} than in {original!r}" for part in differences(original, text)]
        told += _unfit(key, text, taken)
        faults += [Fault(file, message, line, "text", text) for message in told]
        if order[key] < last:
            faults.append(Fault(file, "this row stands too low; the order is that of the originals", line))
        last = max(last, order[key])
    return faults


def prose(study):
    """Return the columns that schema.json marks as prose, by the path of the table; of the codings, the one in use."""
    found = {
        name: [field["name"] for field in table["schema"]["fields"] if field.get("prose")]
        for name, table in schema().items()
    }
    coding = f"codings/{study.meta['coding']}"
    return {coding if name == "coding" else name: columns for name, columns in found.items() if columns}


def _rows(path, frame):
    """Return the name of each row of a table: its key, joined where it has several columns."""
    keys = schema()[table_of(f"{path}.csv")]["schema"]["primaryKey"]
    return ["/".join(key) for key in zip(*(frame[column] for column in keys), strict=True)]


def _texts(study, notebooks):
    """Yield each text that a translation must have: table, row and column, and the text."""
    for path, columns in sorted(prose(study).items()):
        frame = study.table(f"{path}.csv")
        if path == "paragraphs":
            frame = frame[frame["document"] == study.meta["article"]["document"]]
        for name, *texts in zip(_rows(path, frame), *(frame[column] for column in columns), strict=True):
            for column, text in zip(columns, texts, strict=True):
                yield (path, name, column), text
    for path in sorted(notebooks):
        notebook = json.loads(read(study.folder.parents[1] / f"{path}.ipynb"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                yield (path, cell["id"], "source"), "".join(cell["source"])
    for row, text in _settings(study.meta):
        yield (SETTINGS, row, "value"), text


def _settings(meta):
    """Yield the texts of study.toml by their dotted path; of a horizon, whose name is its key, that name."""
    yield "title", meta["title"]
    for group, parts in SETTING_TEXTS.items():
        for name, entry in meta[group].items():
            yield from ((f"{group}.{name}.{part}", entry[part]) for part in parts)
    yield from ((f"horizons.{name}", name) for name in meta.get("horizons", {}))


def _named(meta, texts):
    """Return the settings of a study with other texts, by their dotted path."""
    texts = dict(_settings(meta)) | texts
    named = {
        group: {
            name: entry | {part: texts[f"{group}.{name}.{part}"] for part in parts}
            for name, entry in meta[group].items()
        }
        for group, parts in SETTING_TEXTS.items()
    }
    shown = {name: texts[f"horizons.{name}"] for name in meta.get("horizons", {})}
    return meta | named | {"title": texts["title"], "horizon_names": shown}


def _unfit(key, text, taken):
    """Yield what the schema forbids a text: to be too long, or the same as another of its column."""
    table, row, column = key
    if table == SETTINGS or table.startswith(CELLS):
        return
    fields = schema()[table_of(f"{table}.csv")]["schema"]["fields"]
    limits = next(field for field in fields if field["name"] == column).get("constraints", {})
    if len(text) > limits.get("maxLength", len(text)):
        yield f"at most {limits['maxLength']} characters are allowed, {len(text)} stand here"
    other = taken.setdefault((table, column, text), row)
    if limits.get("unique") and other != row:
        yield f"{other} is called so already"
