"""The whole story in one table: each ask, whose word it is, and what came of it."""

import pandas as pd

from analysis import claims, measures
from analysis.study.codebook import ASKS, NONE, NOT_NAMED
from analysis.study.documents import ADOPTED, DECLARED, of_layer
from analysis.study.statements import admit, labels
from analysis.study.wording import say

KEYS = ("side", "toward", "issue", "ask", "gist", "told by", "other side")
PLEDGES = ("offer", "action")


def story(study):
    """Tell of each ask in the article what the study knows of it, in words.

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
        facts from the time since the name of its last horizon.
    """
    names = labels(study)
    replies = measures.answers(study).set_index("statement")["answer"]
    beyond = _beyond(study)
    rows = []
    for (side, toward, issue), found in measures.asks(study).groupby(["side", "toward", "issue"], sort=False):
        told = [say(study, f"voice-{row.evidence}", names.short[row.speaker]) for row in found.itertuples()]
        answer = replies[found["statement"].iloc[0]]
        row = {
            "side": side,
            "toward": toward,
            "issue": issue,
            "ask": names.issues[issue],
            "gist": found["gist"].iloc[0],
            "told by": "; ".join(dict.fromkeys(told)),
            "other side": say(study, f"reply-{answer}"),
        }
        rows.append(row | {name: tell(side, issue) for name, tell in beyond.items()})
    return pd.DataFrame(rows, columns=[*KEYS, *beyond])


def _beyond(study):
    """Return what else the study can say of a side's ask on an issue: a function for each column."""
    found = {}
    if of_layer(study, DECLARED):
        own = admit(study, layers=(DECLARED,))
        found["own texts"] = lambda side, issue: own_words(
            study, own[(own["side"] == side) & (own["issue"] == issue)]
        )
    if of_layer(study, ADOPTED):
        papers = admit(study, layers=(ADOPTED,))
        found["adopted"] = lambda side, issue: adopted_words(study, papers[papers["issue"] == issue])
    if len(study.effects):
        last, table = list(claims.horizons(study))[-1], claims.outcomes(study)

        def since(side, issue):
            wants = table[(table["side"] == side) & (table["issue"] == issue)]
            return "; ".join(map(outcome_words, wants["furthest"], wants[last])) or say(study, "not-followed")

        found[study.meta.get("horizon_names", {}).get(last, last)] = since
    return found


def own_words(study, statements):
    """Say what a side's own texts hold of an issue: an ask, a mention, a refusal, or nothing."""
    aside = statements["form"].isin(NOT_NAMED)
    asked = statements["form"].isin(ASKS) & (statements["toward"] != NONE)
    if asked.any():
        return say(study, "own-asked", times=times(study, asked.sum()))
    numbers = {"own-named": (~aside).sum(), "own-aside": aside.sum()}
    told = [say(study, key, number=number) for key, number in numbers.items() if number]
    return say(study, "own-no-ask", told=", ".join(told)) if told else say(study, "own-nothing")


def adopted_words(study, statements):
    """Say what the papers of an event hold of an issue: a pledge, words, or nothing."""
    if statements["form"].isin(PLEDGES).any():
        return say(study, "adopted-pledge")
    return say(study, "adopted-words" if len(statements) else "adopted-nothing")


def outcome_words(furthest, state):
    """Say how far a want got, and whether that was ended."""
    return furthest if state == furthest else f"{furthest}, {state}"


def times(study, number):
    """Return a number of times in words."""
    once, twice, more = say(study, "times", number=number).split("|")
    return {1: once, 2: twice}.get(int(number), more)
