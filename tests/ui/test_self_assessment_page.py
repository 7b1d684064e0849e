"""The page of self-assessment discussions over a real study file, without a browser."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from qualcode.bootstrap import Settings, workbench
from qualcode.domain.discussions import Company, Discussion, RoleTalk
from qualcode.domain.errors import StudyBusy
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.domain.role_traits import Step
from qualcode.store import opening
from qualcode.ui.words import plain
from qualcode.workbench import discussing, erasing, role_mapping, studies
from qualcode.workbench.role_mapping import RoleDraft
from tests.ui.page_study import open_page


def told_day():
    """Today as the page tells it; asked anew, since a long run may end on another day."""
    today = date.today()
    return f"{today.day}.{today.month}.{today.year}"


def script():
    from qualcode.ui import state
    from qualcode.ui.pages import self_assessment_page

    self_assessment_page.show(state.bench())


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "keksitty.qualcode"
    store = opening.create(path)
    studies.start(workbench(store, Settings(tmp_path, coder="Maija")), "Keksitty")
    store.close()
    return path


def at(study, act, patience=5.0):
    """What ``act`` gives at the study, its store closed after it."""
    store = opening.open_study(study, patience)
    try:
        return act(workbench(store, Settings(study.parent, coder="Maija")))
    finally:
        store.close()


def find(study, cls):
    def act(bench):
        with bench.store.reading() as rows:
            return rows.find(cls)

    return at(study, act)


@pytest.fixture
def with_map(study):
    drafts = [RoleDraft("Tekijä", True, ("Valitsee",)), RoleDraft("Kokeilija"), RoleDraft("Kysyjä")]
    at(study, lambda bench: role_mapping.start(bench, "Asiakkaan kartta", "asiakas", drafts))
    return study


@pytest.fixture
def talked(with_map):
    role = {role.name: role for role in find(with_map, Role)}
    chosen = [role["Kysyjä"].id, role["Tekijä"].id]
    made = at(
        with_map,
        lambda bench: discussing.start(
            bench, role["Tekijä"].map_id, "A1", date.today().isoformat(), roles=chosen
        ),
    )
    return with_map, made


def opened(study):
    return open_page(script, study)


def labelled(elements, label):
    return next(element for element in elements if element.label == label)


def said(app):
    return [text.value for text in (*app.markdown, *app.caption, *app.info)]


def test_without_a_map_the_page_says_what_to_do_first(study, monkeypatch):
    monkeypatch.setattr("qualcode.ui.state.page_link", lambda *_rest: None)
    assert "Keskustelu tarvitsee roolikartan. Aloita ensin sellainen." in said(opened(study))


def test_a_discussion_is_started_with_the_roles_in_the_persons_order(with_map):
    app = opened(with_map)
    role = {role.name: role.id for role in find(with_map, Role)}
    labelled(app.text_input, "Kuka (peitenimi)").set_value("A1")
    labelled(app.multiselect, "Roolit haluamassasi järjestyksessä").set_value(
        [role["Kysyjä"], role["Tekijä"]]
    )
    labelled(app.button, "Aloita keskustelu").click().run()
    assert not app.exception
    talks = sorted(find(with_map, RoleTalk), key=lambda talk: talk.position)
    assert [talk.role_name for talk in talks] == ["Kysyjä", "Tekijä"]
    assert "Kysyjä" in [heading.value for heading in app.subheader]


def test_what_has_begun_opens_as_a_discussion_and_is_told_from_another_of_the_same_day(talked):
    study, made = talked
    drafts = [RoleDraft("Rinnalla kulkija", True)]
    at(study, lambda b: role_mapping.start(b, "Työntekijän kartta", "työntekijä", drafts))
    app = opened(study)
    app.session_state["filter:self-assessment:part"] = "profile"
    app.run()
    other = next(m.id for m in find(study, RoleMap) if m.id != made.map_id)
    labelled(app.selectbox, "Roolikartta").set_value(other).run()
    labelled(app.text_input, "Kuka (peitenimi)").set_value("A1")
    labelled(app.button, "Aloita keskustelu").click().run()
    assert not app.exception
    assert "Rinnalla kulkija" in [heading.value for heading in app.subheader]
    day = f"A1 · {told_day()}"
    names = {button.label for button in app.button}
    assert {f"{day} · Asiakkaan kartta", f"{day} · Työntekijän kartta"} <= names


def test_two_of_one_day_on_one_map_are_told_apart_by_their_company(talked):
    study, made = talked
    day = date.today().isoformat()
    at(study, lambda b: discussing.start(b, made.map_id, "A1", day, Company.CLOSE_ONE))
    names = {button.label for button in opened(study).button}
    told = f"A1 · {told_day()} · Asiakkaan kartta"
    assert {f"{told} · yksin", f"{told} · läheisen kanssa"} <= names


def test_without_a_pseudonym_nothing_is_started_and_the_page_says_why(with_map):
    app = opened(with_map)
    labelled(app.button, "Aloita keskustelu").click().run()
    assert find(with_map, Discussion) == []
    assert "peitenimi" in app.error[0].value


def test_a_role_is_marked_written_of_and_taken_back(talked):
    study, _made = talked
    app = opened(study)

    def scale():
        return labelled(app.button_group, "Millainen rooli on nyt?")

    scale().set_value(Step.DEVELOPING).run()
    labelled(app.text_area, "Esimerkit").set_value("Kysyin itse.").run()
    assert not app.exception
    first = min(find(study, RoleTalk), key=lambda talk: talk.position)
    assert (first.step, first.examples) == (Step.DEVELOPING, "Kysyin itse.")
    assert "Roolia otetaan haltuun." in said(app)

    at(study, lambda bench: discussing.write(bench, first.id, "examples", "Toisin."))
    app.run()
    assert labelled(app.text_area, "Esimerkit").value == "Toisin."


def test_the_next_day_is_agreed_and_reminded_of_when_it_comes(talked):
    study, made = talked
    app = opened(study)
    labelled(app.date_input, "Seuraava keskustelu").set_value(date.today()).run()
    assert not app.exception
    assert find(study, Discussion)[0].next_day == date.today().isoformat()
    assert any("tänään" in text for text in said(app))

    far = (date.today() + timedelta(days=60)).isoformat()
    at(study, lambda bench: discussing.close(bench, made.id, "next_day", far))
    app.run()
    assert not any("Seuraava keskustelu, A1" in text for text in said(app))


def test_the_profile_tells_each_role_by_itself_and_no_sum(talked):
    study, _made = talked
    talks = sorted(find(study, RoleTalk), key=lambda talk: talk.position)
    at(study, lambda bench: discussing.mark(bench, talks[0].id, Step.OVERDEVELOPED))
    app = opened(study)
    app.session_state["filter:self-assessment:part"] = "profile"
    app.run()
    assert not app.exception
    day = told_day()
    told = f"Kysyjä: {day} ylikehittynyt rooli; Tekijä: {day} ei merkitty."
    assert plain(told) in said(app)


def test_a_role_that_was_never_marked_has_no_course(talked):
    study, made = talked
    at(study, lambda b: discussing.start(b, made.map_id, "A1", date.today().isoformat()))
    talk = next(talk for talk in find(study, RoleTalk) if talk.role_name == "Kysyjä")
    at(study, lambda bench: discussing.mark(bench, talk.id, Step.DEVELOPING))
    app = opened(study)
    app.session_state["filter:self-assessment:part"] = "profile"
    app.run()
    assert not app.exception
    assert plain("Merkitsemättä jokaisessa keskustelussa: Tekijä, Kokeilija") in said(app)


def test_a_discussion_can_be_printed(talked):
    study, _made = talked
    app = opened(study)
    assert "Tulosta" in [button.proto.label for button in app.get("download_button")]


def test_who_only_reviews_the_analysis_sees_no_discussion(talked):
    study, _made = talked
    app = open_page(script, study, "Pekka", reviewing=True)
    assert any("luottamuksellisia" in info.value for info in app.info)
    assert not app.button
    assert not any("A1" in text for text in said(app))


def test_before_erasing_the_page_tells_which_discussions_go(talked):
    study, made = talked
    at(study, lambda bench: discussing.edit(bench, made.id, person="A2"))
    app = opened(study)
    app.session_state["discussion-privacy"] = True
    app.run()
    labelled(app.selectbox, "Kenen keskustelut").set_value("A1").run()
    # The name was mended: it is A2's discussion that would be gone.
    told = next(text for text in said(app) if "Hävitetään" in text)
    assert "A2" in told and "Asiakkaan kartta" in told
    erasing_of = labelled(app.selectbox, "Kenen keskustelut").set_value("A2").run()
    assert "Hävitetään" in " ".join(said(erasing_of))
    at(study, lambda bench: discussing.remove(bench, made.id))
    app.run()
    assert any("vain lokissa" in text for text in said(app))


def test_a_person_is_erased_only_by_a_second_word(talked):
    study, _made = talked
    app = opened(study)
    app.session_state["discussion-privacy"] = True
    app.run()
    assert not app.exception
    erase = labelled(app.button, "Hävitä lopullisesti")
    assert erase.disabled
    labelled(app.selectbox, "Kenen keskustelut").set_value("A1").run()
    labelled(app.checkbox, "Haluan hävittää ne lopullisesti").check().run()
    labelled(app.button, "Hävitä lopullisesti").click().run()
    assert not app.exception
    assert find(study, Discussion) == find(study, RoleTalk) == []


def test_a_file_left_with_what_was_erased_is_offered_to_be_written_anew(talked):
    study, _made = talked

    def erased_while_busy(bench):
        with closing(sqlite3.connect(study)) as another:
            another.execute("BEGIN")
            another.execute("SELECT count(*) FROM discussion").fetchone()
            with pytest.raises(StudyBusy):
                erasing.erase_person(bench, "A1")

    at(study, erased_while_busy, patience=0.2)
    app = opened(study)
    labelled(app.button, "Kirjoita tiedosto uudelleen").click().run()
    assert not app.exception
    assert "Kirjoita tiedosto uudelleen" not in [button.label for button in app.button]
    assert app.session_state["notice"].startswith("Tiedosto kirjoitettiin uudelleen")


def test_nobody_elses_discussion_stays_open_when_one_persons_are_asked_for(talked):
    study, made = talked
    of_another = at(
        study, lambda bench: discussing.start(bench, made.map_id, "B7", date.today().isoformat())
    )
    app = opened(study)
    app.session_state["pick:discussion"] = of_another.id
    app.run()
    assert any("B7" in text for text in said(app))
    labelled(app.selectbox, "Kenen").set_value("A1").run()
    assert not any("B7" in text for text in said(app))
    assert any("A1" in text for text in said(app))
