"""Tables of categories and codes for the screen and the report: counted by the store.

Every number leads to the answers it counts; a number that may not be shown leads nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis import small_cells
from qualcode.domain.categories import Level
from qualcode.exports.report import Align, Cell, Column, Counted, Row, RowKind, Table
from qualcode.store.answer_query import Among, Facet, among, natural
from qualcode.store.cross_query import Axis, CellAt, CrossCell, CrossQuery, Near, Side
from qualcode.store.views import ExpressionQuery, ExpressionRow, Page
from qualcode.workbench import table_choices, table_words
from qualcode.workbench.bench import Workbench
from qualcode.workbench.table_words import FROM_QUESTIONS, TableWords

HIDDEN = "–"
"""Stands where a count of few people would."""

EVERYONE = "\x00all"
"""Key of the sum over all actor groups; no group can be called so."""

ALL_VALUES = "\x00values"
"""Key of the column that sums up the values of a background variable."""


@dataclass(frozen=True)
class Made:
    """A table with the question it was counted by: what its numbers open."""

    table: Table
    query: CrossQuery


def behind(
    bench: Workbench, made: Made, evidence: Sequence[str], offset: int, limit: int
) -> Page[ExpressionRow]:
    """A page of the expressions that a number counts; empty for what is no number of ours."""
    try:
        row, columns, group = json.loads(evidence[0])
        at = CellAt(row, None if columns is None else tuple(columns), group)
    except (ValueError, IndexError, TypeError):
        return Page((), 0, offset, limit)
    with bench.store.reading() as rows:
        ids = rows.crossed_segments(made.query, at)
        wanted = tuple(ids[offset : offset + limit])
        found = rows.expressions(ExpressionQuery(segment_ids=wanted), 0, max(1, limit)).rows
    return Page(found, len(ids), offset, limit)


def conditions(made: Made, evidence: Sequence[str]) -> tuple[Among, ...] | None:
    """The same texts as the reading view asks for them; None where it has no such condition.

    A category brings everything below it along; the answers shown are those in which both stand.
    """
    row, columns, group = json.loads(evidence[0])
    side, other = made.query.rows, made.query.columns
    if side.by is Axis.CODE:
        found = [among(Facet.CODE, row)]
    else:
        below = tuple(dict.fromkeys(id for id, value in side.pairs if value == row))
        found = [among(Facet.CATEGORY, *below)]
    group = group or made.query.actor_group
    if group:
        found.append(among(Facet.ACTOR_GROUP, group))
    if columns is None:
        return tuple(found)
    merged: dict[str, list[str]] = {}
    for value, name in other.renamed.items():
        merged.setdefault(name, []).append(value)
    values = [one for column in columns for one in merged.get(column, [column])]
    facets = {Axis.CODE: Facet.CODE, Axis.THEME: Facet.THEME, Axis.ATTRIBUTE: Facet.ATTRIBUTE}
    if other.by not in facets or (other.by is Axis.CODE and "" in values):
        return None
    return (*found, among(facets[other.by], *values, name=other.name))


def at(row: str | None, columns: Sequence[str] | None, group: str | None) -> tuple[str, ...]:
    """The address of the expressions that a number counts."""
    return (json.dumps([row, None if columns is None else list(columns), group]),)


# --- the tree ------------------------------------------------------------------------------------


def tree(bench: Workbench, language: str) -> Made | None:
    """The whole category tree with respondents and mentions of each actor group."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        if not words.tree.categories:
            return None
        query = CrossQuery(words.upwards)
        cells = rows.crossed(query)
    by_place = {(cell.row, cell.actor_group): cell for cell in cells}
    groups = words.groups({cell.actor_group for cell in cells if cell.actor_group})
    if len(groups) != 1 or any(not cell.actor_group for cell in cells):
        groups = [*groups, EVERYONE]
    totals = _summed(cells)
    lines = []
    for depth, category in words.tree.walk():
        counts: list[Cell] = []
        for group in groups:
            one = totals if group == EVERYONE else by_place
            found = one.get((category.id, group))
            evidence = at(category.id, None, None if group == EVERYONE else group)
            counts += _two(found, evidence)
        strong = category.level >= Level.MAIN_CATEGORY or depth == 0
        name = Cell(category.name, strong=strong)
        lines.append(Row((name, Cell(words.level_name(category.level)), *counts), level=depth))
    columns = (
        Column(words._("Category"), 5.7),
        Column(words._("Level"), 2.4),
        *(c for g in groups for c in _count_columns(words, 1.7, _group_title(words, g))),
    )
    caption = words._("The categories of the study with the respondents and mentions in each")
    return Made(Table("tree", caption, columns, tuple(lines), counting_note(words)), query)


