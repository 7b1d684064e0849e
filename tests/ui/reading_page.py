"""The page of reading in a real browser, as the tests speak of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.ui.reading_study import codings, reductions

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAVED = ".qc-marker[data-pending='0'][data-state='saved']"
ACTS = "Number(document.querySelector('.qc-marker').dataset.acts)"

IN_SIGHT = """(selector) => {
    const row = document.querySelector(selector).getBoundingClientRect();
    const list = document.querySelector('.qc-list').getBoundingClientRect();
    const seen = row.bottom > list.top + 20 && row.top < list.bottom - 20;
    return list.bottom <= window.innerHeight && seen;
}"""

QUESTIONS = 30
"""One server and one study serve a module; every test reads a question of its own."""


class Acting:
    """Keys pressed on the page of reading, and waiting until what they did is saved.

    "Saved" alone may be true before a key has done anything, or though it did nothing: ``act``
    waits until the page tells of acts made after the press, all of them acknowledged.
    """

    page: Page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def act(self, *keys: str, acts: int = 1) -> None:
        """Presses keys that make at least so many acts; returns when the server has them."""
        before = self.page.evaluate(ACTS)
        self.press(*keys)
        try:
            self.page.wait_for_function(f"before => {ACTS} >= before + {acts}", arg=before)
        except PlaywrightTimeout:
            raise AssertionError(f"{keys} made no act: {self.place_of_keys}") from None
        self.wait_saved()

    def wait_saved(self, timeout: float = 30_000) -> None:
        self.page.wait_for_selector(SAVED, timeout=timeout)

    @property
    def place_of_keys(self) -> str:
        """What has the focus, and what the foot says: why a key may have done nothing."""
        return self.page.evaluate(
            """() => [document.activeElement?.outerHTML.slice(0, 160),
                document.querySelector('.qc-foot')?.textContent].join(' · ')"""
        )


class Reading(Acting):
    """The page of reading, opened at a question; its first answer has the focus."""

    def __init__(self, page, server, question=0):
        self.page = page
        self.server = server
        self.question = question

    def open(self, answer=0):
        self.page.goto(f"{self.server.url}/koodaus?vastaus=q{self.question}-{answer}")
        self.page.wait_for_selector(f"{self.row(answer)}:focus")
        self.page.wait_for_function(IN_SIGHT, arg=self.row(answer))

    def row(self, answer):
        return f".qc-row[data-doc=q{self.question}-{answer}]"

    def in_row(self, answer, selector):
        return self.page.locator(f"{self.row(answer)} {selector}")

    def write(self, text):
        self.page.keyboard.type(text)

    def wait_active(self, answer):
        self.page.wait_for_selector(f"{self.row(answer)}[aria-current=true]")

    @property
    def selected(self):
        return self.page.evaluate("document.getSelection().toString()")

    @property
    def codings(self):
        return codings(self.server.study, self.question)

    @property
    def reductions(self):
        return reductions(self.server.study, self.question)
