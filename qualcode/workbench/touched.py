"""What an act of the log touched, in words, and where each thing is seen.

A row that is gone is told from the log itself, as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qualcode.domain.decisions import Change, Decision
from qualcode.domain.documents import Document, Segment, one_line
from qualcode.store.kinds import KINDS, from_row
from qualcode.store.repository import Reading
from qualcode.workbench.memo_links import Thing, name_of, quoted, things

MOST = 40
"""Things of a bulk act that are told one by one."""

LONGEST = 80

SHARED = "segment"
"""Expressions come and go with what hangs on them, and are told with it."""


class How(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Touched:
    """A row that an act made, changed or removed.

    ``things`` are what it speaks of, the first being the one to open: a coding is told by its
    passage and its code. Those that the study no longer has are not ``there``.
    """

    kind: str
    id: str
    how: How
    things: tuple[Thing, ...]


def touched(
    rows: Reading,
    decision: Decision,
    language: str,
    limit: int = MOST,
    reviewing: bool = False,
) -> tuple[list[Touched], int]:
    """The rows that the decision touched, at most ``limit``, and how many there are in all."""
    telling = [change for change in decision.changes if change.kind != SHARED]
    shown = (telling or decision.changes)[:limit]
    spoken = {(change.kind, change.id): list(_speaks_of(change)) for change in shown}
    names = [name for names in spoken.values() for name in names]
    known = _known(rows, decision, names, language, reviewing)
    found = [
        Touched(
            change.kind,
            change.id,
            _how(change),
            tuple(known[name] for name in spoken[change.kind, change.id] if name in known),
        )
        for change in shown
    ]
    return found, len(telling or decision.changes)


def _how(change: Change) -> How:
    if change.before is None:
        return How.NEW
    return How.GONE if change.after is None else How.CHANGED


def _speaks_of(change: Change) -> Iterable[tuple[str, str]]:
    row = change.after if change.after is not None else change.before
    if row is None:
        return
    for field in _NAMED.get(change.kind, ()):
        if row.get(field) is not None:
            yield KINDS[change.kind].references[field], str(row[field])
    if change.kind not in _NAMED:
        yield change.kind, change.id


_NAMED: Mapping[str, tuple[str, ...]] = {
    "coding": ("segment_id", "code_id"),
    "reduction_link": ("segment_id", "reduction_id"),
    "placement": ("id", "category_id"),
    "role_placement": ("role_id", "category_id", "reduction_id"),
    "role_pair": ("role_id", "counter_id"),
    "role_trait": ("role_id",),
    "role_comment": ("role_id", "map_id"),
    "pin": ("reduction_id", "category_id"),
    "bookmark": ("document_id",),
    "stance": ("segment_id",),
    "closed_answer": ("respondent_id", "item_id"),
    "wall_place": ("id", "group_id"),
    "workshop_source": ("id", "workshop_id"),
}
"""Kinds without a name of their own -> the references that tell what they are."""


def _known(
    rows: Reading,
    decision: Decision,
    names: Sequence[tuple[str, str]],
    language: str,
    reviewing: bool,
) -> dict[tuple[str, str], Thing]:
    """The things by name: as they are now, else as the act or the log knew them."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, id in names:
        by_kind[kind].append(id)
    found = {
        (kind, id): thing
        for kind, ids in by_kind.items()
        for id, thing in things(rows, kind, ids, language, reviewing).items()
    }
    here = {(change.kind, change.id): change for change in decision.changes}
    for name in dict.fromkeys(names):
        if name not in found:
            change = here.get(name) or _last_change(rows, *name)
            found[name] = _gone(rows, name, change, language, reviewing)
    return found


def _last_change(rows: Reading, kind: str, id: str) -> Change | None:
    last = rows.last_change_of(kind, id)
    full = None if last is None else rows.decision(last.id)
    changes = () if full is None else full.changes
    return next((change for change in changes if (change.kind, change.id) == (kind, id)), None)


def _gone(
    rows: Reading, name: tuple[str, str], change: Change | None, language: str, reviewing: bool
) -> Thing:
    """A thing that the study no longer has, as the log knew it; of a passage its text is left."""
    row = None if change is None else change.after or change.before
    if change is None or row is None:
        return Thing(*name, "", there=False)
    if change.kind == SHARED:
        segment = from_row(Segment, row)
        text = rows.get(Document, segment.document_id)
        if text is not None:
            quote = one_line(segment.of(text.text))[:LONGEST]
            return Thing("document", text.id, quoted(quote, language))
    return Thing(*name, _name(change.kind, row, language, reviewing), there=False)


def _name(kind: str, row: Mapping[str, object], language: str, reviewing: bool) -> str:
    """What a row that is gone, or has no page of its own, was called."""
    if kind in NAMED_BY_LINKS:
        return name_of(kind, from_row(KINDS[kind].cls, row), language, reviewing)
    if reviewing and kind in NAMED_AS_PEOPLE:
        return ""
    said: Any = row.get("name") or row.get("label") or row.get("key") or ""
    return one_line(str(said))[:LONGEST]


NAMED_AS_PEOPLE = ("source", "speaker")
"""Kinds whose names may be a person's: an interview's file is often called by its person."""

NAMED_BY_LINKS = (
    "study",
    "document",
    "reduction",
    "code",
    "codebook",
    "category",
    "role",
    "role_map",
    "respondent",
    "item",
    "memo",
)
