"""Read the arguments of a finding."""

LISTS = ("issues", "named", "wants")
NUMBERS = ("share", "times", "number")


def parse(arguments):
    """Read `name=value; name=value`; issues, claims and wants become lists, shares and numbers floats.

    Raises
    ------
    ValueError
        If the text is not of that form.
    """
    given = {}
    for part in filter(None, (part.strip() for part in arguments.split(";"))):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if not (name and sign and value) or name in given:
            raise ValueError("name=value pairs separated by semicolons are needed")
        given[name] = value.split() if name in LISTS else float(value) if name in NUMBERS else value
    return given
