"""Accepting suggested codes: a coding by a person, with what was on their screen in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.suggestions import Reason
from qualcode.workbench import segments
from qualcode.workbench.bench import Work, Workbench
from qualcode.workbench.coding import NewCode, give_code, make_along
from qualcode.workbench.suggesting.seen import reasons_seen


@dataclass(frozen=True)
class AcceptedCode:
    """A code given to a passage from among those offered, or another one in its place.

    ``offered`` is (code id, score) as they stood on the screen, best first; ``reasons`` those of
    the code that was taken. ``instead_of`` is the offered code that the person replaced by
    ``code_id``: an edited acceptance.
    """

    document_id: str
    start: int
    end: int
    code_id: str
    coding_id: str
    engine: str
    offered: tuple[tuple[str, float], ...]
    reasons: tuple[Reason, ...] = ()
    instead_of: str | None = None

    @property
    def rank(self) -> int:
        """The place of the code (or of the one it replaced) among those offered; 0: not there."""
        code = self.instead_of or self.code_id
        return next((n for n, (id, _) in enumerate(self.offered, 1) if id == code), 0)

    @property
    def score(self) -> float:
        return self.offered[self.rank - 1][1] if self.rank else 0.0


def accept_code(bench: Workbench, taken: AcceptedCode, new: NewCode | None = None) -> Coding:
    """The passage carries the code; the log keeps engine, rank, score and reasons.

    ``new`` makes that code along the way, when none of those offered would do.
    """
    with bench.act(Act.ACCEPT_SUGGESTION) as work:
        make_along(work, taken.code_id, new)
        coding, quote = _given(work, taken)
        work.say(quote=quote, document=taken.document_id, **_told(work, taken))
    return coding


def accept_codes(bench: Workbench, taken: Sequence[AcceptedCode]) -> int:
    """Many at once, as one step that one undo takes back. Gives how many passages."""
    with bench.act(Act.ACCEPT_SUGGESTION) as work:
        seen = []
        for one in taken:
            _, quote = _given(work, one)
            seen.append({"quote": quote, "document": one.document_id, **_told(work, one)})
        if len(seen) == 1:
            work.say(**seen[0])
        else:
            edited = sum(one.instead_of is not None for one in taken)
            work.say(passages=len(seen), engine=taken[0].engine, edited=edited, taken=seen)
    return len(taken)


def _given(work: Work, taken: AcceptedCode) -> tuple[Coding, str]:
    coding, segment, document = give_code(
        work, taken.document_id, taken.start, taken.end, taken.code_id, taken.coding_id
    )
    return coding, segments.quote(segment, document)


def _told(work: Work, taken: AcceptedCode) -> dict[str, object]:
    language = work.bench.language

    def label(code_id: str) -> str:
        code = work.rows.get(Code, code_id)
        return code.label(language) if code else code_id

    told: dict[str, object] = {
        "code": label(taken.code_id),
        "engine": taken.engine,
        "rank": taken.rank,
        "score": round(taken.score, 3),
        "offered": [[label(id), round(score, 3)] for id, score in taken.offered],
        **reasons_seen(taken.reasons),
    }
    if taken.instead_of is not None:
        told |= {
            "suggested": label(taken.instead_of),
            "suggested_id": taken.instead_of,
            "edited": 1,
        }
    return told
