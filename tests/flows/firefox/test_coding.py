"""In Firefox: words are selected, coded and recoded by keys, and a code is found by typing."""

from __future__ import annotations

import json

import pytest

from tests.ui.reading_study import ANSWERS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = ".qc-options > [role=option] .qc-option-name"
CHOSEN = ".qc-options [aria-selected=true]"


def open_picker(reading, key="c"):
    reading.press(key)
    reading.page.wait_for_selector(".qc-picker input:focus")


# --- selecting --------------------------------------------------------------------------------


def test_words_and_sentences_are_selected_and_carry_several_codes(reading):
    reading.press("ArrowRight", "ArrowRight", "Shift+ArrowRight")
    assert reading.selected == "itse päättää"
    reading.act("1", "3")
    assert reading.selected == "itse päättää", "the selection is there for the next code"
    assert reading.codings == [("itse päättää", "Osallisuus"), ("itse päättää", "Tiedon puute")]
    reading.press("ArrowLeft", "ArrowLeft")
    assert reading.selected == "Sain"
    reading.press("Escape", "j", "j", "j", "s", "s")
    assert reading.selected == "Se on väärässä paikassa."
    reading.act("Shift+s", "2")
    assert reading.codings[-1] == ("Se on väärässä paikassa. Kukaan ei kerro.", "Valinnanvapaus")


def test_words_are_selected_with_the_mouse_in_every_way_of_firefox(reading):
    left, right, middle = reading.page.words(reading.text(1), "jaksaa")
    end = reading.page.words(reading.text(1), "pärjätä")[1]
    # Backwards over the emoji.
    reading.page.drag((end, middle), ((left + end) / 2, middle), (left, middle))
    assert reading.selected == "jaksaa 😀 pärjätä"
    reading.act("1")
    # A double click takes the word; Shift and a click stretch it.
    reading.page.click_at(((left + right) / 2, middle), times=2)
    assert reading.selected.strip() == "jaksaa"
    reading.act("2")
    reading.press("Escape")
    reading.page.click_at(reading.page.words(reading.text(1), "kun")[::2])
    reading.page.click_at(reading.page.words(reading.text(1), "on")[1:], held="Shift")
    assert reading.selected == "kun apua on"
    reading.act("3")
    # A triple click takes the line and nothing of what stands around it.
    reading.page.click_at(reading.word(3, "väärässä"), times=3)
    reading.act("1")
    *spans, line = [quote.strip() for quote, _ in reading.codings]
    assert spans == ["jaksaa", "jaksaa 😀 pärjätä", "kun apua on"]
    assert line in ("Se on väärässä paikassa. Kukaan ei kerro.", ANSWERS[3])


# --- the picker -------------------------------------------------------------------------------


def suggesting(reading, *ids):
    """From now on the server holds these codes nearest in meaning to any text."""
    reply = json.dumps({"ready": True, "codes": ids})
    reading.page.run(
        f"""{{
            const ask = window.fetch;
            window.fetch = (url, ...rest) => (String(url).endsWith('/ask_codes')
                ? Promise.resolve(Response.json({reply})) : ask(url, ...rest));
        }}"""
    )


def test_the_picker_has_the_latest_first_then_the_nearest_then_the_alphabet(reading):
    suggesting(reading, "p0-0", "c2")
    reading.press("ArrowRight")
    reading.act("2", "3")
    open_picker(reading)
    reading.page.wait_text(".qc-is-suggested", "Päättäjä")
    headings = reading.page.texts(".qc-options > .qc-heading")
    assert headings == ["Viimeksi käytetyt", "Merkitykseltään lähimmät", "Teemat", "Roolit"]
    latest, earlier, nearest, *rest = reading.page.texts(NAMES)
    assert (latest, earlier) == ("Tiedon puute", "Valinnanvapaus")
    assert nearest.startswith("Päättäjä")
    assert rest[:3] == ["Luottamus", "Osallisuus", "Asiakkaan roolit"]
    assert "ehdotus" not in reading.page.texts(CHOSEN)[0], "no suggestion is chosen beforehand"
    reading.write("luot")
    reading.page.wait_text(CHOSEN, "Luottamus")
    reading.act("Enter")
    assert ("Sain", "Luottamus") in reading.codings


def test_the_picker_is_limited_to_a_branch_and_makes_a_code_there(reading):
    open_picker(reading)
    reading.write("asiakkaan")
    reading.press("Tab")
    reading.page.wait_text(".qc-trail-path", "Roolit › Asiakkaan roolit")
    assert reading.page.texts(NAMES)[:2] == ["Oppija", "Päättäjä"]
    reading.write("kysyjä")
    reading.act("Enter")
    assert reading.codings == [(ANSWERS[0], "kysyjä")]
    assert reading.code("kysyjä").parent_id == "p0"
    open_picker(reading)
    reading.write("asiakkaan")
    reading.press("Tab")
    reading.page.wait_text(".qc-trail-path", "Asiakkaan roolit")
    reading.press("Backspace")
    reading.page.wait_gone(".qc-trail")
    reading.press("Escape")
    reading.act("Control+z")
    assert reading.codings == []


