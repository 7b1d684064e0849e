"""Undo and redo by real keys: they name the act they mean, and never take another in its place."""

from __future__ import annotations

import pytest

from qualcode.domain.codes import Code
from qualcode.domain.documents import Document
from qualcode.workbench import coding, memos, reducing
from tests.browsing import HURRY, wait_at_rest
from tests.ui.reading_page import Reading
from tests.ui.reading_study import bench_of, make_study

pytestmark = pytest.mark.browser

FOOT = ".qc-foot .qc-hint"


@pytest.fixture
def elsewhere(reading):
    """The same coder at the same study, in a program of their own."""
    bench = bench_of(reading.server.study)
    yield bench
    bench.store.close()


@pytest.fixture
def pekka(reading):
    bench = bench_of(reading.server.study, "Pekka")
    yield bench
    bench.store.close()


@pytest.fixture
def deaf(reading):
    """The window hears nothing of what is done elsewhere."""
    reading.page.route("**/qc/news", lambda route: route.abort())
    return reading


def labels(reading):
    return sorted(label for _, label in reading.codings)


def wait_said(reading, words):
    reading.page.wait_for_function(
        "([foot, words]) => document.querySelector(foot).innerText.includes(words)",
        arg=[FOOT, words],
    )


def test_undo_after_a_refused_act_leaves_the_older_one(deaf, pekka):
    new = coding.add_code(pekka, f"Lyhytikäinen {deaf.question}")
    deaf.open()
    deaf.press("1")
    deaf.wait_saved()
    coding.remove_code(pekka, new.id)
    deaf.press("j", "c")
    deaf.write(new.label_fi)
    deaf.press("Enter", "Control+z")
    deaf.wait_saved()
    wait_said(deaf, "Tarkoitettua toimea ei tehty")
    assert labels(deaf) == ["Osallisuus"]
    deaf.act("Control+z")
    assert labels(deaf) == [], "the next undo means the older act"


def test_undo_after_a_reload_takes_back_what_the_window_was_told_of(reading, elsewhere):
    reading.press("1", "j", "2")
    reading.wait_saved()
    reading.page.route("**/qc/news", lambda route: route.abort())
    reading.open(1)
    wait_at_rest(reading.page)
    coding.code(elsewhere, f"q{reading.question}-2", 0, 4, "c2")
    # The answer to the first would tell of it: both are on their way before any comes.
    reading.page.route("**/qc/**", lambda route: route.abort())
    reading.press("Control+z", "Control+z")
    reading.page.unroute("**/qc/**")
    reading.wait_saved()
    assert labels(reading) == ["Tiedon puute"], "not yet seen by this window"
    reading.press("Control+Shift+z", "Control+Shift+z")
    reading.wait_saved()
    assert labels(reading) == ["Osallisuus", "Tiedon puute", "Valinnanvapaus"]


def test_undo_while_the_act_before_it_is_still_on_its_way(reading, elsewhere):
    reading.press("1")
    reading.wait_saved()
    reading.page.route("**/qc/**", lambda route: route.abort())
    reading.press("j", "2")
    coding.code(elsewhere, f"q{reading.question}-2", 0, 4, "c2")
    reading.press("Control+z")
    reading.page.unroute("**/qc/**")
    reading.wait_saved()
    assert labels(reading) == ["Osallisuus", "Tiedon puute"]


def test_with_nothing_to_undo_the_window_says_so(serve, page, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CODER", "Uusi")
    reading = Reading(page, serve(make_study(tmp_path / "uusi.qualcode")))
    reading.open()
    reading.press("Control+z")
    wait_said(reading, "Kumottavaa ei ole")
    reading.press("Control+Shift+z")
    wait_said(reading, "ei ole")


def test_a_refusal_whose_answer_was_lost_is_told_all_the_same(deaf, elsewhere):
    new = coding.add_code(elsewhere, f"Kadonnut {deaf.question}")
    deaf.open()
    coding.remove_code(elsewhere, new.id)
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route)
        route.abort()

    deaf.page.route("**/qc/ops", lose, times=1)
    deaf.press("c")
    deaf.write(new.label_fi)
    deaf.press("Enter")
    alert = deaf.in_row(0, "[role=alert]")
    alert.wait_for()
    assert "poistettu" in alert.inner_text()
    assert len(lost) == 1
    deaf.wait_saved()
    assert labels(deaf) == []


def test_the_history_and_the_keys_turn_the_same_acts(reading, elsewhere):
    reducing.reduce(elsewhere, f"q{reading.question}-0", 0, 4, f"oma {reading.question}")
    reading.in_row(0, ".qc-chip").wait_for()
    reading.act("Control+z")
    assert reading.reductions == {}, "the newest act that the window was told of"
    wait_said(reading, "kumosi")


# --- one act, one step -----------------------------------------------------------------------


def open_codes(reading):
    with bench_of(reading.server.study).store.reading() as rows:
        return {code.label_fi for code in rows.find(Code)}


def test_a_code_found_in_the_words_is_taken_back_in_one_step(reading):
    before = open_codes(reading)
    reading.press("j", "ArrowRight", "v")
    reading.in_row(1, ".qc-label").wait_for()
    reading.wait_saved()
    assert len(reading.codings) == 1
    assert open_codes(reading) != before
    reading.act("Control+z")
    assert (reading.codings, open_codes(reading)) == ([], before)
    reading.press("Control+Shift+z")
    reading.wait_saved()
    assert len(reading.codings) == 1


