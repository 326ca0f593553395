"""Load and check a study: a folder of tables with a study.toml that says what is compared."""

import re
import tomllib
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import files, tables
from analysis.tables import Fault, is_coding
from analysis.words import WORD

ROOT = Path(__file__).resolve().parents[1] / "data"
DEFAULT = "us-mexico-2021"
NONE = "none"
CODED = ("body", "caption")
CODES = ("issue", "side", "actor", "speaker", "evidence", "addressee", "form", "position")
ANCHOR_WORDS = 8
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
ADDRESS = re.compile(r"https?://[^\s<>\"'()]+")
MARKERS = "osD^v<>pPXhHd*8"


def find(name=DEFAULT):
    """Return the folder of a study, named by its folder under `data/` or by a path."""
    path = Path(name)
    return path if path.is_dir() or len(path.parts) > 1 else ROOT / name


def load(name=DEFAULT, unfinished=False, described=True):
    """Load a study after checking it.

    Parameters
    ----------
    name : str or Path
        Folder under `data/`, or a path to a folder.
    unfinished : bool
        Also load a study in which nothing can be compared yet.
    described : bool
        Ask that datapackage.json describes the tables; whoever is about to write it does not.

    Returns
    -------
    types.SimpleNamespace
        `name`; `folder`; `meta` (study.toml as a dict); the frames `paragraphs`, `words`, `issues`,
        `actors`, `rankings`, `findings`, and those of `measures`, `claims`, `checks`, `series`,
        `wants`, `outcomes`, `agenda` that the study has; `codings`, a dict of statement frames by
        coder; `statements`, the one of them that study.toml names.

    Raises
    ------
    ValueError
        If the check finds faults, or the study is unfinished; the message has a line for each.
    """
    study, faults = examine(find(name), described)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    if not unfinished:
        # Here, not at the top: create measures loaded studies, and the import would go in a circle.
        from analysis import create

        needed = create.needed(study)
        if needed:
            raise ValueError("\n".join([f"{study.name}: the study is unfinished; next:", *needed]))
    return study


def check(name=DEFAULT):
    """Return the faults of a study, in the order of its files and lines; empty if it is sound."""
    return examine(find(name))[1]


def examine(folder, described=True):
    """Read a study as far as it can be read, and list its faults.

    Parameters
    ----------
    folder : Path
    described : bool
        Ask that datapackage.json describes the tables.

    Returns
    -------
    study : types.SimpleNamespace or None
        None where there are faults.
    faults : list of Fault
    """
    if not folder.is_dir():
        return None, [Fault(str(folder), None, None, None, "a study is a folder; there is none here")]
    meta, faults = read_toml(folder)
    faults += tables.check_package(folder) if described else []
    frames = {}
    for path, schema in tables.paths(folder).items():
        frames[path], more = tables.read_table(folder, path, schema)
        faults += more
    if not any(frame is None for frame in frames.values()):
        faults += tables.check_links(frames, tables.paths(folder))
        faults += check_rules(meta, frames) if meta else []
    if faults:
        places = {file: place for place, file in enumerate(["study.toml", "datapackage.json", *frames])}
        return None, sorted(faults, key=lambda fault: (places.get(fault.file, -1), fault.line or 0))
    codings = {Path(path).stem: frame for path, frame in frames.items() if is_coding(path)}
    others = {Path(path).stem: frame for path, frame in frames.items() if not is_coding(path)}
    study = SimpleNamespace(
        name=folder.name,
        folder=folder,
        meta=meta,
        codings=codings,
        statements=codings[meta["coding"]],
        **others,
    )
    return study, []


