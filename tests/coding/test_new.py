"""New studies: from a text in any script to a folder that says what it lacks."""

import time

import invented
import pytest
from helpers import contents

from analysis import article, coding, report, study
from analysis.__main__ import main
from analysis.coding import making, pages
from analysis.study import loading

SPANISH = """Los ministros discuten el agua

La ministra de Alba, Inés Ruano, pidió ayer al gobierno de Brisa que cierre las presas. «No más», dijo.

El gobierno de Brisa respondió que construirá dos presas más. Su portavoz habló de soberanía.
"""
PAGE = """<!doctype html><html lang="es"><head><title>Agua | El Faro</title>
<meta property="og:site_name" content="El Faro"><style>p {color: red}</style></head><body>
<nav><a href="/">Portada</a> <a href="/d">Deportes y mucho más para leer hoy en esta página</a></nav>
<article><h1>Los ministros discuten el agua</h1>
<p>La ministra de Alba, Inés Ruano, pidió ayer al gobierno de Brisa que cierre las presas del norte, y añadió
que su país no aceptará otra sequía como la del verano pasado, que dejó sin riego a miles de familias.</p>
<script>alert("x")</script>
<p>El gobierno de Brisa respondió que construirá dos presas más antes de que acabe el año, y su portavoz habló de
soberanía, de energía y del derecho de cada orilla a usar el agua que corre por su lado del valle.</p>
<figure><img src="a.png"><figcaption>La presa del norte, vista desde el aire en agosto.</figcaption></figure>
<p>Los pescadores, que no fueron invitados, esperaron la noticia en el puerto hasta bien entrada la noche, y
volvieron a sus casas sin que nadie les dijera qué pasará con sus cuotas ni con el estuario.</p>
</article><footer>Todos los derechos reservados, 2031</footer></body></html>
"""


def written(tmp_path, text, name="text.txt"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_new_study_from_plain_text(tmp_path):
    folder = coding.new("agua", written(tmp_path, SPANISH), tmp_path)
    made = study.load(folder, unfinished=True)
    assert made.paragraphs["paragraph"].tolist() == ["h1", "p01", "p02"]
    assert made.paragraphs["kind"].tolist() == ["headline", "body", "body"]
    assert made.paragraphs["sentences"].tolist() == [1, 2, 2]
    assert not study.check(folder)
    frame, rest = article.align(made, article.read_copy(tmp_path / "text.txt"))
    assert (frame["status"] == "matches").all() and not rest
    assert made.statements.empty and made.issues.empty


def test_no_sentence_of_the_text_is_kept(tmp_path):
    folder = coding.new("agua", written(tmp_path, SPANISH), tmp_path)
    kept = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())
    assert "pidió ayer al gobierno" not in kept
    assert "habló de soberanía" not in kept


def test_new_study_from_a_saved_page(tmp_path):
    folder = coding.new("agua", written(tmp_path, PAGE, "page.html"), tmp_path)
    made = study.load(folder, unfinished=True)
    assert made.paragraphs["kind"].tolist() == ["headline", "body", "body", "caption", "body"]
    assert made.meta["article"]["publisher"] == "El Faro"
    assert made.meta["article"]["language"] == "es"
    assert not (set(made.words["word"]) & {"portada", "alert", "derechos", "color"})
    frame, _ = article.align(made, article.read_copy(tmp_path / "page.html"))
    assert (frame["status"] == "matches").all()


LEAD = "La ministra de Alba pidió ayer al gobierno de Brisa que cierre las presas y que no abra otra en el valle."
HEADED = {
    "printed twice": ("Home News Sport Weather Travel Money and so much more\n\nLos ministros discuten el agua\n\n"
                      "Los ministros discuten el agua\n\nComment Print Share\n\nPublished: Thu, Apr 12 2007. 07 50 PM",
                      ["furniture", "headline", "headline", "furniture", "furniture"]),
    "section and date": ("CRISIS DEL AGUA\n\nLos ministros discuten el agua\n\n21 de septiembre de 2015\n\nPor Inés Ruano",
                         ["furniture", "headline", "furniture", "furniture"]),
    "subtitle": ("Los ministros discuten el agua\n\nAlba y Brisa buscan un trato sobre las presas del norte",
                 ["headline", "body"]),
    "caption": ("Los ministros discuten el agua\n\nReunión en Alba | Foto: El Faro\n\nCrédito: El Faro",
                ["headline", "caption", "caption"]),
}  # fmt: skip


