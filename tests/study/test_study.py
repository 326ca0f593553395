"""Loading and checking: every kind of fault has its line, and never a traceback."""

import csv
import io
import random
from dataclasses import replace

import pandas as pd
import pytest

from analysis import study
from analysis.__main__ import main
from analysis.study import rules

CODING = "codings/adjudicated.csv"


def lines(folder):
    return [str(fault) for fault in study.check(folder)]


def test_the_study_is_sound(summit):
    assert study.check() == []
    assert summit.statements is summit.codings[summit.meta["coding"]]
    assert summit.statements["start"].dtype == "int64"
    assert summit.rankings["hedged"].dtype == bool


def test_load_refuses_a_faulty_study(rewrite):
    folder = rewrite("actors.csv", ",media\n", ",press\n")
    with pytest.raises(ValueError, match=r"actors\.csv, line \d+, column kind: 'press' found; allowed: gov"):
        study.load(folder)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (",US,us-government,", ",USA,us-government,", "column side: 'USA' found; allowed: US, Mexico"),
        ("drug-trafficking", "drugs", "column issue: 'drugs' found; an id of issues.csv is needed"),
        (",attributed,", ",rumour,", "column evidence: 'rumour' found; allowed: own, quoted"),
        (",demand,1,", ",demand,2,", "column position: '2' found; allowed: 1, -1, 0, mixed"),
        (",demand,1,", ",demand,,", "column position: '' found; a value is needed"),
        ("s03,p02,0,", "s03,p02,zero,", "column start: 'zero' found; a whole number is needed"),
        ("s03,p02,0,", "s03,p02,-1,", "column start: '-1' found; at least 0 is needed"),
        ("s03,p02,0,157", "s03,p02,0,9999", "column end: '9999' found; the span ends within"),
        ("s03,p02,0,157", "s03,p02,0,0", "column end: '0' found; at least 1"),
        ("s03,p02,0,157", "s03,p02,200,157", "column end: '157' found; the end must be greater"),
        ("s03,p02", "a03,p99", "column paragraph: 'p99' found; an id of paragraphs.csv"),
        ("s03,p02,0,157", "a03,l1,0,57", "column paragraph: 'l1' found; only body paragraphs"),
        ("\ns03,", "\ns02,", "column statement: 's02' found; this stands above already"),
        ("Mexican President Andrés", "Canadian President Andrés", "column anchor: 'Canadian"),
        (",lopez-obrador,reporter,", ",biden,reporter,", "column actor: 'biden' found; an actor of the"),
        (",ernst,ernst,analyst", ",ernst,reporter,analyst", "column speaker: 'reporter' found; an obs"),
        ("s01,p01,78,131,", "s01,p01,78,131, ", "no white space is allowed"),
        (",j1,", ",j2,", "column joint: 'j2' found; one statement for each"),
        (",none,reporter,reporter,background", ",US,reporter,reporter,background", "background belongs"),
    ],
)
def test_each_fault_of_a_coding_has_its_line(rewrite_early, old, new, expected):
    found = lines(rewrite_early(CODING, old, new))
    assert any(line.startswith(CODING) and expected in line for line in found), found
    assert not any("\n" in line for line in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "issues.csv",
            ",Drugs to the US,",
            ",Guns to Mexico,",
            "column label: 'Guns to Mexico' found; this stands above",
        ),
        (
            "issues.csv",
            ",Drugs to the US,",
            f",{'D' * 81},",
            f"column label: '{'D' * 57}…' found; at most 80 characters",
        ),
        (
            "words.csv",
            "\np01,",
            "\np01,a,1\np01,a,2\np01,",
            "line 25, column paragraph and word: 'p01, a' found; this stands above",
        ),
        ("actors.csv", "\nbiden,", "\nbi den,", "column actor: 'bi den' found; the form"),
        ("actors.csv", "actor,label", "actor,name", "line 1, column label: this column is missing"),
        ("actors.csv", "actor,label", "label,actor", "the order is actor,label,short"),
        ("actors.csv", "actor,label", "actor,actor", "column actor: this column is there twice"),
        ("actors.csv", "\nbiden,", "\nbiden,extra,", "line 3: '6' found; 5 cells are needed"),
        ("actors.csv", "\nbiden,", '\nbi"den,', "line 3: a stray quote"),
        ("actors.csv", "\nbiden,", '\n"biden,', "line 3: a stray quote"),
        ("actors.csv", "\nbiden,", "\n\nbiden,", "line 3: the line is empty"),
        ("actors.csv", "\nbiden,", "\r\nbiden,", "line 2: a carriage return"),
        ("actors.csv", "\nbiden,", "\nbi\0den,", "line 3: a NUL character"),
        ("actors.csv", "Joe Biden", "Joe\u200bBiden", "control and format characters"),
        ("issues.csv", ",security,", ",defence,", "column theme: 'defence' found; allowed: security"),
        ("words.csv", "p01,", "p01,Mexico,1\np01,", "column word: 'Mexico' found; one case-folded word"),
        ("words.csv", "p01,", "p01,zebra,1\np01,", "words of a paragraph stand in alphabetical order"),
        (
            "paragraphs.csv",
            "h1,1,headline,,1,80,14",
            "h1,1,headline,,1,80,15",
            "column words: '15' found; this is not the sum of words.csv",
        ),
        (
            "actors.csv",
            ",US,",
            ",Peru,",
            "column side: 'Peru' found; allowed: US, Mexico, Canada, three, none",
        ),
        (
            "rankings.csv",
            ",US,",
            ",Peru,",
            "column side: 'Peru' found; allowed: US, Mexico, Canada, three, none",
        ),
        ("paragraphs.csv", "h1,1,", "h1,40,", "column order: '40' found; rows stand in the order"),
        ("rankings.csv", "p22,US,gonzalez,true,2,", "p22,US,gonzalez,true,4,", "run from 1 without a gap"),
        ("rankings.csv", "p22,US,gonzalez,true,2,", "p22,US,gonzalez,false,2,", "have the same hedged"),
        (
            "findings.csv",
            ",told_apart,",
            ",asks_nothing,",
            "column predicate: 'asks_nothing' found; allowed: ",
        ),
        ("findings.csv", "side=Mexico; other=US\n", "side=Mexico\n", "better_reported takes side, other"),
        ("findings.csv", "side=US; other=Mexico\n", "side=UK; other=Mexico\n", "side is one of US, Mexico"),
        ("findings.csv", "quantity=none", "quantity=much", "quantity is one of none, less than half"),
        ("study.toml", "title =", "title = 3 #", "study.toml, column title: a text is needed"),
        ("study.toml", '"US", "Mexico"]', '"US", "US"]', "two different sides"),
        ("study.toml", 'coding = "', 'coding = "x', "study.toml, column coding: 'x"),
        ("study.toml", "#0072B2", "blue", "sides.US.colour: 'blue' found; a colour such as"),
        ("study.toml", "[sides.US]", "[sides.US", "this is not TOML"),
        ("datapackage.json", '"paragraph"', '"paragraf"', "it is missing or described otherwise"),
        ("datapackage.json", "{", "", "this is not JSON"),
    ],
)
def test_each_fault_has_its_line(rewrite, file, old, new, expected):
    found = lines(rewrite(file, old, new))
    assert any(line.startswith(file) and expected in line for line in found), found
    assert not any("\n" in line for line in found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "the file is missing"),
        ("a directory", "a file is needed"),
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"\xef\xbb\xbfactor,label\n", "a byte order mark"),
        (b"actor,label\nbiden,Jos\xe9\n", "line 2: these bytes"),
        ("actor\n".encode("utf-16"), "a byte order mark"),
        (b"actor,label,short,side,kind\nbiden,Joe,Joe,US,government", "does not end with LF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "these bytes are not UTF-8"),
    ],
)
def test_faults_of_a_file_as_such(folder, content, expected):
    path = folder / "actors.csv"
    path.unlink()
    if content == "a directory":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    found = lines(folder)
    assert any(line.startswith("actors.csv") and expected in line for line in found), found


