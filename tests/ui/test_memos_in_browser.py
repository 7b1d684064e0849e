"""Memos in a real browser: written by keyboard beside the answers and on their own page."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from qualcode.domain.documents import Segment
from qualcode.domain.memos import Memo
from qualcode.workbench import memos
from tests.browsing import in_menu, outside, wait_at_rest, wait_until_still
from tests.ui.reading_study import CODER, bench_of, make_study
from tests.ui.test_every_page import accessibility_problems
from tests.ui.test_memos_page import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def the_memos(reading):
    """(what it is about, its text) of the memos on this question's answers, oldest first."""
    bench = bench_of(reading.server.study)
    with bench.store.reading() as rows:
        found = sorted(rows.find(Memo), key=lambda memo: (memo.created_at, memo.id))
    bench.store.close()
    mine = f"q{reading.question}-"
    return [(memo.about_id, memo.text) for memo in found if memo.about_id.startswith(mine)]


def chips(reading, answer):
    return [text.strip() for text in reading.in_row(answer, ".qc-memo").all_inner_texts()]


def waited_for(found, wanted, seconds=15):
    """What ``found`` gives when it is ``wanted``, or at last."""
    deadline = time.monotonic() + seconds
    while found() != wanted and time.monotonic() < deadline:
        time.sleep(0.1)
    return found()


def test_a_memo_on_the_whole_answer_is_written_read_and_changed_by_keyboard(reading):
    doc = f"q{reading.question}-0"
    reading.press("m")
    reading.write("Tässä on **jännite**")
    reading.press("Enter", "Enter")
    reading.write("- 1 x u j [[koodi:Osallisuus]]")
    reading.act("Control+Enter")
    text = "Tässä on **jännite**\n\n- 1 x u j [[koodi:Osallisuus]]"
    assert the_memos(reading) == [(doc, text)]
    assert reading.codings == [], "letters in a memo are no keys"
    assert chips(reading, 0) == ["✎Tässä on jännite 1 x u j Osallisuus"]
    reading.page.wait_for_selector(f"{reading.row(0)}:focus")

    reading.press("m")
    card = reading.in_row(0, ".qc-memo-card")
    assert card.locator("strong").inner_text() == "jännite"
    assert card.locator(".qc-memo-item").inner_text().replace("\n", " ").startswith("• 1 x u j")
    # Shift+Tab from the field: to "Remove", then to "Edit".
    reading.press("Shift+Tab", "Shift+Tab", "Enter", "Control+End")
    reading.write("!")
    reading.act("Control+Enter")
    assert the_memos(reading) == [(doc, f"{text}!")]
    reading.page.reload()
    reading.page.wait_for_selector(".qc-memo")
    assert chips(reading, 0) == ["✎Tässä on jännite 1 x u j Osallisuus!"]


def test_a_memo_on_a_passage_that_has_no_code(reading):
    reading.press("ArrowRight", "Shift+ArrowRight", "m")
    reading.write("Miksi itse?")
    reading.act("Control+Enter")
    span = f"q{reading.question}-0:0-9"
    assert the_memos(reading) == [(span, "Miksi itse?")]
    assert reading.selected == "Sain itse", "the selection is still there"
    assert reading.page.evaluate("CSS.highlights.get('qc-noted').size") == 1
    reading.act("1")
    reading.act("[", "Delete")
    assert reading.codings == []
    assert chips(reading, 0) == ["✎Miksi itse?"], "the passage lives by its memo"
    reading.act("Control+z", "Control+z", "Control+z")
    assert waited_for(lambda: chips(reading, 0), []) == []
    bench = bench_of(reading.server.study)
    with bench.store.reading() as rows:
        assert rows.get(Segment, span) is None
    bench.store.close()
    reading.act("Control+y")
    assert waited_for(lambda: chips(reading, 0), ["✎Miksi itse?"]) == ["✎Miksi itse?"]


def test_what_was_being_written_outlives_escape_and_a_reload(reading):
    reading.press("m")
    reading.write("Kesken oleva")
    reading.press("Escape", "j", "k", "m")
    field = reading.in_row(0, "textarea")
    assert field.input_value() == "Kesken oleva"
    reading.page.reload()
    reading.page.wait_for_selector(f"{reading.row(0)}[aria-current=true]")
    reading.page.locator(reading.row(0)).focus()
    reading.press("m")
    assert field.input_value() == "Kesken oleva"
    reading.act("Control+Enter")
    reading.press("m")
    assert field.input_value() == "", "saved is no draft"


