"""Properties that the measures keep on made-up data of any shape: bounds, symmetry, invariance.

The examples are drawn anew from the test itself, so that each run draws the same ones, and nothing
is kept in the tree.
"""

import tempfile
import unicodedata
from collections import Counter
from itertools import combinations, permutations
from math import isclose, isnan
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import agreement, article, claims, findings, measures, robustness, study
from analysis.findings import predicates
from analysis.robustness import specifications
from analysis.study import RELATIONS

hypothesis = pytest.importorskip("hypothesis")
krippendorff = pytest.importorskip("krippendorff")
jensenshannon = pytest.importorskip("scipy.spatial.distance").jensenshannon
kendalltau = pytest.importorskip("scipy.stats").kendalltau
st = pytest.importorskip("hypothesis.strategies")
HealthCheck, assume, given, settings = (
    getattr(hypothesis, name) for name in ("HealthCheck", "assume", "given", "settings")
)
hypothesis.configuration.set_hypothesis_home_dir(tempfile.mkdtemp())
several = settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
few = settings(several, max_examples=12)
SIDES, ISSUES = ("north", "south", "east"), ("i0", "i1", "i2", "i3", "i4")


def pairs(top=5, least=1):
    """Draw two vectors of counts over the same issues."""
    count = st.integers(0, top)
    return st.integers(least, 8).flatmap(
        lambda size: st.tuples(*[st.lists(count, min_size=size, max_size=size).map(np.array)] * 2)
    )


def place():
    """Return a study with sides and issues and nothing else."""
    issues = pd.DataFrame({"issue": ISSUES, "proposition": "it should be"})
    meta = {"sides": dict.fromkeys(SIDES), "compare": ["north", "south"]}
    return SimpleNamespace(meta=meta, issues=issues)


ROW = st.fixed_dictionaries(
    {
        "side": st.sampled_from(SIDES),
        "issue": st.sampled_from(ISSUES),
        "toward": st.sampled_from([*SIDES, "none"]),
        "position": st.sampled_from(["1", "-1", "0", "mixed"]),
        "evidence": st.sampled_from(["quoted", "reported", "act", "analyst"]),
        "form": st.sampled_from(["demand", "proposal", "support", "act"]),
    }
)
STATEMENTS = st.lists(ROW, min_size=1, max_size=25).map(pd.DataFrame)
TABLE = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([None, *"abcd"]), min_size=coders, max_size=coders),
        min_size=1,
        max_size=15,
    )
).map(lambda rows: pd.DataFrame(rows).astype(object).where(lambda frame: frame.notna(), None))  # fmt: skip


def order(data, size):
    """Draw an order of so many things."""
    return np.array(data.draw(st.permutations(range(size))), dtype=int)


def same(one, other):
    return isclose(one, other, abs_tol=1e-9) or (isnan(one) and isnan(other))


@several
@given(pairs(), st.data())
def test_shares(pair, data):
    count = np.stack(pair).astype(float)
    found = measures.shares(count)
    assert ((found >= 0) & (found <= 1)).all()
    assert found.sum(axis=-1).tolist() == pytest.approx((count.sum(axis=-1) > 0).astype(float).tolist())
    shuffled = order(data, count.shape[1])
    assert (measures.shares(count[:, shuffled]) == found[:, shuffled]).all()
    assert measures.shares(count * 8) == pytest.approx(found)


@several
@given(pairs(), st.data())
def test_distance(pair, data):
    x, y = pair
    found = float(measures.shannon_distance(x, y))
    if not (x.any() and y.any()):
        assert isnan(found)
        return
    assert 0 <= found <= 1
    assert found == pytest.approx(jensenshannon(x, y, base=2), abs=1e-7)
    assert found == float(measures.shannon_distance(y, x))
    assert measures.shannon_distance(x * 3, y) == pytest.approx(found)
    assert (found == pytest.approx(1)) == (not (x * y).any())
    shuffled = order(data, len(x))
    # A root near zero magnifies the last digit of a sum.
    assert measures.shannon_distance(x[shuffled], y[shuffled]) == pytest.approx(found, abs=1e-7)


