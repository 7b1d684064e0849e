"""Whoever only reviews is offered nothing that would be refused, on any page a link leads to."""

from __future__ import annotations

from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.bootstrap import open_store
from qualcode.domain.documents import Source
from qualcode.store.views import ExpressionQuery
from qualcode.ui import door
from qualcode.workbench import Workbench, coding, role_commenting, role_mapping, rounds, stances
from qualcode.workbench.map_versions import keep
from qualcode.workbench.quoting import checking, choosing
from qualcode.workbench.role_mapping import RoleDraft
from tests.ui.demo_study import demo_study
from tests.ui.grouping_study import grouping_study, texts
from tests.ui.page_study import open_page

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


def parts_read(script, study, key, parts):
    """Each part of a page as whoever reviews sees it, every button of it pressed."""
    app = open_page(script, study, "Pekka", reviewing=True)
    for part in parts:
        app.session_state[key] = part
        app.run()
        assert not app.exception
        assert not [one for one in app.button if one.proto.is_form_submitter]
        yield app
        for button in [one.key for one in app.button if "open" not in one.key]:
            if button not in [one.key for one in app.button]:
                continue  # another press turned to another part
            app.button(key=button).click().run()
            assert not app.exception
            assert REFUSED not in texts(app), (part, button)


def test_closed_answers_are_read_with_their_rounds_but_not_changed(tmp_path):
    study = demo_study(tmp_path)
    with closing(open_store(study)) as store:
        analyst = Workbench(store, "Analysoija 1")
        rounds.put_round(analyst, "Alkumittaus", "kevät")
        with store.reading() as rows:
            [named], source = rounds.rounds(rows), rows.find(Source)[0]
        rounds.gathered_in(analyst, source.id, named.id)
        before = revision(store)

    def script():
        from qualcode.ui import state
        from qualcode.ui.pages import closed_page

        closed_page.show(state.bench())

    parts = ("tables", "sides", "returned", "verbal")
    for part, app in zip(
        parts, parts_read(script, study, "filter:closed:part-True", parts), strict=True
    ):
        assert not app.get("file_uploader")
        if part == "returned":
            assert "Alkumittaus: 1 tiedosto" in texts(app)
            assert source.name not in texts(app)
            assert not app.selectbox and not app.button
        if part == "verbal":
            assert not app.selectbox and not app.button
    with closing(open_store(study)) as store:
        assert revision(store) == before


def test_quotes_are_read_with_their_checks_but_not_chosen_or_checked(tmp_path):
    study = demo_study(tmp_path)
    with closing(open_store(study)) as store:
        analyst = Workbench(store, "Analysoija 1")
        with store.reading() as rows:
            found = rows.expressions(ExpressionQuery(), 0, 2).rows
        ids = [row.segment_id for row in found]
        choosing.choose(analyst, ids)
        checking.check(analyst, ids[:1], True)
        before = revision(store)

    def script():
        from qualcode.ui import state
        from qualcode.ui.pages import quotes_page

        quotes_page.show(state.bench())

    parts = ("all", "chosen", "unplaced", "empty")
    for part, app in zip(
        parts, parts_read(script, study, "filter:quotes:part", parts), strict=True
    ):
        labels = {one.label for one in app.button}
        assert not {"Valitse", "Jätä pois", "Saa julkaista", "Muokkaa", "Pelkistä"} & labels
        if part == "chosen":
            said = texts(app)
            assert "Ei vielä tarkistettu" in said and "Analysoija 1" in said
    with closing(open_store(study)) as store:
        assert revision(store) == before


def revision(store):
    with store.reading() as rows:
        return rows.revision()
