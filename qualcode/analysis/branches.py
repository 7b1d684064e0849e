"""Categories that lie under the same one, as one place that a reduction can be near to.

A category with three members says little of its theme; its sisters under the same higher category
say more. So the likeness to the whole branch counts beside that to the category itself, and a
category's name is read after the name of what it lies under too ("Arki: ajan puute"). Both were
measured to win on most sets with two levels (docs/benchmarks.md).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.analysis.similarity import Vectors

SISTERS = 0.15
"""The weight of the likeness to the whole branch, beside 1 for the category itself."""


def path_of(name: str, above: str) -> str:
    """A category's name after that of what it lies under."""
    return f"{above}: {name}"


class Branches:
    """Which branch each category is in, by what it lies under; one under nothing is its own."""

    def __init__(self, ids: Sequence[str], above: Sequence[str]) -> None:
        keys = [f"^{up}" if up else id for id, up in zip(ids, above, strict=True)]
        known = {key: n for n, key in enumerate(dict.fromkeys(keys))}
        self.of = np.array([known[key] for key in keys], dtype=np.int64)
        self.count = len(known)
        self._belongs = np.zeros((len(keys), self.count), dtype=np.float32)
        self._belongs[np.arange(len(keys)), self.of] = 1.0

    def __bool__(self) -> bool:
        """Whether there is anything to tell: two branches, one of which holds two categories."""
        return 1 < self.count < len(self.of)

    def sums(self, of_groups: Vectors) -> Vectors:
        """The rows of the categories added up branch by branch."""
        return np.asarray(self._belongs.T @ of_groups, dtype=np.float32)

    def across(self, of_groups: np.ndarray) -> np.ndarray:
        """The columns of the categories added up branch by branch."""
        return np.asarray(of_groups @ self._belongs)

    def together(self, own: np.ndarray, branch: np.ndarray) -> np.ndarray:
        """Scores of the categories, with those of their branches (last axis) taken in."""
        mixed = (own + SISTERS * branch[..., self.of]) / (1 + SISTERS)
        return np.asarray(mixed, dtype=np.float64)
