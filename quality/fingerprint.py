"""Compare the spans of all codings and claims, and the counted words, with the texts; write their fingerprints.

Usage: ARTICLE_TEXT=COPY PAPERS_TEXT=FOLDER python quality/fingerprint.py
"""

import os
import sys
from pathlib import Path

import pandas as pd

from analysis import article, files, study
from analysis.article.transcripts import read_paper
from analysis.study.anchors import digest

PAPERS = "PAPERS_TEXT"


def texts(loaded, copy, papers):
    """Return the text of each paragraph that copies hold, by its fingerprint."""
    held = [line for block in article.read_copy(copy) for line in block]
    for path in sorted(Path(papers).glob("*.txt")):
        held += [text for _, _, text in read_paper(path.read_text(encoding="utf-8"))[1]]
    known = {article.fingerprint(text): text for text in held}
    rows = loaded.paragraphs[loaded.paragraphs["sha256"].isin(list(known))]
    return {row.paragraph: known[row.sha256] for row in rows.itertuples()}


def spans(loaded, words):
    """Return the rows of spans.csv; raise a ValueError where a span begins or ends with a gap."""
    rows = []
    tables = {f"codings/{name}": coding for name, coding in sorted(loaded.codings.items())}
    for name, table in (tables | {"claims": loaded.claims}).items():
        for row in table.itertuples():
            held = words[row.paragraph][row.start : row.end]
            if not held or held != held.strip() or len(held) != row.end - row.start:
                raise ValueError(
                    f"{name}.csv, {row[1]}: the span begins or ends with a gap, or beyond the text"
                )
        rows.append(
            {"table": name, "number": len(table), "places": digest(table), "words": digest(table, words)}
        )
    counts = {
        paragraph: article.word_counts(words[paragraph]) for paragraph in loaded.paragraphs["paragraph"]
    }
    table = pd.DataFrame(
        [(paragraph, word, count[word]) for paragraph, count in counts.items() for word in sorted(count)]
    )
    held, counted = digest(loaded.words), digest(table)
    return [*rows, {"table": "words", "number": len(loaded.words), "places": held, "words": counted}]


def main():
    """Write spans.csv of the published study."""
    loaded = study.load(described=False)
    words = texts(loaded, os.environ[article.VARIABLE], os.environ[PAPERS])
    data = study.table_csv("spans", spans(loaded, words))
    files.write(study.find() / "spans.csv", data)
    files.write(study.find() / "datapackage.json", study.descriptor(study.find()))


if __name__ == "__main__":
    sys.exit(main())
