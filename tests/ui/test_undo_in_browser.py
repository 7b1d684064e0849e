"""Undo and redo by real keys: they name the act they mean, and never take another in its place."""

from __future__ import annotations

import pytest

from qualcode.workbench import coding, reducing
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
    deaf.press("Control+z")
    deaf.wait_saved()
    assert labels(deaf) == [], "the next undo means the older act"


def test_undo_after_a_reload_takes_back_what_the_window_was_told_of(reading, elsewhere):
    reading.press("1", "j", "2")
    reading.wait_saved()
    reading.open(1)
    reading.page.route("**/qc/news", lambda route: route.abort())
    coding.code(elsewhere, f"q{reading.question}-2", 0, 4, "c2")
    reading.press("Control+z", "Control+z")
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
    reading.press("Control+z")
    reading.wait_saved()
    assert reading.reductions == {}, "the newest act that the window was told of"
    wait_said(reading, "kumosi")
