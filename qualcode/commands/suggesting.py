"""The command ``suggest``: what the machine would offer, for codes or for groups."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from qualcode.commands.opening import bench_of
from qualcode.commands.printing import print_json
from qualcode.texts import gettext_for
from qualcode.workbench import suggesting
from qualcode.workbench.bench import Workbench

Options = argparse.Namespace


def suggest(options: Options) -> int:
    """Prints suggestions; nothing is decided by it."""
    bench = bench_of(options)
    return _codes(options, bench) if options.what == "codes" else _groups(options, bench)


def _codes(options: Options, bench: Workbench) -> int:
    _ = gettext_for(options.language)
    offered = suggesting.suggest_codes(bench, limit=options.limit or None, engine=options.engine)
    if options.json:
        print_json({"kind": "codes", "items": [asdict(s) for s in offered]})
        return 0
    for s in offered:
        print(s.subject)
        for c in s.candidates:
            print(f"    {c.score:6.3f}  {c.label}")
    if not offered:
        print(_("Nothing to suggest: no codebook is in use, or every text is coded."))
    return 0


def _groups(options: Options, bench: Workbench) -> int:
    _ = gettext_for(options.language)
    grouping = suggesting.suggest_groups(bench, around=options.around, engine=options.engine)
    groups = grouping.groups[: options.limit or None]
    if options.json:
        print_json(
            {
                "kind": "groups",
                "items": [asdict(g) for g in groups],
                "left_out": list(grouping.left_out),
            }
        )
        return 0
    wordings = suggesting.wordings_of(bench, [i for g in groups for i in g.member_ids])
    for g in groups:
        joins = _("joins: {name}").format(name=g.name) if g.joins else g.name
        print(f"{joins}  [{', '.join(g.keywords)}]  {g.cohesion:.2f}")
        for member in g.member_ids:
            print(f"    {wordings[member]}")
    if not groups:
        print(_("Nothing to group: every reduction has a place, or there are too few."))
    return 0
