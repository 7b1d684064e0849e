"""A self-assessment in a real browser: by keyboard, with places big enough for a thumb."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.ui.demo_study import demo_study

pytestmark = pytest.mark.browser


@pytest.fixture
def started(serve, page, tmp_path):
    """A discussion just begun on the first map of the demo study, with all its roles."""
    server = serve(demo_study(tmp_path))
    page.goto(f"{server.url}/itsearviointi")
    page.locator(".st-key-header").wait_for(timeout=60_000)
    new = page.get_by_role("button", name="Uusi keskustelu")
    person = page.get_by_role("textbox", name="Kuka (peitenimi)")
    new.or_(person).first.wait_for(timeout=60_000)
    if new.is_visible():
        new.click()
    person.fill("B7")
    page.get_by_role("button", name="Aloita keskustelu").click()
    expect(page.get_by_text("Keskustelu aloitettu.")).to_be_visible()
    return page


def step(page, words):
    group = page.locator("[class*=st-key-scale-]")
    return group.get_by_role("radio", name=words).or_(group.get_by_role("button", name=words))


def test_a_role_is_marked_and_written_of_by_keyboard_and_undone(started):
    page = started
    target = step(page, re.compile("sopivasti kehittynyt"))
    target.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rooli toimii luontevasti tilanteen mukaan.")).to_be_visible()
    # Whoever works by keyboard goes on from where they were.
    expect(target).to_be_focused()

    field = page.get_by_role("textbox", name="Esimerkit")
    field.fill("Valitsin itse kellonajan.")
    page.keyboard.press("Tab")
    expect(page.locator(".st-key-header").get_by_role("button", name="Kumoa")).to_be_enabled()
    page.reload()
    expect(field).to_have_value("Valitsin itse kellonajan.", timeout=60_000)

    page.locator(".st-key-header").get_by_role("button", name="Kumoa").click()
    expect(field).to_have_value("")
    expect(page.get_by_text("Rooli toimii luontevasti tilanteen mukaan.")).to_be_visible()


def test_the_steps_are_big_enough_to_touch_on_a_tablet(started):
    page = started
    page.set_viewport_size({"width": 1024, "height": 768})
    places = page.locator("[class*=st-key-scale-] button, [class*=st-key-scale-] [role=radio]")
    expect(places).to_have_count(5)
    for box in (place.bounding_box() for place in places.all()):
        assert box["height"] >= 48 and box["width"] >= 48


def test_the_profile_is_drawn_without_anything_from_outside(started):
    page = started
    step(page, re.compile("kehittyvä")).first.click()
    expect(page.get_by_text("Roolia otetaan haltuun.")).to_be_visible()
    page.get_by_text("Profiili", exact=True).click()
    figure = page.locator(".st-key-figure-profile svg[role=img]")
    expect(figure).to_be_visible()
    assert "kehittyvä rooli" in figure.get_attribute("aria-label")
