"""What is drawn of a person's discussions: each role with its steps, in the newest one's order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qualcode.domain.discussions import Discussion, RoleTalk
from qualcode.domain.role_traits import Step
from qualcode.exports.role_profile import RoleLine, Words
from qualcode.texts import N_
from qualcode.workbench.role_words import STEPS, sign

_TARGET = N_("target")
_NOW = N_("discussion on")
_BEFORE = N_("the one before")
_UNMARKED = N_("not marked")


def up_to(discussions: Sequence[Discussion], chosen: Discussion) -> list[Discussion]:
    """The person's discussions on the same map until the chosen one, the oldest first."""
    mine = [
        one
        for one in discussions
        if (one.map_id, one.person) == (chosen.map_id, chosen.person)
        and _when(one) <= _when(chosen)
    ]
    return sorted(mine, key=_when)


def lines_of(
    discussions: Sequence[Discussion], talks: Mapping[str, Sequence[RoleTalk]]
) -> list[RoleLine]:
    """Roles of the newest discussion in its order, then those talked of only earlier."""
    newest_first = list(reversed(discussions))
    order = list(dict.fromkeys(talk.role_id for one in newest_first for talk in talks[one.id]))
    names: dict[str, str] = {}
    steps: dict[tuple[str, str], Step | None] = {}
    for one in discussions:
        for talk in talks[one.id]:
            names[talk.role_id] = talk.role_name
            steps[one.id, talk.role_id] = talk.step
    return [
        RoleLine(names[id], tuple(steps.get((one.id, id)) for one in discussions)) for id in order
    ]


def words_for(translate: Callable[[str], str]) -> Words:
    """The figures' own words in the language asked for."""
    return Words(
        signs={step: sign(step) for step in Step},
        names={step: translate(STEPS[step]) for step in Step},
        target=translate(_TARGET),
        now=translate(_NOW),
        before=translate(_BEFORE),
        unmarked=translate(_UNMARKED),
    )


def _when(one: Discussion) -> tuple[str, str, str]:
    return one.day, one.created_at, one.id
