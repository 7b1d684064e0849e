"""What became of an operation of a browser window: done, refused, or nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

REASON_FORGOTTEN: Mapping[str, object] = {}
"""The refusal of an operation whose reason is not kept any more."""


@dataclass(frozen=True)
class Outcome:
    """The end of the operation ``seq`` of the window ``client``.

    ``decision`` is the row of the log that it made. ``refusal`` is why it was not done, as plain
    values (``workbench.refusals``). With neither it changed nothing. ``at`` is empty for one of
    an older version of the program, of which no more is known than that it has been dealt with.
    """

    client: str
    seq: int
    at: str = ""
    decision: int | None = None
    refusal: Mapping[str, object] | None = None
