"""Tables of categories and codes for the screen and the report: counted by the store.

Every number leads to the answers it counts; a number that may not be shown leads nowhere.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.domain.categories import Level
from qualcode.exports.report import Align, Cell, Column, Counted, Row, Table
from qualcode.store.answer_query import Among, Facet, among
from qualcode.store.cross_query import Axis, CellAt, CrossCell, CrossQuery, Side
from qualcode.store.repository import Reading
from qualcode.store.views import ExpressionQuery, ExpressionRow, Page
from qualcode.workbench import origins, table_choices, table_words
from qualcode.workbench.bench import Workbench
from qualcode.workbench.origins import Origin
from qualcode.workbench.table_words import FROM_QUESTIONS, TableWords

EVERYONE = "\x00all"
"""Key of the sum over all actor groups; no group can be called so."""
WORKSHOPS, ELSEWHERE = "workshops", "elsewhere"
"""Where an expression was said, when workshop notes are told from everything else."""


@dataclass(frozen=True)
class Made:
    """A table with the question it was counted by: what its numbers open.

    ``others_speak``: a coder has named another speaker than the text's group, by which the reading
    view looks for texts. ``workshops``: the files of workshops, where some numbers count their
    notes alone.
    """

    table: Table
    query: CrossQuery
    others_speak: bool = False
    workshops: tuple[str, ...] = ()


def behind(
    bench: Workbench, made: Made, evidence: Sequence[str], offset: int, limit: int
) -> Page[ExpressionRow]:
    """A page of the expressions that a number counts; empty for what is no number of ours."""
    try:
        at, noted = addressed(evidence)
    except (ValueError, IndexError, TypeError):
        return Page((), 0, offset, limit)
    # A row's own number counts also what meets no column.
    query = made.query if at.columns is not None else replace(made.query, columns=Side(Axis.ALL))
    if noted:
        query = replace(query, sources=made.workshops)
    with bench.store.reading() as rows:
        ids = rows.crossed_segments(query, at)
        wanted = tuple(ids[offset : offset + limit])
        found = rows.expressions(ExpressionQuery(segment_ids=wanted), 0, max(1, limit)).rows
    return Page(found, len(ids), offset, limit)


def conditions(made: Made, evidence: Sequence[str]) -> tuple[Among, ...] | None:
    """The same texts as the reading view asks for them; None where it has no such condition.

    A category brings everything below it along; the answers shown are those in which both stand.
    """
    told, noted = addressed(evidence)
    if told.coder is not None:
        return None
    row, columns, group = told.row or "", told.columns, told.actor_group
    side, other = made.query.rows, made.query.columns
    if made.others_speak and group:
        return None
    marks = {Axis.CODE: Facet.CODE, Axis.STANCE: Facet.MARK, Axis.SPOKEN_OF: Facet.SPOKEN_OF}
    if side.by in marks:
        found = [among(marks[side.by], row)]
    else:
        below = tuple(dict.fromkeys(id for id, value in side.pairs if value == row))
        found = [among(Facet.CATEGORY, *below)]
    group = group or made.query.actor_group
    if group:
        found.append(among(Facet.ACTOR_GROUP, group))
    if noted:
        found.append(among(Facet.SOURCE, *made.workshops))
    if columns is None:
        return tuple(found)
    merged: dict[str, list[str]] = {}
    for value, name in other.renamed.items():
        merged.setdefault(name, []).append(value)
    values = [one for column in columns for one in merged.get(column, [column])]
    facets = {
        **marks,
        Axis.SOURCE: Facet.SOURCE,
        Axis.THEME: Facet.THEME,
        Axis.ATTRIBUTE: Facet.ATTRIBUTE,
    }
    if other.by not in facets or (other.by is Axis.CODE and "" in values):
        return None
    return (*found, among(facets[other.by], *values, name=other.name))


def at(
    row: str | None,
    columns: Sequence[str] | None,
    group: str | None,
    coder: str | None = None,
    noted: bool = False,
) -> tuple[str, ...]:
    """The address of the expressions that a number counts; ``noted``: in workshops only."""
    return (json.dumps([row, None if columns is None else list(columns), group, coder, noted]),)


def addressed(evidence: Sequence[str]) -> tuple[CellAt, bool]:
    """What ``at`` wrote: where the number stands, and whether it counts workshop notes only."""
    row, columns, group, coder, noted = json.loads(evidence[0])
    return CellAt(row, None if columns is None else tuple(columns), group, coder), noted


# --- the tree ------------------------------------------------------------------------------------


def tree(bench: Workbench, language: str) -> Made | None:
    """The whole category tree with respondents and mentions of each actor group."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        if not words.tree.categories:
            return None
        sources = origins.of_sources(rows)
        cells = rows.crossed(CrossQuery(words.upwards))
        query, in_workshops = _in_workshops(rows, words, sources)
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
        if in_workshops is not None:
            said = in_workshops.get(category.id, 0)
            counts.append(Cell(said, at(category.id, [WORKSHOPS], None) if said else ()))
        strong = category.level >= Level.MAIN_CATEGORY or depth == 0
        name = Cell(category.name, strong=strong)
        lines.append(Row((name, Cell(words.level_name(category.level)), *counts), level=depth))
    columns = (
        Column(words._("Category"), 5.7),
        Column(words._("Level"), 2.4),
        *(c for g in groups for c in _count_columns(words, 1.7, group_title(words, g))),
        *(() if in_workshops is None else (_workshop_column(words),)),
    )
    caption = words._("The categories of the study with the respondents and mentions in each")
    return Made(Table("tree", caption, columns, tuple(lines), counting_note(words)), query)


