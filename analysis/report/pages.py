"""Tables of the texts for their figures: the article paragraph by paragraph, all texts side by side."""

import pandas as pd

from analysis.study.codebook import CODED
from analysis.study.documents import LAYERS, only


def page(study):
    """List the statements of the article in the order of its page, paragraphs without any included.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per statement, or one for a paragraph that has none: `paragraph`, `kind`, `copies`,
        `characters`, `gist` (of the paragraph), `issue`, `theme`, `start`, `end` and `side`, empty (or 0)
        without a statement.
    """
    study = only(study)
    paragraphs = study.paragraphs[study.paragraphs["kind"] != "furniture"]
    theme = study.issues.set_index("issue")["theme"]
    coded = study.statements.assign(theme=study.statements["issue"].map(theme))
    columns = ["paragraph", "issue", "theme", "start", "end", "side"]
    table = paragraphs[["paragraph", "kind", "copies", "characters", "gist"]].merge(
        coded[columns], on="paragraph", how="left"
    )
    words = ["issue", "theme", "side"]
    table[words] = table[words].fillna("")
    return table.fillna({"start": 0, "end": 0}).astype({"start": int, "end": int})


def texts(study):
    """Count the statements of every text that is compared, by theme.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per document of a layer that is compared, in their order: `document`, `text` (its short
        name), `layer`, `side`, `language`, `words` (of what is coded), `statements`, and the share of
        these (0 to 1) that each theme has, under its id.
    """
    rows = study.documents[study.documents["layer"].isin(LAYERS)]
    inside = study.paragraphs[study.paragraphs["kind"].isin(CODED)]
    place = study.paragraphs.set_index("paragraph")["document"]
    theme = study.statements["issue"].map(study.issues.set_index("issue")["theme"])
    counts = pd.crosstab(study.statements["paragraph"].map(place), theme)
    counts = counts.reindex(index=rows["document"], columns=list(study.meta["themes"]), fill_value=0)
    total = counts.sum(axis=1)
    shares = counts.div(total.where(total > 0), axis=0).fillna(0.0)
    table = pd.DataFrame(
        {
            "document": rows["document"],
            "text": rows["short"],
            "layer": rows["layer"],
            "side": rows["side"],
            "language": rows["language"],
            "words": rows["document"].map(inside.groupby("document")["words"].sum()).fillna(0).astype(int),
        }
    ).reset_index(drop=True)
    return table.assign(statements=total.to_numpy(), **dict(zip(shares, shares.to_numpy().T, strict=True)))