def _summed(cells: Sequence[CrossCell]) -> dict[tuple[str, str], CrossCell]:
    """Row -> its cells of all actor groups added up: nobody is in two groups."""
    found: dict[tuple[str, str], CrossCell] = {}
    for cell in cells:
        key = (cell.row, EVERYONE)
        there = found.get(key) or CrossCell(cell.row, "", EVERYONE, 0, 0, 0)
        found[key] = _added(there, cell)
    return found


def _added(one: CrossCell, other: CrossCell) -> CrossCell:
    return replace(
        one,
        mentions=one.mentions + other.mentions,
        respondents=one.respondents + other.respondents,
        answers=one.answers + other.answers,
    )


def _two(cell: CrossCell | None, evidence: tuple[str, ...]) -> tuple[Cell, Cell]:
    """Respondents and mentions."""
    if cell is None:
        return Cell(0), Cell(0)
    return Cell(cell.respondents, evidence), Cell(cell.mentions, evidence)


def _count_columns(words: TableWords, width: float, group: str = "") -> tuple[Column, Column]:
    people = words.pgettext("count", "Respondents")
    mentions = words.pgettext("count", "Mentions")
    return (
        Column(people, width, Align.RIGHT, group, Counted.RESPONDENTS),
        Column(mentions, width, Align.RIGHT, group, Counted.MENTIONS),
    )


def _group_title(words: TableWords, group: str) -> str:
    if group == EVERYONE:
        return words.pgettext("actor groups", "All")
    return group or words._("no actor group")


def counting_note(words: TableWords) -> str:
    """What the two counts mean."""
    return words._(
        "Respondents: different people. Mentions: original expressions, each counted once."
    )


# --- themes by result categories -----------------------------------------------------------------


