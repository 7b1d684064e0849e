"""Table 1 on the screen, a page at a time: expression, reduction, category, role, main role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.domain.categories import Category, Level
from qualcode.domain.role_maps import Role, RoleMap, RolePlacement
from qualcode.exports.report import Cell, Column, Row, Table
from qualcode.store.cross_query import ChainQuery, ChainRow
from qualcode.store.repository import Reading
from qualcode.store.views import Page
from qualcode.workbench import origins, table_choices, table_words
from qualcode.workbench.bench import Workbench
from qualcode.workbench.origins import Origin
from qualcode.workbench.report_parts import permitted
from qualcode.workbench.table_words import FROM_QUESTIONS, TableWords


@dataclass(frozen=True)
class Asked:
    """What of the chain is shown. ``category`` brings everything below it along.

    ``each``: at most so many rows of a theme and category, an example of every one; None: all.
    """

    themes_from: str = FROM_QUESTIONS
    theme: str | None = None
    category: str | None = None
    each: int | None = 3


@dataclass(frozen=True)
class ChainPage:
    """A page of Table 1; an expression's cell names its place among the ``rows``."""

    table: Table
    total: int
    rows: tuple[ChainRow, ...]


def page(
    bench: Workbench,
    language: str,
    asked: Asked,
    offset: int,
    limit: int,
    printed: bool = False,
) -> ChainPage:
    """The rows of one page, in the order of themes and of the tree.

    ``printed``: for a file, with the words that may be printed, as edited for it.
    """
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        titles = words.theme_order(asked.themes_from)
        query = ChainQuery(
            words.themes_from(asked.themes_from),
            tuple(titles),
            tuple(words.category_order),
            asked.theme,
            None if asked.category is None else tuple(words.tree.branch(asked.category)),
            asked.each,
        )
        found = rows.chain(query, offset, limit)
        roles = _Roles(rows, words, found.rows)
        if printed:
            ids = [row.segment_id for row in found.rows]
            may = permitted.of_expressions(rows, words.study, language, ids)
            told = tuple(replace(row, text=may.words(row.segment_id)) for row in found.rows)
            found = replace(found, rows=told)
        # Told of the whole study, so that the column is there on every page or on none.
        came = (
            origins.origins_of(rows, (row.document_id for row in found.rows))
            if origins.several(origins.of_sources(rows).values())
            else None
        )
    table = _table(words, asked, titles, found, roles, came)
    return ChainPage(table, found.total, found.rows)


class _Roles:
    """The roles of the reductions of one page, and the central roles of their maps."""

    def __init__(self, rows: Reading, words: TableWords, shown: Sequence[ChainRow]) -> None:
        maps = sorted(rows.find(RoleMap), key=lambda m: (m.position, m.title, m.id))
        order = {role_map.id: n for n, role_map in enumerate(maps)}
        self._words = words
        self._roles = sorted(
            rows.find(Role), key=lambda r: (order[r.map_id], r.position, r.name, r.id)
        )
        reductions = tuple({row.reduction_id for row in shown})
        above = {c.id for row in shown for c in self.way(row.category_id)}
        self._of: dict[str, set[str]] = {}
        links = rows.find(RolePlacement, reduction_id=reductions) if reductions else []
        links += rows.find(RolePlacement, category_id=tuple(above)) if above else []
        for link in links:
            named = link.reduction_id or link.category_id or ""
            self._of.setdefault(named, set()).add(link.role_id)
        self._central = {role.map_id: role.name for role in self._roles if role.central}

    def way(self, category_id: str | None) -> list[Category]:
        if category_id is None or category_id not in self._words.tree.categories:
            return []
        return self._words.tree.path(category_id)

    def of(self, row: ChainRow) -> tuple[str, str]:
        """The roles of the reduction, its own and its categories', and the main roles."""
        ids = set(self._of.get(row.reduction_id, ()))
        for category in self.way(row.category_id):
            ids |= self._of.get(category.id, set())
        mine = [role for role in self._roles if role.id in ids]
        mains = dict.fromkeys(
            self._central[role.map_id] for role in mine if role.map_id in self._central
        )
        return "\n".join(role.name for role in mine if not role.central), "\n".join(mains)


def _table(
    words: TableWords,
    asked: Asked,
    titles: Mapping[str, str],
    found: Page[ChainRow],
    roles: _Roles,
    came: Mapping[str, Origin] | None,
) -> Table:
    _ = words._
    sub, main = words.level_name(Level.SUBCATEGORY), words.level_name(words.result_level)
    has_main = words.result_level is not Level.SUBCATEGORY
    columns = (
        Column(_("Theme"), 2.2),
        Column(_("Original expression"), 4.8),
        *((Column(_("Origin"), 2.2),) if came is not None else ()),
        Column(_("Reduced expression"), 3.0),
        Column(sub[:1].upper() + sub[1:], 2.3),
        *((Column(main[:1].upper() + main[1:], 2.2),) if has_main else ()),
        Column(_("Role"), 2.0),
        Column(_("Main role"), 1.8),
    )
    lines: list[Row] = []
    before: list[str] = []
    for n, row in enumerate(found.rows):
        way = roles.way(row.category_id)
        own = way[-1].name if way else ""
        upper = _upper(way, words.result_level)
        its_roles, mains = roles.of(row)
        theme = titles.get(row.theme, row.theme) or _("No theme")
        values = [theme, row.text, row.wording, own]
        values += [*([upper if upper != own else ""] if has_main else []), its_roles, mains]
        # What stands the same as above is joined with it, as far from the left as it goes on.
        alike = bool(before) and before[0] == theme
        joined = [
            alike,
            False,
            alike and before[2] == values[2],
            alike and before[3] == own and bool(own),
            *([alike and before[4] == values[4] and bool(values[4])] if has_main else []),
            alike and before[3] == own and before[-2] == its_roles and bool(its_roles),
            alike and before[-1] == mains and bool(mains),
        ]
        cells = [
            Cell(value, (str(n),) if place == 1 else (), joined=goes_on)
            for place, (value, goes_on) in enumerate(zip(values, joined, strict=True))
        ]
        if came is not None:
            origin = came.get(row.document_id)
            cells.insert(2, Cell(origin.told(_) if origin else ""))
        lines.append(Row(tuple(cells)))
        before = values
    note = table_choices.note(words.study, words.theme_names(asked.themes_from), _)
    caption = (
        _("From original expressions to categories: an example of the analysis")
        if asked.each is not None
        else _("Every original expression with its reduced expression and place")
    )
    return Table("chain", caption, columns, tuple(lines), note)


def _upper(way: Sequence[Category], level: Level) -> str:
    """The name of the highest category on the way up that is no higher than results are."""
    reached = [category for category in way if category.level <= level]
    return max(reached, key=lambda c: c.level).name if reached else ""
