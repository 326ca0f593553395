"""Read the coded selections of a REFI-QDA project, from whatever program it comes."""

import re

from analysis.exchange.archives import parse, unpack


def read(path):
    """Return a dict for each selection of a plain text in a REFI-QDA project, and each user who coded it.

    It has `name`, `note`, `user`, `text` (of the whole source, with line ends as its positions count them),
    `start`, `end`, and `codes`, a list of (parent's name or empty, name).
    """
    held = unpack(path)
    inside = [name for name in held if name.lower().endswith(".qde")]
    if not inside:
        raise ValueError(f"{path}: this archive holds no project (.qde)")
    place = min(inside, key=lambda name: name.count("/"))
    root = parse(held[place], f"{path}, {place}")
    if root.tag.rpartition("}")[2] != "Project":
        raise ValueError(f"{path}, {place}: this is not a REFI-QDA project")
    known = {}
    for code in root.iterfind(".//{*}Codes//{*}Code"):
        above = code.getparent()
        parent = above.get("name", "") if above.tag == code.tag else ""
        known[_id(code.get("guid"))] = parent, code.get("name", "")
    users = {_id(user.get("guid")): user.get("name") or user.get("id") or "" for user in root.iter("{*}User")}
    found = []
    for source in root.iter("{*}TextSource", "{*}Representation"):
        chosen = source.iterfind("{*}PlainTextSelection")
        items = [item for one in chosen for item in _selected(one, known, users, path)]
        if items:
            text = as_counted(_source(source, held, path), items, path)
            found += [item | {"text": text} for item in items]
    return found


def as_counted(text, items, path):
    """Return a text with its line ends as the positions of its selections count them.

    Programs count a line end of two characters as two or as one. The way that lets more selections
    begin and end with a word, within one line, is taken; where both fit, and mean other words, none is.
    """
    if "\n" not in text:
        return text
    single = text.replace("\r\n", "\n")
    double = single.replace("\n", "\r\n")
    fits = {way: sum(_fits(way, item) for item in items) for way in (single, double)}
    if fits[single] != fits[double] or "\r\n" not in text:
        return double if fits[double] > fits[single] else single
    words = [[way[item["start"] : item["end"]] for item in items] for way in (single, double)]
    if words[0] != words[1] and fits[single]:
        raise ValueError(f"{path}: line ends can be counted in two ways here, and both fit; export the project "
                         "with a text whose lines end with LF alone")  # fmt: skip
    return text


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


def _source(source, held, path):
    """Return the plain text of a source."""
    inline = source.findtext("{*}PlainTextContent")
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


def _selected(element, known, users, path):
    """Return a selection as dicts, one for each user who coded it."""
    place = [element.get("startPosition", ""), element.get("endPosition", "")]
    if not all(re.fullmatch(r"[0-9]{1,9}", value) for value in place):
        raise ValueError(f"{path}: a selection does not say where it starts and ends")
    by_user = {}
    for coding in element.findall("{*}Coding"):
        who = _id(coding.get("creatingUser") or element.get("creatingUser"))
        for reference in coding.findall("{*}CodeRef"):
            by_user.setdefault(users.get(who, who), []).append(_id(reference.get("targetGUID")))
    if not {target for targets in by_user.values() for target in targets} <= set(known):
        raise ValueError(f"{path}: a selection has a code that the codebook does not hold")
    about = {"name": element.get("name") or "", "note": element.findtext("{*}Description") or "",
             "start": int(place[0]), "end": int(place[1])}  # fmt: skip
    return [about | {"user": user, "codes": [known[target] for target in targets]}
            for user, targets in (by_user or {"": []}).items()]  # fmt: skip
