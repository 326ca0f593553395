"""Say in sentences what the tables of any study show; all numbers are computed.

The titles are plain text for figures. `overview`, `words` and `in_words` return Markdown, with every
label and sentence of the study escaped.
"""

import pandas as pd

from analysis import comparison, findings, priorities, robustness
from analysis.article import plain


def many(number, noun, nouns=None):
    """Return a number with its noun: *1 issue*, *3 issues*, *no issue*."""
    if number == 1:
        return f"1 {noun}"
    return f"{number or 'no'} {nouns or noun + 's' if number else noun}"


def upper(text):
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def listed(names):
    """Return names as a list within a sentence."""
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"


def texts(study):
    """Return the names of the two compared sides as they stand within a sentence."""
    return [study.meta["sides"][side]["text"] for side in study.meta["compare"]]


def overview(study):
    """Say what the study reads and how much it holds, in Markdown."""
    article = study.meta["article"]
    published = article.get("published")
    when = f", {published:%d %B %Y}" if published else ""
    coded = study.paragraphs["kind"].isin(["body", "caption"]).sum()
    one, other = map(plain, texts(study))
    return (
        f"**{plain(study.meta['title'])}**\n\n"
        f"“{plain(article['headline'])}”, {plain(article['publisher'])}{when}. "
        f"{many(int(coded), 'paragraph')} with {many(len(study.statements), 'statement')} on "
        f"{many(len(study.issues), 'issue')}, by {many(len(study.meta['sides']), 'side')}. "
        f"Compared are {one} and {other}, as reported in this article."
    )


def words(study):
    """Say which findings hold for the coding in use, in Markdown."""
    if study.findings.empty:
        return "findings.csv holds no finding yet, so none is tested here."
    held = findings.baseline(study)
    lines = [
        f"- {plain(row.sentence)}." if held[row.finding]
        else f"- Does not hold for the coding in use: *{plain(row.sentence)}*."
        for row in study.findings.itertuples()
    ]  # fmt: skip
    return "\n".join(lines)


def article_map(study):
    """Say which theme has most statements."""
    themes = study.statements["issue"].map(study.issues.set_index("issue")["theme"]).value_counts()
    names = [study.meta["themes"][theme]["label"] for theme in themes.index[themes == themes.iloc[0]]]
    return f"Most statements are on {listed(names)}: {themes.iloc[0]} of {themes.sum()}"


def asks(study):
    """Say on how many issues the compared sides ask something of each other."""
    table = priorities.asks(study)
    pair, parts = study.meta["compare"], []
    for side, toward in (pair, pair[::-1]):
        rows = table[(table["side"] == side) & (table["toward"] == toward)]
        text, other = (study.meta["sides"][name]["text"] for name in (side, toward))
        parts.append(f"{text} asks {other} to act on {many(rows['issue'].nunique(), 'issue')}")
    return upper("; ".join(parts))


def positions(study):
    """Say how the positions of the compared sides relate, and on what they are opposed."""
    table = comparison.relations(study)
    counts = table["relation"].value_counts()
    told = [
        f"{counts[name]} {name}" for name in ("shared", "opposed", "mixed", "one-sided") if name in counts
    ]
    return f"Of {many(len(table), 'issue')}, {listed(told) if told else 'no position is reported'}"


def emphasis(study):
    """Say where the shares of the compared sides lie furthest apart."""
    table = comparison.gaps(study)
    row = table.loc[table["gap"].abs().idxmax()]
    if not row["gap"]:
        return "Both sides have equal shares on every issue"
    side = study.meta["compare"][0 if row["gap"] > 0 else 1]
    text, label = study.meta["sides"][side]["text"], priorities.labels(study)[row["issue"]]
    return f"The widest gap is on {label}: {abs(row['gap']) * 100:.0f} points more for {text}"


