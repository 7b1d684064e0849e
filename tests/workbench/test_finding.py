"""Finding words in any form, exactly and by pattern; in context; and coding what was found."""

from __future__ import annotations

import threading

import pytest

from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Segment
from qualcode.domain.memos import Memo
from qualcode.nlp import patterns
from qualcode.nlp.patterns import BadPattern, PatternTooSlow
from qualcode.nlp.problems import EngineProblem, EngineTimedOut, WorkerDied
from qualcode.store.search_query import DOCUMENT, MEMO, REDUCTION, STATE, WORD
from qualcode.store.views import AnswerQuery, AnswerState, Facet, among
from qualcode.workbench import (
    coding,
    coding_hits,
    finding,
    history,
    kwic,
    reducing,
    search_keys,
    words_aside,
)
from qualcode.workbench.coding_hits import Unit
from qualcode.workbench.finding import Query, Way
from tests.builders import (
    DAY,
    a_respondent,
    a_study,
    an_answer,
    bring_in,
    with_answers,
    with_codes,
)

# Invented answers.
ANSWERS = (
    "Palveluiden hakeminen on vaikeeta 🙂.",
    "Lapsiperhepalvelu auttoi meitä. Avun saaminen kesti.",
    "Sain apua, kun asiakkaiden toiveita kuultiin!",
    "Työntekijä oli tyttö naapurista.",
    "En tiedä.",
)


@pytest.fixture
def bench():
    bench = a_study()
    with_answers(bench, *ANSWERS)
    reducing.reduce(bench, "d3", 0, 9, "avun saaminen asiakkaalle")
    bring_in(bench, Memo("m1", "document", "d1", "Palvelu toistuu teemana", "…", "Maija", DAY, DAY))
    return bench


def ids(bench, text, way=Way.FORMS, **more):
    found = finding.find(bench, Query(text, way, **more), 0, 50, patience=60)
    return [hit.row.id for hit in found.hits if hit.row.kind == DOCUMENT]


def words_found(bench, text, way=Way.FORMS):
    found = finding.find(bench, Query(text, way), 0, 50, patience=60)
    return [hit.row.text[start:end] for hit in found.hits for start, end in hit.spans]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("palvelu", ["d1", "d2"]),
        ("Palvelut", ["d1", "d2"]),
        ("asiakas", ["d3"]),
        ("työ", ["d4"]),
        ("tyttö", ["d4"]),
        ("apu", ["d2", "d3"]),
        ("apu asiakas", ["d3"]),
        ("apu -asiakas", ["d2"]),
        ("vaikea", ["d1"]),
        ("kuulla", ["d3"]),
        ("perhe", ["d2"]),
        ('"avun saaminen"', ["d2"]),
        ('"saaminen avun"', []),
        ("”Sain apua”", ["d3"]),
        ("palv*", ["d1", "d2"]),
        ("naapur*", ["d4"]),
        ("🙂", ["d1"]),
        ("🙂 palvelu", ["d1"]),
        ("-palvelu", []),
        ("-", []),
        ("   ", []),
        ('"', []),
        ("qwertz", []),
    ],
)
def test_any_form_of_the_words(bench, asked, found):
    assert ids(bench, asked) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [("apua", ["d3"]), ("apu", []), ("APUA", ["d3"]), ("ap*", ["d3"]), ("kesti kuultiin", [])],
)
def test_exactly_as_written(bench, asked, found):
    assert ids(bench, asked, Way.EXACT) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [(r"\bty", ["d4"]), (r"\ba[pv]u", ["d2", "d3"]), ("x*", []), (r"[!🙂]", ["d1", "d3"])],
)
def test_a_pattern(bench, asked, found):
    assert ids(bench, asked, Way.REGEX) == found


def test_a_pattern_that_cannot_be_read_says_where(bench):
    with pytest.raises(BadPattern) as problem:
        finding.find(bench, Query("apu(", Way.REGEX))
    assert problem.value.values["pattern"] == "apu("
    assert isinstance(problem.value.values["place"], int)