def summaries(bench: Workbench, language: str, themes_from: str = FROM_QUESTIONS) -> list[Made]:
    """Tables 8-9: for each actor group, what was found of each theme."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        query = CrossQuery(words.results, words.themes_from(themes_from))
        cells = rows.crossed(query)
    made = []
    themes = words.theme_order(themes_from)
    places = {theme: n for n, theme in enumerate(themes)}
    note = " ".join(
        part
        for part in (
            counting_note(words),
            table_choices.note(words.study, words.theme_names(themes_from), words._),
        )
        if part
    )
    groups = words.groups({cell.actor_group for cell in cells})
    for number, group in enumerate(groups, start=1):
        mine = sorted(
            (cell for cell in cells if cell.actor_group == group),
            key=lambda c: (places.get(c.column, len(places)), words.category_order[c.row]),
        )
        lines, before = [], None
        for cell in mine:
            theme = themes.get(cell.column, cell.column) or words._("No theme")
            counts = _two(cell, at(cell.row, [cell.column], group))
            name = Cell(words.tree[cell.row].name, counts[1].evidence)
            first = Cell(theme, joined=before == cell.column)
            lines.append(Row((first, name, *counts)))
            before = cell.column
        columns = (
            Column(words._("Theme"), 4.0),
            Column(words._("Result category"), 7.6),
            *_count_columns(words, 2.2),
        )
        caption = words._("Results by theme: {group}").format(group=_group_title(words, group))
        made.append(Made(Table(f"summary_{number}", caption, columns, tuple(lines), note), query))
    return made


# --- categories by something else ----------------------------------------------------------------


def by_background(
    bench: Workbench, language: str, name: str, actor_group: str, shares: bool = False
) -> Made | None:
    """Categories by a background variable, in people of one actor group, small cells guarded.

    One group at a time: the table of all less the table of one group would tell of the others.
    None when so few people have each value that nothing can be told.
    """
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        people = {value: n for value, _, n in rows.background(name, actor_group)}
        query = CrossQuery(words.upwards, Side(Axis.ATTRIBUTE, name), actor_group=actor_group)
        cells = rows.crossed(query)
    least = table_choices.least(words.study)
    joined = small_cells.together(people, least)
    if len(joined) == len(people):
        return None
    own = sorted((v for v in people if v and v not in joined), key=natural)
    columns: dict[str, tuple[str, ...]] = {value: (value,) for value in own}
    if "" in people and "" not in joined:
        columns[""] = ("",)
    if joined:
        columns[ALL_VALUES] = joined
    n = {column: sum(people[value] for value in values) for column, values in columns.items()}
    counted: dict[tuple[str, str], int] = {}
    for cell in cells:
        column = ALL_VALUES if cell.column in joined else cell.column
        counted[cell.row, column] = counted.get((cell.row, column), 0) + cell.respondents
    lines = [_n_row(words, n)]
    anything_hidden = False
    for depth, category in words.tree.walk():
        line = {column: counted.get((category.id, column), 0) for column in columns}
        gone = small_cells.hidden(line, least)
        anything_hidden = anything_hidden or bool(gone)
        shown = [
            Cell(HIDDEN)
            if column in gone
            else Cell(
                line[column],
                at(category.id, values, actor_group) if line[column] else (),
                suffix=_share(line[column], n[column]) if shares else "",
            )
            for column, values in columns.items()
        ]
        total = sum(line.values())
        whole = Cell(total, at(category.id, None, actor_group) if total else ())
        lines.append(Row((Cell(category.name), *shown, whole), level=depth))
    titles = {"": words._("not told"), ALL_VALUES: words._("others")}
    titled = [titles.get(column, column) for column in columns]
    caption = words._("Categories by background: {name} ({group}, n = {n})").format(
        name=name, group=_group_title(words, actor_group), n=sum(people.values())
    )
    note = _guard_note(words, least, bool(joined), anything_hidden)
    return Made(
        Table(
            "by_background",
            caption,
            _columns(words, words._("Category"), titled, words.pgettext("count", "All")),
            tuple(lines),
            note,
        ),
        query,
    )


def _guard_note(words: TableWords, least: int, joined: bool, anything_hidden: bool) -> str:
    _ = words._
    told = [_("Counts are of different people.")]
    if least == table_choices.OFF:
        told.append(_("Small numbers are shown: somebody may be recognised."))
    if joined:
        told.append(
            _(
                "Values that fewer than {least} people have are counted together as “others”."
            ).format(least=least)
        )
    if anything_hidden:
        told.append(
            _(
                "– : fewer than {least} people, or a number that would tell such a one; it is not "
                "shown."
            ).format(least=least)
        )
    return " ".join(told)


def by_codes(
    bench: Workbench,
    language: str,
    code_ids: Sequence[str],
    near: Near = Near.WORDS,
    shares: bool = False,
) -> Made:
    """Categories by codes that lie on the same words, or in the same answer."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        query = CrossQuery(words.upwards, Side(Axis.CODE, named=tuple(code_ids)), near)
        cells, whole = rows.crossed(query), rows.crossed(CrossQuery(words.upwards))
    titles = {id: words.code(id) for id in code_ids}
    lines = [(depth, c.id, c.name) for depth, c in words.tree.walk()]
    caption = words._("Categories and codes")
    first = words._("Category")
    return _meeting(words, query, ("by_codes", caption, first), lines, titles, cells, whole, shares)


