"""What stopped a new user on two long articles, carried from text to figures with a spreadsheet: a test for each."""

import shutil
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from analysis import article, coding, exchange, figures, report, study
from analysis.__main__ import main

RIVER = study.find("dos-orillas")
TEXT = """La presa divide a los dos pueblos

La ministra de Alba pidió ayer al gobierno de Brisa que cierre las presas y que no abra otra en el valle.

El gobierno de Brisa respondió que construirá dos presas más antes de que acabe el año que viene.
"""


@pytest.fixture
def river(tmp_path):
    """Return the folder of a copy of the made-up study."""
    return shutil.copytree(
        RIVER, tmp_path / "dos-orillas", ignore=shutil.ignore_patterns("*.ipynb", "figures")
    )


@pytest.fixture
def made(tmp_path):
    """Return the folder of a new study, outside data/."""
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return coding.new("presa", tmp_path / "text.txt", tmp_path)


def rewrite(path, *pairs):
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def taken(river, tmp_path, row):
    """Return the rows and the faults of a sheet with one row."""
    head = "paragraph;passage;issue;side;actor;speaker;evidence;addressee;form;position;joint;gist"
    (tmp_path / "x.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    loaded = study.load(river)
    words = exchange.coded_text(loaded, article.read_copy(RIVER / "articulo.txt"))
    rows, _, faults, _ = exchange.from_sheet(loaded, tmp_path / "x.csv", words, "x")
    return rows, faults


def test_a_hint_calls_a_study_as_a_command_finds_it(made, monkeypatch):
    needed, _ = coding.steps(study.load(made, unfinished=True))
    assert f"analysis sheet {made} first" in needed[-1]
    monkeypatch.chdir(made.parent)
    needed, _ = coding.steps(study.load("./presa", unfinished=True))
    assert study.find(needed[-1].split("sheet ")[1].split()[0]).is_dir()
    assert study.called(study.find()) == study.DEFAULT


def test_an_actor_without_a_short_name_has_the_beginning_of_its_label(river):
    rewrite(river / "actors.csv", (",Olmedo,", ",,"), (",Quijano,", ",,"), (",Sarriá,", ",,"))
    loaded = study.load(river)
    short = loaded.actors.set_index("actor")["short"]
    assert short["olmedo"] == "Irene Olmedo" and (short.str.len() <= 24).all()


def test_an_empty_key_is_told_once(river):
    documents = river / "documents.csv"
    row = documents.read_text(encoding="utf-8").splitlines()[1]
    short = study.load(river).documents["short"][0]
    rewrite(documents, (row, f"{row}\n{row.replace('article,', 'other,', 1)}"), (f",{short},", ",,"))
    told = [
        fault for fault in study.check(river) if fault.file == "documents.csv" and fault.column == "short"
    ]
    assert [(fault.line, "value is needed" in fault.message) for fault in told] == [(2, True), (3, True)]


def test_with_side_none_the_rest_follows(river, tmp_path):
    (row,), faults = taken(
        river, tmp_path, "p01;el agua que cada orilla;agua;none;;cronista;background;;;;;x"
    )
    assert not faults and row["actor"] == "cronista"
    assert (row["addressee"], row["form"], row["position"]) == ("none", "fact", "0")
    (row,), _ = taken(river, tmp_path, "p01;el agua que cada orilla;agua;Almara;;olmedo;reported;;;;;x")
    assert row["actor"] == row["form"] == row["position"] == "", "of a side nothing follows"


def test_two_speakers_in_a_cell_are_two_rows(river, tmp_path):
    row = "p01;el agua que cada orilla;agua;Almara;olmedo;{};reported;none;support;1;;x"
    _, (fault,) = taken(river, tmp_path, row.format("olmedo, sarria"))
    assert fault.column == "speaker" and "a row for each side" in fault.message and "joint" in fault.message
    assert not taken(river, tmp_path, row.format("olmedo"))[1]


def test_two_speakers_of_one_side_are_one_statement(river):
    rows = (river / "codings/first.csv").read_text(encoding="utf-8").splitlines()
    place = next(k for k, row in enumerate(rows) if ",Almara,olmedo,olmedo," in row)
    row = rows[place].split(",")
    head = rows[0].split(",")
    row[head.index("joint")] = "j9"
    other = [f"{row[0][0]}99", *row[1:]]
    other[head.index("actor")] = "almara-gobierno"
    rows[place : place + 1] = [",".join(row), ",".join(other)]
    (river / "codings/first.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    told = [fault.message for fault in study.check(river) if fault.column == "joint"]
    assert told and "two speakers of one side make one statement" in told[0]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_list_of_codes_says_what_is_forgotten_there(river, tmp_path, language):
    rewrite(river / "study.toml", ('coding = "first"', f'coding = "first"\nlanguage = "{language}"'))
    loaded = study.load(river)
    words = exchange.coded_text(loaded, article.read_copy(RIVER / "articulo.txt"))
    exchange.write_workbook(loaded, words, tmp_path / "sheet.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "sheet.xlsx").worksheets[0].data_validations.dataValidation
    assert all(rule.showInputMessage and 0 < len(rule.prompt) <= 255 for rule in rules)
    forgotten = {"en": "leave it empty", "es": "se deja vacío"}[language]
    assert any(forgotten in rule.prompt for rule in rules)


def test_describe_of_a_study_elsewhere_leaves_the_package_alone(made, capsys):
    pages = [study.find().parent / "README.md", study.find().parent.parent / "README.md"]
    before = [path.stat().st_mtime_ns for path in pages]
    assert main(["describe", str(made)]) == 0
    assert "README" not in capsys.readouterr().out
    assert [path.stat().st_mtime_ns for path in pages] == before


def test_the_language_of_a_plain_text_is_told_where_it_is_sure(made, tmp_path):
    assert study.load(made, unfinished=True).meta["article"]["language"] == "es"
    texts = {"en": "The minister said that the dams and the river were part of the talks. " * 3,
             "und": "O ministro disse que as barragens do vale não seriam fechadas em nenhum caso. " * 3}  # fmt: skip
    for language, text in texts.items():
        (tmp_path / "t.txt").write_text(text, encoding="utf-8")
        folder = coding.new(f"in-{language}", tmp_path / "t.txt", tmp_path)
        assert study.load(folder, unfinished=True).meta["article"]["language"] == language


def test_a_title_that_is_no_headline_is_told(made):
    def told():
        useful = coding.steps(study.load(made, unfinished=True))[1]
        return [line for line in useful if "no headline" in line]

    assert not told()
    rewrite(made / "paragraphs.csv", ("article,h1,1,headline", "article,h1,1,furniture"))
    assert len(told()) == 1


def test_what_the_article_lacks_is_told_and_leaves_no_gap(river):
    loaded = study.load(river)
    publisher = loaded.documents["publisher"][0]
    rewrite(river / "documents.csv", (f",{publisher},", ",,"))
    loaded = study.load(river)
    assert ", ." not in report.overview(loaded) and ": ." not in figures.source_of(loaded)
    assert any("`publisher`" in line for line in coding.steps(loaded)[1])


def test_a_side_that_asks_for_nothing_is_told_in_plain_words(river):
    rewrite(river / "codings/first.csv", (",demand,", ",support,"), (",proposal,", ",support,"))
    assert report.asks(study.load(river)) == "Almara no pide nada, Torvia no pide nada"


def test_new_says_where_the_study_lies(tmp_path, monkeypatch, capsys):
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["new", "./presa", "text.txt"]) == 0
    assert capsys.readouterr().out.startswith("./presa: 3 paragraphs")
    monkeypatch.setattr(study.loading, "ROOT", tmp_path / "data")
    (tmp_path / "data").mkdir()
    assert main(["new", "presa", "text.txt"]) == 0
    assert capsys.readouterr().out.startswith("data/presa: 3 paragraphs")
    assert (tmp_path / "data/presa/study.toml").is_file()


def test_how_joint_is_written_is_said_in_its_cell(river, tmp_path):
    loaded = study.load(river)
    words = exchange.coded_text(loaded, article.read_copy(RIVER / "articulo.txt"))
    exchange.write_workbook(loaded, words, tmp_path / "sheet.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "sheet.xlsx").worksheets[0]
    (cell,) = (cell for cell in sheet[1] if cell.value == "joint" or str(cell.value).startswith("joint "))
    (rule,) = (
        rule for rule in sheet.data_validations.dataValidation if cell.offset(1).coordinate in rule.cells
    )
    assert rule.type is None and "j1" in rule.prompt


def test_without_gists_the_map_names_its_paragraphs(river):
    loaded = study.load(river)
    bare = replace(loaded, paragraphs=loaded.paragraphs.assign(gist=""))
    drawn = figures.article_map(bare, report.page(bare), "title", "subtitle")
    told = {text.get_text() for axes in drawn.axes for text in axes.texts}
    assert set(report.page(bare)["paragraph"]) <= told


def test_asks_are_said_to_be_those_of_each_other(river):
    loaded = study.load(river)
    whole = report.story(loaded)
    outside = loaded.actors.loc[loaded.actors["side"].eq("none"), "actor"].iloc[0]
    rows = loaded.statements.assign(addressee=outside)
    assert len(whole) and report.story(replace(loaded, statements=rows)).empty
    assert "a los demás" in report.about(loaded, "asks")


def test_of_several_texts_the_article_is_counted_alone(river, tmp_path):
    """The picture of the article named two statements, its title four: those of a side's own text too."""
    before = study.load(river)
    side = before.meta["compare"][0]
    said = "Pedimos que cierren las presas antes del verano, como se acordó. Nada más pedimos, y nada menos: "
    (tmp_path / "own.txt").write_text(f"{said}que se cierren todas.\n\nY gracias.\n", encoding="utf-8")
    coding.add(river, tmp_path / "own.txt", "discurso", "declared", side)
    loaded = study.load(river)
    row = loaded.statements.iloc[[0]].assign(paragraph="discurso.p01", statement="discurso.a99")
    more = replace(loaded, statements=pd.concat([loaded.statements, row], ignore_index=True))
    assert report.overview(more) == report.overview(before)
    assert report.article_map(more) == report.article_map(before)
    drawn = figures.asks(more, report.story(more), "title", "subtitle")
    told = " ".join(text.get_text() for text in drawn.axes[0].texts)
    assert "Sus propios" in told and "semana" not in told, "whose texts are of a week, its captions say"