def read_toml(folder):
    """Read study.toml and check that it names what the analysis needs."""
    file = "study.toml"
    try:
        meta = tomllib.loads(files.read(folder / file).decode("utf-8"))
    except FileNotFoundError:
        return None, [Fault(file, None, None, None, "the file is missing")]
    except (OSError, UnicodeDecodeError):
        return None, [Fault(file, None, None, None, "a text file in UTF-8 is needed")]
    except tomllib.TOMLDecodeError as fault:
        return None, [Fault(file, None, None, None, f"this is not TOML: {fault}")]
    wanted = {
        "title": str,
        "compare": list,
        "coding": str,
        "article": dict,
        "sides": dict,
        "themes": dict,
        "baseline": dict,
    }
    faults = [
        Fault(file, None, key, None, f"a {kind.__name__} is needed here")
        for key, kind in wanted.items()
        if not isinstance(meta.get(key), kind)
    ]
    if faults:
        return None, faults

    def need(place, table, key, allowed, good):
        value = table.get(key) if isinstance(table, dict) else None
        if not good(value):
            faults.append(Fault(file, None, f"{place}.{key}", value, allowed))

    def text(value):
        return isinstance(value, str) and bool(value.strip())

    def colour(value):
        return isinstance(value, str) and bool(COLOUR.fullmatch(value))

    for key in ("headline", "publisher", "language"):
        need("article", meta["article"], key, "a text is needed", text)
    if not isinstance(meta["article"].get("published"), date | None):
        faults.append(Fault(file, None, "article.published", None, "a date such as 2021-11-18 is needed"))
    if "page" in meta["article"]:
        need("article", meta["article"], "page", "an address is needed",
             lambda v: isinstance(v, str) and bool(ADDRESS.fullmatch(v)))  # fmt: skip
    for name, side in meta["sides"].items():
        need(f"sides.{name}", side, "label", "a text is needed", text)
        need(f"sides.{name}", side, "text", "a text is needed", text)
        need(f"sides.{name}", side, "colour", "a colour such as #0072B2 is needed", colour)
        need(
            f"sides.{name}",
            side,
            "marker",
            f"one of the characters {MARKERS} is needed",
            lambda v: text(v) and len(v) == 1 and v in MARKERS,
        )
    for name, theme in meta["themes"].items():
        need(f"themes.{name}", theme, "label", "a text is needed", text)
        need(f"themes.{name}", theme, "colour", "a colour such as #882255 is needed", colour)
    if NONE in meta["sides"]:
        faults.append(Fault(file, None, "sides", NONE, "this name means that no side is meant"))
    if not 2 <= len(meta["sides"]) <= 6:
        faults.append(Fault(file, None, "sides", str(len(meta["sides"])), "two to six sides are allowed"))
    pair = meta["compare"]
    known = [side for side in pair if isinstance(side, str) and side in meta["sides"]]
    if len(known) != 2 or len(pair) != 2 or pair[0] == pair[1]:
        faults.append(Fault(file, None, "compare", str(pair), "two different sides are needed"))
    baseline = meta["baseline"]
    need("baseline", baseline, "captions", "true or false is needed", lambda v: isinstance(v, bool))
    need(
        "baseline",
        baseline,
        "evidence",
        "a list of evidence codes is needed",
        lambda v: isinstance(v, list) and bool(v) and all(map(text, v)),
    )
    return (None if faults else meta), faults


def check_rules(meta, frames):
    """Check what the codebook asks for beyond single cells."""
    faults = []
    sides = [*meta["sides"], NONE]
    get = {Path(path).stem: frame for path, frame in frames.items() if not is_coding(path)}

    def fault(path, rows, column, allowed):
        for row in rows:
            faults.append(Fault(path, row + 2, column, str(frames[path].at[row, column]), allowed))

    for name in ("actors", "rankings"):
        frame = get[name]
        fault(
            f"{name}.csv",
            frame.index[~frame["side"].isin(sides)],
            "side",
            f"allowed: {', '.join(sides)}",
        )
    issues = get["issues"]
    themes = ", ".join(meta["themes"])
    fault(
        "issues.csv",
        issues.index[~issues["theme"].isin(list(meta["themes"]))],
        "theme",
        f"allowed: {themes}",
    )
    paragraphs = get["paragraphs"]
    order = paragraphs["order"].tolist()
    fault(
        "paragraphs.csv",
        [k for k, place in enumerate(order) if place != k + 1],
        "order",
        "rows stand in the order of the page, numbered from 1",
    )
    words, known = get["words"], vocabulary(get)
    page = known.page
    counted = words["count"].groupby(page).sum().reindex(range(len(paragraphs)), fill_value=0)
    wrong = paragraphs.index[paragraphs["words"].to_numpy() != counted.to_numpy()]
    fault("paragraphs.csv", wrong, "words", "this is not the sum of words.csv")
    odd = [word for word in words["word"].unique() if not WORD.fullmatch(word) or word != word.casefold()]
    fault("words.csv", words.index[words["word"].isin(odd)], "word", "one case-folded word is needed")
    along = paragraphs["order"].reindex(page).set_axis(words.index)
    back = words.index[along < along.shift()]
    fault("words.csv", back, "paragraph", "paragraphs stand in the order of the page")
    later = page.eq(page.shift()) & (words["word"] < words["word"].shift())
    fault("words.csv", words.index[later], "word", "words of a paragraph stand in alphabetical order")
    faults += anchor_faults("paragraphs.csv", paragraphs, paragraphs.index.to_series(), known)
    rankings = get["rankings"]
    for ranking, rows in rankings.groupby("ranking", sort=False):
        if sorted(set(rows["bucket"])) != list(range(1, rows["bucket"].max() + 1)):
            fault(
                "rankings.csv",
                rows.index[-1:],
                "bucket",
                f"the buckets of {ranking} run from 1 without a gap",
            )
        for column in ("paragraph", "side", "speaker", "hedged"):
            odd = rows.index[rows[column] != rows[column].iloc[0]]
            fault("rankings.csv", odd, column, f"all rows of {ranking} have the same {column}")
    codings = [path for path in frames if is_coding(path)]
    if f"codings/{meta['coding']}.csv" not in frames:
        have = ", ".join(Path(path).stem for path in codings)
        faults.append(Fault("study.toml", None, "coding", meta["coding"], f"allowed: {have}"))
    for path in codings:
        faults += check_coding(path, frames[path], get, sides, known)
    anchors = pd.concat([frames[path][["paragraph", "anchor"]] for path in codings])
    most = max(paragraphs.loc[paragraphs["kind"].isin(CODED), "characters"].sum(), 1) / 4
    # An anchor that stands twice shows its passage once; that is looked at only where there is much of it.
    shown = anchors["anchor"].str.len().sum()
    if shown >= most and anchors.drop_duplicates()["anchor"].str.len().sum() >= most:
        faults.append(
            Fault("codings", None, "anchor", None, "anchors together stay below a quarter of the text")
        )
    if "decisions" in get:
        for coder in ("first", "second"):
            known = frames.get(f"codings/{coder}.csv")
            ids = {""} if known is None else {"", *known["statement"]}
            odd = get["decisions"].index[~get["decisions"][coder].isin(ids)]
            fault("codings/decisions.csv", odd, coder, f"a statement of codings/{coder}.csv is needed")
    # Here, not at the top: both need the loaded frames, and the imports would go in a circle.
    from analysis import claims, findings

    known = {
        "claims": get["claims"]["claim"].tolist() if "claims" in get else [],
        "horizon": list(meta["horizons"]) if isinstance(meta.get("horizons"), dict) else [],
    }
    for name in ("findings", "outside"):
        if name in get:
            faults += findings.check(
                get[name],
                issues["issue"].tolist(),
                list(meta["sides"]),
                get["actors"]["actor"].tolist(),
                get,
                known,
                f"{name}.csv",
            )
    faults += claims.check(meta, get | {"coding": frames.get(f"codings/{meta['coding']}.csv")})
    return faults


