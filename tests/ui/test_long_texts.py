"""A transcript of 20,000 invented words and 1,000 codings, read and coded by real key presses."""

from __future__ import annotations

import pytest

from benchmarks.big_transcript import build, transcript
from qualcode.bootstrap import Settings, open_store, workbench
from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.documents import Segment
from qualcode.domain.reading_places import Bookmark, Speaker
from qualcode.domain.turns import turns_of
from qualcode.workbench import coding
from tests.browsing import in_menu
from tests.serving import served
from tests.ui.reading_page import Acting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODER = "koodaaja"
TEXT = transcript()
TURNS = turns_of(TEXT)
ROW = ".qc-row[data-doc=h7]"
# What stands at the top of the window, and how far below the top its line begins.
PLACE = """() => {
    const list = document.querySelector('.qc-list')?.getBoundingClientRect();
    if (!list) return null;
    const lines = [...document.querySelectorAll('.qc-row[data-doc=h7] .qc-line')];
    const line = lines.find((one) => one.getBoundingClientRect().bottom > list.top + 1);
    if (!line) return null;
    const top = Math.round(line.getBoundingClientRect().top - list.top);
    return [line.textContent.slice(0, 60), top];
}"""


class Transcript(Acting):
    """The interview on the screen, the keys going to it."""

    def __init__(self, page, server):
        self.page = page
        self.server = server
        self.page.goto(f"{server.url}/koodaus?vastaus=h7")
        self.page.wait_for_selector(f"{ROW}:focus")
        self.page.wait_for_selector(f"{ROW} .qc-mark")

    def scroll_to(self, share):
        """Brings so much of the text (0-1) to the top of the window."""
        # Heights are guessed until they are seen: the place is there when it holds for two frames.
        self.page.evaluate(
            """async (share) => {
                const list = document.querySelector('.qc-list');
                const row = document.querySelector('.qc-row[data-doc=h7]');
                const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
                for (let rested = 0; rested < 3;) {
                    const wanted = Math.round(row.offsetTop + share * row.offsetHeight);
                    rested = Math.abs(list.scrollTop - wanted) > 1 ? 0 : rested + 1;
                    list.scrollTop = wanted;
                    await frame();
                }
            }""",
            share,
        )

    @property
    def place(self):
        return self.page.evaluate(PLACE)

    @property
    def selected(self):
        return self.page.evaluate("document.getSelection().toString()")

    @property
    def selected_from(self):
        """Where in the text the selection begins: its words may stand there many times over."""
        before = self.page.evaluate(
            """() => {
                const range = document.createRange();
                range.setStart(document.querySelector('.qc-row[data-doc=h7] .qc-text'), 0);
                const { anchorNode, anchorOffset } = document.getSelection();
                range.setEnd(anchorNode, anchorOffset);
                return range.toString();
            }"""
        )
        return len(before)

    def painted(self):
        """Waits until what the last act changed is on the screen, and what is measured after it."""
        self.page.evaluate(
            """async () => {
                const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
                for (let i = 0; i < 4; i += 1) await frame();
            }"""
        )

    def sees(self, selector):
        """Whether the box is in the window of the answers, all of it."""
        return self.page.locator(selector).evaluate(
            """(box) => {
                const list = document.querySelector('.qc-list').getBoundingClientRect();
                const { top, bottom, height } = box.getBoundingClientRect();
                return height > 20 && top >= list.top - 1 && bottom <= list.bottom + 1;
            }"""
        )

    def distance_from_passage(self, selector):
        """Pixels between the box and the words that are selected or marked as its target."""
        return self.page.locator(selector).evaluate(
            """(box) => {
                const range = [...(CSS.highlights.get('qc-target') ?? [])][0];
                const a = box.getBoundingClientRect();
                const gaps = [...range.getClientRects()]
                    .map((b) => Math.max(a.top - b.bottom, b.top - a.bottom));
                return Math.min(...gaps);
            }"""
        )

    def strayed_from_lines(self):
        """How many pixels a stripe in sight stands off its words, at most."""
        off = self.off_their_lines()
        assert off, "no passage of one line is in sight"
        return max(off)

    def off_their_lines(self):
        """How many pixels each stripe of a passage of one line in sight stands off its words."""
        return self.page.evaluate(
            """() => {
                const list = document.querySelector('.qc-list').getBoundingClientRect();
                const off = [];
                for (const stripe of document.querySelectorAll('.qc-beside .qc-stripe')) {
                    const { top } = stripe.getBoundingClientRect();
                    const ofIt = `.qc-mark[data-ids~="${stripe.dataset.id}"]`;
                    const rects = [...document.querySelectorAll(ofIt)]
                        .flatMap((mark) => [...mark.getClientRects()]);
                    // A passage of one line: nothing else that the stripe might stand beside.
                    const [one] = rects;
                    if (!one || rects.some((other) => Math.abs(other.top - one.top) > 4)) continue;
                    const inSight = one.bottom > list.top && one.top < list.bottom;
                    if (inSight) off.push(Math.abs(top - one.top));
                }
                return off;
            }"""
        )

    @property
    def said(self):
        return self.page.locator(".qc-foot .qc-hint").inner_text()

    def rows(self, ask):
        """What ``ask`` finds in the study's own file."""
        bench = bench_of(self.server)
        with bench.store.reading() as rows:
            found = ask(rows)
        bench.store.close()
        return found

    def coded(self, quote):
        """Codes of my codings on exactly these words."""

        def ask(rows):
            spans = [s for s in rows.find(Segment, document_id="h7") if s.of(TEXT) == quote]
            ids = tuple(s.id for s in spans)
            return sorted(c.code_id for c in rows.find(Coding, segment_id=ids, coder=CODER))

        return self.rows(ask)


