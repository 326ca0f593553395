"""The codebook's rules for a coding."""

from analysis.study.anchors import anchor_faults, look_up
from analysis.study.codebook import CODED, CODES, NONE
from analysis.study.faults import Fault
from analysis.study.statements import addressed_side


def code_rules(rows, get, sides):
    """Return the rules on the codes of a statement: a column, where it breaks the rule, what is allowed."""
    actors, issues = get["actors"].set_index("actor"), get["issues"].set_index("issue")
    plain = issues["proposition"].eq("").to_dict()
    side, evidence, form = rows["side"], rows["evidence"], rows["form"]
    outside, background = side == NONE, evidence == "background"
    belongs = actors["side"].to_dict()
    speaker = look_up(rows["speaker"], actors["kind"].to_dict())
    own = evidence.isin(["quoted", "reported"])
    return [
        ("side", ~side.isin(sides), f"allowed: {', '.join(sides)}"),
        (
            "addressee",
            ~rows["addressee"].isin([*sides, *actors.index]),
            "an actor id, a side or none is needed",
        ),
        (
            "addressee",
            (addressed_side(get["actors"], rows) == side) & ~outside,
            "a side does not address itself",
        ),
        ("side", background & ~outside, "background belongs to side none"),
        ("evidence", outside & ~background & (evidence != "analyst"), "side none has background or analyst"),
        ("form", outside != (form == "fact"), "fact goes with side none, and only with it"),
        (
            "position",
            (outside | look_up(rows["issue"], plain).eq(True)) & (rows["position"] != "0"),
            "0 is needed for side none and for an issue without a proposition",
        ),
        (
            "actor",
            ~outside & (look_up(rows["actor"], belongs) != side),
            "an actor of the statement's side is needed",
        ),
        ("speaker", (evidence == "analyst") & (speaker != "observer"), "an observer is needed with analyst"),
        (
            "speaker",
            own & (look_up(rows["speaker"], belongs) != side),
            "a speaker of the side is needed with own words",
        ),
        (
            "speaker",
            evidence.isin(["act", "attributed"]) & (speaker != "media"),
            "the reporter or another medium is needed here",
        ),
        ("actor", outside & (rows["actor"] != rows["speaker"]), "with side none, the actor is the speaker"),
    ]


def check_coding(path, coding, get, sides, known):
    """Check one coding against the rules of the codebook."""
    if coding.empty:
        return []
    place = look_up(coding["paragraph"], known.places)
    faults = anchor_faults(path, coding, place, known)
    # What codes say together holds for each different row of them: most of a long coding are repeats.
    rules = code_rules(coding[list(CODES)].drop_duplicates(), get, sides)
    if any(wrong.any() for _, wrong, _ in rules):
        rules = code_rules(coding, get, sides)
    paragraphs = get["paragraphs"][["characters", "order"]].assign(
        coded=get["paragraphs"]["kind"].isin(CODED)
    )
    within = paragraphs.reindex(place).set_index(coding.index)
    rules += [
        ("paragraph", within["coded"].eq(False), "only body paragraphs and captions are coded"),
        ("end", coding["end"] <= coding["start"], "the end lies behind the start"),
        ("end", coding["end"] > within["characters"], "the span ends within its paragraph"),
    ]
    for column, wrong, allowed in rules:
        for row in coding.index[wrong] if wrong.any() else []:
            faults.append(
                Fault(path, allowed, line=row + 2, column=column, value=str(coding.at[row, column]))
            )
    order = within["order"] * 1_000_000 + coding["start"]
    level = coding[order.duplicated(keep=False)]  # Only these can be the same.
    key = ["paragraph", "start", "end", "issue", "side", "actor"]
    for row in level.index[level.duplicated(key)]:
        faults.append(
            Fault(
                path,
                "a statement with this span, issue and side stands above",
                line=row + 2,
                column="statement",
                value=coding.at[row, "statement"],
            )
        )
    for row in coding.index[order < order.shift()]:
        faults.append(
            Fault(
                path,
                "statements stand in the order of the text",
                line=row + 2,
                column="start",
                value=str(coding.at[row, "start"]),
            )
        )
    together = coding[coding["joint"] != ""]
    for joint, rows in together.groupby("joint"):
        same = rows[["paragraph", "issue", "form", "position"]].drop_duplicates()
        if rows["side"].nunique() < 2 or rows["side"].duplicated().any() or len(same) > 1:
            faults.append(
                Fault(
                    path,
                    "one statement for each of several sides, alike in paragraph, issue, "
                    "form and position, is needed",
                    line=rows.index[-1] + 2,
                    column="joint",
                    value=joint,
                )
            )
    return faults