def look_up(column, known):
    """Return what each value of a column stands for, nan for nothing; each different one is asked once."""
    places, values = pd.factorize(column)
    found = pd.Series([known.get(value, np.nan) for value in values.tolist()])
    return found.take(places).set_axis(column.index)


def addressed_side(actors, coding):
    """Return the side that each statement of a coding addresses; `none` if it addresses none."""
    themselves = {name: name for name in coding["addressee"].unique()}  # a side, or none
    return look_up(coding["addressee"], themselves | actors.set_index("actor")["side"].to_dict())


class Vocabulary(NamedTuple):
    """Which paragraph has which word.

    `places` has the row of each paragraph, `numbers` a number for each different word. For each row
    of `words`, `page` has the row of its paragraph (nan if there is none), `codes` the number of its
    word.
    """

    places: dict
    numbers: dict
    page: pd.Series
    codes: np.ndarray


def vocabulary(tables):
    """Give a number to each word and paragraph of a study, for `anchor_faults`.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        `paragraphs` and `words` are read.

    Returns
    -------
    Vocabulary
    """
    words = tables["words"]
    places = {name: place for place, name in enumerate(tables["paragraphs"]["paragraph"].tolist())}
    codes, different = pd.factorize(words["word"])
    numbers = {word: number for number, word in enumerate(different.tolist())}
    return Vocabulary(places, numbers, look_up(words["paragraph"], places), codes)


def anchor_faults(path, frame, place, known):
    """Find anchors that are too long, or that hold words their paragraph does not have.

    Parameters
    ----------
    path : str
        Of the table, for the faults.
    frame : pandas.DataFrame
        A table with anchors.
    place : pandas.Series
        The row in `paragraphs` of the paragraph that each row is about.
    known : Vocabulary

    Returns
    -------
    list of Fault
    """
    other, end = len(known.numbers), -1  # other: any word that no paragraph has
    # All anchors are read as one text, and each of its pieces once: one by one takes several times as long.
    pieces = " \n ".join(frame["anchor"].tolist()).casefold().split(" ")
    spelled = {
        piece: [known.numbers.get(word, other) for word in WORD.findall(piece)] for piece in set(pieces)
    }
    spelled["\n"] = [end]
    number = np.array([word for piece in pieces for word in spelled[piece]], dtype="int64")
    row, is_word = np.cumsum(number == end), number != end
    row, number = row[is_word], number[is_word]
    before = place.to_numpy(float)[row] * (other + 1)
    strange = ~pd.Series(before + number).isin(known.page * (other + 1) + known.codes).to_numpy()
    strange &= before >= 0  # A paragraph that is not there has a fault of its own.
    long = np.bincount(row, minlength=len(frame)) > ANCHOR_WORDS
    faults = []
    for bad in np.unique(np.concatenate([np.flatnonzero(long), row[strange]])).tolist():
        allowed = f"words of {frame['paragraph'].iat[bad]} are needed"
        if long[bad]:
            allowed = f"at most {ANCHOR_WORDS} words are allowed"
        faults.append(Fault(path, bad + 2, "anchor", frame["anchor"].iat[bad], allowed))
    return faults