def bench_of(server, coder=CODER):
    return workbench(open_store(server.study), Settings(folder=server.study.parent, coder=coder))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("transcript")
    study = build(folder / "haastattelu.qualcode")
    with served(study, "--coder", CODER) as server:
        yield server


@pytest.fixture
def reading(page, server):
    page.set_viewport_size({"width": 1280, "height": 720})
    return Transcript(page, server)


def test_all_of_the_text_is_there_as_it_was_written(reading):
    shown = reading.page.locator(f"{ROW} .qc-text").text_content()
    assert shown == TEXT
    # The browser's own search finds what is far away.
    last = TURNS[-1]
    words = TEXT[last.words : last.end].strip()[-40:]
    assert reading.page.evaluate("words => window.find(words, false, true)", words)
    assert reading.selected == words


def test_marks_are_painted_near_sight_and_on_the_right_words(reading):
    painted = reading.page.locator(f"{ROW} .qc-mark")
    assert 0 < painted.count() < 300
    reading.scroll_to(0.6)
    shown = reading.page.evaluate(
        """() => {
            const list = document.querySelector('.qc-list').getBoundingClientRect();
            const found = {};
            for (const mark of document.querySelectorAll('.qc-row[data-doc=h7] .qc-mark')) {
                const { top, bottom } = mark.getBoundingClientRect();
                if (bottom < list.top || top > list.bottom) continue;
                for (const id of mark.dataset.ids.split(' ')) found[id] = '';
            }
            for (const id in found) {
                const marks = document.querySelectorAll(`.qc-mark[data-ids~="${id}"]`);
                found[id] = [...marks].map((mark) => mark.textContent).join('');
            }
            const beside = [...document.querySelectorAll('.qc-beside .qc-stripe')]
                .map((stripe) => stripe.dataset.id);
            return { found, beside };
        }"""
    )
    assert len(shown["found"]) > 3
    assert set(shown["found"]) <= set(shown["beside"])

    def ask(rows):
        segments = {s.id: s.of(TEXT) for s in rows.find(Segment, document_id="h7")}
        marks = [*rows.find(Coding), *rows.find(ReductionLink)]
        return {mark.id: segments.get(mark.segment_id) for mark in marks}

    quotes = reading.rows(ask)
    assert {id: quotes[id] for id in shown["found"]} == shown["found"]


def test_the_next_uncoded_part_is_selected_and_coded_and_left_behind(reading):
    reading.scroll_to(0.1)
    seen = []
    for key in "12":
        reading.press("g")
        quote = reading.selected
        seen.append(quote)
        turn = next(t for t in TURNS if TEXT[t.words : t.end].strip() == quote)
        assert turn.speaker != "H"
        reading.act(key)
        assert reading.selected == quote
    assert seen[0] != seen[1]
    assert reading.coded(seen[0]) == ["c00"] and reading.coded(seen[1]) == ["c01"]
    reading.press("Shift+g")
    assert reading.selected not in seen
    assert TEXT.index(reading.selected) < TEXT.index(seen[0])


def test_nothing_is_coded_when_nothing_is_selected(reading):
    before = reading.rows(lambda rows: rows.count(Coding))
    reading.press("Escape", "1")
    assert "Valitse ensin sanoja" in reading.said
    assert reading.rows(lambda rows: rows.count(Coding)) == before


