"""Versions of a role map as acts: kept under a name, compared with one another and with today."""

from __future__ import annotations

from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.map_versions import (
    Difference,
    KeptRole,
    MapVersion,
    VersionKind,
    differences,
)
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench

NOW = ""
"""What stands for the map as it is today in place of a version's id."""


def keep(
    bench: Workbench,
    map_id: str,
    name: str,
    kind: VersionKind = VersionKind.DRAFT,
    note: str = "",
) -> MapVersion:
    """The map with all its roles as they are now, under a name."""
    with bench.act(Act.KEEP_MAP_VERSION) as work:
        role_map = work.require(RoleMap, map_id)
        others = work.rows.find(MapVersion, map_id=map_id)
        version = MapVersion(
            bench.new_id(),
            map_id,
            one_line(name),
            kind,
            note.strip(),
            bench.coder,
            bench.clock(),
            max((other.position for other in others), default=-1) + 1,
        )
        work.put(version)
        for role in work.rows.find(Role, map_id=map_id):
            work.put(_kept(bench.new_id(), version.id, role))
        work.say(role_map=role_map.title, version=version.name)
    return version


def remove(bench: Workbench, version_id: str) -> None:
    """The version is forgotten; the map stays as it is."""
    with bench.act(Act.REMOVE_MAP_VERSION) as work:
        gone = work.require(MapVersion, version_id)
        kept = work.rows.find(KeptRole, version_id=version_id)
        work.remove(KeptRole, [role.id for role in kept])
        work.remove(MapVersion, [version_id])
        work.say(role_map=work.require(RoleMap, gone.map_id).title, version=gone.name)


def versions_of(bench: Workbench, map_id: str) -> list[MapVersion]:
    """In the order they were kept."""
    with bench.store.reading() as rows:
        found = rows.find(MapVersion, map_id=map_id)
    return sorted(found, key=lambda version: (version.position, version.created_at, version.id))


def roles_in(bench: Workbench, map_id: str, version_id: str) -> list[KeptRole]:
    """The roles of a version, or of the map today (``NOW``), the central one first."""
    with bench.store.reading() as rows:
        return _roles(rows, map_id, version_id)


def compare(bench: Workbench, map_id: str, before: str, after: str) -> list[Difference]:
    """What changed between two versions; either may be ``NOW``."""
    with bench.store.reading() as rows:
        return differences(_roles(rows, map_id, before), _roles(rows, map_id, after))


def _roles(rows: Reading, map_id: str, version_id: str) -> list[KeptRole]:
    roles = (
        rows.find(KeptRole, version_id=version_id)
        if version_id
        else [_kept(role.id, NOW, role) for role in rows.find(Role, map_id=map_id)]
    )
    return sorted(roles, key=lambda role: (not role.central, role.position, role.name))


def _kept(id: str, version_id: str, role: Role) -> KeptRole:
    return KeptRole(
        id,
        version_id,
        role.id,
        role.name,
        role.central,
        role.descriptors,
        role.description,
        role.sources,
        role.position,
    )