@pytest.mark.parametrize("file", ["study.toml", "datapackage.json"])
def test_missing_or_binary_descriptions(folder, file):
    (folder / file).write_bytes(b"\xff\xfe\x00")
    assert any(line.startswith(file) for line in lines(folder))
    (folder / file).unlink()
    assert any(line.startswith(f"{file}: the file is missing") for line in lines(folder))


def test_two_rows_the_same(folder):
    path = folder / "rankings.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[-1] + "\n", encoding="utf-8", newline="\n")
    assert "rankings.csv, line 12: 'gonzalez-us-order' found; the same row stands above" in lines(folder)


def test_no_study(tmp_path):
    assert "there is none here" in lines(tmp_path / "nothing")[0]


def test_every_spoiled_cell_is_caught(folder):
    """Put nonsense into a cell of every column of a table: `check` names the place of each."""
    chance = random.Random(7)
    for path, schema in study.paths(folder).items():
        text = (folder / path).read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        places = []
        for column, field in enumerate(schema["fields"]):
            line = chance.randrange(1, len(rows))
            rows[line][column] = "\u200bnonsense "
            places.append(f"{path}, line {line + 1}, column {field['name']}: ")
        with (folder / path).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        found = lines(folder)
        for place in places:
            assert any(line.startswith(place) for line in found), place
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    assert lines(folder) == []


