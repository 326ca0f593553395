"""Find, check and load a study: a folder of tables with a study.toml."""

import os
from pathlib import Path

from analysis.study.contents import Study
from analysis.study.documents import article
from analysis.study.faults import Fault
from analysis.study.package import check_package
from analysis.study.progress import next_steps
from analysis.study.rules import broken
from analysis.study.schemas import NEEDED, SEVERAL, paths, schema, table_of
from analysis.study.settings import read_toml
from analysis.study.tables import check_links, empty, read_table, typed
from analysis.study.translations import translated

ROOT = Path(__file__).resolve().parents[2] / "data"
DEFAULT = "us-mexico-2021"


def find(name=DEFAULT):
    """Return the folder of a study, named by its folder under `data/` or by a path."""
    path = Path(name)
    path = path if path.name not in ("", "..") else path.resolve()  # a folder is known by its name
    return path if len(path.parts) > 1 or os.path.isdir(path) else ROOT / name  # noqa: PTH112 - however long


def absent(place):
    """Say that there is no study in a folder; where the package stands alone, say where one is looked for."""
    if place == ROOT and not ROOT.is_dir():
        return (
            "studies are looked for in the folder data beside the package, and there is none; install the "
            "checkout with `pip install --editable .`, or give the path of a study, such as ./mystudy"
        )
    return "a study is a folder; there is none here"


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

    Parameters
    ----------
    folder : Path
    described : bool
        Ask that datapackage.json describes the tables.

    Returns
    -------
    study : Study or None
    faults : list of Fault
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - a name may be too long
        return None, [Fault(str(folder), absent(folder.parent))]
    meta, faults = read_toml(folder)
    if described:
        faults += check_package(folder, folder.name if folder.parent == ROOT else folder)
    unsound = set() if meta else {"meta", "statements"}
    tables, texts, sound = paths(folder), {}, {}
    for path, table in tables.items():
        texts[path], found = read_table(folder, path, table)
        faults += found
        text = texts[path]
        if text is not None and text.empty and table_of(path) not in (*NEEDED, *SEVERAL):
            faults.append(Fault(path, "it has no row: add rows, or delete the file"))
        bad = {fault.line - 2 for fault in found if fault.line}
        sound[path] = (
            empty(table) if text is None else typed(text[~text.index.isin(bad)] if bad else text, table)
        )
        if found:
            unsound.add(table_of(path) + "s" * (table_of(path) in SEVERAL))
            unsound |= {"statements"} if meta and path == f"codings/{meta['coding']}.csv" else set()
    faults += check_links(sound, texts, tables)
    study = _study(folder, meta or {"coding": ""}, sound)
    faults += broken(study, unsound=unsound)
    places = {file: place for place, file in enumerate(["study.toml", "datapackage.json", *tables])}
    faults.sort(key=lambda fault: (places.get(fault.file, -1), fault.line or 0))
    return None if faults else study, faults


def _study(folder, meta, frames):
    """Return the study that tables make up, by their paths."""
    tables = {name: empty(table["schema"]) for name, table in schema().items() if name not in SEVERAL}
    several = {name: {} for name in SEVERAL}
    for path, frame in frames.items():
        several.get(table_of(path), tables)[Path(path).stem] = frame
    codings = several["coding"]
    statements = codings.get(meta["coding"], empty(schema()["coding"]["schema"]))
    meta = meta | {"article": article(tables["documents"])}
    return Study(folder.name, folder, meta, codings, statements, several["translation"], **tables)
