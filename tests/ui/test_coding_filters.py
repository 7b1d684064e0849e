"""The row of filters without a browser: what it asks, what the address tells, and saved views."""

from __future__ import annotations

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from qualcode.domain.decisions import Act
from qualcode.domain.documents import Respondent
from qualcode.store.outlook import Outlook
from qualcode.store.views import AnswerQuery, AnswerState, Facet, GroupBy, Order, OrderBy, among
from qualcode.workbench import coding, memos, saved_views
from tests.apptest import component_data
from tests.ui.reading_study import CODER, bench_of, make_study

pytestmark = pytest.mark.usefixtures("no_navigation")
MARKER = "segment_marker"
KEY = "filter:coding:"


def _page() -> None:
    from qualcode.ui import shell, state
    from qualcode.ui.pages import coding_page

    shell.header()
    coding_page.show(state.bench())


@pytest.fixture
def study(tmp_path):
    """Six answers to each of two questions; two respondents are over fifty, two answers coded."""
    path = make_study(tmp_path / "s.qualcode", [f"Vastaus {n}" for n in range(6)], questions=2)
    bench = bench_of(path)
    with bench.act(Act.EDIT_RESPONDENT) as work:
        for n in (1, 4):
            work.put(Respondent(f"r{n}", "s", f"V{n}", "työntekijä", {"Ikä": "50–59"}, n))
    coding.code(bench, "q0-0", 0, 7, "c0")
    coding.code(bench, "q0-0", 0, 7, "c1")
    coding.code(bench_of(path, "Pekka"), "q1-4", 0, 7, "c1")
    return path


