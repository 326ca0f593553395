"""What a person, or a program, can put into a study's files: a line for each, soon, and nothing hidden."""

import re
import time

import fingerprint
import mutate
import pytest

from analysis import article, study
from analysis.study.settings import read_toml


def lines(folder):
    return [str(fault) for fault in study.check(folder)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title =", "x = " + "[\n" * 2000 + "title =", "it nests too deeply"),
        ("title =", f"x = {'{a=' * 160}\ntitle =", "study.toml, line 2: this is not TOML"),
        ("title =", f"x{'.a' * 5000} = 1\ntitle =", "line 2: at most 500 characters are allowed on a line"),
        ("title =", f"x = {'9' * 4400}\ntitle =", "line 2: at most 500 characters"),
        ("title =", "x = ]\ntitle =", "study.toml, line 2: this is not TOML: Invalid value"),
        ("title =", "titel =", "column title: a text is needed"),
        ('"United States"', '"a\\u0000b"', "column sides.US.label: 'a\\x00b' found; a text of at most 60"),
        ('"United States"', '"a\\u202eb"', "column sides.US.label: 'a\\u202eb' found"),
        ('"United States"', f'"{"a" * 61}"', "a text of at most 60 characters"),
        ("[sides.US]", '[sides."a\\nb"]', "'a\\nb' found; a name has at most 40 characters"),
        ("at the summit", "a\\u001bb", "'a\\x1bb' found; a name has at most 40"),
        ('"own", ', '"rumour", ', "column baseline.evidence: a list of these is needed: own"),
    ],
)
def test_settings(rewrite, old, new, expected):
    folder = rewrite("study.toml", old, new)
    start = time.process_time()
    meta, found = read_toml(folder)
    assert time.process_time() - start < 2
    told = list(map(str, found))
    assert meta is None or told == [] or any(expected in line for line in told), told
    assert any(expected in line for line in told) and all(line.isprintable() for line in told), told


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("paragraphs.csv", "h1,1,headline,,1,80,14", "h1,1,headline,,1,3000000000,14", "at most 10000000 is allowed"),
        ("paragraphs.csv", "h1,1,headline,,1,80,14", "h1,1,headline,,1,8,14", "at least as many characters as words"),
        ("paragraphs.csv", "h1,1,headline,,1,80", "h1,1,headline,,999999999999999999,80", "at most 1000 is allowed"),
        ("rankings.csv", ",US,gonzalez,true,2,", ",US,gonzalez,true,999999999999999999,", "at most 1000 is allowed"),
        ("rankings.csv", ",US,gonzalez,true,2,", ",US,gonzalez,true,900,", "run from 1 without a gap"),
        ("claims.csv", ",6,companies,", f",{'6' * 60},companies,", "a number is needed"),
        ("claims.csv", ",date,", ",number,", "column kind: 'number' found; its unit does not go"),
        ("claims.csv", ",state,", ",count,", "column kind: 'count' found; its unit does not go"),
        ("checks.csv", ",under,us-rate-police,6.5,", ",under,us-rate-police,0.0,", "nothing can be divided by this"),
        ("checks.csv", ",2021-10-06,", ",2021-02-30,", "of days that exist"),
        ("documents.csv", ",2021-11-18,", ",2021-02-30,", "column date: '2021-02-30' found; a period"),
        ("outside.csv", ",verdict_only,verdict=contradicted; named=makers-sued,", ",verdict_at_least,verdict=supported; sort=facts; share=nan,", "name=value pairs"),
        ("outside.csv", ",verdict_only,verdict=contradicted; named=makers-sued,", ",verdict_at_least,verdict=supported; sort=facts; share=٠,", "name=value pairs"),
        ("outside.csv", ",verdict_only,verdict=contradicted; named=makers-sued,", ",verdict_at_least,verdict=supported; sort=facts; share=-1,", "share lies between"),
        ("issues.csv", ",Drugs to the US,", ",Drugs\u202eto the US,", "control and format characters"),
        ("actors.csv", "actor,label", "actor\u001b[31m,label", "column actor\\x1b[31m: no column of this name"),
    ],
)  # fmt: skip
def test_tables_that_notebooks_cannot_bear(rewrite, file, old, new, expected):
    found = lines(rewrite(file, old, new))
    assert any(line.startswith(file) and expected in line for line in found), found
    assert all(line.isprintable() for line in found)


