"""Measures between two sides, held against independent implementations."""

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import jensenshannon
from scipy.stats import kendalltau

from analysis import comparison, priorities


def with_positions(summit, us, mexico):
    """Return statements on one issue with these positions of the two sides."""
    rows = summit.statements.query("issue == 'climate' and side == 'US'").iloc[:1]
    parts = [rows.assign(side=side, position=position) for side, given in (("US", us), ("Mexico", mexico))
             for position in given]  # fmt: skip
    return pd.concat([*parts, rows.iloc[:0]]).assign(toward="none")


@pytest.mark.parametrize(
    ("us", "mexico", "expected"),
    [
        (["1"], ["1", "0"], "shared"),
        (["-1"], ["-1"], "shared"),
        (["1"], ["-1"], "opposed"),
        (["1", "-1"], ["1"], "mixed"),
        (["1"], ["mixed"], "mixed"),
        (["mixed"], [], "mixed"),
        (["1"], [], "one-sided"),
        (["1"], ["0"], "one-sided"),
        (["0"], ["0"], "unpositioned"),
        (["0"], [], "mentioned by one"),
        ([], [], "absent"),
    ],
)
def test_relations(summit, us, mexico, expected):
    relations = comparison.relations(summit, with_positions(summit, us, mexico)).set_index("issue")
    assert relations.at["climate", "relation"] == expected
    mirrored = comparison.relations(summit, with_positions(summit, mexico, us)).set_index("issue")
    assert mirrored.at["climate", "relation"] == expected


def test_an_issue_without_a_proposition_has_no_relation(summit):
    rows = with_positions(summit, ["0"], ["0"]).assign(issue="violence")
    relations = comparison.relations(summit, rows).set_index("issue")
    assert relations.at["violence", "relation"] == "no proposition"
    assert set(relations["relation"]) <= set(comparison.RELATIONS)


def test_distance_agrees_with_scipy():
    generator = np.random.default_rng(2)
    p, q = generator.integers(0, 5, (2, 50, 14)) + 0.0
    expected = [jensenshannon(a, b, base=2) for a, b in zip(p, q, strict=True)]
    assert comparison.shannon_distance(p, q) == pytest.approx(expected)


def test_distance_has_its_bounds():
    one, two = np.array([1.0, 0.0]), np.array([0.0, 3.0])
    assert comparison.shannon_distance(one, one) == 0
    assert comparison.shannon_distance(one, two) == 1
    assert np.isnan(comparison.shannon_distance(one, np.zeros(2)))


def test_rank_agreement_is_tau_b_over_the_union():
    generator = np.random.default_rng(3)
    for x, y in generator.integers(0, 4, (2, 60, 14)).swapaxes(0, 1):
        union = (x > 0) | (y > 0)
        expected = kendalltau(x[union], y[union]).statistic
        assert comparison.rank_agreement(x, y) == pytest.approx(expected, nan_ok=True)


def test_joint_absences_do_not_count():
    x, y = np.array([3, 2, 1.0]), np.array([3, 1, 2.0])
    padded = np.r_[x, np.zeros(6)], np.r_[y, np.zeros(6)]
    assert comparison.rank_agreement(x, y) == pytest.approx(1 / 3)
    assert comparison.rank_agreement(*padded) == pytest.approx(1 / 3)


def test_gaps_are_differences_of_shares(summit):
    gaps = comparison.gaps(summit)
    assert gaps["gap"].to_numpy() == pytest.approx((gaps["US"] - gaps["Mexico"]).to_numpy())
    assert gaps["gap"].is_monotonic_decreasing
    assert gaps["gap"].sum() == pytest.approx(0)


def test_relabelling_keeps_passages_whole(summit):
    rows = priorities.admit(summit)
    rows = rows[rows["side"].isin(["US", "Mexico"])]
    dealt = comparison.relabelled(rows, ("US", "Mexico"), 20, seed=4)
    passage = rows["paragraph"] + rows["side"]
    for draw in dealt:
        assert pd.Series(draw, index=rows.index).groupby(passage).nunique().eq(1).all()
    assert (dealt != dealt[0]).any()


def test_coefficients_lie_beside_their_chance(summit):
    table = comparison.coefficients(summit, draws=200)
    assert (table["low"] < table["mean"]).all() and (table["mean"] < table["high"]).all()
    assert table.equals(comparison.coefficients(summit, draws=200))
    assert not table.equals(comparison.coefficients(summit, draws=200, seed=2))
