"""What a role still lacks before it can be published: a look at the whole map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.role_maps import Role
from qualcode.texts import N_
from qualcode.workbench.role_evidence import RoleEvidence


class Gap(StrEnum):
    """One thing that a role of a finished map has."""

    DESCRIPTORS = "descriptors"
    DESCRIPTION = "description"
    SOURCES = "sources"
    EVIDENCE = "evidence"
    COUNTER_ROLE = "counter_role"


WORDS = {
    Gap.DESCRIPTORS: N_("no descriptors"),
    Gap.DESCRIPTION: N_("no description"),
    Gap.SOURCES: N_("no theory sources"),
    Gap.EVIDENCE: N_("nothing in the material"),
    Gap.COUNTER_ROLE: N_("no counter-role"),
}


@dataclass(frozen=True)
class RoleGaps:
    """A role with what it lacks, in the order of ``Gap``."""

    role: Role
    gaps: tuple[Gap, ...]


def gaps_of(
    roles: Sequence[Role],
    evidence: Mapping[str, RoleEvidence],
    paired: frozenset[str],
    others: bool,
) -> list[RoleGaps]:
    """Per role what it lacks. A counter-role is missed only where there are ``others`` to pair."""
    found = []
    for role in roles:
        there = evidence.get(role.id)
        missing = {
            Gap.DESCRIPTORS: not role.descriptors,
            Gap.DESCRIPTION: not role.description.strip(),
            Gap.SOURCES: not role.sources,
            Gap.EVIDENCE: there is None or not there.segment_ids,
            Gap.COUNTER_ROLE: others and role.id not in paired,
        }
        found.append(
            RoleGaps(role, tuple(gap for gap, is_missing in missing.items() if is_missing))
        )
    return found
