"""Coders of another kind: search terms, and the most frequent issue everywhere."""

from itertools import combinations

import pandas as pd

from analysis.agreement.coefficients import alpha

TERMS, MAJORITY = "search terms", "majority"


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
    found = {
        name: {
            pair
            for pair in zip(coding["paragraph"], coding["issue"], strict=True)
            if pair[0] in set(paragraphs)
        }
        for name, coding in codings.items()
    }
    first = next(iter(codings.values()))
    often = first["issue"].value_counts(sort=False)
    leading = max(issues, key=lambda issue: often.get(issue, 0))
    found[TERMS] = {pair for pair in marked if pair[0] in set(paragraphs)}
    found[MAJORITY] = {(paragraph, leading) for paragraph in paragraphs}
    cells = pd.MultiIndex.from_product([paragraphs, issues])
    rows = []
    for one, other in combinations(found, 2):
        both = len(found[one] & found[other])
        total = len(found[one]) + len(found[other])
        table = pd.DataFrame({name: cells.isin(found[name]) for name in (one, other)}).astype(object)
        rows.append((one, other, both, 2 * both / total if total else 0.0, alpha(table)))
    return pd.DataFrame(rows, columns=["first", "second", "both", "F1", "alpha"])
