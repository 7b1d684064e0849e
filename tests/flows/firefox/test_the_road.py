"""Reading, coding, reducing and grouping in a real Firefox, with real keys and a real mouse."""

from __future__ import annotations

import pytest

from qualcode.bootstrap import open_store
from qualcode.domain.categories import Category, Placement
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression
from qualcode.domain.documents import Document, Segment
from tests.ui.reading_study import ANSWERS, CODER, make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAVED = ".qc-marker[data-pending='0'][data-state='saved']"
# The middle of the line on which these letters stand, from the first to behind the last.
PLACE = """(() => {
    const node = [...document.querySelectorAll('.qc-row[data-doc="q0-1"] .qc-text span')]
        .map((span) => span.firstChild)
        .find((text) => text && text.textContent.includes('jaksaa'));
    const range = document.createRange();
    const from = node.textContent.indexOf('jaksaa');
    range.setStart(node, from);
    range.setEnd(node, node.textContent.indexOf(', kun'));
    const box = range.getBoundingClientRect();
    return [box.left + 1, box.right - 1, (box.top + box.bottom) / 2];
})()"""


def in_the_file(study, ask):
    store = open_store(study)
    with store.reading() as rows:
        found = ask(rows)
    store.close()
    return found


def coded(study):
    """What carries which code: (the words, the code's name)."""

    def ask(rows):
        segments = {s.id: s for s in rows.find(Segment)}
        texts = {d.id: d for d in rows.find(Document)}
        names = {c.id: c.label("fi") for c in rows.find(Code)}
        marks = [(segments[c.segment_id], names[c.code_id]) for c in rows.find(Coding)]
        return sorted((s.of(texts[s.document_id].text), name) for s, name in marks)

    return in_the_file(study, ask)


def test_the_road_from_an_answer_to_a_category_in_firefox(firefox, serve, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CODER", CODER)
    study = make_study(tmp_path / "study.qualcode")
    server = serve(study)

    # Words by keyboard, a passage with emoji by mouse.
    firefox.open(f"{server.url}/koodaus")
    firefox.wait_for_selector(".qc-row:focus")
    firefox.press("ArrowRight", "ArrowRight", "Shift+ArrowRight", "1")
    firefox.wait_for("document.querySelectorAll('.qc-mark').length === 1")
    firefox.wait_for_selector(SAVED)
    left, right, middle = firefox.ask(PLACE)
    firefox.drag((left, middle), ((left + right) / 2, middle), (right, middle))
    firefox.press("2")
    firefox.wait_for("document.querySelectorAll('.qc-mark').length === 2")
    firefox.wait_for_selector(SAVED)
    both = [("itse päättää", "Osallisuus"), ("jaksaa 😀 pärjätä", "Valinnanvapaus")]
    assert coded(study) == both

    # Undo takes the last one back, redo brings it again.
    firefox.press("Escape", "Control+z")
    firefox.wait_for("document.querySelectorAll('.qc-mark').length === 1")
    firefox.wait_for_selector(SAVED)
    assert coded(study) == both[:1]
    firefox.press("Control+y")
    firefox.wait_for("document.querySelectorAll('.qc-mark').length === 2")
    firefox.wait_for_selector(SAVED)
    assert coded(study) == both

    # A reduction, saved with Enter, which goes on to the next answer.
    firefox.press("Home", "Escape", "Enter")
    firefox.wait_for_selector(".qc-reduce input:focus")
    firefox.write("päättää itse avusta")
    firefox.press("Enter")
    firefox.wait_for("!!document.querySelector('.qc-row[data-doc=\"q0-1\"][aria-current=true]')")
    firefox.wait_for_selector(SAVED)
    wordings = in_the_file(study, lambda rows: [r.wording for r in rows.find(ReducedExpression)])
    assert wordings == ["päättää itse avusta"]

    # What is written stays as it was written, markup too.
    assert firefox.ask("document.querySelector('.qc-row .qc-text').textContent") == ANSWERS[0]
    assert firefox.ask("window.hacked === undefined")

    # Grouped on the board, by keys alone.
    firefox.open(f"{server.url}/luokat")
    firefox.wait_for_selector(".qcb-card")
    firefox.ask("(document.querySelector('.qcb-card').focus(), 1)")
    firefox.press(" ", "n")
    firefox.wait_for_selector(".qcb-naming:focus")
    firefox.write("Oma valta")
    firefox.press("Enter")
    firefox.wait_for("!!document.querySelector('.qcb-category[aria-label^=\"Oma valta,\"]')")
    firefox.wait_for_selector(".qcb-board[data-pending='0']")
    categories = in_the_file(study, lambda rows: [c.name for c in rows.find(Category)])
    assert categories == ["Oma valta"]
    assert in_the_file(study, lambda rows: rows.count(Placement)) == 1
