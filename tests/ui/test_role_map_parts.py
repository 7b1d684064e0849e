"""The parts of the role map page over a real study file, without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.bootstrap import Settings, workbench
from qualcode.domain.map_versions import MapVersion
from qualcode.domain.role_comments import RoleComment
from qualcode.domain.role_maps import Role
from qualcode.domain.role_pairs import RolePair
from qualcode.domain.role_traits import RoleTrait, Trait
from qualcode.store import opening
from qualcode.workbench import role_mapping, studies
from qualcode.workbench.role_mapping import RoleDraft


def role_script():
    from qualcode.ui import state
    from qualcode.ui.pages import role_map_page

    role_map_page.show(state.bench())


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "keksitty.qualcode"
    store = opening.create(path)
    bench = workbench(store, Settings(tmp_path, coder="Maija"))
    studies.start(bench, "Keksitty")
    drafts = [RoleDraft("Tekijä", True, ("Valitsee",), "Päättää itse."), RoleDraft("Kokeilija")]
    role_mapping.start(bench, "Asiakas", "asiakas", drafts)
    role_mapping.start(bench, "Työntekijä", "työntekijä", [RoleDraft("Rinnalla kulkija", True)])
    store.close()
    return path


@pytest.fixture
def rows(study):
    def find(cls, **equals):
        store = opening.open_study(study)
        with store.reading() as reading:
            found = reading.find(cls, **equals)
        store.close()
        return found

    return find


@pytest.fixture
def app(study):
    app = AppTest.from_function(role_script, default_timeout=60)
    app.session_state["study"] = str(study)
    app.session_state["language"] = "fi"
    app.session_state["coder"] = "Maija"
    app.run()
    assert not app.exception
    return app


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def turn_to(app, part):
    app.session_state["filter:roles:part"] = part
    app.run()
    assert not app.exception


def told(app):
    return [text.value for text in (*app.markdown, *app.caption)]


def test_a_counter_role_is_chosen_and_opened_on_its_own_map(app, rows):
    picker = next(box for box in app.selectbox if box.label == "Vastarooli")
    picker.set_value(rows(Role, name="Rinnalla kulkija")[0].id)
    press(app, "Tee pari")
    assert len(rows(RolePair)) == 1
    press(app, "Rinnalla kulkija")
    assert app.selectbox[0].value == rows(Role, name="Rinnalla kulkija")[0].map_id
    assert "Tekijä" in [button.label for button in app.button]


def test_a_kind_is_chosen_and_taken_back(app, rows):
    def kinds():
        return next(group for group in app.button_group if group.label == "Roolin laji")

    kinds().set_value([Trait.SOCIAL]).run()
    assert not app.exception
    assert [row.trait for row in rows(RoleTrait)] == [Trait.SOCIAL]
    app.button(key="role-map-undo").click().run()
    assert rows(RoleTrait) == []
    assert kinds().value == []


def test_the_text_of_the_roles_tells_what_is_missing(app):
    turn_to(app, "texts")
    assert "ei teorialähteitä, ei näyttöä aineistossa, ei vastaroolia" in told(app)
    press(app, "Kokeilija")
    assert app.session_state["filter:roles:part"] == "map"
    assert "Roolilla ei ole vielä kuvausta." in told(app)


def test_a_version_is_kept_and_the_change_after_it_told(app, rows, study):
    turn_to(app, "versions")
    next(field for field in app.text_input if field.label == "Version nimi").set_value("Kuvio 1")
    press(app, "Tallenna versio")
    assert [version.name for version in rows(MapVersion)] == ["Kuvio 1"]
    assert "Mikään ei ole muuttunut." in told(app)

    store = opening.open_study(study)
    bench = workbench(store, Settings(study.parent, coder="Olli"))
    map_id = rows(Role, name="Kokeilija")[0].map_id
    role_mapping.add_role(bench, map_id, RoleDraft("Kysyjä", descriptors=("Ottaa selvää",)))
    store.close()
    app.run()
    assert {"**Kysyjä**", ":gray[uusi rooli]", ":green[+] Ottaa selvää"} <= set(told(app))


def test_a_comment_of_a_network_is_tied_to_its_role(app, rows):
    turn_to(app, "comments")
    role = rows(Role, name="Kokeilija")[0]
    next(box for box in app.selectbox if box.label == "Mistä roolista").set_value(role.id)
    said = next(field for field in app.text_area if field.label == "Mitä sanottiin")
    said.set_value("Saisi näkyä enemmän.")
    next(field for field in app.text_input if field.label == "Kuka sanoi").set_value("Verkosto")
    press(app, "Kirjaa kommentti")
    (kept,) = rows(RoleComment)
    assert (kept.role_id, kept.author) == (role.id, "Verkosto")

    turn_to(app, "map")
    app.session_state["pick:role"] = role.id
    app.run()
    assert "Saisi näkyä enemmän\\." in told(app)
