"""Which texts a study has, and one of them, or some, as a study of their own."""

from dataclasses import replace

import numpy as np
import pandas as pd

REPORTED, DECLARED, ADOPTED = LAYERS = ("reported", "declared", "adopted")


def article(documents):
    """Return what documents.csv says of the article, the first document that reports."""
    reports = documents[documents["layer"] == REPORTED]
    row = dict.fromkeys(documents.columns, "") if reports.empty else reports.iloc[0].to_dict()
    found = {
        "document": row["document"],
        "headline": row["title"],
        "publisher": row["publisher"],
        "language": row["language"] or "und",
    }
    if row["date"]:
        found["published"] = pd.Timestamp(row["date"]).date()
    if row["url"]:
        found["page"] = row["url"]
    return found


def of_layer(study, *layers):
    """Return the ids of the documents of some layers, in the order of documents.csv."""
    return study.documents.loc[study.documents["layer"].isin(layers), "document"].tolist()


def reading_order(study):
    """Return the place of each paragraph in the study, from 0, in the order of its documents, by its id."""
    return pd.Series(study.paragraphs.index, index=study.paragraphs["paragraph"])


def only(study, *documents):
    """Return a study that has only some documents, by default those that report.

    Every function that reads the text or the statements of a study can so be asked of one text.

    Raises
    ------
    ValueError
        If the study has no such document.
    """
    known = study.documents["document"].tolist()
    unknown = [name for name in documents if name not in known]
    if unknown:
        raise ValueError(f"{unknown[0]}: the documents of {study.name} are {', '.join(known)}")
    wanted = list(documents) or of_layer(study, REPORTED)
    if wanted == known:
        return study
    paragraphs = study.paragraphs[study.paragraphs["document"].isin(wanted)].reset_index(drop=True)
    rows = study.documents[study.documents["document"].isin(wanted)].reset_index(drop=True)
    meta = study.meta | {"article": article(rows)} if rows["layer"].eq(REPORTED).any() else study.meta

    def kept(table):
        return table[table["paragraph"].isin(set(paragraphs["paragraph"]))].reset_index(drop=True)

    tables = {name: kept(getattr(study, name)) for name in ("words", "statements", "coverage", "decisions")}
    codings = {name: kept(coding) for name, coding in study.codings.items()}
    return replace(study, meta=meta, documents=rows, paragraphs=paragraphs, codings=codings, **tables)


def layer_of(study, statements):
    """Return the layer that each statement speaks for; empty where it enters no measure."""
    place = pd.Index(study.paragraphs["paragraph"]).get_indexer(statements["paragraph"])
    document = study.paragraphs["document"].to_numpy()[place]
    row = pd.Index(study.documents["document"]).get_indexer(document)
    layer, owner = (study.documents[name].to_numpy()[row] for name in ("layer", "side"))
    own = (layer != DECLARED) | (owner == statements["side"].to_numpy())
    counted = pd.Series(layer).isin(LAYERS).to_numpy() & own
    return pd.DataFrame({"document": document, "layer": np.where(counted, layer, "")}, statements.index)
