"""Titles of pictures, plain text, and sentences in Markdown: what tables show, computed for any study."""

from analysis import findings, measures, robustness
from analysis.report.markdown import plain
from analysis.report.tables import TAKEN
from analysis.study.codebook import CODED
from analysis.study.documents import only
from analysis.study.wording import counted, date, decimal, listed, say, wording


def captions(study, picture, **values):
    """Return the texts of a picture in captions.csv, by the names under which figures take them.

    Values stand in the braces of the texts; the id of a finding in braces stands for its short form.

    Returns
    -------
    dict
        `title`, `subtitle`, `remark` and `source` as far as there are any; in `labels` and `parts` a
        text for each id.
    """
    rows = study.captions[study.captions["picture"] == picture]
    shorts = {name: findings.short(study, name) for name in findings.every(study)["finding"]
              if rows["text"].str.contains(f"{{{name}}}", regex=False).any()}  # fmt: skip
    told = {}
    for part, text in zip(rows["part"], rows["text"], strict=True):
        kind, _, key = part.partition("-")
        text = text.format(**shorts, **values)
        if key:
            told.setdefault(f"{kind}s", {})[key] = text
        else:
            told[kind] = text
    return told


def overview(study):
    """Say which article the study reads and how much it holds, in Markdown."""
    article, read = study.meta["article"], only(study)
    published = article.get("published")
    when = f", {date(study, published)}" if published else ""
    one, other = map(plain, _compared(study))
    numbers = {
        "paragraph": int(read.paragraphs["kind"].isin(CODED).sum()),
        "statement": len(read.statements),
        "issue": read.statements["issue"].nunique(),
        "side": len(study.meta["sides"]),
    }
    numbers = {f"{noun}s": counted(study, number, noun) for noun, number in numbers.items()}
    told = say(study, "overview", one=one, other=other, **numbers)
    headline, publisher = plain(article["headline"]), plain(article["publisher"])
    name = f"“{headline}”{', ' if publisher else ''}{publisher}{when}"
    return f"**{plain(study.meta['title'])}**\n\n{name}. {told}"


def findings_in_words(study):
    """Say which findings hold for the coding in use, in Markdown."""
    if study.findings.empty:
        return say(study, "no-findings")
    held = findings.baseline(study)
    lines = []
    for row in study.findings.itertuples():
        told = plain(row.sentence)
        lines.append(f"- {told}." if held[row.finding] else f"- {say(study, 'fallen')}: *{told}*.")
    return "\n".join(lines)


def article_map(study):
    """Say which theme has most statements of the article."""
    themes = only(study).statements["issue"].map(study.issues.set_index("issue")["theme"]).value_counts()
    names = [study.meta["themes"][theme]["label"] for theme in themes.index[themes == themes.iloc[0]]]
    key = "most-on-each" if len(names) > 1 else "most-on"
    return say(study, key, names=listed(study, names), number=themes.iloc[0], total=themes.sum())


def asks(study):
    """Say for how much the compared sides ask."""
    table = measures.asks(study)
    parts = []
    for side, text in zip(study.meta["compare"], _compared(study), strict=True):
        number = table.loc[table["side"] == side, "issue"].nunique()
        key = "asks" if number else "asks-nothing"
        parts.append(say(study, key, side=text, things=counted(study, number, "thing")))
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
