"""Undo and redo as a window sends them: each names the act it means.

By its number in the log, or by the window's own operation ``{client, seq}``, whose number the
window may not know yet. One of an older version of the program names none and means the newest.
"""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.domain.errors import BadOperation
from qualcode.workbench import edge, history
from qualcode.workbench.bench import Workbench
from qualcode.workbench.edge import Operation


def undo(bench: Workbench, o: Operation) -> None:
    number = _act_meant(bench, o)
    if number is None:
        history.undo(bench)
    else:
        history.undo_decision(bench, number)


def redo(bench: Workbench, o: Operation) -> None:
    number = _act_meant(bench, o)
    if number is None:
        history.redo(bench)
    else:
        history.redo_decision(bench, number)


def undo_act(bench: Workbench, o: Operation) -> None:
    """From the history: also with what builds on it."""
    also = edge.wholes(o, "also") if "also" in o else ()
    history.undo_decision(bench, edge.whole(o, "number"), also)


def redo_act(bench: Workbench, o: Operation) -> None:
    history.redo_decision(bench, edge.whole(o, "number"))


def _act_meant(bench: Workbench, o: Operation) -> int | None:
    if "number" in o:
        return edge.whole(o, "number")
    if "of" not in o:
        return None
    named = o.get("of")
    if not isinstance(named, Mapping):
        raise BadOperation(operation=edge.shown(o))
    one = {"op": o.get("op"), **named}
    return history.act_of(bench, edge.identifier(one, "client"), edge.number(one))
