"""Measures between two sides, held against independent implementations."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import measures, study


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
    relations = measures.relations(summit, with_positions(summit, us, mexico)).set_index("issue")
    assert relations.at["climate", "relation"] == expected
    mirrored = measures.relations(summit, with_positions(summit, mexico, us)).set_index("issue")
    assert mirrored.at["climate", "relation"] == expected


def test_an_issue_without_a_proposition_has_no_relation(summit):
    rows = with_positions(summit, ["0"], ["0"]).assign(issue="violence")
    relations = measures.relations(summit, rows).set_index("issue")
    assert relations.at["violence", "relation"] == "no proposition"
    assert set(relations["relation"]) <= set(study.RELATIONS)


def test_distance_has_its_bounds():
    one, two = np.array([1.0, 0.0]), np.array([0.0, 3.0])
    assert measures.shannon_distance(one, one) == 0
    assert measures.shannon_distance(one, two) == 1
    assert np.isnan(measures.shannon_distance(one, np.zeros(2)))


def test_joint_absences_do_not_count():
    x, y = np.array([3, 2, 1.0]), np.array([3, 1, 2.0])
    padded = np.r_[x, np.zeros(6)], np.r_[y, np.zeros(6)]
    assert measures.rank_agreement(x, y) == pytest.approx(1 / 3)
    assert measures.rank_agreement(*padded) == pytest.approx(1 / 3)


def test_gaps_are_differences_of_shares(summit):
    gaps = measures.gaps(summit)
    assert gaps["gap"].to_numpy() == pytest.approx((gaps["US"] - gaps["Mexico"]).to_numpy())
    assert gaps["gap"].is_monotonic_decreasing
    assert gaps["gap"].sum() == pytest.approx(0)


def test_relabelling_keeps_passages_whole(summit):
    rows = study.admit(summit)
    rows = rows[rows["side"].isin(["US", "Mexico"])]
    dealt = measures.relabelled(rows, ("US", "Mexico"), 20, seed=4)
    passage = rows["paragraph"] + rows["side"]
    for draw in dealt:
        assert pd.Series(draw, index=rows.index).groupby(passage).nunique().eq(1).all()
    assert (dealt != dealt[0]).any()


def test_coefficients_lie_beside_their_chance(summit):
    table = measures.coefficients(summit, draws=200)
    assert (table["low"] < table["mean"]).all() and (table["mean"] < table["high"]).all()
    assert table.equals(measures.coefficients(summit, draws=200))
    assert not table.equals(measures.coefficients(summit, draws=200, seed=2))


# Ten of the vectors that Corsi and Urbano publish with their paper (MIT licence): two rankings with
# ties in brackets, p, and the extrapolated overlap with ties as equality.
VECTORS = [
    ("(i5 i9 i13 i15 i16 i19 i20) (i3 i8)", "i6 (i4 i18) i2 i7 i8 i17 i14 (i11 i12) i1",
     0.958074765324023, 0.0816485573277354),
    ("i13 (i1 i4 i5 i6)", "i3 i14 i11 (i10 i15) i12 (i6 i9) i4 i2",
     0.92238320668128, 0.117578490431637),
    ("i11 (i8 i21) (i2 i18) (i6 i16 i20) (i4 i10)", "i8 (i9 i20 i21) (i2 i3) i13 i1 i11 i14 i19",
     0.93912403977192, 0.482369482292872),
    ("i13 i4 (i1 i2 i5 i6)", "i11 i14 i1 (i5 i6) (i3 i12) i8",
     0.936646766367491, 0.419724384588563),
    ("(i4 i7 i15) (i2 i11) i8 i18", "i4 i8 i17 i11 (i2 i3 i5 i7 i9 i13 i14)",
     0.955836875418683, 0.601671359995661),
    ("(i3 i6) (i2 i7) i10", "(i3 i6 i7 i10) (i1 i2)",
     0.965413635276732, 0.946064537517568),
    ("i1 (i15 i16) i10 i12 i2 i14", "i16 (i1 i10 i11 i15) i2 (i4 i5 i6)",
     0.988786023528663, 0.691527178549045),
    ("i14 (i5 i12 i16) (i1 i17) (i3 i11) i8", "i12 i3 i17 i9 i8 i4 i15 (i13 i14)",
     0.942991097099648, 0.456106059590995),
    ("(i1 i9 i15 i17) i13 i4 i3 i2", "(i1 i17) i15 i9 i13 i4 (i2 i3) i14",
     0.959906916802432, 0.966438584453973),
    ("i21 i20 (i1 i16 i19) (i5 i10) i4", "(i12 i17) (i2 i3 i8 i11) (i15 i18) (i6 i13) (i7 i14) i9",
     0.930074017489188, 0),
]  # fmt: skip


def scores(ranking, items):
    """Return scores that put the items in the order of a ranking; 0 for those it does not have."""
    groups = [group.strip("()").split() for group in re.findall(r"\([^)]*\)|\w+", ranking)]
    place = {item: len(groups) - k for k, group in enumerate(groups) for item in group}
    return np.array([place.get(item, 0) for item in items])


@pytest.mark.parametrize(("one", "other", "p", "overlap"), VECTORS)
def test_rank_overlap_agrees_with_published_vectors(one, other, p, overlap):
    items = sorted(set(re.findall(r"\w+", f"{one} {other}")))
    x, y = scores(one, items), scores(other, items)
    assert measures.rank_overlap(x, y, p) == pytest.approx(overlap)
    assert measures.rank_overlap(y, x, p) == pytest.approx(overlap)


def test_rank_overlap_of_many_is_that_of_each():
    generator = np.random.default_rng(5)
    x, y = generator.integers(0, 4, (2, 30, 9))
    each = [float(measures.rank_overlap(a, b)) for a, b in zip(x, y, strict=True)]
    assert measures.rank_overlap(x, y) == pytest.approx(each, nan_ok=True)
    assert np.isnan(measures.rank_overlap(np.zeros(3), np.ones(3)))
    assert measures.rank_overlap(x[0] + 1, x[0] + 1) == pytest.approx(1)


@pytest.mark.parametrize(
    ("positions", "expected"),
    [(["1"], "for"), (["-1"], "against"), (["1", "-1"], "both"), (["0"], "open"), ([], "not reported")],
)
def test_answers_are_the_signs_of_the_asked_side(summit, positions, expected):
    ask = summit.statements.query("side == 'US'").iloc[:1]
    ask = ask.assign(issue="climate", form="demand", toward="Mexico", position="1", statement="x1")
    said = [
        ask.assign(side="Mexico", toward="none", form="support", position=sign, statement="x2")
        for sign in positions
    ]
    rows = pd.concat([ask, *said], ignore_index=True)
    table = measures.answers(summit, rows)
    assert table.columns.tolist() == ["statement", "side", "toward", "issue", "gist", "answer"]
    assert table[["statement", "side", "toward", "issue", "answer"]].to_numpy().tolist() == [
        ["x1", "US", "Mexico", "climate", expected]
    ]
    assert len(measures.answers(summit)) == len(measures.asks(summit))


def test_declared_order_counts_pairs_of_different_buckets(summit):
    rankings = pd.DataFrame(
        {"ranking": "r", "side": "US", "speaker": "biden", "bucket": [1, 1, 2, 3],
         "issue": ["climate", "violence", "tree-planting", "migration-enforcement"]}
    )  # fmt: skip
    other = replace(summit, rankings=rankings)
    row = summit.statements.iloc[:1].assign(side="US")
    number = {"climate": 2, "violence": 1, "tree-planting": 1, "migration-enforcement": 3}
    rows = pd.concat([row.assign(issue=issue) for issue, times in number.items() for _ in range(times)])
    rows = pd.concat([rows, row.assign(issue="violence", side="Mexico")])
    # Ahead of the third: climate (2 to 1), violence level; of the fourth, none of the three.
    assert measures.declared_order(other, rows).to_numpy().tolist() == [["r", "US", "biden", 5, 1, 1, 3]]


def test_gaps_take_the_statements_they_are_given(summit):
    rows = study.admit(summit, evidence=["attributed"])
    gaps = measures.gaps(summit, rows)
    assert gaps.columns.tolist() == ["issue", "US", "Mexico", "gap"]
    for row in gaps.itertuples():
        for side in ("US", "Mexico"):
            mine = rows[rows["side"] == side]["issue"]
            assert getattr(row, side) == pytest.approx((mine == row.issue).mean())
    assert set(gaps["issue"]) == set(rows[rows["side"].isin(["US", "Mexico"])]["issue"])
    order = summit.issues["issue"].tolist().index
    for gap, part in gaps.groupby("gap"):
        assert part["issue"].tolist() == sorted(part["issue"], key=order), gap
