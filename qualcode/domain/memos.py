"""What an analyst notes beside the analysis (muistio): thoughts on any part of the study."""

from __future__ import annotations

from dataclasses import dataclass

ABOUT = (
    "study",
    "segment",
    "document",
    "reduction",
    "code",
    "codebook",
    "category",
    "role",
    "role_map",
    "respondent",
    "item",
)
"""The kinds of rows a memo can speak of. A memo about the study is a page of its diary."""


@dataclass(frozen=True)
class Memo:
    """One note about one thing. ``text`` is Markdown.

    ``about_kind`` and ``about_id`` name a row of the study (a segment, a code, the study itself).
    They are no reference that holds the row: a thought outlives what it was about, and
    ``about_label`` then still tells what that was. It is what the thing was called when the memo
    was written. Times are ISO 8601 in UTC.
    """

    id: str
    about_kind: str
    about_id: str
    text: str
    about_label: str = ""
    created_by: str = ""
    created_at: str = ""
    changed_at: str = ""
