"""Run every finding by other defensible rules, and on each coder's own pass."""

import pandas as pd

from analysis import findings, measures
from analysis.agreement import passes
from analysis.study.codebook import ASKS, NONE, OBJECTIONS
from analysis.study.documents import LAYERS
from analysis.study.statements import admit


def other_rules(study):
    """Return the statements that other answers to the same question would count, by rule."""
    usual = admit(study, layers=LAYERS)
    evidence = [code for code in study.meta["baseline"]["evidence"] if code != "analyst"]
    named = usual["toward"].where(usual["addressee_basis"] != "inferred", NONE)
    objecting = usual["form"].isin(OBJECTIONS) & usual["position"].isin(["1", "-1"])
    once = ["paragraph", "side", "issue", "toward", "position"]
    return {
        "no observers": admit(study, layers=LAYERS, evidence=evidence),
        "no captions": admit(study, layers=LAYERS, captions=False),
        "named addressees only": usual.assign(toward=named),
        "objections count as requests": usual.assign(form=usual["form"].mask(objecting, ASKS[0])),
        "an issue once a paragraph": usual.drop_duplicates(once),
    }


def other_coders(study):
    """Return the statements of each coder's pass, where it read, and the settled ones elsewhere."""
    found = {}
    for name, coding in passes(study).items():
        if name != study.meta["coding"]:
            covered = study.coverage.loc[study.coverage["coding"] == name, "paragraph"]
            read = {*covered, *coding["paragraph"]}
            rest = study.statements[~study.statements["paragraph"].isin(read)]
            found[name] = admit(study, pd.concat([coding, rest], ignore_index=True), layers=LAYERS)
    return found


def under(study, statements):
    """Run every finding on the statements of each rule, as `other_rules` and `other_coders` return them.

    Returns
    -------
    pandas.DataFrame
        One row per rule and finding: `rule`, `finding`, `value` (in words), `holds`.
    """
    rows = []
    for rule, admitted in statements.items():
        results = findings.results(study, measures.count(study, admitted))
        for name, result in results.items():
            rows.append((rule, name, findings.in_words(result), bool(result.holds[0])))
    return pd.DataFrame(rows, columns=["rule", "finding", "value", "holds"])
