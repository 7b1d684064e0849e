"""The parts of the role map page over a real study file, without a browser."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from qualcode.bootstrap import Settings, workbench
from qualcode.domain.map_versions import MapVersion
from qualcode.domain.role_comments import RoleComment
from qualcode.domain.role_maps import Role
from qualcode.domain.role_pairs import RolePair
from qualcode.domain.role_traits import RoleTrait, Trait
from qualcode.store import opening
from qualcode.workbench import role_mapping, studies
from qualcode.workbench.role_mapping import RoleDraft
from tests.ui.page_study import open_page, rows_of


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
    return partial(rows_of, study)


@pytest.fixture
def app(study):
    return open_page(role_script, study)


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

    press(app, "Palaa tähän")
    assert not rows(Role, name="Kysyjä")
    assert {version.name for version in rows(MapVersion)} == {"Kuvio 1", "Ennen paluuta: Kuvio 1"}
    beside_undo = next(text for text in told(app) if "Kartta on palautettu" in text)
    assert len(beside_undo) < 60, "a longer line would move the page under it"
    over_it = app.session_state["notice"]
    assert "Eivät ole enää kartalla" in over_it and "Kysyjä" in over_it


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

    [box for box in app.selectbox if box.label == "Mistä roolista"][-1].set_value(None)
    field(app, "Mitä sanottiin").set_value("Hyvä kartta.")
    press(app, "Kirjaa kommentti")
    assert "**Koko kartta**" in told(app)

    turn_to(app, "map")
    app.session_state["pick:role"] = role.id
    app.run()
    assert "Saisi näkyä enemmän\\." in told(app)


def field(app, label):
    """The field of the chosen role; a new role's has the same name above it."""
    return [box for box in app.text_area if box.label == label][-1]


def another_window(study, **changes):
    store = opening.open_study(study)
    bench = workbench(store, Settings(study.parent, coder="Kaisa"))
    with store.reading() as reading:
        [role] = reading.find(Role, name="Tekijä")
    role_mapping.edit_role(bench, replace(role, **changes))
    store.close()


def test_text_being_written_stays_when_another_window_saves_the_role(app, study, rows):
    another_window(study, sources=("Keksitty 2020",))
    app.run()
    assert "Tätä on muutettu sen jälkeen, kun avasit sen." in told(app)
    field(app, "Kuvaus").set_value("Päättää yhdessä muiden kanssa.")
    press(app, "Tallenna rooli")
    assert "Tätä on muutettu sen jälkeen, kun avasit sen." not in told(app)
    [role] = rows(Role, name="Tekijä")
    assert role.description == "Päättää yhdessä muiden kanssa."
    assert role.sources == ("Keksitty 2020",)  # the other window's


def test_what_two_windows_wrote_in_one_field_is_not_overwritten(app, study, rows):
    another_window(study, descriptors=("Valitsee itse",))
    field(app, "Luonnehdinnat, kukin omalla rivillään").set_value("Valitsee\nKokeilee")
    press(app, "Tallenna rooli")
    [problem] = [error.value for error in app.error]
    assert "Kaisa" in problem and "Valitsee itse" in problem and "Valitsee; Kokeilee" in problem
    assert rows(Role, name="Tekijä")[0].descriptors == ("Valitsee itse",)
    assert field(app, "Luonnehdinnat, kukin omalla rivillään").value == "Valitsee\nKokeilee"


def test_the_role_form_follows_what_this_window_takes_back(app, rows):
    field(app, "Kuvaus").set_value("Toisin.")
    press(app, "Tallenna rooli")
    assert field(app, "Kuvaus").value == "Toisin."
    next(button for button in app.button if button.key == "role-map-undo").click().run()
    assert field(app, "Kuvaus").value == "Päättää itse."
    assert rows(Role, name="Tekijä")[0].description == "Päättää itse."


def boxes(app):
    """What the boxes of the head are known by: Streamlit leaves one open as long as it is known."""
    return {box.proto.popover.label: box.proto.id for box in app.get("popover")[:2]}


def test_the_boxes_of_the_head_close_when_another_map_is_shown(app):
    before = boxes(app)
    press(app, "Poista kartta")
    after_removing = boxes(app)
    assert before["Kartan asetukset"] != after_removing["Kartan asetukset"]
    press(app, "Aloita kartta")
    assert after_removing["Uusi kartta"] != boxes(app)["Uusi kartta"]
