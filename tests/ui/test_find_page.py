"""Searching in a real browser: typing, reading in context, opening, coding what was found."""

from __future__ import annotations

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from qualcode.bootstrap import Settings, open_store, workbench
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Segment
from qualcode.domain.memos import Memo
from qualcode.workbench import coding, reducing, search_keys, words_aside
from tests.browsing import in_menu, outside
from tests.builders import DAY, bring_in
from tests.serving import served
from tests.ui.reading_study import CODER, bench_of, make_study

pytestmark = pytest.mark.browser

# Invented answers.
ANSWERS = (
    "Palveluiden hakeminen on vaikeaa 😀.",
    "Lapsiperhepalvelu auttoi meitä. Avun saaminen kesti.",
    "Sain apua, kun asiakkaiden toiveita kuultiin!",
    'Työntekijä sanoi: <b onclick="x">palvelu</b> on hyvä.',
    "En tiedä.",
)


@pytest.fixture
def server(tmp_path_factory):
    """A study of each test's own, so that a second try does not find what the first one coded."""
    folder = tmp_path_factory.mktemp("finding")
    path = make_study(folder / "haku.qualcode", ANSWERS)
    store = open_store(path)
    bench = workbench(store, Settings(folder=folder, coder=CODER))
    reducing.reduce(bench, "q0-2", 0, 9, "apua saatu palvelusta")
    memo = Memo("m1", "document", "q0-0", "Palvelu toistuu teemana", "…", CODER, DAY, DAY)
    bring_in(bench, memo)
    store.close()
    with served(path, "--coder", CODER) as server:
        yield server


@pytest.fixture
def finding(server, page):
    page.goto(f"{server.url}/haku")
    expect(field(page)).to_be_focused()
    return page, server


def field(page):
    return page.get_by_role("searchbox", name="Haettavat sanat")


def lines(page):
    return page.locator(".qc-find-line")


def codings(server):
    store = open_store(server.study)
    with store.reading() as rows:
        segments = {s.id: s for s in rows.find(Segment)}
        found = sorted(
            (segments[c.segment_id].document_id, segments[c.segment_id].start)
            for c in rows.find(Coding)
        )
    store.close()
    return found


