"""Two people at one study in two browsers: the other's work comes, and nothing of mine is lost."""

from __future__ import annotations

import pytest

from tests.ui.grouping_study import grouping_study, id_of

NAME = "input.qcb-naming, .qcb-naming input"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with grouping_study(tmp_path, monkeypatch) as bench:
        yield bench


@pytest.fixture
def pekka(laptop, serve, bench, tmp_path):
    """Pekka's own browser, on a server of his own."""
    server = serve(tmp_path / "study.qualcode", "--coder", "Pekka")
    laptop.goto(f"{server.url}/luokat")
    laptop.wait_for_selector(".qcb-tree")
    return laptop


@pytest.fixture
def aino(page, serve, bench, tmp_path):
    server = serve(tmp_path / "study.qualcode", "--coder", "Aino")
    page.url_of = lambda address: f"{server.url}/{address}"
    page.goto(page.url_of("luokat"))
    page.wait_for_selector(".qcb-tree")
    return page


def ask_name(page):
    page.locator(".qcb-tree [data-item='c:apu']").focus()
    page.keyboard.press("n")
    page.wait_for_selector(NAME)


def make_category(page, name):
    ask_name(page)
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_selector(".qcb-board[data-pending='0']")


def test_a_category_of_another_comes_while_i_am_writing_a_name(aino, pekka):
    ask_name(aino)
    aino.keyboard.type("Kii")
    before = aino.locator(".qcb-board").bounding_box()
    make_category(pekka, "Pekan luokka")
    aino.wait_for_selector(".qcb-tree :text('Pekan luokka')")
    aino.wait_for_selector("[class*=st-key-others-] :text('Pekka')")
    assert aino.locator(".qcb-board").bounding_box() == before, "nothing has moved"
    aino.keyboard.type("re")
    assert aino.locator(NAME).input_value() == "Kiire"
    aino.keyboard.press("Enter")
    pekka.wait_for_selector(".qcb-tree :text('Kiire')")


def test_what_comes_during_a_drag_waits_for_the_drop(aino, pekka, bench):
    card = aino.locator(".qcb-list .qcb-card").first
    wording = card.locator(".qcb-wording, span").first.inner_text()
    target = aino.locator(".qcb-tree [data-item='c:apu'] .qcb-head").first
    box, goal = card.bounding_box(), target.bounding_box()
    aino.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    aino.mouse.down()
    aino.mouse.move(box["x"] + 60, box["y"] + 30, steps=5)
    aino.mouse.move(goal["x"] + 40, goal["y"] + 8, steps=8)
    make_category(pekka, "Aivan uusi")
    aino.wait_for_selector("[class*=st-key-others-] :text('Pekka')")
    assert aino.locator(".qcb-tree :text('Aivan uusi')").count() == 0
    aino.mouse.move(goal["x"] + 42, goal["y"] + 9)
    aino.mouse.up()
    aino.wait_for_selector(".qcb-tree :text('Aivan uusi')")
    aino.wait_for_selector(".qcb-board[data-pending='0']")
    pekka.wait_for_selector(f".qcb-tree [data-item='c:apu'] :text('{wording}')")


def test_the_table_of_reductions_waits_until_it_is_asked_to_change(aino, pekka, bench):
    aino.goto(aino.url_of("pelkistykset"))
    aino.wait_for_selector("[data-testid=stDataFrame]")
    search = aino.locator("input[type=search]")
    search.fill("apu")
    search.press("Enter")
    aino.wait_for_function(
        "document.querySelector('[data-testid=stDataFrame]').getBoundingClientRect().height < 100"
    )
    before = aino.locator("[data-testid=stDataFrame]").bounding_box()
    reduction = id_of(bench, "kiire näkyi käynneissä")
    pekka.locator(f".qcb-list [data-item='r:{reduction}']").focus()
    pekka.keyboard.press("x")
    pekka.locator(".qcb-tree [data-item='c:apu']").focus()
    pekka.keyboard.press("v")
    pekka.wait_for_selector(".qcb-board[data-pending='0']")
    line = aino.locator("[class*=st-key-others-]")
    line.wait_for()
    assert "Pekka" in line.inner_text()
    assert aino.locator("[data-testid=stDataFrame]").bounding_box() == before
    line.get_by_role("button").click()
    line.get_by_role("button").wait_for(state="detached")
    assert search.input_value() == "apu"
