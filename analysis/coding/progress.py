"""Say what is still to be done in a study, in the order in which a person would do it."""

from analysis import findings
from analysis.study.codebook import CODED
from analysis.study.documents import REPORTED
from analysis.study.package import changed
from analysis.study.progress import PLACEHOLDER, next_steps
from analysis.study.spreadsheets import marked


def steps(study):
    """Say what is still to be done in a study, in the order in which a person would do it.

    Parameters
    ----------
    study : Study
        A study without faults.

    Returns
    -------
    required : list of str
        Without these nothing can be compared.
    useful : list of str
        The study works without these.
    """
    required, useful = next_steps(study), []
    for path, (_, marks) in marked(study.folder).items():
        useful.append(f"{path}: a spreadsheet has saved it, with {', '.join(marks)}; it is read as it is; "
                      f"`python -m analysis tidy {study.name}` rewrites it, no cell changes")  # fmt: skip
    stale = changed(study.folder)
    if stale:
        useful.append(f"datapackage.json: {', '.join(stale)} changed since it was written; "
                      f"`python -m analysis describe {study.name}` writes it anew")  # fmt: skip
    meta = study.meta
    open_ = [f"`{key}`" for key, value in {"title": meta["title"], **meta["article"]}.items()
             if isinstance(value, str) and (value.startswith(PLACEHOLDER) or value == "und")]  # fmt: skip
    if open_:
        useful.append(f"study.toml, documents.csv: say what the article is: {', '.join(open_)}")
    reports = study.documents.loc[study.documents["layer"] == REPORTED, "document"]
    coded = study.paragraphs["kind"].isin(CODED) & study.paragraphs["document"].isin(reports)
    blank = int((coded & (study.paragraphs["gist"] == "")).sum())
    if blank == coded.sum():
        useful.append("paragraphs.csv: read the article, correct `kind` where a row is a caption, a link or "
                      "furniture, and say in your own words what each paragraph reports (`gist`)")  # fmt: skip
    elif blank:
        useful.append(f"paragraphs.csv: {blank} of {coded.sum()} paragraphs have no `gist` yet")
    if len(study.issues) and (study.issues["proposition"] == "").all():
        useful.append("issues.csv: no issue has a proposition, so no position can be for or against")
    if study.rankings.empty:
        useful.append(
            "rankings.csv: enter the priorities that the article reports as declared, if there are any"
        )
    if required:
        return required, useful
    if study.findings.empty:
        useful.append(
            "findings.csv: write what you study as sentences, each with the predicate that tests it"
        )
    unused = set(study.issues["issue"]).difference(*(coding["issue"] for coding in study.codings.values()))
    if unused:
        useful.append(f"issues.csv: no statement is on {', '.join(sorted(unused))}")
    if len(study.findings):
        held = findings.baseline(study)
        fallen = list(held.index[~held])
        if fallen:
            useful.append(f"findings.csv: {', '.join(fallen)}: false for the coding in use; correct the "
                          "sentence, or its arguments")  # fmt: skip
        # Of more statements than this, random codings take longer than a check may.
        told = findings.descriptions(study) if len(study.statements) <= 20_000 else []
        if told:
            useful.append(f"findings.csv: {', '.join(told)}: nearly every coding that obeys the codebook would "
                          "give this (more than 95 in 100 at random); it may be told, but heads nothing")  # fmt: skip
    if len(study.codings) == 1:
        useful.append(f"codings/: a further coder's sheet tells how sure the reading is; "
                      f"`python -m analysis import {study.name} FILE --coder CODER` takes it in")  # fmt: skip
    return required, useful
