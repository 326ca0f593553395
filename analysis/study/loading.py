"""Find, check and load a study: a folder of tables with a study.toml."""

from pathlib import Path

from analysis.study.contents import Study
from analysis.study.documents import article
from analysis.study.faults import Fault
from analysis.study.package import check_package
from analysis.study.progress import next_steps
from analysis.study.rules import broken
from analysis.study.schemas import SEVERAL, paths, schema, table_of
from analysis.study.settings import read_toml
from analysis.study.tables import check_links, empty, read_table
from analysis.study.translations import translated

ROOT = Path(__file__).resolve().parents[2] / "data"
DEFAULT = "us-mexico-2021"


def find(name=DEFAULT):
    """Return the folder of a study, named by its folder under `data/` or by a path."""
    path = Path(name)
    path = path if path.name not in ("", "..") else path.resolve()  # a folder is known by its name
    return path if path.is_dir() or len(path.parts) > 1 else ROOT / name


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
    if not unfinished:
        needed = next_steps(study)
        if needed:
            raise ValueError("\n".join([f"{study.name}: the study is unfinished; next:", *needed]))
    return translated(study, language) if language else study


def check(name=DEFAULT):
    """Return the faults of a study, in the order of its files and lines; empty if it is sound."""
    return examine(find(name))[1]


def examine(folder, described=True):
    """Read a study as far as it can be read, and list its faults.

    Parameters
    ----------
    folder : Path
    described : bool
        Ask that datapackage.json describes the tables.

    Returns
    -------
    study : Study or None
        None where there are faults.
    faults : list of Fault
    """
    if not folder.is_dir():
        return None, [Fault(str(folder), absent(folder.parent))]
    meta, faults = read_toml(folder)
    faults += check_package(folder) if described else []
    frames, tables = {}, paths(folder)
    for path, table in tables.items():
        frames[path], more = read_table(folder, path, table)
        faults += more
    study = None
    if not any(frame is None for frame in frames.values()):
        faults += check_links(frames, tables)
        study = meta and _study(folder, meta, frames)
    if study:
        faults += broken(study)
    if faults:
        places = {file: place for place, file in enumerate(["study.toml", "datapackage.json", *frames])}
        return None, sorted(faults, key=lambda fault: (places.get(fault.file, -1), fault.line or 0))
    return study, []


def _study(folder, meta, frames):
    """Return the study that tables make up, by their paths."""
    described = schema()
    tables = {name: empty(table["schema"]) for name, table in described.items() if name not in SEVERAL}
    several = {name: {} for name in SEVERAL}
    for path, frame in frames.items():
        several.get(table_of(path), tables)[Path(path).stem] = frame
    codings = several["coding"]
    statements = codings.get(meta["coding"], empty(described["coding"]["schema"]))
    meta = meta | {"article": article(tables["documents"])}
    return Study(folder.name, folder, meta, codings, statements, several["translation"], **tables)
