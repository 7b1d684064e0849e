"""Rules of the method as tables of text: what is before, what is after."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qualcode.domain.categories import CategoryTree
from tests.builders import tree_from, tree_text


@pytest.fixture
def spec():
    """``spec(table, act)``: the act turns the tree on the left into the one on the right.

    A line may be empty on one side; ``-`` on the right says that the act gives an empty tree.
    """

    def check(table: str, act: Callable[[CategoryTree], CategoryTree]) -> CategoryTree:
        lines = [line.split("|") for line in table.strip().splitlines()]
        assert [cell.strip() for cell in lines[0]] == ["before", "after"]
        before = [left.strip() for left, _ in lines[1:]]
        after = [right.strip() for _, right in lines[1:]]
        changed = act(tree_from("\n".join(before)))
        assert tree_text(changed) == [line for line in after if line and line != "-"]
        return changed

    return check
