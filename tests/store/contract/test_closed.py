"""Closed answers on every store: which are shown, who answered, and how many forms came back."""

from __future__ import annotations

import pytest

from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Item,
    ItemKind,
    Respondent,
    Source,
    SourceKind,
)
from qualcode.store.closed_views import ClosedQuery, Returned

ANSWERED, MISSING, UNCLEAR = ClosedState


def answer(id, item, state, value="", raw="", who=None, group="", count=1):
    return ClosedAnswer(id, "s", item, state, value, raw, who, group, count)


@pytest.fixture
def answered(store):
    """Two clients and a worker; one question of counts only, one of which many may be chosen."""
    people = [
        Respondent("r1", "s", "A1", "asiakas", {"pilotti": "Keksilä"}, 0),
        Respondent("r2", "s", "A2", "asiakas", {"pilotti": "Keksilä"}, 1),
        Respondent("r3", "s", "T1", "työntekijä", {}, 2),
    ]
    items = [
        Item("q1", "s", "Sain tietoa", ItemKind.LIKERT, "1", options=("1", "2"), position=0),
        Item("q2", "s", "Mistä sait tietoa", ItemKind.MULTIPLE_CHOICE, "2", position=1),
        Item("q3", "s", "Laskettu", ItemKind.LIKERT, "3", position=2),
    ]
    answers = [
        answer("a1", "q1", ANSWERED, "2", "2", "r2"),
        answer("a2", "q1", UNCLEAR, "", "ehkä 1 tai 2", "r1"),
        answer("a3", "q1", MISSING, who="r3"),
        answer("a4", "q2", ANSWERED, "lehti", who="r1"),
        answer("a5", "q2", ANSWERED, "netti", who="r1"),
        answer("a6", "q2", ANSWERED, "netti", who="r2"),
        answer("a7", "q3", ANSWERED, "1", group="läheinen", count=5),
    ]
    with store.writing() as rows:
        source = Source("s", "kysely.xlsx", "d", SourceKind.SURVEY, "2026-01-01", "Maija")
        rows.insert([source, *people, *items, *answers])
    return store


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ({}, ["a2", "a1", "a3", "a4", "a5", "a6", "a7"]),
        ({"item_ids": ("q1",)}, ["a2", "a1", "a3"]),
        ({"item_ids": ()}, []),
        ({"item_ids": ("q1", "q2"), "actor_group": "asiakas"}, ["a2", "a1", "a4", "a5", "a6"]),
        ({"actor_group": "läheinen"}, ["a7"]),
        ({"state": UNCLEAR}, ["a2"]),
        ({"state": ANSWERED, "value": "netti"}, ["a5", "a6"]),
        ({"actor_group": "työntekijä", "state": MISSING}, ["a3"]),
    ],
)
def test_every_condition_must_hold(answered, conditions, ids):
    with answered.reading() as rows:
        page = rows.closed_answers(ClosedQuery(**conditions), 0, 10)
    assert [row.answer.id for row in page.rows] == ids
    assert page.total == len(ids)


def test_an_answer_tells_whose_it_is_and_what_was_asked(answered):
    with answered.reading() as rows:
        [row] = rows.closed_answers(ClosedQuery(state=UNCLEAR), 0, 10).rows
        [counted] = rows.closed_answers(ClosedQuery(actor_group="läheinen"), 0, 10).rows
    assert (row.respondent_label, row.actor_group, row.item_number) == ("A1", "asiakas", "1")
    assert row.answer.raw == "ehkä 1 tai 2"
    assert (counted.respondent_label, counted.answer.count) == ("", 5)


def test_a_page_of_answers(answered):
    with answered.reading() as rows:
        page = rows.closed_answers(ClosedQuery(), 3, 2)
    assert [row.answer.id for row in page.rows] == ["a4", "a5"]
    assert (page.total, page.offset, page.limit) == (7, 3, 2)


def test_people_who_chose_many_are_counted_once(answered):
    with answered.reading() as rows:
        assert rows.closed_answerers() == {("q1", "asiakas"): 1, ("q2", "asiakas"): 2}


def test_respondents_are_counted_by_file_group_and_place(answered):
    with answered.reading() as rows:
        assert rows.returned() == [
            Returned("s", "asiakas", "", 2),
            Returned("s", "työntekijä", "", 1, 2),
        ]
        assert rows.returned("pilotti") == [
            Returned("s", "asiakas", "Keksilä", 2),
            Returned("s", "työntekijä", "", 1, 2),
        ]
