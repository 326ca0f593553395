"""What the layers give, counted again in plain Python from the CSV files."""

import csv
import tomllib
from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import measures, study

SIDES = ("US", "Mexico")


@pytest.fixture(scope="module")
def plain():
    """Return the admitted statements, read without the package: one dict per statement, with its layer."""
    folder = study.find()

    def rows(name):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    meta = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))
    documents = {row["document"]: row for row in rows("documents.csv")}
    where = {row["paragraph"]: row["document"] for row in rows("paragraphs.csv")}
    actors = {row["actor"]: row["side"] for row in rows("actors.csv")}
    found = []
    for row in rows(f"codings/{meta['coding']}.csv"):
        document = documents[where[row["paragraph"]]]
        counted = document["layer"] in ("reported", "declared", "adopted")
        counted &= document["layer"] != "declared" or document["side"] == row["side"]
        counted &= row["side"] in meta["sides"] and row["evidence"] in meta["baseline"]["evidence"]
        if counted:
            toward = actors.get(row["addressee"], row["addressee"])
            early = document["public"][:10] < "2021-11-18"
            found.append(row | {"layer": document["layer"], "toward": toward, "early": early})
    return found


def asks(plain, side, layer, kind=("demand", "proposal"), early=False):
    return {
        (row["toward"], row["issue"], row["position"])
        for row in plain
        if row["side"] == side and row["layer"] == layer and row["form"] in kind
        and row["position"] in ("1", "-1") and row["toward"] not in ("none", side)
        and (row["early"] or not early)
    }  # fmt: skip


def matches(mine, others):
    """Return how many asks have a partner: the same issue and sign, and no other addressee."""
    return sum(
        any(issue == i and sign == s and (toward == t or "three" in (toward, t)) for t, i, s in others)
        for toward, issue, sign in mine
    )


def test_named(summit, plain):
    for row in measures.named(summit).itertuples():
        for layer in ("reported", "declared", "adopted"):
            own = [row.side, "three"] if layer == "adopted" else [row.side]
            expected = sum(
                r["issue"] == row.issue and r["side"] in own and r["layer"] == layer
                and r["form"] not in ("declined", "silence")
                for r in plain
            )  # fmt: skip
            assert getattr(row, layer) == expected, (row, layer)
        together = sum(
            r["issue"] == row.issue and r["side"] == "three" and r["layer"] == "adopted"
            and r["form"] not in ("declined", "silence")
            for r in plain
        )  # fmt: skip
        assert row.together == together
        declined = sum(
            r["issue"] == row.issue and r["side"] == row.side and r["layer"] == "declared"
            and r["form"] == "declined"
            for r in plain
        )  # fmt: skip
        assert row.declined == declined
        heads = summit.headings["paragraph"].str.match("joint-statement|fact-sheet.t")
        assert row.headings == (summit.headings.loc[heads, "issue"] == row.issue).sum()


@pytest.mark.parametrize(
    ("kind", "forms"), [("asks", ("demand", "proposal")), ("objections", ("concern", "resistance"))]
)
@pytest.mark.parametrize("early", [True, False])
def test_recall_and_precision(summit, plain, kind, forms, early):
    label = "public before the article" if early else "all of the window"
    table = measures.recall_table(summit, draws=20)
    table = table[(table["kind"] == kind) & (table["texts"] == label)].set_index(["side", "measure"])
    for side in SIDES:
        reported = asks(plain, side, "reported", forms)
        declared = asks(plain, side, "declared", forms, early)
        for measure, mine, others in (("recall", declared, reported), ("precision", reported, declared)):
            row = table.loc[(side, measure)]
            assert (row["part"], row["of"]) == (matches(mine, others), len(mine))
            if mine:
                assert row["share"] == pytest.approx(matches(mine, others) / len(mine))
            else:
                assert np.isnan(row["share"])


def test_asked_lists_each_ask_once(summit, plain):
    table = measures.asked(summit)
    assert not table.duplicated(["side", "toward", "issue", "sign"]).any()
    for side in SIDES:
        mine = table[table["side"] == side]
        for layer in ("reported", "declared"):
            said = mine[mine[layer] > 0]
            found = set(zip(said["toward"], said["issue"], said["sign"], strict=True))
            assert found == asks(plain, side, layer)
            assert said["matched"].sum() == matches(
                found, asks(plain, side, "declared" if layer == "reported" else "reported")
            )


def test_emphasis(summit, plain):
    table = measures.emphasis(summit)
    assert table["gap"].to_numpy() == pytest.approx(
        (table["share reported"] - table["share declared"]).to_numpy()
    )
    for side in SIDES:
        mine = table[table["side"] == side]
        assert mine["gap"].abs().is_monotonic_decreasing
        for layer in ("reported", "declared"):
            whole = [r for r in plain if r["side"] == side and r["layer"] == layer
                     and r["form"] not in ("declined", "silence")]  # fmt: skip
            number = Counter(r["issue"] for r in whole)
            assert mine[layer].sum() == len(whole)
            assert mine[f"share {layer}"].tolist() == pytest.approx(
                [number[i] / len(whole) for i in mine["issue"]]
            )


