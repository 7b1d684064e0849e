"""Two people review one tree on one server, in two browsers, each under a name of their own."""

from __future__ import annotations

import pytest

from qualcode.domain.categories import Placement
from qualcode.domain.coding import Coding, ReductionLink
from qualcode.domain.documents import Document
from qualcode.domain.review import Look, Remark
from qualcode.workbench import categorising, coding, memos
from tests.browsing import outside, wait_at_rest
from tests.ui.grouping_study import grouping_study
from tests.ui.test_every_page import accessibility_problems

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIELD = "textarea[placeholder^='Mitä ajattelet']"


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with grouping_study(tmp_path, monkeypatch) as bench:
        categorising.add(bench, "Kiire", categorising.Level.SUBCATEGORY, category_id="kiire")
        yield bench


@pytest.fixture
def server(serve, bench, tmp_path):
    return serve(tmp_path / "study.qualcode", "--ask-name")


def sit_down(page, server, name, reviewing):
    """The name and the way of working, as they are asked before anything is shown."""
    page.goto(server.url)
    page.get_by_role("textbox", name="Nimesi").fill(name)
    if reviewing:
        page.locator("[data-testid=stRadio]").get_by_text("Tarkastelen", exact=True).click()
    page.get_by_role("button", name="Aloita").click()
    page.locator(".st-key-who").get_by_text(name).wait_for(timeout=60_000)
    # What the browser remembers is there for its next window.
    page.wait_for_function("() => document.cookie.includes('qualcode_who')")
    if not reviewing:
        page.goto(f"{server.url}/tarkastelu")
    page.wait_for_selector(".qcv-line", timeout=60_000)
    wait_at_rest(page)
    return page


@pytest.fixture
def aino(page, server):
    return sit_down(page, server, "Aino", reviewing=False)


@pytest.fixture
def pekka(laptop, server):
    return sit_down(laptop, server, "Pekka", reviewing=True)


def rows_of(bench, cls):
    with bench.store.reading() as rows:
        return rows.find(cls)


def test_a_question_comes_to_the_other_without_a_reload_and_nothing_begun_is_lost(
    aino, pekka, bench
):
    aino.locator("[data-id='kiire']").click()  # news come also after another category was read
    aino.locator(".st-key-node-name", has_text="Kiire").wait_for()
    aino.locator("[data-id='apu']").click()
    aino.locator(".st-key-node-name", has_text="Apu").wait_for()
    wait_at_rest(aino)
    aino.locator(FIELD).fill("Kesken oleva ajatus")
    pekka.locator(FIELD).fill("Onko tämä ripeyttä?")
    pekka.get_by_role("button", name="Kysy", exact=True).click()
    aino.locator(".st-key-node-threads").get_by_text("Onko tämä ripeyttä?").wait_for(timeout=30_000)
    assert aino.locator(FIELD).input_value() == "Kesken oleva ajatus"
    aino.wait_for_selector(".qcv-line .qcv-mark:has-text('1 lukematon')")
    aino.get_by_role("button", name="Kommentoi").click()
    pekka.locator(".st-key-node-threads").get_by_text("Kesken oleva ajatus").wait_for(
        timeout=30_000
    )
    assert {(one.created_by, one.text) for one in rows_of(bench, Remark)} == {
        ("Pekka", "Onko tämä ripeyttä?"),
        ("Aino", "Kesken oleva ajatus"),
    }


ACTING = ".qc-acting, .qc-pinned, .qc-chip .qc-remove, .qc-proposed"
"""What of the reading view is there for coding."""

BOARD_ACTS = (
    ".qcb-bar [data-act=new], .qcb-bar [data-act=pin], .qcb-bar [data-act=undo], .qcb-adder"
)
ONLY_READS = "Olet tarkastelija: täällä luet."


def seen(page, selector):
    return [one for one in page.locator(selector).all() if one.is_visible()]


def test_the_reading_view_is_only_read_by_who_reviews(pekka, server, bench):
    first = rows_of(bench, Document)[0]
    coding.add_code(bench, "Avun saaminen heti")
    memos.write(bench, "document", first.id, "Tähän palataan.")
    before = [rows_of(bench, cls) for cls in (Coding, ReductionLink, Document)]
    pekka.goto(f"{server.url}/koodaus?vastaus={first.id}")
    pekka.wait_for_selector(f".qc-row[data-doc='{first.id}']")
    pekka.locator(".qc-only-reading", has_text=ONLY_READS).wait_for()
    pekka.locator(f".qc-row[data-doc='{first.id}']").click()
    for key in ("c", "x", "Enter", "v", "b", "o", "Control+z"):
        pekka.keyboard.press("s")  # selecting stays
        pekka.keyboard.press(key)
        pekka.locator(".qc-foot", has_text=ONLY_READS).wait_for()
        pekka.keyboard.press("l")  # so does a link; it says something else
        pekka.locator(".qc-foot", has_text=ONLY_READS).wait_for(state="detached")
    assert seen(pekka, f"{ACTING}, .qc-picker, .qc-reduce") == []
    assert [rows_of(bench, cls) for cls in (Coding, ReductionLink, Document)] == before
    pekka.keyboard.press("Escape")
    pekka.locator(".qc-memo").first.click()
    assert "Tähän palataan." in pekka.locator(".qc-memo-box").inner_text()
    assert seen(pekka, ".qc-memo-box :is(textarea, button)") == []
    pekka.keyboard.press("Escape")
    pekka.wait_for_selector(".qc-memo-box", state="detached")
    pekka.keyboard.press("?")
    told = pekka.locator("dialog").inner_text()
    assert "seuraava vastaus" in told and "kumoa" not in told
    assert accessibility_problems(pekka) == []


