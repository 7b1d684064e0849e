"""Reading and coding in a real browser, with real key presses, against the real app."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from qualcode.workbench import coding
from tests.browsing import in_menu
from tests.ui.reading_study import ANSWERS, MARKUP, bench_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# --- coding ---------------------------------------------------------------------------------------


def test_words_are_selected_and_coded_by_keyboard(reading):
    reading.press("ArrowRight", "ArrowRight", "Shift+ArrowRight")
    assert reading.selected == "itse päättää"
    reading.act("1", "3")
    assert reading.codings == [("itse päättää", "Osallisuus"), ("itse päättää", "Tiedon puute")]
    reading.act("Escape", "2")
    assert (ANSWERS[0], "Valinnanvapaus") in reading.codings
    reading.page.reload()
    reading.page.wait_for_selector(".qc-mark")
    labels = reading.in_row(0, ".qc-label").all_inner_texts()
    assert sorted(labels) == ["Osallisuus", "Tiedon puute", "Valinnanvapaus"]


def test_a_selection_and_the_place_survive_every_save(reading):
    reading.press("j", "ArrowRight", "Shift+ArrowRight")
    reading.page.evaluate(
        "row => { window.rowBefore = document.querySelector(row) }", reading.row(1)
    )
    before = reading.selected
    for key in "123":
        reading.act(key)
        assert reading.selected == before
    assert reading.page.evaluate(
        "document.activeElement === window.rowBefore && window.rowBefore.isConnected"
    )


def test_the_same_code_twice_on_one_passage_is_one_coding(reading):
    reading.act("1", "1")
    assert reading.codings == [(ANSWERS[0], "Osallisuus")]


def test_a_mouse_drag_over_a_umlaut_and_emoji_marks_what_it_covers(reading):
    text = reading.in_row(1, ".qc-text")
    ends = text.evaluate(
        """(element) => {
            const range = document.createRange();
            const node = element.querySelector('span').firstChild;
            const from = element.textContent.indexOf('jaksaa');
            const to = element.textContent.indexOf(', kun');
            range.setStart(node, from); range.setEnd(node, to);
            const box = range.getBoundingClientRect();
            return [box.left + 1, box.right - 1, (box.top + box.bottom) / 2];
        }"""
    )
    left, right, middle = ends
    reading.page.mouse.move(left, middle)
    reading.page.mouse.down()
    reading.page.mouse.move((left + right) / 2, middle, steps=4)
    reading.page.mouse.move(right, middle, steps=4)
    reading.page.mouse.up()
    reading.act("2")
    assert reading.codings == [("jaksaa 😀 pärjätä", "Valinnanvapaus")]
    assert reading.in_row(1, ".qc-text").text_content() == ANSWERS[1]


def test_a_sentence_is_taken_with_s_and_the_next_with_s_again(reading):
    reading.press("j", "j", "j", "s", "s")
    assert reading.selected == "Se on väärässä paikassa."
    reading.act("Shift+s", "1")
    assert reading.codings == [("Se on väärässä paikassa. Kukaan ei kerro.", "Osallisuus")]


def test_a_code_is_found_by_typing_and_made_on_the_fly(reading):
    reading.press("ArrowRight", "c")
    reading.write("luot")
    assert reading.page.locator(".qc-detail").inner_text().startswith("Luottamus")
    reading.press("Enter", "n")
    reading.write("Oma päätäntä")
    reading.act("Enter")
    assert reading.codings == [("Sain", "Luottamus"), ("Sain", "Oma päätäntä")]
    assert reading.selected == "Sain", "the selection is still there for the next code"


# --- nothing is lost ------------------------------------------------------------------------------


def test_a_burst_of_30_keys_loses_none_though_the_server_dies_in_between(reading):
    for row in range(5):
        reading.press("1", "2", "3", "ArrowRight", "1", "2", "3", "Escape")
        if row == 2:
            reading.server.kill()
        reading.press("j")
    assert reading.page.locator(".qc-marker").get_attribute("data-pending") != "0"
    reading.page.wait_for_selector(".qc-marker[data-state='offline']", timeout=20_000)
    reading.server.restart()
    reading.wait_saved(timeout=60_000)
    assert len(reading.codings) == 30


def test_the_box_of_a_lost_connection_does_not_stand_in_the_way(reading):
    reading.server.kill()
    for _ in range(60):
        reading.press("ArrowRight")
        reading.page.wait_for_timeout(100)
        assert reading.page.evaluate("document.querySelectorAll('[role=dialog]').length") <= 1
    reading.press("2")
    reading.page.wait_for_selector(".qc-marker[data-state='offline']", timeout=20_000)
    assert reading.page.get_by_role("dialog").count() == 0
    reading.server.restart()
    reading.wait_saved(timeout=60_000)
    assert reading.codings == [("hyvältä", "Valinnanvapaus")]


def test_unsaved_work_survives_a_reload(reading):
    reading.server.kill()
    reading.press("1", "j", "2")
    reading.server.restart()
    reading.open()
    reading.wait_saved(timeout=60_000)
    assert reading.codings == [(ANSWERS[0], "Osallisuus"), (ANSWERS[1], "Valinnanvapaus")]


# --- reducing -------------------------------------------------------------------------------------


def test_reductions_are_written_and_linked_row_by_row(reading):
    reading.press("Enter")
    reading.write("itse päättäminen")
    reading.press("Enter")
    reading.wait_active(1)
    reading.wait_saved()
    reading.press("ArrowRight", "Enter")
    reading.write("pää")
    reading.page.wait_for_selector(".qc-offers [role=option]:has-text('itse päättäminen')")
    reading.press("ArrowDown", "Enter")
    reading.wait_active(2)
    reading.press("Enter")
    reading.write("ensimmäinen")
    reading.press("Shift+Enter")
    reading.write("toinen")
    reading.act("Enter")
    assert reading.reductions == {
        "itse päättäminen": sorted([ANSWERS[0], "Äiti"]),
        "ensimmäinen": [MARKUP],
        "toinen": [MARKUP],
    }


def test_after_a_reduced_sentence_one_goes_on_to_those_after_it(reading):
    reading.press("j", "j", "j", "s", "Enter")
    reading.write("tieto myöhässä")
    reading.act("Enter")
    reading.wait_active(3)
    assert reading.selected == "Tieto tulee myöhään."
    reading.press("s")
    assert reading.selected == "Se on väärässä paikassa."
    reading.press("s", "Enter")
    reading.write("ei kerrota " * 30)
    reading.act("Enter")
    # Nothing is left after it: on to the next answer. The foot tells how what was written begins.
    reading.wait_active(4)
    said = reading.page.locator(".qc-foot .qc-hint").inner_text()
    assert said.startswith("→ ei kerrota") and len(said) < 70


def test_many_codings_do_not_make_the_row_high(reading):
    doc = f"q{reading.question}-3"
    bench = bench_of(reading.server.study, "Pekka")
    text = ANSWERS[3]
    for n in range(4):
        for start in range(0, 10):
            coding.code(bench, doc, start * 3, len(text) - n, f"c{n}")
    bench.store.close()
    more = reading.in_row(3, ".qc-label b")
    more.wait_for(timeout=20_000)
    labels = reading.in_row(3, ".qc-label")
    expect(labels).to_have_count(40)
    assert more.inner_text() == "+28"
    assert reading.page.locator(reading.row(3)).bounding_box()["height"] < 300
    assert reading.in_row(3, ".qc-label:visible").count() == 12
    reading.in_row(3, ".qc-margin").hover()
    assert reading.in_row(3, ".qc-label:visible").count() == 40
    # In the table a row does not grow under the pointer.
    reading.press("y", "y")
    reading.page.wait_for_selector(".qc-marker.qc-is-table")
    assert reading.page.locator(reading.row(3)).bounding_box()["height"] < 300
    reading.in_row(3, ".qc-margin").hover()
    assert reading.in_row(3, ".qc-label:visible").count() == 12


def test_a_reduction_being_written_survives_a_reload_and_another_page(reading):
    reading.press("Enter")
    reading.write("kesken")
    reading.page.reload()
    reading.page.wait_for_selector(f"{reading.row(0)}:focus")
    reading.press("Enter")
    field = reading.in_row(0, ".qc-reduce input")
    assert field.input_value() == "kesken"
    reading.press("End")
    reading.write(" vielä")
    in_menu(reading.page, "Aineisto").click()
    reading.page.wait_for_selector(".qc-marker", state="detached")
    in_menu(reading.page, "Lue ja koodaa").click()
    reading.page.wait_for_selector(f"{reading.row(0)}:focus")
    reading.press("Enter")
    assert field.input_value() == "kesken vielä"
    reading.act("Enter")
    reading.press("k", "Enter")
    assert field.input_value() == "", "saved is no draft"


def test_a_cancelled_draft_is_there_when_the_field_opens_again(reading):
    reading.press("Enter")
    reading.write("kesken jää")
    reading.press("Escape", "j", "k", "Enter")
    assert reading.page.locator(".qc-reduce input").input_value() == "kesken jää"
    reading.act("Enter")
    assert list(reading.reductions) == ["kesken jää"]


# --- picking, removing, undoing -------------------------------------------------------------------


def test_codings_are_stepped_through_removed_and_brought_back(reading):
    reading.act("ArrowRight", "1", "Escape", "2")
    reading.press("]", "]")
    assert reading.page.locator(".qc-marks").inner_text().startswith("Osallisuus")
    reading.act("Delete")
    assert reading.codings == [(ANSWERS[0], "Valinnanvapaus")]
    reading.act("Control+z")
    assert len(reading.codings) == 2
    reading.act("Control+Shift+Z")
    assert reading.codings == [(ANSWERS[0], "Valinnanvapaus")]


def test_a_click_on_a_highlight_shows_its_codes_and_removes_one(reading):
    reading.act("ArrowRight", "1", "2")
    reading.press("Escape")
    reading.in_row(0, ".qc-mark").first.click()
    assert reading.page.locator(".qc-mark-line").count() == 2
    reading.page.get_by_role("button", name="Poista Valinnanvapaus").click()
    reading.wait_saved()
    assert reading.codings == [("Sain", "Osallisuus")]


def test_an_answer_is_set_aside_and_brought_back(reading):
    reading.act("x")
    assert reading.in_row(0, ".qc-tag").inner_text() == "sivuun siirretty"
    reading.act("x")
    assert reading.in_row(0, ".qc-tag").count() == 0


# --- what a hostile text or browser sends ---------------------------------------------------------


def test_markup_in_an_answer_is_shown_as_text_and_never_run(reading):
    assert reading.in_row(2, ".qc-text").text_content() == MARKUP
    reading.press("j", "j", "Enter")
    reading.write("<b onclick=x>lihava</b>")
    reading.press("Shift+Enter", "Escape", "c")
    reading.write("<i>uusi</i>")
    reading.act("Enter")
    made = reading.page.locator(".qc-marker :is(img, b[onclick], i:not([style]))")
    assert made.count() == 0
    assert reading.page.evaluate("window.hacked") is None
    assert reading.page.locator(".qc-tree-code:has-text('<i>uusi</i>')").count() == 1


def test_tampered_operations_are_refused_with_a_message_beside_the_answer(reading):
    question = f"q{reading.question}"
    forged = [
        {"op": "code", "id": "f1", "doc": f"{question}-0", "start": 0, "end": 9999, "code": "c0"},
        {
            "op": "code",
            "id": "f2",
            "doc": f"{question}-1",
            "start": 0,
            "end": 4,
            "code": "no-such-code",
        },
        {"op": "code", "id": "f3", "doc": f"{question}-3", "start": -5, "end": 4, "code": "c0"},
        {"op": "drop_tables", "doc": f"{question}-4"},
        {"op": "code", "id": "f5", "doc": f"{question}-4", "start": 0, "end": 8, "code": "c1"},
    ]
    ops = [{**op, "client": "forger", "seq": n + 1} for n, op in enumerate(forged)]
    reading.page.evaluate(
        """(ops) => {
            const place = Object.keys(sessionStorage).find((k) => k.startsWith('qc-marker-place-'));
            sessionStorage.setItem(place.replace('-place', ''), JSON.stringify(ops));
        }""",
        ops,
    )
    reading.open()
    reading.page.wait_for_selector(".qc-alert:visible")
    reading.wait_saved()
    for answer in (0, 1, 3, 4):
        assert reading.in_row(answer, ".qc-alert > span").inner_text()
    assert reading.codings == [("Avustaja", "Valinnanvapaus")], "the honest one went in"
    assert reading.in_row(0, ".qc-mark").count() == 0
    reading.act("Home", "1")
    assert reading.in_row(0, ".qc-alert").is_hidden()


# --- the page around it ---------------------------------------------------------------------------


def test_letters_typed_elsewhere_are_not_keys_here(reading):
    search = reading.page.get_by_placeholder("Hae")
    search.fill("avustaja")
    search.press("x")
    search.press("Backspace")
    search.press("Enter")
    reading.page.wait_for_function("document.querySelectorAll('.qc-row').length === 1")
    assert reading.codings == []
    assert reading.page.locator(".qc-tag").count() == 0


def test_the_keys_are_told_in_finnish_and_closed_with_escape(reading):
    reading.press("?")
    dialog = reading.page.get_by_role("dialog", name="Näppäimet")
    assert "seuraava vastaus" in dialog.inner_text()
    reading.press("Escape")
    assert dialog.count() == 0
    reading.page.wait_for_selector(f"{reading.row(0)}:focus")


def test_a_link_to_an_answer_opens_its_page_at_it(many_answers):
    reading = many_answers
    reading.open(answer=41)
    assert reading.page.locator(".qc-row").count() == 25
    reading.press("End", "PageDown")
    reading.page.wait_for_selector(f"{reading.row(50)}:focus")
    reading.press("PageUp")
    reading.page.wait_for_selector(f"{reading.row(49)}:focus")


def test_the_place_among_short_answers_survives_a_reload_and_another_page(many_answers):
    reading = many_answers
    reading.open(answer=41)
    scrolled = "document.querySelector('.qc-list').scrollTop"
    before = reading.page.evaluate(scrolled)
    assert before > 0
    held = f"before => Math.abs({scrolled} - before) < 2"
    reading.page.reload()
    reading.page.wait_for_selector(f"{reading.row(41)}[aria-current=true]")
    reading.page.wait_for_function(held, arg=before)
    in_menu(reading.page, "Aineisto").click()
    reading.page.wait_for_selector(".qc-marker", state="detached")
    in_menu(reading.page, "Lue ja koodaa").click()
    reading.page.wait_for_selector(f"{reading.row(41)}[aria-current=true]")
    reading.page.wait_for_function(held, arg=before)


def test_answers_coded_under_the_filter_not_coded_stay_until_the_page_turns(many_answers):
    reading = many_answers
    reading.open()
    reading.page.get_by_role("combobox", name="Mitkä vastaukset").click()
    reading.page.get_by_role("option", name="Koodaamattomat").click()
    reading.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    reading.in_row(0, ".qc-number").click()
    reading.act("1", "j", "1")
    assert reading.page.locator(".qc-row").count() == 25
    reading.press("End", "PageDown")
    reading.page.wait_for_selector(f"{reading.row(25)}:focus")


def test_what_is_offered_for_the_last_answer_on_the_screen_is_in_sight(many_answers):
    reading = many_answers
    reading.open()
    reading.press("Enter")
    reading.write("itse päättäminen")
    reading.press("Enter", "End", "Enter")
    reading.write("its")
    offers = reading.page.locator(".qc-offers:visible")
    offers.locator("[role=option]").first.wait_for()
    in_sight = """() => {
        const bottom = (selector) =>
            document.querySelector(selector).getBoundingClientRect().bottom;
        return bottom('.qc-offers:not([hidden])') <= bottom('.qc-list');
    }"""
    reading.page.wait_for_function(in_sight)
    # Also when the answers get less room meanwhile, as from a tablet's keyboard.
    reading.page.set_viewport_size({"width": 1440, "height": 700})
    reading.page.wait_for_function(
        "() => document.querySelector('.qc-marker').getBoundingClientRect().bottom <= 700"
    )
    reading.page.wait_for_function(in_sight)
    expect(reading.page.locator(".qc-reduce .qc-field")).to_have_value("its")


def test_what_travels_for_one_key_press_is_small(many_answers):
    reading = many_answers
    received = []
    reading.page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))),
    )
    reading.open()
    received.clear()
    reading.act("1")
    assert sum(received) < 60_000, received
