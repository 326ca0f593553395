"""Read the arguments of a finding."""

import re

from analysis.study.codebook import NUMBER

LISTS = ("issues", "named", "wants")
NUMBERS = ("share", "times", "number")


def parse(arguments):
    """Read `name=value; name=value`; issues, claims and wants become lists, shares and numbers floats."""
    given = {}
    for part in filter(None, (part.strip() for part in arguments.split(";"))):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        number = name in NUMBERS
        if not (name and sign and value) or name in given or (number and not re.fullmatch(NUMBER, value)):
            raise ValueError("name=value pairs separated by semicolons are needed")
        given[name] = value.split() if name in LISTS else float(value) if number else value
    return given
