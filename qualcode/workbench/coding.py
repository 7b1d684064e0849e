"""Coding: which code an original expression carries, and codes found while reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.domain.approaches import Study
from qualcode.domain.codes import Code, Codebook, Origin, next_colour
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment, one_line
from qualcode.domain.errors import (
    AlreadyThere,
    DuplicateName,
    EmptyName,
    NewCodesNotAllowed,
    StillInUse,
)
from qualcode.workbench import code_weights, segments
from qualcode.workbench.bench import STUDY_ID, Work, Workbench
from qualcode.workbench.codebook_rules import check_colour
from qualcode.workbench.ownership import own

DATA_CODEBOOK = "codebook:aineisto"
"""The codebook that holds codes found in the data."""


@dataclass(frozen=True)
class NewCode:
    """A code that an act makes before it uses it."""

    label: str
    colour: str = ""
    under: str = ""
    """The code whose branch it comes into; without one it is a code of the study's own codebook."""


def make_along(work: Work, code_id: str, new: NewCode | None) -> None:
    """The new code, if there is one: a part of the act that uses it, undone together with it."""
    if new is not None:
        parent = work.require(Code, new.under) if new.under else None
        made, _ = make_code(
            work,
            new.label,
            parent.codebook_id if parent else None,
            code_id,
            parent_id=parent.id if parent else None,
            colour=new.colour,
        )
        work.say(new_code=made.label(work.bench.language))


def code(
    bench: Workbench,
    document_id: str,
    start: int,
    end: int,
    code_id: str,
    coding_id: str | None = None,
    new: NewCode | None = None,
) -> Coding:
    """The expression carries the code, by this coder. Doing it twice changes nothing.

    ``new`` makes that code along the way: a code found in the words that it then stands for.
    """
    with bench.act(Act.CODE) as work:
        make_along(work, code_id, new)
        coding, segment, document = give_code(work, document_id, start, end, code_id, coding_id)
        work.say(
            code=work.require(Code, code_id).label(bench.language),
            quote=segments.quote(segment, document),
            document=document_id,
        )
    return coding


def give_code(
    work: Work,
    document_id: str,
    start: int,
    end: int,
    code_id: str,
    coding_id: str | None = None,
) -> tuple[Coding, Segment, Document]:
    """The coding of that span, new or the coder's one already there: a part of a larger act."""
    work.require(Code, code_id)
    segment, document = segments.mark(work, document_id, start, end)
    segments.check_analysed(document)
    bench = work.bench
    there = work.rows.find(Coding, segment_id=segment.id, code_id=code_id, coder=bench.coder)
    if there:
        return there[0], segment, document
    if coding_id is not None and work.rows.get(Coding, coding_id) is not None:
        raise AlreadyThere(kind="coding")
    coding = Coding(coding_id or bench.new_id(), segment.id, code_id, bench.coder, bench.clock())
    work.put(coding)
    return coding, segment, document


def uncode(bench: Workbench, coding_id: str) -> None:
    """The coder's own coding goes; its expression too, when nothing else hangs on it."""
    with bench.act(Act.UNCODE) as work:
        coding = own(work, Coding, coding_id)
        segment = work.require(Segment, coding.segment_id)
        document = work.require(Document, segment.document_id)
        work.say(
            code=work.require(Code, coding.code_id).label(bench.language),
            quote=segments.quote(segment, document),
            document=document.id,
        )
        work.remove(Coding, [coding_id])
        segments.forget_if_bare(work, segment.id)


def set_aside(bench: Workbench, document_ids: Sequence[str], aside: bool) -> None:
    """Texts marked as non-answers, or taken back among the answers. Nothing is deleted."""
    if not document_ids:
        return
    with bench.act(Act.SET_ASIDE if aside else Act.BRING_BACK) as work:
        documents = [work.require(Document, id) for id in document_ids]
        for document in documents:
            work.put(replace(document, set_aside=aside))
        work.say(count=len(documents), quote=documents[0].text[: segments.QUOTE_LENGTH])


# --- codes ----------------------------------------------------------------------------------


