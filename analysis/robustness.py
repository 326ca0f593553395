"""Ask of each finding whether it would survive other rules, one paragraph less, or another draw.

The same predicates run on many replicates at once: a replicate is a row of weights for the
statements, so that specifications, left-out paragraphs and resamples are one computation.
"""

from itertools import product
from math import comb
from types import SimpleNamespace

import numpy as np
import pandas as pd

from analysis import comparison, findings, priorities
from analysis.article import plain
from analysis.study import NONE, addressed_side

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
EVIDENCE = {
    "all": ("quoted", "reported", "act", "attributed", "analyst"),
    "no observers": ("quoted", "reported", "act", "attributed"),
    "own words and acts": ("quoted", "reported", "act"),
    "own words": ("quoted", "reported"),
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
    study : types.SimpleNamespace
    codings : dict, optional
        From coder to statements; all codings of the study by default.

    Returns
    -------
    pandas.DataFrame
        A row a specification: a column a fork (and `coder`), `same question` (whether every fork
        has a rule that answers the baseline's question), and a truth value for each finding.
    """
    codings = study.codings if codings is None else codings
    inner = [fork for fork in FORKS if fork not in ("mixed", "grain")]
    rules = pd.DataFrame(list(product(*map(options, inner))), columns=inner)
    parts = []
    for coder, grain in product(codings, options("grain")):
        coarse = coarsened(study, grain)
        rows = _all_statements(coarse, codings[coder])
        kind, kinds = _kinds(rows)
        weights = _weights(study, rows, rules, kind)
        for mixed in options("mixed"):
            if mixed == "no sign":
                kinds = kinds.assign(position=kinds["position"].replace("mixed", "0"))
            held = findings.test(coarse, priorities.tally(coarse, kinds, weights))
            parts.append(pd.concat([rules.assign(coder=coder, grain=grain, mixed=mixed), held], axis=1))
    table = pd.concat(parts, ignore_index=True)
    same = np.logical_and.reduce([table[fork].isin(options(fork, same_question=True)) for fork in FORKS])
    columns = ["coder", *FORKS, "same question", *study.findings["finding"]]
    return table.assign(**{"same question": same})[columns]


def coarsened(study, grain):
    """Return a study whose issues are its issues, its themes, or CAP major topics.

    The issues named in the arguments of findings and in rankings are mapped with them.
    """
    if grain == "issues":
        return study
    issues = study.issues
    topic = ("topic-" + issues["cap"].str[:-2]).where(issues["cap"] != "", issues["issue"])
    group = issues["theme"] if grain == "themes" else topic
    groups = dict(zip(issues["issue"], group, strict=True))
    coarse = issues.assign(issue=group).drop_duplicates("issue").reset_index(drop=True)
    arguments = [
        "; ".join(_mapped(part, groups) for part in text.split("; ")) for text in study.findings["arguments"]
    ]
    rankings = study.rankings.assign(issue=study.rankings["issue"].map(groups))
    parts = {
        "issues": coarse,
        "groups": groups,
        "rankings": rankings,
        "findings": study.findings.assign(arguments=arguments),
    }
    return SimpleNamespace(**{**vars(study), **parts})


def _mapped(part, groups):
    """Map the issues in one argument of a finding to their groups."""
    name, _, value = part.partition("=")
    if name != "issues":
        return part
    return "issues=" + " ".join(dict.fromkeys(groups[issue] for issue in value.split()))


def _all_statements(study, coding):
    """Return all statements, those of background once for each compared side."""
    rows = coding.assign(toward=addressed_side(study.actors, coding))
    if hasattr(study, "groups"):
        rows["issue"] = rows["issue"].map(study.groups)
    kinds = study.paragraphs.set_index("paragraph")["kind"]
    rows["caption"] = rows["paragraph"].map(kinds) == "caption"
    facts = rows[rows["evidence"] == "background"]
    extra = [facts.assign(side=side, toward=NONE) for side in study.meta["compare"]]
    rows = pd.concat([rows[rows["side"] != NONE], *extra], ignore_index=True)
    partners = rows.groupby("joint")["joint"].transform("size").where(rows["joint"] != "", 1)
    return rows.assign(partners=partners)


def _kinds(rows):
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


def _weights(study, rows, rules, kind):
    """Return the weight that the statements of each kind have under each rule.

    Rules times statements would not fit into memory where there are many of them. A tally adds up
    statements of a kind, so they are added up first, once for all rules that differ in no more
    than a factor of the kind.

    Parameters
    ----------
    study : types.SimpleNamespace
    rows : pandas.DataFrame
        N statements, as `_all_statements` returns them.
    rules : pandas.DataFrame
        R rules: a column a fork.
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
            code: rows["evidence"].isin(of).to_numpy() | background for code, of in EVIDENCE.items()
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
    """Tell which rows of a multiverse are the baseline specification with this coding."""
    rules = [table[fork] == FORKS[fork][0] for fork in FORKS]
    return np.logical_and.reduce([*rules, table["coder"] == coding])


def survival(study, table):
    """Say for each finding in how many specifications it holds, and which single change breaks it.

    Parameters
    ----------
    study : types.SimpleNamespace
    table : pandas.DataFrame
        As `multiverse` returns it.

    Returns
    -------
    pandas.DataFrame
        A row a finding: `finding`, the share of specifications in which it holds among those that
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


def ledger(study):
    """Return the findings with their survival in Markdown, as the README prints them."""
    table = survival(study, multiverse(study)).merge(carriers(study), on="finding")
    table["stability"] = stability(study).to_numpy()
    sentences = study.findings.set_index("finding")["sentence"]
    lines = ["| finding | same question | all rules | resampled | falls without |", "|---|---|---|---|---|"]
    for _, row in table.iterrows():
        drawn = "–" if pd.isna(row["stability"]) else f"{row['stability']:.0%}"
        lines.append(
            f"| {plain(sentences[row['finding']])} | {row['same question']:.0%} | {row['all']:.0%} | {drawn} "
            f"| {row['rests on'] or '–'} |"
        )
    return "\n".join(lines)


def leave_one_out(study, statements=None):
    """Run every finding with one paragraph left out, for each paragraph in turn.

    Returns
    -------
    pandas.DataFrame of bool
        A row a paragraph that holds admitted statements (the index), a column a finding.
    """
    rows = priorities.admit(study) if statements is None else statements
    held = []
    paragraphs = [p for p in study.paragraphs["paragraph"] if (rows["paragraph"] == p).any()]
    for paragraph in paragraphs:
        # Declared rankings stand in paragraphs too, and fall with them.
        rankings = study.rankings[study.rankings["paragraph"] != paragraph]
        without = SimpleNamespace(**{**vars(study), "rankings": rankings})
        counts = priorities.tally(study, rows[rows["paragraph"] != paragraph])
        held.append(findings.test(without, counts))
    return pd.concat(held).set_axis(pd.Index(paragraphs, name="paragraph"))


def carriers(study, statements=None):
    """Name the paragraphs without which a finding would not hold.

    Returns
    -------
    pandas.DataFrame
        A row a finding: `finding`, `rests on` (paragraph ids, empty if it survives each omission).
    """
    held = leave_one_out(study, statements)
    rests = [" ".join(held.index[~held[finding]]) for finding in held]
    return pd.DataFrame({"finding": list(held), "rests on": rests})


def resamples(statements, draws=10_000, seed=1):
    """Draw paragraphs with replacement; return the weight of each statement in each draw.

    Whole paragraphs are drawn, because the statements in one hang together. The article is no
    sample of anything: what comes of it is called stability under resampling of paragraphs.
    Scipy's bootstrap is faster where shares alone are wanted (`make bench`); here every draw gives
    the whole tally that findings are asked of.

    Returns
    -------
    numpy.ndarray
        Shape (draws, number of statements).
    """
    paragraph, names = pd.factorize(statements["paragraph"])
    generator = np.random.default_rng(seed)
    times = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    return times[:, paragraph].astype(float)


def stability(study, draws=10_000, seed=1):
    """Return the share of resamples of paragraphs in which each finding holds.

    A draw misses any one paragraph in more than a third of the cases, so a finding that rests on
    one paragraph cannot hold in more than two thirds.

    Returns
    -------
    pandas.Series
        From finding to a share, 0 to 1; nan where the finding reads declared rankings, which are
        not resampled.
    """
    rows = priorities.admit(study)
    held = findings.test(study, priorities.tally(study, rows, resamples(rows, draws, seed))).mean()
    ranked = [findings.PREDICATES[name] in findings.RANKED for name in study.findings["predicate"]]
    return held.mask(ranked).rename("stability")


def share_intervals(study, draws=10_000, seed=1):
    """Return each share of statements with the range that resampled paragraphs give.

    Returns
    -------
    pandas.DataFrame
        A row an issue and compared side with statements: `issue`, `side`, `share`, `low`, `high`
        (2.5 and 97.5 percent points).
    """
    rows = priorities.admit(study)
    count = priorities.tally(study, rows, resamples(rows, draws, seed)).count
    drawn = priorities.shares(count)
    table = priorities.salience(study, rows)
    table = table[table["side"].isin(study.meta["compare"])].reset_index(drop=True)
    sides, issues = list(study.meta["sides"]), study.issues["issue"].tolist()
    place = [
        (sides.index(side), issues.index(issue))
        for side, issue in zip(table["side"], table["issue"], strict=True)
    ]
    low, high = np.transpose([np.quantile(drawn[:, side, issue], [0.025, 0.975]) for side, issue in place])
    return table.assign(low=low, high=high)[["issue", "side", "share", "low", "high"]]


def permutation(study, draws=10_000, seed=1):
    """Test whether the two sides' distributions differ, in a right and in a wrong way.

    Dealing labels out over single statements takes them for independent; they are not, because a
    paragraph that raises an issue tends to say several things on it. Dealing them out over
    passages (what a paragraph says of a side) keeps together what hangs together. The first way
    finds differences where there are none (Cameron, Gelbach and Miller 2008, on clusters).

    Returns
    -------
    pandas.DataFrame
        A row a way: `shuffled`, `units`, `distance` (Jensen–Shannon, of the two sides), `p` (the
        share of draws with at least this distance, counting the observed one), `smallest p` (that
        could have come out).
    """
    statements = priorities.admit(study)
    pair = study.meta["compare"]
    rows = statements[statements["side"].isin(pair)].reset_index(drop=True)
    issue = pd.Index(study.issues["issue"]).get_indexer(rows["issue"])
    indicator = np.eye(len(study.issues))[issue]
    first = (rows["side"] == pair[0]).to_numpy()
    passage = pd.factorize(rows["paragraph"] + " " + rows["side"])[0]
    table = []
    for name, unit in (("statements", np.arange(len(rows))), ("passages", passage)):
        units, labelled = unit.max() + 1, len(set(unit[first]))
        p, distance = clustered_p(indicator, first, unit, draws, seed)
        table.append((name, units, distance, p, max(1 / (draws + 1), 1 / comb(units, labelled))))
    return pd.DataFrame(table, columns=["shuffled", "units", "distance", "p", "smallest p"])


def clustered_p(indicator, first, unit, draws, seed):
    """Return the permutation p-value of the distance between two groups, and the distance.

    Parameters
    ----------
    indicator : numpy.ndarray
        Shape (N, I): the issue of each statement.
    first : numpy.ndarray of bool
        Shape (N,): whether a statement belongs to the first group.
    unit : numpy.ndarray of int
        Shape (N,): the unit that is relabelled as a whole.
    draws : int
    seed : int
    """
    labels = np.zeros(unit.max() + 1, dtype=bool)
    labels[unit] = first
    generator = np.random.default_rng(seed)
    dealt = generator.permuted(np.tile(labels, (draws, 1)), axis=1)[:, unit]
    observed = comparison.shannon_distance(first @ indicator, ~first @ indicator)
    drawn = comparison.shannon_distance(dealt @ indicator, ~dealt @ indicator)
    at_least = (drawn >= observed - 1e-12).sum()
    return float((at_least + 1) / (draws + 1)), float(observed)


def false_alarms(data_sets=200, draws=199, passages=20, size=3, issues=12, level=0.05, seed=1):
    """Count how often each permutation test finds a difference where there is none.

    Made-up data: both sides' passages draw their issue from one distribution, and all statements
    of a passage are on it.

    Returns
    -------
    pandas.DataFrame
        A row a way: `shuffled`, `false alarms` (share of data sets with p at most `level`).
    """
    generator = np.random.default_rng(seed)
    weight = 1 / np.arange(1, issues + 1)
    passage = np.repeat(np.arange(passages), size)
    first = passage < passages // 2
    alarms = np.zeros(2)
    for number in range(data_sets):
        issue = generator.choice(issues, size=passages, p=weight / weight.sum())[passage]
        indicator = np.eye(issues)[issue]
        for way, unit in enumerate((np.arange(len(passage)), passage)):
            alarms[way] += clustered_p(indicator, first, unit, draws, number)[0] <= level
    return pd.DataFrame({"shuffled": ["statements", "passages"], "false alarms": alarms / data_sets})


def dominance(study, prior=0.5, draws=20_000, seed=1, top=3):
    """Say how probable it is that an issue is among a side's first, given its counts.

    A Dirichlet-multinomial model: it takes statements for independent, which they are not, so read
    it as the most that these counts could tell.

    Parameters
    ----------
    study : types.SimpleNamespace
    prior : float
        Pseudo-count of each issue.
    draws, seed, top : int

    Returns
    -------
    first : pandas.DataFrame
        Rows: issues, columns: the compared sides: probability that the issue is in the top three.
    above : dict
        From side to a frame: probability that the row's issue has more than the column's.
    """
    counts = priorities.tally(study, priorities.admit(study))
    generator = np.random.default_rng(seed)
    index = pd.Index(counts.issues, name="issue")
    first, above = {}, {}
    for side in study.meta["compare"]:
        count = counts.count[0, counts.sides.index(side)]
        drawn = generator.gamma(count + prior, size=(draws, len(count)))
        rank = (-drawn).argsort(axis=1).argsort(axis=1)
        first[side] = (rank < top).mean(axis=0)
        ahead = [(drawn[:, [issue]] > drawn).mean(axis=0) for issue in range(len(count))]
        above[side] = pd.DataFrame(ahead, index=index, columns=index)
    return pd.DataFrame(first, index=index), above
