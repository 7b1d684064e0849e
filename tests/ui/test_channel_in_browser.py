"""Other people's work, turned sheets and strangers' pages, in a real browser on the real app."""

from __future__ import annotations

import http.server
import threading
from functools import partial

import pytest

from qualcode.workbench import coding, reducing
from tests.browsing import wait_until_still
from tests.ui.reading_page import Reading
from tests.ui.reading_study import ANSWERS, CODER, bench_of, codings, make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = [f"{ANSWERS[0]} {n} " * 4 for n in range(60)]


@pytest.fixture
def reading(serve, page, tmp_path, monkeypatch):
    """Sixty answers to one question; the fifteenth has the focus."""
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    reading = Reading(page, serve(make_study(tmp_path / "shared.qualcode", LONG)))
    reading.open(14)
    return reading


@pytest.fixture
def pekka(reading):
    """Somebody else at work on the same study."""
    bench = bench_of(reading.server.study, "Pekka")
    yield bench
    bench.store.close()


def desk_that_asks(page, other_than=""):
    """The name by which the window next asks for news, every three seconds."""

    def asks(request):
        named = request.headers.get("x-qualcode-desk", "")
        return "/qc/news" in request.url and named not in ("", other_than)

    with page.expect_request(asks, timeout=60_000) as asked:
        pass
    return asked.value.headers["x-qualcode-desk"]


def test_other_peoples_work_arrives_and_moves_nothing(reading, pekka):
    page = reading.page
    reading.press("ArrowRight", "Shift+ArrowRight")
    selected = reading.selected
    top = f"document.querySelector('{reading.row(14)}').getBoundingClientRect().top"
    before = page.evaluate(top)
    height = page.evaluate("document.querySelector('.qc-list').scrollHeight")
    for n in range(14):
        for wording in ("oma tahti", "oma valinta", "luottamus tekijään"):
            reducing.reduce(pekka, f"q0-{n}", 0, 4, f"{wording} {n}")
    coding.code(pekka, "q0-14", 0, 4, "c1")
    reading.in_row(14, ".qc-label:has-text('Valinnanvapaus')").wait_for(timeout=15_000)
    assert reading.in_row(0, ".qc-reductions li").count() == 3
    assert page.evaluate("document.querySelector('.qc-list').scrollHeight") > height
    assert abs(page.evaluate(top) - before) <= 1
    assert reading.selected == selected
    assert page.evaluate(f"document.activeElement.matches('{reading.row(14)}')")


def test_other_peoples_work_disturbs_no_reduction_that_is_being_written(reading, pekka):
    reading.press("Enter")
    reading.write("kesken oleva")
    coding.code(pekka, "q0-14", 0, 4, "c1")
    coding.code(pekka, "q0-13", 0, 4, "c2")
    reading.in_row(14, ".qc-label:has-text('Valinnanvapaus')").wait_for(timeout=15_000)
    reading.write(" pelkistys")
    reading.act("Enter")
    assert list(reading.reductions) == ["kesken oleva pelkistys"]


def test_two_windows_see_each_others_codings(reading, page):
    other = Reading(page.context.new_page(), reading.server)
    other.open(14)
    reading.act("1")
    other.in_row(14, ".qc-label").wait_for(timeout=15_000)
    other.press("2")
    other.wait_saved()
    reading.in_row(14, ".qc-label:has-text('Valinnanvapaus')").wait_for(timeout=15_000)
    reading.act("Control+z")
    assert [label for _, label in reading.codings] == ["Osallisuus"], "one's own latest act"
    other.in_row(14, ".qc-label:has-text('Valinnanvapaus')").wait_for(state="detached")


def test_a_code_that_somebody_adds_can_be_used_without_a_reload(reading, pekka):
    coding.add_code(pekka, "Uusi näkökulma")
    reading.page.get_by_text("Uusi näkökulma").first.wait_for(timeout=15_000)
    reading.press("c")
    reading.write("uusi n")
    reading.act("Enter")
    assert [label for _, label in reading.codings] == ["Uusi näkökulma"]


def asks_for_a_sheet(how):
    """Whether a question, or the answer to it, is about a sheet: "ahead", or "take" it."""

    def asks(told):
        request = getattr(told, "request", told)
        return request.url.endswith("/qc/sheet") and how in request.post_data_json

    return asks


