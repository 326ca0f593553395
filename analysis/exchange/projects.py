"""Read a coding from a REFI-QDA project."""

import re
from collections import Counter

from analysis.article.tokens import fingerprint, normalise
from analysis.exchange.passages import find_anchor
from analysis.exchange.refi import GROUPS, codes
from analysis.exchange.selections import read
from analysis.exchange.sheets import numbered
from analysis.study.codebook import CODED, NONE
from analysis.study.documents import reading_order
from analysis.study.faults import shown

STATEMENT = re.compile(r"([a-z0-9][a-z0-9-]*\.)?[a-z]+[0-9]+")
MAY_LACK = ("joint", "addressee_basis")


def ordered(study, rows):
    """Put rows into the order of the text."""
    order = reading_order(study).to_dict()

    def place(row):
        start = str(row["start"])
        number = int(start) if re.fullmatch(r"[0-9]{1,9}", start) else 0
        return order.get(row["paragraph"], len(order) + 1), number

    return sorted(rows, key=place)


def from_project(study, path, coder, user=None):
    """Read a coding from a REFI-QDA project; return its rows, and the codes that the codebook does not know.

    What several users have coded is never taken as one: `user` says whose selections are meant.
    """
    selections = read(path)
    if not selections:
        raise ValueError(f"{path.name}: the project has no coded passage of a plain text")
    selections = _of_user(selections, user, path)
    known, belongs = _known(study), study.actors.set_index("actor")["side"].to_dict()
    texts = {text: _paragraphs(study, text) for text in dict.fromkeys(item["text"] for item in selections)}
    words = {name: text[a:b] for text, places in texts.items() for name, (a, b) in places.items()}
    number = study.paragraphs["kind"].isin(CODED).sum()
    rows, left, faults = [], [], []
    if not all(texts.values()):
        faults.append(f"{path.name}: 0 of {number} coded paragraphs of the study are in a text that is coded there; "
                      "it is another text, or a copy with other words, spaces or signs")  # fmt: skip
    for item in _joined([item for item in selections if texts[item["text"]]]):
        start, end, places = item["start"], item["end"], texts[item["text"]]
        where = f"{path.name}, selection {start} to {end}"
        inside = [name for name, (first, last) in places.items() if first <= start < end <= last]
        if not inside:
            faults.append(f"{where}: it does not lie within one coded paragraph of the study; "
                          f"{len(places)} of {number} stand in this text")  # fmt: skip
            continue
        paragraph, (first, _) = inside[0], places[inside[0]]
        start, end = start - first, end - first
        values, notes = {group: [] for group in GROUPS}, {}
        for (parent, name), note in zip(item["codes"], item["notes"], strict=True):
            meant = known.get((parent.casefold(), name.casefold())) or known.get(("", name.casefold()))
            if meant is None:
                left.append(f"code {name}")
            elif meant[1] not in values[meant[0]]:
                values[meant[0]].append(meant[1])
                notes[meant] = note
        span = {"paragraph": paragraph, "start": str(start), "end": str(end), "line": None,
                "anchor": find_anchor(words, paragraph, start, end), "statement": item["name"]}  # fmt: skip
        parts = _by_note(values, notes) if values["issue"] else []
        for one, gist in ((one, gist) for part, gist in parts for one in _by_side(part, belongs)):
            # The code of a side has the gist of its own statement, where a passage has several.
            gist = gist or (notes.get(("side", one["side"][0]), "") if one["side"] else "")
            span["gist"] = " ".join((gist or item["note"]).split())
            row = span | {group: found[0] if found else "" for group, found in one.items()}
            twice = [group for group, found in one.items() if len(found) > 1]
            lacking = [name for name in (*GROUPS, "gist", "anchor") if name not in MAY_LACK and not row[name]]
            if twice:
                faults.append(f"{where}: two codes of {', '.join(twice)} on one passage")
            elif lacking:
                faults.append(f"{where}: nothing says its {', '.join(lacking)}")
            rows.append(row)
    if faults:
        raise ValueError("\n".join(dict.fromkeys(faults)))
    if not rows:
        raise ValueError(f"{path.name}: no selection has an issue of the codebook as a code")
    used = [row["statement"] for row in rows]
    if not all(map(STATEMENT.fullmatch, used)) or len(set(used)) < len(used):
        rows = ordered(study, rows)
        for number, row in enumerate(rows, 1):
            row["statement"] = numbered(coder, number)
    return rows, list(dict.fromkeys(left))


