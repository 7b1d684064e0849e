"""The study in the numbers that a method chapter tells, and how far coders agreed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from qualcode.analysis.agreement import alpha
from qualcode.domain.categories import Category, Level
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Respondent, Segment, Source
from qualcode.domain.quotes import ChosenQuote
from qualcode.store.repository import Reading
from qualcode.store.views import StudyProgress
from qualcode.workbench.rounds import ResponseRow, responses_in


@dataclass(frozen=True)
class Agreement:
    """Texts that at least two coders have coded; of every text and code whether each gave it."""

    coders: int
    texts: int
    alpha: float | None
    same: float


@dataclass(frozen=True)
class Counts:
    """What there is now. ``groups``: respondents per actor group; ``levels``: categories."""

    progress: StudyProgress
    groups: dict[str, int]
    files: int
    books: list[Codebook]
    codes_used: int
    levels: dict[Level, int]
    quotes: int
    agreement: Agreement | None
    responses: list[ResponseRow] = field(default_factory=list)


def counts(rows: Reading) -> Counts:
    """The study counted."""
    codings = rows.find(Coding)
    used = {coding.code_id for coding in codings}
    books = {book.id: book for book in rows.find(Codebook)}
    of_book = {code.id: code.codebook_id for code in rows.find(Code)}
    named = {of_book[id] for id in used if id in of_book}
    groups = Counter(person.actor_group for person in rows.find(Respondent))
    return Counts(
        progress=rows.progress(),
        groups=dict(sorted(groups.items(), key=lambda found: -found[1])),
        files=rows.count(Source),
        books=[
            book for book in sorted(books.values(), key=lambda b: b.position)
            if book.in_use or book.id in named
        ],
        codes_used=len(used),
        levels=dict(Counter(category.level for category in rows.find(Category))),
        quotes=rows.count(ChosenQuote),
        agreement=_agreement(rows, codings),
        responses=[line for line in responses_in(rows) if line.sent is not None],
    )  # fmt: skip


def _agreement(rows: Reading, codings: list[Coding]) -> Agreement | None:
    """None when no text has been coded by two."""
    texts = {segment.id: segment.document_id for segment in rows.find(Segment)}
    given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for coding in codings:
        given[texts[coding.segment_id]][coding.coder].add(coding.code_id)
    double = {text: by for text, by in given.items() if len(by) > 1}
    if not double:
        return None
    codes = sorted({code for by in double.values() for found in by.values() for code in found})
    units = [[code in found for found in by.values()] for by in double.values() for code in codes]
    same = sum(len(set(values)) == 1 for values in units) / len(units)
    coders = {coder for by in double.values() for coder in by}
    return Agreement(len(coders), len(double), alpha(units), same)
