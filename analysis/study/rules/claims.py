"""The rules for claims, checks, series, wants, outcomes and the agenda."""

import re

from analysis.study.anchors import anchor_faults, look_up, vocabulary
from analysis.study.codebook import CODED, NONE, NUMBER, UNITS, VALUES
from analysis.study.faults import Fault
from analysis.study.periods import begins_after, is_period, span


def check_claims(meta, frames):
    """Check the tables of claims, checks, series, wants, outcomes and agenda against each other.

    Parameters
    ----------
    meta : dict
        study.toml.
    frames : dict
        From table name to frame: the tables that the study has.

    Returns
    -------
    list of Fault
    """
    faults = []

    def fault(name, rows, column, allowed):
        for row in rows:
            faults.append(
                Fault(
                    f"{name}.csv",
                    allowed,
                    line=row + 2,
                    column=column,
                    value=str(frames[name].at[row, column]),
                )
            )

    published = meta["article"].get("published")
    for name in ("claims", "checks", "series", "outcomes", "agenda"):
        if name not in frames:
            continue
        frame = frames[name]
        for column in ("period", "date"):
            if column in frame:
                filled = frame[frame[column] != ""]
                fault(name, filled.index[~filled[column].map(is_period)], column,
                      "a period such as 2021, 2021-06 or 2021-06/2021-09 is needed")  # fmt: skip
        if "url" in frame:
            unread = frame["how_read"] == "not searched"
            opens = frame["url"].str.match(r"https?://[^\s/]+\.[^\s/]+/?")
            opens &= ~frame["url"].str.contains(r"[\s<>\"{}|\\^`]")  # No address holds these: RFC 3986.
            fault(name, frame.index[~unread & ~opens], "url",
                  "an address that a person can open is needed")  # fmt: skip
            fault(name, frame.index[unread & (frame["url"] != "")], "url", "not searched has no address")
    if faults:
        return faults
    if "claims" in frames:
        faults += _check_claims(meta, frames, fault)
    if "series" in frames:
        faults += _check_units(frames, "series")
        _check_numbers(frames, "series", fault)
        frame = frames["series"]
        sides = [*meta["sides"], NONE]
        fault("series", frame.index[~frame["side"].isin(sides)], "side", f"allowed: {', '.join(sides)}")
        for _, rows in frame.groupby("series"):
            fault("series", rows.index[rows["measure"] != rows["measure"].iloc[0]], "measure",
                  "all points of a series have one measure: a new definition is a new series")  # fmt: skip
            fault("series", rows.index[rows["side"] != rows["side"].iloc[0]], "side",
                  "all points of a series are about one side")  # fmt: skip
    if "wants" in frames:
        faults += _check_wants(meta, frames, fault)
    if "agenda" in frames:
        sides = [*meta["sides"], NONE]
        fault("agenda", frames["agenda"].index[~frames["agenda"]["side"].isin(sides)], "side",
              f"allowed: {', '.join(sides)}")  # fmt: skip
        frame = frames["agenda"]
        late = (frame["stage"] == "announced") & frame["date"].map(lambda day: begins_after(day, published))
        fault("agenda", frame.index[late], "date", "what is announced is dated before the article")
    return faults


def _check_units(frames, name):
    """Check that each row has the unit of its measure."""
    if "measures" not in frames:
        return [Fault(f"{name}.csv", "measures.csv is needed beside this table", column="measure")]
    units = frames["measures"].set_index("measure")["unit"]
    frame = frames[name]
    wanted = frame["measure"].map(units)
    if name == "claims":
        wanted = frame["kind"].map(UNITS).fillna(wanted)
    return [
        Fault(
            f"{name}.csv",
            f"the unit here is {wanted[row]}",
            line=row + 2,
            column="unit",
            value=frame.at[row, "unit"],
        )
        for row in frame.index[(frame["unit"] != wanted) & wanted.notna()]
    ]


def _check_numbers(frames, name, fault):
    """Check that each value is of the sort that its unit has."""
    frame = frames[name]
    filled = frame[frame["value"] != ""]
    for row, unit, value in zip(filled.index, filled["unit"], filled["value"], strict=True):
        allowed = VALUES.get(unit, NUMBER)
        if isinstance(allowed, tuple):
            if value not in allowed:
                fault(name, [row], "value", f"allowed: {', '.join(allowed)}")
        elif not re.fullmatch(allowed, value):
            fault(name, [row], "value", "a number is needed" if allowed == NUMBER else "a date is needed")
        elif allowed == NUMBER and float(value) < 0:
            fault(name, [row], "value", "a number from 0 is needed")


