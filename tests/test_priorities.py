"""Measures of one side."""

import numpy as np
import pytest

from analysis import priorities


def test_baseline_drops_background_and_sides_without_name(summit):
    admitted = priorities.admit(summit)
    assert "background" not in set(admitted["evidence"])
    assert set(admitted["side"]) <= set(summit.meta["sides"])
    own = priorities.admit(summit, evidence=["quoted"])
    assert set(own["evidence"]) == {"quoted"}
    no_captions = priorities.admit(summit, captions=False)
    assert not no_captions["paragraph"].str.startswith("c").any()
    assert len(no_captions) < len(admitted)


def test_tally_agrees_with_a_plain_count(summit):
    admitted = priorities.admit(summit)
    counts = priorities.tally(summit, admitted)
    assert counts.count.sum() == len(admitted)
    for row in priorities.salience(summit).itertuples():
        place = counts.sides.index(row.side), counts.issues.index(row.issue)
        assert counts.count[0][place] == row.statements
    mixed = admitted["position"].eq("mixed").sum()
    assert counts.pro.sum() == admitted["position"].eq("1").sum() + mixed
    assert counts.contra.sum() == admitted["position"].eq("-1").sum() + mixed
    assert counts.asks.sum() == len(priorities.asks(summit))
    assert counts.own.sum() == admitted["evidence"].isin(priorities.OWN_WORDS).sum()


def test_weights_count(summit):
    admitted = priorities.admit(summit)
    weights = np.vstack([np.zeros(len(admitted)), np.full(len(admitted), 2.0)])
    counts = priorities.tally(summit, admitted, weights)
    assert counts.count[0].sum() == 0
    assert counts.count[1].sum() == 2 * len(admitted)


def test_shares_sum_to_one_or_nothing():
    found = priorities.shares(np.array([[1.0, 3.0], [0.0, 0.0]]))
    assert found.tolist() == [[0.25, 0.75], [0.0, 0.0]]


def test_shares_of_a_side_sum_to_one(summit):
    total = priorities.salience(summit).groupby("side")["share"].sum()
    assert total.to_numpy() == pytest.approx(1)


def test_positions_add_up_to_the_statements(summit):
    positions = priorities.positions(summit).set_index(["issue", "side"])
    salience = priorities.salience(summit).set_index(["issue", "side"])
    assert (positions.sum(axis=1) == salience["statements"]).all()


def test_asks_are_directed_at_another_side(summit):
    asks = priorities.asks(summit)
    assert (asks["side"] != asks["toward"]).all()
    assert asks["side"].tolist() == sorted(asks["side"], key=list(summit.meta["sides"]).index)


def test_voices_count_every_admitted_statement(summit):
    voices = priorities.voices(summit)
    assert voices["statements"].sum() == len(priorities.admit(summit))
    assert voices["own words"].between(0, 1).all()


def test_declared_buckets(summit):
    declared = priorities.declared(summit)
    assert declared["issues"].map(len).sum() == len(summit.rankings)
    assert "climate" in priorities.declared_as(summit, "US")
    assert priorities.declared_as(summit, "Mexico", emphasis="low") == ["climate"]
