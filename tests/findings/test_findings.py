"""Findings hold, and stop holding when the coding changes."""

import inspect
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import findings, measures, study
from analysis.findings import predicates


def holds(summit, statements, finding):
    return bool(findings.holds(summit, measures.count(summit, statements)).iloc[0][finding])


def test_every_finding_holds(summit):
    held = findings.baseline(summit)
    assert not list(held.index[~held]), "correct the sentence, or its arguments in findings.csv"


def test_every_finding_can_fail(summit):
    """Swap the sides, take away all positions, or give all statements one issue: each finding falls once."""
    rows = study.admit(summit, layers=study.LAYERS)
    swap = {"US": "Mexico", "Mexico": "US"}
    turned = rows.assign(side=rows["side"].replace(swap), toward=rows["toward"].replace(swap))
    changed = (turned, rows.assign(position="0"), rows.assign(issue="climate"))
    for finding in summit.findings["finding"]:
        assert not all(holds(summit, other, finding) for other in changed), finding


def row(summit, **codes):
    """Return a statement of the article with these codes."""
    rows = study.admit(summit).query("side == 'US'").iloc[:1]
    usual = {
        "form": "demand",
        "position": "1",
        "toward": "Mexico",
        "issue": "climate",
        "evidence": "attributed",
    }
    return rows.assign(**usual | codes)


def own(summit, **codes):
    """Return a statement of a side's own text, public before the article unless a document is given."""
    return row(summit, **{"layer": "declared", "document": "us-psaki-12", "evidence": "own"} | codes)


def found(summit, predicate, *rows, **arguments):
    counts = measures.count(summit, pd.concat(rows, ignore_index=True))
    return bool(findings.PREDICATES[predicate](summit, counts, **arguments).holds[0])


def test_asks_only(summit):
    rows = [
        row(summit),
        row(summit, issue="violence", toward="three"),
        row(summit, issue="equality", toward="Canada"),
    ]
    asked = {"side": "US", "toward": "Mexico"}
    assert found(summit, "asks_only", *rows, **asked, issues=["climate", "violence"])
    assert not found(summit, "asks_only", *rows, **asked, issues=["climate"])
    assert not found(summit, "asks_only", *rows, **asked, issues=["climate", "violence", "equality"])
    assert found(summit, "asks_only", *rows, **asked, issues=2) and not found(
        summit, "asks_only", *rows, **asked, issues=1
    )


@pytest.mark.parametrize(
    ("shared", "others", "true"),
    [
        (0, 2, {"none"}), (1, 3, {"less than half"}), (1, 1, set()), (2, 1, {"more than half"}),
        (2, 0, {"more than half", "all"}), (0, 0, set()),
    ],
)  # fmt: skip
def test_quantities_are_whole_numbers_and_a_tie_is_a_tie(summit, shared, others, true):
    issues = summit.issues["issue"].tolist()
    both = issues[:shared]
    reported = [row(summit, issue=issue) for issue in both + issues[shared : shared + others]]
    declared = [own(summit, issue=issue) for issue in both + issues[10 : 10 + others]]
    nothing = [row(summit, form="support")]
    for quantity in study.codebook.QUANTITIES:
        for predicate in ("own_among_reported", "reported_among_own"):
            given = {"side": "US", "quantity": quantity}
            assert found(summit, predicate, *nothing, *reported, *declared, **given) == (quantity in true)


def test_early_texts_count_where_they_hold_an_ask(summit):
    late = {"document": "us-call"}
    rows = [row(summit), own(summit, **late)]
    given = {"side": "US", "quantity": "all"}
    assert found(summit, "reported_among_own", *rows, **given)
    # An early ask that is not reported takes the finding, which has to hold in both.
    rows = [row(summit), row(summit, issue="violence"), own(summit, **late), own(summit, issue="equality")]
    assert not found(summit, "reported_among_own", *rows, **given)
    assert not found(summit, "reported_among_own", row(summit), **given)


def test_better_reported_compares_parts_exactly(summit):
    us = [own(summit, issue=issue) for issue in ("climate", "equality", "violence")] + [row(summit)]
    theirs = {"side": "Mexico", "toward": "US", "document": "mx-president-10"}
    mexico = [own(summit, issue=issue, **theirs) for issue in ("climate", "equality", "violence")]
    told = row(summit, side="Mexico", toward="US")
    given = {"side": "US", "other": "Mexico"}
    assert found(summit, "better_reported", *us, *mexico, **given)
    assert not found(summit, "better_reported", *us, *mexico, told, **given)  # one of three each
    assert not found(summit, "better_reported", *us, **given)


