"""How far coders agree: determinacy of the codebook, where they are of one kind."""

from analysis.agreement.baselines import against_baselines
from analysis.agreement.coefficients import ac1, alpha, bound, equal, interval
from analysis.agreement.matching import (
    VARIABLES,
    compared,
    disagreements,
    found,
    passes,
    readings,
    units,
)
from analysis.agreement.tables import by_text, characters, identical, summary, unitising
