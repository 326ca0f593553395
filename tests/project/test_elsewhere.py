"""The package installed without its checkout, and studies at any path."""

import os
import shutil
import subprocess
import sys

import pytest

from analysis import notebooks, study
from analysis.__main__ import main
from analysis.study import loading

TEXT = study.find("dos-orillas") / "articulo.txt"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a function that runs the installed package, outside the checkout."""
    place = tmp_path_factory.mktemp("installed")
    shutil.copytree(
        notebooks.ROOT / "analysis", place / "source/analysis", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(notebooks.ROOT / name, place / "source")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*pip, "--target", place / "site", place / "source"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"pip cannot install the package here: {done.stderr.strip().splitlines()[-1:]}")

    def run(*arguments, folder=place):
        command = [sys.executable, "-m", "analysis", *map(str, arguments)]
        return subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(place / "site"), "PYTHONUTF8": "1"},
        )  # fmt: skip

    return run


def test_an_installed_package_says_where_data_is_looked_for(installed):
    for command in (
        ["check"],
        ["export", "us-mexico-2021", "--to", "long"],
        ["sheet", "us-mexico-2021", "x"],
    ):
        done = installed(*command)
        said = done.stdout + done.stderr
        assert done.returncode and said.count("\n") == 1 and "looked for in the folder data" in said, said
    done = installed("notebooks")
    assert done.returncode == 2 and "Traceback" not in done.stderr and "checkout" in done.stderr


def test_an_installed_package_makes_and_checks_a_study_anywhere(installed, tmp_path):
    done = installed("new", "mine", TEXT, folder=tmp_path)
    assert done.returncode == 2 and "a path such as ./mine" in done.stderr
    assert "check ./mine" in installed("new", "./mine", TEXT, folder=tmp_path).stdout
    assert "unfinished" in installed("check", "./mine", folder=tmp_path).stdout
    assert installed("describe", "./mine", folder=tmp_path).returncode == 0


@pytest.mark.parametrize("name", ["{}/mine", "{}/a b/mine"])
def test_new_makes_a_study_at_a_path(tmp_path, name, capsys):
    (tmp_path / "a b").mkdir()
    place = name.format(tmp_path)
    assert main(["new", place, str(TEXT)]) == 0
    assert main(["check", place]) == 1 and "unfinished" in capsys.readouterr().out
    assert main(["new", place, str(TEXT)]) == 2
    assert main(["new", f"{tmp_path}/nowhere/mine", str(TEXT)]) == 2
    assert "no such folder" in capsys.readouterr().err


def test_without_data_the_message_names_the_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(loading, "ROOT", tmp_path / "data")
    (fault,) = study.check("us-mexico-2021")
    assert "looked for in the folder data" in str(fault)
    (fault,) = study.check(tmp_path / "other")
    assert "there is none here" in str(fault)
