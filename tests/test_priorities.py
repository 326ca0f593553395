"""Measures of one side."""

import numpy as np
import pandas as pd
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


def test_names_of_everything(summit):
    labels = priorities.labels(summit)
    assert labels["none"] == "no one"
    for name, table in {**summit.meta["sides"], **summit.meta["themes"]}.items():
        assert labels[name] == table["label"]
    for frame, column in ((summit.issues, "issue"), (summit.actors, "actor")):
        assert [labels[name] for name in frame[column]] == frame["label"].tolist()
    assert len(labels) == 1 + sum(
        map(len, (summit.meta["sides"], summit.meta["themes"], summit.issues, summit.actors))
    )
    shorts = priorities.shorts(summit)
    assert [shorts[name] for name in summit.actors["actor"]] == summit.actors["short"].tolist()


def test_each_table_takes_the_statements_it_is_given(summit):
    rows = priorities.admit(summit, summit.codings["first"], evidence=["attributed", "quoted"])
    assert rows["statement"].isin(summit.codings["first"]["statement"]).all()
    assert rows.index.tolist() == list(range(len(rows))) and "index" not in rows
    salience = priorities.salience(summit, rows)
    assert salience["statements"].sum() == len(rows) < len(priorities.admit(summit))
    for row in salience.itertuples():
        mine = rows[(rows["side"] == row.side) & (rows["issue"] == row.issue)]
        assert (row.statements, row.first) == (len(mine), mine["paragraph"].iloc[0])
    positions = priorities.positions(summit, rows)
    names = {"1": "for", "-1": "against", "mixed": "mixed", "0": "neither"}
    assert positions.columns.tolist() == ["issue", "side", *names.values()]
    for row in positions.to_dict("records"):
        mine = rows[(rows["side"] == row["side"]) & (rows["issue"] == row["issue"])]["position"]
        assert {name: row[name] for name in names.values()} == {
            name: (mine == code).sum() for code, name in names.items()
        }
    issues, sides = summit.issues["issue"].tolist(), list(summit.meta["sides"])
    for table in (salience, positions):
        keys = [(issues.index(a), sides.index(b)) for a, b in zip(table["issue"], table["side"], strict=True)]
        assert keys == sorted(keys) and table.index.tolist() == list(range(len(table)))
    asks = priorities.asks(summit, rows)
    assert set(asks["statement"]) == set(
        rows[rows["form"].isin(["demand", "proposal"]) & (rows["toward"] != "none")]["statement"]
    )
    assert asks.index.tolist() == list(range(len(asks))) and "gist" in asks
    voices = priorities.voices(summit, rows[rows["side"] != "Canada"])
    assert voices.index.tolist() == sides and voices.columns.tolist() == [
        *summit.meta["baseline"]["evidence"], "statements", "own words",
    ]  # fmt: skip
    assert voices.loc["Canada", "statements"] == 0 and np.isnan(voices.loc["Canada", "own words"])
    for side in ("US", "Mexico"):
        mine = rows[rows["side"] == side]["evidence"]
        assert voices.loc[side, "own words"] == (mine == "quoted").mean()
        assert voices.loc[side, ["quoted", "attributed", "act"]].tolist() == [
            (mine == code).sum() for code in ("quoted", "attributed", "act")
        ]


def test_asks_stand_in_the_order_of_the_sides_and_of_the_text(summit):
    rows = priorities.admit(summit)
    third = rows[rows["form"] == "demand"].iloc[:1].assign(side="US", toward="Canada", statement="x1")
    asks = priorities.asks(summit, pd.concat([third, rows], ignore_index=True))
    sides = list(summit.meta["sides"])
    text = ["x1", *rows["statement"]]
    keys = [
        (sides.index(row.side), sides.index(row.toward), text.index(row.statement))
        for row in asks.itertuples()
    ]
    assert keys == sorted(keys) and "x1" in set(asks["statement"])


def test_declared_lists_keep_the_order_of_the_file(summit):
    declared = priorities.declared(summit)
    assert declared["ranking"].unique().tolist() == summit.rankings["ranking"].unique().tolist()
    assert [name for names in declared["named"] for name in names] == summit.rankings["named"].tolist()
    assert declared["named"].map(len).tolist() == declared["issues"].map(len).tolist()
    every = priorities.declared_as(summit, "US", first=False)
    assert set(priorities.declared_as(summit, "US")) < set(every)
    assert every == [issue for issue in summit.issues["issue"] if issue in every]


def test_kinds_keep_declared_emphasised_and_acted_on_apart(summit):
    rows = priorities.admit(summit)
    for side in ("US", "Mexico"):
        table = priorities.kinds(summit, side, rows)
        said = summit.rankings[summit.rankings["side"] == side]
        mine = rows[rows["side"] == side]
        assert set(table["issue"]) == set(said["issue"]) | set(mine["issue"])
        assert table["emphasised"].sum() == len(mine)
        assert table["acted on"].sum() == (mine["evidence"] == "act").sum()
        for row in table.itertuples():
            assert row.emphasised == (mine["issue"] == row.issue).sum()
            assert row.declared.count("“") == (said["issue"] == row.issue).sum()
        assert table.index.tolist() == list(range(len(table)))
        assert priorities.kinds(summit, side).equals(table)
    assert priorities.kinds(summit, "US", rows.iloc[:0])["emphasised"].sum() == 0
