"""The guard of small cells for a whole tree: what one row hides, the rows around it do not tell.

Everybody counted in a category is counted in the one above it, and everybody there is in one of
those below. So a row can tell of another: where five of the category above are women and four of
the only other one below it, a woman is in the third one, and when that has one person in all, it is
known who. The limits between which each hidden number must lie are followed through the tree, and
more is hidden until no small number is left that only one value fits.
"""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.analysis import small_cells

Row = Mapping[str, int]
At = tuple[str, str]
"""(row, column) of a number."""
Limits = dict[At, tuple[int, int]]
"""The least and the most that each number can be, for one who sees the table."""

ROUNDS = 50
"""Limits that still move after so many rounds are left where they are."""


def guarded(
    rows: Mapping[str, Row], above: Mapping[str, str | None], whole: Row, least: int
) -> dict[str, frozenset[str]]:
    """Row -> its columns that are not shown. ``above``: the row over each; ``whole``: how many
    people there are in each column. The sum of a row is known to all.

    >>> rows = {"tuki": {"n": 5, "m": 4}, "apu": {"n": 4, "m": 4}, "raha": {"n": 1, "m": 0}}
    >>> found = guarded(rows, {"apu": "tuki", "raha": "tuki"}, {"n": 6, "m": 5}, 3)
    >>> {name: sorted(columns) for name, columns in found.items()}
    {'tuki': ['m', 'n'], 'apu': [], 'raha': ['m', 'n']}
    """
    below: dict[str, list[str]] = {}
    for id in rows:
        if (parent := above.get(id)) is not None:
            below.setdefault(parent, []).append(id)
    gone = {id: set(small_cells.hidden(row, least, whole)) for id, row in rows.items()}
    while any(gone.values()):
        limits = _limits(rows, below, gone, whole)
        told = [
            (id, column)
            for id, columns in gone.items()
            for column in sorted(columns)
            if 0 < rows[id][column] < least and limits[id, column][0] == limits[id, column][1]
        ]
        more = [_hide_near(rows, above, below, gone, at, least) for at in told]
        if not any(more):
            break
    return {id: frozenset(columns) for id, columns in gone.items()}


def _hide_near(
    rows: Mapping[str, Row],
    above: Mapping[str, str | None],
    below: Mapping[str, list[str]],
    gone: dict[str, set[str]],
    at: At,
    least: int,
) -> bool:
    """Hides the same column in the nearest row that shows it; whether there was one.

    Above first: what is hidden higher up tells most by itself.
    """
    id, column = at
    way, seen = [id], {id}
    for one in way:
        if column not in gone[one]:
            gone[one] |= small_cells.with_others(rows[one], gone[one] | {column}, least)
            return True
        parent = above.get(one)
        near = [*([parent] if parent is not None else []), *below.get(one, [])]
        way += [row for row in near if row not in seen]
        seen.update(near)
    shown_here = set(rows[id]) - gone[id]
    gone[id] |= shown_here
    return bool(shown_here)


def _limits(
    rows: Mapping[str, Row],
    below: Mapping[str, list[str]],
    gone: Mapping[str, set[str]],
    whole: Row,
) -> Limits:
    """What everybody can work out of each number."""
    low: dict[At, int] = {}
    high: dict[At, int] = {}
    sums = {id: sum(row.values()) for id, row in rows.items()}
    for id, row in rows.items():
        for column, n in row.items():
            hidden = column in gone[id]
            low[id, column] = 0 if hidden else n
            high[id, column] = min(sums[id], whole.get(column, sums[id])) if hidden else n
    for _round in range(ROUNDS):
        before = (dict(low), dict(high))
        for id, row in rows.items():
            lows, highs = sum(low[id, c] for c in row), sum(high[id, c] for c in row)
            found = {
                (id, column): (
                    max(low[id, column], sums[id] - (highs - high[id, column])),
                    min(high[id, column], sums[id] - (lows - low[id, column])),
                )
                for column in gone[id]
            }
            low |= {at: limits[0] for at, limits in found.items()}
            high |= {at: limits[1] for at, limits in found.items()}
            for column in row:
                _between([(one, column) for one in (id, *below.get(id, []))], sums, low, high)
        if before == (low, high):
            break
    return {at: (low[at], high[at]) for at in low}


def _between(
    family: list[At], sums: Mapping[str, int], low: dict[At, int], high: dict[At, int]
) -> None:
    """A category (the first) has everybody of each below it, and nobody else.

    So it is with those in the column, and so it is with those who are in any other column.
    """
    inside = _narrowed([(low[at], high[at]) for at in family])
    others = [
        (sums[at[0]] - most, sums[at[0]] - least)
        for at, (least, most) in zip(family, inside, strict=True)
    ]
    for at, (least, most) in zip(family, _narrowed(others), strict=True):
        low[at], high[at] = sums[at[0]] - most, sums[at[0]] - least


def _narrowed(limits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The limits of a union and of its parts, as each tells of the others."""
    (least, most), *parts = limits
    if not parts:
        return limits
    least = max(least, *(low for low, _ in parts))
    most = min(most, sum(high for _, high in parts))
    parts = [(low, min(high, most)) for low, high in parts]
    together = sum(high for _, high in parts)
    parts = [(max(low, least - (together - high)), high) for low, high in parts]
    return [(least, most), *parts]
