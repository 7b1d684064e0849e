"""How the program and its helper process speak: messages over a stream of bytes.

A message is eight bytes (two big-endian lengths), a JSON object and raw bytes; vectors travel as
the bytes of a little-endian float32 array.
"""

from __future__ import annotations

import json
import queue
import struct
from typing import IO, Any

from qualcode.nlp import problems
from qualcode.nlp.problems import EngineFailed, EngineProblem

LENGTHS = struct.Struct(">II")
Message = dict[str, Any]


def send(stream: IO[bytes], message: Message, payload: bytes = b"") -> None:
    header = json.dumps(message).encode("ascii")
    stream.write(LENGTHS.pack(len(header), len(payload)) + header)
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Message, bytes] | None:
    """The next message and its bytes; nothing at the end of the stream."""
    lengths = stream.read(LENGTHS.size)
    if not lengths:
        return None
    header_length, payload_length = LENGTHS.unpack(_whole(lengths, LENGTHS.size))
    header = _whole(stream.read(header_length), header_length)
    return json.loads(header), _whole(stream.read(payload_length), payload_length)


def _whole(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise ValueError("the message was cut off")
    return data


def listen(stream: IO[bytes], news: queue.Queue[tuple[Message, bytes] | None]) -> None:
    """Puts what comes from ``stream`` into ``news``; None when there is no more."""
    while True:
        try:
            message = receive(stream)
        except (OSError, ValueError):  # cut off in the middle of a message, or closed
            message = None
        news.put(message)
        if message is None:
            return


def problem_from(answer: Message, engine: str) -> EngineProblem:
    """The problem that the other side told of, as it was raised there."""
    found = getattr(problems, answer["problem"], None)
    if isinstance(found, type) and issubclass(found, EngineProblem):
        return found(**answer["values"])
    return EngineFailed(engine=engine, what=answer["what"])
