"""Suggested codes in the reading view, in a real browser with real keys. Invented answers."""

from __future__ import annotations

import re

import pytest

from qualcode.domain.decisions import Act
from qualcode.domain.suggestions import Dismissal
from qualcode.workbench import history
from tests.ui.reading_page import Reading
from tests.ui.reading_study import ANSWERS, bench_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READY = 120_000
"""The first vectors of a study may take long on a loaded machine."""


class Offered(Reading):
    """The page of reading, seen from its line of suggestions."""

    def wait_offers(self, answer):
        line = f".qc-proposed[data-state=shown][data-doc=q{self.question}-{answer}] .qc-suggestion"
        self.page.wait_for_selector(line, timeout=READY)

    @property
    def labels(self):
        return self.page.locator(".qc-suggestion-label").all_inner_texts()

    def newest(self):
        bench = bench_of(self.server.study)
        found = history.log(bench, 0, 1).rows[0]
        bench.store.close()
        return found

    def rejected(self):
        bench = bench_of(self.server.study)
        with bench.store.reading() as rows:
            found = rows.count(Dismissal)
        bench.store.close()
        return found


@pytest.fixture
def offered(language_model, reading_server, page, unread):
    reading = Offered(page, reading_server, next(unread))
    reading.open()
    reading.wait_offers(0)
    return reading


PLACES = """() => ['.qc-bar', '.qc-row', '.qc-list', '.qc-codebook', '.qc-tree', '.qc-card',
    '.qc-proposed', '.qc-foot'].map((name) => {
      const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
      return [name, x, y, width, height];
    })"""


@pytest.mark.parametrize("size", [(1280, 720), (820, 1100)])
def test_nothing_moves_when_the_suggestions_come(
    language_model, reading_server, page, unread, size
):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route("**/qc/offers", lambda route: None)  # no answer, as from a slow server
    reading = Offered(page, reading_server, next(unread))
    with page.expect_request("**/qc/offers"):
        reading.open()
    before = page.evaluate(PLACES)
    assert reading.labels == []
    page.unroute("**/qc/offers")
    reading.press("ArrowRight")
    page.wait_for_selector(".qc-suggestion", timeout=READY)
    assert page.evaluate(PLACES) == before


def test_q_gives_the_first_suggestion_and_undo_takes_it_back(offered):
    first = offered.labels[0]
    assert len(offered.labels) == 3
    offered.press("q")
    offered.wait_saved()
    offered.page.wait_for_selector(f"{offered.row(0)} .qc-label:has-text('{first}')")
    assert [label for _, label in offered.codings] == [first]
    decision = offered.newest()
    assert decision.act is Act.ACCEPT_SUGGESTION
    assert decision.summary["rank"] == 1
    offered.wait_offers(0)
    offered.press("Control+z")
    offered.page.wait_for_function(f'!document.querySelector("{offered.row(0)} .qc-label")')
    offered.wait_saved()
    assert offered.codings == []


def test_e_leads_to_the_reasons_and_another_code_is_given_instead(offered):
    first = offered.labels[0]
    offered.press("e")
    offered.page.wait_for_selector(f".qc-suggestion-reasons:has-text('{first}')")
    offered.press("e")
    offered.page.wait_for_selector(".qc-picker")
    other = "Luottamus" if first != "Luottamus" else "Osallisuus"
    offered.write(other)
    offered.press("Enter")
    offered.wait_saved()
    assert [label for _, label in offered.codings] == [other]
    assert offered.newest().summary["suggested"] == first


def test_the_list_of_codes_suggests_what_the_line_does(offered):
    before = offered.labels
    offered.press("c")
    offered.page.wait_for_selector(".qc-is-suggested")
    names = offered.page.locator(".qc-is-suggested .qc-option-name").all_inner_texts()
    assert names == before


def test_a_rejected_code_is_gone_and_does_not_come_back(offered):
    first, second = offered.labels[:2]
    before = offered.rejected()
    offered.press("e", "Delete")
    offered.wait_saved()
    offered.page.wait_for_selector(f".qc-suggestion:focus .qc-suggestion-label:text-is('{second}')")
    offered.press("Escape", "j")
    offered.wait_offers(1)
    offered.press("k")
    offered.wait_offers(0)
    assert first not in offered.labels
    assert offered.rejected() == before + 1
    assert offered.codings == []


def test_later_sets_a_bookmark_and_goes_on(offered):
    offered.press("e", "l")
    offered.wait_active(1)
    offered.wait_saved()
    assert offered.newest().act is Act.ADD_BOOKMARK


def test_a_reason_opens_the_code_that_it_names(offered):
    offered.press("e", "ArrowUp")
    offered.page.locator(".qc-suggestion-reasons li button").last.focus()
    offered.press("Enter")
    offered.page.wait_for_selector(".qc-card[data-shown]:not([data-shown=''])")
    offered.page.wait_for_selector(f"{offered.row(0)}:focus")


def test_the_words_that_reasons_share_are_marked_in_the_answer_until_they_are_closed(offered):
    page, text = offered.page, f"{offered.row(0)} .qc-text"
    before = page.locator(text).inner_text()
    offered.press("j")
    offered.wait_active(1)
    for key in "123":  # "Äiti jaksaa pärjätä, kun apua on."; two of the three will be offered
        offered.act(key)
    offered.press("k")
    offered.wait_offers(0)
    coded = re.compile("Osallisuus|Valinnanvapaus|Tiedon puute")
    page.locator(".qc-suggestion").filter(has_text=coded).first.focus()
    page.wait_for_selector(".qc-suggestion-reasons:not([hidden])")
    marked = page.evaluate("[...CSS.highlights.get('qc-told-words')].map(String)")
    assert "apua" in marked
    assert page.locator(text).inner_text() == before, "painted over, and nothing else"
    in_sight = page.evaluate(
        """(text) => document.querySelector(text).getBoundingClientRect().bottom
            <= document.querySelector('.qc-suggestion-reasons').getBoundingClientRect().top""",
        text,
    )
    assert in_sight, "the answer stands above its reasons"
    offered.press("Escape")
    page.wait_for_function("!CSS.highlights.has('qc-told-words')")


def test_many_suggestions_are_accepted_from_a_list_where_nothing_is_ticked_as_one_act(offered):
    offered.press("Shift+E")
    offered.page.wait_for_selector("dialog.qc-review[data-ready=true]", timeout=READY)
    rows = offered.page.locator(".qc-review-row")
    assert rows.count() == len(ANSWERS)
    assert offered.page.locator(".qc-review-row input:checked").count() == 0
    assert offered.page.locator(".qc-review-do").is_disabled()
    rows.nth(0).locator("input").check()
    rows.nth(1).locator("input").check()
    offered.page.locator(".qc-review-do").click()
    offered.page.wait_for_selector(f"{offered.row(1)} .qc-label")
    offered.wait_saved()
    assert len(offered.codings) == 2
    assert offered.newest().act is Act.ACCEPT_SUGGESTION
    offered.press("Control+z")
    offered.page.wait_for_function(
        f'!document.querySelector("{offered.row(0)} .qc-label, {offered.row(1)} .qc-label")'
    )
    offered.wait_saved()
    assert offered.codings == []
