"""Describe each figure of any study in words, from the table that it draws."""

from analysis.report.markdown import plain
from analysis.study.codebook import WORDS
from analysis.study.statements import labels
from analysis.study.wording import listed, say


def in_words(study, figure, table):
    """Say in Markdown, labels escaped, what a figure shows, for those who do not see it.

    Parameters
    ----------
    study : Study
    figure : {'article_map', 'asks', 'voices', 'positions', 'overturns'}
    table : pandas.DataFrame
        What the figure draws.
    """
    drawn = plain("; ".join(DESCRIPTIONS[figure](study, table)) or say(study, "nothing-drawn"))
    return f"**{say(study, 'in-words')}** {drawn}."


def _map_parts(study, table):
    """Say in which paragraphs each theme is coded."""
    for theme, entry in study.meta["themes"].items():
        places = table.loc[table["theme"] == theme, "paragraph"].unique()
        key = "theme-in" if len(places) else "theme-nowhere"
        yield say(study, key, theme=entry["label"], places=listed(study, places))


def _asks_parts(study, table):
    """Say who asks for what, by whose word, and what else is known of it."""
    sides = study.meta["sides"]
    told = [name for name in table.columns if f"{name} mark" in table]
    for row in table.to_dict("records"):
        known = ", ".join(f"{say(study, f'column-{name}')}: {row[name]}" for name in told)
        yield f"{sides[row['side']]['text']}, {row['ask']}: {row['gist']} ({row['told by']}; {known})"


def _voices_parts(study, table):
    """Say by whose word each compared side's statements are told."""
    for side in study.meta["compare"]:
        told = [f"{say(study, f'word-{word}')} {table.at[side, word]}" for word in WORDS]
        yield f"{study.meta['sides'][side]['label']}: {', '.join(told)}"


def _positions_parts(study, table):
    """Say which sign each side has on each issue."""
    names = labels(study)
    for row in table[~table["relation"].isin(["absent", "no proposition"])].to_dict("records"):
        stands = [f"{names.sides[side]} {say(study, f'sign-{row[side]}')}" for side in study.meta["compare"]]
        relation = say(study, f"relation-{row['relation']}")
        yield f"{names.issues[row['issue']]} ({relation}): {', '.join(stands)}"


def _overturns_parts(study, table):
    """Say with which changes each finding falls."""
    for finding, row in table.iterrows():
        falls = [f"{name} ({number})" for name, number in row.items() if number]
        key = "falls-with" if falls else "holds-throughout"
        yield say(study, key, finding=finding, changes=listed(study, falls))


DESCRIPTIONS = {
    "article_map": _map_parts, "asks": _asks_parts, "voices": _voices_parts, "positions": _positions_parts,
    "overturns": _overturns_parts,
}  # fmt: skip
