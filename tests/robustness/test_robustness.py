"""Resampling and rules, on data where the truth is known."""

import itertools
import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import findings, measures, report, robustness, study
from analysis.robustness import permutations, specifications


@pytest.fixture(scope="module")
def universe(summit):
    return robustness.multiverse(summit)


def test_every_combination_of_rules_once(universe, summit):
    expected = len(summit.codings)
    for fork in robustness.FORKS:
        expected *= len(robustness.options(fork))
    assert len(universe) == expected >= 2000
    assert not universe[["coder", *robustness.FORKS]].duplicated().any()


def test_the_baseline_specification_is_the_baseline(universe, summit):
    rows = universe[robustness.is_baseline(universe, summit.meta["coding"])]
    assert len(rows) == 1
    assert rows.iloc[0][list(summit.findings["finding"])].astype(bool).all()


def test_no_rule_is_idle(universe, summit):
    """Each option changes some finding in some specification, or is known to change none here."""
    names = list(summit.findings["finding"])
    idle = set()
    for fork in robustness.FORKS:
        rest = ["coder", *(other for other in robustness.FORKS if other != fork)]
        base = universe[universe[fork] == robustness.FORKS[fork][0]].set_index(rest)[names]
        for option in robustness.options(fork)[1:]:
            other = universe[universe[fork] == option].set_index(rest)[names]
            if base.sort_index().equals(other.sort_index()):
                idle.add(f"{fork}: {option}")
    assert idle <= {"mixed: no sign"}


def test_the_rules_do_what_they_say(summit):
    rows = specifications.every_statement(summit, summit.statements)
    base = {fork: robustness.FORKS[fork][0] for fork in robustness.FORKS}

    def weights(**changed):
        return specifications.rule_weights(
            summit, rows, pd.DataFrame([{**base, **changed}]), np.arange(len(rows))
        )[0]

    plain = weights()
    assert set(plain) == {0, 1}
    assert plain.sum() == len(study.admit(summit))
    caption = rows["paragraph"].str.startswith("c").to_numpy()
    assert weights(captions="out")[caption].sum() == 0
    assert (weights(captions="twice, as on the raw page")[caption] == 2 * plain[caption]).all()
    joint = (rows["joint"] != "").to_numpy()
    assert (weights(joint="split")[joint] == 0.5).all() and weights(joint="dropped")[joint].sum() == 0
    once = pd.Series(weights(counting="once an article"), index=rows.index)
    assert once.groupby([rows["side"], rows["issue"]]).sum().max() == pytest.approx(1)
    own = weights(evidence="own words")
    assert set(rows.loc[own > 0, "evidence"]) == {"quoted", "reported"}
    early = weights(weight="early passages more")
    assert early[plain > 0].min() > 0 and early[plain > 0].max() < 1


def test_kinds_add_up_their_statements_under_every_rule(summit):
    """Together, as the multiverse has them, rules give what each gives alone, statement by statement."""
    rows = specifications.every_statement(summit, summit.statements)
    forks = list(robustness.FORKS)
    every = list(itertools.product(*map(robustness.options, forks)))
    rules = pd.DataFrame(random.Random(1).sample(every, 200), columns=forks)
    kind, kinds = specifications.sort_kinds(rows)
    together = specifications.rule_weights(summit, rows, rules, kind)
    assert together.shape == (200, len(kinds)) and len(kinds) < len(rows)
    for number in range(len(rules)):
        alone = specifications.rule_weights(summit, rows, rules.iloc[[number]], np.arange(len(rows)))[0]
        assert together[number] == pytest.approx(np.bincount(kind, alone))


def test_the_ledger_says_what_was_drawn(summit):
    lines = {line.split("|")[1].strip(): line for line in report.findings_table(summit).splitlines()[2:]}
    stability = robustness.stability(summit)
    for finding, sentence in summit.findings.set_index("finding")["sentence"].items():
        cells = [cell.strip() for cell in lines[sentence].split("|")[2:-1]]
        drawn = "–" if pd.isna(stability[finding]) else f"{stability[finding]:.0%}"
        assert cells[2] == drawn
    assert stability.isna().any() and stability.notna().any()


def test_themes_swallow_issues(summit):
    coarse, topics, same = (
        robustness.coarsened(summit, robustness.grouped(summit.issues, grain))
        for grain in ("themes", "CAP major topics", "issues")
    )
    assert set(coarse.issues["issue"]) == set(summit.meta["themes"])
    assert "topic-12" in set(topics.issues["issue"])
    assert same.issues.equals(summit.issues) and same.findings.equals(summit.findings)
    theme = summit.issues.set_index("issue")["theme"]
    assert coarse.rankings["issue"].tolist() == theme[summit.rankings["issue"]].tolist()


def test_leaving_out_a_paragraph_is_dropping_its_rows(summit):
    held = robustness.leave_one_out(summit)
    for paragraph in ("p02", "p19"):
        rows = study.admit(summit)
        rows = rows[rows["paragraph"] != paragraph]
        expected = findings.holds(summit, measures.tally(summit, rows)).iloc[0]
        assert held.loc[paragraph].equals(expected.rename(paragraph))


