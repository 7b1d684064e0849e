"""In Firefox: a question is read, coded and reduced in the grid of answers, without the mouse."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from qualcode.workbench import coding, memos
from tests.flows.firefox.reading import OLDER
from tests.ui.reading_study import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROWS = "[...document.querySelectorAll('.qc-row')].map((row) => row.dataset.doc)"


GROUPED = {
    "code": {
        "Osallisuus": "2 vastausta", "Valinnanvapaus": "1 vastaus", "Ei koodeja": "2 vastausta",
    },
    "coder": {"Maija": "3 vastausta", "Pekka": "1 vastaus", "Ei koodaajaa": "2 vastausta"},
    "mark": {"Muistio": "1 vastaus", "Ei merkintöjä": "4 vastausta"},
}  # fmt: skip


def open_where(reading, *more, **told):
    """Opens the question's answers that a link's conditions give."""
    mine = ["item", "any", [f"q{reading.question}"]]
    address = quote(json.dumps({"where": [mine, *more], **told}))
    reading.page.open(f"{reading.server.url}/koodaus?ehdot={address}")
    reading.page.wait_for_selector(".qc-row")


def wait_rows(reading, *answers):
    wanted = json.dumps([reading.doc(answer) for answer in answers])
    reading.page.wait_for(f"JSON.stringify({ROWS}) === JSON.stringify({wanted})")


def choose(reading, label, option):
    """Chooses from a list of the row of filters by typing."""
    field = f"input[aria-label*='{label}']"
    reading.page.click(field)
    reading.page.wait_for_selector(f"{field}:focus")
    reading.write(option)
    reading.page.wait_text("[role=option]", option)
    reading.press("Enter")


def test_a_question_is_coded_and_reduced_without_the_mouse(reading):
    reading.press("j", "ArrowDown", "k")
    reading.wait_focus(1)
    reading.press("ArrowUp")
    reading.wait_focus(0)
    for answer, key in enumerate("12312"):
        reading.wait_focus(answer)
        reading.act(key)
        reading.press("Enter")
        reading.page.wait_for_selector(".qc-reduce input:focus")
        reading.write(f"pelkistys {reading.question} {answer}")
        reading.act("Enter")
    codes = ("Osallisuus", "Valinnanvapaus", "Tiedon puute", "Osallisuus", "Valinnanvapaus")
    assert reading.codings == list(zip(ANSWERS, codes, strict=True))
    assert reading.reductions == {
        f"pelkistys {reading.question} {n}": [text] for n, text in enumerate(ANSWERS)
    }
    # A wording is offered again while it is typed, and linked instead of written anew.
    reading.press("Home", "ArrowRight", "Enter")
    reading.page.wait_for_selector(".qc-reduce input:focus")
    reading.write(f"kistys {reading.question} 3")
    reading.page.wait_text(".qc-offers [role=option]", f"pelkistys {reading.question} 3")
    reading.press("ArrowDown")
    reading.act("Enter")
    assert reading.reductions[f"pelkistys {reading.question} 3"] == sorted([ANSWERS[3], "Sain"])


def test_a_draft_of_a_reduction_outlives_escape(reading):
    reading.press("Enter")
    reading.page.wait_for_selector(".qc-reduce input:focus")
    reading.write("kesken ä")
    reading.press("Escape", "j", "k", "Enter")
    reading.page.wait_for("document.querySelector('.qc-reduce input')?.value === 'kesken ä'")
    reading.act("Enter")
    assert list(reading.reductions) == ["kesken ä"]


def test_answers_are_filtered_and_sorted(reading):
    reading.act("j", "1")
    reading.act("j", "1", "j", "2")
    open_where(reading)
    wait_rows(reading, 0, 1, 2, 3, 4)
    choose(reading, "Mitkä vastaukset", "Koodaamattomat")
    wait_rows(reading, 0, 4)
    choose(reading, "Mitkä vastaukset", "Koodatut")
    wait_rows(reading, 1, 2, 3)
    choose(reading, "Aineiston järjestys", "Ikä ↓")
    wait_rows(reading, 1, 2, 3)
    choose(reading, "Mitkä vastaukset", "Kaikki vastaukset")
    wait_rows(reading, 1, 4, 0, 2, 3)
    open_where(reading, ["attribute", "any", ["50–59"], "Ikä"])
    wait_rows(reading, *OLDER)
    open_where(reading, ["code", "any", ["c0"]], ["coder", "any", ["Maija"]])
    wait_rows(reading, 1, 2)


def test_answers_are_grouped_by_code_coder_and_state(reading):
    reading.act("j", "1")
    reading.act("j", "1", "j", "2")
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, reading.doc(1), 0, 4, "c0")
        memos.write(pekka, "document", reading.doc(4), "Kuka avustaja on?")
    for facet, told in GROUPED.items():
        open_where(reading, group=[facet])
        reading.page.wait_count(".qc-group", len(told))
        headings = [heading.split("\n") for heading in reading.page.texts(".qc-group")]
        assert {title: size for title, size, *_ in headings} == told


def test_a_condition_is_added_and_taken_off_by_mouse_and_keys(reading):
    open_where(reading)
    wait_rows(reading, 0, 1, 2, 3, 4)
    reading.page.click("button", "Ehto")
    values = "document.querySelector('input[aria-label*=Arvot]')"
    reading.page.wait_for(f"!!(window.before = {values})")
    choose(reading, "Mitä vastaukselta kysytään", "Ikä")
    reading.page.wait_for(f"{values} && {values} !== window.before")
    choose(reading, "Arvot", "50–59")
    reading.press("Escape")
    reading.page.click("button", "Lisää ehto")
    wait_rows(reading, *OLDER)
    reading.page.click("button", "Ikä: 50–59")
    wait_rows(reading, 0, 1, 2, 3, 4)


def test_a_view_with_pins_is_saved_and_come_back_to_by_its_link(reading):
    open_where(reading, ["attribute", "any", ["50–59"], "Ikä"])
    wait_rows(reading, *OLDER)
    reading.page.click("button", "Näkymät")
    reading.page.click("input[aria-label*='uudeksi näkymäksi']")
    reading.write(f"Yli 50 {reading.question}")
    field = "input[aria-label*='Koodit näppäimissä']"
    reading.page.click(field)
    reading.page.wait_for_selector(f"{field}:focus")
    for code in ("Luottamus", "Osallisuus"):
        reading.write(code)
        reading.page.wait_text("[role=option]", code)
        reading.press("Enter")
        reading.page.wait_text("[data-testid=stMultiSelect]", code)
    reading.press("Escape")
    reading.page.click("button", "Tallenna näkymä")
    reading.page.wait_for("new URL(location.href).searchParams.has('nakyma')")
    link = reading.page.ask("location.href")
    reading.page.open(f"{reading.server.url}/loki")
    reading.page.wait_text("[data-testid=stApp]", f"tallensi näkymän ”Yli 50 {reading.question}”")
    reading.page.open(link)
    reading.page.wait_for_selector(".qc-row")
    wait_rows(reading, *OLDER)
    reading.page.wait_text("button", f"Yli 50 {reading.question}")
    # The pins of the view are on the keys, and no other key gives a code.
    reading.page.wait_count(".qc-pinned .qc-code", 2)
    assert [told.split("\n")[-1] for told in reading.page.texts(".qc-pinned .qc-code")] == [
        "Luottamus", "Osallisuus",
    ]  # fmt: skip
    reading.page.click(f"{reading.row(1)} .qc-number")
    reading.act("1")
    assert reading.codings == [(ANSWERS[1], "Luottamus")]
    reading.press("3")
    reading.wait_said("Näppäimeen 3 ei ole kiinnitetty koodia.")


def test_a_link_to_a_passage_is_copied_pasted_and_followed(reading):
    reading.act("j", "ArrowRight", "2")
    reading.press("Escape", "]", "l")
    reading.wait_said("Linkki kopioitu")
    # The clipboard itself is not to be asked here: what it holds is pasted, as a person would.
    reading.press("m")
    reading.page.wait_for_selector("textarea:focus")
    reading.press("Control+v")
    link = reading.page.wait_for("document.activeElement.value")
    reading.press("Escape")
    (coding,) = reading.coding_ids
    assert parse_qs(urlsplit(link).query) == {"ilmaus": [coding]}
    reading.page.open(link)
    reading.wait_active(1)
    reading.page.wait_text(".qc-mark.qc-is-picked", "Äiti")
    reading.page.open(f"{reading.server.url}/koodaus?vastaus={reading.doc(3)}")
    reading.wait_focus(3)
