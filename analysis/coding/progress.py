"""Say what is still to be done in a study, in the order in which a person would do it."""

from analysis import findings
from analysis.article.tokens import fingerprint
from analysis.study.codebook import CODED
from analysis.study.documents import REPORTED
from analysis.study.loading import PLACEHOLDER, called, next_steps
from analysis.study.package import changed
from analysis.study.spreadsheets import marked


def steps(study):
    """Say what is still to be done in a study.

    Parameters
    ----------
    study : Study
        One without faults.

    Returns
    -------
    required : list of str
        Without these nothing can be compared.
    useful : list of str
        The study works without these.
    """
    required = next_steps(study)
    return required, list(_useful(study, finished=not required))


def _useful(study, finished):
    """Yield what a study works without; of the coding only where it is finished."""
    name = called(study.folder)
    for path, (_, marks) in marked(study.folder).items():
        yield (f"{path}: a spreadsheet has saved it, with {', '.join(marks)}; it is read as it is; "
               f"`python -m analysis tidy {name}` rewrites it, no cell changes")  # fmt: skip
    if stale := changed(study.folder):
        yield (f"datapackage.json: {', '.join(stale)} changed since it was written; "
               f"`python -m analysis describe {name}` updates it")  # fmt: skip
    if study.meta["title"].startswith(PLACEHOLDER):
        yield "study.toml: say in `title` what you ask of the article"
    first = study.documents.iloc[0]
    lacking = [
        column for column in ("title", "publisher", "date", "language") if first[column] in ("", "und")
    ]
    if lacking:
        code = " (a code such as en or es)" if "language" in lacking else ""
        yield f"documents.csv: say of `{first['document']}` its {', '.join(map('`{}`'.format, lacking))}{code}"
    kinds = study.paragraphs.set_index("sha256")["kind"].to_dict()
    if kinds.get(fingerprint(first["title"]), "headline") != "headline":
        yield "documents.csv: `title` is a paragraph that is no headline; write the headline there"
    reports = study.documents.loc[study.documents["layer"] == REPORTED, "document"]
    coded = study.paragraphs["kind"].isin(CODED) & study.paragraphs["document"].isin(reports)
    blank = int((coded & (study.paragraphs["gist"] == "")).sum())
    if blank == coded.sum():
        yield ("paragraphs.csv: read the article, correct `kind` where a row is a caption, a link or "
               "furniture, and say in your own words what each paragraph reports (`gist`)")  # fmt: skip
    elif blank:
        yield f"paragraphs.csv: {blank} of {coded.sum()} paragraphs have no `gist` yet"
    if len(study.issues) and (study.issues["proposition"] == "").all():
        yield "issues.csv: no issue has a proposition, so no position can be for or against"
    if study.rankings.empty:
        yield "rankings.csv: enter the priorities that the article reports as declared, if there are any"
    if not finished:
        return
    if not (study.folder / "study.ipynb").exists() and name != study.name:
        yield f"`python -m analysis notebooks {name}` writes the study's notebook and its figures"
    if study.findings.empty:
        yield "findings.csv: write what you study as sentences, each with the predicate that tests it"
    unused = set(study.issues["issue"]).difference(*(coding["issue"] for coding in study.codings.values()))
    if unused:
        yield f"issues.csv: no statement is on {', '.join(sorted(unused))}"
    held = findings.baseline(study)
    if not held.all():
        yield (f"findings.csv: {', '.join(held.index[~held])}: false for the coding in use; correct the "
               "sentence, or its arguments")  # fmt: skip
    # Of more statements than this, random codings take longer than a check may.
    told = findings.descriptions(study) if len(study.findings) and len(study.statements) <= 20_000 else []
    if told:
        yield (f"findings.csv: {', '.join(told)}: nearly every coding that obeys the codebook would "
               "give this (more than 95 in 100 at random); it may be told, but heads nothing")  # fmt: skip
    if len(study.codings) == 1:
        yield (f"codings/: another coder's sheet shows how sure the reading is; `python -m analysis import "
               f"{called(study.folder)} FILE --coder CODER` takes it in")  # fmt: skip
