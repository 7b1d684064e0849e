"""Texts filtered, ordered and grouped by anything: alike in every store, page by page."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import DocumentKind, Segment
from qualcode.domain.memos import Memo
from qualcode.domain.reading_places import Bookmark
from qualcode.domain.second_marks import ExpressionStance, Stance
from qualcode.store.answer_query import as_conditions, from_conditions
from qualcode.store.memory import MemoryStore
from qualcode.store.views import (
    AnswerGroup,
    AnswerQuery,
    AnswerState,
    Facet,
    GroupBy,
    How,
    Order,
    OrderBy,
    among,
)
from tests.builders import a_respondent, a_source, an_answer, an_item, numbered

ODD = 'Mitä "HB" [on]?'
CODES = ("c1", "c2", "c3")
AGES = ("9", "31–40", "101", "alle 18", "")


def a_small_study():
    """Twelve texts of five people and a table; each code on every second, third, fourth text."""
    people = [
        a_respondent(
            f"r{n}",
            ("asiakas", "työntekijä")[n % 2],
            {"ikä": age, ODD: "apu.raha"} if n else {"ikä": age},
            n,
        )
        for n, age in enumerate(AGES)
    ]
    items = [an_item("q1", "Arki", position=1), an_item("q2", "", "esimies", 2)]
    texts = [
        an_answer(
            "sana " * (n % 4 + 1),
            f"d{n:02}",
            f"r{n % 5}" if n < 10 else None,
            ("q1", "q2", None)[n % 3],
            position=(7 * n) % 12,
            attributes={"kierros": str(n % 2), "ikä": "60"} if n == 3 else {},
            aside=n == 6,
        )
        for n in range(12)
    ]
    codings, segments = [], []
    for n in range(12):
        for c, code in enumerate(CODES):
            if n % (c + 2) == 0:
                for start in range(2 if c == 0 else 1):
                    segments.append(Segment(f"s{n}-{c}-{start}", f"d{n:02}", start, 4 + c))
                    codings.append(
                        Coding(
                            f"k{n}-{c}-{start}",
                            segments[-1].id,
                            code,
                            ("Maija", "Pekka")[n % 2],
                            f"2026-01-0{c + 1}T00:00:{(5 * n) % 12:02}",
                        )
                    )
    return [
        a_source(),
        *people,
        *items,
        *texts,
        *segments,
        Codebook("kirja", "kirja", "Kirja", position=1),
        Codebook("eka", "eka", "Eka", position=0),
        Code("c1", "kirja", "c1", "Lohtu", position=1),
        Code("c2", "kirja", "c2", "Apu", position=0),
        Code("c3", "eka", "c3", "Raha"),
        *codings,
        ReducedExpression("p1", "Äiti auttaa", "Maija", "t"),
        ReducedExpression("p2", "apu", "Maija", "t"),
        ReductionLink("l1", "s0-0-0", "p1", "Maija", "t"),
        ReductionLink("l2", "s0-0-1", "p2", "Pekka", "t"),
        ReductionLink("l3", "s4-0-0", "p1", "Maija", "t"),
        Category("yla", "Tuki", Level.MAIN_CATEGORY),
        Category("ala", "Apu", Level.SUBCATEGORY),
        Placement("p1", "ala", 1.0),
        Placement("p2", "yla", 1.0),
        Memo("m1", "document", "d01", "Mietittävää"),
        Memo("m2", "segment", "s4-0-0", "Vahva ilmaus"),
        Memo("m3", "segment", "poissa", "Ilmaus on jo poistettu"),
        Memo("m4", "code", "c1", "Koodista"),
        Bookmark("b1", "d04", 2, "Maija"),
        ExpressionStance("v1", "s4-0-0", "Maija", Stance.WISH, "työntekijä"),
        ExpressionStance("v2", "s0-0-0", "Maija", Stance.DOUBT),
        ExpressionStance("v3", "s0-0-1", "Pekka", None, "organisaatio"),
    ]


@pytest.fixture
def study(store):
    with store.writing() as rows:
        rows.insert(a_small_study())
    return store


@pytest.fixture(scope="module")
def known():
    """The same study in memory: the definition that the others are held against."""
    memory = MemoryStore()
    with memory.writing() as rows:
        rows.insert(a_small_study())
    return memory


def found(study, *conditions, **query):
    with study.reading() as rows:
        return numbered(rows.answers(AnswerQuery(conditions=conditions, **query), 0, 50).rows)


def groups(study, facet, *conditions, name="", **query):
    by = GroupBy(facet, name)
    with study.reading() as rows:
        page = rows.answers(AnswerQuery(conditions=conditions, group_by=by, **query), 0, 50)
    return {group.value: group.size for group in page.groups}


# --- filters ---


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (among(Facet.ITEM, "q1"), "d00 d03 d09"),
        (among(Facet.ITEM, "q1", ""), "d00 d03 d05 d08 d09 d11 d02"),
        (among(Facet.ITEM, "q1", "q2", how=How.NONE), "d05 d08 d11 d02"),
        (among(Facet.SOURCE, "toinen"), ""),
        (among(Facet.KIND, DocumentKind.WORKSHOP_NOTE), ""),
        (among(Facet.THEME, "Arki"), "d00 d03 d09"),
        (among(Facet.RESPONDENT, "r1", "r2"), "d07 d02 d01"),
        (among(Facet.RESPONDENT, ""), "d10 d11"),
        (among(Facet.ACTOR_GROUP, "esimies"), "d10"),
        (among(Facet.ACTOR_GROUP, "", "esimies"), "d10 d11"),
        (among(Facet.ATTRIBUTE, "31–40", "9", name="ikä"), "d00 d05 d01"),
        (among(Facet.ATTRIBUTE, "31-40", name="ikä"), ""),
        (among(Facet.ATTRIBUTE, "60", name="ikä"), "d03"),
        (among(Facet.ATTRIBUTE, "", name="ikä"), "d10 d04 d09 d11"),
        (among(Facet.ATTRIBUTE, "1", name="kierros"), "d03"),
        (among(Facet.ATTRIBUTE, "apu.raha", name=ODD), "d01 d02 d03 d04 d07 d08 d09"),
        (among(Facet.ATTRIBUTE, "31–40", name="$.ikä"), ""),
        (among(Facet.CODE, "c1", "c2", how=How.ALL), "d00"),
        (among(Facet.CODE, "c2", "c3"), "d00 d03 d04 d08 d09"),
        (among(Facet.CODE, "c1", "c2", how=How.NONE), "d05 d07 d11 d01"),
        (among(Facet.CODE, "", "c3"), "d00 d05 d07 d04 d08 d11 d01"),
        (among(Facet.CODE, "", "c3", how=How.ALL), ""),
        (among(Facet.CODE, "", how=How.ALL), "d05 d07 d11 d01"),
        (among(Facet.CODE, "poissa"), ""),
        (among(Facet.CODER, "Pekka"), "d00 d03 d09"),
        (among(Facet.CODER, "Pekka", "Maija", how=How.ALL), "d00"),
        (among(Facet.REDUCTION, "p1"), "d00 d04"),
        (among(Facet.CATEGORY, "yla"), "d00"),
        (among(Facet.CATEGORY, ""), "d01 d02 d03 d05 d07 d08 d09 d10 d11"),
        (among(Facet.MARK, "memo"), "d04 d01"),
        (among(Facet.MARK, "bookmark"), "d04"),
        (among(Facet.MARK, "memo", "bookmark", how=How.ALL), "d04"),
        (among(Facet.MARK, "wish"), "d04"),
        (among(Facet.MARK, "wish", "doubt"), "d00 d04"),
        (among(Facet.SPOKEN_OF, "työntekijä"), "d04"),
        (among(Facet.SPOKEN_OF, "", "työntekijä"), "d01 d02 d03 d04 d05 d07 d08 d09 d10 d11"),
        (among(Facet.MARK, "memo", how=How.NONE), "d00 d02 d03 d05 d07 d08 d09 d10 d11"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_condition(study, condition, expected):
    assert set(found(study, condition)) == set(expected.split())


def test_every_condition_must_hold(study):
    both = (among(Facet.CODE, "c1"), among(Facet.ACTOR_GROUP, "asiakas"))
    assert set(found(study, *both)) == {"d00", "d02", "d04"}
    assert found(study, *both, state=AnswerState.UNREDUCED) == ["d02"]
    assert found(study, *both, text="sana sana sana sana sana") == []


def test_what_is_set_aside_is_filtered_among_its_own(study):
    assert found(study, among(Facet.CODE, "c1"), state=AnswerState.SET_ASIDE) == ["d06"]


# --- order ---


def by(study, by, name="", descending=False):
    return found(study, order=Order(by, name, descending))


def test_the_studys_order_stands_by_itself_and_among_equals(study):
    in_order = found(study)
    assert in_order == [f"d{n:02}" for n in sorted(range(12), key=lambda n: (7 * n) % 12) if n != 6]
    lengths = by(study, OrderBy.LENGTH)
    assert lengths == sorted(in_order, key=lambda id: int(id[1:]) % 4)
    assert by(study, OrderBy.LENGTH, descending=True) == sorted(
        in_order, key=lambda id: -(int(id[1:]) % 4)
    )


def test_a_background_variable_orders_by_the_number_it_begins_with(study):
    ages = [age_of(id) for id in by(study, OrderBy.ATTRIBUTE, "ikä")]
    assert ages == ["9", "9", "31–40", "60", "101", "101", "alle 18", "", "", "", ""]
    turned = [age_of(id) for id in by(study, OrderBy.ATTRIBUTE, "ikä", True)]
    assert turned[:1] == ["alle 18"]
    assert turned[-4:] == ["", "", "", ""], "those that lack it come last either way round"


def age_of(id):
    n = int(id[1:])
    return "60" if n == 3 else AGES[n % 5] if n < 10 else ""


def test_the_newest_coded_come_first_and_the_uncoded_last(study):
    newest = by(study, OrderBy.NEWEST, descending=True)
    assert set(newest[-4:]) == {"d05", "d07", "d11", "d01"}
    assert newest[0] == "d04", "coded last of those with the third code"
    most = by(study, OrderBy.CODINGS, descending=True)
    assert most[0] == "d00"
    assert set(most[-4:]) == {"d05", "d07", "d11", "d01"}


def test_respondents_and_questions_follow_their_own_order(study):
    people = [int(id[1:]) % 5 if int(id[1:]) < 10 else 9 for id in by(study, OrderBy.RESPONDENT)]
    assert people == sorted(people)
    items = [int(id[1:]) % 3 for id in by(study, OrderBy.ITEM)]
    assert items == sorted(items)


# --- groups ---


def test_a_text_with_several_codes_stands_under_each(study):
    with study.reading() as rows:
        page = rows.answers(AnswerQuery(group_by=GroupBy(Facet.CODE)), 0, 50)
    assert page.groups == (
        AnswerGroup("c3", 3, 0),
        AnswerGroup("c2", 3, 3),
        AnswerGroup("c1", 5, 6),
        AnswerGroup("", 4, 11),
    )
    assert (page.total, page.texts) == (15, 11)
    assert [row.group for row in page.rows] == ["c3"] * 3 + ["c2"] * 3 + ["c1"] * 5 + [""] * 4
    assert numbered(page.rows).count("d00") == 3


def test_groups_of_what_a_text_has_one_of(study):
    assert groups(study, Facet.ITEM) == {"q1": 3, "q2": 4, "": 4}
    assert groups(study, Facet.ACTOR_GROUP) == {"asiakas": 6, "esimies": 1, "työntekijä": 3, "": 1}
    ages = groups(study, Facet.ATTRIBUTE, name="ikä")
    assert list(ages) == ["9", "31–40", "60", "101", "alle 18", ""]
    assert sum(ages.values()) == 11


def test_groups_of_reductions_categories_coders_and_marks(study):
    assert list(groups(study, Facet.REDUCTION)) == ["p2", "p1", ""]
    assert list(groups(study, Facet.CATEGORY)) == ["yla", "ala", ""]
    assert groups(study, Facet.CODER) == {"Maija": 5, "Pekka": 3, "": 4}
    marks = {"bookmark": 1, "memo": 2, "doubt": 1, "wish": 1, "": 8}
    assert groups(study, Facet.MARK) == marks
    assert groups(study, Facet.SPOKEN_OF) == {"organisaatio": 1, "työntekijä": 1, "": 9}


def test_a_group_that_nothing_matches_is_no_group(study):
    assert groups(study, Facet.CODE, among(Facet.CODE, "c2")) == {"c3": 1, "c2": 3, "c1": 1}
    assert groups(study, Facet.CODE, text="ei missään") == {}


def test_a_text_is_found_in_the_first_of_its_groups(study):
    query = AnswerQuery(group_by=GroupBy(Facet.CODE), order=Order(OrderBy.LENGTH, "", True))
    with study.reading() as rows:
        shown = numbered(rows.answers(query, 0, 50).rows)
        for id in shown:
            assert rows.answer_position(query, id) == shown.index(id)
        assert rows.answer_position(query, "d06") is None
        assert rows.answer_position(query, "poissa") is None


# --- whatever is asked ---

facets = st.sampled_from(Facet)
values = {
    Facet.ITEM: ("q1", "q2"),
    Facet.RESPONDENT: tuple(f"r{n}" for n in range(5)),
    Facet.ACTOR_GROUP: ("asiakas", "esimies"),
    Facet.ATTRIBUTE: AGES,
    Facet.CODE: CODES,
    Facet.CODER: ("Maija", "Pekka"),
    Facet.REDUCTION: ("p1", "p2"),
    Facet.CATEGORY: ("ala", "yla"),
    Facet.MARK: ("memo", "bookmark"),
    Facet.SPOKEN_OF: ("työntekijä", "poissa"),
    Facet.SOURCE: ("source",),
    Facet.THEME: ("Arki",),
    Facet.KIND: ("answer",),
}


def name_for(facet):
    return st.sampled_from(("ikä", "kierros", ODD)) if facet == "attribute" else st.just("")


conditions = facets.flatmap(
    lambda facet: st.builds(
        lambda chosen, how, name: among(facet, *chosen, how=how, name=name),
        st.lists(st.sampled_from(("", *values[facet])), min_size=1, max_size=3, unique=True),
        st.sampled_from(How),
        name_for(facet),
    )
)
orders = st.sampled_from(OrderBy).flatmap(
    lambda by: st.builds(Order, st.just(by), name_for(by), st.booleans())
)
groupings = st.none() | facets.flatmap(
    lambda facet: st.builds(GroupBy, st.just(facet), name_for(facet))
)
queries = st.builds(
    AnswerQuery,
    st.sampled_from(AnswerState),
    st.lists(conditions, max_size=3).map(tuple),
    st.sampled_from(("", "sana sana", "ÄITI")),
    st.none() | st.lists(st.sampled_from([f"d{n:02}" for n in range(12)])).map(tuple),
    orders,
    groupings,
)

OFTEN = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@OFTEN
@given(query=queries, size=st.integers(1, 7))
def test_paging_gives_every_matching_text_once_in_each_of_its_groups(study, known, query, size):
    with known.reading() as rows:
        whole = rows.answers(query, 0, 100)
    with study.reading() as rows:
        pages = [rows.answers(query, offset, size) for offset in range(0, whole.total + 1, size)]
    assert {page.total for page in pages} == {whole.total}
    assert {page.texts for page in pages} == {whole.texts}
    assert {page.groups for page in pages} == {whole.groups}
    shown = [row for page in pages for row in page.rows]
    assert shown == list(whole.rows)
    assert max(Counter((row.group, row.document.id) for row in shown).values(), default=1) == 1
    assert len({row.document.id for row in shown}) == whole.texts
    assert (
        Counter(row.group for row in shown) == {group.value: group.size for group in whole.groups}
        or query.group_by is None
    )


@OFTEN
@given(query=queries)
def test_a_texts_position_is_where_the_pages_show_it_first(study, query):
    with study.reading() as rows:
        shown = numbered(rows.answers(query, 0, 100).rows)
        for id in ("d00", "d03", "d06", "d10"):
            expected = shown.index(id) if id in shown else None
            assert rows.answer_position(query, id) == expected


@given(query=queries)
def test_a_query_survives_being_kept_as_plain_values(query):
    kept = from_conditions(as_conditions(query))
    named = {"document_ids": None}
    assert vars(kept) | named == vars(query) | named


@pytest.mark.parametrize(
    "raw",
    [
        {"state": "no such", "where": "c1", "order": ["up"], "group": [7], "text": 3},
        {"where": [["code", "any"], ["code", "any", []], [], 5, ["code", "maybe", ["c1"]]]},
        {"where": [["code", "any", [7]]], "order": [["study"]], "group": {}},
    ],
)
def test_what_makes_no_sense_in_a_link_is_left_out(raw):
    assert from_conditions(raw) == AnswerQuery()
