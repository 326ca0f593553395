"""How far each want got, and where it stood at each horizon."""

from dataclasses import replace

import pandas as pd

from analysis.study.codebook import STEPS
from analysis.study.periods import span
from analysis.study.wants import wants

DONE = STEPS[3:]  # only what was done, in part or in full, can be ended


def state(effects):
    """Return the state, a key of STATES, that effects leave a want in; they come in the order of time.

    Each step towards it raises the state, never lowers it. *ends it* reverses what was done in part or
    in full, and nothing less; *object gone* leaves it overtaken. A step after that counts anew.
    Context decides nothing, nor does a source that does not speak of it.
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
    return STEPS[max((STEPS.index(effect) for effect in effects if effect in STEPS), default=0)]


def horizons(study):
    """Return the horizons of study.toml: a dict from name to the last day that counts."""
    return {name: pd.Timestamp(day) for name, day in study.meta["horizons"].items()}


def outcomes(study):
    """Return how far each want that is followed got, and its state at each horizon.

    Facts from before the article are not counted: they were there already.

    Returns
    -------
    pandas.DataFrame
        One row per want: the columns of `study.wants` but `followed`, `criterion`, `furthest` (to the
        last horizon), and one column per horizon with the state.
    """
    table = wants(study)
    table = table[table["followed"]].drop(columns="followed").reset_index(drop=True)
    table["criterion"] = table["want"].map(study.criteria.set_index("want")["criterion"]).fillna("")
    timed, days = timeline(study).query("counts"), horizons(study)

    def seen(rule, day):
        known = timed[timed["day"] <= day].groupby("want")["effect"].agg(list)
        return [rule(known.get(want, [])) for want in table["want"]]

    table["furthest"] = seen(furthest, max(days.values()))
    return table.assign(**{name: seen(state, day) for name, day in days.items()})


def timeline(study):
    """List every effect with its fact, in the order of time.

    Returns
    -------
    pandas.DataFrame
        The columns of effects.csv and facts.csv, `day` (the first that the date allows) and `counts`
        (false for what happened before the article).
    """
    table = study.effects.merge(study.facts, on="fact")
    table["day"] = [span(date)[0] for date in table["date"]]
    table["counts"] = table["day"] >= pd.Timestamp(study.meta["article"]["published"])
    return table.sort_values(["day", "fact"], kind="stable", ignore_index=True)


def sensitivity(study):
    """Show what changes if one effect is coded as a coder had it whose code does not count.

    `changes` says in words what becomes of the furthest point and of the states.
    """
    base, rows = outcomes(study).set_index("want"), []
    apart = timeline(study).query("counts and second != '' and (first != second or effect != first)")
    for row in apart.itertuples():
        instead = row.second if row.effect == row.first else row.first
        here = (study.effects["fact"] == row.fact) & (study.effects["want"] == row.want)
        changed = study.effects.assign(effect=study.effects["effect"].mask(here, instead))
        changed = outcomes(replace(study, effects=changed)).set_index("want")
        now, then = base.loc[row.want], changed.loc[row.want]
        moved = [f"{name}: {now[name]} to {then[name]}"
                 for name in ("furthest", *horizons(study)) if now[name] != then[name]]  # fmt: skip
        rows.append((row.fact, row.want, row.effect, instead, "; ".join(moved) or "nothing"))
    return pd.DataFrame(rows, columns=["fact", "want", "effect", "instead", "changes"])
