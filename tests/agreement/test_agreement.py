"""Agreement held against an independent implementation, and against injected flaws."""

import numpy as np
import pandas as pd
import pytest

from analysis import agreement


@pytest.fixture
def codings(summit):
    return {name: coding.copy() for name, coding in agreement.passes(summit).items()}


def test_alpha_of_a_published_example():
    """Krippendorff's worked example of four observers and twelve units: nominal alpha 0.743."""
    rows = [
        "1 1 - 1", "2 2 3 2", "3 3 3 3", "3 3 3 3", "2 2 2 2", "1 2 3 4",
        "4 4 4 4", "1 1 2 1", "2 2 2 2", "- 5 5 5", "- - 1 1", "- - 3 -",
    ]  # fmt: skip
    table = pd.DataFrame([row.split() for row in rows]).replace("-", None).astype(object)
    assert agreement.alpha(table) == pytest.approx(0.743, abs=0.001)


def test_alpha_has_its_bounds():
    same = pd.DataFrame({"a": list("xyxyx"), "b": list("xyxyx")}, dtype=object)
    assert agreement.alpha(same) == 1
    assert np.isnan(agreement.alpha(pd.DataFrame({"a": ["x", "x"], "b": ["x", "x"]}, dtype=object)))
    assert np.isnan(agreement.alpha(pd.DataFrame({"a": ["x", None], "b": [None, "y"]}, dtype=object)))
    opposite = pd.DataFrame({"a": list("xxyy"), "b": list("yyxx")}, dtype=object)
    assert agreement.alpha(opposite) < 0


def test_jackknife_covers_better_with_more_units():
    generator = np.random.default_rng(8)
    widths = []
    for units in (15, 30, 120):
        first = generator.integers(0, 3, units)
        noisy = np.where(generator.random(units) < 0.8, first, generator.integers(0, 3, units))
        table = pd.DataFrame({"a": first, "b": noisy}).astype(object)
        low, high = agreement.interval(table)
        assert low < agreement.alpha(table) < high + 1e-9
        widths.append(high - low)
    assert widths[0] > widths[2]


def test_the_jackknife_leaves_out_each_unit():
    generator = np.random.default_rng(5)
    table = pd.DataFrame(generator.integers(0, 3, (12, 3)), columns=list("abc")).astype(object)
    table = table.mask(generator.random(table.shape) < 0.2, None)
    table = table[table.notna().sum(axis=1) > 1]
    left_out = np.array([agreement.alpha(table.drop(unit)) for unit in table.index])
    number = len(table)
    error = np.sqrt((number - 1) / number * ((left_out - left_out.mean()) ** 2).sum())
    low, high = agreement.interval(table)
    assert low == pytest.approx(agreement.alpha(table) - 1.959964 * error)
    assert high == pytest.approx(min(1, agreement.alpha(table) + 1.959964 * error))


def test_three_units_are_the_fewest_for_an_interval():
    table = pd.DataFrame({"a": list("xyxx"), "b": list("xyyx")})
    assert np.isfinite(agreement.interval(table[:3])).all()
    assert np.isnan(agreement.interval(table[:2])).all()


def test_ac1_of_a_worked_example():
    """Two raters, 125 units, 118 and 5 agreed on one side: Gwet 2008 shows kappa fall and AC1 not."""
    pairs = [("+", "+")] * 118 + [("+", "-")] * 5 + [("-", "+")] * 2
    table = pd.DataFrame(pairs, columns=["a", "b"], dtype=object)
    share = (118 + 118 + 5 + 2) / 250
    chance = 2 * share * (1 - share)
    assert agreement.ac1(table) == pytest.approx((118 / 125 - chance) / (1 - chance))
    assert agreement.ac1(table) > 0.9 > agreement.alpha(table)


def test_set_distances():
    one, two = frozenset("ab"), frozenset("abc")
    assert agreement.jaccard(one, two) == pytest.approx(1 / 3)
    assert agreement.masi(one, two) == pytest.approx(1 - 2 / 3 * 2 / 3)
    assert agreement.masi(one, one) == agreement.jaccard(frozenset(), frozenset()) == 0
    assert agreement.masi(one, frozenset("x")) == 1
    assert agreement.masi(two, frozenset("bcd")) == pytest.approx(1 - 1 / 2 * 1 / 3)
    assert agreement.jaccard(one, frozenset("bc")) == pytest.approx(2 / 3)


def test_issue_sets_hold_every_paragraph_of_any_coder(codings):
    codings["second"] = codings["second"].query("paragraph != 'p02'")
    sets = agreement.issue_sets(codings)
    assert sets.at["p02", "second"] == frozenset()
    assert sets.at["p02", "first"] == set(codings["first"].query("paragraph == 'p02'")["issue"])


def test_the_summary_measures_what_it_says(codings):
    table = agreement.summary(codings).set_index("variable")
    sets = agreement.issue_sets(codings)
    for name, distance in (("Jaccard", agreement.jaccard), ("MASI", agreement.masi)):
        row = table.loc[f"issue sets, {name}"]
        assert row["alpha"] == pytest.approx(agreement.alpha(sets, distance))
        assert (row["low"], row["high"]) == pytest.approx(agreement.interval(sets, distance))
    said = agreement.readings(codings, "form").dropna()
    shares = pd.concat([said["first"], said["second"]]).value_counts(normalize=True)
    assert table.at["form", "rare"] == pytest.approx(shares.min())
    assert table.at["form", "agreement"] == pytest.approx((said["first"] == said["second"]).mean())
    assert table.at["form", "units"] == len(said)