def test_the_board_is_only_read_by_who_reviews(pekka, server, bench):
    pekka.goto(f"{server.url}/luokat")
    card = pekka.locator(".qcb-card", has_text="kiire näkyi käynneissä")
    card.wait_for()
    pekka.locator(".qcb-only-reading", has_text=ONLY_READS).wait_for()
    wait_at_rest(pekka)
    assert seen(pekka, BOARD_ACTS) == []
    before = rows_of(bench, Placement)
    card.click()
    for key in ("n", "p", "x", "Delete", "Control+z"):
        pekka.keyboard.press(key)
        pekka.locator(".qcb-foot", has_text=ONLY_READS).wait_for()
        pekka.keyboard.press("Escape")
    card.drag_to(pekka.locator(".qcb-category", has_text="Apu").first)
    pekka.locator(".qcb-foot", has_text=ONLY_READS).wait_for()
    pekka.locator(".qcb-category", has_text="Apu").first.locator(".qcb-head").click()
    pekka.keyboard.press("Enter")
    pekka.get_by_text("Alkuperäisilmaukset").first.wait_for()
    assert pekka.get_by_text("Siirrä, yhdistä, jaa").count() == 0
    assert rows_of(bench, Placement) == before
    assert accessibility_problems(pekka) == []


def test_the_tree_is_read_through_with_the_keyboard(aino, bench):
    aino.locator(".qcv-line").first.focus()
    aino.keyboard.press("s")
    aino.wait_for_selector("[data-id='kiire'][aria-selected=true]")
    aino.keyboard.press("ArrowUp")
    aino.wait_for_selector("[data-id='apu'][aria-selected=true]")
    aino.wait_for_selector(".st-key-node-name :text('Apu')")
    assert {look.category_id: look.seen for look in rows_of(bench, Look)} == {
        "apu": True,
        "kiire": False,
    }
    aino.keyboard.press("/")
    aino.keyboard.type("kii")
    aino.keyboard.press("Enter")
    aino.wait_for_selector("[data-id='kiire'][aria-selected=true]")
    assert accessibility_problems(aino) == []
    assert outside(aino.requested) == []


def test_a_proposal_of_the_reviewer_is_accepted_by_the_builder(aino, pekka, bench):
    pekka.get_by_role("button", name="Esitä muutosta").click()
    pekka.get_by_text("Nimeä", exact=True).click()
    name = pekka.get_by_label("Uusi nimi")
    name.fill("Avunsaanti")
    name.press("Enter")
    wait_at_rest(pekka)
    pekka.get_by_role("button", name="Lähetä esitys").click()
    pekka.get_by_text("Esitys tehty.").wait_for()
    assert pekka.get_by_role("button", name="Lähetä esitys").count() == 0
    aino.get_by_text("Muutosesitykset (1)").click(timeout=30_000)
    aino.get_by_role("button", name="Hyväksy", exact=True).click()
    aino.get_by_text("Tehty esityksen mukaan.").wait_for()
    assert categorising.tree(bench)["apu"].name == "Avunsaanti"
    pekka.wait_for_selector(".qcv-line :text('Avunsaanti')", timeout=30_000)


def test_who_reviews_has_no_pages_that_change_things_and_the_name_outlives_a_reload(pekka, server):
    pages = pekka.locator("[data-testid=stTopNavLink]").all_inner_texts()
    assert not {"Aineisto", "Koodikirjat", "Luokat", "Pelkistykset"} & {
        page.split("\n")[-1].strip() for page in pages
    }
    pekka.reload()
    pekka.locator(".st-key-who").get_by_text("Tarkastelija: Pekka").wait_for(timeout=60_000)
    # A page reached by its address shows, and a key that would change the analysis is answered.
    pekka.goto(f"{server.url}/luokat")
    pekka.wait_for_selector(".qcb-tree", timeout=60_000)
    pekka.locator(".qcb-tree [data-item='c:apu']").focus()
    pekka.keyboard.press("n")
    pekka.locator(".qcb-foot", has_text=ONLY_READS).wait_for()
    assert pekka.locator("input.qcb-naming, .qcb-naming input").count() == 0
