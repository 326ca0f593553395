"""Put all that was tried on each finding side by side: what it rests on, and what overturns it."""

import numpy as np
import pandas as pd

from analysis import findings
from analysis.measures import codes, tally
from analysis.robustness.contesting import contested
from analysis.robustness.editing import REMOVED, edited, moves, open_codes, picked, recounted
from analysis.robustness.omitting import leave_one_out
from analysis.robustness.rules import other_coders, other_rules, under
from analysis.study.codebook import WORDS
from analysis.study.documents import LAYERS, REPORTED
from analysis.study.statements import admit


def grid(study):
    """Return what makes each finding fall, of all that was tried once.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame of bool
        One row per finding; columns with two levels, `tried` (rule, coder, contested code, paragraph left
        out, document left out) and `what`; true where the finding falls.
    """
    if study.findings.empty:
        return pd.DataFrame(index=pd.Index([], name="finding"))
    parts = {}
    for tried, statements in (("rule", other_rules(study)), ("coder", other_coders(study))):
        if statements:
            table = under(study, statements).pivot(index="finding", columns="rule", values="holds")
            parts[tried] = ~table[list(statements)].astype(bool)
    alone = contested(study).T
    alone.columns = [f"{statement} {column} {code}" for statement, column, code in alone.columns]
    parts["contested code"] = alone
    parts["paragraph left out"] = leave_one_out(study).T
    parts["document left out"] = leave_one_out(study, "document").T
    order = study.findings["finding"].tolist()
    found = pd.concat({name: part.reindex(order) for name, part in parts.items()}, axis=1)
    return found.fillna(False).astype(bool).rename_axis(index="finding", columns=["tried", "what"])


def supports(study):
    """Return the statements that each finding rests on.

    A finding rests on a statement if what it counts changes without it.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding`, `statements` (of the reports, how many), `paragraphs` (theirs, apart
        by spaces), a column for each of `WORDS` (how many by whose word), `documents` (of all other layers
        that it rests on) and `needs` (the paragraphs of any text without each of which it falls).
    """
    rows = admit(study, layers=LAYERS)
    coding = rows[study.statements.columns]
    removed = pd.DataFrame({"statement": rows["statement"], "column": "statement", "alternative": REMOVED})
    places = np.arange(len(rows))[:, np.newaxis]
    base = tally(study, codes(study, rows))
    before, after = open_codes(study, coding), open_codes(study, edited(coding, removed))
    counts = recounted(study, base, picked(before, places), picked(after, places))
    moved = moves(findings.results(study, counts), findings.results(study, base))
    fallen, table = leave_one_out(study), []
    for name, change in moved.items():
        mine = rows[(change != 0).any(axis=1)]
        reported = mine[mine["layer"] == REPORTED]
        word = {w: int(reported["evidence"].isin(evidence).sum()) for w, evidence in WORDS.items()}
        told = {
            "paragraphs": " ".join(dict.fromkeys(reported["paragraph"])),
            "documents": " ".join(dict.fromkeys(mine.loc[mine["layer"] != REPORTED, "document"])),
            "needs": " ".join(fallen.index[fallen[name]]),
        }
        table.append({"finding": name, "statements": len(reported), **word, **told})
    return pd.DataFrame(table, columns=["finding", "statements", *WORDS, "paragraphs", "documents", "needs"])
