"""The whole story in one table: each ask, whose word it is, and what came of it."""

import pandas as pd

from analysis import claims, measures
from analysis.study.codebook import ASKS, NONE, NOT_NAMED, STEPS
from analysis.study.documents import ADOPTED, DECLARED, of_layer
from analysis.study.statements import admit, labels
from analysis.study.wording import say

KEYS = ["side", "toward", "issue", "ask", "gist", "told by"]
PLEDGES = ("offer", "action")
MARKS = {"for": "full", "against": "cross", "both": "half", "open": "half", "not reported": ""}


def story(study):
    """Tell of each ask in the article what the study knows of it, in words, each with a mark.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per side, side addressed and issue of an ask, in the order of study.toml and of the text:
        `side`, `toward`, `issue` (ids), `ask` (label of the issue), `gist`, `told by`, `other side`
        (what the article reports of the side that is asked). A study that has texts of the sides adds
        `own texts` (what these say of it), one that has papers of the event `adopted`, one that has
        facts from the time since `outcome` (how far it got by the last horizon, and how it stood then).
        Beside each of these four stands its mark, in `other side mark` and so on: `full` for what was
        asked, agreed or done, `half` for less, `cross` for what was refused, empty for nothing found.
    """
    names, found = labels(study), _known(study)
    asks = measures.asks(study).merge(measures.answers(study)[["statement", "answer"]], on="statement")
    rows = []
    for (side, toward, issue), group in asks.groupby(["side", "toward", "issue"], sort=False):
        told = [say(study, f"voice-{row.evidence}", names.short[row.speaker]) for row in group.itertuples()]
        first, told = group.iloc[0], "; ".join(dict.fromkeys(told))
        row = dict(zip(KEYS, (side, toward, issue, names.issues[issue], first["gist"], told), strict=True))
        cells = {"other side": (MARKS[first["answer"]], say(study, f"reply-{first['answer']}"))}
        cells |= {name: tell(side, issue) for name, tell in found.items()}
        for name, (mark, words) in cells.items():
            row |= {name: words, f"{name} mark": mark}
        rows.append(row)
    return pd.DataFrame(
        rows, columns=[*KEYS, *(f"{name}{end}" for name in ("other side", *found) for end in ("", " mark"))]
    )


def _known(study):
    """Return what else the study can say of a side's ask on an issue: a function for each column."""
    found = {}
    if of_layer(study, DECLARED):
        own = admit(study, layers=(DECLARED,))
        found["own texts"] = lambda side, issue: _own(
            study, own[(own["side"] == side) & (own["issue"] == issue)]
        )
    if of_layer(study, ADOPTED):
        papers = admit(study, layers=(ADOPTED,))
        found["adopted"] = lambda side, issue: _adopted(study, papers[papers["issue"] == issue])
    if len(study.effects):
        table, last = claims.outcomes(study), list(claims.horizons(study))[-1]
        found["outcome"] = lambda side, issue: _outcome(
            study, table.loc[(table["side"] == side) & (table["issue"] == issue), ["furthest", last]]
        )
    return found


def _own(study, statements):
    """Say what a side's own texts hold of an issue: an ask, a mention, a refusal, or nothing."""
    aside = statements["form"].isin(NOT_NAMED)
    asked = statements["form"].isin(ASKS) & (statements["toward"] != NONE)
    if asked.any():
        return "full", say(study, "own-asked", times=times(study, asked.sum()))
    numbers = {"own-named": (~aside).sum(), "own-aside": aside.sum()}
    told = [say(study, key, times=times(study, number)) for key, number in numbers.items() if number]
    return (
        ("half", say(study, "own-no-ask", told=", ".join(told))) if told else ("", say(study, "own-nothing"))
    )


def _adopted(study, statements):
    """Say what the papers of an event hold of an issue: a pledge, words, or nothing."""
    if statements["form"].isin(PLEDGES).any():
        return "full", say(study, "adopted-pledge")
    return ("half", say(study, "adopted-words")) if len(statements) else ("", say(study, "adopted-nothing"))


def _outcome(study, wants):
    """Say how far the wants got that an ask is, and whether that was ended."""
    if wants.empty:
        return "", say(study, "not-followed")
    states = wants.to_numpy().tolist()
    marks = {"" if state == STEPS[0] else "full" if state == STEPS[-1] else "half" for _, state in states}
    told = "; ".join(outcome_words(study, *state) for state in states)
    return marks.pop() if len(marks) == 1 else "half", told


def outcome_words(study, furthest, state):
    """Say how far a want got, and what became of it."""
    far, now = (say(study, f"outcome-{name}") for name in (furthest, state))
    return now if state == furthest else say(study, "outcome-then", furthest=far, state=now)


def times(study, number):
    """Return a number of times in words."""
    once, twice, more = say(study, "times", number=number).split("|")
    return {1: once, 2: twice}.get(int(number), more)
