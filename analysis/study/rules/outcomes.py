"""The rules for wants, what followed on them, and the event's agenda."""

from datetime import date

import pandas as pd

from analysis.study.faults import Fault
from analysis.study.periods import starts


def wants_have_outcomes_and_horizons(study):
    """Wants need a table of outcomes, and horizons: names with days in the order of time."""
    if study.wants.empty:
        return
    if study.outcomes.empty:
        yield Fault("wants.csv", "outcomes.csv is needed beside this table")
    horizons = study.meta.get("horizons")
    days = list(horizons.values()) if isinstance(horizons, dict) else []
    if not days or any(type(day) is not date for day in days) or sorted(days) != days:
        message = "names with days in the order of time are needed, for outcomes.csv"
        yield Fault("study.toml", message, column="horizons")


def wants_are_stated(study):
    """A want has a statement of its side on its issue, in its paragraph."""
    near = study.statements[study.statements["paragraph"].isin(study.wants["paragraph"])]
    told = near.groupby(["paragraph", "side"])["issue"].agg(lambda issues: sorted(set(issues))).to_dict()
    there = [told.get(pair, []) for pair in zip(study.wants["paragraph"], study.wants["side"], strict=True)]
    wrong = [issue not in known for issue, known in zip(study.wants["issue"], there, strict=True)]
    needed = [
        f"a statement of {row.side} on {row.issue} is needed in this paragraph, which has "
        + (", ".join(known) or "none of this side")
        for row, known in zip(study.wants.itertuples(), there, strict=True)
    ]
    yield "wants.csv", pd.Series(wrong, dtype=bool), "paragraph", pd.Series(needed, dtype=object)


def what_is_announced_comes_before_the_article(study):
    """What was announced beforehand is dated before the article, where its day is known."""
    published = study.meta["article"].get("published")
    late = study.agenda["stage"] == "announced"
    late &= starts(study.agenda["date"]) > pd.Timestamp(published)
    yield "agenda.csv", late, "date", "what is announced is dated before the article"


RULES = (
    wants_have_outcomes_and_horizons,
    wants_are_stated,
    what_is_announced_comes_before_the_article,
)
