"""The tables of categories, role maps, dismissed suggestions and pins."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, Table

from qualcode.store.tables.base import JSON, Text, metadata, ref

category = Table(
    "category",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("parent_id", Text, ref("category"), index=True),
    Column("definition", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("code_id", Text, ref("code"), index=True),
    Column("position", Float, nullable=False),
)

placement = Table(
    "placement",
    metadata,
    Column("id", Text, ref("reduction"), primary_key=True),
    Column("category_id", Text, ref("category"), nullable=False, index=True),
    Column("position", Float, nullable=False),
)

role_map = Table(
    "role_map",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("actor_group", Text, nullable=False),
    Column("frame", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

role = Table(
    "role",
    metadata,
    Column("id", Text, primary_key=True),
    Column("map_id", Text, ref("role_map"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("central", Boolean, nullable=False),
    Column("descriptors", JSON, nullable=False),
    Column("description", Text, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("position", Integer, nullable=False),
)

role_placement = Table(
    "role_placement",
    metadata,
    Column("id", Text, primary_key=True),
    Column("role_id", Text, ref("role"), nullable=False, index=True),
    Column("category_id", Text, ref("category"), index=True),
    Column("reduction_id", Text, ref("reduction"), index=True),
)

dismissal = Table(
    "dismissal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

pin = Table(
    "pin",
    metadata,
    Column("id", Text, primary_key=True),
    Column("reduction_id", Text, ref("reduction"), index=True),
    Column("category_id", Text, ref("category"), index=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)
