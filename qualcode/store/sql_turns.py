"""Speakers' turns in SQL: which expressions lie wholly in what an interviewer says.

The table ``turn`` repeats what ``domain.turns`` reads in the texts, as ``folded`` repeats a text in
folded letters: a text never changes, so it is written once, together with its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from qualcode.domain.documents import Document
from qualcode.domain.turns import stretches_in
from qualcode.store.tables import segment, speaker, turn


def in_material() -> ColumnElement[bool]:
    """That a segment does not lie wholly inside an interviewer's turn.

    Only the last turn that begins before the segment can hold it, so one row is looked at. What
    the analyst has said of a speaker goes before the guess.
    """
    left_out = (
        select(
            case(
                (
                    and_(
                        turn.c.end >= segment.c.end,
                        func.coalesce(speaker.c.interviewer, turn.c.guessed),
                    ),
                    1,
                ),
                else_=0,
            )
        )
        .select_from(turn.outerjoin(speaker, speaker.c.id == turn.c.speaker))
        .where(turn.c.document_id == segment.c.document_id, turn.c.start <= segment.c.start)
        .order_by(turn.c.start.desc())
        .limit(1)
        .correlate(segment)
        .scalar_subquery()
    )
    # A survey has no turns at all: then no segment is looked up.
    none_at_all = ~exists(select(turn.c.document_id).correlate(None))
    return or_(none_at_all, func.coalesce(left_out, literal(0)) == 0)


def keep_turns(connection: Connection, documents: Iterable[Document]) -> None:
    """The turns of these texts into the table, where they are not there yet."""
    rows = [
        {
            "document_id": document.id,
            "start": stretch.start,
            "end": stretch.end,
            "speaker": stretch.speaker,
            "guessed": stretch.guessed,
        }
        for document in documents
        for stretch in stretches_in(document)
    ]
    if rows:
        on_server = connection.dialect.name == "postgresql"
        statement: Any = (postgresql if on_server else sqlite).insert(turn)
        connection.execute(statement.on_conflict_do_nothing(), rows)


def forget_turns(connection: Connection, document_ids: Sequence[str]) -> None:
    connection.execute(delete(turn).where(turn.c.document_id.in_(document_ids)))
