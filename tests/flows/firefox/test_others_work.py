"""In Firefox: a colleague's work arrives without a reload and without moving what I am reading."""

from __future__ import annotations

import pytest

from qualcode.workbench import coding, memos, reducing
from tests.flows.firefox.reading import CODER, FirefoxReading
from tests.serving import served
from tests.ui.reading_study import ANSWERS, make_study

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = [f"{ANSWERS[0]} {n} " * 4 for n in range(30)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("firefox-shared")
    study = make_study(folder / "yhteinen.qualcode", LONG, questions=8)
    with served(study, "--coder", CODER) as server:
        yield server


@pytest.fixture
def reading(server, firefox, unread):
    """Thirty long answers to a question; the fifteenth has the focus."""
    reading = FirefoxReading(firefox, server, next(unread))
    reading.open(14)
    return reading


def test_a_colleagues_work_arrives_and_moves_nothing(reading):
    page = reading.page
    reading.press("ArrowRight", "Shift+ArrowRight")
    selected = reading.selected
    top = f"document.querySelector('{reading.row(14)}').getBoundingClientRect().top"
    height = "document.querySelector('.qc-list').scrollHeight"
    before, higher = page.ask(top), page.ask(height)
    with reading.bench("Pekka") as pekka:
        for n in range(14):
            for wording in ("oma tahti", "oma valinta", "luottamus tekijään"):
                reducing.reduce(pekka, reading.doc(n), 0, 4, f"{wording} {reading.question} {n}")
        coding.code(pekka, reading.doc(14), 0, 4, "c1")
    reading.wait_labels(14, "Valinnanvapaus (Pekka)")
    page.wait_count(f"{reading.row(0)} .qc-reductions li", 3)
    assert page.ask(height) > higher
    assert abs(page.ask(top) - before) <= 1
    assert reading.selected == selected
    assert page.ask(f"document.activeElement.matches('{reading.row(14)}')")
    page.wait_text(".qc-others", "Pekka")


def test_a_reduction_that_is_being_written_is_not_disturbed(reading):
    reading.press("Enter")
    reading.page.wait_for_selector(".qc-reduce input:focus")
    reading.write("kesken oleva")
    field = "document.querySelector('.qc-reduce input').getBoundingClientRect().top"
    before = reading.page.ask(field)
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, reading.doc(13), 0, 4, "c2")
        reducing.reduce(pekka, reading.doc(13), 0, 4, f"pekan {reading.question}")
    reading.wait_labels(13, "Tiedon puute (Pekka)")
    assert abs(reading.page.ask(field) - before) <= 1
    reading.write(" pelkistys")
    reading.act("Enter")
    assert "kesken oleva pelkistys" in reading.reductions


def test_a_colleagues_code_memo_and_undo_arrive_and_can_be_used(reading):
    name = f"Uusi näkökulma {reading.question}"
    with reading.bench("Pekka") as pekka:
        new = coding.add_code(pekka, name)
        memos.write(pekka, "document", reading.doc(14), "Pekan ajatus")
    reading.page.wait_text(".qc-tree-code", name)
    reading.page.wait_text(f"{reading.row(14)} .qc-memo", "Pekan ajatus")
    reading.press("c")
    reading.page.wait_for_selector(".qc-picker input:focus")
    reading.write(name)
    reading.act("Enter")
    assert [label for _, label in reading.codings] == [name]
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, reading.doc(15), 0, 4, new.id)
    reading.wait_labels(15, f"{name} (Pekka)")
    reading.act("Control+z")
    assert [text for text, _ in reading.codings] == [LONG[15][:4]], "one's own latest act"


def test_a_view_that_is_filtered_keeps_its_rows_while_others_code_them(reading):
    address = f'?ehdot={{"state":"uncoded","where":[["item","any",["q{reading.question}"]]]}}'
    reading.page.open(f"{reading.server.url}/koodaus{address}")
    reading.page.wait_for_selector(reading.row(0))
    rows = "[...document.querySelectorAll('.qc-row')].map((row) => row.dataset.doc)"
    before = reading.page.ask(rows)
    with reading.bench("Pekka") as pekka:
        coding.code(pekka, reading.doc(1), 0, 4, "c0")
    reading.wait_labels(1, "Osallisuus (Pekka)")
    assert reading.page.ask(rows) == before
