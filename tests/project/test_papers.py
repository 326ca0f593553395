"""The governments' papers: where copies are at hand, the tables are measured against them."""

import random
import re

import pytest

from analysis import article, study
from analysis.article.transcripts import actor_of, read_paper


@pytest.fixture(scope="module")
def held(summit, papers):
    """Return what each copy holds, by the document whose fingerprints it has."""
    found = {}
    for path in sorted(papers.glob("*.txt")):
        header, pieces = read_paper(path.read_text(encoding="utf-8"))
        marks = [article.fingerprint(text) for _, _, text in pieces]
        for document, rows in summit.paragraphs.groupby("document"):
            if rows["sha256"].tolist() == marks:
                assert document not in found
                found[document] = header, pieces
    return found


@pytest.fixture(scope="module")
def words(summit, held):
    """Return the text of each paragraph of the papers."""
    ids = summit.paragraphs.groupby("document")["paragraph"].agg(list)
    return {
        paragraph: text
        for document, (_, pieces) in held.items()
        for paragraph, (_, _, text) in zip(ids[document], pieces, strict=True)
    }


def test_every_paper_has_its_fingerprints(summit, held):
    assert sorted([*held, "article"]) == sorted(summit.documents["document"])


def test_kinds_and_speakers(summit, held):
    labels = summit.actors.set_index("actor")["label"].to_dict()
    for document, rows in summit.paragraphs.groupby("document"):
        if document in held:
            _, pieces = held[document]
            assert rows["kind"].tolist() == [kind for kind, _, _ in pieces], document
            for speaker, (kind, name, _) in zip(rows["speaker"], pieces, strict=True):
                told = actor_of(name, labels) if kind == "body" else ""
                # Where a text has one voice, its speaker needs no name.
                assert not told or speaker in ("", told), (document, name)


def test_the_table_says_what_the_headers_say(summit, held):
    for row in summit.documents.itertuples():
        if row.document in held:
            header, _ = held[row.document]
            assert (row.title, row.date, row.url) == (header["title"], header["date"], header["source_url"])
            passages = header.get("note", "").startswith("passages")
            assert row.extent == ("passages" if passages else "whole"), row.document


def test_measures_of_every_paragraph(summit, words):
    counts = summit.words.groupby("paragraph")[["word", "count"]].apply(lambda rows: dict(rows.to_numpy()))
    for row in summit.paragraphs[summit.paragraphs["paragraph"].isin(list(words))].itertuples():
        text = words[row.paragraph]
        assert len(text) == row.characters and article.word_counts(text) == counts[row.paragraph]
        assert not row.anchor or row.anchor in text


def test_spans_and_anchors_lie_where_the_text_says(summit, words):
    for name, coding in summit.codings.items():
        for row in coding[coding["paragraph"].isin(list(words))].itertuples():
            text = words[row.paragraph]
            assert text[row.start : row.end].strip() == text[row.start : row.end] != "", (name, row.statement)
            places = [found.start() for found in re.finditer(re.escape(row.anchor), text)]
            reach = len(
                row.anchor
            )  # An anchor may begin before its span, where no phrase within it stands once.
            assert any(row.start - reach < place < row.end for place in places), (
                name,
                row.statement,
                row.anchor,
            )


def test_an_anchor_leads_to_one_place(summit, words):
    """As a browser looks for it, without regard to capitals, in the document of the statement."""
    documents = summit.paragraphs.set_index("paragraph")["document"]
    whole = {}
    for paragraph, text in words.items():
        whole[documents[paragraph]] = whole.get(documents[paragraph], "") + text.casefold() + "\n"
    rows = summit.statements[summit.statements["paragraph"].isin(list(words))]
    places = [
        whole[document].count(anchor.casefold())
        for document, anchor in zip(rows["paragraph"].map(documents), rows["anchor"], strict=True)
    ]
    assert rows["statement"][[place != 1 for place in places]].tolist() == []


def test_the_second_pass_read_what_was_drawn(summit):
    """Half of the paragraphs of a long text, by a written seed; all of a short one."""
    kinds = summit.paragraphs[summit.paragraphs["kind"].isin(study.CODED)]
    read = set(summit.coverage.loc[summit.coverage["coding"] == "texts-2", "paragraph"])
    (row,) = summit.provenance.query("coding == 'texts-2'").itertuples()
    halved = []
    for document in row.documents.split():
        ids = kinds.loc[kinds["document"] == document, "paragraph"].tolist()
        chosen = random.Random(f"us-mexico-2021, second pass, {document}").sample(
            [paragraph.rpartition(".")[2] for paragraph in ids], (len(ids) + 1) // 2
        )
        if read.issuperset(ids):
            continue
        halved.append(document)
        assert {paragraph for paragraph in ids if paragraph in read} == {
            f"{document}.{name}" for name in chosen
        }
    assert len(halved) == 4 and "random.Random('us-mexico-2021, second pass, DOCUMENT').sample" in row.note
