"""Stopping commands, a read-only folder, two runs at once: nothing is half-written or left behind."""

import contextlib
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import types
from fnmatch import fnmatch
from pathlib import Path

import nbformat
import pytest
from helpers import contents

from analysis import files, notebooks
from analysis.notebooks import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and file modes are those of Unix"),
]
WAIT = 300  # seconds, for a busy machine: what hangs is found all the same
DRAW = "import matplotlib.pyplot as plt\n_ = plt.bar([1, 2], [1, 2])\nplt.show()"
# The command itself, on the notebooks of another folder, with a fault at a chosen moment.
COMMAND = """
import os, pathlib, signal, sys
from analysis import __main__, notebooks
# What runs in the background of a shell ignores Ctrl-C, and hands that on.
signal.signal(signal.SIGINT, signal.default_int_handler)
notebooks.ROOT = pathlib.Path.cwd()
{fault}
sys.exit(__main__.run(["notebooks"]))
"""
# A signal sent once, as a file takes its place: the notebook, or after it the picture. The step itself then
# goes on, as it does when Ctrl-C is pressed within it.
WRITING = """
calls, step = [], pathlib.Path.replace
def replace(*given):
    calls.append(1)
    if len(calls) == {when}:
        os.kill(os.getpid(), signal.{name})
    return step(*given)
pathlib.Path.replace = replace
"""


def make(root, pause=""):
    """Write two notebooks that were not executed; the second can wait."""
    (root / "notebooks").mkdir(parents=True)
    for name, first in (("01-a", "print(1)"), ("02-b", f"open('started', 'w').close(){pause}")):
        cells = [nbformat.v4.new_code_cell(text, id=f"c-{k}") for k, text in enumerate((first, DRAW))]
        path = root / "notebooks" / f"{name}.ipynb"
        path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)) + "\n", encoding="utf-8")
    return root


def start(root, fault="", **options):
    # What a command puts among the temporary files is seen, and fonts are looked for once for all.
    (root.parent / "temporary").mkdir(exist_ok=True)
    options["env"] = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(root.parent / "temporary"))
    command = [sys.executable, "-c", COMMAND.format(fault=fault)]
    # A group of its own, as in a shell: what is sent to the group reaches what it started, too.
    return subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True, **options,
    )  # fmt: skip


def kept(root):
    """Return the bytes of all files but the mark that a cell has started."""
    return {name: data for name, data in contents(root).items() if name != "notebooks/started"}


def kernels(root):
    """Return the processes, beside this one, that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            found += [process.name] if (process / "cwd").readlink().is_relative_to(root) else []
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return what an uninterrupted run writes."""
    root = make(tmp_path_factory.mktemp("whole"))
    said, _ = start(root).communicate(timeout=WAIT)
    assert sorted(said.split("\n")) == ["", "01-a.ipynb: changed", "02-b.ipynb: changed"]
    made = kept(root)
    assert list(made) == [
        "figures/01-c-1.png",
        "figures/02-c-1.png",
        "notebooks/01-a.ipynb",
        "notebooks/02-b.ipynb",
    ]
    return made


def settled(root, before, whole):
    """Assert that each file is as it was or as a whole run makes it, and that another run mends the rest."""
    after = kept(root)
    for name, data in after.items():
        assert data in (before.get(name), whole[name]), f"{name} is half-written"
    run = start(root)
    run.communicate(timeout=WAIT)
    assert run.returncode == 0
    assert kept(root) == whole
    assert not list((root.parent / "temporary").iterdir())


def gone(root):
    for _ in range(WAIT * 10):
        if not kernels(root):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("when", [1, 2], ids=["the notebook", "the picture"])
def test_stopped_while_writing(tmp_path, whole, name, when):
    root = make(tmp_path / "root")
    before = kept(root)
    run = start(root, WRITING.format(name=name, when=when))
    said, _ = run.communicate(timeout=WAIT)
    assert run.returncode == (-signal.SIGKILL if name == "SIGKILL" else 130)
    if name != "SIGKILL":
        assert said.endswith("interrupted; nothing is half-written\n")
        assert "Traceback" not in said
        assert not list(root.rglob(".*.part")) and not list((tmp_path / "temporary").iterdir())
    assert gone(root)
    settled(root, before, whole)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("later", [0, 0.5])
