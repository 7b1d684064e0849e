"""What others said of a role map: a learning network, a supervisor, a seminar."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.errors import QualcodeError


class EmptyComment(QualcodeError):
    template = "The comment is empty. Write what was said, then save."


@dataclass(frozen=True)
class RoleComment:
    """A comment on a map or on one role of it.

    ``role_id`` is None for the whole map, also when the role has been removed since: ``about``
    then still tells what it was called. ``author``, ``when`` and ``source`` are as the analyst
    writes them, because a comment is often made long before it is entered.
    """

    id: str
    map_id: str
    role_id: str | None
    text: str
    about: str = ""
    author: str = ""
    when: str = ""
    source: str = ""
    created_by: str = ""
    created_at: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise EmptyComment()
