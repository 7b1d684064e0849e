"""Coming to the board of categories: its keys work at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browsing import in_menu

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_first_waiting_card_has_the_focus_after_navigation(reading):
    reading.press("Enter")
    reading.write("saa itse päättää")
    reading.act("Enter")
    in_menu(reading.page, "Luokat").click()
    first = reading.page.locator(".qcb-board [data-item^='r:']").first
    expect(first).to_be_focused()
    reading.press("ArrowDown", "ArrowUp")
    expect(first).to_be_focused()
