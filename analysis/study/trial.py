"""Try other files in a copy of a study, before anything is written."""

from analysis.files import desk, read
from analysis.study.loading import check
from analysis.study.package import descriptor
from analysis.study.schemas import paths


def tried(folder, data):
    """Return the faults that a study would have with other files, and these files with their datapackage.json.

    Parameters
    ----------
    folder : Path
    data : dict
        From path within the study to bytes.

    Returns
    -------
    faults : list of Fault
    contents : dict
        From Path to bytes, for `files.write_all`.
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
