"""What changed from one version of a form to the next, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from qualcode.domain.instruments import FormItem

_NOT_COMPARED = ("id", "instrument_id", "lineage", "position", "follows", "filter_of")


class Changed(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    EDITED = "edited"


@dataclass(frozen=True)
class FormChange:
    """One question in two versions. ``fields`` names what is written otherwise.

    A question that was both edited and moved is told once, as edited and with ``moved``.
    """

    kind: Changed
    before: FormItem | None
    after: FormItem | None
    fields: tuple[str, ...] = ()
    moved: bool = False


def changes(before: Sequence[FormItem], after: Sequence[FormItem]) -> list[FormChange]:
    """In the order of the newer version; what was removed comes last.

    A question counts as moved only when its place among those that both versions have is another:
    one added in front moves nothing.
    """
    old = {item.lineage: item for item in before}
    new = {item.lineage: item for item in after}
    stayed = set(_longest_in_order([i.lineage for i in before], [i.lineage for i in after]))
    found: list[FormChange] = []
    for item in after:
        was = old.get(item.lineage)
        if was is None:
            found.append(FormChange(Changed.ADDED, None, item))
            continue
        edited = tuple(
            field.name
            for field in fields(FormItem)
            if field.name not in _NOT_COMPARED
            and getattr(was, field.name) != getattr(item, field.name)
        )
        edited += tuple(
            name
            for name in ("follows", "filter_of")
            if _named(before, getattr(was, name)) != _named(after, getattr(item, name))
        )
        moved = item.lineage not in stayed
        if edited or moved:
            kind = Changed.EDITED if edited else Changed.MOVED
            found.append(FormChange(kind, was, item, edited, moved))
    found += [FormChange(Changed.REMOVED, item, None) for item in before if item.lineage not in new]
    return found


def _named(items: Sequence[FormItem], id: str | None) -> str | None:
    """The question an id names, as both versions know it."""
    return next((item.lineage for item in items if item.id == id), None)


def _longest_in_order(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The longest run of questions that stand in the same order in both (not side by side)."""
    place = {lineage: n for n, lineage in enumerate(after)}
    common = [lineage for lineage in before if lineage in place]
    best: list[list[str]] = []
    for n, lineage in enumerate(common):
        earlier = [best[m] for m in range(n) if place[common[m]] < place[lineage]]
        best.append([*max(earlier, key=len, default=[]), lineage])
    return max(best, key=len, default=[])