def test_confusion_has_the_codes_of_either_coder(codings):
    codings["second"] = codings["second"].assign(form="fact")
    codings["first"] = codings["first"].assign(form="demand")
    cells = agreement.confusion(codings, "form")
    assert list(cells) == list(cells.index) == ["demand", "fact"]
    assert cells.at["demand", "demand"] == cells.at["fact", "demand"] == ""
    assert len(cells.at["demand", "fact"].split()) == agreement.units(codings).dropna().shape[0]


def test_units_pair_each_statement_once(codings):
    table = agreement.units(codings)
    for coder, coding in codings.items():
        assert sorted(table[coder].dropna()) == sorted(coding["statement"])


def test_a_coder_who_swaps_the_sides_is_seen(codings):
    honest = agreement.summary(codings).set_index("variable")
    swap = {"US": "Mexico", "Mexico": "US"}
    codings["second"]["side"] = codings["second"]["side"].replace(swap)
    found = agreement.summary(codings).set_index("variable")
    assert honest.at["side", "alpha"] > 0.9
    assert found.at["side", "alpha"] < 0.2
    assert found.at["issue", "alpha"] > 0.9
    assert "a03/b03" in agreement.confusion(codings, "side").loc["Mexico", "US"]


def test_a_dropped_paragraph_is_seen(codings):
    codings["second"] = codings["second"].query("paragraph != 'p02'")
    found = agreement.found(codings).set_index("coder")
    assert found.at["first", "which"] == "a03 a04 a05"


def test_a_copier_is_seen(codings):
    assert agreement.found(codings)["same gist"].max() < 0.05
    codings["second"] = codings["first"].assign(statement=codings["first"]["statement"].str.replace("a", "b"))
    found = agreement.found(codings)
    assert (found["same gist"] == 1).all() and (found["alone"] == 0).all()


def test_three_and_five_coders(codings):
    for number in (3, 5):
        more = dict(codings)
        for k in range(number - 2):
            more[f"coder{k}"] = codings["first"].sample(frac=0.8, random_state=k).sort_index()
        table = agreement.summary(more)
        assert table.set_index("variable").loc[list(agreement.VARIABLES), "agreement"].min() > 0.9
        assert list(agreement.units(more)) == list(more)
        assert len(agreement.found(more)) == number


def test_disagreements_of_two_coders(codings):
    one = codings["first"].query("paragraph == 'p02'").reset_index(drop=True)
    other = one.assign(statement=["b1", "b2", "b3"], form=["fact", *one["form"][1:]])
    listed = agreement.disagreements({"first": one.drop(index=1), "second": other.drop(index=2)})
    ids = one["statement"]
    assert listed.to_numpy().tolist() == [
        ["", "b2", "found", "no", "yes"],
        [ids[2], "", "found", "yes", "no"],
        [ids[0], "b1", "form", one["form"][0], "fact"],
    ]
    assert agreement.disagreements({"first": one, "second": one}).empty


def test_decisions_settle_every_disagreement(summit):
    """Each disagreement has its row; a row where both say the same is a revision made afterwards."""
    listed = agreement.disagreements(agreement.passes(summit))
    keys = ["first", "second", "variable", "first_says", "second_says"]
    revised = revisions(summit)
    assert listed[keys].to_numpy().tolist() == summit.decisions.loc[~revised, keys].to_numpy().tolist()


def revisions(summit):
    """Tell which decisions change what no pass disputes, after checking that they change it."""
    rows = summit.decisions
    revised = (rows["first_says"] == rows["second_says"]) | ((rows["variable"] != "found") & (
        (rows["first"] == "") | (rows["second"] == "")))  # fmt: skip
    for row in rows[revised].itertuples():
        said = {row.first_says, row.second_says}
        for coder in ("first", "second"):
            coding = summit.codings[coder].set_index("statement")
            if getattr(row, coder):
                assert coding.at[getattr(row, coder), row.variable] in said, row
        assert row.decision not in said, row
    return revised


def test_the_adjudicated_coding_follows_the_decisions(summit):
    """What both passes say stands, and what the only one says that has a statement, unless decided."""
    codings = {name: summit.codings[name] for name in ("first", "second", "adjudicated")}
    units = agreement.units(codings)
    decided = summit.decisions.set_index(["first", "second", "variable"])["decision"]
    for row in units.itertuples(index=False):
        alone = (row.first or "", row.second or "", "found")
        if alone in decided.index:
            assert (row.adjudicated is not None) == (decided[alone] == "yes"), row
        else:
            assert row.adjudicated is not None, row
    for variable in agreement.VARIABLES:
        said = agreement.readings(codings, variable, units)
        for unit in said.index[said["adjudicated"].notna()]:
            row, ids = said.loc[unit], units.loc[unit]
            key = (ids["first"] or "", ids["second"] or "", variable)
            plain = row["first"] if ids["first"] is not None else row["second"]
            assert row["adjudicated"] == decided.get(key, plain), (
                f"{ids['adjudicated']}, {variable}: {row['adjudicated']} in the adjudicated coding, "
                f"{decided.get(key, plain)} by the passes and decisions.csv; a change needs a row there: "
                f"{','.join(key)}"
            )
