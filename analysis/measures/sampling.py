"""Recall and precision of the reports, with intervals and at equal length."""

import numpy as np
import pandas as pd

from analysis.measures.counting import codes, public_early, shares, tally
from analysis.measures.layers import KINDS, PARTS, TEXTS, emphasis, recall
from analysis.study.codebook import CODED, OTHERS, WORDS
from analysis.study.documents import DECLARED, LAYERS, REPORTED
from analysis.study.statements import admit

SEED = 20211118
DRAWS = 1000


def recall_table(study, without=(), draws=DRAWS, seed=SEED):
    """Measure how far the reports have each side's own asks, and how far what they report is its own.

    Recall: of what a side asked for itself, how much is reported. Precision: of what is reported, how
    much it asked for itself. Both for its own texts public before the day of the article, and for all.
    The intervals resample the documents of the sides and the paragraphs of the reports: what they lose
    by chance is not a sample's margin of error, but shows how few texts a share rests on.

    Parameters
    ----------
    study : Study
    without : sequence of str
        Issues left out.
    draws, seed : int

    Returns
    -------
    pandas.DataFrame
        One row per kind (asks, objections), texts, compared side and measure: `kind`, `texts`, `side`,
        `measure`, `part`, `of`, `share` (0 to 1), and its 2.5 and 97.5 percent points `low` and `high`;
        nan where nothing is to be found.
    """
    once, many = _drawn(study, draws, seed)
    rows = []
    for kind in KINDS:
        for label, texts in TEXTS.items():
            for side in study.meta["compare"]:
                at, drawn = (recall(counts, side, kind, texts, without) for counts in (once, many))
                for measure, (part, of) in PARTS.items():
                    low, high = _points(drawn[part], drawn[of])
                    number, whole = int(at[part][0]), int(at[of][0])
                    share = number / whole if whole else np.nan
                    rows.append((kind, label, side, measure, number, whole, share, low, high))
    columns = ["kind", "texts", "side", "measure", "part", "of", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def equal_length(study, kind="asks", draws=DRAWS, seed=SEED):
    """Measure recall and precision with the longer side thinned to the words of the shorter.

    Whole paragraphs of the longer side are drawn in random order until the words of the shorter side
    are reached.

    Parameters
    ----------
    study : Study
    kind : {'asks', 'objections'}
    draws, seed : int

    Returns
    -------
    pandas.DataFrame
        One row per texts, compared side and measure: `texts`, `side`, `words` (of its own texts, without
        headings and questions), `kept` (the words of the shorter side), `measure`, `share` (the mean of
        the draws, 0 to 1) and its 2.5 and 97.5 percent points `low` and `high`; nan where nothing is
        to be found.
    """
    statements = admit(study, layers=LAYERS)
    given = codes(study, statements)
    early, rows = public_early(study), []
    for label, texts in TEXTS.items():
        wanted = early if texts != DECLARED else study.documents["document"].tolist()
        length = {side: _paragraphs(study, side, wanted) for side in study.meta["compare"]}
        shorter = min(words.sum() for words in length.values())
        for side, words in length.items():
            weight = np.ones((draws, len(statements)))
            own = ((statements["layer"] == DECLARED) & (statements["side"] == side)).to_numpy()
            kept = _thinned(words, shorter, draws, seed)
            place = words.index.get_indexer(statements["paragraph"])
            weight[:, own] = np.where(place[own] >= 0, kept[:, place[own]], 0)
            drawn = recall(tally(study, given._replace(weight=weight)), side, kind, texts)
            for measure, (part, of) in PARTS.items():
                with np.errstate(invalid="ignore"):
                    share = drawn[part] / drawn[of]
                mean = np.nanmean(share) if (drawn[of] > 0).any() else np.nan
                row = (label, side, int(words.sum()), int(shorter), measure, mean)
                rows.append((*row, *_points(drawn[part], drawn[of])))
    return pd.DataFrame(rows, columns=["texts", "side", "words", "kept", "measure", "share", "low", "high"])


def voice_ranges(study, draws=DRAWS, seed=SEED):
    """Return how much of each compared side is told by others, with ranges by resampled paragraphs.

    Parameters
    ----------
    study : Study
    draws, seed : int

    Returns
    -------
    pandas.DataFrame
        One row per compared side: `side`, `others` (statements that the reporter or an observer tells), `of`,
        `share` (0 to 1), and its 2.5 and 97.5 percent points `low` and `high`.
    """
    once, many = _drawn(study, draws, seed)
    places = [list(WORDS).index(word) for word in OTHERS]
    rows = []
    for side in study.meta["compare"]:
        at, drawn = (
            counts.word[:, counts.layers.index(REPORTED), counts.sides.index(side)] for counts in (once, many)
        )
        number, whole = int(at[0, places].sum()), int(at[0].sum())
        share = number / whole if whole else np.nan
        rows.append((side, number, whole, share, *_points(drawn[:, places].sum(axis=1), drawn.sum(axis=1))))
    return pd.DataFrame(rows, columns=["side", "others", "of", "share", "low", "high"])


def emphasis_ranges(study, draws=DRAWS, seed=SEED):
    """Return the gaps of emphasis with ranges by resampled documents and paragraphs.

    Parameters
    ----------
    study : Study
    draws, seed : int

    Returns
    -------
    pandas.DataFrame
        As `emphasis` returns it, with the 2.5 and 97.5 percent points `low` and `high` of each `gap`.
    """
    once, many = _drawn(study, draws, seed)
    table, points = emphasis(study, once), []
    reported, declared = (shares(many.count[:, many.layers.index(layer)]) for layer in (REPORTED, DECLARED))
    for row in table.itertuples():
        cell = many.sides.index(row.side), many.issues.index(row.issue)
        gap = reported[:, *cell] - declared[:, *cell]
        points.append(np.quantile(gap, [0.025, 0.975]).tolist())
    low, high = zip(*points, strict=True) if points else ((), ())
    return table.assign(low=low, high=high)


def _drawn(study, draws, seed):
    """Return the tally of the coding as it stands, and of resampled documents and paragraphs."""
    statements = admit(study, layers=LAYERS)
    given = codes(study, statements)
    weight = _resampled(study, statements, draws, seed)
    return tally(study, given), tally(study, given._replace(weight=weight))


def _paragraphs(study, side, documents):
    """Return the words of each coded paragraph of a side's own texts, by paragraph."""
    rows = study.documents
    own = rows.loc[(rows["layer"] == DECLARED) & (rows["side"] == side), "document"]
    p = study.paragraphs
    keep = p["document"].isin(own) & p["document"].isin(documents) & p["kind"].isin(CODED)
    return p[keep].set_index("paragraph")["words"]


def _thinned(words, limit, draws, seed):
    """Draw paragraphs in random order up to a number of words, shape (draws, P)."""
    rng = np.random.default_rng(seed)
    order = rng.permuted(np.tile(np.arange(len(words)), (draws, 1)), axis=1)
    fits = words.to_numpy()[order].cumsum(axis=1) <= limit
    kept = np.zeros((draws, len(words)), dtype=bool)
    np.put_along_axis(kept, order, fits, axis=1)
    return kept


def _resampled(study, statements, draws, seed):
    """Draw the documents of each side, and the paragraphs of the reports; shape (draws, N)."""
    rng = np.random.default_rng(seed)
    weight = np.ones((draws, len(statements)))
    documents, p = study.documents, study.paragraphs
    reports = documents.loc[documents["layer"] == REPORTED, "document"]
    pools = [("paragraph", p.loc[p["document"].isin(reports) & p["kind"].isin(CODED), "paragraph"])]
    for side in study.meta["compare"]:
        own = (documents["layer"] == DECLARED) & (documents["side"] == side)
        pools.append(("document", documents.loc[own, "document"]))
    for column, pool in pools:
        if len(pool):
            times = rng.multinomial(len(pool), np.full(len(pool), 1 / len(pool)), size=draws)
            place = pd.Index(pool).get_indexer(statements[column])
            weight[:, place >= 0] = times[:, place[place >= 0]]
    return weight


def _points(part, of):
    """Return the 2.5 and 97.5 percent points of part over whole, where there is a whole."""
    there = of > 0
    if not there.any():
        return np.nan, np.nan
    return tuple(np.quantile(part[there] / of[there], [0.025, 0.975]).tolist())
