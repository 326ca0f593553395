"""A reader's copy held against the fingerprints."""

import html
import time
from urllib.parse import unquote

import pytest

from analysis import article, measures, report
from analysis.__main__ import main
from analysis.report import reading


def made_up(study, skip=()):
    """Return blocks that stand for a copy: no text of the article, words from its word counts."""
    texts = []
    for paragraph in study.paragraphs["paragraph"]:
        if paragraph not in skip:
            rows = study.words[study.words["paragraph"] == paragraph]
            texts.append([" ".join(rows["word"].repeat(rows["count"]))])
    return texts


def test_normalised_text_has_one_fingerprint():
    assert article.normalise("  a\u00a0 e\u0301\n") == "a é"
    assert article.fingerprint("a  é") == article.fingerprint(" a e\u0301 ")
    assert article.fingerprint("a “b”") != article.fingerprint('a "b"')


def test_words_keep_inner_apostrophes_and_periods():
    assert article.word_counts("The U.S. side’s U.S. (side).") == {"the": 1, "u.s": 2, "side’s": 1, "side": 1}


def test_align_by_words_alone_says_differs(summit):
    frame, rest = article.align(summit, made_up(summit, skip=["p07"]))
    status = frame.set_index("paragraph")["status"]
    assert status["p07"] == "missing"
    assert (status.drop("p07") == "differs").all()
    assert (frame.loc[frame["status"] == "differs", "similarity"] > 0.99).all()
    assert rest == []


def test_align_leaves_strange_pieces_aside(summit):
    frame, rest = article.align(summit, [["something else altogether"], ["and more of it"]])
    assert (frame["status"] == "missing").all()
    assert rest == ["something else altogether", "and more of it"]


def test_the_copy_matches(summit, copy):
    frame, rest = article.align(summit, article.read_copy(copy))
    assert (frame["status"] == "matches").all()
    assert rest == []
    printed = summit.paragraphs["copies"].tolist()
    assert frame["copies"].tolist() == printed


def test_tables_agree_with_the_copy(summit, copy):
    frame, _ = article.align(summit, article.read_copy(copy))
    counts = summit.words.groupby("paragraph")[["word", "count"]].apply(lambda rows: dict(rows.to_numpy()))
    for row, text in zip(summit.paragraphs.itertuples(), frame["text"], strict=True):
        assert len(text) == row.characters
        assert article.word_counts(text) == counts[row.paragraph]
    texts = frame.set_index("paragraph")["text"]
    for coding in summit.codings.values():
        for row in coding.itertuples():
            assert row.anchor in texts[row.paragraph]
            place = texts[row.paragraph].index(row.anchor)
            assert row.start <= place < row.end
            assert sum(text.casefold().count(row.anchor.casefold()) for text in texts) == 1


def test_a_saved_page_matches_like_plain_text(summit, copy, tmp_path):
    blocks = article.read_copy(copy)
    body = "".join(f"<p>{html.escape(line)}</p>" for block in blocks for line in block)
    page = tmp_path / "page.html"
    page.write_text(
        f"<!DOCTYPE html><html><head><script>p01</script></head><body><nav><ul><li>Menu</li></ul></nav>{body}</body>",
        encoding="utf-8",
    )
    frame, rest = article.align(summit, article.read_copy(page))
    assert (frame["status"] == "matches").all()
    assert rest == ["Menu"]


def test_a_changed_word_is_found(summit, copy):
    blocks = article.read_copy(copy)
    blocks = [[line.replace("fentanyl", "coffee") for line in block] for block in blocks]
    frame, _ = article.align(summit, blocks)
    odd = frame[frame["status"] != "matches"]
    assert odd["paragraph"].tolist() == ["p02"]
    assert 0.9 < odd["similarity"].iloc[0] < 1


def test_read_along_marks_and_escapes(summit, copy):
    marked = report.read_along(summit, article.read_copy(copy))
    assert marked.count("<li>") == len(summit.statements)
    assert summit.statements["statement"].iloc[2] in marked and "<mark" in marked


def test_markup_in_a_text_is_escaped(summit):
    paragraph = summit.paragraphs["paragraph"].iloc[4]
    coded = summit.statements[summit.statements["paragraph"] == paragraph]
    text = "<script>alert(1)</script>" + "x" * 300
    assert "<script>" not in reading._mark(text, coded, summit)


def test_without_a_copy_read_along_says_how_to_get_one(summit, monkeypatch):
    monkeypatch.delenv(article.VARIABLE, raising=False)
    assert article.VARIABLE in report.read_along(summit)
    assert "<mark" not in report.read_along(summit)


def test_links_open_at_the_passage(summit):
    address = report.link(summit, "a-b, c’d")
    page, fragment = address.split("#:~:text=")
    assert page == summit.meta["article"]["page"]
    assert not set("-, ’") & set(fragment)
    assert unquote(fragment) == "a-b, c’d"


@pytest.mark.parametrize("content", [b"", b"  \n ", b"a\0b", None])
def test_no_text_is_one_clear_line(tmp_path, content, capsys):
    path = tmp_path / "copy.txt"
    if content is not None:
        path.write_bytes(content)
    assert main(["align", "us-mexico-2021", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_command_align(summit, copy, capsys):
    assert main(["align", "us-mexico-2021", copy]) == 0
    assert "29 match, 0 differ, 0 are missing" in capsys.readouterr().out


@pytest.mark.slow
def test_a_large_copy_is_aligned_in_time(summit):
    lines = [block[0] for block in made_up(summit)]
    blocks = [[f"{line} {number}"] for number in range(300) for line in lines]
    start = time.process_time()
    article.align(summit, blocks)
    assert time.process_time() - start < 10


def test_parts_count_each_paragraph_once(summit):
    parts = measures.parts(summit).set_index("kind")
    assert parts.at["body", "paragraphs"] == 22
    assert parts.at["caption", "words printed"] == 2 * parts.at["caption", "words"]
