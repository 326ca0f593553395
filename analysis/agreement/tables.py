"""Tables of agreement: units first, then whole statements, then each variable; and coders of another kind."""

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.agreement.coefficients import ac1, alpha, bound, equal, interval
from analysis.agreement.matching import OVERLAP, VARIABLES, compared, readings, units

NO_UNIT = "no unit"
TERMS, MAJORITY = "search terms", "majority"


def unitising(codings):
    """Measure how far each two coders, of a dict from coder to statements, cut and code the text alike.

    Returns
    -------
    pandas.DataFrame
        One row per pair: `first`, `second`, `statements` (of the two, with a slash), `F1 half` and
        `F1 identical` (units that overlap by half, or have the same span, over the mean of statements),
        `alpha of units` (whether each character is coded at all), `union` (units that either has) and
        `identical` (units that both have with the same codes in all variables).
    """
    rows = []
    for names in combinations(codings, 2):
        pair = {name: codings[name] for name in names}
        sizes = [len(coding) for coding in pair.values()]
        both = [units(pair, least).notna().all(axis=1).sum() for least in (OVERLAP, 1.0)]
        scores = [2 * number / sum(sizes) if sum(sizes) else np.nan for number in both]
        whole = identical(pair)
        cut = ("/".join(map(str, sizes)), *scores, characters(pair))
        rows.append((*names, *cut, len(whole), int(whole.sum())))
    columns = ["first", "second", "statements", "F1 half", "F1 identical", "alpha of units"]
    return pd.DataFrame(rows, columns=[*columns, "union", "identical"])


def identical(codings):
    """Return for each unit whether all coders have it with the same codes in all variables."""
    matched = units(codings)
    same = matched.notna().all(axis=1)
    for variable in VARIABLES:
        same &= readings(codings, variable, matched).nunique(axis=1, dropna=False) == 1
    return same.astype(bool)


def characters(codings):
    """Return alpha over the characters of paragraphs with a statement, each of which lies in one or not.

    The binary alpha for unitising of Krippendorff, Mathet, Bouvry and Widlocher 2016, Quality and Quantity
    50:2347, from the number of characters of each pattern of coders, for characters are many.
    """
    ends = pd.concat(list(codings.values())).groupby("paragraph")["end"].max()
    offset = ends.cumsum() - ends
    covered = np.zeros((int(ends.sum()), len(codings)), dtype=int)
    for column, coding in enumerate(codings.values()):
        for row in coding.itertuples():
            start = offset[row.paragraph]
            covered[start + row.start : start + row.end, column] = 1
    patterns, number = np.unique(covered, axis=0, return_counts=True)
    size, ones = len(codings), patterns.sum(axis=1)
    total = number.sum() * size
    margin = (number * ones).sum()
    expected = 2 * margin * (total - margin)
    observed = (number * 2 * ones * (size - ones)).sum() / (size - 1)
    return float(1 - observed * (total - 1) / expected) if expected else np.nan


def summary(codings):
    """Measure the agreement of coders, a dict from coder to statements, variable by variable.

    Returns
    -------
    pandas.DataFrame
        One row per variable: `variable`, `units` (that at least two coders have), `agreement` (share of pairs
        of readings that are equal), `alpha` with `low` and `high` (paragraphs left out once each), `bound`
        (where all agree: the least agreement compatible with it), `AC1`; and over all units, with *no unit*
        as a value where a coder has none, `alpha, all units` and `AC1, all units`.
    """
    rows, matched = [], units(codings)
    paragraph = readings(codings, "paragraph", matched).bfill(axis=1).iloc[:, 0]
    for variable in VARIABLES:
        table = readings(codings, variable, matched)
        every = table.where(table.notna(), NO_UNIT)
        share, number = equal(table)
        least = bound(number) if share == 1 else np.nan
        both = (alpha(table), *interval(table, paragraph), least, ac1(table))
        rows.append((variable, number, share, *both, alpha(every), ac1(every)))
    columns = ["variable", "units", "agreement", "alpha", "low", "high", "bound", "AC1"]
    return pd.DataFrame(rows, columns=[*columns, "alpha, all units", "AC1, all units"])


def by_text(study, by="document"):
    """Measure the agreement of the first two passes, by document or by language.

    Returns
    -------
    pandas.DataFrame
        One row per document or language with codings to compare: `by`, and the columns of `unitising` from
        `statements` on.
    """
    languages = study.documents.set_index("document")["language"]
    key = study.paragraphs.set_index("paragraph")["document"]
    key = key if by == "document" else key.map(languages)
    parts = []
    for codings in compared(study).values():
        pair = dict(list(codings.items())[:2])
        text = {coder: coding["paragraph"].map(key) for coder, coding in pair.items()}
        held = set(pd.concat(list(text.values())))
        for name in (name for name in key.unique() if name in held):
            mine = {coder: coding[text[coder] == name] for coder, coding in pair.items()}
            parts.append(unitising(mine).assign(**{by: name}))
    if not parts:
        return pd.DataFrame(columns=[by, "statements"])
    return pd.concat(parts, ignore_index=True)[[by, "first", "second", *parts[0].columns[2:-1]]]


def against_baselines(study, codings, marked, paragraphs):
    """Compare coders with each other, with the search terms, and with a coder who always says one issue.

    What is compared is which issues each finds in each paragraph. The terms share no habits with a language
    model; the majority coder finds the most frequent issue of the first coder in every paragraph.

    Parameters
    ----------
    study : Study
    codings : dict
        From coder to statements.
    marked : set of (str, str)
        Paragraph and issue of what the search terms find, as `coding.candidates` returns it.
    paragraphs : iterable of str
        What the coders read.

    Returns
    -------
    pandas.DataFrame
        One row per pair: `first`, `second`, `both` (paragraph and issue that both find), `F1`, and `alpha`
        (nominal, over all pairs of paragraph and issue).
    """
    paragraphs, issues = list(paragraphs), study.issues["issue"].tolist()
    often = next(iter(codings.values()))["issue"].value_counts()
    leading = max(issues, key=lambda issue: often.get(issue, 0))
    found = {name: zip(coding["paragraph"], coding["issue"], strict=True) for name, coding in codings.items()}
    found |= {TERMS: marked, MAJORITY: [(paragraph, leading) for paragraph in paragraphs]}
    cells = pd.MultiIndex.from_product([paragraphs, issues])
    said = pd.DataFrame({name: cells.isin(list(pairs)) for name, pairs in found.items()})
    rows = []
    for one, other in combinations(said, 2):
        both, total = int((said[one] & said[other]).sum()), int(said[one].sum() + said[other].sum())
        score = 2 * both / total if total else 0.0
        rows.append((one, other, both, score, alpha(said[[one, other]].astype(object))))
    return pd.DataFrame(rows, columns=["first", "second", "both", "F1", "alpha"])
