"""The demo study's role maps in use: pairs, kinds and states, discussions of an invented client.

Made by the same acts a person uses, like the rest of the demo.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.domain.discussions import CLOSING_FIELDS, TALK_FIELDS, Company
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.domain.role_traits import Step, Trait
from qualcode.workbench import discussing, role_coding, role_pairing
from qualcode.workbench.bench import Workbench


def use(bench: Workbench, analysis: Mapping[str, Any]) -> None:
    """Everything the analysis tells of its role maps in use."""
    with bench.store.reading() as rows:
        roles = {role.name: role.id for role in rows.find(Role)}
        maps = {role_map.title: role_map.id for role_map in rows.find(RoleMap)}
    for role, counter, note in analysis["role_pairs"]:
        role_pairing.pair(bench, roles[role], roles[counter], note)
    for role, traits in analysis["role_traits"].items():
        role_coding.set_traits(bench, roles[role], tuple(Trait), [Trait(one) for one in traits])
    for entry in analysis["discussions"]:
        _discuss(bench, entry, maps[entry["map"]], roles)


def _discuss(
    bench: Workbench, entry: Mapping[str, Any], map_id: str, roles: Mapping[str, str]
) -> None:
    made = discussing.start(
        bench,
        map_id,
        entry["person"],
        entry["day"],
        Company(entry["company"]),
        entry.get("companion", ""),
        place=entry.get("place", ""),
        roles=[roles[one["role"]] for one in entry["roles"]],
    )
    talks = discussing.talks_of(bench, [made.id])[made.id]
    for talk, told in zip(talks, entry["roles"], strict=True):
        discussing.mark(bench, talk.id, Step(told["step"]))
        for field in TALK_FIELDS:
            if field in told:
                discussing.write(bench, talk.id, field, told[field])
    for field in CLOSING_FIELDS:
        if field in entry:
            discussing.close(bench, made.id, field, entry[field])
