"""A first grouping of reductions that have no category yet, and of subcategories above them.

Groups found without a person's names agree only weakly with people's groups, so these are offers
to look through, never a result. What fits nowhere is left out and said so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.linalg import eigh

from qualcode.analysis.dendrogram import Dendrogram, average, best_silhouette, ward
from qualcode.analysis.expressions import Expressions, Vectors
from qualcode.analysis.keywords import keywords
from qualcode.analysis.placing import NAME_WEIGHT, NamedGroup
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


def group_key(member_ids: Iterable[str]) -> str:
    """A name for exactly this set of members, whatever their order; the key of a dismissal."""
    return hashlib.sha256("\n".join(sorted(member_ids)).encode()).hexdigest()[:32]


def first_grouping(
    reductions: Expressions,
    *,
    engine: str,
    per_group: float = PER_GROUP,
    piles: Piles = Piles.EVEN,
    dismissed: Collection[str] = (),
    apart: Collection[tuple[str, str]] = (),
) -> Grouping:
    """Groups of reductions that speak of like things, each with a name to start from.

    ``reductions`` are those without a category. Reductions of the same wording count as one and
    go together. EVEN: Ward's joins cut into one group for every ``per_group`` reductions. PURER:
    average linkage, the number of groups (a fifteenth to a quarter of the reductions) chosen by
    silhouette. A member no nearer to its group than the study's reductions are to one another
    anyway is left out, and so is one that stays alone.

    ``dismissed`` holds keys (``group_key``) of groups turned down: exactly those are not offered
    again but taken apart. The two ids of each pair in ``apart`` never come into one group.
    """
    wordings = _wordings(reductions)
    speaking = [rows for rows in wordings if np.any(reductions.centred[rows[0]])]
    vectors = reductions.centred[[rows[0] for rows in speaking]]
    keep_apart = _pairs_of_wordings(apart, reductions, speaking)

    limit = _usual_similarity(vectors)

    def acceptable(part: list[int]) -> bool:
        offered = _fitting(part, vectors, limit)
        together = set(offered)
        if any(left in together and right in together for left, right in keep_apart):
            return False
        return group_key(_ids(reductions, speaking, offered)) not in dismissed

    found = []
    for part in _parts(vectors, per_group, piles, acceptable):
        fitting = _fitting(part, vectors, limit)
        rows = [row for place in fitting for row in speaking[place]]
        # One wording that stands for several reductions may have been turned down as well.
        if len(rows) > 1 and acceptable(fitting):
            found.append(sorted(rows))
    grouped = {row for rows in found for row in rows}
    groups = _described(found, reductions, engine)
    left_out = tuple(id_ for row, id_ in enumerate(reductions.ids) if row not in grouped)
    return Grouping(groups, left_out)


def grouping_of_categories(
    categories: Sequence[NamedGroup],
    names: Expressions,
    reductions: Expressions,
    *,
    engine: str,
    per_group: float = SUBCATEGORIES_PER_CATEGORY,
    dismissed: Collection[str] = (),
) -> Grouping:
    """Groups of subcategories offered as generic categories; member ids are category ids.

    A subcategory stands where its reductions and twice its name point. Average linkage, one group
    for every ``per_group`` subcategories. ``reductions`` are all reductions of the study.
    """
    as_expressions = as_one(categories, names, reductions)
    speaking = [row for row, vector in enumerate(as_expressions.centred) if np.any(vector)]
    tree = average(as_expressions.centred[speaking])
    found = []
    for node in tree.cut(max(1, round(len(speaking) / per_group))):
        for part in tree.apart(
            node,
            lambda part: (
                group_key(as_expressions.ids[speaking[place]] for place in part) not in dismissed
            ),
        ):
            if len(part) > 1:
                found.append([speaking[place] for place in part])
    grouped = {row for rows in found for row in rows}
    return Grouping(
        _described(found, as_expressions, engine),
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
    stems = tuple(
        names.stems[names.rows[category.id]]
        + tuple(stem for row in rows for stem in reductions.stems[row])
        for category, rows in zip(categories, members, strict=True)
    )
    return Expressions(
        ids=tuple(category.id for category in categories),
        texts=tuple(category.name for category in categories),
        vectors=unit(sums),
        stems=stems,
        forms={**reductions.forms, **names.forms},
    )


def _wordings(reductions: Expressions) -> list[list[int]]:
    """The rows of each distinct wording, first by its first row."""
    rows: dict[str, list[int]] = {}
    for row, wording in enumerate(reductions.wordings):
        # A text without any letters is like no other: an emoji says nothing an engine can read.
        rows.setdefault(wording or f"#{row}", []).append(row)
    return list(rows.values())


def _parts(
    vectors: Vectors, per_group: float, piles: Piles, acceptable: Callable[[list[int]], bool]
) -> list[list[int]]:
    """Groups of rows cut from the joins, taken apart along them until each is acceptable."""
    parts: list[list[int]] = []
    for rows in _manageable(np.arange(len(vectors)), vectors):

        def suits(part: list[int], rows: np.ndarray = rows) -> bool:
            return acceptable([int(rows[place]) for place in part])

        tree, size = _tree(vectors[rows], per_group, piles)
        for node in tree.cut(size):
            parts.extend([int(rows[p]) for p in part] for part in tree.apart(node, suits))
    return parts


def _manageable(rows: np.ndarray, vectors: Vectors) -> list[np.ndarray]:
    """``rows`` halved, where they differ most, until no part is too large to join in one tree.

    A tree of joins needs the distances of all pairs: of 10,000 reductions nearly a gigabyte.
    """
    if len(rows) <= MOST_IN_A_TREE:
        return [rows]
    chosen = vectors[rows]
    order = np.argsort(chosen @ _direction(chosen), kind="stable")
    half = len(rows) // 2
    low, high = np.sort(rows[order[:half]]), np.sort(rows[order[half:]])
    return [*_manageable(low, vectors), *_manageable(high, vectors)]


def _direction(vectors: Vectors) -> Vectors:
    """The direction along which the rows differ most."""
    spread = vectors - vectors.mean(axis=0)
    scatter = (spread.T @ spread).astype(np.float64)
    last = len(scatter) - 1
    found: Vectors = eigh(scatter, subset_by_index=(last, last))[1][:, 0].astype(np.float32)
    return found


def _tree(vectors: Vectors, per_group: float, piles: Piles) -> tuple[Dendrogram, int]:
    """The tree of joins and into how many groups it is to be cut."""
    count = len(vectors)
    if piles is Piles.EVEN:
        return ward(vectors), max(1, round(count / per_group))
    tree = average(vectors)
    fewest, most = max(2, round(count / 15)), max(2, round(count / 4))
    if count < 3:
        return tree, 1
    step = max(1, (most - fewest) // MOST_CUTS)
    return tree, best_silhouette(tree, vectors, range(fewest, most + 1, step))


def _pairs_of_wordings(
    apart: Collection[tuple[str, str]], reductions: Expressions, speaking: list[list[int]]
) -> list[tuple[int, int]]:
    place_of = {reductions.ids[row]: place for place, rows in enumerate(speaking) for row in rows}
    return [
        (place_of[left], place_of[right])
        for left, right in sorted(apart)
        if left in place_of and right in place_of and place_of[left] != place_of[right]
    ]


def _ids(reductions: Expressions, speaking: list[list[int]], places: list[int]) -> list[str]:
    return [reductions.ids[row] for place in places for row in speaking[place]]


def _usual_similarity(vectors: Vectors) -> float:
    """The similarity that few pairs of the study reach by chance: mean plus one deviation."""
    if np.count_nonzero(np.any(vectors, axis=1)) < FEWEST_TO_JUDGE_FIT:
        return -1.0
    mean, deviation = by_chance(vectors)
    return mean + deviation


def _likeness_to_others(rows: Sequence[int], vectors: Vectors) -> np.ndarray:
    """For each of ``rows`` its mean similarity to the other ones."""
    chosen = vectors[list(rows)].astype(np.float64)
    return (chosen @ chosen.sum(axis=0) - np.square(chosen).sum(axis=1)) / (len(rows) - 1)


def _fitting(part: list[int], vectors: Vectors, limit: float) -> list[int]:
    """The members of ``part`` that are nearer to the others than chance would have it."""
    if len(part) < 2:
        return part
    likeness = _likeness_to_others(part, vectors)
    return [place for place, value in zip(part, likeness, strict=True) if value > limit]


def _described(
    found: Sequence[list[int]], expressions: Expressions, engine: str
) -> tuple[GroupSuggestion, ...]:
    """The groups with name, keywords, cohesion and reasons, tightest first."""
    words = keywords(
        [[expressions.stems[row] for row in _typical_first(rows, expressions)] for rows in found],
        expressions.forms,
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
