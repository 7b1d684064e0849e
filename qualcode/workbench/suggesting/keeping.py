"""What stood on people's screens, kept in the study a handful at a time.

A look at an answer must not cost a write: offers wait in memory until there are some, or until
somebody asks how they fared. When the program is cut off, the last handful of looks is lost.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from qualcode.analysis.replay_offers import percent_of
from qualcode.domain.errors import StudyFileError
from qualcode.domain.suggestions import Candidate
from qualcode.store.offers import SHOWN, Offer
from qualcode.store.repository import Store
from qualcode.workbench import engines
from qualcode.workbench.bench import Workbench

AT_ONCE = 12
"""Looks that are written together."""

REMEMBERED = 2000
"""Looks known to be kept already, so that the same is not written twice."""


@dataclass
class _Waiting:
    looks: list[tuple[Offer, ...]] = field(default_factory=list)
    known: dict[tuple[object, ...], tuple[Offer, ...]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    writing: threading.Lock = field(default_factory=threading.Lock)
    """held while looks are on their way into the study"""


_waiting: WeakKeyDictionary[Store, _Waiting] = WeakKeyDictionary()
_making = threading.Lock()


def note(
    bench: Workbench,
    kind: str,
    subject: tuple[str, int, int],
    candidates: Sequence[Candidate],
    engine: str,
    *,
    later: bool = False,
    seen: str = SHOWN,
) -> None:
    """These stood on the screen of this person, best first; ``seen`` tells if they did.

    ``engine`` gave the scores."""
    id, start, end = subject
    made_by = engines.of_offers(bench, engine)
    look = tuple(
        Offer(
            kind,
            id,
            start,
            end,
            bench.coder,
            c.target_id,
            rank,
            percent_of(c.score),
            later,
            seen,
            made_by,
        )
        for rank, c in enumerate(candidates, 1)
    )
    if not look:
        return
    waiting = _of(bench.store)
    key = (kind, id, start, end, bench.coder, later)
    with waiting.lock:
        if waiting.known.get(key) == look:
            return
        if len(waiting.known) > REMEMBERED:
            waiting.known.clear()
        waiting.known[key] = look
        waiting.looks.append(look)
        full = len(waiting.looks) >= AT_ONCE and not waiting.writing.locked()
    if full:
        # Beside, for somebody's long act may keep the study to itself just now.
        threading.Thread(
            target=_write_beside, args=(bench,), name="keeping-offers", daemon=True
        ).start()


def looked(bench: Workbench, kind: str, subject: tuple[str, int, int]) -> bool:
    """Whether a first look of this person is known, since the program was started."""
    waiting = _of(bench.store)
    with waiting.lock:
        return (kind, *subject, bench.coder, False) in waiting.known


def _write_beside(bench: Workbench) -> None:
    # What cannot be written now waits for the next look; who asks how offers fared is told why.
    with suppress(StudyFileError):
        write_down(bench)


def write_down(bench: Workbench) -> None:
    """All that waits goes into the study."""
    waiting = _of(bench.store)
    with waiting.writing:
        with waiting.lock:
            looks = list(waiting.looks)
        if looks:
            with bench.store.writing() as rows:
                for look in looks:
                    rows.keep_offers(look)
        with waiting.lock:
            del waiting.looks[: len(looks)]


def _of(store: Store) -> _Waiting:
    with _making:
        return _waiting.setdefault(store, _Waiting())
