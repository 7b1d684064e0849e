"""A save from a window that has not seen the newest: both persons' changes, or a choice between."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from qualcode.domain.errors import ChangedMeanwhile
from qualcode.domain.instruments import FormItem, Instrument
from qualcode.domain.role_maps import Role
from qualcode.workbench.bench import Work

Row = TypeVar("Row", Instrument, FormItem, Role)


def joined(work: Work, kind: str, old: Row, new: Row, seen: Row) -> Row:
    """The writer's changes on top of what another window has saved since ``seen``.

    A text, or a list of them, that both have written is nobody's to overwrite.
    """
    untouched: dict[str, Any] = {}
    for name in (field.name for field in fields(old)):
        now, yours, before = (getattr(row, name) for row in (old, new, seen))
        if yours == before:
            untouched[name] = now
        elif isinstance(now, str | tuple) and now not in (before, yours):
            later = work.rows.last_change_of(kind, old.id)
            who = later.who if later else "?"
            raise ChangedMeanwhile(kind=kind, who=who, now=_told(now), yours=_told(yours))
    return replace(new, **untouched)


def _told(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else "; ".join(text)