def test_a_pattern_that_never_ends_is_stopped(bench, monkeypatch):
    monkeypatch.setattr(patterns, "MOST_SECONDS", 0.2)
    with_answers_after(bench, "a" * 5000 + "!")
    with pytest.raises(PatternTooSlow):
        finding.find(bench, Query(r"(a+)+(a|aa)+$(?<=b)", Way.REGEX))


def with_answers_after(bench, text, id="d9"):
    bring_in(bench, an_answer(text, id, position=99))


def test_what_is_found_is_marked_in_code_points(bench):
    assert words_found(bench, "palvelu") == ["Palveluiden", "Lapsiperhepalvelu", "Palvelu"]
    assert words_found(bench, "🙂") == ["🙂"]
    assert words_found(bench, '"hakeminen on" 🙂') == ["hakeminen on", "🙂"]
    assert words_found(bench, r"\S+u\b", Way.REGEX)[0] == "Lapsiperhepalvelu"


def test_reductions_and_memos_are_found_too(bench):
    found = finding.find(bench, Query("asiakas"), patience=60)
    assert found.totals == {DOCUMENT: 1, REDUCTION: 1, MEMO: 0}
    found = finding.find(bench, Query("palvelu", where=(MEMO,)), patience=60)
    assert [hit.row.about_id for hit in found.hits] == ["d1"]
    assert found.totals == {MEMO: 1}


def test_pages_go_on_from_one_kind_to_the_next(bench):
    whole = finding.find(bench, Query("apu"), 0, 50, patience=60)
    parts = [finding.find(bench, Query("apu"), n, 1, patience=60) for n in range(whole.total)]
    assert [hit for part in parts for hit in part.hits] == list(whole.hits)
    assert {part.total for part in parts} == {3}


def test_conditions_for_texts(bench):
    clients = AnswerQuery(state=AnswerState.ALL, conditions=(among(Facet.ACTOR_GROUP, "asiakas"),))
    bring_in(bench, a_respondent("v1", "asiakas"), an_answer("Apua tuli", "d8", "v1", position=50))
    assert ids(bench, "apu", texts=clients) == ["d8"]
    assert ids(bench, "apu.", Way.REGEX, texts=clients) == ["d8"]


def test_what_is_written_later_is_found_and_what_is_reworded_under_its_new_words(bench):
    assert ids(bench, "kirjasto") == []
    with_answers_after(bench, "Kirjastossa on mukavaa")
    assert ids(bench, "kirjasto") == ["d9"]
    (reduction,) = finding.find(bench, Query("asiakas", where=(REDUCTION,)), patience=60).hits
    reducing.reword(bench, reduction.row.id, "tuki perheelle", reduction.row.text)
    assert finding.find(bench, Query("asiakas", where=(REDUCTION,)), patience=60).total == 0
    assert finding.find(bench, Query("tuki", where=(REDUCTION,)), patience=60).total == 1
    history.undo(bench)
    assert finding.find(bench, Query("tuki", where=(REDUCTION,)), patience=60).total == 0


def test_searching_is_no_decision(bench):
    with bench.store.reading() as rows:
        before = rows.revision()
    ids(bench, "apu")
    with bench.store.reading() as rows:
        assert rows.revision() == before


def test_keys_are_told_to_be_in_the_making(bench):
    told = []
    search_keys.keep_up(bench, lambda done, whole: told.append((done, whole)))
    assert told[-1] == (7, 7)
    search_keys.keep_up(bench, lambda done, whole: told.append("again"))
    assert told[-1] == (7, 7)


def test_without_a_word_list_the_search_says_what_is_missing(bench, monkeypatch):
    class Nobody:
        def base_forms(self, words, language, **how):
            raise EngineProblem(engine="search")

    monkeypatch.setattr(search_keys, "shared_worker", lambda task: Nobody())
    with pytest.raises(EngineProblem):
        finding.find(bench, Query("apu"), patience=60)