@several
@given(pairs(), st.data())
def test_rank_agreement(pair, data):
    x, y = pair
    found = float(measures.rank_agreement(x, y))
    union = (x > 0) | (y > 0)
    if union.sum() > 1:
        assert same(found, kendalltau(x[union], y[union]).statistic)
    else:
        assert isnan(found)
    assert isnan(found) or -1 - 1e-12 <= found <= 1 + 1e-12
    assert same(found, float(measures.rank_agreement(y, x)))
    assert same(found, float(measures.rank_agreement(x**3, 2 * y)))
    shuffled = order(data, len(x))
    assert same(found, float(measures.rank_agreement(x[shuffled], y[shuffled])))


@several
@given(pairs(), st.data(), st.floats(0.5, 0.98))
def test_rank_overlap(pair, data, p):
    x, y = pair
    found = float(measures.rank_overlap(x, y, p))
    assert isnan(found) == (not (x.any() and y.any()))
    assert isnan(found) or -1e-9 <= found <= 1 + 1e-9
    assert same(found, float(measures.rank_overlap(y, x, p)))
    assert same(found, float(measures.rank_overlap(x**3, 2 * y, p)))
    shuffled = order(data, len(x))
    assert same(found, float(measures.rank_overlap(x[shuffled], y[shuffled], p)))
    if x.any():
        assert float(measures.rank_overlap(x, x, p)) == pytest.approx(1)
    if not (x * y).any() and x.any() and y.any():
        assert found == pytest.approx(0)


@several
@given(TABLE, st.data())
def test_alpha(table, data):
    found = agreement.alpha(table)
    numbers = table.T.map(lambda value: np.nan if value is None else float("abcd".index(value))).to_numpy()
    pairable = table.notna().sum(axis=1) > 1
    values = {value for value in table[pairable].to_numpy().ravel() if value is not None}
    if len(values) > 1:
        assert found == pytest.approx(
            krippendorff.alpha(reliability_data=numbers, level_of_measurement="nominal")
        )
    else:
        assert isnan(found)
    assert isnan(found) or found <= 1 + 1e-12
    rows, columns = order(data, len(table)), order(data, table.shape[1])
    assert same(found, agreement.alpha(table.iloc[rows, columns].reset_index(drop=True)))
    renamed = table.map(
        lambda value: value if value is None else {"a": "x", "b": "a", "c": "b", "d": "c"}[value]
    )
    assert same(found, agreement.alpha(renamed))
    squared = agreement.alpha(table, lambda one, other: (ord(one) - ord(other)) ** 2)
    if len(values) > 1:
        expected = krippendorff.alpha(reliability_data=numbers, level_of_measurement="interval")
        assert squared == pytest.approx(expected)
    doubled = agreement.alpha(table, lambda one, other: 0.5 * (one != other))
    assert same(found, doubled)
    low, high = agreement.interval(table)
    assert isnan(low) or isnan(found) or (low <= found + 1e-9 and found <= high + 1e-9)


def plain_ac1(rows):
    """Gwet's AC1, by going through the pairs of readings one by one."""
    rows = [[value for value in row if value is not None] for row in rows]
    rows = [row for row in rows if len(row) > 1]
    values = {value for row in rows for value in row}
    agreed = np.mean([np.mean([a == b for a, b in permutations(row, 2)]) for row in rows])
    share = {value: np.mean([row.count(value) / len(row) for row in rows]) for value in values}
    return agreed, values, share


