"""Execute notebooks in place, and keep their pictures."""

from analysis.notebooks.pictures import same_picture, warm_fonts
from analysis.notebooks.run import ROOT, STARTS, execute, execute_study, surroundings
from analysis.notebooks.translated import execute_translated
