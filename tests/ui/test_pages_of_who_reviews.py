"""Whoever only reviews is offered nothing that would be refused, on any page a link leads to."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.ui import door
from qualcode.workbench import coding, role_commenting, role_mapping, stances
from qualcode.workbench.map_versions import keep
from qualcode.workbench.role_mapping import RoleDraft
from tests.ui.grouping_study import grouping_study, texts

REFUSED = "Olet tarkastelija, joten"
READ = ("koodikirjat", "pelkistykset", "roolikartat", "taulukot", "kyllaantyminen")


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with grouping_study(tmp_path, monkeypatch) as bench:
        code = coding.add_code(bench, "Avun saaminen")
        coding.code(bench, "d0", 0, 9, code.id)
        stances.mark(bench, "d0", 0, 9, stances.Stance.SUCCESS)
        made = role_mapping.start(bench, "Kartta", "", [RoleDraft("Auttaja", True, ("auttaa",))])
        with bench.store.reading() as rows:
            [role] = rows.find(role_mapping.Role, map_id=made.id)
        role_mapping.link_many(bench, [role.id], ["apu"], [])
        role_commenting.comment(bench, made.id, role.id, "Selkeä rooli.")
        keep(bench, made.id, "Kuvio 1")
        yield bench


def page(module):
    from importlib import import_module

    from qualcode.ui import state

    import_module(f"qualcode.ui.pages.{module}").show(state.bench())


def opened(address):
    module = next(entry[3] for entry in door.PAGES if entry[0] == address)
    app = AppTest.from_function(page, args=(module,), default_timeout=60)
    app.session_state["coder"] = "Pekka"
    app.session_state["reviewing"] = True
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("address", READ)
def test_no_button_of_a_page_is_refused_to_who_reviews(bench, address):
    with bench.store.reading() as rows:
        before = rows.revision()
    app = opened(address)
    for button in [one.key for one in app.button]:
        try:
            found = app.button(key=button)
        except KeyError:
            continue  # another press took it off the page
        found.click().run()
        assert not app.exception
        assert REFUSED not in texts(app), button
    assert not app.text_area
    assert not [one for one in app.button if one.proto.is_form_submitter]
    with bench.store.reading() as rows:
        assert rows.revision() == before


def test_each_part_of_the_role_map_is_read_without_its_forms(bench):
    app = opened("roolikartat")
    [choice] = [one for one in app.button_group if one.key == "filter:roles:part"]
    for part in ("map", "texts", "versions", "guide"):
        choice.set_value(part).run()
        assert not app.exception
        assert not [one for one in app.button if one.proto.is_form_submitter]
        assert not {"Poista", "Irrota", "Tallenna"} & {one.label for one in app.button}
        [choice] = [one for one in app.button_group if one.key == "filter:roles:part"]


def test_a_page_that_is_there_for_its_acts_says_so_instead(bench):
    offered = {address for address, *_rest in door.PAGES}
    assert set(door.READ_BY_REVIEWERS) < offered
    assert set(door.FOR_REVIEWERS) <= set(door.READ_BY_REVIEWERS)
    assert {"aineisto", "lomakkeet", "tyopajat"} <= offered - set(door.READ_BY_REVIEWERS)
