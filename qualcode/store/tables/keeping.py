"""The decision log, and what is no part of the study's meaning."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from qualcode.store.tables.base import JSON, Text, metadata, ref

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("undone", Boolean, nullable=False),
    Column("of", Integer),
    Index("decision_who", "who", "id"),
    Index("decision_of", "of", "id"),
)

change = Table(
    "change",
    metadata,
    Column("decision_id", Integer, ForeignKey("decision.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Index("change_row", "kind", "row_id", "decision_id"),
)

operation = Table(
    "operation",
    metadata,
    Column("client", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("decision", Integer),
    Column("refusal", JSON),
    Column("at", Text),
)

offer = Table(
    # What stood on somebody's screen as a suggestion: no decision, but what it is judged by.
    "offer",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("who", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("later", Boolean, nullable=False),
    Column("seen", Text, nullable=False, server_default="shown"),
    Column("engine", Text, nullable=False, server_default=""),
)

vector = Table(
    "vector",
    metadata,
    Column("engine", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

search_key = Table(
    # The base forms that a text is found by; made anew when it lacks or its method is another.
    "search_key",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("method", Text, nullable=False),
    Column("stems", Text, nullable=False),
)

turn = Table(
    # What one speaker of a transcript says without a break, as domain.turns reads it in the text.
    "turn",
    metadata,
    Column("document_id", Text, ref("document"), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("guessed", Boolean, nullable=False),
)

about = Table(
    "about",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
