"""The page of grouping: what the board is sent, what it sends back, and the panel beside it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qualcode.analysis.calibration import Calibration
from qualcode.domain.categories import Category, CategoryTree, Level
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.decisions import Act
from qualcode.domain.suggestions import GroupSuggestion
from qualcode.store.offers import PLACE
from qualcode.ui.grouping_board import Offer
from qualcode.ui.pages.grouping_page import BOARD
from qualcode.ui.stores import use_store
from qualcode.workbench import categorising, history, reducing, suggesting
from qualcode.workbench.suggesting import following_places, options, statistics
from tests.apptest import component_data, fire
from tests.ui.grouping_study import button, grouping_study, id_of, run_page, texts


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with grouping_study(tmp_path, monkeypatch) as bench:
        yield bench


def page():
    import streamlit as st

    from qualcode.ui import shell, state
    from qualcode.ui.pages import grouping_page

    def show() -> None:
        grouping_page.show(state.bench())

    def other() -> None:
        st.write("toinen sivu")

    pages = {
        "luokat": st.Page(show, url_path="luokat", default=True),
        "koodaus": st.Page(other, url_path="koodaus"),
        "hanke": st.Page(other, url_path="hanke"),
        "koodikirjat": st.Page(other, url_path="koodikirjat"),
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    state.remember_pages(pages)
    shell.header()
    chosen.run()


def send(app, *operations):
    """The whole page after the board has sent the operations.

    The answer to them draws some fragments only, and AppTest shows no more than a run has drawn.
    """
    numbered = [{"seq": n, **operation} for n, operation in enumerate(operations, start=1)]
    fire(app, BOARD, "ops", {"client": "w", "ops": numbered})
    return whole(app)


def opened(app, **what):
    fire(app, BOARD, "open", what)
    return whole(app)


def whole(app):
    assert not app.exception
    app.run()
    assert not app.exception
    return app


def test_the_board_shows_the_tree_with_counts_and_what_has_no_place(bench):
    data = component_data(run_page(page), BOARD)
    (apu,) = data["categories"]
    assert [card[1:] for card in apu["cards"]] == [["apua saatiin heti", 2, False]]
    assert (apu["mentions"], apu["respondents"]) == (2, 2)
    assert sorted(card[1] for card in data["unplaced"]["cards"]) == [
        "kiire näkyi käynneissä",
        "kiire näkyy käynneissä",
        "työntekijä kuunteli",
    ]
    assert data["unplaced"]["all"] == 3
    assert data["texts"]["unplaced"] == "Ei vielä paikkaa"
    assert str(bench.store.address) not in str(data), "the study's path stays out of the browser"


def test_operations_are_carried_out_once_and_acknowledged(bench):
    app = run_page(page)
    rush = id_of(bench, "kiire näkyi käynneissä")
    add = {"op": "add", "id": "kiire", "name": "Kiire", "level": 1, "reductions": [rush]}
    place = {"op": "place", "reductions": [rush], "category": "apu"}
    send(app, add, place)
    send(app, add, place)
    assert component_data(app, BOARD)["ack"] == {"w": 2}
    tree = categorising.tree(bench)
    assert tree.reductions_in("kiire") == []
    assert rush in tree.reductions_in("apu")


def test_a_refused_operation_is_told_and_acknowledged(bench):
    app = send(run_page(page), {"op": "add", "id": "x", "name": "apu", "level": 1})
    data = component_data(app, BOARD)
    assert data["ack"] == {"w": 1}
    (refused,) = data["refused"]
    assert refused["seq"] == 1
    assert "apu" in refused["message"]
    assert len(categorising.tree(bench).categories) == 1


def test_a_category_is_put_above_categories_in_one_step(bench):
    add = {"op": "add", "id": "m", "name": "Tuki", "level": 3, "categories": ["apu"]}
    send(run_page(page), add)
    assert categorising.tree(bench)["apu"].parent_id == "m"
    history.undo(bench)
    assert list(categorising.tree(bench).categories) == ["apu"]


def test_the_left_side_finds_by_words(bench):
    app = whole(fire(run_page(page), BOARD, "find", {"text": "kiire", "limit": 60}))
    unplaced = component_data(app, BOARD)["unplaced"]
    assert (unplaced["total"], unplaced["all"], unplaced["text"]) == (2, 3, "kiire")


def test_opening_a_category_shows_its_counts_and_originals(bench):
    app = opened(run_page(page), category="apu")
    said = texts(app)
    assert "Sain apua heti kun pyysin" in said
    assert "V1 · asiakas" in said
    counts = app.dataframe[0].value
    assert counts.iloc[:, 0].tolist() == ["asiakas", "työntekijä", "Yhteensä"]
    assert counts["Vastaajat"].tolist() == [2, 0, 2]
    assert counts["Maininnat"].tolist() == [2, 0, 2]


def test_a_reduction_is_placed_with_a_list_instead_of_dragging(bench):
    listened = id_of(bench, "työntekijä kuunteli")
    app = opened(run_page(page), reduction=listened)
    place = next(box for box in app.selectbox if box.label == "Paikka")
    whole(place.set_value("apu").run())
    assert listened in categorising.tree(bench).reductions_in("apu")
    assert "Siirrettiin" in texts(app)
    app.button(key="grouping-undo").click().run()
    assert listened not in categorising.tree(bench).placements


def test_a_category_is_moved_merged_and_split_with_lists(bench):
    main = categorising.add(bench, "Tuki", Level.MAIN_CATEGORY)
    other = categorising.add(bench, "Kiire", Level.SUBCATEGORY)
    rushed = [id_of(bench, "kiire näkyi käynneissä"), id_of(bench, "kiire näkyy käynneissä")]
    categorising.place(bench, rushed, other.id)
    app = opened(run_page(page), category=other.id)
    lies_under = next(box for box in app.selectbox if box.label == "Kuuluu luokkaan")
    whole(lies_under.set_value(main.id).run())
    assert categorising.tree(bench)[other.id].parent_id == main.id

    split = next(box for box in app.multiselect if box.label == "Erota uuteen luokkaan")
    whole(split.set_value([rushed[1]]).run())
    whole(app.text_input(key=f"split-{other.id}-name").set_value("Kiire nyt").run())
    whole(button(app, "Jaa").click().run())
    assert categorising.tree(bench).reductions_in(other.id) == [rushed[0]]

    merge = next(box for box in app.multiselect if box.label == "Yhdistä tähän")
    whole(merge.set_value(["apu"]).run())
    whole(button(app, "Yhdistä").click().run())
    assert "apu" not in categorising.tree(bench).categories
    assert "Yhdistettiin 2 luokkaa: Kiire" in texts(app)


def test_a_definition_is_saved(bench):
    app = opened(run_page(page), category="apu")
    app.text_area[0].set_value("Apu, joka tuli ajallaan.").run()
    assert categorising.tree(bench)["apu"].definition == "Apu, joka tuli ajallaan."


def test_theory_without_data_is_listed_and_can_become_categories(bench):
    with bench.act(Act.TAKE_CODEBOOK) as work:
        work.put(Codebook("b", "osallisuus", "Osallisuus"))
        work.put(Code("c1", "b", "valta", "Valta"))
        work.put(Code("c2", "b", "aani", "Ääni", position=1))
    app = run_page(page)
    assert "- Valta\n- Ääni" in texts(app)
    whole(button(app, "Ota 2 koodia").click().run())
    with bench.store.reading() as rows:
        taken = rows.find(Category, origin="theory")
    assert {category.name for category in taken} == {"Valta", "Ääni"}
    theory = [c for c in component_data(app, BOARD)["categories"] if c["origin"] == "theory"]
    assert len(theory) == 2
    assert "Otettiin 2 koodia luokiksi." in texts(app)


def test_suggested_groups_come_to_the_board_and_accepting_is_one_step(bench):
    """More reductions, so that there is something to group; then one group is accepted."""
    for n, wording in enumerate(["kiire vei ajan", "kiire väsytti", "kiire ja stressi painoivat",
                                 "raha riitti ruokaan", "rahat riittivät laskuihin",
                                 "raha loppui kesken"]):  # fmt: skip
        reducing.reduce(bench, f"d{n % 5}", 0, 3 + n, wording)
    app = run_page(page)
    assert component_data(app, BOARD)["groups"] == []
    assert component_data(app, BOARD)["outside"] == 0
    button(app, "Ehdota ryhmiä").click().run()
    assert not app.exception
    data = component_data(app, BOARD)
    assert data["offer"] == 1
    group = data["groups"][0]
    assert len(group["members"]) > 1
    held = {member["id"] for one in data["groups"] for member in one["members"]}
    outside = data["unplaced"]["all"] - len(held)
    assert data["outside"] == outside > 0, "what fits nowhere is told"
    reducing.reduce(bench, "d0", 0, 12, "tuttu kasvo tuli vastaan")
    app.run()
    assert component_data(app, BOARD)["outside"] == outside, "what came later was not compared"
    reasons = [reason for member in group["members"] for reason in member["reasons"]]
    wordings = {member["id"]: member["wording"] for member in group["members"]}
    near = [reason for reason in reasons if reason["wording"]]
    assert near and all(wordings[reason["id"]] == reason["wording"] for reason in near)
    assert len(categorising.tree(bench).categories) == 1, "an offer changes nothing"

    members = [member["id"] for member in group["members"]]
    accept = {"key": group["key"], "id": "new", "name": "Kiireen tuntu", "members": members[:2],
              "offered": members, "offered_name": group["name"]}  # fmt: skip
    send(app, {"op": "accept_groups", "groups": [accept], "engine": group["engine"]})
    assert categorising.tree(bench).reductions_in("new") == members[:2]
    assert group["key"] not in {g["key"] for g in component_data(app, BOARD)["groups"]}
    latest = history.log(bench).rows[0]
    assert latest.act is Act.ACCEPT_SUGGESTION
    assert latest.summary["edited"] == 1
    history.undo(bench)
    assert "new" not in categorising.tree(bench).categories


def test_a_dismissed_group_does_not_come_back(bench):
    for n, wording in enumerate(["kiire vei ajan", "kiire väsytti", "kiire painoi"]):
        reducing.reduce(bench, f"d{n}", 0, 3 + n, wording)
    app = run_page(page)
    button(app, "Ehdota ryhmiä").click().run()
    keys = [group["key"] for group in component_data(app, BOARD)["groups"]]
    assert keys
    send(app, {"op": "dismiss_groups", "keys": keys[:1]})
    assert keys[0] not in {group["key"] for group in component_data(app, BOARD)["groups"]}
    button(app, "Ehdota ryhmiä").click().run()
    assert keys[0] not in {group["key"] for group in component_data(app, BOARD)["groups"]}


def test_another_number_cuts_again_what_was_compared_once(bench, monkeypatch):
    asked = []
    real = suggesting.regrouping
    monkeypatch.setattr(suggesting, "regrouping", lambda b, **k: asked.append(1) or real(b, **k))
    for wording in ("apu viipyi", "apu tuli", "kiire painoi", "kiire väsytti"):
        reducing.reduce(bench, "d4", 0, 5, wording)
    app = run_page(page)
    button(app, "Ehdota ryhmiä").click().run()
    first = component_data(app, BOARD)["groups"]
    slider = next(s for s in app.slider if s.label == "Ryhmiä noin")
    slider.set_value(3 if slider.value != 3 else 2).run()
    assert len(asked) == 1
    assert component_data(app, BOARD)["groups"] != first
    reducing.reduce(bench, "d4", 0, 5, "puhelin soi")
    button(app, "Ehdota ryhmiä").click().run()
    assert len(asked) == 2, "the study has changed"


# --- nearest places, categories above categories ---------------------------------------------


def candidates(app):
    """The names of the places offered in the panel."""
    names = [block.value for block in app.get("html") if "place-name" in block.value]
    return [re.sub("<.*?>", "", name.split("</div>")[0]) for name in names]


@pytest.fixture
def help_and_hurry(bench):
    """Two subcategories with reductions in them, and one reduction of hurry without a place."""
    rushed = id_of(bench, "kiire näkyi käynneissä")
    categorising.add(bench, "Kiire", Level.SUBCATEGORY, None, "kiire", [rushed])
    return bench


def test_a_reduction_without_a_place_is_shown_the_nearest_ones_with_reasons(help_and_hurry):
    bench = help_and_hurry
    waiting = id_of(bench, "kiire näkyy käynneissä")
    app = opened(run_page(page), reduction=waiting)
    assert "Lähimmät luokat" in texts(app)
    assert candidates(app)[0] == "Kiire"
    reasons = next(block.value for block in app.get("html") if "Kiire" in block.value)
    assert "<mark>kiire näkyi käynneissä</mark>" in reasons
    assert re.search(r"\d,\d\d", reasons), "how near it is, as Finnish writes numbers"
    assert waiting not in categorising.tree(bench).placements, "an offer changes nothing"


def test_a_suggested_place_is_taken_and_undone_in_one_step(help_and_hurry):
    bench = help_and_hurry
    waiting = id_of(bench, "kiire näkyy käynneissä")
    app = opened(run_page(page), reduction=waiting)
    whole(app.button(key=f"near-place-{waiting}-kiire").click().run())
    assert waiting in categorising.tree(bench).reductions_in("kiire")
    assert history.log(bench).rows[0].act is Act.ACCEPT_SUGGESTION
    assert "Lähimmät luokat" not in texts(app), "what has a place is offered none"
    app.button(key="grouping-undo").click().run()
    assert waiting not in categorising.tree(bench).placements


def test_a_place_turned_down_is_gone_from_the_panel(help_and_hurry):
    bench = help_and_hurry
    waiting = id_of(bench, "kiire näkyy käynneissä")
    app = opened(run_page(page), reduction=waiting)
    whole(app.button(key=f"near-not-{waiting}-kiire").click().run())
    assert "Kiire" not in candidates(app)
    assert "Ei ehdoteta enää: Kiire" in texts(app)
    app.button(key="grouping-undo").click().run()
    assert "Kiire" in candidates(whole(app))


def at_the_desk(bench):
    """The workbench of the page itself: what it has shown waits there to be kept."""
    return replace(bench, store=use_store(bench.store.address))


def test_a_place_is_told_by_how_often_such_ones_were_chosen_once_that_is_known(
    help_and_hurry, monkeypatch
):
    known = Calibration((0.0, 0.0, -1.0, 0.0), 100)
    monkeypatch.setattr(statistics, "meaning", lambda bench, kind, engine: known)
    app = opened(run_page(page), reduction=id_of(help_and_hurry, "kiire näkyy käynneissä"))
    first = next(block.value for block in app.get("html") if "Kiire" in block.value)
    assert "50 prosentissa" in first


def test_below_the_limit_no_place_is_offered_and_that_is_counted_apart(help_and_hurry, monkeypatch):
    bench = help_and_hurry
    known = Calibration((0.0, 0.0, -1.0, 0.0), 100)
    monkeypatch.setattr(statistics, "meaning", lambda bench, kind, engine: known)
    options.set_unsure_below(bench, 0.6)
    app = opened(run_page(page), reduction=id_of(bench, "kiire näkyy käynneissä"))
    assert not [one for one in app.button if (one.key or "").startswith("near-place")]
    assert "En tiedä: mikään luokka ei ole yhtä todennäköinen" in texts(app)
    found = statistics.worth(at_the_desk(bench), PLACE)
    assert sum(target.offered for target in found.targets) == 0
    assert sum(target.withheld for target in found.targets) > 0


def test_a_place_turned_down_stays_judged_when_the_next_ones_are_shown(help_and_hurry):
    bench = help_and_hurry
    waiting = id_of(bench, "kiire näkyy käynneissä")
    app = opened(run_page(page), reduction=waiting)
    whole(app.button(key=f"near-not-{waiting}-kiire").click().run())
    (hurry,) = (t for t in statistics.worth(at_the_desk(bench), PLACE).targets if t.name == "Kiire")
    assert (hurry.offered, hurry.rejected) == (1, 1)


def test_no_places_are_offered_while_there_are_no_subcategories(bench):
    categorising.remove(bench, ["apu"])
    app = opened(run_page(page), reduction=id_of(bench, "työntekijä kuunteli"))
    assert "Lähimmät luokat" not in texts(app)


def test_what_is_compared_is_worked_out_once_until_words_change(help_and_hurry, monkeypatch):
    bench, asked = help_and_hurry, []
    real = following_places.places
    monkeypatch.setattr(following_places, "places", lambda b, **k: asked.append(1) or real(b, **k))
    app = opened(run_page(page), reduction=id_of(bench, "kiire näkyy käynneissä"))
    app = opened(app, reduction=id_of(bench, "työntekijä kuunteli"))
    assert len(asked) == 1
    categorising.rename(bench, "kiire", "Kiireen tuntu")
    whole(app)
    assert len(asked) == 2


def test_higher_categories_are_suggested_on_the_board(help_and_hurry):
    bench = help_and_hurry
    for name in ("Kiireinen arki", "Avun saaminen", "Apu ajallaan"):
        categorising.add(bench, name, Level.SUBCATEGORY)
    app = run_page(page)
    of, to = (next(box for box in app.selectbox if box.label == label) for label in (
        "Luokat, jotka eivät kuulu mihinkään", "Mitä niistä muodostuisi",
    ))  # fmt: skip
    assert of.options == ["alaluokka (5)"]
    assert to.options == ["yläluokka", "pääluokka", "yhdistävä luokka"]
    assert to.value is Level.GENERIC_CATEGORY, "the next level up"
    whole(app.button(key="suggest-higher-go").click().run())
    data = component_data(app, BOARD)
    group = data["groups"][0]
    assert group["level"] == Level.GENERIC_CATEGORY
    names = {c.id: c.name for c in categorising.tree(bench).categories.values()}
    assert all(names[member["id"]] == member["wording"] for member in group["members"])

    members = [member["id"] for member in group["members"]]
    accept = {"key": group["key"], "id": "new", "name": "Arjen apu", "level": group["level"],
              "members": members, "offered": members, "offered_name": group["name"],
              "reasons": {m["id"]: m["reasons"] for m in group["members"]}}  # fmt: skip
    send(app, {"op": "accept_groups", "groups": [accept], "engine": group["engine"]})
    assert {c.id for c in categorising.tree(bench).children("new")} == set(members)
    assert history.log(bench).rows[0].summary["seen"][0]["members"]
    assert group["key"] not in {g["key"] for g in component_data(app, BOARD)["groups"]}
    history.undo(bench)
    assert all(categorising.tree(bench)[id].parent_id is None for id in members)


def test_higher_categories_need_three_to_be_grouped(help_and_hurry):
    app = run_page(page)
    assert not [box for box in app.selectbox if box.label == "Mitä niistä muodostuisi"]
    categorising.add(help_and_hurry, "Kuuntelu", Level.SUBCATEGORY)
    assert [box for box in whole(app).selectbox if box.label == "Mitä niistä muodostuisi"]


# --- does this still belong here? --------------------------------------------------------------


def doubt_keys(app):
    return [b.key for b in app.button if b.key and b.key.startswith("doubt-")]


@pytest.fixture
def doubted(help_and_hurry):
    """A reduction of hurry that has come into the category of help."""
    bench = help_and_hurry
    for wording in ("apua saatiin pian", "apua saatiin hyvin"):
        text = "Keksitty vastaus."
        reducing.reduce(bench, "d4", 0, len(text), wording)
        categorising.place(bench, [id_of(bench, wording)], "apu")
    categorising.place(bench, [id_of(bench, "kiire näkyy käynneissä")], "apu")
    return bench


def test_members_nearer_to_another_category_are_shown_when_asked_and_moved_in_one_step(doubted):
    wrong = id_of(doubted, "kiire näkyy käynneissä")
    app = opened(run_page(page), category="apu")
    assert not doubt_keys(app), "nothing is compared before it is asked"
    app = whole(button(app, "Kuuluuko kaikki vielä tähän?").click().run())
    assert doubt_keys(app) == [f"doubt-move-{wrong}-kiire", f"doubt-stay-{wrong}-apu"]
    assert "Kuuluuko tämä vielä tähän?" in texts(app)
    whole(button(app, "Siirrä sinne").click().run())
    assert wrong in categorising.tree(doubted).reductions_in("kiire")
    assert "Mikään jäsen ei ole selvästi lähempänä toista luokkaa." in texts(app)
    app.button(key="grouping-undo").click().run()
    assert wrong in categorising.tree(doubted).reductions_in("apu")


def test_what_belongs_is_left_for_good(doubted):
    app = opened(run_page(page), category="apu")
    app = whole(button(app, "Kuuluuko kaikki vielä tähän?").click().run())
    app = whole(button(app, "Kuuluu tähän").click().run())
    assert not doubt_keys(app)
    assert "Pysyy paikallaan: kiire näkyy käynneissä" in texts(app)


def test_a_group_that_joined_a_category_is_offered_again_when_that_is_undone():
    group = GroupSuggestion("k", "Apu", (), ("a", "b"), 0.5, "e", joins="apu")
    sent = [{"op": "accept_groups", "groups": [{"key": "k", "id": "x", "joins": "apu",
                                                "members": ["a"]}]}]  # fmt: skip
    empty = CategoryTree().add(Category("apu", "Apu", Level.SUBCATEGORY))
    offer = Offer((group,)).with_accepted(sent)
    assert offer.still_open(empty, ()) == [group]
    assert offer.still_open(empty.place(["a"], "apu"), ()) == []
    assert Offer((group,)).still_open(CategoryTree(), ()) == [], "its category is gone"
