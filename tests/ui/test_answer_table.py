"""The answers as a table: the same keys, the columns one chooses, a look for every view."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.reading_page import Reading
from tests.ui.test_every_page import accessibility_problems

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TABLE = ".qc-marker.qc-is-table"


def heads(reading):
    return reading.page.locator(".qc-table-head span").all_inner_texts()


def tops(reading, selectors):
    """Where each part of the first row begins, px from the top of the window."""
    return [reading.in_row(0, one).first.bounding_box()["y"] for one in selectors]


def test_answer_codes_and_reductions_stand_side_by_side_and_keys_do_the_same(reading: Reading):
    reading.act("ArrowRight", "1")
    reading.press("Escape", "y", "y")
    reading.page.wait_for_selector(TABLE)
    assert heads(reading)[-4:] == ["Vastaus", "Koodit", "Pelkistykset", "Muistiot"]
    reading.press("Enter")
    reading.write("saa itse päättää")
    reading.act("Enter")
    reading.wait_active(1)
    assert list(reading.reductions) == ["saa itse päättää"]
    text, code, reduction = tops(reading, (".qc-text", ".qc-label", ".qc-chip"))
    assert abs(text - code) < 8 and abs(text - reduction) < 8
    reading.press("k")
    reading.wait_active(0)
    reading.press("ArrowRight", "Shift+ArrowRight")
    reading.act("2")
    assert ("Valinnanvapaus") in [label for _, label in reading.codings]
    assert accessibility_problems(reading.page) == []


def test_the_look_and_the_columns_are_remembered(reading: Reading):
    reading.press("y", "y")
    reading.page.wait_for_selector(TABLE)
    before = len(heads(reading))
    reading.page.locator(".qc-columns-button").focus()
    reading.press("Enter")
    boxes = reading.page.locator(".qc-columns input")
    expect(boxes.first).to_be_focused()
    shown = boxes.first.is_checked()
    reading.press("Space")
    expect(reading.page.locator(".qc-table-head span")).to_have_count(
        before - 1 if shown else before + 1
    )
    reading.press("Escape")
    expect(reading.page.locator(".qc-columns-button")).to_be_focused()
    chosen = heads(reading)
    reading.page.reload()
    reading.page.wait_for_selector(TABLE)
    assert heads(reading) == chosen
    reading.page.locator(reading.row(0)).focus()
    reading.press("y")
    expect(reading.page.locator(TABLE)).to_have_count(0)
    expect(reading.page.locator(".qc-table-head")).to_be_hidden()


def test_the_active_row_is_never_under_the_names_of_the_columns(reading: Reading):
    reading.press("y", "y")
    reading.page.wait_for_selector(TABLE)
    for key in ("j", "j", "j", "k", "k", "k"):
        reading.press(key)
        clear = reading.page.evaluate(
            """() => {
                const row = document.querySelector('.qc-row[aria-current=true]');
                const head = document.querySelector('.qc-table-head');
                return row.getBoundingClientRect().top >= head.getBoundingClientRect().bottom - 1;
            }"""
        )
        assert clear, key
