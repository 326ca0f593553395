"""Documents: their rules, one of them as a study of its own, layers, coverage, provenance, contested codes."""

from dataclasses import replace

import pytest

from analysis import study
from analysis.study import rules
from analysis.study.documents import layer_of


def faults(loaded, **tables):
    """Return the faults of a study with other tables, as file, column, value and message."""
    found = rules.broken(replace(loaded, **tables))
    return [(fault.file, fault.column, fault.value, fault.message) for fault in found]


def changed(table, where, column, value):
    """Return a table with another value where a query finds its first row."""
    table = table.copy()
    table.loc[table.query(where).index[0], column] = value
    return table


@pytest.mark.parametrize(
    ("name", "where", "column", "value", "message"),
    [
        ("documents", "document == 'us-call'", "side", "Peru", "allowed: US, Mexico, Canada, three"),
        ("documents", "document == 'us-call'", "side", "", "the side whose own text it is must be named"),
        ("paragraphs", "document == 'us-call'", "order", 7, "rows stand in the order of the page, numbered from 1"),
        ("paragraphs", "paragraph == 'p03'", "paragraph", "us-call.p999", "no document stands before the id"),
        ("paragraphs", "document == 'us-call'", "paragraph", "p999", "us-call. must stand before the id"),
        ("paragraphs", "document == 'us-call'", "document", "article", "documents stand as in documents.csv"),
        ("issues", "issue == 'climate'", "doer", "Peru", "allowed: US, Mexico, Canada, three, both, or empty"),
    ],
)  # fmt: skip
def test_rules_of_documents(summit, name, where, column, value, message):
    table = changed(getattr(summit, name), where, column, value)
    found = [(file, told) for file, _, _, told in faults(summit, **{name: table})]
    assert any(file == f"{name}.csv" and told == message for file, told in found), found


def test_a_study_needs_a_report(summit):
    documents = summit.documents.assign(layer="later")
    assert ("documents.csv", "layer", "", "a document of the layer reported must be in it") in [
        (file, column, value or "", message) for file, column, value, message in faults(summit, documents=documents)
    ]  # fmt: skip


def test_a_document_that_is_not_there(edition):
    path = edition / "paragraphs.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\narticle,", "\nessay,", 1), encoding="utf-8", newline="\n")
    found = [str(fault) for fault in study.check(edition)]
    assert any("column document: 'essay' found; an id of documents.csv is needed" in line for line in found)


def test_one_document_as_a_study(summit, story):
    assert story.documents["document"].tolist() == ["article"]
    assert set(story.paragraphs["document"]) == {"article"}
    for table in (story.words, story.statements, story.coverage, story.decisions, *story.codings.values()):
        assert set(table["paragraph"]) <= set(story.paragraphs["paragraph"])
    kept = summit.statements["paragraph"].isin(story.paragraphs["paragraph"])
    assert story.statements["statement"].tolist() == summit.statements.loc[kept, "statement"].tolist()
    assert story.meta["article"] == summit.meta["article"]
    assert study.only(story) is story
    two = study.only(summit, "us-call", "mx-ebrard-10")
    assert two.documents["document"].tolist() == ["us-call", "mx-ebrard-10"]
    with pytest.raises(
        ValueError, match="nothing: the documents of us-mexico-2021 are article, us-announcement"
    ):
        study.only(summit, "nothing")


def test_the_documents_together_are_the_study(summit):
    parts = [study.only(summit, document) for document in summit.documents["document"]]
    assert sum(len(part.statements) for part in parts) == len(summit.statements)
    assert sum(len(part.words) for part in parts) == len(summit.words)
    assert sum(len(part.coverage) for part in parts) == len(summit.coverage)


def test_layers(summit):
    layers = summit.documents.set_index("document")["layer"]
    for layer in study.LAYERS:
        assert study.of_layer(summit, layer) == layers.index[layers == layer].tolist()
    found = layer_of(summit, summit.statements)
    owner = summit.documents.set_index("document")["side"]
    for (document, layer), side in zip(found.itertuples(index=False), summit.statements["side"], strict=True):
        own = layers[document] != "declared" or owner[document] == side
        assert layer == (layers[document] if own and layers[document] in study.LAYERS else "")