def test_kept_off_the_table(summit):
    rows = [
        row(summit),
        row(summit, issue="violence"),
        own(summit, form="declined", position="0", toward="none"),
    ]
    assert found(summit, "kept_off_the_table", *rows, side="US", issues=["climate"])
    assert not found(summit, "kept_off_the_table", *rows, side="US", issues=["climate", "violence"])
    assert not found(summit, "kept_off_the_table", *rows[:2], side="US", issues=["climate"])


def test_only_reported(summit):
    rows = [row(summit), row(summit, issue="violence"), own(summit, issue="violence")]
    assert found(summit, "only_reported", *rows, issues=["climate"])
    assert not found(summit, "only_reported", *rows, issues=["climate", "violence"])
    refused = own(summit, form="declined")
    assert found(summit, "only_reported", *rows, refused, issues=["climate"])


@pytest.mark.parametrize(
    ("us", "mexico", "true"),
    [
        (["attributed", "analyst", "quoted"], ["quoted", "act", "analyst"], True),
        (["attributed", "quoted"], ["quoted"], False),
        (["attributed"], ["quoted", "analyst"], False),
        (["attributed"], [], False),
        (["analyst"], ["act"], True),
    ],
)
def test_told_apart(summit, us, mexico, true):
    rows = [
        row(summit, side=side, evidence=code)
        for side, codes in (("US", us), ("Mexico", mexico))
        for code in codes
    ]
    assert found(summit, "told_apart", *rows, side="US", other="Mexico") == true


def test_answered_only(summit):
    reply = row(summit, side="Mexico", toward="none", form="support", position="-1")
    rows = [row(summit), row(summit, issue="violence"), reply]
    given = {"side": "US", "other": "Mexico"}
    assert found(summit, "answered_only", *rows, **given, issues=["climate"])
    assert found(summit, "answered_only", *rows, side="Mexico", other="US", issues=["climate"])
    assert not found(
        summit, "answered_only", *rows[:2], reply.assign(position="0"), **given, issues=["climate"]
    )


def test_lists_of_declared_priorities(summit):
    given = {"side": "Mexico", "speaker": "lopez-obrador"}
    named = summit.rankings.query("side == 'Mexico' and speaker == 'lopez-obrador'")["issue"].tolist()
    rest = [issue for issue in summit.issues["issue"] if issue not in named]
    assert found(summit, "declares_none_of", row(summit), **given, issues=rest)
    assert not found(summit, "declares_none_of", row(summit), **given, issues=[*rest, named[0]])
    other = replace(summit, rankings=summit.rankings.iloc[:0])
    assert not found(other, "declares_none_of", row(summit), **given, issues=rest)


def test_a_sentence_that_does_not_hold_cannot_be_printed(summit):
    other = replace(summit, statements=summit.statements.assign(position="0"))
    with pytest.raises(ValueError, match="opposed does not hold"):
        findings.sentence(other, "opposed")
    with pytest.raises(ValueError, match="opposed does not hold"):
        findings.short(other, "opposed")
    known = summit.findings.set_index("finding")
    assert findings.sentence(summit, "opposed") == known.at["opposed", "sentence"]
    assert findings.short(summit, "opposed") == known.at["opposed", "short"]


def test_what_only_describes_heads_nothing(summit):
    described = findings.descriptions(summit)
    chances = findings.chances(summit)
    assert described == chances.index[chances > 0.95].tolist() != []
    with pytest.raises(ValueError, match="may head nothing"):
        findings.short(summit, described[0])
    assert findings.sentence(summit, described[0])


def test_values_are_told_in_words(summit):
    values = findings.values(summit)
    assert values.index.tolist() == summit.findings["finding"].tolist()
    counts = measures.count(summit)
    for finding, result in findings.results(summit, counts).items():
        assert [int(n) for n in re.findall(r"\d+", values[finding])] == [int(n[0]) for n in result.numbers]


def test_arguments():
    assert study.parse("side=US; share=0.5; issues=a b") == {"side": "US", "share": 0.5, "issues": ["a", "b"]}
    assert study.parse("") == {}
    for wrong in ("side", "side=", "side=US; side=US", "share=much"):
        with pytest.raises(ValueError):
            study.parse(wrong)


def test_predicates_name_no_side():
    source = Path(predicates.__file__).read_text(encoding="utf-8")
    assert not re.search(r"Mexico|\bUS\b|climate|guns", source)