@pytest.mark.parametrize("case", HEADED)
def test_what_stands_before_the_first_sentence(tmp_path, case):
    text, kinds = HEADED[case]
    assert [kind for kind, _ in pages.pieces(written(tmp_path, f"{text}\n\n{LEAD}\n"))] == [*kinds, "body"]


SECOND = "El gobierno de Brisa respondió que construirá dos presas más antes de que acabe el año que viene."
THIRD = "Su portavoz habló de soberanía y de energía, y dijo que cada orilla puede usar el agua de su lado."


def test_a_headline_that_asks_and_the_buttons_below_it(tmp_path):
    buttons = [
        "Share on One",
        "Share on Two",
        "Share on Three",
        "More Options",
        "Resize Text",
        "Print",
        "Comments",
    ]
    lines = [
        "Oriente",
        "¿Adónde van ahora las presas de Alba y Brisa?",
        *buttons,
        "Por Inés Ruano 12:22",
        LEAD,
        SECOND,
        THIRD,
    ]
    kinds = [kind for kind, _ in pages.pieces(written(tmp_path, "\n\n".join(lines)))]
    assert kinds == ["furniture", "headline", *["furniture"] * 8, "body", "body", "body"]


def test_what_stands_within_and_below_the_text(tmp_path):
    """A subhead, a question as a subhead, a link, a button, a note on the author, lines below the text."""
    lines = {
        "Los ministros discuten el agua": "headline", "Por Inés Ruano": "furniture", LEAD: "body",
        "Temas de discordia": "heading", SECOND: "body", "Publicidad": "furniture",
        "Lee también: La presa que nadie quiere": "link", THIRD: "body", "¿Y ahora qué?": "heading",
        "«¿Quién paga?»": "body", SECOND.replace("dos", "tres"): "body", "Las condiciones son estas:": "body",
        THIRD.replace("soberanía", "agua"): "body", "Inés Ruano cubre el valle desde 2031.": "furniture",
        "Compartir": "furniture", "Ver todos los comentarios": "furniture",
    }  # fmt: skip
    found = pages.pieces(written(tmp_path, "\n\n".join(lines)))
    assert {piece: kind for kind, piece in found} == lines


def test_lines_of_a_text_without_end_marks_are_paragraphs(tmp_path):
    lines = [line.rstrip(".") for line in (LEAD, SECOND, THIRD)]
    assert {kind for kind, _ in pages.pieces(written(tmp_path, "\n\n".join(lines)))} == {"body"}


def test_a_page_with_soft_hyphens_credited_captions_and_subheads(tmp_path):
    credited = (
        '<div class="pic">La presa del norte de Alba, vista el jueves desde el aire (Inés Ruano/AFP)</div>'
    )
    page = PAGE.replace("soberanía", "sobe\u00adra\u00adnía").replace(
        "<figure>", "<h3>El puerto espera</h3><figure>"
    )
    page = page.replace("</h1>", f"</h1>{credited}").replace("<footer>", f"<footer>{credited}")
    folder = coding.new("agua", written(tmp_path, page, "page.html"), tmp_path)
    made = study.load(folder, unfinished=True)
    kinds = ["headline", "caption", "body", "body", "heading", "caption", "body"]
    assert made.paragraphs["kind"].tolist() == kinds and "soberanía" in set(made.words["word"])
    screen = "\n\n".join(piece for _, piece in pages.pieces(tmp_path / "page.html"))
    frame, _ = article.align(made, article.read_copy(written(tmp_path, screen)))
    assert (frame["status"] == "matches").all(), "the page and what is copied from the screen are one text"


@pytest.mark.parametrize(
    "lines, number",
    [
        ("A wrapped line that a\nprogram has broken in\nits middle. And so on and on and on it goes for ever.", 1),
        ("One paragraph of a text without blank lines. It ends.\nAnother one of them. It ends as well.\nA third one. Ends.", 3),
    ],
)  # fmt: skip
def test_lines_that_are_paragraphs(tmp_path, lines, number):
    assert len(pages.pieces(written(tmp_path, lines))) == number


