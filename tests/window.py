"""One window of a browser for many tests: what was fetched and compiled for one serves the next.

Opening the app in a window of its own takes some four seconds of a processor, and two in one that
has had it open before; most stories take less than one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.browsing import HERE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

STAYING = (
    "add_init_script",
    "add_locator_handler",
    "close",
    "expose_binding",
    "expose_function",
    "on",
    "once",
)
"""What cannot be taken back from a page: after a test that did it, the next gets another page."""

MODIFIERS = ("Alt", "Control", "Meta", "Shift")
"""Keys that a test may have left held down: every key after them would be another."""


class Window:
    """A page for one test after another, each time as if nobody had been there.

    ``options`` are those of the browser's ``new_context``. A test may open more pages in the
    page's context; whoever needs a context with other settings makes one beside it.
    """

    def __init__(self, browser: Callable[[], Browser], **options: Any) -> None:
        self._browser = browser
        self._options = options
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self.requested: list[str] = []
        """The addresses that the pages of this test asked for, web sockets too."""
        self.errors: list[str] = []
        """The JavaScript errors of this test's page that nobody caught."""
        self.console: list[str] = []

    def open(self) -> Page:
        """The page for the next test."""
        browser = self._browser()
        if self._context is None or self._context.browser is not browser:
            self._context, self._page = browser.new_context(**self._options), None
            self._context.on("request", lambda asked: self.requested.append(asked.url))
        if self._page is None:
            self._page = self._new_page(self._context)
        self.requested, self.errors, self.console = [], [], []
        return self._page

    def leave(self) -> None:
        """Ends a test: closes what it opened, takes back what it did and empties what it stored."""
        try:
            self._leave()
        except Exception:
            self.throw_away()
            raise

    def _leave(self) -> None:
        assert self._context is not None
        kept = self._page
        for page in self._context.pages:
            if page is not kept:
                page.close()
        self._context.clear_cookies()
        self._context.clear_permissions()
        # What pages stored stays in their context, whichever of them goes on.
        page = self._page = kept or self._new_page(self._context)
        page.unroute_all(behavior="ignoreErrors")
        if not all(_empty(page, origin) for origin in self._origins()):
            self.throw_away()
            return
        page.goto("about:blank")
        page.mouse.up()
        page.mouse.move(0, 0)
        for key in MODIFIERS:
            page.keyboard.up(key)
        page.set_viewport_size(self._options["viewport"])
        page.emulate_media(color_scheme="light", reduced_motion=self._options["reduced_motion"])

    def throw_away(self) -> None:
        """The next test gets a new window: after a failure nothing of the old one is trusted."""
        if self._context is not None and self._context.browser is self._browser():
            self._context.close()
        self._context = self._page = None

    def _origins(self) -> set[str]:
        """Where the pages of this test may have stored something."""
        asked = [urlsplit(url) for url in self.requested]
        return {f"http://{url.netloc}" for url in asked if url.hostname in HERE}

    def _new_page(self, context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("websocket", lambda socket: self.requested.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.console.append(f"{said.type}: {said.text}"))
        for name in STAYING:
            setattr(page, name, self._given_up_after(getattr(page, name)))
        return page

    def _given_up_after(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(*args: Any, **kwargs: Any) -> Any:
            self._page = None
            return act(*args, **kwargs)

        return acting


def _empty(page: Page, origin: str) -> bool:
    """Empties what was stored from there, though nobody may answer there; False when it can't."""
    from playwright.sync_api import Error

    # A page without a program, lest that keeps something when it is left.
    address = f"{origin}/_stcore/health"
    try:
        page.goto(address)
    except Error:
        page.route(address, lambda route: route.fulfill(body="nobody is here"))
        try:
            page.goto(address)
        except Error:
            return False
        page.unroute(address)
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    return True
