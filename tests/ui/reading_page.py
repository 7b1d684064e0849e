"""The page of reading in a real browser, as the tests speak of it."""

from __future__ import annotations

from tests.ui.reading_study import codings, reductions

SAVED = ".qc-marker[data-pending='0'][data-state='saved']"

QUESTIONS = 30
"""One server and one study serve a module; every test reads a question of its own."""


class Reading:
    """The page of reading, opened at a question; its first answer has the focus."""

    def __init__(self, page, server, question=0):
        self.page = page
        self.server = server
        self.question = question

    def open(self, answer=0):
        self.page.goto(f"{self.server.url}/koodaus?vastaus=q{self.question}-{answer}")
        self.page.wait_for_selector(f"{self.row(answer)}:focus")

    def row(self, answer):
        return f".qc-row[data-doc=q{self.question}-{answer}]"

    def in_row(self, answer, selector):
        return self.page.locator(f"{self.row(answer)} {selector}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text):
        self.page.keyboard.type(text)

    def wait_saved(self, timeout=30_000):
        self.page.wait_for_selector(SAVED, timeout=timeout)

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
