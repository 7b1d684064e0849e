"""The studies that this process has open: one store an address, shared by every window.

Pages and the direct channel take them from here, from whatever thread they run in.
"""

from __future__ import annotations

import gc
from threading import Lock

from qualcode.bootstrap import file_at, open_store
from qualcode.store.repository import Store

MOST_OPEN = 32

_Place = tuple[str, tuple[int, int] | None]
_open: dict[_Place, Store] = {}
_opening = Lock()


def use_store(address: str) -> Store:
    """The store at the address, opened once; raises StudyFileError when it cannot be.

    The file that lies there is part of the place: one that was deleted or replaced meanwhile must
    not go on being written through connections to what is no longer there.
    """
    place = (address, file_at(address))
    found = _open.get(place)
    return found if found is not None else _opened(place)


def _opened(place: _Place) -> Store:
    with _opening:
        found = _open.get(place)
        if found is not None:
            return found
        store = open_store(place[0])
        replaced = [old for old in _open if old[0] == place[0]]
        longest_open = list(_open)[: 1 - MOST_OPEN]
        for old in dict.fromkeys([*replaced, *longest_open]):
            # Whoever still works with it goes on: its connections are made anew when asked for.
            _open.pop(old).close()
        _open[place] = store
        # Everything imported so far will live as long as the process. Out of the collector's
        # sight, a collection after a run takes a few milliseconds instead of a hundred.
        gc.collect()
        gc.freeze()
        return store
