"""Read regular files, and write files in one step."""

import contextlib
import errno
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

# What is not finished is called so, with the process that makes it; git ignores the name.
PART = re.compile(r"\.analysis-([0-9]+)-\w+\.part")


def read(path, most=None):
    """Return the bytes of a regular file; a ValueError says that it holds more than `most`.

    Devices and pipes are never opened: reading them would wait, or never end. No more is read than
    the file says it holds, because some files of the system claim to be regular and have no end.
    """
    path = Path(path)
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "no regular file", str(path))
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if most is not None and size > most:
            raise ValueError(f"{path}: at most {most // 1_000_000} MB are read")
        return file.read(size) if size else b""


def write(path, data):
    """Write bytes to a file in one step, if they differ from what is there; return True if they do."""
    return bool(write_all({path: data}))


def write_all(contents):
    """Write several files, from Path to bytes, so that all of them change or none does; return those that did.

    All bytes are on the disk beside their places before the first file is replaced. Where a later
    step fails, the files that were replaced before it get their old bytes back.
    """
    for folder in {path.parent for path in contents}:
        sweep(folder)
    old = {path: _present(path) for path in contents}
    changed = [path for path, data in contents.items() if old[path] != data]
    with contextlib.ExitStack() as parts:
        new = {path: _part(parts, path, contents[path]) for path in changed}
        # One file needs no way back: it is replaced or it is not.
        several = changed if len(changed) > 1 else []
        back = {path: _part(parts, path, old[path]) for path in several if old[path] is not None}
        try:
            for path in changed:
                with _named(path):
                    new[path].replace(path)
        except BaseException:
            for path in several:
                if not new[path].exists():
                    back[path].replace(path) if path in back else path.unlink()
            raise
    return changed


@contextlib.contextmanager
def desk(folder=None):
    """Give an empty folder, by default among the temporary files of the system; it is removed at the end."""
    folder = Path(folder or tempfile.gettempdir())
    sweep(folder)
    with _named(folder):
        place = Path(tempfile.mkdtemp(dir=folder, **_name()))
    try:
        yield place
    finally:
        for _ in range(30):
            _drop(place)
            if not place.exists():
                break
            time.sleep(0.1)  # A kernel that is ending still writes.


def sweep(folder):
    """Remove from a folder what runs that were killed have left."""
    for path in folder.glob(".analysis-*.part"):
        made = PART.fullmatch(path.name)
        if made and not _runs(int(made[1])):
            _drop(path)


def _runs(process):
    """Return True if a process is still there; where asking would end it, on Windows, it is taken to be."""
    if os.name != "nt":
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            pass
    return True


def _name():
    """Return how a part is called."""
    return {"prefix": f".analysis-{os.getpid()}-", "suffix": ".part"}


@contextlib.contextmanager
def _named(path):
    """Name the file that was to be written in what the system says, such as that the disk is full."""
    try:
        yield
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(path)) from None


def _present(path):
    """Return the bytes of the file that is to be replaced, or None where there is none."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(errno.EEXIST, "a link, or no regular file, is there", str(path))
    return path.read_bytes() if path.exists() else None


def _drop(path):
    """Remove a file or a folder, if it can be removed; the next run tries again."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def _part(parts, path, data):
    """Write bytes to a new file beside a path; it is removed with `parts` unless it was moved."""
    with _named(path):
        handle, name = tempfile.mkstemp(dir=path.parent, **_name())
        made = Path(name)
        parts.callback(_drop, made)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        made.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    return made
