"""Compare codings of the same text.

First the units: statements of two coders are one unit where they give the same paragraph, issue and
side, or overlap by half. Then, for each variable, how far the coders agree on the units that both
found. Agreement of two passes by one kind of coder says that they read the codebook alike, not
that they are right.
"""

from itertools import combinations

import pandas as pd

from analysis.study.coders import TAKEN

VARIABLES = ("issue", "side", "position", "evidence", "form", "actor", "speaker", "addressee")
OVERLAP = 0.5


def passes(study):
    """Return the codings that coders made, by name; empty sheets and the adjudicated one are left out."""
    return {name: coding for name, coding in study.codings.items() if name not in TAKEN and len(coding)}


def units(codings):
    """Match the statements of several coders.

    Statements are matched within a paragraph: the same issue and side first, those that overlap
    more before those that overlap less; then statements on another issue or side whose spans
    overlap by at least half (intersection over union).

    Parameters
    ----------
    codings : dict
        From coder to statements.

    Returns
    -------
    pandas.DataFrame
        One row per unit, one column per coder: the id of the statement, or None where the coder has none.
    """
    parts = {}
    for coder, coding in codings.items():
        for row in coding[["statement", "paragraph", "issue", "side", "start", "end"]].itertuples():
            parts.setdefault(row.paragraph, {}).setdefault(coder, []).append(row)
    groups = [group for paragraph in sorted(parts) for group in _groups(parts[paragraph])]
    table = [{coder: row.statement for coder, row in group.items()} for group in groups]
    frame = pd.DataFrame(table, columns=list(codings)).astype(object)
    return frame.where(frame.notna(), None)


def _groups(statements):
    """Match the statements of one paragraph: a dict from coder to statement for each unit."""
    groups = []
    for coder, rows in statements.items():
        found = []
        for place, group in enumerate(groups):
            for row in rows:
                score = max(_likeness(row, other) for other in group.values())
                if score:
                    found.append((-score, place, row.Index, row))
        taken, used = set(), set()
        for _, place, index, row in sorted(found, key=lambda item: item[:3]):
            if place not in used and index not in taken:
                groups[place][coder] = row
                used.add(place)
                taken.add(index)
        groups += [{coder: row} for row in rows if row.Index not in taken]
    return sorted(groups, key=lambda group: min((row.start, row.end) for row in group.values()))


def _likeness(one, other):
    """Return how well two statements fit as one unit: 0 for not at all."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    overlap = max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))
    if (one.issue, one.side) == (other.issue, other.side):
        return 2 + overlap
    return 1 + overlap if overlap >= OVERLAP else 0


def readings(codings, variable, table=None):
    """Return what each coder says of each unit.

    Parameters
    ----------
    codings : dict
        From coder to statements.
    variable : str
    table : pandas.DataFrame, optional
        The units, where they are known already.

    Returns
    -------
    pandas.DataFrame
        One row per unit, one column per coder: the code, or None.
    """
    table = units(codings) if table is None else table
    codes = {
        name: dict(zip(coding["statement"].tolist(), coding[variable].tolist(), strict=True))
        for name, coding in codings.items()
    }
    return pd.DataFrame({coder: table[coder].map(codes[coder].get) for coder in table}).astype(object)


def issue_sets(codings):
    """Return the set of issues that each coder finds in each paragraph.

    Returns
    -------
    pandas.DataFrame
        One row per paragraph that any coder codes, one column per coder: a frozenset.
    """
    sets = {coder: coding.groupby("paragraph")["issue"].agg(frozenset) for coder, coding in codings.items()}
    frame = pd.DataFrame(sets).sort_index().astype(object)
    return frame.map(lambda value: value if isinstance(value, frozenset) else frozenset())


def found(codings):
    """Count what each coder found, and what nobody else did.

    Returns
    -------
    pandas.DataFrame
        One row per coder: `coder`, `statements`, `alone` (statements in no other coding), `share alone`
        (0 to 1), `which` (their ids), `same gist` (the share of its gists that another coder has
        word for word: independent coders share almost none).
    """
    table = units(codings)
    rows = []
    for coder, coding in codings.items():
        alone = table[table.notna().sum(axis=1).eq(1) & table[coder].notna()][coder]
        others = {gist for other in codings if other != coder for gist in codings[other]["gist"]}
        share, same = len(alone) / max(1, len(coding)), coding["gist"].isin(others).mean()
        rows.append((coder, len(coding), len(alone), share, " ".join(alone), same))
    return pd.DataFrame(rows, columns=["coder", "statements", "alone", "share alone", "which", "same gist"])


def confusion(codings, variable, pair=None):
    """Cross the readings of two coders, and name the statements on which they differ.

    Parameters
    ----------
    codings : dict
        From coder to statements.
    variable : str
    pair : tuple of two str, optional
        Coders; the first two by default.

    Returns
    -------
    pandas.DataFrame
        Rows: codes of the first coder, columns: of the second. Cells: the number of units where
        they agree, the ids of the units where they differ.
    """
    one, other = pair or list(codings)[:2]
    chosen = {coder: codings[coder] for coder in (one, other)}
    ids = units(chosen)
    table = readings(chosen, variable, ids).dropna()
    codes = sorted(set(table[one]) | set(table[other]))
    cells = pd.DataFrame("", index=pd.Index(codes, name=one), columns=pd.Index(codes, name=other))
    for (a, b), rows in table.groupby([one, other]):
        names = ids.loc[rows.index].agg("/".join, axis=1)
        cells.loc[a, b] = str(len(rows)) if a == b else " ".join(names)
    return cells


def disagreements(codings):
    """List everything on which two coders differ.

    Parameters
    ----------
    codings : dict
        From coder to statements; each pair of coders is compared.

    Returns
    -------
    pandas.DataFrame
        One row per disagreement: the statement ids `first` and `second` (empty where a coder has none),
        `variable` (`found` where only one coder has a statement), and the readings `first_says`
        and `second_says`.
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
