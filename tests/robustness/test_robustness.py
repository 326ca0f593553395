"""What overturns a finding, counted again by changing the coding itself."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import findings, measures, robustness, study
from analysis.robustness.editing import picked


def held(summit, coding):
    """Return which findings hold for a coding, by counting all of it anew."""
    return findings.holds(
        summit, measures.count(summit, study.admit(summit, coding, layers=study.LAYERS))
    ).iloc[0]


def changed(summit, *changes):
    """Return the coding with some codes changed."""
    coding = summit.statements.copy()
    for statement, column, code in changes:
        if column == "statement":
            coding = coding[coding["statement"] != statement]
        else:
            coding.loc[coding["statement"] == statement, column] = code
    return coding.reset_index(drop=True)


def numbers(counts):
    return {name: values for name, values in counts._asdict().items() if isinstance(values, np.ndarray)}


def test_open_codes_count_what_is_admitted(summit):
    counts = measures.tally(summit, robustness.open_codes(summit, summit.statements))
    for name, values in numbers(measures.count(summit)).items():
        assert (numbers(counts)[name] == values).all(), name


@pytest.fixture(scope="module")
def changes(summit):
    return robustness.allowed_changes(summit)


def test_changed_codings_are_counted_as_if_anew(summit, changes):
    some = changes.sample(60, random_state=3).reset_index(drop=True)
    given = robustness.open_codes(summit, summit.statements)
    after = robustness.open_codes(summit, robustness.edited(summit.statements, some))
    place = pd.Index(summit.statements["statement"]).get_indexer(some["statement"])
    columns = np.arange(len(some))[:, np.newaxis]
    base = measures.tally(summit, given)
    quick = robustness.recounted(summit, base, picked(given, place[:, np.newaxis]), picked(after, columns))
    for row, change in enumerate(some.itertuples(index=False)):
        coding = changed(summit, (change.statement, change.column, change.alternative))
        anew = measures.count(summit, study.admit(summit, coding, layers=study.LAYERS))
        for name, values in numbers(anew).items():
            assert (numbers(quick)[name][row] == values[0]).all(), (change, name)


def test_changes_obey_the_codebook_and_change_something(summit, changes):
    assert not changes.duplicated().any()
    columns = {"statement", "issue", "side", "addressee", "form", "position", "evidence"}
    assert set(changes["column"]) == columns
    rows = study.admit(summit, layers=study.LAYERS).set_index("statement")
    assert set(changes["statement"]) == set(rows.index)
    assert (changes["column"] == "statement").sum() == len(rows)
    is_ask = rows["form"].isin(study.ASKS) & (rows["issue"] == "drug-trafficking") & (rows["side"] == "US")
    ask = rows.index[is_ask & (rows["layer"] == "reported")][0]
    mine = changes[(changes["statement"] == ask) & (changes["column"] == "addressee")]["alternative"]
    assert set(mine) == {"none", "three"}  # who would have to act is Mexico, which is asked already
    topics = rows.index[rows["form"] == "topic"]
    assert changes[changes["statement"].isin(topics) & (changes["column"] == "position")].empty
    for row in changes.sample(200, random_state=1).itertuples():
        if row.column not in ("statement", "addressee"):
            assert rows.at[row.statement, row.column] != row.alternative


@pytest.fixture(scope="module")
def fewest(summit):
    return robustness.fewest_changes(summit).set_index("finding")


def test_the_fewest_changes_overturn_the_finding(summit, fewest):
    for finding, row in fewest.iterrows():
        if not row["example"]:
            assert pd.isna(row["changes"]) and row["singles"] == 0
            continue
        told = [tuple(change.split(" ", 2)) for change in row["example"].split("; ")]
        assert len(told) == row["changes"]
        assert not held(summit, changed(summit, *told))[finding], finding
        # Each of them is needed.
        for left in range(len(told)) if len(told) > 1 else ():
            assert held(summit, changed(summit, *told[:left], *told[left + 1 :]))[finding]


def test_singles_are_exhaustive(summit, changes):
    """Of one finding, the number of single changes that overturn it, by counting anew."""
    some = replace(summit, findings=summit.findings[summit.findings["finding"] == "opposed"])
    told = robustness.fewest_changes(some).set_index("finding").at["opposed", "singles"]
    positions = summit.statements.set_index("statement")
    # What is not of the two sides, in the article, and on the issue before or after, cannot move it.
    article = changes[~changes["statement"].str.contains(".", regex=False)]
    before = article["statement"].map(positions["issue"]) == "energy-policy"
    after = (article["column"] == "issue") & (article["alternative"] == "energy-policy")
    near = article[before | after]
    number = sum(not held(some, changed(some, tuple(row)))["opposed"] for row in near.itertuples(index=False))
    assert number == told > 0


def test_contested_codes_are_taken_one_by_one(summit):
    table = robustness.contested(summit)
    assert len(table) == len(summit.contested)
    for change in [*table.index[table.any(axis=1)], *table.index[~table.any(axis=1)][:25]]:
        assert (table.loc[change] == ~held(summit, changed(summit, change))).all()


def test_combinations_of_contested_codes(summit):
    table = robustness.combinations(summit).set_index("finding")
    alone = robustness.contested(summit)
    for finding, row in table.iterrows():
        assert row["alone"] == alone[finding].sum()
        if 0 < row["contested"] <= 12:
            assert row["tried"] == 2 ** row["contested"] - 1
        if row["alone"]:
            assert row["fewest"] == 1
        if not pd.isna(row["fewest"]):
            picks = summit.contested.iloc[list(map(int, row["which"].split()))]
            told = [tuple(change) for change in picks[["statement", "column", "alternative"]].to_numpy()]
            assert len(told) == row["fewest"]
            assert not held(summit, changed(summit, *told))[finding]


def test_many_contested_codes_are_drawn_by_a_seed(summit):
    rows = study.admit(summit)
    many = pd.DataFrame(
        {"statement": rows["statement"], "column": "evidence", "alternative": "quoted", "reason": "x"}
    )
    other = replace(summit, contested=many)
    table = robustness.combinations(other, draws=200).set_index("finding")
    told = table.loc["told-by-others"]
    assert told["contested"] > 12 and told["tried"] == 200 and told["fewest"] >= 2
    assert table.reset_index().equals(robustness.combinations(other, draws=200))


def test_contested_codes_of_other_codings_are_left_out(summit):
    strange = summit.contested.assign(statement="x" + summit.contested["statement"])
    other = replace(summit, contested=strange)
    assert robustness.contested(other).empty
    assert (robustness.combinations(other)["contested"] == 0).all()


@pytest.mark.parametrize("unit", ["paragraph", "document"])
def test_a_text_less(summit, unit):
    table = robustness.leave_one_out(summit, unit)
    rows = study.admit(summit, layers=study.LAYERS)
    assert "article" not in table.index
    for name in [*table.index[table.any(axis=1)], *table.index[:8]]:
        counts = measures.count(summit, rows[rows[unit] != name])
        assert (table.loc[name] == ~findings.holds(summit, counts).iloc[0]).all()


def test_a_ranking_falls_with_its_paragraph():
    made = study.load("dos-orillas")
    table = robustness.leave_one_out(made)
    assert table.index[table["lista"]].tolist() == made.rankings.query("speaker == 'olmedo'")[
        "paragraph"
    ].unique().tolist()  # fmt: skip


def test_other_rules_do_what_they_say(summit):
    rules = robustness.other_rules(summit)
    usual = study.admit(summit, layers=study.LAYERS)
    assert "analyst" not in set(rules["no observers"]["evidence"]) and "analyst" in set(usual["evidence"])
    kinds = summit.paragraphs.set_index("paragraph")["kind"]
    assert "caption" not in set(rules["no captions"]["paragraph"].map(kinds))
    named = rules["named addressees only"]
    assert (named.loc[named["addressee_basis"] == "inferred", "toward"] == "none").all()
    assert (named["toward"] != usual["toward"]).any()
    objecting = rules["objections count as requests"]
    assert len(measures.asks(summit, objecting)) > len(measures.asks(summit, usual))
    once = rules["an issue once a paragraph"]
    assert not once.duplicated(["paragraph", "side", "issue", "toward", "position"]).any()
    assert len(once) < len(usual)


def test_each_pass_stands_in_where_it_read(summit):
    coders = robustness.other_coders(summit)
    assert set(coders) == set(summit.provenance.query("coder != 'settled'")["coding"])
    settled = study.admit(summit, layers=study.LAYERS)
    for name, rows in coders.items():
        read = set(summit.coverage.loc[summit.coverage["coding"] == name, "paragraph"])
        mine = rows[rows["paragraph"].isin(read)]
        assert set(mine["statement"]) <= set(summit.codings[name]["statement"])
        rest = rows[~rows["paragraph"].isin(read)]
        assert set(rest["statement"]) == set(settled[~settled["paragraph"].isin(read)]["statement"])


def test_the_grid_has_all_that_was_tried(summit):
    grid = robustness.grid(summit)
    assert grid.index.tolist() == summit.findings["finding"].tolist()
    size = grid.columns.get_level_values("tried").value_counts()
    assert size["contested code"] == len(summit.contested)
    assert size["rule"] == len(robustness.other_rules(summit))
    for tried, unit in {"paragraph left out": "paragraph", "document left out": "document"}.items():
        assert (grid[tried].T.to_numpy() == robustness.leave_one_out(summit, unit).to_numpy()).all()
    rules = robustness.under(summit, robustness.other_rules(summit))
    under = rules.set_index(["finding", "rule"])["holds"]
    for finding in grid.index:
        for rule in grid["rule"]:
            assert grid.at[finding, ("rule", rule)] != under[finding, rule]


def test_a_finding_rests_on_the_statements_that_move_it(summit):
    table = robustness.supports(summit).set_index("finding")
    asked = measures.asks(summit)
    mine = asked[(asked["side"] == "US") & (asked["toward"] == "Mexico")]
    assert table.at["us-asks", "statements"] == len(mine)
    assert table.at["us-asks", "paragraphs"].split() == list(dict.fromkeys(mine["paragraph"]))
    words = table[["own", "act", "reporter", "observer"]].sum(axis=1)
    assert (words == table["statements"]).all()
    compared = study.admit(summit)["side"].isin(summit.meta["compare"])
    assert table.at["told-by-others", "statements"] == compared.sum()
    left = robustness.leave_one_out(summit)
    for finding, row in table.iterrows():
        assert row["needs"].split() == left.index[left[finding]].tolist()


def test_a_study_without_findings_has_nothing_to_try(summit):
    other = replace(summit, findings=summit.findings.iloc[:0])
    assert robustness.grid(other).empty and robustness.supports(other).empty
    assert robustness.fewest_changes(other).empty and robustness.combinations(other).empty