def test_a_code_made_in_the_picker_is_taken_back_in_one_step(reading):
    before = open_codes(reading)
    reading.press("c")
    reading.write(f"Lennossa tehty {reading.question}")
    reading.press("Enter")
    reading.wait_saved()
    assert labels(reading) == [f"Lennossa tehty {reading.question}"]
    reading.press("r")
    reading.write(f"Toinen lennossa {reading.question}")
    reading.press("Enter")
    reading.wait_saved()
    assert labels(reading) == [f"Toinen lennossa {reading.question}"]
    reading.press("Control+z", "Control+z")
    reading.wait_saved()
    assert (reading.codings, open_codes(reading)) == ([], before)


def test_a_number_key_pressed_twice_codes_once(reading):
    reading.press("1", "1")
    wait_said(reading, "jo")
    reading.wait_saved()
    assert labels(reading) == ["Osallisuus"]
    reading.act("Control+z")
    assert labels(reading) == []


# --- what is not to be coded, what is not mine -----------------------------------------------


def test_what_is_set_aside_is_coded_only_after_it_is_brought_back(reading):
    reading.press("x", "1")
    wait_said(reading, "siirretty sivuun")
    reading.press("c")
    assert reading.page.locator(".qc-picker").count() == 0
    reading.press("Enter")
    assert reading.page.locator(".qc-reduce").count() == 0
    reading.press("Shift+J", "2")
    wait_said(reading, "jätettiin pois: 1")
    reading.wait_saved()
    assert labels(reading) == ["Valinnanvapaus"]
    reading.press("Escape", "k", "x", "1")
    reading.wait_saved()
    assert labels(reading) == ["Osallisuus", "Valinnanvapaus"]


def test_anothers_mark_is_not_taken_off_and_the_page_says_whose_it_is(reading, pekka):
    coding.code(pekka, f"q{reading.question}-0", 0, 4, "c2")
    reducing.reduce(pekka, f"q{reading.question}-0", 0, 4, f"pekan {reading.question}")
    reading.in_row(0, ".qc-chip").wait_for()
    for key in ("]", "]"):
        reading.press(key, "Delete")
        wait_said(reading, "Pekka")
    reading.wait_saved()
    assert labels(reading) == ["Tiedon puute"]
    assert list(reading.reductions) == [f"pekan {reading.question}"]
    assert reading.in_row(0, ".qc-remove:visible").count() == 0


# --- a server that meets an error, an outbox of hours ------------------------------------------

STOPPED = ".qc-marker[data-state=stopped]"


def test_an_error_of_the_server_is_not_repeated_for_ever_and_nothing_is_lost(unopened):
    reading = unopened
    reading.page.add_init_script(HURRY)
    reading.open()
    asked = []

    def break_down(route):
        asked.append(route.request.post_data_json)
        route.fulfill(status=500, body="Internal Server Error")

    reading.page.route("**/qc/ops", break_down)
    reading.press("1", "j", "2")
    reading.page.wait_for_selector(STOPPED)
    assert "pysähtynyt, 2 tallentamatta" in reading.page.locator(".qc-state").inner_text()
    assert "pidä se auki" in reading.page.locator(".qc-stopped").inner_text()
    tries = len(asked)
    assert 4 <= tries <= 12
    reading.press("j", "3")
    reading.page.wait_for_selector(".qc-marker[data-pending='3']")
    reading.page.unroute("**/qc/ops")
    reading.open(2)  # also over a reload
    reading.wait_saved()
    assert labels(reading) == ["Osallisuus", "Tiedon puute", "Valinnanvapaus"]


def test_the_act_that_the_server_cannot_take_is_left_out_and_the_others_are_saved(unopened):
    reading = unopened
    reading.page.add_init_script(HURRY)
    reading.open()

    def choke(route):
        first = route.request.post_data_json["ops"][0]
        if first.get("code") == "c0":
            route.fulfill(status=500, body="Internal Server Error")
        else:
            route.continue_()

    reading.page.route("**/qc/ops", choke)
    reading.press("1", "j", "2", "j", "3")
    reading.page.wait_for_selector(STOPPED)
    reading.page.get_by_role("button", name="Jätä ensimmäinen toimi pois").click()
    reading.wait_saved()
    assert labels(reading) == ["Tiedon puute", "Valinnanvapaus"]
    assert "jätettiin pois" in reading.in_row(0, "[role=alert]").inner_text()
    reading.press("k")
    reading.wait_active(1)


def test_an_outbox_of_hours_without_a_connection_arrives_whole(reading):
    page = reading.page
    pieces = []
    page.route("**/qc/**", lambda route: route.abort())
    for _ in range(600):
        reading.press("x")
    page.wait_for_selector(".qc-marker[data-pending='600']")
    page.on("request", lambda asked: pieces.append(asked) if "/qc/ops" in asked.url else None)
    page.unroute("**/qc/**")
    reading.wait_saved(timeout=120_000)
    assert max(len(one.post_data_json["ops"]) for one in pieces) <= 500
    with bench_of(reading.server.study).store.reading() as rows:
        assert not rows.get(Document, f"q{reading.question}-0").set_aside


def test_only_ones_own_memo_has_a_button_to_remove_it(reading, pekka):
    memos.write(pekka, "document", f"q{reading.question}-0", "Pekan ajatus", f"p{reading.question}")
    reading.in_row(0, ".qc-memo").first.wait_for()
    reading.press("m")
    card = reading.page.locator(".qc-memo-card")
    card.filter(has_text="Pekan ajatus").wait_for()
    assert card.get_by_role("button", name="Poista").count() == 0
    assert card.get_by_role("button", name="Muokkaa").count() == 1
