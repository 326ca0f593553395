"""Run every finding under every combination of rules.

The same predicates run on many replicates at once: a replicate is a row of weights for the
statements, so that specifications, left-out paragraphs and resamples are one computation.
"""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from analysis import findings, measures
from analysis.study.codebook import NONE, OWN_WORDS
from analysis.study.statements import addressed_side

ADMITTED = {
    "all": (*OWN_WORDS, "act", "attributed", "analyst"),
    "no observers": (*OWN_WORDS, "act", "attributed"),
    "own words and acts": (*OWN_WORDS, "act"),
    "own words": OWN_WORDS,
}


# The forks of the multiverse. First the rule of the baseline, then rules that answer the same
# question as well; after None, rules that ask another question. Declared before they were run.
FORKS = {
    "evidence": ["all", "no observers", None, "own words and acts", "own words"],
    "counting": ["each statement", "once a paragraph", None, "once an article"],
    "weight": ["count", "length", None, "early passages more"],
    "joint": ["each side", "split", "dropped"],
    "mixed": ["both signs", "no sign"],
    "captions": ["once", "out", None, "twice, as on the raw page"],
    "background": ["out", None, "counted for both sides"],
    "grain": ["issues", None, "themes", "CAP major topics"],
}


def options(fork, same_question=False):
    """Return the options of a fork; only those that ask the baseline's question, if so wished."""
    listed = FORKS[fork]
    if same_question and None in listed:
        return listed[: listed.index(None)]
    return [option for option in listed if option is not None]


def multiverse(study, codings=None):
    """Run every finding under every combination of rules, for every coding.

    Multiverse analysis: Steegen, Tuerlinckx, Gelman and Vanpaemel 2016, Perspectives on
    Psychological Science 11:702. Forks that ask another question are kept apart (Del Giudice and
    Gangestad 2021).

    Parameters
    ----------
    study : Study
    codings : dict, optional
        From coder to statements; all codings of the study by default.

    Returns
    -------
    pandas.DataFrame
        One row per specification: one column per fork (and `coder`), `same question` (whether every fork
        has a rule that answers the baseline's question), and a truth value for each finding.
    """
    codings = study.codings if codings is None else codings
    inner = [fork for fork in FORKS if fork not in ("mixed", "grain")]
    rules = pd.DataFrame(list(product(*map(options, inner))), columns=inner)
    parts = []
    for coder, grain in product(codings, options("grain")):
        groups = grouped(study.issues, grain)
        coarse = coarsened(study, groups)
        rows = every_statement(study, codings[coder], groups)
        kind, kinds = sort_kinds(rows)
        weights = rule_weights(study, rows, rules, kind)
        for mixed in options("mixed"):
            if mixed == "no sign":
                kinds = kinds.assign(position=kinds["position"].replace("mixed", "0"))
            held = findings.holds(coarse, measures.tally(coarse, kinds, weights))
            parts.append(pd.concat([rules.assign(coder=coder, grain=grain, mixed=mixed), held], axis=1))
    table = pd.concat(parts, ignore_index=True)
    same = np.logical_and.reduce([table[fork].isin(options(fork, same_question=True)) for fork in FORKS])
    columns = ["coder", *FORKS, "same question", *study.findings["finding"]]
    return table.assign(**{"same question": same})[columns]


def grouped(issues, grain):
    """Return a dict from each issue to itself, to its theme, or to its CAP major topic."""
    topic = ("topic-" + issues["cap"].str[:-2]).where(issues["cap"] != "", issues["issue"])
    group = {"issues": issues["issue"], "themes": issues["theme"], "CAP major topics": topic}[grain]
    return dict(zip(issues["issue"], group, strict=True))


def coarsened(study, groups):
    """Return a study whose issues are groups of its issues, in rankings and findings too."""
    issues = study.issues.assign(issue=study.issues["issue"].map(groups))
    arguments = [
        "; ".join(_mapped(part, groups) for part in text.split("; ")) for text in study.findings["arguments"]
    ]
    return replace(
        study,
        issues=issues.drop_duplicates("issue").reset_index(drop=True),
        rankings=study.rankings.assign(issue=study.rankings["issue"].map(groups)),
        findings=study.findings.assign(arguments=arguments),
    )


def _mapped(part, groups):
    """Map the issues in one argument of a finding to their groups."""
    name, _, value = part.partition("=")
    if name != "issues":
        return part
    return "issues=" + " ".join(dict.fromkeys(groups[issue] for issue in value.split()))


def every_statement(study, coding, groups=None):
    """Return all statements, on groups of issues if given, background once for each compared side."""
    issue = coding["issue"].map(groups) if groups else coding["issue"]
    rows = coding.assign(toward=addressed_side(study.actors, coding), issue=issue)
    kinds = study.paragraphs.set_index("paragraph")["kind"]
    rows["caption"] = rows["paragraph"].map(kinds) == "caption"
    facts = rows[rows["evidence"] == "background"]
    extra = [facts.assign(side=side, toward=NONE) for side in study.meta["compare"]]
    rows = pd.concat([rows[rows["side"] != NONE], *extra], ignore_index=True)
    partners = rows.groupby("joint")["joint"].transform("size").where(rows["joint"] != "", 1)
    return rows.assign(partners=partners)


