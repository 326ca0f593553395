"""Hold an article's claims against other sources, and what was wanted against what followed.

The verdict on a claim is never entered by hand; `verdict` applies this rule to its checks.

1. A check gives a *reading*: its own value, or, for a ratio or a change, the quotient of two checks,
   so that both sources are named. The parts of a quotient have the same status, for provisional is
   not final, and the same period (ratio) or the same measure, origin and length of period (change,
   trend). Two bases are mixed only where a denominator has no numerator of its own basis.
2. A reading *agrees*, is *near* or *differs*, by the kind and the hedge of the claim (`agreement`).
3. A reading *counts* if it measures what the claim speaks of, in the claim's period, by one basis.
   Else it stands beside the claim: another definition or another period can neither support nor
   contradict. So does the word of whoever makes the claim, and a release later than the article
   where an earlier one of the same origin was at hand: a claim is judged by what could be known.
4. A source that does not speak of the matter differs only if all of it was read: what was read in
   part never shows that something is absent.
5. Sources that rest on one count are one *origin*. Where its maker's own text was read, reports of it
   do not count beside it. An origin agrees or differs if all its readings do; else it is near.
6. *supported*: all origins that count agree. *contradicted*: all differ. *roughly*: they are divided
   or near; or all agree and a reading beside the claim differs; or only readings beside the claim
   exist, and one agrees or is near. *cannot be checked*: all else, and every judgement.

Outcomes follow a rule in the same way: see `outcome`.
"""

import re
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.article import linked, passage, plain
from analysis.study import CODED, NONE, anchor_faults, look_up, vocabulary
from analysis.tables import Fault

VERDICTS = {
    "supported": "every independent count that can be compared agrees",
    "roughly": "the counts are divided or near, or only others than the claim's own can be had",
    "contradicted": "every independent count that can be compared differs",
    "cannot be checked": "a judgement, or no source that could decide was found",
}
OUTCOMES = {
    "met": "what was wanted was done, and not undone",
    "partly": "a part was done, words were given, or it was done and undone",
    "not met": "the opposite was decided",
    "overtaken": "the question fell away",
    "unknown": "nothing that bears on it was found",
}
PLACES = {
    "pillar": "a heading of the summit's own programme",
    "commitment": "a pledge in its papers",
    "statement": "words in its papers",
    "beside": "raised in the talks or announced with them",
    "not found": "not found in what was read of its papers",
}
ROUNDING, NEAR, RISE, LEVEL = 0.5, 0.25, 10, 5
COPY = ("maker", "mirror")  # sources that carry the maker's own text
WHOLE = ("whole page", "file")
UNITS = {"ratio": "times", "change": "percent", "trend": "direction"}
VALUES = {
    "direction": ("up", "down", "level"),
    "answer": ("yes", "partly", "no", "silent"),
    "date": r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",
}
NUMBER = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?"
PART = re.compile(VALUES["date"])


@lru_cache(maxsize=4096)
def span(period):
    """Return the first and the last moment of a period.

    Parameters
    ----------
    period : str
        A year, month or day, or two of them apart by a slash: `2021`, `2021-06/2021-09`.

    Returns
    -------
    start, end : pandas.Timestamp

    Raises
    ------
    ValueError
        If the text is no such period, or ends before it starts.
    """
    parts = period.split("/")
    if len(parts) > 2 or not all(PART.fullmatch(part) for part in parts):
        raise ValueError("a period such as 2021, 2021-06 or 2021-06/2021-09 is needed")
    start, end = pd.Period(parts[0]).start_time, pd.Period(parts[-1]).end_time
    if end < start:
        raise ValueError("the period ends before it starts")
    return start, end


def months(period):
    """Return the length of a period in whole months, at least one."""
    start, end = span(period)
    return max(1, round((end - start).days / 30.44))


def within(period, other):
    """Tell whether a period lies within another."""
    (start, end), (first, last) = span(period), span(other)
    return first <= start and end <= last


