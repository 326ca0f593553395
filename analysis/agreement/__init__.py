"""How far coders agree: determinacy of the codebook, where they are of one kind."""

from analysis.agreement.coefficients import ac1, alpha, bound, interval
from analysis.agreement.matching import VARIABLES, compared, found, passes, readings, units
from analysis.agreement.tables import against_baselines, by_text, characters, identical, summary, unitising
