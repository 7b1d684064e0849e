"""Finding a code by typing: order, branches of a frame, suggestions; in a real browser."""

from __future__ import annotations

import json
import re

import pytest

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.decisions import Act
from qualcode.workbench import history
from tests.serving import served
from tests.ui.reading_page import Reading
from tests.ui.reading_study import CODER, bench_of, make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAME = {
    "Asiakkaan roolit": ("Oman elämän asiantuntija", "Päättäjä", "Oppija"),
    "Työntekijän roolit": ("Rinnalla kulkija", "Ohjaaja", "Portinvartija"),
}


def framed_study(path, leaves=0):
    """The study of reading with a second codebook, a tree; ``leaves`` more under its first role."""
    make_study(path, questions=14)
    bench = bench_of(path)
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.put(Codebook("roles", "roolit", "Roolit", position=1))
        for place, (role, children) in enumerate(FRAME.items()):
            work.put(Code(f"p{place}", "roles", f"p{place}", role, position=place * 10))
            more = [f"Koodi numero {n}" for n in range(leaves if place == 0 else 0)]
            work.add(
                [
                    Code(f"p{place}-{n}", "roles", f"p{place}-{n}", child, parent_id=f"p{place}")
                    for n, child in enumerate((*children, *more))
                ]
            )
    bench.store.close()
    return path


class Picker:
    def __init__(self, page):
        self.page = page

    @property
    def options(self):
        return self.page.locator(".qc-options > [role=option] .qc-option-name").all_inner_texts()

    @property
    def chosen(self):
        return self.page.locator(".qc-options [aria-selected=true] .qc-option-name").inner_text()

    @property
    def trail(self):
        return self.page.locator(".qc-trail-path").inner_text()


@pytest.fixture(scope="module")
def framed_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("framed")
    study = framed_study(folder / "framed.qualcode")
    with served(study, "--coder", CODER) as server:
        yield server


@pytest.fixture
def framed(framed_server, page, unread):
    """At a question that no other test codes; what a test did to the codes is undone."""
    bench = bench_of(framed_server.study)
    before = history.log(bench, 0, 1).rows[0].id
    reading = Reading(page, framed_server, next(unread))
    reading.open()
    # What the server knows of meanings is tested where it is made; here, how it is shown.
    page.route("**/qc/ask_codes", lambda route: route.fulfill(json={"ready": True, "codes": []}))
    yield reading
    while (last := history.next_undo(bench)) is not None and last.id > before:
        history.undo(bench)
    bench.store.close()


@pytest.fixture
def picker(framed):
    return Picker(framed.page)


def test_a_branch_is_entered_with_tab_and_left_with_backspace(framed, picker):
    framed.press("c")
    framed.write("asiakkaan")
    assert picker.options == ["Asiakkaan roolit", "Uusi koodi ”asiakkaan”"]
    framed.press("Tab")
    assert picker.trail == "Roolit › Asiakkaan roolit"
    assert picker.options == ["Oman elämän asiantuntija", "Oppija", "Päättäjä"]
    framed.write("opp")
    assert picker.options == ["Oppija", "Uusi koodi ”opp”"]
    framed.press("Backspace", "Backspace", "Backspace")
    assert len(picker.options) == 3, "an empty field is not left yet"
    framed.press("Backspace")
    assert framed.page.locator(".qc-trail").is_hidden()
    assert picker.chosen.startswith("Asiakkaan roolit"), "back at the code one came from"
    framed.press("ArrowRight", "ArrowDown", "Enter")
    framed.wait_saved()
    assert [label for _, label in framed.codings] == ["Oppija"]


def test_a_branch_is_entered_and_left_by_pressing(framed, picker):
    framed.press("c")
    framed.write("asiakkaan")
    framed.page.locator(".qc-options .qc-has-branch").first.click()
    assert picker.trail == "Roolit › Asiakkaan roolit"
    framed.page.get_by_role("button", name="Askelpalautin").click()
    assert framed.page.locator(".qc-trail").is_hidden()
    framed.write("opp")
    assert picker.chosen.startswith("Oppija"), "the field has kept the keys"


def test_asked_at_a_code_of_a_branch_the_picker_is_limited_to_its_siblings(framed, picker):
    framed.press("c")
    framed.write("ohjaaja")
    framed.press("Tab")
    assert picker.trail == "Roolit › Työntekijän roolit"
    assert picker.options == ["Ohjaaja", "Portinvartija", "Rinnalla kulkija"]
    framed.press("Tab")
    assert picker.trail == "Roolit › Työntekijän roolit", "there is nothing further in"
    assert framed.page.evaluate("document.activeElement.matches('.qc-picker input')")


