"""Codes dragged onto texts, texts onto codes, and fingers on a touch screen: in a real browser."""

from __future__ import annotations

import pytest

from tests.ui.reading_page import Reading
from tests.ui.reading_study import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLACE_OF_WORD = """(element, word) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const from = node.data.indexOf(word);
        if (from < 0) continue;
        const range = document.createRange();
        range.setStart(node, from); range.setEnd(node, from + word.length);
        const box = range.getBoundingClientRect();
        return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    }
}"""


def place_of(reading, answer, word):
    return reading.in_row(answer, ".qc-text").evaluate(PLACE_OF_WORD, word)


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 12, start[1] + 9, steps=3)
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def pinned(reading, label):
    return reading.page.locator(f".qc-pinned [data-code]:has-text('{label}')")


def test_a_code_is_dragged_onto_an_answer(reading):
    drag(reading.page, middle(pinned(reading, "Tiedon puute")), place_of(reading, 3, "paikassa"))
    reading.wait_saved()
    assert reading.codings == [(ANSWERS[3], "Tiedon puute")]
    assert reading.page.locator(".qc-ghost, .qc-is-drop").count() == 0
    reading.wait_active(3)


def test_a_code_is_dragged_onto_the_selection_and_the_selection_stays(reading):
    reading.press("ArrowRight", "ArrowRight", "Shift+ArrowRight")
    drag(reading.page, middle(pinned(reading, "Valinnanvapaus")), place_of(reading, 0, "tuntui"))
    reading.wait_saved()
    assert reading.codings == [("itse päättää", "Valinnanvapaus")]
    assert reading.selected == "itse päättää"


def test_a_code_is_dragged_onto_a_passage_that_is_marked(reading):
    reading.press("ArrowRight", "1", "Escape")
    drag(reading.page, middle(pinned(reading, "Valinnanvapaus")), place_of(reading, 0, "Sain"))
    reading.wait_saved()
    assert sorted(reading.codings) == [("Sain", "Osallisuus"), ("Sain", "Valinnanvapaus")]


def test_a_code_dropped_nowhere_or_given_up_codes_nothing(reading):
    page = reading.page
    start = middle(pinned(reading, "Osallisuus"))
    drag(page, start, middle(page.locator(".qc-foot")))
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*place_of(reading, 1, "apua"), steps=6)
    assert page.locator(".qc-ghost").inner_text().startswith("Osallisuus")
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator(".qc-ghost").count() == 0
    assert page.locator(".qc-marker").get_attribute("data-pending") == "0"
    assert reading.codings == []


def test_a_drag_that_begins_before_the_last_one_is_put_away_is_followed(reading):
    ghosts = pinned(reading, "Osallisuus").evaluate(
        """async (code) => {
            const fire = (name, place) => code.dispatchEvent(new PointerEvent(name, {
                bubbles: true, pointerType: 'mouse', clientX: place, clientY: place,
            }));
            const carry = () => { fire('pointerdown', 20); fire('pointermove', 60); };
            carry();
            fire('pointerup', 60);
            carry();
            await new Promise((done) => setTimeout(done, 50));
            const found = document.querySelectorAll('.qc-ghost').length;
            fire('pointerup', 60);
            return found;
        }"""
    )
    assert ghosts == 1
    assert reading.codings == []


def test_a_code_on_the_bar_still_codes_with_a_click(reading):
    reading.press("j")
    pinned(reading, "Osallisuus").click()
    reading.wait_saved()
    assert reading.codings == [(ANSWERS[1], "Osallisuus")]


def test_a_code_of_the_codebook_beside_the_text_is_dragged_too(reading):
    code = reading.page.locator(".qc-tree-code:has-text('Luottamus')")
    drag(reading.page, middle(code), place_of(reading, 1, "apua"))
    reading.wait_saved()
    assert reading.codings == [(ANSWERS[1], "Luottamus")]


def test_a_selected_text_is_dragged_onto_a_code(reading):
    reading.press("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    start = place_of(reading, 0, "itse")
    drag(reading.page, start, middle(pinned(reading, "Tiedon puute")))
    reading.wait_saved()
    assert reading.codings == [("Sain itse päättää", "Tiedon puute")]


# --- fingers ----------------------------------------------------------------------------------


@pytest.fixture
def fingers(chromium, reading_server, unread):
    context = chromium.browser().new_context(
        viewport={"width": 820, "height": 1180}, locale="fi-FI", has_touch=True, is_mobile=True
    )
    reading = Reading(context.new_page(), reading_server, next(unread))
    reading.page.goto(f"{reading_server.url}/koodaus?vastaus=q{reading.question}-0")
    reading.page.wait_for_selector(reading.row(0))
    yield reading
    context.close()


def select_by_touch(reading, answer, word):
    """A tap, and then the selection that the handles of a touch screen would make.

    Headless Chromium draws no handles and selects nothing by a long press.
    """
    reading.page.touchscreen.tap(*place_of(reading, answer, word))
    reading.in_row(answer, ".qc-text").evaluate(
        """(element, word) => {
            const node = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
            const from = node.data.indexOf(word);
            document.getSelection().setBaseAndExtent(node, from, node, from + word.length);
        }""",
        word,
    )


def test_a_selection_by_touch_opens_a_bar_with_what_can_be_done(fingers):
    page = fingers.page
    select_by_touch(fingers, 1, "jaksaa")
    bar = page.locator(".qc-touchbar")
    bar.wait_for()
    assert fingers.selected == "jaksaa"
    fingers.wait_active(1)
    bar.get_by_role("button", name="Koodit").tap()
    page.locator(".qc-options [role=option]:has-text('Luottamus')").tap()
    fingers.wait_saved()
    assert fingers.codings == [("jaksaa", "Luottamus")]
    bar.wait_for()  # the words are still selected, for the next code
    page.touchscreen.tap(*middle(fingers.in_row(3, ".qc-number")))
    bar.wait_for(state="detached")
    fingers.wait_active(3)


def test_what_a_finger_presses_is_large_enough(fingers):
    page = fingers.page
    select_by_touch(fingers, 0, "päättää")
    page.locator(".qc-touchbar").wait_for()
    small = page.evaluate(
        """() => [...document.querySelectorAll('.qc-marker button')]
            .map((button) => [button.textContent, button.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 44 || box.height < 44))
            .map(([name, box]) => [name, box.width, box.height])"""
    )
    assert small == []
