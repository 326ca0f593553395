"""Further codings: round trips, what other programs save, and files that mean harm."""

import csv
import io
import shutil
import zipfile

import openpyxl
import pandas as pd
import pytest
from helpers import contents
from lxml import etree

from analysis import exchange, study
from analysis.__main__ import main
from analysis.exchange import archives, refi
from analysis.study import package

FOLDER = study.find("dos-orillas")
TEXT = FOLDER / "articulo.txt"


@pytest.fixture
def river(tmp_path):
    """Return the folder of a copy of the made-up study that a test may spoil."""
    return shutil.copytree(
        FOLDER, tmp_path / "study" / "dos-orillas", ignore=shutil.ignore_patterns("*.ipynb", "figures")
    )


@pytest.fixture
def rows():
    return list(csv.DictReader(io.StringIO((FOLDER / "codings" / "first.csv").read_text(encoding="utf-8"))))


def coding(folder, name):
    return pd.read_csv(folder / "codings" / f"{name}.csv", dtype=str, keep_default_na=False)


def sheet(rows, delimiter=",", encoding="utf-8", end="\n", names=None):
    out = io.StringIO()
    writer = csv.DictWriter(
        out, names or list(rows[0]), delimiter=delimiter, lineterminator=end, extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("form", ["long", "excel", "qdpx"])
def test_round_trip(river, tmp_path, form):
    path = exchange.export(river, form, TEXT, tmp_path / f"x.{exchange.FORMATS[form][0]}")
    target, number, left = exchange.add_coding(river, path, "again")
    again, first = coding(river, "again"), coding(river, "first")
    assert target.name == "again.csv" and number == len(first) and left == []
    lost = ["anchor"] if form == "qdpx" else []
    assert again.drop(columns=lost).equals(first.drop(columns=lost))
    assert not study.check(river)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_sheets_as_spreadsheets_save_them(river, tmp_path, rows, delimiter, encoding, end):
    path = tmp_path / "sheet.csv"
    path.write_bytes(sheet(rows, delimiter, encoding, end))
    exchange.add_coding(river, path, "again")
    assert coding(river, "again").equals(coding(river, "first"))


def test_numbers_of_a_workbook(river, tmp_path, rows):
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(
            [
                float(v) if k in ("start", "end") or v in ("1", "-1", "0") else v or None
                for k, v in row.items()
            ]
        )
    book.save(tmp_path / "sheet.xlsx")
    exchange.add_coding(river, tmp_path / "sheet.xlsx", "again")
    assert coding(river, "again").equals(coding(river, "first"))


def test_passages_are_found_in_the_copy(river, tmp_path, rows):
    held = exchange.coded_text(
        study.load(river), [[line] for line in TEXT.read_text(encoding="utf-8").splitlines() if line]
    )
    for row in rows:
        row["passage"] = held[row["paragraph"]][int(row["start"]) : int(row["end"])]
    names = [
        "paragraph",
        "passage",
        "issue",
        "side",
        "actor",
        "speaker",
        "evidence",
        "addressee",
        "form",
        "position",
        "joint",
        "gist",
    ]
    path = tmp_path / "sheet.csv"
    path.write_bytes(sheet(rows, ";", "utf-8-sig", names=names))
    with pytest.raises(ValueError, match="--text"):
        exchange.add_coding(river, path, "again")
    exchange.add_coding(river, path, "again", TEXT)
    again, first = coding(river, "again"), coding(river, "first")
    assert again[["start", "end", "gist"]].equals(first[["start", "end", "gist"]])
    path.write_bytes(sheet([rows[0] | {"passage": "words that are not there"}], names=names))
    with pytest.raises(ValueError, match="line 2, column passage"):
        exchange.add_coding(river, path, "third", TEXT)


def one_code_each(tmp_path, joint):
    """Write a project as QualCoder does, with a selection for each code and without names."""
    loaded = study.load(FOLDER)
    blocks = [[line] for line in TEXT.read_text(encoding="utf-8").splitlines() if line]
    (tmp_path / "x.qdpx").write_bytes(refi.project(loaded, exchange.coded_text(loaded, blocks)))
    held = archives.unpack(tmp_path / "x.qdpx")
    root = archives.parse(held["project.qde"], "project.qde")
    space = "{urn:QDA-XML:project:1.0}"
    tied = set(loaded.statements.loc[loaded.statements["joint"] != "", "statement"])
    (source,) = root.iter(f"{space}TextSource")
    for chosen in source.findall(f"{space}PlainTextSelection"):
        source.remove(chosen)
        for code in chosen.findall(f"{space}Coding") if joint or chosen.get("name") not in tied else ():
            single = etree.SubElement(source, chosen.tag, dict(chosen.attrib) | {"name": ""})
            etree.SubElement(single, f"{space}Description").text = chosen.findtext(f"{space}Description")
            single.append(code)
    held["project.qde"] = etree.tostring(root)
    (tmp_path / "y.qdpx").write_bytes(archives.archive(held))
    return tmp_path / "y.qdpx", len(loaded.statements) - len(tied)


def test_selections_with_one_code_each(river, tmp_path):
    path, number = one_code_each(tmp_path, joint=False)
    assert exchange.add_coding(river, path, "again")[1] == number
    first = coding(river, "first").query("joint == ''").reset_index(drop=True)
    lost = ["statement", "anchor"]
    assert coding(river, "again").drop(columns=lost).equals(first.drop(columns=lost))


def test_joint_statements_are_told_apart_by_their_actors(river, tmp_path):
    path, _ = one_code_each(tmp_path, joint=True)
    exchange.add_coding(river, path, "again")
    lost = ["statement", "anchor"]
    assert coding(river, "again").drop(columns=lost).equals(coding(river, "first").drop(columns=lost))


def test_two_issues_on_one_span_cannot_be_told_apart(river, tmp_path):
    path, _ = one_code_each(tmp_path, joint=False)
    held = archives.unpack(path)
    root = archives.parse(held["project.qde"], "project.qde")
    space = "{urn:QDA-XML:project:1.0}"
    (source,) = root.iter(f"{space}TextSource")
    first = source.find(f"{space}PlainTextSelection")
    other = next(c for c in root.iter(f"{space}Code") if c.get("name") == "puente")
    added = etree.SubElement(source, first.tag, dict(first.attrib) | {"guid": refi.guid("added")})
    code = etree.SubElement(added, f"{space}Coding", {"guid": refi.guid("code")})
    etree.SubElement(code, f"{space}CodeRef", {"targetGUID": other.get("guid")})
    held["project.qde"] = etree.tostring(root)
    (tmp_path / "z.qdpx").write_bytes(archives.archive(held))
    with pytest.raises(ValueError, match="two codes of issue on one passage"):
        exchange.add_coding(river, tmp_path / "z.qdpx", "again")


def test_a_formula_comes_back_as_it_was(river, tmp_path, rows):
    rows[0]["gist"] = "=1+1 is what they say"
    path = tmp_path / "sheet.csv"
    path.write_bytes(sheet([{k: exchange.spreadsheets.harmless(v) for k, v in row.items()} for row in rows]))
    exchange.add_coding(river, path, "again")
    assert coding(river, "again")["gist"][0] == "=1+1 is what they say"


@pytest.mark.parametrize("coder", ["", "..", "../x", "a/b", "A", "decisions", "adjudicated", "x" * 41, "-a", "a b", "ñ", "a\n", "first"])  # fmt: skip
def test_names_of_coders(river, tmp_path, rows, coder):
    path = tmp_path / "sheet.csv"
    path.write_bytes(sheet(rows))
    before = contents(river)
    with pytest.raises(ValueError) as fault:
        exchange.add_coding(river, path, coder)
    assert len(str(fault.value).splitlines()) == 1 and contents(river) == before


def packed(entries, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def project(body, extra=()):
    head = '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="x">'
    return packed([("project.qde", f"{head}{body}</Project>"), *extra])


def linked():
    info = zipfile.ZipInfo("project.qde")
    info.external_attr = 0o120777 << 16
    return packed([(info, "/etc/passwd")])


def encrypted():
    data = bytearray(packed([("project.qde", "<Project/>")]))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        data[place] |= 1
    return bytes(data)


CODE = '<CodeBook><Codes><Code guid="c1" name="agua" isCodable="true"/></Codes></CodeBook>'
SOURCE = '<Sources><TextSource guid="s1" plainTextPath="internal://s1.txt">{}</TextSource></Sources>'
CHOSEN = '<PlainTextSelection guid="p1" startPosition="{}" endPosition="{}"><Coding guid="k"><CodeRef targetGUID="{}"/></Coding></PlainTextSelection>'  # fmt: skip
BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HEAD = "statement,paragraph,start,end,anchor,issue,side,actor,speaker,evidence,addressee,form,position,joint,gist"
ROW = "z01,p02,0,70,Almara quiere que,agua,Almara,almara-gobierno,cronista,attributed,Torvia,demand,1,,algo"


def table(row=ROW, head=HEAD):
    return f"{head}\n{row}\n".encode()


def workbook(**parts):
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(","))
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return packed([*(held | {name.replace("__", "/"): data for name, data in parts.items()}).items()])


HOSTILE = {
    "text.qdpx": b"this is no archive",
    "no-project.qdpx": packed([("readme.txt", "x")]),
    "up.qdpx": packed([("../project.qde", "<Project/>")]),
    "link.qdpx": linked(),
    "encrypted.qdpx": encrypted(),
    "bomb.qdpx": packed([("project.qde", "<Project/>"), ("Sources/a.txt", b"\0" * 30_000_000)]),
    "many.qdpx": packed([(f"{k}", "") for k in range(6000)]),
    "not-xml.qdpx": packed([("project.qde", "words")]),
    "entities.qdpx": packed([("project.qde", f"{BILLION}<Project>&b;</Project>")]),
    "outside.qdpx": packed([("project.qde", f"{OUTSIDE}<Project>&a;</Project>")]),
    "deep.qdpx": packed([("project.qde", "<a>" * 50_000 + "</a>" * 50_000)]),
    "other-root.qdpx": packed([("project.qde", "<html/>")]),
    "uncoded.qdpx": project(""),
    "no-text.qdpx": project(CODE + SOURCE.format(CHOSEN.format(0, 5, "c1"))),
    "text-bytes.qdpx": project(
        CODE + SOURCE.format(CHOSEN.format(0, 5, "c1")), [("Sources/s1.txt", b"\xff\xff")]
    ),
    "other-text.qdpx": project(
        CODE + SOURCE.format(CHOSEN.format(0, 5, "c1")), [("Sources/s1.txt", "other words")]
    ),
    "no-place.qdpx": project(
        CODE + SOURCE.format(CHOSEN.format("", "x", "c1")), [("Sources/s1.txt", "words")]
    ),
    "unknown-code.qdpx": project(
        CODE + SOURCE.format(CHOSEN.format(0, 3, "c9")), [("Sources/s1.txt", "words")]
    ),
    "empty.csv": b"",
    "nul.csv": table().replace(b"algo", b"al\0go"),
    "header-only-half.csv": b"statement,paragraph\n",
    "twice.csv": table(ROW + ",x", HEAD + ",gist"),
    "open-quote.csv": table('"' + ROW),
    "cells-outside.csv": table(ROW + ",more"),
    "unknown-issue.csv": table(ROW.replace("agua", "fuego")),
    "path-in-id.csv": table(ROW.replace("z01", "../../x")),
    "span-outside.csv": table(ROW.replace("0,70", "0,7000")),
    "long-anchor.csv": table(ROW.replace("Almara quiere que", "palabra " * 30)),
    "bidi.csv": table(ROW.replace("algo", "al\u202ego")),
    "not.xlsx": b"PK\x03\x04 words",
    "other.xlsx": packed([("a.txt", "x")]),
    "entities.xlsx": workbook(
        xl__sharedStrings_xml=b"x", **{"xl__workbook.xml": f"{BILLION}<a>&b;</a>".encode()}
    ),
    "damaged.xlsx": workbook(**{"xl__workbook.xml": b"<workbook/>"}),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(river, tmp_path, capsys, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    before = contents(tmp_path)
    assert main(["import", str(river), str(path), "--coder", "hostile"]) in (1, 2)
    output = capsys.readouterr()
    lines = (output.out + output.err).strip().splitlines()
    assert len(lines) == 1 and "Traceback" not in lines[0] and lines[0].isprintable(), lines
    assert contents(tmp_path) == before


def test_the_message_names_the_line_of_the_sheet(river, tmp_path, rows):
    rows[4]["issue"] = "fuego"
    rows.reverse()
    path = tmp_path / "mine.csv"
    path.write_bytes(sheet(rows, ";", "utf-8-sig", "\r\n"))
    with pytest.raises(ValueError) as fault:
        exchange.add_coding(river, path, "again")
    assert str(fault.value).startswith(f"mine.csv, line {len(rows) - 3}, column issue: 'fuego' found")


def test_columns_that_are_left_are_named(river, tmp_path, rows):
    path = tmp_path / "sheet.csv"
    path.write_bytes(sheet([row | {"mood": "good"} for row in rows]))
    assert exchange.add_coding(river, path, "again")[2] == ["column mood"]


def test_anchors_are_unique_where_they_can_be():
    held = {"p01": "one two three four one two three five", "p02": "one two three six"}
    assert exchange.passages.find_anchor(held, "p01", 0, 18) == "two three four"
    assert exchange.passages.find_anchor({"p01": "a b", "p02": "a b"}, "p01", 0, 3) == ""


def test_a_coding_is_described_with_the_others(river, tmp_path, rows):
    path = tmp_path / "sheet.csv"
    path.write_bytes(sheet(rows))
    exchange.add_coding(river, path, "again")
    assert "codings/again.csv" in {item["path"] for item in study.describe(river)["resources"]}
    assert not package.check_package(river)
