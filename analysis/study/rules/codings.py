"""The codebook's rules for the codings of an article.

The rules for codes that stand together take a study and rows of codes; a long coding repeats most of
its rows, so these rules are asked once for each different row. The other rules take whole codings.
"""

import numpy as np
import pandas as pd

from analysis.study.anchors import look_up
from analysis.study.codebook import ASKS, CODED, CODES, NONE, OWN_WORDS, POSITIONLESS, TALKED_OF
from analysis.study.documents import LAYERS, REPORTED, reading_order
from analysis.study.faults import Fault
from analysis.study.schemas import categories
from analysis.study.statements import addressed_side


def sides_are_named(study, rows):
    """The side of a statement is one of study.toml, or `none`."""
    sides = [*study.meta["sides"], NONE]
    yield ~rows["side"].isin(sides), "side", f"allowed: {', '.join(sides)}"


def addressees_are_known(study, rows):
    """An addressee is an actor, a side or `none`, and a side does not address itself."""
    known = [*study.meta["sides"], NONE, *study.actors["actor"]]
    yield ~rows["addressee"].isin(known), "addressee", "an actor id, a side or none is needed"
    yield (
        (rows["addressee"] == rows["side"]) & (rows["side"] != NONE),
        "addressee",
        "a side does not address itself",
    )


def no_side_speaks_as_background(study, rows):
    """Side `none` has background or an observer's word as evidence, and only it has background."""
    outside, background = rows["side"] == NONE, rows["evidence"] == "background"
    yield background & ~outside, "side", "background belongs to side none"
    wrong = outside & ~background & (rows["evidence"] != "analyst")
    yield wrong, "evidence", "side none has background or analyst"


def facts_belong_to_no_side(study, rows):
    """The form `fact` goes with side `none`, and only with it."""
    wrong = (rows["side"] == NONE) != (rows["form"] == "fact")
    yield wrong, "form", "fact goes with side none, and only with it"


def positions_need_a_proposition(study, rows):
    """A position other than 0 needs a side, a form that takes one, and an issue with a proposition."""
    forms = TALKED_OF if _first_edition(rows) else POSITIONLESS
    wrong = rows["form"].isin(forms) & (rows["side"] != NONE) & (rows["position"] != "0")
    yield wrong, "position", f"0 is needed with the forms {', '.join(forms)}"
    plain = look_up(rows["issue"], study.issues.set_index("issue")["proposition"].eq("").to_dict()).eq(True)
    wrong = ((rows["side"] == NONE) | plain) & (rows["position"] != "0")
    yield wrong, "position", "0 is needed for side none and for an issue without a proposition"


def actors_belong_to_the_side(study, rows):
    """The actor belongs to the statement's side; with side `none` it is the speaker."""
    outside, belongs = rows["side"] == NONE, study.actors.set_index("actor")["side"].to_dict()
    wrong = ~outside & (look_up(rows["actor"], belongs) != rows["side"])
    yield wrong, "actor", "an actor of the statement's side is needed"
    wrong = outside & (rows["actor"] != rows["speaker"])
    yield wrong, "actor", "with side none, the actor is the speaker"


def speakers_fit_the_evidence(study, rows):
    """Own words need a speaker of the side, an act or a reported position a medium, a view an observer."""
    actors, evidence = study.actors.set_index("actor"), rows["evidence"]
    kind = look_up(rows["speaker"], actors["kind"].to_dict())
    belongs = look_up(rows["speaker"], actors["side"].to_dict())
    yield (evidence == "analyst") & (kind != "observer"), "speaker", "an observer is needed with analyst"
    wrong = evidence.isin(OWN_WORDS) & (belongs != rows["side"])
    yield wrong, "speaker", "a speaker of the side is needed with own words"
    wrong = evidence.isin(["act", "attributed"]) & (kind == "observer")
    yield wrong, "speaker", "an observer's word has the evidence analyst"


def addressees_have_a_basis(study, rows):
    """An addressee is named or inferred; a statement without one has neither."""
    wrong = (rows["addressee"] == NONE) != (rows["addressee_basis"] == "")
    if not _first_edition(rows):
        yield wrong, "addressee_basis", "it is empty with the addressee none, and only with it"


def _first_edition(rows):
    """Return True if a coding follows the first edition of a codebook, which has no basis of addressees."""
    return (rows["addressee_basis"] == "").all()


