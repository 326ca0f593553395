"""Read study.toml: what is compared, and what everything is called."""

import re
import tomllib

from analysis.files import read
from analysis.study.codebook import NONE
from analysis.study.faults import Fault

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
ADDRESS = re.compile(r"https?://[^\s<>\"'()]+")
MARKERS = "osD^v<>pPXhHd*8"


def read_toml(folder):
    """Read study.toml and check that it names what the analysis needs."""
    file = "study.toml"
    try:
        meta = tomllib.loads(read(folder / file).decode("utf-8-sig"))
    except FileNotFoundError:
        return None, [Fault(file, "the file is missing")]
    except (OSError, UnicodeDecodeError):
        return None, [Fault(file, "a text file in UTF-8 is needed")]
    except (ValueError, RecursionError) as fault:  # nested too deep, or a number without end
        return None, [Fault(file, f"this is not TOML: {fault}")]
    wanted = {
        "title": str,
        "compare": list,
        "coding": str,
        "sides": dict,
        "themes": dict,
        "baseline": dict,
    }
    faults = [
        Fault(file, f"a {kind.__name__} is needed here", column=key)
        for key, kind in wanted.items()
        if not isinstance(meta.get(key), kind)
    ]
    if faults:
        return None, faults

    def need(place, table, key, allowed, good):
        value = table.get(key) if isinstance(table, dict) else None
        if not good(value):
            faults.append(Fault(file, allowed, column=f"{place}.{key}".strip("."), value=value))

    def text(value):
        return isinstance(value, str) and bool(value.strip())

    def colour(value):
        return isinstance(value, str) and bool(COLOUR.fullmatch(value))

    for name, side in meta["sides"].items():
        need(f"sides.{name}", side, "label", "a text is needed", text)
        need(f"sides.{name}", side, "text", "a text is needed", text)
        need(f"sides.{name}", side, "colour", "a colour such as #0072B2 is needed", colour)
        need(
            f"sides.{name}",
            side,
            "marker",
            f"one of the characters {MARKERS} is needed",
            lambda v: text(v) and len(v) == 1 and v in MARKERS,
        )
    for name, theme in meta["themes"].items():
        need(f"themes.{name}", theme, "label", "a text is needed", text)
        need(f"themes.{name}", theme, "colour", "a colour such as #882255 is needed", colour)
    if NONE in meta["sides"]:
        faults.append(Fault(file, "this name means that no side is meant", column="sides", value=NONE))
    if not 2 <= len(meta["sides"]) <= 6:
        faults.append(
            Fault(file, "two to six sides are allowed", column="sides", value=str(len(meta["sides"])))
        )
    pair = meta["compare"]
    known = [side for side in pair if isinstance(side, str) and side in meta["sides"]]
    if len(known) != 2 or len(pair) != 2 or pair[0] == pair[1]:
        faults.append(Fault(file, "two different sides are needed", column="compare", value=str(pair)))
    if "language" in meta:
        need("", meta, "language", "a language such as en or es is needed", lambda v: text(v) and v.isalpha())
    baseline = meta["baseline"]
    need("baseline", baseline, "captions", "true or false is needed", lambda v: isinstance(v, bool))
    need(
        "baseline",
        baseline,
        "evidence",
        "a list of evidence codes is needed",
        lambda v: isinstance(v, list) and bool(v) and all(map(text, v)),
    )
    return (None if faults else meta), faults
