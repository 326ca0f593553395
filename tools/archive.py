"""Write build/analysis-VERSION.zip: the files that git tracks at this commit, and the site."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EPOCH = (1980, 1, 1, 0, 0, 0)  # one date for all, so that the same commit gives the same bytes


def main():
    """Write the archive; return 0."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.split("\0") if name]
    names += [path.relative_to(ROOT).as_posix() for path in (ROOT / "site").rglob("*") if path.is_file()]
    target = ROOT / "build" / f"analysis-{version}.zip"
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(set(names)):
            entry = zipfile.ZipInfo(f"analysis-{version}/{name}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, (ROOT / name).read_bytes())
    print(f"{target.relative_to(ROOT)}: {len(set(names))} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
