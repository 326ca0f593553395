"""Look for the codebook's search terms: a first draft for the coder, never a coding."""

import pandas as pd

from analysis.article.alignment import align
from analysis.article.tokens import WORD, sentences
from analysis.study.codebook import CODED

COLUMNS = ["paragraph", "start", "end", "issue", "term", "passage"]


def terms(study):
    """Return the search terms of each issue: from its id to a list of terms, each a list of case-folded words."""
    return {
        issue: [term.split() for term in cell.casefold().split(";") if term.strip()]
        for issue, cell in zip(study.issues["issue"], study.issues["terms"], strict=True)
    }


def matches(word, pattern):
    """Return True if a case-folded word is meant by one word of a term, where `*` stands for any ending."""
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def suggest(study, blocks):
    """Mark the passages of a reader's copy that hold a search term.

    Parameters
    ----------
    study : Study
    blocks : list of list of str
        A copy as `article.read_copy` gives it.

    Returns
    -------
    pandas.DataFrame
        One row per sentence and issue, in the order of the text: `paragraph`, `start`, `end` (of the
        sentence), `issue`, `term` (the terms found in it) and `passage` (its first words).
    """
    frame, _ = align(study, blocks)
    wanted = terms(study)
    rows = []
    for row in frame[frame["kind"].isin(CODED) & (frame["status"] == "matches")].itertuples():
        for start, end in sentences(row.text):
            words = [match.group().casefold() for match in WORD.finditer(row.text, start, end)]
            passage = row.text[start:end]
            passage = passage if len(passage) <= 60 else passage[:59].rstrip() + "…"
            for issue, options in wanted.items():
                found = ", ".join(" ".join(term) for term in options if _runs(words, term))
                rows += [(row.paragraph, start, end, issue, found, passage)] if found else []
    return pd.DataFrame(rows, columns=COLUMNS)


def _runs(words, term):
    """Return True if the words of a term stand in a row."""
    places = range(len(words) - len(term) + 1)
    return any(all(map(matches, words[place : place + len(term)], term)) for place in places)


def candidates(study):
    """Return the pairs of paragraph and issue that the terms would mark, without the text.

    The order of words is not known: a term of several words counts where all of them are.

    Returns
    -------
    set of (str, str)
    """
    kinds = study.paragraphs.set_index("paragraph")["kind"]
    rows = study.words[study.words["paragraph"].map(kinds).isin(CODED)]
    vocabulary = rows.groupby("paragraph")["word"].agg(list)
    return {
        (paragraph, issue)
        for paragraph, words in vocabulary.items()
        for issue, options in terms(study).items()
        if any(all(any(matches(word, part) for word in words) for part in term) for term in options)
    }


def score(study):
    """Compare what the terms mark with the coding in use, at the level of paragraph and issue.

    Returns
    -------
    pandas.DataFrame
        One row per issue and a last row `all`: `issue`, `coded`, `marked` and `both` (numbers of
        paragraphs), `precision` (share of the marked that are coded) and `recall` (share of the
        coded that are marked); nan where nothing is marked, or coded.
    """
    coded = set(zip(study.statements["paragraph"], study.statements["issue"], strict=True))
    marked = candidates(study)
    groups = {"coded": coded, "marked": marked, "both": coded & marked}
    table = pd.DataFrame({"issue": [*study.issues["issue"], "all"]})
    for name, pairs in groups.items():
        table[name] = [sum(issue in ("all", pair[1]) for pair in pairs) for issue in table["issue"]]
    table["precision"] = table["both"] / table["marked"].where(table["marked"] > 0)
    table["recall"] = table["both"] / table["coded"].where(table["coded"] > 0)
    return table
