"""The desks: what one browser window has open, found by a name that nobody can guess.

A desk belongs to one study, coder, language and way of working and never changes them: a window
that opens another study sits down at another desk, and what is still on its way from the old one
finds nobody there.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from threading import Lock
from weakref import WeakValueDictionary

from qualcode.ui.channel.newest import Newest
from qualcode.ui.pages.coding_sheet import Sheets
from qualcode.ui.stores import use_store
from qualcode.workbench.bench import Workbench


@dataclass(frozen=True, eq=False)
class Desk:
    """What a window's questions are about. ``sheets`` are the answers it has before it."""

    address: str
    coder: str
    language: str
    reviewing: bool = False
    sheets: Sheets = field(default_factory=Sheets)
    searches: Newest = field(default_factory=Newest, repr=False)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    def bench(self) -> Workbench:
        """The workbench at this desk; raises StudyFileError when the study cannot be opened."""
        bench = Workbench(use_store(self.address), self.coder, self.language)
        return replace(bench, reviewing=self.reviewing)


_desks: WeakValueDictionary[str, Desk] = WeakValueDictionary()
_changing = Lock()


def open_desk(
    address: str,
    coder: str,
    language: str,
    sheets: Sheets | None = None,
    *,
    reviewing: bool = False,
) -> Desk:
    """A new desk. It is known for as long as somebody keeps it: the session of the window does."""
    desk = Desk(address, coder, language, reviewing, Sheets() if sheets is None else sheets)
    with _changing:
        _desks[desk.token] = desk
    return desk


def desk_of(token: str) -> Desk | None:
    """The desk of this name; None after the session, or the server, has come to its end."""
    with _changing:
        return _desks.get(token)
