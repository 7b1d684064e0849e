"""Views, groups and links in a real browser, with real keys: any way of looking is found again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from qualcode.domain.coding import Coding
from qualcode.store.views import AnswerQuery, AnswerState, Facet, among
from qualcode.workbench import coding, reducing, saved_views
from tests.ui.reading_page import Reading
from tests.ui.reading_study import ANSWERS, CODER, bench_of, make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FITS = """(() => {
  const page = document.querySelector('[data-testid="stMain"]');
  return page.scrollHeight <= page.clientHeight;
})()"""
"""Whether the page has nothing to scroll."""


@pytest.fixture
def views(serve, page, tmp_path, monkeypatch):
    """Five answers to each of two questions; the first and the fourth have codes."""
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    study = make_study(tmp_path / "views.qualcode", questions=2)
    bench = bench_of(study)
    coding.code(bench, "q0-0", 0, 4, "c0")
    coding.code(bench, "q0-0", 5, 10, "c1")
    coding.code(bench, "q0-3", 0, 5, "c1")
    return Reading(page, serve(study))


def rows_of(page):
    return page.locator(".qc-row").evaluate_all("rows => rows.map(row => row.dataset.doc)")


def query_of(page):
    return parse_qs(urlsplit(page.url).query)


def pinned(page):
    return [text.split("\n")[-1] for text in page.locator(".qc-pinned .qc-code").all_inner_texts()]


def choose(page, label, option):
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(option)
    page.keyboard.press("Enter")


# --- saved views ------------------------------------------------------------------------------


def test_a_view_with_pins_is_saved_left_and_come_back_to_by_its_link(views, page):
    views.open()
    choose(page, "Mitkä vastaukset", "Koodaamattomat")
    page.wait_for_function("document.querySelectorAll('.qc-row').length === 3")
    page.get_by_role("button", name="Näkymät").click()
    page.get_by_role("textbox", name="Tallenna tämä uudeksi näkymäksi").fill("Kesken")
    pins = page.get_by_role("combobox", name="Koodit näppäimissä 1–9")
    pins.click()
    for code in ("Luottamus", "Osallisuus"):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Tallenna näkymä").click()
    page.wait_for_url("**/koodaus?nakyma=*")
    link = page.url
    page.wait_for_function("document.querySelectorAll('.qc-pinned .qc-code').length === 2")
    assert pinned(page) == ["Luottamus", "Osallisuus"]

    page.goto(f"{views.server.url}/loki")
    page.get_by_text("tallensi näkymän ”Kesken”").first.wait_for()
    page.context.clear_cookies()
    page.goto(link)
    page.wait_for_selector(".qc-row")
    assert rows_of(page) == ["q0-1", "q0-2", "q0-4"]
    assert pinned(page) == ["Luottamus", "Osallisuus"]
    page.locator(".qc-row[data-doc=q0-1]").click()
    views.act("1")
    assert (ANSWERS[1], "Luottamus") in views.codings
    views.press("3")
    page.get_by_text("Näppäimeen 3 ei ole kiinnitetty koodia.").first.wait_for()
    assert len(rows_of(page)) == 3, "the answer stays while it is read"


def test_a_view_is_undone_as_any_act(views, page):
    saved_views.save(bench_of(views.server.study), "Oma", AnswerQuery(AnswerState.CODED))
    views.open()
    views.act("Control+z")
    page.get_by_text("tallensi näkymän ”Oma”").first.wait_for()
    with bench_of(views.server.study).store.reading() as rows:
        assert saved_views.views_of(rows) == []


# --- conditions and groups --------------------------------------------------------------------


def test_a_condition_is_added_by_keyboard_and_taken_off(views, page):
    views.open()
    page.evaluate("document.querySelector('.qc-list').same = true")
    page.get_by_role("button", name="Ehto").focus()
    page.keyboard.press("Enter")
    choose(page, "Mitä vastaukselta kysytään", "Koodi")
    values = page.get_by_role("combobox", name="Arvot")
    values.click()
    page.keyboard.type("Valinnan")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Lisää ehto").click()
    page.wait_for_function("document.querySelectorAll('.qc-row').length === 2")
    assert rows_of(page) == ["q0-0", "q0-3"]
    assert '"code","any",["c1"]' in query_of(page)["ehdot"][0]
    # The marker goes on below the condition, and is fitted to the room that is left.
    assert page.evaluate("document.querySelector('.qc-list').same")
    page.wait_for_function(FITS)
    page.get_by_role("button", name="Koodi: Valinnanvapaus").click()
    page.wait_for_function("document.querySelectorAll('.qc-row').length === 5")
    assert '"code"' not in query_of(page)["ehdot"][0]


def test_answers_grouped_by_code_have_headings_and_stand_once(views, page):
    page.goto(f'{views.server.url}/koodaus?ehdot={{"group":["code"]}}')
    page.wait_for_selector(".qc-group")
    headings = page.locator(".qc-group").all_inner_texts()
    assert [text.split("\n") for text in headings] == [
        ["Osallisuus", "1 vastaus"],
        ["Valinnanvapaus", "2 vastausta"],
        ["Ei koodeja", "8 vastausta"],
    ]
    assert rows_of(page)[:3] == ["q0-0", "q0-3", "q0-1"]
    again = page.locator(".qc-again button")
    assert again.count() == 1
    assert again.inner_text().startswith("V0 on näkyvissä ylempänä: Sain itse")
    page.locator(".qc-row[data-doc=q1-4]").click()
    again.click()
    page.wait_for_selector(".qc-row[data-doc=q0-0]:focus")
    views.press("j")
    page.wait_for_selector(".qc-row[data-doc=q0-3]:focus")
    top = page.evaluate(
        """() => {
            const row = document.querySelector(".qc-row[data-doc=q0-3]").getBoundingClientRect();
            const list = document.querySelector(".qc-list").getBoundingClientRect();
            const above = document.elementFromPoint(row.left + 40, row.top + 4);
            return [row.top >= list.top, above.closest('.qc-row')?.dataset.doc];
        }"""
    )
    assert top == [True, "q0-3"], "no heading covers the row that is read"


def test_coding_in_a_group_moves_nothing(views, page):
    page.goto(f'{views.server.url}/koodaus?ehdot={{"group":["code"]}}')
    page.wait_for_selector(".qc-group")
    before = rows_of(page)
    page.locator(".qc-row[data-doc=q0-1]").click()
    views.act("1")
    page.wait_for_timeout(4_000)  # the page hears of acts a little after the last one
    assert rows_of(page) == before
    assert page.locator(".qc-group").count() == 3
    page.wait_for_selector(".qc-row[data-doc=q0-1]:focus")


# --- links ------------------------------------------------------------------------------------


def test_a_link_copied_with_l_picks_the_passage_in_another_window(views, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    views.open()
    views.press("]", "]", "l")
    page.get_by_text("Linkki kopioitu.").first.wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    with bench_of(views.server.study).store.reading() as rows:
        (code_c1,) = [
            c.id for c in rows.find(Coding, code_id="c1") if c.segment_id in segments_of(rows)
        ]
    assert parse_qs(urlsplit(link).query) == {"ilmaus": [code_c1]}
    other = page.context.new_page()
    other.goto(link)
    other.wait_for_selector(".qc-row[data-doc=q0-0][aria-current=true]")
    other.wait_for_selector(".qc-mark.qc-is-picked")
    assert other.locator(".qc-mark.qc-is-picked").text_content() == "itse "
    assert "ilmaus" not in query_of(other), "the address is free for what is read next"
    other.keyboard.press("Delete")
    other.wait_for_selector(".qc-marker[data-pending='0'][data-state='saved']")
    other.close()
    assert ("itse ", "Valinnanvapaus") not in views.codings
    assert ("Sain", "Osallisuus") in views.codings


def segments_of(rows):
    query = AnswerQuery(document_ids=("q0-0",))
    (row,) = rows.answers(query, 0, 1).rows
    return {span.segment_id for span in row.spans}


def test_a_link_to_an_expression_picks_what_lies_on_it(views, page):
    bench = bench_of(views.server.study)
    coding.code(bench, "q0-4", 0, 8, "c2")
    with bench.store.reading() as rows:
        query = AnswerQuery(conditions=(among(Facet.CODE, "c2"),))
        (row,) = rows.answers(query, 0, 1).rows
    page.goto(f"{views.server.url}/koodaus?ilmaus={row.spans[0].segment_id}")
    page.wait_for_selector(".qc-mark.qc-is-picked")
    assert page.locator(".qc-mark.qc-is-picked").inner_text() == "Avustaja"


def test_an_original_expression_opens_where_it_stands(views, page):
    bench = bench_of(views.server.study)
    reducing.reduce(bench, "q0-0", 0, 4, "sai itse")
    with bench.store.reading() as rows:
        reduction = rows.worded("sai itse")
    page.goto(f"{views.server.url}/pelkistykset?pelkistys={reduction.id}")
    page.get_by_role("button", name="Avaa", exact=True).first.click()
    page.wait_for_selector(".qc-row[data-doc=q0-0][aria-current=true]")
    page.wait_for_selector(".qc-mark.qc-is-picked")
    assert page.locator(".qc-mark.qc-is-picked").inner_text() == "Sain"


# --- how it looks -----------------------------------------------------------------------------


def test_the_row_of_filters_fits_a_small_window_in_one_line(views, page):
    page.set_viewport_size({"width": 1280, "height": 720})
    views.open()
    boxes = page.locator(".st-key-filters > div").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(b => [b.top, b.right])"
    )
    tops = {round(top) for top, _ in boxes}
    assert max(tops) - min(tops) < 8, boxes
    assert max(right for _, right in boxes) <= 1280


def test_answers_stand_closer_and_remember_it(views, page):
    views.open()
    height = page.locator(".qc-row").first.bounding_box()["height"]
    views.press("y")
    page.get_by_text("Vastaukset tiiviisti.").first.wait_for()
    assert page.locator(".qc-row").first.bounding_box()["height"] < height
    page.reload()
    page.wait_for_selector(".qc-marker.qc-is-close .qc-row")
    views.press("y")
    page.wait_for_selector(".qc-marker:not(.qc-is-close) .qc-row")
