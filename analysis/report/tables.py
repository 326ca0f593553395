"""The tables that pictures draw: the article, all texts, its asks, every two sides, what was tried on findings."""

from functools import partial
from itertools import combinations

import pandas as pd

from analysis import claims, measures, robustness
from analysis.study.codebook import ASKS, CODED, NONE, NOT_NAMED, STEPS
from analysis.study.documents import ADOPTED, DECLARED, LAYERS, of_layer, only
from analysis.study.statements import admit, labels
from analysis.study.wording import say

TAKEN = ("shared", "opposed", "mixed", "one-sided")  # relations in which a side takes a position
TRIED = ("rule", "coder", "contested code", "paragraph left out", "document left out")
ONE = ("coder", "contested code")  # kinds of change of which a single one has a name
ASKED = ["side", "toward", "issue", "ask", "gist", "told by"]
PLEDGES = ("offer", "action")
MARKS = {"for": "full", "against": "cross", "both": "half", "open": "half", "not reported": ""}


def page(study):
    """List the statements of the article in the order of its page, paragraphs without any included.

    Returns
    -------
    pandas.DataFrame
        One row per statement, or one for a paragraph that has none: `paragraph`, `kind`, `copies`,
        `characters`, `gist` (of the paragraph), `issue`, `theme`, `start`, `end` and `side`, empty (or 0)
        without a statement.
    """
    study = only(study)
    columns = ["paragraph", "kind", "copies", "characters", "gist"]
    paragraphs = study.paragraphs.loc[study.paragraphs["kind"] != "furniture", columns]
    coded = study.statements.merge(study.issues[["issue", "theme"]], on="issue", how="left")
    coded = coded[["paragraph", "issue", "theme", "start", "end", "side"]]
    table = paragraphs.merge(coded, on="paragraph", how="left")
    table = table.fillna({"issue": "", "theme": "", "side": "", "start": 0, "end": 0})
    return table.astype({"start": int, "end": int})


def texts(study):
    """Count the statements of every text that is compared, by theme.

    Returns
    -------
    pandas.DataFrame
        One row per document of a layer that is compared, in their order: `document`, `text` (its short
        name), `layer`, `side`, `language`, `words` (of what is coded), `statements`, and the share of
        these (0 to 1) that each theme has, under its id.
    """
    rows = study.documents[study.documents["layer"].isin(LAYERS)].set_index("document")
    rows = rows[["short", "layer", "side", "language"]].rename(columns={"short": "text"})
    inside = study.paragraphs[study.paragraphs["kind"].isin(CODED)]
    place = study.paragraphs.set_index("paragraph")["document"]
    theme = study.statements["issue"].map(study.issues.set_index("issue")["theme"])
    counts = pd.crosstab(study.statements["paragraph"].map(place), theme)
    counts = counts.reindex(index=rows.index, columns=list(study.meta["themes"]), fill_value=0)
    total, words = counts.sum(axis=1), inside.groupby("document")["words"].sum()
    shares = counts.div(total.where(total > 0), axis=0).fillna(0.0)
    words = words.reindex(rows.index, fill_value=0)
    return rows.assign(words=words, statements=total, **shares).reset_index()


def story(study):
    """Tell of each ask in the article what the study knows of it, in words, each with a mark.

    Returns
    -------
    pandas.DataFrame
        One row per side, side addressed and issue of an ask, in the order of study.toml and of the text:
        `side`, `toward`, `issue` (ids), `ask` (label of the issue), `gist`, `told by`, `other side`
        (what the article reports of the side that is asked). A study that has texts of the sides adds
        `own texts` (what these say of it), one that has papers of the event `adopted`, one that has
        facts from the time since `outcome` (how far it got by the last horizon, and how it stood then).
        Beside each of these four stands its mark, in `other side mark` and so on: `full` for what was
        asked, agreed or done, `half` for less, `cross` for what was refused, empty for nothing found.
    """
    names, found = labels(study), _known(study)
    asks = measures.asks(study).merge(measures.answers(study)[["statement", "answer"]], on="statement")
    rows = []
    for (side, toward, issue), group in asks.groupby(["side", "toward", "issue"], sort=False):
        told = [say(study, f"voice-{row.evidence}", names.short[row.speaker]) for row in group.itertuples()]
        first = group.iloc[0]
        row = [side, toward, issue, names.issues[issue], first["gist"], "; ".join(dict.fromkeys(told))]
        row += say(study, f"reply-{first['answer']}"), MARKS[first["answer"]]
        for tell in found.values():
            row += tell(side, issue)
        rows.append(row)
    columns = [f"{name}{end}" for name in ("other side", *found) for end in ("", " mark")]
    return pd.DataFrame(rows, columns=[*ASKED, *columns])


