"""Role pairs as acts: a role and its counter-role on another actor's map."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.domain.role_pairs import RolePair, SameMap
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench


@dataclass(frozen=True)
class CounterRole:
    """The role at the other end of a pair, with the map it is on."""

    pair: RolePair
    role: Role
    role_map: RoleMap


def pair(bench: Workbench, role_id: str, counter_id: str, note: str = "") -> RolePair:
    """The two are each other's counter-roles. Twice, from either end, changes only the note."""
    with bench.act(Act.PAIR_ROLES) as work:
        role, counter = work.require(Role, role_id), work.require(Role, counter_id)
        if role.map_id == counter.map_id:
            raise SameMap(role=role.name, counter=counter.name)
        note = one_line(note)
        there = next(
            (p for p in _pairs(work.rows, [role_id]) if p.other(role_id) == counter_id), None
        )
        made = RolePair(
            there.id if there else bench.new_id(),
            there.role_id if there else role_id,
            there.counter_id if there else counter_id,
            note or (there.note if there else ""),
        )
        work.put(made)
        work.say(role=role.name, counter=counter.name)
    return made


def unpair(bench: Workbench, pair_id: str) -> None:
    with bench.act(Act.UNPAIR_ROLES) as work:
        gone = work.require(RolePair, pair_id)
        work.remove(RolePair, [pair_id])
        work.say(
            role=work.require(Role, gone.role_id).name,
            counter=work.require(Role, gone.counter_id).name,
        )


def counter_roles(bench: Workbench, map_id: str) -> dict[str, list[CounterRole]]:
    """Role of the map -> its counter-roles, each once, by their maps' order and then by name."""
    with bench.store.reading() as rows:
        mine = [role.id for role in rows.find(Role, map_id=map_id)]
        pairs = _pairs(rows, mine)
        ends = {end for one in pairs for end in (one.role_id, one.counter_id)}
        roles = {role.id: role for role in rows.find(Role, id=tuple(sorted(ends)))}
        maps = {m.id: m for m in rows.find(RoleMap)}
    found: dict[str, list[CounterRole]] = {id: [] for id in mine}
    for one in pairs:
        for id in {one.role_id, one.counter_id} & found.keys():
            other = roles[one.other(id)]
            found[id].append(CounterRole(one, other, maps[other.map_id]))
    for counters in found.values():
        counters.sort(key=lambda c: (c.role_map.position, c.role.name.casefold(), c.role.id))
    return found


def candidates(bench: Workbench, map_id: str) -> dict[str, tuple[Role, RoleMap]]:
    """Every role of the other maps: what can be a counter-role."""
    with bench.store.reading() as rows:
        maps = sorted(
            (m for m in rows.find(RoleMap) if m.id != map_id), key=lambda m: (m.position, m.title)
        )
        roles = rows.find(Role, map_id=tuple(m.id for m in maps))
    return {
        role.id: (role, m)
        for m in maps
        for role in sorted(roles, key=lambda r: (r.position, r.name))
        if role.map_id == m.id
    }


def _pairs(rows: Reading, role_ids: list[str]) -> list[RolePair]:
    ids = tuple(role_ids)
    found = {p.id: p for p in rows.find(RolePair, role_id=ids)}
    found.update({p.id: p for p in rows.find(RolePair, counter_id=ids)})
    return sorted(found.values(), key=lambda p: p.id)
