"""How the machine saw each answer when it last looked through them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from qualcode.store.tables.base import Text, metadata

outlook = Table(
    "outlook",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("unsure", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    Column("chance", Integer),
    Column("code_id", Text),
    Column("revision", Integer, nullable=False),
    Column("at", Text, nullable=False),
)
