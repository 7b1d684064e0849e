"""What browser tests ask of a page besides what is on it."""

from __future__ import annotations

from urllib.parse import urlsplit

HERE = ("127.0.0.1", "localhost", "::1")


def outside(requested: list[str]) -> list[str]:
    """The addresses among ``page.requested`` that lie outside this computer.

    ``data:``, ``blob:`` and ``about:`` addresses are made in the page and ask nobody.
    """
    return [
        url
        for url in requested
        if urlsplit(url).scheme not in ("data", "blob", "about")
        and urlsplit(url).hostname not in HERE
    ]
