"""Marking original expressions. A segment lives while a code, a reduction or a memo needs it."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.documents import Document, Segment, one_line
from qualcode.domain.errors import QualcodeError, SegmentOutsideText
from qualcode.domain.quotes import ChosenQuote
from qualcode.domain.second_marks import ExpressionStance
from qualcode.workbench import memo_keeping
from qualcode.workbench.bench import Work

QUOTE_SHOWN = 60
"""How much of a text its refusal repeats."""


class TextSetAside(QualcodeError):
    template = (
        "The text “{quote}” is set aside, so it is neither coded nor reduced. Bring it back among "
        "the answers first, if it says something."
    )


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
    segment = _named(document_id, start, end)
    work.put(segment)
    return segment, document


def whole(document: Document) -> Segment:
    """The segment of the whole text, of a document that is new."""
    return _named(document.id, 0, len(document.text))


def _named(document_id: str, start: int, end: int) -> Segment:
    return Segment(f"{document_id}:{start}-{end}", document_id, start, end)


def check_analysed(document: Document) -> None:
    """The rule: what is set aside is no answer, so it is neither coded nor reduced."""
    if document.set_aside:
        raise TextSetAside(quote=one_line(document.text)[:QUOTE_SHOWN])


def is_bare(work: Work, segment_id: str) -> bool:
    """Whether no code and no reduction hangs on the segment."""
    return not work.rows.count(Coding, segment_id=segment_id) and not work.rows.count(
        ReductionLink, segment_id=segment_id
    )


def forget_if_bare(work: Work, segment_id: str) -> None:
    """The segment goes when nothing hangs on it any more and no memo or stance speaks of it."""
    if not is_bare(work, segment_id):
        return
    # What is neither coded nor reduced any more is nobody's quote either.
    work.remove(ChosenQuote, [segment_id])
    stood = work.rows.count(ExpressionStance, segment_id=segment_id)
    if not stood and not memo_keeping.noted(work.rows, [segment_id]):
        work.remove(Segment, [segment_id])


def hand_over(work: Work, old_id: str, new_id: str) -> None:
    """What the coder had on the old segment has moved to the new one: left bare, the old one goes.

    When nothing of the coder's is left on it, their memos go along, so that a thought stays with
    the passage it is about. What others marked and thought stays where they put it.
    """
    if old_id == new_id:
        return
    coder = work.bench.coder
    if not any(
        work.rows.count(cls, segment_id=old_id, coder=coder) for cls in (Coding, ReductionLink)
    ):
        memo_keeping.carry(work, memo_keeping.SEGMENT, [old_id], new_id, by=coder)
        memo_keeping.carry_stance(work, old_id, new_id, coder)
    if is_bare(work, old_id):
        _carry_quote(work, old_id, new_id)
    forget_if_bare(work, old_id)


def _carry_quote(work: Work, old_id: str, new_id: str) -> None:
    """A quote stays chosen when its passage is stretched; it is other words now, so whoever checked
    it has not checked these."""
    chosen = work.rows.get(ChosenQuote, old_id)
    if chosen is not None and work.rows.get(ChosenQuote, new_id) is None:
        anew = replace(chosen, id=new_id, printed="", checked_by="", checked_at="")
        work.put(anew)


def quote(segment: Segment, document: Document) -> str:
    """The expression for the log, cut when long."""
    text = segment.of(document.text)
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"
