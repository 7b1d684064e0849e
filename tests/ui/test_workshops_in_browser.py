"""The wall before the group: by mouse and by keys; another's edits come without a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.ui.workshop_study import make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAVED = ".qcw[data-state='saved']"
READ_FROM_AFAR = 36
"""Pixels of a letter at least on a screen of 1920 across, two metres wide, six metres away."""

LETTERS = "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"


@pytest.fixture
def study(tmp_path):
    return make_study(tmp_path / "study.qualcode")


def open_wall(page, url):
    page.goto(f"{url}/tyopajat")
    page.get_by_role("button", name="Avaa").click()
    page.wait_for_selector(".qcw-strengths .qcw-note")


@pytest.fixture
def aino(page, serve, study):
    open_wall(page, serve(study, "--coder", "Aino").url)
    return page


@pytest.fixture
def pekka(laptop, serve, study, aino):
    open_wall(laptop, serve(study, "--coder", "Pekka").url)
    return laptop


def note(page, words):
    return page.locator(".qcw-note").filter(has_text=words).first


def make_group(page, name, *words):
    note(page, words[0]).click()
    for more in words[1:]:
        note(page, more).click(modifiers=["Control"])
    page.keyboard.press("g")
    page.locator(".qcw-write").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_selector(SAVED)


def test_a_group_made_by_one_comes_to_the_other_while_they_write(aino, pekka):
    pekka.locator(".qcw-threats [data-act=add-note]").click()
    pekka.keyboard.type("sijaisia ")
    make_group(aino, "Tuttuus", "oma ohjaaja", "tuttu työntekijä")
    pekka.wait_for_selector(".qcw-said:has-text('Aino')")
    pekka.keyboard.type("puuttuu")
    pekka.keyboard.press("Enter")
    pekka.keyboard.press("Escape")
    pekka.wait_for_selector(".qcw-strengths .qcw-group:has-text('Tuttuus')")
    aino.wait_for_selector(".qcw-threats .qcw-note:has-text('sijaisia puuttuu')")


def test_a_note_is_dragged_into_a_group_and_the_move_undone(aino):
    make_group(aino, "Aika", "aikaa asiakkaalle")
    note(aino, "kirjaaminen").drag_to(aino.locator(".qcw-group", has_text="Aika"))
    aino.wait_for_selector(".qcw-strengths .qcw-group:has-text('kirjaaminen')")
    aino.wait_for_selector(SAVED)
    aino.locator("[data-act=undo]").click()
    aino.wait_for_selector(".qcw-weaknesses .qcw-loose:has-text('kirjaaminen')")


def test_everything_by_keys(aino):
    note(aino, "kiire").focus()
    aino.keyboard.press("4")
    aino.wait_for_selector(".qcw-threats .qcw-note:has-text('kiire')")
    note(aino, "kiire").focus()
    aino.keyboard.press("Space")
    aino.keyboard.press("g")
    aino.keyboard.type("Aika ei riitä")
    aino.keyboard.press("Enter")
    name = aino.locator(".qcw-threats .qcw-name")
    name.wait_for()
    name.focus()
    aino.keyboard.press("Enter")
    aino.keyboard.type("Ajan puute")
    aino.keyboard.press("Enter")
    aino.wait_for_selector(".qcw-threats .qcw-name:has-text('Ajan puute')")
    aino.wait_for_selector(SAVED)
    aino.locator(".qcw-name").focus()
    aino.keyboard.press("Delete")
    aino.wait_for_selector(".qcw-threats .qcw-loose:has-text('kiire')")


def test_names_can_be_read_from_the_back_of_the_room(aino):
    make_group(aino, "Tuttuus", "oma ohjaaja", "tuttu työntekijä")
    aino.set_viewport_size({"width": 1920, "height": 1080})
    aino.locator("[data-act=large]").click()
    words = aino.locator(".qcw-large .qcw-group .qcw-words")
    words.wait_for()
    sizes = aino.evaluate(
        "[...document.querySelectorAll('.qcw-large .qcw-words, .qcw-large .qcw-title')]"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert len(sizes) == 5
    assert min(sizes) >= READ_FROM_AFAR
    assert note(aino, "aikaa asiakkaalle").is_visible()
    assert "Aino" not in aino.locator(".qcw-grid").inner_text()


def test_what_does_not_fit_the_wall_is_on_pages_that_keys_turn(aino):
    aino.locator(".qcw-threats [data-act=add-note]").click()
    for n in range(30):
        aino.keyboard.insert_text(f"sijaisia puuttuu kesällä ja talvella {n}")
        aino.keyboard.press("Enter")
    aino.keyboard.press("Escape")
    aino.wait_for_selector(SAVED)
    aino.locator("[data-act=large]").click()
    told = aino.locator(".qcw-large .qcw-threats .qcw-pages")
    expect(told).to_have_attribute("data-page", "1")
    seen = set()
    for page in range(1, int(told.get_attribute("data-pages")) + 1):
        expect(told).to_have_attribute("data-page", str(page))
        shown = aino.locator(".qcw-threats .qcw-note:visible")
        assert min(shown.evaluate_all(LETTERS)) >= 22
        seen |= set(shown.all_inner_texts())
        aino.keyboard.press("PageDown")
    assert len(seen) == 31
    assert aino.locator(".qcw-strengths .qcw-pages").count() == 0


def test_the_wall_is_printed_without_the_page_around_it(aino):
    make_group(aino, "Tuttuus", "oma ohjaaja", "tuttu työntekijä")
    aino.locator("[data-act=print]").click()
    frame = aino.frame_locator("iframe.qcw-print")
    frame.locator("h1", has_text="Syystyöpaja").wait_for(state="attached")
    printed = frame.locator("body").text_content()
    assert "Tuttuus (2)" in printed and "raha loppuu" in printed
    assert "Lue ja koodaa" not in printed
