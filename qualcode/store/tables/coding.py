"""The tables of codebooks, codings and reduced expressions."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table, UniqueConstraint

from qualcode.store.tables.base import Text, metadata, ref

codebook = Table(
    "codebook",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("name_fi", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("theory_source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("in_use", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
)

code = Table(
    "code",
    metadata,
    Column("id", Text, primary_key=True),
    Column("codebook_id", Text, ref("codebook"), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("label_fi", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("definition_fi", Text, nullable=False),
    Column("definition_en", Text, nullable=False),
    Column("rule_fi", Text, nullable=False),
    Column("rule_en", Text, nullable=False),
    Column("example_fi", Text, nullable=False),
    Column("example_en", Text, nullable=False),
    Column("parent_id", Text, ref("code"), index=True),
    Column("level", Integer),
    Column("origin", Text, nullable=False),
    Column("colour", Text, nullable=False),
    Column("shortcut", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

coding = Table(
    "coding",
    metadata,
    Column("id", Text, primary_key=True),
    Column("segment_id", Text, ref("segment"), nullable=False, index=True),
    Column("code_id", Text, ref("code"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    UniqueConstraint("segment_id", "code_id", "coder"),
)

reduction = Table(
    "reduction",
    metadata,
    Column("id", Text, primary_key=True),
    Column("wording", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
)

reduction_link = Table(
    "reduction_link",
    metadata,
    Column("id", Text, primary_key=True),
    Column("segment_id", Text, ref("segment"), nullable=False, index=True),
    Column("reduction_id", Text, ref("reduction"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    UniqueConstraint("segment_id", "reduction_id"),
)
