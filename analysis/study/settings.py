"""Read study.toml: what is compared, and what everything is called."""

import re
import tomllib

from analysis.study.codebook import BOTH, NONE
from analysis.study.faults import Fault, decoded, held
from analysis.study.schemas import categories

FILE = "study.toml"
ADDRESS = re.compile(r"https?://[^\s<>\"'()]+")
MARKERS = "osD^v<>pPXhHd*8"
# Reading a key of many parts takes time that grows with their square, and a long label as long to draw.
WHOLE, LINE, NAME = 100_000, 500, 40  # bytes; characters
NAMES = f"a name has at most {NAME} characters, no control or format characters, no ; and no ="


def text(most):
    """Return what is asked of a text: in words, and as a test."""
    fits = re.compile(rf"\S(?:.{{0,{most - 2}}}\S)?")
    allowed = f"a text of at most {most} characters is needed, without control and format characters"
    return allowed, lambda value: fits.fullmatch(value) and value.isprintable()


COLOUR = "a colour such as #0072B2 is needed", re.compile(r"#[0-9A-Fa-f]{6}").fullmatch
MARKER = f"one of the characters {MARKERS} is needed", re.compile(f"[{re.escape(MARKERS)}]").fullmatch
ENTRIES = {
    "sides": {"label": text(60), "text": text(80), "colour": COLOUR, "marker": MARKER},
    "themes": {"label": text(60), "colour": COLOUR},
}
KINDS = {
    "title": (str, "a text"),
    "compare": (list, "a list"),
    "coding": (str, "a text"),
    **dict.fromkeys(("sides", "themes", "baseline"), (dict, "a table")),
}


def read_toml(folder):
    """Read study.toml and check that it names what the analysis needs; return it, or None, and faults."""
    raw, faults = held(folder, FILE, WHOLE)
    whole, faults = (None, faults) if faults else decoded(FILE, raw.removeprefix(b"\xef\xbb\xbf"))
    if faults:
        return None, faults
    for number, line in enumerate(whole.split("\n"), 1):
        if len(line) > LINE:
            return None, [Fault(FILE, f"at most {LINE} characters are allowed on a line", line=number)]
    try:
        meta = tomllib.loads(whole)
    except RecursionError:
        return None, [Fault(FILE, "this is not TOML: it nests too deeply")]
    except ValueError as fault:
        message, _, place = str(fault).partition(" (at line ")
        line = int(place.partition(",")[0]) if place else whole.count("\n") + 1
        return None, [Fault(FILE, f"this is not TOML: {message}", line=line)]
    wrong = [key for key, (kind, _) in KINDS.items() if not isinstance(meta.get(key), kind)]
    faults = [Fault(FILE, f"{KINDS[key][1]} is needed here", column=key) for key in wrong]
    return (None, faults) if faults else (meta, list(_faults(meta)))


def _faults(meta):
    """Find what is wrong with the values of study.toml, which are of the right kinds."""
    yield from _entry("title", meta, "title", *text(200))
    for group, wanted in ENTRIES.items():
        for name, entry in meta[group].items():
            for key, (allowed, fits) in wanted.items():
                yield from _entry(f"{group}.{name}.{key}", entry, key, allowed, fits)
    horizons = meta.get("horizons")
    for group in ("sides", "themes", "horizons") if isinstance(horizons, dict) else ENTRIES:
        for name in meta[group]:
            if not text(NAME)[1](name) or {";", "="} & set(name):
                yield Fault(FILE, NAMES, column=group, value=name)
    for name in {NONE, BOTH} & set(meta["sides"]):
        taken = "this name is taken: it stands for no side, or for either"
        yield Fault(FILE, taken, column="sides", value=name)
    if not 2 <= len(meta["sides"]) <= 6:
        yield Fault(FILE, "two to six sides are allowed", column="sides", value=str(len(meta["sides"])))
    pair = [side for side in meta["compare"] if isinstance(side, str) and side in meta["sides"]]
    if len(meta["compare"]) != 2 or len(set(pair)) != 2:
        yield Fault(FILE, "two different sides are needed", column="compare", value=", ".join(pair))
    if "language" in meta:
        fits = re.compile("[a-z]{2,3}").fullmatch
        yield from _entry("language", meta, "language", "a language such as en or es is needed", fits)
    baseline, codes = meta["baseline"], list(categories("coding", "evidence"))
    if not isinstance(baseline.get("captions"), bool):
        yield Fault(FILE, "true or false is needed", column="baseline.captions")
    evidence = baseline.get("evidence")
    if not isinstance(evidence, list) or not evidence or not all(code in codes for code in evidence):
        yield Fault(FILE, f"a list of these is needed: {', '.join(codes)}", column="baseline.evidence")


def _entry(place, table, key, allowed, fits):
    """Find what is wrong with one text of study.toml."""
    value = table.get(key) if isinstance(table, dict) else None
    if not isinstance(value, str):
        yield Fault(FILE, allowed, column=place)
    elif not fits(value):
        yield Fault(FILE, allowed, column=place, value=value)
