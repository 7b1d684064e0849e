"""Which groups, methods, rounds and coders support each category, differ in it, or are silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.domain.categories import Placement
from qualcode.domain.documents import ClosedState, Item, Source, SourceKind
from qualcode.domain.rounds import Gathering, Round
from qualcode.domain.second_marks import AGAINST, Alike, Stance
from qualcode.exports.report import Align, Cell, Column, Row, Table
from qualcode.store.cross_query import Axis, CrossCell, CrossQuery, Side
from qualcode.store.repository import Reading
from qualcode.texts import N_
from qualcode.workbench import likenesses, table_words
from qualcode.workbench.bench import Workbench
from qualcode.workbench.cross_tables import Made, at, group_title
from qualcode.workbench.stance_tables import headings
from qualcode.workbench.table_words import TableWords

METHODS = {
    SourceKind.SURVEY: N_("Survey"),
    SourceKind.WORKSHOP: N_("Workshop"),
    SourceKind.TEXT: N_("Text"),
}
SILENT = "–"
ALIKE = {
    Alike.SAME: N_("the same finding"),
    Alike.DIFFERS: N_("differ"),
    Alike.CONTRADICTS: N_("contradict each other"),
}

Key = Callable[[CrossCell], str | None]


@dataclass(frozen=True)
class _Block:
    """Columns of one kind: their keys and titles, which cells belong to each, where one opens."""

    title: str
    columns: Mapping[str, str]
    key: Key
    by_coder: bool = False

    def address(self, category: str, column: str, sources: Sequence[str]) -> tuple[str, ...]:
        if self.by_coder:
            return at(category, None, None, column)
        return at(category, sources, None) if sources else at(category, None, column)


def table(bench: Workbench, language: str) -> Made | None:
    """A row a category; None without categories.

    A number is the expressions of that group, method, round or coder; the number after ≠ those of
    them that stand against the heading.
    """
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        if not words.tree.categories:
            return None
        query = CrossQuery(words.upwards, Side(Axis.SOURCE))
        by_source = rows.crossed(query)
        by_coder = rows.crossed(replace(query, columns=Side(Axis.CODER)))
        opposed = _opposed(rows, words, query)
        blocks = _blocks(rows, words, by_source, by_coder)
        closed = _closed(rows, words)
        held = _held(rows, words)
    _ = words._
    counts = [_counted(block, by_coder if block.by_coder else by_source) for block in blocks]
    against = [_counted(block, opposed[block.by_coder]) for block in blocks]
    sources = {block.title: _sources_of(block, by_source) for block in blocks if not block.by_coder}
    lines = []
    for depth, category in words.tree.walk():
        cells = [Cell(category.name)]
        for block, found, contrary in zip(blocks, counts, against, strict=True):
            for column in block.columns:
                n = found.get((category.id, column), 0)
                m = contrary.get((category.id, column), 0)
                of = sources.get(block.title, {}).get(column, ())
                cells.append(
                    Cell(
                        n,
                        block.address(category.id, column, of),
                        suffix=f" (≠ {m})" if m else "",
                        strong=m > 0,
                    )
                    if n
                    else Cell(SILENT)
                )
        if closed is not None:
            cells.append(Cell(closed.get(category.id) or SILENT))
        cells.append(Cell(held.get(category.id, "")))
        lines.append(Row(tuple(cells), level=depth))
    columns = [Column(_("Category"), 4.6)]
    for block in blocks:
        columns += [
            Column(title, 1.7, Align.RIGHT, block.title) for title in block.columns.values()
        ]
    if closed is not None:
        columns.append(Column(_("Closed answers of the same themes"), 2.0, Align.RIGHT))
    columns.append(Column(_("Held against others"), 2.4))
    note = _(
        "Numbers are expressions; – : silent. ≠ : of these so many stand against what the heading "
        "tells of. A difference is a finding, not an error."
    )
    caption = _("What supports each category, differs in it or is silent")
    return Made(Table("triangulation", caption, tuple(columns), tuple(lines), note), query)


def findings(bench: Workbench, language: str) -> Table | None:
    """The likenesses and contradictions as a table of the report; None when there are none."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        told = likenesses.every(rows)
    if not told:
        return None
    _ = words._
    lines = [
        Row(
            (
                Cell(one.one),
                Cell(_(ALIKE[one.likeness.how]), strong=one.likeness.how is Alike.CONTRADICTS),
                Cell(one.other),
                Cell(one.likeness.note),
                Cell(one.likeness.coder),
            )
        )
        for one in told
    ]
    columns = (
        Column(_("Finding"), 4.4),
        Column(_("To each other"), 2.8),
        Column(_("Other finding"), 4.4),
        Column(_("Note"), 4.0),
        Column(_("Coder"), 1.8),
    )
    caption = _("Findings that are alike, differ or contradict each other")
    return Table("likenesses", caption, columns, tuple(lines))


