"""How far the reading has come, kept in step with the study: only what changed is looked at again.

Looking through all texts of a large study takes longer than saving a coding. Which texts are coded
and which are reduced is kept for each open study, and brought up from the decisions made since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from qualcode.domain.coding import ReductionLink
from qualcode.domain.decisions import Change
from qualcode.domain.documents import Segment
from qualcode.store.repository import Reading, Store
from qualcode.workbench.code_counting import MOST_CHANGES, values_of
from qualcode.workbench.store_locks import StoreLocks

COUNTED = frozenset(("document", "segment", "coding", "reduction_link"))
"""Kinds of rows that make a text coded or reduced, or material at all."""


@dataclass(frozen=True)
class ReadingProgress:
    """Texts that are read, and how many of them are coded and reduced; none that is set aside."""

    answers: int
    coded: int
    reduced: int


@dataclass
class _Kept:
    """The texts behind the numbers, as of one revision."""

    revision: int
    answers: set[str] = field(default_factory=set)
    coded: set[str] = field(default_factory=set)
    reduced: set[str] = field(default_factory=set)

    @property
    def numbers(self) -> ReadingProgress:
        return ReadingProgress(len(self.answers), len(self.coded), len(self.reduced))

    def note(self, rows: Reading, document_ids: Sequence[str] | None = None) -> None:
        """Looks at these texts anew, or at all."""
        states = rows.text_states(document_ids)
        gone = self.answers.copy() if document_ids is None else set(document_ids)
        for texts, now in (
            (self.answers, set(states)),
            (self.coded, {id for id, state in states.items() if state.coded}),
            (self.reduced, {id for id, state in states.items() if state.reduced}),
        ):
            texts -= gone
            texts |= now


_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_counting = StoreLocks()


def reading_progress(store: Store, rows: Reading) -> ReadingProgress:
    """The numbers of the revision that ``rows`` sees.

    A window adds what it has not heard of yet: a later revision may hold just that.
    """
    revision = rows.revision()
    with _counting.alone(store):
        kept = _kept.get(store)
        if kept is None:
            kept = _Kept(revision)
            kept.note(rows)
            _kept[store] = kept
        elif kept.revision < revision:
            touched = _touched_since(rows, kept.revision)
            if touched is None or touched:
                kept.note(rows, touched)
            kept.revision = revision
        if kept.revision == revision:
            return kept.numbers
    # Somebody has acted since ``rows`` began, and another window has asked: that is seldom.
    older = _Kept(revision)
    older.note(rows)
    return older.numbers


def _touched_since(rows: Reading, revision: int) -> list[str] | None:
    """The texts whose state may be another since then; None: it may be any of them."""
    decisions = rows.changes_since(revision, MOST_CHANGES)
    if decisions is None:
        return None
    changes = [change for decision in decisions for change in decision.changes]
    if any(change.kind == "speaker" for change in changes):
        # What an interviewer says is not counted: another interviewer changes any text.
        return None
    return sorted(documents_touched(rows, [c for c in changes if c.kind in COUNTED]))


def documents_touched(rows: Reading, changes: Sequence[Change]) -> frozenset[str]:
    """The texts that the changed rows lie on: by themselves, or through their expression.

    ``rows`` sees the study after them.
    """
    reworded = values_of(changes, "id", kind="reduction")
    links = rows.find(ReductionLink, reduction_id=tuple(sorted(reworded))) if reworded else []
    noted = [side for change in changes if change.kind == "memo" for side in _sides(change)]
    segments = values_of(changes, "segment_id") | {link.segment_id for link in links}
    segments |= {str(memo["about_id"]) for memo in noted if memo["about_kind"] == "segment"}
    # An expression may be gone by now; then its own change tells where it was.
    known = {
        str(side["id"]): str(side["document_id"])
        for change in changes
        if change.kind == "segment"
        for side in _sides(change)
    }
    asked = tuple(sorted(segments - known.keys()))
    found = {s.document_id for s in (rows.find(Segment, id=asked) if asked else [])}
    return (
        frozenset(known.values())
        | found
        | values_of(changes, "id", kind="document")
        | values_of(changes, "document_id")
        | {str(memo["about_id"]) for memo in noted if memo["about_kind"] == "document"}
    )


def _sides(change: Change) -> list[Mapping[str, object]]:
    return [side for side in (change.before, change.after) if side is not None]
