"""Recall and precision of the reports, with intervals and at equal length."""

from itertools import product

import numpy as np
import pandas as pd

from analysis.measures.counting import codes, public_early, shares, tally
from analysis.measures.layers import KINDS, PARTS, TEXTS, emphasis, recall
from analysis.study.codebook import CODED, OTHERS, WORDS
from analysis.study.documents import DECLARED, LAYERS, REPORTED, of_layer
from analysis.study.statements import admit

SEED = 20211118
DRAWS = 1000
POINTS = (0.025, 0.975)


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
    counts, rows = _drawn(study, draws, seed), []
    for kind, (label, texts), side in product(KINDS, TEXTS.items(), study.meta["compare"]):
        found = recall(counts, side, kind, texts, without)
        for measure, (part, of) in PARTS.items():
            rows.append((kind, label, side, measure, *_share(found[part], found[of])))
    columns = ["kind", "texts", "side", "measure", "part", "of", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def equal_length(study, kind="asks", draws=DRAWS):
    """Measure recall and precision with the longer side thinned to the words of the shorter.

    Whole paragraphs of the longer side are drawn in random order until the words of the shorter side
    are reached.

    Parameters
    ----------
    study : Study
    kind : {'asks', 'objections'}
    draws : int

    Returns
    -------
    pandas.DataFrame
        One row per texts, compared side and measure: `texts`, `side`, `words` (of its own texts, without
        headings and questions), `kept` (the words of the shorter side), `measure`, `share` (the mean of
        the draws, 0 to 1) and its 2.5 and 97.5 percent points `low` and `high`; nan where nothing is
        to be found.
    """
    statements, rows = admit(study, layers=LAYERS), []
    given = codes(study, statements)
    coded = study.paragraphs[study.paragraphs["kind"].isin(CODED)].set_index("paragraph")
    for label, texts in TEXTS.items():
        length = {}
        for side in study.meta["compare"]:
            own = _own_texts(study, side)
            own = own if texts == DECLARED else own[own.isin(public_early(study))]
            length[side] = coded.loc[coded["document"].isin(own), "words"]
        shorter = min(words.sum() for words in length.values())
        for side, words in length.items():
            weight = np.ones((draws, len(statements)))
            own = ((statements["layer"] == DECLARED) & (statements["side"] == side)).to_numpy()
            kept = _thinned(words, shorter, draws)
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


def voice_ranges(study, draws=DRAWS):
    """Return how much of each compared side is told by others, with ranges by resampled paragraphs.

    Returns
    -------
    pandas.DataFrame
        One row per compared side: `side`, `others` (statements that the reporter or an observer tells), `of`,
        `share` (0 to 1), and its 2.5 and 97.5 percent points `low` and `high`.
    """
    counts, rows = _drawn(study, draws), []
    places = [list(WORDS).index(word) for word in OTHERS]
    for side in study.meta["compare"]:
        word = counts.at("word", REPORTED, side)
        rows.append((side, *_share(word[:, places].sum(axis=1), word.sum(axis=1))))
    return pd.DataFrame(rows, columns=["side", "others", "of", "share", "low", "high"])


def emphasis_ranges(study, draws=DRAWS):
    """Return the gaps of emphasis with ranges by resampled documents and paragraphs.

    Returns
    -------
    pandas.DataFrame
        As `emphasis` returns it, with the 2.5 and 97.5 percent points `low` and `high` of each `gap`.
    """
    counts = _drawn(study, draws)
    table = emphasis(study, counts)
    places = (
        pd.Index(counts.sides).get_indexer(table["side"]),
        pd.Index(counts.issues).get_indexer(table["issue"]),
    )
    reported, declared = (
        shares(counts.count[1:, counts.layers.index(layer)]) for layer in (REPORTED, DECLARED)
    )
    low, high = np.quantile((reported - declared)[:, *places], POINTS, axis=0)
    return table.assign(low=low, high=high)


def _drawn(study, draws, seed=SEED):
    """Return the tally of the coding as it stands, and after it of resampled documents and paragraphs.

    Drawn are the documents of each side, and the paragraphs of the reports.
    """
    statements = admit(study, layers=LAYERS)
    rng = np.random.default_rng(seed)
    weight = np.ones((1 + draws, len(statements)))
    paragraphs, reports = study.paragraphs, of_layer(study, REPORTED)
    told = paragraphs["document"].isin(reports) & paragraphs["kind"].isin(CODED)
    pools = [("paragraph", paragraphs.loc[told, "paragraph"])]
    pools += [("document", _own_texts(study, side)) for side in study.meta["compare"]]
    for column, pool in pools:
        if len(pool):
            times = rng.multinomial(len(pool), np.full(len(pool), 1 / len(pool)), size=draws)
            place = pd.Index(pool).get_indexer(statements[column])
            weight[1:, place >= 0] = times[:, place[place >= 0]]
    return tally(study, codes(study, statements)._replace(weight=weight))


def _own_texts(study, side):
    """Return the ids of a side's own texts."""
    rows = study.documents
    return rows.loc[(rows["layer"] == DECLARED) & (rows["side"] == side), "document"]


def _thinned(words, limit, draws):
    """Draw paragraphs in random order up to a number of words, shape (draws, P)."""
    rng = np.random.default_rng(SEED)
    order = rng.permuted(np.tile(np.arange(len(words)), (draws, 1)), axis=1)
    fits = words.to_numpy()[order].cumsum(axis=1) <= limit
    kept = np.zeros((draws, len(words)), dtype=bool)
    np.put_along_axis(kept, order, fits, axis=1)
    return kept


def _share(part, of):
    """Return part, whole and share of the coding as it stands, and the points of what was drawn after it."""
    number, whole = int(part[0]), int(of[0])
    return number, whole, number / whole if whole else np.nan, *_points(part[1:], of[1:])


def _points(part, of):
    """Return the 2.5 and 97.5 percent points of part over whole, where there is a whole."""
    there = of > 0
    if not there.any():
        return np.nan, np.nan
    return tuple(np.quantile(part[there] / of[there], POINTS).tolist())
