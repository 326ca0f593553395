"""What the page is made of, and where on it the themes stand."""

import pandas as pd

from analysis.study.codebook import CODED
from analysis.study.documents import only


def parts(study):
    """Count what the page is made of.

    Returns
    -------
    pandas.DataFrame
        One row per kind of paragraph: `kind`, `paragraphs`, `words` and `sentences` (each paragraph
        once), and `words printed` (as often as the page prints them).
    """
    rows = only(study).paragraphs
    rows = rows.assign(paragraphs=1, printed=rows["words"] * rows["copies"])
    table = rows.groupby("kind", sort=False)[["paragraphs", "words", "sentences", "printed"]].sum()
    return table.rename(columns={"printed": "words printed"}).reset_index()


def word_use(study, wanted):
    """Count the wanted words, given case-folded, in the article and on the raw page.

    Returns
    -------
    pandas.DataFrame
        One row per word: `word`, `article` (headline, body and captions, once each) and `page`
        (everything, as often as it is printed).
    """
    study = only(study)
    rows = study.words.merge(study.paragraphs[["paragraph", "kind", "copies"]], on="paragraph")
    inside = rows["kind"].isin(["headline", *CODED])
    article = rows[inside].groupby("word")["count"].sum()
    page = (rows["count"] * rows["copies"]).groupby(rows["word"]).sum()
    table = pd.DataFrame({"article": article, "page": page}).reindex(wanted).fillna(0).astype(int)
    return table.rename_axis("word").reset_index()


def theme_places(study):
    """Say where on the page the themes stand.

    Returns
    -------
    pandas.DataFrame
        One row per theme, in the order of the median: `theme` (label), `statements`, and of the places
        of their paragraphs on the page the `first`, the `median` and the `last`.
    """
    study = only(study)
    label = {key: entry["label"] for key, entry in study.meta["themes"].items()}
    theme = study.statements["issue"].map(study.issues.set_index("issue")["theme"]).map(label)
    place = study.statements["paragraph"].map(study.paragraphs.set_index("paragraph")["order"])
    table = place.groupby(theme.rename("theme")).agg(["size", "min", "median", "max"]).reset_index()
    table.columns = ["theme", "statements", "first", "median", "last"]
    return table.sort_values(["median", "first"], kind="stable").reset_index(drop=True)
