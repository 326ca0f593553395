"""Compare codings of the same text, unit by unit."""

import pandas as pd

from analysis.study.schemas import TAKEN

VARIABLES = ("issue", "side", "position", "evidence", "form", "actor", "speaker", "addressee")
OVERLAP = 0.5


def passes(study):
    """Return the codings that coders made, by name; empty sheets and the adjudicated one are left out."""
    return {name: coding for name, coding in study.codings.items() if name not in TAKEN and len(coding)}


def compared(study):
    """Return the codings that can be compared: those that read the same paragraphs.

    Returns
    -------
    dict of tuple to dict
        From the names of two or more codings to their statements in the paragraphs that all of them
        read, by coding. Where coverage.csv does not say what was read, it is all documents.
    """
    settled = set(study.provenance.loc[study.provenance["coder"] == "settled", "coding"])
    read = {}
    for name in passes(study):
        listed = study.coverage.loc[study.coverage["coding"] == name, "paragraph"]
        # A settled coding follows from the passes and is compared with none of them.
        if name != study.meta["coding"] or name not in settled:
            read[name] = set(listed) if len(listed) else set(study.paragraphs["paragraph"])
    groups = {}
    for document in study.documents["document"]:
        of = set(study.paragraphs.loc[study.paragraphs["document"] == document, "paragraph"])
        names = tuple(name for name, paragraphs in read.items() if paragraphs & of)
        if len(names) > 1:
            groups.setdefault(names, set()).update(of.intersection(*(read[name] for name in names)))

    def within(name, paragraphs):
        coding = study.codings[name]
        return coding[coding["paragraph"].isin(paragraphs)].reset_index(drop=True)

    return {names: {name: within(name, shared) for name in names} for names, shared in groups.items()}


def units(codings, least=OVERLAP):
    """Match the statements of several coders, a dict from coder to statements, by their spans.

    Statements are matched within a paragraph, whatever their codes, if they overlap by `least` (intersection
    over union, 0 to 1): those that overlap more before those that overlap less, and of those that overlap alike
    those on the same issue and side first. Returns one row per unit, one column per coder: the statement's id,
    or None.
    """
    parts = {}
    for coder, coding in codings.items():
        for row in coding[["statement", "paragraph", "issue", "side", "start", "end"]].itertuples():
            parts.setdefault(row.paragraph, {}).setdefault(coder, []).append(row)
    groups = [group for paragraph in sorted(parts) for group in _groups(parts[paragraph], least)]
    table = [{coder: row.statement for coder, row in group.items()} for group in groups]
    frame = pd.DataFrame(table, columns=list(codings)).astype(object)
    return frame.where(frame.notna(), None)


def _groups(statements, least):
    """Match the statements of one paragraph: a dict from coder to statement for each unit."""
    groups = []
    for coder, rows in statements.items():
        found = []
        for place, group in enumerate(groups):
            for row in rows:
                overlap, same = max(_likeness(row, other) for other in group.values())
                if overlap >= least:
                    found.append((-overlap, -same, place, row.Index, row))
        taken, used = set(), set()
        for _, _, place, index, row in sorted(found, key=lambda item: item[:4]):
            if place not in used and index not in taken:
                groups[place][coder] = row
                used.add(place)
                taken.add(index)
        groups += [{coder: row} for row in rows if row.Index not in taken]
    return sorted(groups, key=lambda group: min((row.start, row.end) for row in group.values()))


def _likeness(one, other):
    """Return how far two spans overlap, and whether issue and side are the same."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    overlap = max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))
    return overlap, (one.issue == other.issue) + (one.side == other.side)


def readings(codings, variable, table=None):
    """Return what each coder says of each unit: one row per unit, one column per coder, or None."""
    table = units(codings) if table is None else table
    said = {name: coding.set_index("statement")[variable].to_dict() for name, coding in codings.items()}
    return pd.DataFrame({coder: table[coder].map(said[coder].get) for coder in table}).astype(object)


def found(codings):
    """Count what each coder found, and what nobody else did.

    Returns
    -------
    pandas.DataFrame
        One row per coder: `coder`, `statements`, `alone` (statements in no other coding), `share alone`
        (0 to 1), `which` (their ids), `same gist` (the share of its gists that another coder has
        word for word: coders who worked apart have next to none).
    """
    table, rows = units(codings), []
    single = table[table.notna().sum(axis=1) == 1]
    for coder, coding in codings.items():
        alone = single[coder].dropna()
        others = {gist for other in codings if other != coder for gist in codings[other]["gist"]}
        share, same = len(alone) / max(1, len(coding)), coding["gist"].isin(others).mean()
        rows.append((coder, len(coding), len(alone), share, " ".join(alone), same))
    return pd.DataFrame(rows, columns=["coder", "statements", "alone", "share alone", "which", "same gist"])
