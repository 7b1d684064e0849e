"""Which questions of several files are one and the same, in which round, of how many forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.domain.documents import Item
from qualcode.domain.instruments import FormItem, ItemLink
from qualcode.domain.rounds import Gathering, Round, Sending
from qualcode.store.repository import Reading


@dataclass(frozen=True)
class Binding:
    """``same``: question -> the first one that is the same question of the same round, for those
    that are bound to one form. ``rounds``: file -> its round's name. ``entered``: (file, actor
    group) -> forms said to have come back, where one file alone holds that group's answers.
    ``filters``: a question asked of some only -> the question of the form that tells of whom."""

    same: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, str] = field(default_factory=dict)
    entered: Mapping[tuple[str, str], int] = field(default_factory=dict)
    asked: Mapping[str, FormItem] = field(default_factory=dict)
    filters: Mapping[str, FormItem] = field(default_factory=dict)

    @property
    def some_only(self) -> dict[str, tuple[str, str]]:
        """Question -> (answer, question): only those who answered so to that one were asked. Where
        the form tells of whom in words only, there is no question."""
        by_words = {
            id: (one.filter_value, "") for id, one in self.asked.items() if one.filter_value
        }
        return by_words | {
            id: (self.asked[id].filter_value, one.number or f"“{one.text}”")
            for id, one in self.filters.items()
        }


def read_binding(rows: Reading) -> Binding:
    """The ties of the open study; empty where nothing is bound."""
    asked_of = {link.id: link.asked_id for link in rows.find(ItemLink)}
    asked = {one.id: one for one in rows.find(FormItem, id=tuple(set(asked_of.values())))}
    filtering = tuple({one.filter_of for one in asked.values() if one.filter_of})
    filters = {one.id: one for one in rows.find(FormItem, id=filtering)}
    round_of = {g.id: g.round_id for g in rows.find(Gathering)}
    items = {item.id: item for item in rows.find(Item)}
    same: dict[str, str] = {}
    first: dict[tuple[object, ...], str] = {}
    # Two closed questions of one file are never counted as one: each person would count twice.
    counted: set[tuple[object, ...]] = set()
    for item in sorted(items.values(), key=lambda i: (i.position, i.id)):
        if item.id in asked_of:
            lineage = asked[asked_of[item.id]].lineage
            key = (lineage, round_of.get(item.source_id), item.kind, item.options)
            if (key, item.source_id) not in counted or item.kind.is_text:
                same[item.id] = first.setdefault(key, item.id)
                counted.add((key, item.source_id))
    names = {r.id: r.name for r in rows.find(Round)}
    return Binding(
        same,
        {id: names[round_id] for id, round_id in round_of.items() if round_id},
        _entered(rows, items, same, round_of),
        {item_id: asked[asked_id] for item_id, asked_id in asked_of.items()},
        {
            item_id: filters[filter_id]
            for item_id, asked_id in asked_of.items()
            if (filter_id := asked[asked_id].filter_of)
        },
    )


def _entered(
    rows: Reading,
    items: Mapping[str, Item],
    same: Mapping[str, str],
    round_of: Mapping[str, str | None],
) -> dict[tuple[str, str], int]:
    returned: dict[tuple[str | None, str], list[int | None]] = defaultdict(list)
    for sending in rows.find(Sending):
        returned[sending.round_id, sending.actor_group].append(sending.returned)
    if not returned:
        return {}
    files: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for row in rows.closed_counts():
        source = items[same.get(row.item_id, row.item_id)].source_id
        files[round_of.get(source), row.actor_group].add(source)
    return {
        (next(iter(sources)), key[1]): sum(n or 0 for n in returned[key])
        for key, sources in files.items()
        if len(sources) == 1 and key in returned and None not in returned[key]
    }
