"""The server's answers leave at once, not when the browser has confirmed what went before."""

from __future__ import annotations

import socket
from asyncio import Transport
from functools import wraps
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

FAMILIES = {socket.AF_INET, socket.AF_INET6}


def send_at_once() -> None:
    """From now on every connection to this process's server is opened with TCP_NODELAY.

    An answer goes out in two pieces, its head and its body. Without the option the system holds
    the second back until the first is confirmed, and the other side confirms after 40 ms: nearly
    all that a save took. asyncio sets the option by itself only on a socket that names its
    protocol; the one that Streamlit opens names none.
    """
    opened = AutoHTTPProtocol.connection_made
    if getattr(opened, "at_once", False):
        return

    @wraps(opened)
    def connection_made(self: Any, transport: Transport) -> None:
        connection = transport.get_extra_info("socket")
        if connection is not None and connection.family in FAMILIES:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened(self, transport)

    connection_made.at_once = True  # type: ignore[attr-defined]
    AutoHTTPProtocol.connection_made = connection_made  # type: ignore[method-assign, assignment]
