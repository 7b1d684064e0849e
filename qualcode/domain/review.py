"""What reviewers say of an analysis: remarks, states, proposals, and what each has looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.categories import Category

SPOKEN_OF = ("category", "reduction", "role")
"""The kinds of rows that a thread can be about."""


class RemarkKind(StrEnum):
    """A question waits for an answer until its thread is resolved; a comment need not."""

    COMMENT = "comment"
    QUESTION = "question"


@dataclass(frozen=True)
class Remark:
    """A comment or a question about a thing, or a reply to one (``reply_to`` names the first).

    As with a memo, the thing is no reference that holds the row: what was said outlives it, and
    ``about_label`` tells what the thing was called. Only the first remark of a thread is resolved.
    """

    id: str
    about_kind: str
    about_id: str
    text: str
    kind: RemarkKind = RemarkKind.COMMENT
    reply_to: str | None = None
    about_label: str = ""
    created_by: str = ""
    created_at: str = ""
    changed_at: str = ""
    resolved_by: str = ""
    resolved_at: str = ""


@dataclass(frozen=True)
class RemarkRead:
    """One reader has read one remark. ``id`` is made by ``read_id``."""

    id: str
    remark_id: str
    who: str


def read_id(who: str, remark_id: str) -> str:
    return f"{remark_id}:{who}"


class NodeState(StrEnum):
    """How far a category is: being made, waiting for somebody's word, or agreed on."""

    DRAFT = "draft"
    ASKED = "asked"
    APPROVED = "approved"


@dataclass(frozen=True)
class ReviewState:
    """The state somebody gave to a category (``id`` is the category's own).

    ``seal`` tells what the category was then, so that an approval is seen to be of something else
    when the category has changed since.
    """

    id: str
    state: NodeState
    who: str = ""
    at: str = ""
    seal: str = ""


def seal_of(category: Category, inside: Iterable[str]) -> str:
    """A short mark of a category's name, definition and what lies directly in it.

    >>> from qualcode.domain.categories import Level
    >>> arki = Category("k", "Arki", Level.SUBCATEGORY)
    >>> seal_of(arki, ["a", "b"]) == seal_of(arki, ["b", "a"])
    True
    """
    parts = [category.name, category.definition.strip(), *sorted(inside)]
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Look:
    """A category as one person knows it: as it was when they last said that they had seen it.

    ``seen`` is False of what was in the tree when they began but what they have not looked at.
    """

    id: str
    who: str
    category_id: str
    at: str
    seen: bool
    name: str
    definition: str = ""
    parent_id: str | None = None
    reductions: tuple[str, ...] = ()


def look_id(who: str, category_id: str) -> str:
    return f"{category_id}:{who}"


@dataclass(frozen=True)
class SinceLook:
    """What has become of a category since one person looked at it.

    ``was_called`` and ``was_under`` are None when name and place are as they were; a place at the
    top was ``""``. ``came`` and ``left`` are ids of reductions.
    """

    new: bool = False
    was_called: str | None = None
    was_under: str | None = None
    redefined: bool = False
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return self != SinceLook()


def since_look(look: Look | None, category: Category, reductions: Iterable[str]) -> SinceLook:
    """What has changed in the category since the look; without one, it is new to the person."""
    if look is None:
        return SinceLook(new=True)
    now = tuple(reductions)
    return SinceLook(
        was_called=look.name if look.name != category.name else None,
        was_under=(look.parent_id or "") if look.parent_id != category.parent_id else None,
        redefined=look.definition.strip() != category.definition.strip(),
        came=tuple(id for id in now if id not in set(look.reductions)),
        left=tuple(id for id in look.reductions if id not in set(now)),
    )


@dataclass(frozen=True)
class StillRight:
    """Somebody has looked at a coding made under an older definition and holds to it.

    ``id`` is the coding's own; ``seal`` is that of the definition it was held to.
    """

    id: str
    seal: str
    who: str = ""
    at: str = ""
