"""The one door to a study's rows. What a store must do; ``memory`` is its readable definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import qualcode.store.views as v
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Decision
from qualcode.domain.memos import Memo
from qualcode.domain.review import Remark
from qualcode.store.closed_views import ClosedAnswerRow, ClosedQuery, Returned
from qualcode.store.cross_query import (
    CellAt,
    ChainQuery,
    ChainRow,
    CrossCell,
    CrossMark,
    CrossQuery,
    StanceRow,
)
from qualcode.store.kinds import E, Entity
from qualcode.store.log_views import LogQuery, WorkDone
from qualcode.store.offers import SHOWN, CodeUse, Offer, OfferCell, ScoreCell
from qualcode.store.outcomes import Outcome
from qualcode.store.outlook import Outlook, OutlookMade, UnsureAnswer
from qualcode.store.review_views import RemarkTally, RowChange, ThreadQuery
from qualcode.store.search_query import Search, SearchRow


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

    def answers(self, query: v.AnswerQuery, offset: int, limit: int) -> v.AnswerPage:
        """Texts in the order and the groups asked for, with codings and reductions.

        A text that stands in several groups is counted, and paged over, once in each.
        """

    def texts(self, document_ids: Sequence[str]) -> dict[str, v.AnswerRow]:
        """These texts with all that is beside them, whatever their state; unknown ids are left out.

        What ``answers`` would tell of them, without asking which texts match and in what order.
        """

    def answer_position(self, query: v.AnswerQuery, document_id: str) -> int | None:
        """How many places come before the text's first one; None when it does not match."""

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

    def code_counts(self, code_ids: Sequence[str] | None = None) -> dict[str, v.Count]:
        """Per code: distinct expressions and distinct respondents.

        Texts set aside and what lies inside interviewers' turns (``domain.turns``) are left out, as
        they are of every count here.

        ``code_ids`` counts those codes only. A code that nothing carries is not among them.
        """

    def evidence(self) -> list[v.EvidenceRow]:
        """Every link from an expression to a reduction: ids only, in the study's order.

        Texts set aside are not analysed, so what was reduced of them before is not here.
        """

    def memos(self, query: v.MemoQuery, offset: int, limit: int) -> v.Page[Memo]:
        """Memos, the newest first."""

    def memo_counts(self, kind: str, ids: Sequence[str]) -> dict[str, int]:
        """How many memos speak of each of these rows; a row without any is not among them."""

    def memo_writers(self) -> list[str]:
        """Everybody who has written a memo, in alphabetical order."""

    def progress(self) -> v.StudyProgress:
        """The study in numbers."""

    def text_states(self, document_ids: Sequence[str] | None = None) -> dict[str, v.TextState]:
        """What has been done to each text, of these or of all; those set aside are left out.

        As in every count, what lies inside interviewers' turns does not make a text coded.
        """

    def closed_counts(self) -> list[v.ClosedCount]:
        """Closed answers counted per item, actor group, state and value."""

    def closed_answers(
        self, query: ClosedQuery, offset: int, limit: int
    ) -> v.Page[ClosedAnswerRow]:
        """The answers themselves, by question and then by respondent."""

    def closed_answerers(self) -> dict[tuple[str, str], int]:
        """(item, actor group) -> how many people chose something; printed counts have nobody."""

    def returned(self, place: str = "") -> list[Returned]:
        """Respondents counted per file, actor group and value of the background variable."""

    # --- the review of a tree ---

    def threads(self, query: ThreadQuery, offset: int, limit: int) -> v.Page[Remark]:
        """First remarks of threads, the newest first."""

    def remark_tallies(self, who: str) -> list[RemarkTally]:
        """Remarks counted by what they are about, with those that this reader has not read."""

    def unread_remarks(self, who: str, kind: str, ids: Sequence[str]) -> list[str]:
        """Ids of others' remarks about these rows that this reader has not read."""

    def row_changes(self, kind: str) -> list[RowChange]:
        """Every change of a row of this kind that was there before and after, in the log's order.

        What an undo or a redo changed is among them.
        """

    # --- tables of marks ---

    def crossed(self, query: CrossQuery) -> list[CrossCell]:
        """The table's cells that hold something, counted for each actor group."""

    def crossed_segments(self, query: CrossQuery, at: CellAt) -> list[str]:
        """The expressions that a number of the table counts, in the study's order."""

    def crossed_marks(self, query: CrossQuery) -> list[CrossMark]:
        """Every expression of the table in each of its cells: what a whole printed table counts.

        In no order that means anything; each once.
        """

    def chain(self, query: ChainQuery, offset: int, limit: int) -> v.Page[ChainRow]:
        """The chain from words to categories: every expression with each reduction of it."""

    def stances(self, document_ids: Sequence[str]) -> list[StanceRow]:
        """The stances given in these texts, in the order of the words and of their making."""

    def background(self, name: str, actor_group: str | None = None) -> list[tuple[str, str, int]]:
        """(value, actor group, respondents) of a background variable; "" for those without."""

    # --- searching ---

    def search(self, query: Search, offset: int, limit: int) -> v.Page[SearchRow]:
        """Rows of one kind by their search keys: documents in the order of ``query.texts``,
        reductions by wording, memos the newest first."""

    def search_texts(self, query: Search, offset: int, limit: int) -> list[tuple[str, str]]:
        """(id, text) of the same rows, in the same order, and nothing else of them."""

    def search_ids(self, query: Search) -> list[str]:
        """The ids of all rows found, in their order."""

    def search_keys(self, kind: str, ids: Sequence[str], method: str) -> dict[str, str]:
        """The search keys of these rows that this method made; rows without one are left out."""

    def without_search_key(self, kind: str, method: str, limit: int) -> v.Page[tuple[str, str]]:
        """(id, text) of rows that have no search key by this method yet, and how many there are."""

    def touched_since(self, revision: int, kind: str) -> list[str]:
        """Ids of the rows of this kind that a decision after the revision made, changed or took."""

    # --- the decision log ---

    def decisions(self, offset: int, limit: int, query: LogQuery | None = None) -> v.Page[Decision]:
        """Newest first, without the rows they changed."""

    def decision(self, id: int) -> Decision | None:
        """One decision with every row before and after."""

    def heading(self, id: int) -> Decision | None:
        """The decision without the rows: who, when and what, however many they are."""

    def changes_since(self, revision: int, most: int) -> list[Decision] | None:
        """The decisions after that revision, oldest first, with every row before and after.

        None when they changed more than ``most`` rows: a screen is then read anew as a whole.
        """

    def told(self, after: int, limit: int) -> list[Decision]:
        """The next decisions after this number, oldest first, with every row before and after."""

    def next_undo(self, who: str) -> int | None:
        """The act of this coder that came into force last, by doing it or doing it again."""

    def next_redo(self, who: str) -> int | None:
        """The act that this coder undid last, unless a new act of theirs came after that."""

    def undoable(self, who: str, limit: int) -> list[int]:
        """What this coder's undo would take back one after another, the next first."""

    def redoable(self, who: str, limit: int) -> list[int]:
        """What this coder's redo would do again one after another, the next first.

        Of acts that were taken back in one step only the one that names the others.
        """

    def last_turn(self, id: int) -> Decision | None:
        """The newest undo or redo of this decision, with every row it changed."""

    def last_turns(self, ids: Sequence[int]) -> dict[int, Decision]:
        """Per decision its newest undo or redo, without the rows; those never turned left out."""

    def later_builders(self, id: int) -> list[tuple[int, str, str]]:
        """(decision, kind, row id) of acts in force that touched this act's rows after it.

        What came into force last comes first. Undoing the act would take these along.
        """

    def last_change_of(self, kind: str, id: str) -> Decision | None:
        """The newest decision that touched this row, without its changes."""

    def maker_of(self, kind: str, id: str, without: Sequence[int] = ()) -> Decision | None:
        """The act in force that made the row what it is, without its changes.

        Acts ``without`` are passed over, as if they had been taken back.
        """

    def people(self) -> list[str]:
        """Everybody who has done something, in alphabetical order."""

    def work_done(self, who: str, since: str, until: str = "") -> WorkDone:
        """What this coder did at ``since`` or later and before ``until`` (times of the log)."""

    # --- what was offered ---

    def offer_cells(self, kind: str) -> list[OfferCell]:
        """Offers of this kind counted by target, rank, score and what became of them."""

    def offer_scores(self, kind: str, engine: str) -> list[ScoreCell]:
        """First offers that were decided on, counted by place, score and part of the subjects.

        Those of this engine and the old ones of which no engine is known: its scores mean another
        thing than those of another engine.
        However they were met: what was compared or withheld tells as much of its score. What does
        not exist any more (a code that was removed) can be judged no longer and is left out.
        """

    def offer_hits(self, kind: str, ranks: int, seen: str = SHOWN) -> tuple[int, int]:
        """(decided, hits): passages with an offer of these ranks, met so, that somebody has
        decided since, and those of them for which what was chosen was among these offers."""

    def offer_edits(self) -> dict[str, int]:
        """How often another thing was given in the place of each one offered (acts in force)."""

    def code_use(self) -> list[CodeUse]:
        """Codings counted by code, with and without something shown first."""

    def outlook_made(self) -> OutlookMade | None:
        """When all answers were last looked through; None when they never were."""

    def unsure_answers(self, below: int, offset: int, limit: int) -> v.Page[UnsureAnswer]:
        """Answers without a code whose likeliest one had a chance (0...1000) lower than this, the
        least likely first."""

    def orders_used(self) -> dict[str, int]:
        """How many acts in force were made while reading in each order (``Order.told``)."""

    # --- caches and conversations ---

    def outcome(self, client: str, seq: int) -> Outcome | None:
        """What became of a window's operation; None when it has not been seen."""

    def vectors(self, engine: str, keys: Sequence[str]) -> dict[str, bytes]:
        """Kept vectors of texts (by text hash) made by this engine."""

    def room_of_vectors(self) -> dict[str, int]:
        """How many bytes the kept vectors of each engine take: all of one engine are of a size."""


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

    def erase(self, rows: Mapping[str, Sequence[str]]) -> None:
        """Kind -> ids of rows that go for good, out of the decisions that touched them, too.

        A decision that touched nothing else stays in the log without them, and nobody can undo it
        or do it again.
        """

    def take_operation(self, client: str, seq: int) -> bool:
        """True the first time a window's operation is seen: a resent one must do nothing."""

    def keep_outcome(self, outcome: Outcome) -> None:
        """What became of an operation that was taken, for the window that asks again."""

    def forget_refusals(self, before: str) -> None:
        """Of operations refused before this time only that is kept, no longer why."""

    def keep_vectors(self, engine: str, vectors: dict[str, bytes]) -> None:
        """Vectors into the cache. They are no part of the study's meaning and are not logged."""

    def forget_vectors(self, engine: str) -> None:
        """All vectors kept under this name go; who needs one makes it again."""

    def keep_offers(self, offers: Sequence[Offer]) -> None:
        """What stood on a screen. A first look takes the place of an earlier first look at the same
        passage; what was shown ``later`` is added to it. No part of the study's meaning."""

    def keep_outlook(self, outlooks: Sequence[Outlook]) -> None:
        """How the machine sees every answer now, instead of what was kept before."""

    def keep_search_keys(self, kind: str, method: str, keys: Mapping[str, str]) -> None:
        """Search keys by row id, new or instead of older ones; not logged either."""

    def drop_search_keys(self, kind: str, ids: Sequence[str]) -> None:
        """The keys of these rows go; they are made anew before the next search."""


class Store(Protocol):
    """A study that is open."""

    address: str

    def reading(self) -> AbstractContextManager[Reading]:
        """A look at the study that others' writes do not change."""

    def writing(self) -> AbstractContextManager[Writing]:
        """The only way to change the study. One writer at a time; rolled back on an error."""

    def compact(self) -> None:
        """What was removed leaves the file as well: databases keep it in their free room."""

    def close(self) -> None:
        """Lets go of the file or the server."""
