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
    """Count the admitted statements of every layer.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline in all layers.

    Returns
    -------
    Tally
        With one replicate.
    """
    statements = admit(study, layers=LAYERS) if statements is None else statements
    return tally(study, codes(study, statements))


def named(study, counts=None):
    """Count how often each side's issue is named in each layer.

    Parameters
    ----------
    study : Study
    counts : Tally, optional

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
    together, rows = np.zeros(len(counts.issues)), []
    if counts.together is not None:
        together = counts.count[0, counts.layers.index(ADOPTED), counts.together]
    for place, issue in enumerate(counts.issues):
        for side in study.meta["compare"]:
            number = {layer: int(of_layer(counts, layer, side)[0, place]) for layer in LAYERS}
            declined = int(of_layer(counts, DECLARED, side, "declined")[0, place])
            rows.append(
                {"issue": issue, "side": side, **number, "together": int(together[place])}
                | {"declined": declined, "headings": int(headings.get(issue, 0))}
            )
    return pd.DataFrame(rows)


def emphasis(study, counts=None):
    """Compare the share of each side's statements that an issue has as reported and as declared.

    Parameters
    ----------
    study : Study
    counts : Tally, optional

    Returns
    -------
    pandas.DataFrame
        One row per issue and compared side with statements in either layer: `issue`, `side`, the
        counts `reported` and `declared`, their shares `share reported` and `share declared` (0 to 1),
        and `gap`, the first share minus the second. Each side's widest gaps first.
    """
    table = named(study, counts)
    table = table[table[[REPORTED, DECLARED]].sum(axis=1) > 0].drop(
        columns=[ADOPTED, "together", "declined", "headings"]
    )
    for layer in (REPORTED, DECLARED):
        whole = table.groupby("side")[layer].transform("sum")
        table[f"share {layer}"] = (table[layer] / whole.where(whole > 0)).fillna(0.0)
    table["gap"] = table[f"share {REPORTED}"] - table[f"share {DECLARED}"]
    order = pd.DataFrame({"side": table["side"].map(study.meta["compare"].index), "gap": -table["gap"].abs()})
    return table.loc[order.sort_values(["side", "gap"], kind="stable").index].reset_index(drop=True)


def asked(study, kind="asks", counts=None):
    """List the distinct asks (or objections) of the compared sides, and the layers that have them.

    Parameters
    ----------
    study : Study
    kind : {'asks', 'objections'}
    counts : Tally, optional

    Returns
    -------
    pandas.DataFrame
        One row per side, side addressed, issue and sign: `side`, `toward`, `issue`, `sign` (1 or -1),
        `reported` and `declared` (how often), `matched` (true where both layers have it).
    """
    counts = count(study) if counts is None else counts
    grid = getattr(counts, kind)
    rows = []
    for side in study.meta["compare"]:
        reported, declared = (
            grid[0, counts.layers.index(layer), counts.sides.index(side)] for layer in (REPORTED, DECLARED)
        )
        both = matched(reported[None] > 0, declared[None] > 0, counts.together)[0]
        both |= matched(declared[None] > 0, reported[None] > 0, counts.together)[0]
        for cell in map(tuple, np.argwhere(reported + declared > 0)):
            toward, issue, sign = cell
            rows.append(
                (side, counts.sides[toward], counts.issues[issue], ("1", "-1")[sign],
                 int(reported[cell]), int(declared[cell]), bool(both[cell]))
            )  # fmt: skip
    columns = ["side", "toward", "issue", "sign", REPORTED, DECLARED, "matched"]
    return pd.DataFrame(rows, columns=columns)


def recall(counts, side, kind="asks", texts=DECLARED, without=()):
    """Count how many of a side's own asks the reports have, and how many of the reported it made.

    Of distinct asks (or objections, by `kind`) on issues but those `without`, returns arrays of shape (R,):
    `declared` (in all of its own texts, or those of `early`), `found` (of these, reported too), `reported`,
    and `own` (of these, declared too).
    """
    kept = ~np.isin(counts.issues, list(without))
    place = counts.sides.index(side)
    reported, declared = (
        getattr(counts, kind)[:, counts.layers.index(layer), place][:, :, kept] > 0
        for layer in (REPORTED, texts)
    )
    cells = (1, 2, 3)
    return {
        "declared": declared.sum(axis=cells),
        "found": matched(declared, reported, counts.together).sum(axis=cells),
        "reported": reported.sum(axis=cells),
        "own": matched(reported, declared, counts.together).sum(axis=cells),
    }
