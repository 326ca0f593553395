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
PRODUCTS = ("notebooks/*.ipynb", "figures/*", "data/*/study.ipynb", "data/*/figures/*")
PROBE = "import ensurepip, sys, venv; print(*sys.version_info[:2], sep='.')"
# A network of its own, in which only the machine itself is reached: kernels talk to it.
OFFLINE = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
REACH = "import socket; socket.create_connection(('192.0.2.1', 9), 1)"


def interpreters():
    """Return the Pythons found on PATH and in pyenv, by version, that can make environments."""
    found = {}
    pyenv = shutil.which("pyenv")
    root = Path(run([pyenv, "root"], ROOT)[1].strip()) if pyenv else None
    for version in VERSIONS:
        places = [shutil.which(f"python{version}")]
        if root:
            places += sorted(map(str, root.glob(f"versions/{version}.*/bin/python")))
        for place in filter(None, places):
            # Without a user's site or the environment of this process.
            status, said = run([place, "-I", "-c", PROBE], ROOT)
            if status == 0 and said.strip() == version:
                found[version] = place
                break
    return found


def run(command, folder, umask=-1, **settings):
    """Run a command; return its exit status and what it said."""
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=os.environ | settings, umask=umask, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, errors="replace",
    )  # fmt: skip
    return done.returncode, done.stdout


def settings():
    """Return two sets of settings that differ in all that should not matter."""
    status, said = run(["locale", "-a"], ROOT)
    usual = re.compile(r"C|POSIX|C\.utf-?8|en_US.*", re.IGNORECASE)
    other = [name for name in said.split() if not usual.fullmatch(name)] if status == 0 else []
    return [
        ({"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}, 0o077),
        ({"LC_ALL": (other or ["C.UTF-8"])[0], "TZ": "America/St_Johns", "PYTHONHASHSEED": "4242"}, 0o002),
    ]


def digests(folder):
    """Return the digest of each product in a clone, by its path."""
    paths = sorted(path for pattern in PRODUCTS for path in folder.glob(pattern))
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def strip(folder):
    """Drop all outputs and pictures of a clone."""
    for path in folder.glob("notebooks/*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        path.write_text(json.dumps(notebook), encoding="utf-8")
    for pattern in PRODUCTS[1:]:
        for path in folder.glob(pattern):
            path.unlink()


def clone(folder):
    """Clone what is committed into a folder."""
    status, said = run(["git", "clone", "--quiet", ROOT, folder], ROOT)
    if status:
        raise OSError(f"git clone: {said.strip()}")
    return folder


def remake(folder, python, surroundings, umask, offline):
    """Set a clone up, make its notebooks anew, and return what differs from the committed bytes."""
    clone(folder)
    committed = digests(folder)
    cold = {"MPLCONFIGDIR": str(folder.parent / f"{folder.name}-matplotlib")}
    status, said = run(["make", f"PYTHON={python}", ".venv/.ready"], folder, umask, **surroundings)
    if status:
        return [f"set-up failed: {last(said)}"]
    strip(folder)
    # A study's own notebook is made by the same command.
    studies = sorted({path.split("/")[1] for path in committed if path.startswith("data/")})
    for study in ("", *studies):
        command = [*(OFFLINE if offline else ()), "make", "notebooks", *([f"STUDY={study}"] if study else [])]
        status, said = run(command, folder, umask, **surroundings, **cold)
        if status:
            return [f"{' '.join(command[-2:])} failed: {last(said)}"]
    made = digests(folder)
    return sorted(path for path in committed | made if committed.get(path) != made.get(path))


def last(said):
    """Return the last line of what a command said that is not make's own."""
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith("make")]
    return lines[-1] if lines else "it said nothing"


def can_be_offline():
    """Tell whether a process may be cut off from the network here, and then is."""
    if not shutil.which("unshare"):
        return False
    works, _ = run([*OFFLINE, "true"], ROOT)
    reached, said = run([*OFFLINE, sys.executable, "-c", REACH], ROOT)
    return works == 0 and reached != 0 and "Network is unreachable" in said


def bounds(folder, python, resolution):
    """Run the tests on the oldest or the newest dependencies; return what was installed and failed."""
    clone(folder)
    status, said = run([python, "-m", "venv", ".venv"], folder)
    own = folder / ".venv" / "bin"
    if status == 0:
        uv = shutil.which("uv") or folder / ".venv/bin/uv"
        if not shutil.which("uv"):
            run([own / "python", "-m", "pip", "install", "--quiet", "uv"], folder)
        command = [uv, "pip", "install", "--quiet", "--resolution", resolution, "--group", "dev", "-e", "."]
        status, said = run(command, folder, VIRTUAL_ENV=str(folder / ".venv"))
    if status:
        return "", [f"set-up failed: {last(said)}"]
    names = "from importlib.metadata import version as v; print(*(f'{n} {v(n)}' for n in %r), sep=', ')"
    shown = run([own / "python", "-c", names % (("pandas", "numpy", "matplotlib"),)], folder)[1].strip()
    tests = [own / "python", "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "tests"]
    status, said = run(tests, folder)
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
    return shown, failed or ([f"tests: {last(said)}"] if status else [])


def main(arguments=None):
    """Run the matrix, print a line for each part, and return 1 if anything differs."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--python", action="append", choices=VERSIONS, help="only this one (may be repeated)")
    ask.add_argument("--part", choices=("bytes", "bounds"), help="only one half of the matrix")
    options = ask.parse_args(arguments)
    found = {v: p for v, p in interpreters().items() if v in (options.python or VERSIONS)}
    for version in options.python or VERSIONS:
        if version not in found:
            print(f"Python {version}: not found", flush=True)
    if not found:
        print("nothing was run", file=sys.stderr)
        return 1
    if run(["git", "status", "--porcelain"], ROOT)[1]:
        print("not everything is committed: what is cloned is the last commit")
    offline, differs = can_be_offline(), 0
    if not offline:
        print("no process can be cut off from the network here: that part is left out")

    def report(python, what, where, faults):
        nonlocal differs
        differs += bool(faults)
        print(f"{python:<5} {what:<9} {where:<66} {'; '.join(faults) or 'agrees'}", flush=True)

    for version, python in found.items() if options.part != "bounds" else ():
        for place, (surroundings, umask) in enumerate(settings()):
            cut = offline and place == 1
            with tempfile.TemporaryDirectory(prefix="clone" + "-elsewhere" * place) as name:
                faults = remake(Path(name) / f"a{place}", python, surroundings, umask, cut)
            where = f"{' '.join(surroundings.values())} {umask:03o}{' offline' * cut}"
            report(version, "bytes", where, faults)
    if options.part != "bytes":
        for resolution, version in (("lowest-direct", min(found)), ("highest", max(found))):
            with tempfile.TemporaryDirectory() as name:
                shown, faults = bounds(Path(name) / "clone", found[version], resolution)
            report(version, {"lowest-direct": "oldest"}.get(resolution, "newest"), shown, faults)
    print(f"{differs} of the runs differ" if differs else "all agree")
    return int(bool(differs))


if __name__ == "__main__":
    sys.exit(main())
