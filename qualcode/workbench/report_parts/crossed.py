"""The page's cross-tables and triangulation as sections of the report.

Their numbers open their answers as the report's others do, but for tables of background variables:
lists of who is behind each number would tell what the guard of small cells does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from qualcode.domain.codes import Codebook
from qualcode.domain.documents import Respondent
from qualcode.exports.report import Block, Cell, Counted, Table
from qualcode.store.cross_query import Axis, CrossMark, Near, Side
from qualcode.texts import N_
from qualcode.workbench import (
    meeting_tables,
    stance_tables,
    table_words,
    theory_tables,
    triangulation,
)
from qualcode.workbench.bench import Workbench
from qualcode.workbench.cross_tables import Made, addressed
from qualcode.workbench.report_parts.material import Material
from qualcode.workbench.table_files import bare
from qualcode.workbench.table_words import FROM_QUESTIONS

CROSS, TRIANGULATION = "cross", "triangulation"
CODES_AT_ONCE = 12
"""Columns of codes in one printed table; a longer codebook goes on in the next."""


class Cross(StrEnum):
    """The cross-tables that can be printed, in their order."""

    THEMES = "themes"
    ORIGIN = "origin"
    CODES = "codes"
    MEET = "meet"
    STANCES = "stances"
    WHOM = "whom"


NAMES = {
    Cross.THEMES: N_("Categories by theme"),
    Cross.ORIGIN: N_("Categories by origin"),
    Cross.CODES: N_("Categories by codes"),
    Cross.MEET: N_("Codes that meet"),
    Cross.STANCES: N_("Categories by stance"),
    Cross.WHOM: N_("Who speaks of whom"),
}
"""What each is called (an English msgid)."""


def variables(people: Sequence[Respondent]) -> dict[str, set[str]]:
    """Background variable -> the actor groups in which somebody has a value of it."""
    found: dict[str, set[str]] = {}
    for person in sorted(people, key=lambda r: (r.position, r.id)):
        for name, value in person.background.items():
            if value:
                found.setdefault(name, set()).add(person.actor_group)
    return found


def tables(
    bench: Workbench,
    material: Material,
    chosen: Sequence[Cross],
    backgrounds: Sequence[str],
    themes_from: str | None,
) -> list[Block]:
    """The tables asked for that have something to tell, numbered when there are many of a kind."""
    found: list[Block] = []
    for kind in Cross:
        if kind in chosen:
            made = _of(kind, bench, material, themes_from)
            found += _numbered([_opening(bench, material, one) for one in made])
    guarded: list[Table] = []
    with bench.store.reading() as rows:
        words = table_words.read(rows, material.language)
    given = variables(tuple(material.respondents.values()))
    for name in backgrounds:
        for group in words.groups(given.get(name, set())):
            told = meeting_tables.by_background(bench, material.language, name, group)
            if told is not None and words.tree.categories:
                guarded.append(replace(bare(told.table), section=CROSS))
    return [*found, *_numbered(guarded)]


def triangulated(bench: Workbench, material: Material) -> list[Block]:
    """What supports each category, differs in it or is silent; and findings held together."""
    made = triangulation.table(bench, material.language)
    held = triangulation.findings(bench, material.language)
    found: list[Block] = []
    for one in (made, theory_tables.by_theories(bench, material.language)):
        if one is not None and one.table.rows:
            found.append(replace(_opening(bench, material, one), section=TRIANGULATION))
    if held is not None:
        found.append(replace(held, section=TRIANGULATION))
    return found


def _of(
    kind: Cross, bench: Workbench, material: Material, themes_from: str | None
) -> Iterator[Made]:
    language = material.language
    if kind in (Cross.CODES, Cross.MEET):
        yield from _of_codes(kind, bench, language)
        return
    made: dict[Cross, Callable[[], Made | None]] = {
        Cross.THEMES: lambda: meeting_tables.by_themes(
            bench, language, themes_from or FROM_QUESTIONS
        ),
        Cross.ORIGIN: lambda: meeting_tables.by_origin(bench, language),
        Cross.STANCES: lambda: stance_tables.by_stance(bench, language),
        Cross.WHOM: lambda: stance_tables.who_of_whom(bench, language),
    }
    one = made[kind]()
    if one is not None and one.table.rows:
        yield one


def _of_codes(kind: Cross, bench: Workbench, language: str) -> Iterator[Made]:
    """Of each codebook in use, so many codes at once as stand on a page; captions tell which."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        books = sorted(rows.find(Codebook, in_use=True), key=lambda b: (b.position, b.id))
    for book in books:
        every = words.codes_of(book.id)
        for first in range(0, len(every), CODES_AT_ONCE):
            some = every[first : first + CODES_AT_ONCE]
            told = book.name(language)
            if len(every) > CODES_AT_ONCE:
                told = f"{told} ({first + 1}–{first + len(some)})"
            if kind is Cross.MEET:
                made = meeting_tables.codes_by_codes(bench, language, every, some)
            elif words.tree.categories:
                made = meeting_tables.by_codes(bench, language, some)
            else:
                continue
            yield replace(made, table=replace(made.table, caption=f"{made.table.caption}: {told}"))


def _numbered(found: Sequence[Table]) -> list[Table]:
    """The tables with keys of their own."""
    if len(found) < 2:
        return list(found)
    return [replace(table, key=f"{table.key}_{n}") for n, table in enumerate(found, start=1)]


# --- what stands behind the numbers --------------------------------------------------------------


def _opening(bench: Workbench, material: Material, made: Made) -> Table:
    """The table with the expressions behind each number, instead of their addresses."""
    with bench.store.reading() as rows:
        beside = _by_place(rows.crossed_marks(made.query))
        alone = _by_place(rows.crossed_marks(replace(made.query, columns=Side(Axis.ALL))))
    order = {id: n for n, id in enumerate(material.expressions)}
    counted = Counted.NONE if made.query.near is Near.ANSWER else Counted.MENTIONS

    def opened(cell: Cell) -> Cell:
        if not cell.evidence:
            return cell
        at, noted = addressed(cell.evidence)
        row = at.row or ""
        if at.columns is None:
            marks = alone[row, ""]
        else:
            marks = [mark for column in at.columns for mark in beside[row, column]]
        found = {
            mark.segment_id
            for mark in marks
            if at.actor_group in (None, mark.actor_group)
            and at.coder in (None, mark.coder)
            and not (noted and _is_elsewhere(material, mark.segment_id))
        }
        cited = material.cite(sorted(found, key=order.__getitem__))
        return replace(cell, evidence=cited, counted=counted)

    lines = tuple(
        replace(row, cells=tuple(opened(cell) for cell in row.cells)) for row in made.table.rows
    )
    return replace(made.table, rows=lines, section=CROSS)


def _is_elsewhere(material: Material, segment_id: str) -> bool:
    """Said or written somewhere else than in a workshop."""
    origin = material.origin_of(segment_id)
    return origin is None or not origin.is_workshop


def _by_place(marks: Iterable[CrossMark]) -> dict[tuple[str, str], list[CrossMark]]:
    found: dict[tuple[str, str], list[CrossMark]] = defaultdict(list)
    for mark in marks:
        found[mark.row, mark.column].append(mark)
    return found
