"""Were the suggestions worth it? Asked of a finished study on its page, in a real browser."""

import pytest

from qualcode.bootstrap import create_store
from qualcode.domain.categories import Level
from qualcode.workbench import categorising
from tests.browsing import outside
from tests.builders import a_study
from tests.workbench.test_worth import MONEY, QUEUE, reduced

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 180_000


def made(path, grouped):
    store = create_store(path)
    bench = a_study(store)
    ids = reduced(bench, *QUEUE, *MONEY)
    if grouped:
        for name, words in (("jono", QUEUE), ("hinta", MONEY)):
            category = categorising.add(bench, name, Level.SUBCATEGORY)
            for word in words:
                categorising.place(bench, [ids[word]], category.id)
    store.close()
    return path


def test_a_finished_study_is_gone_through_and_told(page, serve, tmp_path):
    server = serve(made(tmp_path / "valmis.qualcode", grouped=True))
    page.goto(f"{server.url}/hyoty")
    page.get_by_role("heading", name="Oliko ehdotuksista hyötyä?").wait_for()
    page.get_by_role("button", name="Käy analyysi läpi").click()
    page.get_by_role("button", name="Käy läpi uudelleen").wait_for(timeout=PATIENCE)
    page.get_by_text("Oikea luokka olisi ollut kolmen ehdotetun joukossa").wait_for()
    row = page.locator("tr", has_text="Kirjoitusasun samankaltaisuus")
    assert "100 %" in row.inner_text()
    page.locator(".js-plotly-plot .scatterlayer .trace").first.wait_for()
    assert outside(page.requested) == []


def test_too_little_to_go_through_says_what_to_do(page, serve, tmp_path):
    server = serve(made(tmp_path / "kesken.qualcode", grouped=False))
    page.goto(f"{server.url}/hyoty")
    page.get_by_text("tarvitaan vähintään 10 luokkaan sijoitettua").wait_for()
    page.get_by_role("link", name="Siirry luokkiin").click()
    page.wait_for_url("**/luokat")
