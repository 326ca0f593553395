"""The rules for the page, its words, the codebook's issues, the actors and the rankings."""

from analysis.article.tokens import WORD
from analysis.study.anchors import anchor_check
from analysis.study.codebook import BOTH, CODED, NONE
from analysis.study.documents import DECLARED, REPORTED, reading_order
from analysis.study.faults import Fault


def sides_are_named(study):
    """Each side is one of study.toml, or `none` where no side is meant."""
    sides = list(study.meta["sides"])
    for name in ("documents", "actors", "rankings", "claims", "series", "agenda", "facts"):
        allowed = {"agenda": sides, "documents": [*sides, ""]}.get(name, [*sides, NONE])
        side = getattr(study, name)["side"]
        yield f"{name}.csv", ~side.isin(allowed), "side", f"allowed: {', '.join(filter(None, allowed))}"


def themes_and_doers_are_named(study):
    """The theme of an issue is one of study.toml; its doer is a side, `both`, or empty."""
    themes, doers = list(study.meta["themes"]), [*study.meta["sides"], BOTH]
    yield "issues.csv", ~study.issues["theme"].isin(themes), "theme", f"allowed: {', '.join(themes)}"
    wrong = ~study.issues["doer"].isin([*doers, ""])
    yield "issues.csv", wrong, "doer", f"allowed: {', '.join(doers)}, or empty"


def a_study_has_an_article(study):
    """One document at least reports; a side's own text has a side, and only it."""
    documents = study.documents
    if not documents["layer"].eq(REPORTED).any():
        yield Fault("documents.csv", "a document of the layer reported must be in it", column="layer")
    wrong = (documents["layer"] == DECLARED) & (documents["side"] == "")
    yield "documents.csv", wrong, "side", "the side whose own text it is must be named"


def paragraphs_belong_to_their_document(study):
    """A paragraph has its document's id and a dot before its own, outside the first document.

    paragraphs.csv has the documents in the order of documents.csv, the paragraphs of each numbered from 1.
    """
    rows, path = study.paragraphs, "paragraphs.csv"
    place = rows["document"].map({name: k for k, name in enumerate(study.documents["document"])})
    named = [paragraph.rpartition(".")[0] for paragraph in rows["paragraph"]]
    wrong = rows["document"].where(place != 0, "") != named
    message = rows["document"] + ". must stand before the id"
    yield path, wrong, "paragraph", message.where(place != 0, "no document stands before the id")
    yield path, place < place.shift(), "document", "documents stand as in documents.csv"
    wrong = rows["order"] != rows.groupby("document").cumcount() + 1
    yield path, wrong, "order", "rows stand in the order of the page, numbered from 1"


def words_are_counted(study):
    """The number of words of a paragraph is the sum of its counts in words.csv."""
    counted = study.words.groupby("paragraph")["count"].sum()
    wrong = study.paragraphs["words"] != study.paragraphs["paragraph"].map(counted).fillna(0)
    yield "paragraphs.csv", wrong, "words", "this is not the sum of words.csv"
    for column in ("words", "sentences"):
        wrong = study.paragraphs["characters"] < study.paragraphs[column]
        yield "paragraphs.csv", wrong, "characters", f"a text has at least as many characters as {column}"


def words_are_folded_and_stand_in_order(study):
    """words.csv has paragraphs in the order of the page, their words in lower case and alphabetical order."""
    word = study.words["word"]
    odd = [text for text in word.unique() if not WORD.fullmatch(text) or text != text.casefold()]
    yield "words.csv", word.isin(odd), "word", "one case-folded word is needed"
    along = study.words["paragraph"].map(reading_order(study))
    yield "words.csv", along < along.shift(), "paragraph", "paragraphs stand in the order of the page"
    later = (along == along.shift()) & (word < word.shift())
    yield "words.csv", later, "word", "words of a paragraph stand in alphabetical order"


def anchors_are_words_of_their_paragraph(study):
    """An anchor is short, and its paragraph has all of its words."""
    faults = anchor_check(study.paragraphs, study.words)
    yield from faults("paragraphs.csv", study.paragraphs)
    for coder, coding in study.codings.items():
        yield from faults(f"codings/{coder}.csv", coding)
    yield from faults("claims.csv", study.claims)


def anchors_are_no_copy_of_the_text(study):
    """The anchors of a coding together, each passage once, are shorter than a quarter of what is coded."""
    coded = study.paragraphs["kind"].isin(CODED)
    whole = max(study.paragraphs.loc[coded, "characters"].sum(), 1)
    for coder, coding in study.codings.items():
        # An anchor that stands twice shows its passage once; that is looked at only where there is much of it.
        if coding["anchor"].str.len().sum() < whole / 4:
            continue
        sizes = coding.drop_duplicates(["paragraph", "anchor"])["anchor"].str.len()
        if sizes.sum() >= whole / 4:
            needed = (
                f"the anchors together have {sizes.sum() / whole:.0%} of the {whole} characters that are coded; "
                "less than 25% is needed: shorten the longest, such as this one"
            )
            longest = sizes.idxmax()
            yield Fault(f"codings/{coder}.csv", needed, longest + 2, "anchor", coding["anchor"][longest])


def rankings_are_whole(study):
    """The buckets of a ranking run from 1 without a gap; its paragraph, side, speaker and hedge are one."""
    for ranking, rows in study.rankings.groupby("ranking", sort=False):
        if (rows["bucket"].min(), rows["bucket"].nunique()) != (1, rows["bucket"].max()):
            last = study.rankings.index.to_series() == rows.index[-1]
            yield "rankings.csv", last, "bucket", f"the buckets of {ranking} run from 1 without a gap"
    rows = study.rankings
    message = "all rows of " + rows["ranking"] + " have the same "
    for column in ("paragraph", "side", "speaker", "hedged"):
        wrong = rows[column] != rows.groupby("ranking")[column].transform("first")
        yield "rankings.csv", wrong, column, message + column


RULES = (
    sides_are_named,
    themes_and_doers_are_named,
    a_study_has_an_article,
    paragraphs_belong_to_their_document,
    words_are_counted,
    words_are_folded_and_stand_in_order,
    anchors_are_words_of_their_paragraph,
    anchors_are_no_copy_of_the_text,
    rankings_are_whole,
)
