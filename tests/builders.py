"""Small studies for tests: ``a_study(store)`` and what one puts in it. All texts are invented."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from qualcode.domain.categories import Category, CategoryTree, Level, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import ReducedExpression
from qualcode.domain.decisions import Act
from qualcode.domain.documents import (
    Document,
    Item,
    ItemKind,
    Provenance,
    Respondent,
    Source,
    SourceKind,
    normalise,
)
from qualcode.store.kinds import KINDS, to_row
from qualcode.store.memory import MemoryStore
from qualcode.store.repository import Store
from qualcode.workbench import studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.segment_acts import Span, code_spans

DAY = "2026-01-15T12:00:00+00:00"
SOURCE = "source"


class Clock:
    """Time that goes a second forward at every look."""

    def __init__(self) -> None:
        self._seconds = itertools.count()

    def __call__(self) -> str:
        seconds = next(self._seconds)
        return f"2026-01-15T12:{seconds // 60 % 60:02}:{seconds % 60:02}+00:00"


def ids(prefix: str = "n") -> Any:
    """A maker of ids that can be read and foretold: n1, n2, ..."""
    numbers = itertools.count(1)
    return lambda: f"{prefix}{next(numbers):04}"


def a_bench(store: Store, coder: str = "Maija", prefix: str = "") -> Workbench:
    """A person at a study that is open already."""
    return Workbench(store, coder, "fi", Clock(), ids(prefix or coder.lower()))


def a_study(store: Store | None = None, coder: str = "Maija") -> Workbench:
    """A new study with one source, ready for answers."""
    bench = a_bench(store or MemoryStore(), coder)
    studies.start(bench, "Kokeilututkimus")
    with bench.act(Act.IMPORT) as work:
        work.put(a_source())
        work.say(file="kysely.xlsx")
    return bench


def a_source(id: str = SOURCE, name: str = "kysely.xlsx") -> Source:
    return Source(id, name, "00ff", SourceKind.SURVEY, DAY, "Maija")


def a_respondent(
    id: str, group: str = "asiakas", background: Mapping[str, str] | None = None, position: int = 0
) -> Respondent:
    return Respondent(id, SOURCE, id.upper(), group, background or {}, position)


def an_item(id: str, theme: str = "", group: str = "", position: int = 0) -> Item:
    return Item(
        id,
        SOURCE,
        f"Mitä {id}?",
        ItemKind.OPEN,
        str(position),
        theme=theme,
        actor_group=group,
        position=position,
    )


def an_answer(
    text: str,
    id: str = "d1",
    respondent: str | None = None,
    item: str | None = None,
    position: int = 0,
    attributes: Mapping[str, str] | None = None,
    aside: bool = False,
    row: int | None = None,
) -> Document:
    return Document(
        id,
        SOURCE,
        normalise(text),
        respondent_id=respondent,
        item_id=item,
        set_aside=aside,
        attributes=attributes or {},
        provenance=Provenance("kysely.xlsx", "Taulukko1", row, "Mitä?"),
        position=position,
    )


def bring_in(bench: Workbench, *entities: Any) -> None:
    """The rows as one act of importing."""
    with bench.act(Act.IMPORT) as work:
        work.add(entities)
        work.say(file="kysely.xlsx", count=len(entities))


def with_answers(bench: Workbench, *texts: str) -> list[str]:
    """Ids of answers with these texts: d1, d2, ..."""
    answers = [an_answer(text, f"d{n}", position=n) for n, text in enumerate(texts, start=1)]
    bring_in(bench, *answers)
    return [answer.id for answer in answers]


def with_codes(bench: Workbench, *labels: str) -> list[str]:
    """Ids of codes with these labels in a codebook of theory: c1, c2, ..."""
    codes = [
        Code(f"c{n}", "teoria", f"koodi_{n}", label, position=n)
        for n, label in enumerate(labels, start=1)
    ]
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.add([Codebook("teoria", "teoria", "Teoria", "Theory"), *codes])
        work.say(codebook="Teoria", count=len(codes))
    return [code.id for code in codes]


def everything(store: Store) -> dict[str, dict[str, Any]]:
    """Every row of the study as plain values, kind by kind: what undo must bring back."""
    with store.reading() as rows:
        return {
            name: {entity.id: to_row(entity) for entity in rows.find(kind.cls)}
            for name, kind in KINDS.items()
        }


# --- a category tree written down in lines --------------------------------------------------

LETTERS = {
    "S": Level.SUBCATEGORY,
    "G": Level.GENERIC_CATEGORY,
    "M": Level.MAIN_CATEGORY,
    "U": Level.UNIFYING_CATEGORY,
}


def tree_from(text: str) -> CategoryTree:
    """The tree of lines like ``M apu > G arki > S kotityö: a, b``; positions as written.

    Names are ids. A reduction is a lower-case word after the colon.
    """
    categories: dict[str, Category] = {}
    placements: dict[str, Placement] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        path, _, reductions = line.partition(":")
        parent: str | None = None
        for step in path.split(">"):
            letter, name = step.split()
            if name not in categories:
                position = float(len(categories) + 1)
                categories[name] = Category(name, name, LETTERS[letter], parent, position=position)
            parent = name
        assert parent is not None
        for n, reduction in enumerate(r.strip() for r in reductions.split(",") if r.strip()):
            placements[reduction] = Placement(reduction, parent, float(n + 1))
    return CategoryTree(categories, placements)


def tree_text(tree: CategoryTree) -> list[str]:
    """The tree as lines, one a category that has no subcategories, highest level first."""
    letters = {level: letter for letter, level in LETTERS.items()}
    lines = []
    for _, category in tree.walk():
        if not tree.children(category.id):
            path = " > ".join(f"{letters[c.level]} {c.name}" for c in tree.path(category.id))
            members = ", ".join(tree.reductions_in(category.id))
            lines.append(f"{path}: {members}" if members else path)
    return lines


def put_tree(bench: Workbench, tree: CategoryTree) -> None:
    """The tree into the study, with a reduction for everything placed in it."""
    with bench.act(Act.ADD_CATEGORY) as work:
        work.add([ReducedExpression(id, f"pelkistys {id}") for id in tree.placements])
        work.add(sorted(tree.categories.values(), key=lambda c: -c.level))
        work.add(list(tree.placements.values()))


def numbered(rows: Sequence[Any]) -> list[str]:
    """Ids of the texts on a page, in order."""
    return [row.document.id for row in rows]


def code_whole(bench: Workbench, document_ids: Sequence[str], code_id: str) -> int:
    """Whole texts carry the code, as the page of reading does it: one act. Gives how many."""
    with bench.store.reading() as rows:
        texts = [rows.get(Document, id) for id in document_ids]
    spans = [Span(text.id, 0, len(text.text)) for text in texts if text and text.text]
    return code_spans(bench, code_id, spans)