def _in_workshops(
    rows: Reading, words: TableWords, sources: Mapping[str, Origin]
) -> tuple[CrossQuery, dict[str, int] | None]:
    """Category -> its mentions said in workshops; None where there is nothing to tell apart.

    Beside it the query whose cells the table's numbers open.
    """
    if not origins.several(sources.values()):
        return CrossQuery(words.upwards), None
    keys = {id: WORKSHOPS if one.is_workshop else ELSEWHERE for id, one in sources.items()}
    query = CrossQuery(words.upwards, Side(Axis.SOURCE, renamed=keys))
    found: Counter[str] = Counter()
    for cell in rows.crossed(query):
        if cell.column == WORKSHOPS:
            found[cell.row] += cell.mentions
    return query, dict(found)


def _workshop_column(words: TableWords) -> Column:
    title = words._("Of them in workshops")
    return Column(title, 2.2, Align.RIGHT, counted=Counted.MENTIONS)


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


def group_title(words: TableWords, group: str) -> str:
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
        sources = origins.of_sources(rows)
        workshops = tuple(id for id, one in sources.items() if one.is_workshop)
        in_workshops = None
        if origins.several(sources.values()):
            noted = rows.crossed(replace(query, sources=workshops))
            in_workshops = {(cell.row, cell.column, cell.actor_group): cell for cell in noted}
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
            counts: tuple[Cell, ...] = _two(cell, at(cell.row, [cell.column], group))
            name = Cell(words.tree[cell.row].name, counts[1].evidence)
            first = Cell(theme, joined=before == cell.column)
            if in_workshops is not None:
                there = in_workshops.get((cell.row, cell.column, group))
                opens = at(cell.row, [cell.column], group, noted=True)
                counts += (Cell(there.mentions, opens) if there else Cell(0),)
            lines.append(Row((first, name, *counts)))
            before = cell.column
        columns = (
            Column(words._("Theme"), 4.0),
            Column(words._("Result category"), 7.6),
            *_count_columns(words, 2.2),
            *(() if in_workshops is None else (_workshop_column(words),)),
        )
        caption = words._("Results by theme: {group}").format(group=group_title(words, group))
        table = Table(f"summary_{number}", caption, columns, tuple(lines), note)
        made.append(Made(table, query, workshops=workshops))
    return made


# --- what the tables share -----------------------------------------------------------------------


def columns_of(
    words: TableWords, first: str, titles: Sequence[str], last: str
) -> tuple[Column, ...]:
    width = 1.6 if len(titles) > 6 else 2.2
    return (
        Column(first, 5.2),
        *(Column(title, width, Align.RIGHT) for title in titles),
        Column(last, 1.4, Align.RIGHT),
    )


def share(count: int, n: int) -> str:
    return f" ({round(100 * count / n)} %)" if n else ""
