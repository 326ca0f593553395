"""The codes that tables may hold and what they mean, wherever code needs to know them."""

NONE = "none"
CODED = ("body", "caption")
CODES = ("issue", "side", "actor", "speaker", "evidence", "addressee", "addressee_basis", "form", "position")
BOTH = "both"  # the doer of an issue on which either side could act
EVIDENCE_LABELS = {
    "own": "in its own text",
    "quoted": "own words, quoted",
    "reported": "own words, retold",
    "act": "acts",
    "attributed": "the reporter's word",
    "analyst": "an observer's word",
    "background": "background",
}
OWN_WORDS = ("own", "quoted", "reported")
WORDS = {  # whose word carries a statement, by its evidence
    "own": OWN_WORDS,
    "act": ("act",),
    "reporter": ("attributed",),
    "observer": ("analyst",),
}
OTHERS = ("reporter", "observer")  # words that are not the side's own
ASKS = ("demand", "proposal")
OBJECTIONS = ("concern", "resistance")
TALKED_OF = ("topic", "declined", "silence", "fact")  # forms that never take a position
POSITIONLESS = ("priority", *TALKED_OF)  # nor does a ranking, in the second edition of the codebook
NOT_NAMED = ("declined", "silence")  # forms that do not put the issue forward
QUANTITIES = ("none", "less than half", "more than half", "all")  # parts that findings tell apart
RELATIONS = {
    "shared": "both sides lean the same way",
    "opposed": "the sides lean opposite ways",
    "mixed": "one side is reported on both sides of the question",
    "one-sided": "only one side is reported to take a position",
    "unpositioned": "both sides are mentioned, neither takes a position",
    "mentioned by one": "only one side is mentioned, without a position",
    "no proposition": "the issue has nothing to be for or against",
    "absent": "neither side is mentioned",
}
VERDICTS = {
    "supported": "every independent origin that counts agrees",
    "roughly": "the origins that count are divided or near",
    "contradicted": "every independent origin that counts differs",
    "not first": "said to be the first, and an earlier one was found",
    "cannot be checked": "a judgement, or nothing that counts was found",
}
SORTS = {"date": "facts", "state": "facts", "judgement": "judgements"}  # every other kind is a figure
STATES = {
    "nothing found": "nothing that bears on it was found",
    "words": "kind words, or a promise without a date",
    "commitment": "a dated promise by the one who would have to act",
    "partial measure": "a part of it was done, or a weaker form",
    "in force": "the criterion is met",
    "reversed": "it was done in part or in full, and ended by a later act",
    "overtaken": "its object is gone",
}
STEPS = tuple(STATES)[:5]  # from nothing to the whole; the other two come after
PLACES = ("topic", "within", "open")  # of an issue among what a government announced
PLEDGE = "offer"  # the form of a statement by which a paper promises something
COPY = ("maker", "mirror")  # sources that carry the maker's own text
WHOLE = ("whole page", "file", "extract")  # ways of reading that take in all that bears on a claim
UNITS = {"ratio": "times", "change": "percent", "trend": "direction"}
VALUES = {
    "direction": ("up", "down", "level"),
    "answer": ("yes", "partly", "no", "silent"),
    "date": r"(1[89]|2[01])[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?",  # 1800 to 2199
}
NUMBER = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?"
