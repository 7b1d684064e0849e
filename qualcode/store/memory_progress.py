"""How far a study has come, counted in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qualcode.domain.categories import Category, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import ClosedAnswer, Document, Respondent, Segment, Source
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.store import views as v
from qualcode.store.memory_rows import MemoryRows


class MemoryProgress(MemoryRows):
    def progress(self) -> v.StudyProgress:
        def count(cls: type[Any]) -> int:
            return len(self._all(cls))

        states = self.text_states().values()
        in_use = {b.id for b in self._all(Codebook) if b.in_use}
        return v.StudyProgress(
            sources=count(Source),
            respondents=count(Respondent),
            documents=count(Document),
            set_aside=count(Document) - len(states),
            coded_documents=sum(state.coded for state in states),
            reduced_documents=sum(state.reduced for state in states),
            codings=count(Coding),
            segments=count(Segment),
            reductions=count(ReducedExpression),
            placed=count(Placement),
            categories=count(Category),
            codebooks=len(in_use),
            codes=sum(c.codebook_id in in_use for c in self._all(Code)),
            role_maps=count(RoleMap),
            roles=count(Role),
            closed_answers=count(ClosedAnswer),
            decisions=len(self._state.decisions),
        )

    def text_states(self, document_ids: Sequence[str] | None = None) -> dict[str, v.TextState]:
        counted = self._counted_segments()
        coded = self._texts_with(Coding, counted)
        reduced = self._texts_with(ReductionLink, counted)
        wanted = None if document_ids is None else set(document_ids)
        return {
            d.id: v.TextState(d.id in coded, d.id in reduced)
            for d in self._all(Document)
            if not d.set_aside and (wanted is None or d.id in wanted)
        }

    def _texts_with(self, cls: type[Coding] | type[ReductionLink], counted: set[str]) -> set[str]:
        marked = {one.segment_id for one in self._all(cls)} & counted
        return {s.document_id for s in self._all(Segment) if s.id in marked}
