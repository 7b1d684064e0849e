"""What every question in SQL stands on: the joined texts, and how each database says a thing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Integer, and_, func, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB

from qualcode.store.sql_statements import MOST_BOUND
from qualcode.store.sql_turns import in_material
from qualcode.store.tables import document, item, respondent

Condition = ColumnElement[bool]

theme_of_text = func.coalesce(item.c.theme, "")
group_of_text = func.coalesce(respondent.c.actor_group, item.c.actor_group, "")
analysed = and_(document.c.set_aside.is_(False), in_material())
"""Of a segment with its document: material that is counted."""
study_order = (document.c.position, document.c.id)
texts_in_place = document.outerjoin(
    respondent, document.c.respondent_id == respondent.c.id
).outerjoin(item, document.c.item_id == item.c.id)


class Asking:
    """One open transaction, and what the two databases say in their own ways."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @property
    def _on_server(self) -> bool:
        return self.connection.dialect.name == "postgresql"

    def _holds(self, column: Any, sought: str) -> Condition:
        # Not LIKE: it has wildcards to escape and, in SQLite, a longest pattern.
        place = func.strpos if self._on_server else func.instr
        return place(column, sought) > 0

    def _value(self, column: Any, name: str) -> ColumnElement[str]:
        """The value that a JSON object has under this name, or NULL."""
        if self._on_server:
            return cast("ColumnElement[str]", column[name].as_string())
        # Not a JSON path: a name from a survey's header may hold quotes and brackets.
        pairs = func.json_each(column).table_valued("key", "value")
        found = select(pairs.c.value).where(pairs.c.key == name).limit(1)
        return cast("ColumnElement[str]", found.scalar_subquery())

    def _one_of(self, column: Any, ids: Sequence[str]) -> Condition:
        """Membership in a list of any length: both drivers limit the values bound in a question."""
        if len(ids) <= MOST_BOUND:
            return cast(Condition, column.in_(ids))
        return cast(Condition, column.in_(select(self._listed(ids))))

    def _one_of_numbers(self, column: Any, numbers: Sequence[int]) -> Condition:
        """As ``_one_of``, of whole numbers."""
        if len(numbers) <= MOST_BOUND:
            return cast(Condition, column.in_(numbers))
        return cast(Condition, column.in_(select(sql_cast(self._listed(numbers), Integer))))

    def _listed(self, values: Sequence[object]) -> Any:
        """The column of a table that has these values, sent as one."""
        listed = (
            func.jsonb_array_elements_text(sql_cast(list(values), JSONB))
            if self._on_server
            else func.json_each(json.dumps(list(values)))
        ).table_valued("value")
        return listed.c.value
