"""REFI-QDA projects as other programs hand them back: several users, other line ends, other texts."""

import shutil

import pytest
from lxml import etree

from analysis import exchange, study
from analysis.__main__ import main
from analysis.exchange import archives, refi, selections

FOLDER = study.find("dos-orillas")
TEXT = FOLDER / "articulo.txt"
SPACE = "{urn:QDA-XML:project:1.0}"
OTHER = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def river(tmp_path):
    """Return the folder of a copy of the made-up study."""
    return shutil.copytree(
        FOLDER, tmp_path / "study" / "dos-orillas", ignore=shutil.ignore_patterns("*.ipynb", "figures")
    )


def parts(folder):
    """Return the files of a study's project, and its root."""
    loaded = study.load(folder)
    blocks = [[line] for line in TEXT.read_text(encoding="utf-8").splitlines() if line]
    place = folder.parent / "x.qdpx"
    place.write_bytes(refi.project(loaded, exchange.coded_text(loaded, blocks)))
    held = archives.unpack(place)
    return held, archives.parse(held["project.qde"], "project.qde")


def packed(folder, held, root):
    """Write a project; return its path."""
    path = folder.parent / "y.qdpx"
    path.write_bytes(archives.archive(held | {"project.qde": etree.tostring(root)}))
    return path


def left(folder, name):
    coding = study.load(folder).codings[name]
    return coding.drop(columns=["statement", "anchor"])


def with_two_users(folder, number=10):
    """Return a project in which a second user has coded the last selections."""
    held, root = parts(folder)
    users = root.find(f"{SPACE}Users")
    etree.SubElement(users, f"{SPACE}User", {"guid": OTHER, "name": "anna"})
    for chosen in list(root.iter(f"{SPACE}PlainTextSelection"))[-number:]:
        for element in (chosen, *chosen.findall(f"{SPACE}Coding")):
            element.set("creatingUser", OTHER)
    return packed(folder, held, root)


def test_several_users_are_never_one_coding(river, capsys):
    path = with_two_users(river)
    assert main(["import", str(river), str(path), "--coder", "again"]) == 2
    said = capsys.readouterr().err
    assert "2 users have coded" in said and "'anna'" in said and "'first'" in said and said.count("\n") == 1
    assert not (river / "codings/again.csv").exists()
    assert main(["import", str(river), str(path), "--coder", "again", "--user", "berta"]) == 2
    assert "users are 'first', 'anna'" in capsys.readouterr().err
    assert main(["import", str(river), str(path), "--coder", "again", "--user", "anna"]) == 0
    whole = left(river, "first")
    assert left(river, "again").equals(whole.tail(10).reset_index(drop=True))


def test_users_on_the_very_same_selection_are_told_apart(river):
    held, root = parts(river)
    etree.SubElement(root.find(f"{SPACE}Users"), f"{SPACE}User", {"guid": OTHER, "name": "anna"})
    first = next(root.iter(f"{SPACE}PlainTextSelection"))
    for coding in first.findall(f"{SPACE}Coding"):
        twin = etree.SubElement(
            first, coding.tag, dict(coding.attrib) | {"creatingUser": OTHER, "guid": OTHER}
        )
        twin.append(etree.fromstring(etree.tostring(coding[0])))
    path = packed(river, held, root)
    assert exchange.add_coding(river, path, "again", user="anna")[1] == 1


def test_readers_find_the_source_and_a_date(river):
    held, root = parts(river)
    assert [name for name in held if name != "project.qde" and not name.startswith("sources/")] == []
    dated = [
        *root.iter(f"{SPACE}TextSource"),
        *root.iter(f"{SPACE}PlainTextSelection"),
        *root.iter(f"{SPACE}Coding"),
    ]
    assert dated and all(element.get("creationDateTime") == refi.CREATED for element in dated)


@pytest.mark.parametrize("counted", ["one", "two"])
@pytest.mark.parametrize("stored", ["crlf", "lf"])
def test_line_ends_are_counted_either_way(river, counted, stored):
    held, root = parts(river)
    name = next(name for name in held if name.startswith("sources/"))
    plain = held[name].decode("utf-8")
    if stored == "crlf":
        held[name] = plain.replace("\n", "\r\n").encode("utf-8")
    if counted == "two":
        for chosen in root.iter(f"{SPACE}PlainTextSelection"):
            for end in ("startPosition", "endPosition"):
                place = int(chosen.get(end))
                chosen.set(end, str(place + plain.count("\n", 0, place)))
    path = packed(river, held, root)
    exchange.add_coding(river, path, "again")
    assert left(river, "again").equals(left(river, "first"))


def test_line_ends_of_which_nobody_can_say_how_they_count():
    items = [{"start": 3, "end": 4, "name": ""}]
    with pytest.raises(ValueError, match="line ends can be counted in two ways"):
        selections.as_counted("a\r\n-+-+-+\r\n", items, "x.qdpx")
    assert selections.as_counted("aa bb", items, "x.qdpx") == "aa bb"


def test_another_text_is_said_in_one_line(river, capsys):
    held, root = parts(river)
    name = next(name for name in held if name.startswith("sources/"))
    held[name] = held[name].replace(b" ", b"  ")
    path = packed(river, held, root)
    assert main(["import", str(river), str(path), "--coder", "again"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "0 of 15 coded paragraphs of the study" in said


def one_code_each(river):
    """Return a project with one selection for each code, and the codes that statements share once."""
    held, root = parts(river)
    (source,) = root.iter(f"{SPACE}TextSource")
    seen = set()
    for chosen in source.findall(f"{SPACE}PlainTextSelection"):
        source.remove(chosen)
        for code in chosen.findall(f"{SPACE}Coding"):
            key = chosen.get("startPosition"), chosen.get("endPosition"), code[0].get("targetGUID")
            if key in seen:
                continue
            seen.add(key)
            single = etree.SubElement(source, chosen.tag, dict(chosen.attrib) | {"name": ""})
            etree.SubElement(single, f"{SPACE}Description").text = chosen.findtext(f"{SPACE}Description")
            single.append(code)
    return packed(river, held, root)


def test_each_side_of_a_joint_statement_keeps_its_gist(river):
    """Also where a program keeps one selection for each code, and the shared codes once."""
    path = river / "codings/first.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    joint = [place for place, line in enumerate(lines) if ",j1," in line]
    head, _, _ = lines[joint[-1]].rpartition(",")
    lines[joint[-1]] = f"{head},lo que dice la otra orilla"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    exchange.add_coding(river, one_code_each(river), "again")
    assert left(river, "again").equals(left(river, "first"))
    assert "lo que dice la otra orilla" in set(left(river, "again")["gist"])


def test_statements_on_one_passage_are_told_apart_by_their_gists(river):
    """Also where a program keeps each code once: what both share stands under one gist only."""
    path = river / "codings/first.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    columns = head.split(",")
    place = next(place for place, line in enumerate(lines) if ",demand," in line and '"' not in line)
    other = dict(zip(columns, lines[place].split(","), strict=True))
    changed = {"statement": "z99", "issue": "puente", "addressee": "none", "addressee_basis": "", "form": "concern",
               "gist": "otra cosa en la misma frase"}  # fmt: skip
    lines.insert(place + 1, ",".join((other | changed)[name] for name in columns))
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    exchange.add_coding(river, one_code_each(river), "again")
    assert left(river, "again").equals(left(river, "first"))
