"""Execute notebooks in place and save their pictures; one that has not changed keeps its bytes."""

import asyncio
import atexit
import importlib.util
import os
import re
from functools import partial
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from analysis.article.copies import VARIABLE
from analysis.files import desk
from analysis.notebooks.pictures import pictures_of, same_picture, save, slim, warm_fonts
from analysis.study.loading import load
from analysis.study.wording import say

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "analysis" / "template" / "study.ipynb"
METADATA = {  # of every notebook, whatever interpreter ran it
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
STARTS = 3  # how often a kernel is started before its notebook is given up


def execute(paths, figures, report=print, template=None):
    """Execute notebooks in place, or a template, itself a notebook, in their stead; return how many failed.

    A notebook is written when all its cells have run, in one step with its pictures (in the folder `figures`,
    `NN-name.png` by its number and the id of the cell); one that fails is left unchanged.
    """
    warm_fonts()
    with desk() as place:
        one = partial(_execute_one, figures=figures, template=template, env=surroundings(place))
        return asyncio.run(_execute_all(paths, one, report))


def surroundings(place):
    """Return the environment that kernels run in: this one, without what people set for themselves.

    A backend, a matplotlibrc, a profile or a switch would change outputs; the path of a reader's copy must
    not reach them. The package is this one, and `place` holds what IPython keeps, and temporary files.
    """
    plain = Path(importlib.util.find_spec("matplotlib").origin).with_name("mpl-data") / "matplotlibrc"
    harmless = ("PYTHONHOME", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in (VARIABLE, "MPLBACKEND") and (name in harmless or not name.startswith("PYTHON"))
    }
    own = {"IPYTHONDIR": str(place), "MATPLOTLIBRC": str(plain), "PYTHONPATH": str(ROOT)}
    return kept | own | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(place))


async def _execute_all(paths, one, report):
    """Execute one more notebook at a time than there are processors; return how many failed."""
    gate, loop = asyncio.Semaphore((os.cpu_count() or 1) + 1), asyncio.get_running_loop()
    # On Ctrl-C nbclient would stop one kernel, and fail in the others; asyncio cancels all of them.
    loop.add_signal_handler = loop.remove_signal_handler = lambda *_: False

    async def gated(path):
        async with gate:
            said, failed = await one(path)
            report(said)
            return failed

    return sum(await asyncio.gather(*map(gated, paths)))


async def _run(notebook, path, env):
    """Run the cells of a notebook, in place, in a kernel of their own; where its ports were taken, in another."""
    for left in reversed(range(STARTS)):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        client = NotebookClient(
            notebook,
            timeout=600,
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=["--IPKernelApp.log_level=50"],  # what the kernel itself says, not cells
            kernel_name="python3",
            allow_error_names=["AssertionError"],  # all that fail are told, not the first alone
        )
        manager = client.create_kernel_manager()
        # The kernel of this Python, also where a user has registered another under the same name.
        manager.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
        place = Path(env["IPYTHONDIR"]) / f"{path.stem}-{left}"
        manager.connection_file = f"{place}.json"
        said = place.with_suffix(".log")
        try:
            with said.open("wb") as stderr:
                return await client.async_execute(env=env, stderr=stderr)
        except RuntimeError as fault:
            if isinstance(fault, DeadKernelError) or not left or asyncio.current_task().cancelling():
                for line in said.read_text(encoding="utf-8", errors="replace").splitlines()[-1:]:
                    fault.add_note(line)
                raise
        finally:
            # Where nbclient was stopped it would fail once more at the end; kernels end with their parent.
            atexit.unregister(client._cleanup_kernel)


async def _execute_one(path, figures, template, env):
    """Execute one notebook; return what became of it, and whether it failed."""
    try:
        notebook = template or nbformat.read(path, as_version=4)
        committed = nbformat.read(path, as_version=4) if path.exists() else notebook
    except (OSError, ValueError, nbformat.validator.NotebookValidationError) as fault:
        return f"{path.name}: cannot be read: {str(fault).splitlines()[0]}", True
    before = {cell.get("id"): pictures_of(cell) for cell in committed.cells}
    stopped = None
    try:
        await _run(notebook, path, env)
    except Exception as fault:  # Stopped while it ends, nbclient fails in many ways.
        if asyncio.current_task().cancelling():
            raise asyncio.CancelledError from None
        stopped = fault
    failures = _failures(path, notebook, stopped)
    if failures:
        return "\n".join(failures), True
    for cell in notebook.cells:
        _settle(cell, before.get(cell.id, []))
    notebook.metadata = nbformat.from_dict(METADATA)
    text = nbformat.writes(notebook, version=4)
    try:
        changed = save(path, notebook, text.rstrip("\n") + "\n", figures)
    except OSError as fault:
        return f"{path.name}: cannot be written: {fault.strerror}", True
    return f"{path.name}: {'changed' if changed else 'unchanged'}", False


def execute_study(folder, report=print):
    """Execute the neutral notebook for a study, as `study.ipynb` in its own folder; return 1 if it failed."""
    return execute([folder / "study.ipynb"], folder / "figures", report, told(folder))


def told(folder):
    """Return the neutral notebook in the language of a study."""
    notebook, study = nbformat.read(TEMPLATE, as_version=4), load(folder, unfinished=True)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = say(study, f"notebook-{cell.id}")
    return notebook


def _failures(path, notebook, stopped):
    """Say in which cells a notebook failed, and how, or what stopped it without an error of a cell."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                # The first arrow below the name of the cell points to its line.
                plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output.traceback))
                line = re.search(r"^-+> *\d+ ?(.*)$", plain[plain.find("Cell In[") :], re.MULTILINE)
                said = ": ".join(filter(None, [output.ename, output.evalue]))
                shown = line[1].strip() if line else ""
                found.append(f"{path.name}: FAILED in cell {cell.id}: {said}\n    {shown}")
    if stopped and not found:
        said = [*str(stopped).strip().splitlines()[:1], *getattr(stopped, "__notes__", [])]
        found.append(f"{path.name}: FAILED: {'; '.join(said) or type(stopped).__name__}")
    return found


def _settle(cell, before):
    """Drop what differs between runs; keep a committed picture that looks the same."""
    cell.metadata.pop("execution", None)
    committed = iter(before)
    for output in cell.get("outputs", []):
        output.get("metadata", {}).clear()
        if "image/png" in output.get("data", {}):
            old, new = next(committed, None), slim(output["data"]["image/png"])
            output["data"]["image/png"] = old if old and same_picture(old, new) else new
