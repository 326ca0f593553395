"""Hand our exports to the programs that read them, and take back what those make of them.

Run by `make clients`. Each program is installed, pinned, into an environment of its own in
`build/clients/`; one that cannot be had is skipped, with a line. QualCoder comes from its repository
(QUALCODER=PATH: a clone at hand). Its import and export run unmodified, on its own tables, without
its windows. The made-up study is used; with ARTICLE_TEXT also the real one.
"""

import ast
import builtins
import contextlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import types
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
BUILD = HOME / "build" / "clients"
QUALCODER = os.environ.get("QUALCODER", "https://github.com/ccbogel/QualCoder")
VERSIONS = ("3.5", "3.6", "3.8.2", "c3204641e0a997c08219d2377eb5736cd94504bc")  # the last: August 2026
PINNED = {
    "qualcoder": "PyQt6==6.11.0",
    "qualitative": "qualitative-coding==1.7.8",
    "taguette": "taguette==1.5.2",
}
SECOND = "anna"
TWO = f"{VERSIONS[-1][:8]}/two/made.qdpx"


# What runs in the environment of a client: it may import that client, and nothing of this package.


def qualcoder(source, job):
    """Import a project into QualCoder, add a second coder's selections where asked, and export it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    builtins._ = lambda text: text
    root = next(path for path in (source / "src", source) if (path / "qualcoder").is_dir())
    sys.path.insert(0, str(root))
    helpers = types.ModuleType("qualcoder.helpers")  # it imports what only windows need
    helpers.Message = lambda *_: types.SimpleNamespace(exec=lambda: None)
    package = types.ModuleType("qualcoder")
    package.__path__ = [str(root / "qualcoder")]
    sys.modules |= {"qualcoder": package, "qualcoder.helpers": helpers}
    from PyQt6 import QtWidgets
    from qualcoder import refi

    running = QtWidgets.QApplication([])
    place = Path(job["folder"])
    project = place / "made.qda"
    (project / "documents").mkdir(parents=True)
    base = sqlite3.connect(project / "data.qda")
    main = ast.parse((root / "qualcoder" / "__main__.py").read_text(encoding="utf-8"))
    (new,) = (node for node in ast.walk(main)
              if isinstance(node, ast.FunctionDef) and node.name == "new_project")  # fmt: skip
    for node in ast.walk(new):
        if isinstance(node, ast.Constant) and str(node.value).startswith("CREATE TABLE"):
            base.execute(node.value)
    base.execute(
        "insert into project (databaseversion, date, memo, about) values ('v', '2026-01-01 00:00:00', '', '')"
    )
    settings = {"directory": str(place), "codername": "default", "fontsize": 10, "font": "Sans",
                "ai_enable": "False", "backup_num": 0}  # fmt: skip
    app = types.SimpleNamespace(
        conn=base, settings=settings, project_path=str(project), project_name="made.qda", version="QualCoder",
        ai_models=[], ai=None, write_config_ini=lambda *_: None, get_annotations=list, project_events=None,
    )  # fmt: skip
    window = types.SimpleNamespace(append=lambda _: None)
    dialog = QtWidgets.QFileDialog
    dialog.getOpenFileName = staticmethod(lambda *_, **__: (job["file"], True))
    dialog.getExistingDirectory = staticmethod(lambda *_, **__: str(place))
    refi.RefiImport(app, window, "qdpx")
    marks = base.execute(
        "select n.name, t.pos0, t.pos1, t.owner, t.memo, t.seltext, s.fulltext from code_text t "
        "join code_name n on n.cid = t.cid join source s on s.id = t.fid"
    ).fetchall()
    # As its window writes them: all codes of a statement, on words that nobody has coded so.
    first = "select cid, fid, memo, pos0, pos1 from code_text where pos1 = (select min(pos1) from code_text)"
    taken = base.execute(first).fetchall() if job.get("second") else []
    for shorter in range(job.get("second", 0)):
        base.executemany(
            f"insert into code_text (cid, fid, memo, pos0, pos1, seltext, owner, date) "
            f"values (?, ?, ?, ?, ? - 5 - {shorter}, '', '{SECOND}', '2026-01-01 00:00:00')", taken,
        )  # fmt: skip
    if taken:  # QualCoder lists as its coders those who made something.
        base.execute(
            f"insert into code_name (name, memo, owner, date, color) values ('x', '', '{SECOND}', '', '#999999')"
        )
    base.commit()
    chosen = types.SimpleNamespace(isChecked=lambda: job.get("crlf", False))
    ends = types.SimpleNamespace(radioButton_maxqda=chosen)
    refi.RefiLineEndings = lambda *_: types.SimpleNamespace(exec=lambda: None, ui=ends)
    home = os.environ["HOME"] = str(place / "home")
    (Path(home) / ".qualcoder").mkdir(parents=True)
    refi.RefiExport(app, window, "project")
    running.quit()
    texts = {text for *_, text in marks}
    right = sum(chosen == text[start:end] for _, start, end, _, _, chosen, text in marks)
    return {"codings": len(marks), "right": right, "owners": sorted({row[3] for row in marks}), "texts": len(texts),
            "marks": [row[:3] for row in marks], "file": str(place / "made.qdpx")}  # fmt: skip


def taguette(_, job):
    """Read a table of codes with Taguette's own reader."""
    from taguette.import_codebook import list_tags

    with Path(job["file"]).open("rb") as file:
        return list_tags(file)


