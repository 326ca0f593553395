"""Help for coders: a new study, search terms, sheets, and what comes next."""

from analysis.coding.adding import add
from analysis.coding.dictionary import candidates, score, suggest, terms
from analysis.coding.making import new, quoted
from analysis.coding.progress import steps
from analysis.coding.renumbering import renumber
from analysis.coding.sheets import guide_text, write_sheet
