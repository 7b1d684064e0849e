"""The one door to a study's rows. What a store must do; ``memory`` is its readable definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import qualcode.store.views as v
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Decision
from qualcode.store.kinds import E, Entity


class Reading(Protocol):
    """A consistent look at the study. Rows come in no order unless one is named."""

    def get(self, cls: type[E], id: str) -> E | None:
        """The row with this id, or None."""

    def find(self, cls: type[E], **equals: Any) -> list[E]:
        """Rows whose fields equal the values given (a tuple: one of them; None: empty)."""

    def count(self, cls: type[Any], **equals: Any) -> int:
        """How many rows ``find`` would give."""

    def referrers(self, cls: type[Any], ids: Sequence[str]) -> list[tuple[str, str]]:
        """(kind, id) of every row that names one of these rows."""

    def last_position(self, cls: type[Any]) -> int:
        """The highest ``position`` of rows that have one; -1 when there are none."""

    def revision(self) -> int:
        """Rises with every decision; two equal revisions mean an unchanged study."""

    # --- views ---

    def answers(self, query: v.AnswerQuery, offset: int, limit: int) -> v.Page[v.AnswerRow]:
        """Texts in the study's order, with codings and reductions."""

    def answer_position(self, query: v.AnswerQuery, document_id: str) -> int | None:
        """How many matching texts come before this one; None when it does not match."""

    def attribute_values(self) -> dict[str, list[str]]:
        """Every background variable with the values it takes, for the filter lists."""

    def reductions(
        self, query: v.ReductionQuery, offset: int, limit: int
    ) -> v.Page[v.ReductionRow]:
        """Reductions by wording. Texts set aside are left out of their counts and examples."""

    def worded(self, wording: str) -> ReducedExpression | None:
        """The reduction of these words, letter case and end stops aside; the first one made."""

    def expressions(
        self, query: v.ExpressionQuery, offset: int, limit: int
    ) -> v.Page[v.ExpressionRow]:
        """Original expressions in the study's order, each once; those of texts set aside too."""

    def code_counts(self) -> dict[str, v.Count]:
        """Per code: distinct expressions and distinct respondents, texts set aside left out."""

    def evidence(self) -> list[v.EvidenceRow]:
        """Every link from an expression to a reduction: ids only, in the study's order.

        Texts set aside are not analysed, so what was reduced of them before is not here.
        """

    def progress(self) -> v.StudyProgress:
        """The study in numbers."""

    def closed_counts(self) -> list[v.ClosedCount]:
        """Closed answers counted per item, actor group, state and value."""

    # --- the decision log ---

    def decisions(self, offset: int, limit: int, who: str | None = None) -> v.Page[Decision]:
        """Newest first, without the rows they changed."""

    def decision(self, id: int) -> Decision | None:
        """One decision with every row before and after."""

    def next_undo(self, who: str) -> int | None:
        """The latest decision of this coder that is in force and not itself an undo or redo."""

    def next_redo(self, who: str) -> int | None:
        """The decision of this coder undone last, unless a new act of theirs came after that."""

    def undoing(self, id: int) -> Decision | None:
        """The newest undo of this decision, with every row it changed."""

    def last_change_of(self, kind: str, id: str) -> Decision | None:
        """The newest decision that touched this row, without its changes."""

    # --- caches and conversations ---

    def last_operation(self, client: str) -> int:
        """The highest operation number kept for this browser window; 0 when there is none."""

    def vectors(self, engine: str, keys: Sequence[str]) -> dict[str, bytes]:
        """Kept vectors of texts (by text hash) made by this engine."""


class Writing(Reading, Protocol):
    """A transaction: everything in it happens, or nothing."""

    def put(self, entity: Entity) -> None:
        """The row as given, new or instead of the one with its id."""

    def insert(self, entities: Iterable[Entity]) -> None:
        """Many new rows, quickly."""

    def put_all(self, entities: Iterable[Entity]) -> None:
        """Many rows as given, each new or instead of the one with its id."""

    def remove(self, cls: type[Any], ids: Sequence[str]) -> None:
        """The rows go."""

    def append(self, decision: Decision) -> Decision:
        """The decision with its number."""

    def mark_undone(self, id: int, undone: bool) -> None:
        """Whether the decision is in force."""

    def take_operation(self, client: str, seq: int) -> bool:
        """True the first time a window's operation is seen: a resent one must do nothing."""

    def keep_vectors(self, engine: str, vectors: dict[str, bytes]) -> None:
        """Vectors into the cache. They are no part of the study's meaning and are not logged."""


class Store(Protocol):
    """A study that is open."""

    address: str

    def reading(self) -> AbstractContextManager[Reading]:
        """A look at the study that others' writes do not change."""

    def writing(self) -> AbstractContextManager[Writing]:
        """The only way to change the study. One writer at a time; rolled back on an error."""

    def close(self) -> None:
        """Lets go of the file or the server."""