def test_the_nearest_in_meaning_are_marked_as_suggestions_and_never_chosen_beforehand(
    framed, picker
):
    framed.page.unroute("**/qc/ask_codes")
    asked = []

    def answer(route):
        asked.append(json.loads(route.request.post_data)["text"])
        ready = len(asked) > 1  # not ready the first time
        route.fulfill(json={"ready": ready, "codes": ["p0-1", "c1", "p1-0"] if ready else []})

    framed.page.route("**/qc/ask_codes", answer)
    framed.press("ArrowRight", "ArrowRight", "Shift+ArrowRight", "2", "c")
    framed.page.wait_for_selector(".qc-is-suggested")
    assert asked == ["itse päättää", "itse päättää"]
    headings = framed.page.locator(".qc-options > .qc-heading").all_inner_texts()
    assert headings == ["Viimeksi käytetyt", "Merkitykseltään lähimmät", "Teemat", "Roolit"]
    suggested = framed.page.locator(".qc-is-suggested")
    assert suggested.count() == 2, "a code used last is not suggested too"
    assert all("ehdotus" in text for text in suggested.all_inner_texts())
    framed.press("Escape", "c")
    assert "ehdotus" not in picker.chosen
    framed.page.evaluate("sessionStorage.clear()")
    framed.press("Escape", "c")
    framed.page.wait_for_selector(".qc-is-suggested")
    framed.write("päättäjä")
    framed.press("Enter")
    framed.wait_saved()
    assert ("itse päättää", "Päättäjä") in framed.codings


def test_what_one_is_at_stays_when_suggestions_come_in_between(framed, picker):
    framed.page.unroute("**/qc/ask_codes")
    waiting = []
    framed.page.route("**/qc/ask_codes", lambda route: waiting.append(route))
    framed.press("c", "ArrowDown", "ArrowDown")
    before = picker.chosen
    box = framed.page.locator(".qc-options [aria-selected=true]").bounding_box()
    waiting[0].fulfill(json={"ready": True, "codes": ["p1-0", "p0-1", "p0-0"]})
    framed.page.wait_for_selector(".qc-is-suggested")
    assert picker.chosen == before
    after = framed.page.locator(".qc-options [aria-selected=true]").bounding_box()
    assert abs(after["y"] - box["y"]) <= 1, "nothing jumps"


def test_new_codes_and_words_as_codes_come_into_the_branch_the_picker_was_limited_to(
    framed, picker
):
    framed.press("c")
    framed.write("asiakkaan")
    framed.press("Tab")
    framed.write("kysyjä")
    framed.act("Enter")
    framed.press("ArrowRight", "ArrowRight", "Shift+ArrowRight")
    framed.act("v")
    foot = framed.page.locator(".qc-foot")
    assert "Asiakkaan roolit › itse päättää" in foot.inner_text()
    framed.press("c")
    framed.write("asiakkaan")
    framed.press("Tab")
    own = ["itse päättää", "Kysyjä", "kysyjä"]
    assert [name for name in picker.options if name in own] == ["itse päättää", "kysyjä"]
    framed.press("Backspace", "Escape", "Escape", "ArrowRight", "ArrowRight")
    framed.act("v")
    assert parents(framed.server.study) == {
        "kysyjä": "Asiakkaan roolit",
        "itse päättää": "Asiakkaan roolit",
        framed.selected: "",
    }, "left with Backspace, the branch is no longer chosen"
    for _ in range(3):
        framed.act("Control+z")
    assert parents(framed.server.study) == {}


def parents(path):
    """Code made while reading -> the label of the code that it is under."""
    bench = bench_of(path)
    with bench.store.reading() as rows:
        codes = {code.id: code for code in rows.find(Code)}
    bench.store.close()
    return {
        code.label("fi"): codes[code.parent_id].label("fi") if code.parent_id else ""
        for code in codes.values()
        if not re.match("[cp][0-9]", code.id)
    }


def test_of_300_codes_only_what_is_in_sight_is_put_on_the_page(serve, page, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    reading = Reading(page, serve(framed_study(tmp_path / "many.qualcode", leaves=300)))
    picker = Picker(page)
    reading.open()
    reading.press("c")
    assert 10 < len(picker.options) < 100
    reading.press("ArrowUp")
    assert page.locator(".qc-options [aria-selected=true]").is_visible(), "the last one is reached"
    reading.write("koodi 29")
    reading.write("9")
    assert picker.options[0].startswith("Koodi numero 299")
    measured = page.evaluate("performance.getEntriesByName('qc-picker-key').length")
    assert measured >= 8
