"""Align a reader's copy with the paragraphs of a study, by fingerprints and by words."""

import re
from collections import Counter

import pandas as pd

from analysis.article.tokens import fingerprint, normalise, word_counts

SIMILAR = 0.5
HEADING = "## "  # opens a heading in a plain text
COMMON = 50
COLUMNS = ["paragraph", "kind", "status", "similarity", "copies", "text"]


def align(study, blocks):
    """Compare a copy, as `read_copy` gives it, with a study; return a row per paragraph, and what belongs to none.

    The columns are `paragraph`, `kind`, `status` (`matches`, `differs`, `missing`), `similarity` (share of
    words in common, 0 to 1), `copies` (how often it was found) and `text` (as found, empty if missing).
    """
    known = study.paragraphs.groupby("sha256")["paragraph"].agg(list).to_dict()
    found, copies, loose = {}, Counter(), {}
    for lines in blocks:
        # A block is one paragraph broken over lines, unless its lines are known paragraphs.
        apart = any(fingerprint(line.removeprefix(HEADING)) in known for line in lines)
        for piece in lines if apart else [" ".join(lines)]:
            piece = piece.removeprefix(HEADING)
            mark = fingerprint(piece)
            for paragraph in known.get(mark, ()):
                found.setdefault(paragraph, piece)
                copies[paragraph] += 1
            if mark not in known:
                loose[piece] = loose.get(piece, 0) + 1
    best = _nearest(study, set(study.paragraphs["paragraph"]) - set(found), loose)
    rows = []
    for paragraph, kind in zip(study.paragraphs["paragraph"], study.paragraphs["kind"], strict=True):
        if paragraph in found:
            rows.append((paragraph, kind, "matches", 1.0, copies[paragraph], found[paragraph]))
        elif paragraph in best:
            similarity, piece = best[paragraph]
            rows.append((paragraph, kind, "differs", similarity, loose.pop(piece), piece))
        else:
            rows.append((paragraph, kind, "missing", 0.0, 0, ""))
    return pd.DataFrame(rows, columns=COLUMNS), list(loose)


def places(frame, phrase):
    """Return where a phrase stands in the paragraphs that match: paragraph, start and end, in code points."""
    phrase = normalise(phrase)
    return [
        (row.paragraph, *found.span())
        for row in frame[frame["status"] == "matches"].itertuples()
        for found in (re.finditer(re.escape(phrase), row.text) if phrase else ())
    ]


def _nearest(study, wanted, pieces):
    """Match the wanted paragraphs to the pieces that share most words with them."""
    rows = study.words[study.words["paragraph"].isin(wanted)]
    index, held = {}, {}
    for paragraph, word, count in rows.itertuples(index=False):
        index.setdefault(word, []).append(paragraph)
        held.setdefault(paragraph, {})[word] = count
    size = {paragraph: sum(counts.values()) for paragraph, counts in held.items()}
    candidates = []
    for piece in pieces:
        counts = word_counts(piece)
        total = sum(counts.values())
        # In a long text, a word of many paragraphs would find all of them: only rare words look there.
        known = [word for word in counts if word in index]
        if len(held) > COMMON:
            known = sorted((word for word in known if len(index[word]) <= COMMON),
                           key=lambda word: (len(index[word]), word))[:COMMON]  # fmt: skip
        votes = Counter(paragraph for word in known for paragraph in index[word])
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
