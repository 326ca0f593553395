"""An empty sheet for a further coder."""

import pytest

from analysis import agreement, study
from analysis.__main__ import main


def test_sheet_is_written_once_and_ignored_while_empty(folder, capsys):
    assert main(["sheet", str(folder), "mary"]) == 0
    assert (folder / "codings/mary.csv").read_text(encoding="utf-8").startswith("statement,paragraph,start")
    guide = (folder / "codings/mary.md").read_text(encoding="utf-8")
    for code in ("p22", "tree-planting", "attributed", "resistance", "gonzalez", "`none`"):
        assert code in guide
    assert main(["check", str(folder)]) == 0
    loaded = study.load(folder)
    assert "mary" in loaded.codings and "mary" not in agreement.passes(loaded)
    assert main(["sheet", str(folder), "mary"]) == 2
    assert "there is such a file already" in capsys.readouterr().err


def test_sheet_and_guide_in_another_language(folder):
    assert main(["sheet", str(folder), "maria", "--language", "es"]) == 0
    guide = (folder / "codings/maria.md").read_text(encoding="utf-8")
    for text in (
        "Hoja de codificación de maria",
        "](../codebook.es.md)",
        "- `demand`: pide a otro",
        "- `Mexico`: México",
    ):
        assert text in guide
    assert main(["sheet", str(folder), "mario", "--language", "tl"]) == 2


@pytest.mark.parametrize("name", ["", "Mary", "../x", "adjudicated", "decisions", "a b", "x" * 99])
def test_bad_names(folder, name, capsys):
    before = sorted(path.name for path in (folder / "codings").iterdir())
    assert main(["sheet", str(folder), name]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert sorted(path.name for path in (folder / "codings").iterdir()) == before


def test_find_prints_the_place_of_a_phrase(copy, capsys):
    assert main(["align", "us-mexico-2021", copy, "--find", "fentanyl"]) == 0
    assert capsys.readouterr().out.startswith("p02 ")
    assert main(["align", "us-mexico-2021", copy, "--find", "no such words"]) == 1
