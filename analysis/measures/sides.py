"""What each side's statements give: asks, and whose word they are."""

import pandas as pd

from analysis.study.codebook import ASKS, NONE, NOT_NAMED, OTHERS, WORDS
from analysis.study.statements import admit


def asks(study, statements=None):
    """List what sides ask of each other: signed demands and proposals directed at another side.

    One row per ask, in the order of study.toml and of the text: `side`, `toward`, `issue`, `gist`,
    `speaker`, `evidence`, `paragraph`, `statement`.
    """
    statements = admit(study) if statements is None else statements
    asking = statements["form"].isin(ASKS) & statements["position"].isin(["1", "-1"])
    other = (statements["toward"] != NONE) & (statements["toward"] != statements["side"])
    order = {side: place for place, side in enumerate(study.meta["sides"])}
    rows = statements[asking & other].sort_values(["side", "toward"], key=lambda column: column.map(order))
    columns = ["side", "toward", "issue", "gist", "speaker", "evidence", "paragraph", "statement"]
    return rows[columns].reset_index(drop=True)


def voices(study, statements=None):
    """Count by whose word each side's admitted statements are told, by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        One row per side, in the order of study.toml; a column for each of `WORDS`: `own` (its own words,
        quoted or retold), `act`, `reporter` and `observer`; `statements` (their sum) and `others` (the
        share that the reporter or an observer tells, 0 to 1; nan for a side without statements).
    """
    statements = admit(study) if statements is None else statements
    statements = statements[~statements["form"].isin(NOT_NAMED)]
    table = pd.DataFrame(index=pd.Index(list(study.meta["sides"]), name="side"))
    for word, evidence in WORDS.items():
        number = statements.loc[statements["evidence"].isin(evidence), "side"].value_counts()
        table[word] = number.reindex(table.index, fill_value=0)
    total = table.sum(axis=1)
    others = table[list(OTHERS)].sum(axis=1) / total.where(total > 0)
    return table.assign(statements=total, others=others)
