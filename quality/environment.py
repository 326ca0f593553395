"""Print environment.yml: the direct dependencies at the versions that requirements.txt pins."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONDA = {"matplotlib": "matplotlib-base"}  # where conda-forge has another name
PYPI = {"pyrefiqda"}  # what conda-forge does not have, installed by pip within the environment
NEVER = {"setuptools"}


def direct():
    """Return the names of the direct dependencies, in alphabetical order."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"]]
    for extra in project["project"]["optional-dependencies"].values():
        wanted += extra
    for group in project["dependency-groups"].values():
        wanted += [item for item in group if isinstance(item, str)]
    names = {re.match(r"[A-Za-z0-9_.-]+", item)[0].lower() for item in wanted}
    return sorted(names - NEVER)


def pinned():
    """Return a dict from package to the version in requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9_.-]+)==([^ ;\\]+)", lines, re.MULTILINE))


def main():
    """Print the file."""
    versions = pinned()
    print("# Written by `make lock` from pyproject.toml and requirements.txt. Binder reads it too.")
    print("name: analysis\nchannels:\n  - conda-forge\ndependencies:\n  - python >=3.11,<3.14\n  - pip")
    for name in direct():
        if name not in PYPI:
            print(f"  - {CONDA.get(name, name)} =={versions[name]}")
    print("  - pip:")
    for name in sorted(PYPI):
        print(f"      - {name}=={versions[name]}")


if __name__ == "__main__":
    main()