def declared(study):
    """Say which share of a side's statements goes to what is declared to come first for it."""
    salience, parts = priorities.salience(study), []
    for side, text in zip(study.meta["compare"], texts(study), strict=True):
        named = priorities.declared_as(study, side)
        rows = salience[salience["side"] == side]
        inside = rows.loc[rows["issue"].isin(named), "statements"].sum()
        if named:
            parts.append(
                f"what is declared first for {text} has {inside} of its {rows['statements'].sum()} statements"
            )
        else:
            parts.append(f"nothing is declared for {text}")
    return upper("; ".join(parts))


def voices(study):
    """Say which share of each compared side's statements is in its own words."""
    table = priorities.voices(study)
    parts = [
        f"{table.at[side, 'own words']:.0%} of {text}'s statements"
        for side, text in zip(study.meta["compare"], texts(study), strict=True)
    ]
    return f"In their own words: {' and '.join(parts)}"


def actors_by_issue(study):
    """Say how many actors are heard or act, and who has most statements."""
    counts = priorities.admit(study)["actor"].value_counts()
    short = priorities.shorts(study)[counts.index[0]]
    return f"{many(len(counts), 'actor')}; most statements, {counts.iloc[0]}, are of {short}"


def chance(table):
    """Say how many coefficients lie within what chance gives."""
    inside = int(table["value"].between(table["low"], table["high"]).sum())
    return f"{inside} of {many(len(table), 'coefficient')} lie within what chance alone would give"


def agreement(table):
    """Say on which variable the coders agree least, and how far."""
    known = table.dropna(subset="alpha")
    if known.empty:
        return "The codings share too few statements for a coefficient"
    least = known.loc[known["alpha"].idxmin()]
    return f"The coders agree least on {least['variable']}: alpha {least['alpha']:.2f}"


def survival(table):
    """Say how many findings hold under every rule that answers the same question."""
    every = int((table["same question"] == 1).sum())
    return f"{every} of {many(len(table), 'finding')} hold under every rule that answers the same question"


def carriers(held):
    """Say how many findings rest on a single paragraph."""
    resting = int((~held).any().sum())
    return f"{resting} of {many(held.shape[1], 'finding')} would fall without some one paragraph"


def several(study):
    """Say whether agreement can be measured, and what it needs if not."""
    number = len([name for name, coding in study.codings.items() if len(coding)])
    if number > 1:
        return f"There are {number} codings."
    return "There is one coding. A further one, taken in with `python -m analysis import`, would be compared here."


def tested(study):
    """Say under how many rules findings are tested, and what that needs if there are none."""
    if study.findings.empty:
        return "There is no finding to test yet; findings.csv takes them."
    universe = robustness.multiverse(study)
    same = int(universe["same question"].sum())
    return f"{len(universe)} combinations of rules, {same} of them with answers to the same question."


def in_words(study, figure, table=None):
    """Say what a figure shows, for those who do not see it, in Markdown.

    Parameters
    ----------
    study : types.SimpleNamespace
    figure : str
        Name of a function of `plots`.
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
    rows, names, shorts = priorities.admit(study), priorities.labels(study), priorities.shorts(study)
    for actor in study.actors["actor"]:
        said = []
        for issue in study.issues["issue"]:
            found = rows.loc[(rows["actor"] == actor) & (rows["issue"] == issue), "position"]
            pro, contra = found.isin(["1", "mixed"]).any(), found.isin(["-1", "mixed"]).any()
            stand = "both" if pro and contra else "for" if pro else "against" if contra else "no position"
            said += [f"{names[issue]} ({stand})"] if len(found) else []
        if said:
            yield f"{shorts[actor]}: {', '.join(said)}"


def _voices_parts(study):
    """Say how many statements of each side rest on what."""
    table, names = priorities.voices(study), priorities.labels(study)
    for code in study.meta["baseline"]["evidence"]:
        said = priorities.EVIDENCE.get(code, code)
        yield f"{said}: {', '.join(f'{names[side]} {table.at[side, code]}' for side in table.index)}"


def _asks_parts(study):
    """Say who asks whom for what, on whose word, and what is known of the one who is asked."""
    sides, shorts = study.meta["sides"], priorities.shorts(study)
    answers = comparison.answers(study).set_index("statement")["answer"]
    for row in priorities.asks(study).itertuples():
        one, other = (sides[side]["text"] for side in (row.side, row.toward))
        own = "own words" if row.evidence in priorities.OWN_WORDS else "not in its own words"
        answer = answers[row.statement]
        yield f"{one} asks {other}: {row.gist} ({own}, says {shorts[row.speaker]}; the other side: {answer})"


def _emphasis_parts(study):
    """Say the share of each side's statements on each issue."""
    names = priorities.labels(study)
    for _, row in comparison.gaps(study).iterrows():
        shares = [f"{names[side]} {row[side]:.0%}" if row[side] else f"{names[side]} no statement"
                  for side in study.meta["compare"]]  # fmt: skip
        yield f"{names[row['issue']]}: {', '.join(shares)}"


