"""The questions of searching, asked without a browser: nothing that is sent is believed."""

from __future__ import annotations

import pytest

from qualcode.bootstrap import open_store
from qualcode.domain.coding import Coding
from qualcode.domain.documents import Document
from qualcode.domain.errors import BadOperation, QualcodeError
from qualcode.nlp.patterns import Pattern
from qualcode.nlp.problems import EngineTimedOut
from qualcode.nlp.worker import shared_worker
from qualcode.texts import gettext_for
from qualcode.ui.channel import finds
from qualcode.ui.channel.desks import open_desk
from qualcode.ui.channel.verbs import VERBS
from qualcode.workbench import coding, history, search_keys, words_again
from qualcode.workbench.messages import message_of
from tests.ui.reading_study import CODER, make_study


@pytest.fixture
def desk(tmp_path):
    path = make_study(tmp_path / "haku.qualcode")
    desk = open_desk(str(path), CODER, "fi")
    search_keys.keep_up(desk.bench())
    return desk


def test_every_question_of_the_search_can_be_asked():
    verbs = {
        "find",
        "find_start",
        "find_codes",
        "find_prepare",
        "find_look_up",
        "find_review",
        "find_code",
        "find_undo",
    }
    assert verbs <= VERBS.keys()


def test_lines_in_context(desk):
    reply = finds.find(desk, {"text": "apu", "offset": 0})
    assert reply["totals"] == {"document": 2, "reduction": 0, "memo": 0}
    first = reply["lines"][0]
    assert (first["left"], first["words"]) == ("Sain itse päättää, mihin ", "apua")
    assert reply["next"] is None and reply["preparing"] is None


class TooSlowFor:
    """The word list, but for one word."""

    def __init__(self, word):
        self.word = word

    def base_forms(self, words, language, **how):
        if self.word in words:
            raise EngineTimedOut(engine="search", seconds=45)
        return shared_worker("words").base_forms(words, language, **how)


def test_a_word_that_took_too_long_is_told_until_it_is_looked_up_again(tmp_path, monkeypatch):
    desk = open_desk(str(make_study(tmp_path / "hidas.qualcode")), CODER, "fi")
    with monkeypatch.context() as patch:
        patch.setattr(search_keys, "shared_worker", lambda task: TooSlowFor("apua"))
        search_keys.keep_up(desk.bench())
    reply = finds.find(desk, {"text": "tiedon"})
    assert reply["total"] == 1 and reply["as_written"] is None
    reply = finds.find(desk, {"text": "apua"})
    assert reply["as_written"].startswith("1 sanan (apua) muotojen selvittäminen kesti liian kauan")
    assert finds.find(desk, {"text": "apu"})["total"] == 0
    assert finds.look_up(desk, {"text": "apua"}) == {}
    words_again.look_up(desk.bench(), ["apua"], patience=60)
    reply = finds.find(desk, {"text": "apu"})
    assert reply["as_written"] is None and reply["totals"]["document"] == 2


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"text": 7},
        {"text": "\ud800"},
        {"text": "a\x00"},
        {"text": "x" * 1001},
        {"text": "apu", "way": "sql"},
        {"text": "apu", "where": "document"},
        {"text": "apu", "where": ["code"]},
        {"text": "apu", "offset": "1"},
        {"text": "apu", "offset": -1},
        {"text": "apu", "offset": 10**30},
        {"text": "apu", "group": 3},
    ],
)
def test_questions_that_make_no_sense_are_refused(desk, asked):
    with pytest.raises(BadOperation):
        finds.find(desk, asked)


def test_coding_what_was_found_and_taking_it_back(desk):
    with desk.bench().store.reading() as rows:
        code = next(iter(finds.start(desk, {})["codes"]))["id"]
        before = rows.count(Coding)
    asked = {"text": "apu", "code": code, "unit": "words"}
    review = finds.review(desk, asked)
    ids = [row["id"] for row in review["rows"] if not row["carries"]]
    done = finds.code_hits(desk, {**asked, "ids": ids})
    assert done["count"] == 2 and done["said"]
    with pytest.raises(history.NotInLog):
        finds.undo(desk, {"decision": done["decision"] + 1})
    with desk.bench().store.reading() as rows:
        other = next(d.id for d in rows.find(Document) if d.id not in ids)
    coding.code(desk.bench(), other, 0, 1, code)  # another window of the same coder
    assert finds.undo(desk, {"decision": done["decision"]})["said"] == done["said"]
    with pytest.raises(history.AlreadyUndone):
        finds.undo(desk, {"decision": done["decision"]})
    with open_store(desk.address).reading() as rows:
        assert rows.count(Coding) == before + 1, "what was done since stays"


@pytest.mark.parametrize(
    "change", [{"code": "none"}, {"unit": "chapter"}, {"ids": []}, {"ids": ["x"] * 2001}]
)
def test_coding_that_makes_no_sense_is_refused(desk, change):
    code = finds.start(desk, {})["codes"][0]["id"]
    with pytest.raises(BadOperation):
        finds.code_hits(
            desk, {"text": "apu", "code": code, "unit": "words", "ids": ["q0-0"], **change}
        )


def test_a_search_that_a_newer_one_of_the_window_has_replaced_is_left_undone(desk, monkeypatch):
    assert finds.find(desk, {"text": "apu", "search": 5})["total"] == 2
    assert finds.find(desk, {"text": "apu", "search": 5, "offset": 1})["total"] == 2

    def no_work(*_, **__):
        raise AssertionError("nobody waits for this")

    monkeypatch.setattr(search_keys, "keep_up_beside", no_work)
    older = finds.find(desk, {"text": "ap", "search": 4})
    assert older["replaced"] and older["lines"] == []


@pytest.mark.parametrize("way", ["forms", "exact", "regex"])
def test_a_search_is_left_where_it_is_when_a_newer_one_begins(desk, monkeypatch, way):
    looked_up = search_keys.method_of

    def typed_on(bench):
        desk.searches.begun(2)
        return looked_up(bench)

    monkeypatch.setattr(search_keys, "method_of", typed_on)
    monkeypatch.setattr(Pattern, "matching", lambda *_: typed_on(desk.bench()) and [0])
    reply = finds.find(desk, {"text": "apu", "way": way, "search": 1, "where": ["document"]})
    assert reply.get("replaced")


@pytest.mark.parametrize(
    "text",
    [
        "(",
        "[",
        "\\",
        "(?R)",
        "a{9}{9}",
        r"\N{x}",
        "(?P<a",
        "a" * 1000,
        "(" * 1000,
        "\u202e*",
        "🙂{",
    ],
)
@pytest.mark.parametrize("way", ["forms", "exact", "regex"])
def test_whatever_is_typed_is_found_or_told_in_finnish(desk, way, text):
    try:
        finds.find(desk, {"text": text, "way": way})
    except QualcodeError as problem:
        assert "Hakulauseke" in message_of(problem, gettext_for("fi"))