def agreement(claim, value, bound=""):
    """Say how a reading stands to a claim.

    A number agrees where it rounds to the claim's as that is printed; after *nearly*, where it lies
    up to a tenth below it; after *more than*, where it exceeds it; after *as many as*, where it
    rounds to it, and a lower one is near. Else it is near within a quarter. A count agrees where it
    is equal. A number that its source bounds (at least, at most, about) is near where it would
    agree, unless the claim bounds it alike. A change of at least 10 percent is up or down, one of
    at most 5 percent level; a smaller one of the right sign is near. A date agrees where it lies in
    the claim's, and is near where it is only less exact. An answer agrees, is near (partly) or
    differs.

    Parameters
    ----------
    claim : object
        With `kind`, `value`, `hedge`.
    value : str or float
    bound : {'', 'at least', 'at most', 'about'}

    Returns
    -------
    {'agrees', 'near', 'differs'}
    """
    if claim.kind == "state":
        return {claim.value: "agrees", "partly": "near"}.get(value, "differs")
    if claim.kind == "date":
        if value.startswith(claim.value):
            return "agrees"
        return "near" if claim.value.startswith(value) else "differs"
    value = float(value)
    if claim.kind == "trend":
        moved = {"up": value, "down": -value, "level": LEVEL + RISE - abs(value)}[claim.value]
        return "agrees" if moved >= RISE else "near" if moved > 0 else "differs"
    wanted = float(claim.value)
    if claim.kind == "count":
        found = "agrees" if value == wanted else "differs"
    else:
        slack = ROUNDING * _step(claim.value, rounded=claim.hedge == "as many as")
        low, high = {"nearly": (0.9 * wanted, wanted), "more than": (wanted, np.inf)}.get(
            claim.hedge, (wanted - slack, wanted + slack)
        )
        near = abs(value - wanted) <= NEAR * wanted or (claim.hedge == "as many as" and value < wanted)
        found = "agrees" if low <= value <= high else "near" if near else "differs"
    alike = {"as many as": "at most", "more than": "at least"}.get(claim.hedge)
    return "near" if found == "agrees" and bound and bound != alike else found


def _step(value, rounded):
    """Return the step to which a number is printed: 29 to the one, and 500000, if rounded, to 100000."""
    decimals = len(value.partition(".")[2])
    zeros = len(value) - len(value.rstrip("0")) if rounded and not decimals else 0
    return 10.0 ** (zeros - decimals)


