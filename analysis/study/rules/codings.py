"""The codebook's rules for the codings of an article.

The rules for codes that stand together take a study and rows of codes; a long coding repeats most of
its rows, so these rules are asked once for each different row. The other rules take whole codings.
"""

import pandas as pd

from analysis.study.anchors import look_up
from analysis.study.codebook import CODED, CODES, NONE, OWN_WORDS
from analysis.study.faults import Fault
from analysis.study.statements import addressed_side


def sides_are_named(study, rows):
    """The side of a statement is one of study.toml, or `none`."""
    sides = [*study.meta["sides"], NONE]
    yield ~rows["side"].isin(sides), "side", f"allowed: {', '.join(sides)}"


def addressees_are_known(study, rows):
    """An addressee is an actor, a side or `none`, and a side does not address itself."""
    known = [*study.meta["sides"], NONE, *study.actors["actor"]]
    yield ~rows["addressee"].isin(known), "addressee", "an actor id, a side or none is needed"
    same = (addressed_side(study.actors, rows) == rows["side"]) & (rows["side"] != NONE)
    yield same, "addressee", "a side does not address itself"


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
    """A position other than 0 needs a side, and an issue with a proposition."""
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
    wrong = evidence.isin(["act", "attributed"]) & (kind != "media")
    yield wrong, "speaker", "the reporter or another medium is needed here"


CODE_RULES = (
    sides_are_named,
    addressees_are_known,
    no_side_speaks_as_background,
    facts_belong_to_no_side,
    positions_need_a_proposition,
    actors_belong_to_the_side,
    speakers_fit_the_evidence,
)


def codes_fit_together(study):
    """The codes of each statement keep the rules of the codebook."""
    for coder, coding in study.codings.items():
        rows = coding[list(CODES)].drop_duplicates()
        for rule in CODE_RULES:
            # Only a rule that some different row breaks is asked of all rows.
            if any(wrong.any() for wrong, _, _ in rule(study, rows)):
                for found in rule(study, coding):
                    yield f"codings/{coder}.csv", *found


def located(study, rows):
    """Return the order and length of the paragraph of each row, and 1 if it is coded; NaN if unknown."""
    about = study.paragraphs.set_index("paragraph")[["order", "characters"]]
    about["coded"] = study.paragraphs["kind"].isin(CODED).to_numpy(int)
    return about.reindex(rows["paragraph"]).set_index(rows.index)


def before_the_last(place, start):
    """Return which rows stand in the text before the row above them, by paragraph and start."""
    above = place.shift()
    return (place < above) | ((place == above) & (start < start.shift()))


def statements_lie_in_the_text(study):
    """A statement's span lies in a coded paragraph; statements stand once, in the order of the text."""
    key = ["paragraph", "start", "end", "issue", "side", "actor"]
    for coder, coding in study.codings.items():
        path, place, start = f"codings/{coder}.csv", located(study, coding), coding["start"]
        wrong = place["coded"] == 0
        yield path, wrong, "paragraph", "only body paragraphs and captions are coded"
        yield path, coding["end"] <= start, "end", "the end must be greater than the start"
        wrong = coding["end"] > place["characters"]
        yield path, wrong, "end", "the span ends within its paragraph"
        # Only statements that start at one place can be the same.
        level = pd.DataFrame({"order": place["order"], "start": start}).duplicated(keep=False)
        twice = coding[level].duplicated(key).reindex(coding.index, fill_value=False)
        yield path, twice, "statement", "a statement with this span, issue and side stands above"
        wrong = before_the_last(place["order"], start)
        yield path, wrong, "start", "statements stand in the order of the text"


def joint_statements_are_alike(study):
    """A joint statement is one row for each of several sides, alike in all but side and voices."""
    for coder, coding in study.codings.items():
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
        allowed = f"allowed: {', '.join(study.codings)}"
        yield Fault("study.toml", allowed, column="coding", value=study.meta["coding"])


def decisions_name_statements(study):
    """A decision names statements of the passes that it settles."""
    for coder in ("first", "second"):
        known = study.codings[coder]["statement"] if coder in study.codings else []
        wrong = ~study.decisions[coder].isin(["", *known])
        yield "codings/decisions.csv", wrong, coder, f"a statement of codings/{coder}.csv is needed"


RULES = (
    codes_fit_together,
    statements_lie_in_the_text,
    joint_statements_are_alike,
    the_coding_in_use_exists,
    decisions_name_statements,
)
