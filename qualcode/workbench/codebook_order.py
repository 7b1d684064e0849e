"""Codebooks and codes in the order in which people see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from qualcode.domain.codes import Code, Codebook
from qualcode.store.repository import Reading
from qualcode.workbench.bench import Work

T = TypeVar("T", bound=Code | Codebook)


def tree_order(codes: Iterable[Code]) -> list[tuple[Code, int]]:
    """(code, depth) with every code right under its parent, siblings in their own order.

    A code whose parent is not among the codes stands at the top.
    """
    codes = sorted(codes, key=lambda code: (code.position, code.id))
    known = {code.id for code in codes}
    under: dict[str | None, list[Code]] = defaultdict(list)
    for code in codes:
        under[code.parent_id if code.parent_id in known else None].append(code)
    found: list[tuple[Code, int]] = []
    waiting = [(code, 0) for code in reversed(under[None])]
    while waiting:
        code, depth = waiting.pop()
        found.append((code, depth))
        waiting.extend((child, depth + 1) for child in reversed(under[code.id]))
    return found


def branches(rows: Reading, in_use: bool) -> list[tuple[Codebook, list[tuple[Code, int]]]]:
    """The codebooks in use (or out of use), each with its codes in tree order."""
    of: dict[str, list[Code]] = defaultdict(list)
    for code in rows.find(Code):
        of[code.codebook_id].append(code)
    books = sorted(rows.find(Codebook, in_use=in_use), key=codebook_order)
    return [(book, tree_order(of[book.id])) for book in books]


def codes_of_books(rows: Reading) -> list[Code]:
    """The codes of the codebooks in use."""
    return [code for _, codes in branches(rows, True) for code, _ in codes]


def in_tree_order(work: Work, codebook_id: str) -> list[tuple[Code, int]]:
    """The codes of one codebook, as an act sees them."""
    return tree_order(work.rows.find(Code, codebook_id=codebook_id))


def codebook_order(codebook: Codebook) -> tuple[int, str, str]:
    """What codebooks are sorted by."""
    return (codebook.position, codebook.name("fi").casefold(), codebook.id)


def moved_by(rows: Sequence[T], id: str, by: int) -> list[T]:
    """The rows with one of them ``by`` places further on, or back when negative."""
    moved = next((row for row in rows if row.id == id), None)
    if moved is None:
        return list(rows)
    rest = [row for row in rows if row.id != id]
    to = min(max(rows.index(moved) + by, 0), len(rest))
    return [*rest[:to], moved, *rest[to:]]


def next_position(rows: Sequence[Code | Codebook]) -> int:
    """A place after all of them."""
    return max((row.position for row in rows), default=-1) + 1
