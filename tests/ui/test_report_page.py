"""The report page and the role map page over a real study file, without a browser."""

from functools import partial

import pytest

from qualcode.domain.role_maps import Role, RoleMap, RolePlacement
from qualcode.store import opening
from qualcode.workbench import studies
from tests import report_builders
from tests.apptest import component_data, fire
from tests.ui.page_study import open_page, rows_of


def report_script():
    from qualcode.ui import state
    from qualcode.ui.pages import report_page

    report_page.show(state.bench())


def role_script():
    from qualcode.ui import state
    from qualcode.ui.pages import role_map_page

    role_map_page.show(state.bench())


def opened(script, path, language="fi"):
    return open_page(script, path, "tutkija", language=language)


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "keksitty.qualcode"
    store = opening.create(path)
    report_builders.small_study(store)
    store.close()
    return path


@pytest.fixture
def rows(study):
    return partial(rows_of, study)


def preview(app):
    return component_data(app, "report-preview")


def test_the_page_shows_the_first_table_as_it_is_printed(study):
    app = opened(report_script, study)
    shown = preview(app)
    assert shown["columns"][0]["title"] == "Teema"
    assert shown["rows"][0]["cells"][1]["text"] == "Sain itse valita, kuka minua auttaa."
    assert any("Taulukko 1." in text.value for text in app.markdown)


def test_a_number_opens_what_stands_behind_it(study):
    app = opened(report_script, study)
    app.selectbox(key="filter:report:table").set_value("categories").run()
    assert preview(app)["rows"][0]["cells"][-1] == {
        "text": "4", "joined": False, "strong": False, "open": True,
    }  # fmt: skip
    fire(app, "report-preview", "open", {"table": "categories", "row": 0, "column": 7})
    texts = [text.value for text in app.markdown]
    assert "Valitsin naapurikunnan yrityksen\\." in texts
    assert any("4 tekstiä tai vastausta, 4 vastaajaa" in c.value for c in app.caption)


def test_a_place_that_is_not_in_the_table_opens_nothing(study):
    app = opened(report_script, study)
    fire(app, "report-preview", "open", {"table": "analysis_example", "row": 999, "column": 0})
    assert not app.exception


def test_parts_that_are_not_chosen_are_not_shown(study):
    app = opened(report_script, study)
    for box in app.checkbox:
        if box.key.startswith("filter:report:") and box.value:
            box.uncheck()
    app.run()
    assert "Valitse ainakin yksi raportin osa." in [info.value for info in app.info]
    app.checkbox(key="filter:report:categories").check().run()
    assert preview(app)["table"] == "categories"


def test_identifiers_come_with_a_warning(study):
    app = opened(report_script, study)
    app.checkbox(key="filter:report:labels").check().run()
    assert [w.value for w in app.warning]


def test_an_english_session_reads_an_english_report(study):
    app = opened(report_script, study, "en")
    assert app.title[0].value == "Report"
    assert preview(app)["columns"][0]["title"] == "Theme"


def test_a_role_that_is_clicked_is_shown_with_its_evidence(study, rows):
    app = opened(role_script, study)
    assert component_data(app, "role-figure")["svg"].startswith("<svg")
    [other] = rows(Role, name="Kumppani")
    fire(app, "role-figure", "choose", {"role": other.id})
    assert component_data(app, "role-figure")["chosen"] == other.id
    assert any("0 vastaajaa, 0 mainintaa" in text.value for text in app.markdown)


def test_a_role_can_be_edited_and_the_act_taken_back(study, rows):
    app = opened(role_script, study)
    name = next(field for field in app.text_input if field.value == "Päättäjä")
    name.set_value("Valitsija")
    next(b for b in app.button if b.label == "Tallenna rooli").click().run()
    assert not app.exception
    assert rows(Role, central=True)[0].name == "Valitsija"
    next(b for b in app.button if b.key == "role-map-undo").click().run()
    assert rows(Role, central=True)[0].name == "Päättäjä"


def test_what_is_outside_the_map_is_in_sight_and_can_be_given_a_role(study, rows):
    app = opened(role_script, study)
    assert any("Kuulluksi tuleminen" in text.value for text in app.markdown)
    picker = next(box for box in app.multiselect if box.label == "Kytke rooliin")
    picker.select(picker.options[0])
    next(box for box in app.multiselect if box.label == "Roolit").set_value(
        [role.id for role in rows(Role)]
    )
    before = len(rows(RolePlacement))
    next(b for b in app.button if b.label == "Kytke" and b.form_id == "outside-link").click().run()
    assert not app.exception
    assert len(rows(RolePlacement)) == before + len(rows(Role))


def test_an_empty_study_offers_a_shipped_frame_to_begin_with(tmp_path):
    path = tmp_path / "tyhja.qualcode"
    store = opening.create(path)
    studies.start(report_builders.bench(store), "Tyhjä")
    store.close()
    app = opened(role_script, path)
    app.button(key="new-map-frame-start").click().run()
    assert not app.exception
    store = opening.open_study(path)
    with store.reading() as reading:
        [role_map] = reading.find(RoleMap)
        assert reading.count(Role, map_id=role_map.id) == 7
    store.close()
    assert "Päättäjä" in component_data(app, "role-figure")["svg"]


def test_cross_tables_are_chosen_as_a_part_of_the_report(study):
    app = opened(report_script, study)
    assert "Tulostettavat ristiintaulukot" not in [box.label for box in app.multiselect]
    next(box for box in app.checkbox if box.label == "Ristiintaulukot").check().run()
    assert not app.exception
    [which] = [box for box in app.multiselect if box.label == "Tulostettavat ristiintaulukot"]
    which.set_value(["stances"]).run()
    assert not app.exception
    [listed] = [box for box in app.selectbox if box.label.startswith("Taulukko, kuvio")]
    titles = "\n".join(listed.options)
    assert "Ilmausten suhtautuminen luokittain" in titles
    assert "Luokat teemoittain" not in titles


def test_a_large_file_is_made_first_and_then_downloaded(study, monkeypatch):
    """Only a made file can tell how far it is and be broken off."""
    monkeypatch.setattr("qualcode.workbench.reporting.LARGE", 1)
    app = opened(report_script, study)
    make = next(button for button in app.button if button.label == "Tee Word-tiedosto")
    app = make.click().run()
    assert not app.exception
    assert "Tee Word-tiedosto" not in [button.label for button in app.button]
    assert "Tee Excel-tiedosto" in [button.label for button in app.button]