def test_results_come_while_somebody_types(finding):
    page, _ = finding
    expect(page.get_by_text("Kirjoita sana: löydöt tulevat heti tähän.")).to_be_visible()
    page.keyboard.type("palvelut", delay=30)
    status = page.locator(".qc-find-bar .qc-find-status")
    expect(status).to_have_text("3 vastausta · 1 pelkistys · 1 muistio")
    words = page.locator(".qc-find-words")
    expect(words).to_have_text(
        ["Palveluiden", "Lapsiperhepalvelu", "palvelu", "palvelusta", "Palvelu"]
    )
    lefts = {
        round(box.bounding_box()["x"] - line.bounding_box()["x"])
        for box, line in zip(words.all()[:3], lines(page).all()[:3], strict=True)
    }
    assert len(words.all()) == 5 and max(lefts) - min(lefts) <= 2, "the words stand in one column"
    page.keyboard.press("Control+a")
    page.keyboard.type("qwertz")
    expect(page.get_by_text("Mitään ei löytynyt.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    assert outside(page.requested) == []


def test_ways_and_places_of_searching(finding):
    page, server = finding
    bench = bench_of(server.study)
    with bench.store.writing() as rows:
        words_aside.add(rows, search_keys.method_of(bench), ["apua"])
    bench.store.close()
    page.keyboard.type("apu")
    expect(lines(page)).to_have_count(3)
    note = page.locator(".qc-find-note")
    expect(note).to_contain_text("1 sanan (apua) muotojen selvittäminen kesti liian kauan")
    note.get_by_role("button", name="Yritä uudelleen").click()
    expect(note).to_be_hidden()
    expect(lines(page)).to_have_count(3)
    page.get_by_role("combobox", name="Miten sanoja haetaan").select_option(
        "Täsmälleen näin kirjoitettuna"
    )
    expect(page.get_by_text("Juuri näin kirjoitettuna ei löytynyt mitään.")).to_be_visible()
    page.get_by_role("combobox", name="Miten sanoja haetaan").select_option("regex")
    field(page).fill(r"a[pv]u\w+|(")
    expect(page.get_by_text("ei voi tulkita")).to_be_visible()
    field(page).fill(r"\ba[pv]u\w*")
    expect(lines(page)).to_have_count(3)
    page.get_by_label("Pelkistykset").uncheck()
    expect(lines(page)).to_have_count(2)
    page.get_by_label("Kysymyksittäin").check()
    expect(page.locator(".qc-find-heading")).to_have_text(["0 Kysymys 0"])


def test_a_line_opens_its_answer_and_the_search_is_there_on_coming_back(finding):
    page, _ = finding
    page.keyboard.type("asiakas")
    expect(lines(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(lines(page).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/koodaus"))
    expect(page.get_by_text("Vastaus 3/5")).to_be_visible()
    in_menu(page, "Haku").click()
    expect(field(page)).to_have_value("asiakas")
    expect(lines(page)).to_have_count(1)


def test_everything_found_is_coded_after_a_review_and_one_undo_takes_it_back(finding):
    page, server = finding
    page.keyboard.type("palvelu")
    page.get_by_role("button", name="Koodaa löydöt…").click()
    page.get_by_role("combobox", name="Annettava koodi").select_option(label="Osallisuus")
    page.get_by_role("combobox", name="Mitä koodataan").select_option("words")
    boxes = page.locator(".qc-find-review .qc-find-item input")
    expect(boxes).to_have_count(3)
    boxes.nth(2).uncheck()
    page.get_by_role("button", name="Koodaa 2 vastausta").click()
    expect(page.get_by_text("Tehty:")).to_be_visible()
    assert codings(server) == [("q0-0", 0), ("q0-1", 0)]
    expect(page.locator(".qc-find-carries")).to_have_count(2)
    expect(page.get_by_text("koodi on jo")).to_have_count(2)
    page.locator(".qc-find-review").get_by_role("button", name="Kumoa").click()
    expect(page.get_by_text("Kumottu: koodasi")).to_be_visible()
    assert codings(server) == []
    page.keyboard.press("Escape")
    expect(lines(page)).to_have_count(5)


def test_a_link_opens_the_page_with_its_words(finding):
    page, server = finding
    page.goto(f"{server.url}/haku?sana=apu")
    expect(field(page)).to_have_value("apu")
    expect(lines(page)).to_have_count(3)


def test_what_was_found_is_saved_as_a_table(finding):
    page, _ = finding
    page.keyboard.type("apua")
    expect(lines(page)).to_have_count(3)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Tallenna taulukkona").click()
    text = saved.value.path().read_text(encoding="utf-8-sig")
    assert saved.value.suggested_filename == "haku.csv"
    assert text.splitlines()[0].startswith('"Vastaaja";"Toimijaryhmä"')
    assert '"apua"' in text


def test_the_page_is_accessible(finding):
    page, _ = finding
    page.keyboard.type("palvelu")
    expect(lines(page)).to_have_count(5)
    page.get_by_role("button", name="Koodaa löydöt…").click()
    found = Axe().run(page, context=".qc-find").response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_searching_over_the_answers_opens_a_place_with_its_words_selected(finding):
    page, server = finding
    page.goto(f"{server.url}/koodaus")
    expect(page.get_by_text("Vastaus 1/5")).to_be_visible()
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Haku")
    expect(field(page)).to_be_focused()
    page.keyboard.type("apu")
    expect(lines(page)).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Vastaus 3/5")).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_text("Tallennettu")).to_be_visible()
    wait_for(lambda: codings(server) == [("q0-2", 5)])
    page.keyboard.press("Control+z")
    wait_for(lambda: codings(server) == [])
    page.keyboard.press("Control+f")
    expect(field(page)).to_have_value("apua")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def wait_for(holds, seconds=20):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_escape_leaves_one_thing_at_a_time(finding):
    page, server = finding
    page.goto(f"{server.url}/koodaus")
    expect(page.get_by_text("Vastaus 1/5")).to_be_visible()
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Haku")
    page.keyboard.type("palvelu")
    expect(lines(page)).to_have_count(5)
    page.get_by_role("button", name="Koodaa löydöt…").click()
    expect(page.locator(".qc-find-review")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".qc-find-review")).to_be_hidden()
    expect(dialog).to_be_visible()
    expect(page.get_by_role("button", name="Koodaa löydöt…")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_review_list_by_keyboard_with_a_code_made_meanwhile(finding):
    page, server = finding
    page.keyboard.type("palvelu")
    page.get_by_role("button", name="Koodaa löydöt…").click()
    expect(page.get_by_text("Ctrl+Enter koodaa")).to_be_visible()
    store = open_store(server.study)
    bench = workbench(store, Settings(folder=server.study.parent, coder=CODER))
    coding.add_code(bench, "Palvelusta sanottua")
    store.close()
    codes = page.get_by_role("combobox", name="Annettava koodi")
    page.get_by_role("combobox", name="Mitä koodataan").focus()
    codes.focus()
    expect(codes.locator("option", has_text="Palvelusta sanottua")).to_have_count(1)
    codes.select_option(label="Palvelusta sanottua")
    boxes = page.locator(".qc-find-review .qc-find-item input")
    expect(boxes).to_have_count(3)
    boxes.first.focus()
    page.keyboard.press("ArrowDown")
    expect(boxes.nth(1)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Koodaa 2 vastausta")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Tehty:")).to_be_visible()
    assert [document for document, _ in codings(server)] == ["q0-0", "q0-3"]
    page.locator(".qc-find-review").get_by_role("button", name="Kumoa").click()
    expect(page.get_by_text("Kumottu: koodasi")).to_be_visible()
    field(page).fill("apu")
    expect(page.locator(".qc-find-review")).to_be_hidden()
    expect(lines(page)).to_have_count(3)


def test_a_pattern_that_cannot_be_read_is_told_in_finnish(finding):
    page, _ = finding
    page.get_by_role("combobox", name="Miten sanoja haetaan").select_option("regex")
    field(page).fill("palv(elu")
    expect(page.locator(".qc-find-note")).to_contain_text("sulku ”(” on sulkematta (merkki 9)")
    field(page).fill(r"palv\w+")
    expect(lines(page)).to_have_count(5)
