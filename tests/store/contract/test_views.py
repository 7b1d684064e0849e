"""The screens' questions answered alike by every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.categories import Category, Level, Placement
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import (
    ClosedAnswer,
    ClosedState,
    Document,
    DocumentKind,
    Provenance,
    Segment,
)
from qualcode.domain.role_maps import Role, RoleMap
from qualcode.store.views import (
    AnswerQuery,
    AnswerState,
    ClosedCount,
    Count,
    EvidenceRow,
    ExpressionQuery,
    Facet,
    ReductionQuery,
    ReductionSpanRow,
    SpanRow,
    TextState,
    among,
)
from tests.builders import a_respondent, a_source, an_answer, an_item, numbered

EMOJI = "👩‍👧 Äiti lohduttaa, 50% ajasta"


@pytest.fixture
def study(store):
    """Five answers of two people and a workshop note; two coders; a reduction on two spans."""
    texts = [
        an_answer(EMOJI, "d1", "r1", "q1", 1, row=2),
        an_answer("ÄITI_lohduttaa ja STRASSE", "d2", "r1", "q2", 2, {"kierros": "1"}),
        an_answer("Apu tuli ajallaan.", "d3", "r2", "q1", 3, {"kierros": "2"}),
        an_answer("-", "d4", "r2", "q2", 4, aside=True),
        replace(an_answer("Pöydän ääni", "d0", None, "q3", 4), kind=DocumentKind.WORKSHOP_NOTE),
    ]
    spans = [
        Segment("s1", "d1", 0, 3),
        Segment("s2", "d1", 4, 8),
        Segment("s3", "d1", 4, 18),
        Segment("s4", "d3", 0, 3),
        Segment("s5", "d0", 0, 6),
    ]
    with store.writing() as rows:
        rows.insert(
            [
                a_source(),
                a_respondent("r1", "asiakas", {"ikä": "31–40", 'Mitä "HB" [on]?': "apu.raha"}),
                a_respondent("r2", "työntekijä", {"ikä": "51–60"}, 1),
                an_item("q1", "Arki", position=1),
                an_item("q2", "Apu", position=2),
                an_item("q3", "Työpaja", "työntekijä", 3),
                *texts,
                *spans,
                Codebook("b", "b", "B"),
                Codebook("pois", "pois", "Pois", in_use=False),
                Code("c1", "b", "c1", "Lohtu"),
                Code("c2", "b", "c2", "Apu"),
                Code("c3", "pois", "c3", "Ei käytössä"),
                Coding("k1", "s2", "c1", "Maija", "2026-01-01T00:00:02"),
                Coding("k2", "s2", "c2", "Pekka", "2026-01-01T00:00:01"),
                Coding("k3", "s4", "c1", "Pekka", "2026-01-01T00:00:03"),
                Coding("k4", "s1", "c1", "Maija", "2026-01-01T00:00:04"),
                ReducedExpression("p1", "Äiti lohduttaa", "Maija", "t1", "huom"),
                ReducedExpression("p2", "apu ajallaan", "Maija", "t2"),
                ReducedExpression("p3", "100% apua_nyt", "Maija", "t3"),
                ReductionLink("l1", "s3", "p1", "Maija", "2026-01-01T00:00:01"),
                ReductionLink("l2", "s2", "p1", "Maija", "2026-01-01T00:00:02"),
                ReductionLink("l3", "s4", "p2", "Pekka", "2026-01-01T00:00:03"),
                ReductionLink("l4", "s5", "p2", "Maija", "2026-01-01T00:00:04"),
                Category("a", "Lohtu", Level.SUBCATEGORY, position=1.0),
                Category("m", "Apu", Level.MAIN_CATEGORY, position=1.0),
                Placement("p1", "a", 2.0),
                Placement("p3", "a", 1.0),
                RoleMap("kartta", "Asiakas"),
                Role("rooli", "kartta", "Saaja"),
            ]
        )
    return store


def answers(study, **query):
    with study.reading() as rows:
        page = rows.answers(AnswerQuery(**query), 0, 100)
        assert page.total == len(page.rows)
        for n, row in enumerate(page.rows):
            assert rows.answer_position(AnswerQuery(**query), row.document.id) == n
        return numbered(page.rows)


# --- answers ---


def test_answers_come_in_the_studys_order_with_ids_breaking_ties(study):
    assert answers(study, state=AnswerState.ALL) == ["d1", "d2", "d3", "d0", "d4"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AnswerState.ANSWERS, ["d1", "d2", "d3", "d0"]),
        (AnswerState.UNCODED, ["d2", "d0"]),
        (AnswerState.CODED, ["d1", "d3"]),
        (AnswerState.UNREDUCED, ["d2"]),
        (AnswerState.SET_ASIDE, ["d4"]),
    ],
)
def test_states(study, state, expected):
    assert answers(study, state=state) == expected


def test_what_is_set_aside_is_neither_coded_nor_uncoded(study):
    with study.writing() as rows:
        rows.insert([Segment("s9", "d4", 0, 1), Coding("k9", "s9", "c1", "Maija", "t")])
    assert answers(study, state=AnswerState.CODED) == ["d1", "d3"]
    assert answers(study, state=AnswerState.SET_ASIDE) == ["d4"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"document_ids": ("d3", "d1", "poissa")}, ["d1", "d3"]),
        ({"document_ids": ()}, []),
    ],
)
def test_filters(study, query, expected):
    assert answers(study, **query) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("äiti", ["d1", "d2"]),
        ("ÄITI", ["d1", "d2"]),
        ("A\u0308iti lohd", ["d1"]),
        ("äiti_", ["d2"]),
        ("50%", ["d1"]),
        ("%", ["d1"]),
        ("_", ["d2"]),
        ("straße", ["d2"]),
        ("👩‍👧", ["d1"]),
        ("apu ajallaan", ["d3", "d0"]),
        ("PÖYDÄN ÄÄNI", ["d0"]),
        ("aiti", []),
        ("\\", []),
        ("'; DROP TABLE document; --", []),
        ("a\ud800b\x00", []),
        ("ä" * 60_000, []),
    ],
)
def test_search_looks_in_texts_and_reductions(study, text, expected):
    assert answers(study, text=text) == expected


def test_pages_and_beyond_the_end(study):
    with study.reading() as rows:
        page = rows.answers(AnswerQuery(), 1, 2)
        assert (numbered(page.rows), page.total, page.offset, page.limit) == (
            ["d2", "d3"],
            4,
            1,
            2,
        )
        assert numbered(rows.answers(AnswerQuery(), 3, 2).rows) == ["d0"]
        beyond = rows.answers(AnswerQuery(), 40, 2)
        assert (beyond.rows, beyond.total) == ((), 4)
        assert rows.answers(AnswerQuery(), 0, 0).rows == ()


def test_a_text_that_does_not_match_has_no_position(study):
    with study.reading() as rows:
        assert rows.answer_position(AnswerQuery(), "d4") is None
        assert rows.answer_position(AnswerQuery(), "poissa") is None
        assert (
            rows.answer_position(
                AnswerQuery(conditions=(among(Facet.ACTOR_GROUP, "työntekijä"),)), "d0"
            )
            == 1
        )


def test_an_answer_has_everything_beside_it(study):
    with study.reading() as rows:
        first, _, _, note = rows.answers(AnswerQuery(), 0, 9).rows
    assert first.document == an_answer(EMOJI, "d1", "r1", "q1", 1, row=2)
    assert (first.respondent_label, first.actor_group, first.theme) == ("R1", "asiakas", "Arki")
    assert first.background["ikä"] == "31–40"
    assert (first.item_number, first.item_text, first.source_name) == (
        "1",
        "Mitä q1?",
        "kysely.xlsx",
    )
    assert first.spans == (
        SpanRow("k4", "s1", "d1", 0, 3, "c1", "Maija"),
        SpanRow("k2", "s2", "d1", 4, 8, "c2", "Pekka"),
        SpanRow("k1", "s2", "d1", 4, 8, "c1", "Maija"),
    )
    assert first.reductions == (
        ReductionSpanRow("l2", "s2", "d1", 4, 8, "p1", "Äiti lohduttaa", "Maija"),
        ReductionSpanRow("l1", "s3", "d1", 4, 18, "p1", "Äiti lohduttaa", "Maija"),
    )
    assert (note.respondent_label, note.actor_group, note.background) == ("", "työntekijä", {})


def test_more_ids_than_a_driver_can_bind(study):
    many = (*(f"x{n}" for n in range(70_000)), "d1", "s2", "p1")
    assert answers(study, document_ids=many) == ["d1"]
    with study.reading() as rows:
        assert rows.expressions(ExpressionQuery(segment_ids=many), 0, 9).total == 1
        assert rows.expressions(ExpressionQuery(reduction_ids=many), 0, 9).total == 2
        assert rows.reductions(ReductionQuery(reduction_ids=many), 0, 9).total == 1


def test_attribute_values_join_people_and_texts(study):
    with study.reading() as rows:
        assert rows.attribute_values() == {
            'Mitä "HB" [on]?': ["apu.raha"],
            "ikä": ["31–40", "51–60"],
            "kierros": ["1", "2"],
        }


# --- reductions ---


def reductions(study, **query):
    with study.reading() as rows:
        page = rows.reductions(ReductionQuery(**query), 0, 100)
        assert page.total == len(page.rows)
        return [row.id for row in page.rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["p3", "p2", "p1"]),
        ({"text": "ÄITI"}, ["p1"]),
        ({"text": "%"}, ["p3"]),
        ({"text": "_"}, ["p3"]),
        ({"text": "apu"}, ["p3", "p2"]),
        ({"placed": True}, ["p3", "p1"]),
        ({"placed": False}, ["p2"]),
        ({"category_id": "a"}, ["p3", "p1"]),
        ({"category_id": "m"}, []),
        ({"reduction_ids": ("p1", "p2")}, ["p2", "p1"]),
        ({"reduction_ids": ()}, []),
    ],
)
def test_reductions_by_wording_or_by_place(study, query, expected):
    assert reductions(study, **query) == expected


def test_a_category_orders_its_reductions_by_position(study):
    with study.writing() as rows:
        rows.put(Placement("p1", "a", 0.5))
    assert reductions(study, category_id="a") == ["p1", "p3"]


def test_a_reduction_row_counts_expressions_and_people(study):
    with study.reading() as rows:
        free, timely, mother = rows.reductions(ReductionQuery(), 0, 9).rows
        assert rows.reductions(ReductionQuery(), 2, 9).rows == (mother,)
        assert rows.reductions(ReductionQuery(), 9, 9).total == 3
    assert (mother.expressions, mother.respondents, mother.example) == (2, 1, "Äiti")
    assert (mother.category_id, mother.category_name, mother.note) == ("a", "Lohtu", "huom")
    assert (timely.expressions, timely.respondents, timely.example) == (2, 1, "Apu")
    assert timely.category_id is None
    assert (free.expressions, free.respondents, free.example) == (0, 0, "")


def test_the_first_expression_is_the_example_also_when_spans_begin_together(study):
    with study.writing() as rows:
        rows.insert(
            [ReductionLink("l0", "s3", "p3", "M", "t"), ReductionLink("l9", "s2", "p3", "M", "t")]
        )
    with study.reading() as rows:
        assert rows.reductions(ReductionQuery(text="100%"), 0, 1).rows[0].example == "Äiti"


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("äiti LOHDUTTAA.", "p1"),
        ("  Äiti   lohduttaa!! ", "p1"),
        ("A\u0308iti lohduttaa", "p1"),
        ("äiti", None),
        ("100% apua nyt", None),
        ("100% APUA_NYT", "p3"),
        ("", None),
        ("...", None),
    ],
)
def test_a_wording_is_found_letter_case_and_stops_aside(study, wording, expected):
    with study.reading() as rows:
        found = rows.worded(wording)
    assert (found and found.id) == expected


def test_of_two_of_the_same_words_the_first_made_is_found(study):
    with study.writing() as rows:
        rows.insert([ReducedExpression("p0", "Apu ajallaan.", "x", "t9")])
    with study.reading() as rows:
        assert rows.worded("apu ajallaan").id == "p2"


# --- expressions ---


def expressions(study, **query):
    with study.reading() as rows:
        page = rows.expressions(ExpressionQuery(**query), 0, 100)
        assert page.total == len(page.rows)
        return [row.segment_id for row in page.rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["s1", "s2", "s3", "s4", "s5"]),
        ({"reduction_ids": ("p1",)}, ["s2", "s3"]),
        ({"reduction_ids": ("p1", "p2")}, ["s2", "s3", "s4", "s5"]),
        ({"reduction_ids": ()}, []),
        ({"code_id": "c1"}, ["s1", "s2", "s4"]),
        ({"segment_ids": ("s5", "s1")}, ["s1", "s5"]),
        ({"document_ids": ("d1",)}, ["s1", "s2", "s3"]),
        ({"actor_group": "työntekijä"}, ["s4", "s5"]),
        ({"code_id": "c1", "reduction_ids": ("p1",)}, ["s2"]),
    ],
)
def test_expressions_each_once_in_the_studys_order(study, query, expected):
    assert expressions(study, **query) == expected


def test_an_expression_is_cut_in_code_points_and_knows_where_it_came_from(study):
    with study.reading() as rows:
        emoji, _, long = rows.expressions(ExpressionQuery(document_ids=("d1",)), 0, 3).rows
        assert [r.segment_id for r in rows.expressions(ExpressionQuery(), 3, 1).rows] == ["s4"]
        assert rows.expressions(ExpressionQuery(), 30, 1).total == 5
    assert emoji.text == "👩‍👧"
    assert long.text == "Äiti lohduttaa"
    assert (long.respondent_id, long.respondent_label, long.actor_group) == ("r1", "R1", "asiakas")
    assert (long.item_id, long.item_number, long.theme) == ("q1", "1", "Arki")
    assert long.provenance == Provenance("kysely.xlsx", "Taulukko1", 2, "Mitä?")


def test_texts_are_told_by_their_ids_as_a_page_of_answers_tells_them(study):
    with study.writing() as rows:
        rows.put(replace(rows.get(Document, "d3"), set_aside=True))
    with study.reading() as rows:
        told = rows.texts(["d3", "d1", "nobody"])
        asked = AnswerQuery(state=AnswerState.ALL, document_ids=("d1", "d3"))
        assert told == {row.document.id: row for row in rows.answers(asked, 0, 5).rows}
        assert told.keys() == {"d1", "d3"}
        assert rows.texts([]) == {}


# --- counts ---


def test_codes_are_counted_by_mentions_and_by_people(study):
    with study.reading() as rows:
        assert rows.code_counts() == {"c1": Count(3, 2), "c2": Count(1, 1)}


def test_some_codes_are_counted_alone(study):
    with study.reading() as rows:
        assert rows.code_counts(["c2", "nobody"]) == {"c2": Count(1, 1)}
        assert rows.code_counts([]) == {}


def test_two_coders_of_one_expression_make_one_mention(study):
    with study.writing() as rows:
        rows.insert([Coding("k5", "s2", "c1", "Pekka", "2026-01-01T00:00:05")])
    with study.reading() as rows:
        assert rows.code_counts() == {"c1": Count(3, 2), "c2": Count(1, 1)}


def test_a_text_set_aside_after_its_analysis_is_not_counted_but_its_originals_stay(study):
    with study.writing() as rows:
        rows.put(replace(rows.get(Document, "d3"), set_aside=True))
    with study.reading() as rows:
        assert rows.code_counts() == {"c1": Count(2, 1), "c2": Count(1, 1)}
        assert [row.link_id for row in rows.evidence()] == ["l2", "l1", "l4"]
        (timely,) = rows.reductions(ReductionQuery(reduction_ids=("p2",)), 0, 1).rows
    assert (timely.expressions, timely.respondents, timely.example) == (1, 0, "Pöydän")
    assert expressions(study, reduction_ids=("p2",)) == ["s4", "s5"]
    assert expressions(study, code_id="c1") == ["s1", "s2", "s4"]


def test_where_all_is_set_aside_nothing_is_counted(study):
    with study.writing() as rows:
        for id in ("d0", "d1", "d3"):
            rows.put(replace(rows.get(Document, id), set_aside=True))
    with study.reading() as rows:
        assert (rows.code_counts(), rows.evidence()) == ({}, [])
        counts = [(r.expressions, r.example) for r in rows.reductions(ReductionQuery(), 0, 9).rows]
    assert counts == [(0, "")] * 3


def test_evidence_names_every_link_in_the_studys_order(study):
    with study.reading() as rows:
        assert rows.evidence() == [
            EvidenceRow("p1", "a", "l2", "s2", "d1", "r1", "asiakas", "Arki", "q1"),
            EvidenceRow("p1", "a", "l1", "s3", "d1", "r1", "asiakas", "Arki", "q1"),
            EvidenceRow("p2", None, "l3", "s4", "d3", "r2", "työntekijä", "Arki", "q1"),
            EvidenceRow("p2", None, "l4", "s5", "d0", None, "työntekijä", "Työpaja", "q3"),
        ]


def test_progress_counts_the_study(study):
    with study.reading() as rows:
        progress = rows.progress()
    assert progress.documents == 5
    assert progress.set_aside == 1
    assert (progress.coded_documents, progress.reduced_documents) == (2, 3)
    assert (progress.codings, progress.segments) == (4, 5)
    assert (progress.reductions, progress.placed, progress.categories) == (3, 2, 2)
    assert (progress.codebooks, progress.codes) == (1, 2)
    assert (progress.role_maps, progress.roles) == (1, 1)
    assert (progress.sources, progress.respondents) == (1, 2)
    assert (progress.closed_answers, progress.decisions) == (0, 0)


def test_the_state_of_each_text_is_told_but_of_those_set_aside(study):
    with study.reading() as rows:
        assert rows.text_states() == {
            "d1": TextState(coded=True, reduced=True),
            "d2": TextState(coded=False, reduced=False),
            "d3": TextState(coded=True, reduced=True),
            "d0": TextState(coded=False, reduced=True),
        }
        assert rows.text_states(["d0", "d4", "nobody"]) == {"d0": TextState(False, True)}
        assert rows.text_states([]) == {}


def test_closed_answers_are_counted_with_missing_and_uninterpretable_apart(study):
    def closed(id, respondent, state, value="", item="q2", count=1, group=""):
        return ClosedAnswer(id, "source", item, state, value, "", respondent, group, count)

    answered, missing = ClosedState.ANSWERED, ClosedState.MISSING
    with study.writing() as rows:
        rows.insert(
            [
                closed("1", "r1", answered, "5"),
                closed("2", "r2", answered, "5"),
                closed("3", "r1", missing, item="q1"),
                closed("4", None, answered, "5", count=7, group="asiakas"),
                closed("5", None, ClosedState.UNINTERPRETABLE, item="q1", count=2),
            ]
        )
    with study.reading() as rows:
        assert rows.closed_counts() == [
            ClosedCount("q1", "", ClosedState.UNINTERPRETABLE, "", 2),
            ClosedCount("q1", "asiakas", missing, "", 1),
            ClosedCount("q2", "asiakas", answered, "5", 8),
            ClosedCount("q2", "työntekijä", answered, "5", 1),
        ]


def test_an_empty_study_answers_everything(store):
    with store.reading() as rows:
        assert rows.answers(AnswerQuery(text="x"), 0, 9).total == 0
        assert rows.reductions(ReductionQuery(), 0, 9).rows == ()
        assert rows.expressions(ExpressionQuery(), 0, 9).rows == ()
        assert rows.attribute_values() == {}
        assert rows.code_counts() == {}
        assert rows.evidence() == []
        assert rows.closed_counts() == []
        assert rows.progress().documents == 0
        assert rows.text_states() == {}
