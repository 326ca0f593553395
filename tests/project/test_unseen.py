"""What went wrong on articles that the makers had not seen: a test for each number of that list."""

import re
import shutil
from dataclasses import replace

import invented
import pandas as pd
import pytest

from analysis import article, coding, exchange, figures, measures, report, study
from analysis.__main__ import main
from analysis.study.rules import tables

RIVER = study.find("dos-orillas")


@pytest.fixture
def river(tmp_path):
    """Return the folder of a copy of the made-up study."""
    return shutil.copytree(
        RIVER, tmp_path / "dos-orillas", ignore=shutil.ignore_patterns("*.ipynb", "figures")
    )


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Return a study of three sides, with long labels and offers among the statements."""
    root = tmp_path_factory.mktemp("three")
    return study.load(invented.invent(root, labels=[f"{invented.LONG[:66]}, {k}" for k in range(1, 13)]))


def changed(loaded, **codes):
    """Return a study in which all statements have other codes."""
    return replace(loaded, statements=loaded.statements.assign(**codes))


def test_01_a_mixed_ask_is_none_and_gets_no_reply(three):
    asked = measures.asks(three)
    position = three.statements.set_index("statement")["position"]
    assert len(asked) and set(position[asked["statement"]]) <= {"1", "-1"}
    assert measures.answers(changed(three, position="mixed")).empty
    assert measures.answers(changed(three, position="0")).empty


def test_02_offers_and_concessions_are_no_asks(three):
    assert measures.asks(changed(three, form="offer")).empty
    told = report.asks(changed(three, form="offer"))
    assert "asks for nothing" in told and " to " not in told, "no gist is put behind “asks X to”"


def test_03_a_pair_with_a_silent_side_is_not_mixed(three):
    rows = three.statements[three.statements["side"] != "s2"].assign(position="mixed")
    told = set(measures.relations(replace(three, statements=rows.reset_index(drop=True)))["relation"])
    assert "mixed" not in told and "one-sided" in told


def test_04_dollar_signs_are_no_formula():
    assert "$" not in re.sub("<[^>]+>", "", report.plain("it cost $5, then $6"))
    for path in (RIVER / "study.ipynb", study.find().parent.parent / "analysis/template/study.ipynb"):
        assert '\\"display.html.use_mathjax\\", False' in path.read_text(encoding="utf-8")


def test_05_a_finding_that_does_not_hold_survives_nothing(three):
    grid = pd.DataFrame({"one": [0, 3], "other": [0, 0]}, index=["stands", "falls"])
    assert report.titles.overturns(grid) == "Only 1 of 2 findings survive every single change tried"


def test_05_a_finding_that_does_not_hold_falls_in_every_kind_of_change():
    """By the grid of a study that is there, not only by an invented one."""
    loaded = study.load("dos-orillas")
    told = "side=Almara; other=Torvia; relation=opposed; issues=puente trato"
    rows = loaded.findings.set_index("finding")
    rows.loc["comunes", "arguments"] = told
    tried = report.tried(replace(loaded, findings=rows.reset_index()))
    assert (tried.loc[rows.at["comunes", "short"]] > 0).all()
    true = report.tried(loaded)
    assert not (true.loc[rows.at["comunes", "short"]] > 0).all(), "the same finding, as it holds"


def test_06_the_numbers_of_a_title_add_up(three):
    for loaded in (three, study.load("dos-orillas"), changed(three, position="0")):
        title = report.positions(loaded)
        numbers = [int(number) for number in re.findall(r"\d+", title)]
        assert sum(numbers[1:]) == numbers[0] or "no position" in title, title
    ties = three.statements.groupby("issue").head(1)
    title = report.article_map(replace(three, statements=ties.reset_index(drop=True)))
    assert (" and " in title) == (" each of " in title), title


def test_07_nothing_is_drawn_of_rankings_that_are_not_there(three):
    template = (study.find().parent.parent / "analysis/template/study.ipynb").read_text(encoding="utf-8")
    assert "figures.declared" not in template and not hasattr(figures, "declared")


def test_08_long_labels_leave_the_proposition_and_the_side(three):
    proposition = three.issues.assign(proposition=[f"word{k} should be so" for k in range(len(three.issues))])
    loaded = replace(three, issues=proposition)
    table = measures.relations(loaded)
    drawn = figures.positions(loaded, table, "A title", "About it")
    texts = " ".join(text.get_text() for text in drawn.findobj() if hasattr(text, "get_text"))
    shown = table[table["relation"].isin(["shared", "opposed", "mixed", "one-sided"])]["issue"]
    words = loaded.issues.set_index("issue")["proposition"]
    assert len(shown) and all(words[issue].split()[0].capitalize() in texts for issue in shown)
    assert all(loaded.meta["sides"][side]["label"] in texts for side in loaded.meta["compare"])


def test_09_the_quarter_is_counted_for_each_coding_and_names_its_place(river, tmp_path):
    words = exchange.coded_text(study.load(river), article.read_copy(RIVER / "articulo.txt"))
    path = exchange.export(river, "long", None, tmp_path / "x.csv")
    for number in range(6):
        exchange.add_coding(river, path, f"again-{number}")
    assert not study.check(river), "its own export, again and again, is no copy of the text"
    loaded = study.load(river)
    whole = loaded.codings["first"].assign(anchor=loaded.codings["first"]["paragraph"].map(words))
    many = replace(loaded, codings=loaded.codings | {"first": whole})
    (fault,) = tables.anchors_are_no_copy_of_the_text(many)
    assert fault.file == "codings/first.csv" and fault.column == "anchor" and fault.line >= 2
    assert re.search(r"have \d+% of the \d+ characters", fault.message)


def test_10_columns_say_what_they_need(tmp_path):
    text = tmp_path / "a.txt"
    text.write_text((RIVER / "articulo.txt").read_text(encoding="utf-8"), encoding="utf-8")
    folder = coding.new("mine", text, tmp_path)
    told = (folder / "columns.md").read_text(encoding="utf-8")
    assert re.search(r"`label` .*\(needed, each value once, at most 80 characters\)", told)
    for name in ("includes", "excludes", "example"):
        assert re.search(rf"`{name}` .*\(may be empty[,)]", told), name


PLAIN = """Los ministros discuten el agua

