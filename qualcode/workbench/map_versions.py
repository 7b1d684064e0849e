"""Versions of a role map as acts: kept under a name, compared with one another, gone back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.map_versions import (
    Difference,
    KeptRole,
    MapVersion,
    VersionKind,
    differences,
    earlier_of,
)
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.role_mapping import remove_with_links

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
        version = _keep(bench, work, map_id, name, kind, note)
        work.say(role_map=role_map.title, version=version.name)
    return version


@dataclass(frozen=True)
class Restored:
    """What going back did; ``changed`` is False when the map was like the version already.

    ``kept``: the version that the map of today was kept as, if it was in none; ``back`` and
    ``gone``: names of roles that came back without evidence, or went.
    """

    changed: bool
    kept: MapVersion | None = None
    back: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def restore(bench: Workbench, version_id: str, kept_as: str) -> Restored:
    """The map's roles as the version has them, in one act.

    A role that is still there keeps its evidence, pairs and comments, and gets its name, texts and
    place back. One that has gone since comes back without evidence, for a version keeps none; one
    that is newer goes. The map as it was is kept under ``kept_as``, unless a version has it.
    """
    with bench.act(Act.RESTORE_MAP_VERSION) as work:
        version = work.require(MapVersion, version_id)
        role_map = work.require(RoleMap, version.map_id)
        then = _roles(work.rows, role_map.id, version_id)
        now = _roles(work.rows, role_map.id, NOW)
        if _pictures(then) == _pictures(now):
            return Restored(changed=False)
        versions = work.rows.find(MapVersion, map_id=role_map.id)
        seen = [_pictures(_roles(work.rows, role_map.id, one.id)) for one in versions]
        kept = (
            None if _pictures(now) in seen else _keep(bench, work, role_map.id, one_line(kept_as))
        )
        today = {then.id: now for now, then in _pairs(then, now)}
        for role in then:
            there = today.get(role.id)
            work.put(_role(role, role_map.id, there.role_id if there else role.role_id))
        gone = [role for role in now if role not in today.values()]
        for role in gone:
            remove_with_links(work, role.role_id)
        work.say(role_map=role_map.title, version=version.name)
    back = tuple(role.name for role in then if role.id not in today)
    return Restored(True, kept, back, tuple(role.name for role in gone))


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


def _keep(
    bench: Workbench,
    work: Work,
    map_id: str,
    name: str,
    kind: VersionKind = VersionKind.DRAFT,
    note: str = "",
) -> MapVersion:
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
    return version


def _pictures(roles: Sequence[KeptRole]) -> set[KeptRole]:
    """The roles without what tells which version they are of: equal when the maps are."""
    return {replace(role, id="", version_id="") for role in roles}


def _pairs(
    then: Sequence[KeptRole], now: Sequence[KeptRole]
) -> Iterator[tuple[KeptRole, KeptRole]]:
    earlier = earlier_of(then, now)
    return ((role, earlier[role.id]) for role in now if role.id in earlier)


def _role(kept: KeptRole, map_id: str, id: str) -> Role:
    return Role(
        id,
        map_id,
        kept.name,
        kept.central,
        kept.descriptors,
        kept.description,
        kept.sources,
        kept.position,
    )


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
