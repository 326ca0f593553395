"""What reports, figures and a study's notebook say, in the language of the study, else in English: wording.csv."""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("wording.csv")
ENGLISH = "en"
BESIDE = " · "  # parts an id from the name beside it, in a sheet to code in


@cache
def wording():
    """Return all texts: a dict from key to a dict from language to text."""
    return {row.pop("key"): row for row in rows() if row.pop("hash")}


def rows():
    """Return the rows of wording.csv: key, a column for each language, and the hash of the English text."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def language(study):
    """Return the language in which a study is told: that of study.toml, else that of its article."""
    return ENGLISH if study is None else study.meta.get("language") or study.meta["article"]["language"]


def say(study, key, *places, **values):
    """Return a text in the language of a study, with values in its places."""
    texts = wording()[key]
    return (texts.get(language(study)) or texts[ENGLISH]).replace("\\n", "\n").format(*places, **values)


def heading(study, column):
    """Return the head of a column in a sheet to code in: its name, and beside it what it is called."""
    called = say(study, f"variable-{column}") if f"variable-{column}" in wording() else column
    return column if called == column else f"{column}{BESIDE}{called}"


def counted(study, number, key):
    """Return a number with its noun: *1 issue*, *3 issues*, *no issue*; a text may lack the form for none."""
    one, more, *none = say(study, key, number=number).split("|")
    return one if number == 1 else more if number or not none else none[0]


def listed(study, names):
    """Return names as a list within a sentence."""
    names = list(names)
    if len(names) > 1:
        return say(study, "and", all=", ".join(names[:-1]), last=names[-1])
    return names[0] if names else say(study, "none")


def decimal(study, number, digits=2):
    """Return a number with the decimal point and the mark of thousands of the language."""
    signs = {".": say(study, "point"), ",": say(study, "thousands")}
    return f"{number:,.{digits}f}".translate(str.maketrans(signs))


def date(study, day, key="date"):
    """Return a day in words, or with the key `day` without its year."""
    months = say(study, "months").split("|")
    return say(study, key, day=day.day, month=months[day.month - 1], year=day.year)
