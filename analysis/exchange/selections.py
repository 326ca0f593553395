"""Read the coded selections of a REFI-QDA project, from whatever program it comes."""

import re

from analysis.exchange.archives import parse, unpack


def read(path):
    """Read the coded selections of a REFI-QDA project.

    For each selection of a plain text and each user who coded it, a dict with `name`, `note`, `user` (a
    name), `text` (of the whole source, with line ends as its positions count them), `start`, `end`, and
    `codes`, a list of (parent's name or empty, name).
    """
    held = unpack(path)
    inside = sorted(
        (name for name in held if name.lower().endswith(".qde")), key=lambda name: name.count("/")
    )
    if not inside:
        raise ValueError(f"{path}: this archive holds no project (.qde)")
    root = parse(held[inside[0]], f"{path}, {inside[0]}")
    space = root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""
    if root.tag != f"{space}Project":
        raise ValueError(f"{path}, {inside[0]}: this is not a REFI-QDA project")
    known = {}
    for top in root.iter(f"{space}Codes"):
        _collect(top, "", space, known)
    users = {
        _id(one.get("guid")): one.get("name") or one.get("id") or "" for one in root.iter(f"{space}User")
    }
    found = []
    for source in root.iter(f"{space}TextSource", f"{space}Representation"):
        chosen = source.findall(f"{space}PlainTextSelection")
        if chosen:
            items = [item for element in chosen for item in _selected(element, space, known, users, path)]
            text = as_counted(_source(source, space, held, path), items, path)
            found += [item | {"text": text} for item in items]
    return found


def as_counted(text, items, path):
    """Return a text with its line ends as the positions of its selections count them.

    Programs count a line end of two characters as two or as one. The way that lets more selections
    begin and end with a word, within one line, is taken; where both fit, and mean other words, none is.
    """
    single = text.replace("\r\n", "\n")
    double = single.replace("\n", "\r\n")
    if "\n" not in text:
        return text
    fits = {way: sum(_fits(way, item) for item in items) for way in (single, double)}
    if fits[single] == fits[double] and "\r\n" in text:
        words = [[way[item["start"] : item["end"]] for item in items] for way in (single, double)]
        if words[0] != words[1] and fits[single]:
            raise ValueError(
                f"{path}: line ends can be counted in two ways here, and both fit; export the project with a "
                "text whose lines end with LF alone"
            )
        return text
    return double if fits[double] > fits[single] else single


def _fits(text, item):
    """Return how well a selection fits: within one line, its ends at words, its name as quotation."""
    start, end = item["start"], item["end"]
    passage = text[start:end]
    if not passage or end > len(text) or "\n" in passage.strip() or passage != passage.strip():
        return 0
    ends = passage[0].isalnum() and text[max(0, start - 1) : start].isalnum()
    ends += passage[-1].isalnum() and text[end : end + 1].isalnum()
    quoted = len(item["name"]) > 3 and passage.startswith(item["name"][:40])
    return 1 + (2 - ends) + 5 * quoted


def _id(value):
    """Return an identifier without braces, in lower case."""
    return (value or "").strip("{}").lower()


def _collect(element, parent, space, known):
    """Fill a dict from the identifiers of codes to their parents' names and their own."""
    stack = [(child, parent) for child in element.findall(f"{space}Code")]
    while stack:
        code, above = stack.pop()
        name = code.get("name", "")
        known[_id(code.get("guid"))] = (above, name)
        stack += [(child, name) for child in code.findall(f"{space}Code")]


def _source(source, space, held, path):
    """Return the plain text of a source."""
    inline = source.findtext(f"{space}PlainTextContent")
    if inline is not None:
        return inline
    place = re.sub(r"^internal:/+", "", source.get("plainTextPath", ""))
    names = {name.lower(): name for name in held}
    name = names.get(f"sources/{place}".lower()) or names.get(place.lower())
    if not place or name is None:
        raise ValueError(f"{path}: the project does not hold the plain text of a source that is coded")
    try:
        return held[name].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path}, {name}: these bytes are not UTF-8") from None


def _selected(element, space, known, users, path):
    """Return a selection as dicts, one for each user who coded it."""
    place = [element.get("startPosition", ""), element.get("endPosition", "")]
    if not all(re.fullmatch(r"[0-9]{1,9}", value) for value in place):
        raise ValueError(f"{path}: a selection does not say where it starts and ends")
    by_user = {}
    for coding in element.findall(f"{space}Coding"):
        who = _id(coding.get("creatingUser") or element.get("creatingUser"))
        for reference in coding.findall(f"{space}CodeRef"):
            by_user.setdefault(users.get(who, who), []).append(_id(reference.get("targetGUID")))
    if not {target for targets in by_user.values() for target in targets} <= set(known):
        raise ValueError(f"{path}: a selection has a code that the codebook does not hold")
    about = {"name": element.get("name") or "", "note": element.findtext(f"{space}Description") or "",
             "start": int(place[0]), "end": int(place[1])}  # fmt: skip
    return [about | {"user": user, "codes": [known[target] for target in targets]}
            for user, targets in (by_user or {"": []}).items()]  # fmt: skip
