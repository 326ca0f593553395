"""Compare codings of the same text, unit by unit.

Statements of two coders are one unit where their spans overlap by half, whatever their codes. Agreement
of passes by one kind of coder says how far the codebook determines the reading, not that it is right.
"""

from itertools import combinations

import pandas as pd

from analysis.study.schemas import TAKEN

VARIABLES = ("issue", "side", "position", "evidence", "form", "actor", "speaker", "addressee")
OVERLAP = 0.5


def passes(study):
    """Return the codings that coders made, by name; empty sheets and the adjudicated one are left out."""
    return {name: coding for name, coding in study.codings.items() if name not in TAKEN and len(coding)}


def compared(study):
    """Return the codings that can be compared: those that read the same paragraphs.

    Parameters
    ----------
    study : Study

    Returns
    -------
    dict of tuple to dict
        From the names of two or more codings to their statements in the paragraphs that all of them
        read, by coding. Where coverage.csv does not say what was read, it is all documents.
    """
    documents = study.paragraphs.set_index("paragraph")["document"]
    read = {}
    for name in passes(study):
        listed = study.coverage.loc[study.coverage["coding"] == name, "paragraph"]
        # A settled coding follows from the passes and is compared with none of them.
        if name != study.meta["coding"] or "settled" not in set(_coder(study, name)):
            read[name] = set(listed) if len(listed) else set(study.paragraphs["paragraph"])
    groups = {}
    for document in study.documents["document"]:
        of = set(documents.index[documents == document])
        names = tuple(name for name, paragraphs in read.items() if paragraphs & of)
        if len(names) > 1:
            groups.setdefault(names, set()).update(of.intersection(*(read[name] for name in names)))
    return {
        names: {name: _within(study.codings[name], paragraphs) for name in names}
        for names, paragraphs in groups.items()
    }


def _coder(study, name):
    """Return what made a coding, by provenance.csv."""
    return study.provenance.loc[study.provenance["coding"] == name, "coder"]


def _within(coding, paragraphs):
    """Return the statements of a coding in some paragraphs."""
    return coding[coding["paragraph"].isin(paragraphs)].reset_index(drop=True)


def units(codings, least=OVERLAP):
    """Match the statements of several coders, a dict from coder to statements, by their spans.

    Statements are matched within a paragraph if they overlap by `least` (intersection over union, 0 to 1):
    those that overlap more before those that overlap less, and of those that overlap alike those on the same
    issue and side first. Returns one row per unit, one column per coder: the statement's id, or None.
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
                score = max(_likeness(row, other) for other in group.values())
                if score[0] >= least:
                    found.append((-score[0], -score[1], place, row.Index, row))
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
    codes = {
        name: dict(zip(coding["statement"].tolist(), coding[variable].tolist(), strict=True))
        for name, coding in codings.items()
    }
    return pd.DataFrame({coder: table[coder].map(codes[coder].get) for coder in table}).astype(object)


def found(codings):
    """Count what each coder found, and what nobody else did.

    Returns
    -------
    pandas.DataFrame
        One row per coder: `coder`, `statements`, `alone` (statements in no other coding), `share alone`
        (0 to 1), `which` (their ids), `same gist` (the share of its gists that another coder has
        word for word: coders who worked apart have next to none).
    """
    table = units(codings)
    rows = []
    for coder, coding in codings.items():
        alone = table[table.notna().sum(axis=1).eq(1) & table[coder].notna()][coder]
        others = {gist for other in codings if other != coder for gist in codings[other]["gist"]}
        share, same = len(alone) / max(1, len(coding)), coding["gist"].isin(others).mean()
        rows.append((coder, len(coding), len(alone), share, " ".join(alone), same))
    return pd.DataFrame(rows, columns=["coder", "statements", "alone", "share alone", "which", "same gist"])


def disagreements(codings):
    """List everything on which two coders differ; each pair of coders is compared.

    Returns one row per disagreement: the statement ids `first` and `second` (empty where a coder has none),
    `variable` (`found` where only one coder has a statement), and what they say, `first_says`, `second_says`.
    """
    rows = []
    for one, other in combinations(codings, 2):
        chosen = {coder: codings[coder] for coder in (one, other)}
        table = units(chosen)
        for first, second in table.itertuples(index=False):
            if first is None or second is None:
                says = ("yes", "no") if second is None else ("no", "yes")
                rows.append((first or "", second or "", "found", *says))
        for variable in VARIABLES:
            said = readings(chosen, variable, table)
            for unit in said.index[(said[one] != said[other]) & said.notna().all(axis=1)]:
                rows.append((*table.loc[unit], variable, *said.loc[unit]))
    columns = ["first", "second", "variable", "first_says", "second_says"]
    return pd.DataFrame(rows, columns=columns)
