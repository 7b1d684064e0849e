"""Searching by meaning: the nearest first, nothing far away, and a clear word when it cannot be."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from qualcode.nlp import registry
from qualcode.store.search_query import DOCUMENT, REDUCTION
from qualcode.store.views import AnswerQuery, AnswerState, Facet, among
from qualcode.texts import gettext_for
from qualcode.workbench import (
    coding,
    finding,
    history,
    likeness,
    meaning_index,
    nearest_texts,
    reducing,
)
from qualcode.workbench.finding import Query, Way
from qualcode.workbench.meaning_index import NotPrepared
from qualcode.workbench.nearest_texts import NoMeaning
from qualcode.workbench.preparing import PreparationFailed
from tests.builders import a_respondent, a_study, an_answer, bring_in, with_answers

# Invented answers.
ANSWERS = (
    "Koira ja kissa ovat rakkaita",
    "Lomakkeiden täyttäminen on hankalaa",
    "Raha ei riitä ruokaan eikä vuokraan",
    "Naapurin hevonen on kaunis",
    "Kesällä uidaan järvessä",
    "Bussi on usein myöhässä",
    "Lääkäri kuunteli minua",
    "Koulussa on mukavia kavereita",
    "Talvella hiihdetään metsässä",
    "Kirjastosta saa hyviä kirjoja",
    "Pelaan jalkapalloa joukkueessa",
)


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.setattr(registry, "best_available", lambda *_: registry.choice("floret"))
    bench = a_study()
    with_answers(bench, *ANSWERS)
    return bench


def nearest(bench, text, **more):
    return finding.find(bench, Query(text, Way.MEANING, **more), patience=60).hits


def test_the_nearest_comes_first_though_no_word_is_shared(bench):
    assert nearest(bench, "eläimet")[0].row.id in ("d1", "d4")
    assert nearest(bench, "toimeentulo ja köyhyys")[0].row.id == "d3"
    scores = [hit.likeness for hit in nearest(bench, "eläimet")]
    assert scores == sorted(scores, reverse=True) and min(scores) > 0


def test_where_and_conditions_hold(bench):
    reducing.reduce(bench, "d3", 0, 4, "rahat eivät riitä")
    bring_in(bench, a_respondent("v1", "asiakas"), an_answer("Velat painavat", "d50", "v1"))
    clients = AnswerQuery(state=AnswerState.ALL, conditions=(among(Facet.ACTOR_GROUP, "asiakas"),))
    assert {hit.row.kind for hit in nearest(bench, "raha", where=(REDUCTION,))} == {REDUCTION}
    assert {hit.row.id for hit in nearest(bench, "raha", where=(DOCUMENT,), texts=clients)} == {
        "d50"
    }


def test_what_was_written_later_is_found(bench):
    assert nearest(bench, "avaruus")
    bring_in(bench, an_answer("Raketti lentää kuuhun ja tähtiin", "d60"))
    assert nearest(bench, "avaruus")[0].row.id == "d60"


def test_a_question_that_says_nothing_finds_nothing(bench):
    assert nearest(bench, "🙂") == ()


def test_many_texts_are_prepared_only_when_somebody_asks_for_it(bench, monkeypatch):
    monkeypatch.setattr(meaning_index, "MADE_AT_ONCE", 3)
    with pytest.raises(NotPrepared) as problem:
        nearest(bench, "eläimet")
    assert problem.value.values["count"] == len(ANSWERS)
    assert nearest_texts.prepare_beside(bench, 60) is None
    assert nearest(bench, "eläimet")


def test_without_a_model_it_says_what_to_do(bench, monkeypatch):
    def spelling_only(*_):
        return replace(registry.choice("tfidf"), passed_over=())

    monkeypatch.setattr(registry, "best_available", spelling_only)
    with pytest.raises(NoMeaning):
        nearest(bench, "eläimet")


def made_anew(monkeypatch):
    """How many times what is compared is made anew from here on."""
    times = []
    make = meaning_index.make
    monkeypatch.setattr(meaning_index, "make", lambda *args: times.append(args) or make(*args))
    return times


@pytest.fixture
def large(bench, monkeypatch):
    """The study counts as one that is too large to be made anew after every act."""
    monkeypatch.setattr(meaning_index, "SMALL", 3)
    monkeypatch.setattr(meaning_index, "ROOM", 1.0)
    assert nearest(bench, "avaruus")
    return bench


def test_in_a_large_study_what_came_later_takes_a_row_of_its_own(large, monkeypatch):
    anew = made_anew(monkeypatch)
    bring_in(large, an_answer("Raketti lentää kuuhun ja tähtiin", "d60"))
    reduction = reducing.reduce(large, "d3", 0, 4, "avaruuden tähdet")
    assert {hit.row.id for hit in nearest(large, "avaruus tähdet")[:2]} == {"d60", reduction.id}
    reducing.reword(large, reduction.id, "rahat loppuvat", "avaruuden tähdet")
    assert nearest(large, "rahat loppuvat")[0].row.text == "rahat loppuvat"
    assert [h.row.id for h in nearest(large, "avaruus")].count(reduction.id) <= 1
    coding.set_aside(large, ["d60"], True)
    assert nearest(large, "avaruus tähdet")[0].row.id == "d60"
    history.undo(large)
    assert nearest(large, "avaruus tähdet")[0].row.id == "d60"
    assert anew == []


def test_what_went_is_found_no_more(large, monkeypatch):
    anew = made_anew(monkeypatch)
    bring_in(large, an_answer("Raketti lentää kuuhun ja tähtiin", "d60"))
    assert nearest(large, "avaruus")[0].row.id == "d60"
    history.undo(large)
    assert "d60" not in {hit.row.id for hit in nearest(large, "avaruus")}
    assert anew == []


def test_the_rows_that_a_filter_allows_are_the_right_ones_after_an_act(large):
    clients = AnswerQuery(state=AnswerState.ALL, conditions=(among(Facet.ACTOR_GROUP, "asiakas"),))
    assert nearest(large, "raha", texts=clients) == ()
    bring_in(large, a_respondent("v1", "asiakas"), an_answer("Velat painavat", "d50", "v1"))
    assert [hit.row.id for hit in nearest(large, "raha", texts=clients)] == ["d50"]


def test_what_somebody_asks_is_not_kept_in_the_study(bench):
    nearest(bench, "eläimet")
    engine = likeness.kept_under(bench, "floret")
    with bench.store.reading() as rows:
        assert rows.vectors(engine, [likeness.text_key(ANSWERS[0])])
        assert not rows.vectors(engine, [likeness.text_key("eläimet")])


def test_a_preparation_that_fails_says_so_and_can_be_tried_again(bench, monkeypatch):
    monkeypatch.setattr(meaning_index, "MADE_AT_ONCE", 3)
    with monkeypatch.context() as broken:
        broken.setattr(nearest_texts, "vectors_of", disk_is_full)
        state = nearest_texts.prepare_beside(bench, 60)
    assert isinstance(state.problem, PreparationFailed)
    assert "levy täynnä" in state.problem.message(gettext_for("fi"))
    assert nearest_texts.prepare_beside(bench, 60) is None
    assert nearest(bench, "eläimet")


def disk_is_full(*_):
    raise OSError(28, "No space left on device")


def test_who_searches_while_texts_are_prepared_is_told_how_far_it_is(bench, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slowly(bench, on_progress):
        on_progress(3, 11)
        begun.set()
        go_on.wait(60)

    monkeypatch.setattr(nearest_texts, "prepare", slowly)
    assert nearest_texts.prepare_beside(bench, 0.0) is not None
    assert begun.wait(60)
    found = finding.find(bench, Query("eläimet", Way.MEANING))
    assert (found.preparing.done, found.preparing.all, found.hits) == (3, 11, ())
    go_on.set()
    assert nearest_texts.prepare_beside(bench, 60) is None
