"""Each category as several theories see it: theory triangulation (Denzin).

A codebook is a theory's way of looking. An expression of the category that carries one of its
codes is what that theory speaks of; a category of which one theory speaks and another is silent is
a finding of the difference between them.
"""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.codes import Codebook
from qualcode.store.cross_query import Axis, CrossQuery, Side
from qualcode.workbench import table_words
from qualcode.workbench.bench import Workbench
from qualcode.workbench.cross_tables import Made
from qualcode.workbench.meeting_tables import meeting


def by_theories(bench: Workbench, language: str) -> Made | None:
    """Every category by the codebooks whose codes lie on its expressions.

    An expression with several codes of a codebook counts once for it. None where codes of fewer
    than two codebooks in use meet a category: one way of looking is not compared with another.
    """
    with bench.store.reading() as rows:
        words = table_words.read(rows, language)
        books = sorted(rows.find(Codebook, in_use=True), key=lambda b: (b.position, b.id))
        book_of = {code: book.id for book in books for code in words.codes_of(book.id)}
        side = Side(Axis.CODE, named=tuple(book_of), renamed=book_of)
        query = CrossQuery(words.upwards, side)
        cells, whole = rows.crossed(query), rows.crossed(CrossQuery(words.upwards))
    _ = words._
    used = {cell.column for cell in cells if cell.mentions}
    titles = {book.id: book.name(language) for book in books if book.id in used}
    if len(titles) < 2:
        return None
    lines = [(depth, c.id, c.name) for depth, c in words.tree.walk()]
    heads = ("by_theories", _("Categories by theory"), _("Category"))
    made = meeting(words, query, heads, lines, titles, cells, whole, False)
    told = _("A theory is a codebook: counted are the expressions on which one of its codes lies.")
    note = " ".join(part for part in (told, made.table.note) if part)
    return replace(made, table=replace(made.table, note=note))
