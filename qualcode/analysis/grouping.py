"""A first grouping of reductions that have no category yet, and of subcategories above them.

Groups found without a person's names agree only weakly with people's groups, so these are offers
to look through, never a result. What fits nowhere is left out and said so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.linalg import eigh

from qualcode.analysis.dendrogram import Dendrogram, average, best_silhouette, ward
from qualcode.analysis.expressions import Expressions, Vectors
from qualcode.analysis.keywords import keywords
from qualcode.analysis.placing import NAME_WEIGHT, NamedGroup
from qualcode.analysis.refused import Refused, group_key
from qualcode.analysis.similarity import by_chance, centred, nearest, unit
from qualcode.domain.suggestions import GroupSuggestion, Reason, ReasonKind

PER_GROUP = 8
SUBCATEGORIES_PER_CATEGORY = 4
NEIGHBOURS = 3
# Cuts tried when the number of groups is looked for; more would not find a clearly better one.
MOST_CUTS = 40
MOST_IN_A_TREE = 3000
FEWEST_TO_JUDGE_FIT = 10


class Piles(StrEnum):
    """How the groups are cut: even ones of a wished size, or many small and purer ones."""

    EVEN = "even"
    PURER = "purer"


@dataclass(frozen=True)
class Grouping:
    """Groups offered, tightest first, and the ids that fit in none of them, in study order."""

    groups: tuple[GroupSuggestion, ...]
    left_out: tuple[str, ...]


def first_grouping(
    reductions: Expressions,
    *,
    engine: str,
    per_group: float = PER_GROUP,
    piles: Piles = Piles.EVEN,
    dismissed: Collection[str] = (),
    refused: Collection[Collection[str]] = (),
    apart: Collection[tuple[str, str]] = (),
) -> Grouping:
    """Groups of reductions that speak of like things, each with a name to start from.

    ``reductions`` are those without a category. Reductions of the same wording count as one and
    go together. EVEN: Ward's joins cut into one group for every ``per_group`` reductions. PURER:
    average linkage, the number of groups (a fifteenth to a quarter of the reductions) chosen by
    silhouette. A member no nearer to its group than the study's reductions are to one another
    anyway is left out, and so is one that stays alone.

    ``dismissed`` holds keys (``group_key``) of groups turned down, ``refused`` the members of those
    whose are known: they are not offered again, nor nearly they, but taken apart (``Refused``). The
    two ids of each pair in ``apart`` never come into one group.
    """
    piling = Piling(reductions, engine=engine, dismissed=dismissed, refused=refused, apart=apart)
    return piling.cut(per_group, piles)


class Piling:
    """The joins of reductions, worked out once; every cut of them into groups is quick.

    See ``first_grouping`` for what is joined, cut, left out and taken apart.
    """

    def __init__(
        self,
        reductions: Expressions,
        *,
        engine: str,
        dismissed: Collection[str] = (),
        refused: Collection[Collection[str]] = (),
        apart: Collection[tuple[str, str]] = (),
    ) -> None:
        self.reductions = reductions
        self.engine = engine
        self._refused = Refused.of(dismissed, refused)
        self._speaking = [
            rows for rows in wordings_of(reductions, apart) if np.any(reductions.centred[rows[0]])
        ]
        self._vectors = reductions.centred[[rows[0] for rows in self._speaking]]
        self._apart = _pairs_of_wordings(apart, reductions, self._speaking)
        self._limit = usual_similarity(self._vectors)
        self._parts = manageable(np.arange(len(self._vectors)), self._vectors)
        self._trees: dict[Piles, list[Dendrogram]] = {}
        self._best: list[int] = []

    def cut(self, per_group: float = PER_GROUP, piles: Piles = Piles.EVEN) -> Grouping:
        """The groups of this cut, tightest first. The first one of each kind makes the joins."""
        found = []
        for part in self._cut(per_group, piles):
            kept = fitting(part, self._vectors, self._limit)
            rows = [row for place in kept for row in self._speaking[place]]
            # One wording that stands for several reductions may have been turned down as well.
            if len(rows) > 1 and self._acceptable(kept):
                found.append(sorted(rows))
        grouped = {row for rows in found for row in rows}
        groups = described(found, self.reductions, self.engine)
        ids = self.reductions.ids
        return Grouping(groups, tuple(id_ for row, id_ in enumerate(ids) if row not in grouped))

    def _cut(self, per_group: float, piles: Piles) -> list[list[int]]:
        """Groups of rows cut from the joins, taken apart along them until each is acceptable."""
        trees = self._trees_of(piles)
        found: list[list[int]] = []
        for number, (rows, tree) in enumerate(zip(self._parts, trees, strict=True)):

            def suits(part: list[int], rows: np.ndarray = rows) -> bool:
                return self._acceptable([int(rows[place]) for place in part])

            size = (
                max(1, round(tree.size / per_group)) if piles is Piles.EVEN else self._best[number]
            )
            for node in tree.cut(size):
                found.extend([int(rows[p]) for p in part] for part in tree.apart(node, suits))
        return found

    def _trees_of(self, piles: Piles) -> list[Dendrogram]:
        if piles not in self._trees:
            join = ward if piles is Piles.EVEN else average
            trees = [join(self._vectors[rows]) for rows in self._parts]
            if piles is Piles.PURER:
                self._best = [
                    _purest(tree, self._vectors[rows])
                    for tree, rows in zip(trees, self._parts, strict=True)
                ]
            self._trees[piles] = trees
        return self._trees[piles]

    def _acceptable(self, part: list[int]) -> bool:
        offered = fitting(part, self._vectors, self._limit)
        together = set(offered)
        if any(left in together and right in together for left, right in self._apart):
            return False
        ids = [self.reductions.ids[row] for place in offered for row in self._speaking[place]]
        return not self._refused.holds(ids)


def grouping_of_categories(
    categories: Sequence[NamedGroup],
    names: Expressions,
    reductions: Expressions,
    *,
    engine: str,
    per_group: float = SUBCATEGORIES_PER_CATEGORY,
    dismissed: Collection[str] = (),
    refused: Collection[Collection[str]] = (),
) -> Grouping:
    """Groups of subcategories offered as generic categories; member ids are category ids.

    A subcategory stands where its reductions and twice its name point. Average linkage, one group
    for every ``per_group`` subcategories. ``reductions`` are all reductions of the study. Groups
    turned down (``dismissed``, ``refused``) are taken apart, and so are nearly the same ones.
    """
    gone = Refused.of(dismissed, refused)
    as_expressions = as_one(categories, names, reductions)
    speaking = [row for row, vector in enumerate(as_expressions.centred) if np.any(vector)]
    tree = average(as_expressions.centred[speaking])
    found = []
    for node in tree.cut(max(1, round(len(speaking) / per_group))):
        for part in tree.apart(
            node,
            lambda part: not gone.holds([as_expressions.ids[speaking[place]] for place in part]),
        ):
            if len(part) > 1:
                found.append([speaking[place] for place in part])
    grouped = {row for rows in found for row in rows}
    return Grouping(
        described(found, as_expressions, engine),
        tuple(id_ for row, id_ in enumerate(as_expressions.ids) if row not in grouped),
    )


def as_one(
    categories: Sequence[NamedGroup], names: Expressions, reductions: Expressions
) -> Expressions:
    """The categories as expressions: each stands where its reductions and twice its name point.

    ``reductions`` are all reductions of the study.
    """
    name_vectors = centred(
        names.vectors[[names.rows[category.id] for category in categories]], reductions.centre
    )
    members = [
        [reductions.rows[id_] for id_ in category.member_ids if id_ in reductions.rows]
        for category in categories
    ]
    sums = (
        np.stack(
            [
                NAME_WEIGHT * name + reductions.centred[rows].sum(axis=0)
                for name, rows in zip(name_vectors, members, strict=True)
            ]
        )
        if categories
        else np.zeros((0, reductions.vectors.shape[1]))
    )
    stems, heads = (
        tuple(
            of_names[names.rows[category.id]] + tuple(word for row in rows for word in of_rows[row])
            for category, rows in zip(categories, members, strict=True)
        )
        for of_names, of_rows in ((names.stems, reductions.stems), (names.heads, reductions.heads))
    )
    return Expressions(
        ids=tuple(category.id for category in categories),
        texts=tuple(category.name for category in categories),
        vectors=unit(sums),
        stems=stems,
        forms={**reductions.forms, **names.forms},
        heads=heads,
    )


def wordings_of(
    reductions: Expressions, apart: Collection[tuple[str, str]] = ()
) -> list[list[int]]:
    """The rows of each distinct wording, first by its first row.

    Of a wording of which two are to be kept ``apart`` each row stands for itself.
    """
    rows: dict[str, list[int]] = {}
    for row, wording in enumerate(reductions.wordings):
        # A text without any letters is like no other: an emoji says nothing an engine can read.
        rows.setdefault(wording or f"#{row}", []).append(row)
    said = dict(zip(reductions.ids, reductions.wordings, strict=True))
    parted = {said[one] for one, other in apart if one in said and said[one] == said.get(other)}
    return [
        part
        for wording, together in rows.items()
        for part in ([[row] for row in together] if wording in parted else [together])
    ]


def manageable(rows: np.ndarray, vectors: Vectors) -> list[np.ndarray]:
    """``rows`` halved, where they differ most, until no part is too large to join in one tree.

    A tree of joins needs the distances of all pairs: of 10,000 reductions nearly a gigabyte.
    """
    if len(rows) <= MOST_IN_A_TREE:
        return [rows]
    chosen = vectors[rows]
    order = np.argsort(chosen @ _direction(chosen), kind="stable")
    half = len(rows) // 2
    low, high = np.sort(rows[order[:half]]), np.sort(rows[order[half:]])
    return [*manageable(low, vectors), *manageable(high, vectors)]


def _direction(vectors: Vectors) -> Vectors:
    """The direction along which the rows differ most."""
    spread = vectors - vectors.mean(axis=0)
    scatter = (spread.T @ spread).astype(np.float64)
    last = len(scatter) - 1
    found: Vectors = eigh(scatter, subset_by_index=(last, last))[1][:, 0].astype(np.float32)
    return found


def _purest(tree: Dendrogram, vectors: Vectors) -> int:
    """Into how many groups the tree is cut to set them furthest apart."""
    count = len(vectors)
    if count < 3:
        return 1
    fewest, most = max(2, round(count / 15)), max(2, round(count / 4))
    step = max(1, (most - fewest) // MOST_CUTS)
    return best_silhouette(tree, vectors, range(fewest, most + 1, step))


def _pairs_of_wordings(
    apart: Collection[tuple[str, str]], reductions: Expressions, speaking: list[list[int]]
) -> list[tuple[int, int]]:
    place_of = {reductions.ids[row]: place for place, rows in enumerate(speaking) for row in rows}
    return [
        (place_of[left], place_of[right])
        for left, right in sorted(apart)
        if left in place_of and right in place_of and place_of[left] != place_of[right]
    ]


def usual_similarity(vectors: Vectors) -> float:
    """The similarity that few pairs of the study reach by chance: mean plus one deviation."""
    if np.count_nonzero(np.any(vectors, axis=1)) < FEWEST_TO_JUDGE_FIT:
        return -1.0
    mean, deviation = by_chance(vectors)
    return mean + deviation


def _likeness_to_others(rows: Sequence[int], vectors: Vectors) -> np.ndarray:
    """For each of ``rows`` its mean similarity to the other ones."""
    chosen = vectors[list(rows)].astype(np.float64)
    return (chosen @ chosen.sum(axis=0) - np.square(chosen).sum(axis=1)) / (len(rows) - 1)


def fitting(part: list[int], vectors: Vectors, limit: float) -> list[int]:
    """The members of ``part`` that are nearer to the others than chance would have it."""
    if len(part) < 2:
        return part
    likeness = _likeness_to_others(part, vectors)
    return [place for place, value in zip(part, likeness, strict=True) if value > limit]


def described(
    found: Sequence[list[int]], expressions: Expressions, engine: str
) -> tuple[GroupSuggestion, ...]:
    """The groups with name, keywords, cohesion and reasons, tightest first."""
    typical = [_typical_first(rows, expressions) for rows in found]
    words = keywords(
        [[expressions.stems[row] for row in rows] for rows in typical],
        expressions.forms,
        heads=[[expressions.heads[row] for row in rows] for rows in typical],
    )
    described = [
        _suggestion(rows, telling, expressions, engine)
        for rows, telling in zip(found, words, strict=True)
    ]
    return tuple(sorted(described, key=lambda group: (-group.cohesion, group.key)))


def _to_centre(rows: Sequence[int], expressions: Expressions) -> Vectors:
    vectors = expressions.centred[list(rows)]
    nearness: Vectors = vectors @ unit(vectors.sum(axis=0, keepdims=True))[0]
    return nearness


def _typical_first(rows: Sequence[int], expressions: Expressions) -> list[int]:
    order = np.argsort(-_to_centre(rows, expressions), kind="stable")
    return [rows[int(place)] for place in order]


def _suggestion(
    rows: list[int], telling: tuple[str, ...], expressions: Expressions, engine: str
) -> GroupSuggestion:
    to_centre = _to_centre(rows, expressions)
    medoid = _typical_first(rows, expressions)[0]
    member_ids = tuple(expressions.ids[row] for row in rows)
    return GroupSuggestion(
        key=group_key(member_ids),
        name=expressions.texts[medoid],
        keywords=telling,
        member_ids=member_ids,
        cohesion=float(np.clip(to_centre.mean(), 0.0, 1.0)),
        engine=engine,
        reasons={expressions.ids[row]: _reasons(row, rows, expressions) for row in rows},
    )


def _reasons(row: int, rows: Sequence[int], expressions: Expressions) -> tuple[Reason, ...]:
    others = [other for other in rows if other != row]
    likeness = expressions.centred[others] @ expressions.centred[row]
    reasons = [
        Reason(
            kind=ReasonKind.NEAREST,
            ids=(expressions.ids[others[near]],),
            words=expressions.shared(row, [others[near]]),
            text=expressions.texts[others[near]],
            value=float(likeness[near]),
        )
        for near in nearest(likeness, NEIGHBOURS)
    ]
    shared = expressions.shared(row, others)
    if shared:
        reasons.append(Reason(kind=ReasonKind.SHARED_WORDS, words=shared))
    return tuple(reasons)
