"""Two trees side by side in words: what differs, and each category beside what it has become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.domain.categories import CategoryTree
from qualcode.domain.tree_changes import ReductionMove, TreeComparison
from qualcode.domain.tree_versions import TreeState
from qualcode.exports.report import DEEPER, Block, Cell, Column, Paragraph, Row, Table
from qualcode.texts import gettext_for, ngettext_for, pgettext_for

SIDES, MOVES = "review_sides", "review_moves"


@dataclass(frozen=True)
class Compared:
    """Two states of a tree with their names and the differences."""

    old: TreeState
    new: TreeState
    found: TreeComparison
    old_name: str
    new_name: str


@dataclass(frozen=True)
class Side:
    """One line of the two trees beside one another; an id is None where a side has nothing."""

    old_id: str | None
    new_id: str | None
    changes: tuple[str, ...]


def summary(compared: Compared, language: str) -> str:
    """What differs, counted: "1 added, 2 merged into 1, 3 reductions moved"."""
    _, ngettext, found = gettext_for(language), ngettext_for(language), compared.found
    counted = (
        (len(found.added), ngettext("{n} added", "{n} added", len(found.added))),
        (len(found.removed), ngettext("{n} removed", "{n} removed", len(found.removed))),
        (len(found.renamed), ngettext("{n} renamed", "{n} renamed", len(found.renamed))),
        (len(found.moved), ngettext("{n} moved", "{n} moved", len(found.moved))),
        (
            len(found.releveled),
            ngettext("{n} on another level", "{n} on another level", len(found.releveled)),
        ),
        (len(found.merged), ngettext("{n} merger", "{n} mergers", len(found.merged))),
        (len(found.split), ngettext("{n} split", "{n} splits", len(found.split))),
        (
            len(found.redefined),
            ngettext("{n} new definition", "{n} new definitions", len(found.redefined)),
        ),
        (
            len(found.moves),
            ngettext("{n} reduction moved", "{n} reductions moved", len(found.moves)),
        ),
        (
            len(found.came),
            ngettext("{n} new reduction", "{n} new reductions", len(found.came)),
        ),
        (
            len(found.gone),
            ngettext("{n} reduction removed", "{n} reductions removed", len(found.gone)),
        ),
        (
            len(found.reworded),
            ngettext("{n} reduction reworded", "{n} reductions reworded", len(found.reworded)),
        ),
    )
    parts = [text.format(n=count) for count, text in counted if count]
    return ", ".join(parts) if parts else _("The two trees are the same.")


def sides(compared: Compared, language: str) -> list[Side]:
    """Every category of the newer tree beside the older one; what is gone stands where it stood."""
    old, new, found = compared.old.tree, compared.new.tree, compared.found
    told = _changes(compared, language)
    before = {new_id: old_id for old_id, new_id in found.pairs.items()}
    lost = _after_whom(old, found)
    lines = [Side(old_id, None, tuple(told["old", old_id])) for old_id in lost[None]]
    for _, category in new.walk():
        old_id = before.get(category.id)
        lines.append(Side(old_id, category.id, tuple(told["new", category.id])))
        if old_id is not None:
            lines += [Side(gone, None, tuple(told["old", gone])) for gone in lost[old_id]]
    return lines


def tables(compared: Compared, language: str, changed_only: bool = False) -> list[Block]:
    """The comparison as it is printed: a summary, the trees side by side, reductions that moved."""
    _ = gettext_for(language)
    pgettext = pgettext_for(language)
    blocks: list[Block] = [Paragraph(summary(compared, language))]
    depths = {"old": _depths(compared.old.tree), "new": _depths(compared.new.tree)}
    rows = []
    for line in sides(compared, language):
        if changed_only and not line.changes:
            continue
        rows.append(
            Row(
                (
                    _named(compared.old.tree, line.old_id, depths["old"]),
                    _named(compared.new.tree, line.new_id, depths["new"]),
                    Cell("\n".join(line.changes), strong=bool(line.changes)),
                )
            )
        )
    if rows:
        columns = (
            Column(compared.old_name, 5.5),
            Column(compared.new_name, 5.5),
            Column(_("What has changed"), 5.0),
        )
        caption = _("The category tree: “{old}” and “{new}” side by side").format(
            old=compared.old_name, new=compared.new_name
        )
        blocks.append(Table(SIDES, caption, columns, tuple(rows), section="review"))
    if compared.found.moves:
        columns = (
            Column(_("Reduced expression"), 6.0),
            Column(pgettext("place", "From"), 5.0),
            Column(pgettext("place", "To"), 5.0),
        )
        caption = _("Reductions that moved from “{old}” to “{new}”").format(
            old=compared.old_name, new=compared.new_name
        )
        moves = tuple(_move(compared, one, language) for one in ordered_moves(compared))
        blocks.append(Table(MOVES, caption, columns, moves, section="review"))
    return blocks


def ordered_moves(compared: Compared) -> list[ReductionMove]:
    """The moves by where they went, in the newer tree's order; those left without a place last."""
    order = {c.id: n for n, (_, c) in enumerate(compared.new.tree.walk())}

    def key(move: ReductionMove) -> tuple[int, str]:
        place = len(order) if move.after is None else order[move.after]
        return place, compared.new.wordings[move.new_id]

    return sorted(compared.found.moves, key=key)


