"""Find, check and load a study, a folder of tables with a study.toml, and try other files in a copy of it."""

import os
import shlex
from pathlib import Path

from analysis.files import desk, read
from analysis.study.contents import Study
from analysis.study.documents import article
from analysis.study.faults import Fault
from analysis.study.package import check_package, descriptor
from analysis.study.rules import broken
from analysis.study.schemas import NEEDED, SEVERAL, paths, schema, table_of
from analysis.study.settings import read_toml
from analysis.study.statements import admit
from analysis.study.tables import check_links, empty, read_table, typed
from analysis.study.translations import translated

ROOT = Path(__file__).resolve().parents[2] / "data"
DEFAULT = "us-mexico-2021"
ABSENT = "a study is a folder; there is none here"
NO_STUDIES = (
    "studies are looked for in the folder data beside the package, and there is none; install the "
    "checkout with `pip install --editable .`, or give the path of a study, such as ./mystudy"
)
PLACEHOLDER = "To be named:"
SHORT = 24  # characters of a name in figures, at most


def find(name=DEFAULT):
    """Return the folder of a study, named by its folder under `data/` or by a path."""
    path = Path(name)
    path = path if path.name not in ("", "..") else path.resolve()  # a folder is known by its name
    return path if len(path.parts) > 1 or os.path.isdir(path) else ROOT / name  # noqa: PTH112 - however long


def called(folder):
    """Return what a command calls a study: its name, or its path where it is not in data/."""
    place = str(folder) if len(folder.parts) > 1 else f".{os.sep}{folder}"
    return folder.name if folder.parent == ROOT else shlex.quote(place)


def load(name=DEFAULT, language=None, unfinished=False, described=True):
    """Load a study after checking it.

    Parameters
    ----------
    name : str or Path
        Folder under `data/`, or a path to a folder.
    language : str, optional
        Language of its texts, such as es: one that the study has a table of translations for.
    unfinished : bool
        Also load a study in which nothing can be compared yet.
    described : bool
        Ask that datapackage.json describes the tables; whoever is about to write it does not.

    Returns
    -------
    Study

    Raises
    ------
    ValueError
        If the check finds faults, or the study is unfinished: the message has a line for each. Also if it
        has no translation into this language.
    """
    study, faults = examine(find(name), described)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    needed = [] if unfinished else next_steps(study)
    if needed:
        raise ValueError("\n".join([f"{study.name}: the study is unfinished; next:", *needed]))
    return translated(study, language) if language else study


def check(name=DEFAULT):
    """Return the faults of a study, in the order of its files and lines; empty if it is sound."""
    return examine(find(name))[1]


def examine(folder, described=True):
    """Return a study, or None, and all of its faults that can be seen.

    A bad cell hides its row and what depends on its table, but no fault of other rows and tables.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - a name may be too long
        alone = folder.parent == ROOT and not ROOT.is_dir()
        return None, [Fault(str(folder), NO_STUDIES if alone else ABSENT)]
    meta, faults = read_toml(folder)
    if described:
        faults += check_package(folder, called(folder))
    unsound = set() if meta else {"meta", "statements"}
    tables, texts, sound = paths(folder), {}, {}
    for path, table in tables.items():
        text, found = read_table(folder, path, table)
        if text is not None and text.empty and table_of(path) not in (*NEEDED, *SEVERAL):
            faults.append(Fault(path, "it has no row: add rows, or delete the file"))
        bad = [fault.line - 2 for fault in found if fault.line]
        texts[path], faults = text, faults + found
        sound[path] = empty(table) if text is None else typed(text.drop(bad) if bad else text, table)
        if found:
            unsound.add(table_of(path) + "s" * (table_of(path) in SEVERAL))
            unsound |= {"statements"} if meta and path == f"codings/{meta['coding']}.csv" else set()
    faults += check_links(sound, texts, tables)
    study = _study(folder, meta or {"coding": ""}, sound)
    faults += broken(study, unsound=unsound)
    places = {file: place for place, file in enumerate(["study.toml", "datapackage.json", *tables])}
    faults.sort(key=lambda fault: (places.get(fault.file, -1), fault.line or 0))
    return None if faults else study, faults


def next_steps(study):
    """Say what has to be done in a study before anything can be compared, in the order of the work."""
    meta, coding = study.meta, f"codings/{study.meta['coding']}.csv"
    unnamed = {
        group: any(entry["label"].startswith(PLACEHOLDER) for entry in meta[group].values())
        for group in ("sides", "themes")
    }
    said = set() if study.statements.empty else set(admit(study)["side"])
    steps = {
        "study.toml: name the sides, two to six of them, and in `compare` the two to be compared": unnamed[
            "sides"
        ],
        "study.toml: name the themes that the issues belong to, each with a colour": unnamed["themes"],
        "issues.csv: write a row for each issue; columns.md says what stands in each column": study.issues.empty,
        "actors.csv: write a row for each actor and speaker, the reporter among them (kind media)": study.actors.empty,
        f"{coding}: code the statements by the rules of codebook.md; "
        f"`python -m analysis sheet {called(study.folder)} {meta['coding']} --text TEXT --out FILE.xlsx` writes a "
        "workbook to code in, `import` takes it back": study.statements.empty,
    }
    for side in [] if study.statements.empty else meta["compare"]:
        steps[f"{coding}: {meta['sides'][side]['label']} has no statement yet"] = side not in said
    return [step for step, needed in steps.items() if needed]


def tried(folder, data):
    """Return the faults that a study would have with other files, by their path within it, before any is written.

    With them, by Path, what `files.write_all` then has to write: these files and their datapackage.json.
    """
    with desk() as place:
        trial = place / folder.resolve().name
        held = {path: read(folder / path) for path in ("study.toml", *paths(folder))} | data
        for path, content in held.items():
            (trial / path).parent.mkdir(parents=True, exist_ok=True)
            (trial / path).write_bytes(content)
        data = data | {"datapackage.json": descriptor(trial)}
        (trial / "datapackage.json").write_bytes(data["datapackage.json"])
        return check(trial), {folder / path: content for path, content in data.items()}


def _study(folder, meta, frames):
    """Return the study that tables make up, by their paths."""
    tables = {name: empty(table["schema"]) for name, table in schema().items() if name not in SEVERAL}
    several = {name: {} for name in SEVERAL}
    for path, frame in frames.items():
        several.get(table_of(path), tables)[Path(path).stem] = frame
    codings = several["coding"]
    statements = codings.get(meta["coding"], empty(schema()["coding"]["schema"]))
    meta = meta | {"article": article(tables["documents"])}
    tables["actors"] = _named(tables["actors"])
    return Study(folder.name, folder, meta, codings, statements, several["translation"], **tables)


def _named(actors):
    """Name actors in figures by their labels, up to the first comma, where they have no short name."""
    begun = actors["label"].str.split(",").str[0].str.strip().str.slice(0, SHORT)
    return actors.assign(short=actors["short"].where(actors["short"] != "", begun))