def asks_go_to_the_doer(study, rows):
    """Where an issue has one doer, only another side asks for it, and asks the doer."""
    doer = look_up(rows["issue"], study.issues.set_index("issue")["doer"].to_dict())
    toward = addressed_side(study.actors, rows)
    asked = rows["form"].isin(ASKS) & doer.isin(list(study.meta["sides"])) & (toward != NONE)
    yield (
        asked & (doer == rows["side"]),
        "form",
        "a side that would act itself offers or acts, it does not ask",
    )
    wrong = asked & ~toward.isin(_together(study)) & (toward != doer)
    yield wrong, "addressee", "who would have to act must be asked: " + doer.astype(str)


def _together(study):
    """Return the sides that stand for all sides together, by study.toml."""
    return [name for name, side in study.meta["sides"].items() if side.get("together")]


CODE_RULES = (
    sides_are_named,
    addressees_are_known,
    no_side_speaks_as_background,
    facts_belong_to_no_side,
    positions_need_a_proposition,
    actors_belong_to_the_side,
    speakers_fit_the_evidence,
    addressees_have_a_basis,
    asks_go_to_the_doer,
)


def codes_fit_together(study):
    """The codes of each statement keep the rules of the codebook.

    A pass that is kept as the record of a coder may break them: it is never edited. The coding in use
    may not.
    """
    for coder, coding in _in_use(study):
        rows = coding[list(CODES)].drop_duplicates()
        for rule in CODE_RULES:
            # Only a rule that some different row breaks is asked of all rows.
            if any(wrong.any() for wrong, _, _ in rule(study, rows)):
                for found in rule(study, coding):
                    yield f"codings/{coder}.csv", *found


def _in_use(study):
    """Return the codings that keep all rules: those that are no record of a coder's pass."""
    passes = study.provenance.loc[study.provenance["coder"] != "settled", "coding"].tolist()
    kept = [coder for coder in study.codings if coder not in passes or coder == study.meta["coding"]]
    return [(coder, study.codings[coder]) for coder in kept]


def spans_lie_in_coded_paragraphs(study):
    """A statement's span is not empty, and lies within a body paragraph or caption."""
    # Each paragraph is looked up once; one that is not there, at the end, has no fault here.
    known = pd.Index(study.paragraphs["paragraph"])
    coded = np.append(study.paragraphs["kind"].isin(CODED).to_numpy(), True)
    size = np.append(study.paragraphs["characters"].to_numpy(float), np.inf)
    for coder, coding in study.codings.items():
        path, place = f"codings/{coder}.csv", known.get_indexer(coding["paragraph"])
        yield path, pd.Series(~coded[place]), "paragraph", "only body paragraphs and captions are coded"
        yield path, coding["end"] <= coding["start"], "end", "the end must be greater than the start"
        wrong = pd.Series(coding["end"].to_numpy() > size[place])
        yield path, wrong, "end", "the span ends within its paragraph"


def statements_stand_once_and_in_order(study):
    """Statements stand in the order of the text; one span, issue, side and actor is one statement."""
    place = reading_order(study)
    key = ["paragraph", "start", "end", "issue", "side", "actor"]
    for coder, coding in study.codings.items():
        path = f"codings/{coder}.csv"
        twice = coding.duplicated(key)
        yield path, twice, "statement", "a statement with this span, issue and side stands above"
        yield path, before_the_last(coding, place), "start", "statements stand in the order of the text"


def before_the_last(rows, place):
    """Return which rows stand in the text before the row above them, by paragraph and start."""
    along = rows["paragraph"].map(place)
    earlier = (along == along.shift()) & (rows["start"] < rows["start"].shift())
    return (along < along.shift()) | earlier


def joint_statements_are_alike(study):
    """A joint statement is one row for each of several sides, alike in all but side and voices."""
    for coder, coding in _in_use(study):
        for joint, rows in coding[coding["joint"] != ""].groupby("joint"):
            same = rows[["paragraph", "issue", "form", "position"]].drop_duplicates()
            if rows["side"].nunique() < 2 or rows["side"].duplicated().any() or len(same) > 1:
                yield Fault(
                    f"codings/{coder}.csv",
                    "one statement for each of several sides, alike in paragraph, issue, form and position, "
                    "is needed",
                    line=rows.index[-1] + 2,
                    column="joint",
                    value=joint,
                )