def test_command_check(rewrite, capsys):
    assert main(["check"]) == 0
    assert "no faults" in capsys.readouterr().out
    folder = rewrite("actors.csv", ",media\n", ",press\n")
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().out.startswith("actors.csv, line ")


def test_the_descriptor_is_what_check_wants(edition, capsys):
    before = (edition / "datapackage.json").read_bytes()
    (edition / "datapackage.json").write_text("{}", encoding="utf-8")
    assert main(["check", str(edition)]) == 1
    study.write_package(edition)
    assert (edition / "datapackage.json").read_bytes() == before
    assert main(["check", str(edition)]) == 0


def test_a_further_pass_is_found(edition):
    text = (edition / CODING).read_text(encoding="utf-8")
    (edition / "codings/mine.csv").write_text(text, encoding="utf-8", newline="\n")
    (edition / "provenance.csv").unlink()
    study.write_package(edition)
    assert "mine" in study.load(edition).codings


def test_faults_stand_in_the_order_of_files_and_lines(early, edition):
    """Also where different rules found them: sides are looked at before spans and their order."""
    (edition / "provenance.csv").unlink()  # A pass on record may break rules of the codebook.
    study.write_package(edition)
    for name in ("adjudicated", "second"):
        coding = early.codings[name].copy()
        late, early_one = coding.index[coding["side"] == "US"][[-1, 0]]
        coding.loc[late, "addressee"] = "US"
        coding.loc[early_one, "end"] = 9999
        coding.to_csv(edition / f"codings/{name}.csv", index=False, lineterminator="\n")
    found = [(fault.file, fault.line, fault.column) for fault in study.check(edition)]
    assert [file for file, _, _ in found] == [CODING, CODING, "codings/second.csv", "codings/second.csv"]
    assert [column for _, _, column in found] == ["end", "addressee"] * 2


def test_a_paragraph_that_is_not_there_is_one_fault(rewrite_early):
    """Its words are not there either; that is no fault of the anchor."""
    edition = rewrite_early(CODING, "s03,p02", "s03,p99")
    assert [fault.column for fault in study.check(edition) if fault.line == 4] == ["paragraph"]


def coding_faults(loaded, query, **changes):
    """Change the first statement that a query finds; return its faults as column, value, allowed."""
    coding = loaded.statements.copy()
    row = coding.query(query).index[0]
    for column, value in changes.items():
        coding.loc[row, column] = value
    spoiled = replace(loaded, codings={"adjudicated": coding}, decisions=loaded.decisions[:0])
    found = [fault for fault in rules.broken(spoiled) if fault.file == CODING]
    return [(fault.column, fault.value, fault.message) for fault in found if fault.line == row + 2]


OWN_SPEAKER = (
    "a speaker of the side is needed with own words; "
    "where another tells it, the evidence is act, attributed or analyst"
)