def add_code(
    bench: Workbench,
    label: str,
    codebook_id: str | None = None,
    code_id: str | None = None,
    definition: str = "",
    parent_id: str | None = None,
    origin: Origin = Origin.DATA,
    colour: str = "",
) -> Code:
    """A code found while reading (origin: data), by default in the study's own codebook.

    It gets the lowest free key of 1-9, if there is one, and without ``colour`` the first colour
    of the palette that no code of the study has.

    A strict frame of a theory-driven study takes no new codes.
    """
    with bench.act(Act.ADD_CODE) as work:
        new, codebook = make_code(
            work, label, codebook_id, code_id, definition, parent_id, origin, colour
        )
        work.say(code=new.label(bench.language), codebook=codebook.name(bench.language))
    return new


def make_code(
    work: Work,
    label: str,
    codebook_id: str | None = None,
    code_id: str | None = None,
    definition: str = "",
    parent_id: str | None = None,
    origin: Origin = Origin.DATA,
    colour: str = "",
) -> tuple[Code, Codebook]:
    """A code as ``add_code`` tells it, with its codebook: a part of a larger act."""
    bench, label = work.bench, one_line(label)
    if not label:
        raise EmptyName()
    check_colour(colour)
    if not work.require(Study, STUDY_ID).allows_new_codes():
        raise NewCodesNotAllowed()
    codebook = work.require(Codebook, codebook_id) if codebook_id else _data_codebook(work)
    siblings = work.rows.find(Code, codebook_id=codebook.id)
    there = work.rows.get(Code, code_id) if code_id else None
    if there is not None:
        if there in siblings and there.label(bench.language) == label:
            return there, codebook
        raise AlreadyThere(kind="code")
    for sibling in siblings:
        if label.casefold() in (sibling.label_fi.casefold(), sibling.label_en.casefold()):
            raise DuplicateName(kind="code", name=label)
    english = bench.language == "en"
    new = Code(
        id=code_id or bench.new_id(),
        codebook_id=codebook.id,
        key=_free_key(label, {s.key for s in siblings}),
        label_fi="" if english else label,
        label_en=label if english else "",
        definition_fi="" if english else definition,
        definition_en=definition if english else "",
        parent_id=parent_id,
        origin=origin,
        colour=colour or _free_colour(work),
        shortcut=_free_key_number(work),
        position=max((s.position for s in siblings), default=-1) + 1,
    )
    work.put(new)
    return new, codebook


def remove_code(bench: Workbench, code_id: str) -> None:
    """A code that nothing uses goes."""
    with bench.act(Act.REMOVE_CODE) as work:
        gone = work.require(Code, code_id)
        users = work.rows.referrers(Code, [code_id])
        if users:
            raise StillInUse(kind="code", name=gone.label(bench.language), count=len(users))
        code_weights.drop(work, [code_id])
        work.remove(Code, [code_id])
        work.say(code=gone.label(bench.language))


def _data_codebook(work: Work) -> Codebook:
    codebook = work.rows.get(Codebook, DATA_CODEBOOK)
    if codebook is None:
        codebook = Codebook(
            DATA_CODEBOOK,
            "aineisto",
            "Aineistosta löydetyt koodit",
            "Codes found in the data",
            position=work.rows.count(Codebook),
        )
        work.put(codebook)
    elif not codebook.in_use:
        # Put out of use earlier: a new code in it must be seen.
        codebook = replace(codebook, in_use=True)
        work.put(codebook)
    return codebook


def _free_colour(work: Work) -> str:
    return next_colour(Counter(code.colour.upper() for code in work.rows.find(Code)))


def _free_key_number(work: Work) -> str:
    """The lowest of the keys 1-9 that no code has, so that a new code can be used at once."""
    taken = {code.shortcut for code in work.rows.find(Code, shortcut=tuple("123456789"))}
    return next((key for key in "123456789" if key not in taken), "")


def _free_key(label: str, taken: set[str]) -> str:
    """A short name for files: ``oma_aika``, then ``oma_aika_2`` when it is taken.

    >>> _free_key("Oma aika!", {"oma_aika"})
    'oma_aika_2'
    """
    stem = re.sub(r"\W+", "_", label.casefold()).strip("_") or "koodi"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