def rewritten_by_pekka(reading, text):
    bench = bench_of(reading.server.study, "Pekka")
    with bench.store.reading() as rows:
        (memo,) = rows.find(Memo, about_id=f"q{reading.question}-0")
    memos.change(bench, memo.id, text)
    bench.store.close()


def test_a_draft_never_overwrites_what_another_has_written_since(reading):
    doc = f"q{reading.question}-0"
    reading.press("m")
    reading.write("Ensin")
    reading.act("Control+Enter")
    edit = ("m", "Shift+Tab", "Shift+Tab", "Enter", "Control+End")
    reading.press(*edit)
    reading.write(" omin sanoin")
    reading.press("Escape")
    rewritten_by_pekka(reading, "Pekan sanoin")
    reading.page.wait_for_selector(".qc-memo:has-text('Pekan sanoin')", timeout=20_000)
    reading.press(*edit)
    field, torn = reading.in_row(0, "textarea"), reading.in_row(0, ".qc-memo-conflict")
    assert field.input_value() == "Ensin omin sanoin"
    assert "Pekan sanoin" in torn.inner_text()
    assert accessibility_problems(reading.page) == []
    reading.press("Control+Enter")
    assert the_memos(reading) == [(doc, "Pekan sanoin")], "nothing is saved without a choice"
    reading.page.get_by_role("button", name="Molemmat peräkkäin").click()
    assert torn.is_hidden()
    reading.act("Control+Enter")
    assert the_memos(reading) == [(doc, "Pekan sanoin\n\nEnsin omin sanoin")]


def test_a_change_that_came_too_late_waits_beside_the_newer_one(reading):
    doc = f"q{reading.question}-0"
    reading.press("m")
    reading.write("Ensin")
    reading.act("Control+Enter")
    reading.press("m", "Shift+Tab", "Shift+Tab", "Enter", "Control+End")
    rewritten_by_pekka(reading, "Pekan sanoin")
    reading.write(" omin sanoin")
    reading.act("Control+Enter")
    assert the_memos(reading) == [(doc, "Pekan sanoin")]
    reading.page.wait_for_selector(".qc-memo:has-text('Pekan sanoin')")
    reading.press("m", "Shift+Tab", "Shift+Tab", "Enter")
    assert reading.in_row(0, "textarea").input_value() == "Ensin omin sanoin"
    assert "Pekan sanoin" in reading.in_row(0, ".qc-memo-conflict").inner_text()
    reading.page.get_by_role("button", name="Omani sen tilalle").click()
    reading.act("Control+Enter")
    assert the_memos(reading) == [(doc, "Ensin omin sanoin")]


def test_a_link_in_a_memo_opens_what_it_names(reading):
    target = f"q{reading.question}-3"
    reading.press("m")
    reading.write(f"[[koodi:Luottamus]] ja [[vastaus:{target}]] ja [[tutkimus:]]")
    reading.act("Control+Enter")
    reading.press("m")
    links = reading.in_row(0, ".qc-memo-card a")
    links.first.wait_for()
    assert links.nth(0).get_attribute("href").endswith("koodikirjat?koodi=c3")
    links.nth(0).focus()
    reading.press("Enter")
    reading.page.wait_for_selector(".qc-card-name:text-is('Luottamus')")
    links.nth(1).focus()
    reading.press("Enter")
    reading.page.wait_for_selector(f"{reading.row(3)}:focus")
    reading.press("k", "k", "k", "m")
    links.nth(2).click()
    reading.page.wait_for_selector(".qc-marker", state="detached")
    in_menu(reading.page, "Lue ja koodaa").wait_for()


def test_a_memo_is_opened_and_removed_with_the_mouse(reading):
    reading.press("m")
    reading.write("Turha")
    reading.in_row(0, ".qc-memo-box .qc-button").last.click()
    reading.wait_saved()
    reading.in_row(0, ".qc-memo").click()
    field = reading.in_row(0, "textarea")
    field.click()
    reading.write("x")
    assert field.input_value() == "x", "a click in the field does not take the focus away"
    reading.in_row(0, ".qc-memo-card .qc-button").last.click()
    reading.wait_saved()
    assert the_memos(reading) == []
    assert chips(reading, 0) == []


