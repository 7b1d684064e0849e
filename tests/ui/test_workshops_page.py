"""The Workshops page without a browser: notes in, reductions by groups, script, themes."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.domain.coding import ReductionLink
from qualcode.domain.documents import Document, DocumentKind
from qualcode.domain.workshop_days import Workshop
from qualcode.readers.sheets import open_workbook
from qualcode.readers.workshop import guess_workshop, read_pasted_notes, read_workshop
from qualcode.workbench import history, importing, wall, workshop_script
from qualcode.workbench.workshops import Details
from tests.ui.page_study import study_by_environment
from tests.ui.workshop_study import NOTES


def workshops_app() -> None:
    import streamlit as st

    from qualcode.ui import state
    from qualcode.ui.pages import workshops_page

    def tyopajat() -> None:
        workshops_page.show(state.bench())

    def other() -> None:
        st.write("muu sivu")

    pages = {"tyopajat": st.Page(tyopajat, default=True)}
    pages |= {n: st.Page(other, url_path=n) for n in ("hanke", "luokat", "pelkistykset", "koodaus")}
    state.remember_pages(pages)
    st.navigation(list(pages.values()), position="hidden").run()


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with study_by_environment(tmp_path, monkeypatch) as bench:
        yield bench


@pytest.fixture
def app(bench):
    app = AppTest.from_function(workshops_app, default_timeout=60).run()
    assert not app.exception
    return app


def bring_in(bench):
    importing.import_workshop(
        bench,
        "laput",
        NOTES.encode(),
        read_pasted_notes(NOTES, file="laput"),
        actor_group="työntekijä",
        workshop=Details("Syystyöpaja"),
    )


def press(app, label):
    """The last button of this name: what is open in the page stands below its head."""
    [button for button in app.button if button.label == label][-1].click()
    app.run()
    assert not app.exception


def the_workshop(bench):
    with bench.store.reading() as rows:
        (found,) = rows.find(Workshop)
    return found


def part(app, name):
    control = next(c for c in app.segmented_control if c.label == "Mitä näytetään")
    control.set_value(name)
    app.run()
    assert not app.exception


def paste(app, text):
    app.text_area[0].set_value(text)
    press(app, "Lue muistiinpanot")


def test_an_evenings_notes_come_in_and_their_wall_is_open(app, bench):
    paste(app, NOTES)
    assert any("kenttiä 4/4" in m.value and "pöytiä 2" in m.value for m in app.markdown)
    name = next(field for field in app.text_input if field.label == "Työpajan nimi")
    name.set_value("Syystyöpaja").run()
    press(app, "Tuo tutkimukseen")
    assert the_workshop(bench).name == "Syystyöpaja"
    assert any("Syystyöpaja" in m.value for m in app.markdown)
    assert any(button.label == "Ehdota ryhmiä" for button in app.button)


def test_observations_are_recognised_and_itemised_before_they_come_in(app, bench):
    paste(app, "Havainnot (havainnoija 1)\n\nKuuntelu: Yksi puhui. Muut odottivat vuoroaan.\n")
    press(app, "Tuo tutkimukseen")
    with bench.store.reading() as rows:
        found = rows.find(Document, kind=DocumentKind.OBSERVATION)
    assert [d.text for d in found] == ["Yksi puhui.", "Muut odottivat vuoroaan."]
    assert {d.attributes["target"] for d in found} == {"Kuuntelu"}
    assert {d.attributes["observer"] for d in found} == {"havainnoija 1"}


def test_feedback_is_recognised_by_its_title_and_shown_where_it_went(app, bench):
    paste(app, NOTES)
    press(app, "Tuo tutkimukseen")
    part(app, "notes")
    field = next(one for one in app.text_area if one.label == "Tai kirjoita tai liitä ne tähän")
    field.set_value("Palaute, pöytä 3\nkiitos\nliian vähän aikaa\n")
    press(app, "Lue muistiinpanot")
    title = next(box for box in app.selectbox if "tarkoittaa" in box.label)
    assert title.options == ["lappua, ei otsikkoa", "muistiinpanojen otsikkoa, ei lappua"]
    press(app, "Tuo tutkimukseen")
    shown = next(c for c in app.segmented_control if c.label == "Mitä näytetään")
    assert shown.value == "notes", "the wall shows no feedback"
    with bench.store.reading() as rows:
        found = rows.find(Document, kind=DocumentKind.FEEDBACK)
    assert [d.text for d in found] == ["kiitos", "liian vähän aikaa"]


def test_what_may_be_a_heading_or_a_note_is_asked_with_a_guess(app, bench):
    paste(app, "Muistiinpanot, pöytä 2\nVahvuudet\naika\nheikkous\nkiire\nUhat\nuhka 1\n")
    asked = {box.label: box.value for box in app.selectbox if "tarkoittaa" in box.label}
    assert list(asked.values()) == ["title", "weaknesses", "note"]
    chosen = next(box for box in app.selectbox if "heikkous" in box.label)
    chosen.set_value("note").run()
    press(app, "Tuo tutkimukseen")
    with bench.store.reading() as rows:
        found = rows.find(Document, kind=DocumentKind.WORKSHOP_NOTE)
    assert [(d.text, d.attributes["quadrant"]) for d in found] == [
        ("aika", "strengths"),
        ("heikkous", "strengths"),
        ("kiire", "strengths"),
        ("uhka 1", "threats"),
    ]
    assert {d.attributes["table"] for d in found} == {"Pöytä 2"}


def test_role_shaping_notes_have_a_board_of_their_own(bench, app):
    table = "Kuva;Mitä se kuvaa;Kysymys\nkompassi;näyttää <suunnan>;Millainen rooli?\n"
    book = open_workbook(table.encode(), "roolit.csv")
    reading = read_workshop(book, guess_workshop(book).plan)
    importing.import_workshop(
        bench, "roolit.csv", table.encode(), reading, actor_group="", workshop=Details("Syksy")
    )
    app.run()
    press(app, "Avaa")
    part(app, "roles")
    shown = " ".join(element.proto.body for element in app.get("html"))
    assert "<h4>kompassi</h4><p>näyttää &lt;suunnan&gt;</p>" in shown
    # Taken back while it is looked at: the page turns to what there is.
    history.undo(bench)
    app.run()
    assert not app.exception


def test_grouped_notes_are_reduced_and_it_is_undone_beside_the_button(bench, app):
    bring_in(bench)
    workshop = the_workshop(bench)
    with bench.store.reading() as rows:
        kiire = next(n for n in wall.hanging(rows, workshop.id) if n.text == "kiire")
    wall.group(bench, workshop.id, "weaknesses", "Ajan puute", [kiire.id])
    app.run()
    press(app, "Avaa")
    part(app, "notes")
    press(app, "Pelkistä 1 lappua ryhmittäin")
    with bench.store.reading() as rows:
        assert rows.count(ReductionLink) == 1
    press(app, "Kumoa")
    with bench.store.reading() as rows:
        assert rows.count(ReductionLink) == 0


def test_a_script_is_written_and_its_page_printed(bench, app):
    bring_in(bench)
    app.run()
    press(app, "Avaa")
    part(app, "script")
    press(app, "Lisää SWOTin neljä pöytää")
    with bench.store.reading() as rows:
        (step,) = workshop_script.steps_of(rows, the_workshop(bench).id)
    assert [table.name for table in step.tables] == [
        "Vahvuudet",
        "Heikkoudet",
        "Mahdollisuudet",
        "Uhat",
    ]
    press(app, "Lisää vaihe")
    next(f for f in app.text_input if f.label == "Mitä tehdään").set_value("Kahvi")
    press(app, "Tallenna")
    with bench.store.reading() as rows:
        names = [one.step.name for one in workshop_script.steps_of(rows, the_workshop(bench).id)]
    assert names == ["Learning Cafe (SWOT)", "Kahvi"]


def test_a_script_comes_in_from_a_file(bench, app):
    script = {"name": "Kevätpaja", "steps": [{"name": "Aloitus", "time": "9:00"}]}
    uploader = app.file_uploader[-1]
    uploader.set_value(("ohjelma.json", json.dumps(script).encode(), "application/json"))
    press(app, "Tuo ohjelma")
    assert the_workshop(bench).name == "Kevätpaja"
    assert any("Aloitus" in m.value for m in app.markdown)


def test_without_a_survey_the_themes_say_what_to_do_first(bench, app):
    bring_in(bench)
    app.run()
    press(app, "Avaa")
    part(app, "themes")
    assert any("kyselyn vastauksia" in info.value for info in app.info)
