"""Tables that a spreadsheet has saved are read, named by check, and rewritten without a loss."""

import csv
import io
import shutil
import subprocess

import pytest

from analysis import study
from analysis.__main__ import main

DRESSES = {
    "a byte order mark": ("utf-8-sig", ",", "\n"),
    "CRLF line ends": ("utf-8", ",", "\r\n"),
    "semicolons": ("utf-8", ";", "\n"),
    "tabs": ("utf-16", "\t", "\r\n"),
    "UTF-16": ("utf-16", ",", "\r\n"),
    "an old code page": ("cp1252", ";", "\r\n"),
}


@pytest.fixture
def river(tmp_path):
    """Return the folder of a copy of the made-up study."""
    return shutil.copytree(
        study.find("dos-orillas"),
        tmp_path / "dos-orillas",
        ignore=shutil.ignore_patterns("*.ipynb", "figures"),
    )


def saved(path, encoding, separator, end, quoting=csv.QUOTE_MINIMAL, margin=False):
    """Write a table as a spreadsheet saves it."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([[*row, "", ""] for row in rows] + [[""] * (len(rows[0]) + 2)] * 2 if margin else rows)
    path.write_bytes(out.getvalue().encode(encoding))


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("margin", [False, True])
def test_every_table_is_read_named_and_rewritten(river, dress, margin, capsys):
    before = {path: (river / path).read_bytes() for path in study.paths(river)}
    if dress == "an old code page":
        before.pop("words.csv", None)
    for path in before:
        saved(river / path, *DRESSES[dress], margin=margin)
    assert main(["check", str(river)]) == 0
    said = capsys.readouterr().out
    for path in before:
        assert f"{path}: a spreadsheet has saved it" in said
    assert dress in said and "tidy" in said
    assert study.load(river).statements.equals(study.load("dos-orillas").statements)
    assert main(["tidy", str(river)]) == 0
    for path, data in before.items():
        known, now = (
            list(csv.reader(io.StringIO(raw.decode("utf-8")))) for raw in (data, (river / path).read_bytes())
        )
        assert known == now, path
    assert main(["check", str(river)]) == 0
    assert "spreadsheet" not in capsys.readouterr().out.split("check")[-1]
    assert not study.marked(river)


def test_faults_are_told_with_the_dress(river, capsys):
    path = river / "issues.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\nagua,", "\nagua !,"), encoding="utf-8")
    saved(path, "cp1252", ";", "\r\n")
    assert main(["check", str(river)]) == 1
    lines = capsys.readouterr().out.strip().splitlines()
    assert "column issue: 'agua !' found" in lines[0]
    assert any(line.startswith("issues.csv: a spreadsheet has saved it") for line in lines)
    assert main(["tidy", str(river)]) == 0
    assert "`check` has more to say" in capsys.readouterr().out and b"agua !" in path.read_bytes()


def test_truth_values_of_a_spreadsheet(river):
    path = river / "rankings.csv"
    text = path.read_text(encoding="utf-8")
    assert ",true," in text or ",false," in text
    path.write_text(text.replace(",true,", ",VERDADERO,").replace(",false,", ",FALSO,"), encoding="utf-8")
    assert not study.check(river)
    assert main(["tidy", str(river)]) == 0
    assert path.read_text(encoding="utf-8") == text


def test_a_table_of_the_project_has_no_marks():
    for folder in sorted(path.parent for path in study.find().parent.glob("*/study.toml")):
        assert not study.marked(folder)


def test_libreoffice_saves_a_table(river, tmp_path):
    """Whatever LibreOffice makes of a table as CSV, its cells are read."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("needs LibreOffice: there is no soffice here")
    # 59: semicolons, 34: quotes, 1: Windows-1252, each cell as text; the table is opened as UTF-8.
    command = [soffice, "--headless", "--norestore", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
               "--infilter=CSV:44,34,76,1,,0,true,false", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,1",
               "--outdir", str(tmp_path)]  # fmt: skip
    subprocess.run([*command, str(river / "actors.csv")], check=True, timeout=180, capture_output=True)
    made = (tmp_path / "actors.csv").read_bytes()
    assert b";" in made.splitlines()[0]
    (river / "actors.csv").write_bytes(made)
    assert study.load(river).actors.equals(study.load("dos-orillas").actors)
