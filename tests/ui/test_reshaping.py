"""Changing what is coded, and coding many answers at once: in a real browser, by key and mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.approaches import Approach, Study
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.workbench import coding, history
from qualcode.workbench.bench import STUDY_ID
from tests.ui.reading_page import Reading
from tests.ui.reading_study import ANSWERS, CODER, bench_of, codings, make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def foot(reading):
    return reading.page.locator(".qc-foot").inner_text()


def labels(reading, answer):
    return sorted(reading.in_row(answer, ".qc-label").all_inner_texts())


def coding_ids(reading):
    bench = bench_of(reading.server.study)
    with bench.store.reading() as rows:
        ids = {
            row.id
            for row in rows.find(Coding)
            if row.segment_id.startswith(f"q{reading.question}-")
        }
    bench.store.close()
    return ids


def newest_acts(reading, count):
    bench = bench_of(reading.server.study)
    acts = [decision.act for decision in history.log(bench, 0, count).rows]
    bench.store.close()
    return acts


# --- in vivo ----------------------------------------------------------------------------------


def test_the_selected_words_become_a_code_in_one_key(reading):
    reading.press("ArrowRight", "ArrowRight", "Shift+ArrowRight", "v")
    assert labels(reading, 0) == ["itse päättää"], "painted at once"
    assert reading.selected == "itse päättää"
    reading.wait_saved()
    assert reading.codings == [("itse päättää", "itse päättää")]
    reading.press("v")
    assert "on jo" in foot(reading), "the words name a code by now"
    reading.act("j", "ArrowRight", "v")
    assert ("Äiti", "Äiti") in reading.codings


def test_a_long_passage_is_no_name_for_a_code(many_answers):
    reading = many_answers
    reading.open()
    reading.press("v")
    assert "liian pitkä" in foot(reading)
    assert reading.page.locator(".qc-marker").get_attribute("data-pending") == "0"


def test_a_strict_frame_refuses_words_as_a_code_with_a_sentence(serve, page, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    study = make_study(tmp_path / "strict.qualcode")
    bench = bench_of(study)
    with bench.act(Act.EDIT_STUDY) as work:
        mine = work.require(Study, STUDY_ID)
        work.put(replace(mine, approach=Approach.THEORY_DRIVEN, strict_frame=True))
    bench.store.close()
    reading = Reading(page, serve(study))
    reading.open()
    reading.press("ArrowRight", "v")
    assert "ei ota uusia koodeja" in foot(reading)
    reading.act("1")
    assert reading.codings == [("Sain", "Osallisuus")]


# --- another span -----------------------------------------------------------------------------


def test_a_picked_coding_is_extended_and_shrunk_by_word_at_both_ends(reading):
    reading.act("ArrowRight", "ArrowRight", "Shift+ArrowRight", "1", "Escape")
    before = coding_ids(reading)
    reading.press("]", "Shift+ArrowRight")
    assert "Sain itse" not in foot(reading)
    assert "itse päättää, mihin" in foot(reading), "painted at once"
    reading.act("Alt+Shift+ArrowLeft")
    assert reading.codings == [("Sain itse päättää, mihin", "Osallisuus")]
    reading.act("Shift+ArrowLeft", "Shift+ArrowLeft", "Alt+Shift+ArrowRight")
    assert reading.codings == [("itse", "Osallisuus")]
    assert coding_ids(reading) == before, "it is the same coding all along"
    assert reading.page.locator(".qc-marks").inner_text().startswith("Osallisuus"), "still picked"
    reading.press("Shift+ArrowLeft")
    assert "ei pääse" in foot(reading), "the last word stays"
    reading.act("Control+z")
    assert reading.codings == [("Sain itse", "Osallisuus")], "one key press is one step to undo"


def test_a_picked_reduction_is_extended_by_word(reading):
    reading.press("ArrowRight", "Enter")
    reading.write("saaminen")
    reading.act("Enter", "k", "]", "Shift+ArrowRight")
    assert reading.reductions == {"saaminen": ["Sain itse"]}


def test_without_a_picked_mark_shift_and_arrow_select_words(reading):
    reading.act("1", "ArrowRight", "Shift+ArrowRight")
    assert reading.selected == "Sain itse"
    assert reading.codings == [(ANSWERS[0], "Osallisuus")]


def test_what_another_coder_marked_is_not_changed_and_it_is_said_why(unopened):
    reading = unopened
    bench = bench_of(reading.server.study, "Pekka")
    coding.code(bench, f"q{reading.question}-0", 0, 4, "c1")
    bench.store.close()
    reading.open()
    reading.page.wait_for_selector(".qc-mark")
    for key in ("Shift+ArrowRight", "+", "r"):
        reading.press("Escape", "]", key)
        assert "Pekka" in foot(reading)
    assert reading.codings == [("Sain", "Valinnanvapaus")]


def test_the_marks_of_an_answer_set_aside_are_not_changed_and_it_is_said_why(reading):
    reading.act("1")
    reading.act("x")
    for key in ("Shift+ArrowRight", "+", "d", "r"):
        reading.press("Escape", "]", key)
        assert "siirretty sivuun" in foot(reading), key
    assert reading.codings == [(ANSWERS[0], "Osallisuus")]


# --- two of one, one of two -------------------------------------------------------------------


def test_a_coding_is_divided_where_the_selection_begins_and_joined_again(reading):
    reading.press("1", "ArrowRight", "ArrowRight", "ArrowRight", "d")
    assert labels(reading, 0) == ["Osallisuus", "Osallisuus"], "painted at once"
    reading.wait_saved()
    first, second = "Sain itse", ANSWERS[0].removeprefix("Sain itse ")
    assert reading.codings == [(first, "Osallisuus"), (second, "Osallisuus")]
    reading.act("+")
    assert reading.codings == [(ANSWERS[0], "Osallisuus")]
    reading.act("Control+z")
    assert len(reading.codings) == 2


def test_a_coding_is_divided_where_it_was_clicked(reading):
    reading.act("1")
    middle = reading.in_row(0, ".qc-text").evaluate(
        """(element) => {
            const node = element.querySelector('mark').firstChild;
            const from = node.data.indexOf('mihin');
            const range = document.createRange();
            range.setStart(node, from); range.setEnd(node, from + 5);
            const box = range.getBoundingClientRect();
            return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
        }"""
    )
    reading.page.mouse.click(*middle)
    reading.act("d")
    quotes = [quote for quote, _ in reading.codings]
    assert quotes == ["Sain itse päättää,", "mihin apua käytän 😀 ja se tuntui hyvältä."]


def test_joining_says_when_nothing_touches(reading):
    reading.press("ArrowRight", "1", "ArrowRight", "ArrowRight", "1", "Escape", "]", "+")
    assert "Vieressä ei ole" in foot(reading)
    reading.act("Shift+ArrowRight", "+")
    assert reading.codings == [("Sain itse päättää", "Osallisuus")]


# --- another code -----------------------------------------------------------------------------


def test_a_picked_coding_gets_another_code_found_by_typing(reading):
    reading.act("ArrowRight", "1", "2", "Escape", "]")
    before = coding_ids(reading)
    reading.press("r")
    assert "Sain" in reading.page.locator(".qc-picker .qc-target").inner_text()
    reading.write("luot")
    reading.press("Enter")
    assert labels(reading, 0) == ["Luottamus", "Valinnanvapaus"], "painted at once"
    reading.wait_saved()
    assert sorted(reading.codings) == [("Sain", "Luottamus"), ("Sain", "Valinnanvapaus")]
    assert coding_ids(reading) == before
    assert reading.page.locator(".qc-marks").inner_text().startswith("Luottamus"), "still picked"
    reading.press("r")
    reading.write("valin")
    reading.act("Enter")
    assert reading.codings == [("Sain", "Valinnanvapaus")], "two that say the same are one"


# --- many answers at once ---------------------------------------------------------------------


def test_answers_chosen_while_moving_are_coded_in_one_act(reading):
    reading.press("j", "Shift+j", "Shift+j", "Shift+k")
    assert "Vastauksia valittu: 2" in foot(reading), "going back lets go of the last"
    reading.press("Shift+j", "2")
    assert [labels(reading, n) for n in (1, 3)] == [["Valinnanvapaus"]] * 2, "painted at once"
    reading.wait_saved()
    assert [quote for quote, _ in reading.codings] == list(ANSWERS[1:4])
    assert newest_acts(reading, 2)[0] is Act.CODE
    assert "koodattu 3" in foot(reading)
    reading.press("c")
    reading.write("luot")
    reading.act("Enter", "Escape")
    assert len(reading.codings) == 6
    assert reading.page.locator(".qc-is-gathered").count() == 0
    reading.act("Control+z", "Control+z")
    assert reading.codings == []


def test_answers_chosen_together_are_set_aside_together_and_come_back_so(reading):
    reading.press("j", "Shift+j")
    reading.act("x")
    assert reading.page.locator(".qc-is-aside").count() == 2
    assert "Vastauksia siirretty sivuun: 2" in foot(reading)
    assert newest_acts(reading, 1) == [Act.SET_ASIDE]
    reading.act("x")
    assert reading.page.locator(".qc-is-aside").count() == 0
    assert "Palautettu vastausten joukkoon: 2" in foot(reading)
    reading.act("Control+z")
    assert reading.page.locator(".qc-is-aside").count() == 2
    assert "Palautettu" not in foot(reading), "what was said is not true any more"
    reading.act("Control+z")
    assert reading.page.locator(".qc-is-aside").count() == 0


def test_answers_are_chosen_one_by_one_and_with_the_mouse(reading):
    def chosen():
        return [
            int(row.get_attribute("data-doc").split("-")[1])
            for row in reading.page.locator(".qc-is-gathered").all()
        ]

    reading.press("Space", "j", "j", "Space")
    assert chosen() == [0, 2]
    reading.in_row(4, ".qc-number").click(modifiers=["Control"])
    assert chosen() == [0, 2, 4]
    reading.in_row(2, ".qc-text").click(modifiers=["Control"])
    assert chosen() == [0, 4]
    reading.in_row(3, ".qc-text").click(modifiers=["Shift"])
    assert chosen() == [0, 2, 3, 4]
    assert reading.selected == "", "no text is selected on the way"
    reading.act("1")
    assert [quote for quote, _ in reading.codings] == [ANSWERS[n] for n in (0, 2, 3, 4)]
    reading.press("Escape", "a")
    assert chosen() == [0, 1, 2, 3, 4]
    reading.act("1", "Escape")
    assert len(reading.codings) == 5, "those coded already are passed over"
    assert chosen() == []


def test_words_selected_in_one_answer_go_before_the_chosen_answers(reading):
    reading.act("Space", "j", "Space", "ArrowRight", "1")
    assert reading.codings == [("Äiti", "Osallisuus")]


# --- past the page's end ----------------------------------------------------------------------


def test_j_on_the_last_answer_goes_on_to_the_next_page_and_k_comes_back(many_answers):
    reading = many_answers
    reading.open(answer=24)
    reading.press("1", "j")
    reading.page.wait_for_selector(f"{reading.row(25)}:focus")
    reading.press("1", "k")
    reading.page.wait_for_selector(f"{reading.row(24)}:focus")
    reading.wait_saved()
    assert len(codings(reading.server.study)) == 2
    reading.press("Home", "k")
    assert "Näitä ennen" in foot(reading) or "ei ole" in foot(reading)
    reading.press("End", "Enter")
    reading.write("viimeinen")
    reading.press("Enter")
    reading.page.wait_for_selector(f"{reading.row(25)}:focus")