def test_j_goes_over_the_end_of_the_sheet_without_waiting_for_anybody(serve, page, tmp_path):
    """The next answers are there while the server has not said a word and no page has run."""
    asked, held = [], []
    page.on("websocket", lambda s: s.on("framesent", lambda frame: asked.append(frame)))
    reading = Reading(page, serve(make_study(tmp_path / "sheets.qualcode", LONG)))
    with page.expect_response(asks_for_a_sheet("ahead")):
        reading.open(24)
    wait_until_still(page)
    asked.clear()
    page.route("**/qc/sheet", lambda question: held.append(question))
    with page.expect_request(asks_for_a_sheet("take")):
        reading.press("j")
    page.wait_for_selector(f"{reading.row(25)}:focus")
    (question,) = held
    assert asked == []
    question.continue_()
    page.unroute("**/qc/sheet")
    reading.press("k")
    page.wait_for_selector(f"{reading.row(24)}:focus")
    reading.press("j")
    page.wait_for_selector(f"{reading.row(25)}:focus")
    reading.press("End", "j")
    page.wait_for_selector(f"{reading.row(50)}:focus")


def test_work_goes_on_after_the_server_has_forgotten_the_window(reading):
    reading.act("1")
    forgotten = desk_that_asks(reading.page)
    reading.server.kill()
    reading.server.restart()
    # Nothing waits to be saved: the question for news finds out, and the page opens a new desk.
    assert desk_that_asks(reading.page, other_than=forgotten)
    reading.press("2")
    reading.wait_saved(timeout=60_000)
    assert [label for _, label in reading.codings] == ["Osallisuus", "Valinnanvapaus"]
    reading.page.wait_for_selector(f"{reading.row(14)}:focus")


def test_a_strangers_page_in_the_same_browser_changes_nothing(reading, page, tmp_path):
    # The worst case: the stranger has even got hold of the name.
    desk = desk_that_asks(page)
    assert desk
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    (stranger / "index.html").write_text("<title>evil</title>")
    handler = partial(_Quiet, directory=str(stranger))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.context.new_page()
        evil = page.context.pages[-1]
        evil.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        outcome = evil.evaluate(
            """async ([url, desk]) => {
                const op = { op: 'code', id: 'e', doc: 'q0-0', start: 0, end: 4, code: 'c0',
                             seq: 1 };
                const body = JSON.stringify({ client: 'evil', ops: [op], docs: ['q0-0'], seen: 0 });
                const ways = [
                    { mode: 'cors', headers: { 'Content-Type': 'application/json',
                                               'X-Qualcode-Desk': desk } },
                    { mode: 'no-cors', headers: { 'Content-Type': 'text/plain' } },
                    { mode: 'no-cors', headers: {} },
                ];
                const told = [];
                for (const way of ways) {
                    try {
                        const reply = await fetch(url, { method: 'POST', credentials: 'include',
                                                         body, ...way });
                        told.push(reply.type === 'opaque' ? 'opaque' : await reply.text());
                    } catch (error) {
                        told.push('refused');
                    }
                }
                return told;
            }""",
            [f"{reading.server.url}/qc/ops", desk],
        )
        server.shutdown()
    assert outcome == ["refused", "opaque", "opaque"], "nothing could be read"
    assert codings(reading.server.study) == [], "nor written"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: the test's own output is enough."""


def test_a_page_whose_parts_could_not_be_fetched_opens_again_by_itself(reading):
    page = reading.page
    lost = []

    def once(route):
        lost.append(route.request.url)
        route.abort() if len(lost) == 1 else route.continue_()

    page.route("**/segment_marker.css", once)
    page.goto(f"{reading.server.url}/koodaus?vastaus=q{reading.question}-1")
    page.wait_for_selector(f"{reading.row(1)}:focus", timeout=60_000)
    assert len(lost) == 2
    assert page.get_by_text("BidiComponent Error").count() == 0


def test_a_page_whose_part_never_comes_says_so_in_finnish_and_stops_trying(reading):
    page = reading.page
    page.route("**/segment_marker.js", lambda route: route.abort())
    page.goto(f"{reading.server.url}/koodaus")
    page.get_by_text("Sivun osaa ei saatu haettua").wait_for(timeout=90_000)
    assert page.get_by_text("BidiComponent Error").filter(visible=True).count() == 0
    page.unroute("**/segment_marker.js")
    page.reload()
    page.wait_for_selector(".qc-row")
