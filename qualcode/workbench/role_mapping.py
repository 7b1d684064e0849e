"""Role maps: roles of an actor around a central role, with their evidence. Links many to many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.domain.categories import Category
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import one_line
from qualcode.domain.errors import UnknownRow
from qualcode.domain.map_versions import KeptRole, MapVersion
from qualcode.domain.role_comments import RoleComment
from qualcode.domain.role_maps import Role, RoleMap, RolePlacement
from qualcode.domain.role_pairs import RolePair
from qualcode.domain.role_traits import RoleTrait
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.categorising import tree_of
from qualcode.workbench.joining import joined


@dataclass(frozen=True)
class RoleDraft:
    """A role before it is on a map: what a frame gives or what is derived from a category."""

    name: str
    central: bool = False
    descriptors: tuple[str, ...] = ()
    description: str = ""
    sources: tuple[str, ...] = ()
    category_ids: tuple[str, ...] = ()


def start(
    bench: Workbench,
    title: str,
    actor_group: str,
    drafts: Sequence[RoleDraft] = (),
    frame: str = "",
) -> RoleMap:
    """A map with the roles of a frame (its key in ``frame``), derived ones, or none yet.

    A map has one central role: the first draft that says it is.
    """
    with bench.act(Act.START_ROLE_MAP) as work:
        role_map = RoleMap(
            bench.new_id(),
            one_line(title),
            actor_group,
            frame,
            position=work.rows.count(RoleMap),
        )
        work.put(role_map)
        central = next((i for i, draft in enumerate(drafts) if draft.central), None)
        for position, draft in enumerate(drafts):
            role = Role(
                bench.new_id(),
                role_map.id,
                one_line(draft.name),
                position == central,
                draft.descriptors,
                draft.description,
                draft.sources,
                position,
            )
            work.put(role)
            for category_id in draft.category_ids:
                work.require(Category, category_id)
                work.put(RolePlacement(bench.new_id(), role.id, category_id=category_id))
        work.say(role_map=role_map.title, count=len(drafts))
    return role_map


def derive(
    bench: Workbench,
    title: str,
    actor_group: str,
    central_category_id: str | None,
    category_ids: Sequence[str],
) -> RoleMap:
    """A map from categories: each category a role, its subcategories the role's descriptors."""
    with bench.store.reading() as rows:
        tree = tree_of(rows)
    chosen = list(
        dict.fromkeys([*([central_category_id] if central_category_id else []), *category_ids])
    )
    drafts = [
        RoleDraft(
            name=tree[id].name,
            central=id == central_category_id,
            descriptors=tuple(child.name for child in tree.children(id) if child.id not in chosen),
            description=tree[id].definition,
            category_ids=(id,),
        )
        for id in chosen
    ]
    return start(bench, title, actor_group, drafts)


def edit_map(bench: Workbench, changed: RoleMap) -> None:
    with bench.act(Act.EDIT_ROLE_MAP) as work:
        work.require(RoleMap, changed.id)
        work.put(changed)
        work.say(role_map=changed.title)


def remove_map(bench: Workbench, map_id: str) -> None:
    """The map goes with its roles, links, versions and comments; categories and reductions stay.

    So do self-assessment discussions: they are a person's own, and name the map they were on.
    """
    with bench.act(Act.REMOVE_ROLE_MAP) as work:
        gone = work.require(RoleMap, map_id)
        _remove_what_hangs_on(work, map_id)
        for role in work.rows.find(Role, map_id=map_id):
            remove_with_links(work, role.id)
        work.remove(RoleMap, [map_id])
        work.say(role_map=gone.title)


def add_role(bench: Workbench, map_id: str, draft: RoleDraft) -> Role:
    with bench.act(Act.ADD_ROLE) as work:
        work.require(RoleMap, map_id)
        others = work.rows.find(Role, map_id=map_id)
        role = Role(
            bench.new_id(),
            map_id,
            one_line(draft.name),
            False,
            draft.descriptors,
            draft.description,
            draft.sources,
            max((r.position for r in others), default=-1) + 1,
        )
        work.put(role)
        if draft.central:
            _make_central(work, role)
        work.say(role=role.name)
    return role


def edit_role(bench: Workbench, changed: Role, seen: Role | None = None) -> None:
    """The role as given. A map has one central role: making one central releases the other.

    ``seen`` is the role that the writer had before their eyes: what they did not touch stays as
    another window may have left it meanwhile, and a text that both changed is not overwritten.
    """
    with bench.act(Act.EDIT_ROLE) as work:
        old = work.require(Role, changed.id)
        if seen is not None:
            changed = joined(work, "role", old, changed, seen)
        work.put(changed)
        if changed.central:
            _make_central(work, changed)
        work.say(role=changed.name)


def remove_role(bench: Workbench, role_id: str) -> None:
    with bench.act(Act.REMOVE_ROLE) as work:
        gone = work.require(Role, role_id)
        remove_with_links(work, role_id)
        work.say(role=gone.name)


