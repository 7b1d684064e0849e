"""Codes offered while reading: what is offered, what a person makes of it, what the log keeps.

Invented texts; the small engine is that of the other suggestions (``test_suggesting``).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.suggestions import Dismissal, ReasonKind
from qualcode.nlp import registry
from qualcode.nlp.problems import MissingEngine
from qualcode.nlp.registry import EngineChoice
from qualcode.store.memory import MemoryStore
from qualcode.store.opening import create
from qualcode.texts import gettext_for
from qualcode.workbench import coding, history, operations, suggesting
from qualcode.workbench.messages import act_sentence
from qualcode.workbench.suggesting import Span, code_offers, options, teaching
from qualcode.workbench.suggesting.options import Shown
from tests.builders import a_bench, a_study, an_answer, bring_in, with_answers, with_codes
from tests.workbench.test_suggesting import ENGINE, Themes, engine  # noqa: F401  (a fixture)

FI = gettext_for("fi")
ANSWERS = ("kiire vei ajan", "raha loppui", "apu tuli heti", "puhelin ja lomake", "kiire taas")


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice(ENGINE, "", ""))
    made = a_study(MemoryStore())
    with_answers(made, *ANSWERS)
    with_codes(made, "Kiire", "Raha", "Apu")
    return made


def code_id(bench, label):
    with bench.store.reading() as rows:
        return next(c.id for c in teaching.codes_in_use(rows) if c.label("fi") == label)


def whole(bench, number):
    return Span(f"d{number + 1}", 0, len(ANSWERS[number]))


def offers(bench, span):
    """What is offered when all that is compared with has been made."""
    found = suggesting.offers_for(bench, span)
    for _ in range(200):
        if found.going_on is None:
            break
        found = suggesting.offers_for(bench, span)
    assert found.going_on is None
    return found


def labels(found):
    return [c.label for c in found.suggestion.candidates]


def taken(bench, span, found, rank=1, **changed):
    code = found.suggestion.candidates[rank - 1]
    values = {
        "document_id": span.document_id,
        "start": span.start,
        "end": span.end,
        "code_id": code.target_id,
        "coding_id": bench.new_id(),
        "engine": found.suggestion.engine,
        "offered": tuple((c.target_id, c.score) for c in found.suggestion.candidates),
    }
    return suggesting.AcceptedCode(**{**values, **changed})


def newest(bench):
    return history.log(bench, 0, 1).rows[0]


def test_the_code_whose_words_are_nearest_is_offered_first(bench):
    found = offers(bench, whole(bench, 0))
    assert labels(found)[0] == "Kiire"
    assert found.way == "words"


def test_offering_changes_nothing_in_the_study(bench):
    with bench.store.reading() as rows:
        before = rows.revision()
    offers(bench, whole(bench, 0))
    with bench.store.reading() as rows:
        assert rows.revision() == before
        assert not rows.find(Coding)


def test_a_coding_made_a_moment_ago_is_a_reason_for_the_next_answer(bench):
    offers(bench, whole(bench, 4))
    coding.code(bench, "d1", 0, len(ANSWERS[0]), code_id(bench, "Kiire"))
    first = offers(bench, whole(bench, 4)).suggestion.candidates[0]
    nearest = [r for r in first.reasons if r.kind is ReasonKind.NEAREST]
    assert [r.text for r in nearest] == ["kiire vei ajan"]
    assert nearest[0].words == ("kiire",)
    history.undo(bench)
    first = offers(bench, whole(bench, 4)).suggestion.candidates[0]
    assert not [r for r in first.reasons if r.kind is ReasonKind.NEAREST]


def test_a_passage_of_the_answer_itself_is_no_reason_for_the_whole_nor_the_whole_for_it(bench):
    kiire = code_id(bench, "Kiire")
    other = replace(bench, coder="Toinen")
    coding.code(other, "d1", 0, len("kiire"), kiire)
    coding.code(other, "d1", 0, len(ANSWERS[0]), kiire)
    coding.code(other, "d5", 0, len("kiire"), kiire)
    for span in (whole(bench, 0), Span("d1", 0, len("kiire vei"))):
        first = offers(bench, span).suggestion.candidates[0]
        assert first.target_id == kiire
        nearest = [r for r in first.reasons if r.kind is ReasonKind.NEAREST]
        assert [r.ids for r in nearest] == [(segment_id(bench, "d5"),)]
    found = offers(bench, whole(bench, 1)).suggestion.candidates
    elsewhere = next(c for c in found if c.target_id == kiire).reasons
    near = {r.text for r in elsewhere if r.kind is ReasonKind.NEAREST}
    assert ANSWERS[0] in near, "a reason for another answer"


def segment_id(bench, document_id):
    with bench.store.reading() as rows:
        (segment,) = rows.find(Segment, document_id=document_id)
    return segment.id


def test_a_new_code_is_offered_after_what_is_compared_has_been_made_anew(bench):
    offers(bench, whole(bench, 3))
    coding.add_code(bench, "Puhelin")
    assert labels(offers(bench, whole(bench, 3)))[0] == "Puhelin"


def test_what_the_answer_carries_already_is_not_offered(bench):
    coding.code(bench, "d1", 0, 5, code_id(bench, "Kiire"))
    assert "Kiire" not in labels(offers(bench, whole(bench, 0)))
    other = a_bench(bench.store, "Liisa")
    assert "Kiire" in labels(offers(other, whole(bench, 0)))


def test_accepting_makes_a_coding_and_a_decision_that_tells_what_was_on_screen(bench):
    span = whole(bench, 0)
    found = offers(bench, span)
    made = suggesting.accept_code(bench, taken(bench, span, found))
    decision = newest(bench)
    assert decision.act is Act.ACCEPT_SUGGESTION
    assert decision.summary["rank"] == 1
    assert decision.summary["engine"] == ENGINE
    assert [label for label, _ in decision.summary["offered"]] == labels(found)
    assert act_sentence(decision, FI) == (
        "koodasi ilmauksen ”kiire vei ajan” ehdotetulla koodilla ”Kiire”"
    )
    history.undo(bench)
    with bench.store.reading() as rows:
        assert rows.get(Coding, made.id) is None


def test_another_code_in_the_place_of_the_offered_one_is_told_as_such(bench):
    span = whole(bench, 0)
    found = offers(bench, span)
    money = code_id(bench, "Raha")
    kept = taken(
        bench, span, found, code_id=money, instead_of=found.suggestion.candidates[0].target_id
    )
    suggesting.accept_code(bench, kept)
    decision = newest(bench)
    assert decision.summary["edited"] == 1
    assert act_sentence(decision, FI) == (
        "koodasi ilmauksen ”kiire vei ajan” koodilla ”Raha” ehdotetun koodin ”Kiire” sijaan"
    )


def test_many_accepted_at_once_are_one_step(bench):
    spans = [whole(bench, n) for n in (0, 1)]
    suggesting.accept_codes(bench, [taken(bench, s, offers(bench, s)) for s in spans])
    assert "2 kohtaa" in act_sentence(newest(bench), FI)
    history.undo(bench)
    with bench.store.reading() as rows:
        assert not rows.find(Coding)


def test_a_rejected_code_does_not_come_back(bench):
    span = whole(bench, 0)
    suggesting.reject_code(bench, span, code_id(bench, "Kiire"))
    assert "Kiire" not in labels(offers(bench, span))
    # What was rejected for the whole answer is not offered for a part of it either.
    assert "Kiire" not in labels(offers(bench, Span("d1", 0, 5)))
    assert "Kiire" in labels(offers(bench, whole(bench, 4)))
    assert "hylkäsi" in act_sentence(newest(bench), FI)
    history.undo(bench)
    assert "Kiire" in labels(offers(bench, span))


def test_a_space_left_out_at_the_end_makes_it_no_other_passage(bench):
    with bench.store.writing() as rows:
        rows.put(replace(rows.get(Document, "d1"), text=f"{ANSWERS[0]} "))
    suggesting.reject_code(bench, whole(bench, 0), code_id(bench, "Kiire"))
    assert "Kiire" not in labels(offers(bench, Span("d1", 0, len(ANSWERS[0]) + 1)))
    assert "Kiire" not in labels(offers(bench, Span("d1", 0, 5)))


def test_a_rejection_kept_as_one_of_a_passage_holds_for_it_still(bench):
    span = whole(bench, 0)
    with bench.store.writing() as rows:
        rows.put(replace(rows.get(Document, "d1"), text=f"{ANSWERS[0]} "))
        key = f"code:{span.segment_id}|{code_id(bench, 'Kiire')}"
        rows.put(Dismissal("x", key, "Maija", "2026"))
    assert "Kiire" not in labels(offers(bench, span))


def test_a_code_rejected_for_a_passage_may_suit_the_whole_answer(bench):
    suggesting.reject_code(bench, Span("d1", 0, 5), code_id(bench, "Kiire"))
    assert "Kiire" not in labels(offers(bench, Span("d1", 0, 5)))
    assert "Kiire" in labels(offers(bench, whole(bench, 0)))


def test_blind_mode_tells_nothing_before_the_coder_has_decided(bench):
    options.set_shown(bench, Shown.BLIND)
    span = whole(bench, 0)
    assert offers(bench, span).suggestion is None
    coding.code(bench, "d1", 0, len(ANSWERS[0]), code_id(bench, "Kiire"))
    found = offers(bench, span)
    assert labels(found)[0] == "Kiire"
    assert found.given == (code_id(bench, "Kiire"),)


def test_switched_off_nothing_is_offered_and_the_log_says_so(bench):
    options.set_shown(bench, Shown.OFF)
    assert offers(bench, whole(bench, 0)).suggestion is None
    assert act_sentence(newest(bench), FI) == (
        "otti tutkimuksen ”Kokeilututkimus” ehdotukset pois käytöstä"
    )
    history.undo(bench)
    assert offers(bench, whole(bench, 0)).suggestion is not None


def test_the_list_of_codes_has_the_order_of_the_offers_and_says_no_more_than_they(bench):
    span = whole(bench, 0)
    found = offers(bench, span)
    offered = [candidate.target_id for candidate in found.suggestion.candidates]
    assert suggesting.nearest_offers(bench, span, 2) == offered[:2]
    suggesting.reject_code(bench, span, offered[0])
    assert suggesting.nearest_offers(bench, span, 2) == offered[1:3]
    coding.code(bench, span.document_id, 0, span.end, offered[1])
    assert suggesting.nearest_offers(bench, span, 9) == offered[2:]
    options.set_shown(bench, Shown.BLIND)
    assert suggesting.nearest_offers(bench, whole(bench, 4), 9) == []
    assert suggesting.nearest_offers(bench, span, 9) == offered, "after one's own decision"
    options.set_shown(bench, Shown.OFF)
    assert suggesting.nearest_offers(bench, span, 9) == []


def test_below_the_limit_the_list_of_codes_suggests_nothing_either(bench, monkeypatch):
    span = whole(bench, 0)
    offers(bench, span)
    monkeypatch.setattr(teaching.Calibration, "chance", lambda *_: 0.2)
    options.set_unsure_below(bench, 0.5)
    assert offers(bench, span).withheld
    assert suggesting.nearest_offers(bench, span, 9) == []


def test_an_empty_answer_has_nothing_to_offer(bench):
    assert offers(bench, Span("d1", 3, 3)).suggestion.candidates == ()


def test_without_a_language_model_it_is_said_why(bench, monkeypatch):
    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice("tfidf", "", ""))
    other = a_bench(bench.store)
    with pytest.raises(teaching.NoLikeness):
        for _ in range(200):
            if suggesting.offers_for(other, whole(bench, 0)).going_on is None:
                break


def test_a_window_accepts_and_rejects_through_its_outbox(bench):
    span = whole(bench, 0)
    found = offers(bench, span)
    code = found.suggestion.candidates[0]
    place = {"doc": "d1", "start": span.start, "end": span.end, "code": code.target_id}
    offer = {"engine": ENGINE, "codes": [[code.target_id, 0.5]], "reasons": []}
    money = {**place, "op": "reject_code", "code": code_id(bench, "Raha"), "seq": 2}
    reply = operations.apply(
        bench, "w1", [{**place, "op": "code", "id": "c1", "seq": 1, "offer": offer}, money]
    )
    assert (reply.ack, reply.refused) == (2, ())
    with bench.store.reading() as rows:
        assert rows.get(Coding, "c1") is not None
        assert rows.count(Dismissal) == 1


@pytest.mark.parametrize("offer", [None, {}, {"engine": "e", "codes": [["c"]]}, {"codes": []}])
def test_an_acceptance_that_tells_no_offer_is_refused(bench, offer):
    place = {"op": "code", "doc": "d1", "start": 0, "end": 5, "code": "c", "id": "x", "seq": 1}
    assert operations.apply(bench, "w1", [{**place, "offer": offer}]).refused


def test_answers_that_come_next_are_made_ready_meanwhile(bench):
    offers(bench, whole(bench, 0))
    bring_in(bench, an_answer("lomake hukkui", "d9", position=9))
    asked = len(Themes.asked)
    teaching.read_ahead(bench, ["d9", "gone"])
    teaching.wait_until_read(bench, 30)
    assert Themes.asked[asked:] == ["lomake hukkui"]
    offers(bench, Span("d9", 0, 13))
    assert Themes.asked[asked:] == ["lomake hukkui"]


def examples_of(found):
    return [r.text for r in found.suggestion.candidates[0].reasons if r.kind is ReasonKind.NEAREST]


def test_a_window_that_looked_a_moment_earlier_counts_no_coding_twice(monkeypatch, tmp_path):
    monkeypatch.setattr(registry, "best_available", lambda *_: EngineChoice(ENGINE, "", ""))
    bench = a_study(create(tmp_path / "s.qualcode"))
    with_answers(bench, *ANSWERS)
    with_codes(bench, "Kiire", "Raha", "Apu")
    offers(bench, whole(bench, 4))
    with bench.store.reading() as earlier:
        earlier.revision()
        coding.code(bench, "d1", 0, len(ANSWERS[0]), code_id(bench, "Kiire"))
        assert examples_of(offers(bench, whole(bench, 4))) == ["kiire vei ajan"]
        kept = teaching.ready(bench, 1)
        with kept.lock:
            teaching.follow(bench, earlier, kept)
    offers(bench, whole(bench, 4))
    history.undo(bench)
    assert examples_of(offers(bench, whole(bench, 4))) == []
    assert kept.codes.accepted == 0
    bench.store.close()


def test_a_coding_met_while_the_engine_failed_is_an_example_once_it_works(bench, monkeypatch):
    offers(bench, whole(bench, 4))

    def fails(*_):
        raise MissingEngine(engine=ENGINE, missing="-", install="-")

    coding.code(bench, "d1", 0, 9, code_id(bench, "Kiire"))
    with monkeypatch.context() as broken:
        broken.setattr(teaching, "made_or_kept", fails)
        with pytest.raises(MissingEngine):
            offers(bench, whole(bench, 4))
    assert examples_of(offers(bench, whole(bench, 4))) == ["kiire vei"]


def test_coders_of_two_languages_do_not_have_each_others_words_made_anew(bench, monkeypatch):
    made = []
    make = teaching._make

    def counted(bench, told):
        made.append(bench.language)
        make(bench, told)

    monkeypatch.setattr(teaching, "_make", counted)
    english = replace(bench, language="en")
    for _ in range(3):
        assert offers(bench, whole(bench, 0)).suggestion
        assert offers(english, whole(bench, 0)).suggestion
    assert sorted(made) == ["en", "fi"]


def test_reasons_share_the_words_that_the_rest_of_the_program_does(bench, monkeypatch):
    """“Avun” and “apu” are one word by the word list, and two by the rules for endings."""
    monkeypatch.setattr(code_offers, "PATIENCE", 60)
    text = "avun toi apulainen"
    with bench.act(Act.IMPORT) as work:
        work.put(replace(work.require(Document, "d1"), id="d9", text=text, position=9))
    coding.code(bench, "d3", 0, len(ANSWERS[2]), code_id(bench, "Apu"))
    found = offers(bench, Span("d9", 0, len(text)))
    nearest = {
        reason.text: reason.words
        for candidate in found.suggestion.candidates
        for reason in candidate.reasons
        if reason.kind is ReasonKind.NEAREST
    }
    assert nearest == {"apu tuli heti": ("apu",)}