def code_rules(rows, get, sides):
    """Return the rules on the codes of a statement: a column, where it breaks the rule, what is allowed."""
    actors, issues = get["actors"].set_index("actor"), get["issues"].set_index("issue")
    plain = issues["proposition"].eq("").to_dict()
    side, evidence, form = rows["side"], rows["evidence"], rows["form"]
    outside, background = side == NONE, evidence == "background"
    belongs = actors["side"].to_dict()
    speaker = look_up(rows["speaker"], actors["kind"].to_dict())
    own = evidence.isin(["quoted", "reported"])
    return [
        ("side", ~side.isin(sides), f"allowed: {', '.join(sides)}"),
        (
            "addressee",
            ~rows["addressee"].isin([*sides, *actors.index]),
            "an actor id, a side or none is needed",
        ),
        (
            "addressee",
            (addressed_side(get["actors"], rows) == side) & ~outside,
            "a side does not address itself",
        ),
        ("side", background & ~outside, "background belongs to side none"),
        ("evidence", outside & ~background & (evidence != "analyst"), "side none has background or analyst"),
        ("form", outside != (form == "fact"), "fact goes with side none, and only with it"),
        (
            "position",
            (outside | look_up(rows["issue"], plain).eq(True)) & (rows["position"] != "0"),
            "0 is needed for side none and for an issue without a proposition",
        ),
        (
            "actor",
            ~outside & (look_up(rows["actor"], belongs) != side),
            "an actor of the statement's side is needed",
        ),
        ("speaker", (evidence == "analyst") & (speaker != "observer"), "an observer is needed with analyst"),
        (
            "speaker",
            own & (look_up(rows["speaker"], belongs) != side),
            "a speaker of the side is needed with own words",
        ),
        (
            "speaker",
            evidence.isin(["act", "attributed"]) & (speaker != "media"),
            "the reporter or another medium is needed here",
        ),
        ("actor", outside & (rows["actor"] != rows["speaker"]), "with side none, the actor is the speaker"),
    ]


def check_coding(path, coding, get, sides, known):
    """Check one coding against the rules of the codebook."""
    if coding.empty:
        return []
    place = look_up(coding["paragraph"], known.places)
    faults = anchor_faults(path, coding, place, known)
    # What codes say together holds for each different row of them: most of a long coding are repeats.
    rules = code_rules(coding[list(CODES)].drop_duplicates(), get, sides)
    if any(wrong.any() for _, wrong, _ in rules):
        rules = code_rules(coding, get, sides)
    paragraphs = get["paragraphs"][["characters", "order"]].assign(
        coded=get["paragraphs"]["kind"].isin(CODED)
    )
    within = paragraphs.reindex(place).set_index(coding.index)
    rules += [
        ("paragraph", within["coded"].eq(False), "only body paragraphs and captions are coded"),
        ("end", coding["end"] <= coding["start"], "the end lies behind the start"),
        ("end", coding["end"] > within["characters"], "the span ends within its paragraph"),
    ]
    for column, wrong, allowed in rules:
        for row in coding.index[wrong] if wrong.any() else []:
            faults.append(Fault(path, row + 2, column, str(coding.at[row, column]), allowed))
    order = within["order"] * 1_000_000 + coding["start"]
    level = coding[order.duplicated(keep=False)]  # Only these can be the same.
    key = ["paragraph", "start", "end", "issue", "side", "actor"]
    for row in level.index[level.duplicated(key)]:
        faults.append(
            Fault(
                path,
                row + 2,
                "statement",
                coding.at[row, "statement"],
                "a statement with this span, issue and side stands above",
            )
        )
    for row in coding.index[order < order.shift()]:
        faults.append(
            Fault(
                path,
                row + 2,
                "start",
                str(coding.at[row, "start"]),
                "statements stand in the order of the text",
            )
        )
    together = coding[coding["joint"] != ""]
    for joint, rows in together.groupby("joint"):
        same = rows[["paragraph", "issue", "form", "position"]].drop_duplicates()
        if rows["side"].nunique() < 2 or rows["side"].duplicated().any() or len(same) > 1:
            faults.append(
                Fault(
                    path,
                    rows.index[-1] + 2,
                    "joint",
                    joint,
                    "one statement for each of several sides, alike in paragraph, issue, "
                    "form and position, is needed",
                )
            )
    return faults
