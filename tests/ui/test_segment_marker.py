"""Reading and coding in a real browser, with real key presses, against the real app."""

from __future__ import annotations

import json

import pytest

from tests.ui.reading_study import ANSWERS, CODER, MARKUP, codings, make_study, reductions

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAVED = ".qc-marker[data-pending='0'][data-state='saved']"


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    return make_study(tmp_path / "study.qualcode")


@pytest.fixture
def reading(serve, page, study):
    """The page of reading, opened; its first answer has the focus."""
    page.server = serve(study)
    open_reading(page)
    return page


def open_reading(page, query=""):
    page.goto(f"{page.server.url}/koodaus{query}")
    page.wait_for_selector(".qc-row:focus")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def wait_saved(page, timeout=30_000):
    page.wait_for_selector(SAVED, timeout=timeout)


def selected(page):
    return page.evaluate("document.getSelection().toString()")


def active(page):
    return page.locator(".qc-row[aria-current=true]").get_attribute("data-doc")


def highlights(page, doc):
    return page.locator(f".qc-row[data-doc={doc}] .qc-mark").all_inner_texts()


# --- coding ---------------------------------------------------------------------------------------


def test_words_are_selected_and_coded_by_keyboard(reading, study):
    press(reading, "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    assert selected(reading) == "itse päättää"
    press(reading, "1", "3")
    wait_saved(reading)
    assert codings(study) == [("itse päättää", "Osallisuus"), ("itse päättää", "Tiedon puute")]
    press(reading, "Escape", "2")
    wait_saved(reading)
    assert (ANSWERS[0], "Valinnanvapaus") in codings(study)
    reading.reload()
    reading.wait_for_selector(".qc-mark")
    labels = reading.locator(".qc-row[data-doc=d0] .qc-label").all_inner_texts()
    assert sorted(labels) == ["Osallisuus", "Tiedon puute", "Valinnanvapaus"]


def test_a_selection_and_the_place_survive_every_save(reading):
    press(reading, "j", "ArrowRight", "Shift+ArrowRight")
    reading.evaluate("window.rowBefore = document.querySelector('.qc-row[data-doc=d1]')")
    before = selected(reading)
    for key in "123":
        press(reading, key)
        wait_saved(reading)
        assert selected(reading) == before
    assert reading.evaluate(
        "document.activeElement === window.rowBefore && window.rowBefore.isConnected"
    )


def test_the_same_code_twice_on_one_passage_is_one_coding(reading, study):
    press(reading, "1", "1")
    wait_saved(reading)
    assert codings(study) == [(ANSWERS[0], "Osallisuus")]


def test_a_mouse_drag_over_a_umlaut_and_emoji_marks_what_it_covers(reading, study):
    text = reading.locator(".qc-row[data-doc=d1] .qc-text")
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
    reading.mouse.move(left, middle)
    reading.mouse.down()
    reading.mouse.move((left + right) / 2, middle, steps=4)
    reading.mouse.move(right, middle, steps=4)
    reading.mouse.up()
    press(reading, "2")
    wait_saved(reading)
    assert codings(study) == [("jaksaa 😀 pärjätä", "Valinnanvapaus")]
    assert reading.locator(".qc-row[data-doc=d1] .qc-text").text_content() == ANSWERS[1]


def test_a_sentence_is_taken_with_s_and_the_next_with_s_again(reading, study):
    press(reading, "j", "j", "j", "s", "s")
    assert selected(reading) == "Se on väärässä paikassa."
    press(reading, "Shift+s", "1")
    wait_saved(reading)
    assert codings(study) == [("Se on väärässä paikassa. Kukaan ei kerro.", "Osallisuus")]


def test_a_code_is_found_by_typing_and_made_on_the_fly(reading, study):
    press(reading, "ArrowRight", "c")
    reading.keyboard.type("luot")
    assert reading.locator(".qc-detail").inner_text().startswith("Luottamus")
    press(reading, "Enter", "n")
    reading.keyboard.type("Oma päätäntä")
    press(reading, "Enter")
    wait_saved(reading)
    assert codings(study) == [("Sain", "Luottamus"), ("Sain", "Oma päätäntä")]
    assert selected(reading) == "Sain", "the selection is still there for the next code"


# --- nothing is lost ------------------------------------------------------------------------------


def test_a_burst_of_30_keys_loses_none_though_the_server_dies_in_between(reading, study):
    for row in range(5):
        press(reading, "1", "2", "3", "ArrowRight", "1", "2", "3", "Escape")
        if row == 2:
            reading.server.kill()
        press(reading, "j")
    assert reading.locator(".qc-marker").get_attribute("data-pending") != "0"
    reading.wait_for_selector(".qc-marker[data-state='offline']", timeout=20_000)
    reading.server.restart()
    wait_saved(reading, timeout=60_000)
    assert len(codings(study)) == 30


def test_unsaved_work_survives_a_reload(reading, study):
    reading.server.kill()
    press(reading, "1", "j", "2")
    reading.server.restart()
    open_reading(reading)
    wait_saved(reading, timeout=60_000)
    assert codings(study) == [(ANSWERS[0], "Osallisuus"), (ANSWERS[1], "Valinnanvapaus")]


# --- reducing -------------------------------------------------------------------------------------


def test_reductions_are_written_and_linked_row_by_row(reading, study):
    press(reading, "Enter")
    reading.keyboard.type("itse päättäminen")
    press(reading, "Enter")
    assert active(reading) == "d1"
    wait_saved(reading)
    press(reading, "ArrowRight", "Enter")
    reading.keyboard.type("pää")
    reading.wait_for_selector(".qc-offers [role=option]:has-text('itse päättäminen')")
    press(reading, "ArrowDown", "Enter")
    assert active(reading) == "d2"
    press(reading, "Enter")
    reading.keyboard.type("ensimmäinen")
    press(reading, "Shift+Enter")
    reading.keyboard.type("toinen")
    press(reading, "Enter")
    wait_saved(reading)
    assert reductions(study) == {
        "itse päättäminen": sorted([ANSWERS[0], "Äiti"]),
        "ensimmäinen": [MARKUP],
        "toinen": [MARKUP],
    }


def test_a_cancelled_draft_is_there_when_the_field_opens_again(reading, study):
    press(reading, "Enter")
    reading.keyboard.type("kesken jää")
    press(reading, "Escape", "j", "k", "Enter")
    assert reading.locator(".qc-reduce input").input_value() == "kesken jää"
    press(reading, "Enter")
    wait_saved(reading)
    assert list(reductions(study)) == ["kesken jää"]


# --- picking, removing, undoing -------------------------------------------------------------------


def test_codings_are_stepped_through_removed_and_brought_back(reading, study):
    press(reading, "ArrowRight", "1", "Escape", "2")
    wait_saved(reading)
    press(reading, "]", "]")
    assert reading.locator(".qc-marks").inner_text().startswith("Osallisuus")
    press(reading, "Delete")
    wait_saved(reading)
    assert codings(study) == [(ANSWERS[0], "Valinnanvapaus")]
    press(reading, "Control+z")
    wait_saved(reading)
    assert len(codings(study)) == 2
    press(reading, "Control+Shift+Z")
    wait_saved(reading)
    assert codings(study) == [(ANSWERS[0], "Valinnanvapaus")]


def test_a_click_on_a_highlight_shows_its_codes_and_removes_one(reading, study):
    press(reading, "ArrowRight", "1", "2")
    wait_saved(reading)
    press(reading, "Escape")
    reading.locator(".qc-row[data-doc=d0] .qc-mark").first.click()
    assert reading.locator(".qc-mark-line").count() == 2
    reading.get_by_role("button", name="Poista Valinnanvapaus").click()
    wait_saved(reading)
    assert codings(study) == [("Sain", "Osallisuus")]


def test_an_answer_is_set_aside_and_brought_back(reading):
    press(reading, "x")
    wait_saved(reading)
    assert reading.locator(".qc-row[data-doc=d0] .qc-tag").inner_text() == "sivuun siirretty"
    press(reading, "x")
    wait_saved(reading)
    assert reading.locator(".qc-row[data-doc=d0] .qc-tag").count() == 0


# --- what a hostile text or browser sends ---------------------------------------------------------


def test_markup_in_an_answer_is_shown_as_text_and_never_run(reading):
    assert reading.locator(".qc-row[data-doc=d2] .qc-text").text_content() == MARKUP
    press(reading, "j", "j", "Enter")
    reading.keyboard.type("<b onclick=x>lihava</b>")
    press(reading, "Shift+Enter", "Escape", "c")
    reading.keyboard.type("<i>uusi</i>")
    press(reading, "Enter")
    wait_saved(reading)
    assert reading.locator(".qc-list img, .qc-list b[onclick], .qc-marker i:not([class],[style])"
                           ).count() == 0  # fmt: skip
    assert reading.evaluate("window.hacked") is None
    assert reading.locator(".qc-codes td:has-text('<i>uusi</i>')").count() == 1


def test_tampered_operations_are_refused_with_a_message_beside_the_answer(reading, study):
    forged = [
        {"op": "code", "id": "f1", "doc": "d0", "start": 0, "end": 9999, "code": "c0"},
        {"op": "code", "id": "f2", "doc": "d1", "start": 0, "end": 4, "code": "no-such-code"},
        {"op": "code", "id": "f3", "doc": "d3", "start": -5, "end": 4, "code": "c0"},
        {"op": "drop_tables", "doc": "d4"},
        {"op": "code", "id": "f5", "doc": "d4", "start": 0, "end": 8, "code": "c1"},
    ]
    ops = [{**op, "client": "forger", "seq": n + 1} for n, op in enumerate(forged)]
    reading.evaluate(
        """(ops) => {
            const place = Object.keys(sessionStorage).find((k) => k.startsWith('qc-marker-place-'));
            sessionStorage.setItem(place.replace('-place', ''), JSON.stringify(ops));
        }""",
        ops,
    )
    reading.reload()
    reading.wait_for_selector(".qc-alert:visible")
    wait_saved(reading)
    for doc in ("d0", "d1", "d3", "d4"):
        assert reading.locator(f".qc-row[data-doc={doc}] .qc-alert").inner_text().strip("⚠ ×\n")
    assert codings(study) == [("Avustaja", "Valinnanvapaus")], "the honest one went in"
    assert highlights(reading, "d0") == []
    press(reading, "Home", "1")
    wait_saved(reading)
    assert reading.locator(".qc-row[data-doc=d0] .qc-alert").is_hidden()


# --- the page around it ---------------------------------------------------------------------------


def test_letters_typed_elsewhere_are_not_keys_here(reading, study):
    search = reading.get_by_placeholder("Hae")
    search.fill("avustaja")
    search.press("x")
    search.press("Backspace")
    search.press("Enter")
    reading.wait_for_function("document.querySelectorAll('.qc-row').length === 1")
    assert codings(study) == []
    assert reading.locator(".qc-tag").count() == 0


def test_the_keys_are_told_in_finnish_and_closed_with_escape(reading):
    press(reading, "?")
    dialog = reading.get_by_role("dialog", name="Näppäimet")
    assert "seuraava vastaus" in dialog.inner_text()
    press(reading, "Escape")
    assert dialog.count() == 0
    reading.wait_for_selector(".qc-row[data-doc=d0]:focus")


def test_a_link_to_an_answer_opens_its_page_at_it(serve, page, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    study = make_study(tmp_path / "long.qualcode", [f"Vastaus numero {n}" for n in range(60)])
    page.server = serve(study)
    page.goto(f"{page.server.url}/koodaus?vastaus=d41")
    page.wait_for_selector(".qc-row[data-doc=d41][aria-current=true]")
    assert page.locator(".qc-row").count() == 25
    press(page, "End", "PageDown")
    page.wait_for_selector(".qc-row[data-doc=d50]:focus")
    press(page, "PageUp")
    page.wait_for_selector(".qc-row[data-doc=d49]:focus")


def test_answers_coded_under_the_filter_not_coded_stay_until_the_page_turns(
    serve, page, tmp_path, monkeypatch
):
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    study = make_study(tmp_path / "long.qualcode", [f"Vastaus numero {n}" for n in range(60)])
    page.server = serve(study)
    open_reading(page)
    page.get_by_role("combobox", name="Mitkä vastaukset").click()
    page.get_by_role("option", name="Koodaamattomat").click()
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.locator(".qc-row[data-doc=d0] .qc-number").click()
    press(page, "1", "j", "1")
    wait_saved(page)
    assert page.locator(".qc-row").count() == 25
    press(page, "End", "PageDown")
    page.wait_for_selector(".qc-row[data-doc=d25]:focus")


def test_the_page_sent_for_25_answers_is_small(serve, page, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    study = make_study(tmp_path / "long.qualcode", [ANSWERS[0] * 8 for _ in range(25)])
    page.server = serve(study)
    received = []
    page.on("websocket", lambda socket: socket.on(
        "framereceived", lambda frame: received.append(len(frame))))  # fmt: skip
    open_reading(page)
    received.clear()
    press(page, "1")
    wait_saved(page)
    assert sum(received) < 60_000, json.dumps(received)
