"""Marking original expressions. A segment lives as long as a code or a reduction hangs on it."""

from __future__ import annotations

from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import SegmentOutsideText
from qualcode.workbench.bench import Work

QUOTE_LENGTH = 120
"""How much of an expression the log repeats."""


def mark(work: Work, document_id: str, start: int, end: int) -> tuple[Segment, Document]:
    """The segment of that span, new or the one already there. The span must lie in the text."""
    document = work.require(Document, document_id)
    if not (0 <= start < end <= len(document.text)):
        raise SegmentOutsideText(
            document=document_id, start=start, end=end, length=len(document.text)
        )
    there = work.rows.find(Segment, document_id=document_id, start=start, end=end)
    if there:
        return there[0], document
    # A span has one segment, whoever marks it: the id says which, so that two coders' acts and
    # their undoing meet in the same row.
    segment = Segment(f"{document_id}:{start}-{end}", document_id, start, end)
    work.put(segment)
    return segment, document


def forget_if_bare(work: Work, segment_id: str) -> None:
    """The segment goes when nothing hangs on it any more."""
    if not work.rows.count(Coding, segment_id=segment_id) and not work.rows.count(
        ReductionLink, segment_id=segment_id
    ):
        work.remove(Segment, [segment_id])


def quote(segment: Segment, document: Document) -> str:
    """The expression for the log, cut when long."""
    text = segment.of(document.text)
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"