@pytest.mark.parametrize(
    ("query", "changes", "column", "allowed"),
    [
        ("side == 'US'", {"side": "Peru"}, "side", "allowed: US, Mexico, Canada, none"),
        ("side == 'US'", {"paragraph": "l1", "anchor": ""}, "paragraph", "only body paragraphs and captions are coded"),
        ("start > 0", {"end": 0}, "end", "the end must be greater than the start"),
        ("side == 'US'", {"end": 9999}, "end", "the span ends within its paragraph"),
        ("side == 'US'", {"addressee": "nobody"}, "addressee", "an actor id, a side or none is needed"),
        ("side == 'US'", {"addressee": "US"}, "addressee", "a side does not address itself"),
        ("evidence == 'attributed'", {"evidence": "background"}, "side", "background belongs to side none"),
        ("side == 'none'", {"evidence": "act"}, "evidence", "side none has background or analyst"),
        ("side == 'none'", {"form": "demand"}, "form", "fact goes with side none, and only with it"),
        ("side == 'US'", {"form": "fact"}, "form", "fact goes with side none, and only with it"),
        ("side == 'none'", {"position": "1"}, "position",
         "0 is needed for side none and for an issue without a proposition"),
        ("side == 'US' and position == '1'", {"issue": "violence"}, "position",
         "0 is needed for side none and for an issue without a proposition"),
        ("side == 'US'", {"actor": "lopez-obrador"}, "actor", "an actor of the statement's side is needed"),
        ("evidence == 'analyst'", {"speaker": "reporter"}, "speaker", "an observer is needed with analyst"),
        ("evidence == 'quoted'", {"speaker": "reporter"}, "speaker", OWN_SPEAKER),
        ("evidence == 'reported'", {"speaker": "reporter"}, "speaker", OWN_SPEAKER),
        ("evidence == 'act'", {"speaker": "ernst"}, "speaker", "an observer's word has the evidence analyst"),
        ("evidence == 'attributed'", {"speaker": "ernst"}, "speaker", "an observer's word has the evidence analyst"),
        ("side == 'none' and speaker == 'reporter'", {"actor": "ernst"}, "actor",
         "with side none, the actor is the speaker: repeat the speaker, or in a sheet leave it empty"),
    ],
)  # fmt: skip
def test_each_rule_of_the_codebook(early, query, changes, column, allowed):
    found = coding_faults(early, query, **changes)
    changed = changes.get(column)
    assert any(
        (at, told) == (column, allowed) and (changed is None or value == str(changed))
        for at, value, told in found
    )


@pytest.mark.parametrize(
    ("query", "changes", "column", "allowed"),
    [
        ("addressee != 'none'", {"addressee_basis": ""}, "addressee_basis",
         "it is empty with the addressee none, and only with it"),
        ("addressee == 'none'", {"addressee_basis": "named"}, "addressee_basis",
         "it is empty with the addressee none, and only with it"),
        ("issue == 'arms-trafficking' and form == 'demand' and side == 'Mexico'", {"addressee": "Canada"}, "addressee",
         "who would have to act must be asked: US"),
        ("side == 'US' and position == '1'", {"form": "priority"}, "position", "0 is needed with the forms priority, "
         "topic, declined, silence, fact"),
        ("side == 'US' and evidence == 'attributed'", {"evidence": "own"}, "evidence",
         "own needs a text of the side's own"),
    ],
)  # fmt: skip
def test_rules_of_the_second_edition(story, query, changes, column, allowed):
    assert any((at, told) == (column, allowed) for at, _, told in coding_faults(story, query, **changes))


def test_statements_stand_once_and_in_order(early):
    coding = early.statements
    one, other = coding.query("paragraph == 'p02'").to_dict("records")[:2]
    place = "paragraph start end issue side actor speaker addressee evidence position joint".split()
    again = coding_faults(early, f"statement == '{other['statement']}'", **{k: one[k] for k in place})
    above = "a statement with this span, issue and side stands above"
    assert ("statement", other["statement"], above) in again
    back = coding_faults(early, "paragraph == 'p20'", paragraph="p02", start=0, end=10, anchor="")
    assert ("start", "0", "statements stand in the order of the text") in back


def test_anchors_are_short_and_of_their_paragraph(early):
    for anchor, allowed in (
        ("lima", "words of p02 are needed"),
        ("a " * 8 + "a", "at most 8 words are allowed"),
    ):
        assert ("anchor", anchor, allowed) in coding_faults(early, "paragraph == 'p02'", anchor=anchor)


def test_anchors_together_are_no_copy_of_the_text(edition):
    paragraphs = pd.read_csv(edition / "paragraphs.csv", dtype=str, keep_default_na=False)
    paragraphs.assign(characters="20").to_csv(edition / "paragraphs.csv", index=False, lineterminator="\n")
    told = [line for line in lines(edition) if "less than 25% is needed" in line]
    assert {line.split(",")[0] for line in told} == {
        f"codings/{name}.csv" for name in ("adjudicated", "first", "second")
    }
