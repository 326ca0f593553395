"""How far coders agree."""

from analysis.agreement.coefficients import ac1, alpha, interval, jaccard, masi, summary
from analysis.agreement.matching import (
    VARIABLES,
    confusion,
    disagreements,
    found,
    issue_sets,
    passes,
    readings,
    units,
)
