"""Changing what is coded: another span, another code, one coding made two, several made one.

The rule: a coding says that one coder holds one code of one span, so only that coder moves it,
divides it or gives it another code. It keeps its id and the time it was made, and the decision
log tells how it came to be as it is. Where an act brings two codings of one code by one coder
upon the same span, they become one. Of a text that is set aside nothing is changed so, as nothing
of it is coded; its marks may be taken off.

Positions are code points of the text as it is stored; every span is checked against its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import AlreadyThere, QualcodeError, UnknownRow
from qualcode.workbench import coding, segments
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.coding import NewCode
from qualcode.workbench.ownership import check_own, own


class BadPieces(QualcodeError):
    template = (
        "The passage {start}-{end} cannot be divided so: the parts must be at least two, lie "
        "inside it one after another and not overlap. Select a part of the passage and try again."
    )


class NotSideBySide(QualcodeError):
    template = (
        "These codings cannot be joined: there is text between “{one}” and “{other}”. "
        "Extend one of them first."
    )


class NotOneCode(QualcodeError):
    template = (
        "Only codings with the same code in the same text can be joined. Choose at least two."
    )


@dataclass(frozen=True)
class Span:
    """A place to code: code points ``start`` up to ``end`` of a text. ``id`` is the coding's."""

    document_id: str
    start: int
    end: int
    id: str | None = None


# --- another span -----------------------------------------------------------------------------


def stretch(bench: Workbench, coding_id: str, start: int, end: int) -> Coding:
    """The coding on another span of the same text: extended, shrunk or moved."""
    with bench.act(Act.STRETCH) as work:
        old = own(work, Coding, coding_id)
        before, document = _place_to_change(work, old.segment_id)
        segment, _ = segments.mark(work, document.id, start, end)
        new = _lay(work, replace(old, segment_id=segment.id))
        segments.hand_over(work, before.id, segment.id)
        work.say(
            code=_label(work, old.code_id),
            before=segments.quote(before, document),
            quote=segments.quote(segment, document),
            document=document.id,
        )
    return new


def stretch_link(bench: Workbench, link_id: str, start: int, end: int) -> ReductionLink:
    """The reduction stands for another span of the same text.

    An expression is reduced to one reduction once, whoever did it: where the new span has the
    reduction already, the link that is there stays and this one goes.
    """
    with bench.act(Act.STRETCH) as work:
        old = own(work, ReductionLink, link_id)
        before, document = _place_to_change(work, old.segment_id)
        segment, _ = segments.mark(work, document.id, start, end)
        new = replace(old, segment_id=segment.id)
        twins = work.rows.find(ReductionLink, segment_id=segment.id, reduction_id=old.reduction_id)
        there = next((twin for twin in twins if twin.id != old.id), None)
        if there is None:
            work.put(new)
        else:
            work.remove(ReductionLink, [old.id])
        segments.hand_over(work, before.id, segment.id)
        work.say(
            wording=work.require(ReducedExpression, old.reduction_id).wording,
            before=segments.quote(before, document),
            quote=segments.quote(segment, document),
            document=document.id,
        )
    return there or new


# --- one made several, several made one -------------------------------------------------------


def split(
    bench: Workbench, coding_id: str, pieces: Sequence[tuple[int, int]], ids: Sequence[str] = ()
) -> list[Coding]:
    """The coding divided into ``pieces`` [(start, end), ...] of its span, all with its code.

    The first piece keeps the coding's id; ``ids`` are those of the others. What lies between the
    pieces (the space between two words, say) is left out.
    """
    with bench.act(Act.SPLIT_CODING) as work:
        old = own(work, Coding, coding_id)
        before, document = _place_to_change(work, old.segment_id)
        _check_pieces(before, pieces)
        made = []
        for number, (start, end) in enumerate(pieces):
            segment, _ = segments.mark(work, document.id, start, end)
            if number == 0:
                made.append(_lay(work, replace(old, segment_id=segment.id)))
                first = segment
                continue
            there = _twin(work, replace(old, id="", segment_id=segment.id))
            id = ids[number - 1] if number <= len(ids) else bench.new_id()
            made.append(there or _new(work, replace(old, id=id, segment_id=segment.id)))
        segments.hand_over(work, before.id, first.id)
        work.say(
            code=_label(work, old.code_id),
            before=segments.quote(before, document),
            count=len(pieces),
            document=document.id,
        )
    return made


def merge(bench: Workbench, coding_ids: Sequence[str]) -> Coding:
    """Codings of one code that touch or overlap become one that covers them; the first id stays.

    Between two of them there may be spaces and punctuation, but no words.
    """
    with bench.act(Act.MERGE_CODINGS) as work:
        olds = [own(work, Coding, id) for id in dict.fromkeys(coding_ids)]
        places = [_place_to_change(work, old.segment_id) for old in olds]
        alike = {(old.code_id, s.document_id) for old, (s, _) in zip(olds, places, strict=True)}
        if len(olds) < 2 or len(alike) != 1:
            raise NotOneCode()
        document = places[0][1]
        spans = sorted((segment for segment, _ in places), key=lambda s: (s.start, s.end))
        _check_side_by_side(spans, document)
        start, end = spans[0].start, max(span.end for span in spans)
        segment, _ = segments.mark(work, document.id, start, end)
        work.remove(Coding, [old.id for old in olds[1:]])
        new = _lay(work, replace(olds[0], segment_id=segment.id))
        for span in spans:
            segments.hand_over(work, span.id, segment.id)
        work.say(
            code=_label(work, new.code_id),
            quote=segments.quote(segment, document),
            count=len(olds),
            document=document.id,
        )
    return new


