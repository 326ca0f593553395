"""Exports, each read by a program that knows the format and not this package."""

import csv
import io
import json
import zipfile
from pathlib import Path

import invented
import openpyxl
import pytest

from analysis import exchange, study
from analysis.__main__ import main
from analysis.exchange import archives, refi

CONTEXT = json.loads(Path(__file__).with_name("anno.jsonld").read_text(encoding="utf-8"))
OA = "http://www.w3.org/ns/oa#"


@pytest.fixture(scope="module")
def river():
    return study.load("dos-orillas")


@pytest.fixture(scope="module")
def words(river):
    return exchange.coded_text(river, [[line] for line in text().splitlines() if line])


def text():
    return (study.find("dos-orillas") / "articulo.txt").read_text(encoding="utf-8")


def made(form, tmp_path, copy=None):
    return exchange.export("dos-orillas", form, copy, tmp_path / f"out.{exchange.FORMATS[form][0]}")


def triples(data):
    def loader(url, options):
        assert url == exchange.graphs.ANNOTATIONS
        return {
            "contextUrl": None,
            "documentUrl": url,
            "document": CONTEXT,
            "contentType": "application/ld+json",
        }

    jsonld = pytest.importorskip("pyld.jsonld")
    return jsonld.expand(json.loads(data), {"documentLoader": loader})


def test_each_format_says_what_it_does_not_hold():
    assert sorted(exchange.FORMATS) == sorted(exchange.LOST)


@pytest.mark.parametrize("form", sorted(exchange.FORMATS))
def test_the_same_bytes_again(form, tmp_path):
    copy = study.find("dos-orillas") / "articulo.txt"
    assert made(form, tmp_path, copy).read_bytes() == made(form, tmp_path, copy).read_bytes()


@pytest.mark.parametrize("held", [False, True], ids=["without text", "with text"])
def test_annotations_are_json_ld(river, words, held):
    (page,) = triples(exchange.graphs.annotations(river, words if held else None))
    (items,) = page["https://www.w3.org/ns/activitystreams#items".replace("https", "http")]
    assert len(items["@list"]) == len(river.statements)
    for item, row in zip(items["@list"], river.statements.itertuples(), strict=True):
        assert item["@type"] == [f"{OA}Annotation"]
        bodies = [
            body["http://www.w3.org/1999/02/22-rdf-syntax-ns#value"][0]["@value"]
            for body in item[f"{OA}hasBody"]
        ]
        assert row.gist in bodies and f"issue: {row.issue}" in bodies
        (quote,) = item[f"{OA}hasTarget"][0][f"{OA}hasSelector"]
        assert quote["@type"] == [f"{OA}TextQuoteSelector"], "no position: it would be wrong on the page"
        exact, before, after = (quote.get(f"{OA}{name}", [{"@value": ""}])[0]["@value"]
                                for name in ("exact", "prefix", "suffix"))  # fmt: skip
        whole = words[row.paragraph]
        assert exact == (whole[row.start : row.end] if held else row.anchor)
        if held:
            assert before + exact + after in whole and len(before) == min(32, row.start)


def test_annotations_without_the_text_do_not_hold_it(river):
    data = json.loads(exchange.graphs.annotations(river))
    for item in data["items"]:
        assert len(item["target"]["selector"]["exact"].split()) <= study.ANCHOR_WORDS


def test_graph_is_read_by_networkx(river, tmp_path):
    networkx = pytest.importorskip("networkx")
    graph = networkx.read_graphml(made("graphml", tmp_path))
    kinds = networkx.get_node_attributes(graph, "kind")
    assert sum(kind == "issue" for kind in kinds.values()) == len(river.issues)
    assert networkx.is_bipartite(graph)
    assert sum(networkx.get_edge_attributes(graph, "statements").values()) == len(river.statements)
    assert all(edge["weight"] == edge["statements"] for _, _, edge in graph.edges(data=True))
    edge = graph.edges["actor:torvia-gobierno", "issue:vertidos"]
    assert edge["sign"] == -1 and edge["against"] == 1
    assert graph.edges["actor:olmedo", "issue:trigo"]["sign"] == 1


def test_package_is_valid_for_frictionless(river, tmp_path):
    frictionless = pytest.importorskip("frictionless")

    path = made("package", tmp_path)
    package = frictionless.Package(str(path))
    table = next(item for item in package.resources if item.path == "codings/first.csv")
    assert len(table.read_rows()) == len(river.statements)
    with zipfile.ZipFile(path) as packed:
        packed.extractall(tmp_path / "package")
    result = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    assert result.valid, result.flatten(["title", "message"])


def test_workbook_is_read_by_openpyxl(river, tmp_path):
    book = openpyxl.load_workbook(made("excel", tmp_path))
    rows = list(book["statements"].iter_rows(values_only=True))
    assert [str(row[rows[0].index("position")]) for row in rows[1:]] == river.statements["position"].tolist()
    wide = list(book["actors by issues"].iter_rows(values_only=True))
    assert sum(sum(row[4:]) for row in wide[1:]) == len(river.statements)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_wide_and_matrix_add_up(river):
    assert exchange.spreadsheets.wide(river).iloc[:, 4:].to_numpy().sum() == len(river.statements)
    table = exchange.spreadsheets.matrix(river)
    for group in ("issue", "side", "actor", "evidence", "form", "position"):
        columns = [name for name in table.columns if name.startswith(f"{group}:")]
        assert (table[columns].sum(axis=1) == 1).all()


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-cmd", "@sum(a)", "\t=1", "=HYPERLINK(\"x\")", "'=1", "-1-1", "+a"])  # fmt: skip
def test_formulas_are_neutralised(cell):
    assert exchange.spreadsheets.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-1", "1", "+1", "0", "-1.5", "a = b", "", "it's", "'quoted'", 3, -1])
