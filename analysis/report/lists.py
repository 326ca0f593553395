"""List claims, sources and facts in Markdown, each with its link."""

from analysis import claims
from analysis.report.markdown import linked, passage, plain
from analysis.study.statements import labels


def ledger_list(study, verdict, table=None):
    """List the claims with a verdict, each with links to its passage and to its sources.

    Parameters
    ----------
    study : Study
    verdict : str
        A key of VERDICTS.
    table : pandas.DataFrame
        As `claims.ledger` returns it.

    Returns
    -------
    str
        Markdown: one line per claim, with who makes it, its issue and measure, and what the verdict
        rests on; of each source its publisher, what it says of which period, when it was published,
        its part in a quotient, how near it is to the maker of the figure, how it was read and looked
        at again, what is known of the link, and the copy that was read.
    """
    table = claims.ledger(study) if table is None else table
    makers, shorts = study.claims.set_index("claim")["claimed_by"], study.actors.set_index("actor")["short"]
    issues, measures = labels(study).issues, study.measures.set_index("measure")["label"]
    lines = []
    for row in table[table["verdict"] == verdict].itertuples():
        links = []
        for item in study.checks[study.checks["claim"] == row.claim].itertuples():
            if item.how_read == "not searched":
                continue
            said = " ".join(filter(None, [item.bound, claims.number(item.value) or "no value", item.status]))
            part = "" if item.use == "direct" else item.use
            day = item.date or "no date shown"
            how = ", ".join(
                filter(None, [day, part, item.source, item.how_read, item.link, item.how_checked])
            )
            source = linked(f"{item.check} {item.publisher}", item.url)
            source += f" ({linked('copy', item.copy)})" if item.copy else ""
            links.append(f"{source} {plain(f'{said}, {item.period} ({how})')}")
        value = " ".join(filter(None, [row.hedge, claims.number(row.value), row.unit]))
        said = row.period if row.kind in ("state", "judgement") else f"{value}, {row.period}"
        about = issues.get(row.issue, "no issue")
        measure = measures[row.measure].removesuffix("?")
        marks = f"{shorts[makers[row.claim]]}; {about}; {measure}: {said}; {row.question or 'judgement'}; {row.why}"
        marks += ", provisional figures" if row.provisional else ""
        marks += f"; later and not counted: {row.later}" if row.later else ""
        lines.append(
            f"- **{row.claim}** {passage(study, row.anchor, row.paragraph)} {plain(row.wording)}. "
            f"*{plain(marks)}.* {' · '.join(links) or 'not searched'}"
        )
    return "\n".join(lines)


def fact_list(study, want):
    """List what happened on a want in Markdown, with links, in the order of time, and what it does to the want.

    Facts from before the article, which do not count, are marked.
    """
    rows = claims.timeline(study)
    return "\n".join(
        f"- {row.date}{'' if row.counts else ' (before the article)'}, *{row.effect}*: {plain(row.what)} "
        f"({linked(row.publisher, row.url)}, {row.source_date or 'no date shown'}; {plain(row.how_checked)})"
        for row in rows[rows["want"] == want].itertuples()
    )


def other_facts(study):
    """List the facts that bear on no want that is followed in Markdown, with links, in the order of time."""
    rows = study.facts[~study.facts["fact"].isin(study.effects["fact"])]
    names = labels(study).issues
    return "\n".join(
        f"- {row.date}, {plain(names[row.issue])}: {plain(row.by)}: {plain(row.what)} ({linked(row.publisher, row.url)})"
        for row in rows.sort_values("date", kind="stable").itertuples()
    )