def _move(compared: Compared, move: ReductionMove, language: str) -> Row:
    _ = gettext_for(language)
    nowhere = _("no place")
    old, new = compared.old.tree, compared.new.tree
    return Row(
        (
            Cell(compared.new.wordings[move.new_id]),
            Cell(old[move.before].name if move.before else nowhere),
            Cell(new[move.after].name if move.after else nowhere),
        )
    )


def _changes(compared: Compared, language: str) -> dict[tuple[str, str], list[str]]:
    """(side, category) -> what has become of it, in words."""
    _, ngettext = gettext_for(language), ngettext_for(language)
    old, new, found = compared.old.tree, compared.new.tree, compared.found
    told: dict[tuple[str, str], list[str]] = defaultdict(list)

    def names(tree: CategoryTree, ids: Iterable[str]) -> str:
        return ", ".join(_("“{text}”").format(text=tree[id].name) for id in ids)

    for id in found.added:
        told["new", id].append(_("added"))
    for id in found.removed:
        told["old", id].append(_("removed"))
    for old_id, new_id in found.renamed:
        told["new", new_id].append(_("renamed, before “{name}”").format(name=old[old_id].name))
    for old_id, new_id in found.moved:
        parent = old[old_id].parent_id
        above = names(old, [parent]) if parent else _("the top level")
        told["new", new_id].append(_("moved, before under {name}").format(name=above))
    for _old_id, new_id in found.redefined:
        told["new", new_id].append(_("new definition"))
    for _old_id, new_id in found.releveled:
        told["new", new_id].append(_("another level"))
    for merger in found.merged:
        told["new", merger.new].append(_("merged of {names}").format(names=names(old, merger.olds)))
        for id in merger.olds:
            if found.pairs.get(id) != merger.new:
                told["old", id].append(_("merged into “{name}”").format(name=new[merger.new].name))
    for division in found.split:
        told["old", division.old].append(
            _("split into {names}").format(names=names(new, division.news))
        )
        for id in division.news:
            told["new", id].append(_("split off “{name}”").format(name=old[division.old].name))
    for side, ids in _flows(found).items():
        came = side[0] == "came"
        text = (
            ngettext("{n} reduction came", "{n} reductions came", ids)
            if came
            else ngettext("{n} reduction left", "{n} reductions left", ids)
        )
        told["new", side[1]].append(text.format(n=ids))
    return told


def _flows(found: TreeComparison) -> dict[tuple[str, str], int]:
    """("came" or "left", category of the newer tree) -> how many reductions."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for move in found.moves:
        if move.after is not None:
            counted["came", move.after] += 1
        carried = found.pairs.get(move.before or "")
        if carried is not None:
            counted["left", carried] += 1
    return counted


def _after_whom(old: CategoryTree, found: TreeComparison) -> dict[str | None, list[str]]:
    """Old categories that do not go on, by the last one before them that does."""
    lost: dict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for _, category in old.walk():
        if category.id in found.pairs:
            last = category.id
        else:
            lost[last].append(category.id)
    return lost


def _depths(tree: CategoryTree) -> dict[str, int]:
    return {category.id: depth for depth, category in tree.walk()}


def _named(tree: CategoryTree, id: str | None, depths: dict[str, int]) -> Cell:
    return Cell(DEEPER * depths[id] + tree[id].name) if id is not None else Cell("")
