"""How far each want got, and where it stood at each horizon."""

from dataclasses import replace

import pandas as pd

from analysis.study.codebook import STEPS
from analysis.study.periods import span
from analysis.study.wants import wants

DONE = STEPS[3:]  # only what was done, in part or in full, can be ended


def state(effects):
    """Return the state that facts leave a want in.

    Each step towards it raises the state, never lowers it. *ends it* reverses what was done in part or
    in full, and nothing less; *object gone* leaves it overtaken. A step after that counts anew.
    Context decides nothing, nor does a source that does not speak of it.

    Parameters
    ----------
    effects : sequence of str
        Effects of effects.csv, in the order of time.

    Returns
    -------
    str
        A key of STATES.
    """
    now = STEPS[0]
    for effect in effects:
        if effect == "ends it" and now in DONE:
            now = "reversed"
        elif effect == "object gone":
            now = "overtaken"
        elif effect in STEPS[1:] and (now not in STEPS or STEPS.index(effect) > STEPS.index(now)):
            now = effect
    return now


def furthest(effects):
    """Return the furthest point that a want reached, of STEPS, whatever came after."""
    steps = [STEPS.index(effect) for effect in effects if effect in STEPS]
    return STEPS[max(steps, default=0)]


def horizons(study):
    """Return the horizons of study.toml: a dict from name to the last day that counts."""
    return {name: pd.Timestamp(day) for name, day in study.meta["horizons"].items()}


def outcomes(study, column="effect"):
    """Return how far each want that is followed got, and its state at each horizon.

    Facts from before the article are not counted: they were there already.

    Parameters
    ----------
    study : Study
    column : {'effect', 'first', 'second'}
        Whose coding of the facts counts: what was settled, or one coder's.

    Returns
    -------
    pandas.DataFrame
        One row per want: the columns of `study.wants` but `followed`, `criterion`, `furthest` (to the
        last horizon), and one column per horizon with the state.
    """
    table = wants(study)
    table = table[table["followed"]].drop(columns="followed").reset_index(drop=True)
    table["criterion"] = table["want"].map(study.criteria.set_index("want")["criterion"]).fillna("")
    timed = timeline(study)
    timed = timed[timed["counts"]]
    last = list(horizons(study).values())[-1]
    known = [timed[(timed["want"] == want) & (timed["day"] <= last)] for want in table["want"]]
    table["furthest"] = [furthest(found[column]) for found in known]
    for name, day in horizons(study).items():
        table[name] = [state(found.loc[found["day"] <= day, column]) for found in known]
    return table


def timeline(study):
    """List every effect with its fact, in the order of time.

    Returns
    -------
    pandas.DataFrame
        One row per effect: the columns of effects.csv and facts.csv, `day` (the first that the date
        allows) and `counts` (false for what happened before the article).
    """
    table = study.effects.merge(study.facts, on="fact")
    table["day"] = [span(date)[0] for date in table["date"]]
    table["counts"] = table["day"] >= pd.Timestamp(study.meta["article"]["published"])
    return table.sort_values(["day", "fact"], kind="stable", ignore_index=True)


def sensitivity(study):
    """Show what changes if one doubtful effect is coded as the other coder had it.

    An effect is doubtful where the two coders differ.

    Returns
    -------
    pandas.DataFrame
        One row per doubtful effect that counts: `fact`, `want`, `effect`, `instead`, and `changes`,
        in words: what becomes of the furthest point and of the states.
    """
    base = outcomes(study).set_index("want")
    names = ["furthest", *horizons(study)]
    counted = timeline(study)
    counted = counted[counted["counts"] & (counted["second"] != "") & (counted["first"] != counted["second"])]
    rows = []
    for row in counted.itertuples():
        instead = row.second if row.effect == row.first else row.first
        here = (study.effects["fact"] == row.fact) & (study.effects["want"] == row.want)
        other = outcomes(_with(study, here, instead)).set_index("want")
        moved = [
            f"{name}: {base.at[row.want, name]} to {other.at[row.want, name]}"
            for name in names
            if base.at[row.want, name] != other.at[row.want, name]
        ]
        rows.append((row.fact, row.want, row.effect, instead, "; ".join(moved) or "nothing"))
    return pd.DataFrame(rows, columns=["fact", "want", "effect", "instead", "changes"])


def _with(study, here, effect):
    """Return the study with another effect in some rows."""
    return replace(study, effects=study.effects.assign(effect=study.effects["effect"].mask(here, effect)))