def test_what_is_said_of_another_side_is_not_its_own_word(summit):
    rows = study.admit(summit, layers=study.LAYERS)
    owner = rows["document"].map(summit.documents.set_index("document")["side"])
    declared = rows["layer"] == "declared"
    assert declared.any() and (rows["side"] == owner)[declared].all()
    assert set(study.admit(summit)["document"]) == set(study.of_layer(summit, "reported"))


def test_paragraphs_stand_in_the_order_of_their_documents(summit):
    place = study.reading_order(summit)
    assert place.tolist() == list(range(len(summit.paragraphs)))
    for coding in summit.codings.values():
        assert coding["paragraph"].map(place).is_monotonic_increasing


def test_questions_and_headings_are_never_coded(summit):
    kinds = summit.paragraphs.set_index("paragraph")["kind"]
    assert {"question", "heading"} <= set(kinds)
    for coding in summit.codings.values():
        assert set(coding["paragraph"].map(kinds)) <= set(study.CODED)


@pytest.mark.parametrize(
    ("where", "column", "value", "message"),
    [
        ("coding == 'texts-2'", "coding", "texts-9", "a file in codings/ is needed"),
        ("coding == 'texts-2'", "paragraph", "us-call.q01", "only body paragraphs and captions are coded"),
        ("statements > 0", "statements", 0, "this is not the number of statements in the coding"),
        ("statements == 0", "statements", 1, "this is not the number of statements in the coding"),
    ],
)
def test_coverage(summit, where, column, value, message):
    found = faults(summit, coverage=changed(summit.coverage, where, column, value))
    assert any(file == "coverage.csv" and told == message for file, _, _, told in found), found


def test_each_coded_paragraph_is_covered(summit):
    lacking = summit.coverage.drop(
        summit.coverage.query("coding == 'adjudicated' and paragraph == 'p02'").index
    )
    assert ("coverage.csv", "paragraph", "p02", "adjudicated must have a row for it") in faults(
        summit, coverage=lacking
    )
    lacking = summit.coverage.drop(summit.coverage.query("coding == 'texts-1' and statements > 0").index[0])
    told = [
        message for file, _, _, message in faults(summit, coverage=lacking) if file == "codings/texts-1.csv"
    ]
    assert told and set(told) == {"texts-1 has no row for it in coverage.csv"}


def test_each_coding_has_its_provenance(summit):
    assert set(summit.provenance["coding"]) == set(summit.codings)
    lacking = summit.provenance[summit.provenance["coding"] != "texts-2"]
    assert ("provenance.csv", "coding", "texts-2", "who made this coding must be said") in faults(
        summit, provenance=lacking
    )
    less = changed(summit.provenance, "coding == 'texts-2'", "documents", "us-call")
    needed = "the documents that the coding has in coverage.csv are needed"
    assert ("provenance.csv", "documents", "us-call", needed) in faults(summit, provenance=less)
    strange = changed(summit.provenance, "coding == 'texts-2'", "coding", "texts-9")
    assert ("provenance.csv", "coding", "texts-9", "a file in codings/ is needed") in faults(
        summit, provenance=strange
    )


def test_provenance_says_what_the_codings_hold(summit):
    """The documents of a row are those that its coding read; its instruction is a file of the study."""
    documents = summit.paragraphs.set_index("paragraph")["document"]
    for row in summit.provenance.itertuples():
        read = summit.coverage.loc[summit.coverage["coding"] == row.coding, "paragraph"].map(documents)
        assert list(dict.fromkeys(read)) == row.documents.split(), row.coding
        assert not row.instruction or (summit.folder / row.instruction).is_file()
        assert row.blind == (row.coder == "model")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("statement", "s999", "a statement of codings/adjudicated.csv is needed"),
        ("alternative", "nonsense", "a code of this column is needed"),
    ],
)
def test_contested_codes(summit, column, value, message):
    found = faults(summit, contested=changed(summit.contested, "column != 'statement'", column, value))
    assert any(file == "contested.csv" and told == message for file, _, _, told in found), found


def test_a_contested_code_is_not_the_code_in_use(summit):
    row = summit.contested.query("column == 'issue'").iloc[0]
    issue = summit.statements.set_index("statement").at[row["statement"], "issue"]
    where = f"statement == '{row['statement']}' and column == 'issue'"
    found = faults(summit, contested=changed(summit.contested, where, "alternative", issue))
    assert ("contested.csv", "alternative", issue, "this is the code in use") in found
