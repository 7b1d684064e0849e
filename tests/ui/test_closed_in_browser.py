"""Counts brought in from the browser become tables whose numbers open. Invented."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from qualcode.store import opening
from qualcode.workbench import counting_in
from tests.builders import a_study

pytestmark = pytest.mark.browser


@pytest.fixture
def closed(serve, page, tmp_path):
    study = tmp_path / "keksitty.qualcode"
    store = opening.create(study)
    a_study(store)
    store.close()
    page.goto(f"{serve(study).url}/suljetut")
    expect(page.get_by_text("Suljettuja vastauksia ei vielä ole")).to_be_visible()
    return page


def test_a_ready_table_is_brought_in_read_and_taken_back(closed):
    page = closed
    page.get_by_role("button", name="Tuo valmis taulukko").click()
    page.locator("input[type=file]").set_input_files(
        {
            "name": "luvut.csv",
            "mimeType": "text/csv",
            "buffer": counting_in.EXAMPLE.encode("utf-8-sig"),
        }
    )
    expect(page.get_by_text("Kysymyksiä 2, vastauksia 21")).to_be_visible()
    page.get_by_role("button", name="Tuo", exact=True).click()
    table = page.locator(".qc-table table")
    expect(table).to_have_count(1)
    expect(table.locator("tbody tr").first).to_contain_text("1.1 Sain riittävästi tietoa")
    # The figure stands beside the table, in the page itself.
    expect(page.locator(".qc-bars svg")).to_contain_text("n = 10")
    table.get_by_role("button", name="6", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("3 samaa mieltä × 6")
    expect(dialog).to_contain_text("luvut.csv")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.locator(".st-key-header").get_by_role("button", name="Kumoa").click()
    expect(page.get_by_text("Suljettuja vastauksia ei vielä ole")).to_be_visible()
