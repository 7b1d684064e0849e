"""Work that a search needs and that takes longer than a search may: done beside it, with news.

Each task of a study runs once at a time, however many windows ask for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from qualcode.domain.errors import QualcodeError
from qualcode.store.repository import Store

Progress = Callable[[int, int], None]


class PreparationFailed(QualcodeError):
    template = (
        "Preparing the texts came to an end by an error, which the program's log tells. What was "
        "ready is kept. Try again; if it fails again, see whether the disk is full."
    )


@dataclass(frozen=True)
class Preparation:
    """How far it is: ``done`` of ``all`` texts, or the ``problem`` that ended it."""

    done: int = 0
    all: int = 0
    problem: QualcodeError | None = None


class _Running:
    def __init__(self, work: Callable[[Progress], object]) -> None:
        self.state = Preparation()
        self.thread = threading.Thread(target=self._run, args=(work,), daemon=True)

    def _run(self, work: Callable[[Progress], object]) -> None:
        try:
            work(self._told)
        except QualcodeError as problem:
            self.state = Preparation(self.state.done, self.state.all, problem)
        except Exception:  # a full disk, a lost connection: whoever waits must hear of it
            logging.getLogger(__name__).exception("preparing texts for searching")
            self.state = Preparation(self.state.done, self.state.all, PreparationFailed())

    def _told(self, done: int, whole: int) -> None:
        self.state = Preparation(done, whole)


_lock = threading.Lock()
_running: WeakKeyDictionary[Store, dict[str, _Running]] = WeakKeyDictionary()


def beside(
    store: Store, task: str, work: Callable[[Progress], object], patience: float
) -> Preparation | None:
    """Starts the work, or finds it going on, and waits at most ``patience`` seconds for it.

    None when it is done. A problem is told once; who asks again has it tried again.
    """
    with _lock:
        tasks = _running.setdefault(store, {})
        running = tasks.get(task)
        if running is None:
            running = tasks[task] = _Running(work)
            running.thread.start()
    running.thread.join(patience)
    if running.thread.is_alive():
        return running.state
    with _lock:
        if tasks.get(task) is running:
            del tasks[task]
    return running.state if running.state.problem else None


def going_on(store: Store, task: str) -> Preparation | None:
    """How far the work is that somebody has asked for; None when nobody has, or it has ended."""
    with _lock:
        running = _running.get(store, {}).get(task)
    return running.state if running is not None and running.thread.is_alive() else None


def ended(store: Store, task: str) -> QualcodeError | None:
    """The problem that ended the work; None when it ended well, goes on or was never asked for.

    Told once: whoever asks for the work after this has it done anew.
    """
    with _lock:
        tasks = _running.get(store, {})
        running = tasks.get(task)
        if running is None or running.thread.is_alive():
            return None
        del tasks[task]
    return running.state.problem
