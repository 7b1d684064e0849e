"""Which search of a window is its newest: who types on does not wait for the older ones.

The browser leaves them too, but an answer that nobody reads would still be made.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock


class Newest:
    """The highest number of a search that the window has begun.

    >>> searches = Newest()
    >>> first = searches.begun(1)
    >>> first()
    True
    >>> second = searches.begun(2)
    >>> first(), second()
    (False, True)
    """

    def __init__(self) -> None:
        self._number = 0
        self._changing = Lock()

    def begun(self, number: int) -> Callable[[], bool]:
        """Tells, whenever asked, whether the search of this number is still the newest."""
        with self._changing:
            self._number = max(self._number, number)
        return lambda: number >= self._number
