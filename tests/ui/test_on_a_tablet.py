"""A tablet, upright and on its side: everything by finger, nothing cut off; in a real browser.

Headless Chromium draws no handles of a selection, so a selection is made as they would make it.
"""

from __future__ import annotations

import pytest

from tests.browsing import wait_at_rest
from tests.serving import served
from tests.ui.demo_study import demo_study
from tests.ui.reading_page import Reading
from tests.ui.test_category_board import board, card, cards_in, head, playground, saved
from tests.ui.test_dragging import select_by_touch
from tests.ui.test_every_page import accessibility_problems
from tests.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow]

__all__ = ["board", "playground"]  # fixtures

SIDEWAYS, UPRIGHT = (1024, 768), (820, 1180)


@pytest.fixture(scope="module", params=[SIDEWAYS, UPRIGHT], ids=["sideways", "upright"])
def glass(chromium, request):
    width, height = request.param
    window = Window(
        chromium.browser,
        viewport={"width": width, "height": height},
        locale="fi-FI",
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    yield window
    window.throw_away()


@pytest.fixture
def page(glass, request):
    """A tablet's page, in the place of the desktop's."""
    yield glass.open()
    if getattr(request.node, "has_failed", False):
        glass.throw_away()
    else:
        glass.leave()


@pytest.fixture
def tablet(page, reading_server, unread):
    reading = Reading(page, reading_server, next(unread))
    page.goto(f"{reading_server.url}/koodaus?vastaus=q{reading.question}-0")
    page.wait_for_selector(reading.row(0))
    wait_at_rest(page)
    return reading


@pytest.fixture(scope="module")
def demo_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    study = demo_study(folder)
    with served(study) as server:
        yield server


def test_words_are_coded_and_reduced_by_finger(tablet):
    page = tablet.page
    select_by_touch(tablet, 1, "jaksaa")
    bar = page.locator(".qc-touchbar")
    bar.get_by_role("button", name="Koodit").tap()
    page.locator(".qc-options [role=option]:has-text('Luottamus')").tap()
    tablet.wait_saved()
    assert tablet.codings == [("jaksaa", "Luottamus")]
    bar.get_by_role("button", name="Pelkistä").tap()
    page.locator(".qc-reduce .qc-field").fill("jaksaminen")
    tablet.act("Enter")
    assert tablet.reductions == {"jaksaminen": ["jaksaa"]}


def test_a_card_is_moved_on_the_board_by_finger(board):
    card(board, "kiire näkyi").tap()
    board.locator('[data-act="pick"]').tap()
    head(board, "Jatkuvuuden puute").locator("[data-here]").tap()
    saved(board, 1)
    assert "kiire näkyi lyhyinä käynteinä" in cards_in(board, "Jatkuvuuden puute")
    small = board.evaluate(
        """() => [...document.querySelectorAll('.qcb-board button:not(.qcb-count)')]
            .map((button) => [button.textContent, button.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 44 || box.height < 44))
            .map(([name, box]) => [name, box.width, box.height])"""
    )
    assert small == []


@pytest.mark.parametrize("address", ["koodaus", "luokat"])
def test_nothing_is_cut_off_and_half_of_the_window_is_for_the_work(page, demo_server, address):
    page.goto(f"{demo_server.url}/{address}")
    page.wait_for_selector(".qc-row, .qcb-card")
    wait_at_rest(page)
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    outside = page.evaluate(
        """(width) => [
            ...document.querySelectorAll('.st-key-header button, .st-key-filters button')
        ].filter((button) => button.getBoundingClientRect().right > width)
            .map((button) => button.textContent)""",
        width,
    )
    assert outside == []
    work = page.locator(".qc-marker, .qcb-board").bounding_box()
    assert work["height"] > height / 2
    assert work["y"] + work["height"] <= height


def test_pages_without_room_in_the_navigation_are_named_in_finnish(page, demo_server):
    page.goto(f"{demo_server.url}/koodaus")
    page.wait_for_selector(".qc-row")
    wait_at_rest(page)
    rest = page.locator(".rc-overflow-item-rest button")
    name = rest.evaluate("button => getComputedStyle(button, '::after').content")
    streamlits_own = rest.locator("> *").first.bounding_box()
    assert (name, streamlits_own["width"], streamlits_own["height"]) == ('"Lisää"', 1, 1)
    box = rest.bounding_box()
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    assert accessibility_problems(page) == []
    rest.tap()
    page.get_by_role("menu").get_by_text("Suljetut vastaukset").tap()
    page.get_by_role("heading", name="Suljetut vastaukset").first.wait_for()
