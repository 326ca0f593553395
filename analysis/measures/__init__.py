"""Counts of what each side's statements give, and comparisons of two sides."""

from analysis.measures.counting import Tally, shares, tally
from analysis.measures.likeness import (
    COEFFICIENTS,
    coefficients,
    rank_agreement,
    rank_overlap,
    relabelled,
    shannon_distance,
)
from analysis.measures.page import parts, theme_places, word_use
from analysis.measures.pairs import answers, declared_order, gaps, relation, relations, side_signs
from analysis.measures.sides import (
    asks,
    declared,
    declared_as,
    kinds_of_priority,
    positions,
    salience,
    voices,
)
