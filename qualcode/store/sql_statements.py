"""The statements that rows of every kind are asked for and kept with.

They are made once and kept, because making one takes longer than the database takes to answer it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Select, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from qualcode.store import tables as t
from qualcode.store.kinds import Entity, kind_of, to_row

MOST_BOUND = 500
"""Values named one by one in one statement: below every driver's limit of bound values."""

T = TypeVar("T")


def table_of(kind_name: str) -> Table:
    """The table that rows of the kind are kept in."""
    return t.metadata.tables[kind_name]


def chunks(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """The ids in lists short enough to be named in one statement."""
    for start in range(0, len(ids), MOST_BOUND):
        yield ids[start : start + MOST_BOUND]


def upsert(dialect: str, table: Table) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def put_statement(dialect: str, kind_name: str) -> Any:
    """Kept, because making it takes longer than the database takes to carry it out."""
    table = table_of(kind_name)
    statement = upsert(dialect, table)
    changed = {column.name: statement.excluded[column.name] for column in table.c}
    del changed["id"]
    return statement.on_conflict_do_update(index_elements=["id"], set_=changed)


def rows_by_kind(entities: Iterable[Entity]) -> dict[str, list[dict[str, Any]]]:
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entity in entities:
        name = kind_of(type(entity)).name
        by_kind[name].append(_column_values(name, entity))
    return by_kind


class How(Enum):
    """How the field of a question is compared."""

    ONE = "with one value"
    MANY = "with a list"
    EMPTY = "with nothing"


Shape = tuple[tuple[str, How], ...]


@cache
def question_of(kind_name: str, shape: Shape, counted: bool = False) -> Select[Any]:
    """Rows of a kind by some of their fields. Kept, as ``put_statement`` is."""
    table = table_of(kind_name)
    what = select(func.count()).select_from(table) if counted else select(table)
    return what.where(*(_compared(table.c[name], how) for name, how in shape))


def _compared(column: Column[Any], how: How) -> ColumnElement[bool]:
    if how is How.EMPTY:
        return column.is_(None)
    if how is How.MANY:
        return column.in_(bindparam(column.name, expanding=True))
    return column == bindparam(column.name)


def asked_for(equals: Mapping[str, Any]) -> Iterator[tuple[Shape, dict[str, Any]]]:
    """The questions that ``equals`` needs: a long list of values is asked in several."""
    values = {
        name: list(value) if isinstance(value, tuple | list | set | frozenset) else value
        for name, value in equals.items()
    }
    shape = tuple(
        (name, How.MANY if isinstance(v, list) else How.EMPTY if v is None else How.ONE)
        for name, v in values.items()
    )
    bound = {name: value for name, value in values.items() if value is not None}
    longest = max(
        (name for name, how in shape if how is How.MANY),
        key=lambda name: len(bound[name]),
        default=None,
    )
    if longest is None:
        yield shape, bound
        return
    for some in chunks(bound[longest]):
        yield shape, {**bound, longest: some}


def _column_values(kind_name: str, entity: Entity) -> dict[str, Any]:
    row = to_row(entity)
    repeated = t.FOLDED.get(kind_name)
    if repeated:
        row["folded"] = str(row[repeated]).casefold()
    return row
