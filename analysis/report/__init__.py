"""Words: titles, descriptions, lists and links, all computed from the tables."""

from analysis.report.descriptions import in_words
from analysis.report.labelling import labelled, passages, table
from analysis.report.lists import fact_list, ledger_list, other_facts
from analysis.report.markdown import code, link, linked, passage, plain
from analysis.report.reading import read_along, reading_list
from analysis.report.readme import examples, findings_table
from analysis.report.tables import page, pairs, story, texts, tried
from analysis.report.titles import (
    about,
    agreement,
    article_map,
    asks,
    captions,
    findings_in_words,
    overturns,
    overview,
    positions,
    several,
    tested,
    voices,
)
