"""In Firefox: an interview of 20,000 invented words is read, coded and come back to by keys."""

from __future__ import annotations

import pytest

from benchmarks.big_transcript import build, transcript
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Segment
from qualcode.domain.reading_places import Bookmark, Speaker
from qualcode.domain.turns import turns_of
from qualcode.workbench import coding
from tests.flows.firefox.reading import FirefoxReading
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODER = "koodaaja"
TEXT = transcript()
TURNS = turns_of(TEXT)
ROW = ".qc-row[data-doc=h7]"
# What stands at the top of the window, and how far below the top its line begins.
PLACE = f"""(() => {{
    const list = document.querySelector('.qc-list')?.getBoundingClientRect();
    const lines = [...document.querySelectorAll('{ROW} .qc-line')];
    const line = list && lines.find((one) => one.getBoundingClientRect().bottom > list.top + 1);
    if (!line) return null;
    const top = Math.round(line.getBoundingClientRect().top - list.top);
    return [line.textContent.slice(0, 60), top];
}})()"""

# Where in the text the selection begins: its words may stand there many times over.
FROM = f"""(() => {{
    const range = document.createRange();
    range.setStart(document.querySelector('{ROW} .qc-text'), 0);
    const {{ startContainer, startOffset }} = document.getSelection().getRangeAt(0);
    range.setEnd(startContainer, startOffset);
    return range.toString().length;
}})()"""


class Interview(FirefoxReading):
    """The interview on the screen, the keys going to it."""

    def doc(self, answer=0):
        return "h8" if answer else "h7"

    def scroll_to(self, share):
        """Brings so much of the text (0-1) to the top of the window."""
        # Heights are guessed until they are seen: the place is there when it holds for two frames.
        self.page.ask(
            f"""(async () => {{
                const list = document.querySelector('.qc-list');
                const row = document.querySelector('{ROW}');
                for (let rested = 0; rested < 3;) {{
                    const wanted = Math.round(row.offsetTop + {share} * row.offsetHeight);
                    rested = Math.abs(list.scrollTop - wanted) > 1 ? 0 : rested + 1;
                    list.scrollTop = wanted;
                    await new Promise(requestAnimationFrame);
                }}
                return 1;
            }})()"""
        )

    @property
    def place(self):
        return self.page.ask(PLACE)

    def wait_place(self, place):
        words, top = place
        self.page.wait_for(
            f"(([words, top]) => words === {words!r} && Math.abs(top - {top}) <= 1)"
            f"({PLACE} ?? ['', 0])"
        )

    def coded(self, quote):
        """Codes of my codings on exactly these words."""
        with self.bench(CODER) as bench, bench.store.reading() as rows:
            spans = [s for s in rows.find(Segment, document_id="h7") if s.of(TEXT) == quote]
            ids = tuple(s.id for s in spans)
            return sorted(c.code_id for c in rows.find(Coding, segment_id=ids, coder=CODER))

    @property
    def bookmarks(self):
        with self.bench(CODER) as bench, bench.store.reading() as rows:
            return sorted(mark.position for mark in rows.find(Bookmark, coder=CODER))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("firefox-interview")
    study = build(folder / "haastattelu.qualcode")
    with served(study, "--coder", CODER) as server:
        yield server


@pytest.fixture
def reading(server, firefox):
    reading = Interview(firefox, server)
    reading.open()
    firefox.wait_for_selector(f"{ROW} .qc-mark")
    return reading


def test_only_what_is_near_sight_is_painted_with_lanes_beside_it_and_all_of_it_is_there(reading):
    page = reading.page
    assert page.ask(f"document.querySelector('{ROW} .qc-text').textContent") == TEXT
    assert 0 < page.count(f"{ROW} .qc-mark") < 300, "of 1,000 codings"
    reading.scroll_to(0.6)
    told = page.wait_for(
        f"""(() => {{
            const list = document.querySelector('.qc-list').getBoundingClientRect();
            const seen = [...document.querySelectorAll('{ROW} .qc-mark')].filter((mark) => {{
                const {{ top, bottom }} = mark.getBoundingClientRect();
                return bottom > list.top && top < list.bottom;
            }});
            const beside = [...document.querySelectorAll('.qc-beside .qc-stripe')];
            const ids = new Set(beside.map((stripe) => stripe.dataset.id));
            const lanes = beside.map((stripe) => stripe.getBoundingClientRect().left);
            return seen.length > 3 && {{
                bare: seen.flatMap((mark) => mark.dataset.ids.split(' '))
                    .filter((id) => !ids.has(id)),
                lanes: new Set(lanes).size,
            }};
        }})()"""
    )
    assert told["bare"] == [], "every mark in sight has its stripe"
    assert told["lanes"] > 1
    # Firefox's own search finds what is far away and not painted.
    words = TEXT[TURNS[-1].words : TURNS[-1].end].strip()[-40:]
    assert page.ask(f"window.find({words!r}, false, true)")
    assert reading.selected == words


def test_the_next_part_without_a_code_is_an_answer_and_is_coded_by_key(reading):
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
    assert TEXT.index(reading.selected) < TEXT.index(seen[0])
    reading.press("t")
    assert any(TEXT[t.words : t.end].strip() == reading.selected for t in TURNS)