if __name__ == "__main__" and len(sys.argv) > 1:
    worker = {"qualcoder": qualcoder, "taguette": taguette}[sys.argv[1]]
    with contextlib.redirect_stdout(io.StringIO()):
        answer = worker(Path(sys.argv[2]), json.loads(sys.argv[3]))
    print(json.dumps(answer))
    sys.exit()


# What runs in this project's environment.


def environment(name):
    """Return the Python of a client's environment, which is made first; None where it cannot be had."""
    place = BUILD / name
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = place / PINNED[name]
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PINNED[name]]
        if subprocess.run(command, capture_output=True).returncode:
            return None
        done.touch()
    return python


def asked(python, work, source="", **job):
    """Run a worker of this file under another Python; return its answer, or the last line of its error."""
    command = [python, __file__, work, str(source), json.dumps(job)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["it ended without a word"])[-1])
    return json.loads(done.stdout)


def sources():
    """Return the folder of each version of QualCoder, unpacked from a clone of its repository."""
    clone, found = BUILD / "QualCoder.git", {}
    if not clone.exists():
        subprocess.run(["git", "clone", "--quiet", "--bare", QUALCODER, clone], capture_output=True)
    for version in VERSIONS:
        place = BUILD / f"QualCoder-{version[:8]}"
        if not place.exists() and clone.exists():
            packed = subprocess.run(["git", "-C", clone, "archive", version], capture_output=True)
            if packed.returncode == 0:
                place.mkdir()
                subprocess.run(["tar", "-x", "-C", place], input=packed.stdout, check=True)
        found[version[:8]] = place if place.exists() else None
    return found


def alike(folder, one, other):
    """Return True if two codings of the article have the same statements, but for their ids and anchors."""
    from analysis import study

    codings = study.only(study.load(folder)).codings
    one, other = (codings[name].drop(columns=["statement", "anchor"]) for name in (one, other))
    return one.equals(other)


def through_qualcoder(python, source, folder, text, place):
    """Carry a study through one version of QualCoder and back; return what was seen."""
    from analysis import exchange, study

    def through(name, **options):
        (place / name).mkdir()
        return asked(python, "qualcoder", source, folder=str(place / name), file=str(exported), **options)

    used = study.load(folder).meta["coding"]
    table = study.load(folder).codings[used].assign(joint=lambda rows: rows["joint"].astype(str))
    # The second statement of two that are held jointly says the same in other words.
    table.loc[table["joint"].ne("") & table["joint"].duplicated(), "gist"] += " too"
    path = folder / "codings" / f"{used}.csv"
    path.write_bytes(study.table_csv("coding", table.to_dict("records")))
    study.write_package(folder)
    loaded = study.only(study.load(folder))
    rows, article = loaded.statements, loaded.meta["article"]["document"]
    exported = exchange.export(folder, "qdpx", text, place / "ours.qdpx", document=article)
    codes = {(row.paragraph, row.start, row.end, group, getattr(row, group))
             for row in rows.itertuples() for group in exchange.refi.GROUPS if getattr(row, group)}  # fmt: skip
    said = through("plain")
    needed(said["codings"] == said["right"] == len(codes), f"{said['right']} of {len(codes)} codings arrive")
    needed(said["owners"] == [used], f"coders are {said['owners']}")
    exchange.add_coding(folder, said["file"], "plain")
    needed(alike(folder, "plain", used), "what comes back differs")
    exchange.add_coding(folder, through("crlf", crlf=True)["file"], "crlf")
    needed(alike(folder, "crlf", used), "with CRLF line ends what comes back differs")
    two = through("two", second=2)["file"]
    try:
        exchange.add_coding(folder, two, "both")
        needed(False, "two coders were taken as one")
    except ValueError as fault:
        needed(f"2 users have coded: '{SECOND}'" in str(fault) or f", '{SECOND}';" in str(fault), str(fault))
    exchange.add_coding(folder, two, "anna", user=SECOND)
    exchange.add_coding(folder, two, "ours", user=used)
    right = len(study.load(folder).codings["anna"]) == 2 and alike(folder, "ours", used)
    needed(right, "coders are mixed up")
    exported = two
    needed(through("again")["owners"] == sorted([SECOND, used]), "two coders do not stay two")
    return (
        f"{len(codes)} codings arrive; {len(rows)} statements come back, with CRLF too; two coders stay two"
    )


