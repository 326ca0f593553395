"""The rules for the page, its words, the codebook's issues, the actors and the rankings."""

from analysis.article.tokens import WORD
from analysis.study.anchors import anchor_faults, vocabulary
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


def themes_are_named(study):
    """Each theme is one of study.toml."""
    themes = list(study.meta["themes"])
    wrong = ~study.issues["theme"].isin(themes)
    yield "issues.csv", wrong, "theme", f"allowed: {', '.join(themes)}"


def doers_are_named(study):
    """The doer of an issue is a side of study.toml, `both`, or empty; an issue to act on has one."""
    allowed = [*study.meta["sides"], BOTH]
    wrong = ~study.issues["doer"].isin([*allowed, ""])
    yield "issues.csv", wrong, "doer", f"allowed: {', '.join(allowed)}, or empty"


def a_study_has_an_article(study):
    """One document at least reports; a side's own text has a side, and only it."""
    documents = study.documents
    if not documents["layer"].eq(REPORTED).any():
        yield Fault("documents.csv", "a document of the layer reported must be in it", column="layer")
    wrong = (documents["layer"] == DECLARED) & (documents["side"] == "")
    yield "documents.csv", wrong, "side", "the side whose own text it is must be named"


def paragraphs_stand_in_order(study):
    """paragraphs.csv has the documents in the order of documents.csv, each numbered from 1."""
    rows = study.paragraphs
    place = rows["document"].map({name: k for k, name in enumerate(study.documents["document"])})
    yield "paragraphs.csv", place < place.shift(), "document", "documents stand as in documents.csv"
    wrong = rows["order"] != rows.groupby("document").cumcount() + 1
    yield "paragraphs.csv", wrong, "order", "rows stand in the order of the page, numbered from 1"


def ids_name_their_document(study):
    """A paragraph outside the first document has its document's id and a dot before its own."""
    rows = study.paragraphs
    named = [paragraph.rpartition(".")[0] for paragraph in rows["paragraph"]]
    first = rows["document"] == study.documents["document"].iloc[0]
    wrong = rows["document"].where(~first, "") != named
    message = rows["document"] + ". must stand before the id"
    yield "paragraphs.csv", wrong, "paragraph", message.where(~first, "no document stands before the id")


def words_are_counted(study):
    """The number of words of a paragraph is the sum of its counts in words.csv."""
    counted = study.words.groupby("paragraph")["count"].sum()
    wrong = study.paragraphs["words"] != study.paragraphs["paragraph"].map(counted).fillna(0)
    yield "paragraphs.csv", wrong, "words", "this is not the sum of words.csv"
    for column in ("words", "sentences"):
        wrong = study.paragraphs["characters"] < study.paragraphs[column]
        yield "paragraphs.csv", wrong, "characters", f"a text has at least as many characters as {column}"


def words_are_folded(study):
    """Each entry of words.csv is one word in lower case, as case folding gives it."""
    word = study.words["word"]
    odd = [text for text in word.unique() if not WORD.fullmatch(text) or text != text.casefold()]
    yield "words.csv", word.isin(odd), "word", "one case-folded word is needed"


def words_stand_in_order(study):
    """words.csv has the paragraphs in the order of the page, and their words in alphabetical order."""
    along = study.words["paragraph"].map(reading_order(study))
    word = study.words["word"]
    yield "words.csv", along < along.shift(), "paragraph", "paragraphs stand in the order of the page"
    later = (along == along.shift()) & (word < word.shift())
    yield "words.csv", later, "word", "words of a paragraph stand in alphabetical order"


def anchors_are_words_of_their_paragraph(study):
    """An anchor is short, and its paragraph has all of its words."""
    known = vocabulary(study.paragraphs, study.words)
    yield from anchor_faults("paragraphs.csv", study.paragraphs, known)
    for coder, coding in study.codings.items():
        yield from anchor_faults(f"codings/{coder}.csv", coding, known)
    yield from anchor_faults("claims.csv", study.claims, known)


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
            share = f"the anchors together have {sizes.sum() / whole:.0%} of the {whole} characters that are coded"
            message = f"{share}; less than 25% is needed: shorten the longest, such as this one"
            longest = sizes.idxmax()
            yield Fault(f"codings/{coder}.csv", message, line=longest + 2, column="anchor",
                        value=coding["anchor"][longest])  # fmt: skip


def buckets_have_no_gap(study):
    """The buckets of a ranking are numbered from 1 without a gap."""
    for ranking, rows in study.rankings.groupby("ranking", sort=False):
        if (rows["bucket"].min(), rows["bucket"].nunique()) != (1, rows["bucket"].max()):
            last = study.rankings.index.to_series() == rows.index[-1]
            yield "rankings.csv", last, "bucket", f"the buckets of {ranking} run from 1 without a gap"


def a_ranking_has_one_source(study):
    """All rows of a ranking have the same paragraph, side, speaker and hedge."""
    rows = study.rankings
    message = "all rows of " + rows["ranking"] + " have the same "
    for column in ("paragraph", "side", "speaker", "hedged"):
        wrong = rows[column] != rows.groupby("ranking")[column].transform("first")
        yield "rankings.csv", wrong, column, message + column


RULES = (
    sides_are_named,
    themes_are_named,
    doers_are_named,
    a_study_has_an_article,
    ids_name_their_document,
    paragraphs_stand_in_order,
    words_are_counted,
    words_are_folded,
    words_stand_in_order,
    anchors_are_words_of_their_paragraph,
    anchors_are_no_copy_of_the_text,
    buckets_have_no_gap,
    a_ranking_has_one_source,
)
