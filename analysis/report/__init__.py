"""Words: titles, descriptions, lists and links, all computed from the tables."""

from analysis.report.descriptions import in_words
from analysis.report.labelling import labelled, passages, rounded
from analysis.report.lists import fact_list, ledger_list, source_list
from analysis.report.markdown import code, link, linked, passage, plain
from analysis.report.reading import read_along, reading_list
from analysis.report.readme import findings_table, trust
from analysis.report.titles import (
    actors_by_issue,
    agreement,
    article_map,
    asks,
    declared,
    emphasis,
    findings_in_words,
    overview,
    positions,
    several,
    tested,
    voices,
)
