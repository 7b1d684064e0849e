"""Role maps (roolikartat): the roles of one actor, drawn around a central role.

Helminen & Iso-Heiniemi 1999: a map names what an actor can be in a situation. Links between
categories or reductions and roles are many-to-many; what fits no role stays visible outside the
map. The five-step scale of a role is a profile and is never summed or averaged.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.errors import EmptyName


@dataclass(frozen=True)
class RoleMap:
    """The map of one actor. ``frame`` names the shipped frame it was started from, if any."""

    id: str
    title: str
    actor_group: str = ""
    frame: str = ""
    note: str = ""
    position: int = 0

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise EmptyName()


@dataclass(frozen=True)
class Role:
    """One role. ``descriptors`` (luonnehdinnat) stand inside its circle."""

    id: str
    map_id: str
    name: str
    central: bool = False
    descriptors: tuple[str, ...] = ()
    description: str = ""
    sources: tuple[str, ...] = ()
    position: int = 0

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise EmptyName()


@dataclass(frozen=True)
class RolePlacement:
    """A category or a reduction is evidence for a role: exactly one of the two is named."""

    id: str
    role_id: str
    category_id: str | None = None
    reduction_id: str | None = None

    def __post_init__(self) -> None:
        if (self.category_id is None) == (self.reduction_id is None):
            raise ValueError("a role placement names either a category or a reduction")
