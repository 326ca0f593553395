"""How far coders agree: determinacy of the codebook, where they are of one kind."""

from analysis.agreement.baselines import against_baselines
from analysis.agreement.coefficients import ac1, alpha, bound, equal, interval, jaccard, masi
from analysis.agreement.matching import (
    VARIABLES,
    compared,
    confusion,
    disagreements,
    found,
    issue_sets,
    passes,
    readings,
    units,
)
from analysis.agreement.tables import by_text, characters, identical, summary, unitising