def test_with_nothing_selected_what_opens_takes_the_sentence_that_is_read(reading):
    reading.scroll_to(0.45)
    before = reading.place
    reading.press("s")
    sentence, began = reading.selected, reading.selected_from
    reading.press("Escape", "Enter")
    # Typed in one go, as by somebody who looks at the text: no letter is a key of the desk.
    reading.page.keyboard.type("auttaminen kotona")
    assert reading.page.locator(".qc-reduce input").input_value() == "auttaminen kotona"
    assert sentence[:30] in reading.page.locator(".qc-reduce .qc-target").inner_text()
    assert reading.page.locator(".qc-is-gathered").count() == 0
    reading.page.locator(".qc-reduce input").fill("")
    reading.press("Escape")
    assert (reading.selected, reading.selected_from) == (sentence, began)
    for key, box in (("c", ".qc-picker"), ("o", ".qc-stance-menu")):
        reading.press("Escape", key)
        assert reading.sees(box)
        reading.press("Escape")
        assert (reading.selected, reading.selected_from) == (sentence, began)
    assert reading.place == before


def test_what_opens_over_a_long_text_opens_at_the_passage_and_moves_nothing(reading):
    # High enough for the list of codes below the passage: a lower window is scrolled to show both.
    reading.page.set_viewport_size({"width": 1280, "height": 960})
    reading.painted()
    reading.scroll_to(0.5)
    reading.press("t", "s")
    before, quote = reading.place, reading.selected
    for key, box in (
        ("m", ".qc-memo-box"),
        ("Enter", ".qc-reduce"),
        ("c", ".qc-picker"),
        ("o", ".qc-stance-menu"),
    ):
        reading.press(key)
        assert reading.sees(box)
        assert reading.distance_from_passage(box) < 60
        assert reading.place == before
        reading.press("Escape")
        assert (reading.place, reading.selected) == (before, quote)
    # A memo on the whole text opens where one reads.
    reading.press("Escape", "m")
    assert reading.sees(".qc-memo-box") and reading.place == before
    reading.press("Escape")
    # A passage that was scrolled away is brought back with its field.
    reading.press("s")
    reading.scroll_to(0.7)
    reading.press("m")
    assert reading.sees(".qc-memo-box")
    assert reading.distance_from_passage(".qc-memo-box") < 60


def test_what_stands_beside_the_lines_and_the_place_hold_when_heights_change(reading):
    reading.scroll_to(0.5)
    reading.press("s")
    before = reading.place
    assert reading.strayed_from_lines() < 5
    reading.press("m")
    reading.page.keyboard.type("Muistio kesken lukemisen")
    reading.act("Control+Enter")
    reading.page.wait_for_selector(f"{ROW} .qc-memo")
    reading.painted()
    assert reading.place == before
    assert reading.strayed_from_lines() < 5
    reading.press("o")
    reading.act("1")
    reading.painted()
    assert reading.place == before
    assert reading.strayed_from_lines() < 5
    for _ in ("close", "table", "roomy"):
        reading.press("y")
        reading.painted()
        assert reading.place == before
        assert reading.strayed_from_lines() < 5
    reading.page.set_viewport_size({"width": 1040, "height": 720})
    reading.painted()
    assert reading.place[0] == before[0]
    assert reading.strayed_from_lines() < 5
    reading.page.set_viewport_size({"width": 1280, "height": 720})
    reading.painted()
    reading.act("Control+z", "Control+z", acts=2)
    reading.painted()
    assert reading.place == before
    assert reading.strayed_from_lines() < 5
    # Where a jump goes to follows too.
    for _ in range(8):
        reading.press("g")
        reading.painted()
        if reading.off_their_lines():
            break
    assert reading.strayed_from_lines() < 5


def test_after_a_reduction_the_next_step_goes_on_from_the_passage(reading):
    reading.scroll_to(0.62)
    reading.press(*"ssssss")
    before, quote, began = reading.place, reading.selected, reading.selected_from
    reading.press("Enter")
    reading.page.keyboard.type("jatketaan tästä")
    reading.act("Enter")
    assert (reading.place, reading.selected_from, reading.selected) == (before, began, quote)
    reading.press("s")
    assert reading.selected_from > began
    after = reading.selected_from
    reading.press("Enter")
    reading.page.keyboard.type("ja tästä")
    reading.act("Enter")
    reading.press("g")
    assert reading.selected_from > after


