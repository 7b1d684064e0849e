"""A rehearsal: acts turned in thought, over a study that is only read.

What builds on an act is found by taking it back and seeing what stands in the way. That takes
seconds for a large act, so it must not hold the place of the one who writes: everybody's saves
would wait. Here the changed rows lie over those of the store, and nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from qualcode.domain.decisions import Decision
from qualcode.store.kinds import E, Entity, kind_of, referrers_of
from qualcode.store.repository import Reading, Writing


def rehearsal(rows: Reading) -> Writing:
    """What ``turning`` asks of a store that is being written, over one that is read."""
    return cast(Writing, Rehearsal(rows))


class Rehearsal:
    """The study as it would be. It answers what turning an act asks, and no more."""

    def __init__(self, rows: Reading) -> None:
        self._rows = rows
        self._over: dict[str, dict[str, Entity | None]] = {}
        self._undone: set[int] = set()
        self._turns: list[Decision] = []

    # --- rows ---

    def get(self, cls: type[E], id: str) -> E | None:
        over = self._over.get(kind_of(cls).name, {})
        return cast("E | None", over[id]) if id in over else self._rows.get(cls, id)

    def find(self, cls: type[E], **equals: Any) -> list[E]:
        over = self._over.get(kind_of(cls).name, {})
        there = self._rows.find(cls, **equals)
        known = {row.id for row in there}
        # A changed row keeps its place among the others, as in a store.
        now = [over.get(row.id, row) for row in there]
        now += [row for id, row in over.items() if id not in known]
        wanted = {name: _set_of(value) for name, value in equals.items()}
        return [cast(E, row) for row in now if row is not None and _matches(row, wanted)]

    def count(self, cls: type[Any], **equals: Any) -> int:
        return len(self.find(cls, **equals))

    def referrers(self, cls: type[Any], ids: Sequence[str]) -> list[tuple[str, str]]:
        # Kinds of which rows have changed are looked up anew; most have none.
        there = self._rows.referrers(cls, ids)
        found = [one for one in there if not self._over.get(one[0])]
        for kind, field in referrers_of(kind_of(cls).name):
            if self._over.get(kind.name):
                named = self.find(kind.cls, **{field: tuple(ids)})
                found += [(kind.name, row.id) for row in named]
        return found

    def put_all(self, entities: Iterable[Entity]) -> None:
        for entity in entities:
            self._over.setdefault(kind_of(type(entity)).name, {})[entity.id] = entity

    def remove(self, cls: type[Any], ids: Iterable[str]) -> None:
        self._over.setdefault(kind_of(cls).name, {}).update(dict.fromkeys(ids))

    # --- the log ---

    def revision(self) -> int:
        return self._rows.revision() + len(self._turns)

    def decision(self, id: int) -> Decision | None:
        for turn in self._turns:
            if turn.id == id:
                return turn
        found = self._rows.decision(id)
        return replace(found, undone=True) if found and id in self._undone else found

    def last_turn(self, id: int) -> Decision | None:
        mine = [turn for turn in self._turns if turn.of == id]
        return mine[-1] if mine else self._rows.last_turn(id)

    def later_builders(self, id: int) -> list[tuple[int, str, str]]:
        later = self._rows.later_builders(id)
        return [builder for builder in later if builder[0] not in self._undone]

    def last_change_of(self, kind: str, id: str) -> Decision | None:
        for turn in reversed(self._turns):
            if any((change.kind, change.id) == (kind, id) for change in turn.changes):
                return replace(turn, changes=())
        return self._rows.last_change_of(kind, id)

    def maker_of(self, kind: str, id: str, without: Sequence[int] = ()) -> Decision | None:
        return self._rows.maker_of(kind, id, [*self._undone, *without])

    def mark_undone(self, id: int, undone: bool) -> None:
        (self._undone.add if undone else self._undone.discard)(id)

    def append(self, decision: Decision) -> Decision:
        numbered = replace(decision, id=self.revision() + 1)
        self._turns.append(numbered)
        return numbered


def _set_of(value: Any) -> Any:
    """What a field may be: a collection of ids is looked through once, not for every row."""
    return frozenset(value) if isinstance(value, tuple | list | set | frozenset) else value


def _matches(row: Entity, wanted: dict[str, Any]) -> bool:
    return all(
        getattr(row, name) in value if isinstance(value, frozenset) else getattr(row, name) == value
        for name, value in wanted.items()
    )
