"""Claims compared with other sources, and wants with what followed."""

from analysis.claims.aftermath import horizons, outcome, outcome_counts, outcomes
from analysis.claims.programme import agenda, on_agenda
from analysis.claims.rechecks import second_check
from analysis.claims.sources import fit, readings
from analysis.claims.verdicts import evidence, ledger, number, scorecard, verdict
