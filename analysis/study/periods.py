"""Periods such as 2021, 2021-06 or 2021-06/2021-09."""

import re
from functools import lru_cache

import pandas as pd

from analysis.study.codebook import VALUES

PART = re.compile(VALUES["date"])
HOUR = re.compile(r"T([01][0-9]|2[0-3]):[0-5][0-9]$")
PERIOD = "a period such as 2021, 2021-06 or 2021-06/2021-09 is needed, of days that exist"


@lru_cache(maxsize=4096)
def span(period):
    """Return the first and the last moment of a period; a ValueError says why a text is none."""
    parts = period.split("/")
    if len(parts) > 2 or not all(PART.fullmatch(part) for part in parts):
        raise ValueError(PERIOD)
    start, end = pd.Period(parts[0]).start_time, pd.Period(parts[-1]).end_time
    if end < start:
        raise ValueError("the period ends before it starts")
    return start, end


def months(period):
    """Return the length of a period in whole months, at least one."""
    start, end = span(period)
    return max(1, round((end - start).days / 30.44))


def within(period, other):
    """Return True if a period lies within another."""
    (start, end), (first, last) = span(period), span(other)
    return first <= start and end <= last


def is_period(text):
    """Return True if a text is a period that `span` can read; a day may have an hour."""
    try:
        span(HOUR.sub("", text))
    except ValueError:
        return False
    return True


def spans(periods):
    """Return the first and the last moment of each period of a column; NaT for a text that is none."""
    found = [span(text) if is_period(text) else (pd.NaT, pd.NaT) for text in periods]
    return pd.DataFrame(found, index=periods.index, columns=["start", "end"], dtype="datetime64[ns]")
