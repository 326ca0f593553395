"""The article's issues next to the event's own agenda."""

import pandas as pd

from analysis.study.codebook import PLACES


def agenda(study):
    """Compare the space that the article gives to each issue with its place on the event's agenda.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per issue, most statements first: `issue`, `statements` (of all sides and of none),
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
