"""Measures between two sides."""

import pandas as pd
import pytest

from analysis import measures, study


def with_positions(summit, us, mexico):
    """Return statements on one issue with these positions of the two sides."""
    rows = study.admit(summit).query("issue == 'climate' and side == 'US'").iloc[:1].assign(form="support")
    parts = [rows.assign(side=side, position=position) for side, given in (("US", us), ("Mexico", mexico))
             for position in given]  # fmt: skip
    return pd.concat([*parts, rows.iloc[:0]]).assign(toward="none")


@pytest.mark.parametrize(
    ("us", "mexico", "expected"),
    [
        (["1"], ["1", "0"], "shared"),
        (["-1"], ["-1"], "shared"),
        (["1"], ["-1"], "opposed"),
        (["1", "-1"], ["1"], "mixed"),
        (["1"], ["mixed"], "mixed"),
        (["mixed"], [], "one-sided"),
        (["mixed"], ["0"], "mixed"),
        (["1"], [], "one-sided"),
        (["1"], ["0"], "one-sided"),
        (["0"], ["0"], "unpositioned"),
        (["0"], [], "mentioned by one"),
        ([], [], "absent"),
    ],
)
def test_relations(summit, us, mexico, expected):
    relations = measures.relations(summit, with_positions(summit, us, mexico)).set_index("issue")
    assert relations.at["climate", "relation"] == expected
    mirrored = measures.relations(summit, with_positions(summit, mexico, us)).set_index("issue")
    assert mirrored.at["climate", "relation"] == expected


def test_an_issue_without_a_proposition_has_no_relation(summit):
    rows = with_positions(summit, ["0"], ["0"]).assign(issue="violence")
    relations = measures.relations(summit, rows).set_index("issue")
    assert relations.at["violence", "relation"] == "no proposition"
    assert set(relations["relation"]) <= set(study.codebook.RELATIONS)


@pytest.mark.parametrize(
    ("positions", "expected"),
    [(["1"], "for"), (["-1"], "against"), (["1", "-1"], "both"), (["0"], "open"), ([], "not reported")],
)
def test_answers_are_the_signs_of_the_asked_side(summit, positions, expected):
    ask = study.admit(summit).query("side == 'US'").iloc[:1]
    ask = ask.assign(issue="climate", form="demand", toward="Mexico", position="1", statement="x1")
    said = [
        ask.assign(side="Mexico", toward="none", form="support", position=sign, statement="x2")
        for sign in positions
    ]
    rows = pd.concat([ask, *said], ignore_index=True)
    table = measures.answers(summit, rows)
    assert table["replies"].tolist() == [" ".join("x2" for _ in positions)]
    assert table[["statement", "side", "toward", "issue", "answer"]].to_numpy().tolist() == [
        ["x1", "US", "Mexico", "climate", expected]
    ]
    assert len(measures.answers(summit)) == len(measures.asks(summit))


def test_who_asks_for_less_is_answered_by_the_opponents(summit):
    ask = study.admit(summit).query("side == 'US'").iloc[:1]
    ask = ask.assign(issue="climate", form="demand", toward="Mexico", position="-1", statement="x1")
    said = ask.assign(side="Mexico", toward="none", form="support", position="1", statement="x2")
    assert measures.answers(summit, pd.concat([ask, said]))["answer"].tolist() == ["against"]


def test_an_ask_to_all_is_answered_by_another_side_alone(summit):
    ask = study.admit(summit).query("side == 'US'").iloc[:1]
    ask = ask.assign(issue="climate", form="demand", toward="three", position="1", statement="x1")
    own = ask.assign(toward="none", form="support", statement="x2")
    other = own.assign(side="Canada", statement="x3", actor="trudeau")
    for said, answer in ((own, "not reported"), (own.assign(side="three"), "not reported"), (other, "for")):
        rows = pd.concat([ask, said], ignore_index=True)
        assert measures.answers(summit, rows)["answer"].tolist() == [answer]
        told = measures.replies(summit, rows).set_index("side").loc["US"]
        assert (told["asks"], told["answered"]) == (1, int(answer == "for"))
    assert told["from"] == "Trudeau"


def test_a_refusal_to_speak_is_no_answer(summit):
    ask = study.admit(summit).query("side == 'US'").iloc[:1]
    ask = ask.assign(issue="climate", form="demand", toward="Mexico", position="1", statement="x1")
    said = ask.assign(side="Mexico", toward="none", form="declined", position="0", statement="x2")
    assert measures.answers(summit, pd.concat([ask, said]))["answer"].tolist() == ["not reported"]
