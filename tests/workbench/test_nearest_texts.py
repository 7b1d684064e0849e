"""Searching by meaning: the nearest first, nothing far away, and a clear word when it cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.nlp import registry
from qualcode.store.search_query import DOCUMENT, REDUCTION
from qualcode.store.views import AnswerQuery, AnswerState, Facet, among
from qualcode.workbench import finding, nearest_texts, reducing
from qualcode.workbench.finding import Query, Way
from qualcode.workbench.nearest_texts import NoMeaning, NotPrepared
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
    return finding.find(bench, Query(text, Way.MEANING, **more)).hits


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
    monkeypatch.setattr(nearest_texts, "MADE_AT_ONCE", 3)
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
