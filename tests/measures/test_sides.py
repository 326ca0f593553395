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


def test_shares_sum_to_one_or_nothing():
    found = measures.shares(np.array([[1.0, 3.0], [0.0, 0.0]]))
    assert found.tolist() == [[0.25, 0.75], [0.0, 0.0]]


def test_asks_are_directed_at_another_side(summit):
    asks = measures.asks(summit)
    assert (asks["side"] != asks["toward"]).all()
    assert asks["side"].tolist() == sorted(asks["side"], key=list(summit.meta["sides"]).index)


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


def test_whose_word_counts_every_statement_that_names_an_issue(summit):
    rows = study.admit(summit)
    rows = rows[~rows["form"].isin(["declined", "silence"])]
    voices = measures.voices(summit)
    assert voices["statements"].sum() == len(rows)
    for side in summit.meta["compare"]:
        mine = rows[rows["side"] == side]["evidence"]
        assert voices.loc[side, ["own", "act", "reporter", "observer"]].tolist() == [
            mine.isin(["own", "quoted", "reported"]).sum(),
            (mine == "act").sum(),
            (mine == "attributed").sum(),
            (mine == "analyst").sum(),
        ]
        assert voices.loc[side, "others"] == pytest.approx(mine.isin(["attributed", "analyst"]).mean())
    nobody = measures.voices(summit, rows.iloc[:0])
    assert nobody["statements"].sum() == 0 and nobody["others"].isna().all()


def test_what_keeps_an_issue_off_the_table_is_nobodys_voice(summit):
    rows = study.admit(summit)
    silent = rows.assign(form="declined")
    assert measures.voices(summit, silent)["statements"].sum() == 0


def test_an_ask_has_a_sign_and_another_side(summit):
    row = (
        study.admit(summit)
        .query("side == 'US'")
        .iloc[:1]
        .assign(form="demand", position="1", toward="Mexico")
    )
    assert len(measures.asks(summit, row)) == 1
    for spoiled in (
        {"form": "offer"},
        {"position": "0"},
        {"position": "mixed"},
        {"toward": "none"},
        {"toward": "US"},
    ):
        assert measures.asks(summit, row.assign(**spoiled)).empty


def test_asks_stand_in_the_order_of_the_sides_and_of_the_text(summit):
    rows = study.admit(summit)
    third = rows[rows["form"] == "demand"].iloc[:1].assign(side="US", toward="Canada", statement="x1")
    asks = measures.asks(summit, pd.concat([third, rows], ignore_index=True))
    sides, text = list(summit.meta["sides"]), ["x1", *rows["statement"]]
    keys = [
        (sides.index(row.side), sides.index(row.toward), text.index(row.statement))
        for row in asks.itertuples()
    ]
    assert keys == sorted(keys) and "x1" in set(asks["statement"])
