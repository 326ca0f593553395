"""The rules of the tables of claims and outcomes: bad data gets one line that says where and what."""

import pandas as pd
import pytest

from analysis import findings, study

DRUGS, GUNS = "us-mexico-drug-trafficking", "mexico-us-arms-trafficking"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("claims.csv", ",6,companies,", ",6,shops,", "column unit: 'shops' found; the unit here is companies"),
        ("claims.csv", ",6,companies,", ",six,companies,", "column value: 'six' found; a number is needed"),
        ("claims.csv", ",6,companies,", ",-6,companies,", "column value: '-6' found; a number from 0"),
        ("claims.csv", ",up,direction,", ",more,direction,", "column value: 'more' found; allowed: up, down"),
        ("claims.csv", ",2020-07,date,", ",July 2020,date,", "column value: 'July 2020' found; a date is needed"),
        ("claims.csv", ",yes,answer,,2021,", ",partly,answer,,2021,", "a claim says yes or no"),
        ("claims.csv", ",2018/2020,", ",2020/2018,", "column period: '2020/2018' found; a period such as"),
        ("claims.csv", ",2018/2020,", ",1918/0000,", "column period: '1918/0000' found; a period such as"),
        ("claims.csv", ",nearly,", ",first,", "column hedge: 'first' found; a ratio takes nearly, more than"),
        ("claims.csv", "makers-sued,p08,", "makers-sued,p99,", "column paragraph: 'p99' found; an id of paragr"),
        ("claims.csv", "makers-sued,p08,91,136", "makers-sued,p08,91,936", "column end: '936' found; the span"),
        ("claims.csv", "makers-sued,p08,91,136", "makers-sued,p08,136,136", "column end: '136' found; the end"),
        ("claims.csv", "court,p08,137", "court,p08,3", "claims stand in the order of the te"),
        ("claims.csv", ",filed suit against,", ",brought a suit,", "column anchor: 'brought a suit' found; words"),
        ("claims.csv", ",fact,reporter,USA TODAY,arms", ",fact,press,USA TODAY,arms", "an id of actors"),
        ("claims.csv", ",fact,reporter,USA TODAY,arms", ",,reporter,USA TODAY,arms", "fact or attribution is needed"),
        ("claims.csv", ",arms-trafficking,Mexico", ",arms-trafficking,Peru", "column side: 'Peru' found; allowed"),
        ("claims.csv", ",violence,", ",tree-planting,", "'tree-planting' found; a statement on this issue is needed"),
        ("claims.csv", ",count,us-makers,", ",count,makers,", "column measure: 'makers' found; an id of measure"),
        ("claims.csv", ",count,us-makers,", ",count,shops,", "a check of this measure, or of a case of it"),
        ("claims.csv", ",ratio,homicide-ratio,", ",ratio,mx-rate,", "column measure: 'mx-rate' found; a ratio has a"),
        ("checks.csv", ",makers-sued,direct,us-makers,7,companies", ",makers-sued,direct,us-makers,7,shops", "the unit"),
        ("checks.csv", ",direct,us-makers,7,companies", ",direct,trips,7,trips", "the claim's unit is companies"),
        ("checks.csv", ",direct,us-makers,7,", ",under,us-makers,7,", "over and under go with a ratio"),
        ("checks.csv", ",under,us-rate-police,6.5,", ",under,us-rate-police,0,", "nothing can be divided by this"),
        ("checks.csv", ",under,us-rate-police,", ",direct,us-rate-police,", "takes over and under"),
        ("checks.csv", ",court,direct,answer,yes,", ",court,direct,answer,maybe,", "allowed: yes, partly, no, sil"),
        ("checks.csv", "https://docs.justia.com/", "docs.justia.com/", "an address that a person can open is nee"),
        ("checks.csv", ",https://github.com/brian", ",github.com/brian", "column copy: 'github.com/brian14708/wh"),
        ("checks.csv", ",opening,copy read twice,", ",glanced at,copy read twice,", "allowed: whole page, opening"),
        ("checks.csv", ",opening,copy read twice,", ",opening,none,", "none goes with not searched"),
        ("checks.csv", ",not searched,none,", ",opening,none,", "an address that a person can open is needed"),
        ("checks.csv", ",not searched,none,", ",not searched,retired,", "none goes with not searched"),
        ("checks.csv", ",2021-10-06,", ",soon,", "column date: 'soon' found; the form"),
        ("checks.csv", "k001,summit-day", "k001,summit", "column claim: 'summit' found; an id of claims.csv"),
        ("rechecks.csv", "k001,", "k999,", "column check: 'k999' found; an id of checks.csv"),
        ("rechecks.csv", ",not found,", ",unread,", "column read: 'unread' found; allowed: whole"),
        ("measures.csv", ",death records,mx-rate,", ",death records,rate,", "an id of measures.csv is needed"),
        ("measures.csv", ",death records,mx-rate,", ",death records,mx-rate-un,", "a measure without a basis"),
        ("measures.csv", ",death records,mx-rate,", ",death records,trips,", "a measure with the same unit is needed"),
        ("series.csv", "months,Mexico,detentions,2021-01,9550,", "months,Mexico,detentions,2021-01,many,", "a numb"),
        ("series.csv", "months,Mexico,detentions,2021-01,", "months,Mexico,trips,2021-01,", "the unit here is trips"),
        ("series.csv", "months,Mexico,", "months,Peru,", "column side: 'Peru' found; allowed: US, Mexico"),
        ("outside.csv", ",verdict_only,verdict=contradicted; named=makers-sued,", ",verdict_at_least,verdict=supported; sort=facts; share=2,", "share lies between 0 and 1"),
        ("outside.csv", ",verdict_only,verdict=contradicted; named=makers-sued,", ",verdict_at_least,verdict=supported; sort=all; share=0.5,", "sort is one of figures, facts"),
        ("outside.csv", "named=makers-sued", "named=nobody", "ids of claims.csv are needed for named"),
        ("outside.csv", ",verdict_only,", ",asks_only,", "column predicate: 'asks_only' found; allowed: verdict_at_least"),
        ("facts.csv", ",2021-11-18,leaders of the three countries,three,", ",soon,leaders of the three countries,three,", "column date: 'soon' found"),
        ("facts.csv", ",leaders of the three countries,three,", ",leaders of the three countries,Peru,", "column side: 'Peru' found"),
        ("effects.csv", f"f004,{GUNS},words,", f"f004,{GUNS},talk,", "column effect: 'talk' found; allowed: nothing, words"),
        ("effects.csv", f"f004,{GUNS},", "f999,mexico-us-arms-trafficking,", "column fact: 'f999' found; an id of facts.csv"),
        ("effects.csv", f"f004,{GUNS},words,words", f"f004,{GUNS},in force,words", "this is not what the coders gave"),
        ("criteria.csv", f"{GUNS},", "mexico-us-climate,", "the coding has no such want that is followed"),
        ("criteria.csv", f"{GUNS},", "mexico-us-climate,", f"a criterion is needed for {GUNS}"),
        ("former_wants.csv", f"guns,{GUNS},", "guns,mexico-us-climate,", "the coding has no such want"),
        ("headings.csv", "fact-sheet.t01,", "fact-sheet.p01,", "a heading of an adopted paper is needed"),
        ("headings.csv", "fact-sheet.t01,", "fact-sheet.p01,", "fact-sheet.t01 is missing"),
        ("agenda.csv", ",2021-11-10,whole page", ",2021-12-10,whole page", "announced is dated before the article"),
        ("agenda.csv", ",2021-11-10,whole page", ",2021-11-09,whole page", "2021-11-10 is the date of this source"),
        ("facts.csv", ",2021-11-18,whole page", ",2021-11-17,whole page", "2021-11-18 is the date of this source"),
        ("agenda.csv", "g01,US,", "g01,Peru,", "column side: 'Peru' found; allowed: US, Mexico"),
        ("study.toml", "= 2021-11-19", "= 2029-11-19", "column horizons: names with days in the order of time"),
        ("study.toml", "[horizons]", "[spans]", "column horizons: names with days in the order of time"),
        ("outside.csv", "horizon=by 2025", "horizon=soon", "horizon is one of at the summit"),
        ("outside.csv", "state=reversed", "state=lost", "state is one of nothing found"),
    ],
)  # fmt: skip
def test_bad_data_has_its_line(rewrite, file, old, new, expected):
    found = [str(fault) for fault in study.check(rewrite(file, old, new))]
    assert any(expected in line and line.startswith(file) for line in found), found


