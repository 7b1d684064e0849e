"""In Firefox: every act is undone and redone, also of many rows and of another tab."""

from __future__ import annotations

import pytest

from qualcode.workbench import coding
from tests.firefox_page import FirefoxPage
from tests.flows.firefox.reading import FirefoxReading

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAST = ".qc-past-act .qc-past-line"


def open_history(reading):
    reading.press("h")
    reading.page.wait_for_selector("dialog.qc-history .qc-past-turn:focus")


def wait_newest(reading, word):
    """Until the newest act of the list says the word."""
    reading.page.wait_for(f"document.querySelector('{PAST}')?.innerText.includes('{word}')")


@pytest.fixture
def other_tab(reading):
    """The same person's other tab at the same question."""
    other = FirefoxReading(FirefoxPage(reading.page.browser, reading.page), reading.server)
    other.question = reading.question
    yield other
    errors = other.page.errors
    other.page.close()
    assert not errors


def test_acts_are_undone_and_redone_in_turn_also_one_of_many_rows(reading):
    reading.act("ArrowRight", "1", "Escape", "2", acts=2)
    reading.act("Shift+j", "Shift+j", "3")
    assert len(reading.codings) == 5
    reading.act("Control+z")
    assert len(reading.codings) == 2, "three rows, one act"
    reading.act("Control+z", "Control+z", acts=2)
    assert reading.codings == []
    reading.act("Control+Shift+z", "Control+y", "Control+y", acts=3)
    assert len(reading.codings) == 5
    reading.wait_labels(0, "Osallisuus", "Tiedon puute", "Valinnanvapaus")


def test_the_history_tells_who_did_what_and_turns_an_older_act_by_keys(reading):
    reading.act("1", "j", "2", acts=2)
    open_history(reading)
    newest, older = reading.page.texts(PAST)[:2]
    assert "Maija" in newest and "Valinnanvapaus" in newest and "Ctrl+Z" in newest
    assert "Osallisuus" in older and ":" in older, "when it was"
    reading.press("ArrowDown", "Enter")
    wait_newest(reading, "kumosi")
    assert [label for _, label in reading.codings] == ["Valinnanvapaus"]
    reading.press("Enter")
    wait_newest(reading, "teki uudelleen")
    assert sorted(label for _, label in reading.codings) == ["Osallisuus", "Valinnanvapaus"]
    reading.press("Escape")
    reading.wait_focus(1)


def test_anothers_act_is_undone_only_after_asking(reading):
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, reading.doc(3), 0, 5, "c2")
    reading.page.wait_text(".qc-others", "Pekka koodasi ilmauksen")
    reading.wait_labels(3, "Tiedon puute (Pekka)")
    open_history(reading)
    reading.press("Enter")
    reading.page.wait_text(".qc-past-question", "Pekka")
    assert [label for _, label in reading.codings] == ["Tiedon puute"], "asked first"
    reading.press("Enter")
    reading.wait_labels(3)
    assert reading.codings == []


def test_another_tabs_act_is_undone_without_losing_mine(reading, other_tab):
    reading.act("1", "j", "2", acts=2)
    other_tab.open(3)
    other_tab.wait_labels(0, "Osallisuus")
    other_tab.act("3")
    other_tab.press("h")
    other_tab.page.wait_for_selector("dialog.qc-history .qc-past-turn:focus")
    other_tab.press("ArrowDown", "Enter")
    wait_newest(other_tab, "kumosi")
    assert sorted(label for _, label in reading.codings) == ["Osallisuus", "Tiedon puute"]
    reading.page.to_front()
    reading.wait_labels(3, "Tiedon puute")
    reading.wait_labels(1)
    reading.wait_labels(0, "Osallisuus")
    assert reading.page.texts(".qc-others") == [], "my own other tab is nobody else"
    reading.page.wait_for("document.hasFocus()")
    reading.act("Control+z")
    reading.wait_labels(0, "Osallisuus")


def test_what_i_did_today_is_told(reading):
    reading.act("1")
    reading.page.open(f"{reading.server.url}/loki")
    reading.page.wait_text("[data-testid=stApp]", "Tänään olen tehnyt")
    reading.page.wait_text("[data-testid=stApp]", "Osallisuus")