def readings(study, claim=None):
    """List what the checks of a claim, or of all claims, say.

    Parameters
    ----------
    study : types.SimpleNamespace
    claim : str, optional

    Returns
    -------
    pandas.DataFrame
        A row a reading: `claim`, `value`, `bound`, `measure`, `label`, `period`, `status`,
        `agreement` (agrees, near, differs, or empty for a source without a value), `beside` (why it
        does not count; empty where it counts), `origin`, `publisher` (both of a quotient), `checks`
        (ids), `date`, `how_read`.
    """
    wanted = study.claims if claim is None else study.claims[study.claims["claim"] == claim]
    groups = {}
    for row in study.checks.itertuples():
        if row.how_read != "not searched":
            groups.setdefault((row.claim, row.use), []).append(row)
    measures = study.measures.set_index("measure").to_dict("index")
    rows = []
    for item in wanted.itertuples():
        found = [_single(measures, item, row) for row in groups.get((item.claim, "direct"), [])]
        if item.kind in UNITS:
            overs, unders = (groups.get((item.claim, use), []) for use in ("over", "under"))
            found += _quotients(measures, item, overs, unders)
        _set_aside(study, item, found)
        rows += found
    columns = [
        "claim", "value", "bound", "measure", "label", "period", "status", "agreement", "beside",
        "origin", "publisher", "checks", "date", "how_read", "source",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _single(measures, claim, row):
    """Return the reading that one check gives by itself."""
    silent = row.value == "silent" and row.how_read not in WHOLE
    said = row.value != "" and not silent and claim.kind != "judgement"
    return {
        "claim": claim.claim,
        "value": row.value,
        "bound": row.bound,
        "measure": row.measure,
        "label": measures[row.measure]["label"],
        "period": row.period,
        "status": row.status,
        "agreement": agreement(claim, row.value, row.bound) if said else "",
        "beside": "read in part" if silent else _apart(measures, claim, [row]),
        "origin": row.origin,
        "publisher": row.publisher,
        "checks": row.check,
        "date": row.date,
        "how_read": row.how_read,
        "source": row.source,
    }


def _quotients(measures, claim, overs, unders):
    """Return the readings that pairs of checks give: ratios, or changes in percent."""
    basis = {name: entry["basis"] for name, entry in measures.items()}
    alike = {basis[over.measure] for over in overs}
    # Two bases are mixed only where a denominator has no numerator of its own basis.
    pairs = [
        (over, under)
        for over in overs
        for under in unders
        if basis[over.measure] == basis[under.measure] or basis[under.measure] not in alike
    ]
    found = []
    for over, under in pairs:
        if claim.kind == "ratio":
            fits = (over.period, over.status) == (under.period, under.status)
            value = float(over.value) / float(under.value)
            label = f"{measures[over.measure]['label']} / {measures[under.measure]['label']}"
            period = over.period
        else:
            fits = (over.measure, over.origin, over.status) == (under.measure, under.origin, under.status)
            fits &= months(over.period) == months(under.period)
            fits &= span(over.period)[0] > span(under.period)[0]
            value = 100 * (float(over.value) / float(under.value) - 1)
            label = measures[over.measure]["label"]
            period = f"{under.period.split('/')[0]}/{over.period.split('/')[-1]}"
        if not fits:
            continue
        beside = _apart(measures, claim, [over, under])
        bases = {basis[over.measure], basis[under.measure]}
        if claim.kind == "ratio":
            beside = "" if len(bases) == 1 and within(over.period, claim.period) else "mixed bases"
        found.append(
            {
                "claim": claim.claim,
                "value": value,
                "bound": over.bound or under.bound,
                "measure": over.measure,
                "label": label,
                "period": period,
                "status": over.status,
                "agreement": agreement(claim, value, over.bound or under.bound),
                "beside": beside,
                "origin": " / ".join(dict.fromkeys([over.origin, under.origin])),
                "publisher": " / ".join(dict.fromkeys([over.publisher, under.publisher])),
                "checks": f"{over.check} {under.check}",
                "date": max(over.date, under.date),
                "how_read": "computed",
                "source": over.source if over.source == under.source else "report",
            }
        )
    return found


def _apart(measures, claim, checks):
    """Say why checks do not count for a claim, as far as each shows it by itself."""
    for row in checks:
        if claim.measure not in (row.measure, measures[row.measure]["part_of"]):
            return "another measure"
        if not within(row.period, claim.period):
            return "another period"
        if row.origin == claim.claimed_by:
            return "the claimant's own word"
    return ""


def _set_aside(study, claim, found):
    """Mark the readings that others of the same origin make beside the point."""
    day = pd.Timestamp(study.meta["article"]["published"]) if "published" in study.meta["article"] else None
    known = [bool(day and row["date"] and span(row["date"])[0] <= day) for row in found]
    for row, early in zip(found, known, strict=True):
        same = [
            (other, before)
            for other, before in zip(found, known, strict=True)
            if not other["beside"] and (other["origin"], other["period"]) == (row["origin"], row["period"])
        ]
        if row["beside"]:
            continue
        if not early and row["date"] and any(before for _, before in same):
            row["beside"] = "a later release"
        elif row["source"] not in COPY and any(other["source"] in COPY for other, _ in same):
            row["beside"] = "the maker's text was read"


def verdict(found, kind):
    """Return the verdict that the rule gives on one claim.

    Parameters
    ----------
    found : list of namedtuple
        The claim's readings: rows of what `readings` returns.
    kind : str
        The claim's kind.

    Returns
    -------
    str
        A key of VERDICTS.
    """
    said = [row for row in found if row.agreement]
    if kind == "judgement" or not said:
        return "cannot be checked"
    apart = ("another measure", "another period", "mixed bases")
    beside = {row.agreement for row in said if row.beside in apart}
    own = {row.agreement for row in said if row.beside == "the claimant's own word"}
    counted = {}
    for row in said:
        if not row.beside:
            counted.setdefault(row.origin, set()).add(row.agreement)
    results = {one.pop() if len(one) == 1 else "near" for one in counted.values()}
    if not results:
        return "roughly" if (beside | own) & {"agrees", "near"} else "cannot be checked"
    if results == {"agrees"}:
        return "roughly" if "differs" in beside else "supported"
    return "contradicted" if results == {"differs"} else "roughly"


def ledger(study):
    """Return every claim with the verdict of the rule.

    Parameters
    ----------
    study : types.SimpleNamespace

    Returns
    -------
    pandas.DataFrame
        A row a claim, in the order of the text: the columns of claims.csv and `verdict`, `origins`
        (independent origins that count), `sources` (checks that were read), `provisional` (whether
        the verdict rests on provisional figures alone), `read` (`whole` or `in part`: how the
        sources that count were read).
    """
    found = {}
    for row in readings(study).itertuples():
        found.setdefault(row.claim, []).append(row)
    searched = study.checks.loc[study.checks["how_read"] != "not searched", "claim"].value_counts()
    rows = []
    for item in study.claims.itertuples():
        mine = found.get(item.claim, [])
        counted = [row for row in mine if row.agreement and not row.beside]
        rows.append(
            {
                "verdict": verdict(mine, item.kind),
                "origins": len({row.origin for row in counted}),
                "sources": int(searched.get(item.claim, 0)),
                "provisional": bool(counted) and all(row.status == "provisional" for row in counted),
                "read": "whole" if counted and all(row.how_read in WHOLE for row in counted) else "in part",
            }
        )
    return study.claims.join(pd.DataFrame(rows, index=study.claims.index))


def tally(study):
    """Count the claims by verdict.

    Returns
    -------
    pandas.DataFrame
        A row a verdict: `verdict`, `claims`, `one origin` (those that rest on a single one),
        `meaning`.
    """
    table = ledger(study)
    counts = table["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0)
    single = table[table["origins"] == 1]["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0)
    return pd.DataFrame(
        {
            "verdict": list(VERDICTS),
            "claims": counts.to_numpy(),
            "one origin": single.to_numpy(),
            "meaning": list(VERDICTS.values()),
        }
    )


def fares(study):
    """Count the claims that each compared side's case rests on, by verdict.

    Returns
    -------
    pandas.DataFrame
        A row a side (and `none`), a column a verdict, and `claims`, their sum.
    """
    table = ledger(study)
    sides = [*study.meta["compare"], NONE]
    counts = pd.crosstab(table["side"], table["verdict"]).reindex(
        index=sides, columns=list(VERDICTS), fill_value=0
    )
    counts.columns.name = None
    return counts.assign(claims=counts.sum(axis=1))


def sorts(study):
    """Count each compared side's claims, and those supported, by whether they are figures.

    Returns
    -------
    pandas.DataFrame
        A row a side (and `none`) and sort (`figures`: numbers, counts, ratios, changes and trends;
        `facts`: dates and states; `judgements`): `claims` and `supported`.
    """
    table = ledger(study)
    sort = table["kind"].map({"date": "facts", "state": "facts", "judgement": "judgements"}).fillna("figures")
    groups = table.assign(sort=sort, good=table["verdict"] == "supported").groupby(["side", "sort"])["good"]
    rows = pd.MultiIndex.from_product(
        [[*study.meta["compare"], NONE], ["figures", "facts", "judgements"]], names=["side", "sort"]
    )
    counted = groups.agg(claims="size", supported="sum").reindex(rows, fill_value=0)
    return counted[counted["claims"] > 0].reset_index()


def evidence(study, claim):
    """Show a claim's readings as a short table.

    Returns
    -------
    pandas.DataFrame
        A row a reading: `value`, `what is measured`, `period`, `publisher`, `agreement`, `counts`
        (yes, or why not).
    """
    found = readings(study, claim)
    value = found["value"].map(number)
    return pd.DataFrame(
        {
            "value": np.where(found["bound"] != "", found["bound"] + " " + value, value),
            "what is measured": found["label"],
            "period": found["period"],
            "publisher": found["publisher"],
            "agreement": found["agreement"].replace("", "no value"),
            "counts": found["beside"].replace("", "yes"),
        }
    )


def number(value):
    """Write a number for reading: thousands apart, two decimals at most; other texts as they are."""
    if isinstance(value, str) and not re.fullmatch(NUMBER, value):
        return value
    text = f"{float(value):,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def source_list(study, claim):
    """List the sources of a claim.

    Returns
    -------
    str
        Markdown: a link a source, what it says, how it was read and what is known of the link.
    """
    rows = study.checks[study.checks["claim"] == claim]
    labels = study.measures.set_index("measure")["label"]
    lines = []
    for row in rows.itertuples():
        if row.how_read == "not searched":
            lines.append(f"- `{row.check}` not searched{f': {plain(row.note)}' if row.note else ''}")
            continue
        dated = f", {row.date}" if row.date else ", no date shown"
        value = " ".join(filter(None, [row.bound, number(row.value), row.status]))
        said = f"{labels[row.measure]}: {value or 'no value'}, {row.period}"
        note = f" {plain(row.note)}." if row.note else ""
        lines.append(
            f"- `{row.check}` {linked(row.title, row.url)}, {plain(row.publisher)}{dated}. {plain(said)}.{note} "
            f"*Read: {row.how_read}; link: {row.link}; origin: {row.origin}.*"
        )
    return "\n".join(lines)


def ledger_list(study, verdict, table=None):
    """List the claims with a verdict, each with links to its passage and to its sources.

    Parameters
    ----------
    study : types.SimpleNamespace
    verdict : str
        A key of VERDICTS.
    table : pandas.DataFrame, optional
        As `ledger` returns it.

    Returns
    -------
    str
        Markdown: a line a claim, with who makes it; of each source its publisher, what it says of
        which period, its part in a quotient, how near it is to the maker of the figure, how it was
        read, and a mark where the page is retired.
    """
    table = ledger(study) if table is None else table
    makers, shorts = study.claims.set_index("claim")["claimed_by"], study.actors.set_index("actor")["short"]
    lines = []
    for row in table[table["verdict"] == verdict].itertuples():
        links = []
        for item in study.checks[study.checks["claim"] == row.claim].itertuples():
            if item.how_read == "not searched":
                continue
            said = " ".join(filter(None, [item.bound, number(item.value) or "no value", item.status]))
            part = "" if item.use == "direct" else item.use
            gone = "retired" if item.link == "retired" else ""
            how = ", ".join(filter(None, [part, item.source, item.how_read, gone]))
            source = linked(f"{item.check} {item.publisher}", item.url)
            links.append(f"{source} {plain(f'{said}, {item.period} ({how})')}")
        value = " ".join(filter(None, [row.hedge, number(row.value), row.unit]))
        marks = f"{shorts[makers[row.claim]]}; {row.kind}: {value}, {row.period}; origins: {row.origins}"
        marks += ", provisional figures" if row.provisional else ""
        lines.append(
            f"- **{row.claim}** {passage(study, row.anchor, row.paragraph)} {plain(row.wording)}. "
            f"*{plain(marks)}.* {' · '.join(links) or 'not searched'}"
        )
    return "\n".join(lines)


def outcome(facts, whole=WHOLE):
    """Return the outcome that the rule gives for one want, from what happened up to some day.

    *overtaken* if the last fact is that the question fell away. Else *met* if the thing was done and
    never undone, *not met* if the opposite was decided and the thing never done; both: *partly*. If
    neither: *partly* where a part was done or words were given. A source that does not speak of it
    counts as *not met* only if all of it was read. Facts that are only context decide nothing; with
    no others, *unknown*.

    Parameters
    ----------
    facts : pandas.DataFrame
        With `effect` and `how_read`, in the order of time.
    whole : sequence of str
        Ways of reading that take in the whole source.

    Returns
    -------
    str
        A key of OUTCOMES.
    """
    read = list(zip(facts["effect"], facts["how_read"], strict=True))
    effects = [effect for effect, _ in read if effect not in ("context", "silent")]
    if not effects:
        return "not met" if any(effect == "silent" and how in whole for effect, how in read) else "unknown"
    if effects[-1] == "moot":
        return "overtaken"
    if {"does", "against"} <= set(effects):
        return "partly"
    return "met" if "does" in effects else "not met" if "against" in effects else "partly"


def horizons(study):
    """Return the horizons of study.toml: a dict from name to the last day that counts."""
    return {name: pd.Timestamp(day) for name, day in study.meta["horizons"].items()}


def outcomes(study):
    """Return the outcome of each want at each horizon.

    Facts from before the article are not counted: they were there already.

    Parameters
    ----------
    study : types.SimpleNamespace

    Returns
    -------
    pandas.DataFrame
        A row a want, in the order of wants.csv: `want`, `issue`, `side`, `wanted`, and a column a
        horizon with a key of OUTCOMES.
    """
    facts = study.outcomes.assign(day=study.outcomes["date"].map(lambda day: span(day)[0]))
    facts = facts[facts["day"] >= pd.Timestamp(study.meta["article"]["published"])]
    facts = facts.sort_values("day", kind="stable")
    table = study.wants[["want", "issue", "side", "wanted"]].copy()
    known = [facts[facts["want"] == want] for want in table["want"]]
    for name, last in horizons(study).items():
        table[name] = [outcome(found[found["day"] <= last]) for found in known]
    return table


def outcome_counts(study):
    """Count the outcomes of each side's wants at each horizon.

    Returns
    -------
    pandas.DataFrame
        A row a side and horizon, a column a key of OUTCOMES.
    """
    names = list(study.meta["horizons"])
    long = outcomes(study).melt(["want", "side"], names, var_name="horizon", value_name="outcome")
    table = pd.crosstab([long["side"], long["horizon"]], long["outcome"])
    sides = [side for side in study.meta["sides"] if side in set(long["side"])]
    rows = pd.MultiIndex.from_product([sides, names], names=["side", "horizon"])
    table = table.reindex(index=rows, columns=list(OUTCOMES), fill_value=0)
    table.columns.name = None
    return table


def fact_list(study, want):
    """List what is known to have happened on a want, with links, in the order of time.

    Returns
    -------
    str
        Markdown: a line a fact.
    """
    rows = study.outcomes[study.outcomes["want"] == want].sort_values("date", kind="stable")
    return "\n".join(
        f"- {row.date}, *{row.effect}*: {plain(row.fact)} ({linked(row.publisher, row.url)}, "
        f"{row.source_date or 'no date shown'}; read: {row.how_read}; link: {row.link})"
        for row in rows.itertuples()
    )


def agenda(study):
    """Hold the space that the article gives to each issue against its place on the event's agenda.

    Parameters
    ----------
    study : types.SimpleNamespace

    Returns
    -------
    pandas.DataFrame
        A row an issue, most statements first: `issue`, `statements` (of all sides and of none),
        `share`, `rank` (equal ranks are shared), `place` (the best place in the papers adopted, a
        key of PLACES), `announced` (sides that named it beforehand).
    """
    count = study.statements["issue"].value_counts().reindex(study.issues["issue"], fill_value=0)
    rank = {name: place for place, name in enumerate(PLACES)}
    adopted = study.agenda[study.agenda["stage"] == "adopted"]
    best = adopted.assign(rank=adopted["place"].map(rank)).sort_values("rank", kind="stable")
    best = best.drop_duplicates("issue").set_index("issue")["place"]
    early = study.agenda[study.agenda["stage"] == "announced"]
    said = early.groupby("issue", sort=False)["side"].agg(lambda sides: ", ".join(dict.fromkeys(sides)))
    table = pd.DataFrame(
        {
            "issue": count.index,
            "statements": count.to_numpy(),
            "share": (count / count.sum()).to_numpy(),
            "rank": count.rank(ascending=False, method="min").astype(int).to_numpy(),
            "place": best.reindex(count.index).fillna("not found").to_numpy(),
            "announced": said.reindex(count.index).fillna("").to_numpy(),
        }
    )
    return table.sort_values("statements", ascending=False, kind="stable").reset_index(drop=True)


def on_agenda(study, place="pillar"):
    """Return the issues that have a place on the event's own agenda, in the codebook's order."""
    table = agenda(study)
    named = set(table.loc[table["place"] == place, "issue"])
    return [issue for issue in study.issues["issue"] if issue in named]


def check(meta, frames):
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
            faults.append(Fault(f"{name}.csv", row + 2, column, str(frames[name].at[row, column]), allowed))

    published = meta["article"].get("published")
    for name in ("claims", "checks", "series", "outcomes", "agenda"):
        if name not in frames:
            continue
        frame = frames[name]
        for column in ("period", "date"):
            if column in frame:
                filled = frame[frame[column] != ""]
                fault(name, filled.index[~filled[column].map(_is_period)], column,
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
        late = (frame["stage"] == "announced") & frame["date"].map(lambda day: _after(day, published))
        fault("agenda", frame.index[late], "date", "what is announced is dated before the article")
    return faults


def _is_period(text):
    """Tell whether a text is a period that `span` can read, in the years 1990 to 2030."""
    try:
        start, end = span(text)
    except ValueError:
        return False
    return start.year >= 1990 and end.year <= 2030


def _after(day, other):
    """Tell whether a day, month or year begins after another day."""
    return bool(day and other) and span(day)[0] > pd.Timestamp(other)


def _check_units(frames, name):
    """Check that each row has the unit of its measure."""
    if "measures" not in frames:
        return [Fault(f"{name}.csv", None, "measure", None, "measures.csv is needed beside this table")]
    units = frames["measures"].set_index("measure")["unit"]
    frame = frames[name]
    wanted = frame["measure"].map(units)
    if name == "claims":
        wanted = frame["kind"].map(UNITS).fillna(wanted)
    return [
        Fault(f"{name}.csv", row + 2, "unit", frame.at[row, "unit"], f"the unit here is {wanted[row]}")
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
        return [
            Fault("claims.csv", None, None, None, "checks.csv and measures.csv are needed beside this table")
        ]
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
        faults.append(Fault("wants.csv", None, None, None, "outcomes.csv is needed beside this table"))
    days = list(names.values()) if isinstance(names, dict) else []
    if not days or not all(hasattr(day, "year") for day in days) or sorted(days) != days:
        allowed = "names with days in the order of time are needed, for outcomes.csv"
        faults.append(Fault("study.toml", None, "horizons", None, allowed))
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
