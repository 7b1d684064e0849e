"""The words of a Word document in reading order: paragraphs, tables, breaks and tabs.

The package is opened with python-docx. The body is walked here and not with its ``text``
properties, because those leave out inserted (tracked) text, content controls and text boxes: words
a person sees in Word must not be lost without a word.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from qualcode.domain.errors import DamagedFile
from qualcode.readers.problems import ReadProblem
from qualcode.texts import N_

NOTES_LEFT_OUT = N_("Footnotes, endnotes and comments were not read (found: {count}).")
CHANGES = N_(
    "The document has tracked changes. It was read as if they were all accepted "
    "(insertions: {inserted}, deletions: {deleted})."
)
PICTURES = N_("Pictures were not read (found: {count}).")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}ptab": "\t"}
_SIGNS = {f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": "\u00ad"}
# Deleted and moved-away words, and the copy of a text box kept for old programs.
_SKIPPED = (f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}instrText", f"{_W}delText")


@dataclass(frozen=True)
class DocxText:
    """Paragraphs as written, a table's row being one paragraph with tabs between its cells.

    ``titles`` are the paragraphs that Word shows as headings: by a style of headings, or in bold.
    """

    paragraphs: list[str]
    title: str
    problems: tuple[ReadProblem, ...] = ()
    encoding: str = ""
    titles: frozenset[str] = field(default=frozenset())


def read_docx(data: bytes, file: str) -> DocxText:
    """The text of a Word document. Raises DamagedFile when it cannot be opened as one."""
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        paragraphs = list(_blocks(body))
        titles = frozenset(_titles(document))
    except (OpcError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise DamagedFile(file=file, what=str(error) or type(error).__name__) from error
    except AttributeError as error:
        # python-docx meets a part without what every Word document has.
        raise DamagedFile(file=file, what="no document body") from error
    title = (document.core_properties.title or "").strip() or PurePath(file).stem
    return DocxText(paragraphs, title, tuple(_problems(body)), titles=titles)


def _titles(document: Any) -> Iterator[str]:
    """The words of headings. Bold is one only for the whole of a line."""
    for paragraph in document.paragraphs:
        runs = [run for run in paragraph.runs if run.text.strip()]
        style = paragraph.style.name if paragraph.style is not None else ""
        is_styled = (style or "").casefold().startswith(("heading", "title"))
        if runs and (is_styled or all(run.bold for run in runs)):
            yield paragraph.text.strip()


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and rows of tables below ``parent``, in order, also inside content controls."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield from _table(child)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(child)


def _paragraph(element: Any) -> Iterator[str]:
    """The paragraph, and after it the paragraphs of any text box anchored in it."""
    boxes: list[Any] = []
    yield "".join(_pieces(element, boxes))
    for box in boxes:
        yield from _blocks(box)


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in _BREAKS:
            # A page or column break parts nothing that a paragraph does not part already.
            yield "" if child.get(f"{_W}type") in ("page", "column") else _BREAKS[tag]
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag != f"{_W}pPr":
            yield from _pieces(child, boxes)


def _table(table: Any) -> Iterator[str]:
    for row in _children(table, f"{_W}tr"):
        cells = ["\n".join(_blocks(cell)).strip("\n") for cell in _children(row, f"{_W}tc")]
        yield "\t".join(cells)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Children of ``tag``, also those wrapped in a content control or a tracked change."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, tag)


def _problems(body: Any) -> Iterator[ReadProblem]:
    def count(*names: str) -> int:
        return sum(1 for name in names for _ in body.iter(f"{_W}{name}"))

    notes = count("footnoteReference", "endnoteReference", "commentReference")
    if notes:
        yield ReadProblem(None, "", NOTES_LEFT_OUT, {"count": notes})
    inserted, deleted = count("ins", "moveTo"), count("del", "moveFrom")
    if inserted or deleted:
        yield ReadProblem(None, "", CHANGES, {"inserted": inserted, "deleted": deleted})
    pictures = count("drawing", "pict")
    boxes = count("txbxContent")
    if pictures > boxes:
        yield ReadProblem(None, "", PICTURES, {"count": pictures - boxes})
