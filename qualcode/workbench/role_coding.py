"""Second codings of roles as acts: each coder says of what kind a role is and in what state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from qualcode.domain.decisions import Act
from qualcode.domain.role_maps import Role
from qualcode.domain.role_traits import RoleTrait, Trait
from qualcode.workbench.bench import Workbench


def set_traits(
    bench: Workbench, role_id: str, among: Collection[Trait], chosen: Collection[Trait]
) -> None:
    """Of the traits ``among``, this coder sees exactly the ``chosen`` ones in the role.

    Other coders' codings stay as they are, and so do this coder's other traits.
    """
    with bench.act(Act.SET_ROLE_TRAITS) as work:
        role = work.require(Role, role_id)
        mine = {
            row.trait: row
            for row in work.rows.find(RoleTrait, role_id=role_id, coder=bench.coder)
            if row.trait in among
        }
        work.remove(RoleTrait, [row.id for trait, row in mine.items() if trait not in chosen])
        for trait in among:
            if trait in chosen and trait not in mine:
                work.put(RoleTrait(bench.new_id(), role_id, trait, bench.coder, bench.clock()))
        work.say(role=role.name)


def traits_of(bench: Workbench, map_id: str) -> dict[str, dict[Trait, list[str]]]:
    """Role of the map -> trait -> the coders who see it, in alphabetical order."""
    with bench.store.reading() as rows:
        ids = [role.id for role in rows.find(Role, map_id=map_id)]
        found = rows.find(RoleTrait, role_id=tuple(ids))
    seen: dict[str, dict[Trait, list[str]]] = {id: defaultdict(list) for id in ids}
    for row in sorted(found, key=lambda row: (list(Trait).index(row.trait), row.coder)):
        seen[row.role_id][row.trait].append(row.coder)
    return {id: dict(traits) for id, traits in seen.items()}