def through_qualitative(python, folder, text, place):
    """Open a project, and one with two coders that QualCoder made, in qualitative-coding."""
    from analysis import exchange, study

    loaded = study.only(study.load(folder))
    used, article = loaded.meta["coding"], loaded.meta["article"]["document"]
    ours = exchange.export(folder, "qdpx", text, place / "ours.qdpx", document=article)
    seen = []
    for file, coders in ((ours, [used]), (place.parent / TWO, [SECOND, used])):
        if not file.exists():
            continue
        (place / file.stem).mkdir()
        # A breakpoint was left in its reader.
        done = subprocess.run([python.with_name("qc"), "init", "--import", file], cwd=place / file.stem,
                              env=os.environ | {"PYTHONBREAKPOINT": "0"}, capture_output=True, text=True)  # fmt: skip
        needed(done.returncode == 0, (done.stderr.strip().splitlines() or ["it ended without a word"])[-1])
        base = sqlite3.connect(place / file.stem / "qualitative_coding.sqlite3")
        found = base.execute(
            "select coder_id, count(*) from coded_line group by coder_id order by 1"
        ).fetchall()
        needed([name for name, _ in found] == sorted(coders), f"coders are {found}")
        seen.append(", ".join(f"{number} lines of {name}" for name, number in found))
    return "; ".join(seen)


def through_taguette(python, folder, place):
    """Read the table of codes with Taguette."""
    from analysis import exchange, study

    table = exchange.export(folder, "tags", None, place / "tags.csv")
    read = asked(python, "taguette", file=str(table))
    ours = exchange.spreadsheets.tags(study.load(folder))
    needed([tag["path"] for tag in read] == ours["tag"].tolist(), "tags differ")
    needed([tag["description"] for tag in read] == ours["description"].tolist(), "descriptions differ")
    return f"{len(read)} tags with their descriptions"


def through_libreoffice(folder, place):
    """Save a workbook with LibreOffice, as a workbook and as CSV, and take it back."""
    from analysis import exchange, study

    book, seen = exchange.export(folder, "excel", None, place / "ours.xlsx"), []
    for ending in ("xlsx", "csv"):
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation={(place / 'profile').as_uri()}",
                        "--convert-to", ending, "--outdir", place / "saved", book],
                       check=True, capture_output=True)  # fmt: skip
        exchange.add_coding(folder, place / f"saved/ours.{ending}", f"by-{ending}")
        needed(alike(folder, f"by-{ending}", study.load(folder).meta["coding"]), f"the {ending} differs")
        seen.append(ending)
    return f"{len(study.load(folder).statements)} statements come back from {' and '.join(seen)}"


def needed(holds, otherwise):
    """Stop a client's trial with a sentence where something does not hold."""
    if not holds:
        raise RuntimeError(otherwise)


def trials(folder, text, place):
    """Yield each client and what is tried with it, or None where it cannot be had."""
    python = environment("qualcoder")
    for version, source in sources().items():
        here = place / version
        yield f"QualCoder {version}", python and source and (
            lambda source=source, here=here: through_qualcoder(python, source, folder(here), text, here))  # fmt: skip
    for name, through in (("qualitative", through_qualitative), ("taguette", through_taguette)):
        client, here = environment(name), place / name
        given = (text,) if name == "qualitative" else ()
        yield PINNED[name], client and (
            lambda client=client, here=here, through=through, given=given:
            through(client, folder(here), *given, here))  # fmt: skip
    here = place / "libreoffice"
    yield "LibreOffice", shutil.which("soffice") and (lambda: through_libreoffice(folder(here), here))


def main():
    """Try every client on every study whose text is at hand; return 1 if something does not hold."""
    from analysis import study

    BUILD.mkdir(parents=True, exist_ok=True)
    own, copy, failed = study.find("dos-orillas"), os.environ.get("ARTICLE_TEXT"), 0
    texts = {own: own / "articulo.txt"} | ({study.find(): Path(copy).resolve()} if copy else {})
    for which, text in texts.items():
        with tempfile.TemporaryDirectory() as made:

            def folder(here, which=which):
                here.mkdir()
                left = shutil.ignore_patterns("*.ipynb", "figures")
                return shutil.copytree(which, here / which.name, ignore=left)

            for name, trial in trials(folder, text, Path(made)):
                try:
                    said = trial() if trial else "skipped: it cannot be had here"
                except (OSError, ValueError, RuntimeError, subprocess.CalledProcessError) as fault:
                    said, failed = f"FAILED: {fault}", failed + 1
                print(f"{which.name}, {name}: {said}", flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
