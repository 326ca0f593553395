"""Run every finding with one paragraph, or one document, left out."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import findings
from analysis.measures import codes, tally
from analysis.study.documents import LAYERS, REPORTED, of_layer
from analysis.study.statements import admit


def leave_one_out(study, unit="paragraph"):
    """Run every finding with each paragraph, or document, left out in turn; true where it falls.

    One row per paragraph or document with admitted statements, one column per finding. The only report of a
    study is not left out: nothing would be reported then.
    """
    rows = admit(study, layers=LAYERS)
    table = study.paragraphs if unit == "paragraph" else study.documents
    held, reports = set(rows[unit]), of_layer(study, REPORTED)
    held -= set(reports) if unit == "document" and len(reports) == 1 else set()
    units = [name for name in table[unit] if name in held]
    weight = (rows[unit].to_numpy() != np.array(units, dtype=object)[:, np.newaxis]).astype(float)
    if not units or study.findings.empty:
        return pd.DataFrame(columns=study.findings["finding"], index=pd.Index(units, name=unit), dtype=bool)
    held = findings.holds(study, tally(study, codes(study, rows)._replace(weight=weight)))
    held.index = pd.Index(units, name=unit)
    # Rankings stand in paragraphs too, and fall with them.
    documents = study.paragraphs.set_index("paragraph")["document"]
    where = study.rankings["paragraph"] if unit == "paragraph" else study.rankings["paragraph"].map(documents)
    for name in set(where) & set(units):
        without = replace(study, rankings=study.rankings[(where != name).to_numpy()])
        counts = tally(study, codes(study, rows[rows[unit] != name]))
        held.loc[name] = findings.holds(without, counts).iloc[0]
    return ~held.astype(bool)
