"""Beside the board and on the other pages: places hidden until one has decided, or off."""

from __future__ import annotations

import re

import pytest

from qualcode.domain.categories import Level
from qualcode.store.offers import PLACE
from qualcode.ui.pages.grouping_page import BOARD
from qualcode.workbench import categorising, reducing
from qualcode.workbench.suggesting import options, statistics
from qualcode.workbench.suggesting.options import Shown
from tests.apptest import component_data
from tests.ui.grouping_study import grouping_study, id_of, run_page, texts
from tests.ui.test_grouping_page import at_the_desk, opened, send

HIDDEN = "Piilossa, kunnes olet itse sijoittanut tämän."
OFF = "Ehdotukset ovat tässä tutkimuksessa pois käytöstä."


def candidates(app):
    """The names of the places told beside the board."""
    told = [block.value for block in app.get("html") if 'class="place-name"' in block.value]
    return [re.sub("<.*?>", "", name.split("</div>")[0]) for name in told]


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """Two subcategories with a reduction in each; two reductions without a place."""
    with grouping_study(tmp_path, monkeypatch) as bench:
        rushed = id_of(bench, "kiire näkyi käynneissä")
        categorising.add(bench, "Kiire", Level.SUBCATEGORY, None, "kiire", [rushed])
        yield bench


def page():
    import streamlit as st

    from qualcode.ui import shell, state
    from qualcode.ui.pages import grouping_page, reductions_page, suggestions_page

    shown = {
        "luokat": grouping_page.show,
        "pelkistykset": reductions_page.show,
        "ehdotukset": suggestions_page.show,
        "koodaus": lambda bench: st.write("toinen sivu"),
        "hanke": lambda bench: st.write("toinen sivu"),
        "koodikirjat": lambda bench: st.write("toinen sivu"),
    }

    def showing(name):
        return lambda: shown[name](state.bench())

    wanted = st.session_state.get("wanted", "luokat")
    pages = {
        name: st.Page(showing(name), url_path=name, title=name, default=name == wanted)
        for name in shown
    }
    state.remember_pages(pages)
    shell.header()
    st.navigation(list(pages.values()), position="hidden")
    showing(wanted)()


def turned_to(app, name, **widgets):
    app.session_state["wanted"] = name
    for key, value in widgets.items():
        app.session_state[f"filter:reductions:{key}"] = value
    app.run()
    assert not app.exception
    return app


def test_in_blind_mode_the_places_come_after_the_own_decision_and_are_counted(bench):
    options.set_shown(bench, Shown.BLIND)
    waiting = id_of(bench, "kiire näkyy käynneissä")
    app = opened(run_page(page), reduction=waiting)
    assert HIDDEN in texts(app)
    assert not candidates(app)
    assert "suggest-groups" not in [b.key for b in app.button]
    send(app, {"op": "place", "reductions": [waiting], "category": "kiire"})
    assert "Sama kuin ehdotus 1." in texts(app)
    assert candidates(app)[0] == "Kiire"
    found = statistics.worth(at_the_desk(bench), PLACE)
    assert (found.decided, found.blind.decided, found.blind.top_one) == (0, 1, 1.0)


def test_what_is_dragged_unopened_is_compared_in_a_line(bench):
    options.set_shown(bench, Shown.BLIND)
    waiting = id_of(bench, "kiire näkyy käynneissä")
    app = send(run_page(page), {"op": "place", "reductions": [waiting], "category": "apu"})
    assert "”kiire näkyy käynneissä”: Sama kuin ehdotus 2." in texts(app)
    assert statistics.worth(at_the_desk(bench), PLACE).blind.top_one == 0.0


def test_switched_off_every_page_says_so_and_nothing_is_offered(bench):
    options.set_shown(bench, Shown.OFF)
    app = opened(run_page(page), reduction=id_of(bench, "kiire näkyy käynneissä"))
    assert texts(app).count(OFF) == 2, "above the board and beside it"
    assert not candidates(app)
    assert "suggest-groups" not in [b.key for b in app.button]
    assert component_data(app, BOARD)["groups"] == []
    app = opened(app, category="kiire")
    assert not [b for b in app.button if (b.key or "").startswith("doubts")]
    for view in ("alike", "unsure"):
        assert OFF in texts(turned_to(app, "pelkistykset", view=view))
    assert OFF in texts(turned_to(app, "ehdotukset"))
    assert not app.exception


def test_groups_asked_for_before_they_were_hidden_are_gone_from_the_board(bench):
    for n, wording in enumerate(("raha riitti", "raha loppui", "apu viipyi", "kiire painoi")):
        reducing.reduce(bench, f"d{n}", 0, 3 + n, wording)
    app = run_page(page)
    app.button(key="suggest-groups").click().run()
    assert component_data(app, BOARD)["groups"]
    options.set_shown(bench, Shown.BLIND)
    app.run()
    assert component_data(app, BOARD)["groups"] == []
    assert "Ryhmiä ei ehdoteta" in texts(app)
