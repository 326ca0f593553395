"""Compare what is reported of each side with what it declared and what was adopted."""

import numpy as np
import pandas as pd

from analysis.measures.counting import EARLY, codes, matched, of_layer, tally
from analysis.study.documents import ADOPTED, DECLARED, LAYERS, REPORTED
from analysis.study.documents import of_layer as of_layers
from analysis.study.statements import admit

KINDS = ("asks", "objections")
PARTS = {"recall": ("found", "declared"), "precision": ("own", "reported")}
TEXTS = {"public before the article": EARLY, "all of the window": DECLARED}


def count(study, statements=None):
    """Count admitted statements, by default those of the baseline, in every layer.

    Returns
    -------
    Tally
        With one replicate.
    """
    statements = admit(study, layers=LAYERS) if statements is None else statements
    return tally(study, codes(study, statements))


def named(study, counts=None):
    """Count how often each side's issue is named in each layer.

    Returns
    -------
    pandas.DataFrame
        One row per issue and compared side, in the order of the codebook: `issue`, `side`, the numbers
        of statements `reported`, `declared` and `adopted` (what the sides adopted together counts for
        each of them), `together` (of those adopted, what the sides adopted together), `declined` (statements
        of the side's own texts that keep it off the table) and `headings` (of the adopted papers, which are
        no statements).
    """
    counts = count(study) if counts is None else counts
    adopted = study.paragraphs.loc[study.paragraphs["document"].isin(of_layers(study, ADOPTED)), "paragraph"]
    headings = study.headings.loc[study.headings["paragraph"].isin(adopted), "issue"].value_counts()
    together = np.zeros(len(counts.issues))
    if counts.together is not None:
        together = counts.at("count", ADOPTED, counts.sides[counts.together])[0]
    parts = []
    for side in study.meta["compare"]:
        numbers = {layer: of_layer(counts, layer, side)[0] for layer in LAYERS} | {"together": together}
        numbers["declined"] = of_layer(counts, DECLARED, side, "declined")[0]
        numbers["headings"] = headings.reindex(counts.issues, fill_value=0).to_numpy()
        told = {name: values.astype(int) for name, values in numbers.items()}
        parts.append(pd.DataFrame({"issue": counts.issues, "side": side, **told}))
    return pd.concat(parts).sort_index(kind="stable", ignore_index=True)


def emphasis(study, counts=None):
    """Compare the share of each side's statements that an issue has as reported and as declared.

    Returns
    -------
    pandas.DataFrame
        One row per issue and compared side with statements in either layer: `issue`, `side`, the
        counts `reported` and `declared`, their shares `share reported` and `share declared` (0 to 1),
        and `gap`, the first share minus the second. Each side's widest gaps first.
    """
    table = named(study, counts)[["issue", "side", REPORTED, DECLARED]]
    table = table[table[[REPORTED, DECLARED]].sum(axis=1) > 0]
    for layer in (REPORTED, DECLARED):
        whole = table.groupby("side")[layer].transform("sum")
        table[f"share {layer}"] = (table[layer] / whole.where(whole > 0)).fillna(0.0)
    table["gap"] = table[f"share {REPORTED}"] - table[f"share {DECLARED}"]
    order = pd.DataFrame({"side": table["side"].map(study.meta["compare"].index), "gap": -table["gap"].abs()})
    return table.loc[order.sort_values(["side", "gap"], kind="stable").index].reset_index(drop=True)


def asked(study, counts=None):
    """List the distinct asks of the compared sides, and the layers that have them.

    Returns
    -------
    pandas.DataFrame
        One row per side, side addressed, issue and sign: `side`, `toward`, `issue`, `sign` (1 or -1),
        `reported` and `declared` (how often), `matched` (true where both layers have it).
    """
    counts = count(study) if counts is None else counts
    rows = []
    for side in study.meta["compare"]:
        reported, declared = (counts.at("asks", layer, side) for layer in (REPORTED, DECLARED))
        both = matched(reported > 0, declared > 0, counts.together)
        both |= matched(declared > 0, reported > 0, counts.together)
        for cell in map(tuple, np.argwhere(reported + declared > 0)):
            _, toward, issue, sign = cell
            ask = (side, counts.sides[toward], counts.issues[issue], ("1", "-1")[sign])
            rows.append((*ask, int(reported[cell]), int(declared[cell]), bool(both[cell])))
    columns = ["side", "toward", "issue", "sign", REPORTED, DECLARED, "matched"]
    return pd.DataFrame(rows, columns=columns)


def recall(counts, side, kind="asks", texts=DECLARED, without=()):
    """Count how many of a side's own asks the reports have, and how many of the reported it made.

    Of distinct asks (or objections, by `kind`) on issues but those `without`, returns arrays of shape (R,):
    `declared` (in all of its own texts, or those of `early`), `found` (of these, reported too), `reported`,
    and `own` (of these, declared too).
    """
    kept = ~np.isin(counts.issues, list(without))
    reported, declared = (counts.at(kind, layer, side)[:, :, kept] > 0 for layer in (REPORTED, texts))
    found = {
        "declared": declared,
        "found": matched(declared, reported, counts.together),
        "reported": reported,
        "own": matched(reported, declared, counts.together),
    }
    return {name: cells.sum(axis=(1, 2, 3)) for name, cells in found.items()}