def test_words_and_sentences_begin_in_sight(reading):
    reading.scroll_to(0.5)
    before = reading.place
    reading.press("ArrowRight")
    word = reading.selected
    assert word and reading.place == before
    assert reading.page.evaluate(
        """() => {
            const list = document.querySelector('.qc-list').getBoundingClientRect();
            const word = document.getSelection().getRangeAt(0).getBoundingClientRect();
            return word.top >= list.top - 1 && word.bottom <= list.bottom;
        }"""
    )
    reading.press("Shift+ArrowRight", "Shift+ArrowRight", "3")
    quote = reading.selected
    reading.wait_saved()
    assert reading.coded(quote) == ["c02"]
    reading.press("Escape", "s")
    assert reading.place == before and len(reading.selected) > 3


def test_the_place_and_the_selection_survive_saves_undo_and_other_peoples_work(reading):
    reading.scroll_to(0.3)
    reading.press("t", "s")
    before, quote = reading.place, reading.selected
    reading.act("4", "5")
    reading.act("Control+z", "Control+z")
    assert (reading.place, reading.selected) == (before, quote)
    above = next(t for t in TURNS if t.speaker == "V1")
    other = bench_of(reading.server, "Pekka")
    coding.code(other, "h7", above.words, above.words + 5, "c09")
    start = reading.selected_from
    made = coding.code(other, "h7", start, start + 3, "c10")
    other.store.close()
    reading.page.wait_for_selector(f'.qc-mark[data-ids~="{made.id}"]', timeout=20_000)
    assert (reading.place, reading.selected) == (before, quote)


def test_the_place_survives_a_reload_and_another_page(reading):
    reading.scroll_to(0.7)
    reading.press("ArrowRight")
    before, word = reading.place, reading.selected
    reading.page.reload()
    reading.page.wait_for_selector(f"{ROW} .qc-mark")
    reading.page.wait_for_function(f"before => String(({PLACE})()) === String(before)", arg=before)
    assert reading.selected == word
    in_menu(reading.page, "Aineisto").click()
    reading.page.wait_for_selector(".qc-marker", state="detached")
    in_menu(reading.page, "Lue ja koodaa").click()
    reading.page.wait_for_function(f"before => String(({PLACE})()) === String(before)", arg=before)


def test_keys_scroll_in_the_text_before_they_leave_it(reading):
    top = reading.place
    reading.press("ArrowDown", "ArrowDown")
    assert reading.place != top
    reading.press("ArrowUp", "ArrowUp")
    assert reading.place == top
    reading.press("PageDown")
    assert reading.page.locator(f"{ROW}[aria-current=true]").count() == 1
    reading.press("End")
    assert reading.page.locator(f"{ROW}[aria-current=true]").count() == 1
    end = TEXT[-30:].strip()
    assert reading.page.evaluate(
        """(end) => {
            const list = document.querySelector('.qc-list').getBoundingClientRect();
            const lines = document.querySelectorAll('.qc-row[data-doc=h7] .qc-line');
            const last = lines[lines.length - 1];
            return last.textContent.trim().endsWith(end)
                && last.getBoundingClientRect().bottom <= list.bottom + 1;
        }""",
        end,
    )
    reading.press("ArrowDown")
    reading.page.wait_for_selector(".qc-row[data-doc=h8][aria-current=true]")
    reading.press("ArrowUp")
    reading.page.wait_for_selector(f"{ROW}[aria-current=true]")
    reading.press("Home")
    assert reading.place == top


def test_bookmarks_are_set_found_and_taken_away(reading):
    def bookmarks():
        return sorted(
            mark.position for mark in reading.rows(lambda rows: rows.find(Bookmark, coder=CODER))
        )

    # A try before this one may have left some.
    for _ in bookmarks():
        reading.act("Shift+b", "b")
    for share in (0.2, 0.8):
        reading.scroll_to(share)
        reading.press("t")
        reading.act("b")
    assert len(bookmarks()) == 2
    reading.press("Home", "Shift+b")
    first = reading.selected
    reading.press("Shift+b")
    second = reading.selected
    assert TEXT[bookmarks()[0] :].startswith(first[:40])
    assert TEXT[bookmarks()[1] :].startswith(second[:40])
    assert reading.page.locator(f"{ROW} .qc-is-bookmarked").count() == 2
    reading.act("b")
    assert len(bookmarks()) == 1
    reading.act("Control+z")
    assert len(bookmarks()) == 2
    # The next one is asked of the server: B pressed meanwhile is meant for where one arrives.
    reading.act("Shift+b", "b", "Shift+b", "b", acts=2)
    assert bookmarks() == []


