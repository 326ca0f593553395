"""What is installed: pinned, hashed, declared, and nothing of it named by an address."""

import ast
import re
import sys
import tomllib
from importlib import metadata

import pytest

from analysis import notebooks

ROOT = notebooks.ROOT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS, GROUPS = PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]
LISTS = {
    "requirements.txt": ["build", "notebooks", "tests", "readers", "site", "lint"],
    "quality/installers.txt": ["installers"], "quality/instruments.txt": ["instruments"],
}  # fmt: skip
CONDA = {"matplotlib": "matplotlib-base"}  # where conda-forge has another name


def named(entries):
    """Return the bounds of dependencies by their names."""
    return dict(re.fullmatch(r"([A-Za-z0-9_.-]+)(.*)", entry).groups() for entry in entries)


def needed():
    """Return what the package needs, with its extras."""
    return [*PROJECT["project"]["dependencies"], *(entry for extra in EXTRAS.values() for entry in extra)]


@pytest.mark.parametrize("path", LISTS)
def test_what_is_installed_is_pinned_and_hashed(path):
    lock = (ROOT / path).read_text(encoding="utf-8")
    wanted = named(
        [*(needed() if path == "requirements.txt" else []), *(e for g in LISTS[path] for e in GROUPS[g])]
    )
    held = re.split(r"\n(?=\S)", lock.strip())
    assert all(
        re.match(r"[a-z0-9_.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry, re.DOTALL) for entry in held
    )
    assert {name.lower() for name in wanted} <= {entry.split("==")[0] for entry in held}
    assert "index-url" not in lock and "://" not in lock


def test_nothing_else_is_installed():
    """Each `pip install` of the Makefile and the workflow reads a hashed list, or the checkout itself."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    workflow = (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")
    found = re.findall(r"(?:\$\(PIP\)|pip install) (--?.*)", (makefile + workflow).replace("\\\n", ""))
    assert len(found) >= 6
    for arguments in found:
        own = "--no-deps --editable ." in arguments
        assert own or "--require-hashes" in arguments or arguments.startswith("--quiet --disable"), arguments


def imported(path):
    """Return the modules of others that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0])
    return found


def test_what_is_imported_is_declared():
    groups = [entry for group in GROUPS.values() for entry in group if isinstance(entry, str)]
    declared = {name.lower().replace("_", "-") for name in named([*needed(), *groups])}
    known, lacking = metadata.packages_distributions(), {}
    paths = [path for folder in ("analysis", "quality", "tests") for path in (ROOT / folder).rglob("*.py")]
    own = {"analysis", *(path.stem for path in paths)} | sys.stdlib_module_names
    # The programs of `make clients` live in environments of their own.
    for path in [*(path for path in paths if path.name != "clients.py"), ROOT / "conftest.py"]:
        for module in sorted(imported(path) - own):
            names = {name.lower().replace("_", "-") for name in known.get(module, [module])}
            if not names & declared:
                lacking[module] = path.name
    assert not lacking


def test_the_conda_environment_has_the_bounds_of_the_project():
    written = (ROOT / "environment.yml").read_text(encoding="utf-8")
    held = dict(re.findall(r"^ +- ([a-z-]+) ?([=<>].*)$", written, re.MULTILINE))
    # Binder reads one minor version of Python; a pin is a version that conda-forge may not have.
    assert re.fullmatch(r"=3\.\d+", held.pop("python"))
    wanted = named(
        [*PROJECT["project"]["dependencies"], *EXTRAS["exchange"], *GROUPS["notebooks"], *GROUPS["tests"]]
    )
    wanted["jupyterlab"] = ">=4"  # an editor: any of these runs the notebooks
    assert held == {CONDA.get(name, name): bounds for name, bounds in wanted.items()}
    script = ROOT / "postBuild"
    assert script.stat().st_mode & 0o111 or sys.platform == "win32"
    assert "install --no-deps --editable ." in script.read_text(encoding="utf-8")


def test_the_workflow_pins_its_actions():
    text = (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)@(\S+)", text)
    assert used and all(re.fullmatch("[0-9a-f]{40}", commit) for _, commit in used)
    assert text.count("persist-credentials: false") == text.count("actions/checkout@")
    assert "make lint" in text and "windows-latest" in text
