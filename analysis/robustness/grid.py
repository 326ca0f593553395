"""Put all that was tried on each finding side by side: what it rests on, and what overturns it."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import findings
from analysis.measures import codes, count, tally
from analysis.robustness.contesting import contested
from analysis.robustness.editing import REMOVED, moves, prepared, tried
from analysis.robustness.rules import other_coders, other_rules, under
from analysis.study.codebook import WORDS
from analysis.study.documents import LAYERS, REPORTED, of_layer
from analysis.study.statements import admit


def grid(study):
    """Return what makes each finding fall, of all that was tried once.

    Returns
    -------
    pandas.DataFrame of bool
        One row per finding; columns with two levels, `tried` (rule, coder, contested code, paragraph left
        out, document left out) and `what`; true where the finding falls.
    """
    if study.findings.empty:
        return pd.DataFrame(index=pd.Index([], name="finding"))
    parts = {}
    for name, statements in (("rule", other_rules(study)), ("coder", other_coders(study))):
        if statements:
            table = under(study, statements).pivot(index="finding", columns="rule", values="holds")
            parts[name] = ~table[list(statements)].astype(bool)
    alone = contested(study).T
    alone.columns = [f"{statement} {column} {code}" for statement, column, code in alone.columns]
    parts["contested code"] = alone
    parts["paragraph left out"] = leave_one_out(study).T
    parts["document left out"] = leave_one_out(study, "document").T
    order = study.findings["finding"].tolist()
    found = pd.concat({name: part.reindex(order) for name, part in parts.items()}, axis=1)
    return found.fillna(False).astype(bool).rename_axis(index="finding", columns=["tried", "what"])


def leave_one_out(study, unit="paragraph"):
    """Run every finding with each paragraph, or document, left out in turn; true where it falls.

    One row per paragraph or document with admitted statements, one column per finding. The only report of a
    study is not left out: nothing would be reported then.
    """
    rows = admit(study, layers=LAYERS)
    table = study.paragraphs if unit == "paragraph" else study.documents
    held, reports = set(rows[unit]), of_layer(study, REPORTED)
    held -= set(reports) if unit == "document" and len(reports) == 1 else set()
    units = pd.Index([name for name in table[unit] if name in held], name=unit)
    if units.empty or study.findings.empty:
        return pd.DataFrame(columns=study.findings["finding"], index=units, dtype=bool)
    weight = (rows[unit].to_numpy() != units.to_numpy()[:, np.newaxis]).astype(float)
    kept = findings.holds(study, tally(study, codes(study, rows)._replace(weight=weight))).set_axis(units)
    # Rankings stand in paragraphs too, and fall with them.
    documents = study.paragraphs.set_index("paragraph")["document"]
    where = study.rankings["paragraph"] if unit == "paragraph" else study.rankings["paragraph"].map(documents)
    for name in set(where) & set(units):
        without = replace(study, rankings=study.rankings[(where != name).to_numpy()])
        kept.loc[name] = findings.holds(without, count(study, rows[rows[unit] != name])).iloc[0]
    return ~kept.astype(bool)


def supports(study):
    """Return the statements that each finding rests on: without them what it counts changes.

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding`, `statements` (of the reports, how many), `paragraphs` (theirs, apart
        by spaces), a column for each of `WORDS` (how many by whose word), `documents` (of all other layers,
        those that it rests on, one by one or whole) and `needs` (the paragraphs of any text without each of
        which it falls).
    """
    rows = admit(study, layers=LAYERS)
    removed = pd.DataFrame({"statement": rows["statement"], "column": "statement", "alternative": REMOVED})
    edits = prepared(study, removed)
    moved = moves(tried(study, edits), edits.at)
    fallen, without, table = leave_one_out(study), leave_one_out(study, "document"), []
    for name, change in moved.items():
        mine = rows[(change != 0).any(axis=1)]
        reported = mine[mine["layer"] == REPORTED]
        texts = {*mine.loc[mine["layer"] != REPORTED, "document"], *without.index[without[name]]}
        word = {w: int(reported["evidence"].isin(evidence).sum()) for w, evidence in WORDS.items()}
        told = {
            "paragraphs": " ".join(reported["paragraph"].unique()),
            "documents": " ".join(text for text in study.documents["document"] if text in texts),
            "needs": " ".join(fallen.index[fallen[name]]),
        }
        table.append({"finding": name, "statements": len(reported), **word, **told})
    return pd.DataFrame(table, columns=["finding", "statements", *WORDS, "paragraphs", "documents", "needs"])
