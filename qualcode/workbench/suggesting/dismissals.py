"""Turning down what is offered: it does not come back, and accepted work never moves."""

from __future__ import annotations

from collections.abc import Sequence

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


def dismiss_groups(bench: Workbench, keys: Sequence[str]) -> None:
    """These very groups are not offered again."""
    dismiss(bench, [GROUP + key for key in keys])


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
    with bench.act(Act.DISMISS_SUGGESTION) as work:
        for key in keys:
            if not work.rows.count(Dismissal, key=key):
                work.put(Dismissal(bench.new_id(), key, bench.coder, bench.clock()))
        work.say(count=len(keys), **said)


def dismissed_keys(rows: Reading) -> set[str]:
    return {d.key for d in rows.find(Dismissal)}


def pairs(keys: set[str], kind: str) -> list[tuple[str, str]]:
    """The two ids that each dismissal of the kind names."""
    pairs = (key.removeprefix(kind).split("|") for key in keys if key.startswith(kind))
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
