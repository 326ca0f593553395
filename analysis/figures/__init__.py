"""Pictures: each function takes a study, the table that a notebook shows, and words; it returns a figure.

A title states a finding, a subtitle says what is shown, where and when, labels stand next to what they
name, and the last line names the sources, by default those of what is drawn. Sides differ in marker as
well as in colour.
"""

from analysis.figures.bars import article_map, texts
from analysis.figures.issues import layers, positions
from analysis.figures.series import months, years
from analysis.figures.sheet import source_of
from analysis.figures.sides import asks, voices
from analysis.figures.verdicts import overturns, scorecard
