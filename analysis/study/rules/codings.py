"""The codebook's rules for codes that stand together: each takes a study and rows of codes."""

from analysis.study.anchors import look_up
from analysis.study.codebook import ASKS, CODES, NONE, OWN_WORDS, POSITIONLESS, TALKED_OF
from analysis.study.statements import addressed_side


def sides_and_addressees_are_known(study, rows):
    """A side is one of study.toml, or `none`; an addressee also an actor, and a side does not address itself."""
    sides = [*study.meta["sides"], NONE]
    yield ~rows["side"].isin(sides), "side", f"allowed: {', '.join(sides)}"
    wrong = ~rows["addressee"].isin([*sides, *study.actors["actor"]])
    yield wrong, "addressee", "an actor id, a side or none is needed"
    wrong = (rows["addressee"] == rows["side"]) & (rows["side"] != NONE)
    yield wrong, "addressee", "a side does not address itself"


def facts_belong_to_no_side(study, rows):
    """Side `none` has background, as only it has, or an observer's word; its form is `fact`, as only its is."""
    outside, background = rows["side"] == NONE, rows["evidence"] == "background"
    yield background & ~outside, "side", "background belongs to side none"
    wrong = outside & ~background & (rows["evidence"] != "analyst")
    yield wrong, "evidence", "side none has background or analyst"
    yield outside != (rows["form"] == "fact"), "form", "fact goes with side none, and only with it"


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
    yield (
        wrong,
        "actor",
        "with side none, the actor is the speaker: repeat the speaker, or in a sheet leave it empty",
    )


def speakers_fit_the_evidence(study, rows):
    """Own words need a speaker of the side, an act or a reported position a medium, a view an observer."""
    actors, evidence = study.actors.set_index("actor"), rows["evidence"]
    kind = look_up(rows["speaker"], actors["kind"].to_dict())
    belongs = look_up(rows["speaker"], actors["side"].to_dict())
    yield (evidence == "analyst") & (kind != "observer"), "speaker", "an observer is needed with analyst"
    wrong = evidence.isin(OWN_WORDS) & (belongs != rows["side"])
    told = "a speaker of the side is needed with own words; where another tells it, the evidence is act, attributed or analyst"
    yield wrong, "speaker", told
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
    wrong = asked & (doer == rows["side"])
    yield wrong, "form", "a side that would act itself offers or acts, it does not ask"
    together = [name for name, side in study.meta["sides"].items() if side.get("together")]
    wrong = asked & ~toward.isin(together) & (toward != doer)
    yield wrong, "addressee", "who would have to act must be asked: " + doer.astype(str)


CODE_RULES = (
    sides_and_addressees_are_known,
    facts_belong_to_no_side,
    positions_need_a_proposition,
    actors_belong_to_the_side,
    speakers_fit_the_evidence,
    addressees_have_a_basis,
    asks_go_to_the_doer,
)


def codes_fit_together(study):
    """The codes of each statement keep the rules of the codebook.

    A pass that is kept as the record of a coder may break them: it is never edited. The coding in use may not.
    """
    for coder in in_use(study):
        # A rule looks at one row at a time, so a bad cell hides no other row. A long coding repeats most of
        # its rows: only a rule that some different row breaks is asked of all.
        coding = study.rows[coder]
        rows = coding[list(CODES)].drop_duplicates()
        for rule in CODE_RULES:
            if any(wrong.any() for wrong, _, _ in rule(study, rows)):
                for found in rule(study, coding):
                    yield f"codings/{coder}.csv", *found


def in_use(study):
    """Return the names of the codings that keep all rules: those that are no record of a coder's pass."""
    passes = study.provenance.loc[study.provenance["coder"] != "settled", "coding"].tolist()
    return [coder for coder in study.rows if coder not in passes or coder == study.meta["coding"]]


RULES = (codes_fit_together,)
