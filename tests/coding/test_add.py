"""Further texts of a study: papers, transcripts and saved pages, and what is refused."""

import shutil

import pytest

from analysis import article, coding, study
from analysis.__main__ import main
from analysis.article.transcripts import actor_of, read_paper

ENGLISH = """title: Remarks by the minister
publisher: The Port Authority
date: 2031-05-10
source_url: https://example.org/remarks

---

## On the river

MR. SARRIÁ: We ask Almara to open its gates in August. That is all we want this year.

The dam is a matter for both of us, and we will say so at the meeting.

Q Minister, will you lower the toll? I have

asked before.

Q And the fish?

MR. SARRIÁ: The toll: we do not discuss it here. The fish are another matter.

[…]

Our engineers will be at the bridge at noon.
"""
SPANISH = """## Versión estenográfica

PRESIDENTA IRENE OLMEDO: Queremos que corra más agua en verano, y que se limpie la mina.

PREGUNTA: Presidenta, ¿y el puente?

Lo pregunto por los camioneros.

PRESIDENTA IRENE OLMEDO: El puente se abre el lunes. Ya lo dijimos.

INTERLOCUTORA: ¿Y los permisos?

INTERVENCIÓN: (Inaudible)

PRESIDENTA IRENE OLMEDO: También los permisos, que serán más largos que el año pasado.
"""
PAGE = """<!doctype html><html lang="es"><head><title>Nota</title></head><body><nav><a href="/">Portada</a></nav>
<article><h1>Nota del gobierno de Torvia</h1>
<p>El gobierno de Torvia propone que la obra de la presa empiece en otoño, cuando el río baja con menos agua y los
regantes de las dos orillas han terminado la cosecha y pueden prescindir de los canales durante unas semanas.</p>
<p>El ministro de Obras explicó que las máquinas ya están en el valle y que la electricidad se repartirá por mitades
entre los dos países, como pide desde hace tres años la cámara de comercio de la orilla del norte.</p>
</article></body></html>
"""


@pytest.fixture
def river(tmp_path):
    """Return the folder of a copy of the made-up study."""
    ignored = shutil.ignore_patterns("*.ipynb", "figures")
    return shutil.copytree(study.find("dos-orillas"), tmp_path / "dos-orillas", ignore=ignored)


