"""Lead the reader to the passages: a reading list, and the reader's own copy marked up."""

import html
from itertools import pairwise

from analysis.article.alignment import align
from analysis.article.copies import VARIABLE, reader_copy
from analysis.report.markdown import code, passage, plain
from analysis.study.codebook import CODED, NONE
from analysis.study.statements import labels


def reading_list(study):
    """List the paragraphs in our own words, in Markdown, each with a link to its passage."""
    return "\n".join(
        f"- {passage(study, row.anchor, row.paragraph, code, row.paragraph)} {plain(row.gist)}"
        for row in study.paragraphs.itertuples()
        if row.anchor
    )


def read_along(study, blocks=None):
    """Mark up a reader's copy, as `read_copy` gives it, by default the one that ARTICLE_TEXT names.

    Returns
    -------
    str
        HTML, all text escaped: each paragraph that matches, its statements marked and listed.
        Without a copy, a sentence that says how to get one.
    """
    blocks = reader_copy() if blocks is None else blocks
    if blocks is None:
        page = html.escape(study.meta["article"].get("page", ""))
        return (
            "<p>No copy of the article was given, so nothing is marked here. To read along: open "
            f'<a href="{page}">the article</a>, save the page or paste its text into a file, set '
            f"the environment variable <code>{VARIABLE}</code> to that file, and run this notebook "
            "again. The text stays on your machine: do not commit this output.</p>"
        )
    frame, _ = align(study, blocks)
    names = labels(study)
    out = ['<div class="tex2jax_ignore mathjax_ignore">']  # Amounts of dollars are no mathematics.
    for row in frame[frame["kind"].isin(CODED)].itertuples():
        if row.status != "matches":
            out.append(f"<p><b>{row.paragraph}</b> <i>{row.status} in this copy</i></p>")
            continue
        coded = study.statements[study.statements["paragraph"] == row.paragraph]
        out.append(f"<p><b>{row.paragraph}</b> {_mark(row.text, coded, study)}</p><ul>")
        for item in coded.itertuples():
            side = names.sides[item.side] if item.side != NONE else "no side"
            text = f"{item.statement}: {side}, {names.issues[item.issue]}, {item.position}, {item.evidence}"
            out.append(f"<li>{html.escape(text)}: {html.escape(item.gist)}</li>")
        out.append("</ul>")
    return "\n".join([*out, "</div>"])


def _mark(text, coded, study):
    """Return escaped HTML of a paragraph with the spans of its statements marked."""
    cuts = sorted({0, len(text), *coded["start"], *coded["end"]})
    out = []
    for start, end in pairwise(cuts):
        over = coded[(coded["start"] <= start) & (coded["end"] >= end)]
        piece = html.escape(text[start:end])
        if len(over):
            side = study.meta["sides"].get(over["side"].iloc[-1], {"colour": "#777777"})
            ids = html.escape(" ".join(over["statement"]))
            style = f"background:none;border-bottom:2px solid {side['colour']}"
            piece = f'<mark title="{ids}" style="{style}">{piece}</mark>'
        out.append(piece)
    return "".join(out)