# --- what stands in the columns ------------------------------------------------------------------


def _blocks(
    rows: Reading,
    words: TableWords,
    by_source: Sequence[CrossCell],
    by_coder: Sequence[CrossCell],
) -> list[_Block]:
    """Groups, methods, rounds and coders; a kind with nothing to compare is left out."""
    _ = words._
    kinds = {source.id: source.kind for source in rows.find(Source)}
    rounds = {row.id: row for row in rows.find(Round)}
    of_round = {row.id: row.round_id for row in rows.find(Gathering) if row.round_id in rounds}
    groups = words.groups({cell.actor_group for cell in by_source})
    ordered = sorted(rounds.values(), key=lambda row: (row.position, row.id))
    used = {of_round.get(cell.column) for cell in by_source}
    methods = {
        kind.value: _(title)
        for kind, title in METHODS.items()
        if any(kinds.get(cell.column) is kind for cell in by_source)
    }
    blocks = [
        _Block(
            _("Actor groups"),
            {group: group_title(words, group) for group in groups},
            lambda cell: cell.actor_group,
        ),
        _Block(
            _("Methods"),
            methods,
            lambda cell: kinds[cell.column].value if cell.column in kinds else None,
        ),
        _Block(
            _("Rounds"),
            {row.id: row.name for row in ordered if row.id in used},
            lambda cell: of_round.get(cell.column),
        ),
        _Block(
            _("Coders"),
            {coder: coder for coder in sorted({cell.column for cell in by_coder})},
            lambda cell: cell.column,
            by_coder=True,
        ),
    ]
    return [block for n, block in enumerate(blocks) if len(block.columns) > (1 if n else 0)]


def _counted(block: _Block, cells: Sequence[CrossCell]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for cell in cells:
        key = block.key(cell)
        if key is not None:
            found[cell.row, key] += cell.mentions
    return found


def _sources_of(block: _Block, cells: Sequence[CrossCell]) -> dict[str, tuple[str, ...]]:
    """Column -> the files it is made of; a group has none of its own."""
    found: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        key = block.key(cell)
        if key is not None and key != cell.actor_group:
            found[key].add(cell.column)
    return {key: tuple(sorted(ids)) for key, ids in found.items()}


def _opposed(rows: Reading, words: TableWords, query: CrossQuery) -> dict[bool, list[CrossCell]]:
    """By coder or not -> the cells of what stands against its heading."""
    given = headings(rows, words)
    found: dict[bool, list[CrossCell]] = {False: [], True: []}
    for stance, opposed in AGAINST.items():
        pairs = tuple(pair for pair in words.upwards.pairs if given.get(pair[1]) is stance)
        if not pairs or not opposed:
            continue
        asked = replace(query, rows=Side(Axis.CATEGORY, pairs=pairs), standing=_values(opposed))
        found[False] += rows.crossed(asked)
        found[True] += rows.crossed(replace(asked, columns=Side(Axis.CODER)))
    return found


def _values(opposed: Sequence[Stance]) -> tuple[str, ...]:
    return tuple(stance.value for stance in opposed)


def _closed(rows: Reading, words: TableWords) -> dict[str, int] | None:
    """Category -> closed answers to questions of the themes that its expressions come from."""
    themes = {item.id: item.theme for item in rows.find(Item)}
    answered: dict[str, int] = defaultdict(int)
    for count in rows.closed_counts():
        if count.state is ClosedState.ANSWERED and themes.get(count.item_id):
            answered[themes[count.item_id]] += count.count
    if not answered:
        return None
    of: dict[str, set[str]] = defaultdict(set)
    for cell in rows.crossed(CrossQuery(words.upwards, Side(Axis.THEME))):
        of[cell.row].add(cell.column)
    return {id: sum(answered.get(theme, 0) for theme in found) for id, found in of.items()}


def _held(rows: Reading, words: TableWords) -> dict[str, str]:
    """Category -> in words, what it and what is under it was held to be to others."""
    places = {row.id: row.category_id for row in rows.find(Placement)}
    counts: dict[str, dict[Alike, set[str]]] = defaultdict(lambda: defaultdict(set))
    for told in likenesses.every(rows):
        row = told.likeness
        for kind, id in ((row.one_kind, row.one_id), (row.other_kind, row.other_id)):
            category = id if kind == "category" else places.get(id)
            if category is not None and category in words.tree.categories:
                for above in words.tree.path(category):
                    counts[above.id][row.how].add(row.id)
    return {
        id: ", ".join(f"{words._(ALIKE[how])} ({len(of[how])})" for how in ALIKE if of.get(how))
        for id, of in counts.items()
    }