Una crónica de la frontera

La presa del norte, en agosto. (Foto: Inés Prado / EFE)

La ministra de Alba, Inés Ruano, pidió ayer al gobierno de Brisa que cierre las presas del norte, y añadió otra cosa.

Please enable JavaScript to see this video.

El gobierno de Brisa respondió que construirá dos presas más antes de que acabe el año, sin decir dónde.
"""


def test_11_captions_are_guessed_and_ids_follow_corrected_kinds(tmp_path):
    (tmp_path / "a.txt").write_text(PLAIN, encoding="utf-8")
    folder = coding.new("agua", tmp_path / "a.txt", tmp_path)
    made = study.load(folder, unfinished=True).paragraphs
    assert made["paragraph"].tolist() == ["h1", "p01", "c1", "p02", "x01", "p03"]
    path = folder / "paragraphs.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("p01,2,body", "p01,2,furniture"), encoding="utf-8"
    )
    assert main(["renumber", str(folder)]) == 0
    again = study.load(folder, unfinished=True)
    assert again.paragraphs["paragraph"].tolist() == ["h1", "x01", "c1", "p01", "x02", "p02"]
    counted = again.words.groupby("paragraph")["count"].sum()
    assert all(counted[row.paragraph] == row.words for row in again.paragraphs.itertuples())
    assert coding.renumber(folder) == {}


def test_11_codings_follow_the_new_ids(river):
    loaded = study.load(river)
    last = loaded.paragraphs[loaded.paragraphs["kind"] == "body"]["paragraph"].iloc[-1]
    path = river / "paragraphs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(f",{last},", ",p99,"), encoding="utf-8")
    for file in ("words.csv", "codings/first.csv", "codings/second.csv"):
        text = (river / file).read_text(encoding="utf-8")
        (river / file).write_text(re.sub(rf"(^|,){last},", r"\1p99,", text, flags=re.M), encoding="utf-8")
    assert coding.renumber(river) == {"p99": last}
    assert study.load(river).statements.equals(loaded.statements)


def test_12_groups_and_silence_have_a_place_in_the_codebook_of_a_new_study():
    text = (study.find().parent.parent / "analysis/template/codebook.md").read_text(encoding="utf-8")
    assert "group that is no side" in text
    for form in study.categories("coding", "form"):
        assert f"| `{form}` |" in text, form


def test_13_every_pair_of_sides_is_compared(three):
    table = report.pairs(three)
    assert table.shape[1] == 3 and len(table)
    compared = measures.relations(three).set_index("issue")["relation"]
    mine = table.iloc[:, 0]
    assert all(mine[issue] == compared[issue] for issue in mine.index[mine != ""])


def test_14_predicates_are_explained_to_who_writes_findings(tmp_path):
    folder = coding.new("mine", RIVER / "articulo.txt", tmp_path)
    told = (folder / "columns.md").read_text(encoding="utf-8")
    for predicate, entry in study.categories("findings", "predicate").items():
        assert f"| `{predicate}` | {entry['label']}; takes {', '.join(entry['arguments'])} |" in told


def test_15_check_sums_faults_by_column(river, capsys):
    path = river / "codings/first.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",agua,", ",fuego,"), encoding="utf-8")
    assert main(["check", str(river)]) == 1
    *lines, last = capsys.readouterr().out.strip().splitlines()
    number = sum("column issue" in line for line in lines)
    assert number > 1 and f"codings/first.csv issue {number}" in last
    places = [
        int(line.split("line ")[1].split(",")[0])
        for line in lines
        if line.startswith("codings/first.csv, line")
    ]
    assert places == sorted(places)


PAGE = """<!doctype html><html lang="es"><head><title>Agua</title></head><body><article><h1>Los ministros discuten</h1>
<p>La ministra de Alba, Inés Ruano, pidió ayer al gobierno de Brisa que cierre las presas del norte, y añadió
que su país no aceptará otra sequía como la del verano pasado, que dejó sin riego a miles de familias.</p>
<p>Something went wrong. Please try again later.</p>
<figure><figcaption>La presa del norte, vista desde el aire en agosto.</figcaption></figure>
<p>El gobierno de Brisa respondió que construirá dos presas más antes de que acabe el año, y su portavoz habló de
soberanía, de energía y del derecho de cada orilla a usar el agua que corre por su lado del valle.</p>
</article><aside><figcaption>La presa del norte, vista desde el aire en agosto.</figcaption></aside></body></html>"""


def test_16_copies_are_those_of_align_and_messages_no_body(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    made = study.load(coding.new("agua", tmp_path / "a.html", tmp_path), unfinished=True)
    frame, _ = article.align(made, article.read_copy(tmp_path / "a.html"))
    assert made.paragraphs["copies"].tolist() == frame["copies"].tolist()
    wrong = made.paragraphs[made.paragraphs["kind"] == "furniture"]
    body = made.paragraphs[made.paragraphs["kind"] == "body"]
    assert len(body) == 2 and len(wrong) <= 1


def test_17_check_says_when_describe_is_due(river, capsys):
    path = river / "paragraphs.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = re.sub(r",[^,]*$", ",otra cosa", lines[1])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["check", str(river)]) == 0
    said = capsys.readouterr().out
    assert "paragraphs.csv changed since it was written" in said and "describe" in said
