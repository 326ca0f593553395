"""Sentences that hold or do not."""

from analysis.findings.holding import baseline, every, holds, sentence
from analysis.findings.outside import (
    announced_by_all,
    declares_agenda,
    met_alike,
    off_agenda,
    verdict_at_least,
    verdict_of,
    verdict_only,
)
from analysis.findings.predicates import (
    PREDICATES,
    answered_only,
    asks_apart,
    asks_only,
    declares_first,
    declares_none_of,
    heard_more,
    leans_apart,
    none_above,
    own_words_at_most,
    related,
    related_nowhere_else,
    share_at_most,
)