@several
@given(TABLE, st.data())
def test_ac1(table, data):
    found = agreement.ac1(table)
    seen = {value for value in table.to_numpy().ravel() if value is not None}
    if len(seen) < 2 or not (table.notna().sum(axis=1) > 1).any():
        assert isnan(found)
        return
    agreed, _, share = plain_ac1(table.to_numpy().tolist())
    chance = sum(part * (1 - part) for part in share.values()) / (len(seen) - 1)
    assert found == pytest.approx((agreed - chance) / (1 - chance))
    assert -1 - 1e-12 <= found <= 1 + 1e-12
    rows, columns = order(data, len(table)), order(data, table.shape[1])
    assert same(found, agreement.ac1(table.iloc[rows, columns].reset_index(drop=True)))


@several
@given(st.frozensets(st.integers(0, 5)), st.frozensets(st.integers(0, 5)), st.frozensets(st.integers(0, 5)))
def test_distances_of_sets(one, other, third):
    for distance in (agreement.jaccard, agreement.masi):
        assert 0 <= distance(one, other) <= 1
        assert distance(one, other) == distance(other, one)
        assert (distance(one, other) == 0) == (one == other)
    assert agreement.masi(one, other) >= agreement.jaccard(one, other) - 1e-12
    direct = agreement.jaccard(one, third)
    assert direct <= agreement.jaccard(one, other) + agreement.jaccard(other, third) + 1e-12


def counted(rows, study, measure):
    """Count statements in plain Python; `measure` gives the keys of a row."""
    found = Counter()
    for row in rows.itertuples():
        found.update(measure(row))
    return found


@several
@given(STATEMENTS, st.data())
def test_tally(rows, data):
    study = place()
    counts = measures.tally(study, rows)
    for field, signs in (
        ("count", ("1", "-1", "0", "mixed")),
        ("pro", ("1", "mixed")),
        ("contra", ("-1", "mixed")),
    ):
        expected = counted(
            rows, study, lambda row, signs=signs: [(row.side, row.issue)] * (row.position in signs)
        )
        table = getattr(counts, field)[0]
        assert {
            (side, issue): table[s, i]
            for s, side in enumerate(SIDES) for i, issue in enumerate(ISSUES) if table[s, i]
        } == expected  # fmt: skip
    expected = counted(rows, study, lambda row: [(row.side, row.toward, row.issue)]
                       * (row.form in ("demand", "proposal") and row.toward != "none"))  # fmt: skip
    assert {
        (SIDES[a], SIDES[b], ISSUES[i]): counts.asks[0, a, b, i] for a, b, i in np.argwhere(counts.asks[0])
    } == expected
    own = counted(rows, study, lambda row: [row.side] * (row.evidence in ("quoted", "reported")))
    assert counts.own[0].tolist() == [own[side] for side in SIDES]

    shuffled = order(data, len(rows))
    again = measures.tally(study, rows.iloc[shuffled].reset_index(drop=True))
    for one, other in zip(counts[2:], again[2:], strict=True):
        assert (one == other).all()
    weights = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows))))
    doubled = measures.tally(study, rows, np.stack([weights, 2 * weights, np.ones(len(rows))]))
    repeated = measures.tally(study, rows.loc[np.repeat(rows.index, weights)].reset_index(drop=True))
    for one, other, plain in zip(doubled[2:], repeated[2:], counts[2:], strict=True):
        assert (one[0] == other[0]).all() and (one[1] == 2 * one[0]).all() and (one[2] == plain[0]).all()