def link(
    bench: Workbench,
    role_id: str,
    category_id: str | None = None,
    reduction_id: str | None = None,
) -> RolePlacement:
    """The category, or the single reduction, is evidence for the role. Twice changes nothing."""
    with bench.act(Act.LINK_ROLE) as work:
        role = work.require(Role, role_id)
        there = work.rows.find(
            RolePlacement, role_id=role_id, category_id=category_id, reduction_id=reduction_id
        )
        if there:
            return there[0]
        name = (
            work.require(Category, category_id).name
            if category_id
            else work.require(ReducedExpression, reduction_id or "").wording
        )
        placement = RolePlacement(bench.new_id(), role_id, category_id, reduction_id)
        work.put(placement)
        work.say(role=role.name, evidence=name)
    return placement


def link_many(
    bench: Workbench,
    role_ids: Sequence[str],
    category_ids: Sequence[str],
    reduction_ids: Sequence[str],
) -> int:
    """Each category and reduction for each of the roles, in one step. Gives how many are new."""
    with bench.act(Act.LINK_ROLE) as work:
        roles = [work.require(Role, id) for id in dict.fromkeys(role_ids)]
        names = {
            **{("category", id): work.require(Category, id).name for id in category_ids},
            **{
                ("reduction", id): work.require(ReducedExpression, id).wording
                for id in reduction_ids
            },
        }
        taken = {
            (row.role_id, row.category_id or row.reduction_id)
            for role in roles
            for row in work.rows.find(RolePlacement, role_id=role.id)
        }
        new = [
            (role, kind, id) for role in roles for kind, id in names if (role.id, id) not in taken
        ]
        for role, kind, id in new:
            work.put(RolePlacement(bench.new_id(), role.id, **{f"{kind}_id": id}))
        linked = dict.fromkeys((kind, id) for _, kind, id in new)
        work.say(
            role=", ".join(dict.fromkeys(role.name for role, *_ in new)),
            evidence=", ".join(names[key] for key in linked),
            count=len(new),
        )
    return len(new)


def unlink(bench: Workbench, placement_id: str) -> None:
    with bench.act(Act.UNLINK_ROLE) as work:
        gone = work.require(RolePlacement, placement_id)
        work.remove(RolePlacement, [placement_id])
        work.say(role=work.require(Role, gone.role_id).name)


@dataclass(frozen=True)
class OutsideTheMap:
    """What of an actor's material no role of the map has: subcategories, and lone reductions."""

    category_ids: tuple[str, ...]
    reduction_ids: tuple[str, ...]


def outside(bench: Workbench, map_id: str) -> OutsideTheMap:
    """Subcategories with the actor's expressions that no role reaches, and loose reductions.

    A role reaches a category linked to it, everything under that category, and single reductions.
    A map without an actor group looks at the whole study.
    """
    with bench.store.reading() as rows:
        role_map = rows.get(RoleMap, map_id)
        if role_map is None:
            raise UnknownRow(kind="role_map", id=map_id)
        group = role_map.actor_group
        role_ids = tuple(role.id for role in rows.find(Role, map_id=map_id))
        links = rows.find(RolePlacement, role_id=role_ids) if role_ids else []
        tree = tree_of(rows)
        evidence = [row for row in rows.evidence() if not group or row.actor_group == group]
    reached = {id for row in links if row.category_id for id in tree.branch(row.category_id)}
    single = {row.reduction_id for row in links if row.reduction_id}
    left = [
        row for row in evidence if row.reduction_id not in single and row.category_id not in reached
    ]
    categories = dict.fromkeys(row.category_id for row in left if row.category_id)
    loose = dict.fromkeys(row.reduction_id for row in left if not row.category_id)
    return OutsideTheMap(tuple(categories), tuple(loose))


def _make_central(work: Work, role: Role) -> None:
    for other in work.rows.find(Role, map_id=role.map_id, central=True):
        if other.id != role.id:
            work.put(replace(other, central=False))
    work.put(replace(role, central=True))


def remove_with_links(work: Work, role_id: str) -> None:
    """The role with what only speaks of it. What others said of it stays as said of the map."""
    for cls in (RolePlacement, RoleTrait):
        work.remove(cls, [row.id for row in work.rows.find(cls, role_id=role_id)])
    for end in ("role_id", "counter_id"):
        work.remove(RolePair, [row.id for row in work.rows.find(RolePair, **{end: role_id})])
    for comment in work.rows.find(RoleComment, role_id=role_id):
        work.put(replace(comment, role_id=None))
    work.remove(Role, [role_id])


def _remove_what_hangs_on(work: Work, map_id: str) -> None:
    for version in work.rows.find(MapVersion, map_id=map_id):
        kept = work.rows.find(KeptRole, version_id=version.id)
        work.remove(KeptRole, [role.id for role in kept])
        work.remove(MapVersion, [version.id])
    work.remove(RoleComment, [row.id for row in work.rows.find(RoleComment, map_id=map_id)])
