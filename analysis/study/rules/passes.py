"""The rules for whole codings: their spans, their order, what they cover and who made them."""

import numpy as np
import pandas as pd

from analysis.study.anchors import digest
from analysis.study.codebook import CODED, NONE
from analysis.study.documents import LAYERS, REPORTED, of_layer, reading_order
from analysis.study.faults import Fault
from analysis.study.rules.codings import in_use
from analysis.study.schemas import CODER, CODER_NEEDED, categories

FILE = "a file in codings/ is needed"
ONLY = "only body paragraphs and captions are coded"
MOVED = "its spans are not those that were compared with the text: compare them again, for spans.csv"
RECOUNTED = "its words are not those that were counted in the text: count them again, for spans.csv"


def codings_have_names_of_coders(study):
    """The file of a coding has the name of a coder, and the one that study.toml names is there."""
    for coder in study.rows:
        if not CODER.fullmatch(coder):
            yield Fault(f"codings/{coder}.csv", CODER_NEEDED)
    if study.meta["coding"] not in study.rows:
        allowed = f"allowed: {', '.join(study.rows) or 'a file in codings/, and there is none'}"
        yield Fault("study.toml", allowed, column="coding", value=study.meta["coding"])


def statements_stand_in_coded_paragraphs_in_order(study):
    """A statement's span is not empty, and lies within a body paragraph or caption; statements stand in order.

    One span, issue, side and actor is one statement.
    """
    # Each paragraph is looked up once; one that is not there, at the end, has no fault here.
    known = pd.Index(study.paragraphs["paragraph"])
    coded = np.append(study.paragraphs["kind"].isin(CODED).to_numpy(), True)
    size = np.append(study.paragraphs["characters"].to_numpy(float), np.inf)
    key, order = ["paragraph", "start", "end", "issue", "side", "actor"], reading_order(study)
    for coder, coding in study.rows.items():
        path, place = f"codings/{coder}.csv", known.get_indexer(coding["paragraph"])
        yield path, pd.Series(~coded[place]), "paragraph", ONLY
        yield path, coding["end"] <= coding["start"], "end", "the end must be greater than the start"
        wrong = pd.Series(coding["end"].to_numpy() > size[place])
        yield path, wrong, "end", "the span ends within its paragraph"
        twice = coding.duplicated(key)
        yield path, twice, "statement", "a statement with this span, issue and side stands above"
        yield path, before_the_last(coding, order), "start", "statements stand in the order of the text"


def before_the_last(rows, place):
    """Return which rows stand in the text before the row above them, by paragraph and start."""
    along = rows["paragraph"].map(place)
    earlier = (along == along.shift()) & (rows["start"] < rows["start"].shift())
    return (along < along.shift()) | earlier


def spans_are_those_compared(study):
    """The spans of a table in spans.csv are those that were compared with the text when it was made."""
    tables = {f"codings/{coder}": coding for coder, coding in study.codings.items()}
    tables |= {"claims": study.claims, "words": study.words}
    known = study.spans["table"].isin(list(tables))
    yield "spans.csv", ~known, "table", "a coding, claims or words is needed"
    for row in study.spans[known].itertuples():
        if (row.number, row.places) != (len(tables[row.table]), digest(tables[row.table])):
            if row.table == "words":
                yield Fault("words.csv", RECOUNTED, column="word and count")
            else:
                yield Fault(f"{row.table}.csv", MOVED, column="start and end")


def joint_statements_are_alike(study):
    """A joint statement is one row for each of several sides, alike in all but side and voices."""
    alike = ["paragraph", "issue", "form", "position"]
    for coder in in_use(study):
        coding = study.codings[coder]
        for joint, rows in coding[coding["joint"] != ""].groupby("joint"):
            one = len(rows[alike].drop_duplicates()) == 1 and not rows["side"].duplicated().any()
            if not one or len(rows) < 2:
                allowed = f"one statement for each of several sides, alike in {', '.join(alike)}, is needed"
                if rows["side"].duplicated().any():
                    allowed += (
                        "; two speakers of one side make one statement, whose speaker is the first of them"
                    )
                yield Fault(f"codings/{coder}.csv", allowed, rows.index[-1] + 2, "joint", joint)


