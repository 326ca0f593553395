"""What sides ask and whose word it is, and how the two compared sides stand to each other."""

import numpy as np
import pandas as pd

from analysis.measures.counting import codes, of_layer, tally
from analysis.study.codebook import ASKS, NONE, NOT_NAMED, OTHERS, WORDS
from analysis.study.documents import REPORTED
from analysis.study.statements import admit, labels


def asks(study, statements=None):
    """List what sides ask of each other: signed demands and proposals directed at another side.

    One row per ask, in the order of study.toml and of the text: `side`, `toward`, `issue`, `gist`,
    `speaker`, `evidence`, `paragraph`, `statement`.
    """
    statements = admit(study) if statements is None else statements
    asking = statements["form"].isin(ASKS) & statements["position"].isin(["1", "-1"])
    other = (statements["toward"] != NONE) & (statements["toward"] != statements["side"])
    order = {side: place for place, side in enumerate(study.meta["sides"])}
    rows = statements[asking & other].sort_values(["side", "toward"], key=lambda column: column.map(order))
    columns = ["side", "toward", "issue", "gist", "speaker", "evidence", "paragraph", "statement"]
    return rows[columns].reset_index(drop=True)


def voices(study, statements=None):
    """Count by whose word each side's admitted statements are told, by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        One row per side, in the order of study.toml; a column for each of `WORDS`: `own` (its own words,
        quoted or retold), `act`, `reporter` and `observer`; `statements` (their sum) and `others` (the
        share that the reporter or an observer tells, 0 to 1; nan for a side without statements).
    """
    statements = admit(study) if statements is None else statements
    statements = statements[~statements["form"].isin(NOT_NAMED)]
    table = pd.DataFrame(index=pd.Index(list(study.meta["sides"]), name="side"))
    for word, evidence in WORDS.items():
        number = statements.loc[statements["evidence"].isin(evidence), "side"].value_counts()
        table[word] = number.reindex(table.index, fill_value=0)
    total = table.sum(axis=1)
    others = table[list(OTHERS)].sum(axis=1) / total.where(total > 0)
    return table.assign(statements=total, others=others)


def relations(study, statements=None):
    """Classify how the positions of the two compared sides relate, by default in the baseline.

    The relation follows from the set of signs that each side takes: equal single signs are
    *shared*, unequal ones *opposed*; a side with both signs makes it *mixed*, if the other is
    mentioned at all.

    Returns
    -------
    pandas.DataFrame
        One row per issue: `issue`, `relation` (a key of RELATIONS), and for each of the two sides its
        signs (`+`, `−`, `±`, `0` for statements without a sign, empty for none).
    """
    statements = admit(study) if statements is None else statements
    counts, pair = tally(study, codes(study, statements)), study.meta["compare"]
    kinds = relation(counts, *pair)[0]
    plain = (study.issues["proposition"] == "").to_numpy()
    kinds = np.where(plain & (kinds != "absent"), "no proposition", kinds)
    signs = {side: _signs(counts, side)[0] for side in pair}
    return pd.DataFrame({"issue": counts.issues, "relation": kinds, **signs})


def relation(counts, one, other):
    """Return the relation of two sides on each issue in the reports, shape (R, I), keys of RELATIONS."""
    a, b = _signs(counts, one), _signs(counts, other)
    signed_a, signed_b = np.isin(a, ["+", "−", "±"]), np.isin(b, ["+", "−", "±"])
    cases = {
        "mixed": ((a == "±") | (b == "±")) & (a != "") & (b != ""),
        "shared": signed_a & (a == b),
        "opposed": signed_a & signed_b,
        "one-sided": signed_a | signed_b,
        "unpositioned": (a == "0") & (b == "0"),
        "mentioned by one": (a == "0") | (b == "0"),
    }
    return np.select(list(cases.values()), list(cases), "absent")


def _signs(counts, side):
    """Return the signs of a side's reported positions, shape (R, I): `+`, `−`, `±`, `0` or empty."""
    pro, contra, said = (of_layer(counts, REPORTED, side, name) > 0 for name in ("pro", "contra", "count"))
    return np.select([pro & contra, pro, contra, said], ["±", "+", "−", "0"], "")


def answers(study, statements=None):
    """Return for each ask what the article reports of the side that is asked.

    An ask that goes to all sides together is answered by any side but the one that asks. By default asks
    and answers are those of the baseline in the reports.

    Returns
    -------
    pandas.DataFrame
        One row per ask, as `measures.asks` lists them: `statement`, `side`, `toward`, `issue`,
        `gist`; `answer`: whether the asked side is `for` what is asked, `against` it, or `both`,
        leaves it `open`, or is `not reported`; and `replies`, the ids of the statements that say so.
    """
    statements = admit(study) if statements is None else statements
    rows = asks(study, statements)
    shared = [side for side, entry in study.meta["sides"].items() if entry.get("together")]
    single = [side for side in study.meta["sides"] if side not in shared]
    named = statements[~statements["form"].isin(NOT_NAMED)]
    position = statements.set_index("statement")["position"]
    found = []
    for row in rows.itertuples():
        others = [side for side in single if side != row.side] if row.toward in shared else [row.toward]
        said = named[named["side"].isin(others) & (named["issue"] == row.issue)]
        # Who asks for less is answered by the opponents.
        signs = ("1", "-1") if position[row.statement] == "1" else ("-1", "1")
        agrees, opposes = (said["position"].isin([sign, "mixed"]).any() for sign in signs)
        answer = "both" if agrees and opposes else "for" if agrees else "against" if opposes else "open"
        found.append((answer if len(said) else "not reported", " ".join(said["statement"])))
    told = pd.DataFrame(found, columns=["answer", "replies"], index=rows.index)
    return rows[["statement", "side", "toward", "issue", "gist"]].join(told)


def replies(study, statements=None):
    """Count of each compared side's asks how many get a reply reported, and from whom.

    A reply is any statement for or against it of the side that is asked, on the same issue, by default in
    the reports.

    Returns
    -------
    pandas.DataFrame
        One row per compared side: `side`, `asks` (distinct by addressee, issue and sign), `answered`
        (of these), `from` (short names of who answers, or acts as asked, apart by commas).
    """
    statements = admit(study) if statements is None else statements
    by_id, short, rows = statements.set_index("statement"), labels(study).short, []
    table = answers(study, statements)
    table["sign"] = table["statement"].map(by_id["position"])
    for side in study.meta["compare"]:
        mine = table[table["side"] == side]
        heard = mine[mine["answer"].isin(["for", "against", "both"])]
        said = by_id.loc[" ".join(heard["replies"]).split()].query("position != '0'")
        number, answered = (len(part.drop_duplicates(["toward", "issue", "sign"])) for part in (mine, heard))
        rows.append((side, number, answered, ", ".join(said["actor"].map(short).unique())))
    return pd.DataFrame(rows, columns=["side", "asks", "answered", "from"])