def test_a_paragraph_printed_twice_is_counted_once(tmp_path):
    text = SPANISH + "\n" + SPANISH.split("\n\n")[1] + "\n"
    made = study.load(coding.new("agua", written(tmp_path, text), tmp_path), unfinished=True)
    assert made.paragraphs["copies"].tolist() == [1, 2, 1]


@pytest.mark.parametrize(
    "text",
    [
        "यह एक छोटा सा लेख है जिसमें कई शब्द हैं और कुछ वाक्य भी हैं। " * 2 + "\n\nदूसरा अनुच्छेद यहाँ है।",
        "北京和上海的官员昨天讨论了贸易问题，双方没有达成协议。\n\n他们明天还会再谈一次，希望有结果。",
        "Ο πρωθυπουργός είπε ότι θα συναντήσει τον πρόεδρο την Τρίτη στην Αθήνα και μετά στη Ρόδο.\n\n"
        "Η αντιπολίτευση ζητεί άλλη πολιτική για το νερό.",
        "قال الوزير إن بلاده لن تقبل السد الجديد على النهر الكبير هذا العام أو العام القادم أبدا في رأيه\n\n"
        "وطلب من الجيران أن ينتظروا قليلا قبل البناء",
    ],
)  # fmt: skip
def test_other_scripts(tmp_path, text):
    folder = coding.new("other", written(tmp_path, text), tmp_path)
    made = study.load(folder, unfinished=True)
    frame, _ = article.align(made, article.read_copy(tmp_path / "text.txt"))
    assert (frame["status"] == "matches").all()
    assert made.paragraphs["anchor"].ne("").all()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_encodings(tmp_path, encoding):
    text = SPANISH.replace("«", '"').replace("»", '"')
    made = coding.new("agua", written(tmp_path, text.encode(encoding)), tmp_path)
    words = study.load(made, unfinished=True).words["word"]
    assert "soberanía" in set(words)


