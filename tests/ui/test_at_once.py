"""Answers leave the server at once: what a save takes is its work, not a wait for the network."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from uvicorn import Config, Server
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from qualcode.ui import at_once


async def _hello(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


async def _options_of_a_connection() -> list[int]:
    """TCP_NODELAY of each connection to a server that listens as Streamlit's does."""
    listening = socket.socket(family=socket.AF_INET)  # names no protocol
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = Server(Config(_hello, lifespan="off", log_level="error"))
    serving = asyncio.create_task(server.serve([listening]))
    while not server.started:
        await asyncio.sleep(0)
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    writer.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    found = [
        one.transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        for one in server.server_state.connections
    ]
    writer.close()
    server.should_exit = True
    await serving
    return found


def delays_switched_off() -> list[bool]:
    # In a thread of its own: a browser that an earlier test has opened keeps its loop in this one.
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(asyncio.run, _options_of_a_connection()).result(timeout=60)
    return [bool(one) for one in found]


@pytest.fixture
def as_installed(monkeypatch):
    """The protocol as it was before, and again after the test."""
    made = AutoHTTPProtocol.connection_made
    plain = getattr(made, "__wrapped__", made)
    monkeypatch.setattr(AutoHTTPProtocol, "connection_made", plain)


def test_a_connection_waits_for_nobody(as_installed):
    at_once.send_at_once()
    assert delays_switched_off() == [True]


def test_without_it_the_server_would_wait(as_installed):
    assert delays_switched_off() == [False]


def test_asked_twice_it_is_done_once(as_installed):
    at_once.send_at_once()
    first = AutoHTTPProtocol.connection_made
    at_once.send_at_once()
    assert AutoHTTPProtocol.connection_made is first
