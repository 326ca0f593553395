"""Sentences that hold or do not."""

from analysis.findings.holding import baseline, every, holds, sentence
from analysis.findings.predicates import (
    PREDICATES,
    announced_by_all,
    answered_only,
    asks_apart,
    asks_only,
    declares_agenda,
    declares_first,
    declares_none_of,
    heard_more,
    leans_apart,
    met_alike,
    none_above,
    off_agenda,
    own_words_at_most,
    related,
    related_nowhere_else,
    share_at_most,
    verdict_at_least,
    verdict_of,
    verdict_only,
)
