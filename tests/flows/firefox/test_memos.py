"""In Firefox: memos are written beside the answers by keys, linked, changed and browsed."""

from __future__ import annotations

import pytest

from qualcode.domain.categories import Level
from qualcode.domain.memos import Memo
from qualcode.workbench import categorising
from tests.flows.firefox.reading import FirefoxReading

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIELD = "textarea:focus"


def memos(reading):
    """(what it is about, its text) of the memos on this question's answers, oldest first."""
    with reading.bench() as bench, bench.store.reading() as rows:
        found = sorted(rows.find(Memo), key=lambda memo: (memo.created_at, memo.id))
    mine = f"q{reading.question}-"
    return [(memo.about_id, memo.text) for memo in found if memo.about_id.startswith(mine)]


def write_memo(reading, text):
    reading.press("m")
    reading.page.wait_for_selector(FIELD)
    reading.write(text)
    reading.act("Control+Enter")


def test_a_memo_is_written_in_markdown_read_changed_and_removed(reading):
    text = "Tässä on **jännite**\n\n- 1 x u j [[koodi:Osallisuus]]"
    write_memo(reading, text)
    assert memos(reading) == [(reading.doc(0), text)]
    assert reading.codings == [], "letters in a memo are no keys"
    reading.wait_focus(0)
    reading.press("m")
    card = f"{reading.row(0)} .qc-memo-card"
    reading.page.wait_text(f"{card} strong", "jännite")
    # Shift+Tab from the field: to "Remove", then to "Edit".
    reading.page.wait_for_selector(FIELD)
    reading.press("Shift+Tab", "Shift+Tab", "Enter")
    reading.page.wait_for(f"document.querySelector('{FIELD}')?.value.includes('jännite')")
    reading.press("Control+End")
    reading.write("!")
    reading.act("Control+Enter")
    assert memos(reading) == [(reading.doc(0), f"{text}!")]
    reading.act("Control+z", "Control+z", acts=2)
    assert memos(reading) == []


def test_a_memo_on_words_without_a_code_keeps_the_selection(reading):
    reading.press("ArrowRight", "Shift+ArrowRight")
    write_memo(reading, "Miksi itse?")
    assert memos(reading) == [(f"{reading.doc(0)}:0-9", "Miksi itse?")]
    assert reading.selected == "Sain itse"
    reading.page.wait_text(f"{reading.row(0)} .qc-memo", "Miksi itse?")
    assert reading.page.ask("CSS.highlights.get('qc-noted').size") == 1


def test_what_is_being_written_outlives_escape_and_a_reload(reading):
    reading.press("m")
    reading.page.wait_for_selector(FIELD)
    reading.write("Kesken oleva")
    reading.press("Escape", "j", "k", "m")
    reading.page.wait_for(f"document.querySelector('{FIELD}')?.value === 'Kesken oleva'")
    reading.page.reload()
    reading.open()
    reading.press("m")
    reading.page.wait_for(f"document.querySelector('{FIELD}')?.value === 'Kesken oleva'")
    reading.act("Control+Enter")
    assert memos(reading) == [(reading.doc(0), "Kesken oleva")]


def test_links_of_a_memo_open_what_they_name(reading):
    write_memo(reading, f"[[koodi:Luottamus]] ja [[vastaus:{reading.doc(3)}]]")
    reading.press("m")
    links = f"{reading.row(0)} .qc-memo-card a"
    reading.page.wait_count(links, 2)
    reading.page.click(links)
    reading.page.wait_text(".qc-card-name", "Luottamus")
    reading.page.click(f"{links}:last-of-type")
    reading.wait_focus(3)


@pytest.mark.parametrize("kind", ["code", "category"])
def test_a_memo_on_a_code_and_on_a_category_is_written_where_they_are_seen(kind, server, firefox):
    reading = FirefoxReading(firefox, server)
    named = {"code": "Luottamus", "category": "Oma valta"}[kind]
    address = {"code": "koodikirjat?koodi=c3", "category": "luokat?luokka=valta"}[kind]
    with reading.bench() as bench:
        if kind == "category" and "valta" not in categorising.tree(bench).categories:
            categorising.add(bench, named, Level.SUBCATEGORY, category_id="valta")
    firefox.open(f"{server.url}/{address}")
    firefox.wait_text("h2, h3, [class*=st-key-code-] *", named)
    firefox.wait_until_still()
    firefox.click("[class*=st-key-memos-] button", "Muistio")
    field = "[class*=st-key-memos-box-] textarea"
    firefox.wait_for_selector(field)
    firefox.wait_until_still()
    firefox.click(field)
    firefox.wait_for_selector(f"{field}:focus")
    firefox.write("Mitä tämä on?")
    firefox.press("Control+Enter")
    firefox.wait_text("[class*=st-key-memos-] button", "1 muistio")
    with reading.bench() as bench, bench.store.reading() as rows:
        about = [(m.about_id, m.text) for m in rows.find(Memo) if m.about_kind == kind]
    assert about == [({"code": "c3", "category": "valta"}[kind], "Mitä tämä on?")]
    firefox.open(f"{server.url}/muistiot")
    firefox.wait_text("[class*=st-key-memo-]", named)


def test_memos_are_browsed_and_the_diary_is_written(reading):
    write_memo(reading, f"Selattava muistio {reading.question}")
    page = reading.page
    page.open(f"{reading.server.url}/muistiot")
    page.wait_text("[class*=st-key-memo-]", f"Selattava muistio {reading.question}")
    field = "textarea[aria-label*='tutkimuspäiväkirjaan']"
    page.click(field)
    page.wait_for_selector(f"{field}:focus")
    reading.write("Luin aineiston läpi\ntoisen kerran.")
    reading.press("Control+Enter")
    page.wait_text("[class*=st-key-memo-]", "toisen kerran.")
    page.wait_for(f"document.querySelector(\"{field}\").value === ''")
