"""A study of several documents, in each format, and codings that come in document by document."""

import csv
import io
import json
import shutil

import networkx
import pandas as pd
import pytest

from analysis import coding, exchange, study
from analysis.__main__ import main

TEXT = study.find("dos-orillas") / "articulo.txt"
NOTE = """title: Nota de Torvia
source_url: https://example.org/nota
---
MINISTRO BRUNO SARRIÁ: Pedimos que Almara dé por buena la presa de Peña Honda antes del otoño, sin más demora.

PREGUNTA: ¿Y el trigo?

MINISTRO BRUNO SARRIÁ: El arancel al trigo se queda como está, porque protege a nuestros molinos.

MINISTRO BRUNO SARRIÁ: Gracias.
"""
CODES = {"side": "Torvia", "actor": "sarria", "speaker": "sarria", "evidence": "own", "joint": ""}
CODED = (
    (
        "p01",
        "Almara dé por buena la presa",
        "presa",
        "Almara",
        "named",
        "demand",
        "1",
        "pide que se apruebe la presa",
    ),
    ("p02", "se queda como está", "trigo", "none", "", "resistance", "-1", "mantiene el arancel"),
)


def rows():
    """Return the rows of the made-up study's coding, and two of the second document."""
    found = study.load("dos-orillas").statements.astype(str).to_dict("records")
    spoken = [line for line in NOTE.split("---\n")[1].splitlines() if line.startswith("MINISTRO")]
    for number, (place, passage, issue, whom, basis, form, position, gist) in enumerate(CODED):
        start = spoken[number].index(passage)
        found.append(
            CODES
            | {"statement": f"torvia-11.s0{number + 1}", "paragraph": f"torvia-11.{place}", "start": start,
               "end": start + len(passage), "anchor": passage, "issue": issue, "addressee": whom,
               "addressee_basis": basis, "form": form, "position": position, "gist": gist}
        )  # fmt: skip
    return found


@pytest.fixture
def texts(tmp_path):
    """Return a folder with copies of both texts."""
    folder = tmp_path / "texts"
    folder.mkdir()
    shutil.copyfile(TEXT, folder / "a.txt")
    (folder / "b.txt").write_text(NOTE, encoding="utf-8")
    return folder


@pytest.fixture
def river(tmp_path, texts):
    """Return the made-up study with a second document, both coded in one coding."""
    ignored = shutil.ignore_patterns("*.ipynb", "figures")
    folder = shutil.copytree(study.find("dos-orillas"), tmp_path / "dos-orillas", ignore=ignored)
    coding.add(folder, texts / "b.txt", "torvia-11", "declared", "Torvia")
    (tmp_path / "sheet.csv").write_bytes(study.table_csv("coding", rows()))
    exchange.add_coding(folder, tmp_path / "sheet.csv", "both")
    settings = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(
        settings.replace('coding = "first"', 'coding = "both"'), encoding="utf-8"
    )
    return folder


def test_a_coding_of_several_documents(river):
    loaded = study.load(river)
    assert loaded.statements["paragraph"].tolist()[-2:] == ["torvia-11.p01", "torvia-11.p02"]
    assert len(loaded.statements) == len(loaded.codings["first"]) + 2


def test_rows_say_their_document(river):
    loaded = study.load(river)
    expected = ["article"] * len(loaded.codings["first"]) + ["torvia-11"] * 2
    for table in (exchange.spreadsheets.long(loaded), exchange.spreadsheets.matrix(loaded)):
        assert table["document"].tolist() == expected
    wide = exchange.spreadsheets.wide(loaded)
    assert wide.iloc[:, 4:].to_numpy().sum() == len(expected)
    assert wide[wide["document"] == "torvia-11"][["actor", "presa", "trigo"]].to_numpy().tolist() == [
        ["sarria", 1, 1]
    ]


def test_annotations_have_the_source_of_their_document(river, texts):
    loaded = study.load(river)
    items = json.loads(exchange.graphs.annotations(loaded))["items"]
    assert {item["target"]["source"] for item in items[:-2]} == {"urn:study:dos-orillas:article"}
    assert [item["target"]["source"] for item in items[-2:]] == ["https://example.org/nota"] * 2
    held = exchange.coded_text(loaded, [[line] for line in NOTE.splitlines() if line])
    items = json.loads(exchange.graphs.annotations(loaded, held))["items"]
    for item, passage in zip(items[-2:], ("Almara dé por buena la presa", "se queda como está"), strict=True):
        assert item["target"]["selector"]["exact"] == passage


def test_edges_say_their_documents(river, tmp_path):
    path = exchange.export(river, "graphml", None, tmp_path / "x.graphml")
    graph = networkx.read_graphml(path)
    assert not graph.is_multigraph()
    edge = graph.edges["actor:sarria", "issue:trigo"]
    assert "torvia-11" in edge["documents"].split()


def test_a_project_has_a_source_for_each_document(river, texts, tmp_path):
    path = exchange.export(river, "qdpx", [texts / "a.txt", texts / "b.txt"], tmp_path / "x.qdpx")
    assert len({item["text"] for item in exchange.selections.read(path)}) == 2
    loaded = study.load(river)
    assert exchange.add_coding(river, path, "again")[1] == len(loaded.statements)
    again = pd.read_csv(river / "codings/again.csv", dtype=str, keep_default_na=False)
    both = pd.read_csv(river / "codings/both.csv", dtype=str, keep_default_na=False)
    assert again.drop(columns="anchor").equals(both.drop(columns="anchor"))


@pytest.mark.parametrize("form", sorted(exchange.FORMATS))
def test_one_document_alone(river, texts, tmp_path, form):
    path, given = tmp_path / f"x.{exchange.FORMATS[form][0]}", ["--to", form, "--document", "torvia-11"]
    done = main(["export", str(river), *given, "--text", str(texts / "b.txt"), "--out", str(path)])
    assert done == (2 if form == "package" else 0) and path.exists() == (form != "package")
    if form == "long":
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        assert [row["document"] for row in rows] == ["torvia-11"] * 2


def test_a_sheet_for_one_document(river, capsys):
    assert main(["sheet", str(river), "mary", "--document", "torvia-11"]) == 0
    guide = (river / "codings/mary.md").read_text(encoding="utf-8")
    assert "`torvia-11.p01`" in guide and "`p01`" not in guide and "q01" not in guide
    header = (river / "codings/mary.csv").read_text(encoding="utf-8").strip().split(",")
    assert header == [field["name"] for field in study.schema()["coding"]["schema"]["fields"]]
    assert main(["export", str(river), "--to", "long", "--document", "nothing"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