def _of_user(selections, user, path):
    """Return the selections of one user, whom the caller names where there are several."""
    users = list(dict.fromkeys(item["user"] for item in selections if item["codes"]))
    named = ", ".join(shown(name) if name else "no name" for name in users)
    if user is None and len(users) > 1:
        raise ValueError(f"{path.name}: {len(users)} users have coded: {named}; --user NAME says whose coding "
                         "is taken")  # fmt: skip
    if user is not None and user not in users:
        raise ValueError(f"{path.name}: {shown(user)} has coded nothing; users are {named}")
    return selections if user is None else [item for item in selections if item["user"] == user]


def _known(study):
    """Return what codes of another program mean: from parent (or nothing) and name to group and value."""
    found = {}
    for group, entries in codes(study).items():
        for value, name, _, _ in entries:
            for known in ((group, name), (group, value), ("", name)):
                found[known[0], known[1].casefold()] = group, value
    for row in study.issues.itertuples():
        found.setdefault(("", row.label.casefold()), ("issue", row.issue))
        found[("issue", row.label.casefold())] = ("issue", row.issue)
    return found


def _by_note(values, notes):
    """Tell statements on one passage apart by their gists; return the codes and the gist of each.

    A program that keeps each code once has the codes that two statements share under one gist only.
    """
    several = [group for group, found in values.items() if len(found) > 1]
    gists = list(dict.fromkeys(notes[group, value] for group in several for value in values[group]))
    if len(gists) < 2 or not all(gists) or set(several) <= {"side", "actor", "speaker"}:
        return [(values, "")]
    parts = []
    for gist in gists:
        own = {group: [value for value in found if notes[group, value] == gist]
               for group, found in values.items()}  # fmt: skip
        part = {group: own[group] or values[group] for group in values}
        if "issue" in several:
            part["joint"] = own["joint"]
        if part["addressee"] == [NONE]:
            part["addressee_basis"] = []
        parts.append((part, gist))
    return parts


def _by_side(values, belongs):
    """Tell the statements of several sides on one passage apart, as far as their actors belong to one."""
    sides = values["side"]
    if len(sides) < 2:
        return [values]
    found = []
    for side in sides:
        own = {"side": [side]}
        for group in ("actor", "speaker"):
            mine = [actor for actor in values[group] if belongs.get(actor) == side]
            own[group] = mine or [actor for actor in values[group] if belongs.get(actor) not in sides]
        found.append(values | own)
    return found


def _joined(selections):
    """Return the selections with codes; where no one has several, those of one span are one statement."""
    selections = [item | {"notes": [item["note"]] * len(item["codes"])} for item in selections]
    single, found = all(len(item["codes"]) <= 1 for item in selections), {}
    for item in selections if single else ():
        first = found.setdefault((item["text"], item["start"], item["end"]), item)
        if first is not item:
            joined = {name: first[name] + item[name] for name in ("codes", "notes")}
            first |= joined | {"note": first["note"] or item["note"]}
    return [item for item in (found.values() if single else selections) if item["codes"]]


def _paragraphs(study, text):
    """Find the coded paragraphs in a text, as they stand there: from paragraph to start and end."""
    known, lines = {}, text.split("\n")
    for row in study.paragraphs[study.paragraphs["kind"].isin(CODED)].itertuples():
        known.setdefault(row.sha256, []).append((row.document, row.paragraph))
    marks = [fingerprint(line.strip()) for line in lines]
    # Short paragraphs stand in several documents: the one that has most of the lines is meant.
    votes = Counter(document for mark in marks for document, _ in known.get(mark, ()))
    found, place = {}, 0
    for line, mark in zip(lines, marks, strict=True):
        piece = line.strip()
        free = [row for row in known.get(mark, ()) if row[1] not in found]
        # Positions count in the text as it is; they hold only where it is normalised already.
        if free and normalise(piece) == piece:
            start = place + line.index(piece)
            found[max(free, key=lambda row: votes[row[0]])[1]] = (start, start + len(piece))
        place += len(line) + 1
    return found