def _known(study):
    """Return what else the study can say of a side's ask on an issue, and its mark: a function for each column."""
    found = {}
    if of_layer(study, DECLARED):
        found["own texts"] = partial(_own, study, admit(study, layers=(DECLARED,)))
    if of_layer(study, ADOPTED):
        found["adopted"] = partial(_adopted, study, admit(study, layers=(ADOPTED,)))
    if len(study.effects):
        found["outcome"] = partial(_outcome, study, claims.outcomes(study), list(claims.horizons(study))[-1])
    return found


def _own(study, statements, side, issue):
    """Say what a side's own texts hold of an issue: an ask, a mention, a refusal, or nothing."""
    statements = statements[(statements["side"] == side) & (statements["issue"] == issue)]
    aside = statements["form"].isin(NOT_NAMED)
    asked = statements["form"].isin(ASKS) & (statements["toward"] != NONE)
    if asked.any():
        return say(study, "own-asked", times=times(study, asked.sum())), "full"
    numbers = {"own-named": (~aside).sum(), "own-aside": aside.sum()}
    told = [say(study, key, times=times(study, number)) for key, number in numbers.items() if number]
    if told:
        return say(study, "own-no-ask", told=", ".join(told)), "half"
    return say(study, "own-nothing"), ""


def _adopted(study, statements, side, issue):
    """Say what the papers of an event hold of an issue, whoever asks: a pledge, words, or nothing."""
    statements = statements[statements["issue"] == issue]
    if statements["form"].isin(PLEDGES).any():
        return say(study, "adopted-pledge"), "full"
    if len(statements):
        return say(study, "adopted-words"), "half"
    return say(study, "adopted-nothing"), ""


def _outcome(study, wants, last, side, issue):
    """Say how far the wants got that an ask is by the last horizon, and whether that was ended."""
    wants = wants[(wants["side"] == side) & (wants["issue"] == issue)]
    states = wants[["furthest", last]].to_numpy().tolist()
    if not states:
        return say(study, "not-followed"), ""
    marks = {"" if state == STEPS[0] else "full" if state == STEPS[-1] else "half" for _, state in states}
    told = "; ".join(outcome_words(study, *state) for state in states)
    return told, marks.pop() if len(marks) == 1 else "half"


def outcome_words(study, furthest, state):
    """Say how far a want got, and what became of it."""
    far, now = (say(study, f"outcome-{name}") for name in (furthest, state))
    return now if state == furthest else say(study, "outcome-then", furthest=far, state=now)


def times(study, number):
    """Return a number of times in words."""
    once, twice, more = say(study, "times", number=number).split("|")
    return {1: once, 2: twice}.get(int(number), more)


def pairs(study):
    """Return the relation of every pair of sides on each issue that two sides are mentioned on.

    Returns
    -------
    pandas.DataFrame
        One row per issue with a position of some pair; one column per pair of sides, in the order of
        study.toml; each cell is a key of RELATIONS, empty where neither of the two takes a position.
    """
    counts = measures.tally(study, measures.codes(study, admit(study)))
    names, arguable = labels(study).sides, (study.issues["proposition"] != "").to_numpy()
    found = {
        f"{names[one]} – {names[other]}": measures.relation(counts, one, other)[0]
        for one, other in combinations(study.meta["sides"], 2)
    }
    table = pd.DataFrame(found, index=pd.Index(counts.issues, name="issue"))[arguable]
    table = table.where(table.isin(TAKEN), "")
    return table[(table != "").any(axis=1)]


def tried(study):
    """Count in how many ways of each kind of change a finding falls.

    Returns
    -------
    pandas.DataFrame of int
        One row per finding, in the order of findings.csv, with its short sentence as the index; one column
        for each kind of change that was tried, in words.
    """
    grid = robustness.grid(study)
    if grid.empty:
        return pd.DataFrame()
    number, falls = grid.columns.get_level_values("tried").value_counts(), {}
    for kind in TRIED:
        if kind in number:
            key = f"tried-one-{kind}" if number[kind] == 1 and kind in ONE else f"tried-{kind}"
            falls[say(study, key, number[kind])] = grid[kind].sum(axis=1).astype(int)
    short = study.findings.set_index("finding")["short"]
    return pd.DataFrame(falls).rename(index=short).rename_axis("finding")
