"""Closed answers counted: options, missing and uninterpretable, each by itself.

The rule of the survey: counts + missing + uninterpretable = forms returned. A share is never told
without the number it is a share of, and with few answers it is told to mean little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

SMALL_N = 10
"""Below this many answers a share says more than the data does."""

ANSWERED, MISSING, UNINTERPRETABLE = "answered", "missing", "uninterpretable"


class ClosedRow(Protocol):
    """Some answers to one item by one actor group."""

    @property
    def item_id(self) -> str: ...
    @property
    def actor_group(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def count(self) -> int: ...


@dataclass(frozen=True)
class OptionCount:
    """How many chose the option, and its share of those who answered (None when nobody did)."""

    option: str
    count: int
    share: float | None


@dataclass(frozen=True)
class ItemCounts:
    """One item answered by one actor group."""

    item_id: str
    actor_group: str
    options: tuple[OptionCount, ...]
    missing: int
    uninterpretable: int
    answered: int
    several: bool = False

    @property
    def returned(self) -> int:
        """Forms accounted for by this item."""
        return self.answered + self.missing + self.uninterpretable

    @property
    def small(self) -> bool:
        """Whether so few answered that a share would mislead."""
        return self.answered < SMALL_N


@dataclass
class _Counting:
    values: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)


def count_items(
    rows: Iterable[ClosedRow],
    options: Mapping[str, Sequence[str]],
    several: Mapping[tuple[str, str], int] | None = None,
) -> list[ItemCounts]:
    """Counts an item and actor group, in the order found.

    ``options`` gives each item's options in the form's order; an option that nobody chose counts
    0, a value that is not among them comes after them. ``several`` gives, for an item where one may
    choose many, (item, actor group) -> how many answered: its option counts do not sum up to n.
    """
    found: dict[tuple[str, str], _Counting] = {}
    for row in rows:
        counting = found.setdefault((row.item_id, row.actor_group), _Counting())
        counting.states[row.state] = counting.states.get(row.state, 0) + row.count
        if row.state == ANSWERED:
            counting.values[row.value] = counting.values.get(row.value, 0) + row.count
    return [
        _item_counts(key, counting, options.get(key[0], ()), (several or {}).get(key))
        for key, counting in found.items()
    ]


def _item_counts(
    key: tuple[str, str], counting: _Counting, options: Sequence[str], answerers: int | None
) -> ItemCounts:
    answered = counting.states.get(ANSWERED, 0) if answerers is None else answerers
    listed = [*options, *sorted(set(counting.values) - set(options), key=_number_first)]
    return ItemCounts(
        item_id=key[0],
        actor_group=key[1],
        options=tuple(
            OptionCount(
                option,
                counting.values.get(option, 0),
                counting.values.get(option, 0) / answered if answered else None,
            )
            for option in dict.fromkeys(listed)
        ),
        missing=counting.states.get(MISSING, 0),
        uninterpretable=counting.states.get(UNINTERPRETABLE, 0),
        answered=answered,
        several=answerers is not None,
    )


def returned_differs(items: Iterable[ItemCounts]) -> list[ItemCounts]:
    """Items whose sum is not what the most items of their actor group sum up to.

    Every form has every item, so the sums of one group must agree; an item with another sum has
    answers lost or counted twice. Give the items of one form at a time.
    """
    by_group: dict[str, list[ItemCounts]] = {}
    for item in items:
        by_group.setdefault(item.actor_group, []).append(item)
    different: list[ItemCounts] = []
    for group in by_group.values():
        sums = [item.returned for item in group]
        usual = max(sums, key=lambda n: (sums.count(n), n))
        different += [item for item in group if item.returned != usual]
    return different


def _number_first(value: str) -> tuple[int, float, str]:
    try:
        return (0, float(value.replace(",", ".")), value)
    except ValueError:
        return (1, 0.0, value)
