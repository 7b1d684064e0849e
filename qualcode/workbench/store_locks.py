"""One at a time in a study, while no study waits for another: a lock for each that is open."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from qualcode.store.repository import Store


class StoreLocks:
    """The locks of one sort of work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: WeakKeyDictionary[Store, threading.Lock] = WeakKeyDictionary()

    @contextmanager
    def alone(self, store: Store) -> Iterator[None]:
        """Nobody else does this work in the study meanwhile."""
        with self._lock:
            lock = self._locks.setdefault(store, threading.Lock())
        with lock:
            yield
