"""The rules for claims, the checks of them, and series."""

import pandas as pd

from analysis.study.anchors import look_up
from analysis.study.codebook import CODED, NUMBER, UNITS, VALUES
from analysis.study.documents import reading_order
from analysis.study.periods import is_period, spans
from analysis.study.rules.passes import before_the_last

RATIO = ("", "nearly", "more than")
HEDGES = {"number": (*RATIO, "as many as"), "ratio": RATIO, "date": ("", "first")}
OPENS = "an address that a person can open is needed"
PUBLISHED = {"documents": "public", "checks": "date", "facts": "source_date", "agenda": "date"}
# Kinds of claims that are no number, and their units.
WORDS = {"date": "date", "state": "answer", "judgement": "answer"}


def addresses_can_be_opened(study):
    """A source that was read has an address, and one that was not searched has none."""
    for name in ("checks", "series", "facts", "agenda"):
        frame = getattr(study, name)
        unread = frame["how_read"] == "not searched"
        yield f"{name}.csv", ~unread & ~_opens(frame["url"]), "url", OPENS
        yield f"{name}.csv", unread & (frame["url"] != ""), "url", "not searched has no address"
        if "copy" in frame:
            yield f"{name}.csv", (frame["copy"] != "") & ~_opens(frame["copy"]), "copy", OPENS


def a_source_has_one_date(study):
    """What can be opened at one address was published on one day, whichever table cites it."""
    known = {}
    for name, column in PUBLISHED.items():
        frame = getattr(study, name)
        cited = frame["url"] != ""
        for url, published in zip(frame.loc[cited, "url"], frame.loc[cited, column], strict=True):
            known.setdefault(url, published[:10])
        first = look_up(frame["url"], known).astype(object)
        wrong = cited & (frame[column].str[:10] != first)
        needed = first.replace("", "none").astype(str) + " is the date of this source where it is cited first"
        yield f"{name}.csv", wrong, column, needed


def a_case_is_of_an_open_measure(study):
    """The measure that another is a case of has its unit, and leaves open how it is counted."""
    rows, broader = study.measures, study.measures.set_index("measure")
    case = rows["part_of"].isin(broader.index)
    wrong = case & (look_up(rows["part_of"], broader["unit"].to_dict()) != rows["unit"])
    yield "measures.csv", wrong, "part_of", "a measure with the same unit is needed"
    wrong = case & (look_up(rows["part_of"], broader["basis"].to_dict()) != "")
    yield "measures.csv", wrong, "part_of", "a measure without a basis is needed"


def units_are_those_of_the_measure(study):
    """A value has the unit of its measure; a claim that is a ratio or a change has its own."""
    measured = study.measures.set_index("measure")["unit"].to_dict()
    for name in ("claims", "checks", "series"):
        frame = getattr(study, name)
        wanted = look_up(frame["measure"], measured).astype(object)
        if name == "claims":
            wanted = look_up(frame["kind"], UNITS).astype(object).fillna(wanted)
        wrong = (frame["unit"] != wanted) & wanted.notna()
        yield f"{name}.csv", wrong, "unit", "the unit here is " + wanted.astype(str)
    ratio = study.claims["kind"] == "ratio"
    wrong = ratio & (look_up(study.claims["measure"], measured) != UNITS["ratio"])
    yield "claims.csv", wrong, "measure", f"a ratio has a measure in {UNITS['ratio']}"
    told = look_up(study.claims["kind"], WORDS).fillna("a number")
    wrong = told != study.claims["unit"].where(study.claims["unit"].isin(list(WORDS.values())), "a number")
    yield "claims.csv", wrong, "kind", "its unit does not go with this kind of claim"


def values_fit_their_unit(study):
    """A value is a number from 0, or one of the words or a date where its unit says so."""
    for name in ("claims", "checks", "series"):
        frame = getattr(study, name)
        path, value, filled = f"{name}.csv", frame["value"], frame["value"] != ""
        for unit in ("direction", "answer"):
            wrong = filled & (frame["unit"] == unit) & ~value.isin(VALUES[unit])
            yield path, wrong, "value", f"allowed: {', '.join(VALUES[unit])}"
        dated = value.str.fullmatch(VALUES["date"]).astype(bool) & value.map(is_period).astype(bool)
        yield path, filled & (frame["unit"] == "date") & ~dated, "value", "a date is needed"
        counted = filled & ~frame["unit"].isin(list(VALUES))
        numeric = value.str.fullmatch(NUMBER).astype(bool)
        yield path, counted & ~numeric, "value", "a number is needed"
        below = pd.to_numeric(value.where(counted & numeric), errors="coerce") < 0
        yield path, below, "value", "a number from 0 is needed"


def claims_lie_in_the_text(study):
    """A claim's span lies within the headline, a body paragraph, caption or link, in the order of the text.

    A claim on an issue, in coded text, has a statement on that issue in its paragraph.
    """
    claims, paragraphs = study.claims, study.paragraphs.set_index("paragraph")
    yield "claims.csv", claims["end"] <= claims["start"], "end", "the end must be greater than the start"
    wrong = claims["end"] > claims["paragraph"].map(paragraphs["characters"])
    yield "claims.csv", wrong, "end", "the span ends within its paragraph"
    kind = claims["paragraph"].map(paragraphs["kind"])
    wrong = ~kind.isin(["headline", *CODED, "link"]) & kind.notna()
    needed = "claims stand in the headline, body paragraphs, captions and links"
    yield "claims.csv", wrong, "paragraph", needed
    wrong = before_the_last(claims, reading_order(study))
    yield "claims.csv", wrong, "start", "claims stand in the order of the text"
    near = study.statements[study.statements["paragraph"].isin(claims["paragraph"])]
    told = (claims["paragraph"] + " " + claims["issue"]).isin(near["paragraph"] + " " + near["issue"])
    bare = kind.isin(CODED) & (claims["issue"] != "") & ~told
    yield "claims.csv", bare, "issue", "a statement on this issue is needed in this paragraph"


