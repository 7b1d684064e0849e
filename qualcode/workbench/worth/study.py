"""The study's own finished analysis, replayed with one engine in the order it was made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from qualcode.analysis import replay_codes, replay_figures
from qualcode.analysis.code_scores import CodeWords
from qualcode.analysis.replay import FinishedGrouping, spread
from qualcode.analysis.replay_codes import CodeLook, FinishedCoding
from qualcode.analysis.replay_figures import CodeFigures, PlacingFigures, Stage
from qualcode.domain.categories import Category, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.documents import Document, Segment
from qualcode.workbench.bench import Workbench
from qualcode.workbench.engines import chosen
from qualcode.workbench.likeness import expressions, renamed
from qualcode.workbench.worth.measuring import orders_of, passes
from qualcode.workbench.worth.of_table import CODING, EMBEDDING, PLACING, Told
from qualcode.workbench.worth.past import Past, in_order, past
from qualcode.workbench.worth.threads import one_thread
from qualcode.workbench.worth.vectors import working_engines

FEWEST = 10
"""Fewer placed reductions or coded passages than this tell nothing."""

FIRST_BLOCKS = (0, 10, 25, 50)
LOOKS_A_BLOCK = 60


@dataclass(frozen=True)
class Finished:
    """The analysis as it is now, in the order it was made.

    ``placed``: (reduction id, wording, subcategory id); ``names`` of the subcategories. ``coded``:
    (segment id, quote, ids of its codes); ``codes`` are all codes in use, ``questions`` tells by
    segment which question its text answers.
    """

    placed: tuple[tuple[str, str, str], ...]
    names: dict[str, str]
    coded: tuple[tuple[str, str, frozenset[str]], ...]
    codes: tuple[CodeWords, ...]
    past: Past
    questions: dict[str, str]

    @property
    def has_groups(self) -> bool:
        return len(self.placed) >= FEWEST and len({group for _, _, group in self.placed}) > 1

    @property
    def has_codes(self) -> bool:
        return len(self.coded) >= FEWEST and len(self.codes) > 1


@dataclass(frozen=True)
class CodesWorth:
    """``overall`` over the whole way, ``course`` along it: the first one right, found by three."""

    overall: CodeFigures
    course: tuple[Stage, ...]


@dataclass(frozen=True)
class StudyWorth:
    """What one engine would have offered. None where too little is finished."""

    engine: str
    orders: int
    placed: int
    groups: int
    placing: PlacingFigures | None
    coded: int
    codes: int
    coding: CodesWorth | None


def engines_of(bench: Workbench) -> tuple[str, ...]:
    """The engines to try on this study, best first."""
    own = chosen(bench)
    return working_engines(bench.study().language, own.name if own else "")


def finished(bench: Workbench) -> Finished:
    """Everything that has a place or a code, read once."""
    with bench.store.reading() as rows:
        told = past(rows)
        wordings = {r.id: r.wording for r in rows.find(ReducedExpression)}
        places = {p.id: p.category_id for p in rows.find(Placement)}
        names = {c.id: c.name for c in rows.find(Category)}
        books = tuple(book.id for book in rows.find(Codebook, in_use=True))
        codes = rows.find(Code, codebook_id=books) if books else []
        codings = rows.find(Coding)
        segments = {s.id: s for s in rows.find(Segment)}
        documents = {d.id: d for d in rows.find(Document, set_aside=False)}
    known = {code.id for code in codes}
    codes_of: dict[str, set[str]] = {}
    for coding in codings:
        if coding.code_id in known and segments[coding.segment_id].document_id in documents:
            codes_of.setdefault(coding.segment_id, set()).add(coding.code_id)

    def quote(segment: Segment) -> str:
        return segment.of(documents[segment.document_id].text)

    return Finished(
        placed=tuple((id, wordings[id], places[id]) for id in in_order(places, told.placed)),
        names={id: names[id] for id in dict.fromkeys(places.values())},
        coded=tuple(
            (id, quote(segments[id]), frozenset(codes_of[id]))
            for id in in_order(codes_of, told.coded)
        ),
        codes=tuple(
            CodeWords(c.id, c.label(bench.language), c.definition(bench.language)) for c in codes
        ),
        past=told,
        questions={
            id: item
            for id in codes_of
            if (item := documents[segments[id].document_id].item_id) is not None
        },
    )


@one_thread()
def replay_study(
    bench: Workbench,
    done: Finished,
    engine: str,
    *,
    shuffled: int = 0,
    told: Told | None = None,
) -> StudyWorth:
    """The study's placements and codings with this engine: in their order, or in random ones."""
    placing = _groups(bench, done, engine, shuffled, told) if done.has_groups else None
    coding = _codes(bench, done, engine, shuffled, told) if done.has_codes else None
    return StudyWorth(
        engine,
        shuffled or 1,
        len(done.placed),
        len(done.names),
        placing,
        len(done.coded),
        len(done.codes),
        coding,
    )


