"""Search terms: what they mark, and how that is scored."""

import invented
import pytest

from analysis import article, coding, study
from analysis.__main__ import main
from analysis.coding import dictionary

TEXT = study.find("dos-orillas") / "articulo.txt"


@pytest.fixture(scope="module")
def river():
    return study.load("dos-orillas")


@pytest.mark.parametrize(
    "word, pattern, found",
    [("presas", "presa*", True), ("presa", "presa", True), ("presas", "presa", False), ("empresa", "presa*", False)],
)  # fmt: skip
def test_matches(word, pattern, found):
    assert dictionary.matches(word, pattern) is found


def test_suggestions_hold_their_terms(river):
    found = coding.suggest(river, article.read_copy(TEXT))
    assert len(found) and list(found.columns) == dictionary.COLUMNS
    frame, _ = article.align(river, article.read_copy(TEXT))
    words = frame.set_index("paragraph")["text"]
    for row in found.itertuples():
        passage = words[row.paragraph][row.start : row.end].casefold()
        assert all(part.rstrip("*") in passage for part in row.term.replace(",", "").split())
    assert found["paragraph"].isin(river.paragraphs.query("kind != 'headline'")["paragraph"]).all()


def test_score_counts_by_hand(river):
    table = coding.score(river).set_index("issue")
    marked = {pair for pair in coding.candidates(river) if pair[1] == "presa"}
    coded = set(river.statements.query("issue == 'presa'")["paragraph"])
    assert table.at["presa", "marked"] == len(marked) and table.at["presa", "coded"] == len(coded)
    assert table.at["presa", "both"] == len({paragraph for paragraph, _ in marked} & coded)
    assert table.at["all", "both"] == table["both"][:-1].sum()
    assert 0 < table.at["all", "precision"] < 1 and 0 < table.at["all", "recall"] < 1


def test_the_text_and_the_word_counts_mark_the_same(river):
    found = coding.suggest(river, article.read_copy(TEXT))
    assert set(zip(found["paragraph"], found["issue"], strict=True)) == coding.candidates(river)


def test_no_terms(tmp_path, capsys):
    folder = invented.invent(tmp_path)
    assert coding.score(study.load(folder))["precision"].isna().all()
    assert main(["suggest", str(folder), str(tmp_path / "text.txt")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_suggest_changes_nothing(tmp_path, capsys):
    folder = study.find("dos-orillas")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main(["suggest", "dos-orillas", str(TEXT)]) == 0
    assert "for you to say" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
