"""Tables of what meets: categories by background, codes or themes, and codes by codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualcode.analysis import guarded_tree, small_cells
from qualcode.domain.documents import SourceKind
from qualcode.exports.report import Cell, Row, RowKind, Table
from qualcode.store.answer_query import natural
from qualcode.store.cross_query import Axis, CrossCell, CrossQuery, Near, Side
from qualcode.workbench import origins, table_choices, table_words
from qualcode.workbench.bench import Workbench
from qualcode.workbench.cross_tables import Made, at, columns_of, group_title, share
from qualcode.workbench.table_words import FROM_QUESTIONS, TableWords

HIDDEN = "–"
"""Stands where a count of few people would."""

ALL_VALUES = "\x00values"
"""Key of the column that sums up the values of a background variable."""

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
    whole_tree = list(words.tree.walk())
    numbers = {
        category.id: {column: counted.get((category.id, column), 0) for column in columns}
        for _, category in whole_tree
    }
    above = {category.id: category.parent_id for _, category in whole_tree}
    guarded = guarded_tree.guarded(numbers, above, n, least)
    for depth, category in whole_tree:
        line, gone = numbers[category.id], guarded[category.id]
        shown = [
            Cell(HIDDEN)
            if column in gone
            else Cell(
                line[column],
                at(category.id, values, actor_group) if line[column] else (),
                suffix=share(line[column], n[column]) if shares else "",
            )
            for column, values in columns.items()
        ]
        total = sum(line.values())
        whole = Cell(total, at(category.id, None, actor_group) if total else ())
        lines.append(Row((Cell(category.name), *shown, whole), level=depth))
    titles = {"": words._("not told"), ALL_VALUES: words._("others")}
    titled = [titles.get(column, column) for column in columns]
    caption = words._("Categories by background: {name} ({group}, n = {n})").format(
        name=name, group=group_title(words, actor_group), n=sum(people.values())
    )
    note = _guard_note(words, least, bool(joined), any(guarded.values()))
    return Made(
        Table(
            "by_background",
            caption,
            columns_of(words, words._("Category"), titled, words.pgettext("count", "All")),
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
    return meeting(words, query, ("by_codes", caption, first), lines, titles, cells, whole, shares)


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
    return meeting(
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
    made = meeting(words, query, told, lines, titles, cells, whole, shares)
    more = table_choices.note(words.study, words.theme_names(themes_from), words._)
    note = " ".join(part for part in (made.table.note, more) if part)
    return replace(made, table=replace(made.table, note=note))


def by_origin(bench: Workbench, language: str, shares: bool = False) -> Made | None:
    """Every category by what its expressions come from: the survey, each workshop, other texts.

    None where all that has been reduced comes from one.
    """
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        came = origins.of_sources(rows)
        keys = {id: f"{origin.kind}/{origin.workshop}" for id, origin in came.items()}
        query = CrossQuery(words.upwards, Side(Axis.SOURCE, renamed=keys))
        cells, whole = rows.crossed(query), rows.crossed(CrossQuery(words.upwards))
    used = {cell.column for cell in cells}
    order = list(SourceKind)
    titles = {
        keys[id]: _capital(origin.told(words._))
        for id, origin in sorted(came.items(), key=lambda pair: order.index(pair[1].kind))
        if keys[id] in used
    }
    if len(titles) < 2:
        return None
    lines = [(depth, c.id, c.name) for depth, c in words.tree.walk()]
    heads = ("by_origin", words._("Categories by origin"), words._("Category"))
    return meeting(words, query, heads, lines, titles, cells, whole, shares)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def meeting(
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
            suffix = share(count, n.get(id, 0)) if shares and count else ""
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
    if key in ("by_themes", "by_origin"):
        note = words._("Numbers are expressions; n is the expressions of the row.")
    if key == "by_stance":
        note = words._(
            "Numbers are expressions of the row whose stance is that of the column; n is the "
            "expressions of the row."
        )
    if shares:
        note += " " + words._("Shares are of the row's n.")
    columns = columns_of(words, first, list(titles.values()), "n")
    return Made(Table(key, caption, columns, tuple(rows), note), query)


def _n_row(words: TableWords, n: Mapping[str, int]) -> Row:
    """How many people there are in each column: no share stands without it."""
    cells = (Cell(words._("Respondents (n)")), *(Cell(count) for count in n.values()))
    return Row((*cells, Cell(sum(n.values()))), kind=RowKind.TOTAL)
