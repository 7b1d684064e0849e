"""A link to something that the study no longer has: the page says so in the run that it opens."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from qualcode.ui import state
from qualcode.ui.gone import GONE, VIEW
from qualcode.ui.places import PAGES, parameter
from tests.ui.reading_study import CODER, make_study

pytestmark = pytest.mark.usefixtures("no_navigation")


def _page():
    import importlib

    import streamlit as st

    from qualcode.ui import shell, state

    module = importlib.import_module(f"qualcode.ui.pages.{st.query_params['sivu']}_page")
    shell.header()
    module.show(state.bench())
    shell.tell()


@pytest.fixture
def read(tmp_path, monkeypatch):
    study = make_study(tmp_path / "s.qualcode")

    def open_page(module, reviewing=False, **query):
        monkeypatch.setenv("QUALCODE_STUDY", str(study))
        monkeypatch.setenv("QUALCODE_CODER", CODER)
        st.cache_resource.clear()
        app = AppTest.from_function(_page, default_timeout=60)
        app.session_state["reviewing"] = reviewing
        app.query_params["sivu"] = module
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return [toast.value for toast in app.toast]

    yield open_page
    st.cache_resource.clear()
    state.settings_of_run.clear()


MODULES = {
    "koodaus": "coding",
    "pelkistykset": "reductions",
    "koodikirjat": "codebooks",
    "luokat": "grouping",
    "roolikartat": "role_map",
    "muistiot": "memos",
}
LINKS = [(kind, MODULES[page]) for kind, page in PAGES.items() if kind != "study"]


@pytest.mark.parametrize(("kind", "module"), [*LINKS, ("category", "quotes"), ("code", "log")])
def test_a_link_to_something_removed_is_told_at_once_with_what_now(read, kind, module):
    (told,) = read(module, **{parameter(kind): "poissa"})
    assert told.startswith("Linkin ") and "Loki kertoo" in told


def test_every_kind_that_a_link_can_name_has_its_sentence():
    assert set(GONE) == (set(PAGES) - {"study"}) | {VIEW}


def test_a_link_to_a_view_or_conditions_that_cannot_be_followed_is_told_at_once(read):
    assert "näkymää ei ole" in read("coding", nakyma="poissa")[0]
    assert "ehtoja ei voi lukea" in read("coding", ehdot="{")[0]


def test_a_link_to_what_is_there_says_nothing(read):
    assert read("coding", vastaus="q0-0") == []


BACKGROUND = '{"where":[["attribute","any",["40–49"],"Ikä"]],"group":["respondent"]}'


@pytest.mark.parametrize("query", [{"vastaaja": "r0"}, {"ehdot": BACKGROUND}])
def test_a_link_that_asks_who_has_answered_tells_a_reviewer_that_it_is_not_asked(read, query):
    assert read("coding", **query) == []
    [told] = read("coding", reviewing=True, **query)
    assert told.startswith("Tarkastelijalle ei kerrota")
