"""Describe a study for other programs (datapackage.json) and for people (Markdown)."""

import hashlib
import json
from dataclasses import replace

from analysis.files import read, write
from analysis.study.faults import Fault, decoded, held
from analysis.study.schemas import SEVERAL, paths, schema, table_of
from analysis.study.settings import read_toml

FILE = "datapackage.json"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def describe(folder):
    """Return the Frictionless Data Package descriptor of a study, as a dict.

    It holds the size and the checksum of each table as it is now. `check` leaves them alone, so that
    a table can be worked on; the tests hold published tables to them: no byte changes silently.
    Source: Data Package Standard 2.0, https://datapackage.org.
    """
    meta, faults = read_toml(folder)
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    resources = [_resource(path, table, read(folder / path)) for path, table in paths(folder).items()]
    return {"name": folder.name, "title": meta["title"], "licenses": [LICENCE], "resources": resources}


def _resource(path, table, data):
    """Return the description of one table and of its bytes."""
    return {
        "name": path.removesuffix(".csv").replace("/", "-"),
        "path": path,
        "title": schema()[table_of(path)]["title"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": table,
    }


def descriptor(folder):
    """Return the bytes of a study's datapackage.json, from the schema and the tables found."""
    return (json.dumps(describe(folder), indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def write_package(folder):
    """Write datapackage.json of a study."""
    write(folder / FILE, descriptor(folder))


def document():
    """Return the documentation of all tables in Markdown: their columns, and their codes."""
    parts = []
    for name, table in schema().items():
        parts.append(f"### {name}\n\n{table['title']}.\n\n| column | type | what it holds |\n|---|---|---|")
        fields = table["schema"]["fields"]
        for field in fields:
            parts[-1] += f"\n| `{field['name']}` | {field['type']} | {field['description']}{limits(field)} |"
        for field in fields:
            if "categories" in field:
                parts.append(f"| {field['name']} | meaning |\n|---|---|")
                for code in field["categories"]:
                    taken = f"; takes {', '.join(code['arguments'])}" if "arguments" in code else ""
                    parts[-1] += f"\n| `{code['value']}` | {code['label']}{taken} |"
    return "\n\n".join(parts)


def limits(field):
    """Return what a cell of a column must be, in words and in brackets."""
    given = field.get("constraints", {})
    told = ["needed" if given.get("required") else "may be empty"]
    told += ["each value once"] if given.get("unique") else []
    told += [f"at most {given['maxLength']} characters"] if "maxLength" in given else []
    told += [f"{given['minimum']} to {given['maximum']}"] if "maximum" in given else []
    return f" ({', '.join(told)})"


def between(whole, name, text):
    """Return a whole text with another between its marks `<!-- name: …` and `<!-- end of name -->`."""
    start = whole.index("\n", whole.index(f"<!-- {name}: ")) + 1
    end = whole.index(f"<!-- end of {name} -->")
    return f"{whole[:start]}\n{text}\n\n{whole[end:]}"


def changed(folder):
    """Return the paths of tables that are not as datapackage.json has them: size and checksum."""
    listed = json.loads(read(folder / FILE).decode("utf-8"))["resources"]
    known = {item["path"]: item.get("hash") for item in listed}
    return [item["path"] for item in describe(folder)["resources"] if known.get(item["path"]) != item["hash"]]


def check_package(folder, name=None):
    """Check that datapackage.json describes the tables as the schema does, and that each one is there."""
    remedy = f"`python -m analysis describe {name or folder.name}` writes it anew"
    raw, faults = held(folder, FILE)
    text, faults = (None, faults) if faults else decoded(FILE, raw)
    if faults:
        return [replace(fault, message=f"{fault.message}; {remedy}") for fault in faults]
    try:
        package = json.loads(text)
    except (ValueError, RecursionError) as fault:
        return [Fault(FILE, f"this is not JSON; {remedy}", line=getattr(fault, "lineno", None))]
    listed = package.get("resources") if isinstance(package, dict) else None
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    schemas = {item["path"]: item.get("schema") for item in items if isinstance(item.get("path"), str)}
    tables = paths(folder)
    allowed = f"it is missing or described otherwise; {remedy}"
    faults = [
        Fault(FILE, allowed, column="resources", value=path)
        for path, table in tables.items()
        if (path in schemas or table_of(path) not in SEVERAL) and schemas.get(path) != table
    ]
    gone = f"datapackage.json lists this table, and it is not there: put it back; without it, {remedy}"
    return faults + [Fault(path, gone) for path in schemas if path not in tables]
