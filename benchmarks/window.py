"""A browser window without a browser: it opens the page of reading and asks by the direct channel.

It speaks Streamlit's own protocol just so far as to get a desk, the name under which the channel
knows a window; from then on it is plain HTTP, as the marker's own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

SECONDS_TO_OPEN = 60
SECONDS_TO_ANSWER = 30


class Lost(Exception):
    """No answer: the server is down, or went down while it was being asked."""


class Gone(Exception):
    """The server does not know this window: it was started anew, and the page has to run again."""


class Refused(Exception):
    """The server answered with a sentence for the person."""


class Window:
    """One window of one person. ``told`` is what the page gave the marker at the last opening."""

    def __init__(self, url: str, page: str = "koodaus", query: str = "") -> None:
        self.url = url
        self.page = page
        self.query = query
        self.told: dict[str, Any] = {}
        self._socket: ClientConnection | None = None
        self._marker, self._fragment = "", ""
        self._http = httpx.Client(base_url=url, timeout=SECONDS_TO_ANSWER, trust_env=False)

    def open(self) -> dict[str, Any]:
        """The page, run once; the session, and the desk with it, lives until ``close``."""
        self._leave()
        host = urlsplit(self.url).netloc
        try:
            self._socket = connect(
                f"ws://{host}/_stcore/stream",
                subprotocols=[Subprotocol("streamlit")],
                max_size=None,
                ping_interval=None,
                proxy=None,
                legacy=True,
            )
            wish = BackMsg()
            wish.rerun_script.page_name = self.page
            wish.rerun_script.query_string = self.query
            self._socket.send(wish.SerializeToString())
            self.told = self._marker_data(self._socket)
        except (OSError, WebSocketException) as error:
            raise Lost(str(error)) from error
        return self.told

    def ask(self, verb: str, **body: Any) -> dict[str, Any]:
        """The channel's answer. Raises Lost, Gone or Refused."""
        channel = self.told["channel"]
        headers = {"X-Qualcode-Desk": channel["token"], "Origin": self.url}
        try:
            reply = self._http.post(channel["path"] + verb, json=body, headers=headers)
        except httpx.TransportError as error:
            raise Lost(str(error)) from error
        if reply.status_code == 410:
            raise Gone()
        answer: dict[str, Any] = reply.json()
        if reply.status_code == 409:
            raise Refused(answer["error"])
        if reply.status_code != 200:
            raise AssertionError(f"{verb}: {reply.status_code} {reply.text}")
        return answer

    def tell(self, event: str, value: Any) -> None:
        """What the marker tells the page itself: a run of its fragment, which is not waited for."""
        assert self._socket is not None, "the window is open"
        while True:  # what earlier runs drew
            try:
                self._socket.recv(timeout=0)
            except TimeoutError:
                break
        wish = BackMsg()
        wish.rerun_script.page_name = self.page
        wish.rerun_script.fragment_id = self._fragment
        triggered = json.dumps([{"event": event, "value": value}])
        name = f"$$STREAMLIT_INTERNAL_KEY_{self._marker}__events"
        wish.rerun_script.widget_states.widgets.append(
            WidgetState(id=name, json_trigger_value=triggered)
        )
        self._socket.send(wish.SerializeToString())

    def close(self) -> None:
        self._leave()
        self._http.close()

    def _leave(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _marker_data(self, socket: ClientConnection) -> dict[str, Any]:
        found: dict[str, Any] = {}
        deadline = time.monotonic() + SECONDS_TO_OPEN
        while time.monotonic() < deadline:
            message = ForwardMsg()
            raw = socket.recv(timeout=SECONDS_TO_OPEN)
            message.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = message.WhichOneof("type")
            if kind == "delta" and message.delta.new_element.HasField("bidi_component"):
                component = message.delta.new_element.bidi_component
                if component.component_name.endswith("segment_marker"):
                    found = _plain(json.loads(component.json))
                    self._marker, self._fragment = component.id, message.delta.fragment_id
            elif kind == "script_finished":
                if not found:
                    raise AssertionError(f"{self.url}/{self.page} shows no answers")
                return found
        raise TimeoutError(f"{self.url}/{self.page} did not open in {SECONDS_TO_OPEN} s")


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return dict(data)
