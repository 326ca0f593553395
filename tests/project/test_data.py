"""The tables as published: described, documented, used, and without the article's text."""

import html
import json
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import raw_sheets

from analysis import measures, notebooks, report, study
from analysis.article.transcripts import read_paper

ROOT = notebooks.ROOT
STUDIES = sorted(path.parent for path in (ROOT / "data").glob("*/study.toml"))


@pytest.fixture(params=STUDIES, ids=lambda path: path.name)
def published(request):
    return request.param


def test_check_finds_nothing(published):
    assert study.check(published) == []


def test_frictionless_finds_nothing(published):
    """An independent reader of the same descriptor agrees that the tables are valid."""
    frictionless = pytest.importorskip("frictionless")
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(published / "datapackage.json").validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_no_byte_of_a_table_changes_silently(published):
    """The descriptor holds the schema and the checksum of each table."""
    held = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    now = study.describe(published)
    known = {item["path"]: item for item in held["resources"]}
    changed = [item["path"] for item in now["resources"] if known.get(item["path"]) != item]
    remedy = f"if that is meant, `python -m analysis describe {published.name}` writes it down"
    assert not changed, f"{', '.join(changed)} of {published.name} changed; {remedy}"
    assert held == now


def test_a_changed_byte_is_found(folder, rewrite):
    before = study.describe(folder)
    rewrite("paragraphs.csv", ",body,", ",caption,")
    after = study.describe(folder)
    other = [
        one["path"] for one, two in zip(before["resources"], after["resources"], strict=True) if one != two
    ]
    assert other == ["paragraphs.csv"]


SPELLED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def test_readme_says_what_the_tables_say(summit):
    """The table of findings, and the numbers of requests in the bullets above it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert report.findings_table(summit) in text
    table = measures.recall_table(summit)
    table = table[(table["kind"] == "asks") & (table["texts"] == "all of the window")]
    told = {(row.side, row.measure): (SPELLED[row.part], SPELLED[row.of]) for row in table.itertuples()}
    us, mexico = summit.meta["compare"]
    assert told[mexico, "precision"] == ("four", "five")  # all but the guns
    kept, made = told[mexico, "precision"]
    left = {
        side: SPELLED[row.of - row.part]
        for side, row in table.query("measure == 'recall'").set_index("side").iterrows()
    }
    for said in (
        "US officials make {} of the {} requests".format(*told[us, "precision"]),
        f"Mexican officials {kept} of {made}, all but guns",
        f"All {told[us, 'recall'][1]} requests in US texts",
        f"{left[mexico]} of Mexico's {told[mexico, 'recall'][1]}",
    ):
        assert said in text, said


def test_no_coding_was_edited_after_it_was_made(tmp_path):
    """Each pass is what its coder handed in, gists included; a change of one cell is found."""
    folder = study.find()
    assert raw_sheets.differences(folder) == []
    for name in ("codings", "sheets"):
        shutil.copytree(folder / name, tmp_path / name)
    path = tmp_path / "codings/article-2.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("harms its", "helps its", 1), encoding="utf-8")
    assert "article-2 is not its raw sheet of article" in raw_sheets.differences(tmp_path)
    path = tmp_path / "codings/adjudicated.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("says US-Mexican", "says Mexican", 1), encoding="utf-8"
    )
    assert "adjudicated, s002: no pass has this gist there" in raw_sheets.differences(tmp_path)


def test_every_code_is_used(summit):
    coded = pd.concat(summit.codings.values())
    for field in study.schema()["coding"]["schema"]["fields"]:
        codes = {code["value"] for code in field.get("categories", [])}
        assert codes <= set(coded[field["name"]]), field["name"]
    assert set(summit.issues["issue"]) <= set(coded["issue"])
    voices = (
        set(coded["actor"])
        | set(coded["speaker"])
        | set(coded["addressee"])
        | set(summit.claims["claimed_by"])
    )
    assert set(summit.actors["actor"]) <= voices
    assert set(summit.meta["sides"]) <= set(coded["side"])
    assert set(summit.meta["themes"]) == set(summit.issues["theme"])


def test_every_column_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "analysis").rglob("*.py"))
    code += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").rglob("*.ipynb"))
    for name, table in study.schema().items():
        for field in table["schema"]["fields"]:
            # Why a finding outside the coding has no chance is for people to read.
            used = re.search(rf"[\"'.]{field['name']}\b|\b{field['name']}=", code)
            assert used or field["name"] == "no_chance", (name, field["name"])


# Long proper names, which are nobody's sentence.
NAMES = (
    "US Mexico Bicentennial Framework for Security Public Health and Safe Communities",
    "North American Plan for Animal and Pandemic Influenza",
)


def grams(text):
    """Return all runs of nine words of a text; accents, apostrophes and periods of initials do not count."""
    text = re.sub(r"['’‘`´]", "", text)
    text = re.sub(r"\b([A-Za-z])\.(?=[A-Za-z]\b|\s|$)", r"\1", text)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    found = re.findall(r"[a-z0-9]+", text)
    return {tuple(found[k : k + 9]) for k in range(len(found) - 8)}


def repeats(lines, free):
    """Return the files of the project with nine words in a row of these lines; `free` are citations."""
    known = set().union(*map(grams, lines)) - set().union(*map(grams, [*free, *NAMES]))
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # A downloaded archive is no checkout: then every file is looked at that is not made here.
    made = {".venv", ".ruff_cache", ".pytest_cache", "__pycache__", "build", "site", "mutants"}
    files = [path for path in ROOT.rglob("*") if not made & set(path.relative_to(ROOT).parts)]
    found = []
    for path in [ROOT / name for name in listed.stdout.splitlines()] or files:
        raw = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in raw:  # Pictures and typefaces are no text.
            text = html.unescape(raw.decode("utf-8").replace("\\n", " "))
            found += [str(path.relative_to(ROOT))] if grams(re.sub(r"<[^>]+>", " ", text)) & known else []
    return found


def test_no_file_repeats_the_article(copy):
    """Not more than eight consecutive words anywhere; the two headlines are its citation."""
    lines = [line for line in Path(copy).read_text(encoding="utf-8").splitlines() if line.strip()]
    assert repeats(lines, [lines[0], lines[-1].split(": ", 1)[-1]]) == []


def test_no_file_repeats_a_paper(papers):
    """Not more than eight consecutive words of any paper; its title is its citation."""
    held = [read_paper(path.read_text(encoding="utf-8")) for path in sorted(papers.glob("*.txt"))]
    lines = [text for _, pieces in held for _, _, text in pieces]
    assert lines and repeats(lines, [header["title"] for header, _ in held]) == []


def test_version_and_date_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"version: {project['version']}" in citation
    day = date.fromisoformat(re.search(r"date-released: (\S+)", citation)[1])
    assert f"## {project['version']}, {day.day} {day:%B %Y}" in changes


def test_importing_the_package_imports_little():
    code = (
        "import sys, analysis; print(len([m for m in sys.modules if m.split('.')[0] in ('scipy', 'pandas')]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"
    code = (
        "import sys; from analysis import article, figures, findings, measures, study;"
        "print([m for m in ('scipy', 'frictionless', 'IPython', 'nbclient') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
