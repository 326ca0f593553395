"""Sentences that hold or do not, and how often chance would make them hold."""

from analysis.findings.chance import DESCRIPTION, DRAWS, SEED, addressees, chances, descriptions, random_codes
from analysis.findings.holding import baseline, every, holds, in_words, results, sentence, short, values
from analysis.findings.outside import OUTSIDE
from analysis.findings.predicates import PREDICATES, QUANTITIES, RANKED, Result
