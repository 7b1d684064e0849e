"""The door of the direct channel: who may ask, and how an answer or a refusal is given.

Only a page of this very server may ask, and only with the name of its desk: another page open in
the same browser can neither read an answer nor change a study. Status 403: not from here. 410: no
such desk, for the page has to run again. 409: ``{"error": sentence}`` in the coder's language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import config

from qualcode.domain.errors import QualcodeError
from qualcode.texts import gettext_for
from qualcode.ui.channel.desks import Desk, desk_of
from qualcode.ui.channel.verbs import VERBS
from qualcode.workbench.messages import message_of

LARGEST = 2_000_000
"""Bytes of a question: twenty thousand ids, or an outbox of hours without a connection."""

DESK_HEADER = "X-Qualcode-Desk"


def path() -> str:
    """Where the channel lies on this server: a verb is asked at ``path() + verb``."""
    base = config.get_option("server.baseUrlPath").strip("/")
    return f"/{base}/qc/" if base else "/qc/"


def routes() -> list[Route]:
    """What ``app.py`` gives to Streamlit's server."""
    return [Route(path() + "{verb}", _answer, methods=["POST"])]


async def _answer(request: Request) -> Response:
    if not _asked_from_here(request.headers):
        return _reply(403, {"error": "This address answers only the pages of this server."})
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return _reply(415, {"error": "The question must be application/json."})
    body = await _body(request)
    if body is None:
        return _reply(413, {"error": f"The question is longer than {LARGEST} bytes."})
    handler = VERBS.get(request.path_params["verb"])
    if handler is None:
        return _reply(404, {"error": "Nothing is asked under this name."})
    desk = desk_of(request.headers.get(DESK_HEADER, ""))
    if desk is None:
        return _reply(410, {"error": "This window has to be opened again."})
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):  # no UTF-8, no JSON, or brackets without end
        asked = None
    if not isinstance(asked, Mapping):
        return _reply(400, {"error": "The question is no JSON object."})
    # Under the name `op`, as in an operation, so that a refusal can tell what was asked.
    return await run_in_threadpool(
        _asked_of, desk, handler, {**asked, "op": request.path_params["verb"]}
    )


def _asked_of(desk: Desk, handler: Any, asked: Mapping[str, Any]) -> Response:
    try:
        return _reply(200, handler(desk, asked))
    except QualcodeError as error:
        return _reply(409, {"error": message_of(error, gettext_for(desk.language))})


def _asked_from_here(headers: Mapping[str, str]) -> bool:
    """Whether a page of this server asks, as the browser itself tells it.

    ``Sec-Fetch-Site`` can't be set by a page's own code and holds behind a proxy too. Where it
    isn't sent (an address without TLS in the local network), ``Origin`` must name this host.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin, host = headers.get("origin"), headers.get("host")
    return bool(origin) and urlsplit(origin).netloc == host


async def _body(request: Request) -> bytes | None:
    """What was sent; None when it is too long, of which the rest is not even read."""
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)


def _reply(status: int, told: Mapping[str, Any]) -> Response:
    return Response(
        json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        status,
        {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        "application/json",
    )
