"""What each side wants another to do, read off the coding."""

import pandas as pd

from analysis.study.codebook import ASKS, OBJECTIONS
from analysis.study.documents import DECLARED, REPORTED
from analysis.study.statements import admit

KEY = ["side", "doer", "issue", "sign"]
OWN_DOCUMENTS = 2  # in so many of a side's own texts, a want is followed though no report has it


def want_statements(study):
    """Select the statements by which a side wants something of another.

    An ask is a demand or a proposal, an objection a concern or resistance at another side's policy;
    both lean one way. Where a side asks all three at once for what it also asks of one, it is one want.

    Returns
    -------
    pandas.DataFrame
        Statements of the layers reported and declared, with `doer` (the side that would have to act),
        `sign` ('1' or '-1'), `kind` (ask, objection) and `want` (id).
    """
    found = admit(study, layers=(REPORTED, DECLARED))
    found = found.assign(doer=found["toward"], sign=found["position"].astype(str))
    kind = found["form"].map(dict.fromkeys(ASKS, "ask") | dict.fromkeys(OBJECTIONS, "objection"))
    sides = list(study.meta["sides"])
    keep = kind.notna() & found["sign"].isin(["1", "-1"])
    keep &= found["doer"].isin(sides) & (found["doer"] != found["side"])
    found = found.assign(kind=kind)[keep].reset_index(drop=True)
    together = [side for side in sides if study.meta["sides"][side].get("together")]
    rest = ["side", "issue", "sign"]
    one = found[~found["doer"].isin(together)].drop_duplicates(rest).set_index(rest)["doer"]
    found["doer"] = [
        one.get((row.side, row.issue, row.sign), row.doer) if row.doer in together else row.doer
        for row in found.itertuples()
    ]
    against = found["sign"].map({"1": "", "-1": "-against"})
    found["want"] = (found["side"] + "-" + found["doer"]).str.lower() + "-" + found["issue"] + against
    return found


def wants(study):
    """List what each side wants another to do, and the layers that have it.

    Returns
    -------
    pandas.DataFrame
        One row per want (side, doer, issue and sign), by side and in the order of the issues: `want`,
        `side`, `doer`, `issue`, `sign`, `kinds` (ask, objection or both), `reported` and `declared`
        (numbers of statements), `documents` (how many of the side's own have it), `followed` (whether
        facts are owed: it is reported, or in two or more of the side's own documents).
    """
    found = want_statements(study)
    own = found[found["layer"] == DECLARED].groupby("want")["document"].nunique()
    layers = pd.crosstab(found["want"], found["layer"]).reindex(columns=[REPORTED, DECLARED], fill_value=0)
    kinds = found.groupby("want")["kind"].agg(lambda kinds: ", ".join(sorted(set(kinds))))
    table = found.drop_duplicates("want")[["want", *KEY]].set_index("want").assign(kinds=kinds)
    table = table.join(layers).assign(documents=own)
    table["documents"] = table["documents"].fillna(0).astype(int)
    table["followed"] = (table[REPORTED] > 0) | (table["documents"] >= OWN_DOCUMENTS)
    table.columns.name = None
    sides = list(study.meta["sides"])
    order = {"side": sides, "issue": study.issues["issue"], "doer": sides, "sign": ["-1", "1"]}
    table = table.sort_values(
        list(order), key=lambda column: pd.Index(order[column.name]).get_indexer(column)
    )
    return table.reset_index()
