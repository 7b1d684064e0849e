"""Named versions of a role map, and what changed from one to another.

A map is published several times: as a figure in the text, in an appendix, and again when others
have commented on it. The versions seldom agree in everything, and a reader must be able to see how.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.errors import EmptyName


class VersionKind(StrEnum):
    """What the version is: how it was published, or why it was kept."""

    DRAFT = "draft"
    FIGURE = "figure"
    APPENDIX = "appendix"
    COMMENTED = "commented"


@dataclass(frozen=True)
class MapVersion:
    """A version that was given a name. Its roles are ``KeptRole`` rows."""

    id: str
    map_id: str
    name: str
    kind: VersionKind = VersionKind.DRAFT
    note: str = ""
    created_by: str = ""
    created_at: str = ""
    position: int = 0

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise EmptyName()


@dataclass(frozen=True)
class KeptRole:
    """A role as it stood in a version. ``role_id`` is the role that it was a picture of.

    It is no reference that holds the role: a version tells what there was, also of roles that the
    map has no more.
    """

    id: str
    version_id: str
    role_id: str
    name: str
    central: bool = False
    descriptors: tuple[str, ...] = ()
    description: str = ""
    sources: tuple[str, ...] = ()
    position: int = 0


class RoleChange(StrEnum):
    """What happened to a role from one version to another."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CENTRAL = "central"
    DESCRIPTORS = "descriptors"
    DESCRIPTION = "description"
    SOURCES = "sources"


@dataclass(frozen=True)
class Difference:
    """One change of one role. ``before`` and ``after`` are the texts that differ.

    ``gone`` and ``new`` are the descriptors or sources that only one of the versions has.
    """

    role: str
    change: RoleChange
    before: str = ""
    after: str = ""
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def differences(before: Sequence[KeptRole], after: Sequence[KeptRole]) -> list[Difference]:
    """What changed, role by role in the later version's order, roles that went last.

    A role is the same when it is the same row of the study; failing that, when it has the same
    name (a role removed and made again). The order of roles and of descriptors is layout, and
    tells of no change.
    """
    pairs = earlier_of(before, after)
    found: list[Difference] = []
    for role in sorted(after, key=lambda role: role.position):
        old = pairs.get(role.id)
        if old is None:
            found.append(Difference(role.name, RoleChange.ADDED, new=role.descriptors))
        else:
            found += _between(old, role)
    met = {old.id for old in pairs.values()}
    found += [
        Difference(role.name, RoleChange.REMOVED, gone=role.descriptors)
        for role in sorted(before, key=lambda role: role.position)
        if role.id not in met
    ]
    return found


def earlier_of(before: Sequence[KeptRole], after: Sequence[KeptRole]) -> dict[str, KeptRole]:
    """Later role -> the earlier one it comes from."""
    by_row = {role.role_id: role for role in before}
    pairs = {role.id: by_row[role.role_id] for role in after if role.role_id in by_row}
    taken = {old.id for old in pairs.values()}
    by_name = {role.name.casefold(): role for role in before if role.id not in taken}
    for role in after:
        if role.id not in pairs and role.name.casefold() in by_name:
            pairs[role.id] = by_name.pop(role.name.casefold())
    return pairs


def _between(old: KeptRole, new: KeptRole) -> list[Difference]:
    found = []
    if old.name != new.name:
        found.append(Difference(new.name, RoleChange.RENAMED, old.name, new.name))
    if new.central and not old.central:
        found.append(Difference(new.name, RoleChange.CENTRAL))
    if set(old.descriptors) != set(new.descriptors):
        found.append(_listed(new.name, RoleChange.DESCRIPTORS, old.descriptors, new.descriptors))
    if old.description != new.description:
        found.append(Difference(new.name, RoleChange.DESCRIPTION, old.description, new.description))
    if set(old.sources) != set(new.sources):
        found.append(_listed(new.name, RoleChange.SOURCES, old.sources, new.sources))
    return found


def _listed(
    role: str, change: RoleChange, old: tuple[str, ...], new: tuple[str, ...]
) -> Difference:
    return Difference(
        role,
        change,
        gone=tuple(text for text in old if text not in new),
        new=tuple(text for text in new if text not in old),
    )
