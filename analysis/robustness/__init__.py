"""How far to trust a finding: other rules, other coders, contested codes, changed codes, a text less."""

from analysis.robustness.contesting import combinations, contested
from analysis.robustness.editing import edited, open_codes, recounted
from analysis.robustness.grid import grid, leave_one_out, supports
from analysis.robustness.overturning import allowed_changes, fewest_changes
from analysis.robustness.rules import other_coders, other_rules, under
