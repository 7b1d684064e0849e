"""Role pairs: the counter-role (vastarooli) against which a role can grow.

A client's role grows only against a strengthening counter-role of the worker, so the two are shown
together. A pair is the same from both ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.errors import QualcodeError


class SameMap(QualcodeError):
    template = (
        "“{role}” and “{counter}” are roles of the same map. A counter-role is a role of "
        "another actor: choose it from another map."
    )


@dataclass(frozen=True)
class RolePair:
    """Two roles of two maps; ``note`` tells how they go together."""

    id: str
    role_id: str
    counter_id: str
    note: str = ""

    def other(self, role_id: str) -> str:
        """The role at the other end."""
        return self.counter_id if role_id == self.role_id else self.role_id
