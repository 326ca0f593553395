"""Findings hold, and stop holding when the coding changes."""

import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import findings, measures, study
from analysis.findings import predicates


def holds(study, statements, finding):
    return bool(findings.holds(study, measures.tally(study, statements)).iloc[0][finding])


def test_every_finding_holds(summit):
    held = findings.baseline(summit)
    assert not list(held.index[~held]), "correct the sentence, or its arguments in findings.csv"


def test_every_predicate_can_say_no(summit):
    """Turn the coding round (sides swapped, positions negated, own words everywhere): none is left."""
    admitted = study.admit(summit)
    swap = {"US": "Mexico", "Mexico": "US"}
    turned = admitted.assign(
        side=admitted["side"].replace(swap),
        toward=admitted["toward"].replace(swap),
        evidence="quoted",
        position="1",
    )
    lone = admitted.assign(issue="public-health", evidence="quoted", toward="none")
    broken = {
        finding for finding in summit.findings["finding"]
        if not holds(summit, turned, finding) or not holds(summit, lone, finding)
    }  # fmt: skip
    lists = {row.finding for row in summit.findings.itertuples() if row.predicate.startswith("declares")}
    assert broken | lists == set(summit.findings["finding"])


def test_declared_findings_read_the_rankings(summit):
    rankings = summit.rankings.replace({"issue": {"public-health": "arms-trafficking"}})
    other = replace(summit, rankings=rankings)
    assert not findings.baseline(other)["declared-without-guns"]


def test_a_relation_on_these_issues_and_no_others(summit):
    counts = measures.tally(summit, study.admit(summit))
    table = measures.relations(summit).set_index("issue")["relation"]
    for relation, rows in table.groupby(table):
        known = {"side": "US", "other": "Mexico", "relation": relation}

        def only(issues, known=known):
            return bool(findings.related_nowhere_else(summit, counts, issues=issues, **known)[0])

        issues = list(rows.index)
        assert only(issues) and not only(issues[1:])
        assert not only([*issues, next(issue for issue in table.index if issue not in issues)])


def test_what_stands_first_in_a_list(summit):
    counts = measures.tally(summit, study.admit(summit))

    def first(side, speaker, *issues):
        found = findings.declares_first(summit, counts, side=side, speaker=speaker, issues=issues)
        assert found.shape == (1,)
        return bool(found[0])

    rows = summit.rankings.query("speaker == 'lopez-obrador' and side == 'Mexico'")
    leading = rows.loc[rows["bucket"] == 1, "issue"]
    assert first("Mexico", "lopez-obrador", *leading)
    assert not first("Mexico", "lopez-obrador", *leading[:-1])
    assert not first("Mexico", "lopez-obrador", *leading, "climate")
    assert not first("US", "lopez-obrador", *leading) and not first("Mexico", "gonzalez", *leading)
    order = summit.rankings.query("speaker == 'gonzalez' and side == 'US'")
    assert order["bucket"].max() > 1
    assert first("US", "gonzalez", *order.loc[order["bucket"] == 1, "issue"])
    assert not first("US", "gonzalez", *order["issue"])


def test_a_side_with_one_statement_has_a_share(summit):
    one = study.admit(summit).query("side == 'US'").head(1).assign(evidence="attributed")
    counts = measures.tally(summit, one)
    assert findings.own_words_at_most(summit, counts, side="US", share=0.5).tolist() == [True]
    assert findings.own_words_at_most(summit, counts, side="Mexico", share=0.5).tolist() == [False]


def test_a_sentence_that_does_not_hold_cannot_be_printed(summit):
    statements = summit.statements.assign(position="0")
    other = replace(summit, statements=statements)
    with pytest.raises(ValueError, match="opposed does not hold"):
        findings.sentence(other, "opposed")
    assert (
        findings.sentence(summit, "opposed")
        == (summit.findings.set_index("finding").at["opposed", "sentence"])
    )


def test_arguments():
    assert study.parse("side=US; share=0.5; issues=a b") == {
        "side": "US",
        "share": 0.5,
        "issues": ["a", "b"],
    }
    assert study.parse("") == {}
    for wrong in ("side", "side=", "side=US; side=US", "share=much"):
        with pytest.raises(ValueError):
            study.parse(wrong)


def test_predicates_name_no_side():
    source = Path(predicates.__file__).read_text(encoding="utf-8")
    assert not re.search(r"Mexico|\bUS\b|climate|guns", source)


def test_the_schema_has_the_arguments_of_each_predicate():
    described = {
        name: entry["arguments"]
        for table in ("findings", "outside")
        for name, entry in study.categories(table, "predicate").items()
    }
    assert described == {
        name: [p.name for p in inspect.signature(predicate).parameters.values() if p.kind is p.KEYWORD_ONLY]
        for name, predicate in findings.PREDICATES.items()
    }
