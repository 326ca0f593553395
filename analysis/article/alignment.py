"""Align a reader's copy with the paragraphs of a study, by fingerprints and by words."""

import re
from collections import Counter

import pandas as pd

from analysis.article.tokens import fingerprint, normalise, word_counts

SIMILAR = 0.5
HEADING = "## "  # opens a heading in a plain text
COMMON = 50


def align(study, blocks):
    """Compare a copy with the fingerprints of a study's paragraphs.

    Parameters
    ----------
    study : Study
    blocks : list of list of str
        A copy as `read_copy` gives it: lines of the blocks that blank lines set apart.

    Returns
    -------
    frame : pandas.DataFrame
        One row per paragraph of the study: `paragraph`, `kind`, `status` (`matches`, `differs`,
        `missing`), `similarity` (share of words in common, 0 to 1), `copies` (how often it was
        found), `text` (as found, empty if missing).
    rest : list of str
        Pieces that belong to no paragraph.
    """
    known = study.paragraphs.groupby("sha256")["paragraph"].agg(list).to_dict()
    found, copies, loose = {}, Counter(), {}
    for lines in blocks:
        whole = " ".join(lines)
        # A block is one paragraph broken over lines, unless its lines are known paragraphs.
        for piece in (
            lines if any(fingerprint(line.removeprefix(HEADING)) in known for line in lines) else [whole]
        ):
            piece = piece.removeprefix(HEADING)
            for paragraph in known.get(fingerprint(piece), ()):
                found.setdefault(paragraph, piece)
                copies[paragraph] += 1
            if fingerprint(piece) not in known:
                loose[piece] = loose.get(piece, 0) + 1
    wanted = set(study.paragraphs["paragraph"]) - set(found)
    best = _nearest(study, wanted, loose)
    rows = []
    for paragraph, kind in zip(study.paragraphs["paragraph"], study.paragraphs["kind"], strict=True):
        if paragraph in found:
            rows.append((paragraph, kind, "matches", 1.0, copies[paragraph], found[paragraph]))
        elif paragraph in best:
            similarity, piece = best[paragraph]
            rows.append((paragraph, kind, "differs", similarity, loose.pop(piece), piece))
        else:
            rows.append((paragraph, kind, "missing", 0.0, 0, ""))
    columns = ["paragraph", "kind", "status", "similarity", "copies", "text"]
    return pd.DataFrame(rows, columns=columns), list(loose)


def places(frame, phrase):
    """Return the paragraph, start and end of each occurrence of a phrase in an aligned copy.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `align` returns it; paragraphs that match are searched.
    phrase : str

    Returns
    -------
    list of tuple
        Paragraph, start and end (code points of the normalised text, end exclusive).
    """
    phrase = normalise(phrase)
    matches = frame[frame["status"] == "matches"]
    return [
        (row.paragraph, found.start(), found.end())
        for row in matches.itertuples()
        for found in (re.finditer(re.escape(phrase), row.text) if phrase else ())
    ]


def _nearest(study, wanted, pieces):
    """Match the wanted paragraphs to the pieces that share most words with them."""
    rows = study.words[study.words["paragraph"].isin(wanted)]
    index, size = {}, Counter()
    for paragraph, word, count in rows.itertuples(index=False):
        index.setdefault(word, []).append((paragraph, count))
        size[paragraph] += count
    held = {
        paragraph: dict(zip(group["word"], group["count"], strict=True))
        for paragraph, group in rows.groupby("paragraph", sort=False)
    }
    candidates = []
    for piece in pieces:
        counts = word_counts(piece)
        total = sum(counts.values())
        # In a long text, a word of many paragraphs would find all of them: only rare words look there.
        known = [word for word in counts if word in index]
        if len(held) > COMMON:
            known = sorted((word for word in known if len(index[word]) <= COMMON),
                           key=lambda word: (len(index[word]), word))[:COMMON]  # fmt: skip
        votes = Counter(paragraph for word in known for paragraph, _ in index[word])
        near = [paragraph for paragraph, _ in votes.most_common(COMMON)]
        for paragraph in near[:5] if len(held) > COMMON else near:
            shared = sum(min(count, counts[word]) for word, count in held[paragraph].items())
            similarity = 2 * shared / (total + size[paragraph])
            if similarity >= SIMILAR:
                candidates.append((similarity, paragraph, piece))
    best, taken = {}, set()
    for similarity, paragraph, piece in sorted(candidates, key=lambda row: (-row[0], *row[1:])):
        if paragraph not in best and piece not in taken:
            best[paragraph] = (similarity, piece)
            taken.add(piece)
    return best
