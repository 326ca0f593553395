"""How the two compared sides stand to each other: relations, answers, gaps."""

import numpy as np
import pandas as pd

from analysis.measures.counting import codes, of_layer, tally
from analysis.measures.sides import asks
from analysis.study.codebook import NOT_NAMED
from analysis.study.documents import REPORTED
from analysis.study.statements import admit, labels


def relations(study, statements=None):
    """Classify how the positions of the two compared sides relate, issue by issue.

    The relation follows from the set of signs that each side takes: equal single signs are
    *shared*, unequal ones *opposed*; a side with both signs makes it *mixed*, if the other is
    mentioned at all.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline.

    Returns
    -------
    pandas.DataFrame
        One row per issue: `issue`, `relation` (a key of RELATIONS), and for each of the two sides its
        signs (`+`, `−`, `±`, `0` for statements without a sign, empty for none).
    """
    statements = admit(study) if statements is None else statements
    counts = tally(study, codes(study, statements))
    pair = study.meta["compare"]
    signs = {side: side_signs(counts, side)[0] for side in pair}
    kinds = relation(counts, *pair)[0]
    plain = (study.issues["proposition"] == "").to_numpy()
    mentioned = np.stack([signs[side] != "" for side in pair]).any(axis=0)
    kinds = np.where(plain & mentioned, "no proposition", kinds)
    return pd.DataFrame({"issue": counts.issues, "relation": kinds, **signs})


def side_signs(counts, side, layer=REPORTED):
    """Return the signs of a side's positions in a layer, shape (R, I): `+`, `−`, `±`, `0` or empty."""
    pro, contra, said = (of_layer(counts, layer, side, name) > 0 for name in ("pro", "contra", "count"))
    return np.select([pro & contra, pro, contra, said], ["±", "+", "−", "0"], "")


def relation(counts, one, other, layer=REPORTED):
    """Return the relation of two sides on each issue in a layer, shape (R, I), keys of RELATIONS."""
    a, b = side_signs(counts, one, layer), side_signs(counts, other, layer)
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


def answers(study, statements=None):
    """Return for each ask what the article reports of the side that is asked.

    An ask that goes to all sides together is answered by any side but the one that asks.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline in the reports.

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
        pro, contra = ({sign, "mixed"} for sign in _turned(position[row.statement]))
        agrees, opposes = said["position"].isin(pro).any(), said["position"].isin(contra).any()
        answer = "both" if agrees and opposes else "for" if agrees else "against" if opposes else "open"
        found.append((answer if len(said) else "not reported", " ".join(said["statement"])))
    columns = ["side", "toward", "issue", "gist"]
    told = pd.DataFrame(found, columns=["answer", "replies"], index=rows.index)
    return pd.concat([rows[["statement", *columns]], told], axis=1)


def _turned(sign):
    """Return the signs that are for and against an ask: who asks for less is answered by the opponents."""
    return ("1", "-1") if sign == "1" else ("-1", "1")


def replies(study, statements=None):
    """Count of each compared side's asks how many get a reply reported, and from whom.

    A reply is any statement for or against it of the side that is asked, on the same issue.

    Parameters
    ----------
    study : Study
    statements : pandas.DataFrame, optional
        Admitted statements; by default those of the baseline in the reports.

    Returns
    -------
    pandas.DataFrame
        One row per compared side: `side`, `asks` (distinct by addressee, issue and sign), `answered`
        (of these), `from` (short names of who answers, or acts as asked, apart by commas).
    """
    statements = admit(study) if statements is None else statements
    table, by_id = answers(study, statements), statements.set_index("statement")
    table = table.assign(sign=table["statement"].map(by_id["position"]))
    short, rows = labels(study).short, []
    for side in study.meta["compare"]:
        mine = table[table["side"] == side]
        heard = mine[mine["answer"].isin(["for", "against", "both"])]
        ids = " ".join(heard["replies"]).split()
        names = dict.fromkeys(short[by_id.at[i, "actor"]] for i in ids if by_id.at[i, "position"] != "0")
        each = ["toward", "issue", "sign"]
        rows.append(
            (side, len(mine.drop_duplicates(each)), len(heard.drop_duplicates(each)), ", ".join(names))
        )
    return pd.DataFrame(rows, columns=["side", "asks", "answered", "from"])