def the_coding_in_use_exists(study):
    """The coding that study.toml names is one of the study's codings."""
    if study.meta["coding"] not in study.codings:
        known = ", ".join(study.codings)
        yield Fault("study.toml", f"allowed: {known}", column="coding", value=study.meta["coding"])


def own_words_stand_in_own_texts(study):
    """The evidence `own` needs a side's own text, or a joint paper."""
    reports = study.documents.loc[study.documents["layer"] == REPORTED, "document"]
    held = study.paragraphs.loc[study.paragraphs["document"].isin(reports), "paragraph"]
    for coder, coding in study.codings.items():
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
    codes = study.statements.set_index("statement")
    allowed = _codes(study)
    rows = list(study.contested.itertuples())
    wrong = pd.Series([row.alternative not in allowed[row.column] for row in rows], dtype=bool)
    yield "contested.csv", wrong, "alternative", "a code of this column is needed"
    same = [
        row.column != "statement"
        and row.statement in codes.index
        and codes.at[row.statement, row.column] == row.alternative
        for row in rows
    ]
    yield "contested.csv", pd.Series(same, dtype=bool), "alternative", "this is the code in use"


def _codes(study):
    """Return the codes that each column may hold."""
    sides, actors = [*study.meta["sides"], NONE], study.actors["actor"].tolist()
    named = {"issue": study.issues["issue"].tolist(), "side": sides, "actor": actors, "speaker": actors}
    named |= {"addressee": [*actors, *sides], "statement": ["removed"]}
    return named | {name: list(categories("coding", name)) for name in ("evidence", "form", "position")}


def what_is_read_is_coded(study):
    """coverage.csv says how many statements each coding has in a paragraph; all that is coded is in it."""
    table = study.coverage
    if table.empty:
        return
    yield "coverage.csv", ~table["coding"].isin(list(study.codings)), "coding", "a file in codings/ is needed"
    coded = study.paragraphs.loc[study.paragraphs["kind"].isin(CODED), "paragraph"]
    wrong = ~table["paragraph"].isin(coded)
    yield "coverage.csv", wrong, "paragraph", "only body paragraphs and captions are coded"
    found = pd.concat(
        [coding["paragraph"].value_counts() for coding in study.codings.values()], keys=list(study.codings)
    )
    pairs = pd.MultiIndex.from_frame(table[["coding", "paragraph"]])
    wrong = table["statements"].to_numpy() != found.reindex(pairs, fill_value=0).to_numpy()
    message = "this is not the number of statements in the coding"
    yield "coverage.csv", pd.Series(wrong, table.index), "statements", message
    for coder in set(table["coding"]) & set(study.codings):
        read = table.loc[table["coding"] == coder, "paragraph"]
        left = ~study.codings[coder]["paragraph"].isin(read)
        yield f"codings/{coder}.csv", left, "paragraph", f"{coder} has no row for it in coverage.csv"
    measured = study.documents.loc[study.documents["layer"].isin(LAYERS), "document"]
    coded = coded[study.paragraphs.loc[coded.index, "document"].isin(measured)]
    open_ = coded[~coded.isin(table.loc[table["coding"] == study.meta["coding"], "paragraph"])]
    for paragraph in open_:
        yield Fault(
            "coverage.csv",
            f"{study.meta['coding']} must have a row for it",
            column="paragraph",
            value=paragraph,
        )


def each_coding_has_its_provenance(study):
    """provenance.csv, where there is one, has a row for each coding, and for no other."""
    table = study.provenance
    if table.empty:
        return
    wrong = ~table["coding"].isin(list(study.codings))
    yield "provenance.csv", wrong, "coding", "a file in codings/ is needed"
    for coder, coding in study.codings.items():
        if len(coding) and coder not in table["coding"].tolist():
            yield Fault("provenance.csv", "who made this coding must be said", column="coding", value=coder)


RULES = (
    codes_fit_together,
    spans_lie_in_coded_paragraphs,
    statements_stand_once_and_in_order,
    joint_statements_are_alike,
    the_coding_in_use_exists,
    own_words_stand_in_own_texts,
    decisions_name_statements,
    contested_codes_are_allowed,
    what_is_read_is_coded,
    each_coding_has_its_provenance,
)