def test_the_schema_has_the_arguments_of_each_predicate():
    for table, known in (("findings", findings.PREDICATES), ("outside", findings.OUTSIDE)):
        described = {name: entry["arguments"] for name, entry in study.categories(table, "predicate").items()}
        assert described == {
            name: [
                p.name for p in inspect.signature(predicate).parameters.values() if p.kind is p.KEYWORD_ONLY
            ]
            for name, predicate in known.items()
        }
    assert set(findings.QUANTITIES) == set(study.codebook.QUANTITIES)


@pytest.mark.parametrize("table", ["findings.csv", "outside.csv"])
def test_a_short_form_is_short(folder, table):
    path = folder / table
    head, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    short = study.load(folder).table(table)["short"].iloc[0]
    path.write_text(head + first.replace(short, " ".join(["word"] * 11), 1) + "".join(rest), encoding="utf-8")
    assert any("at most 10 words are allowed" in str(fault) for fault in study.check(folder))


def test_outside_findings_say_why_nothing_is_drawn(summit):
    rows = summit.outside
    assert (rows["chance"] == "").all()
    assert all((rows[column] != "").all() for column in ("rests_on", "fails_if", "no_chance"))


@pytest.fixture(scope="module")
def drawn(summit):
    rows = study.admit(summit, layers=study.LAYERS)
    return rows, measures.codes(summit, rows), findings.random_codes(summit, rows, draws=40)


def test_random_codings_keep_what_they_keep(drawn):
    rows, given, codes = drawn
    for name in ("layer", "early", "word", "ask", "objection", "named", "declined", "weight"):
        assert (getattr(codes, name) == getattr(given, name)).all()
    for layer in range(3):
        here = given.layer[0] == layer
        for name in ("side", "issue"):
            dealt, kept = getattr(codes, name)[:, here], getattr(given, name)[0, here]
            assert (np.sort(dealt, axis=1) == np.sort(kept)).all()
    own_texts = (rows["layer"] == "declared").to_numpy()
    assert (codes.side[:, own_texts] == given.side[:, own_texts]).all()
    assert (codes.side != given.side).any() and (codes.issue != given.issue).any()


def test_random_codings_obey_the_codebook(summit, drawn):
    """Each drawn coding keeps the rules for codes, but for those on actor, speaker and basis."""
    rows, _, codes = drawn
    sides, issues = [*summit.meta["sides"]], summit.issues["issue"].to_numpy()
    rules = [r for r in study.rules.codings.CODE_RULES if r.__name__ not in
             ("actors_belong_to_the_side", "speakers_fit_the_evidence", "addressees_have_a_basis")]  # fmt: skip
    for draw in range(5):
        changed = rows.assign(
            side=[sides[k] for k in codes.side[draw]],
            issue=issues[codes.issue[draw]],
            position=[measures.SIGNS[k] for k in codes.position[draw]],
            addressee=["none" if k < 0 else sides[k] for k in codes.toward[draw]],
        )
        for rule in rules:
            for wrong, column, needed in rule(summit, changed):
                assert not wrong.any(), (rule.__name__, column, needed)


def test_chance_of_a_list_is_that_of_any_list_of_its_length(summit):
    rows = study.admit(summit, layers=study.LAYERS)
    counts = measures.tally(summit, findings.random_codes(summit, rows))
    chances = findings.chances(summit)
    assert chances.equals(findings.chances(summit, seed=findings.SEED))
    us = counts.asks[:, 0, counts.sides.index("US")]
    asked = us[:, [counts.sides.index("Mexico"), counts.together]].any(axis=(1, 3)).sum(axis=1)
    assert chances["us-asks"] == pytest.approx((asked == 3).mean())


def test_a_study_without_findings_has_no_chances(summit):
    other = replace(summit, findings=summit.findings.iloc[:0])
    assert findings.chances(other).empty and findings.descriptions(other) == []
    assert findings.baseline(other).index.tolist() == summit.outside["finding"].tolist()


def test_chances_are_drawn_in_pieces_where_statements_are_many(summit, monkeypatch):
    monkeypatch.setattr("analysis.findings.chance.CELLS", 20_000)
    few = findings.chances(summit, draws=100, seed=5)
    assert few.between(0, 1).all() and (few * 100).round(6).mod(1).eq(0).all()
    assert few["guns-in-no-own-text"] > 0.9 > 0.2 > few["us-asks"]


def test_the_log_tells_where_each_finding_comes_from(summit):
    log = pd.read_csv(study.find() / "log" / "findings_log.csv", keep_default_na=False)
    known = set(findings.every(summit)["finding"])
    assert not [name for name in summit.findings["finding"] if name not in set(log["now"])]
    assert not set(log["now"]) - known - {""}, "the log leads to findings that are no more"
    assert (log["reason"] != "").all()
    assert set(log.loc[log["change"].str.contains("dropped|description"), "now"]) == {""}
