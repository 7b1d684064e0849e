"""What browser tests ask of a page besides what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

HURRY = """{
  const later = window.setTimeout;
  const pauses = [1000, 2000, 4000, 8000, 15000, 30000];
  window.setTimeout = (act, wait, ...rest) =>
    later(act, pauses.includes(wait) ? wait / 100 : wait, ...rest);
}"""
"""A script for a page: its outbox pauses shortly between the tries after an error of the server."""

HERE = ("127.0.0.1", "localhost", "::1")


def wait_at_rest(page: Page) -> None:
    """Returns when the page's program has ended, so that nothing old is left on the page.

    While it runs, Streamlit keeps what the last run showed beneath what this one has shown so far:
    a list that became shorter, or a field that moved, is there twice until the end.
    """
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000)


def wait_until_still(page: Page) -> None:
    """Returns when the page's program has ended and the browser has drawn all that it said.

    Parts of a page come by themselves (their scripts are fetched when they are first shown) and
    write on when they have come: it is still when nothing in it has changed for a quarter of a
    second.
    """
    wait_at_rest(page)
    page.wait_for_selector("[data-testid=stSkeleton]", state="detached")
    page.evaluate(STILL)
    wait_at_rest(page)


STILL = """() => new Promise((still, never) => {
  let timer = 0;
  const seen = new MutationObserver(() => again());
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { seen.disconnect(); document.fonts.ready.then(() => still()); }, 250);
  };
  setTimeout(() => never(new Error('the page changes without end')), 30_000);
  const within = [...document.querySelectorAll('*')].map((one) => one.shadowRoot);
  for (const root of [document, ...within.filter(Boolean)]) {
    seen.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  }
  again();
})"""


def in_menu(page: Page, title: str) -> Locator:
    """The link to a page in the row of pages, whatever links of that name the page itself has."""
    return page.get_by_test_id("stTopNav").get_by_role("link", name=title, exact=True)


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
