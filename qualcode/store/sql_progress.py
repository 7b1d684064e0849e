"""How far a study has come, counted in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, distinct, func, select

from qualcode.store import views as v
from qualcode.store.sql_asking import Asking, Condition, analysed
from qualcode.store.sql_facets import has_any
from qualcode.store.sql_turns import in_material
from qualcode.store.tables import (
    category,
    closed_answer,
    code,
    codebook,
    coding,
    decision,
    document,
    placement,
    reduction,
    reduction_link,
    respondent,
    role,
    role_map,
    segment,
    source,
)

# Put together once: it is asked after every save, and building it takes longer than asking it.
_STATES = select(
    document.c.id,
    has_any(coding, in_material()),
    has_any(reduction_link, in_material()),
).where(document.c.set_aside.is_(False))


class ProgressViews(Asking):
    def progress(self) -> v.StudyProgress:
        def count(table: Any, *conditions: Condition) -> int:
            return self.connection.execute(
                select(func.count()).select_from(table).where(*conditions)
            ).scalar_one()

        def documents_with(link: Any) -> int:
            return self.connection.execute(
                select(func.count(distinct(segment.c.document_id))).select_from(
                    link.join(segment, link.c.segment_id == segment.c.id).join(
                        document, and_(segment.c.document_id == document.c.id, analysed)
                    )
                )
            ).scalar_one()

        return v.StudyProgress(
            sources=count(source),
            respondents=count(respondent),
            documents=count(document),
            set_aside=count(document, document.c.set_aside.is_(True)),
            coded_documents=documents_with(coding),
            reduced_documents=documents_with(reduction_link),
            codings=count(coding),
            segments=count(segment),
            reductions=count(reduction),
            placed=count(placement),
            categories=count(category),
            codebooks=count(codebook, codebook.c.in_use.is_(True)),
            codes=self.connection.execute(
                select(func.count())
                .select_from(code.join(codebook, code.c.codebook_id == codebook.c.id))
                .where(codebook.c.in_use.is_(True))
            ).scalar_one(),
            role_maps=count(role_map),
            roles=count(role),
            closed_answers=count(closed_answer),
            decisions=count(decision),
        )

    def text_states(self, document_ids: Sequence[str] | None = None) -> dict[str, v.TextState]:
        named = [] if document_ids is None else [self._one_of(document.c.id, document_ids)]
        rows = self.connection.execute(_STATES.where(*named))
        return {id: v.TextState(bool(coded), bool(reduced)) for id, coded, reduced in rows}
