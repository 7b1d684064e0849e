"""The pages of forms and of closed answers over a real study file, without a browser. Invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.documents import ClosedAnswer, ClosedState, Document
from qualcode.domain.instruments import FormItem, Instrument, ItemLink
from qualcode.domain.rounds import Sending
from qualcode.store import opening
from qualcode.workbench import form_files, instruments
from tests.apptest import component_data, fire
from tests.builders import a_study, bring_in
from tests.ui.page_study import open_page
from tests.workbench.test_closed_tables import a_file


def forms_script():
    from qualcode.ui import state
    from qualcode.ui.pages import forms_page

    forms_page.show(state.bench())


def closed_script():
    from qualcode.ui import state
    from qualcode.ui.pages import closed_page

    closed_page.show(state.bench())


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "keksitty.qualcode"
    store = opening.create(path)
    a_study(store)
    store.close()
    return path


@pytest.fixture
def study(path):
    """Changes the study file: ``study(act)`` gives what the act gives."""

    def with_bench(act):
        from tests.builders import a_bench

        store = opening.open_study(path)
        try:
            return act(a_bench(store, prefix="t"))
        finally:
            store.close()

    return with_bench


def opened(script, path):
    return open_page(script, path, "tutkija")


def ran(app):
    app.run()
    assert not app.exception
    return app


def found(study, cls, **equals):
    def look(bench):
        with bench.store.reading() as rows:
            return rows.find(cls, **equals)

    return study(look)


def press(app, label, key=""):
    """The button of this name, and of a key that holds ``key`` where several have the name."""
    [button] = [b for b in app.button if b.label == label and key in (b.key or "")]
    button.click()
    return ran(app)


def field(app, kind, label):
    return next(one for one in getattr(app, kind) if one.label == label)


# --- forms ---------------------------------------------------------------------------------------


def test_an_empty_study_says_what_to_do_and_a_form_is_started_and_written(path, study):
    app = opened(forms_script, path)
    assert "Lomake kertoo, mitä kysyttiin" in app.info[0].value
    field(app, "text_input", "Lomakkeen nimi").set_value("Keksitty kysely")
    app = press(app, "Aloita lomake")
    assert [form.name for form in found(study, Instrument)] == ["Keksitty kysely"]
    field(app, "text_area", "Kysymys").set_value("Sain tietoa")
    field(app, "text_input", "Nro").set_value("1")
    field(app, "text_area", "Vaihtoehdot, yksi rivillään").set_value(
        "1 = eri\n2 = samaa\n3 = samaa"
    )
    field(app, "selectbox", "Tyyppi").set_value("likert5")
    app = press(app, "Lisää kysymys")
    [item] = found(study, FormItem)
    assert (item.title, item.options) == ("1 Sain tietoa", ("1 = eri", "2 = samaa", "3 = samaa"))
    told = [warning.value for warning in app.warning]
    assert any("Asteikossa on 3 porrasta" in text for text in told)
    assert any("Sama sanamuoto ”samaa”" in text for text in told)


@pytest.fixture
def example(study):
    [form] = study(lambda bench: instruments.define(bench, [form_files.example()]))
    return form


def form_opened(path, form, item=None):
    picked = {"pick:form": form.id, "pick:form-item": item}
    return open_page(forms_script, path, "tutkija", **picked)


def test_a_question_is_opened_in_the_table_changed_moved_and_removed(path, study, example):
    app = form_opened(path, example)
    rows = component_data(app, "form-table")["rows"]
    titles = [row["cells"][1]["text"] for row in rows if len(row["cells"]) > 1]
    assert titles[:2] == ["Asiakasnumero", "Ikä"]
    n = next(row["n"] for row in rows if row["cells"][1:] and row["cells"][1]["text"] == "Ikä")
    app = fire(app, "form-table", "open", {"table": "form", "row": n, "column": 1})
    assert not app.exception
    field(app, "text_area", "Kysymys").set_value("Ikä vuosina")
    app = press(app, "Tallenna", "form-item-save")
    app = press(app, "Ylös")
    items = study(lambda bench: instruments.sheet(bench, example.id)).items
    assert [item.text for item in items[:2]] == ["Ikä vuosina", "Asiakasnumero"]
    app = press(app, "Poista")
    assert len(found(study, FormItem)) == len(items) - 1


def test_what_is_being_written_on_a_question_outlives_a_save_in_another_window(
    path, study, example
):
    def wordings():
        items = study(lambda bench: instruments.sheet(bench, example.id)).items
        return {item.id: (item.text, item.number) for item in items}

    item = study(lambda bench: instruments.sheet(bench, example.id)).items[1]
    app = form_opened(path, example, item.id)
    study(lambda bench: instruments.edit_item(bench, replace(item, number="77"), item))
    field(app, "text_area", "Kysymys").set_value("Ikä vuosina")
    app = press(app, "Tallenna", "form-item-save")
    assert wordings()[item.id] == ("Ikä vuosina", "77")
    study(lambda bench: instruments.edit_item(bench, replace(item, text="Syntymävuosi")))
    field(app, "text_area", "Kysymys").set_value("Montako vuotta")
    app = press(app, "Tallenna", "form-item-save")
    assert wordings()[item.id][0] == "Syntymävuosi"
    assert any("Syntymävuosi" in error.value for error in app.error)
    assert field(app, "text_area", "Kysymys").value == "Montako vuotta"
    app = press(app, "Näytä nykyinen")
    assert field(app, "text_area", "Kysymys").value == "Syntymävuosi"


def test_a_new_version_and_what_changed_are_shown(path, study, example):
    app = form_opened(path, example)
    app.segmented_control(key="filter:forms:part").set_value("versions")
    app = press(ran(app), "Aloita versio")
    assert sorted(form.version for form in found(study, Instrument)) == [1, 2]
    assert any("samat kysymykset" in text.value for text in app.caption)
    newer = next(form for form in found(study, Instrument) if form.version == 2)
    first = study(lambda bench: instruments.sheet(bench, newer.id)).items[0]
    study(lambda bench: instruments.remove_item(bench, first.id))
    app = ran(app)
    assert any("Poistettu" in text.value and "Asiakasnumero" in text.value for text in app.markdown)


def test_a_files_questions_are_bound_to_the_form(path, study, example):
    study(
        lambda bench: a_file(
            bench, "s", "asiakas", [0, 2], text="Sain riittävästi tietoa palveluista"
        )
    )
    app = form_opened(path, example)
    app.segmented_control(key="filter:forms:part").set_value("material")
    app = press(ran(app), "Liitä kysymykset")
    [link] = found(study, ItemLink)
    [asked] = found(study, FormItem, id=link.asked_id)
    assert asked.number == "3"
    unclear = found(study, ClosedAnswer, state=ClosedState.UNINTERPRETABLE.value)
    assert {answer.raw for answer in unclear} == {"1 eri mieltä", "3 samaa mieltä"}


def test_the_example_reads_back_the_same_from_excel_and_yaml():
    from qualcode.readers.forms import read_forms

    form = form_files.example()
    for data, name in (
        (form_files.as_excel(form), "lomake.xlsx"),
        (form_files.as_yaml(form).encode(), "lomake.yaml"),
    ):
        reading = read_forms(data, name)
        assert reading.forms == (form,)
        assert reading.problems == ()


# --- closed answers ------------------------------------------------------------------------------


def test_without_closed_answers_the_page_says_where_they_come_from(path):
    def script():
        import streamlit as st

        from qualcode.ui import state
        from qualcode.ui.pages import closed_page

        page = st.Page(lambda: None, title="Aineisto", url_path="aineisto")
        st.navigation([page], position="hidden")
        state.remember_pages({"aineisto": page})
        closed_page.show(state.bench())

    app = opened(script, path)
    assert "Suljettuja vastauksia ei vielä ole" in app.info[0].value


def test_a_number_of_a_table_opens_its_answers(path, study):
    study(lambda bench: a_file(bench, "s", "asiakas", [0, 2, 2, None, "en tiedä kumpi"]))
    app = opened(closed_script, path)
    shown = component_data(app, "closed-table-closed_1")
    assert [cell["text"] for cell in shown["rows"][0]["cells"]] == [
        "1 Sain tietoa", "1", "0", "2", "3", "1", "1",
    ]  # fmt: skip
    assert "n = 3" in component_data(app, "closed-table-closed_1-bars")["svg"]
    app = fire(app, "closed-table-closed_1", "open", {"table": "closed_1", "row": 0, "column": 6})
    assert not app.exception
    assert any(text.value == "en tiedä kumpi" for text in app.markdown)


def test_sent_forms_are_entered_for_a_group(path, study):
    study(lambda bench: a_file(bench, "s", "asiakas", [0, 2]))
    app = opened(closed_script, path)
    app.segmented_control(key="filter:closed:part-True").set_value("returned")
    app = press(ran(app), "Kirjaa ryhmälle lähetetyt lomakkeet")
    field(app, "text_input", "Toimijaryhmä").set_value("asiakas")
    field(app, "number_input", "Lähetetty").set_value(8)
    app = press(app, "Tallenna")
    [sending] = found(study, Sending)
    assert (sending.actor_group, sending.sent, sending.returned) == ("asiakas", 8, None)
    assert any(text.value == "25 %" for text in app.markdown)


def test_an_answer_in_words_is_interpreted_or_taken_as_a_text(path, study):
    study(lambda bench: a_file(bench, "s", "asiakas", [0, "en tiedä kumpi", "no jaa, ehkä 2"]))
    app = opened(closed_script, path)
    app.segmented_control(key="filter:closed:part-True").set_value("verbal")
    app = press(ran(app), "Ota sanalliset vastaukset koodattaviksi teksteiksi (2)")
    texts = found(study, Document)
    assert sorted(text.text for text in texts) == ["en tiedä kumpi", "no jaa, ehkä 2"]
    app.selectbox(key="interpret-s-a2").set_value("2 siltä väliltä")
    ran(app)
    [answer] = found(study, ClosedAnswer, id="s-a2")
    assert (answer.state, answer.raw) == (ClosedState.ANSWERED, "no jaa, ehkä 2")


def test_an_answer_that_came_as_a_number_is_not_offered_to_be_interpreted(path, study):
    def both(bench):
        item = a_file(bench, "s", "asiakas", [0, "ehkä 2"])
        number = ClosedAnswer("n", "s", item, ClosedState.UNINTERPRETABLE, count=2)
        bring_in(bench, number)

    study(both)
    app = opened(closed_script, path)
    app.segmented_control(key="filter:closed:part-True").set_value("verbal")
    app = ran(app)
    assert [box.key for box in app.selectbox if box.key.startswith("interpret-")] == [
        "interpret-s-a1"
    ]
    assert any("Tuotu pelkkänä lukuna" in text.value for text in app.caption)
