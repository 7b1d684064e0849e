"""Saving: operations of a window carried out, and how the study looks to it after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualcode.domain.errors import BadOperation
from qualcode.texts import gettext_for
from qualcode.ui.channel.desks import Desk
from qualcode.ui.channel.news import told
from qualcode.workbench import edge, operations, whereabouts
from qualcode.workbench.bench import Workbench
from qualcode.workbench.messages import act_sentence, message_of

LONGEST_CLIENT = 100
MOST_OPERATIONS = 2_000
TURNS = ("undo", "redo", "undo_act", "redo_act")


def ops(desk: Desk, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{client, ops}`` carried out, and the news of it with ``ack``, ``refused`` and ``notice``.

    ``ack`` is {client: the highest number dealt with}, ``done`` {number: the act of the log that
    came of it}, ``refused`` [{client, seq, message}], ``notice`` what an undo or redo concerned, or
    why the rest has to wait.
    """
    client = edge.text(asked, "client", LONGEST_CLIENT)
    sent = asked.get("ops")
    if not isinstance(sent, list) or len(sent) > MOST_OPERATIONS:
        raise BadOperation(operation=edge.shown(asked))
    bench = replace(desk.bench(), reading_order=_reading_order(desk))
    reply = operations.apply(bench, client, sent)
    translate = gettext_for(desk.language)
    return {
        **told(desk, bench, asked),
        "ack": {client: reply.ack},
        "done": reply.done,
        "refused": [
            {"client": r.client, "seq": r.seq, "message": message_of(r.error, translate)}
            for r in reply.refused
        ],
        "notice": message_of(reply.waiting, translate)
        if reply.waiting
        else _what_was_turned(bench, sent, reply),
    }


def _reading_order(desk: Desk) -> str:
    """The order of the answers in the window that sends; unknown right after a restart."""
    sheet = desk.sheets.current
    return sheet.query.order.told() if sheet is not None else ""


def _what_was_turned(bench: Workbench, sent: Sequence[Any], reply: operations.Reply) -> str | None:
    """After an undo or redo: what it concerned, in a sentence."""
    last = sent[-1] if sent and isinstance(sent[-1], Mapping) else {}
    if last.get("op") not in TURNS:
        return None
    turn = next((row for seq, row in reply.done.items() if seq == last.get("seq")), None)
    if turn is None:
        return None
    with bench.store.reading() as rows:
        decision = rows.heading(turn)
    if decision is None:
        return None
    told = whereabouts.act(bench.reviewing, decision)
    return act_sentence(told, gettext_for(bench.language))
