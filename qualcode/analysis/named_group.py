"""A category as suggestions see it, and what is suggested for one reduction."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.suggestions import Suggestion


@dataclass(frozen=True)
class NamedGroup:
    """A category with its name, the reductions accepted into it, and what it lies under (its id).

    Nothing is under an empty ``above``.
    """

    id: str
    name: str
    member_ids: tuple[str, ...] = ()
    above: str = ""


@dataclass(frozen=True)
class Placement:
    """The suggestion for one reduction, and whether it seems to fit none of the categories.

    ``newness`` is the share of comparable reductions that were nearer to their best category than
    this one is: 0 = none, 1 = all. ``new_chance`` is the chance that no category there is suits,
    as the study's own placements tell it; ``new_group`` says that it is high enough to say so
    aloud. It stays false, and the other two None, as long as the study holds too little to compare
    with. ``nearness`` is, for each candidate in turn, the share of comparable reductions that were
    no nearer to their best category than this one is to the candidate.
    """

    suggestion: Suggestion
    new_group: bool
    newness: float | None
    nearness: tuple[float, ...] = ()
    new_chance: float | None = None
