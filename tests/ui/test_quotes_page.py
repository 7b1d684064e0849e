"""The page of quotes over a real study file, without a browser. All texts are invented."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.domain.categories import Level
from qualcode.domain.quotes import ChosenQuote
from qualcode.store import opening
from qualcode.workbench import categorising, reducing
from tests.builders import a_bench, a_respondent, a_study, an_answer, bring_in
from tests.ui.page_study import open_page


def script():
    from qualcode.ui import state
    from qualcode.ui.pages import quotes_page

    quotes_page.show(state.bench())


@pytest.fixture
def path(tmp_path, monkeypatch):
    """Three answers reduced, the first two placed; one category stays empty."""
    path = tmp_path / "keksitty.qualcode"
    store = opening.create(path)
    bench = a_study(store)
    texts = ["Liisa auttoi aina.", "Sain apua heti.", "Kukaan ei vastannut."]
    bring_in(
        bench,
        *(a_respondent(f"r{n}", position=n) for n in range(3)),
        *(an_answer(t, f"d{n}", f"r{n}", position=n) for n, t in enumerate(texts)),
    )
    made = [
        reducing.reduce(bench, f"d{n}", 0, len(t), f"sai apua {n}").id for n, t in enumerate(texts)
    ]
    categorising.add(bench, "Apu", Level.SUBCATEGORY, reductions=made[:2])
    categorising.add(bench, "Tyhjä luokka", Level.SUBCATEGORY)
    store.close()
    from qualcode.ui.pages import quotes_row

    monkeypatch.setattr(
        quotes_row,
        "names_in",
        lambda texts, language: [["Liisa"] if "Liisa" in t else [] for t in texts],
    )
    return path


@pytest.fixture
def app(path):
    return open_page(script, path)


def chosen(path):
    store = opening.open_study(path)
    with store.reading() as rows:
        found = rows.find(ChosenQuote)
    store.close()
    return found


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app


def part(app, name):
    from qualcode.ui.pages.quotes_page import PART

    app.session_state[PART] = name
    app.run()
    assert not app.exception
    return app


def told(app):
    found = [*app.markdown, *app.caption, *app.info, *app.success]
    return "\n".join(element.value for element in found).replace("\\", "")


def test_a_quote_is_chosen_edited_and_checked(app, path):
    press(app, "Valitse")
    assert [quote.is_checked for quote in chosen(path)] == [False]
    part(app, "chosen")
    assert "saattaa olla nimi: Liisa" in told(app)
    press(app, "Muokkaa")
    app.text_area[0].set_value("[Nimi] auttoi aina.")
    press(app, "Tallenna")
    assert chosen(path)[0].printed == "[Nimi] auttoi aina."
    assert "saattaa olla nimi" not in told(app)
    press(app, "Saa julkaista")
    assert chosen(path)[0].checked_by == "Maija"
    press(app, "Kumoa")
    assert chosen(path)[0].checked_by == ""


def test_words_outside_brackets_are_refused_and_what_was_written_stays(app, path):
    press(app, "Valitse")
    part(app, "chosen")
    press(app, "Muokkaa")
    app.text_area[0].set_value("Pekka auttoi aina.")
    press(app, "Tallenna")
    assert "Hakasulkeiden ulkopuolella" in app.error[0].value
    assert app.text_area[0].value == "Pekka auttoi aina."
    assert chosen(path)[0].printed == ""


def test_what_lacks_a_category_or_a_quote_is_listed_with_a_way_to_mend_it(app):
    part(app, "unplaced")
    assert "Kukaan ei vastannut" in told(app)
    assert any(button.label == "Sijoita pelkistys" for button in app.button)
    part(app, "empty")
    assert "**Tyhjä luokka**" in told(app) and "ei aineistoa" in told(app)
    press(app, "Valitse sitaatti")
    assert "Liisa auttoi aina" in told(app) and "Kukaan ei vastannut" not in told(app)


def test_a_study_without_quotes_tells_what_to_do(tmp_path):
    store = opening.create(tmp_path / "tyhjä.qualcode")
    a_study(store)
    a_bench(store)
    store.close()
    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["study"] = str(tmp_path / "tyhjä.qualcode")
    app.session_state["pages"] = {"koodaus": "koodaus.py"}
    app.session_state["language"] = "fi"
    app.run()
    assert "Sitaatteja ei ole vielä" in told(app)
