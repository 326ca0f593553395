"""What followed and the agenda: each state can be reached, and what is spoiled shows."""

from dataclasses import replace

import pytest

from analysis import claims, findings, study
from analysis.study.codebook import STATES, STEPS


@pytest.mark.parametrize(
    ("effects", "state", "furthest"),
    [
        ([], "nothing found", "nothing found"),
        (["context", "nothing"], "nothing found", "nothing found"),
        (["words"], "words", "words"),
        (["commitment", "words"], "commitment", "commitment"),
        (["words", "partial measure", "context"], "partial measure", "partial measure"),
        (["in force", "partial measure"], "in force", "in force"),
        (["words", "ends it"], "words", "words"),
        (["partial measure", "ends it"], "reversed", "partial measure"),
        (["in force", "ends it", "nothing"], "reversed", "in force"),
        (["in force", "ends it", "words"], "words", "in force"),
        (["in force", "ends it", "in force"], "in force", "in force"),
        (["words", "object gone"], "overtaken", "words"),
        (["object gone", "partial measure"], "partial measure", "partial measure"),
    ],
)
def test_state_and_furthest_point(effects, state, furthest):
    assert claims.state(effects) == state
    assert claims.furthest(effects) == furthest


def test_each_effect_of_the_schema_is_known_to_the_rule():
    codes = set(study.categories("effects", "effect"))
    assert codes == {"nothing", *STEPS[1:], "ends it", "object gone", "context"}
    assert set(STEPS) <= set(STATES)


def test_facts_from_before_the_article_do_not_count(summit):
    timed = claims.timeline(summit)
    assert (~timed["counts"]).any() and timed["day"].is_monotonic_increasing
    early = timed.loc[~timed["counts"], ["fact", "want"]]
    keys = summit.effects["fact"] + summit.effects["want"]
    here = keys.isin(early["fact"] + early["want"])
    changed = replace(
        summit, effects=summit.effects.assign(effect=summit.effects["effect"].mask(here, "object gone"))
    )
    assert claims.outcomes(changed).equals(claims.outcomes(summit))


def test_a_horizon_reads_the_facts_up_to_its_day(summit):
    last = max(claims.horizons(summit).values())
    for name, day in claims.horizons(summit).items():
        later = summit.facts["fact"].isin(
            claims.timeline(summit).loc[lambda table, day=day: table["day"] > day, "fact"]
        )
        kept = summit.effects[~summit.effects["fact"].isin(summit.facts.loc[later, "fact"])]
        table = claims.outcomes(replace(summit, effects=kept))
        assert table[name].equals(claims.outcomes(summit)[name])
        assert day == last or not table.equals(claims.outcomes(summit))


def test_each_want_followed_has_its_criterion_and_its_facts(summit):
    table = claims.outcomes(summit)
    wanted = study.wants(summit)
    assert table["want"].tolist() == wanted.loc[wanted["followed"], "want"].tolist()
    assert (table["criterion"] != "").all()
    assert set(table["want"]) == set(summit.effects["want"])
    followed = wanted.set_index("want")["followed"]
    assert not followed.all()
    assert ((wanted["reported"] > 0) | (wanted["documents"] >= 2)).tolist() == wanted["followed"].tolist()


def test_a_want_is_an_ask_or_an_objection_of_one_side_to_another(summit):
    said = study.want_statements(summit)
    assert set(said["kind"]) == {"ask", "objection"} and set(said["sign"]) <= {"1", "-1"}
    assert (said["side"] != said["doer"]).all()
    assert said.groupby("want")[["side", "doer", "issue", "sign"]].nunique().eq(1).all(axis=None)
    alone = study.wants(study.only(summit))
    assert alone["followed"].all() and not alone["declared"].any()
    named = said[said["issue"] == "tree-planting"]
    # One ask is put to the United States, one to all three: they are one want.
    assert named["toward"].nunique() == 2 and named["want"].nunique() == 1


