"""The screens' questions about closed answers, in memory: the readable definition."""

from __future__ import annotations

from collections import defaultdict

from qualcode.domain.documents import ClosedAnswer, ClosedState, Item, Respondent
from qualcode.store import views as v
from qualcode.store.closed_views import ClosedAnswerRow, ClosedQuery, Returned
from qualcode.store.memory_rows import MemoryRows


class MemoryClosed(MemoryRows):
    """Mixed into the reading of a study in memory."""

    def closed_answers(
        self, query: ClosedQuery, offset: int, limit: int
    ) -> v.Page[ClosedAnswerRow]:
        def matches(answer: ClosedAnswer) -> bool:
            return (
                (query.item_ids is None or answer.item_id in query.item_ids)
                and query.actor_group in (None, self._closed_group(answer))
                and query.state in (None, answer.state)
                and query.value in (None, answer.value)
            )

        def order(answer: ClosedAnswer) -> tuple[int, str, int, str]:
            item = self.get(Item, answer.item_id)
            person = self.get(Respondent, answer.respondent_id or "")
            return (
                item.position if item else 0,
                answer.item_id,
                person.position if person else 0,
                answer.id,
            )

        found = sorted((a for a in self._all(ClosedAnswer) if matches(a)), key=order)
        rows = tuple(self._closed_row(answer) for answer in found[offset : offset + limit])
        return v.Page(rows, len(found), offset, limit)

    def _closed_row(self, answer: ClosedAnswer) -> ClosedAnswerRow:
        item = self.get(Item, answer.item_id)
        person = self.get(Respondent, answer.respondent_id or "")
        return ClosedAnswerRow(
            answer,
            person.label if person else "",
            self._closed_group(answer),
            item.number if item else "",
            item.text if item else "",
        )

    def _closed_group(self, answer: ClosedAnswer) -> str:
        person = self.get(Respondent, answer.respondent_id or "")
        return answer.actor_group or (person.actor_group if person else "")

    def closed_answerers(self) -> dict[tuple[str, str], int]:
        people: dict[tuple[str, str], set[str]] = defaultdict(set)
        for answer in self._all(ClosedAnswer):
            if answer.state is ClosedState.ANSWERED and answer.respondent_id:
                people[answer.item_id, self._closed_group(answer)].add(answer.respondent_id)
        return {key: len(who) for key, who in people.items()}

    def returned(self, place: str = "") -> list[Returned]:
        found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for r in self._all(Respondent):
            value = r.background.get(place, "") if place else ""
            found[r.source_id, r.actor_group, value].append(r.position)
        return [Returned(*key, len(at), min(at)) for key, at in sorted(found.items())]
