"""The rules for findings: a predicate that exists, with arguments that fit."""

from analysis.study.codebook import ARGUMENTS, NEEDS, PLACES, RELATIONS, VERDICTS
from analysis.study.faults import Fault


def parse(arguments):
    """Read `name=value; name=value`; `issues` and `named` become lists, shares and numbers floats.

    Raises
    ------
    ValueError
        If the text is not of that form.
    """
    found = {}
    for part in filter(None, (part.strip() for part in arguments.split(";"))):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if not (name and sign and value) or name in found:
            raise ValueError("name=value pairs apart by semicolons are needed")
        if name in ("issues", "named"):
            found[name] = value.split()
        elif name in ("share", "times", "number"):
            found[name] = float(value)
        else:
            found[name] = value
    return found


def check_findings(table, issues, sides, speakers, tables=(), known=None, file="findings.csv"):
    """Return a fault for each row of a table of findings whose predicate cannot be run.

    Parameters
    ----------
    table : pandas.DataFrame
        findings.csv or outside.csv.
    issues, sides, speakers : list of str
        What the arguments may name.
    tables : collection of str
        The tables that the study has.
    known : dict, optional
        `claims`, ids of claims.csv, and `horizon`, names of study.toml.
    file : str
        The name of the table.

    Returns
    -------
    list of Fault
    """
    faults = []
    known = {"claims": [], "horizon": []} if known is None else known
    codes = {"side": sides, "other": sides, "toward": sides, "speaker": speakers}
    codes |= {"verdict": list(VERDICTS), "place": list(PLACES), "horizon": known["horizon"]}
    for row in table.index:
        name, arguments = table.at[row, "predicate"], table.at[row, "arguments"]
        allowed = None
        if name not in ARGUMENTS:
            faults.append(
                Fault(file, f"allowed: {', '.join(ARGUMENTS)}", line=row + 2, column="predicate", value=name)
            )
            continue
        if (name in NEEDS) != (file == "outside.csv"):
            faults.append(
                Fault(
                    file,
                    "it belongs into the other table of findings",
                    line=row + 2,
                    column="predicate",
                    value=name,
                )
            )
            continue
        if name in NEEDS and NEEDS[name] not in tables:
            faults.append(
                Fault(
                    file, f"{NEEDS[name]}.csv is needed for it", line=row + 2, column="predicate", value=name
                )
            )
            continue
        wanted = ARGUMENTS[name]
        try:
            given = parse(arguments)
        except ValueError:
            given = {}
            allowed = "name=value pairs apart by semicolons are needed"
        if allowed is None and sorted(given) != sorted(wanted):
            allowed = f"{name} takes {', '.join(wanted)}"
        for key, value in given.items():
            if key == "issues" and not set(value) <= set(issues):
                allowed = "ids of issues.csv are needed for issues"
            elif key == "named" and not set(value) <= set(known["claims"]):
                allowed = "ids of claims.csv are needed for named"
            elif key in codes and value not in codes[key]:
                allowed = f"{key} is one of {', '.join(codes[key])}"
            elif key == "relation" and value not in RELATIONS:
                allowed = f"relation is one of {', '.join(RELATIONS)}"
            elif key == "share" and not 0 <= value <= 1:
                allowed = "share lies between 0 and 1"
            elif key == "times" and not 0 < value < 1000:
                allowed = "times lies between 0 and 1000"
        if allowed:
            faults.append(Fault(file, allowed, line=row + 2, column="arguments", value=arguments))
    return faults