def own_words_stand_in_own_texts(study):
    """The evidence `own` needs a side's own text, or a joint paper."""
    told = study.paragraphs["document"].isin(of_layer(study, REPORTED))
    held = study.paragraphs.loc[told, "paragraph"]
    for coder, coding in study.rows.items():
        wrong = (coding["evidence"] == "own") & coding["paragraph"].isin(held)
        yield f"codings/{coder}.csv", wrong, "evidence", "own needs a text of the side's own"


def decisions_name_statements(study):
    """A decision and a contested code name a statement of the coding in use."""
    message = f"a statement of codings/{study.meta['coding']}.csv is needed"
    statements = study.statements["statement"]
    for path, table in (("codings/decisions.csv", study.decisions), ("contested.csv", study.contested)):
        # Few are named, and a coding may be long: it is looked through once, for these.
        known = statements[statements.isin(table["statement"])]
        yield path, ~table["statement"].isin(["", *known]), "statement", message


def contested_codes_are_allowed(study):
    """The alternative of a contested code is allowed in its column, and is not the code in use."""
    codes, path = study.statements.set_index("statement"), "contested.csv"
    sides, actors = [*study.meta["sides"], NONE], study.actors["actor"].tolist()
    allowed = {"issue": study.issues["issue"].tolist(), "side": sides, "actor": actors, "speaker": actors}
    allowed |= {"addressee": [*actors, *sides], "statement": ["removed"]}
    allowed |= {name: list(categories("coding", name)) for name in ("evidence", "form", "position")}
    rows = list(study.contested.itertuples())
    wrong = pd.Series([row.alternative not in allowed[row.column] for row in rows], dtype=bool)
    yield path, wrong, "alternative", "a code of this column is needed"
    used = [codes[row.column].get(row.statement) if row.column in codes else None for row in rows]
    yield path, study.contested["alternative"].eq(used), "alternative", "this is the code in use"


def what_is_read_is_coded(study):
    """coverage.csv says how many statements each coding has in a paragraph; all that is coded is in it."""
    table, path, used = study.coverage, "coverage.csv", study.meta["coding"]
    if table.empty or not study.codings:
        return
    yield path, ~table["coding"].isin(list(study.codings)), "coding", FILE
    coded = study.paragraphs[study.paragraphs["kind"].isin(CODED)]
    yield path, ~table["paragraph"].isin(coded["paragraph"]), "paragraph", ONLY
    found = pd.concat({coder: coding["paragraph"].value_counts() for coder, coding in study.codings.items()})
    pairs = pd.MultiIndex.from_frame(table[["coding", "paragraph"]])
    wrong = table["statements"] != found.reindex(pairs, fill_value=0).to_numpy()
    yield path, wrong, "statements", "this is not the number of statements in the coding"
    read = table.groupby("coding")["paragraph"].agg(list)
    for coder in read.index.intersection(list(study.codings), sort=False):
        left = ~study.codings[coder]["paragraph"].isin(read[coder])
        yield f"codings/{coder}.csv", left, "paragraph", f"{coder} has no row for it in coverage.csv"
    wanted = coded.loc[coded["document"].isin(of_layer(study, *LAYERS)), "paragraph"]
    for paragraph in wanted[~wanted.isin(read.get(used, []))]:
        yield Fault(path, f"{used} must have a row for it", column="paragraph", value=paragraph)


def each_coding_has_its_provenance(study):
    """provenance.csv, where there is one, has a row for each coding, and for no other, with what it read."""
    named = study.provenance["coding"]
    yield "provenance.csv", ~named.isin(list(study.codings)), "coding", FILE
    for coder, coding in study.codings.items():
        if len(named) and len(coding) and coder not in named.tolist():
            yield Fault("provenance.csv", "who made this coding must be said", column="coding", value=coder)
    if len(study.coverage):
        place = study.coverage["paragraph"].map(study.paragraphs.set_index("paragraph")["document"])
        read = place.groupby(study.coverage["coding"]).agg(set)
        told = study.provenance["documents"].str.split().map(set)
        wrong = named.isin(read.index) & (told != named.map(read))
        yield (
            "provenance.csv",
            wrong,
            "documents",
            "the documents that the coding has in coverage.csv are needed",
        )


RULES = (
    codings_have_names_of_coders,
    statements_stand_in_coded_paragraphs_in_order,
    spans_are_those_compared,
    joint_statements_are_alike,
    own_words_stand_in_own_texts,
    decisions_name_statements,
    contested_codes_are_allowed,
    what_is_read_is_coded,
    each_coding_has_its_provenance,
)
