"""Tables of what any study holds: the article by paragraph, all texts side by side, every two sides."""

from itertools import combinations

import pandas as pd

from analysis import measures
from analysis.study.codebook import CODED
from analysis.study.documents import LAYERS, only
from analysis.study.statements import admit, labels


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


def pairs(study):
    """Return the relation of every pair of sides on each issue that two sides are mentioned on.

    Parameters
    ----------
    study : Study

    Returns
    -------
    pandas.DataFrame
        One row per issue with a position of some pair; one column per pair of sides, in the order of
        study.toml; each cell is a key of RELATIONS, empty where neither of the two takes a position.
    """
    counts = measures.tally(study, measures.codes(study, admit(study)))
    names, plain = labels(study), (study.issues["proposition"] == "").to_numpy()
    found = {
        f"{names.sides[one]} – {names.sides[other]}": measures.relation(counts, one, other)[0]
        for one, other in combinations(study.meta["sides"], 2)
    }
    taken = ("shared", "opposed", "mixed", "one-sided")
    table = pd.DataFrame(found, index=pd.Index(counts.issues, name="issue"))[~plain]
    table = table.where(table.isin(taken), "")
    return table[(table != "").any(axis=1)]
