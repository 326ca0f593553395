"""Measures of one side."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import measures, study


def test_baseline_drops_background_and_sides_without_name(summit):
    admitted = study.admit(summit)
    assert "background" not in set(admitted["evidence"])
    assert set(admitted["side"]) <= set(summit.meta["sides"])
    own = study.admit(summit, evidence=["quoted"])
    assert set(own["evidence"]) == {"quoted"}
    no_captions = study.admit(summit, captions=False)
    assert not no_captions["paragraph"].str.startswith("c").any()
    assert len(no_captions) < len(admitted)


def test_tally_agrees_with_a_plain_count(summit):
    admitted = study.admit(summit)
    counts = measures.tally(summit, admitted)
    assert counts.count.sum() == len(admitted)
    for row in measures.salience(summit).itertuples():
        place = counts.sides.index(row.side), counts.issues.index(row.issue)
        assert counts.count[0][place] == row.statements
    mixed = admitted["position"].eq("mixed").sum()
    assert counts.pro.sum() == admitted["position"].eq("1").sum() + mixed
    assert counts.contra.sum() == admitted["position"].eq("-1").sum() + mixed
    assert counts.asks.sum() == len(measures.asks(summit))
    assert counts.own.sum() == admitted["evidence"].isin(study.OWN_WORDS).sum()


def test_weights_count(summit):
    admitted = study.admit(summit)
    weights = np.vstack([np.zeros(len(admitted)), np.full(len(admitted), 2.0)])
    counts = measures.tally(summit, admitted, weights)
    assert counts.count[0].sum() == 0
    assert counts.count[1].sum() == 2 * len(admitted)


def test_shares_sum_to_one_or_nothing():
    found = measures.shares(np.array([[1.0, 3.0], [0.0, 0.0]]))
    assert found.tolist() == [[0.25, 0.75], [0.0, 0.0]]


def test_shares_of_a_side_sum_to_one(summit):
    total = measures.salience(summit).groupby("side")["share"].sum()
    assert total.to_numpy() == pytest.approx(1)


def test_positions_add_up_to_the_statements(summit):
    positions = measures.positions(summit).set_index(["issue", "side"])
    salience = measures.salience(summit).set_index(["issue", "side"])
    assert (positions.sum(axis=1) == salience["statements"]).all()


def test_asks_are_directed_at_another_side(summit):
    asks = measures.asks(summit)
    assert (asks["side"] != asks["toward"]).all()
    assert asks["side"].tolist() == sorted(asks["side"], key=list(summit.meta["sides"]).index)


def test_voices_count_every_admitted_statement(summit):
    voices = measures.voices(summit)
    assert voices["statements"].sum() == len(study.admit(summit))
    assert voices["own words"].between(0, 1).all()


def test_declared_buckets(summit):
    declared = measures.declared(summit)
    assert declared["issues"].map(len).sum() == len(summit.rankings)
    assert "climate" in measures.declared_as(summit, "US")
    assert measures.declared_as(summit, "Mexico", emphasis="low") == ["climate"]


def test_names_of_everything(summit):
    labels = study.labels(summit)
    assert labels.sides == {"none": "no one"} | {
        side: entry["label"] for side, entry in summit.meta["sides"].items()
    }
    assert labels.themes == {theme: entry["label"] for theme, entry in summit.meta["themes"].items()}
    for names, frame, column in (
        (labels.issues, summit.issues, "label"),
        (labels.actors, summit.actors, "label"),
        (labels.short, summit.actors, "short"),
    ):
        assert list(names.values()) == frame[column].tolist()
        assert list(names) == frame[frame.columns[0]].tolist()


def test_an_issue_and_a_theme_of_one_id_keep_their_labels(summit):
    theme = summit.issues["theme"].iloc[0]
    issues = summit.issues.assign(issue=[theme, *summit.issues["issue"][1:]])
    labels = study.labels(replace(summit, issues=issues))
    assert labels.issues[theme] == summit.issues["label"].iloc[0]
    assert labels.themes[theme] == summit.meta["themes"][theme]["label"]


def test_each_table_takes_the_statements_it_is_given(summit):
    rows = study.admit(summit, summit.codings["first"], evidence=["attributed", "quoted"])
    assert rows["statement"].isin(summit.codings["first"]["statement"]).all()
    assert rows.index.tolist() == list(range(len(rows))) and "index" not in rows
    salience = measures.salience(summit, rows)
    assert salience["statements"].sum() == len(rows) < len(study.admit(summit))
    for row in salience.itertuples():
        mine = rows[(rows["side"] == row.side) & (rows["issue"] == row.issue)]
        assert (row.statements, row.first) == (len(mine), mine["paragraph"].iloc[0])
    positions = measures.positions(summit, rows)
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
    asks = measures.asks(summit, rows)
    assert set(asks["statement"]) == set(
        rows[rows["form"].isin(["demand", "proposal"]) & (rows["toward"] != "none")]["statement"]
    )
    assert asks.index.tolist() == list(range(len(asks))) and "gist" in asks
    voices = measures.voices(summit, rows[rows["side"] != "Canada"])
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
    rows = study.admit(summit)
    third = rows[rows["form"] == "demand"].iloc[:1].assign(side="US", toward="Canada", statement="x1")
    asks = measures.asks(summit, pd.concat([third, rows], ignore_index=True))
    sides = list(summit.meta["sides"])
    text = ["x1", *rows["statement"]]
    keys = [
        (sides.index(row.side), sides.index(row.toward), text.index(row.statement))
        for row in asks.itertuples()
    ]
    assert keys == sorted(keys) and "x1" in set(asks["statement"])


def test_declared_lists_keep_the_order_of_the_file(summit):
    declared = measures.declared(summit)
    assert declared["ranking"].unique().tolist() == summit.rankings["ranking"].unique().tolist()
    assert [name for names in declared["named"] for name in names] == summit.rankings["named"].tolist()
    assert declared["named"].map(len).tolist() == declared["issues"].map(len).tolist()
    every = measures.declared_as(summit, "US", first=False)
    assert set(measures.declared_as(summit, "US")) < set(every)
    assert every == [issue for issue in summit.issues["issue"] if issue in every]


def test_kinds_keep_declared_emphasised_and_acted_on_apart(summit):
    rows = study.admit(summit)
    for side in ("US", "Mexico"):
        table = measures.kinds_of_priority(summit, side, rows)
        said = summit.rankings[summit.rankings["side"] == side]
        mine = rows[rows["side"] == side]
        assert set(table["issue"]) == set(said["issue"]) | set(mine["issue"])
        assert table["emphasised"].sum() == len(mine)
        assert table["acted on"].sum() == (mine["evidence"] == "act").sum()
        for row in table.itertuples():
            assert row.emphasised == (mine["issue"] == row.issue).sum()
            assert row.declared.count("“") == (said["issue"] == row.issue).sum()
        assert table.index.tolist() == list(range(len(table)))
        assert measures.kinds_of_priority(summit, side).equals(table)
    assert measures.kinds_of_priority(summit, "US", rows.iloc[:0])["emphasised"].sum() == 0
