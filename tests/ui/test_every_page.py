"""Every page in both languages: it opens, speaks one language, and asks nobody outside."""

import re
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe

from qualcode.texts import catalogue
from qualcode.ui.door import PAGES
from tests.browsing import outside, wait_until_still
from tests.ui.demo_study import demo_study

pytestmark = pytest.mark.browser

ADDRESSES = [address for address, *_ in PAGES]
# Words that both languages write alike, and names of things that have only one name.
SAME_IN_BOTH = {"Excel", "Word", "SVG", "PNG", "YAML", "CSV", "Likert", "English", "Suomi", "No."}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    from tests.serving import served

    folder = tmp_path_factory.mktemp("pages")
    study = demo_study(folder)
    with served(study) as server:
        yield server


LAPTOP, TABLET = {"width": 1280, "height": 720}, {"width": 820, "height": 1100}


def opened(page, server, address, size=LAPTOP):
    page.set_viewport_size(size)
    page.goto(f"{server.url}/{address}")
    page.wait_for_selector(".st-key-header", timeout=60_000)
    wait_until_still(page)
    return page


def turn_to_english(page):
    page.get_by_role("radio", name="English").or_(
        page.get_by_role("button", name="English")
    ).first.click()
    page.locator(".st-key-header").get_by_role("button", name="Undo").wait_for()
    wait_until_still(page)


def lines_of(page):
    text = page.locator("[data-testid=stApp]").inner_text()
    labels = page.eval_on_selector_all(
        "[aria-label]", "found => found.map(element => element.ariaLabel)"
    )
    return {line.strip() for line in [*text.splitlines(), *labels] if line.strip()}


@cache
def texts_of_the_other_language(language):
    """What would give a mixed page away: whole texts of the catalogue in the wrong language."""
    pairs = {
        english: finnish
        for english, finnish in catalogue("fi")._catalog.items()
        if isinstance(english, str) and english and finnish and english != finnish
    }
    finnish = {text for text in pairs.values() if "{" not in text}
    english = {text for text in pairs if "{" not in text}
    wrong = english - finnish if language == "fi" else finnish - english
    return {text for text in wrong if not re.fullmatch(r"\W*\w?\W*", text)} - SAME_IN_BOTH


# What config.toml makes the ground of a dark page.
GROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_speaks_the_language_chosen_and_asks_nobody_outside(page, server, address):
    opened(page, server, address)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[data-testid=stAlertContentError]").count() == 0
    assert page.get_by_role("dialog").count() == 0, "the page has been found"
    assert navigation_fits(page)
    page.wait_for_function("document.documentElement.lang === 'fi'")
    assert lines_of(page) & texts_of_the_other_language("fi") == set()
    assert accessibility_problems(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{GROUND} === 'rgb(21, 25, 30)'")
    assert accessibility_problems(page) == []
    turn_to_english(page)
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert page.locator("[data-testid=stException]").count() == 0
    assert lines_of(page) & texts_of_the_other_language("en") == set()
    assert navigation_fits(page)
    assert outside(page.requested) == []


# What keeps a rule need not be listed: that is most of what axe-core would tell.
BROKEN_RULES = """async () => {
    const asked = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'], resultTypes: ['violations'] };
    const { violations } = await axe.run(asked);
    return violations.map((rule) => [rule.id, rule.nodes.length, rule.nodes[0].target]);
}"""


def accessibility_problems(page):
    """What axe-core finds against WCAG 2.1 A and AA: rule, how many places, the first of them.

    Asked of a page at rest: while its program runs, what may change is pale.
    """
    wait_until_still(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return [tuple(problem) for problem in page.evaluate(BROKEN_RULES)]


def navigation_fits(page):
    """Whether no page is hidden behind "more" at the width of a laptop."""
    return page.locator(".rc-overflow-item-rest").get_attribute("aria-hidden") == "true"


CHOSEN_MENUS = """() => [...document.querySelectorAll('[data-testid=stTopNavSection]')]
    .filter((menu) => !menu.closest('[aria-hidden=true]'))
    .filter((menu) => getComputedStyle(menu).backgroundColor !== 'rgba(0, 0, 0, 0)')
    .map((menu) => menu.innerText)"""


def test_the_menu_of_the_page_that_is_open_looks_chosen(page, server):
    for address, chosen in (("loki", ["Lisää"]), ("suljetut", ["Tulokset"]), ("koodaus", [])):
        opened(page, server, address)
        assert page.evaluate(CHOSEN_MENUS) == chosen
    page.set_viewport_size(TABLET)
    page.wait_for_selector(".rc-overflow-item-rest:not([aria-hidden=true])")
    assert page.evaluate(CHOSEN_MENUS) == [], "reading still has its place on the road"
    opened(page, server, "luokat", TABLET)
    assert len(page.evaluate(CHOSEN_MENUS)) == 1, "the board is behind the last word"
