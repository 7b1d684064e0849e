"""The page of tables over the demo study, without a browser."""

from __future__ import annotations

import pytest

from qualcode.store import opening
from qualcode.workbench import table_choices
from tests.apptest import component_data, fire
from tests.builders import a_bench, a_study
from tests.ui.demo_study import demo_study
from tests.ui.page_study import open_page

pytestmark = pytest.mark.usefixtures("no_navigation")


def tables_script():
    from qualcode.ui import state
    from qualcode.ui.pages import tables_page

    tables_page.show(state.bench())


def opened(path, **session):
    return open_page(tables_script, path, "tutkija", **session)


def ran(app):
    app.run()
    assert not app.exception
    return app


def part(app, name):
    app.segmented_control[0].set_value(name)
    return ran(app)


@pytest.fixture
def study(tmp_path):
    return demo_study(tmp_path)


def test_an_empty_study_says_what_to_do(tmp_path):
    path = tmp_path / "tyhjä.qualcode"
    store = opening.create(path)
    a_study(store)
    store.close()
    app = opened(path)
    assert "Laskettavaa ei ole vielä" in app.info[0].value


def test_a_number_of_the_tree_opens_its_expressions(study):
    app = opened(study)
    data = component_data(app, "tables-tree")
    row = next(row for row in data["rows"] if row["cells"][2]["text"] not in ("", "0"))
    shown = row["cells"][2]["text"]
    app = fire(app, "tables-tree", "open", {"table": "tree", "row": row["n"], "column": 2})
    assert not app.exception
    assert "Lue vastaukset" in [button.label for button in app.button]
    opened_texts = [b for b in app.button if (b.key or "").startswith("tables-to-")]
    assert len(opened_texts) == min(int(shown), 10)


def test_themes_are_told_as_one_and_apart_again(study):
    app = part(opened(study), "themes")
    before = component_data(app, "tables-summary_1")["rows"]
    chosen = app.multiselect[0]
    chosen.set_value(["valinnanvapaus", "osallisuus"])
    app.text_input[0].set_value("valta")
    app = ran(app)
    [button] = [b for b in app.button if b.label == "Esitä yhtenä"]
    button.click()
    app = ran(app)
    themes = {row["cells"][0]["text"] for row in component_data(app, "tables-summary_1")["rows"]}
    assert "valta" in themes
    assert not themes & {"valinnanvapaus", "osallisuus"}
    [back] = [b for b in app.button if b.label == "Erota"]
    back.click()
    app = ran(app)
    assert component_data(app, "tables-summary_1")["rows"] == before


def test_every_kind_of_table_stands_on_the_page(study):
    app = part(opened(study), "chain")
    rows = component_data(app, "tables-chain")["rows"]
    assert len(rows) == 20
    assert any(row["cells"][-1]["text"] for row in rows)
    app = part(app, "cross")
    titles = {"background": "by_background", "themes": "by_themes"}
    titles |= {"codes": "by_codes", "meet": "codes_by_codes", "origin": "by_origin"}
    for kind, key in titles.items():
        next(box for box in app.selectbox if box.label == "Taulukko").set_value(kind)
        app = ran(app)
        assert component_data(app, f"tables-{key}")["rows"]


def test_the_guard_is_the_studys_and_is_changed_on_the_page(study):
    app = part(opened(study), "cross")
    box = next(box for box in app.selectbox if box.label.startswith("Vastaajia, joita"))
    box.set_value(10)
    app = ran(app)
    store = opening.open_study(study)
    assert table_choices.least(a_bench(store).study()) == 10
    store.close()
    assert r"Suoja vaihdettiin\." in [caption.value for caption in app.caption]
