"""How the two compared sides stand to each other: relations, answers, gaps."""

import numpy as np
import pandas as pd

from analysis.measures.counting import shares, tally
from analysis.measures.sides import asks
from analysis.study.statements import admit


def relations(study, statements=None):
    """Classify how the positions of the two compared sides relate, issue by issue.

    The relation follows from the set of signs that each side takes: equal single signs are
    *shared*, unequal ones *opposed*; a side with both signs makes it *mixed*.

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
    counts = tally(study, statements)
    pair = study.meta["compare"]
    signs = {side: side_signs(counts, side)[0] for side in pair}
    kinds = relation(counts, *pair)[0]
    plain = (study.issues["proposition"] == "").to_numpy()
    mentioned = np.stack([signs[side] != "" for side in pair]).any(axis=0)
    kinds = np.where(plain & mentioned, "no proposition", kinds)
    return pd.DataFrame({"issue": counts.issues, "relation": kinds, **signs})


def side_signs(counts, side):
    """Return the signs of a side's positions.

    Returns
    -------
    numpy.ndarray of str
        Shape (R, I): `+`, `−`, `±`, `0` or empty.
    """
    place = counts.sides.index(side)
    pro, contra = counts.pro[:, place] > 0, counts.contra[:, place] > 0
    said = counts.count[:, place] > 0
    return np.select([pro & contra, pro, contra, said], ["±", "+", "−", "0"], "")


def relation(counts, one, other):
    """Return the relation of two sides on each issue.

    Parameters
    ----------
    counts : analysis.measures.Tally
    one, other : str
        Sides.

    Returns
    -------
    numpy.ndarray of str
        Shape (R, I), keys of RELATIONS.
    """
    a, b = side_signs(counts, one), side_signs(counts, other)
    signed_a, signed_b = np.isin(a, ["+", "−", "±"]), np.isin(b, ["+", "−", "±"])
    cases = {
        "mixed": (a == "±") | (b == "±"),
        "shared": signed_a & (a == b),
        "opposed": signed_a & signed_b,
        "one-sided": signed_a | signed_b,
        "unpositioned": (a == "0") & (b == "0"),
        "mentioned by one": (a == "0") | (b == "0"),
    }
    return np.select(list(cases.values()), list(cases), "absent")


def answers(study, statements=None):
    """Say for each ask what the article reports of the side that is asked.

    Returns
    -------
    pandas.DataFrame
        One row per ask, as `measures.asks` lists them: `statement`, `side`, `toward`, `issue`,
        `gist`, and `answer`: whether the asked side is `for` what is asked, `against` it, or `both`,
        leaves it `open`, or is `not reported`.
    """
    statements = admit(study) if statements is None else statements
    words = {"+": "for", "−": "against", "±": "both", "0": "open", "": "not reported"}
    # For an ask against the proposition, the answers swap: "against" means yes.
    turned = words | {"+": "against", "−": "for"}
    counts = tally(study, statements)
    signs = {
        side: dict(zip(counts.issues, side_signs(counts, side)[0], strict=True)) for side in counts.sides
    }
    position = statements.set_index("statement")["position"]
    table = asks(study, statements)
    said = [
        (turned if position[row.statement] == "-1" else words)[signs[row.toward][row.issue]]
        for row in table.itertuples()
    ]
    return table.assign(answer=said)[["statement", "side", "toward", "issue", "gist", "answer"]]


def gaps(study, statements=None):
    """Compare how much of each side's statements goes to each issue.

    Returns
    -------
    pandas.DataFrame
        One row per issue that either side mentions, largest gap first: `issue`, the share of each of
        the two sides (0 to 1), and `gap`, the first side's share minus the second's.
    """
    statements = admit(study) if statements is None else statements
    counts = tally(study, statements)
    one, other = study.meta["compare"]
    share = shares(counts.count[0])
    table = pd.DataFrame(
        {side: share[counts.sides.index(side)] for side in (one, other)},
        index=pd.Index(counts.issues, name="issue"),
    )
    table["gap"] = table[one] - table[other]
    table = table[(table[[one, other]] > 0).any(axis=1)]
    return table.sort_values("gap", ascending=False, kind="stable").reset_index()


def declared_order(study, statements=None):
    """Compare each declared ranking with the statements that its issues get.

    Only pairs of issues that the ranking puts in an order are compared: issues in one bucket are
    level, and an issue that is not listed is not ranked (Fagin et al. 2006 on bucket orders).

    Returns
    -------
    pandas.DataFrame
        One row per ranking: `ranking`, `side`, `speaker`, `pairs` in order, and how many of them the
        numbers of statements put in the `same` order, leave `level`, or put the `other` way round.
    """
    statements = admit(study) if statements is None else statements
    table = []
    for (ranking, side, speaker), rows in study.rankings.groupby(["ranking", "side", "speaker"], sort=False):
        number = statements[statements["side"] == side]["issue"].value_counts()
        counts = rows["issue"].map(number).fillna(0).to_numpy()
        bucket = rows["bucket"].to_numpy()
        order = np.sign(bucket[None, :] - bucket[:, None])
        ahead = np.sign(counts[:, None] - counts[None, :])[order > 0]
        table.append((ranking, side, speaker, len(ahead), *((ahead == sign).sum() for sign in (1, 0, -1))))
    return pd.DataFrame(table, columns=["ranking", "side", "speaker", "pairs", "same", "level", "other"])