@pytest.fixture
def read(study, monkeypatch):
    def open_page(coder=CODER, **query):
        monkeypatch.setenv("QUALCODE_STUDY", str(study))
        monkeypatch.setenv("QUALCODE_CODER", coder)
        st.cache_resource.clear()
        st.cache_data.clear()
        app = AppTest.from_function(_page, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    yield open_page
    st.cache_resource.clear()


def shown(app):
    return component_data(app, MARKER)["sheet"]["ids"]


def address(app):
    return {
        name: value if isinstance(value, str) else value[0]
        for name, value in app.query_params.items()
    }


def button(app, label):
    return next(b for b in app.button if words(b) == label)


def words(button):
    return button.label.replace("\\", "")


def chips(app):
    return [words(b) for b in app.button if (b.key or "").startswith("condition-")]


def add(app, facet, values, how=None):
    app.selectbox(key=f"{KEY}facet").select(facet).run()
    app.multiselect(key=f"{KEY}values:{facet.facet}:{facet.name}").set_value(values).run()
    if how:
        app.button_group(key=f"{KEY}how:True").set_value([how]).run()
    return button(app, "Lisää ehto").click().run()


# --- conditions -------------------------------------------------------------------------------


def test_nothing_special_is_chosen_at_first(read):
    app = read()
    assert not app.exception
    assert (chips(app), address(app)) == ([], {})
    assert shown(app)[:2] == ["q0-0", "q0-1"]


def test_a_background_variable_becomes_a_chip_and_goes_again(read):
    app = add(read(), GroupBy(Facet.ATTRIBUTE, "Ikä"), ["50–59"])
    assert shown(app) == ["q0-1", "q0-4", "q1-1", "q1-4"]
    assert chips(app) == ["Ikä: 50–59"]
    assert json.loads(address(app)["ehdot"]) == {"where": [["attribute", "any", ["50–59"], "Ikä"]]}
    app = button(app, "Ikä: 50–59").click().run()
    assert (chips(app), address(app), len(shown(app))) == ([], {}, 12)


def test_conditions_hold_together_and_one_facet_has_one_chip(read):
    app = add(read(), GroupBy(Facet.CODE), ["c0"])
    app = add(app, GroupBy(Facet.CODE), ["c1"])
    assert chips(app) == ["Koodi: Valinnanvapaus"]
    assert shown(app) == ["q0-0", "q1-4"]
    app = add(app, GroupBy(Facet.ACTOR_GROUP), ["työntekijä"])
    assert chips(app) == ["Koodi: Valinnanvapaus", "Toimijaryhmä: työntekijä"]
    assert shown(app) == ["q1-4"]
    app = button(app, "Koodi: Valinnanvapaus").click().run()
    assert len(shown(app)) == 4


def test_without_a_code_and_by_whom(read):
    app = read(ehdot='{"where":[["code","none",["c0","c1"]],["item","any",["q0"]]]}')
    assert chips(app) == ["Koodi: ei Osallisuus, Valinnanvapaus"]
    assert app.selectbox(key=f"{KEY}item").value == "q0"
    assert shown(app) == ["q0-1", "q0-2", "q0-3", "q0-4", "q0-5"]
    assert shown(read(ehdot='{"where":[["coder","any",["Pekka"]]]}')) == ["q1-4"]


def test_answers_with_a_memo(read, study):
    memos.write(bench_of(study), "document", "q1-2", "Tähän palataan.")
    app = add(read(), GroupBy(Facet.MARK), ["memo"])
    assert (shown(app), chips(app)) == (["q1-2"], ["Merkintä: Muistio"])


def test_by_me_is_whoever_looks(read):
    link = '{"where":[["coder","any",["@me"]]]}'
    app = read(ehdot=link)
    assert (shown(app), chips(app)) == (["q0-0"], [])
    assert app.selectbox(key=f"{KEY}state").value == "mine"
    assert shown(read("Pekka", ehdot=link)) == ["q1-4"]


# --- order and groups -------------------------------------------------------------------------


def test_order(read):
    app = read()
    app.selectbox(key=f"{KEY}order").select(Order(OrderBy.ATTRIBUTE, "Ikä", True)).run()
    assert shown(app)[:4] == ["q0-1", "q0-4", "q1-1", "q1-4"]
    app.selectbox(key=f"{KEY}order").select(Order(OrderBy.CODINGS, descending=True)).run()
    assert shown(app)[:3] == ["q0-0", "q1-4", "q0-1"]
    assert json.loads(address(app)["ehdot"]) == {"order": ["codings", True]}


def test_groups_have_headings_with_sizes(read):
    app = read()
    app.selectbox(key=f"{KEY}group").select(GroupBy(Facet.CODE)).run()
    sheet = component_data(app, MARKER)["sheet"]
    told = [(g["title"], g["size"], g["ids"]) for g in sheet["groups"]]
    assert told[:2] == [
        ("Osallisuus", 1, ["q0-0"]),
        ("Valinnanvapaus", 2, ["q0-0", "q1-4"]),
    ]
    assert told[2][:2] == ("Ei koodeja", 10)
    assert sheet["ids"].count("q0-0") == 1, "read once, named twice"
    assert (sheet["total"], sheet["first"], sheet["last"]) == (13, 1, 13)
    assert sheet["grouped_by"] == {"facet": "code", "title": "Koodi"}


# --- links ------------------------------------------------------------------------------------


def test_a_link_gives_the_same_answers_again(read):
    app = add(read(), GroupBy(Facet.ATTRIBUTE, "Ikä"), ["50–59"])
    app.selectbox(key=f"{KEY}group").select(GroupBy(Facet.ITEM)).run()
    again = read(**address(app))
    assert shown(again) == shown(app)
    assert chips(again) == chips(app)
    assert address(again) == address(app)


@pytest.mark.parametrize("told", ["{", "[]", '{"where": 7}', "[" * 50_000, '"x"', "{}"])
def test_a_broken_link_shows_everything(read, told):
    app = read(ehdot=told)
    assert not app.exception
    assert len(shown(app)) == 12


def test_a_condition_on_what_is_gone_says_so(read):
    app = read(ehdot='{"where":[["code","any",["poissa"]]]}')
    assert not app.exception
    assert chips(app) == ["Koodi: poistettu tutkimuksesta"]
    assert "Mikään vastaus" in app.info[0].value
    assert "poistettu tutkimuksesta" in app.warning[0].value
    mended = read(ehdot='{"where":[["code","any",["poissa"]]]}')
    button(mended, "Ota poistuneet ehdot pois").click().run()
    assert (len(shown(mended)), chips(mended)) == (12, [])
    button(app, "Näytä kaikki vastaukset").click().run()
    assert len(shown(app)) == 12


def test_a_link_to_a_passage_opens_its_answer_with_the_passage(read, study):
    bench = bench_of(study)
    with bench.store.reading() as rows:
        (row,) = rows.answers(AnswerQuery(conditions=(among(Facet.CODE, "c0"),)), 0, 1).rows
    for wanted in (row.spans[0].segment_id, row.spans[0].coding_id):
        app = read(ilmaus=wanted)
        assert component_data(app, MARKER)["options"]["open"]["doc"] == "q0-0"
        assert component_data(app, MARKER)["options"]["open"]["span"] == [0, 7]
    gone = read(ilmaus="poissa")
    assert not gone.exception
    assert component_data(gone, MARKER)["options"]["open"] is None


def test_a_link_to_a_respondent_or_a_question_shows_their_answers(read):
    app = read(vastaaja="r4")
    assert (shown(app), chips(app)) == (["q0-4", "q1-4"], ["Vastaaja: V4"])
    assert shown(read(kysymys="q1"))[0] == "q1-0"


# --- saved views ------------------------------------------------------------------------------


def a_view(study, name="Yli 50", pins=("c3", "c1")):
    query = AnswerQuery(conditions=(among(Facet.ATTRIBUTE, "50–59", name="Ikä"),))
    return saved_views.save(bench_of(study), name, query, pins)


def test_a_view_is_looked_through_by_link_with_its_keys(read, study):
    view = a_view(study)
    app = read(nakyma=view.id)
    assert shown(app) == ["q0-1", "q0-4", "q1-1", "q1-4"]
    keys = {code["label"]: code["key"] for code in component_data(app, MARKER)["codes"]}
    assert keys == {"Osallisuus": "", "Valinnanvapaus": "2", "Tiedon puute": "", "Luottamus": "1"}
    assert address(app) == {"nakyma": view.id}
    button(app, "Kaikki vastaukset").click().run()
    keys = {code["label"]: code["key"] for code in component_data(app, MARKER)["codes"]}
    assert (keys["Osallisuus"], len(shown(app)), address(app)) == ("1", 12, {})


def test_a_view_looked_through_otherwise_keeps_its_keys_and_tells_both(read, study):
    view = a_view(study)
    app = read(nakyma=view.id)
    app.selectbox(key=f"{KEY}item").select("q1").run()
    assert shown(app) == ["q1-1", "q1-4"]
    assert set(address(app)) == {"nakyma", "ehdot"}
    again = read(**address(app))
    assert shown(again) == ["q1-1", "q1-4"]
    button(app, "Tallenna muutokset").click().run()
    assert address(app) == {"nakyma": view.id}
    assert shown(read(nakyma=view.id)) == ["q1-1", "q1-4"]


def test_a_view_is_saved_renamed_and_removed_in_the_menu(read, study):
    app = read()
    app.selectbox(key=f"{KEY}state").select(AnswerState.UNCODED.value).run()
    names = [t for t in app.text_input if "näkymäksi" in t.label]
    names[0].set_value("Koodaamatta")
    button(app, "Tallenna näkymä").click().run()
    with bench_of(study).store.reading() as rows:
        (view,) = saved_views.views_of(rows)
    assert (view.name, address(app)) == ("Koodaamatta", {"nakyma": view.id})
    next(t for t in app.text_input if t.label == "Näkymän nimi").set_value("Työn alla")
    button(app, "Nimeä").click().run()
    with bench_of(study).store.reading() as rows:
        assert [v.name for v in saved_views.views_of(rows)] == ["Työn alla"]
    button(app, "Poista näkymä").click().run()
    with bench_of(study).store.reading() as rows:
        assert saved_views.views_of(rows) == []
    assert not app.exception
    assert len(shown(app)) == 10, "what is shown does not jump when its name goes"


def test_a_name_that_is_taken_is_told_and_nothing_is_saved(read, study):
    a_view(study, "Oma")
    app = read()
    next(t for t in app.text_input if "näkymäksi" in t.label).set_value("oma")
    button(app, "Tallenna näkymä").click().run()
    assert "on jo käytössä" in app.error[0].value
    with bench_of(study).store.reading() as rows:
        assert len(saved_views.views_of(rows)) == 1


def test_a_view_that_is_gone_is_told(read):
    app = read(nakyma="poissa")
    assert not app.exception
    assert len(shown(app)) == 12
    assert address(app) == {}


def test_views_are_moved_up(read, study):
    a_view(study, "A")
    second = a_view(study, "B")
    app = read(nakyma=second.id)
    button(app, "Siirrä ylemmäs").click().run()
    with bench_of(study).store.reading() as rows:
        assert [v.name for v in saved_views.views_of(rows)] == ["B", "A"]


def test_pins_are_changed_in_the_menu(read, study):
    view = a_view(study)
    app = read(nakyma=view.id)
    pins = next(m for m in app.multiselect if m.key.startswith("view-pins:"))
    assert pins.value == ["c3", "c1"]
    pins.set_value(["c0"]).run()
    keys = {code["id"]: code["key"] for code in component_data(app, MARKER)["codes"]}
    assert keys == {"c0": "1", "c1": "", "c2": "", "c3": ""}


# --- orders that the machine works out --------------------------------------------------------


def seen(id, unsure, chance=None):
    return Outlook(id, unsure, unsure, 300, chance, "c0", 1, "2026-11-28T10:00:00+00:00")


def captions(app):
    return [caption.value for caption in app.caption]


def ordered(read, order="unsure"):
    return read(ehdot=json.dumps({"order": [order, False]}))


def test_an_order_that_is_there_is_told_with_its_age_and_stays(read, study):
    bench = bench_of(study)
    with bench.store.writing() as rows:
        rows.keep_outlook([seen("q1-3", 1), seen("q0-2", 2)])
    app = ordered(read)
    assert shown(app)[:3] == ["q1-3", "q0-2", "q0-0"]
    assert "Järjestys laskettu 28.11." in captions(app)[0]
    # Somebody else has it worked out anew: what is being read does not move.
    with bench.store.writing() as rows:
        rows.keep_outlook([seen("q0-5", 1)])
    app.run()
    assert shown(app)[:3] == ["q1-3", "q0-2", "q0-0"]


def test_why_an_order_cannot_be_worked_out_is_told_with_a_way_to_try_again(read, monkeypatch):
    from qualcode.workbench.suggesting import outlook

    def nothing_to_compare(bench, told):
        raise outlook.NoCodesYet()

    monkeypatch.setattr(outlook, "look_through", nothing_to_compare)
    app = ordered(read, "new")
    assert not app.exception
    assert "Ota koodikirja käyttöön" in captions(app)[0]
    assert button(app, "Yritä uudelleen")
    # The answers are there all the same, in the study's order.
    assert shown(app)[:2] == ["q0-0", "q0-1"]


def test_the_first_order_asked_for_is_shown_when_it_is_ready(read, monkeypatch):
    from qualcode.workbench.suggesting import outlook

    def look(bench, told):
        with bench.store.writing() as rows:
            rows.keep_outlook([seen("q1-3", 1), seen("q0-2", 2)])

    monkeypatch.setattr(outlook, "look_through", look)
    monkeypatch.setattr(outlook, "PATIENCE", 30)
    app = ordered(read)
    assert shown(app)[:3] == ["q1-3", "q0-2", "q0-0"]


def test_lines_above_the_answers_come_and_go_without_moving_them(read, study):
    """Where it stands tells the browser that it is the same marker: it goes on as it was."""
    with bench_of(study).store.writing() as rows:
        rows.keep_outlook([seen("q1-3", 1)])
    plain = list(read().main.children)
    conditions = json.dumps({"where": [["item", "any", ["q0"]]], "order": ["unsure", False]})
    assert list(ordered(read).main.children) == plain
    assert list(read(ehdot=conditions).main.children) == plain


def test_without_such_an_order_nothing_is_told_of_it(read):
    assert not [b for b in read().button if b.key == "outlook-again"]
