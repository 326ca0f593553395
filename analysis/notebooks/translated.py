"""The pictures of a notebook in the other languages of its study, drawn again by the same cells."""

import base64

import nbformat

from analysis.files import desk
from analysis.notebooks.run import execute
from analysis.study.loading import DEFAULT, load
from analysis.study.translations import CELLS

CHECKS = "checks"  # how the ids of cells start that assert what the prose says, which is in English


def execute_translated(root, report=print):
    """Draw the pictures of each notebook that a translation has, with its words; return how many failed.

    They go into `figures/es` and so on. The notebook stays as it is, and so does every other.
    """
    failed = 0
    for language, held in sorted(load(DEFAULT).translations.items()):
        tables = held.loc[held["table"].str.startswith(CELLS), "table"].unique()
        for path in (root / f"{table}.ipynb" for table in tables):
            failed += path.exists() and _draw(path, language, root / "figures" / language, report)
    return failed


def _draw(path, language, figures, report):
    """Execute a copy of a notebook in which the study is loaded in a language; return 1 if it failed."""
    notebook, lines = nbformat.read(path, as_version=4), []
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and not cell.id.startswith(CHECKS)]
    old = {file.name: file.read_bytes() for file in figures.glob("*.png")}
    for cell in cells:
        cell.source = cell.source.replace(f'load("{DEFAULT}")', f'load("{DEFAULT}", language="{language}")')
        picture = old.get(f"{path.stem.split('-')[0]}-{cell.id}.png")
        kept = [{"image/png": base64.b64encode(picture).decode()}] if picture else []
        cell.outputs = [nbformat.v4.new_output("display_data", data) for data in kept]
    notebook.cells = cells
    with desk() as place:
        failed = execute([place / path.name], figures, lines.append, notebook)
    new = {file.name: file.read_bytes() for file in figures.glob("*.png")}
    for line in lines if failed else [f"{path.name}: {'unchanged' if new == old else 'changed'}"]:
        report(f"in {language}: {line}")
    return failed