def claims_ask_one_question(study):
    """A claim asks whether something is so or was said, a judgement neither; its hedge fits its kind."""
    claims = study.claims
    for kind in claims["kind"].unique():
        allowed = HEDGES.get(kind, ("",))
        wrong = (claims["kind"] == kind) & ~claims["hedge"].isin(allowed)
        yield "claims.csv", wrong, "hedge", f"a {kind} takes {', '.join(allowed[1:]) or 'none'}"
    judged, bare = claims["kind"] == "judgement", claims["question"] == ""
    yield "claims.csv", judged & ~bare, "question", "a judgement has none"
    yield "claims.csv", ~judged & bare, "question", "fact or attribution is needed"
    yield "claims.csv", claims["value"].isin(["silent", "partly"]), "value", "a claim says yes or no"


def claims_have_checks(study):
    """Each claim has a row in checks.csv, even if nothing was searched; but for a ratio, one of its measure."""
    claims, checks = study.claims, study.checks
    bare = ~claims["claim"].isin(checks["claim"])
    yield "claims.csv", bare, "claim", "a row of checks.csv is needed, even if only `not searched`"
    broader = look_up(checks["measure"], study.measures.set_index("measure")["part_of"].to_dict())
    broader = broader.astype(object).fillna("")
    read = {*(checks["claim"] + " " + checks["measure"]), *(checks["claim"] + " " + broader)}
    wrong = ~bare & (claims["kind"] != "ratio") & ~(claims["claim"] + " " + claims["measure"]).isin(read)
    yield "claims.csv", wrong, "measure", "a check of this measure, or of a case of it, is needed"


def checks_say_what_was_read(study):
    """A source that was read is named, dated and linked; one that was not searched has no value."""
    checks, unread = study.checks, study.checks["how_read"] == "not searched"
    for column in ("source", "origin", "title", "publisher", "url", "period"):
        wrong = ~unread & (checks[column] == "")
        yield "checks.csv", wrong, column, "a value is needed where a source was read"
    yield "checks.csv", unread & (checks["value"] != ""), "value", "not searched has no value"
    wrong = unread != (checks["link"] == "none")
    yield "checks.csv", wrong, "link", "none goes with not searched, and only with it"
    final = ~unread & (checks["status"] == "final")
    wrong = final & (spans(checks["date"])["end"] < spans(checks["period"])["start"])
    yield "checks.csv", wrong, "date", "a final figure is not older than its period"


def checks_fit_their_claim(study):
    """Ratios, changes and trends have checks that are parts of quotients; the others have its unit."""
    checks, claims = study.checks, study.claims.set_index("claim")
    quotient = look_up(checks["claim"], claims["kind"].to_dict()).isin(list(UNITS))
    direct, unread = checks["use"] == "direct", checks["how_read"] == "not searched"
    yield "checks.csv", ~direct & ~quotient, "use", "over and under go with a ratio, a change or a trend"
    wrong = direct & quotient & ~unread
    yield "checks.csv", wrong, "use", "a ratio, a change or a trend takes over and under"
    wrong = (checks["use"] == "under") & (pd.to_numeric(checks["value"], errors="coerce").fillna(0) == 0)
    wrong &= ~checks["unit"].isin(list(VALUES)) | (checks["value"] == "")
    yield "checks.csv", wrong, "value", "nothing can be divided by this"
    wrong = (checks["use"] == "over") & (checks["value"] == "")
    yield "checks.csv", wrong, "value", "a value is needed"
    wanted = look_up(checks["claim"], claims["unit"].to_dict())
    wrong = direct & ~unread & wanted.notna() & (checks["unit"] != wanted)
    yield "checks.csv", wrong, "unit", "the claim's unit is " + wanted.astype(str)


def a_series_has_one_measure_and_side(study):
    """All points of a series have one measure and are about one side."""
    columns = ["measure", "side"]
    differs = study.series[columns] != study.series.groupby("series")[columns].transform("first")
    about = "all points of a series have one measure: a new definition is a new series"
    yield "series.csv", differs["measure"], "measure", about
    yield "series.csv", differs["side"], "side", "all points of a series are about one side"


def _opens(addresses):
    """Return True for each address that a person can open; none holds the signs left out, by RFC 3986."""
    return addresses.str.fullmatch(r"https?://[^\s/<>\"{}|\\^`]+\.[^\s<>\"{}|\\^`]+").astype(bool)


RULES = (
    addresses_can_be_opened,
    a_source_has_one_date,
    a_case_is_of_an_open_measure,
    units_are_those_of_the_measure,
    values_fit_their_unit,
    claims_lie_in_the_text,
    claims_ask_one_question,
    claims_have_checks,
    checks_say_what_was_read,
    checks_fit_their_claim,
    a_series_has_one_measure_and_side,
)