NAMES = ["", ".", "..", "../out", "a/b", "a\\b", "/tmp/x", "a b", "ñandú", "-rf", "a" * 61, "con", "x\n", "x\0", ".x", "nul", "~"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_that_are_no_folder_names(tmp_path, name):
    path = written(tmp_path, SPANISH)
    before = contents(tmp_path)
    with pytest.raises(ValueError) as fault:
        coding.new(name, path, tmp_path)
    assert len(str(fault.value).splitlines()) == 1
    assert contents(tmp_path) == before


HOSTILE = {
    "few words": b"only four words here",
    "nul": b"a text\0" * 20,
    "pdf": b"%PDF-1.7\n" + b"words " * 50,
    "zip": b"PK\x03\x04" + b"words " * 50,
    "utf-16 without a mark": SPANISH.encode("utf-16-le"),
    "cyrillic in cp1251": "Российская Федерация и её соседи говорили о воде и рыбе весь день. ".encode(
        "cp1251"
    )
    * 5,
    "control characters": b"word \x07\x08\x01\x02 " * 40,
    "one long word": b"a" * 5000 + b" word" * 30,
    "piled accents": b"word " * 30 + ("a" + "\u0301" * 500).encode(),
    "page without text": b"<!doctype html><html><body><script>var a = 1;</script></body></html>",
    "entity bomb": b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body>&b;</body></html>',
    "punctuation": b"!!! ... ??? " * 100,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts(tmp_path, monkeypatch, capsys, kind):
    monkeypatch.setattr(loading, "ROOT", tmp_path)
    path = written(tmp_path, HOSTILE[kind])
    before = contents(tmp_path)
    assert main(["new", "hostile", str(path)]) in (1, 2)
    output = capsys.readouterr()
    assert len((output.out + output.err).strip().splitlines()) == 1
    assert "Traceback" not in output.err
    assert contents(tmp_path) == before


@pytest.mark.parametrize("day", ["2021-11-18", "2021-11-30", "2021-12-31"])
def test_a_page_states_any_day_of_a_month(day):
    told = f'<meta property="article:published_time" content="{day}T10:00:00Z">'
    page = f"<html><head>{told}</head><body><p>The bridge over the river has been opened.</p></body></html>"
    assert pages.stated(page)["date"] == day


def test_missing_text_folder_and_taken_name(tmp_path):
    path = written(tmp_path, SPANISH)
    for text in (tmp_path / "none.txt", tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(ValueError, match="no file can be read"):
            coding.new("agua", text, tmp_path)
    coding.new("agua", path, tmp_path)
    before = (tmp_path / "agua" / "words.csv").read_bytes()
    with pytest.raises(ValueError, match="already exists"):
        coding.new("agua", path, tmp_path)
    assert (tmp_path / "agua" / "words.csv").read_bytes() == before


def test_nothing_half_made(tmp_path, monkeypatch):
    path = written(tmp_path, SPANISH)

    def interrupt(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "write_package", interrupt)
    with pytest.raises(KeyboardInterrupt):
        coding.new("agua", path, tmp_path)
    assert list(contents(tmp_path)) == ["text.txt"]


def test_markup_in_a_text_is_text(tmp_path):
    text = (
        '<b>Bold</b> "claims" \\ and $x$\n\n'
        + "<script>alert(1)</script> said the minister, and more words. " * 3
    )
    folder = coding.new("markup", written(tmp_path, "The title\n\n" + text), tmp_path)
    made = study.load(folder, unfinished=True)
    assert "<script" not in report.overview(made)
    assert made.meta["article"]["headline"]


def test_check_leads_through(tmp_path):
    folder = coding.new("agua", written(tmp_path, SPANISH), tmp_path)
    needed, useful = coding.steps(study.load(folder, unfinished=True))
    files = [step.split(":")[0] for step in needed]
    assert files == ["study.toml", "study.toml", "issues.csv", "actors.csv", "codings/first.csv"]
    assert any(step.startswith("rankings.csv") for step in useful)
    with pytest.raises(ValueError, match="unfinished"):
        study.load(folder)


def test_check_of_an_unfinished_study(tmp_path, capsys):
    folder = coding.new("agua", written(tmp_path, SPANISH), tmp_path)
    assert main(["check", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "agua: no faults, but unfinished; next:"
    assert lines[1].startswith("1. study.toml")


def test_a_finished_study_needs_nothing(tmp_path):
    assert study.next_steps(invented.load(tmp_path)) == []


@pytest.mark.slow
def test_long_texts_take_time_by_their_length(tmp_path):
    times = []
    for size in (2_400, 9_600):
        text = "\n\n".join(
            " ".join(f"w{(k * 7919 + j * 104729) % 9973}" for j in range(12)) + "." for k in range(size)
        )
        path = written(tmp_path, text, f"{size}.txt")
        start = time.process_time()
        folder = coding.new(f"long{size}", path, tmp_path)
        made = study.load(folder, unfinished=True)
        path.write_text(text.replace("w1", "v1"), encoding="utf-8")
        frame, _ = article.align(made, article.read_copy(path))
        times.append(time.process_time() - start)
        assert (frame["status"] != "missing").mean() > 0.9
    assert times[1] < 4 * 2.5 * times[0]


@pytest.mark.parametrize(
    "column, value",
    [("url", "javascript:alert(1)"), ("url", "https://x\"onclick="), ("date", "yesterday"), ("layer", "rumour")],
)  # fmt: skip
def test_an_article_that_could_do_harm(tmp_path, column, value):
    folder = coding.new("agua", written(tmp_path, SPANISH), tmp_path)
    rows = study.load(folder, unfinished=True).documents
    rows.assign(**{column: value}).to_csv(folder / "documents.csv", index=False, lineterminator="\n")
    found = study.check(folder)
    assert [(fault.file, fault.line, fault.column) for fault in found if fault.column == column] == [
        ("documents.csv", 2, column)
    ]


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["new"], ["new", "-rf", "x"], ["export", "dos-orillas", "--to", "pdf"], ["import", "dos-orillas"],
     ["new", "a", "b", "c\x1b[31m\n"]],
)  # fmt: skip
def test_a_wrong_command_is_one_line(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.strip().isprintable()


@pytest.mark.parametrize("value", ["a\nb", "\x1b[31m", "\udcff", "x\0"])
def test_names_with_control_characters(value, capsys):
    assert main(["new", value, "text.txt"]) == 2
    assert main(["new", "plain", value]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 2 and error.replace("\n", "").isprintable()
