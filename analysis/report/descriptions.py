"""Describe each figure in words, for those who do not see it."""

import pandas as pd

from analysis import measures
from analysis.report.markdown import listed, many, plain
from analysis.study.codebook import OWN_WORDS, WORD_LABELS, WORDS
from analysis.study.statements import admit, labels


def in_words(study, figure, table=None):
    """Say what a figure shows, for those who do not see it, in Markdown.

    Parameters
    ----------
    study : Study
    figure : str
        Name of a function of `figures`.
    table : pandas.DataFrame, optional
        What the figure draws, where it takes a table.

    Returns
    -------
    str
        Markdown that starts with **In words.**; all labels are escaped.
    """
    parts = DESCRIPTIONS[figure](study) if table is None else DESCRIPTIONS[figure](study, table)
    return f"**In words.** {plain('; '.join(parts) or 'nothing is drawn')}."


def _map_parts(study):
    """Say in which paragraphs each theme is coded."""
    rows = study.statements.assign(
        theme=study.statements["issue"].map(study.issues.set_index("issue")["theme"])
    )
    for theme, entry in study.meta["themes"].items():
        places = rows.loc[rows["theme"] == theme, "paragraph"].unique()
        yield f"{entry['label']} in {listed(places)}" if len(places) else f"{entry['label']} nowhere"


def _actors_parts(study):
    """Say on which issues each actor is reported, and with which sign."""
    rows, names = admit(study), labels(study)
    for actor in study.actors["actor"]:
        said = []
        for issue in study.issues["issue"]:
            found = rows.loc[(rows["actor"] == actor) & (rows["issue"] == issue), "position"]
            pro, contra = found.isin(["1", "mixed"]).any(), found.isin(["-1", "mixed"]).any()
            stand = "both" if pro and contra else "for" if pro else "against" if contra else "no position"
            said += [f"{names.issues[issue]} ({stand})"] if len(found) else []
        if said:
            yield f"{names.short[actor]}: {', '.join(said)}"


def _voices_parts(study):
    """Say by whose word each side's statements are told."""
    table, names = measures.voices(study), labels(study)
    for side in table.index:
        told = [f"{WORD_LABELS[word]} {table.at[side, word]}" for word in WORDS]
        yield f"{names.sides[side]}: {', '.join(told)}"


def _asks_parts(study):
    """Say who asks whom for what, on whose word, and what is known of the one who is asked."""
    sides, names = study.meta["sides"], labels(study)
    answers = measures.answers(study).set_index("statement")["answer"]
    for row in measures.asks(study).itertuples():
        one, other = (sides[side]["text"] for side in (row.side, row.toward))
        own = "own words" if row.evidence in OWN_WORDS else "not in its own words"
        answer = answers[row.statement]
        yield f"{one} asks {other}: {row.gist} ({own}, says {names.short[row.speaker]}; the other side: {answer})"


def _emphasis_parts(study):
    """Say the share of each side's statements on each issue."""
    names = labels(study)
    for _, row in measures.gaps(study).iterrows():
        shares = [f"{names.sides[side]} {row[side]:.0%}" if row[side] else f"{names.sides[side]} no statement"
                  for side in study.meta["compare"]]  # fmt: skip
        yield f"{names.issues[row['issue']]}: {', '.join(shares)}"


def _positions_parts(study):
    """Say which sign each side has on each issue."""
    names, signs = (
        labels(study),
        {"+": "for", "−": "against", "±": "both", "0": "no position", "": "no statement"},
    )
    table = measures.relations(study)
    for row in table[~table["relation"].isin(["absent", "no proposition"])].to_dict("records"):
        stands = [f"{names.sides[side]} {signs[row[side]]}" for side in study.meta["compare"]]
        yield f"{names.issues[row['issue']]} ({row['relation']}): {', '.join(stands)}"


def _declared_parts(study):
    """Say what is declared for each side, and how many statements it has."""
    names = labels(study)
    counts = measures.salience(study).set_index(["issue", "side"])["statements"]
    for row in study.rankings[study.rankings["side"].isin(study.meta["compare"])].itertuples():
        place = f"place {row.bucket}" if row.emphasis == "high" else "low"
        number = many(int(counts.get((row.issue, row.side), 0)), "statement")
        hedge = ", hedged" if row.hedged else ""
        yield f"{names.sides[row.side]}, {names.issues[row.issue]}: {place} by {names.short[row.speaker]}{hedge}, {number}"


def _agreement_parts(study, table):
    """Say the coefficient of each variable, and the share of equal readings."""
    for row in table.itertuples():
        value = "no alpha" if pd.isna(row.alpha) else f"alpha {row.alpha:.2f}"
        yield f"{row.variable}: {value}, {row.agreement:.0%} of {row.units} equal"


DESCRIPTIONS = {
    "article_map": _map_parts, "actors_by_issue": _actors_parts, "voices": _voices_parts, "asks": _asks_parts,
    "emphasis": _emphasis_parts, "positions": _positions_parts,
    "declared": _declared_parts, "agreement": _agreement_parts,
}  # fmt: skip
