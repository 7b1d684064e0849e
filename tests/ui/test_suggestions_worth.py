"""The page of how suggestions have fared, code by code. Invented answers."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from qualcode.domain.suggestions import Candidate
from qualcode.store.offers import CODE
from qualcode.workbench import coding
from qualcode.workbench.suggesting import keeping
from tests.ui.reading_study import CODER, bench_of, make_study


def _page() -> None:
    from qualcode.store.offers import CODE
    from qualcode.ui import shell, state
    from qualcode.ui.pages import suggestions_worth

    shell.header()
    suggestions_worth.show(state.bench(), CODE)


@pytest.fixture
def study(tmp_path):
    return make_study(tmp_path / "s.qualcode", ["Aina kiire.", "Rahaa ei ole."])


@pytest.fixture
def table(study, monkeypatch):
    def run():
        monkeypatch.setenv("QUALCODE_STUDY", str(study))
        monkeypatch.setenv("QUALCODE_CODER", CODER)
        st.cache_resource.clear()
        app = AppTest.from_function(_page, default_timeout=60).run()
        assert not app.exception
        shown = app.dataframe[0].value
        assert app.dataframe[0].proto.placeholder == "–", "not None in the middle of a Finnish page"
        return shown.set_index(shown.columns[0])

    yield run
    st.cache_resource.clear()


def test_a_code_that_nobody_has_decided_on_is_not_told_to_be_never_chosen(study, table):
    bench = bench_of(study)
    both = [Candidate("c0", "Kiire", 0.5), Candidate("c1", "Raha", 0.2)]
    keeping.note(bench, CODE, ("q0-0", 0, 11), both, "")
    keeping.write_down(bench)
    first, three = "Oikein ensimmäisenä", "Oikein kolmen joukossa"
    assert table()[[first, three]].isna().all(axis=None)
    coding.code(bench, "q0-0", 0, 11, "c0")
    bench.store.close()
    found = table()
    assert found[three].tolist() == [1.0, 0.0]
    assert found[first].iloc[0] == 1.0
    assert found[first].isna().tolist() == [False, True]
    assert found["Todennäköisyyden virhe"].isna().all()