def test_who_interviews_can_be_changed_and_the_counts_follow(reading):
    question = next(t for t in TURNS if t.speaker == "H")
    other = bench_of(reading.server, "Pekka")
    coding.code(other, "h7", question.words, question.words + 5, "c58")
    with other.store.reading() as rows:
        before = rows.code_counts(["c58"])["c58"].mentions
    reading.page.wait_for_function("document.querySelectorAll('.qc-line.qc-asks').length > 100")
    reading.page.locator(ROW).get_by_role("button", name="H haastattelija").click()
    reading.wait_saved()
    assert reading.page.locator(f"{ROW} .qc-line.qc-asks").count() == 0
    with other.store.reading() as rows:
        assert [(s.label, s.interviewer) for s in rows.find(Speaker)] == [("H", False)]
        assert rows.code_counts(["c58"])["c58"].mentions == before + 1
    reading.page.locator(ROW).focus()
    reading.press("Control+z")
    reading.page.wait_for_selector(".qc-line.qc-asks")
    with other.store.reading() as rows:
        assert rows.count(Speaker) == 0
    other.store.close()


def test_marks_are_stepped_through_from_where_one_reads(reading):
    reading.scroll_to(0.4)
    reading.press("]")
    shown = reading.page.evaluate(
        """() => {
            const list = document.querySelector('.qc-list').getBoundingClientRect();
            const mark = document.querySelector('.qc-mark.qc-is-picked').getBoundingClientRect();
            return mark.top >= list.top && mark.bottom <= list.bottom;
        }"""
    )
    assert shown
    for _ in range(12):
        reading.press("]")
    picked = reading.page.locator(".qc-mark.qc-is-picked").first
    assert picked.evaluate(
        """(mark) => {
            const list = document.querySelector('.qc-list').getBoundingClientRect();
            const { top, bottom } = mark.getBoundingClientRect();
            return top >= list.top - 1 && bottom <= list.bottom + 1;
        }"""
    )


def test_a_reduction_is_written_where_the_words_are_and_reading_goes_on(reading):
    reading.scroll_to(0.55)
    reading.press("s")
    quote = reading.selected
    before = reading.place
    reading.press("Enter")
    field = reading.page.locator(".qc-reduce")
    assert field.evaluate(
        """(field) => {
            const list = document.querySelector('.qc-list').getBoundingClientRect();
            const { top, bottom } = field.getBoundingClientRect();
            return top >= list.top && bottom <= list.bottom;
        }"""
    )
    reading.page.keyboard.type("apua arkeen tarvitaan")
    reading.act("Enter")
    assert reading.place == before

    def ask(rows):
        links = [rows.get(Segment, link.segment_id) for link in rows.find(ReductionLink)]
        return [s.of(TEXT) for s in links if s.document_id == "h7"]

    assert quote in reading.rows(ask)


def test_the_map_shows_the_place_and_takes_there(reading):
    minimap = reading.page.locator(".qc-minimap")
    box = minimap.bounding_box()
    assert minimap.get_attribute("aria-valuenow") == "0"
    reading.page.mouse.click(box["x"] + 15, box["y"] + box["height"] * 0.75)
    now = "Number(document.querySelector('.qc-minimap').ariaValueNow)"
    reading.page.wait_for_function(f"{now} > 65 && {now} < 80")
    minimap.focus()
    reading.press("Home")
    reading.page.wait_for_function(f"{now} === 0")
    top = reading.place
    reading.press("PageDown", "ArrowDown")
    reading.page.wait_for_function(f"top => String(({PLACE})()) !== String(top)", arg=top)


def test_a_picture_of_the_text_is_drawn_in_the_colours_of_its_codes(reading):
    reading.page.wait_for_function(
        """() => {
            const canvas = document.querySelector('.qc-minimap canvas');
            const { width, height } = canvas;
            const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
            const found = new Set();
            for (let i = 0; i < data.length; i += 4) {
                if (data[i + 3] > 200) found.add([data[i], data[i + 1], data[i + 2]].join());
            }
            return found.size > 6;
        }"""
    )


def test_speakers_names_are_no_text(reading):
    reading.page.evaluate(
        """() => document.getSelection().selectAllChildren(
            document.querySelector('.qc-row[data-doc=h7] .qc-text'))"""
    )
    assert reading.page.locator(f"{ROW} .qc-line[data-speaker=V1]").count() > 50
    plain = " ".join(TEXT.split())
    assert " ".join(reading.selected.split()) == plain


def test_a_short_transcript_has_the_same_form(reading):
    reading.press("End", "j")
    reading.page.wait_for_selector(".qc-row[data-doc=h8][aria-current=true]")
    assert reading.page.locator(".qc-row[data-doc=h8] .qc-line.qc-asks").count() == 1
    reading.press("g")
    assert reading.selected == "Ei nyt tule mieleen."
