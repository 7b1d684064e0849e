"""The tables of what readers write beside the text: memos, views, bookmarks, speakers."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from qualcode.store.tables.base import JSON, Text, metadata, ref

memo = Table(
    "memo",
    metadata,
    Column("id", Text, primary_key=True),
    Column("about_kind", Text, nullable=False),
    Column("about_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("about_label", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Index("memo_about", "about_kind", "about_id"),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("conditions", JSON, nullable=False),
    Column("pins", JSON, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

bookmark = Table(
    "bookmark",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ref("document"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("coder", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)

speaker = Table(
    "speaker",
    metadata,
    Column("id", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("interviewer", Boolean, nullable=False),
)
