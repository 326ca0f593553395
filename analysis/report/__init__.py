"""Words: titles, descriptions, lists and links, all computed from the tables."""

from analysis.report.captions import captions
from analysis.report.changes import tried
from analysis.report.descriptions import in_words
from analysis.report.labelling import labelled, passages, table
from analysis.report.lists import fact_list, ledger_list, other_facts
from analysis.report.markdown import code, link, linked, passage, plain
from analysis.report.pages import page, pairs, texts
from analysis.report.reading import read_along, reading_list
from analysis.report.readme import findings_table, trust
from analysis.report.telling import story
from analysis.report.titles import (
    about,
    agreement,
    article_map,
    asks,
    findings_in_words,
    overturns,
    overview,
    positions,
    several,
    tested,
    voices,
)
