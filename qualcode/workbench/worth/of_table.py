"""A finished coding of a table, replayed with one engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.branches import path_of
from qualcode.analysis.expressions import Expressions
from qualcode.analysis.replay import FinishedGrouping
from qualcode.analysis.replay_codes import FinishedCoding
from qualcode.analysis.replay_figures import CodeFigures
from qualcode.domain.codes import Code
from qualcode.workbench.likeness import renamed
from qualcode.workbench.worth.frames import Frame, frame_of
from qualcode.workbench.worth.measuring import (
    GroupWorth,
    measure_codes,
    measure_groups,
    orders_of,
)
from qualcode.workbench.worth.tables import Row, Table
from qualcode.workbench.worth.threads import one_thread
from qualcode.workbench.worth.vectors import embedded

MOST_CODED = 3_000
"""More coded texts than this are drawn from: every ranking looks at all of them."""

Told = Callable[[str, int, int], None]
"""What is being done (a word), how many of how many."""

EMBEDDING, PLACING, CODING = "embedding", "placing", "coding"


@dataclass(frozen=True)
class TableWorth:
    """``groups`` and ``codes`` are None when the table has no such column.

    ``coded`` is how many texts the codes were measured on, ``frame`` the codes to choose from.
    """

    engine: str
    groups: GroupWorth | None
    codes: list[CodeFigures] | None
    coded: int
    frame: Frame | None


@one_thread()
def replay_table(
    table: Table,
    engine: str,
    language: str,
    *,
    orders: int,
    books: Sequence[Sequence[Code]] = (),
    told: Told | None = None,
) -> TableWorth:
    """The table's groups and codes, each gone through in ``orders`` random orders."""
    grouped = table.grouped
    coded = _drawn(table.coded)
    frame = frame_of(table, books, language) if coded else None
    main_of = table.main_of
    everything = embedded(engine, _texts(grouped, coded, frame, main_of), _of(told, EMBEDDING))
    groups = None
    if grouped:
        done = FinishedGrouping(
            renamed(everything, "g:"),
            renamed(everything, "group:"),
            tuple(row.group for row in grouped),
            engine,
            above=main_of,
            paths=renamed(everything, "path:"),
        )
        groups = measure_groups(done, orders_of(len(grouped), orders), main_of, _of(told, PLACING))
    codes = None
    if frame is not None:
        codes = measure_codes(
            _coding(everything, coded, frame, engine),
            orders_of(len(coded), orders),
            _of(told, CODING),
        )
    return TableWorth(engine, groups, codes, len(coded), frame)


def _drawn(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    if len(rows) <= MOST_CODED:
        return rows
    return tuple(rows[place] for place in sorted(orders_of(len(rows), 1)[0][:MOST_CODED]))


def _texts(
    grouped: Sequence[Row], coded: Sequence[Row], frame: Frame | None, main_of: Mapping[str, str]
) -> list[tuple[str, str]]:
    """One call's texts: the vectors of a spelling engine hold within one call only."""
    names = dict.fromkeys(row.group for row in grouped)
    codes = frame.codes if frame is not None else ()
    return [
        *((f"g:{number}", row.text) for number, row in enumerate(grouped)),
        *((f"group:{name}", name) for name in names),
        *((f"path:{name}", path_of(name, main_of[name])) for name in names if name in main_of),
        *((f"c:{number}", row.text) for number, row in enumerate(coded)),
        *((f"name:{code.id}", code.name) for code in codes),
        *((f"described:{code.id}", code.described) for code in codes),
    ]


def _coding(
    everything: Expressions, coded: Sequence[Row], frame: Frame, engine: str
) -> FinishedCoding:
    return FinishedCoding(
        renamed(everything, "c:"),
        frame.codes,
        renamed(everything, "name:"),
        renamed(everything, "described:"),
        tuple(frozenset(frame.id_of[code] for code in row.codes) for row in coded),
        engine,
    )


def _of(told: Told | None, what: str) -> Callable[[int, int], None] | None:
    return None if told is None else lambda done, whole: told(what, done, whole)
