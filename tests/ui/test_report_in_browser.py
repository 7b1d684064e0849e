"""The report's table and the role map in a real browser: from a number down to the answers."""

import pytest

from qualcode.store import opening
from qualcode.workbench import categorising, reporting, role_mapping
from qualcode.workbench.reporting import Section
from tests import report_builders
from tests.browsing import outside
from tests.workbench.test_closed_tables import a_file

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARKUP = '<img src=x onerror="window.hacked=1">'


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "keksitty.qualcode"
    store = opening.create(path)
    bench = report_builders.small_study(store)
    tree = categorising.tree(bench)
    top = next(c for c in tree.categories.values() if c.name == "Oma päätösvalta")
    categorising.rename(bench, top.id, MARKUP)
    role_mapping.start(bench, "Kartta", "", [role_mapping.RoleDraft(MARKUP, True)])
    store.close()
    return path


def test_a_number_of_the_report_leads_to_the_answers(page, serve, study):
    server = serve(study)
    page.goto(f"{server.url}/raportti")
    page.wait_for_selector(".qc-table td")
    page.get_by_role("combobox", name="Taulukko, kuvio tai sitaatit").click()
    page.get_by_role("option", name="Tutkimuksen luokat").click()
    # The table before it has a row of that name too.
    page.locator(".qc-table th", has_text="Taso").wait_for()
    page.locator(".qc-table tr", has_text="Tuettu valinta").get_by_role("button").last.click()
    window = page.get_by_role("dialog")
    window.get_by_text("=en osannut valita yksin").wait_for()
    assert window.get_by_text("Asiakas päätti, minä kerroin vaihtoehdot.").count() == 1
    assert page.locator(".qc-table td", has_text=MARKUP).count() == 1
    assert page.evaluate("window.hacked") is None
    assert outside(page.requested) == []


def test_bars_and_roles_of_the_downloaded_page_open_what_they_were_drawn_from(page, tmp_path):
    bench = report_builders.small_study()
    a_file(bench, "kysely", "asiakas", [0, 2, 2])
    sections = [Section.CLOSED, Section.ROLE_MAPS]
    path = tmp_path / "raportti.html"
    path.write_bytes(reporting.as_html(reporting.report(bench, "fi", sections)))
    page.goto(path.as_uri())
    window = page.locator("dialog[open]")
    page.locator("svg rect[data-e]", has_text="3 samaa mieltä: 2").click()
    window.get_by_text("3 samaa mieltä × 2").wait_for()
    page.keyboard.press("Escape")
    window.wait_for(state="detached")
    page.locator("svg g[data-e]", has_text="Päättäjä").focus()
    page.keyboard.press("Enter")
    window.get_by_text("Sain itse valita, kuka minua auttaa.").wait_for()
    assert outside(page.requested) == [path.as_uri()]


def test_a_role_is_chosen_by_mouse_and_by_keyboard(page, serve, study):
    server = serve(study)
    page.goto(f"{server.url}/roolikartat")
    role = page.locator(".qc-figure [data-role]")
    role.filter(has_text="Kumppani").first.click()
    page.locator('.qc-figure [aria-current="true"]', has_text="Kumppani").wait_for()
    role.filter(has_text="Päättäjä").first.focus()
    page.keyboard.press("Enter")
    page.locator('.qc-figure [aria-current="true"]', has_text="Päättäjä").wait_for()
    page.get_by_text("2 vastaajaa, 2 mainintaa").wait_for()
    page.get_by_role("combobox", name="Roolikartta", exact=True).click()
    page.get_by_role("option", name="Kartta", exact=True).click()
    page.locator(".qc-figure text", has_text="<img").first.wait_for()
    assert page.evaluate("window.hacked") is None
    assert outside(page.requested) == []