@pytest.mark.parametrize("kind", ["missing", "dangling", "empty"])
def test_a_table_that_is_described_is_there(folder, kind):
    for path in ("series.csv", "outside.csv", "codings/decisions.csv", "codings/texts-2.csv"):
        place = folder / path
        head = place.read_bytes().split(b"\n")[0] + b"\n"
        place.unlink()
        if kind == "dangling":
            place.symlink_to("nowhere")
        elif kind == "empty":
            place.write_bytes(head)
    found = lines(folder)
    for path in ("series.csv", "outside.csv", "codings/decisions.csv"):
        assert any(line.startswith(f"{path}: ") for line in found), found
    assert any("texts-2" in line for line in found)


def test_a_study_without_codings_says_so(folder):
    for path in (folder / "codings").iterdir():
        path.unlink()
    (folder / "codings").rmdir()
    assert any(
        "study.toml, column coding: 'adjudicated' found; allowed: a file" in line for line in lines(folder)
    )


def test_the_file_of_a_coding_has_a_coders_name(folder):
    (folder / "codings/texts-1.csv").rename(folder / "codings/a\x1b[31m.csv")
    found = lines(folder)
    assert any(line.startswith("codings/a\\x1b[31m.csv: a coder's name") for line in found)
    assert all(line.isprintable() for line in found)


def test_a_bad_cell_hides_no_other_fault(rewrite):
    """Of another row of its table, of other tables, of links; in the order of files and lines."""
    rewrite("actors.csv", ",media\n", ",press\n")
    rewrite("issues.csv", ",security,", ",defence,")
    rewrite("claims.csv", ",6,companies,", ",six,companies,")
    folder = rewrite("codings/adjudicated.csv", ",demand,1,", ",demand,2,")
    rewrite("codings/adjudicated.csv", ",p11,", ",p99,")
    text = (folder / "codings/adjudicated.csv").read_text(encoding="utf-8")
    spoiled = re.sub(r"(?m)^(s050,[^,]*,)\d+,\d+,", r"\g<1>90,80,", text)
    (folder / "codings/adjudicated.csv").write_text(spoiled, encoding="utf-8", newline="\n")
    found = [(fault.file, fault.column) for fault in study.check(folder)]
    for place in (
        ("issues.csv", "theme"), ("actors.csv", "kind"), ("claims.csv", "value"), ("codings/adjudicated.csv", "position"),
        ("codings/adjudicated.csv", "paragraph"), ("codings/adjudicated.csv", "end"),
    ):  # fmt: skip
        assert place in found, found
    assert [file for file, _ in found] == sorted(
        (file for file, _ in found), key=list(dict.fromkeys(file for file, _ in found)).index
    )


@pytest.mark.parametrize("table", ["adjudicated", "article-1", "texts-1", "texts-2", "claims"])
@pytest.mark.parametrize("column", ["start", "end"])
def test_a_moved_span_is_seen_without_the_text(summit, folder, table, column):
    path = f"{'claims' if table == 'claims' else f'codings/{table}'}.csv"
    frame = summit.table(path)
    text = frame.assign(**{column: frame[column].where(frame.index != 40, frame[column] + 1)})
    text.to_csv(folder / path, index=False, lineterminator="\n")
    study.write_package(folder)
    assert any(f"{path}, column start and end: its spans are not those" in line for line in lines(folder))


def test_every_coding_was_compared(summit):
    assert summit.spans["table"].tolist() == [
        *(f"codings/{name}" for name in sorted(summit.codings)),
        "claims",
        "words",
    ]


def test_another_word_is_seen_without_the_text(summit, folder):
    """Of the same paragraph, in its alphabetical place, as often as the true one."""
    at = summit.words.index[summit.words["word"] == "it"][-1]
    frame = summit.words.copy()
    frame.loc[at, "word"] = "itx"
    frame.to_csv(folder / "words.csv", index=False, lineterminator="\n")
    study.write_package(folder)
    assert any("words.csv, column word and count: its words are not those" in line for line in lines(folder))