def test_acts_of_the_asker_are_context_for_every_side(summit):
    timed = claims.timeline(summit)
    asking = timed["want"].map(study.wants(summit).set_index("want")["side"])
    own = timed[timed["side"] == asking]
    assert set(own["effect"]) == {"context"} and own["side"].nunique() >= 2


def test_the_two_sides_of_one_policy_have_the_same_effects(summit):
    effects = summit.effects.pivot(index="fact", columns="want", values="effect")
    pair = effects[["us-mexico-energy-policy-against", "canada-mexico-energy-policy-against"]].dropna()
    assert len(pair) and (pair.iloc[:, 0] == pair.iloc[:, 1]).all()


def test_every_former_want_has_its_answer(summit):
    former = summit.former_wants
    assert len(former) == 16 and (former["reason"] != "").all()
    known = set(study.wants(summit)["want"])
    assert set(former["want"]) - {""} <= known


def test_sensitivity_names_what_changes(summit):
    table = claims.sensitivity(summit)
    timed = claims.timeline(summit)
    other = timed["first"].ne(timed["second"]) | timed["effect"].ne(timed["first"])
    apart = timed[timed["counts"] & (timed["second"] != "") & other]
    assert len(table) == len(apart) > 0
    assert (table["effect"] != table["instead"]).all()
    assert table["changes"].eq("nothing").any() and not table["changes"].eq("nothing").all()


def test_agenda_has_every_issue_once(summit):
    table = claims.agenda(summit)
    assert table["issue"].tolist() == summit.issues["issue"].tolist()
    adopted = study.admit(summit, layers=("adopted",))
    assert table["pledges"].sum() == (adopted["form"] == "offer").sum()
    assert table["statements"].sum() == (adopted["form"] != "offer").sum()
    assert table["headings"].sum() == (summit.headings["issue"] != "").sum()
    assert set(claims.headed(summit)) == set(table.loc[table["headings"] > 0, "issue"])
    assert claims.topics(summit, "US") == table.loc[table["US"] == "topic", "issue"].tolist()
    papers = claims.headings(summit)
    assert papers["headings"].sum() == summit.headings["paragraph"].nunique()
    assert (papers["with an issue"] <= papers["headings"]).all()


def spoiled(summit, finding):
    """Return the study changed so that a finding falls."""
    agenda, headings, rankings = summit.agenda, summit.headings, summit.rankings
    changes = {
        "list-headed": {"headings": headings[headings["issue"] != "economic-integration"]},
        "headings-name": {"headings": headings[headings["issue"] != "climate"]},
        "guns-drugs-pledged": {"headings": headings.assign(issue="arms-trafficking")},
        "not-adopted": {"headings": headings.assign(issue="tree-planting")},
        "announced-by-both": {
            "agenda": agenda.assign(place=agenda["place"].mask(agenda["side"] == "US", "open"))
        },
    }
    assert len(rankings)
    return replace(summit, **changes[finding])


@pytest.mark.parametrize(
    "finding", ["list-headed", "headings-name", "guns-drugs-pledged", "not-adopted", "announced-by-both"]
)
def test_each_finding_on_the_agenda_can_fall(summit, finding):
    assert findings.baseline(summit)[finding]
    assert not findings.baseline(spoiled(summit, finding))[finding]


@pytest.mark.parametrize("finding", ["in-force", "reversed", "nothing-found", "overtaken"])
def test_each_finding_on_outcomes_can_fall(summit, finding):
    named = summit.outside.set_index("finding")["arguments"][finding]
    effect = {"in-force": "ends it", "reversed": "in force", "nothing-found": "words", "overtaken": "words"}[
        finding
    ]
    want = named.split("wants=")[1].split()[0]
    fact = (
        claims.timeline(summit).loc[lambda table: (table["want"] == want) & table["counts"], "fact"].iloc[-1]
    )
    here = (summit.effects["fact"] == fact) & (summit.effects["want"] == want)
    changed = replace(
        summit, effects=summit.effects.assign(effect=summit.effects["effect"].mask(here, effect))
    )
    assert findings.baseline(summit)[finding]
    assert not findings.baseline(changed)[finding]
