"""The codebook beside the text, in a real browser with real keys and a real mouse."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from qualcode.domain.codes import PALETTE, Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.workbench import codebooks, coding, history
from tests.serving import served
from tests.ui.reading_page import QUESTIONS, Reading
from tests.ui.reading_study import ANSWERS, CODER, bench_of, make_study
from tests.ui.test_every_page import accessibility_problems

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "Tätä koodia käytetään, kun vastaaja kertoo luottavansa. " * 40


class Panel(Reading):
    """The page of reading at a question, seen from its codebook panel."""

    def line(self, label):
        return self.page.locator(f".qc-tree-code:has(.qc-tree-name:text-is('{label}'))")

    def count(self, label):
        return self.line(label).locator(".qc-count").inner_text()

    def wait_shown(self, label):
        self.page.wait_for_selector(f".qc-card-name:text-is('{label}')")

    @property
    def card(self):
        return self.page.locator(".qc-card")

    @property
    def focused(self):
        return self.page.evaluate("document.activeElement.innerText ?? ''")

    def code(self, label) -> Code:
        bench = bench_of(self.server.study)
        with bench.store.reading() as rows:
            (found,) = [code for code in rows.find(Code) if code.label("fi") == label]
        bench.store.close()
        return found


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panel")
    study = make_study(folder / "study.qualcode", answers=ANSWERS * 6, questions=QUESTIONS)
    with served(study, "--coder", CODER) as server:
        yield server


@pytest.fixture(scope="module")
def unread():
    return itertools.count()


@pytest.fixture
def unopened(page, server, unread):
    """The panel at a question that no other test codes; what a test did to the codes is undone.

    For a test that prepares the study first, and opens the page itself.
    """
    bench = bench_of(server.study)
    before = history.log(bench, 0, 1).rows[0].id
    page.set_viewport_size({"width": 1280, "height": 720})
    yield Panel(page, server, next(unread))
    while (last := history.next_undo(bench)) is not None and last.id > before:
        history.undo(bench)
    bench.store.close()


@pytest.fixture
def panel(unopened):
    unopened.open()
    return unopened


# --- always in sight ----------------------------------------------------------------------------


def test_the_definition_follows_the_cursor(panel):
    panel.press("s", "1")
    panel.wait_shown("Osallisuus")
    assert "Puhutaan: Osallisuus" in panel.card.inner_text()
    panel.press("Escape", "ArrowRight", "2", "]")
    panel.wait_shown("Osallisuus")
    panel.press("]")
    panel.wait_shown("Valinnanvapaus")
    panel.line("Tiedon puute").hover()
    panel.wait_shown("Tiedon puute")
    panel.page.locator(panel.row(3)).hover()
    panel.wait_shown("Valinnanvapaus")
    panel.page.locator(f"{panel.row(0)} .qc-label", has_text="Osallisuus").hover()
    panel.wait_shown("Osallisuus")


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_a_long_definition_scrolls_inside_and_moves_nothing(unopened, size):
    panel = unopened
    bench = bench_of(panel.server.study)
    with bench.act(Act.EDIT_CODE) as work:
        work.put(replace(work.require(Code, "c3"), definition_fi=LONG, rule_fi="Vain läheisistä."))
    panel.page.set_viewport_size({"width": size[0], "height": size[1]})
    panel.open()
    panel.line("Osallisuus").hover()
    panel.wait_shown("Osallisuus")
    tree = panel.page.locator(".qc-tree").bounding_box()
    panel.line("Luottamus").hover()
    panel.page.wait_for_selector(".qc-card-body:has-text('Vain läheisistä.')")
    assert panel.page.locator(".qc-tree").bounding_box() == tree
    card, height = panel.card.bounding_box(), size[1]
    assert card["y"] + card["height"] < height
    assert panel.page.locator(".qc-card-body").evaluate(
        "e => e.scrollHeight > e.clientHeight + 100"
    )
    panel.page.locator(".qc-card-body").focus()
    panel.press("End")
    panel.page.wait_for_function("document.querySelector('.qc-card-body').scrollTop > 100")
    assert panel.page.locator(f"{panel.row(0)}[aria-current=true]").count() == 1
    place = panel.page.locator(".qc-place").bounding_box()
    assert place["y"] + place["height"] < height
    assert panel.page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")
    bench.store.close()


def test_the_latest_passages_are_examples_that_lead_to_their_answers(unopened):
    panel = unopened
    bench = bench_of(panel.server.study)
    for answer in (28, 29):
        coding.code(bench, f"q{panel.question}-{answer}", 0, 5, "c3")
    bench.store.close()
    panel.open()
    panel.line("Luottamus").hover()
    quotes = panel.page.locator(".qc-quote")
    quotes.first.wait_for()
    assert set(quotes.all_inner_texts()) == {ANSWERS[29 % 5][:5], ANSWERS[28 % 5][:5]}
    quotes.filter(has_text=ANSWERS[28 % 5][:5]).click()
    panel.page.wait_for_selector(f"{panel.row(28)}[aria-current=true]")
    assert panel.page.locator(f"{panel.row(28)} .qc-mark.qc-is-picked").count() == 1
    assert "Vastaukset 26–30 / 30" in panel.page.locator(".qc-place").inner_text()


# --- codes --------------------------------------------------------------------------------------


def test_a_code_is_found_and_given_by_keys_and_the_count_rises_at_once(panel):
    before = panel.count("Luottamus")
    panel.page.route("**/qc/ops", lambda route: route.abort())
    panel.press("ArrowRight", "p")
    panel.write("luot")
    panel.press("ArrowDown")
    panel.page.wait_for_function("document.getSelection().toString() === 'Sain'")
    panel.press("Enter")
    mentions = int(before.split(" · ")[0] or 0) + 1
    assert panel.count("Luottamus").startswith(f"{mentions} · ")
    panel.page.unroute("**/qc/ops")
    panel.wait_saved()
    assert panel.codings == [("Sain", "Luottamus")]
    assert panel.count("Luottamus").startswith(f"{mentions} · ")
    panel.press("Escape")
    panel.page.wait_for_selector(f"{panel.row(0)}:focus")
    panel.act("u", "[", "u")
    assert panel.codings == []


def test_the_tree_is_one_tab_stop_and_its_codebooks_fold(panel):
    panel.press("p", "ArrowDown")
    assert panel.focused.startswith("Osallisuus")
    assert panel.page.locator(".qc-tree [tabindex='0']").count() == 1
    panel.press("ArrowLeft", "ArrowLeft")
    assert panel.focused.endswith("(4)")
    assert panel.page.locator(".qc-tree-code").count() == 0
    panel.press("ArrowRight", "End")
    assert panel.focused.startswith("Luottamus")
    assert panel.page.locator(f"{panel.row(0)}[aria-current=true]").count() == 1


def test_a_press_gives_the_code_to_a_selection_and_otherwise_shows_it(panel):
    panel.line("Tiedon puute").click()
    panel.wait_shown("Tiedon puute")
    panel.page.wait_for_timeout(300)
    assert panel.codings == []
    panel.page.locator(panel.row(0)).focus()
    panel.press("ArrowRight")
    panel.line("Tiedon puute").click()
    panel.wait_saved()
    assert panel.codings == [("Sain", "Tiedon puute")]
    panel.press("Escape", "j")
    panel.line("Luottamus").dblclick()
    panel.wait_saved()
    assert panel.codings == [("Sain", "Tiedon puute"), (ANSWERS[1], "Luottamus")]


def test_a_code_is_dragged_onto_an_answer_and_a_text_onto_a_code(panel):
    mouse = panel.page.mouse
    start = panel.line("Luottamus").bounding_box()
    end = panel.page.locator(f"{panel.row(3)} .qc-text").bounding_box()
    mouse.move(start["x"] + 30, start["y"] + 8)
    mouse.down()
    mouse.move(end["x"] + 60, end["y"] + 10, steps=8)
    mouse.up()
    panel.wait_saved()
    assert panel.codings == [(ANSWERS[3], "Luottamus")]
    panel.press("Escape", "k", "s")
    text = panel.page.locator(f"{panel.row(2)} .qc-text").bounding_box()
    start = panel.line("Tiedon puute").bounding_box()
    mouse.move(text["x"] + 20, text["y"] + 10)
    mouse.down()
    mouse.move(start["x"] + 40, start["y"] + 8, steps=8)
    mouse.up()
    panel.wait_saved()
    assert ("Tiedon puute" in dict(panel.codings).values()) and len(panel.codings) == 2


def test_a_new_code_is_written_in_the_search_field_and_gets_a_free_colour(panel):
    used = {panel.code(label).colour.upper() for label in ("Osallisuus", "Luottamus")}
    panel.press("p")
    panel.write("Oma päätäntä")
    panel.act("Enter")
    made = panel.code("Oma päätäntä")
    assert made.colour in PALETTE
    assert made.colour.upper() not in used
    shown = panel.line("Oma päätäntä").locator(".qc-swatch")
    red, green, blue = (int(made.colour[i : i + 2], 16) for i in (1, 3, 5))
    assert shown.evaluate("e => getComputedStyle(e).backgroundColor") == (
        f"rgb({red}, {green}, {blue})"
    )
    assert panel.focused.startswith("Oma päätäntä")


# --- editing in place ---------------------------------------------------------------------------


def test_a_code_is_edited_in_place_and_the_edit_is_undone(panel):
    panel.press("ArrowRight", "p", "ArrowDown", "End", "F2")
    panel.page.wait_for_selector(".qc-code-editor")
    panel.press("End")
    panel.write(" yhä")
    panel.press("Tab", "Control+End")
    panel.write(" Lisää.")
    panel.press("Tab")
    panel.write("Kun luotetaan.")
    panel.act("Tab", "Tab", "ArrowRight", "Control+Enter")
    panel.wait_shown("Luottamus yhä")
    now = panel.code("Luottamus yhä")
    assert (now.definition_fi, now.rule_fi) == ("Puhutaan: Luottamus Lisää.", "Kun luotetaan.")
    assert now.colour == PALETTE[4]
    assert panel.focused.startswith("Luottamus yhä")
    assert panel.page.evaluate("document.getSelection().toString()") == "Sain"
    panel.press("Control+z")
    panel.line("Luottamus").wait_for()
    panel.page.wait_for_function(
        "!document.querySelector('.qc-card-body').innerText.includes('Lisää.')"
    )
    assert panel.code("Luottamus").colour == PALETTE[3]


def test_an_edit_never_overwrites_what_another_window_wrote(panel):
    panel.press("p", "ArrowDown", "F2")
    panel.page.wait_for_selector(".qc-code-editor")
    bench = bench_of(panel.server.study, "Pekka")
    with bench.act(Act.EDIT_CODE) as work:
        work.put(replace(work.require(Code, "c0"), definition_fi="Pekan määritelmä"))
    panel.press("Tab", "Control+a")
    panel.write("Maijan määritelmä")
    panel.press("Control+Enter")
    # Nothing that was written is lost: it is in the field again, with what stands there now.
    editor = panel.page.locator(".qc-code-editor:has(.qc-refused)")
    editor.wait_for()
    assert editor.get_by_label("Määritelmä").input_value() == "Maijan määritelmä"
    assert "Pekan määritelmä" in editor.locator(".qc-refused").inner_text()
    assert "Pekan määritelmä" in editor.locator("label .qc-hint").inner_text()
    assert panel.code("Osallisuus").definition_fi == "Pekan määritelmä"
    # The same after another page, and it is saved when the person says so.
    panel.page.reload()
    panel.page.wait_for_selector(f"{panel.row(0)}[aria-current=true]")
    panel.page.locator(panel.row(0)).focus()
    panel.press("p", "ArrowDown", "F2")
    panel.page.wait_for_selector(".qc-code-editor")
    assert editor.get_by_label("Määritelmä").input_value() == "Maijan määritelmä"
    panel.act("Control+Enter")
    assert panel.code("Osallisuus").definition_fi == "Maijan määritelmä"
    panel.press("F2")
    panel.page.wait_for_selector(".qc-code-editor")
    assert panel.page.locator(".qc-refused").count() == 0
    panel.press("Escape")
    history.undo(bench_of(panel.server.study))
    history.undo(bench)
    bench.store.close()


def test_moving_in_the_list_of_keys_chooses_nothing_and_keeps_the_focus(panel):
    panel.press("p", "ArrowDown", "End")
    panel.wait_shown("Luottamus")
    acts = panel.page.locator(".qc-marker").get_attribute("data-acts")
    button = panel.page.locator(".qc-pin")
    button.focus()
    panel.press("ArrowUp", "ArrowRight")
    panel.page.wait_for_selector(".qc-pin:focus")
    panel.press("ArrowDown")
    options = panel.page.locator(".qc-key-list [role=option]")
    assert options.count() == 10
    panel.press("ArrowDown", "ArrowDown")
    assert panel.page.locator(".qc-marker").get_attribute("data-acts") == acts
    panel.press("Escape")
    panel.page.wait_for_selector(".qc-pin:focus")
    assert panel.page.locator(".qc-key-list").is_hidden()
    panel.press("ArrowDown", "Home")
    panel.act("8")
    assert panel.code("Luottamus").shortcut == "8"
    panel.page.wait_for_selector(".qc-pin:focus:has-text('8')")
    panel.press("Enter", "Home")
    panel.act("Enter")
    assert panel.code("Luottamus").shortcut == ""
    assert accessibility_problems(panel.page) == []


# --- merging ------------------------------------------------------------------------------------


def test_a_code_is_merged_into_another_after_a_question_and_taken_apart_by_one_undo(panel):
    panel.act("1")
    panel.act("2")
    before = panel.codings
    panel.press("p", "ArrowDown")
    panel.wait_shown("Osallisuus")
    panel.page.get_by_role("button", name="Yhdistä", exact=True).click()
    panel.page.wait_for_selector(".qc-picker:has-text('Mihin koodiin')")
    assert panel.page.locator(".qc-picker [role=option]", has_text="Osallisuus").count() == 0
    assert panel.page.locator(".qc-picker [aria-selected=true]").count() == 0, "nobody chose it"
    panel.press("Enter")
    assert panel.page.locator(".qc-merge-ask").count() == 0
    panel.write("valinnan")
    panel.press("Enter")
    ask = panel.page.get_by_role("alertdialog")
    assert "Osallisuus" in ask.inner_text() and "Valinnanvapaus" in ask.inner_text()
    assert "1" in ask.inner_text(), "how much each of them is used"
    assert accessibility_problems(panel.page) == []
    panel.press("Escape")
    assert panel.codings == before
    panel.page.get_by_role("button", name="Yhdistä", exact=True).click()
    panel.page.wait_for_selector(".qc-picker")
    panel.write("valinnan")
    panel.press("Enter")
    panel.page.wait_for_selector(".qc-merge-ask button:focus")
    panel.act("Enter")
    assert {label for _, label in panel.codings} == {"Valinnanvapaus"}
    panel.page.wait_for_selector(".qc-tree-code:has-text('Osallisuus')", state="detached")
    panel.page.locator(panel.row(0)).focus()
    panel.act("Control+z")
    assert panel.codings == before
    panel.line("Osallisuus").wait_for()


def test_a_key_is_pinned_by_alt_and_digit_or_from_the_list(panel):
    panel.act("p", "ArrowDown", "End", "Alt+Digit1")
    assert (panel.code("Luottamus").shortcut, panel.code("Osallisuus").shortcut) == ("1", "")
    assert panel.page.locator(".qc-pinned").inner_text().split() == [
        "1", "Luottamus", "2", "Valinnanvapaus", "3", "Tiedon", "puute",
    ]  # fmt: skip
    panel.act("Alt+Digit1")
    assert panel.code("Luottamus").shortcut == ""
    panel.page.locator(".qc-pin").click()
    panel.act("7")
    assert panel.code("Luottamus").shortcut == "7"


# --- the page of answers ------------------------------------------------------------------------


def test_pages_are_turned_by_number_and_arrow(panel):
    place = panel.page.locator(".qc-place")
    assert "Vastaukset 1–25 / 30" in place.inner_text()
    panel.page.get_by_role("button", name="Seuraava sivu").click()
    panel.page.wait_for_selector(panel.row(29))
    assert "Vastaukset 26–30 / 30" in place.inner_text()
    assert panel.page.get_by_role("button", name="Seuraava sivu").is_disabled()
    number = panel.page.get_by_label("Sivu", exact=True)
    number.fill("1")
    number.press("Enter")
    panel.page.wait_for_selector(panel.row(0))
    assert "Vastaukset 1–25 / 30" in place.inner_text()


def test_progress_is_told_and_follows_every_save(panel):
    """What the server confirms with the save itself; no question in between is answered."""
    panel.page.route("**/qc/news", lambda route: route.abort())

    def coded():
        return int(panel.page.locator(".qc-progress-told").inner_text().split("/")[0])

    before = coded()
    panel.act("1")
    assert coded() == before + 1
    panel.act("Control+z")
    assert coded() == before
    panel.act("Control+Shift+z")
    assert coded() == before + 1


def test_the_answers_are_filtered_by_the_code_in_sight(panel):
    panel.act("j", "2")
    panel.line("Valinnanvapaus").click()
    panel.page.locator(".qc-card-tools button", has_text="Suodata").click()
    panel.page.wait_for_function("document.querySelectorAll('.qc-row').length === 1")
    assert panel.page.locator(panel.row(1)).count() == 1


# --- narrow, dark, many -------------------------------------------------------------------------


def test_on_a_tablet_the_panel_is_a_drawer(panel):
    panel.page.set_viewport_size({"width": 820, "height": 1100})
    drawer = panel.page.locator(".qc-codebook")
    drawer.wait_for(state="hidden")
    rows = panel.page.locator(".qc-list").bounding_box()
    panel.page.locator(panel.row(0)).focus()
    panel.press("p")
    drawer.wait_for()
    assert panel.page.locator(".qc-list").bounding_box() == rows, "the text does not move"
    panel.press("Escape")
    drawer.wait_for(state="hidden")
    panel.page.wait_for_selector(f"{panel.row(0)}:focus")
    panel.page.locator(".qc-tools button", has_text="Koodikirja").click()
    drawer.wait_for()
    panel.page.locator(".qc-codebook-close").click()
    drawer.wait_for(state="hidden")


def test_the_panel_hides_and_a_reload_remembers(panel):
    panel.press("Shift+P")
    panel.page.locator(".qc-codebook").wait_for(state="hidden")
    panel.open()
    panel.page.locator(".qc-codebook").wait_for(state="hidden")
    panel.press("Shift+P")
    panel.page.locator(".qc-codebook").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel_nor_in_the_editor(panel, scheme):
    panel.page.emulate_media(color_scheme=scheme)
    panel.press("s", "1")
    panel.page.wait_for_selector(".qc-quote")
    assert accessibility_problems(panel.page) == []
    panel.press("p", "ArrowDown", "F2")
    panel.page.wait_for_selector(".qc-code-editor")
    assert accessibility_problems(panel.page) == []
    names = panel.page.eval_on_selector_all(
        ".qc-colours input", "found => found.map(input => input.ariaLabel)"
    )
    assert len(set(names)) >= len(PALETTE)
    assert "sininen" in names


def test_three_hundred_codes_cost_a_key_press_nothing(unopened):
    panel = unopened
    bench = bench_of(panel.server.study)
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.add(
            [
                Codebook("suuri", "suuri", "Suuri", "Big", position=5),
                *(Code(f"s{n}", "suuri", f"s{n}", f"Koodi {n}", position=n) for n in range(300)),
            ]
        )
    panel.open()
    panel.page.wait_for_selector(".qc-tree-code >> nth=300")
    rest = panel.page.evaluate(
        """async () => {
          const tree = document.querySelector('.qc-tree');
          let made = 0;
          const seen = new MutationObserver((records) => { made += records.length; });
          seen.observe(tree, { childList: true, subtree: true, characterData: true });
          const key = (key) => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
          key('s');
          key('1');
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
          seen.disconnect();
          return made;
        }"""
    )
    assert rest <= 2, "a code given changes the count of its own line only"
    panel.wait_saved()
    panel.press("p")
    panel.write("Koodi 299")
    panel.press("Enter")
    assert panel.focused.startswith("Koodi 299")
    with bench.store.reading() as rows:
        assert rows.count(Coding) >= 1
    bench.store.close()


SIGNS = ".qc-older:not([hidden])"


def test_a_coding_of_an_older_definition_is_seen_held_to_and_given_back_by_keys(panel):
    reading = panel
    reading.act("1")
    bench = bench_of(reading.server.study)
    codebooks.edit_code(
        bench, replace(panel.code("Osallisuus"), definition_fi="Kun joku päättää itse")
    )
    sign = reading.in_row(0, SIGNS)
    sign.wait_for()
    assert "Osallisuus" in sign.get_attribute("aria-label")
    reading.press("w")
    box = reading.page.locator(".qc-older-box")
    assert "Kun joku päättää itse" in box.inner_text()
    reading.act("Enter")
    sign.wait_for(state="detached")
    assert not box.count()
    reading.act("Control+z")
    sign.wait_for()
    bench.store.close()