def test_a_run_of_letters_without_a_space_keeps_no_text_from_being_found(bench):
    with_answers_after(bench, "Palvelu oli " + "niinhyvähoitokotityö" * 150 + " aina.")
    assert "d9" in ids(bench, "palveluita") and "d1" in ids(bench, "palveluita")
    assert ids(bench, "niinhyvä*") == ["d9"]


class TakesForever:
    """A word list that answers, but never of one word."""

    def __init__(self, word):
        self.word, self.asked = word, 0

    def base_forms(self, words, language, **how):
        self.asked += self.word in words
        if self.word in words:
            raise EngineTimedOut(engine="search", seconds=45)
        return [((word,), (word,)) for word in words]


def test_a_word_that_takes_too_long_is_found_as_written_and_not_tried_again(bench, monkeypatch):
    slow = TakesForever("naapurista")
    monkeypatch.setattr(search_keys, "shared_worker", lambda task: slow)
    assert ids(bench, "naapurista") == ["d4"] and ids(bench, "tiedä") == ["d5"]
    before = slow.asked
    with_answers_after(bench, "Kuulin naapurista paljon.")
    assert ids(bench, "naapurista") == ["d4", "d9"] and slow.asked == before


def test_words_that_took_too_long_are_told_and_looked_up_again_when_asked(bench, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(search_keys, "shared_worker", lambda task: TakesForever("naapurista"))
        found = finding.find(bench, Query("naapuri"), patience=60)
    assert found.as_written == ("naapurista",) and found.hits == ()
    assert ids(bench, "naapurista", Way.EXACT) == ["d4"] == ids(bench, "naapur*")
    finding.look_up_again(bench, Query("naapuri"), patience=60)
    found = finding.find(bench, Query("naapuri"), patience=0)
    assert [hit.row.id for hit in found.hits] == ["d4"] and found.as_written == ()
    assert words_found(bench, "naapuri") == ["naapurista"]
    assert found.preparing is None and found.looked_up == ()


def a_study_with_a_slow_word(monkeypatch, word, *answers):
    bench = a_study()
    with_answers(bench, *(answers or ANSWERS))
    with monkeypatch.context() as patch:
        patch.setattr(search_keys, "shared_worker", lambda task: TakesForever(word))
        search_keys.keep_up(bench)
    return bench


def test_what_another_study_has_of_a_slow_word_is_not_taken_for_ones_own(monkeypatch):
    one = a_study_with_a_slow_word(monkeypatch, "naapurista")
    other = a_study_with_a_slow_word(monkeypatch, "naapurista")
    finding.look_up_again(one, Query("naapuri"), patience=60)
    assert words_found(other, "naapurista") == ["naapurista"], "as it is written"
    assert words_found(one, "naapuri") == ["naapurista"]


class Waits:
    """A word list that answers when it may, of some words."""

    def __init__(self):
        self.asked, self.may_go_on = [], threading.Event()

    def base_forms(self, words, language, **how):
        self.asked += words
        assert self.may_go_on.wait(60)
        return [((word,), (word, "naapuri")) for word in words]


def test_everything_stays_found_while_a_slow_word_is_looked_up_again(monkeypatch):
    bench = a_study_with_a_slow_word(monkeypatch, "naapurista")
    reducing.reduce(bench, "d4", 0, 9, "naapurista löytyi")
    search_keys.keep_up(bench)
    waits = Waits()
    monkeypatch.setattr(search_keys, "shared_worker", lambda task: waits)
    for _ in range(2):  # somebody else presses too
        finding.look_up_again(bench, Query("naapurista"))
    found = finding.find(bench, Query("naapurista"), patience=0)
    assert found.totals == {DOCUMENT: 1, REDUCTION: 1, MEMO: 0} and found.preparing is None
    assert (found.as_written, found.looked_up) == ((), ("naapurista",))
    assert finding.find(bench, Query("apua", Way.EXACT), patience=0).total == 1
    waits.may_go_on.set()
    finding.look_up_again(bench, Query("naapurista"), patience=60)
    assert ids(bench, "naapuri*") == ["d4"] and waits.asked == ["naapurista"]


def test_one_is_told_of_slow_words_only_that_may_be_meant_and_that_a_text_has(monkeypatch):
    bench = a_study_with_a_slow_word(monkeypatch, "naapurista")
    told = {
        asked: finding.find(bench, Query(asked), patience=60).as_written
        for asked in ("palvelu", "en", "naapuri", "naapureita", "apu -naapuri", "naapur*")
    }
    assert [asked for asked, words in told.items() if words] == [
        "naapuri",
        "naapureita",
        "apu -naapuri",
    ]
    only_memos = Query("naapuri", where=(MEMO,))
    assert finding.find(bench, only_memos, patience=60).as_written == ()
    with bench.act(Act.REMOVE_SOURCE) as work:
        work.remove(Document, ["d4"])
    assert finding.find(bench, Query("naapuri"), patience=60).as_written == ()
    history.undo(bench)
    assert finding.find(bench, Query("naapuri"), patience=60).as_written == ("naapurista",)


def test_without_a_word_list_looking_up_again_tells_what_is_missing_once(monkeypatch):
    bench = a_study_with_a_slow_word(monkeypatch, "naapurista")

    class Nobody:
        def __init__(self):
            self.may_go_on = threading.Event()

        def base_forms(self, words, language, **how):
            assert self.may_go_on.wait(60)
            raise EngineProblem(engine="search")

    with monkeypatch.context() as patch:
        nobody = Nobody()
        patch.setattr(search_keys, "shared_worker", lambda task: nobody)
        finding.look_up_again(bench, Query("naapurista"))
        nobody.may_go_on.set()
        found = finding.find(bench, Query("naapurista"), patience=0)
        while found.looked_up:
            found = finding.find(bench, Query("naapurista"), patience=0)
    assert found.preparing.problem is not None and found.total == 1
    found = finding.find(bench, Query("naapurista"), patience=0)
    assert found.preparing is None and found.as_written == ("naapurista",)
    with monkeypatch.context() as patch, pytest.raises(EngineProblem):
        patch.setattr(search_keys, "shared_worker", lambda task: nobody)
        finding.look_up_again(bench, Query("naapurista"), patience=60)


def test_words_that_took_too_long_are_no_matter_of_another_way_of_searching(bench, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(search_keys, "shared_worker", lambda task: TakesForever("tiedä"))
        search_keys.keep_up(bench)
    for way in (Way.EXACT, Way.REGEX):
        assert finding.find(bench, Query("tiedän", way), patience=60).as_written == ()
    assert finding.find(bench, Query("tiedän"), patience=60).as_written == ("tiedä",)


def test_what_took_too_long_is_told_briefly_in_the_users_language():
    one, many = words_aside.told(["a" * 60], "fi"), words_aside.told(["a", "b", "c", "d"], "en")
    assert one.startswith(f"1 sanan ({'a' * 40}…) muotojen selvittäminen kesti liian kauan")
    assert many.startswith("4 words (a, b, c, …) took too long")


def test_keys_that_an_earlier_version_made_are_made_anew(bench):
    """An earlier version cut a long word into words by itself, and put slow words aside untold."""
    long = "niinhyvähoitokotityö" * 4
    with_answers_after(bench, f"Palvelu oli {long} aina.")
    stale = f" palvelu oli {long} aina |palvelu |hoitokoti "
    with bench.store.writing() as writing:
        writing.keep_search_keys(DOCUMENT, "fi-2", {"d9": stale})
        writing.keep_search_keys(WORD, "fi-2", {long: " ^hoitokoti |hoitokoti "})
        writing.keep_search_keys(STATE, "fi-2", {"fi-2": str(writing.revision())})
    assert ids(bench, "hoitokoti") == []
    assert ids(bench, "palvelut") == ["d1", "d2", "d9"] and ids(bench, long) == ["d9"]


class DiesAfter:
    """A word list whose process dies after so many words."""

    def __init__(self, words):
        self.left = words

    def base_forms(self, words, language, **how):
        self.left -= len(words)
        if self.left < 0:
            raise WorkerDied(engine="search", what="exit code -9")
        return [((word,), (word,)) for word in words]


def test_what_was_prepared_before_an_error_is_kept_and_told_in_numbers(bench, monkeypatch):
    monkeypatch.setattr(search_keys, "WORDS", 8)
    monkeypatch.setattr(search_keys, "shared_worker", lambda task: workers.pop(0))
    workers = [DiesAfter(8)] * 9
    told = []
    with pytest.raises(WorkerDied):
        search_keys.keep_up(bench, lambda done, whole: told.append((done, whole)))
    assert told[0] == (0, 7) and told[-1] == (1, 7)
    workers = [DiesAfter(1000)] * 99
    again = []
    search_keys.keep_up(bench, lambda done, whole: again.append((done, whole)))
    assert again[0] == (0, 6) and again[-1] == (6, 6)


# --- in context -----------------------------------------------------------------------------


def test_keyword_in_context(bench):
    (hit, *_) = finding.find(bench, Query("kuulla"), patience=60).hits
    (line,) = kwic.lines(hit, width=12)
    assert (line.left, line.words, line.right) == ("…en toiveita ", "kuultiin", "!")
    assert hit.row.text[line.start : line.end] == "kuultiin"


# --- coding what was found --------------------------------------------------------------------


def codings(bench):
    with bench.store.reading() as rows:
        spans = {s.id: (s.document_id, s.start, s.end) for s in rows.find(Segment)}
        return sorted(spans[c.segment_id] for c in rows.find(Coding))


def test_whole_answers_in_one_step_that_one_undo_takes_back(bench):
    (code,) = with_codes(bench, "Palvelut")
    query = Query("palvelu", where=(DOCUMENT,))
    review = coding_hits.review(bench, query, code, Unit.WHOLE)
    assert [(r.hit.row.id, r.carries) for r in review.reviewed] == [("d1", False), ("d2", False)]
    assert coding_hits.code_hits(bench, query, ["d1", "d2"], code, Unit.WHOLE) == 2
    assert codings(bench) == [("d1", 0, len(ANSWERS[0])), ("d2", 0, len(ANSWERS[1]))]
    history.undo(bench)
    assert codings(bench) == []


def test_only_what_was_left_ticked_is_coded(bench):
    (code,) = with_codes(bench, "Palvelut")
    coding_hits.code_hits(bench, Query("palvelu"), ["d2", "unknown"], code, Unit.WORDS)
    assert codings(bench) == [("d2", 0, 17)]


def test_the_sentences_that_something_was_found_in(bench):
    (code,) = with_codes(bench, "Apu")
    coding_hits.code_hits(bench, Query("apu"), ["d2", "d3"], code, Unit.SENTENCES)
    sentences = [ANSWERS[int(d[1]) - 1][start:end] for d, start, end in codings(bench)]
    assert sentences == ["Avun saaminen kesti.", ANSWERS[2]]


def test_what_was_set_aside_is_found_but_not_coded(bench):
    (code,) = with_codes(bench, "Palvelut")
    coding.set_aside(bench, ["d1"], True)
    assert ids(bench, "palvelu") == ["d1", "d2"]
    review = coding_hits.review(bench, Query("palvelu"), code, Unit.WHOLE)
    assert [r.hit.row.id for r in review.reviewed] == ["d2"]


def test_what_carries_the_code_already_is_shown_and_passed_over(bench):
    (code,) = with_codes(bench, "Palvelut")
    coding_hits.code_hits(bench, Query("palvelu"), ["d1"], code, Unit.WHOLE)
    review = coding_hits.review(bench, Query("palvelu"), code, Unit.WORDS)
    assert [(r.hit.row.id, r.carries) for r in review.reviewed] == [("d1", True), ("d2", False)]
    count = coding_hits.code_hits(bench, Query("palvelu"), ["d1", "d2"], code, Unit.WORDS)
    assert count == 1
    assert codings(bench) == [("d1", 0, len(ANSWERS[0])), ("d2", 0, 17)]
