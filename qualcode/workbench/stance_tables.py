"""How expressions stand under each heading, those against it, and who speaks of whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qualcode.domain.second_marks import AGAINST, ExpressionStance, HeadingStance, Stance
from qualcode.exports.report import Align, Cell, Column, Row, Table
from qualcode.store.cross_query import Axis, CrossQuery, Side
from qualcode.store.repository import Reading
from qualcode.texts import N_
from qualcode.workbench import stances, table_words
from qualcode.workbench.bench import Workbench
from qualcode.workbench.cross_tables import Made, at, group_title
from qualcode.workbench.meeting_tables import meeting
from qualcode.workbench.table_words import TableWords

NAMES = {
    Stance.SUCCESS: N_("Success"),
    Stance.DIFFICULTY: N_("Difficulty"),
    Stance.WISH: N_("Wish"),
    Stance.DOUBT: N_("Doubt"),
}


def by_stance(bench: Workbench, language: str, shares: bool = False) -> Made:
    """Categories by the stances of their expressions; last how many stand against the heading."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        given = headings(rows, words)
        query = CrossQuery(words.upwards, Side(Axis.STANCE))
        cells, whole = rows.crossed(query), rows.crossed(CrossQuery(words.upwards))
        against = against_headings(rows, words, given)
    _ = words._
    titles = {stance.value: _(NAMES[stance]) for stance in Stance}
    lines = [(depth, c.id, c.name) for depth, c in words.tree.walk()]
    told = ("by_stance", _("How expressions stand in each category"), _("Category"))
    made = meeting(words, query, told, lines, titles, cells, whole, shares)
    heading, opposed = Column(_("Heading tells of"), 2.2), Column(_("Against it"), 2.2, Align.RIGHT)
    marked: dict[str, int] = {}
    for cell in cells:
        marked[cell.row] = marked.get(cell.row, 0) + cell.mentions
    done = []
    for (_depth, id, _name), row in zip(lines, made.table.rows, strict=True):
        says = given.get(id)
        cells_of = row.cells
        if says and AGAINST[says]:
            count = against.get(id, 0)
            evidence = at(id, [stance.value for stance in AGAINST[says]], None)
            suffix = f" / {marked.get(id, 0)}"
            last = Cell(count, evidence if count else (), suffix=suffix, strong=count > 0)
        else:
            last = Cell()
        done.append(replace(row, cells=(*cells_of, Cell(_(NAMES[says]) if says else ""), last)))
    note = " ".join(
        (
            made.table.note,
            _(
                "Against it: expressions whose stance is against what the heading tells of, out of "
                "the stances given in the category. They are findings, not errors."
            ),
        )
    )
    columns = (*made.table.columns, heading, opposed)
    table = replace(made.table, columns=columns, rows=tuple(done), note=note)
    return replace(made, table=table)


def headings(rows: Reading, words: TableWords) -> dict[str, Stance]:
    """Category -> what its heading tells of, its own or taken over from above."""
    given = {row.id: row.stance for row in rows.find(HeadingStance)}
    return stances.of_headings(words.tree, given)


def against_headings(
    rows: Reading, words: TableWords, given: Mapping[str, Stance]
) -> dict[str, int]:
    """Category -> how many of its expressions stand against its heading."""
    found: dict[str, int] = {}
    for stance, opposed in AGAINST.items():
        mine = {id for id, says in given.items() if says is stance}
        pairs = tuple((id, above) for id, above in words.upwards.pairs if above in mine)
        if not pairs or not opposed:
            continue
        # Two coders may see two stances in one expression: told as one, it counts once.
        side = Side(Axis.STANCE, renamed={one.value: "against" for one in opposed})
        for cell in rows.crossed(CrossQuery(Side(Axis.CATEGORY, pairs=pairs), side)):
            if cell.column == "against":
                found[cell.row] = found.get(cell.row, 0) + cell.mentions
    return found


def who_of_whom(bench: Workbench, language: str) -> Made | None:
    """Who speaks (the text's actor group) of whom; None when nobody has been named."""
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        query = CrossQuery(Side(Axis.SPOKEN_OF))
        cells = rows.crossed(query)
        others = any(row.speaker for row in rows.find(ExpressionStance))
    if not cells:
        return None
    _ = words._
    speaking = words.groups({cell.actor_group for cell in cells})
    spoken = words.groups({cell.row for cell in cells})
    counted = {(cell.actor_group, cell.row): cell.mentions for cell in cells}
    lines = []
    for group in speaking:
        row = [counted.get((group, whom), 0) for whom in spoken]
        shown = [
            Cell(n, at(whom, None, group) if n else (), strong=whom == group)
            for whom, n in zip(spoken, row, strict=True)
        ]
        lines.append(Row((Cell(group_title(words, group)), *shown)))
    columns = (
        Column(_("Who speaks"), 4.0),
        *(Column(whom, 2.4, Align.RIGHT, _("Spoken of")) for whom in spoken),
    )
    note = _(
        "Numbers are expressions. Who speaks is the actor group of the text, unless a coder has "
        "named another."
    )
    table = Table("who_of_whom", _("Who speaks of whom"), columns, tuple(lines), note)
    return Made(table, query, others)
