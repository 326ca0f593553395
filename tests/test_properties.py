"""Properties that the measures keep on made-up data of any shape: bounds, symmetry, invariance.

The examples are drawn anew from the test itself, so that each run draws the same ones, and nothing
is kept in the tree.
"""

import tempfile
import unicodedata
from collections import Counter
from itertools import permutations
from math import isclose, isnan
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import agreement, article, claims, findings, measures, study
from analysis.study.codebook import RELATIONS

hypothesis = pytest.importorskip("hypothesis")
krippendorff = pytest.importorskip("krippendorff")
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
    meta = {"sides": {side: {} for side in SIDES}, "compare": ["north", "south"], "article": {}}
    documents = pd.DataFrame({"document": ["article"], "public": ["2021-11-18"]})
    return SimpleNamespace(meta=meta, issues=issues, documents=documents)


ROW = st.fixed_dictionaries(
    {
        "side": st.sampled_from(SIDES),
        "issue": st.sampled_from(ISSUES),
        "toward": st.sampled_from([*SIDES, "none"]),
        "position": st.sampled_from(["1", "-1", "0", "mixed"]),
        "evidence": st.sampled_from(["quoted", "reported", "act", "analyst"]),
        "form": st.sampled_from(["demand", "proposal", "support", "declined"]),
        "layer": st.just("reported"),
        "document": st.just("article"),
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
    counts = measures.count(study, rows)
    names = {name: counts._asdict()[name] for name in ("count", "pro", "contra", "declined")}
    for field, keep in (
        ("count", lambda row: row.form not in ("declined", "silence")),
        ("declined", lambda row: row.form == "declined"),
        ("pro", lambda row: row.position in ("1", "mixed")),
        ("contra", lambda row: row.position in ("-1", "mixed")),
    ):
        expected = counted(rows, study, lambda row, keep=keep: [(row.side, row.issue)] * keep(row))
        table = names[field][0, 0]
        assert {
            (side, issue): table[s, i]
            for s, side in enumerate(SIDES) for i, issue in enumerate(ISSUES) if table[s, i]
        } == expected  # fmt: skip
    expected = counted(
        rows, study, lambda row: [(row.side, row.toward, row.issue, row.position)]
        * (row.form in ("demand", "proposal") and row.toward not in ("none", row.side)
           and row.position in ("1", "-1")),
    )  # fmt: skip
    assert {
        (SIDES[a], SIDES[b], ISSUES[i], ("1", "-1")[k]): counts.asks[0, 0, a, b, i, k]
        for a, b, i, k in np.argwhere(counts.asks[0, 0])
    } == expected
    assert not counts.count[:, 1:].any()  # one layer alone

    shuffled = order(data, len(rows))
    again = measures.count(study, rows.iloc[shuffled].reset_index(drop=True))
    weights = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows))))
    given = measures.codes(study, rows)
    given = given._replace(weight=np.stack([weights, 2 * weights, np.ones(len(rows))]).astype(float))
    doubled = measures.tally(study, given)
    repeated = measures.count(study, rows.loc[np.repeat(rows.index, weights)].reset_index(drop=True))
    for one, other, plain, turned in zip(doubled[4:], repeated[4:], counts[4:], again[4:], strict=True):
        assert (one[0] == other[0]).all() and (one[1] == 2 * one[0]).all() and (one[2] == plain[0]).all()
        assert (plain == turned).all()


@several
@given(STATEMENTS, st.permutations(SIDES), st.permutations(ISSUES))
def test_relations(rows, sides, issues):
    study = place()
    rows = rows.assign(form="support")
    counts = measures.count(study, rows)
    found = measures.relation(counts, "north", "south")
    assert set(found.ravel()) <= set(RELATIONS)
    assert (found == measures.relation(counts, "south", "north")).all()
    renamed = rows.assign(
        side=rows["side"].map(dict(zip(SIDES, sides, strict=True))),
        issue=rows["issue"].map(dict(zip(ISSUES, issues, strict=True))),
    )
    again = measures.relation(measures.count(study, renamed), *sides[:2])[0]
    assert dict(zip(ISSUES, found[0], strict=True)) == {
        old: again[ISSUES.index(new)] for old, new in zip(ISSUES, issues, strict=True)
    }
    turned = rows.assign(position=rows["position"].replace({"1": "-1", "-1": "1"}))
    assert (measures.relation(measures.count(study, turned), "north", "south") == found).all()
    for k, issue in enumerate(ISSUES):
        said = [rows[(rows["issue"] == issue) & (rows["side"] == side)]["position"] for side in SIDES[:2]]
        signs = [{sign for sign in (1, -1) if part.isin([str(sign), "mixed"]).any()} for part in said]
        expected = (
            "mixed" if any(len(part) == 2 for part in signs) and all(map(len, said))
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
    rows = study.admit(summit, layers=study.LAYERS)
    shuffled = rows.iloc[order(data, len(rows))].reset_index(drop=True)
    expected = findings.holds(summit, measures.count(summit, rows))
    assert findings.holds(summit, measures.count(summit, shuffled)).equals(expected)


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
