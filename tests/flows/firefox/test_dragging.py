"""In Firefox: codes are dragged onto texts, texts onto codes, and fingers code by touch."""

from __future__ import annotations

import pytest

from tests.ui.reading_study import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PINNED = ".qc-pinned [data-code]"
IN_TREE = ".qc-tree-code"


def drag_code(reading, selector, label, end):
    start = reading.page.place(selector, label)
    reading.page.drag(start, (start[0] + 12, start[1] + 9), (end[0] - 4, end[1] - 2), end)


def test_a_code_is_dragged_onto_an_answer_a_selection_and_a_marked_passage(reading):
    with reading.acting():
        drag_code(reading, PINNED, "Tiedon puute", reading.word(3, "paikassa"))
    assert reading.codings == [(ANSWERS[3], "Tiedon puute")]
    reading.wait_active(3)
    reading.press("Home", "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    with reading.acting():
        drag_code(reading, IN_TREE, "Luottamus", reading.word(0, "tuntui"))
    assert reading.codings[0] == ("itse päättää", "Luottamus")
    assert reading.selected == "itse päättää", "the selection stays"
    reading.press("Escape")
    with reading.acting():
        drag_code(reading, PINNED, "Osallisuus", reading.word(0, "itse"))
    assert ("itse päättää", "Osallisuus") in reading.codings
    assert reading.page.count(".qc-ghost") == 0


def test_a_code_let_go_elsewhere_or_given_up_codes_nothing_and_can_still_be_clicked(reading):
    page = reading.page
    drag_code(reading, PINNED, "Osallisuus", page.place(".qc-foot"))
    start, end = page.place(PINNED, "Osallisuus"), reading.word(1, "apua")
    page.hold(start, (start[0] + 12, start[1] + 9), end)
    page.wait_text(".qc-ghost", "Osallisuus")
    page.press("Escape")
    page.wait_count(".qc-ghost", 0)
    page.let_go()
    assert reading.codings == []
    reading.page.click(f"{reading.row(4)} .qc-number")
    with reading.acting():
        page.click(PINNED, "Osallisuus")
    assert reading.codings == [(ANSWERS[4], "Osallisuus")]


def test_a_selected_text_is_dragged_onto_a_code(reading):
    reading.press("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    with reading.acting():
        reading.drag_text_onto(reading.word(0, "itse"), PINNED, "Tiedon puute")
    assert reading.codings == [("Sain itse päättää", "Tiedon puute")]
    with reading.acting():
        reading.drag_text_onto(reading.word(0, "itse"), IN_TREE, "Luottamus")
    assert ("Sain itse päättää", "Luottamus") in reading.codings
    assert reading.page.count(".qc-is-drop") == 0
    assert reading.shown(0, ".qc-text") == [ANSWERS[0]]


def test_words_selected_by_finger_are_coded_from_the_bar_below_them(reading):
    page = reading.page
    page.resize((820, 1180))
    page.tap(reading.word(1, "jaksaa"))
    reading.wait_active(1)
    # Firefox without a screen draws no handles: the selection is made as they would make it.
    page.ask(
        f"""((element) => {{
            const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            const node = texts.nextNode();
            const from = node.data.indexOf('jaksaa');
            document.getSelection().setBaseAndExtent(node, from, node, from + 6);
            return 1;
        }})(document.querySelector('{reading.text(1)}'))"""
    )
    page.wait_for_selector(".qc-touchbar")
    page.tap(page.place(".qc-touchbar button", "Koodit"))
    page.wait_for_selector(".qc-picker")
    with reading.acting():
        page.tap(page.place(".qc-options [role=option]", "Luottamus"))
    assert reading.codings == [("jaksaa", "Luottamus")]
    page.wait_for_selector(".qc-touchbar")
    assert reading.selected == "jaksaa", "still selected, for the next code"
    page.tap(page.place(".qc-touchbar button", "Pelkistä"))
    page.wait_for_selector(".qc-reduce input:focus")
    reading.write("jaksaminen")
    reading.act("Enter")
    assert reading.reductions == {"jaksaminen": ["jaksaa"]}