def written(tmp_path, text, name="text.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def added(river, document):
    """Return the row of a document and its paragraphs, after checking that the study is sound."""
    assert study.check(river) == []
    loaded = study.load(river)
    rows = loaded.paragraphs[loaded.paragraphs["document"] == document]
    return loaded.documents.set_index("document").loc[document], rows.reset_index(drop=True)


def test_a_transcript_in_english(river, tmp_path):
    path = written(tmp_path, ENGLISH)
    assert coding.add(river, path, "torvia-10", "declared", "Torvia", "Sarriá, 10 May") == (8, 3)
    about, rows = added(river, "torvia-10")
    assert about[["short", "title", "publisher", "layer", "side", "date", "public", "url"]].tolist() == [
        "Sarriá, 10 May", "Remarks by the minister", "The Port Authority", "declared", "Torvia", "2031-05-10", "2031-05-10",
        "https://example.org/remarks",
    ]  # fmt: skip
    assert rows["kind"].tolist() == [
        "heading",
        "body",
        "body",
        "question",
        "question",
        "question",
        "body",
        "body",
    ]
    assert rows["paragraph"].tolist() == [
        f"torvia-10.{name}" for name in ("t01", "p01", "p02", "q01", "q02", "q03", "p03", "p04")
    ]
    # A paragraph without a name goes on where the last speaker stopped, but not over what is left out.
    assert rows["speaker"].tolist() == ["", "sarria", "sarria", "", "", "", "sarria", ""]
    frame, _ = article.align(study.only(study.load(river), "torvia-10"), article.read_copy(path))
    assert (frame["status"] == "matches").all()


def test_a_transcript_in_spanish(river, tmp_path):
    coding.add(river, written(tmp_path, SPANISH), "almara-11", "declared", "Almara")
    about, rows = added(river, "almara-11")
    assert about["short"] == "almara-11" and about["title"] == ""
    kinds = ["heading", "body", "question", "question", "body", "question", "question", "body"]
    assert rows["kind"].tolist() == kinds
    assert rows["speaker"].tolist() == ["olmedo" if kind == "body" else "" for kind in kinds]


def test_a_saved_page(river, tmp_path):
    coding.add(river, written(tmp_path, PAGE, "page.html"), "nota", "adopted")
    about, rows = added(river, "nota")
    assert rows["kind"].tolist() == ["headline", "body", "body"]
    assert about["language"] == "es" and not set(about[["side", "date", "url"]]) - {""}


def test_what_is_said_twice_in_a_transcript_is_two_paragraphs(river, tmp_path):
    """A page that prints a paragraph twice has two copies of one; in a transcript it was said twice."""
    coding.add(river, written(tmp_path, SPANISH + "\nQ Yes?\n\n" * 2), "almara-11", "declared", "Almara")
    _, rows = added(river, "almara-11")
    assert rows["sha256"].duplicated().any() and (rows["copies"] == 1).all()


def test_no_sentence_of_the_text_is_kept(river, tmp_path):
    coding.add(river, written(tmp_path, ENGLISH), "torvia-10", "declared", "Torvia")
    kept = "".join(path.read_text(encoding="utf-8") for path in river.rglob("*") if path.is_file())
    assert "open its gates in August" not in kept and "matter for both of us" not in kept


@pytest.mark.parametrize(
    "text, document, layer, side, said",
    [
        (ENGLISH, "article", "declared", "Torvia", "has a document of this name"),
        (ENGLISH, "Bad Name", "declared", "Torvia", "lower-case letters"),
        (ENGLISH, "a" * 41, "declared", "Torvia", "lower-case letters"),
        (ENGLISH, "x", "rumoured", "", "a layer is one of reported, declared"),
        (ENGLISH, "x", "declared", "Peru", "a side is one of Almara"),
        (ENGLISH, "x", "declared", "", "give --side"),
        ("Too few words.\n", "x", "later", "", "at least 20 words"),
        ("word " * 30 + "a" * 300, "x", "later", "", "a word of 300 letters"),
        (ENGLISH.replace("2031-05-10", "in May"), "x", "later", "", "documents.csv, line 3, column date"),
        (ENGLISH.replace("https://", "javascript:"), "x", "later", "", "documents.csv, line 3, column url"),
        ("", "x", "later", "", "at least 20 words"),
    ],
)
def test_what_is_refused_changes_nothing(river, tmp_path, capsys, text, document, layer, side, said):
    path = written(tmp_path, text)
    before = state(river)
    given = ["--document", document, "--layer", layer, "--side", side]
    assert main(["add", str(river), str(path), *given]) == 2
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error
    assert state(river) == before


def test_a_missing_text_and_a_faulty_study(river, tmp_path, capsys):
    given = ["--document", "x", "--layer", "later"]
    assert main(["add", str(river), str(tmp_path / "none.txt"), *given]) == 2
    (river / "actors.csv").write_text("actor\n", encoding="utf-8")
    before = state(river)
    assert main(["add", str(river), str(written(tmp_path, ENGLISH)), *given]) == 2
    assert "actors.csv" in capsys.readouterr().err and state(river) == before


def test_the_command_says_what_it_added(river, tmp_path, capsys):
    path = written(tmp_path, ENGLISH)
    given = ["--document", "torvia-10", "--layer", "declared", "--side", "Torvia"]
    assert main(["add", str(river), str(path), *given]) == 0
    assert capsys.readouterr().out == "torvia-10: 8 paragraphs, 3 of them reporters' questions\n"
    assert main(["align", str(river), str(path), "--document", "torvia-10"]) == 0
    assert "8 match, 0 differ, 0 are missing" in capsys.readouterr().out


def test_a_text_without_a_header():
    header, found = read_paper("Dear all: this is no header.\n---\nAnd this is the text.\n")
    assert header == {} and len(found) == 3


@pytest.mark.parametrize(
    "name, actor",
    [
        ("MR. SARRIÁ", "sarria"),
        ("MINISTRO BRUNO SARRIA", "sarria"),
        ("MODERATOR", ""),
        ("GOBIERNO", ""),
        ("", ""),
    ],
)
def test_names_of_speakers(name, actor):
    labels = study.load("dos-orillas").actors.set_index("actor")["label"].to_dict()
    assert actor_of(name, labels) == actor