def test_a_colleagues_memo_arrives_without_a_reload_and_moves_nothing(reading):
    reading.press("j", "ArrowRight")
    bench = bench_of(reading.server.study, "Pekka")
    memos.write_on(bench, f"q{reading.question}-1", 0, 4, "Pekan ajatus")
    bench.store.close()
    assert waited_for(lambda: chips(reading, 1), ["✎Pekan ajatus"], 30) == ["✎Pekan ajatus"]
    assert reading.selected == "Äiti"
    assert "Pekka" in reading.in_row(1, ".qc-memo").get_attribute("title")


def test_a_hostile_memo_does_nothing_on_either_page(unopened, page):
    reading = unopened
    page.add_init_script("window.alert = () => { window.hacked = 1 }")
    reading.open()
    reading.press("m")
    page.keyboard.insert_text(HOSTILE)
    reading.act("Control+Enter")
    assert "<img" in the_memos(reading)[0][1]
    reading.press("m")
    card = reading.in_row(0, ".qc-memo-card")
    assert "<script>" in card.inner_text()
    assert card.locator("img, script, a, table").count() == 0
    assert page.evaluate("window.hacked") is None
    page.goto(f"{reading.server.url}/muistiot")
    shown = page.locator("[class*='st-key-memo-']").filter(has_text="evil.example").first
    shown.wait_for()
    assert "<script>" in shown.inner_text()
    assert shown.locator("[data-testid=stMarkdown]").locator("img, script, a, table").count() == 0
    assert page.evaluate("window.hacked") is None
    assert outside(page.requested) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_memos_open(reading, page, scheme):
    page.emulate_media(color_scheme=scheme)
    reading.press("ArrowRight", "m")
    reading.write("> lainaus\n\n- **yksi** [[koodi:Osallisuus]] [[koodi:Ei ole]]")
    reading.act("Control+Enter", "m")
    wait_until_still(page)
    assert accessibility_problems(page) == []
    page.goto(f"{reading.server.url}/muistiot")
    page.locator("[class*='st-key-memo-']").first.wait_for()
    page.get_by_role("button", name="Muokkaa").first.click()
    page.locator("textarea").nth(1).wait_for()
    wait_until_still(page)
    assert accessibility_problems(page) == []


def test_the_diary_is_written_and_a_memo_followed_with_real_keys(serve, page, tmp_path):
    server = serve(make_study(tmp_path / "study.qualcode"), "--coder", CODER)
    bench = bench_of(server.study)
    memos.write(bench, "code", "c3", "Mitä luottamus on?")
    bench.store.close()
    page.goto(f"{server.url}/muistiot")
    field = page.get_by_role("textbox", name="Uusi merkintä tutkimuspäiväkirjaan")
    field.first.wait_for()
    wait_at_rest(page)
    field.click()
    page.keyboard.type("Luin aineiston läpi")
    page.keyboard.press("Enter")
    words = "toisen kerran."
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    written = page.locator("[class*='st-key-memo-']").filter(has_text=words)
    written.first.wait_for()
    wait_at_rest(page)
    expect(field).to_have_value("")
    page.get_by_role("button", name="Kumoa").first.click()
    written.first.wait_for(state="detached")
    wait_at_rest(page)
    link = page.get_by_role("button", name="koodi: Luottamus")
    expect(link).to_have_count(1)  # what an earlier run of the page drew is gone
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Luottamus").first.wait_for()
    wait_at_rest(page)
    one = page.get_by_role("button", name="1 muistio")
    expect(one).to_have_count(1)
    one.click()
    page.get_by_text("Mitä luottamus on?").first.wait_for()
    wait_at_rest(page)
    page.get_by_role("textbox", name="Uusi muistio").fill("Toinen ajatus")
    page.get_by_role("button", name="Tallenna muistio").click()
    page.get_by_role("button", name="2 muistiota").wait_for()
    assert page.locator("[data-testid=stException]").count() == 0
