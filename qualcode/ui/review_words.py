"""What a review says in a word or two: what is new in a category, what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.domain.review import SinceLook
from qualcode.ui import state
from qualcode.workbench.reviewing.overview import Node


@dataclass(frozen=True)
class Words:
    """The session's language, for one and for many."""

    one: Callable[[str], str]
    many: Callable[[str, str, int], str]

    @classmethod
    def of_session(cls) -> Words:
        return cls(state.translator(), state.plural())

    def changes(self, since: SinceLook) -> list[str]:
        """What has become of a category since the reader's look, a word or two each."""
        _, ngettext = self.one, self.many
        came, left = len(since.came), len(since.left)
        told = [
            (since.new, _("new")),
            (since.was_called is not None, _("renamed")),
            (since.was_under is not None, _("moved")),
            (since.redefined, _("new definition")),
            (
                came > 0,
                ngettext("{n} reduction came", "{n} reductions came", came).format(n=came),
            ),
            (left > 0, ngettext("{n} reduction left", "{n} reductions left", left).format(n=left)),
        ]
        return [text for holds, text in told if holds]

    def talk(self, node: Node) -> list[str]:
        """What waits to be read or decided of a category."""
        ngettext = self.many
        unread, proposals = node.unread, node.proposals
        told = [
            (unread > 0, ngettext("{n} unread", "{n} unread", unread).format(n=unread)),
            (
                proposals > 0,
                ngettext("{n} proposal", "{n} proposals", proposals).format(n=proposals),
            ),
        ]
        return [text for holds, text in told if holds]
