"""Read zip archives and XML that others made, safely; write archives."""

import io
import zipfile
from pathlib import Path, PurePosixPath

from lxml import etree

from analysis.files import read

MOST_FILES = 5000
MOST_BYTES = 100_000_000
MOST_TIMES = 200  # how much larger than packed a file may be, from a megabyte on


def unpack(path):
    """Return the files of a zip archive, without unpacking anything to the disk.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    dict
        From the name within the archive to bytes.

    Raises
    ------
    ValueError
        If it is no archive, is damaged or encrypted, holds a path that leads out of it or a name
        twice, or is far larger than it looks.
    """
    path = Path(path)
    try:
        packed = read(path, MOST_BYTES)
    except OSError:
        raise ValueError(f"{path}: no file can be read there") from None
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            fault = _trap(members)
            if fault:
                raise ValueError(f"{path}: {fault}")
            found, total = {}, 0
            for info in members:
                with archive.open(info) as file:
                    data = file.read(min(info.file_size, MOST_BYTES) + 1)
                total += len(data)
                if len(data) > info.file_size or total > MOST_BYTES:
                    raise ValueError(f"{path}: the archive holds more than it says")
                found[info.filename] = data
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
    """Return the root element of an XML file; entities and document types are refused.

    Parameters
    ----------
    data : bytes
    place : str
        What the file is called in a message.

    Raises
    ------
    ValueError
        If it is not XML, or declares a document type.
    """
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
    """Return a zip archive as bytes, the same for the same files.

    Parameters
    ----------
    files : dict
        From the name within the archive to bytes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(info, data)
    return out.getvalue()
