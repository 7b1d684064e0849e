"""What an interviewer says is shown but not counted, whichever store holds the study."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Document, DocumentKind, Segment
from qualcode.domain.reading_places import Speaker
from qualcode.store.views import AnswerQuery, AnswerState, Count, ReductionQuery, TextState
from tests.builders import DAY, a_respondent, a_source, an_answer

TEXT = "Alku\nH: Miten apu tuli?\nV1: Ajallaan se tuli.\nH: Entä muuten?\nV1: En muista.\n"


def span(id: str, quote: str, text: str = TEXT, document: str = "d1") -> Segment:
    start = text.index(quote)
    return Segment(id, document, start, start + len(quote))


@pytest.fixture
def study(store):
    """A transcript coded in a question, in an answer and across both; another only in a question;
    and an answer to a form that looks like a transcript."""
    form = an_answer(TEXT, "d3", "r2", position=3)
    segments = [
        span("asked", "Miten apu tuli?"),
        span("answered", "Ajallaan se tuli."),
        span("across", "tuli?\nV1: Ajallaan"),
        span("only", "Entä muuten?", document="d2"),
        span("form", "Miten apu tuli?", document="d3"),
    ]
    with store.writing() as rows:
        rows.insert(
            [
                a_source(),
                a_respondent("r1"),
                a_respondent("r2", position=1),
                replace(an_answer(TEXT, "d1", "r1", position=1), kind=DocumentKind.TEXT),
                replace(an_answer(TEXT, "d2", "r2", position=2), kind=DocumentKind.TEXT),
                form,
                Codebook("b", "b", "Runko", "Frame"),
                Code("c1", "b", "apu", "Apu"),
                Code("c2", "b", "muu", "Muu"),
                *segments,
                *[Coding(f"k-{s.id}", s.id, "c1", "Maija", DAY) for s in segments],
                Coding("k2", "only", "c2", "Maija", DAY),
                ReducedExpression("p1", "apu tulee", "Maija", DAY),
                ReductionLink("l1", "asked", "p1", "Maija", DAY),
                ReductionLink("l2", "only", "p1", "Maija", DAY),
                ReductionLink("l3", "answered", "p1", "Maija", DAY),
            ]
        )
    return store


def test_a_mention_in_an_interviewers_turn_is_not_counted(study):
    with study.reading() as rows:
        assert rows.code_counts() == {"c1": Count(3, 2)}
        assert [e.segment_id for e in rows.evidence()] == ["answered"]
        assert rows.reductions(ReductionQuery(), 0, 5).rows[0].expressions == 1
        progress = rows.progress()
        assert rows.text_states()["d2"] == TextState(coded=False, reduced=False)
    assert (progress.coded_documents, progress.reduced_documents) == (2, 1)
    assert progress.codings == 6  # every coding is there, counted as material or not


def test_a_text_coded_only_in_its_questions_is_not_coded_yet(study):
    with study.reading() as rows:
        uncoded = rows.answers(AnswerQuery(state=AnswerState.UNCODED), 0, 9).rows
        coded = rows.answers(AnswerQuery(state=AnswerState.CODED), 0, 9).rows
        unreduced = rows.answers(AnswerQuery(state=AnswerState.UNREDUCED), 0, 9).rows
        everything = rows.answers(AnswerQuery(), 0, 9).rows
    assert [row.document.id for row in uncoded] == ["d2"]
    assert [row.document.id for row in coded] == ["d1", "d3"]
    assert [row.document.id for row in unreduced] == ["d2", "d3"]
    assert [len(row.spans) for row in everything] == [3, 2, 1]


def test_what_the_analyst_says_of_a_speaker_goes_before_the_guess(study):
    with study.writing() as rows:
        rows.put(Speaker("h", "H", False))
    with study.reading() as rows:
        assert rows.code_counts() == {"c1": Count(5, 2), "c2": Count(1, 1)}
        assert len(rows.evidence()) == 3
        assert rows.progress().coded_documents == 3
    with study.writing() as rows:
        rows.put(Speaker("v1", "V1", True))
    with study.reading() as rows:
        assert rows.code_counts()["c1"] == Count(4, 2)
    with study.writing() as rows:
        rows.remove(Speaker, ["h", "v1"])
    with study.reading() as rows:
        assert rows.code_counts() == {"c1": Count(3, 2)}


def test_turns_follow_their_text_when_it_is_changed_removed_or_brought_back(study):
    with study.reading() as rows:
        [document] = rows.find(Document, id="d2")
        [segment] = rows.find(Segment, document_id="d2")
        codings, links = rows.find(Coding, segment_id="only"), rows.find(ReductionLink, id="l2")
    with study.writing() as rows:
        rows.put(replace(document, set_aside=True))
        rows.put(document)
    with study.reading() as rows:
        assert rows.code_counts() == {"c1": Count(3, 2)}
    with study.writing() as rows:
        rows.remove(Coding, [c.id for c in codings])
        rows.remove(ReductionLink, ["l2"])
        rows.remove(Segment, ["only"])
        rows.remove(Document, ["d2"])
    with study.writing() as rows:
        rows.put_all([document, segment, *codings, *links])
    with study.reading() as rows:
        assert rows.code_counts() == {"c1": Count(3, 2)}