# --- another code -----------------------------------------------------------------------------


def recode(
    bench: Workbench, coding_ids: Sequence[str], code_id: str, new: NewCode | None = None
) -> int:
    """The same spans with another code, in one step; ids, reductions and memos stay.

    ``new`` makes that code along the way. Gives how many codings had another code before.
    """
    with bench.act(Act.RECODE) as work:
        coding.make_along(work, code_id, new)
        label = _label(work, code_id)
        olds = [own(work, Coding, id) for id in dict.fromkeys(coding_ids)]
        changed = [old for old in olds if old.code_id != code_id]
        for old in changed:
            _place_to_change(work, old.segment_id)
            _lay(work, replace(old, code_id=code_id))
        if changed:
            befores = {_label(work, old.code_id) for old in changed}
            segment, document = _place(work, changed[0].segment_id)
            work.say(
                code=label,
                before=befores.pop() if len(befores) == 1 else "",
                quote=segments.quote(segment, document),
                document=document.id,
                count=len(changed),
            )
    return len(changed)


# --- many at once -----------------------------------------------------------------------------


def code_spans(
    bench: Workbench, code_id: str, spans: Iterable[Span], new: NewCode | None = None
) -> int:
    """The spans carry the code, in one step that one undo takes back. Gives how many.

    ``new`` makes that code along the way.
    """
    with bench.act(Act.CODE) as work:
        coding.make_along(work, code_id, new)
        label = _label(work, code_id)
        count, first = 0, None
        for span in spans:
            _, segment, document = coding.give_code(
                work, span.document_id, span.start, span.end, code_id, span.id
            )
            first = first or (segment, document)
            count += 1
        if first is not None:
            segment, document = first
            if count == 1:
                work.say(quote=segments.quote(segment, document), document=document.id)
            work.say(code=label, passages=count)
    return count


def uncode_many(bench: Workbench, coding_ids: Sequence[str]) -> int:
    """The coder's codings go in one step, those gone already passed over. Gives how many.

    When one of them is somebody else's, none goes.
    """
    with bench.act(Act.UNCODE) as work:
        ids = list(dict.fromkeys(coding_ids))
        olds = [old for id in ids if (old := work.rows.get(Coding, id)) is not None]
        if not olds:
            raise UnknownRow(kind="coding", id=next(iter(ids), "?"))
        for old in olds:
            check_own(work, old)
        labels = {_label(work, old.code_id) for old in olds}
        segment, document = _place(work, olds[0].segment_id)
        work.say(
            code=labels.pop() if len(labels) == 1 else "",
            quote=segments.quote(segment, document),
            document=document.id,
            count=len(olds),
        )
        work.remove(Coding, [old.id for old in olds])
        for segment_id in dict.fromkeys(old.segment_id for old in olds):
            segments.forget_if_bare(work, segment_id)
    return len(olds)


# --- what the acts share ----------------------------------------------------------------------


def _place(work: Work, segment_id: str) -> tuple[Segment, Document]:
    segment = work.require(Segment, segment_id)
    return segment, work.require(Document, segment.document_id)


def _place_to_change(work: Work, segment_id: str) -> tuple[Segment, Document]:
    """What is set aside keeps its marks as they are: they can only be taken off."""
    segment, document = _place(work, segment_id)
    segments.check_analysed(document)
    return segment, document


def _label(work: Work, code_id: str) -> str:
    return work.require(Code, code_id).label(work.bench.language)


def _twin(work: Work, row: Coding) -> Coding | None:
    """Another coding that says the same: this code of this span, by this coder."""
    there = work.rows.find(Coding, segment_id=row.segment_id, code_id=row.code_id, coder=row.coder)
    return next((found for found in there if found.id != row.id), None)


def _lay(work: Work, row: Coding) -> Coding:
    """The coding as given; one that says the same already becomes one with it."""
    twin = _twin(work, row)
    if twin is not None:
        work.remove(Coding, [twin.id])
    work.put(row)
    return row


def _new(work: Work, row: Coding) -> Coding:
    if work.rows.get(Coding, row.id) is not None:
        raise AlreadyThere(kind="coding")
    work.put(row)
    return row


def _check_pieces(whole: Segment, pieces: Sequence[tuple[int, int]]) -> None:
    ends = [whole.start, *(end for _, end in pieces)]
    in_order = all(after <= start < end for after, (start, end) in zip(ends, pieces, strict=False))
    if len(pieces) < 2 or not in_order or ends[-1] > whole.end:
        raise BadPieces(start=whole.start, end=whole.end)


def _check_side_by_side(spans: Sequence[Segment], document: Document) -> None:
    """Spaces and punctuation between two codings are nobody's; a word is."""
    covered = spans[0]
    for span in spans[1:]:
        if any(character.isalnum() for character in document.text[covered.end : span.start]):
            raise NotSideBySide(
                one=segments.quote(covered, document), other=segments.quote(span, document)
            )
        if span.end > covered.end:
            covered = span