@several
@given(STATEMENTS, st.permutations(SIDES), st.permutations(ISSUES))
def test_relations(rows, sides, issues):
    study = place()
    counts = measures.tally(study, rows)
    found = measures.relation(counts, "north", "south")
    assert set(found.ravel()) <= set(RELATIONS)
    assert (found == measures.relation(counts, "south", "north")).all()
    renamed = rows.assign(
        side=rows["side"].map(dict(zip(SIDES, sides, strict=True))),
        issue=rows["issue"].map(dict(zip(ISSUES, issues, strict=True))),
    )
    again = measures.relation(measures.tally(study, renamed), *sides[:2])[0]
    assert dict(zip(ISSUES, found[0], strict=True)) == {
        old: again[ISSUES.index(new)] for old, new in zip(ISSUES, issues, strict=True)
    }
    turned = rows.assign(position=rows["position"].replace({"1": "-1", "-1": "1"}))
    assert (measures.relation(measures.tally(study, turned), "north", "south") == found).all()
    for k, issue in enumerate(ISSUES):
        said = [rows[(rows["issue"] == issue) & (rows["side"] == side)]["position"] for side in SIDES[:2]]
        signs = [{sign for sign in (1, -1) if part.isin([str(sign), "mixed"]).any()} for part in said]
        expected = (
            "mixed" if any(len(part) == 2 for part in signs)
            else "shared" if all(signs) and signs[0] == signs[1]
            else "opposed" if all(signs)
            else "one-sided" if any(signs)
            else "unpositioned" if all(map(len, said))
            else "mentioned by one" if any(map(len, said))
            else "absent"
        )  # fmt: skip
        assert found[0, k] == expected


@few
@given(st.data())
def test_findings_do_not_depend_on_the_order_of_the_rows(summit, data):
    rows = study.admit(summit)
    shuffled = rows.iloc[order(data, len(rows))].reset_index(drop=True)
    expected = findings.holds(summit, measures.tally(summit, rows))
    assert findings.holds(summit, measures.tally(summit, shuffled)).equals(expected)
    held = robustness.leave_one_out(summit, rows)
    assert robustness.leave_one_out(summit, shuffled).equals(held)
    # Leaving a paragraph out is giving its statements no weight, but for the declared rankings.
    plain = [
        row.finding for row in summit.findings.itertuples()
        if findings.PREDICATES[row.predicate] not in predicates.RANKED
    ]  # fmt: skip
    weights = np.stack([(rows["paragraph"] != paragraph).to_numpy(float) for paragraph in held.index])
    weighed = findings.holds(summit, measures.tally(summit, rows, weights))
    assert (weighed[plain].to_numpy() == held[plain].to_numpy()).all()


@few
@given(st.data())
def test_weights_of_the_multiverse(summit, data):
    every = specifications.every_statement(summit, summit.statements)
    size = data.draw(st.integers(1, len(every)))
    rows = every.iloc[order(data, len(every))[:size]].reset_index(drop=True)
    forks = [fork for fork in robustness.FORKS if fork not in ("mixed", "grain")]
    drawn = [{fork: data.draw(st.sampled_from(robustness.options(fork))) for fork in forks} for _ in range(4)]
    drawn += [{**rule, "counting": "each statement"} for rule in drawn]
    rules = pd.DataFrame(drawn)
    weights = specifications.rule_weights(summit, rows, rules, np.arange(size))
    assert weights.shape == (8, size) and (weights >= 0).all() and np.isfinite(weights).all()
    # Counting once never gives more, nor anything where there was nothing.
    assert (weights[:4] <= weights[4:] + 1e-12).all()
    assert ((weights[:4] > 0) == (weights[4:] > 0)).all()
    shuffled = order(data, size)
    other = rows.iloc[shuffled].reset_index(drop=True)
    again = specifications.rule_weights(summit, other, rules, np.arange(size))
    assert again == pytest.approx(weights[:, shuffled])
    for one, other in combinations(range(8), 2):
        if drawn[one] == drawn[other]:
            assert (weights[one] == weights[other]).all()
    # Statements of a kind can be added up before they are counted.
    kind, kinds = specifications.sort_kinds(rows)
    added = specifications.rule_weights(summit, rows, rules, kind)
    single, folded = (measures.tally(summit, *pair) for pair in ((rows, weights), (kinds, added)))
    for one, other in zip(single[2:], folded[2:], strict=True):
        assert one == pytest.approx(other)


TEXT = st.text(max_size=40)


