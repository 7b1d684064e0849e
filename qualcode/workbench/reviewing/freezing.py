"""Versions of the category tree: frozen under a name, read back, and compared."""

from __future__ import annotations

from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import normalise, one_line
from qualcode.domain.errors import DuplicateName, EmptyName, QualcodeError, UnknownRow
from qualcode.domain.tree_changes import TreeComparison, compare
from qualcode.domain.tree_versions import FrozenTree, TreeState, TreeVersion, as_text, from_text
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Workbench
from qualcode.workbench.categorising import tree_of


class NothingToFreeze(QualcodeError):
    template = "There are no categories yet, so there is no tree to freeze. Group reductions first."


def freeze(bench: Workbench, name: str, note: str = "") -> TreeVersion:
    """The tree as it is now, kept under a name that no other version has."""
    name = one_line(name)
    if not name:
        raise EmptyName()
    with bench.act(Act.FREEZE_TREE) as work:
        if any(v.name.casefold() == name.casefold() for v in work.rows.find(TreeVersion)):
            raise DuplicateName(kind="tree_version", name=name)
        state = state_of(work.rows)
        if not state.tree.categories:
            raise NothingToFreeze()
        version = TreeVersion(
            bench.new_id(),
            name,
            normalise(note).strip(),
            bench.coder,
            bench.clock(),
            len(state.tree.categories),
            len(state.tree.placements),
        )
        work.put(version)
        work.put(FrozenTree(version.id, as_text(state)))
        work.say(version=name)
    return version


def remove(bench: Workbench, version_id: str) -> None:
    """The version goes; the tree itself is not touched."""
    with bench.act(Act.REMOVE_VERSION) as work:
        version = work.require(TreeVersion, version_id)
        work.remove(FrozenTree, [version_id])
        work.remove(TreeVersion, [version_id])
        work.say(version=version.name)


def versions(rows: Reading) -> list[TreeVersion]:
    """Every version, the oldest first."""
    return sorted(rows.find(TreeVersion), key=lambda one: (one.created_at, one.id))


def state_of(rows: Reading, version_id: str | None = None) -> TreeState:
    """The tree as the version has it; without one, as it is now."""
    if version_id is None:
        wordings = {r.id: r.wording for r in rows.find(ReducedExpression)}
        return TreeState(tree_of(rows), wordings)
    kept = rows.get(FrozenTree, version_id)
    if kept is None:
        raise UnknownRow(kind="tree_version", id=version_id)
    return from_text(kept.tree)


def compared(
    rows: Reading, old_id: str, new_id: str | None
) -> tuple[TreeState, TreeState, TreeComparison]:
    """Two versions, or a version and the tree of now, with what differs."""
    old, new = state_of(rows, old_id), state_of(rows, new_id)
    return old, new, compare(old, new)
