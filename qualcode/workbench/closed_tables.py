"""Closed answers on the screen: counted by the store, every number a way to what it counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.closed_answers import ItemCounts
from qualcode.domain.documents import ClosedState, Item, ItemKind
from qualcode.exports.diverging_bars import Look
from qualcode.exports.report import Figure, Table
from qualcode.store.closed_views import ClosedAnswerRow, ClosedQuery
from qualcode.store.repository import Reading
from qualcode.store.views import Page
from qualcode.texts import gettext_for, ngettext_for, pgettext_for
from qualcode.workbench.bench import Workbench
from qualcode.workbench.form_binding import Binding, read_binding
from qualcode.workbench.report_parts.closed import blocks_of
from qualcode.workbench.report_parts.closed_asked import Asked, Counts, Evidence


class ScreenWords:
    """The tables' language and questions, as ``report_parts.closed`` wants them."""

    def __init__(self, language: str, items: Mapping[str, Item], order: Sequence[str]) -> None:
        self.language = language
        self.items = items
        self._order = order
        self._: Callable[[str], str] = gettext_for(language)
        self.pgettext: Callable[[str, str], str] = pgettext_for(language)
        self.ngettext: Callable[[str, str, int], str] = ngettext_for(language)

    def groups(self, named: Iterable[str]) -> list[str]:
        """The actor groups in the order of the study's respondents, others after them."""
        wanted = set(named)
        known = list(dict.fromkeys(self._order))
        return [g for g in [*known, *sorted(wanted - set(known))] if g in wanted]


@dataclass(frozen=True)
class Counted:
    """All closed answers of the study, counted, with what is needed to make tables of them.

    ``together``: question -> every question counted with it.
    """

    words: ScreenWords
    asked: Asked
    binding: Binding
    together: Mapping[str, tuple[str, ...]]

    def key(self, item: ItemCounts, state: ClosedState, value: str | None) -> tuple[str, ...]:
        """The address of the answers that a number counts; none where it counts nothing."""
        of_state = {
            ClosedState.ANSWERED: item.answered,
            ClosedState.MISSING: item.missing,
            ClosedState.UNINTERPRETABLE: item.uninterpretable,
        }
        chosen = {option.option: option.count for option in item.options}
        if not (of_state[state] if value is None else chosen.get(value)):
            return ()
        ids = self.together.get(item.item_id, (item.item_id,))
        return (json.dumps([ids, item.actor_group, state.value, value]),)


def counted(bench: Workbench, language: str) -> Counted:
    """The counts as the store gives them: nothing is read answer by answer."""
    with bench.store.reading() as rows:
        binding = read_binding(rows)
        counts = rows.closed_counts()
        answerers = rows.closed_answerers()
        named = tuple({row.item_id for row in counts})
        items = {item.id: item for item in rows.find(Item, id=named)}
        order = _group_order(rows)
    same = {id: first for id, first in binding.same.items() if id in items and first in items}
    merged: dict[tuple[str, str, str, str], int] = {}
    together: dict[str, list[str]] = {}
    for row in counts:
        first = same.get(row.item_id, row.item_id)
        key = (first, row.actor_group, row.state.value, row.value)
        merged[key] = merged.get(key, 0) + row.count
        ids = together.setdefault(first, [])
        if row.item_id not in ids:
            ids.append(row.item_id)
    several: dict[tuple[str, str], int] = {}
    for (item_id, group), people in answerers.items():
        if items[item_id].kind is ItemKind.MULTIPLE_CHOICE:
            place = (same.get(item_id, item_id), group)
            several[place] = several.get(place, 0) + people
    return Counted(
        ScreenWords(language, items, order),
        Asked(
            [Counts(*key, count) for key, count in merged.items()],
            several,
            same,
            binding.rounds,
            binding.entered,
            binding.some_only,
        ),
        binding,
        {first: tuple(ids) for first, ids in together.items()},
    )


@dataclass(frozen=True)
class TableWithBars:
    """A table, the figure beside it where it has scales, and whose answers they are."""

    table: Table
    figure: Figure | None
    actor_group: str


def blocks(found: Counted, shares: bool, bars: bool, look: Look) -> list[TableWithBars]:
    """Tables 2-7: one for each actor group and section of a form, each scale with its bars."""
    evidence: Evidence = found.key
    language = found.words.language
    made: list[TableWithBars] = []
    for block in blocks_of(found.words, found.asked, evidence, shares, bars, language, look):
        if isinstance(block, Figure):
            made[-1] = replace(made[-1], figure=block)
        else:
            made.append(TableWithBars(block, None, _group_of(block)))
    return made


def _group_of(table: Table) -> str:
    """The actor group that the table's numbers are of."""
    for row in table.rows:
        for cell in row.cells:
            query = query_of(cell.evidence)
            if query is not None:
                return query.actor_group or ""
    return ""


def query_of(evidence: Sequence[str]) -> ClosedQuery | None:
    """The question whose answers a number counts; None for what is no address of ours."""
    try:
        ids, group, state, value = json.loads(evidence[0])
        return ClosedQuery(tuple(ids), group, ClosedState(state), value)
    except (ValueError, IndexError, TypeError):
        return None


def behind(bench: Workbench, query: ClosedQuery, offset: int, limit: int) -> Page[ClosedAnswerRow]:
    """A page of the answers that a number counts."""
    with bench.store.reading() as rows:
        return rows.closed_answers(query, offset, limit)


def _group_order(rows: Reading) -> list[str]:
    return [line.actor_group for line in sorted(rows.returned(), key=lambda line: line.first)]
