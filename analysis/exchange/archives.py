"""Read zip archives and XML that others made, safely; write archives, and what XML can hold."""

import io
import re
import zipfile
from pathlib import Path, PurePosixPath

import pandas as pd
from lxml import etree

from analysis.files import read
from analysis.study.faults import shown

MOST_FILES = 5000
MOST_BYTES = 100_000_000
# What XML 1.0 cannot hold, and with it no workbook.
SIGN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_TIMES = 200  # how much larger than packed a file may be, from a megabyte on


def unpack(path):
    """Return the files of a zip archive, from name to bytes; refuse what is damaged or means harm."""
    path = Path(path)
    try:
        packed = read(path, MOST_BYTES)
    except OSError:
        raise ValueError(f"{path}: no file can be read there") from None
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            fault, found, total = _trap(members), {}, 0
            if fault:
                raise ValueError(f"{path}: {fault}")
            for info in members:
                with archive.open(info) as file:
                    data = found[info.filename] = file.read(min(info.file_size, MOST_BYTES) + 1)
                total += len(data)
                if len(data) > info.file_size or total > MOST_BYTES:
                    raise ValueError(f"{path}: the archive holds more than it says")
            return found
    except ValueError:
        raise
    except Exception:  # Damaged archives fail in many ways: zlib, struct, encryption, odd methods.
        raise ValueError(f"{path}: this archive cannot be read") from None


def _trap(members):
    """Say what is wrong with the list of files in an archive, or nothing."""
    names = [info.filename for info in members]
    if len(names) > MOST_FILES:
        return f"the archive holds {len(names)} files; at most {MOST_FILES} are read"
    if len(set(names)) < len(names):
        return "the archive holds two files of one name"
    for info in members:
        place = PurePosixPath(info.filename)
        plain = info.filename.isprintable() and "\\" not in info.filename and ":" not in info.filename
        if place.is_absolute() or ".." in place.parts or not plain:
            return "the archive holds a path that leads out of it"
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            return "the archive holds a link"
        if info.flag_bits & 1:
            return "the archive is encrypted"
        if info.file_size > 1_000_000 and info.file_size > MOST_TIMES * max(1, info.compress_size):
            return "the archive holds a file that is packed too tightly to be honest"
    if sum(info.file_size for info in members) > MOST_BYTES:
        return f"the archive unpacks to more than {MOST_BYTES // 1_000_000} MB"
    return None


def parse(data, place):
    """Return the root element of an XML file; entities and document types are refused."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        raise ValueError(f"{place}: this is not XML that can be read") from None
    if root.getroottree().docinfo.doctype:
        raise ValueError(f"{place}: a document type or an entity is declared; neither is read")
    return root


def document(root):
    """Return an XML file as bytes, indented."""
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def archive(files):
    """Return files, from name to bytes, as a zip archive: the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, data)
    return out.getvalue()


def refuse_signs(study, **frames):
    """Refuse a study with a sign that XML cannot hold, and say in which table, line and column it stands."""
    tables = ("documents", "paragraphs", "issues", "actors", "rankings")
    frames |= {f"{name}.csv": getattr(study, name) for name in tables}
    frames |= {f"codings/{study.meta['coding']}.csv": study.statements}
    settings = pd.json_normalize([study.meta | {"name": study.name}])
    frames["study.toml"] = pd.DataFrame({"key": settings.columns, "value": settings.iloc[0].astype(str)})
    for name, frame in frames.items():
        for column in frame.select_dtypes(exclude="number"):
            bad = frame[column].astype(str).str.contains(SIGN).to_numpy()
            if bad.any():
                row = int(bad.argmax())
                key = shown(frame["key"].iat[row]) if name == "study.toml" else ""
                place = key or f"line {row + 2}, column {column}"
                raise ValueError(f"{name}, {place}: {shown(frame[column].iat[row])} found; "
                                 "a control character stands there, which no export can hold")  # fmt: skip
