"""Streamlit's AppTest, taught our components: what they were sent, and what they send back.

AppTest shows a component of the second kind as an unknown element and has no setter for it. What is
used here instead is private to Streamlit and stays in this one place; the version is pinned.
"""

from __future__ import annotations

import json
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

# The one "widget" that carries all triggers of a component.
TRIGGERS = "events"


def _component(app: AppTest, key: str) -> Any:
    shown = app.get("bidi_component")
    for element in shown:
        if element.key == key:
            return element.proto
    keys = [element.key for element in shown]
    raise AssertionError(f"no component with the key {key!r} on the page; shown: {keys}")


def component_data(app: AppTest, key: str) -> Any:
    """What Python last sent to the component ``key``, as the browser would get it."""
    proto = _component(app, key)
    return json.loads(proto.mixed.json if proto.WhichOneof("data") == "mixed" else proto.json)


def fire(app: AppTest, key: str, event: str, value: Any) -> AppTest:
    """The app after the component ``key`` has sent ``value`` as ``event``, as its JavaScript does.

    Calls the component's ``on_<event>_change`` and runs the page once.
    """
    trigger = WidgetState(
        id=_make_trigger_id(_component(app, key).id, TRIGGERS),
        json_trigger_value=json.dumps([{"event": event, "value": value}]),
    )
    tree = app._tree
    states_of_page = tree.get_widget_states

    def states_with_trigger() -> WidgetStates:
        states = states_of_page()
        states.widgets.append(trigger)
        return states

    # The tree is made anew by every run, so this reaches the next run only.
    tree.get_widget_states = states_with_trigger
    return app.run()
