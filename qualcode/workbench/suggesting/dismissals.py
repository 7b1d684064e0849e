"""Turning down what is offered: it does not come back, and accepted work never moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.categories import Category
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.errors import UnknownRow
from qualcode.domain.suggestions import Dismissal
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench

GROUP, APART, CODE, PLACE, STAYS = "group:", "apart:", "code:", "place:", "stays:"
"""What a dismissal's key begins with: a set of reductions or of categories, a pair kept apart, a
code for a text, a place for a reduction, a doubt whether it belongs where it is."""

MEMBER = "member:"
"""The same of one member of a group that was turned down: the group's key and the member's id."""


@dataclass(frozen=True)
class RefusedGroup:
    """A suggested group that a person turns down: its key, its members, what they would join."""

    key: str
    member_ids: tuple[str, ...] = ()
    joins: str | None = None


def dismiss_groups(bench: Workbench, groups: Sequence[str | RefusedGroup]) -> None:
    """These groups are not offered again, nor nearly the same ones where the members are told.

    Of a group that would join a category, that category is not offered for its members again.
    """
    refused = [g if isinstance(g, RefusedGroup) else RefusedGroup(g) for g in groups]
    keys = []
    for group in refused:
        keys.append(GROUP + group.key)
        for id in group.member_ids:
            if group.joins is None:
                keys.append(f"{MEMBER}{group.key}|{id}")
            else:
                keys.append(f"{PLACE}{id}|{group.joins}")
    _dismiss(bench, keys, count=len(refused))


def refused_groups(keys: set[str]) -> list[set[str]]:
    """The members of each group turned down whose members are known."""
    members: dict[str, set[str]] = defaultdict(set)
    for key, id in pairs(keys, MEMBER):
        members[key].add(id)
    return list(members.values())


def keep_apart(bench: Workbench, first_id: str, second_id: str) -> None:
    """The two are different things: reductions are never offered as one, nor in one group;
    categories of one level are not offered for merging."""
    dismiss(bench, [apart_key(first_id, second_id)])


def apart_key(first_id: str, second_id: str) -> str:
    """The key of the dismissal that keeps the two apart, whichever is named first."""
    return APART + "|".join(sorted((first_id, second_id)))


def dismiss_code(bench: Workbench, document_id: str, code_id: str) -> None:
    """The code is not offered for this text again."""
    dismiss(bench, [f"{CODE}{document_id}|{code_id}"])


def dismiss_place(bench: Workbench, reduction_id: str, category_id: str) -> None:
    """The subcategory is not offered as a place of this reduction again."""
    _dismiss_pair(bench, PLACE, reduction_id, category_id, "category")


def let_stay(bench: Workbench, reduction_id: str, category_id: str) -> None:
    """The reduction belongs to this category: it is not asked again whether it does."""
    _dismiss_pair(bench, STAYS, reduction_id, category_id, "home")


def _dismiss_pair(
    bench: Workbench, kind: str, reduction_id: str, category_id: str, called: str
) -> None:
    with bench.store.reading() as rows:
        reduction = rows.get(ReducedExpression, reduction_id)
        category = rows.get(Category, category_id)
    if reduction is None:
        raise UnknownRow(kind="reduction", id=reduction_id)
    if category is None:
        raise UnknownRow(kind="category", id=category_id)
    said = {"wording": reduction.wording, called: category.name}
    dismiss(bench, [f"{kind}{reduction_id}|{category_id}"], **said)


def dismiss(bench: Workbench, keys: Sequence[str], **said: str) -> None:
    _dismiss(bench, keys, len(keys), **said)


def _dismiss(bench: Workbench, keys: Sequence[str], count: int, **said: str) -> None:
    with bench.act(Act.DISMISS_SUGGESTION) as work:
        for key in keys:
            if not work.rows.count(Dismissal, key=key):
                work.put(Dismissal(bench.new_id(), key, bench.coder, bench.clock()))
        work.say(count=count, **said)


def dismissed_keys(rows: Reading) -> set[str]:
    return {d.key for d in rows.find(Dismissal)}


def pairs(keys: set[str], kind: str) -> list[tuple[str, str]]:
    """The two ids that each dismissal of the kind names."""
    pairs = (key.removeprefix(kind).split("|") for key in keys if key.startswith(kind))
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