def test_every_claim_has_a_check(folder):
    path = folder / "checks.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if ",court," not in row), encoding="utf-8", newline="\n")
    found = [str(fault) for fault in study.check(folder)]
    assert any("column claim: 'court' found; a row of checks.csv is needed" in line for line in found), found


@pytest.mark.parametrize("missing", ["checks.csv", "measures.csv", "claims.csv", "facts.csv", "criteria.csv"])
def test_a_table_that_is_missed_is_named(folder, missing):
    (folder / missing).unlink()
    found = [str(fault) for fault in study.check(folder)]
    assert any(f"{missing} " in line and "needed" in line for line in found), found


def test_a_study_needs_none_of_these_tables(folder):
    for name in (
        "measures", "claims", "checks", "rechecks", "series", "criteria", "former_wants", "facts", "effects",
        "agenda", "headings", "outside", "spans",
    ):  # fmt: skip
        (folder / f"{name}.csv").unlink()
    study.write_package(folder)
    assert study.check(folder) == []
    assert findings.baseline(study.load(folder)).all()


def test_an_act_of_the_asker_that_counts_is_named(folder):
    path = folder / "effects.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    here = (table["want"] == DRUGS) & (table["effect"] == "context")
    table.loc[here, ["effect", "first"]] = "in force"
    path.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline="\n")
    found = [str(fault) for fault in study.check(folder)]
    assert any("an act of the side that asks is context" in line for line in found), found
