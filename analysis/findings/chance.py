"""Draw random codings that obey the codebook, to see which findings could fail."""

from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from analysis.findings.predicates import PREDICATES, RANKED
from analysis.measures import SIGNS, codes, tally
from analysis.study.arguments import parse
from analysis.study.codebook import ASKS, OBJECTIONS, POSITIONLESS
from analysis.study.documents import DECLARED, LAYERS
from analysis.study.statements import admit

SEED = 20211118
DRAWS = 2000
CELLS = 2_000_000  # drawn statements that are held in memory at a time
DESCRIPTION = 0.95  # what holds in a larger share of random codings only describes


@cache
def chances(study, draws=DRAWS, seed=SEED):
    """Return the share of random codings in which each finding of findings.csv would hold.

    A finding on a list of issues holds in a random coding if it does for any list of that length.

    Returns
    -------
    pandas.Series
        From finding to a share, 0 to 1; nan where the finding reads no statements.
    """
    statements = admit(study, layers=LAYERS)
    rng = np.random.default_rng(seed)
    size = max(1, CELLS // max(1, len(statements)))
    drawn = study.findings[~study.findings["predicate"].isin(RANKED)]
    held = dict.fromkeys(drawn["finding"], 0)
    for start in range(0, draws, size):
        number = min(size, draws - start)
        counts = tally(study, random_codes(study, statements, number, rng))
        for row in drawn.itertuples():
            given = parse(row.arguments)
            given |= {"issues": len(given["issues"])} if "issues" in given else {}
            held[row.finding] += PREDICATES[row.predicate](study, counts, **given).holds.sum()
    return pd.Series(held, study.findings["finding"].tolist(), dtype=float, name="chance") / draws


def descriptions(study):
    """Return the findings that nearly every coding would give: they may be told, but head nothing."""
    share = chances(study)
    return share.index[share > DESCRIPTION].tolist()


def random_codes(study, statements, draws=DRAWS, seed=SEED):
    """Draw codings of N admitted statements at random from those that the codebook allows.

    Each statement keeps its paragraph, document, evidence and form. Within each layer sides are
    shuffled among statements, but for the layer of the sides' own texts, which keep theirs; issues
    are shuffled among statements. Then position and addressee are drawn uniformly from what the
    codebook allows for that side, issue, form and doer. Returns codes of shape (draws, N).
    """
    rng = np.random.default_rng(seed)
    given = codes(study, statements)
    side, issue = (np.repeat(codes, draws, axis=0) for codes in (given.side, given.issue))
    for layer, name in enumerate(LAYERS):
        here = given.layer[0] == layer
        if name != DECLARED:
            side[:, here] = rng.permuted(side[:, here], axis=1)
        issue[:, here] = rng.permuted(issue[:, here], axis=1)
    stance = rng.integers(0, len(SIGNS), side.shape)
    stance[:, statements["form"].isin(POSITIONLESS).to_numpy()] = 0
    stance[~(study.issues["proposition"] != "").to_numpy()[issue]] = 0
    toward = np.full(side.shape, -1)
    for forms, asked in ((ASKS, True), (OBJECTIONS, False)):
        here = statements["form"].isin(forms).to_numpy()
        options, number = addressees(study, asked)
        rows, columns = side[:, here], issue[:, here]
        pick = (rng.random(rows.shape) * number[rows, columns]).astype(int)
        toward[:, here] = options[rows, columns, pick]
    return given._replace(side=side, issue=issue, position=stance, toward=toward)


def addressees(study, asked):
    """List the addressees that the codebook allows for each side and issue.

    Demands and proposals (`asked`) go to the doer of the issue where it has one. Returns the places of sides,
    shape (S, I, K), -1 for none, and how many of each row count, shape (S, I).
    """
    sides, doers = study.meta["sides"], study.issues["doer"].tolist()
    together = {side for side, entry in sides.items() if entry.get("together")}
    options = np.full((len(sides), len(doers), len(sides)), -1)
    number = np.ones((len(sides), len(doers)), dtype=int)
    for (place, side), (column, doer) in product(enumerate(sides), enumerate(doers)):
        fit = set(sides) - {side}
        if asked and doer in sides:
            fit = fit & {doer, *together} if doer != side else set()
        allowed = [k for k, other in enumerate(sides) if other in fit]
        options[place, column, 1 : len(allowed) + 1] = allowed
        number[place, column] += len(allowed)
    return options, number
