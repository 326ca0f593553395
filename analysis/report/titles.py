"""Say in one sentence what each table of any study shows; all numbers are computed.

The titles are plain text for figures. `overview` and `findings_in_words` return Markdown, with every
label and sentence of the study escaped.
"""

from analysis import findings, measures, robustness
from analysis.report.markdown import listed, many, plain, texts, upper
from analysis.study.codebook import CODED

TAKEN = ("shared", "opposed", "mixed", "one-sided")  # relations in which a side takes a position


def overview(study):
    """Say what the study reads and how much it holds, in Markdown."""
    article = study.meta["article"]
    published = article.get("published")
    when = f", {published:%d %B %Y}" if published else ""
    coded = study.paragraphs["kind"].isin(CODED).sum()
    one, other = map(plain, texts(study))
    return (
        f"**{plain(study.meta['title'])}**\n\n"
        f"“{plain(article['headline'])}”, {plain(article['publisher'])}{when}. "
        f"{many(int(coded), 'paragraph')} with {many(len(study.statements), 'statement')} on "
        f"{many(len(study.issues), 'issue')}, by {many(len(study.meta['sides']), 'side')}. "
        f"Compared are {one} and {other}, as reported in this article."
    )


def findings_in_words(study):
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
    each = " each" if len(names) > 1 else ""
    return f"Most statements are on {listed(names)}: {themes.iloc[0]}{each} of {themes.sum()}"


def asks(study):
    """Say for how much the compared sides ask."""
    table = measures.asks(study)
    parts = []
    for side, text in zip(study.meta["compare"], texts(study), strict=True):
        number = table.loc[table["side"] == side, "issue"].nunique()
        parts.append(f"{text} asks for {many(number, 'thing')}")
    return upper(", ".join(parts))


def positions(study):
    """Say how the positions of the compared sides relate; the numbers add up to all issues."""
    table = measures.relations(study)
    counts = table["relation"].value_counts()
    told = [f"{counts[name]} {name}" for name in TAKEN if name in counts]
    rest = len(table) - sum(counts.get(name, 0) for name in TAKEN)
    told += [f"{rest} without a position of either"] if rest and told else []
    return f"Of {many(len(table), 'issue')}, {listed(told) if told else 'no position is reported'}"


def voices(study):
    """Say how many of each compared side's statements are told by others."""
    table = measures.voices(study)
    parts = [
        f"{text} {table.loc[side, ['reporter', 'observer']].sum()} of {table.at[side, 'statements']}"
        for side, text in zip(study.meta["compare"], texts(study), strict=True)
    ]
    return f"Told by others: {', '.join(parts)}"


def overturns(table):
    """Say how many findings survive all that was tried."""
    standing = int((table == 0).all(axis=1).sum())
    return f"{standing or 'None'} of {many(len(table), 'finding')} survive every change that was tried"


def agreement(table):
    """Say on which variable the coders agree least, and how far."""
    known = table.dropna(subset="alpha")
    if known.empty:
        return "The codings share too few statements for a coefficient"
    least = known.loc[known["alpha"].idxmin()]
    return f"The coders agree least on {least['variable']}: alpha {least['alpha']:.2f}"


def several(study):
    """Say whether agreement can be measured, and what it needs if not."""
    number = len([name for name, coding in study.codings.items() if len(coding)])
    if number > 1:
        return f"There are {number} codings."
    return "There is one coding. A further one, taken in with `python -m analysis import`, would be compared here."


def tested(study):
    """Say what was tried on the findings, and what that needs if there are none."""
    if study.findings.empty:
        return "There is no finding to test yet; findings.csv takes them."
    return f"{many(robustness.grid(study).shape[1], 'change')} were tried, one at a time."