def test_leaving_out_goes_through_the_paragraphs_with_statements(summit):
    rows = study.admit(summit)
    held = robustness.leave_one_out(summit)
    assert held.index.name == "paragraph"
    coded = set(rows["paragraph"])
    assert list(held.index) == [name for name in summit.paragraphs["paragraph"] if name in coded]
    few = rows[rows["paragraph"].isin(["p02", "p19"])]
    assert list(robustness.leave_one_out(summit, few).index) == ["p02", "p19"]
    carried = robustness.carriers(summit, few).set_index("finding")["rests on"]
    assert list(carried.index) == list(summit.findings["finding"]) and "p19" in carried["climate-apart"]


def test_resamples_keep_paragraphs_whole(summit):
    rows = study.admit(summit)
    weights = robustness.resamples(rows, draws=50)
    for _, members in rows.groupby("paragraph"):
        assert (weights[:, members.index] == weights[:, [members.index[0]]]).all()
    missing = (robustness.resamples(rows, draws=4000) == 0).mean()
    assert missing == pytest.approx(np.exp(-1), abs=0.02)


def test_same_seed_same_result(summit):
    assert robustness.stability(summit, 200).equals(robustness.stability(summit, 200))
    assert not robustness.stability(summit, 200).equals(robustness.stability(summit, 200, seed=2))


def test_passages_keep_the_level_and_statements_do_not():
    rates = robustness.false_alarms(data_sets=400, draws=199).set_index("shuffled")["false alarms"]
    assert rates["passages"] == pytest.approx(0.05, abs=0.03)
    assert rates["statements"] > 0.5


def test_independent_statements_keep_the_level_both_ways():
    rates = robustness.false_alarms(data_sets=1000, size=1, passages=40)["false alarms"]
    assert (rates < 0.075).all()


def test_a_true_difference_is_found():
    unit = np.repeat(np.arange(30), 2)
    first = unit < 15
    indicator = np.eye(6)[np.where(first, unit % 3, 3 + unit % 3)]
    p, distance = permutations.clustered_p(indicator, first, unit, 999, seed=1)
    assert distance == 1 and p == pytest.approx(0.001)


def test_permutation_says_the_smallest_p(summit):
    table = robustness.permutation(summit, draws=99)
    assert (table["p"] >= table["smallest p"]).all()
    assert table["smallest p"].tolist() == [0.01, 0.01]
    rows = study.admit(summit)
    rows = rows[rows["side"].isin(summit.meta["compare"])]
    passages = rows.drop_duplicates(["paragraph", "side"])
    assert table["units"].tolist() == [len(rows), len(passages)]
    assert table["shuffled"].tolist() == ["statements", "passages"]
    # With more draws than there are ways to deal the labels out, the ways are what limits p.
    one, other = (rows[rows["side"] == side].head(2) for side in summit.meta["compare"])
    few = replace(summit, statements=pd.concat([one, other], ignore_index=True))
    assert robustness.permutation(few, draws=99)["smallest p"].iloc[0] == pytest.approx(1 / 6)


def test_dominance_of_a_clear_case(summit):
    first = robustness.dominance(summit)
    assert ((first >= 0) & (first <= 1)).to_numpy().all()
    assert first.sum().to_numpy() == pytest.approx(3)
    counts = measures.salience(summit).set_index(["side", "issue"])["statements"]
    assert first["Mexico"].idxmax() == counts["Mexico"].idxmax()


def test_share_intervals_hold_the_share(summit):
    table = robustness.share_intervals(summit, draws=500)
    assert (table["low"] <= table["share"]).all() and (table["share"] <= table["high"]).all()
    assert (table["low"] < table["high"]).all()
    assert list(table) == ["issue", "side", "share", "low", "high"]
    assert set(table["side"]) == set(summit.meta["compare"])


def test_share_intervals_are_what_drawing_paragraphs_gives(summit):
    rows = study.admit(summit)
    weights = robustness.resamples(rows, draws=200, seed=3)
    table = robustness.share_intervals(summit, draws=200, seed=3)
    for row in table.itertuples():
        mine, here = (rows["side"] == row.side).to_numpy(), (rows["issue"] == row.issue).to_numpy()
        drawn = [weight[mine & here].sum() / weight[mine].sum() for weight in weights]
        assert (row.low, row.high) == pytest.approx(tuple(np.quantile(drawn, [0.025, 0.975])))


def test_what_is_drawn_if_nothing_is_said(summit):
    """The notebooks rest on these numbers of draws."""
    for draw, number in ((robustness.share_intervals, 10_000), (robustness.permutation, 10_000)):
        assert draw(summit).equals(draw(summit, draws=number, seed=1))
    first = robustness.dominance(summit)
    assert first.equals(robustness.dominance(summit, prior=0.5, draws=20_000, seed=1, top=3))


def test_survival_names_the_breaking_rule(universe, summit):
    table = robustness.survival(summit, universe).set_index("finding")
    assert table.at["strategy-apart", "broken by"] == "evidence: no observers"
    assert "grain: themes" in table.at["asks-apart", "another question"]
    assert (table["same question"] >= 0).all() and (table["all"] <= 1).all()