def test_numbers_and_words_are_left(cell):
    assert exchange.spreadsheets.harmless(cell) == cell


def test_formulas_in_tables_do_not_run(tmp_path):
    folder = invented.invent(tmp_path / "root")
    path = folder / "codings" / "first.csv"
    spoiled = path.read_text(encoding="utf-8").replace("statement 1 about", "=1+1 about", 1)
    path.write_text(spoiled, encoding="utf-8")
    loaded = study.load(folder)
    cells = [
        cell
        for row in csv.reader(
            io.StringIO(
                exchange.spreadsheets.table_csv(exchange.spreadsheets.long(loaded)).decode("utf-8-sig")
            )
        )
        for cell in row
    ]
    assert any(cell.startswith("'=1+1 about") for cell in cells)
    assert not any(cell.startswith("=") for cell in cells) and "-1" in cells
    book = openpyxl.load_workbook(io.BytesIO(exchange.spreadsheets.workbook(loaded)))
    values = [cell for row in book["statements"].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or str(cell.value).startswith("=") for cell in values)


def test_codebook_is_read_by_another_program(river, tmp_path):
    pyrefiqda = pytest.importorskip("pyrefiqda")

    book = pyrefiqda.RefiCodebook.load(made("qdc", tmp_path))
    groups = {code.name: code for code in book.codes.code}
    assert [code.name for code in groups["issue"].code] == river.issues["issue"].tolist()
    assert not groups["issue"].is_codable and all(code.is_codable for code in groups["issue"].code)
    assert river.issues["definition"][0] in groups["issue"].code[0].description


def test_project_is_read_by_another_program(river, words, tmp_path):
    pyrefiqda = pytest.importorskip("pyrefiqda")

    path = made("qdpx", tmp_path, study.find("dos-orillas") / "articulo.txt")
    project = pyrefiqda.RefiProject.load(path, tmp_path / "project")
    (source,) = project.sources.text_source
    plain = (tmp_path / "project" / "sources" / source.plain_text_path.removeprefix("internal://")).read_text(
        "utf-8"
    )
    names = {code.guid: code.name for top in project.code_book.codes.code for code in top.code}
    assert len(names) == len(set(names.values())), "other programs ask for unique names"
    for chosen, row in zip(source.plain_text_selection, river.statements.itertuples(), strict=True):
        assert plain[chosen.start_position : chosen.end_position] == words[row.paragraph][row.start : row.end]
        coded = [names[coding.code_ref.target_guid] for coding in chosen.coding]
        assert coded[:2] == [row.issue, f"side: {row.side}"] and chosen.description == row.gist


def test_a_project_needs_the_text(tmp_path, capsys):
    assert main(["export", "dos-orillas", "--to", "qdpx", "--out", str(tmp_path / "x.qdpx")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    other = tmp_path / "other.txt"
    other.write_text("Another text altogether, with words of its own.\n", encoding="utf-8")
    for form in ("qdpx", "annotations", "long"):
        with pytest.raises(ValueError, match="0 of the 15 coded paragraphs of dos-orillas are in this copy"):
            exchange.export("dos-orillas", form, other, tmp_path / "x.qdpx")
    part = tmp_path / "part.txt"
    part.write_text("\n\n".join(text().split("\n\n")[:4]), encoding="utf-8")
    with pytest.raises(ValueError, match=r"lacks .* of .* paragraphs with statements.*--document ID"):
        exchange.export("dos-orillas", "qdpx", part, tmp_path / "x.qdpx")
    assert not (tmp_path / "x.qdpx").exists()


@pytest.mark.parametrize("out", ["none/x.csv", "."])
def test_a_file_that_cannot_be_written(tmp_path, out, capsys):
    assert main(["export", "dos-orillas", "--to", "long", "--out", str(tmp_path / out)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_empty_coding_can_be_exported(tmp_path):
    folder = invented.invent(tmp_path / "root")
    path = folder / "codings" / "first.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    for form in sorted(set(exchange.FORMATS) - {"qdpx"}):
        exchange.export(folder, form, None, tmp_path / f"{form}.out")


def test_identifiers_do_not_change():
    assert refi.guid("a", "b") == refi.guid("a", "b") != refi.guid("ab")


def test_archives_are_the_same_for_the_same_files():
    assert archives.archive({"a": b"1"}) == archives.archive({"a": b"1"})


def test_the_kind_of_the_coder_is_what_provenance_says(summit):
    page = json.loads(exchange.graphs.annotations(summit))
    kinds = summit.provenance.set_index("coding")["coder"]
    assert kinds[summit.meta["coding"]] != "person"
    assert {item["creator"]["type"] for item in page["items"]} == {"Software"}


def test_without_provenance_the_kind_of_the_coder_is_open(river):
    (creator,) = {str(item["creator"]) for item in json.loads(exchange.graphs.annotations(river))["items"]}
    assert "type" not in creator


def test_tags_are_what_taguette_imports(tmp_path):
    """Its import asks for a column `tag`, `name` or `path`, each value once, and takes a description."""
    text = made("tags", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    tags = [row["tag"] for row in rows]
    assert len(set(tags)) == len(tags) and "agua" in tags and "side: Almara" in tags
    assert all(row["description"] for row in rows if row["tag"] == "agua")
