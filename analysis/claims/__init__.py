"""Claims compared with other sources, the event's own agenda, and what followed on each want."""

from analysis.claims.aftermath import furthest, horizons, outcomes, sensitivity, state, timeline
from analysis.claims.programme import agenda, headed, headings, topics
from analysis.claims.sources import fit, readings
from analysis.claims.verdicts import evidence, ledger, number, scorecard, second_check, verdict
