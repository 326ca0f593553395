"""Pictures: each function takes a study, the table that a notebook shows, and words; it returns a figure.

A title states a finding, a subtitle says what is shown, where and when, labels stand next to what they
name, and the last line names the sources. Sides differ in marker as well as in colour.
"""

from analysis.figures.levels import layers
from analysis.figures.library import texts
from analysis.figures.page import article_map
from analysis.figures.record import scorecard
from analysis.figures.series import months, years
from analysis.figures.sheet import source_of
from analysis.figures.speaking import voices
from analysis.figures.standing import positions
from analysis.figures.story import asks
from analysis.figures.trust import overturns