def test_stopped_while_a_cell_runs(tmp_path, name, later):
    root = make(tmp_path / "root", pause="\nimport time\ntime.sleep(60)")
    before = kept(root)
    run = start(root)
    while not (root / "notebooks/started").exists():
        assert run.poll() is None
        time.sleep(0.02)
    time.sleep(later)
    os.kill(run.pid, signal.Signals[name])
    said, _ = run.communicate(timeout=WAIT)
    if name != "SIGKILL":
        assert run.returncode == 130
        assert not list((tmp_path / "temporary").iterdir())
        assert said.splitlines()[-1] == "interrupted; nothing is half-written"
        assert len(said.splitlines()) <= 2
    assert gone(root), "a kernel is left"
    assert kept(root)["notebooks/02-b.ipynb"] == before["notebooks/02-b.ipynb"]
    assert not list(root.rglob(".*.part"))
    for data in (data for name, data in kept(root).items() if name.endswith(".ipynb")):
        nbformat.validate(nbformat.reads(data.decode(), as_version=4))


def test_what_a_killed_run_leaves_is_ignored_and_removed(tmp_path):
    """By the next command that writes there: parts and folders of a process that is gone, and no others."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait(timeout=WAIT)
    gone, here = (f".analysis-{number}-{{}}.part" for number in (done.pid, os.getpid()))
    ignored = (notebooks.ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert any(fnmatch(gone, line) for line in ignored)
    for name in (gone, here):
        (tmp_path / name.format("file")).touch()
        (tmp_path / name.format("folder") / "study").mkdir(parents=True)
    (tmp_path / ".analysis-x.part").touch()
    files.write(tmp_path / "a", b"a")
    left = {here.format("file"), here.format("folder"), ".analysis-x.part", "a"}
    assert {path.name for path in tmp_path.iterdir()} == left


def test_two_runs_at_once(tmp_path, whole):
    root = make(tmp_path / "root")
    runs = [start(root), start(root)]
    said = [run.communicate(timeout=WAIT)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert kept(root) == whole
    assert not list(root.rglob(".*.part"))


@pytest.mark.parametrize("taken", [2, 3])
def test_a_port_that_another_program_took(tmp_path, whole, monkeypatch, taken):
    """A kernel gets its ports before it takes them: it is started again, three times at most."""
    root, starts = make(tmp_path / "root"), []
    create = run.NotebookClient.create_kernel_manager

    def late(client):
        manager = create(client)
        starts.append(manager)
        if len(starts) <= taken:
            manager.cache_ports, manager.shell_port = False, port
        return manager

    monkeypatch.setattr(run.NotebookClient, "create_kernel_manager", late)
    said = []
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        failed = notebooks.execute([root / "notebooks/01-a.ipynb"], root / "figures", report=said.append)
    assert len(starts) == 3
    if taken == 3:
        assert failed == 1 and len(said) == 1
        assert said[0].startswith("01-a.ipynb: FAILED: ") and "Address already in use" in said[0]
    else:
        assert said == ["01-a.ipynb: changed"]
        assert (root / "notebooks/01-a.ipynb").read_bytes() == whole["notebooks/01-a.ipynb"]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_what_cannot_be_written_is_one_line(tmp_path, monkeypatch, number):
    root = make(tmp_path / "root")
    before = kept(root)

    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    said = []
    with monkeypatch.context() as patched:
        patched.setattr(
            "analysis.files.tempfile",
            types.SimpleNamespace(mkstemp=refuse, gettempdir=tempfile.gettempdir, mkdtemp=tempfile.mkdtemp),
        )
        failed = notebooks.execute([root / "notebooks/01-a.ipynb"], root / "figures", report=said.append)
    assert failed == 1
    assert said == [f"01-a.ipynb: cannot be written: {os.strerror(number)}"]
    assert kept(root) == before


def test_a_read_only_folder(tmp_path, whole):
    """What is as committed needs no writing; what is not says so, and stays as it was."""
    root = make(tmp_path / "root")
    before = kept(root)
    drop = ["setpriv", "--bounding-set=-dac_override,-fowner"] if os.geteuid() == 0 else []
    if drop and not shutil.which("setpriv"):
        pytest.skip("an administrator may write anywhere, and setpriv is not there to change that")
    folders = [root, root / "notebooks"]
    command = [*drop, sys.executable, "-c", COMMAND.format(fault="")]

    def run():
        for folder in folders:
            folder.chmod(0o555)
        try:
            return subprocess.run(
                command, cwd=root, capture_output=True, text=True, check=False, timeout=WAIT
            )
        finally:
            for folder in folders:
                folder.chmod(0o755)

    (root / "notebooks/started").touch()
    done = run()
    assert done.returncode == 1
    assert sorted(done.stdout.splitlines()) == [
        f"{n}: cannot be written: Permission denied" for n in ("01-a.ipynb", "02-b.ipynb")
    ]
    assert kept(root) == before
    for name, data in whole.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    done = run()
    assert done.returncode == 0, done.stdout
    assert sorted(done.stdout.splitlines()) == ["01-a.ipynb: unchanged", "02-b.ipynb: unchanged"]
