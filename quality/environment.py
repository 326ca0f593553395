"""Print environment.yml: one Python, and the direct dependencies within the bounds of pyproject.toml.

Bounds and no pins: conda-forge leaves versions out and lags behind, and one that is missing fails the
whole command. The programs that only some tests compare with are left out; those tests skip.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = "3.12"  # one minor version: Binder takes a range for no version at all
CONDA = {"matplotlib": "matplotlib-base"}  # where conda-forge has another name
PIP = ("font-source-sans-pro",)  # what conda-forge does not have
LOOSE = {"jupyterlab": ">=4"}  # an editor: any of these runs the notebooks
GROUPS = ("notebooks", "tests")


def direct():
    """Return a dict from the name of each dependency to its bounds, in alphabetical order."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["exchange"]]
    for group in GROUPS:
        wanted += project["dependency-groups"][group]
    split = [re.fullmatch(r"([A-Za-z0-9_.-]+)(.*)", item).groups() for item in wanted]
    return {name.lower(): LOOSE.get(name, bounds) for name, bounds in sorted(split)}


def main():
    """Print the file."""
    wanted = direct()
    print("# Written by `make lock` from pyproject.toml. Binder reads it too, and runs postBuild after it.")
    print(f"name: analysis\nchannels:\n  - conda-forge\ndependencies:\n  - python ={PYTHON}\n  - pip")
    for name, bounds in wanted.items():
        if name not in PIP:
            print(f"  - {CONDA.get(name, name)} {bounds}")
    print("  - pip:")
    for name in PIP:
        print(f"      - {name}{wanted[name]}")


if __name__ == "__main__":
    main()
