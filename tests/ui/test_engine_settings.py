"""Making the offline model from the page of the study: what is said when it is done."""

from __future__ import annotations

import pytest

from qualcode.nlp import registry
from qualcode.store import opening
from qualcode.workbench import engines
from tests.ui.page_study import open_page, study_by_environment


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_MODELS", str(tmp_path / "models"))
    with study_by_environment(tmp_path, monkeypatch):
        yield tmp_path / "study.qualcode"


def page():
    import streamlit as st

    from qualcode.ui import state
    from qualcode.ui.pages import engine_settings

    notice = state.take_notice()
    engine_settings.show(state.bench())
    if notice:
        st.caption(f"sanottu: {notice}")


def said_after_making(path):
    app = open_page(page, path)
    next(button for button in app.button if button.key == "build-model").click()
    app.run()
    assert not app.exception
    return next(line.value for line in app.caption if line.value.startswith("sanottu: "))


def test_a_model_that_was_made_and_taken_is_said_to_be_in_use(path, monkeypatch):
    def make(_on_progress):
        taken = registry.choice("e5-forms")
        monkeypatch.setattr(engines, "engine_of", lambda _bench: taken)

    monkeypatch.setattr(engines, "build_model", make)
    assert said_after_making(path) == "sanottu: Lausemalli on valmis ja käytössä."


def test_a_model_that_cannot_be_taken_all_the_same_is_not_said_to_be_in_use(path, monkeypatch):
    monkeypatch.setattr(engines, "build_model", lambda _on_progress: None)
    said = said_after_making(path)
    assert said.startswith("sanottu: Lausemalli tehtiin, mutta käytössä on toinen moottori: ")
    assert registry.choice(registry.best_available("fi").name).label not in said


def keep_vectors_of_a_model_no_longer_used(path, size):
    store = opening.open_study(path)
    with store.writing() as rows:
        rows.keep_vectors("sentences@vanha", {f"avain {n}": bytes(size) for n in range(1000)})
    store.close()


def removing(app):
    return [button for button in app.button if button.key == "forget-vectors"]


def test_vectors_that_are_not_in_use_are_told_and_removed(path):
    keep_vectors_of_a_model_no_longer_used(path, 2000)
    app = open_page(page, path)
    assert any("2,0 Mt vektoreita" in line.value for line in app.caption)
    removing(app)[0].click()
    app.run()
    assert not app.exception
    assert "sanottu: Poistettiin käyttämättömiä vektoreita 2,0 Mt." in [
        c.value for c in app.caption
    ]
    assert not removing(app)


def test_vectors_that_take_little_room_are_not_told_of(path):
    keep_vectors_of_a_model_no_longer_used(path, 20)
    assert not removing(open_page(page, path))
