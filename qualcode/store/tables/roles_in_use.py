"""The tables of role maps in use: pairs, second codings, comments, versions, discussions."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table, UniqueConstraint

from qualcode.store.tables.base import JSON, Text, metadata, ref

role_pair = Table(
    "role_pair",
    metadata,
    Column("id", Text, primary_key=True),
    Column("role_id", Text, ref("role"), nullable=False),
    Column("counter_id", Text, ref("role"), nullable=False, index=True),
    Column("note", Text, nullable=False),
    UniqueConstraint("role_id", "counter_id"),
)

role_trait = Table(
    "role_trait",
    metadata,
    Column("id", Text, primary_key=True),
    Column("role_id", Text, ref("role"), nullable=False),
    Column("trait", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    UniqueConstraint("role_id", "trait", "coder"),
)

role_comment = Table(
    "role_comment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("map_id", Text, ref("role_map"), nullable=False, index=True),
    Column("role_id", Text, ref("role"), index=True),
    Column("text", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("when", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)

map_version = Table(
    "map_version",
    metadata,
    Column("id", Text, primary_key=True),
    Column("map_id", Text, ref("role_map"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

kept_role = Table(
    "kept_role",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version_id", Text, ref("map_version"), nullable=False, index=True),
    Column("role_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("central", Boolean, nullable=False),
    Column("descriptors", JSON, nullable=False),
    Column("description", Text, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

discussion = Table(
    "discussion",
    metadata,
    Column("id", Text, primary_key=True),
    Column("map_id", Text, nullable=False, index=True),
    Column("map_title", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("day", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("companion", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("relations", Text, nullable=False),
    Column("assessed_by", Text, nullable=False),
    Column("next_day", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)

role_talk = Table(
    "role_talk",
    metadata,
    Column("id", Text, primary_key=True),
    Column("discussion_id", Text, ref("discussion"), nullable=False),
    Column("role_id", Text, nullable=False),
    Column("role_name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("step", Text),
    Column("feedback", Text, nullable=False),
    Column("examples", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("exercises", Text, nullable=False),
    UniqueConstraint("discussion_id", "role_id"),
)
