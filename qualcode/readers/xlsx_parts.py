"""The parts of a workbook's archive: how they refer to one another, and their XML."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from qualcode.domain.errors import SuspiciousArchive
from qualcode.readers.files import MEGABYTE

# Excel writes characters that XML cannot hold as _xHHHH_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_SHARED_CHARACTERS = 400 * MEGABYTE


def relations_of(
    archive: zipfile.ZipFile, paths: dict[str, str], part: str
) -> dict[str, tuple[str, str]]:
    """What a part refers to: key -> its kind and its target. Outside things are left out."""
    folder, name = posixpath.split(part)
    path = paths.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
    if path is None:
        return {}
    return {
        relation.get("Id", ""): (relation.get("Type", ""), relation.get("Target", ""))
        for relation in parse(archive, path).iterfind("{*}Relationship")
        if relation.get("TargetMode") != "External"
    }


def resolve(folder: str, target: str, paths: dict[str, str]) -> str:
    """The part's own name in the archive; the spelling of references is not to be relied on."""
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return paths[posixpath.normpath(path).lower()]


def parse(archive: zipfile.ZipFile, path: str) -> Any:
    """The root of a part. Nothing outside the part is ever read for it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with archive.open(path) as part:
        return etree.parse(part, parser).getroot()


def elements(archive: zipfile.ZipFile, path: str, *tags: str) -> Iterator[Any]:
    """Each whole element of these tags, forgotten once it has been looked at."""
    with archive.open(path) as part:
        events = etree.iterparse(
            part, tag=tags, resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def shared_strings(archive: zipfile.ZipFile, path: str, file: str) -> Iterator[str]:
    """The texts that cells name by their number."""
    total = 0
    for element in elements(archive, path, "{*}si"):
        text = rich_text(element)
        total += len(text)
        if total > _MAX_SHARED_CHARACTERS:
            raise SuspiciousArchive(file=file, size=round(total / MEGABYTE))
        yield text


def rich_text(element: Any) -> str:
    """The text of a string item: its own text or that of its runs, without reading aids."""
    parts = []
    for child in element:
        name = etree.QName(child).localname
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(run.text or "" for run in child.iterfind("{*}t"))
    return unescape("".join(parts))


def unescape(text: str) -> str:
    """The text with its escaped characters as they are."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
