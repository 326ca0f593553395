"""The descriptor and the documentation, written from the one schema."""

import hashlib
import json

import pytest

from analysis import notebooks, study
from analysis.study import package

ROOT = notebooks.ROOT


def test_the_descriptor_says_what_a_table_is(folder):
    made = study.describe(folder)
    assert made["name"] == "us-mexico-2021" and made["title"] == study.load().meta["title"]
    assert made["licenses"] == [package.LICENCE]
    found = {item["path"]: item for item in made["resources"]}
    assert list(found) == list(study.paths(folder))
    raw = (folder / "codings/adjudicated.csv").read_bytes()
    schema = study.schema()
    assert found["codings/adjudicated.csv"] == {
        "name": "codings-adjudicated", "path": "codings/adjudicated.csv", "title": schema["coding"]["title"], "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}", "schema": schema["coding"]["schema"],
    }  # fmt: skip
    assert found["codings/decisions.csv"]["title"] == schema["decisions"]["title"]
    assert found["issues.csv"]["title"] == schema["issues"]["title"]


def test_the_descriptor_is_text_as_people_write_it(folder, rewrite):
    rewrite("study.toml", "title = ", 'title = "Año" # ')
    study.write_package(folder)
    raw = (folder / "datapackage.json").read_bytes()
    assert "Año".encode() in raw and b"\r" not in raw and raw.endswith(b"}\n")
    assert raw.startswith(b'{\n  "name"')
    assert json.loads(raw) == study.describe(folder)
    assert package.check_package(folder) == []


def test_the_readme_of_the_data_is_written_from_the_schema():
    assert f"\n{study.document()}\n" in (ROOT / "data/README.md").read_text(encoding="utf-8")


def test_documentation_of_a_table(monkeypatch):
    field = {"name": "kind", "type": "string", "description": "What it is",
             "categories": [{"value": "a", "label": "an a"}, {"value": "b", "label": "a b"}]}  # fmt: skip
    plain = {"name": "n", "type": "integer", "description": "How many"}
    made = {"things": {"title": "Things", "schema": {"fields": [field, plain]}}}
    monkeypatch.setattr(package, "schema", lambda: made)
    assert study.document() == (
        "### things\n\nThings.\n\n| column | type | what it holds |\n|---|---|---|\n"
        "| `kind` | string | What it is (may be empty) |\n| `n` | integer | How many (may be empty) |\n\n"
        "| kind | meaning |\n|---|---|\n| `a` | an a |\n| `b` | a b |"
    )


def test_a_text_between_marks_touches_nothing_else():
    before, after = "# É\n\n<!-- tables: written by it -->\n", "<!-- end of tables -->\n\nrest\n"
    made = f"{before}\nold\n{after}"
    for _ in range(2):
        made = package.between(made, "tables", "new\nñ")
        assert made == f"{before}\nnew\nñ\n\n{after}"
    with pytest.raises(ValueError):
        package.between(made, "other", "new")