def sort_kinds(rows):
    """Sort statements into the kinds that a tally, or a rule that looks at one statement, tells apart.

    Returns
    -------
    kind : numpy.ndarray of int
        The kind of each statement.
    kinds : pandas.DataFrame
        A statement of each kind, in the order of the numbers.
    """
    keys = ["side", "issue", "toward", "form", "position", "evidence", "caption", "partners"]
    return rows.groupby(keys, sort=False).ngroup().to_numpy(), rows.drop_duplicates(keys)


def rule_weights(study, rows, rules, kind):
    """Return the weight that the statements of each kind have under each rule.

    An array of rules by statements can exceed memory. Statements that a tally cannot tell apart are
    summed first, once for all rules that differ only by a factor of the kind.

    Parameters
    ----------
    study : Study
    rows : pandas.DataFrame
        N statements, as `every_statement` returns them.
    rules : pandas.DataFrame
        R rules: one column per fork.
    kind : numpy.ndarray of int
        Shape (N,): the kind of each statement, 0 to K − 1.

    Returns
    -------
    numpy.ndarray
        Shape (R, K).
    """
    place = rows["paragraph"].map(study.paragraphs.set_index("paragraph")["order"]).to_numpy()
    length = (rows["end"] - rows["start"]).to_numpy(dtype=float)
    caption, partners = rows["caption"].to_numpy(), rows["partners"].to_numpy()
    background = (rows["evidence"] == "background").to_numpy()
    everything = np.ones(len(rows), dtype=bool)
    counts = {
        "evidence": {
            code: rows["evidence"].isin(of).to_numpy() | background for code, of in ADMITTED.items()
        },
        "joint": {"each side": everything, "split": everything, "dropped": partners == 1},
        "captions": {"once": everything, "out": ~caption, "twice, as on the raw page": everything},
        "background": {"out": ~background, "counted for both sides": everything},
    }
    size = {
        "count": np.ones(len(rows)),
        "length": length / length.mean(),
        "early passages more": 1 - (place - 1) / study.paragraphs["order"].max(),
    }
    group = {
        "once a paragraph": rows.groupby(["paragraph", "side", "issue"], sort=False).ngroup().to_numpy(),
        "once an article": rows.groupby(["side", "issue"], sort=False).ngroup().to_numpy(),
    }
    first = np.zeros(kind.max() + 1, dtype=int)
    first[kind] = np.arange(len(rows))
    # These rules multiply what is summed under others.
    same = {"split": "each side", "twice, as on the raw page": "once"}
    factors = {"split": 1 / partners[first], "twice, as on the raw page": 1.0 + caption[first]}
    weights = np.empty((len(rules), len(first)))
    sums = {}
    for number, rule in enumerate(rules.to_dict("records")):
        alike = tuple(same.get(option, option) for option in rule.values())
        if alike not in sums:
            keep = np.logical_and.reduce([counts[fork][rule[fork]] for fork in counts])
            weight = size[rule["weight"]] * keep
            if rule["counting"] in group:
                member = group[rule["counting"]]
                weight /= np.maximum(np.bincount(member, keep)[member], 1)
            sums[alike] = np.bincount(kind, weight, len(first))
        weights[number] = sums[alike]
        for option in rule.values():
            weights[number] *= factors.get(option, 1)
    return weights


def is_baseline(table, coding):
    """Return which rows of a multiverse are the baseline specification with this coding."""
    rules = [table[fork] == FORKS[fork][0] for fork in FORKS]
    return np.logical_and.reduce([*rules, table["coder"] == coding])


def survival(study, table):
    """Say for each finding in how many specifications it holds, and which single change breaks it.

    Parameters
    ----------
    study : Study
    table : pandas.DataFrame
        As `multiverse` returns it.

    Returns
    -------
    pandas.DataFrame
        One row per finding: `finding`, the share of specifications in which it holds among those that
        ask the `same question` and among `all` (0 to 1), and the changes of one rule from the
        baseline that break it: `broken by` for rules that ask the same question, `another question`
        for the others.
    """
    same = table["same question"]
    base = table[is_baseline(table, study.meta["coding"])].iloc[0]
    rules = ["coder", *FORKS]
    steps = table[(table[rules] != base[rules]).sum(axis=1) == 1]
    rows = []
    for finding in study.findings["finding"]:
        broken = steps[~steps[finding]]
        texts = []
        for asked in (True, False):
            changed = broken[broken["same question"] == asked]
            names = [
                f"{fork}: {row[fork]}"
                for _, row in changed.iterrows()
                for fork in rules
                if row[fork] != base[fork]
            ]
            texts.append("; ".join(names) or "–")
        rows.append((finding, table.loc[same, finding].mean(), table[finding].mean(), *texts))
    return pd.DataFrame(rows, columns=["finding", "same question", "all", "broken by", "another question"])
