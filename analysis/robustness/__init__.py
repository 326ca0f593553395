"""How far to trust a finding: other rules, one paragraph less, resampling, chance."""

from analysis.robustness.permutations import dominance, false_alarms, permutation
from analysis.robustness.resampling import carriers, leave_one_out, resamples, share_intervals, stability
from analysis.robustness.specifications import (
    ADMITTED,
    FORKS,
    coarsened,
    grouped,
    is_baseline,
    multiverse,
    options,
    survival,
)