def _orders(count: int, shuffled: int) -> list[list[int]]:
    return orders_of(count, shuffled) if shuffled else [list(range(count))]


def _groups(
    bench: Workbench, done: Finished, engine: str, shuffled: int, told: Told | None
) -> PlacingFigures:
    texts = [
        *((f"r:{id}", wording) for id, wording, _ in done.placed),
        *((f"c:{id}", name) for id, name in done.names.items()),
    ]
    everything = expressions(bench, engine, texts, _of(told, EMBEDDING))
    grouping = FinishedGrouping(
        renamed(everything, "r:"),
        renamed(everything, "c:"),
        tuple(group for _, _, group in done.placed),
        engine,
    )
    looks = passes(grouping, _orders(len(done.placed), shuffled), _of(told, PLACING))
    return replay_figures.of_placing(looks)


def _codes(
    bench: Workbench, done: Finished, engine: str, shuffled: int, told: Told | None
) -> CodesWorth:
    texts = [
        *((f"s:{id}", quote) for id, quote, _ in done.coded),
        *((f"name:{code.id}", code.name) for code in done.codes),
        *((f"described:{code.id}", code.described) for code in done.codes),
    ]
    everything = expressions(bench, engine, texts, _of(told, EMBEDDING))
    coding = FinishedCoding(
        renamed(everything, "s:"),
        done.codes,
        renamed(everything, "name:"),
        renamed(everything, "described:"),
        tuple(codes for _, _, codes in done.coded),
        engine,
        done.questions,
    )
    looks = _looks(coding, _orders(len(done.coded), shuffled), _of(told, CODING))
    return CodesWorth(
        replay_figures.of_coding(looks, len(done.coded)), replay_figures.course_of_coding(looks)
    )


def blocks(count: int) -> list[tuple[int, int]]:
    """Stretches between which what was coded is learnt anew: 0, 10, 25, 50, 100, 200, 400..."""
    edges = list(FIRST_BLOCKS)
    while edges[-1] < count:
        edges.append(edges[-1] * 2)
    return [(a, min(b, count)) for a, b in pairwise(edges) if a < count]


def _looks(
    coding: FinishedCoding,
    orders: Sequence[Sequence[int]],
    on_progress: Callable[[int, int], None] | None,
) -> list[CodeLook]:
    stretches = blocks(len(coding.items))
    steps = len(stretches) * len(orders)
    found: list[CodeLook] = []
    for seed, order in enumerate(orders):
        random = np.random.default_rng(seed)
        for number, (start, end) in enumerate(stretches, start=1):
            places = [start + place for place in spread(end - start, LOOKS_A_BLOCK, random)]
            found += replay_codes.coding(coding, order, start, places)
            if on_progress is not None:
                on_progress(seed * len(stretches) + number, steps)
    return found


def _of(told: Told | None, what: str) -> Callable[[int, int], None] | None:
    return None if told is None else lambda done, whole: told(what, done, whole)
