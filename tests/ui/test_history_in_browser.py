"""The history beside the answers, in a real browser with real keys: who, what, when, and back."""

from __future__ import annotations

import time

import pytest

from qualcode.domain.decisions import Act
from qualcode.store.log_views import LogQuery
from qualcode.workbench import coding, history, reducing
from tests.ui.reading_study import bench_of

ACTS = ".qc-past-act"
pytestmark = pytest.mark.browser


@pytest.fixture
def pekka(reading):
    """Somebody else at the same study, in a program of their own."""
    bench = bench_of(reading.server.study, "Pekka")
    yield bench
    bench.store.close()


@pytest.fixture
def maija(reading):
    bench = bench_of(reading.server.study)
    yield bench
    bench.store.close()


def code_two(reading):
    """The first answer gets the code of key 1, the second that of key 2."""
    reading.act("1", "j", "2")


def sentences(reading):
    return [one.inner_text() for one in reading.page.locator(f"{ACTS} .qc-past-line").all()]


def open_history(reading):
    reading.press("h")
    reading.page.wait_for_selector(f"dialog.qc-history {ACTS}")


def codes(reading, answer):
    return reading.in_row(answer, ".qc-label").count()


def wait_newest(reading, word):
    """Until the newest act of the list says the word."""
    reading.page.wait_for_function(
        "word => document.querySelector('.qc-past-line')?.innerText.includes(word)", arg=word
    )


def test_an_older_act_is_taken_back_and_done_again_by_keys(reading):
    code_two(reading)
    open_history(reading)
    newest, older = sentences(reading)[:2]
    assert "Valinnanvapaus" in newest
    assert "Ctrl+Z" in newest
    assert "Osallisuus" in older
    assert "Ctrl+Z" not in older
    reading.press("ArrowDown", "Enter")
    wait_newest(reading, "kumosi")
    assert [label for _, label in reading.codings] == ["Valinnanvapaus"]
    # The undo itself is the newest act now; the keys still stand on the act that was turned.
    reading.press("Enter")
    wait_newest(reading, "teki uudelleen")
    assert sorted(label for _, label in reading.codings) == ["Osallisuus", "Valinnanvapaus"]
    reading.press("Escape")
    reading.page.wait_for_selector(f"{reading.row(1)}:focus")
    assert (codes(reading, 0), codes(reading, 1)) == (1, 1)


def test_another_persons_act_arrives_calmly_and_is_undone_only_after_asking(reading, pekka, maija):
    reading.press("j")
    reading.wait_active(1)
    before = reading.page.locator(reading.row(1)).bounding_box()
    coding.code(pekka, f"q{reading.question}-3", 0, 5, "c2")
    line = reading.page.locator(".qc-others")
    line.wait_for(state="visible")
    assert "Pekka koodasi ilmauksen" in line.inner_text()
    reading.page.wait_for_selector(f"{reading.row(3)} .qc-label")
    assert reading.page.locator(reading.row(1)).bounding_box() == before
    reading.page.wait_for_selector(f"{reading.row(1)}:focus")

    line.click()
    reading.page.wait_for_selector(f"dialog.qc-history {ACTS}")
    assert sentences(reading)[0].split("\n")[1].startswith("Pekka")
    reading.page.wait_for_selector(f"{ACTS} .qc-past-turn:focus")
    reading.press("Enter")
    question = reading.page.locator(".qc-past-question")
    question.wait_for()
    assert "Pekka" in question.inner_text()
    assert [label for _, label in reading.codings] == ["Tiedon puute"], "asked first"
    reading.press("Enter")
    reading.page.wait_for_function(f"!document.querySelector('{reading.row(3)} .qc-label')")
    assert reading.codings == []
    undo = history.log(maija, query=LogQuery(acts=(Act.UNDO,))).rows[0]
    assert (undo.who, undo.summary["whose"]) == ("Maija", "Pekka")


def test_what_others_built_on_an_act_is_shown_and_taken_along(reading, pekka, maija):
    doc = f"q{reading.question}"
    reduction = reducing.reduce(maija, f"{doc}-0", 0, 4, f"saaminen {doc}")
    reducing.link(pekka, f"{doc}-1", 0, 4, reduction.id)
    open_history(reading)
    reading.press("ArrowDown", "Enter")
    question = reading.page.locator(".qc-past-question")
    question.wait_for()
    assert "Pekka liitti ilmauksen" in question.inner_text()
    reading.press("Enter")
    wait_newest(reading, "kumosi")
    assert reading.reductions == {}
    reading.press("h")
    reading.page.wait_for_selector("dialog.qc-history", state="detached")
    reading.press("Control+Shift+z")
    reading.page.wait_for_selector(f"{reading.row(0)} .qc-chip")
    reading.wait_saved()
    assert list(reading.reductions) == [f"saaminen {doc}"], "one step back, one step forward"


def test_undo_is_painted_before_the_server_has_answered(reading):
    code_two(reading)
    assert codes(reading, 1) == 1

    def slowly(route):
        time.sleep(1.5)
        route.continue_()

    reading.page.route("**/qc/ops", slowly)
    painted = reading.page.evaluate(
        """async (row) => {
          const began = performance.now();
          document.querySelector(row).dispatchEvent(
            new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }));
          while (document.querySelector(`${row} .qc-label`)) {
            await new Promise(requestAnimationFrame);
          }
          return performance.now() - began;
        }""",
        reading.row(1),
    )
    assert painted < 1000
    reading.page.unroute("**/qc/ops")
    reading.wait_saved()
    assert [label for _, label in reading.codings] == ["Osallisuus"]
    reading.act("Control+Shift+z")
    assert len(reading.codings) == 2


def test_another_tabs_act_is_taken_back_without_losing_mine(reading):
    code_two(reading)
    tab = reading.page.context.new_page()
    tab.goto(f"{reading.server.url}/koodaus?vastaus=q{reading.question}-3")
    tab.wait_for_selector(f"{reading.row(3)}:focus")
    tab.keyboard.press("3")
    tab.wait_for_selector(".qc-marker[data-pending='0'][data-state='saved']")
    tab.keyboard.press("h")
    tab.wait_for_selector(f"dialog.qc-history {ACTS}")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.querySelector('.qc-past-line').innerText.includes('kumosi')")
    assert sorted(label for _, label in reading.codings) == ["Osallisuus", "Tiedon puute"]
    reading.page.bring_to_front()
    reading.page.wait_for_selector(f"{reading.row(3)} .qc-label")
    reading.page.wait_for_function(f"!document.querySelector('{reading.row(1)} .qc-label')")
    assert codes(reading, 0) == 1
    assert not reading.page.locator(".qc-others").is_visible(), "my own other tab is nobody else"
