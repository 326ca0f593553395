"""A command that fails, at any step of its writing, has changed nothing; however it ends, it says one line."""

import os
import shutil
import subprocess
import sys

import pytest
from helpers import contents

from analysis import commands, notebooks, study
from analysis.__main__ import main
from analysis.study import loading

RIVER = study.find("dos-orillas")
COPY = str(RIVER / "articulo.txt")
FAILING = {"at": None, "calls": 0, "place": ""}
WRITES = (
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "shutil.copyfile",
)


def fail(event, given):
    """Fail at a chosen one of the steps that write, within a folder; no file that is there is opened to write."""
    if FAILING["at"] is None or (event not in WRITES and event != "open"):
        return
    path = os.fspath(given[0]) if isinstance(given[0], str | os.PathLike) else ""
    if event == "open" and not (given[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return
    if path.startswith(FAILING["place"]):
        FAILING["calls"] += 1
        if FAILING["calls"] == FAILING["at"]:
            raise OSError(28, os.strerror(28), path)
        assert event != "open" or not os.path.lexists(path) or ".part" in path, f"{path} is written in place"


sys.addaudithook(fail)


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a folder with a copy of the second study in which each command has something to do."""
    root = tmp_path / "root"
    shutil.copytree(RIVER, root / "data/river", ignore=shutil.ignore_patterns("*.ipynb", "figures"))
    monkeypatch.setattr(loading, "ROOT", root / "data")
    monkeypatch.setenv("TMPDIR", str(root))
    monkeypatch.setattr("tempfile.tempdir", str(root))
    return root


def corrected(folder):
    """Correct the kinds of two paragraphs, so that ids are to be renumbered."""
    path = folder / "paragraphs.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",p05,", ",p99,"), encoding="utf-8", newline="\n"
    )
    for file in ("words.csv", *(f"codings/{name}.csv" for name in ("first", "second"))):
        text = (
            (folder / file).read_text(encoding="utf-8").replace("\np05,", "\np99,").replace(",p05,", ",p99,")
        )
        (folder / file).write_text(text, encoding="utf-8", newline="\n")


def spread(folder):
    """Save two tables as a spreadsheet does."""
    for file in ("issues.csv", "actors.csv"):
        (folder / file).write_bytes(b"\xef\xbb\xbf" + (folder / file).read_bytes().replace(b"\n", b"\r\n"))


CHANGES = {
    "add": (None, ["add", "river", COPY, "--document", "again", "--layer", "reported"], 4),
    "import": (None, ["import", "river", str(RIVER / "codings/second.csv"), "--coder", "robot"], 2),
    "new": (None, ["new", "agua", COPY], 12),
    "renumber": (corrected, ["renumber", "river"], 5),
    "tidy": (spread, ["tidy", "river"], 3),
    "sheet": (None, ["sheet", "river", "mary"], 2),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", CHANGES)
def test_a_command_that_fails_has_changed_nothing(root, tmp_path, capsys, monkeypatch, command):
    """Each step that writes fails in turn; what is built beside its place and among temporary files counts."""
    prepare, arguments, number = CHANGES[command]
    if prepare:
        prepare(root / "data/river")
    before, failed, step = contents(root), 0, 0
    monkeypatch.setitem(FAILING, "place", str(root))
    shutil.copytree(root, tmp_path / "saved")
    while True:
        step += 1
        FAILING.update(calls=0, at=step)
        try:
            status = main(arguments)
        finally:
            FAILING["at"] = None
        said = capsys.readouterr()
        if FAILING["calls"] < step:
            break
        if status == 2:
            assert "No space left" in said.err and said.err.count("\n") == 1 and str(root) in said.err, (
                said.err
            )
            assert contents(root) == before
            failed += 1
        else:  # What could not be removed when all was written stays for the next run.
            shutil.rmtree(root)
            shutil.copytree(tmp_path / "saved", root)
    after = contents(root)
    assert status == 0 and sum(after[name] != before.get(name) for name in after) == number <= failed
    assert not study.check(root / "data/river")
    assert not list(root.glob("**/.*.part"))


PROGRAM = [sys.executable, "-m", "analysis"]
START = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
sys.argv[1:] = ["check", "dos-orillas"]
from analysis import __main__
class Finder:
    def find_spec(self, name, *rest):
        if name == "{module}":
            os.kill(os.getpid(), signal.{name})
sys.meta_path.insert(0, Finder())
sys.exit(__main__.run())
"""


def said(command, **options):
    """Run a program in the checkout; return its status, and what it said on both streams."""
    done = subprocess.run(
        command, cwd=notebooks.ROOT, capture_output=True, check=False, timeout=120, **options
    )
    return done.returncode, done.stdout.decode("ascii", "replace"), done.stderr.decode("ascii", "replace")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("module", ["analysis.commands", "pandas"])
def test_an_interrupted_start_is_one_line(name, module):
    status, out, error = said([sys.executable, "-c", START.format(name=name, module=module)])
    assert (status, out, error) == (130, "", "interrupted; nothing is half-written\n")


@pytest.mark.skipif(sys.platform == "win32", reason="devices are those of Unix")
def test_a_closed_or_full_output_is_no_traceback():
    for tail, message in (("| true", ""), ("> /dev/full", "No space left on device\n")):
        for arguments in ("check dos-orillas", "--help"):
            _, _, error = said(["sh", "-c", f"{sys.executable} -m analysis {arguments} {tail}"])
            assert error.endswith(message) and error.count("\n") == bool(message), (arguments, tail, error)


@pytest.mark.parametrize(
    "settings",
    [{"PYTHONOPTIMIZE": "2"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp437"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}],
    ids=str,
)  # fmt: skip
def test_every_setting_prints_something(settings):
    status, out, error = said([*PROGRAM, "suggest", "dos-orillas", COPY], env=os.environ | settings)
    assert status == 0 and not error and "passages to look at" in out


@pytest.mark.parametrize(
    "fault", [RecursionError, MemoryError, TypeError("an\x1bodd one"), KeyError("x"), ZeroDivisionError]
)
def test_what_nobody_foresaw_is_one_line_that_names_command_and_study(monkeypatch, capsys, fault):
    def broken(arguments):
        raise fault

    monkeypatch.setattr(commands, "check", broken)
    assert main(["check", "dos-orillas"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("check dos-orillas: ") and error.count("\n") == 1 and error.strip().isprintable()


@pytest.mark.parametrize(
    "arguments", [["align", "dos-orillas", COPY, "--find=--"], ["export", "dos-orillas", "--to=--"], ["--"], ["check", "--", "a", "--", "b"], []]
)  # fmt: skip
def test_what_argparse_makes_of_dashes(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2 and capsys.readouterr().err.count("\n") == 1


def test_a_study_is_known_by_its_folder_wherever_one_stands(root, monkeypatch, capsys):
    monkeypatch.chdir(root / "data/river")
    before = contents(root)
    monkeypatch.setattr(loading, "ROOT", root / "none")
    assert main(["describe", "."]) == 0 and main(["check", "."]) == 0
    assert "written: river/datapackage.json" in capsys.readouterr().out
    assert contents(root)["data/river/study.toml"] == before["data/river/study.toml"]
    assert '"name": "river"' in (root / "data/river/datapackage.json").read_text(encoding="utf-8")


def test_names_with_spaces_of_any_kind(root, capsys):
    """Screenshots and French texts have them; what turns the line or its direction is refused."""
    shutil.copy(COPY, root / "a\u202fb\u00a0c.txt")
    assert main(["align", "river", str(root / "a\u202fb\u00a0c.txt"), "--find", "el\u00a0agua"]) in (0, 1)
    assert main(["align", "river", COPY, "--find", "a\u202eb"]) == 2
    assert "control characters" in capsys.readouterr().err


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_the_name_of_a_study_is_one_argument_to_make(tmp_path):
    given = f"x y; touch {tmp_path}/p"
    done = subprocess.run(
        ["make", "-n", "-o", ".venv/.ready", "notebooks", f"STUDY={given}"],
        cwd=notebooks.ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    line = next(line for line in done.stdout.splitlines() if "analysis notebooks" in line)
    shown = subprocess.run(
        ["sh", "-c", line.replace(".venv/bin/python -m analysis", "printf '<%s>'")],
        env=os.environ | {"STUDY": given}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stdout == f"<notebooks><{given}>" and not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_notebooks_of_a_second_clone_read_that_clone(tmp_path):
    """With the environment of another, where that one is installed."""
    shutil.copytree(
        notebooks.ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(RIVER, tmp_path / "data/dos-orillas")
    code = (
        "from pathlib import Path; from analysis import notebooks; import nbformat\n"
        "path = Path('notebooks/01-a.ipynb'); path.parent.mkdir()\n"
        "cell = nbformat.v4.new_code_cell('import analysis\\nprint(analysis.__file__)', id='a')\n"
        "nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)\n"
        "notebooks.execute([path], Path('figures'), report=lambda line: None); print(path.read_text())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert f'"{tmp_path}/analysis/__init__.py' in done.stdout, done.stderr
