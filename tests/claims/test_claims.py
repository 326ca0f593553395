"""Claims: each verdict can be reached, and what is spoiled shows."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import claims, findings, report, study
from analysis.study import VERDICTS, rules
from analysis.study.rules import claims as claims_rules

APART = {"another measure", "another period", "mixed bases", "later", "read in part"}


@pytest.fixture
def other(summit):
    """Return a function that gives the study with some cells of a table changed."""

    def change(table, key, value, /, **cells):
        frame = getattr(summit, table).copy()
        rows = frame[key] == value
        assert rows.any()
        for column, cell in cells.items():
            assert not (frame.loc[rows, column] == cell).all()
            frame.loc[rows, column] = cell
        return replace(summit, **{table: frame})

    return change


def verdict(study, claim):
    return claims.ledger(study).set_index("claim").at[claim, "verdict"]


def why(study, claim):
    return claims.ledger(study).set_index("claim").at[claim, "why"]


def printed(study):
    """Return the ledger as the appendix prints it."""
    table = claims.ledger(study)
    return "\n".join(report.ledger_list(study, name, table) for name in VERDICTS)


def claim(kind, value, hedge=""):
    return SimpleNamespace(kind=kind, value=value, hedge=hedge)


def reading(agreement, origin="a", beside="", value="yes", date="2021"):
    return SimpleNamespace(agreement=agreement, origin=origin, beside=beside, value=value, date=date)


@pytest.mark.parametrize(
    ("made", "value", "bound", "expected"),
    [
        (claim("number", "29"), "29.4", "", "agrees"),
        (claim("number", "29"), "29.6", "", "near"),
        (claim("number", "29"), "40", "", "differs"),
        (claim("number", "10"), "10", "at least", "near"),
        (claim("number", "0.5"), "0.54", "", "agrees"),
        (claim("number", "0.5"), "0.56", "", "near"),
        (claim("number", "500000", "as many as"), "549000", "", "agrees"),
        (claim("number", "500000", "as many as"), "500000", "at most", "agrees"),
        (claim("number", "500000", "as many as"), "90000", "", "near"),
        (claim("number", "500000", "as many as"), "730000", "", "differs"),
        (claim("number", "30", "more than"), "41", "", "agrees"),
        (claim("number", "30", "more than"), "29", "", "near"),
        (claim("ratio", "4", "nearly"), 3.6, "", "agrees"),
        (claim("ratio", "4", "nearly"), 4.1, "", "near"),
        (claim("ratio", "4", "nearly"), 5.9, "", "differs"),
        (claim("change", "120"), 119.504, "", "agrees"),
        (claim("change", "120"), 127, "", "near"),
        (claim("count", "6"), "6", "", "agrees"),
        (claim("count", "6"), "7", "", "differs"),
        (claim("trend", "up"), 10, "", "agrees"),
        (claim("trend", "up"), 9.9, "", "near"),
        (claim("trend", "up"), -1, "", "differs"),
        (claim("trend", "down"), -12, "", "agrees"),
        (claim("trend", "level"), -5, "", "agrees"),
        (claim("trend", "level"), 6, "", "near"),
        (claim("trend", "level"), 15, "", "differs"),
        (claim("date", "2020-07"), "2020-07-08", "", "agrees"),
        (claim("date", "2021-11-15"), "2021-11", "", "near"),
        (claim("date", "2021-11-15"), "2021-11-16", "", "differs"),
        (claim("state", "yes"), "yes", "", "agrees"),
        (claim("state", "yes"), "partly", "", "near"),
        (claim("state", "yes"), "no", "", "differs"),
        (claim("state", "no"), "no", "", "agrees"),
    ],
)
def test_fit(made, value, bound, expected):
    assert claims.fit(made, value, bound) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], "cannot be checked"),
        ([reading("")], "cannot be checked"),
        ([reading("agrees")], "supported"),
        ([reading("agrees"), reading("agrees", "b")], "supported"),
        ([reading("differs"), reading("differs", "b")], "contradicted"),
        ([reading("agrees"), reading("differs", "b")], "roughly"),
        ([reading("near")], "roughly"),
        # An origin whose readings are not alike is near.
        ([reading("agrees"), reading("differs")], "roughly"),
        # What stands beside neither supports nor contradicts nor lowers.
        *(([reading("agrees", beside=beside)], "cannot be checked") for beside in sorted(APART)),
        *(([reading("agrees"), reading("differs", "b", beside)], "supported") for beside in sorted(APART)),
    ],
)
def test_verdict(found, expected):
    assert claims.verdict(claim("state", "yes"), found)[0] == expected
    assert claims.verdict(claim("judgement", "yes"), found) == ("cannot be checked", "a judgement")


def test_an_earlier_one_makes_a_first_not_first():
    said = claim("date", "2021-09", "first")
    same, earlier = reading("agrees", value="2021-09-18"), reading("differs", value="2019-06-08")
    assert claims.verdict(said, [same])[0] == "supported"
    assert claims.verdict(said, [same, earlier]) == ("not first", "earliest found: 2019-06-08")
    assert claims.verdict(said, [reading("differs", value="2022-01")])[0] == "contradicted"


def test_each_verdict_is_reached(summit):
    assert set(claims.ledger(summit)["verdict"]) == set(study.VERDICTS)


def test_a_judgement_is_never_checked(summit, other):
    assert verdict(summit, "climate-attention") == "cannot be checked"
    typed = other("checks", "claim", "climate-attention", value="yes")
    assert verdict(typed, "climate-attention") == "cannot be checked"


def test_another_definition_decides_nothing(summit, other):
    found = claims.readings(summit, "us-share")
    assert not (found["beside"] == "").any() and (found["agreement"] == "agrees").any()
    assert verdict(summit, "us-share") == "cannot be checked"
    traced = found.loc[found["beside"] == "another measure", "checks"].iloc[0]
    same = other("checks", "check", traced, measure="share-entering", period="2021")
    assert verdict(same, "us-share") in ("supported", "roughly")


def test_what_appeared_later_decides_nothing(summit, other):
    found = claims.readings(summit, "gun-shops")
    assert (found["beside"] == "later").any() and verdict(summit, "gun-shops") == "supported"
    late = found.loc[(found["beside"] == "later") & (found["agreement"] == "differs"), "checks"].iloc[0]
    early = other("checks", "check", late, date="2021-11-02", period="2021-11")
    assert verdict(early, "gun-shops") == "roughly"
    table = claims.ledger(summit).set_index("claim")
    assert late in table.at["gun-shops", "later"].split()


def test_the_day_of_the_article_itself_is_not_later(summit):
    found = claims.readings(summit, "headline-guns").set_index("beside")
    assert set(found.loc[[""], "date"]) == {"2021-11-18"} and found.at["later", "date"] == "2021-11-19"


def test_the_claimants_own_page_supports_no_fact(summit, other):
    assert why(summit, "army-stands-back") == "only: the claimant's own"
    freed = other("claims", "claim", "army-stands-back", claimant_page="")
    assert verdict(freed, "army-stands-back") == "supported"
    said = other("claims", "claim", "army-stands-back", question="attribution")
    assert verdict(said, "army-stands-back") == "supported"
    by_origin = other("claims", "claim", "us-guns-cartels", claimed_by="gao")
    assert "the claimant's own" in set(claims.readings(by_origin, "us-guns-cartels")["beside"])


def test_the_article_does_not_support_what_it_attributes(summit, other):
    own = other("checks", "claim", "respect-words", publisher="USA TODAY")
    assert why(own, "respect-words") == "only: the claimant's own"


def test_a_ratio_names_both_sources_and_keeps_to_one_basis(summit):
    found = claims.readings(summit, "homicide-ratio")
    assert (found["checks"].str.split().str.len() == 2).all()
    counted = found[found["beside"] == ""]
    assert counted["origin"].tolist() == ["inegi / cdc"]
    assert counted["value"].round(2).tolist() == [3.72]
    assert set(found["beside"]) == {"", "later"}


def test_two_bases_stand_beside(summit, other):
    mixed = other("measures", "measure", "us-rate-certificates", basis="police reports")
    assert "mixed bases" in set(claims.readings(mixed, "homicide-ratio")["beside"])
    assert verdict(mixed, "homicide-ratio") == "cannot be checked"


def test_provisional_is_not_final(summit):
    rows = summit.checks.set_index("check")
    for name in ("homicide-ratio", "homicide-level", "opioid-surge", "enforcement-up", "detentions-120"):
        for pair in claims.readings(summit, name)["checks"]:
            one, two = pair.split()
            assert rows.at[one, "status"] == rows.at[two, "status"], pair
    table = claims.ledger(summit).set_index("claim")
    assert table.at["opioid-surge", "provisional"] and not table.at["gun-shops", "provisional"]


def test_periods_of_a_change_are_equally_long(summit):
    found = claims.readings(summit, "enforcement-up")
    for pair in found["checks"]:
        lengths = {
            study.months(period) for period in summit.checks.set_index("check").loc[pair.split(), "period"]
        }
        assert len(lengths) == 1
    assert study.months("2021-01/2021-08") == 8 and study.months("2021") == 12


def test_the_makers_text_goes_before_reports_of_it(summit, other):
    assert verdict(summit, "makers-sued") == "contradicted"
    assert "the maker's text was read" in set(claims.readings(summit, "makers-sued")["beside"])
    reported = other("checks", "claim", "makers-sued", source="report")
    assert verdict(reported, "makers-sued") == "roughly"


def test_what_was_read_in_part_is_never_absent(summit, other):
    silent = other("checks", "claim", "court", value="silent", source="report")
    assert verdict(silent, "court") == "cannot be checked"
    whole = other("checks", "claim", "court", value="silent", how_read="whole page")
    assert verdict(whole, "court") == "contradicted"


def test_independence_is_counted_by_origin(summit, other):
    table = claims.ledger(summit).set_index("claim")
    assert table.at["damages", "sources"] == 3 and table.at["damages", "origins"] == 1
    one = claims.ledger(other("checks", "claim", "shop-place", origin="press")).set_index("claim")
    assert one.at["shop-place", "origins"] == 1 < table.at["shop-place", "origins"]


def test_a_verdict_without_a_dated_source_says_so(summit, other):
    assert "no dated source" in why(summit, "clearing-paid")
    assert "no dated source" not in why(
        other("checks", "claim", "clearing-paid", date="2021-01"), "clearing-paid"
    )


def test_figures_and_facts_add_up_apart(summit):
    table = claims.ledger(summit)
    card, sides = claims.scorecard(summit), claims.scorecard(summit, ("side", "sort"))
    assert set(card.index.get_level_values("sort")) == {"figures", "facts"}
    for sort in ("figures", "facts"):
        mine = table[table["sort"] == sort]
        assert card.loc[sort, "claims"].sum() == len(mine)
        assert sides.xs(sort, level="sort")["claims"].sum() == len(mine)
        assert card.loc[sort, "supported"].sum() == (mine["verdict"] == "supported").sum()
    assert (card[list(VERDICTS)].sum(axis=1) == card["claims"]).all()


def test_each_attribution_is_a_row_apart_from_its_fact(summit):
    said = summit.claims[summit.claims["claim"].str.endswith("-said")]
    facts = said["claim"].str.removesuffix("-said")
    assert len(said) and set(said["question"]) == {"attribution"}
    assert set(summit.claims.set_index("claim").loc[facts, "question"]) == {"fact"}


def test_a_second_reading_agrees_as_far_as_it_does(summit):
    found = claims.second_check(summit)
    assert (found["same readings"] <= found["readings"]).all()
    table = claims.ledger(summit)["sort"].value_counts()
    assert found["claims"].tolist() == [table["figures"], table["facts"]]
    same = replace(summit, rechecks=summit.rechecks.assign(second=summit.rechecks["first"]))
    both = claims.second_check(same)
    assert (both["same verdicts"] == both["claims"]).all() and (
        both["same readings"] == both["readings"]
    ).all()
    assert (found["same readings"] < both["same readings"]).any()


@pytest.mark.parametrize(
    ("finding", "table", "key", "value", "cells"),
    [
        ("one-contradicted", "checks", "claim", "court", {"value": "no"}),
        ("not-first", "checks", "claim", "first-proposal", {"value": "2021-09-18"}),
        (
            "guns-unknown",
            "checks",
            "claim",
            "us-share",
            {"measure": "share-entering", "period": "2021", "origin": "a"},
        ),
        ("homicide-holds", "measures", "measure", "us-rate-certificates", {"basis": "police reports"}),
        (
            "rise-claimant",
            "claims",
            "claim",
            "detentions-120",
            {"claimant_page": "", "claimed_by": "reporter"},
        ),
    ],
)
def test_each_finding_can_fall(summit, other, finding, table, key, value, cells):
    changed = other(table, key, value, **cells)
    assert findings.baseline(summit)[finding]
    assert not findings.baseline(changed)[finding]
    with pytest.raises(ValueError, match=finding):
        findings.sentence(changed, finding)


SPOILS = {
    "value": lambda cell: {"yes": "no", "partly": "yes"}.get(cell, f"1{cell}" if cell[:1].isdigit() else "7"),
    "unit": lambda cell: "percent" if cell != "percent" else "times",
    "period": lambda cell: "1991",
    "publisher": lambda cell: "Somebody else",
    "url": lambda cell: "https://example.org/other",
}


@pytest.mark.parametrize("table", ["claims", "checks"])
def test_a_spoiled_cell_is_caught_or_shows(summit, table):
    """Spoil values, units, periods and sources, a cell at a time, and look for a fault or a change."""
    frame = getattr(summit, table)
    before = printed(summit)
    missed = []
    for column in SPOILS.keys() & frame.columns:
        for row in frame.index[::5]:
            if table == "checks" and frame.at[row, "how_read"] == "not searched":
                continue
            changed = frame.copy()
            changed.at[row, column] = SPOILS[column](frame.at[row, column])
            spoiled = replace(summit, **{table: changed})
            if rules.broken(spoiled, claims_rules.RULES):
                continue
            if printed(spoiled) == before:
                missed.append((row, column))
    assert missed == []


def test_numbers_and_periods():
    assert claims.number("500000") == "500,000" and claims.number("4.5641") == "4.56"
    assert claims.number("120") == "120" and claims.number("yes") == "yes"
    assert study.within("2021-08", "2021") and not study.within("2020/2021", "2021")
    for text in ("21", "2021-13", "2021/2020", "2021/2022/2023", ""):
        with pytest.raises(ValueError, match="period"):
            study.span(text)


def test_the_ledger_has_every_source_that_was_read(summit):
    text = printed(summit)
    read = summit.checks[summit.checks["how_read"] != "not searched"]
    assert all(f"[{check} " in text for check in read["check"])
    assert all(f"**{claim}**" in text for claim in summit.claims["claim"])
    assert isinstance(claims.evidence(summit, "damages"), pd.DataFrame)
