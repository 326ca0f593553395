"""Counts of what each side's statements give, compared between sides and between layers."""

from analysis.measures.counting import (
    EARLY,
    SIGNS,
    Codes,
    Tally,
    codes,
    of_layer,
    public_early,
    shares,
    tally,
)
from analysis.measures.layers import KINDS, TEXTS, asked, count, emphasis, named, recall
from analysis.measures.page import parts, theme_places, word_use
from analysis.measures.sampling import emphasis_ranges, equal_length, recall_table, voice_ranges
from analysis.measures.sides import answers, asks, relation, relations, replies, voices
