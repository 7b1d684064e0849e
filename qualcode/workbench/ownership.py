"""Whose a mark is: a coding says that one coder sees one code in one span, a link that one coder
reduced it so. Only that coder changes it or takes it off."""

from __future__ import annotations

from typing import TypeVar

from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.errors import QualcodeError
from qualcode.store.kinds import kind_of
from qualcode.workbench.bench import Work

M = TypeVar("M", Coding, ReductionLink)


class NotYours(QualcodeError):
    template = (
        "This {kind} was made by {who}, and only they can change it. Mark the passage yourself "
        "as you see it; comparing the coders then shows the difference."
    )


def own(work: Work, cls: type[M], id: str) -> M:
    """The coder's own mark; another's is refused with the name of the one whose it is."""
    row = work.require(cls, id)
    check_own(work, row)
    return row


def check_own(work: Work, row: Coding | ReductionLink) -> None:
    if row.coder != work.bench.coder:
        raise NotYours(kind=kind_of(type(row)).name, who=row.coder)
