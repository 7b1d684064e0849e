"""Searching finds the same rows in the same order on every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.coding import ReducedExpression, ReductionLink
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Segment
from qualcode.domain.memos import Memo
from qualcode.store.search_query import DOCUMENT, MEMO, REDUCTION, WORD, Search
from qualcode.store.views import AnswerQuery, AnswerState, Facet, Order, OrderBy, among
from tests.builders import DAY, a_respondent, a_study, an_answer, an_item, bring_in

METHOD = "fi-test"


@pytest.fixture
def bench(store):
    bench = a_study(store)
    bring_in(
        bench,
        an_item("k2", position=2),
        an_item("k1", position=1),
        a_respondent("v1", "asiakas"),
        a_respondent("v2", "työntekijä"),
        an_answer("Sain apua 🙂", "d1", "v1", "k2", position=1),
        an_answer("Avun saaminen on vaikeaa", "d2", "v2", "k1", position=2),
        an_answer("En tiedä", "d3", "v1", "k1", position=3, aside=True),
        Segment("d1:0-9", "d1", 0, 9),
        ReducedExpression("r2", "Ääni kuuluu", "Maija", DAY),
        ReducedExpression("r1", "avun saaminen", "Maija", DAY),
        ReductionLink("l1", "d1:0-9", "r1", "Maija", DAY),
        Category("a1", "Apu", Level.SUBCATEGORY),
        Placement("r1", "a1", 0),
        Memo("m1", "segment", "d1:0-9", "apua tuli", "Sain apua", "Maija", DAY, DAY),
        Memo("m2", "study", "study", "apu on teema", "tutkimus", "Maija", DAY, DAY),
    )
    with store.writing() as rows:
        rows.keep_search_keys(
            DOCUMENT,
            METHOD,
            {
                "d1": " sain apua |saada |apu ",
                "d2": " avun saaminen on vaikeaa |apu |saaminen |saada |olla |vaikea ",
                "d3": " en tiedä |ei |tietää ",
            },
        )
        rows.keep_search_keys(
            REDUCTION,
            METHOD,
            {"r1": " avun saaminen |apu |saada ", "r2": " ääni kuuluu |ääni |kuulua "},
        )
        rows.keep_search_keys(
            MEMO, METHOD, {"m1": " apua tuli |apu |tulla ", "m2": " apu on teema |apu |teema "}
        )
    return bench


def found(bench, kind, *groups, offset=0, limit=10, **more):
    with bench.store.reading() as rows:
        page = rows.search(Search(kind, groups, **more), offset, limit)
    return [row.id for row in page.rows], page.total


@pytest.mark.parametrize(
    ("groups", "more", "ids"),
    [
        ([(" |apu ",)], {}, ["d1", "d2"]),
        ([(" |apu ",), (" |vaikea ",)], {}, ["d2"]),
        ([(" |tietää ", " |vaikea ")], {}, ["d2", "d3"]),
        ([(" |apu ",)], {"none_of": (" |vaikea ",)}, ["d1"]),
        ([(" apua ",)], {}, ["d1"]),
        ([(" ap",)], {}, ["d1"]),
        ([(" avun saaminen ",)], {}, ["d2"]),
        ([(" saaminen avun ",)], {}, []),
        ([("%",)], {}, []),
        ([], {"literally": ("🙂",)}, ["d1"]),
        ([], {"ids": ("d3", "d1")}, ["d1", "d3"]),
        ([], {"ids": ()}, []),
        ([], {"texts": AnswerQuery()}, ["d1", "d2"]),
        ([], {"texts": AnswerQuery(state=AnswerState.SET_ASIDE)}, ["d3"]),
        (
            [(" |apu ",)],
            {"texts": AnswerQuery(conditions=(among(Facet.ACTOR_GROUP, "työntekijä"),))},
            ["d2"],
        ),
        ([(" |apu ",)], {"texts": AnswerQuery(order=Order(OrderBy.ITEM))}, ["d2", "d1"]),
    ],
)
def test_texts(bench, groups, more, ids):
    assert found(bench, DOCUMENT, *groups, **more) == (ids, len(ids))


def test_reductions_and_memos_follow_the_conditions_of_their_texts(bench):
    of_workers = AnswerQuery(conditions=(among(Facet.ACTOR_GROUP, "työntekijä"),))
    of_clients = AnswerQuery(conditions=(among(Facet.ACTOR_GROUP, "asiakas"),))
    assert found(bench, REDUCTION) == (["r1", "r2"], 2)
    assert found(bench, REDUCTION, (" |apu ",), texts=of_clients) == (["r1"], 1)
    assert found(bench, REDUCTION, (" |apu ",), texts=of_workers) == ([], 0)
    assert found(bench, MEMO, (" |apu ",)) == (["m2", "m1"], 2)
    assert found(bench, MEMO, (" |apu ",), texts=of_clients) == (["m1"], 1)
    assert found(bench, MEMO, (" |apu ",), texts=of_workers) == ([], 0)


def test_a_row_tells_where_it_stands(bench):
    with bench.store.reading() as rows:
        (text, _) = rows.search(Search(DOCUMENT, ((" |apu ",),)), 0, 5).rows
        (reduction,) = rows.search(Search(REDUCTION, ((" |apu ",),)), 0, 5).rows
        memos = rows.search(Search(MEMO, ((" |apu ",),)), 0, 5).rows
    assert (text.text, text.respondent_label, text.actor_group) == ("Sain apua 🙂", "V1", "asiakas")
    assert (text.item_id, text.item_number, text.item_text) == ("k2", "2", "Mitä k2?")
    assert (reduction.text, reduction.category_id, reduction.category_name) == (
        "avun saaminen",
        "a1",
        "Apu",
    )
    assert [(m.about_kind, m.about_id, m.about_label) for m in memos] == [
        ("study", "study", "tutkimus"),
        ("segment", "d1:0-9", "Sain apua"),
    ]


def test_texts_alone_come_in_the_same_order(bench):
    by_group = AnswerQuery(order=Order(OrderBy.ACTOR_GROUP, descending=True))
    with bench.store.reading() as rows:
        assert rows.search_texts(Search(DOCUMENT, texts=by_group), 0, 5) == [
            ("d2", "Avun saaminen on vaikeaa"),
            ("d1", "Sain apua 🙂"),
        ]
        assert rows.search_ids(Search(DOCUMENT, texts=by_group)) == ["d2", "d1"]
        assert rows.search_ids(Search(DOCUMENT, texts=by_group, ids=("d1", "d9"))) == ["d1"]
        assert rows.search_texts(Search(REDUCTION), 1, 5) == [("r2", "Ääni kuuluu")]
        assert [id for id, _ in rows.search_texts(Search(MEMO), 0, 1)] == ["m2"]


def test_pages_know_how_many_there_are_in_all(bench):
    assert found(bench, DOCUMENT, (" |apu ",), offset=1, limit=1) == (["d2"], 2)
    assert found(bench, DOCUMENT, (" |apu ",), offset=5, limit=5) == ([], 2)
    assert found(bench, MEMO, offset=1, limit=1) == (["m1"], 2)


def test_keys_of_another_method_count_as_missing(bench):
    with bench.store.reading() as rows:
        assert rows.without_search_key(DOCUMENT, METHOD, 5).total == 0
        page = rows.without_search_key(DOCUMENT, "en-1", 2)
        assert rows.search_keys(REDUCTION, ["r1", "r2", "none"], METHOD).keys() == {"r1", "r2"}
        assert rows.search_keys(REDUCTION, ["r1"], "en-1") == {}
    assert page.rows == (("d1", "Sain apua 🙂"), ("d2", "Avun saaminen on vaikeaa"))
    assert page.total == 3


def test_kept_keys_take_the_place_of_older_ones_and_can_be_dropped(bench):
    with bench.store.writing() as rows:
        rows.keep_search_keys(WORD, METHOD, {"apua": " |apu "})
        rows.keep_search_keys(WORD, "uusi", {"apua": " |apu |uusi "})
        rows.drop_search_keys(REDUCTION, ["r1", "none"])
    with bench.store.reading() as rows:
        assert rows.search_keys(WORD, ["apua"], "uusi") == {"apua": " |apu |uusi "}
        assert rows.without_search_key(REDUCTION, METHOD, 5).rows == (("r1", "avun saaminen"),)


def test_what_decisions_touched_since_a_revision(bench):
    with bench.store.reading() as rows:
        before = rows.revision()
        reworded = replace(rows.get(ReducedExpression, "r1"), wording="apu")
        assert rows.touched_since(before, REDUCTION) == []
        assert rows.touched_since(0, MEMO) == ["m1", "m2"]
    with bench.act(Act.REWORD) as work:
        work.put(reworded)
    with bench.store.reading() as rows:
        assert rows.touched_since(before, REDUCTION) == ["r1"]
        assert rows.touched_since(before, MEMO) == []
