"""The page that reviews reductions in bulk."""

from __future__ import annotations

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from qualcode.domain.categories import Level
from qualcode.domain.coding import ReducedExpression, ReductionLink
from qualcode.domain.second_marks import Alike
from qualcode.ui import state
from qualcode.workbench import categorising, history, likenesses, reducing
from qualcode.workbench.suggesting import options
from qualcode.workbench.suggesting.options import Shown
from tests.ui.grouping_study import button, grouping_study, id_of, run_page, texts


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with grouping_study(tmp_path, monkeypatch) as bench:
        yield bench


def page():
    import streamlit as st

    from qualcode.ui import state
    from qualcode.ui.pages import reductions_page

    def show() -> None:
        reductions_page.show(state.bench())

    def other() -> None:
        st.write("toinen sivu")

    pages = {
        "pelkistykset": st.Page(show, url_path="pelkistykset", default=True),
        "koodaus": st.Page(other, url_path="koodaus"),
        "hanke": st.Page(other, url_path="hanke"),
        "ehdotukset": st.Page(other, url_path="ehdotukset"),
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    state.remember_pages(pages)
    chosen.run()


def grid(app):
    (found,) = [e.proto for e in app.dataframe if "reductions-grid" in e.proto.id]
    return found


def table(app):
    (found,) = [e for e in app.dataframe if "reductions-grid" in e.proto.id]
    return found.value


def edit(app, edits):
    """The app after cells were changed: {wording of the row: {column: value}}."""
    wordings = table(app)["wording"].tolist()
    rows = {wordings.index(wording): change for wording, change in edits.items()}
    sent = WidgetState(
        id=grid(app).id,
        string_value=json.dumps({"edited_rows": rows, "added_rows": [], "deleted_rows": []}),
    )
    return send(app, sent)


def send(app, sent):
    """The app after something was sent that it has no other way of doing."""
    states_of_page = app._tree.get_widget_states

    def with_it():
        states = states_of_page()
        states.widgets.append(sent)
        return states

    app._tree.get_widget_states = with_it
    app.run()
    assert not app.exception
    return app


def wordings(bench):
    with bench.store.reading() as rows:
        return sorted(reduction.wording for reduction in rows.find(ReducedExpression))


def test_the_table_lists_reductions_with_counts_and_place(bench):
    shown = table(run_page(page))
    first = shown.iloc[0].tolist()
    assert first == [False, "apua saatiin heti", 2, 2, "Apu"]
    assert len(shown) == 4


def test_the_table_is_searched_and_filtered(bench):
    app = run_page(page)
    app.text_input(key=state.filter_key("reductions", "text")).set_value("kiire").run()
    assert len(table(app)) == 2
    app.text_input(key=state.filter_key("reductions", "text")).set_value("").run()
    app.button_group(key=state.filter_key("reductions", "placed")).set_value("placed").run()
    assert table(app)["wording"].tolist() == ["apua saatiin heti"]


def test_a_wording_is_changed_in_place_and_can_be_undone(bench):
    app = run_page(page)
    key = grid(app).id
    edit(app, {"työntekijä kuunteli": {"wording": "työntekijä kuuntelee"}})
    assert "työntekijä kuuntelee" in wordings(bench)
    assert "Uusi sanamuoto: työntekijä kuuntelee" in texts(app)
    assert grid(app).id == key, "the grid stays, with the cursor in it"
    button(app, "Kumoa").click().run()
    assert "työntekijä kuunteli" in wordings(bench)
    assert grid(app).id != key, "an undone edit must not lie over the table"


def test_two_windows_rewording_one_reduction_choose_which_stays(bench):
    app = run_page(page)
    listened = id_of(bench, "työntekijä kuunteli")
    reducing.reword(bench, listened, "kuunnellaan", "työntekijä kuunteli")
    edit(app, {"työntekijä kuunteli": {"wording": "kuultiin oikeasti"}})
    assert "kuunnellaan" in wordings(bench), "nothing is overwritten silently"
    said = texts(app)
    assert "kuunnellaan" in said and "kuultiin oikeasti" in said
    button(app, "Käytä omaani: “kuultiin oikeasti”".replace("“", "”")).click().run()
    assert "kuultiin oikeasti" in wordings(bench)
    assert "kuunnellaan" not in wordings(bench)


def test_an_empty_wording_is_refused(bench):
    app = edit(run_page(page), {"työntekijä kuunteli": {"wording": "  "}})
    assert app.error
    assert "työntekijä kuunteli" in wordings(bench)


def test_ticked_reductions_are_merged_into_the_one_chosen(bench):
    app = edit(
        run_page(page),
        {"kiire näkyi käynneissä": {"tick": True}, "kiire näkyy käynneissä": {"tick": True}},
    )
    stays = next(box for box in app.selectbox if box.label == "Sanamuoto, joka jää")
    stays.set_value(id_of(bench, "kiire näkyy käynneissä")).run()
    button(app, "Yhdistä 2 pelkistystä").click().run()
    assert wordings(bench) == ["apua saatiin heti", "kiire näkyy käynneissä", "työntekijä kuunteli"]
    assert "Yhdistettiin 2 pelkistystä" in texts(app)
    button(app, "Kumoa").click().run()
    assert len(wordings(bench)) == 4


def test_some_expressions_are_split_off_to_a_wording_of_their_own(bench):
    app = edit(run_page(page), {"apua saatiin heti": {"tick": True}})
    assert "Sain apua heti kun pyysin" in texts(app)
    with bench.store.reading() as rows:
        links = rows.find(ReductionLink, reduction_id=id_of(bench, "apua saatiin heti"))
    app.multiselect[0].set_value([links[0].id]).run()
    wording = next(field for field in app.text_input if field.label == "Niiden sanamuoto")
    wording.set_value("apu tuli nopeasti").run()
    button(app, "Jaa").click().run()
    assert "apu tuli nopeasti" in wordings(bench)
    assert len(wordings(bench)) == 5


def test_ticked_reductions_are_removed_and_come_back(bench):
    app = edit(run_page(page), {"työntekijä kuunteli": {"tick": True}})
    button(app, "Poista 1 pelkistys").click().run()
    assert len(wordings(bench)) == 3
    button(app, "Kumoa").click().run()
    assert len(wordings(bench)) == 4


def show_near_duplicates(app):
    app.button_group(key=state.filter_key("reductions", "view")).set_value("alike").run()
    button(app, "Etsi lähes samat").click().run()
    assert not app.exception
    return app


def test_near_duplicates_are_merged(bench):
    app = show_near_duplicates(run_page(page))
    said = texts(app)
    assert "kiire näkyi käynneissä" in said and "kiire näkyy käynneissä" in said
    keep = id_of(bench, "kiire näkyi käynneissä")
    (merge,) = [b for b in app.button if b.key and b.key.startswith(f"merge-{keep}")]
    merge.click().run()
    assert "kiire näkyy käynneissä" not in wordings(bench)
    assert "Ratkaistavia lähes samoja ei ole" in texts(app)
    button(app, "Kumoa").click().run()
    assert "kiire näkyy käynneissä" in texts(app), "an undone merge is to be decided again"


def test_each_of_a_pair_tells_its_place_and_what_was_said_under_it(bench):
    first = id_of(bench, "kiire näkyi käynneissä")
    categorising.add(bench, "Kiire", Level.SUBCATEGORY, None, "kiire", [first])
    app = show_near_duplicates(run_page(page))
    assert "1 alkuperäisilmaus · Kiire" in texts(app)
    assert "1 alkuperäisilmaus · Ei vielä paikkaa" in texts(app)
    assert "”Kiire näkyi käynneissä.”" not in texts(app), "read when it is opened"
    (box,) = [p for p in app.get("popover") if f"alike-{first}" in p.proto.id]
    send(app, WidgetState(id=box.proto.id, bool_value=True))
    assert "”Kiire näkyi käynneissä.”" in texts(app)
    assert "”Kiire näkyy käynneissä.”" not in texts(app)


def test_one_that_is_like_two_others_stands_in_both_pairs(bench):
    reducing.reduce(bench, "d3", 0, 4, "kiire näkyikin käynneissä")
    app = show_near_duplicates(run_page(page))
    keys = [b.key for b in app.button if b.key and b.key.startswith("apart-")]
    assert len(keys) == len(set(keys)) >= 2
    assert not app.exception


def test_in_blind_mode_one_that_lost_its_place_is_not_shown_beside_its_twin(bench):
    wordings = ["kiire näkyi käynneissä", "kiire näkyy käynneissä"]
    first, second = (id_of(bench, wording) for wording in wordings)
    categorising.add(bench, "Kiire", Level.SUBCATEGORY, None, "kiire", [first, second])
    options.set_shown(bench, Shown.BLIND)
    app = show_near_duplicates(run_page(page))
    assert "1 alkuperäisilmaus · Kiire" in texts(app)
    categorising.place(bench, [second], None)
    app.run()
    assert "1 alkuperäisilmaus · Kiire" not in texts(app)
    assert "Ratkaistavia lähes samoja ei ole" in texts(app)


def test_a_pair_kept_apart_is_not_offered_again(bench):
    app = show_near_duplicates(run_page(page))
    button(app, "Pidä erillään").click().run()
    assert "kiire näkyy käynneissä" not in texts(app)
    button(app, "Etsi lähes samat").click().run()
    assert "kiire näkyy käynneissä" not in texts(app)
    history.undo(bench)
    button(app, "Etsi lähes samat").click().run()
    assert "kiire näkyy käynneissä" in texts(app)


def test_near_categories_are_merged_beside_near_reductions(bench):
    categorising.add(bench, "Kiire", Level.SUBCATEGORY, category_id="kiire")
    categorising.add(bench, "Kiireet", Level.SUBCATEGORY, category_id="kiireet")
    app = show_near_duplicates(run_page(page))
    assert [b.key for b in app.button if b.label == "Yhdistä, pidä tämä nimi"] == [
        "merge-kiire-kiireet",
        "merge-kiireet-kiire",
    ]
    app.button(key="merge-kiire-kiireet").click().run()
    assert "kiireet" not in categorising.tree(bench).categories
    button(app, "Kumoa").click().run()
    app.button(key="apart-kiire-kiireet").click().run()
    assert "merge-kiire-kiireet" not in [b.key for b in app.button]
    assert "kiireet" in categorising.tree(bench).categories


def test_the_one_ticked_without_a_place_is_shown_its_nearest_categories(bench):
    rushed = id_of(bench, "kiire näkyi käynneissä")
    categorising.add(bench, "Kiire", Level.SUBCATEGORY, None, "kiire", [rushed])
    waiting = id_of(bench, "kiire näkyy käynneissä")
    app = edit(run_page(page), {"kiire näkyy käynneissä": {"tick": True}})
    app.button(key=f"near-place-{waiting}-kiire").click().run()
    assert waiting in categorising.tree(bench).reductions_in("kiire")
    assert "Lähimmät luokat" not in texts(app), "it has a place now"
    button(app, "Kumoa").click().run()
    assert waiting not in categorising.tree(bench).placements


def test_the_pile_of_what_fits_nothing_opens_among_the_reductions(bench):
    for wording in ("apua tuli heti", "apua tuli nopeasti", "apua sai heti"):
        reducing.reduce(bench, "d4", 0, 5, wording)
        categorising.place(bench, [id_of(bench, wording)], "apu")
    app = run_page(page)
    app.button_group(key=state.filter_key("reductions", "view")).set_value("unsure").run()
    app.slider(key=state.filter_key("reductions", "unsure-limit")).set_value(95).run()
    assert not app.exception
    keys = [b.key for b in app.button if b.key and b.key.startswith("unsure-open-")]
    assert keys
    app.button(key=keys[0]).click().run()
    assert not app.exception
    assert table(app)["tick"].sum() == 1


def test_one_reduction_is_held_against_another_finding_and_that_is_taken_back(bench):
    app = edit(run_page(page), {"työntekijä kuunteli": {"tick": True}})
    one = id_of(bench, "työntekijä kuunteli")
    key = f"reductions-likeness-{one}"
    [other] = [box for box in app.selectbox if (box.key or "").startswith(f"{key}-other")]
    app = other.set_value(("category", "apu")).run()
    app = app.segmented_control(key=f"{key}-how").set_value(Alike.SAME).run()
    app = app.text_input(key=f"{key}-note").set_value("samaa sanotaan").run()
    app = button(app, "Merkitse").click().run()
    assert not app.exception
    with bench.store.reading() as rows:
        [held] = likenesses.of(rows, ("category", "apu"))
    assert (held.one, held.other) == ("työntekijä kuunteli", "Apu")
    assert (held.likeness.how, held.likeness.note) == (Alike.SAME, "samaa sanotaan")
    assert "työntekijä kuunteli **=** Apu" in texts(app)
    assert table(app)["tick"].sum() == 1
    [back] = [b for b in app.button if (b.key or "").startswith("likeness-gone")]
    back.click().run()
    with bench.store.reading() as rows:
        assert likenesses.every(rows) == []


def test_two_ticked_reductions_are_held_against_each_other(bench):
    names = ("kiire näkyi käynneissä", "apua saatiin heti")
    app = edit(run_page(page), {name: {"tick": True} for name in names})
    app = button(app, "Merkitse").click().run()
    assert not app.exception
    with bench.store.reading() as rows:
        [held] = likenesses.every(rows)
    assert {held.one, held.other} == set(names)
    assert held.likeness.how is Alike.CONTRADICTS
    history.undo(bench)
    with bench.store.reading() as rows:
        assert likenesses.every(rows) == []