def test_the_fingerprints_are_those_of_the_texts(summit, copy, papers):
    rows = fingerprint.spans(summit, fingerprint.texts(summit, copy, papers))
    assert rows == summit.spans.to_dict("records")


def test_what_may_change_unseen_is_listed_with_a_reason():
    """Notes and provenance: no code, no number, no key, nothing that is linked or computed with."""
    described = study.schema()
    for (table, column), reason in mutate.unseen().items():
        fields = {field["name"]: field for field in described[table]["schema"]["fields"]}
        assert reason and column in fields, (table, column)
        assert column not in described[table]["schema"].get("primaryKey", [])
        assert column not in {
            "issue",
            "side",
            "position",
            "evidence",
            "value",
            "start",
            "end",
            "form",
            "addressee",
        }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Él pidió más agua para la región. ".encode() * 9 + b"\xff fin.", "byte 342 is not UTF-8"),
        ("Él pidió más agua para la región. ".encode("mac-roman") * 9, "is not UTF-8"),
        ("Él pidió más agua para la región. ".encode("utf-7") * 9, "this is UTF-7"),
        (b"<html><meta charset=unicode_escape><p>" + b"agua \\x41 \xe9" * 30, "encoding unicode_escape, which is not"),
        (b"<html><meta charset=idna><p>" + b"agua \xe9" * 30, "encoding idna, which is not"),
        (b"word " * 30 + ("\u0e01" + "\u0e48\u0e38" * 200_000).encode(), "piles accents"),
        (b"word " * 30 + ("d" + "\U0001d165" * 200_000).encode(), "piles accents"),
        (b"<html><p " + b" ".join(b"a%d=1" % k for k in range(300_000)) + b">" + b"word " * 30, "500 attributes"),
        (b"<html>" + b"<h1>a b</h1><p>c d</p>" * 40_000, "at most 15000 pieces"),
        (b"ab cd\n\n" * 500_000, "at most 20000 lines"),
    ],
)  # fmt: skip
def test_a_text_that_is_damaged_or_takes_too_long_is_refused_soon(tmp_path, content, expected):
    path = tmp_path / "copy.txt"
    path.write_bytes(content)
    start = time.process_time()
    with pytest.raises(ValueError, match=r"copy\.txt: .*" + re.escape(expected)):
        article.decode(path)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", ["utf-8", "cp1252", "latin-1", "utf-16", "cp1251", "koi8-r", "gbk"])
def test_encodings_that_are_known(tmp_path, name):
    text = {"cp1251": "Вода и рыба. ", "koi8-r": "Вода и рыба. ", "gbk": "水和鱼的故事. "}.get(
        name, "Él pidió “más” agua. "
    )
    text = text.replace("“", "«").replace("”", "»") if name == "latin-1" else text
    page = f"<html><head><meta charset={name}></head><p>{text * 20}</p>"
    plain = name in ("utf-8", "cp1252", "latin-1", "utf-16")
    (tmp_path / "copy.txt").write_bytes((text * 20 if plain else page).encode(name))
    assert text * 20 in article.decode(tmp_path / "copy.txt")


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", [". ", "&amp;", "= ", "…", "The quick brown fox said so. ", "<b>x</b> ", "=\"'<a "]
)
def test_time_grows_with_the_text(tmp_path, piece):
    """Ten times as much takes at most some twenty times as long, and 5 MB less than ten seconds."""
    spent = []
    for size in (500_000, 5_000_000):
        path = tmp_path / f"{size}.txt"
        path.write_text(f"<html><p>{piece * (size // len(piece.encode()))}</p>", encoding="utf-8")
        start = time.process_time()
        try:
            article.read_copy(path)
        except ValueError as fault:
            assert "at most" in str(fault) or "more than" in str(fault)
        spent.append(time.process_time() - start)
    assert spent[1] < 10 and spent[1] < 20 * max(spent[0], 0.1)
