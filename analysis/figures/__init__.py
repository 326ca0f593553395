"""Pictures: each function takes a study, a title and often a table, and returns a figure.

A figure's title states a finding, its subtitle says what is measured, labels stand next to what they
name, and a source line stands at the foot. Sides differ in marker as well as in colour.
"""

from analysis.figures.aftermath import agenda, outcomes
from analysis.figures.article import actors_by_issue, article_map, voices
from analysis.figures.claims import context, readings
from analysis.figures.sides import asks, declared, emphasis, positions
from analysis.figures.trust import agreement, carriers, chance, share_intervals, survival
