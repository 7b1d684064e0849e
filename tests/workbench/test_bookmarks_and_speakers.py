"""Bookmarks are each reader's own; who interviews is one thing for the whole study."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.documents import DocumentKind
from qualcode.domain.errors import AlreadyThere, EmptyName, SegmentOutsideText, UnknownRow
from qualcode.domain.reading_places import Bookmark, Speaker
from qualcode.store.views import Count
from qualcode.workbench import bookmarks, coding, history, importing, operations, speakers
from qualcode.workbench.messages import act_sentence
from tests.builders import SOURCE, a_bench, a_study, an_answer, bring_in, everything, with_codes

TEXT = "H: Miten apu tuli?\nV1: 👩‍👧 Ajallaan se tuli.\nH: Entä muuten?\nV1: En muista.\n"


@pytest.fixture
def bench():
    study = a_study()
    transcript = replace(an_answer(TEXT, "d1"), kind=DocumentKind.TEXT)
    bring_in(study, transcript, an_answer("Lyhyt vastaus", "d2", position=1))
    return study


def places(bench, coder="Maija"):
    with bench.store.reading() as rows:
        found = bookmarks.of_reader(rows, coder)
    assert {place.label for place in found} <= {"kysely.xlsx"}
    return [(place.bookmark.document_id, place.quote) for place in found]


def test_a_bookmark_tells_the_words_it_stands_at_and_can_be_undone(bench):
    before = everything(bench.store)
    bookmarks.add(bench, "d2", 6, "b1")
    bookmarks.add(bench, "d1", TEXT.index("Ajallaan"), "b2")
    assert places(bench) == [
        ("d1", "Ajallaan se tuli. H: Entä muuten? V1: En muista."),
        ("d2", "vastaus"),
    ]
    assert places(a_bench(bench.store, "Pekka"), "Pekka") == []
    with bench.store.reading() as rows:
        decision = rows.decisions(0, 1).rows[0]
    assert act_sentence(decision, lambda text: text).startswith("set a bookmark at “Ajallaan")
    history.undo(bench)
    history.undo(bench)
    assert everything(bench.store) == before


def test_a_second_bookmark_at_one_place_is_the_first(bench):
    first = bookmarks.add(bench, "d1", 4, "b1")
    assert bookmarks.add(bench, "d1", 4, "b9") == first
    assert bookmarks.add(a_bench(bench.store, "Pekka"), "d1", 4).id != first.id
    with pytest.raises(AlreadyThere):
        bookmarks.add(bench, "d1", 5, "b1")
    bookmarks.remove(bench, "b1")
    assert places(bench) == []
    with pytest.raises(UnknownRow):
        bookmarks.remove(bench, "b1")


@pytest.mark.parametrize("position", [-1, len(TEXT), 10_000])
def test_a_bookmark_outside_the_text_is_refused(bench, position):
    with pytest.raises(SegmentOutsideText):
        bookmarks.add(bench, "d1", position)


def test_removing_a_file_takes_its_bookmarks_along_and_undo_brings_them_back(bench):
    bookmarks.add(bench, "d1", 4)
    bookmarks.add(a_bench(bench.store, "Pekka"), "d2", 0)
    before = everything(bench.store)
    importing.remove_source(bench, SOURCE)
    with bench.store.reading() as rows:
        assert rows.count(Bookmark) == 0
    history.undo(bench)
    assert everything(bench.store) == before


def counts(bench):
    with bench.store.reading() as rows:
        return rows.code_counts()


def test_who_interviews_is_a_guess_until_somebody_says(bench):
    [code] = with_codes(bench, "Apu")
    asked, answered = TEXT.index("Miten"), TEXT.index("Ajallaan")
    coding.code(bench, "d1", asked, asked + 5, code)
    coding.code(bench, "d1", answered, answered + 8, code)
    assert counts(bench)[code] == Count(1, 0)
    speakers.set_interviewer(bench, "H", False)
    assert counts(bench)[code] == Count(2, 0)
    speakers.set_interviewer(bench, "v1 ", True)
    assert counts(bench)[code] == Count(1, 0)
    history.undo(bench)
    history.undo(bench)
    assert counts(bench)[code] == Count(1, 0)
    with bench.store.reading() as rows:
        assert rows.count(Speaker) == 0


def test_turns_as_a_screen_shows_them(bench):
    with bench.store.reading() as rows:
        [transcript] = [d for d in rows.find(type(an_answer("x"))) if d.id == "d1"]
        shown = speakers.shown_turns(transcript, speakers.decided(rows))
    assert [(t.speaker, t.interviewer) for t in shown] == [("H", True), ("V1", False)] * 2
    assert TEXT[shown[1].words :].startswith("👩‍👧 Ajallaan")
    said = speakers.shown_turns(transcript, {"h": False, "v1": True})
    assert [t.interviewer for t in said] == [False, True] * 2


def test_saying_the_same_again_leaves_no_row_in_the_log(bench):
    speakers.set_interviewer(bench, "H", True)
    with bench.store.reading() as rows:
        revision = rows.revision()
    assert speakers.set_interviewer(bench, "h", True).label == "H"
    with bench.store.reading() as rows:
        assert rows.revision() == revision
    with pytest.raises(EmptyName):
        speakers.set_interviewer(bench, "  ", True)


def test_the_browsers_operations(bench):
    reply = operations.apply(
        bench,
        "ikkuna",
        [
            {"seq": 1, "op": "bookmark", "id": "b1", "doc": "d1", "position": 4},
            {"seq": 2, "op": "speaker", "label": "V1", "interviewer": True},
            {"seq": 3, "op": "unbookmark", "id": "b1"},
            {"seq": 4, "op": "bookmark", "id": "b2", "doc": "d1", "position": True},
            {"seq": 5, "op": "speaker", "label": "", "interviewer": True},
        ],
    )
    assert reply.ack == 5
    assert [refusal.seq for refusal in reply.refused] == [4, 5]
    assert places(bench) == []
    with bench.store.reading() as rows:
        assert rows.get(Speaker, "v1").interviewer
