"""The first page says nothing that the tables do not, in each of its languages."""

import re
from pathlib import Path

import pytest

from analysis import findings, measures, report, robustness, study

NAMES = ("README.md", "README.es.md")
PAGES = {name: Path(name).read_text(encoding="utf-8") for name in NAMES}
ENGLISH, SPANISH = PAGES.values()
WORDS = {"none": 0, "four": 4, "five": 5, "six": 6, "ten": 10}
BULLET = re.compile(r"^- \*\*(.+?)\*\* (.+)$", re.MULTILINE)
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


def parts(page):
    """Return the paragraphs of a page from its title to the table of findings."""
    return page[page.index("\n# ") : page.index("<!-- findings")].strip().split("\n\n")


def test_the_pages_lead_to_each_other():
    assert [page.splitlines()[0] for page in PAGES.values()] == [
        "*English · [Español](README.es.md)*", "*[English](README.md) · Español*",
    ]  # fmt: skip


def test_the_pages_say_the_same():
    """Paragraph by paragraph the same numbers, links and pictures, and the table of findings."""
    assert len(parts(ENGLISH)) == len(parts(SPANISH))
    for one, other in zip(parts(ENGLISH), parts(SPANISH), strict=True):
        assert sorted(NUMBER.findall(one)) == sorted(NUMBER.findall(other)), other
        links = [
            re.findall(r"\]\(([^)]+)\)", text.replace("figures/es/", "figures/")) for text in (one, other)
        ]
        assert links[0] == links[1]
    tables = [re.findall(r"^\|.*", page, re.MULTILINE) for page in PAGES.values()]
    for one, other in zip(*tables, strict=True):
        assert sorted(NUMBER.findall(one)) == sorted(NUMBER.findall(other)), other


def test_the_table_of_findings(summit):
    for page, language in ((ENGLISH, "en"), (SPANISH, "es")):
        assert report.findings_table(study.translated(summit, language)) in page
    shown = [row for row in summit.findings.itertuples() if f"| {row.sentence} |" in ENGLISH]
    left = set(summit.findings["finding"]) - {row.finding for row in shown}
    assert (
        left == {"us-asks", "mexico-asks", "guns-in-no-own-text"}
        and "Three findings are not in the table" in ENGLISH
    )
    fallen = robustness.grid(summit).T.groupby(level="tried").any()
    assert fallen.loc[["rule", "contested code", "paragraph left out"], ["us-asks", "mexico-asks"]].all(
        axis=None
    )


@pytest.mark.parametrize("name", NAMES)
def test_bullets_are_short(name):
    page = PAGES[name]
    bullets = BULLET.findall(page[: page.index("<!-- findings")])
    assert len(bullets) == 5
    for bold, text in bullets:
        assert len(f"{bold} {text}".split()) <= 25 + len(bold.split())


def test_counts_of_asks(summit):
    table = measures.asked(summit).groupby("side")
    reported = table.apply(lambda rows: (rows["reported"] > 0).sum())
    declared = table.apply(lambda rows: (rows["declared"] > 0).sum())
    own = table.apply(lambda rows: ((rows["reported"] > 0) & rows["matched"]).sum())
    found = table.apply(lambda rows: ((rows["declared"] > 0) & rows["matched"]).sum())
    assert (reported["US"], own["US"]) == (3, WORDS["none"])
    assert (reported["Mexico"], own["Mexico"]) == (WORDS["five"], WORDS["four"])
    assert (declared["US"], found["US"]) == (WORDS["six"], WORDS["none"])
    assert (declared["Mexico"], found["Mexico"]) == (WORDS["ten"], WORDS["four"])
    for text in (
        "US officials make none of the three requests; Mexican officials four of five, all but guns",
        "All six requests in US texts, public only from that morning",
        "six of Mexico's ten",
    ):
        assert text in ENGLISH
    for text in (
        "Washington no hace ninguna de las tres peticiones; México, cuatro de cinco: todas menos las armas",
        "Las seis peticiones de los textos estadounidenses, públicos apenas esa mañana",
        "seis de las diez mexicanas",
    ):
        assert text in SPANISH


def test_requests_that_the_article_left_out(summit):
    left = measures.asked(summit).query("declared > 0 and not matched").groupby("side")["issue"].agg(list)
    assert len(left["US"]) == len(left["Mexico"]) == WORDS["six"]
    assert "migration-management" in left["US"] and "legal-migration" in left["Mexico"]


def test_requests_in_own_texts_are_named(summit):
    rows = measures.asked(summit).query("declared > 0")
    shared = {"migration-causes", "legal-migration", "vaccine-sharing"}
    alone = {
        "US": {"security-cooperation", "migration-management", "climate"},
        "Mexico": {"economic-integration", "hemispheric-integration", "vaccine-entry", "tree-planting"}
        | {"public-health", "bilateral-relations"},
    }
    for side, issues in alone.items():
        assert set(rows.loc[rows["side"] == side, "issue"]) == issues | shared
    legal = rows.query("side == 'Mexico' and issue == 'legal-migration'")
    assert legal["toward"].tolist() == ["US", "three"]


def test_guns_are_in_no_own_text(summit):
    named = measures.named(summit).set_index(["issue", "side"])["declared"]
    assert named["arms-trafficking"].sum() == 0


def test_each_reported_us_ask_is_kept_off_the_table(summit):
    asked = measures.asked(summit)
    issues = asked.loc[(asked["side"] == "US") & (asked["reported"] > 0), "issue"]
    declined = measures.named(summit).set_index(["issue", "side"])["declined"]
    assert all(declined[issue, "US"] > 0 for issue in issues)


def test_us_asks_became_public_on_the_day(summit):
    early = measures.recall(measures.count(summit), "US", texts=measures.EARLY)
    assert early["declared"].sum() == 0 and "955 US words, with no request in them" in ENGLISH
    assert "955 palabras estadounidenses, sin ninguna petición" in SPANISH
    assert measures.recall(measures.count(summit), "Mexico", texts=measures.EARLY)["declared"].sum() == 10


def test_words_before_the_day(summit):
    table = measures.equal_length(summit).set_index(["texts", "side", "measure"])
    early = table.xs("public before the article", level="texts")["words"]
    for number in (early["US"].iloc[0], early["Mexico"].iloc[0]):
        assert f"{number:,}" in ENGLISH and f"{number:,}" in SPANISH
    thinned = table.at[("public before the article", "Mexico", "precision"), "share"]
    rows = measures.recall_table(summit, draws=1).query("kind == 'asks' and side == 'Mexico'")
    whole = rows.loc[rows["measure"] == "precision", "share"].unique().item()
    assert (
        f"{100 * thinned:.0f} percent of the requests that the article attributes to Mexico, not {100 * whole:.0f}"
        in ENGLISH
    )


def test_what_was_adopted(summit):
    headed = findings.sentence(summit, "headings-name")
    assert all(word in headed for word in ("health", "integration", "climate", "migration", "security"))
    assert findings.sentence(summit, "guns-drugs-pledged")
    adopted = next(text for _, text in BULLET.findall(SPANISH) if "encabezados" in text)
    headed = findings.sentence(study.translated(summit, "es"), "headings-name")
    assert all(word in headed and word in adopted for word in ("salud", "integración", "clima", "migración"))