def _check_claims(meta, frames, fault):
    """Check claims.csv and checks.csv."""
    if "checks" not in frames or "measures" not in frames:
        return [Fault("claims.csv", "checks.csv and measures.csv are needed beside this table")]
    claims, checks = frames["claims"], frames["checks"]
    paragraphs = frames["paragraphs"].set_index("paragraph")
    words = vocabulary(frames)
    faults = anchor_faults("claims.csv", claims, look_up(claims["paragraph"], words[0]), words)
    faults += _check_units(frames, "claims") + _check_units(frames, "checks")
    _check_numbers(frames, "claims", fault)
    _check_numbers(frames, "checks", fault)
    sides = [*meta["sides"], NONE]
    fault("claims", claims.index[~claims["side"].isin(sides)], "side", f"allowed: {', '.join(sides)}")
    fault("claims", claims.index[claims["end"] <= claims["start"]], "end", "the end lies behind the start")
    length = claims["paragraph"].map(paragraphs["characters"])
    fault("claims", claims.index[claims["end"] > length], "end", "the span ends within its paragraph")
    kind = claims["paragraph"].map(paragraphs["kind"])
    fault("claims", claims.index[~kind.isin([*CODED, "link"]) & kind.notna()], "paragraph",
          "claims stand in body paragraphs, captions and links")  # fmt: skip
    order = claims["paragraph"].map(paragraphs["order"]) * 1_000_000 + claims["start"]
    fault("claims", claims.index[order < order.shift()], "start", "claims stand in the order of the text")
    coding = frames.get("coding")
    if coding is not None:
        said = set(zip(coding["paragraph"], coding["issue"], strict=True))
        bare = [
            row for row in claims.index
            if claims.at[row, "issue"] and kind[row] in CODED
            and (claims.at[row, "paragraph"], claims.at[row, "issue"]) not in said
        ]  # fmt: skip
        fault("claims", bare, "issue", "a statement on this issue is needed in this paragraph")
    hedges = {
        "number": ["", "as many as", "nearly", "more than"], "ratio": ["", "nearly", "more than"],
        "date": ["", "first"],
    }  # fmt: skip
    for row in claims.itertuples():
        allowed = hedges.get(row.kind, [""])
        if row.hedge not in allowed:
            fault("claims", [row.Index], "hedge", f"a {row.kind} takes {', '.join(allowed[1:]) or 'none'}")
    silent = claims["value"].isin(["silent", "partly"])
    fault("claims", claims.index[silent], "value", "a claim says yes or no")
    bare = ~claims["claim"].isin(checks["claim"])
    fault("claims", claims.index[bare], "claim", "a row of checks.csv is needed, were it `not searched`")
    unread = checks["how_read"] == "not searched"
    for column in ("source", "origin", "title", "publisher", "url", "period"):
        fault(
            "checks",
            checks.index[~unread & (checks[column] == "")],
            column,
            "a value is needed where a source was read",
        )
    fault("checks", checks.index[unread & (checks["value"] != "")], "value", "not searched has no value")
    fault(
        "checks",
        checks.index[unread != (checks["link"] == "none")],
        "link",
        "none goes with not searched, and only with it",
    )
    kinds = checks["claim"].map(claims.set_index("claim")["kind"])
    fault("checks", checks.index[(checks["use"] != "direct") & ~kinds.isin(list(UNITS))], "use",
          "over and under go with a ratio, a change or a trend")  # fmt: skip
    fault("checks", checks.index[(checks["use"] == "direct") & kinds.isin(list(UNITS)) & ~unread], "use",
          "a ratio, a change or a trend takes over and under")  # fmt: skip
    zero = (checks["use"] == "under") & (checks["value"].isin(["", "0"]))
    fault("checks", checks.index[zero], "value", "nothing can be divided by this")
    fault(
        "checks",
        checks.index[(checks["use"] == "over") & (checks["value"] == "")],
        "value",
        "a value is needed",
    )
    early = [
        row.Index for row in checks[~unread].itertuples()
        if row.date and row.status == "final" and span(row.date)[1] < span(row.period)[0]
    ]  # fmt: skip
    fault("checks", early, "date", "a final figure is not older than its period")
    units = dict(zip(claims["claim"], claims["unit"], strict=True))
    for row in checks[~unread].itertuples():
        if row.use == "direct" and row.unit != units.get(row.claim, row.unit):
            fault("checks", [row.Index], "unit", f"the claim's unit is {units[row.claim]}")
    return faults


def _check_wants(meta, frames, fault):
    """Check wants.csv and outcomes.csv."""
    faults = []
    wants, names = frames["wants"], meta.get("horizons")
    if "outcomes" not in frames:
        faults.append(Fault("wants.csv", "outcomes.csv is needed beside this table"))
    days = list(names.values()) if isinstance(names, dict) else []
    if not days or not all(hasattr(day, "year") for day in days) or sorted(days) != days:
        allowed = "names with days in the order of time are needed, for outcomes.csv"
        faults.append(Fault("study.toml", allowed, column="horizons"))
    sides = list(meta["sides"])
    fault("wants", wants.index[~wants["side"].isin(sides)], "side", f"allowed: {', '.join(sides)}")
    coding = frames.get("coding")
    if coding is not None:
        said = set(zip(coding["paragraph"], coding["issue"], coding["side"], strict=True))
        for row in wants.itertuples():
            if (row.paragraph, row.issue, row.side) not in said:
                there = sorted(
                    issue for paragraph, issue, side in said if (paragraph, side) == (row.paragraph, row.side)
                )
                allowed = f"a statement of {row.side} on {row.issue} is needed in this paragraph, which has "
                fault("wants", [row.Index], "paragraph", allowed + (", ".join(there) or "none of this side"))
    return faults
