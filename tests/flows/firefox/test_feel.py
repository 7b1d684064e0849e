"""In Firefox: nothing jumps, nothing is lost, every state is told, and it works in the dark."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from qualcode.domain.categories import Level
from qualcode.workbench import categorising, coding, memos, reducing
from tests.flows.firefox.reading import FAR, QUESTIONS, FirefoxReading
from tests.ui.reading_study import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# What has the focus, by all that it may be known by.
FOCUSED = """(({ className, ariaLabel, innerText, dataset }) =>
    [className, ariaLabel, innerText, dataset.testid].join(' '))(document.activeElement)"""
TOP = "Math.round(document.querySelector('.qc-list').getBoundingClientRect().top)"


def accessibility_problems(page):
    """What axe-core finds against WCAG 2.1 A and AA: rule, how many places, the first of them."""
    if not page.ask("'axe' in window"):
        page.run(AXE.read_text(encoding="utf-8"))
    return page.ask(
        """axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }).then(({ violations }) =>
            violations.map((one) => [one.id, one.nodes.length, one.nodes[0].target]))"""
    )


def test_scroll_caret_and_selection_survive_every_save(reading):
    page = reading.page
    page.resize((1280, 460))  # so that there is something to scroll
    reading.press("End", "ArrowRight", "Shift+ArrowRight")
    page.wait_for("(window.scrolled = document.querySelector('.qc-list').scrollTop) > 0")
    page.ask(f"!!(window.rowBefore = document.querySelector('{reading.row(4)}'))")
    assert reading.selected == "Avustaja on"
    for key in "123":
        reading.act(key)
        assert reading.selected == "Avustaja on"
        assert page.ask("document.querySelector('.qc-list').scrollTop === window.scrolled")
    assert page.ask("document.activeElement === window.rowBefore && window.rowBefore.isConnected")
    # The caret in a field stays where it is while acts are saved and others' work arrives.
    reading.press("Enter")
    page.wait_for_selector(".qc-reduce input:focus")
    reading.write("apua sama ihminen")
    reading.press("Home", "ArrowRight", "ArrowRight")
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, reading.doc(4), 0, 8, "c1")
        coding.code(pekka, reading.doc(0), 0, 4, "c1")
    reading.wait_labels(0, "Valinnanvapaus (Pekka)")
    assert page.ask("document.activeElement.selectionStart") == 2
    reading.write("X")
    assert page.ask("document.activeElement.value") == "apXua sama ihminen"


def test_saved_saving_and_offline_are_told_and_nothing_is_lost(reading):
    page = reading.page
    reading.act("1")
    page.wait_text(".qc-state", "Tallennettu")
    with page.offline():
        reading.press("j", "2", "j", "3")
        page.wait_for_selector(".qc-marker[data-state='offline'][data-pending='2']")
        page.wait_text(".qc-state", "2")
        reading.wait_labels(2, "Tiedon puute")
        assert [label for _, label in reading.codings] == ["Osallisuus"]
    reading.wait_saved()
    assert [label for _, label in reading.codings] == [
        "Osallisuus", "Valinnanvapaus", "Tiedon puute",
    ]  # fmt: skip
    assert reading.selected == ""
    reading.wait_focus(2)


def test_unsaved_work_outlives_a_reload(reading):
    reading.page.ask("(window.fetch = () => Promise.reject(new TypeError('cut off')), 1)")
    reading.press("1", "j", "2")
    reading.page.wait_for_selector(".qc-marker[data-pending='2']")
    reading.open()
    reading.wait_saved()
    assert reading.codings == [(ANSWERS[0], "Osallisuus"), (ANSWERS[1], "Valinnanvapaus")]


def test_all_keys_are_told_with_a_question_mark_and_the_keys_come_back(reading):
    reading.press("j", "?")
    help = "dialog.qc-help"
    reading.page.wait_text(help, "seuraava vastaus")
    reading.page.wait_text(help, "kumoa")
    assert reading.page.ask(f"document.querySelector('{help}').ariaLabel") == "Näppäimet"
    reading.press("Escape")
    reading.page.wait_gone(help)
    reading.wait_focus(1)


def test_everything_is_reached_by_tab_and_letters_in_a_field_are_no_keys(reading):
    page = reading.page
    page.click_at((2, 2))  # the keys begin at the top
    stops: list[str] = []
    while len(stops) < 80 and "qc-tree-book" not in "".join(stops[-1:]):
        page.press("Tab")
        stops.append(page.ask(FOCUSED))
    wanted = ("stTopNavLink", "Kumoa", "Mitkä vastaukset", "qc-row", "qc-code-search")
    places = [next((n for n, stop in enumerate(stops) if name in stop), -1) for name in wanted]
    assert places[0] >= 0 and places == sorted(places), stops
    page.click("input[aria-label*='Hae']")
    page.write("x1c")
    page.press("Control+a", "Backspace")
    assert reading.codings == []
    assert not reading.is_aside(0)
    assert page.count(".qc-picker") == 0


def test_a_small_window_holds_it_all_and_its_look_is_remembered(reading):
    page = reading.page
    assert page.ask("[innerWidth, innerHeight]") == [1280, 720]
    assert page.ask("document.scrollingElement.scrollHeight <= innerHeight")
    assert page.ask("document.scrollingElement.scrollWidth <= innerWidth")
    below = page.ask("document.querySelector('.qc-marker').getBoundingClientRect().bottom")
    assert below <= 720
    cut = page.ask(
        """[...document.querySelectorAll('[class*=st-key-] button, .qc-bar *')]
            .filter((one) => one.checkVisibility())
            .filter((one) => one.getBoundingClientRect().right > innerWidth)
            .map((one) => one.textContent)"""
    )
    assert cut == []
    top = page.ask(TOP)
    reading.press("y", "y")
    page.wait_for_selector(".qc-marker.qc-is-table")
    reading.act("1")
    assert page.ask(TOP) == top, "the answers begin where they began"
    page.reload()
    page.wait_for_selector(".qc-marker.qc-is-table .qc-row")
    page.click(f"{reading.row(0)} .qc-number")
    reading.press("y")
    page.wait_for_selector(".qc-marker:not(.qc-is-table) .qc-row")


def test_a_long_fact_gives_way_before_any_short_one_is_cut(reading):
    cut, whole = reading.page.ask(
        f"""((facts) => {{
            const isCut = (fact) => {{
                const words = document.createRange();
                words.selectNodeContents(fact);
                return words.getBoundingClientRect().width
                    > fact.getBoundingClientRect().width + 0.005;
            }};
            const told = (some) => some.map((fact) => fact.textContent);
            return [told(facts.filter(isCut)), told(facts.filter((one) => !isCut(one)))];
        }})([...document.querySelectorAll('{reading.row(1)} .qc-fact')])"""
    )
    assert cut == [FAR]
    assert {"asiakas", "50–59"} <= set(whole)


def test_what_is_selected_looks_like_no_code_in_light_nor_in_dark(reading):
    reading.press("ArrowRight")
    looks = f"""(({{ color, backgroundColor }}) => [color, backgroundColor])(
        getComputedStyle(document.querySelector('{reading.text(0)} span'), '::selection'))"""
    light = reading.page.ask(looks)
    with reading.page.browser.dark():
        reading.page.wait_for("matchMedia('(prefers-color-scheme: dark)').matches")
        assert reading.page.ask(looks) == light == ["rgb(255, 255, 255)", "rgb(29, 95, 191)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_reading(reading, scheme, request):
    page = reading.page
    if scheme == "dark":
        dark = page.browser.dark()
        dark.__enter__()
        request.addfinalizer(lambda: dark.__exit__(None, None, None))
        page.wait_for("matchMedia('(prefers-color-scheme: dark)').matches")
        brightness = "getComputedStyle(document.querySelector('.qc-list')).color"
        page.wait_for(f"Number({brightness}.match(/[0-9]+/)[0]) > 200")
    reading.act("ArrowRight", "1", "2", acts=2)
    page.wait_for_selector(".qc-quote")
    assert accessibility_problems(page) == []
    reading.press("c")
    page.wait_for_selector(".qc-picker input:focus")
    assert accessibility_problems(page) == []
    reading.press("Escape", "Escape", "p", "ArrowDown", "F2")
    page.wait_for_selector(".qc-code-editor")
    assert accessibility_problems(page) == []


@pytest.fixture(scope="module")
def furnished(server):
    """The address of a study in which every page has something to show."""
    last = FirefoxReading(None, server, QUESTIONS - 1)
    with last.bench() as bench:
        freedom = reducing.reduce(bench, last.doc(0), 0, 9, "saa itse päättää")
        home = categorising.add(bench, "Oma valta", Level.SUBCATEGORY)
        categorising.place(bench, [freedom.id], home.id)
        reducing.reduce(bench, last.doc(1), 0, 4, "äiti jaksaa")
        memos.write(bench, "document", last.doc(1), "**Jaksaminen** toistuu [[koodi:Luottamus]]")
        memos.diary(bench, "Luin aineiston läpi.")
    return server.url


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("luokat", ".qcb-category"),
        ("haku?sana=itse", ".qc-find-line"),
        ("muistiot", "[class*=st-key-memo-]"),
        ("loki", "[data-testid=stMarkdown]"),
    ],
    ids=["luokat", "haku", "muistiot", "loki"],
)
def test_axe_finds_nothing_on_the_other_pages_of_reading(furnished, firefox, address, shown):
    firefox.open(f"{furnished}/{address}")
    firefox.wait_for_selector(shown)
    firefox.wait_until_still()
    assert accessibility_problems(firefox) == []
