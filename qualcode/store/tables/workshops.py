"""The tables of workshops: the day, its files, its script, and the wall."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from qualcode.store.tables.base import JSON, Text, metadata, ref

workshop = Table(
    "workshop",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("held_on", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("actor_group", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("watched", JSON, nullable=False, server_default="[]"),
)

workshop_source = Table(
    "workshop_source",
    metadata,
    Column("id", Text, ref("source"), primary_key=True),
    Column("workshop_id", Text, ref("workshop"), nullable=False, index=True),
)

workshop_step = Table(
    "workshop_step",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workshop_id", Text, ref("workshop"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("starts", Text, nullable=False),
    Column("minutes", Integer),
    Column("method", Text, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("leads", Text, nullable=False),
    Column("records", Text, nullable=False),
    Column("recorded_on", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

workshop_table = Table(
    "workshop_table",
    metadata,
    Column("id", Text, primary_key=True),
    Column("step_id", Text, ref("workshop_step"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("quadrant", Text, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("minutes", Integer),
    Column("leads", Text, nullable=False),
    Column("records", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

wall_group = Table(
    "wall_group",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workshop_id", Text, ref("workshop"), nullable=False, index=True),
    Column("quadrant", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

wall_place = Table(
    "wall_place",
    metadata,
    Column("id", Text, ref("document"), primary_key=True),
    Column("workshop_id", Text, ref("workshop"), nullable=False, index=True),
    Column("quadrant", Text, nullable=False),
    Column("group_id", Text, ref("wall_group"), index=True),
    Column("position", Integer, nullable=False),
)
