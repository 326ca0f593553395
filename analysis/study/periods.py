"""Periods such as 2021, 2021-06 or 2021-06/2021-09."""

import re
from functools import lru_cache

import pandas as pd

from analysis.study.codebook import VALUES

PART = re.compile(VALUES["date"])


@lru_cache(maxsize=4096)
def span(period):
    """Return the first and the last moment of a period.

    Parameters
    ----------
    period : str
        A year, month or day, or two of them apart by a slash: `2021`, `2021-06/2021-09`.

    Returns
    -------
    start, end : pandas.Timestamp

    Raises
    ------
    ValueError
        If the text is no such period, or ends before it starts.
    """
    parts = period.split("/")
    if len(parts) > 2 or not all(PART.fullmatch(part) for part in parts):
        raise ValueError("a period such as 2021, 2021-06 or 2021-06/2021-09 is needed")
    start, end = pd.Period(parts[0]).start_time, pd.Period(parts[-1]).end_time
    if end < start:
        raise ValueError("the period ends before it starts")
    return start, end


def months(period):
    """Return the length of a period in whole months, at least one."""
    start, end = span(period)
    return max(1, round((end - start).days / 30.44))


def within(period, other):
    """Tell whether a period lies within another."""
    (start, end), (first, last) = span(period), span(other)
    return first <= start and end <= last


def is_period(text):
    """Tell whether a text is a period that `span` can read, in the years 1990 to 2030."""
    try:
        start, end = span(text)
    except ValueError:
        return False
    return start.year >= 1990 and end.year <= 2030


def begins_after(day, other):
    """Tell whether a day, month or year begins after another day."""
    return bool(day and other) and span(day)[0] > pd.Timestamp(other)
