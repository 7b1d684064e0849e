"""What a component sent by way of the page, carried out and answered for.

The component keeps its operations until they are acknowledged (``outbox.js``). An error that
nobody foresaw is written to the log and told to the component as a number that grows: it tries a
few times, ever more seldom and one operation at a time, and then asks the person what to do.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualcode.domain.errors import QualcodeError
from qualcode.ui import state
from qualcode.workbench import operations
from qualcode.workbench.bench import Workbench
from qualcode.workbench.edge import Operation
from qualcode.workbench.operations import Reply

REFUSALS_KEPT = 20
ACTS_KEPT = 200


def carry_out(component: str, bench: Workbench, client: str, sent: Sequence[Operation]) -> bool:
    """Does what was sent and keeps the answer for the component's next data; whether it was done.

    Raises QualcodeError when the study itself cannot be read or written; nothing is acknowledged
    then, so the window keeps its work and sends it again.
    """
    try:
        reply = operations.apply(bench, client, sent)
    except QualcodeError:
        raise
    except Exception:
        logging.getLogger(__name__).exception("carrying out what %s sent", component)
        errors = _name(component, "errors")
        st.session_state[errors] = st.session_state.get(errors, 0) + 1
        return False
    _keep(component, reply)
    return True


def reply_data(component: str) -> dict[str, Any]:
    """``ack``, ``refused``, ``done`` and ``errors`` as the component's JavaScript expects them."""
    kept = st.session_state
    return {
        "ack": kept.get(_name(component, "ack"), {}),
        "refused": kept.get(_name(component, "refused"), []),
        "done": kept.get(_name(component, "done"), {}),
        "errors": kept.get(_name(component, "errors"), 0),
    }


def _keep(component: str, reply: Reply) -> None:
    kept = st.session_state
    acks = kept.setdefault(_name(component, "ack"), {})
    acks[reply.client] = max(reply.ack, acks.get(reply.client, 0))
    # Earlier refusals stay a while: a resent batch may be answered before the browser sees them.
    told = kept.get(_name(component, "refused"), [])
    refused = [
        {"client": r.client, "seq": r.seq, "message": state.message(r.error)} for r in reply.refused
    ]
    kept[_name(component, "refused")] = [*told, *refused][-REFUSALS_KEPT:]
    done = kept.setdefault(_name(component, "done"), {})
    acts = {**done.get(reply.client, {}), **reply.done}
    done[reply.client] = dict(sorted(acts.items())[-ACTS_KEPT:])
    if reply.waiting is not None:
        # Nothing is lost: the window keeps what was not acknowledged and sends it again.
        st.toast(state.message(reply.waiting), icon=":material/hourglass_empty:")


def _name(component: str, what: str) -> str:
    """Begins like what is forgotten when another study is opened (``state.open_study``)."""
    return f"ack:{component}:{what}"
