"""In Firefox: the codebook beside the text tells of the code in hand, and is edited in place."""

from __future__ import annotations

import pytest

from qualcode.domain.codes import PALETTE
from qualcode.workbench import coding
from tests.flows.firefox.reading import EXAMPLE, RULE
from tests.ui.reading_study import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CARD = ".qc-card"
NAME = ".qc-card-name"


def count_of(reading, label):
    """What stands beside the code in the codebook: mentions and respondents."""
    counts = dict(zip(
        reading.page.texts(".qc-tree-code .qc-tree-name"),
        reading.page.texts(".qc-tree-code .qc-count"),
        strict=True,
    ))  # fmt: skip
    return counts[label]


def wait_mentions(reading, label, mentions):
    told = f"""[...document.querySelectorAll('.qc-tree-code')]
        .find((one) => one.querySelector('.qc-tree-name').innerText === '{label}')
        .querySelector('.qc-count').innerText"""
    reading.page.wait_for(f"(parseInt({told}) || 0) === {mentions}")


def test_the_definition_rule_and_example_of_the_code_under_the_cursor_is_in_sight(reading):
    page = reading.page
    reading.act("s", "1")
    page.wait_text(NAME, "Osallisuus")
    for told in ("Puhutaan: Osallisuus", RULE, EXAMPLE):
        page.wait_text(CARD, told)
    reading.act("Escape", "ArrowRight", "2")
    reading.press("]")
    page.wait_text(NAME, "Osallisuus")
    reading.press("]")
    page.wait_text(NAME, "Valinnanvapaus")
    page.hover(page.place(".qc-tree-code", "Tiedon puute"))
    page.wait_text(CARD, "Puhutaan: Tiedon puute")
    assert RULE not in page.texts(CARD)[0] and EXAMPLE not in page.texts(CARD)[0]
    page.hover(page.place(f"{reading.row(3)} .qc-number"))
    page.wait_text(NAME, "Valinnanvapaus")
    page.hover(page.place(f"{reading.row(0)} .qc-label", "Osallisuus"))
    page.wait_text(NAME, "Osallisuus")
    # The latest passage with the code is its example beside its definition.
    page.wait_text(".qc-quote", ANSWERS[0][:30])


def test_a_code_is_edited_in_place_with_its_colour_and_the_edit_is_undone(reading):
    page = reading.page
    reading.press("ArrowRight", "p", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown")
    page.wait_text(NAME, "Luottamus")
    reading.press("F2")
    page.wait_for_selector(".qc-code-editor input:focus")
    reading.press("End")
    reading.write(" yhä")
    reading.press("Tab", "Control+End")
    reading.write(" Lisää.")
    reading.press("Tab")
    reading.write("Kun luotetaan.")
    reading.act("Tab", "Tab", "ArrowRight", "Control+Enter")
    page.wait_text(NAME, "Luottamus yhä")
    code = reading.code("Luottamus yhä")
    assert (code.definition_fi, code.rule_fi) == ("Puhutaan: Luottamus Lisää.", "Kun luotetaan.")
    assert code.colour == PALETTE[4], "the next one of the palette"
    red, green, blue = (int(code.colour[i : i + 2], 16) for i in (1, 3, 5))
    page.wait_for(
        f"""[...document.querySelectorAll('.qc-tree-code')]
            .filter((line) => line.innerText.includes('Luottamus yhä'))
            .map((line) => getComputedStyle(line.querySelector('.qc-swatch')).backgroundColor)
            .includes('rgb({red}, {green}, {blue})')"""
    )
    page.wait_text(".qc-tree-code:focus", "Luottamus yhä")
    assert reading.selected == "Sain", "what was selected in the text still is"
    reading.act("Control+z")
    page.wait_text(NAME, "Luottamus")
    assert reading.code("Luottamus").colour == PALETTE[3]


def test_counts_are_live(reading):
    before = int(count_of(reading, "Tiedon puute").split(" ")[0] or 0)
    reading.press("3")
    wait_mentions(reading, "Tiedon puute", before + 1)
    reading.wait_saved()
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, reading.doc(3), 0, 5, "c2")
    wait_mentions(reading, "Tiedon puute", before + 2)
    reading.act("Control+z")
    wait_mentions(reading, "Tiedon puute", before + 1)


def test_a_code_is_found_and_given_by_keys_and_its_key_changed(reading):
    reading.press("ArrowRight", "p")
    reading.page.wait_for_selector(".qc-codebook input:focus")
    reading.write("luot")
    reading.press("ArrowDown")
    reading.page.wait_for("document.getSelection().toString() === 'Sain'")
    reading.act("Enter")
    assert reading.codings == [("Sain", "Luottamus")]
    reading.act("Alt+8")
    assert reading.code("Luottamus").shortcut == "8"
    reading.act("Alt+8")
    assert reading.code("Luottamus").shortcut == ""
    reading.press("Escape")
    reading.wait_focus(0)


def test_a_code_of_ones_own_is_written_in_the_search_field(reading):
    reading.press("p")
    reading.page.wait_for_selector(".qc-codebook input:focus")
    reading.write("Oma päätäntä")
    reading.act("Enter")
    assert reading.code("Oma päätäntä").colour in PALETTE
    reading.page.wait_text(".qc-tree-code:focus", "Oma päätäntä")
    reading.act("Control+z")