def test_words_become_a_code_in_one_key_and_one_undo_takes_both_back(reading):
    reading.press("j", "ArrowRight", "ArrowRight", "v")
    reading.wait_labels(1, "jaksaa")
    reading.wait_saved()
    assert reading.selected == "jaksaa"
    assert reading.codings == [("jaksaa", "jaksaa")]
    reading.act("Control+z")
    assert reading.codings == []
    reading.page.wait_gone(".qc-tree-code [title='jaksaa']")


# --- changing what is coded -------------------------------------------------------------------


def test_a_coding_is_extended_shrunk_split_merged_recoded_and_taken_off(reading):
    reading.act("ArrowRight", "ArrowRight", "Shift+ArrowRight", "1", "Escape")
    before = reading.coding_ids
    reading.press("]")
    reading.act("Shift+ArrowRight", "Alt+Shift+ArrowLeft", acts=2)
    assert reading.codings == [("Sain itse päättää, mihin", "Osallisuus")]
    reading.act("Shift+ArrowLeft", "Alt+Shift+ArrowRight", acts=2)
    assert reading.codings == [("itse päättää", "Osallisuus")]
    open_picker(reading, "r")
    reading.write("luot")
    reading.act("Enter")
    assert reading.codings == [("itse päättää", "Luottamus")]
    assert reading.coding_ids == before, "it is the same coding all along"
    # Divided where the words were clicked, and joined again.
    reading.page.click_at(reading.page.words(reading.text(0), "päättää")[::2])
    reading.act("d")
    assert reading.codings == [("itse", "Luottamus"), ("päättää", "Luottamus")]
    reading.act("+")
    assert reading.codings == [("itse päättää", "Luottamus")]
    reading.press("Escape", "]")
    reading.act("Delete")
    assert reading.codings == []
    reading.act("Control+z")
    assert reading.codings == [("itse päättää", "Luottamus")]


def test_the_passage_of_a_reduction_is_extended_and_shrunk(reading):
    reading.press("ArrowRight", "Enter")
    reading.page.wait_for_selector(".qc-reduce input:focus")
    wording = f"saaminen {reading.question}"
    reading.write(wording)
    reading.act("Enter")
    reading.press("k", "]")
    reading.page.wait_text(".qc-is-reduced.qc-is-picked", "Sain")
    reading.act("Shift+ArrowRight", "Shift+ArrowRight", acts=2)
    assert reading.reductions == {wording: ["Sain itse päättää"]}
    reading.act("Shift+ArrowLeft")
    assert reading.reductions == {wording: ["Sain itse"]}
    reading.act("Control+z", "Control+z", acts=2)
    assert reading.reductions == {wording: ["Sain itse"]}


def test_codings_are_stepped_through_by_key_also_on_a_finnish_keyboard(reading):
    reading.act("ArrowRight", "1", "ArrowRight", "2", "Escape", acts=2)
    marks = ".qc-marks"
    for key, label in (("]", "Osallisuus"), (".", "Valinnanvapaus"), (",", "Osallisuus")):
        reading.press(key)
        reading.page.wait_text(marks, label)
    # AltGr and 9 write ] on a Finnish keyboard: Firefox tells of it with Ctrl and Alt.
    reading.page.ask(
        """document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {
            key: ']', ctrlKey: true, altKey: true, bubbles: true, cancelable: true }))"""
    )
    reading.page.wait_text(marks, "Valinnanvapaus")


# --- many rows --------------------------------------------------------------------------------


def test_answers_chosen_together_get_a_code_in_one_act(reading):
    reading.press("Shift+j", "Shift+j")
    reading.page.wait_count(".qc-is-gathered", 3)
    reading.page.click(f"{reading.row(4)} .qc-number", held="Control")
    reading.page.wait_count(".qc-is-gathered", 4)
    assert reading.selected == "", "no text is selected on the way"
    reading.act("3")
    assert [quote for quote, _ in reading.codings] == [ANSWERS[n] for n in (0, 1, 2, 4)]
    reading.press("Escape")
    reading.page.click(f"{reading.row(1)} .qc-number")
    reading.page.click_at(reading.word(3, "paikassa"), held="Shift")
    reading.page.wait_count(".qc-is-gathered", 3)
    assert reading.selected == ""
    reading.act("x")
    assert [reading.is_aside(n) for n in range(5)] == [False, True, True, True, False]
    reading.act("Control+z", "Control+z", acts=2)
    assert reading.codings == []
    assert not reading.is_aside(2)
