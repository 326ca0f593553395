"""Make the notebooks in fresh clones, under each Python and other settings, and compare the bytes.

A clone's outputs and pictures are dropped before it makes them again, so nothing that is committed
can stand in for them: the comparison is raw, without the tolerance for pictures. Then the tests run
on the oldest and the newest versions of the dependencies that pyproject.toml claims to support.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = ("3.11", "3.12", "3.13")
PRODUCTS = ("notebooks/**/*.ipynb", "figures/**/*.png", "data/*/study.ipynb", "data/*/figures/*.png")
PROBE = "import ensurepip, sys, venv; print(*sys.version_info[:2], sep='.')"
# A network of its own, in which only the machine itself is reached: kernels talk to it.
OFFLINE = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
# Two settings that differ in all that should not matter, and the file mode masks that go with them.
SETTINGS = (
    ({"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}, 0o077),
    ({"LC_ALL": "C.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "4242"}, 0o002),
)


def run(command, folder=ROOT, umask=-1, **settings):
    """Run a command; return its exit status and what it said."""
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=os.environ | settings, umask=umask, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, errors="replace",
    )  # fmt: skip
    return done.returncode, done.stdout


def last(said):
    """Return the last line of what a command said that is not make's own."""
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith("make")]
    return lines[-1] if lines else "it said nothing"


def interpreters(versions):
    """Return the Pythons on PATH and in pyenv, by version, that can make environments."""
    pyenv = shutil.which("pyenv")
    root = Path(run([pyenv, "root"])[1].strip() if pyenv else "none")
    found = {}
    for version in versions:
        places = [shutil.which(f"python{version}"), *sorted(root.glob(f"versions/{version}.*/bin/python"))]
        for place in filter(None, places):
            if run([place, "-I", "-c", PROBE]) == (0, f"{version}\n"):
                found.setdefault(version, place)
    return found


def clone(folder):
    """Clone what is committed into a folder."""
    status, said = run(["git", "clone", "--quiet", ROOT, folder])
    if status:
        raise OSError(f"git clone: {said.strip()}")


def digests(folder):
    """Return the digest of each product in a clone, by its path."""
    paths = sorted(path for pattern in PRODUCTS for path in folder.glob(pattern))
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def strip(folder):
    """Drop all outputs and pictures of a clone."""
    for path in folder.glob(PRODUCTS[0]):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        path.write_text(json.dumps(notebook), encoding="utf-8")
    for path in (path for pattern in PRODUCTS[1:] for path in folder.glob(pattern)):
        path.unlink()


def remake(folder, python, settings, umask, offline):
    """Set a clone up, make its notebooks, and return what differs from the committed bytes."""
    clone(folder)
    committed = digests(folder)
    cold = {"MPLCONFIGDIR": str(folder.parent / "matplotlib")}
    studies = sorted({path.split("/")[1] for path in committed if path.startswith("data/")})
    commands = [["make", f"PYTHON={python}", ".venv/.ready"]]
    cut = OFFLINE if offline else ()
    commands += [[*cut, "make", "notebooks", *study] for study in ([], *([f"STUDY={s}"] for s in studies))]
    for number, command in enumerate(commands):
        if number == 1:
            strip(folder)
        status, said = run(command, folder, umask, **settings, **cold)
        if status:
            return [f"{command[-1]} failed: {last(said)}"]
    made = digests(folder)
    return sorted(path for path in committed | made if committed.get(path) != made.get(path))


def bounds(folder, python, resolution):
    """Run the tests on the oldest or the newest dependencies; return what failed."""
    clone(folder)
    own, settings = folder / ".venv/bin/python", {"VIRTUAL_ENV": str(folder / ".venv")}
    install = ["-m", "uv", "pip", "install", "--quiet", "--resolution", resolution]
    for command in (
        [python, "-m", "venv", ".venv"],
        [own, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", "quality/installers.txt"],
        [own, *install, "--group", "dev", "-e", ".[exchange,notebooks]"],
    ):
        status, said = run(command, folder, **settings)
        if status:
            return [f"set-up failed: {last(said)}"]
    status, said = run([own, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "tests"], folder)
    return re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE) or ([last(said)] if status else [])


def main(arguments=None):
    """Run the matrix, print a line for each part, and return 1 if anything differs."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--python", action="append", choices=VERSIONS, help="only this one (may be repeated)")
    ask.add_argument("--part", choices=("bytes", "bounds"), help="only one half of the matrix")
    options = ask.parse_args(arguments)
    found = interpreters(options.python or VERSIONS)
    if not found:
        print("no Python was found, and nothing was run", file=sys.stderr)
        return 1
    if run(["git", "status", "--porcelain"])[1]:
        print("not everything is committed: what is cloned is the last commit")
    offline = bool(shutil.which("unshare")) and run([*OFFLINE, "true"])[0] == 0
    if not offline:
        print("no process can be cut off from the network here: that part is left out")
    runs = [
        (version, "bytes", remake, (python, *settings, offline and number == 1))
        for version, python in found.items()
        for number, settings in enumerate(SETTINGS)
    ]
    for resolution, version in (("lowest-direct", min(found)), ("highest", max(found))):
        runs.append((version, "bounds", bounds, (found[version], resolution)))
    differs = 0
    for version, part, work, given in runs:
        if options.part in (None, part):
            with tempfile.TemporaryDirectory() as name:
                faults = work(Path(name) / "clone", *given)
            differs += bool(faults)
            print(f"Python {version}, {part}, {given[1]}: {'; '.join(faults) or 'agrees'}", flush=True)
    print(f"{differs} of the runs differ" if differs else "all agree")
    return int(bool(differs))


if __name__ == "__main__":
    sys.exit(main())
