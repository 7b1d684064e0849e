"""Where a reader stopped and how they look at the material: bookmarks, saved views, speakers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SavedView:
    """A way of looking that has a name: filters, order and groups of a page, and pinned codes.

    ``conditions`` are plain JSON values by name; ``pins`` maps a digit ("1" to "9") to a code id,
    and empty pins mean the codes' own keys.
    """

    id: str
    name: str
    page: str
    conditions: Mapping[str, Any] = field(default_factory=dict)
    pins: Mapping[str, str] = field(default_factory=dict)
    created_by: str = ""
    created_at: str = ""
    position: int = 0


@dataclass(frozen=True)
class Bookmark:
    """A place in a text to come back to. ``position`` is in code points."""

    id: str
    document_id: str
    position: int
    coder: str
    note: str = ""
    created_at: str = ""


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks in transcripts. What an interviewer says is not material to be counted.

    ``label`` is the speaker's name as the transcripts write it before a turn ("Haastattelija").
    """

    id: str
    label: str
    interviewer: bool = False
