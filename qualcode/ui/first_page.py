"""The address of the first page, which Streamlit knows as the bare address of the program only."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from streamlit import config

ADDRESS = "hanke"


def route() -> Route:
    """Leads from the page's own address to where it is: else Streamlit says "Page not found"."""
    base = config.get_option("server.baseUrlPath").strip("/")
    return Route(f"/{base}/{ADDRESS}" if base else f"/{ADDRESS}", _turn)


async def _turn(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}")
