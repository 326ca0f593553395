"""Tables of agreement: units first, then whole statements, then each variable."""

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.agreement.coefficients import ac1, alpha, bound, equal, interval
from analysis.agreement.matching import OVERLAP, VARIABLES, compared, readings, units

NO_UNIT = "no unit"


def unitising(codings):
    """Measure how far two coders cut the text alike, and code whole statements alike.

    Parameters
    ----------
    codings : dict
        From coder to statements; each pair is compared.

    Returns
    -------
    pandas.DataFrame
        One row per pair: `first`, `second`, `statements` (of the two, with a slash), `F1 half` and
        `F1 identical` (units that overlap by half, or have the same span, over the mean of statements),
        `alpha of units` (whether each character is coded at all), `union` (units that either has) and
        `identical` (units that both have with the same codes in all variables).

    Notes
    -----
    The alpha is computed on characters, as the binary alpha for unitising of Krippendorff, Mathet, Bouvry
    and Widlocher 2016, Quality and Quantity 50:2347, in the coded paragraphs that hold a statement.
    """
    rows = []
    for one, other in combinations(codings, 2):
        pair = {name: codings[name] for name in (one, other)}
        sizes = [len(coding) for coding in pair.values()]
        both = [units(pair, least).notna().all(axis=1).sum() for least in (OVERLAP, 1.0)]
        whole = identical(pair)
        scores = [2 * number / sum(sizes) if sum(sizes) else np.nan for number in both]
        rows.append(
            (one, other, "/".join(map(str, sizes)), *scores, characters(pair), len(whole), int(whole.sum()))
        )
    columns = [
        "first",
        "second",
        "statements",
        "F1 half",
        "F1 identical",
        "alpha of units",
        "union",
        "identical",
    ]
    return pd.DataFrame(rows, columns=columns)


def identical(codings, matched=None):
    """Return for each unit whether all coders have it with the same codes in all variables."""
    matched = units(codings) if matched is None else matched
    same = matched.notna().all(axis=1)
    for variable in VARIABLES:
        same &= readings(codings, variable, matched).nunique(axis=1, dropna=False) == 1
    return same.astype(bool)


def characters(codings):
    """Return alpha over characters, each of which lies in a statement or not."""
    ends = (
        pd.concat([coding[["paragraph", "end"]] for coding in codings.values()])
        .groupby("paragraph")["end"]
        .max()
    )
    offset = ends.cumsum() - ends
    covered = np.zeros((int(ends.sum()), len(codings)), dtype=int)
    for column, coding in enumerate(codings.values()):
        for row in coding.itertuples():
            start = offset[row.paragraph]
            covered[start + row.start : start + row.end, column] = 1
    patterns, number = np.unique(covered, axis=0, return_counts=True)
    # Alpha of two values from the number of each pattern, for characters are many.
    size, ones = len(codings), patterns.sum(axis=1)
    total = number.sum() * size
    margin = (number * ones).sum()
    expected = 2 * margin * (total - margin)
    observed = (number * 2 * ones * (size - ones)).sum() / (size - 1)
    return float(1 - observed * (total - 1) / expected) if expected else np.nan


def summary(codings):
    """Measure the agreement of coders, variable by variable.

    Parameters
    ----------
    codings : dict
        From coder to statements.

    Returns
    -------
    pandas.DataFrame
        One row per variable: `variable`, `units` (that at least two coders have), `agreement` (share of pairs
        of readings that are equal), `alpha` with `low` and `high` (paragraphs left out once each), `bound`
        (where all agree: the least agreement compatible with it), `AC1`; and over all units, with *no unit*
        as a value where a coder has none, `alpha, all units` and `AC1, all units`.
    """
    rows, matched = [], units(codings)
    places = {
        statement: paragraph
        for coding in codings.values()
        for statement, paragraph in zip(coding["statement"], coding["paragraph"], strict=True)
    }
    paragraph = matched.bfill(axis=1).iloc[:, 0].map(places)
    for variable in VARIABLES:
        table = readings(codings, variable, matched)
        table = table.where(table.notna(), None)
        every = table.where(table.notna(), NO_UNIT)
        share, number = equal(table)
        least = bound(number) if share == 1 else np.nan
        low, high = interval(table, group=paragraph)
        rows.append(
            (variable, number, share, alpha(table), low, high, least, ac1(table), alpha(every), ac1(every))
        )
    columns = ["variable", "units", "agreement", "alpha", "low", "high", "bound", "AC1"]
    return pd.DataFrame(rows, columns=[*columns, "alpha, all units", "AC1, all units"])


def by_text(study, by="document"):
    """Measure the agreement of the first two passes over each document, or over each language.

    Parameters
    ----------
    study : Study
    by : {'document', 'language'}

    Returns
    -------
    pandas.DataFrame
        One row per document or language with codings to compare: `by`, and the columns of `unitising` from
        `statements` on.
    """
    documents = study.documents.set_index("document")
    of = study.paragraphs.set_index("paragraph")["document"]
    key = of if by == "document" else of.map(documents["language"])
    parts = []
    for codings in compared(study).values():
        pair = dict(list(codings.items())[:2])
        held = dict.fromkeys(name for coding in pair.values() for name in coding["paragraph"].map(key))
        for name in sorted(held, key=list(dict.fromkeys(key)).index):
            mine = {coder: coding[coding["paragraph"].map(key) == name] for coder, coding in pair.items()}
            parts.append(unitising(mine).assign(**{by: name}))
    if not parts:
        return pd.DataFrame(columns=[by, "statements"])
    return pd.concat(parts, ignore_index=True)[[by, "first", "second", *parts[0].columns[2:-1]]]