def three_asks(summit):
    """Return a study in which a side asks for three things itself, two of them reported."""
    row = study.admit(summit).query("side == 'US'").iloc[:1]
    row = row.assign(form="demand", position="1", toward="Mexico", document="article")
    own = row.assign(layer="declared", document="us-call", evidence="own")
    issues = ["climate", "drug-trafficking", "public-health"]
    parts = [own.assign(issue=issue) for issue in issues] + [row.assign(issue=issue) for issue in issues[:2]]
    return pd.concat([*parts, own.assign(issue="climate")], ignore_index=True)


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [("toward", "Mexico", 2), ("toward", "three", 2), ("toward", "Canada", 0), ("position", "-1", 0)],
)
def test_an_ask_is_matched_by_no_other_addressee(summit, column, value, found):
    rows = three_asks(summit)
    rows.loc[rows["layer"] == "reported", column] = value
    counts = measures.count(summit, rows)
    told = measures.recall(counts, "US")
    assert [int(told[key][0]) for key in ("declared", "found", "reported", "own")] == [3, found, 2, found]
    without = measures.recall(counts, "US", without=["climate", "public-health"])
    assert [int(without[key][0]) for key in ("declared", "reported")] == [1, 1]


def test_early_texts_are_those_public_before_the_day_of_the_article(summit):
    rows = three_asks(summit)
    counts = measures.count(summit, rows)
    assert measures.recall(counts, "US", texts=measures.EARLY)["declared"][0] == 0
    earlier = measures.count(summit, rows.assign(document=rows["document"].replace("us-call", "us-psaki-12")))
    assert measures.recall(earlier, "US", texts=measures.EARLY)["declared"][0] == 3
    listed = summit.documents.set_index("document")["public"]
    early = measures.public_early(summit)
    assert early and all(listed[name] < "2021-11-18" for name in early)
    assert not [name for name in listed.index.difference(early) if listed[name] < "2021-11-18"]


def test_an_own_text_speaks_for_its_side_alone(summit):
    foreign = summit.statements["paragraph"].str.startswith("mx-") & (summit.statements["side"] == "US")
    assert foreign.any()
    without = replace(summit, statements=summit.statements[~foreign])
    assert measures.named(without).equals(measures.named(summit))


def test_weights_multiply_counts(summit):
    rows = study.admit(summit, layers=study.LAYERS)
    given = measures.codes(summit, rows)
    weight = np.vstack([np.zeros(len(rows)), np.ones(len(rows)), np.full(len(rows), 2.0)])
    counts = measures.tally(summit, given._replace(weight=weight))
    once = measures.tally(summit, given)
    for name, values in counts._asdict().items():
        if isinstance(values, np.ndarray):
            assert not values[0].any()
            assert (values[1] == getattr(once, name)[0]).all() and (values[2] == 2 * values[1]).all()


def test_intervals_are_seeded_and_hold_the_share(summit):
    table = measures.recall_table(summit, draws=100)
    assert table.equals(measures.recall_table(summit, draws=100))
    few = [measures.recall_table(summit, draws=3, seed=seed) for seed in range(5)]
    assert any(not few[0].equals(other) for other in few[1:])
    known = table.dropna()
    assert (known["low"] <= known["share"] + 1e-9).all() and known["high"].between(0, 1).all()


def test_equal_length_thins_the_longer_side_alone(summit):
    table = measures.equal_length(summit, draws=60)
    whole = measures.recall_table(summit, draws=5)
    whole = whole[whole["kind"] == "asks"].set_index(["texts", "side", "measure"])["share"]
    for row in table.itertuples():
        assert row.kept <= row.words
        if row.kept == row.words:
            expected = whole[row.texts, row.side, row.measure]
            assert row.share == pytest.approx(expected, nan_ok=True)
    assert (table["kept"] < table["words"]).any()
    words = summit.paragraphs[summit.paragraphs["kind"].isin(study.CODED)].groupby("document")["words"].sum()
    own = summit.documents.query("layer == 'declared'").groupby("side")["document"].agg(list)
    last = table[table["texts"] == "all of the window"].set_index("side")["words"]
    for side in SIDES:
        assert set(last[side]) == {words[own[side]].sum()}


def test_a_study_of_one_article_has_one_layer():
    made = study.load("dos-orillas")
    table = measures.named(made)
    assert table["reported"].sum() > 0 and not table[["declared", "adopted", "declined"]].to_numpy().any()
    assert measures.recall_table(made, draws=5).query("measure == 'recall'")["of"].sum() == 0
    assert measures.equal_length(made, draws=5)["words"].sum() == 0


def test_ranges_hold_the_values_of_the_coding(summit):
    voices, told = measures.voices(summit), measures.voice_ranges(summit, draws=100).set_index("side")
    for side in SIDES:
        assert told.loc[side, "share"] == pytest.approx(voices.loc[side, "others"])
        assert told.loc[side, "of"] == voices.loc[side, "statements"]
        assert 0 <= told.loc[side, "low"] < told.loc[side, "share"] < told.loc[side, "high"] <= 1
    gaps = measures.emphasis_ranges(summit, draws=100)
    assert gaps.drop(columns=["low", "high"]).equals(measures.emphasis(summit))
    inside = (gaps["low"] - 1e-9 <= gaps["gap"]) & (gaps["gap"] <= gaps["high"] + 1e-9)
    assert inside.mean() > 0.9 and (gaps["low"] < gaps["high"]).all()
    assert gaps.equals(measures.emphasis_ranges(summit, draws=100))
