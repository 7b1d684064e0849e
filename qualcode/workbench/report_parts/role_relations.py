"""Role maps in the report, beyond the roles themselves: counter-roles, kinds, states, comments.

Self-assessment discussions are no part of a report: they are a person's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.domain.role_maps import Role, RoleMap
from qualcode.domain.role_traits import STATES, TYPES, Trait
from qualcode.exports.report import Block, Cell, Column, Row, Table
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.role_words import TRAITS, sign


def relations(
    material: Material, role_map: RoleMap, roles: Sequence[Role], number: int, section: str
) -> list[Block]:
    """The tables that have something to tell; none when nothing has been said."""
    return [
        *_pairs_and_kinds(material, role_map, roles, number, section),
        *_comments(material, role_map, roles, number, section),
    ]


def _pairs_and_kinds(
    material: Material, role_map: RoleMap, roles: Sequence[Role], number: int, section: str
) -> list[Block]:
    _ = material._
    counters = {role.id: _counter_roles(material, role) for role in roles}
    traits = {role.id: _traits(material, role) for role in roles}
    columns = [
        ("counter", Column(_("Counter-role"), 5.5), any(counters.values())),
        ("kind", Column(_("Kind of role"), 4.0), any(set(t) & set(TYPES) for t in traits.values())),
        ("state", Column(_("State of the role"), 4.0),
         any(set(t) & set(STATES) for t in traits.values())),
    ]  # fmt: skip
    shown = [(key, column) for key, column, is_filled in columns if is_filled]
    if not shown:
        return []
    rows = []
    for role in sorted(roles, key=lambda role: not role.central):
        texts = {
            "counter": "\n".join(counters[role.id]),
            "kind": _said(material, traits[role.id], TYPES),
            "state": _said(material, traits[role.id], STATES),
        }
        if any(texts[key] for key, _column in shown):
            cells = [Cell(role.name, strong=True), *(Cell(texts[key]) for key, _c in shown)]
            rows.append(Row(tuple(cells)))
    return [
        Table(
            f"role_relations_{number}",
            _("{role_map}: counter-roles, kinds and states of the roles").format(
                role_map=role_map.title
            ),
            (Column(_("Role"), 3.4), *(column for _key, column in shown)),
            tuple(rows),
            section=section,
        )
    ]


def _counter_roles(material: Material, role: Role) -> list[str]:
    """The roles at the other ends of its pairs, with the note of each."""
    names = {other.id: other.name for other in material.roles}
    told = []
    for pair in material.role_pairs:
        if role.id in (pair.role_id, pair.counter_id):
            name = names[pair.other(role.id)]
            told.append(f"{name}: {pair.note}" if pair.note else name)
    return sorted(told, key=str.casefold)


def _traits(material: Material, role: Role) -> dict[Trait, list[str]]:
    """What is seen in the role, and by whom."""
    found: dict[Trait, list[str]] = {}
    for trait in Trait:
        coders = [r.coder for r in material.role_traits if (r.role_id, r.trait) == (role.id, trait)]
        if coders:
            found[trait] = sorted(coders)
    return found


def _said(material: Material, traits: Mapping[Trait, Sequence[str]], among: Sequence[Trait]) -> str:
    """The traits in words; where coders differ, how many of them see each."""
    _ = material._
    coders = {coder for seen in traits.values() for coder in seen}
    told = []
    for trait in among:
        if trait in traits:
            words = _(TRAITS[trait])
            if trait.step is not None:
                words = f"{words} {sign(trait.step)}"
            if len(traits[trait]) < len(coders):
                words = f"{words} ({len(traits[trait])}/{len(coders)})"
            told.append(words)
    return ", ".join(told)


def _comments(
    material: Material, role_map: RoleMap, roles: Sequence[Role], number: int, section: str
) -> list[Block]:
    _ = material._
    mine = [one for one in material.role_comments if one.map_id == role_map.id]
    if not mine:
        return []
    order = {role.id: n for n, role in enumerate(roles)}
    names = {role.id: role.name for role in roles}
    mine.sort(key=lambda one: (order.get(one.role_id or "", -1), one.created_at, one.id))
    rows = [
        Row(
            (
                Cell(names.get(one.role_id or "", _("The whole map")), strong=True),
                Cell(one.text),
                Cell("\n".join(part for part in (one.author, one.when, one.source) if part)),
            )
        )
        for one in mine
    ]
    return [
        Table(
            f"role_comments_{number}",
            _("{role_map}: what was said of it").format(role_map=role_map.title),
            (
                Column(_("Role"), 3.0),
                Column(_("What was said"), 9.0),
                Column(_("Who said it"), 4.0),
            ),
            tuple(rows),
            section=section,
        )
    ]
