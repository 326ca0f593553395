"""The rules for what followed on each want, and for the event's agenda."""

from datetime import date

import pandas as pd

from analysis.study.documents import ADOPTED, of_layer
from analysis.study.faults import Fault
from analysis.study.periods import spans
from analysis.study.wants import wants


def outcomes_have_horizons(study):
    """Effects need facts, and horizons: names with days in the order of time."""
    if study.effects.empty:
        return
    horizons = study.meta.get("horizons")
    days = list(horizons.values()) if isinstance(horizons, dict) else []
    if not days or any(type(day) is not date for day in days) or sorted(days) != days:
        needed = "names with days in the order of time are needed, for effects.csv"
        yield Fault("study.toml", needed, column="horizons")


def criteria_are_of_wants(study):
    """Each want that is followed has a criterion and facts, and only they have a criterion."""
    if study.criteria.empty:
        return
    table = wants(study)
    followed = table.loc[table["followed"], "want"]
    wrong = ~study.criteria["want"].isin(followed)
    yield "criteria.csv", wrong, "want", "the coding has no such want that is followed"
    for want in followed[~followed.isin(study.criteria["want"])]:
        yield Fault("criteria.csv", f"a criterion is needed for {want}", column="want")
    known = study.former_wants["want"]
    wrong = (known != "") & ~known.isin(table["want"])
    yield "former_wants.csv", wrong, "want", "the coding has no such want"
    bare = ~study.criteria["want"].isin(study.effects["want"]) & (len(study.effects) > 0)
    yield "criteria.csv", bare, "want", "a row of effects.csv is needed, even if only `nothing`"


def acts_of_the_asker_are_context(study):
    """What the one who asks does or says is context, for every side alike."""
    effects = study.effects
    by = effects["fact"].map(study.facts.set_index("fact")["side"])
    asking = effects["want"].map(wants(study).set_index("want")["side"]) if len(effects) else by
    for column in ("effect", "first", "second"):
        wrong = (by == asking) & ~effects[column].isin(["context", ""])
        yield "effects.csv", wrong, column, "an act of the side that asks is context"


def differences_have_a_reason(study):
    """Where two coders differ, or what counts is what neither gave, the reason is given."""
    effects = study.effects
    apart = (effects["second"] != "") & (effects["first"] != effects["second"])
    yield "effects.csv", apart & (effects["reason"] == ""), "reason", "the two differ: a reason is needed"
    wrong = ~apart & (effects["effect"] != effects["first"]) & (effects["reason"] == "")
    yield "effects.csv", wrong, "effect", "this is not what the coders gave: a reason is needed"


def headings_are_of_adopted_papers(study):
    """headings.csv has each heading of each adopted paper, and nothing else."""
    if study.headings.empty:
        return
    rows = study.paragraphs
    here = rows["document"].isin(of_layer(study, ADOPTED)) & (rows["kind"] == "heading")
    known = rows.loc[here, "paragraph"]
    wrong = ~study.headings["paragraph"].isin(known)
    yield "headings.csv", wrong, "paragraph", "a heading of an adopted paper is needed"
    for paragraph in known[~known.isin(study.headings["paragraph"])]:
        yield Fault("headings.csv", f"{paragraph} is missing; leave its issue empty if it names none")


def what_is_announced_comes_before_the_article(study):
    """What was announced beforehand is dated before the article, where its day is known."""
    late = spans(study.agenda["date"])["start"] > pd.Timestamp(study.meta["article"].get("published"))
    yield "agenda.csv", late, "date", "what is announced is dated before the article"


RULES = (
    outcomes_have_horizons,
    criteria_are_of_wants,
    acts_of_the_asker_are_context,
    differences_have_a_reason,
    headings_are_of_adopted_papers,
    what_is_announced_comes_before_the_article,
)
