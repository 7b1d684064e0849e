"""The page of the log: what was done, by whom, what it touched, and the way back from each act."""

from __future__ import annotations

import pytest

from qualcode.domain.categories import Level
from qualcode.ui import state
from qualcode.workbench import categorising, history, reducing
from tests.builders import a_bench
from tests.ui.grouping_study import grouping_study, id_of, run_page


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with grouping_study(tmp_path, monkeypatch) as bench:
        yield bench


def page():
    import streamlit as st

    from qualcode.ui import state
    from qualcode.ui.pages import log_page

    addresses = ("loki", "koodaus", "pelkistykset", "luokat", "koodikirjat", "hanke", "muistiot")

    def show() -> None:
        log_page.show(state.bench())

    def other() -> None:
        st.write("toinen sivu")

    pages = {
        address: st.Page(
            show if address == "loki" else other,
            url_path=address,
            title=address,
            default=address == "loki",
        )
        for address in addresses
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    state.remember_pages(pages)
    chosen.run()


def told(app):
    return " ".join([*(m.value for m in app.markdown), *(c.value for c in app.caption)])


def newest(bench):
    return history.log(bench).rows[0].id


def keyed(app, key):
    return next(found for found in app.button if found.key == key)


def press(app, key):
    keyed(app, key).click()
    return app.run()


def test_what_i_have_done_today_stands_on_top(bench):
    shown = told(run_page(page))
    assert "Tänään olen tehnyt" in shown
    assert "5 vastausta pelkistetty" in shown
    assert "pelkisti ilmauksen × 5" in shown
    assert "Tänään, " in shown


def test_what_the_others_have_done_meanwhile_is_told(bench):
    categorising.add(a_bench(bench.store, "Pekka"), "Pekan", Level.SUBCATEGORY)
    # The other's clock of this test is of another day: theirs come by their own times.
    assert "Pekka" in told(run_page(page))


def test_my_own_act_is_taken_back_at_once_and_done_again(bench):
    category = categorising.add(bench, "Kiire", Level.SUBCATEGORY)
    number = newest(bench)
    app = run_page(page)
    app = press(app, f"log-turn-{number}")
    assert category.id not in categorising.tree(bench).categories
    assert "kumottu: Aino" in told(app)
    press(app, f"log-turn-{number}")
    assert category.id in categorising.tree(bench).categories


def test_an_act_that_others_built_on_is_asked_about_and_taken_back_with_them(bench):
    pekka = a_bench(bench.store, "Pekka")
    category = categorising.add(bench, "Kiire", Level.SUBCATEGORY)
    number = newest(bench)
    categorising.place(pekka, [id_of(bench, "kiire näkyi käynneissä")], category.id)
    app = press(run_page(page), f"log-turn-{number}")
    assert category.id in categorising.tree(bench).categories
    assert "Sen varaan on tehty 1 myöhempi teko" in told(app)
    assert "Pekka sijoitti" in told(app)
    assert keyed(app, f"log-yes-{number}").label == "Kumoa kaikki 2"
    app = press(app, f"log-no-{number}")
    assert category.id in categorising.tree(bench).categories
    app = press(app, f"log-turn-{number}")
    press(app, f"log-yes-{number}")
    assert category.id not in categorising.tree(bench).categories


def test_another_persons_act_is_never_taken_back_without_asking(bench):
    pekka = a_bench(bench.store, "Pekka")
    category = categorising.add(pekka, "Pekan", Level.SUBCATEGORY)
    number = newest(bench)
    app = press(run_page(page), f"log-turn-{number}")
    assert category.id in categorising.tree(bench).categories
    assert "Tämän teki Pekka" in told(app)
    press(app, f"log-yes-{number}")
    assert category.id not in categorising.tree(bench).categories
    assert history.log(bench).rows[0].summary["whose"] == "Pekka"


def test_the_details_tell_what_was_touched_with_links_and_its_own_history(bench):
    reduction = id_of(bench, "kiire näkyi käynneissä")
    reducing.reword(bench, reduction, "kiire", seen="kiire näkyi käynneissä")
    number = newest(bench)
    app = press(run_page(page), f"log-open-{number}")
    assert "Teko koski 1 asiaa" in told(app)
    assert "Pelkistys, muutettu" in told(app)
    assert keyed(app, f"log-{number}-0-0").label.endswith("kiire")
    app = press(app, f"log-{number}-0-history")
    assert "Vain tästä: pelkistys kiire" in keyed(app, "log-about").label.replace("\\", "")
    shown = [m.value for m in app.markdown if m.value.startswith("**Aino**")]
    assert len(shown) == 2, "it was made and reworded"


def test_filters_by_person_and_by_work(bench):
    pekka = a_bench(bench.store, "Pekka")
    categorising.add(pekka, "Pekan", Level.SUBCATEGORY)
    app = run_page(page)
    app.session_state[state.filter_key("log", "who")] = "Pekka"
    shown = told(app.run())
    assert "Pekan" in shown
    assert "**Aino**" not in shown
    app.session_state[state.filter_key("log", "sort")] = "coding"
    assert "Mikään teko ei vastaa" in " ".join(i.value for i in app.run().info)


def test_the_page_is_short_whatever_the_log(bench):
    for n in range(70):
        categorising.add(bench, f"Luokka {n}", Level.SUBCATEGORY)
    app = run_page(page)
    assert len([m for m in app.markdown if m.value.startswith("**Aino**")]) == 30
    app.session_state[state.filter_key("log", "page")] = 99
    app = app.run()
    assert not app.exception
    assert any(m.value.startswith("**Aino**") for m in app.markdown)


def test_the_log_shows_the_decisions_that_a_chapter_names_by_number(bench):
    newest_number = newest(bench)
    app = run_page(page)
    field = next(box for box in app.text_input if box.label == "Ratkaisujen numerot")
    app = field.set_value(f"1–2, {newest_number}").run()
    shown = [c.key for c in app.button if (c.key or "").startswith("log-open-")]
    assert shown == [f"log-open-{newest_number}", "log-open-2", "log-open-1"]
    field = next(box for box in app.text_input if box.label == "Ratkaisujen numerot")
    app = field.set_value("kaikki").run()
    assert any("muutakin kuin numeroita" in warning.value for warning in app.warning)
    app = press(app, "log-numbers-off")
    assert len([c for c in app.button if (c.key or "").startswith("log-open-")]) > 3