def test_what_the_interviewer_says_is_not_counted_until_somebody_says_it_is(reading):
    page = reading.page
    question = next(t for t in TURNS if t.speaker == "H")

    def mentions():
        with reading.bench("Pekka") as bench, bench.store.reading() as rows:
            return rows.code_counts(["c58"])["c58"].mentions

    before = mentions()
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, "h7", question.words, question.words + 5, "c58")
    assert mentions() == before
    page.wait_for("document.querySelectorAll('.qc-line.qc-asks').length > 100")
    with reading.acting():
        page.click(f"{ROW} .qc-speaker[aria-pressed=true]", "H")
    page.wait_count(f"{ROW} .qc-line.qc-asks", 0)
    assert mentions() == before + 1
    page.click_at(page.word(f"{ROW} .qc-text", "keksitty"))
    reading.act("Control+z")
    page.wait_for_selector(".qc-line.qc-asks")
    with reading.bench() as bench, bench.store.reading() as rows:
        assert rows.count(Speaker) == 0
    assert mentions() == before


def test_bookmarks_are_set_found_and_taken_away(reading):
    for _ in reading.bookmarks:  # a try before this one may have left some
        reading.act("Shift+b", "b")
    for share in (0.2, 0.8):
        reading.scroll_to(share)
        reading.press("t")
        reading.act("b")
    first, second = reading.bookmarks
    for position in (first, second):
        if position == first:
            reading.press("Home")
        reading.press("Shift+b")
        reading.page.wait_for(
            f"document.getSelection().toString().startsWith({TEXT[position : position + 30]!r})"
        )
    assert reading.page.count(f"{ROW} .qc-is-bookmarked") == 2
    reading.act("b", "Shift+b", "b", acts=2)
    assert reading.bookmarks == []


def test_place_and_selection_survive_saves_undo_and_anothers_work(reading):
    reading.scroll_to(0.3)
    reading.press("t", "s")
    before, quote = reading.place, reading.selected
    reading.act("4", "5", acts=2)
    reading.act("Control+z", "Control+z", acts=2)
    assert (reading.place, reading.selected) == (before, quote)
    above = next(t for t in TURNS if t.speaker == "V1")
    start = reading.page.ask(FROM)
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, "h7", above.words, above.words + 5, "c09")
        made = coding.code(pekka, "h7", start, start + 3, "c10")
    reading.page.wait_for_selector(f'.qc-mark[data-ids~="{made.id}"]')
    assert (reading.place, reading.selected) == (before, quote)


def test_the_place_survives_a_reload(reading):
    reading.scroll_to(0.7)
    reading.press("ArrowRight")
    before, word = reading.place, reading.selected
    reading.page.open("about:blank")
    reading.page.open(f"{reading.server.url}/koodaus")
    reading.page.wait_for_selector(f"{ROW} .qc-mark")
    reading.wait_place(before)
    reading.page.wait_for(f"document.getSelection().toString() === {word!r}")


def test_keys_and_the_position_bar_move_in_the_text_before_they_leave_it(reading):
    page = reading.page
    top = reading.place
    reading.press("ArrowDown", "ArrowDown")
    page.wait_for(f"String({PLACE}) !== {','.join(map(str, top))!r}")
    reading.press("ArrowUp", "ArrowUp")
    reading.wait_place(top)
    reading.press("PageDown", "End")
    page.wait_for("Number(document.querySelector('.qc-minimap').ariaValueNow) > 95")
    page.wait_for_selector(f"{ROW}[aria-current=true]")
    reading.press("ArrowDown")
    reading.wait_active(1)
    reading.press("g")
    assert reading.selected == "Ei nyt tule mieleen.", "a short one has the same form"
    reading.press("ArrowUp")
    reading.wait_active(0)
    reading.press("Home")
    reading.wait_place(top)
    left, upper, width, height = page.ask(
        """(({ left, top, width, height }) => [left, top, width, height])(
            document.querySelector('.qc-minimap').getBoundingClientRect())"""
    )
    page.click_at((left + width / 2, upper + height * 0.75))
    now = "Number(document.querySelector('.qc-minimap').ariaValueNow)"
    page.wait_for(f"{now} > 65 && {now} < 80")


def test_words_of_a_long_text_are_selected_with_the_mouse_and_coded(reading):
    page = reading.page
    reading.scroll_to(0.5)
    reading.press("s")
    quote = reading.selected
    box = page.ask(
        """(({ left, right, top, bottom }) => [left, right, top, bottom])(
            document.getSelection().getRangeAt(0).getClientRects()[0])"""
    )
    reading.press("Escape")
    middle = (box[2] + box[3]) / 2
    page.drag((box[0] + 1, middle), ((box[0] + box[1]) / 2, middle), (box[1] - 1, middle))
    dragged = reading.selected
    assert dragged and quote.startswith(dragged.rstrip())
    reading.act("3")
    assert reading.coded(dragged) == ["c02"] or reading.coded(dragged.rstrip()) == ["c02"]
    reading.act("Control+z")
