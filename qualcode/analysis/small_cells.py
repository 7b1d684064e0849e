"""The guard of small cells: what is not shown of a table of people, so that nobody shows.

One man among eleven is known to everybody who knows the group. A value that few people have is
counted together with others; a count of few people is not shown, nor are so many others of its row
that the row's total would tell it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

LEAST = 3
"""Fewer people than this do not show, unless the study says otherwise."""


def together(people: Mapping[str, int], least: int) -> tuple[str, ...]:
    """The values to be counted as one, because few people have them; in their order.

    The smallest other values join until enough people stand behind the sum: eleven less nine would
    tell of the two. All the values, when no two columns can be told.

    >>> together({"nainen": 9, "mies": 1, "muu": 1}, 3)
    ('nainen', 'mies', 'muu')
    >>> together({"alle 30": 6, "30–49": 5, "50–64": 2, "65–": 1}, 3)
    ('50–64', '65–')
    >>> together({"nainen": 6, "mies": 5}, 3)
    ()
    """
    joined = {value for value, n in people.items() if 0 < n < least}
    while joined and sum(people[value] for value in joined) < least:
        left = [value for value in people if value not in joined]
        if not left:
            break
        joined.add(min(left, key=lambda value: people[value]))
    if joined and len(joined) == len([value for value, n in people.items() if n]):
        return tuple(people)
    return tuple(value for value in people if value in joined)


def hidden(
    row: Mapping[str, int], least: int, people: Mapping[str, int] | None = None
) -> frozenset[str]:
    """The columns of a row that are not shown. Each person is in one column; the sum is known.

    Where a small count is hidden every smaller one goes with it, nought too, and the smallest of
    the others until what is left out is at least ``least`` people in two columns.

    ``people``: how many there are in each column at most, where the table tells that.

    >>> sorted(hidden({"a": 5, "b": 4, "c": 1}, 3))
    ['b', 'c']
    >>> sorted(hidden({"a": 5, "b": 2, "c": 2, "d": 0}, 3))
    ['b', 'c', 'd']
    >>> sorted(hidden({"a": 5, "b": 0}, 3)), sorted(hidden({"a": 1, "b": 0}, 3))
    ([], ['a', 'b'])
    """
    if not any(0 < n < least for n in row.values()):
        return _covering(row, least, people) if people else frozenset()
    return frozenset(with_others(row, {column for column, n in row.items() if n < least}, least))


def with_others(row: Mapping[str, int], columns: Collection[str], least: int) -> set[str]:
    """The columns, and the smallest of the others until the sum of the row does not tell them."""
    found = set(columns)
    while len(found) < 2 or sum(row[column] for column in found) < least:
        left = [column for column in row if column not in found]
        if not left:
            break
        found.add(min(left, key=lambda column: row[column]))
    return found


def _covering(row: Mapping[str, int], least: int, people: Mapping[str, int]) -> frozenset[str]:
    """Two columns without small counts that are hidden for the sake of another row's.

    All eight women and two of the five men are ten: hidden, they could be nothing else, because
    there is no ninth woman. So seven women and three men, ten as well, are not shown either.

    >>> sorted(_covering({"nainen": 7, "mies": 3}, 3, {"nainen": 8, "mies": 5}))
    ['mies', 'nainen']
    """
    for few in (column for column, n in row.items() if n == least):
        for full in (c for c, n in row.items() if c != few and n + 1 == people.get(c)):
            other = {**row, few: least - 1, full: row[full] + 1}
            if hidden(other, least) == {few, full}:
                return frozenset((few, full))
    return frozenset()
