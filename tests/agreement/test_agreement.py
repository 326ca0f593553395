"""Agreement compared with an independent implementation, and with injected flaws."""

import numpy as np
import pandas as pd
import pytest

from analysis import agreement, study


@pytest.fixture
def codings():
    """Return the two passes of the first edition, which nobody changes any more."""
    record = study.load(study.find() / "first-edition")
    return {name: coding.copy() for name, coding in agreement.passes(record).items() if name != "adjudicated"}


def random_table(generator, coders=3):
    table = pd.DataFrame(generator.integers(0, 4, (25, coders))).astype(object)
    return table.where(generator.random((25, coders)) > 0.2, None)


def as_numbers(table):
    return table.T.astype(float).to_numpy()


@pytest.mark.parametrize("seed", range(5))
def test_alpha_agrees_with_an_independent_implementation(seed):
    krippendorff = pytest.importorskip("krippendorff")
    table = random_table(np.random.default_rng(seed), coders=2 + seed % 3)
    expected = krippendorff.alpha(reliability_data=as_numbers(table), level_of_measurement="nominal")
    assert agreement.alpha(table) == pytest.approx(expected)


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


def test_a_group_of_units_leaves_together():
    generator = np.random.default_rng(6)
    table = pd.DataFrame(generator.integers(0, 3, (20, 2)), columns=list("ab")).astype(object)
    group = pd.Series(np.repeat(list("vwxyz"), 4))
    left_out = np.array([agreement.alpha(table[group != name]) for name in "vwxyz"])
    error = np.sqrt(4 / 5 * ((left_out - left_out.mean()) ** 2).sum())
    low, _ = agreement.interval(table, group=group)
    assert low == pytest.approx(agreement.alpha(table) - 1.959964 * error)
    assert agreement.interval(table, group=pd.Series(range(20))) == agreement.interval(table)


def test_where_all_agree_there_is_a_bound_and_no_interval():
    same = pd.DataFrame({"a": list("xyxyx"), "b": list("xyxyx")}, dtype=object)
    assert np.isnan(agreement.interval(same)).all()
    # Clopper and Pearson for 52 of 52: 0.9315 at 95 percent.
    assert agreement.bound(52) == pytest.approx(0.9315, abs=0.0001)
    assert np.isnan(agreement.bound(0))
    beta = pytest.importorskip("scipy.stats").beta
    assert agreement.bound(20) == pytest.approx(beta.ppf(0.025, 20, 1))


def test_units_pair_each_statement_once(codings):
    for least in (0.5, 1.0):
        table = agreement.units(codings, least)
        for coder, coding in codings.items():
            assert sorted(table[coder].dropna()) == sorted(coding["statement"])


def test_units_overlap_by_as_much_as_is_asked(codings):
    spans = {row.statement: row for coding in codings.values() for row in coding.itertuples()}
    number = {}
    for least in (0.25, 0.5, 0.9, 1.0):
        both = agreement.units(codings, least).dropna()
        for one, other in both.itertuples(index=False):
            a, b = spans[one], spans[other]
            shared = min(a.end, b.end) - max(a.start, b.start)
            assert a.paragraph == b.paragraph
            assert shared >= least * (max(a.end, b.end) - min(a.start, b.start))
        number[least] = len(both)
    assert number[0.25] >= number[0.5] > number[0.9] > number[1.0] > 0


def test_the_same_span_goes_to_the_same_issue():
    rows = pd.DataFrame(
        {"statement": ["a1", "a2"], "paragraph": "p1", "start": 0, "end": 9, "issue": ["x", "y"], "side": "n"}
    )
    other = rows.assign(statement=["b1", "b2"], issue=["y", "x"])
    table = agreement.units({"one": rows, "other": other})
    assert set(table.itertuples(index=False, name=None)) == {("a1", "b2"), ("a2", "b1")}


def test_the_summary_measures_what_it_says(codings):
    table = agreement.summary(codings).set_index("variable")
    assert table.index.tolist() == list(agreement.VARIABLES)
    said = agreement.readings(codings, "form")
    both = said.dropna()
    assert table.at["form", "agreement"] == pytest.approx((both["first"] == both["second"]).mean())
    assert table.at["form", "units"] == len(both)
    assert table.at["form", "alpha"] == pytest.approx(agreement.alpha(both))
    every = said.where(said.notna(), "no unit")
    assert table.at["form", "alpha, all units"] == pytest.approx(agreement.alpha(every))
    assert table.at["form", "AC1, all units"] == pytest.approx(agreement.ac1(every))
    full = table[table["agreement"] == 1]
    assert len(full) and full["low"].isna().all() and (full["bound"] < 1).all()
    assert table.loc[table["agreement"] < 1, "bound"].isna().all()