def codes_by_codes(
    bench: Workbench,
    language: str,
    row_ids: Sequence[str],
    column_ids: Sequence[str],
    near: Near = Near.WORDS,
    shares: bool = False,
) -> Made:
    """Which codes meet on the same words, or in the same answer."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        side = Side(Axis.CODE, named=tuple(row_ids))
        query = CrossQuery(side, Side(Axis.CODE, named=tuple(column_ids)), near)
        cells, whole = rows.crossed(query), rows.crossed(CrossQuery(side))
    titles = {id: words.code(id) for id in column_ids}
    lines = [(0, id, words.code(id)) for id in row_ids]
    caption = words._("Codes that meet")
    first = words._("Code")
    return _meeting(
        words, query, ("codes_by_codes", caption, first), lines, titles, cells, whole, shares
    )


def by_themes(
    bench: Workbench, language: str, themes_from: str = FROM_QUESTIONS, shares: bool = False
) -> Made:
    """Every category by the themes, all levels of the tree."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        query = CrossQuery(words.upwards, words.themes_from(themes_from))
        cells, whole = rows.crossed(query), rows.crossed(CrossQuery(words.upwards))
    titles = words.theme_order(themes_from)
    if any(cell.column == "" for cell in cells):
        titles = {**titles, "": words._("No theme")}
    lines = [(depth, c.id, c.name) for depth, c in words.tree.walk()]
    told = ("by_themes", words._("Categories by theme"), words._("Category"))
    made = _meeting(words, query, told, lines, titles, cells, whole, shares)
    more = table_choices.note(words.study, words.theme_names(themes_from), words._)
    note = " ".join(part for part in (made.table.note, more) if part)
    return replace(made, table=replace(made.table, note=note))


def _meeting(
    words: TableWords,
    query: CrossQuery,
    told: tuple[str, str, str],
    lines: Sequence[tuple[int, str, str]],
    titles: Mapping[str, str],
    cells: Sequence[CrossCell],
    whole: Sequence[CrossCell],
    shares: bool,
) -> Made:
    """A table of what meets: mentions, or answers where the same answer is enough."""
    in_answers = query.near is Near.ANSWER

    def size(cell: CrossCell) -> int:
        return cell.answers if in_answers else cell.mentions

    found: dict[tuple[str, str], int] = {}
    for cell in cells:
        found[cell.row, cell.column] = found.get((cell.row, cell.column), 0) + size(cell)
    n: dict[str, int] = {}
    for cell in whole:
        n[cell.row] = n.get(cell.row, 0) + size(cell)
    rows = []
    for depth, id, name in lines:
        shown = []
        for column in titles:
            count = found.get((id, column), 0)
            if column == id:
                shown.append(Cell())
                continue
            suffix = _share(count, n.get(id, 0)) if shares and count else ""
            shown.append(Cell(count, at(id, [column], None) if count else (), suffix=suffix))
        rows.append(Row((Cell(name), *shown, Cell(n.get(id, 0), at(id, None, None))), level=depth))
    key, caption, first = told
    note = (
        words._("Numbers are answers in which both are; n is the answers of the row.")
        if in_answers
        else words._(
            "Numbers are expressions of the row that the column lies on, wholly or partly; n is "
            "the expressions of the row."
        )
    )
    if key == "by_themes":
        note = words._("Numbers are expressions; n is the expressions of the row.")
    if shares:
        note += " " + words._("Shares are of the row's n.")
    columns = _columns(words, first, list(titles.values()), "n")
    return Made(Table(key, caption, columns, tuple(rows), note), query)


# --- what the tables share -----------------------------------------------------------------------


def _columns(words: TableWords, first: str, titles: Sequence[str], last: str) -> tuple[Column, ...]:
    width = 1.6 if len(titles) > 6 else 2.2
    return (
        Column(first, 5.2),
        *(Column(title, width, Align.RIGHT) for title in titles),
        Column(last, 1.4, Align.RIGHT),
    )


def _n_row(words: TableWords, n: Mapping[str, int]) -> Row:
    """How many people there are in each column: no share stands without it."""
    cells = (Cell(words._("Respondents (n)")), *(Cell(count) for count in n.values()))
    return Row((*cells, Cell(sum(n.values()))), kind=RowKind.TOTAL)


def _share(count: int, n: int) -> str:
    return f" ({round(100 * count / n)} %)" if n else ""
