"""Say in one sentence what each table of any study shows; all numbers are computed.

The titles are plain text for figures. `overview` and `findings_in_words` return Markdown, with every
label and sentence of the study escaped.
"""

from analysis import findings, measures, robustness
from analysis.report.markdown import plain
from analysis.study.codebook import CODED
from analysis.study.wording import counted, date, decimal, listed, say, wording

TAKEN = ("shared", "opposed", "mixed", "one-sided")  # relations in which a side takes a position


def overview(study):
    """Say what the study reads and how much it holds, in Markdown."""
    article = study.meta["article"]
    published = article.get("published")
    when = f", {date(study, published)}" if published else ""
    one, other = map(plain, _compared(study))
    told = say(
        study, "overview", one=one, other=other,
        paragraphs=counted(study, int(study.paragraphs["kind"].isin(CODED).sum()), "paragraph"),
        statements=counted(study, len(study.statements), "statement"),
        issues=counted(study, len(study.issues), "issue"),
        sides=counted(study, len(study.meta["sides"]), "side"),
    )  # fmt: skip
    headline, publisher = plain(article["headline"]), plain(article["publisher"])
    return f"**{plain(study.meta['title'])}**\n\n“{headline}”, {publisher}{when}. {told}"


def findings_in_words(study):
    """Say which findings hold for the coding in use, in Markdown."""
    if study.findings.empty:
        return say(study, "no-findings")
    held = findings.baseline(study)
    lines = [
        f"- {plain(row.sentence)}." if held[row.finding]
        else f"- {say(study, 'fallen')}: *{plain(row.sentence)}*."
        for row in study.findings.itertuples()
    ]  # fmt: skip
    return "\n".join(lines)


def article_map(study):
    """Say which theme has most statements."""
    themes = study.statements["issue"].map(study.issues.set_index("issue")["theme"]).value_counts()
    names = [study.meta["themes"][theme]["label"] for theme in themes.index[themes == themes.iloc[0]]]
    key = "most-on-each" if len(names) > 1 else "most-on"
    return say(study, key, names=listed(study, names), number=themes.iloc[0], total=themes.sum())


def asks(study):
    """Say for how much the compared sides ask."""
    table = measures.asks(study)
    parts = []
    for side, text in zip(study.meta["compare"], _compared(study), strict=True):
        number = table.loc[table["side"] == side, "issue"].nunique()
        parts.append(say(study, "asks", side=text, things=counted(study, number, "thing")))
    told = ", ".join(parts)
    return told[:1].upper() + told[1:]


def positions(study):
    """Say how the positions of the compared sides relate; the numbers add up to all issues."""
    table = measures.relations(study)
    counts = table["relation"].value_counts()
    told = [say(study, name, number=counts[name]) for name in TAKEN if name in counts]
    rest = len(table) - sum(counts.get(name, 0) for name in TAKEN)
    told += [say(study, "without", number=rest)] if rest and told else []
    told = listed(study, told) if told else say(study, "no-position")
    return say(study, "positions", issues=counted(study, len(table), "issue"), told=told)


def voices(study):
    """Say how many of each compared side's statements are told by others."""
    table = measures.voices(study)
    parts = [
        say(study, "of", side=text, number=table.loc[side, ["reporter", "observer"]].sum(),
            total=table.at[side, "statements"])
        for side, text in zip(study.meta["compare"], _compared(study), strict=True)
    ]  # fmt: skip
    return say(study, "told-by-others", told=", ".join(parts))


def overturns(table, study=None):
    """Say how many findings survive all that was tried."""
    standing = int((table == 0).all(axis=1).sum())
    key = "overturns" if standing else "overturns-none"
    return say(study, key, number=standing, findings=counted(study, len(table), "finding"))


def agreement(table, study=None):
    """Say on which variable the coders agree least, and how far."""
    known = table.dropna(subset="alpha")
    if known.empty:
        return say(study, "too-few")
    least = known.loc[known["alpha"].idxmin()]
    key = f"variable-{least['variable']}"
    variable = say(study, key) if key in wording() else least["variable"]
    return say(study, "agree-least", variable=variable, alpha=decimal(study, least["alpha"]))


def several(study):
    """Say whether agreement can be measured, and what it needs if not."""
    number = len([name for name, coding in study.codings.items() if len(coding)])
    return say(study, "several", number=number) if number > 1 else say(study, "single")


def tested(study):
    """Say what was tried on the findings, and what that needs if there are none."""
    if study.findings.empty:
        return say(study, "not-tested")
    return say(study, "tested", changes=counted(study, robustness.grid(study).shape[1], "change"))


def about(study, figure):
    """Say under the title of a figure how it is read."""
    return say(study, f"about-{figure}")


def _compared(study):
    """Return the names of the two compared sides as they stand within a sentence."""
    return [study.meta["sides"][side]["text"] for side in study.meta["compare"]]