def test_whole_statements(codings):
    units = agreement.units(codings)
    same = agreement.identical(codings)
    first, second = (codings[name].set_index("statement") for name in ("first", "second"))
    for unit, (one, other) in enumerate(units.itertuples(index=False)):
        expected = one is not None and other is not None and all(
            first.at[one, variable] == second.at[other, variable] for variable in agreement.VARIABLES
        )  # fmt: skip
        assert same[unit] == expected
    row = agreement.unitising(codings).iloc[0]
    assert (row["union"], row["identical"]) == (len(units), same.sum())
    matched = units.notna().all(axis=1).sum()
    assert row["F1 half"] == pytest.approx(2 * matched / (len(first) + len(second)))


def test_the_record_of_the_first_edition(codings):
    """What a reading of the first edition's passes found by hand and with other programs."""
    row = agreement.unitising(codings).iloc[0]
    assert row["statements"] == "52/56"
    assert round(row["F1 half"], 2) == 0.91 and round(row["F1 identical"], 2) == 0.33


def test_alpha_of_units_is_alpha_over_characters(codings):
    some = {name: coding.head(12) for name, coding in codings.items()}
    places = {}
    for name, coding in some.items():
        for row in coding.itertuples():
            for place in range(row.start, row.end):
                places.setdefault((row.paragraph, place), set()).add(name)
    ends = pd.concat(some.values()).groupby("paragraph")["end"].max()
    cells = [(p, k) for p, end in ends.items() for k in range(end)]
    table = pd.DataFrame({name: [name in places.get(cell, ()) for cell in cells] for name in some}).astype(
        object
    )
    assert agreement.characters(some) == pytest.approx(agreement.alpha(table))


def test_a_coder_who_swaps_the_sides_is_seen(codings):
    honest = agreement.summary(codings).set_index("variable")
    swap = {"US": "Mexico", "Mexico": "US"}
    codings["second"]["side"] = codings["second"]["side"].replace(swap)
    found = agreement.summary(codings).set_index("variable")
    assert honest.at["side", "alpha"] > 0.9 > 0.2 > found.at["side", "alpha"]
    assert found.at["issue", "alpha"] > 0.9
    assert agreement.unitising(codings).iloc[0]["identical"] < 15


def test_a_dropped_paragraph_is_seen(codings):
    codings["second"] = codings["second"].query("paragraph != 'p02'")
    found = agreement.found(codings).set_index("coder")
    assert set("a03 a04 a05".split()) <= set(found.at["first", "which"].split())


def test_a_copier_is_seen(codings):
    assert agreement.found(codings)["same gist"].max() < 0.05
    codings["second"] = codings["first"].assign(statement=codings["first"]["statement"].str.replace("a", "b"))
    found = agreement.found(codings)
    assert (found["same gist"] == 1).all() and (found["alone"] == 0).all()
    assert agreement.unitising(codings).iloc[0][["F1 half", "F1 identical", "alpha of units"]].tolist() == [
        1,
        1,
        1,
    ]


def test_three_and_five_coders(codings):
    for number in (3, 5):
        more = dict(codings)
        for k in range(number - 2):
            more[f"coder{k}"] = codings["first"].sample(frac=0.8, random_state=k).sort_index()
        assert agreement.summary(more)["agreement"].min() > 0.9
        assert list(agreement.units(more)) == list(more)
        assert len(agreement.found(more)) == number
        assert len(agreement.unitising(more)) == number * (number - 1) / 2


def test_only_what_all_read_is_compared(summit):
    compared = agreement.compared(summit)
    assert summit.meta["coding"] not in {name for names in compared for name in names}
    coverage = summit.coverage.groupby("coding")["paragraph"].agg(set)
    for names, codings in compared.items():
        read = set.intersection(*(coverage[name] for name in names))
        for name, coding in codings.items():
            assert set(coding["paragraph"]) <= read
            whole = summit.codings[name]
            assert len(coding) == whole["paragraph"].isin(read).sum()
    by_document = agreement.by_text(summit)
    documents = summit.paragraphs.set_index("paragraph")["document"]
    for row in by_document.itertuples():
        sizes = [codings[name]["paragraph"].map(documents).eq(row.document).sum()
                 for names, codings in compared.items() if row.first in names for name in (row.first, row.second)]  # fmt: skip
        assert row.statements == "/".join(map(str, sizes))


def test_search_terms_and_a_majority_coder(summit):
    rows = pd.DataFrame({"paragraph": ["p1", "p1", "p2"], "issue": ["climate", "violence", "climate"]})
    marked = {("p1", "climate"), ("p2", "equality"), ("p9", "climate")}
    table = agreement.against_baselines(summit, {"mary": rows}, marked, ["p1", "p2", "p3"])
    table = table.set_index(["first", "second"])
    terms, majority = table.loc["mary", "search terms"], table.loc["mary", "majority"]
    assert (terms["both"], terms["F1"]) == (1, pytest.approx(2 / 5))
    assert (majority["both"], majority["F1"]) == (2, pytest.approx(4 / 6))
    cells = [(p, i) for p in ("p1", "p2", "p3") for i in summit.issues["issue"]]
    pairs = set(zip(rows["paragraph"], rows["issue"], strict=True))
    said = pd.DataFrame({"a": [c in pairs for c in cells], "b": [c in marked for c in cells]}).astype(object)
    assert terms["alpha"] == pytest.approx(agreement.alpha(said))
