"""The tables of forms and rounds: what was asked, sent and returned."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from qualcode.store.tables.base import JSON, Text, metadata, ref

instrument = Table(
    "instrument",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("family", Text, nullable=False, index=True),
    Column("actor_group", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("stated", Integer),
    Column("cover_letter", Text, nullable=False),
    Column("feedback", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

form_item = Table(
    "form_item",
    metadata,
    Column("id", Text, primary_key=True),
    Column("instrument_id", Text, ref("instrument"), nullable=False, index=True),
    Column("lineage", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_as", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("stem", Text, nullable=False),
    Column("citation", Text, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("follows", Text, ref("form_item"), index=True),
    Column("filter_of", Text, ref("form_item"), index=True),
    Column("filter_value", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

item_link = Table(
    "item_link",
    metadata,
    Column("id", Text, ref("item"), primary_key=True),
    Column("asked_id", Text, ref("form_item"), nullable=False, index=True),
)

round_ = Table(
    "round",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("when", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

gathering = Table(
    "gathering",
    metadata,
    Column("id", Text, ref("source"), primary_key=True),
    Column("round_id", Text, ref("round"), index=True),
    Column("instrument_id", Text, ref("instrument"), index=True),
)

sending = Table(
    "sending",
    metadata,
    Column("id", Text, primary_key=True),
    Column("actor_group", Text, nullable=False),
    Column("pilot", Text, nullable=False),
    Column("round_id", Text, ref("round"), index=True),
    Column("instrument_id", Text, ref("instrument"), index=True),
    Column("sent", Integer),
    Column("returned", Integer),
    Column("note", Text, nullable=False),
    Column("position", Integer, nullable=False),
)
