"""The history beside the answers: the latest acts of everybody, and what builds on one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcode.domain.errors import BadOperation
from qualcode.texts import gettext_for
from qualcode.ui.channel.desks import Desk
from qualcode.ui.history_view import past_acts
from qualcode.workbench import edge, history, whereabouts
from qualcode.workbench.messages import act_sentence

SHOWN = 15
MOST_SHOWN = 200


def past(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{more?}`` -> ``{acts, total, undo, redo}``, the newest act first.

    An act is ``{id, who, at, day, what, mine, undone, by, can}``: the local time as hours and
    minutes, ``by`` who took it back, ``doc`` the text it was about, if it was one, ``can`` what
    can be done with it ('undo', 'redo' or null). ``undo`` and ``redo`` are the numbers of the acts
    that the keys would turn now. With ``more``, so many acts instead of the first few.
    """
    limit = edge.whole(asked, "more") if "more" in asked else SHOWN
    if not 0 < limit <= MOST_SHOWN:
        raise BadOperation(operation=edge.shown(asked))
    bench = desk.bench()
    with bench.store.reading() as rows:
        page = rows.decisions(0, limit)
        acts = past_acts(rows, bench, page.rows)
        turns = {"undo": rows.next_undo(bench.coder), "redo": rows.next_redo(bench.coder)}
    told = [
        {
            "id": act.id,
            "who": act.who,
            "at": f"{act.at:%H:%M}",
            "day": f"{act.at:%Y-%m-%d}",
            "what": act.what,
            "mine": act.mine,
            "undone": act.undone,
            "by": act.turned_by,
            "doc": act.doc,
            "can": None if not act.undoable else "redo" if act.undone else "undo",
        }
        for act in acts
    ]
    return {"acts": told, "total": page.total, **turns}


def builders(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{number}`` -> ``{acts: [{id, who, what, mine}]}``: what builds on it, the last first.

    Those would have to be taken back with it. Empty when it can be taken back alone.
    """
    bench = desk.bench()
    translate = gettext_for(bench.language)
    return {
        "acts": [
            {
                "id": act.id,
                "who": act.who,
                "what": act_sentence(whereabouts.act(bench.reviewing, act), translate),
                "mine": act.who == bench.coder,
            }
            for act in history.dependents(bench, edge.whole(asked, "number"))
        ]
    }
