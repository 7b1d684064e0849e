"""The review page without a browser: what it says, and that its acts reach the study."""

from __future__ import annotations

import pytest

from qualcode.domain.review import Look, NodeState, Remark, ReviewState
from qualcode.domain.tree_versions import TreeVersion
from qualcode.ui import state
from qualcode.workbench import categorising, studies
from qualcode.workbench.bench import Workbench
from qualcode.workbench.reviewing import proposing, remarks
from qualcode.workbench.reviewing.proposing import Proposed
from tests.apptest import component_data, fire
from tests.ui.grouping_study import button, grouping_study, run_page, texts


@pytest.fixture
def bench(tmp_path, monkeypatch):
    with grouping_study(tmp_path, monkeypatch) as bench:
        yield bench


@pytest.fixture
def pekka(bench):
    return Workbench(bench.store, "Pekka")


def page():
    from qualcode.ui import state
    from qualcode.ui.pages import review_page

    review_page.show(state.bench())


def all_of(bench, cls):
    with bench.store.reading() as rows:
        return rows.find(cls)


def at_view(app, view):
    app.session_state[state.filter_key("review", "view")] = view
    return app.run()


def test_a_category_is_read_with_its_counts_and_quotes(bench):
    app = run_page(page)
    shown = texts(app)
    assert "2 vastaajaa, 2 mainintaa" in shown
    assert "”Sain apua heti kun pyysin.”" in shown
    assert "apua saatiin heti · 2" in shown
    told = component_data(app, "review_tree")
    assert [(node["name"], node["people"], node["mentions"]) for node in told["nodes"]] == [
        ("Apu", 2, 2)
    ]


def test_what_was_seen_is_kept_and_what_changed_is_marked(bench, pekka):
    app = run_page(page)
    fire(app, "review_tree", "seen", {"id": "apu", "next": "apu"})
    assert [look.seen for look in all_of(bench, Look)] == [True]
    categorising.rename(pekka, "apu", "Avunsaanti")
    app.run()
    assert component_data(app, "review_tree")["nodes"][0]["fresh"] == ["nimetty uudelleen"]
    assert "Sen nimi oli ”Apu”." in texts(app)
    button(app, "Nähty").click().run()
    assert component_data(app, "review_tree")["nodes"][0]["fresh"] == []


def test_a_question_is_asked_replied_to_and_resolved(bench, pekka):
    app = run_page(page)
    app.text_area[0].set_value("Mikä tässä on apua?")
    button(app, "Kysy").click().run()
    (first,) = all_of(bench, Remark)
    assert (first.text, first.created_by, first.about_id) == ("Mikä tässä on apua?", "Aino", "apu")
    remarks.reply(pekka, first.id, "Kaikki konkreettinen.")
    app.run()
    assert component_data(app, "review_tree")["nodes"][0]["talk"] == ["1 lukematon"]
    button(app, "Merkitse ratkaistuksi").click().run()
    assert all_of(bench, Remark)[0].resolved_by == "Aino"
    assert component_data(app, "review_tree")["nodes"][0]["talk"] == []
    button(app, "Kumoa").click().run()
    assert all_of(bench, Remark)[0].resolved_by == ""


def test_an_empty_comment_says_why_it_is_not_kept(bench):
    app = run_page(page)
    button(app, "Kommentoi").click().run()
    assert "Kommentissa on oltava sanoja" in texts(app)
    assert all_of(bench, Remark) == []


def test_all_threads_and_proposals_are_listed_and_decided(bench, pekka):
    remarks.say(pekka, "category", "apu", "Hyvä nimi")
    proposing.propose(pekka, Proposed.RENAME, ["apu"], name="Avunsaanti", why="Selvempi")
    app = at_view(run_page(page), "threads")
    assert "Hyvä nimi" in texts(app)
    app = at_view(app, "proposals")
    assert "Nimeä ”Apu” uudelleen: ”Avunsaanti”" in texts(app)
    button(app, "Hyväksy").click().run()
    assert categorising.tree(bench)["apu"].name == "Avunsaanti"
    assert "Tehty esityksen mukaan." in texts(app)


def test_a_stale_proposal_is_told_and_offers_no_acceptance(bench, pekka):
    proposing.propose(pekka, Proposed.RENAME, ["apu"], name="Avunsaanti")
    categorising.rename(bench, "apu", "Tuki")
    app = at_view(run_page(page), "proposals")
    assert any("Vanhentunut" in one.value for one in app.warning)
    assert "Hyväksy" not in [one.label for one in app.button]


def test_a_version_is_frozen_and_compared(bench):
    app = at_view(run_page(page), "versions")
    app.text_input[0].set_value("Ennen")
    button(app, "Jäädytä").click().run()
    assert [one.name for one in all_of(bench, TreeVersion)] == ["Ennen"]
    assert "Puut ovat samat." in texts(app)
    categorising.rename(bench, "apu", "Tuki")
    app.run()
    told = component_data(app, "review-review_sides")
    assert [cell["text"] for cell in told["rows"][0]["cells"]] == [
        "Apu",
        "Tuki",
        "nimetty uudelleen, aiemmin ”Apu”",
    ]


def test_who_only_reviews_is_not_offered_what_would_change_the_analysis(bench, pekka):
    proposing.propose(pekka, Proposed.RENAME, ["apu"], name="Avunsaanti")
    app = run_page(page)
    app.session_state["reviewing"] = True
    app = at_view(app, "proposals")
    labels = [one.label for one in app.button]
    assert "Hyväksy" not in labels
    assert "Hylkää" not in labels
    app = at_view(app, "versions")
    assert "Jäädytä" not in [one.label for one in app.button]


def test_a_state_is_given_in_one_click(bench):
    app = run_page(page)
    next(one for one in app.button_group if one.key == "node-state-apu-draft").set_value(
        NodeState.APPROVED
    ).run()
    assert [(row.id, row.state, row.who) for row in all_of(bench, ReviewState)] == [
        ("apu", NodeState.APPROVED, "Aino")
    ]
    assert "Hyväksytty: Apu" in texts(app)


def test_the_research_task_stands_above_the_tree_for_who_did_not_build_it(bench):
    assert "Tutkimustehtävä" not in texts(run_page(page))
    studies.edit(bench, task="Mitä rooleja\nasiakkaalla on?")
    assert "**Tutkimustehtävä:** Mitä rooleja asiakkaalla on?" in texts(run_page(page))
