"""The names of coders, which are names of files in `codings/`."""

import re

from analysis.study.faults import shown

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TAKEN = ("adjudicated", "decisions")  # what is settled after the passes


def check_coder(name):
    """Raise a ValueError if a coder cannot have this name."""
    if not NAME.fullmatch(name) or name in TAKEN:
        needed = "a coder's name has lower-case letters, digits and hyphens, at most 40"
        raise ValueError(f"{shown(name)}: {needed}; {' and '.join(TAKEN)} are taken")
