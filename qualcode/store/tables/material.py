"""The tables of the material: where it came from, who answered what."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint

from qualcode.store.tables.base import JSON, Text, metadata, ref

study = Table(
    "study",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("approach", Text, nullable=False),
    Column("strict_frame", Boolean, nullable=False),
    Column("task", Text, nullable=False),
    Column("level_names", JSON, nullable=False),
    Column("options", JSON, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("sent", Integer),
    Column("note", Text, nullable=False),
)

respondent = Table(
    "respondent",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ref("source"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("actor_group", Text, nullable=False, index=True),
    Column("background", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ref("source"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("actor_group", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ref("source"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("respondent_id", Text, ref("respondent"), index=True),
    Column("item_id", Text, ref("item"), index=True),
    Column("set_aside", Boolean, nullable=False),
    Column("attributes", JSON, nullable=False),
    Column("provenance", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    Column("folded", Text, nullable=False),
    Index("document_order", "position", "id"),
    # Holds all that most pages ask of a text, so that they read no texts to find the ones shown.
    Index("document_scan", "set_aside", "position", "id", "respondent_id", "item_id"),
)

closed_answer = Table(
    "closed_answer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ref("source"), nullable=False, index=True),
    Column("item_id", Text, ref("item"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("respondent_id", Text, ref("respondent"), index=True),
    Column("actor_group", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("provenance", JSON, nullable=False),
)

segment = Table(
    "segment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", Text, ref("document"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    UniqueConstraint("document_id", "start", "end"),
    Index("segment_place", "document_id", "id"),
)