def _chance_parts(study, table):
    """Say where each coefficient lies, and in which range chance would put it."""
    for row in table.itertuples():
        value = "no value" if pd.isna(row.value) else f"{row.value:.2f}"
        yield f"{row.coefficient} {value}, by chance {row.low:.2f} to {row.high:.2f}".replace("-", "−")


def _positions_parts(study):
    """Say which sign each side has on each issue."""
    names, signs = (
        priorities.labels(study),
        {"+": "for", "−": "against", "±": "both", "0": "no position", "": "no statement"},
    )
    table = comparison.relations(study)
    for row in table[~table["relation"].isin(["absent", "no proposition"])].to_dict("records"):
        stands = [f"{names[side]} {signs[row[side]]}" for side in study.meta["compare"]]
        yield f"{names[row['issue']]} ({row['relation']}): {', '.join(stands)}"


def _declared_parts(study):
    """Say what is declared for each side, and how many statements it has."""
    names, shorts = priorities.labels(study), priorities.shorts(study)
    counts = priorities.salience(study).set_index(["issue", "side"])["statements"]
    for row in study.rankings[study.rankings["side"].isin(study.meta["compare"])].itertuples():
        place = f"place {row.bucket}" if row.emphasis == "high" else "low"
        number = many(int(counts.get((row.issue, row.side), 0)), "statement")
        hedge = ", hedged" if row.hedged else ""
        yield f"{names[row.side]}, {names[row.issue]}: {place} by {shorts[row.speaker]}{hedge}, {number}"


def _agreement_parts(study, table):
    """Say the coefficient of each variable, and the share of equal readings."""
    for row in table.itertuples():
        value = "no alpha" if pd.isna(row.alpha) else f"alpha {row.alpha:.2f}"
        yield f"{row.variable}: {value}, {row.agreement:.0%} of {row.units} equal"


def _survival_parts(study, table):
    """Say in which share of the rules each finding holds."""
    sentences = study.findings.set_index("finding")["sentence"]
    for row in table.to_dict("records"):
        yield f"{sentences[row['finding']]}: {row['same question']:.0%}, {row['all']:.0%} of all rules"


def _carriers_parts(study, held):
    """Say without which paragraphs each finding falls."""
    sentences = study.findings.set_index("finding")["sentence"]
    for finding in held:
        rests = held.index[~held[finding]]
        falls = f"falls without {' or '.join(rests)}" if len(rests) else "holds without any one paragraph"
        yield f"{sentences[finding]}: {falls}"


DESCRIPTIONS = {
    "article_map": _map_parts, "actors_by_issue": _actors_parts, "voices": _voices_parts, "asks": _asks_parts,
    "emphasis": _emphasis_parts, "chance": _chance_parts, "positions": _positions_parts,
    "declared": _declared_parts, "agreement": _agreement_parts, "survival": _survival_parts,
    "carriers": _carriers_parts,
}  # fmt: skip
