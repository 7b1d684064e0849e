"""The pile of what the program does not know, of the whole study, on the page of suggestions."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from qualcode.store.outlook import Outlook
from qualcode.ui import places
from qualcode.workbench import coding
from tests.ui.reading_study import CODER, bench_of, make_study


def _page() -> None:
    from qualcode.ui import shell, state
    from qualcode.ui.pages import unsure_pile

    shell.header()
    unsure_pile.show(state.bench())


@pytest.fixture
def study(tmp_path):
    return make_study(tmp_path / "s.qualcode", [f"Vastaus {n}" for n in range(40)])


@pytest.fixture
def page(study, monkeypatch):
    def run():
        monkeypatch.setenv("QUALCODE_STUDY", str(study))
        monkeypatch.setenv("QUALCODE_CODER", CODER)
        monkeypatch.setattr(
            places, "open_thing", lambda kind, id: st.markdown(f"opened {kind} {id}")
        )
        st.cache_resource.clear()
        return AppTest.from_function(_page, default_timeout=60).run()

    yield run
    st.cache_resource.clear()


def seen(study, *chances):
    with bench_of(study).store.writing() as rows:
        rows.keep_outlook(
            [
                Outlook(f"q0-{n}", n + 1, n + 1, 300, chance, "c0", 1, "2026-11-28T10:00:00+00:00")
                for n, chance in enumerate(chances)
            ]
        )


def texts(app):
    return [one.value for one in [*app.markdown, *app.caption]]


def opens(app):
    return [b.key for b in app.button if (b.key or "").startswith("pile-open")]


def test_before_anything_was_looked_through_the_page_says_how_to_begin(page):
    app = page()
    assert not app.exception
    assert "Vastauksia ei ole vielä käyty läpi." in texts(app)
    assert app.button(key="pile-begin").label == "Käy vastaukset läpi"


def test_before_enough_is_decided_it_says_what_is_lacking(page, study):
    seen(study, None, None)
    assert any("30 ehdotuksesta" in text for text in texts(page()))


def test_every_answer_below_the_limit_is_counted_listed_and_opens(page, study):
    seen(study, 100, 900, 450)
    bench = bench_of(study)
    app = page()
    assert any(text.endswith("· 2") for text in texts(app))
    assert opens(app) == ["pile-open-document-q0-0", "pile-open-document-q0-2"]
    assert any(text.startswith("10 %") and "Osallisuus" in text for text in texts(app))
    app.button(key="pile-open-document-q0-2").click().run()
    assert any("opened document" in text for text in texts(app))
    # What has got its code is known by then.
    coding.code(bench, "q0-0", 0, 7, "c0")
    assert opens(app.run()) == ["pile-open-document-q0-2"]
    app.slider[0].set_value(40).run()
    assert opens(app) == []
    assert "Jokaiselle koodaamattomalle vastaukselle on todennäköinen koodi." in texts(app)


def test_a_long_pile_is_shown_a_page_at_a_time(page, study):
    seen(study, *range(100, 140))
    app = page()
    assert any(text.endswith("· 40") for text in texts(app))
    assert len(opens(app)) == 15
