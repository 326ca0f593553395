"""Files, places and texts that mean harm: nothing is half-written, replaced, waited for or run."""

import contextlib
import errno
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path

import in_process
import lxml.html
import pytest
from helpers import contents
from nbconvert.filters import markdown2html

from analysis import article, coding, figures, notebooks, report, study
from analysis.__main__ import main
from analysis.exchange import archives
from analysis.notebooks import run
from analysis.study import loading, package

RIVER = study.find("dos-orillas")
COPY = RIVER / "articulo.txt"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Make a copy of what commands write to, and return its folder."""
    root = tmp_path / "root"
    for path in ("README.md", "data/README.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes((notebooks.ROOT / path).read_bytes())
    for name in ("dos-orillas", study.DEFAULT):
        shutil.copytree(study.find(name), root / "data" / name)
    monkeypatch.setattr(loading, "ROOT", root / "data")
    monkeypatch.setattr(report, "findings_table", lambda loaded: "| a table |")
    monkeypatch.chdir(tmp_path)
    # Something is to be written in each place.
    spoilt = root / "data/dos-orillas/datapackage.json"
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace('"name"', ' "name"', 1), encoding="utf-8")
    marked = package.between((root / "data/README.md").read_text(encoding="utf-8"), "tables", "old")
    (root / "data/README.md").write_text(marked, encoding="utf-8")
    return root


COMMANDS = {
    "describe": (["describe", "dos-orillas"], 3),
    "import": (["import", "dos-orillas", "second.csv", "--coder", "robot"], 2),
    "sheet": (["sheet", "dos-orillas", "mary"], 2),
    "export": (["export", "dos-orillas", "--to", "long", "--out", "root/out.csv"], 1),
    "export again": (["export", "dos-orillas", "--to", "long", "--out", "root/old.csv", "--force"], 1),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("step", ["a part is made", "a part takes its place"])
def test_a_command_that_fails_has_changed_nothing(root, tmp_path, monkeypatch, capsys, command, step):
    """Each step of writing fails in turn, until the command succeeds; there is one for each file."""
    arguments, number = COMMANDS[command]
    (tmp_path / "second.csv").write_bytes((RIVER / "codings/second.csv").read_bytes())
    (root / "old.csv").write_text("old\n", encoding="utf-8")
    before, failed = contents(root), 0
    while True:
        left = iter(range(failed, -1, -1))  # Only one call fails: what undoes the others is the same step.

        def full(real, left=left):
            def call(*given, **options):
                if next(left, None) == 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return real(*given, **options)

            return call

        with monkeypatch.context() as patched:
            if step == "a part is made":
                patched.setattr(tempfile, "mkstemp", full(tempfile.mkstemp))
            else:
                patched.setattr(Path, "replace", full(Path.replace))
            if main(arguments) == 0:
                break
        assert "No space left" in capsys.readouterr().err
        assert contents(root) == before
        failed += 1
    after = contents(root)
    assert sum(after[name] != before.get(name) for name in after) == number <= failed


@contextlib.contextmanager
def bounded():
    """Stop what waits for ever or takes all memory."""
    import resource  # Unix has it alone.

    def late(*_):
        raise KeyboardInterrupt  # Any other would be taken for a fault of the file.

    before = signal.signal(signal.SIGALRM, late)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + 1_500_000_000, hard))
    signal.alarm(10)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def special(kind, path):
    """Put something at a path that is no file to be read or replaced; return the path."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    elif kind == "folder":
        path.mkdir()
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(archives.MOST_BYTES + 1)
    elif kind != "none":
        path.symlink_to({"endless": "/dev/zero", "null": "/dev/null", "loop": path.name, "dangling": "nothing",
                         "file": "real", "kernel": "/proc/kmsg"}[kind])  # fmt: skip
        if kind == "file":
            path.with_name("real").write_text("real\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="devices and limits are those of Linux")
@pytest.mark.parametrize(
    "kind", ["pipe", "socket", "folder", "large", "endless", "null", "loop", "none", "kernel"]
)
def test_what_is_no_file_or_too_large_is_not_read(root, tmp_path, capsys, kind):
    before = contents(root)
    for ending in ("txt", "csv", "tsv", "xlsx", "qdpx"):
        path = special(kind, tmp_path / f"x.{ending}")
        commands = [["import", "dos-orillas", path.name, "--coder", "robot"]]
        if ending == "txt":
            commands += [
                ["new", "x", path.name], ["align", "dos-orillas", path.name], ["suggest", "dos-orillas", path.name],
                ["export", "dos-orillas", "--to", "qdpx", "--text", path.name],
                ["import", "dos-orillas", str(RIVER / "codings/second.csv"), "--coder", "robot", "--text", path.name],
            ]  # fmt: skip
        for command in commands:
            with bounded():
                assert main(command) == 2, command
            said = capsys.readouterr().err
            assert said.startswith(path.name) and said.count("\n") == 1, said
            assert ("at most" in said) == (kind == "large")
    assert contents(root) == before


@pytest.mark.skipif(sys.platform != "linux", reason="devices and limits are those of Linux")
@pytest.mark.parametrize("name", ["codings/second.csv", "study.toml", "datapackage.json"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "endless", "loop"])
def test_what_is_no_file_within_a_study_is_a_fault(root, capsys, name, kind):
    place = root / "data/dos-orillas" / name
    place.unlink()
    special(kind, place)
    with bounded():
        assert main(["check", "dos-orillas"]) == 1
    assert capsys.readouterr().out.startswith(f"{name}: a ")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="devices and limits are those of Linux")
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["unasked", "forced"])
def test_an_export_replaces_nothing_but_an_export(root, tmp_path, capsys, force):
    """Links, devices, folders, a study's and the package's own files, the text; earlier exports if asked."""
    text = tmp_path / "copy.csv"
    text.write_bytes(COPY.read_bytes())
    locked = tmp_path / "locked.csv"
    locked.write_text("old\n", encoding="utf-8")
    locked.chmod(0o444)
    for name in ("analysis/x.csv", "tests/y.csv", ".git/x.csv", "notebooks/x.csv"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("own\n", encoding="utf-8")
    inside = root / "data/dos-orillas"
    shutil.copytree(RIVER, tmp_path / "elsewhere")
    places = [
        special(kind, tmp_path / f"{kind}.csv")
        for kind in ("pipe", "socket", "folder", "null", "loop", "dangling", "file")
    ]
    places += [text, locked, inside / "paragraphs.csv", inside / "new.csv", inside / "codings/new.csv", root / "README.md",
               inside / "study.toml", root / "data/new.csv", root / "analysis/x.csv", root / "analysis/new.csv",
               root / "tests/y.csv", root / ".git/x.csv", root / ".git/new.csv", root / "notebooks/x.csv",
               tmp_path / "elsewhere/x.csv", tmp_path / "elsewhere/figures/x.csv", tmp_path / "none/x.csv", Path(), Path("/dev/null"), Path("/dev/stdout")]  # fmt: skip
    before, null = contents(tmp_path), Path("/dev/null").lstat()
    for place in places:
        with bounded():
            given = ["--text", str(text), "--out", str(place), *force]
            assert main(["export", "dos-orillas", "--to", "long", *given]) == 2, place
        assert capsys.readouterr().err.count("\n") == 1
    assert contents(tmp_path) == before
    assert Path("/dev/null").lstat().st_mode == null.st_mode
    old = tmp_path / "old.csv"
    old.write_text("old\n", encoding="utf-8")
    for place in (old, root / "new.csv", old, Path("dos-orillas-long.csv")):
        done = main(["export", "dos-orillas", "--to", "long", "--out", str(place), *force])
        assert done == (0 if force or place != old else 2)
    assert old.read_bytes() == (root / "new.csv").read_bytes() if force else old.read_text() == "old\n"
    assert main(["export", "dos-orillas", "--to", "long"]) == 0, "the same bytes are there"


HARM = (
    "<svg onload=a()> [x](javascript:a()) ![x](data:a) <javascript:a()> <ftp://x.yz> </td></script><script>a()</script> "
    "$x$ $$y$$ \\(z\\) \\[z\\] `a` *b* __c__ | ~~d~~ <!-- &lt;b&gt; &#60;b> ftp://x.yz javascript:a() www.x.yz a@b.cd #1 [^1]"
)
STARTS = ("1. ", "- ", "# ", "> ", "+ ", "12) ", "    ", "```", "![x](")
HARMFUL = ("https://x.yz/)[y](javascript:a())", "https://x.yz/$a$_b_*c*\\|`", 'https://x.yz/"onload="a()', "javascript:a()",
           "data:text/html,a", " https://x.yz", "https://x.yz/<svg onload=a()>", "https://x.yz/&quot;&gt;")  # fmt: skip
# Fields that ran in a browser, or were mangled, before all went through one function.
SHOWN = {
    "headline", "publisher", "coding gist", "findings sentence", "actors short", "checks publisher",
    "claims wording", "measures label", "facts what", "facts publisher", "actors label",
    "issues definition", "paragraphs gist", "sides label",
}  # fmt: skip
TAGS = set("div p ul ol li em strong a code span table thead tbody tr th td h1 h2 b i mark".split())
ATTRIBUTES = {"href", "class", "style", "border", "id", "title", "colspan", "rowspan", "halign", "valign"}
# Columns of text whose values are codes, numbers, keys or words that are computed with.
CODES = {"theme", "predicate", "arguments", "value", "unit", "basis", "side", "word", "terms", "anchor", "manifesto",
         "vintage", "proposition", "addressee"}  # fmt: skip


def harm(mark, number):
    """Return a harmful text that says which field and row it comes from."""
    return f"{STARTS[number % len(STARTS)]}zz{mark}zz {number} {HARM}"


def spoil(loaded):
    """Put harm into every text column and label of a loaded study; return the fields, in the order of marks."""
    fields = []

    def filled(field, number):
        return [harm(len(fields), place) for place in range(number)], fields.append(field)

    described = study.schema()
    for name, table in described.items():
        linked = [link["fields"] for link in table["schema"].get("foreignKeys", [])]
        linked = {key for keys in linked for key in ([keys] if isinstance(keys, str) else keys)}
        for field in table["schema"]["fields"]:
            column = field["name"]
            coded = (
                column in linked | CODES or "categories" in field or "pattern" in field.get("constraints", {})
            )
            if field["type"] != "string" or coded:
                continue
            for frame in loaded.codings.values() if name == "coding" else [vars(loaded).get(name)]:
                if frame is not None and column == "url":
                    frame[column] = [HARMFUL[number % len(HARMFUL)] for number in range(len(frame))]
                elif frame is not None:
                    frame[column] = filled(f"{name} {column}", len(frame))[0]
    loaded.meta["title"], loaded.meta["article"]["page"] = filled("title", 1)[0][0], HARMFUL[0]
    for key in ("headline", "publisher"):
        loaded.meta["article"][key] = filled(key, 1)[0][0]
    for group, key in (("sides", "label"), ("sides", "text"), ("themes", "label")):
        labels = filled(f"{group} {key}", len(loaded.meta[group]))[0]
        for entry, label in zip(loaded.meta[group].values(), labels, strict=True):
            entry[key] = label
    return fields


def seen(page):
    """Assert that HTML holds harm as text alone; return the marks of the fields in it."""
    whole = lxml.html.fragment_fromstring(
        re.sub(r"<style scoped>.*?</style>", "", page, flags=re.DOTALL), "div"
    )
    for element in whole.iter():
        assert element.tag in TAGS and set(element.attrib) <= ATTRIBUTES, lxml.html.tostring(element)[:300]
        assert re.fullmatch(
            r"https?://[^\s<>\"]+|#[\w%-]+|\.\./codebook\.md", element.get("href", "http://x")
        ), element.get("href")
        above = (element, *element.iterancestors())
        if not any("mathjax_ignore" in one.get("class", "") or one.tag == "code" for one in above):
            for text in (element.text, *(child.tail for child in element)):
                assert text in ("$", "\\") or not set(text or "") & {"$", "\\"}, text
    text = " ".join(whole.text_content().split())
    found = {(int(mark), int(number)) for mark, number in re.findall(r"zz(\d+)zz (\d+) ", text)}
    for mark, number in found:
        assert " ".join(harm(mark, number).split()) in text, text[:500]
    assert len(re.findall(r"zz\d+zz", text)) == text.count(HARM)
    return {mark for mark, _ in found}


NAMED = [("06-check-the-claims", "read")]


def test_text_from_tables_is_text(monkeypatch):
    """Cells of the notebooks that show Markdown, HTML or a table, and what is written as Markdown."""
    summit, river = study.load(), study.load("dos-orillas")
    blocks = article.read_copy(COPY)
    for name, value in vars(figures).items():
        if callable(value):
            monkeypatch.setattr(figures, name, lambda *_, **__: None)
    for loaded in (summit, river):
        fields, found, stopped = spoil(loaded), set(), []
        monkeypatch.setattr(study, "load", lambda *_, given=loaded, **__: given)
        for path in [*in_process.NOTEBOOKS, run.TEMPLATE] if loaded is summit else [run.TEMPLATE]:
            for name, _, value in in_process.run(path, faults=in_process.FAULTS):
                if isinstance(value, Exception):
                    stopped.append((path.stem, name, repr(value)[:90]))
                elif hasattr(value, "_repr_markdown_"):
                    found |= seen(markdown2html(value.data))
                elif hasattr(value, "_repr_html_"):
                    found |= seen(value._repr_html_())
        found |= seen(markdown2html(coding.guide_text(loaded, "mary")))
        # Assertions that guard the prose, and a cell that asks for a number in words.
        other = [row for row in stopped if not re.match("checks|more-checks|guards|codebook-checks", row[1])]
        assert [row[:2] for row in other] == (NAMED if loaded is summit else [])
        assert loaded is river or {fields[mark] for mark in found} >= SHOWN, SHOWN - {
            fields[mark] for mark in found
        }
    # GitHub and JupyterLab make links of these, nbconvert does not.
    assert not re.search(r"www\.|@|://", report.plain(HARM))
    assert seen(markdown2html(report.findings_table(river))) and seen(report.read_along(river, blocks))
