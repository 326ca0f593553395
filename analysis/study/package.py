"""Describe a study for other programs (datapackage.json) and for people (Markdown)."""

import hashlib
import json

from analysis.files import read, write
from analysis.study.faults import Fault
from analysis.study.schemas import SEVERAL, paths, schema, table_of
from analysis.study.settings import read_toml

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
    titles = {name: table["title"] for name, table in schema().items()}
    held = {path: (table, read(folder / path)) for path, table in paths(folder).items()}
    resources = [
        {
            "name": path.removesuffix(".csv").replace("/", "-"),
            "path": path,
            "title": titles[table_of(path)],
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(data),
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "schema": table,
        }
        for path, (table, data) in held.items()
    ]
    return {
        "name": folder.name,
        "title": meta["title"],
        "licenses": [LICENCE],
        "resources": resources,
    }


def descriptor(folder):
    """Return the bytes of a study's datapackage.json, from the schema and the tables found."""
    return (json.dumps(describe(folder), indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def write_package(folder):
    """Write datapackage.json of a study."""
    write(folder / "datapackage.json", descriptor(folder))


def document():
    """Return the documentation of all tables in Markdown: their columns, and their codes."""
    parts = []
    for name, table in schema().items():
        parts.append(f"### {name}\n\n{table['title']}.\n\n| column | type | what it holds |\n|---|---|---|")
        fields = table["schema"]["fields"]
        parts[-1] += "".join(
            f"\n| `{f['name']}` | {f['type']} | {f['description']}{limits(f)} |" for f in fields
        )
        for field in fields:
            if "categories" in field:
                parts.append(f"| {field['name']} | meaning |\n|---|---|")
                for code in field["categories"]:
                    taken = f"; takes {', '.join(code['arguments'])}" if "arguments" in code else ""
                    parts[-1] += f"\n| `{code['value']}` | {code['label']}{taken} |"
    return "\n\n".join(parts)


def limits(field):
    """Return what a cell of a column must be, in words and in brackets; nothing where it may be anything."""
    given = field.get("constraints", {})
    told = ["needed" if given.get("required") else "may be empty"]
    told += ["each value once"] if given.get("unique") else []
    told += [f"at most {given['maxLength']} characters"] if "maxLength" in given else []
    told += [f"at least {given['minimum']}"] if "minimum" in given else []
    return f" ({', '.join(told)})"


def between(whole, name, text):
    """Return a whole text with another between its marks `<!-- name: …` and `<!-- end of name -->`."""
    start = whole.index("\n", whole.index(f"<!-- {name}: ")) + 1
    end = whole.index(f"<!-- end of {name} -->")
    return f"{whole[:start]}\n{text}\n\n{whole[end:]}"


def changed(folder):
    """Return the paths of tables that are not as datapackage.json has them: size and checksum."""
    held = json.loads(read(folder / "datapackage.json").decode("utf-8"))
    known = {item["path"]: item.get("hash") for item in held["resources"]}
    return [item["path"] for item in describe(folder)["resources"] if known.get(item["path"]) != item["hash"]]


def check_package(folder):
    """Check that datapackage.json describes the tables as the schema does."""
    file = "datapackage.json"
    remedy = f"`python -m analysis describe {folder.name}` writes it anew"
    try:
        package = json.loads(read(folder / file).decode("utf-8"))
    except FileNotFoundError:
        return [Fault(file, f"the file is missing; {remedy}")]
    except (OSError, UnicodeDecodeError):
        return [Fault(file, f"a text file in UTF-8 is needed; {remedy}")]
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", None)
        return [Fault(file, f"this is not JSON; {remedy}", line=line)]
    listed = package.get("resources") if isinstance(package, dict) else None
    listed = listed if isinstance(listed, list) else []
    schemas = {
        item.get("path"): item.get("schema")
        for item in listed
        if isinstance(item, dict) and isinstance(item.get("path"), str)
    }
    return [
        Fault(file, f"it is missing or described otherwise; {remedy}", column="resources", value=path)
        for path, table in paths(folder).items()
        if (path in schemas or table_of(path) not in SEVERAL) and schemas.get(path) != table
    ]
