"""A file as a source of the study: known by its contents, and what came in with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.documents import ClosedAnswer, ClosedState, Source, SourceKind
from qualcode.domain.errors import AlreadyImported
from qualcode.readers.problems import ReadProblem
from qualcode.store.kinds import Entity
from qualcode.workbench.bench import Work, Workbench


@dataclass(frozen=True)
class Imported:
    """What came in, for the page that tells it: counts, and every problem with its place.

    ``closed_answers`` are those that name an option; missing and uninterpretable ones are counted
    apart. ``bound`` are questions that are known to be a form's own.
    """

    source: Source
    respondents: int = 0
    items: int = 0
    documents: int = 0
    set_aside: int = 0
    closed_answers: int = 0
    dropped_cells: int = 0
    problems: tuple[ReadProblem, ...] = ()
    missing: int = 0
    uninterpretable: int = 0
    stances: int = 0
    bound: int = 0


def digest(data: bytes) -> str:
    """What a file is known by: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def imported_before(bench: Workbench, data: bytes) -> Source | None:
    """The source that came from the very same file, if it is in the study."""
    return source_with(bench, digest(data))


def source_with(bench: Workbench, key: str) -> Source | None:
    """The source whose file has this digest, if it is in the study."""
    with bench.store.reading() as rows:
        there = rows.find(Source, digest=key)
    return there[0] if there else None


def new_source(
    work: Work,
    file: str,
    data: bytes,
    kind: SourceKind,
    again: bool,
    sent: int | None = None,
) -> Source:
    """The file as a new source. Raises AlreadyImported when the study has it, unless ``again``."""
    key = digest(data)
    there = work.rows.find(Source, digest=key)
    if there and not again:
        raise AlreadyImported(
            file=file, name=there[0].name, at=there[0].imported_at[:10], who=there[0].imported_by
        )
    bench = work.bench
    return Source(bench.new_id(), file, key, kind, bench.clock(), bench.coder, sent)


def keep(work: Work, result: Imported, entities: Sequence[Entity]) -> None:
    """All that came in goes into the study, and its counts into the line of the log."""
    work.add(entities)
    work.say(
        file=result.source.name,
        count=result.documents,
        respondents=result.respondents,
        set_aside=result.set_aside,
        closed=result.closed_answers,
        problems=len(result.problems),
    )


def answers_in(closed: Sequence[ClosedAnswer], state: ClosedState) -> int:
    """How many closed answers are in that state; a printed count stands for as many as it says."""
    return sum(answer.count for answer in closed if answer.state is state)