@several
@given(TEXT, st.sampled_from([" ", "\n", "\t \r\n", "\u00a0"]))
def test_normalised_text(text, gap):
    plain = article.normalise(text)
    assert article.normalise(plain) == plain == plain.strip()
    assert "  " not in plain and "\n" not in plain
    spaced = gap + gap.join(text.split()) + gap
    for other in (spaced, plain, unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)):
        assert article.fingerprint(other) == article.fingerprint(text)
    assert (article.fingerprint(text + " x") == article.fingerprint(text)) is False


SENTENCE = st.lists(st.text("abcdefgh", min_size=3, max_size=7), min_size=4, max_size=9).map(" ".join)


@several
@given(st.lists(SENTENCE, min_size=1, max_size=6, unique=True), st.data())
def test_a_copy_is_aligned_in_any_order(texts, data):
    names = [f"p{number}" for number in range(len(texts))]
    counts = [(name, word, count) for name, text in zip(names, texts, strict=True)
              for word, count in article.word_counts(text).items()]  # fmt: skip
    study = SimpleNamespace(
        paragraphs=pd.DataFrame(
            {"paragraph": names, "kind": "body", "sha256": [article.fingerprint(text) for text in texts]}
        ),
        words=pd.DataFrame(counts, columns=["paragraph", "word", "count"]),
    )
    blocks = [[f"  {texts[k].replace(' ', '  ')} "] for k in order(data, len(texts))]
    left, extra = data.draw(st.integers(0, len(blocks))), "quite another matter 1234"
    found, rest = article.align(study, [*blocks[left:], [extra]])
    assert found["paragraph"].tolist() == names and rest == [extra]
    held = {article.normalise(line) for (line,) in blocks[left:]}
    for row, text in zip(found.itertuples(), texts, strict=True):
        assert (row.status == "matches") == (text in held)
        assert 0 <= row.similarity <= 1 and row.copies == (text in held)
        assert (row.similarity == 1) == (row.status == "matches")


DAY = st.dates(min_value=pd.Timestamp("1990-01-01").date(), max_value=pd.Timestamp("2030-12-31").date())


@several
@given(DAY, DAY, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_spans(one, other, first, last):
    begin, end = str(one)[:first], str(other)[:last]
    start, stop = study.span(begin)
    assert start <= pd.Timestamp(one) <= stop and study.within(begin, begin)
    assert study.within(str(one), begin)
    if study.span(end)[1] < start:
        with pytest.raises(ValueError, match="ends before it starts"):
            study.span(f"{begin}/{end}")
        return
    whole = f"{begin}/{end}"
    assert study.span(whole) == (start, study.span(end)[1])
    assert study.within(end, whole) == (study.span(end)[0] >= start)
    assert study.months(whole) >= 1


@several
@given(
    st.sampled_from(["", "nearly", "more than", "as many as"]),
    st.integers(1, 5000),
    st.floats(0, 10_000),
    st.sampled_from(["at least", "at most", "about"]),
)
def test_readings_agree_by_degrees(hedge, wanted, value, bound):
    claim = SimpleNamespace(kind="number", value=str(wanted), hedge=hedge)
    rank = ["differs", "near", "agrees"].index
    found = claims.fit(claim, value)
    assert claims.fit(claim, str(value)) == found
    # A bound may make an agreement weaker, never a reading better.
    assert rank(claims.fit(claim, value, bound)) <= rank(found)
    if hedge != "more than":
        assert claims.fit(claim, wanted) == "agrees"
    # On each side of the claim, a reading that is further off stands no better.
    further = value + 10 * (1 if value > wanted else -1)
    if (value > wanted and hedge != "more than") or (value < wanted and hedge in ("", "more than")):
        assert rank(claims.fit(claim, further)) <= rank(found)
    trend = SimpleNamespace(kind="trend", value="up", hedge="")
    down = SimpleNamespace(kind="trend", value="down", hedge="")
    assert claims.fit(trend, value) == claims.fit(down, -value)
    assume(value != wanted)
    count = SimpleNamespace(kind="count", value=str(wanted), hedge="")
    assert claims.fit(count, value) == "differs"
