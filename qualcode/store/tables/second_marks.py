"""The tables of second marks: stances of expressions and headings, likenesses of findings."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, UniqueConstraint

from qualcode.store.tables.base import Text, metadata, ref

stance = Table(
    "stance",
    metadata,
    Column("id", Text, primary_key=True),
    Column("segment_id", Text, ref("segment"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("stance", Text),
    Column("about", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("speaker", Text, nullable=False, server_default=""),
    UniqueConstraint("segment_id", "coder"),
)

heading_stance = Table(
    # No reference: a category may go and come back, and its name still says what it said.
    "heading_stance",
    metadata,
    Column("id", Text, primary_key=True),
    Column("stance", Text, nullable=False),
)

likeness = Table(
    "likeness",
    metadata,
    Column("id", Text, primary_key=True),
    Column("how", Text, nullable=False),
    Column("one_kind", Text, nullable=False),
    Column("one_id", Text, nullable=False),
    Column("other_kind", Text, nullable=False),
    Column("other_id", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Index("likeness_one", "one_kind", "one_id"),
    Index("likeness_other", "other_kind", "other_id"),
)
