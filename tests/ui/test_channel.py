"""The direct channel without a browser: who may ask, what is told, and what a stranger gets."""

from __future__ import annotations

import gc
import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qualcode.domain.codes import Code, Codebook
from qualcode.domain.decisions import Act
from qualcode.store.answer_query import Order, OrderBy
from qualcode.store.views import AnswerQuery, AnswerState
from qualcode.ui.channel import open_desk, routes
from qualcode.ui.channel.desks import desk_of
from qualcode.ui.channel.routes import DESK_HEADER, LARGEST
from qualcode.ui.pages.coding_sheet import SIZE
from qualcode.workbench import (
    codebooks,
    coding,
    history,
    memos,
    nearest_codes,
    reducing,
    saved_views,
)
from tests.builders import code_whole
from tests.ui.reading_study import ANSWERS, CODER, bench_of, codings, make_study

HOST = "studies.example"
HERE = {"origin": f"http://{HOST}", "host": HOST}


class Window:
    """A browser window that has a desk, as the channel sees it."""

    def __init__(self, study, coder=CODER, language="fi"):
        self.client = TestClient(Starlette(routes=routes()), base_url=f"http://{HOST}")
        self.desk = open_desk(str(study), coder, language)
        self.docs = []

    def read(self, query=None):
        """The first sheet of answers, as the page opens it."""
        with self.desk.bench().store.reading() as rows:
            sheet = self.desk.sheets.of_query(rows, query or AnswerQuery(), anew=True)
            self.docs, self.seen = list(sheet.ids), rows.revision()
        return sheet

    def post(self, verb, body, **headers):
        headers = {DESK_HEADER: self.desk.token, **HERE, **headers}
        content = body if isinstance(body, bytes) else json.dumps(body)
        headers = {"content-type": "application/json", **headers}
        return self.client.post(f"/qc/{verb}", content=content, headers=headers)

    def ask(self, verb, **body):
        reply = self.post(verb, body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def act(self, *operations, client="window"):
        told = self.ask("ops", client=client, ops=operations, docs=self.docs, seen=self.seen)
        self.seen = told["revision"]
        return told

    def news(self, **more):
        told = self.ask("news", docs=self.docs, seen=self.seen, **more)
        self.seen = told["revision"]
        return told


def code(seq, **fields):
    return {"op": "code", "id": f"k{seq}", "doc": "q0-0", "start": 0, "end": 4, "code": "c0",
            "seq": seq, **fields}  # fmt: skip


@pytest.fixture
def study(tmp_path):
    return make_study(tmp_path / "s.qualcode")


@pytest.fixture
def window(study):
    window = Window(study)
    window.read()
    return window


@pytest.fixture
def other(study):
    """Somebody else's window on the same study."""
    window = Window(study, "Pekka")
    window.read()
    return window


# --- saving ---------------------------------------------------------------------------------------


def test_an_act_is_saved_and_its_row_comes_back_at_once(window, study):
    told = window.act(code(1))
    assert codings(study) == [("Sain", "Osallisuus")]
    assert told["ack"] == {"window": 1}
    (row,) = told["rows"]
    assert (row["id"], row["text"]) == ("q0-0", ANSWERS[0])
    assert [span[1:] for span in row["spans"]] == [[0, 4, "c0"]]
    assert told["counts"] == {"c0": [1, 1]}
    assert told["codes"] is None, "no code has changed"
    assert told["progress"] == {"answers": 5, "coded": 1, "reduced": 0}


def test_the_log_keeps_in_which_order_the_answers_were_read(window, study):
    window.act(code(1))
    window.read(AnswerQuery(order=Order(OrderBy.UNSURE)))
    window.act(code(2, doc="q0-1", end=3))
    with bench_of(study).store.reading() as rows:
        assert rows.orders_used() == {"study": 1, "unsure": 1}


def test_an_act_is_carried_out_once_however_often_it_is_sent(window, study):
    for _ in range(3):
        assert window.act(code(1))["ack"] == {"window": 1}
    assert codings(study) == [("Sain", "Osallisuus")]


def test_a_refusal_says_why_and_the_rest_goes_in(window, study):
    told = window.act(code(1, end=9_999), code(2, code="nothing"), code(3))
    assert told["ack"] == {"window": 3}
    assert [(r["client"], r["seq"]) for r in told["refused"]] == [("window", 1), ("window", 2)]
    assert all(len(refusal["message"]) > 20 for refusal in told["refused"])
    assert codings(study) == [("Sain", "Osallisuus")]


def test_undo_tells_what_it_took_back_and_brings_the_row_as_it_was(window, study):
    window.act(code(1))
    told = window.act({"op": "undo", "seq": 2})
    assert codings(study) == []
    assert "Osallisuus" in told["notice"] or "Sain" in told["notice"]
    assert told["rows"][0]["spans"] == []
    assert told["counts"] == {"c0": [0, 0]}
    assert window.act(code(3))["notice"] is None


def test_nothing_to_undo_is_refused_and_gives_no_notice(other):
    told = other.act({"op": "undo", "seq": 1})
    assert told["refused"][0]["seq"] == 1
    assert told["notice"] is None


def test_a_code_made_on_the_way_comes_with_all_codes(window):
    told = window.act(
        {"op": "add_code", "id": "new", "label": "Oma", "seq": 1}, code(2, code="new")
    )
    assert [c["label"] for c in told["codes"] if c["id"] == "new"] == ["Oma"]
    assert len(told["codes"]) == 5
    assert told["counts"]["new"] == [1, 1]


def test_windows_that_save_at_once_lose_nothing(study):
    windows = [Window(study, f"K{n}") for n in range(6)]
    told = {}

    def work(n):
        windows[n].read()
        for seq in range(1, 11):
            span = {"start": seq, "end": seq + n + 1}
            told[n] = windows[n].act(code(seq, id=f"{n}-{seq}", **span), client=f"w{n}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [told[n]["ack"] for n in range(6)] == [{f"w{n}": 10} for n in range(6)]
    assert len(codings(study)) == 60


# --- news -----------------------------------------------------------------------------------------


def test_another_persons_work_arrives_with_who_did_what(window, other):
    other.act(code(1), code(2, doc="q0-1"))
    told = window.news()
    assert [row["id"] for row in told["rows"]] == ["q0-0", "q0-1"]
    assert told["rows"][0]["spans"][0][4] == "Pekka"
    assert [act["who"] for act in told["others"]] == ["Pekka", "Pekka"]
    assert "Osallisuus" in told["others"][0]["what"]
    assert told["counts"] == {"c0": [2, 2]}
    quiet = window.news()
    assert (quiet["rows"], quiet["counts"], quiet["others"]) == ([], {}, [])


def test_my_other_window_brings_its_rows_but_is_nobody_else(study, window):
    second = Window(study)
    second.read()
    second.act(code(1))
    told = window.news()
    assert [row["id"] for row in told["rows"]] == ["q0-0"]
    assert told["others"] == []


def test_only_answers_that_are_asked_for_are_told(window, other):
    other.act(code(1), code(2, doc="q0-4"))
    told = window.ask("news", docs=["q0-4", "gone"], seen=window.seen)
    assert [row["id"] for row in told["rows"]] == ["q0-4"]
    assert window.ask("news", docs=[], seen=window.seen)["rows"] == []


def test_what_was_taken_off_a_text_changes_its_row_though_the_expression_is_gone(window, other):
    made = window.act(code(1))["rows"][0]["spans"][0][0]
    other.news()
    window.act({"op": "uncode", "id": made, "seq": 2})
    told = other.news()
    assert [(row["id"], row["spans"]) for row in told["rows"]] == [("q0-0", [])]
    assert told["counts"] == {"c0": [0, 0]}


def test_a_reworded_reduction_changes_every_text_it_stands_for(window, other):
    first = reducing.reduce(window.desk.bench(), "q0-0", 0, 4, "saaminen")
    reducing.link(window.desk.bench(), "q0-3", 0, 5, first.id)
    other.news()
    reducing.reword(window.desk.bench(), first.id, "saatiin", "saaminen")
    told = other.news()
    assert [row["id"] for row in told["rows"]] == ["q0-0", "q0-3"]
    assert {row["reductions"][0][4] for row in told["rows"]} == {"saatiin"}


def test_a_text_set_aside_is_counted_out_of_its_codes(window, other):
    window.act(code(1), code(2, doc="q0-1"))
    other.news()
    window.act({"op": "aside", "doc": "q0-0", "aside": True, "seq": 3})
    told = other.news()
    assert told["rows"][0]["aside"] is True
    assert told["counts"] == {"c0": [1, 1]}
    assert told["progress"] == {"answers": 4, "coded": 1, "reduced": 0}


def test_a_codebook_put_out_of_use_takes_its_codes_off_the_screen(window, other):
    book = other.desk.bench()
    with book.store.reading() as rows:
        (first,) = rows.find(Codebook)
    codebooks.drop(book, first.id)
    assert window.news()["codes"] == []


def test_after_very_many_changes_everything_is_told_anew(tmp_path):
    study = make_study(tmp_path / "many.qualcode", [f"Vastaus {n}" for n in range(600)])
    window, other = Window(study), Window(study, "Pekka")
    window.read()
    code_whole(other.desk.bench(), [f"q0-{n}" for n in range(600)], "c1")
    told = window.news()
    assert len(told["rows"]) == SIZE
    assert all(row["spans"] for row in told["rows"])
    assert told["counts"] == {"c0": [0, 0], "c1": [600, 600], "c2": [0, 0], "c3": [0, 0]}
    assert len(told["codes"]) == 4
    assert [act["who"] for act in told["others"]] == ["Pekka"]


def test_an_undone_act_of_somebody_else_arrives_too(window, other):
    other.act(code(1))
    window.news()
    history.undo(other.desk.bench())
    told = window.news()
    assert told["rows"][0]["spans"] == []
    assert told["counts"] == {"c0": [0, 0]}


def test_every_reply_tells_how_far_the_reading_has_come(window, other, study):
    def coded_and_reduced(told):
        return told["progress"]["coded"], told["progress"]["reduced"]

    reduce = {"op": "reduce", "id": "l1", "doc": "q0-1", "start": 0, "end": 4, "wording": "saatu"}
    assert coded_and_reduced(window.act(code(1))) == (1, 0)
    assert coded_and_reduced(other.act({**reduce, "seq": 1}, client="other")) == (1, 1)
    assert coded_and_reduced(window.act({"op": "undo", "seq": 2})) == (0, 1)
    assert coded_and_reduced(window.act({"op": "redo", "seq": 3})) == (1, 1)
    answers = [f"q0-{n}" for n in range(5)]
    items = [{"doc": doc, "id": f"m-{doc}", "start": 0, "end": 2} for doc in answers]
    many = {"op": "code_many", "code": "c1", "items": items, "seq": 4}
    assert coded_and_reduced(window.act(many)) == (5, 1)
    assert coded_and_reduced(other.news()) == (5, 1)
    # Another server, or a command, works on the same file.
    history.undo(replace(bench_of(study), coder="Pekka"))
    assert coded_and_reduced(window.news()) == (5, 0)


# --- sheets ---------------------------------------------------------------------------------------


@pytest.fixture
def long_window(tmp_path):
    window = Window(make_study(tmp_path / "long.qualcode", [f"Vastaus {n}" for n in range(60)]))
    window.read()
    return window


def first_of(told):
    return (told["sheet"]["ids"][0], told["sheet"]["first"], told["sheet"]["number"])


def test_a_sheet_is_turned_once_however_often_that_is_asked(long_window):
    key = long_window.desk.sheets.current.key
    for _ in range(2):
        told = long_window.ask("sheet", step=1, **{"from": key})
    assert first_of(told) == ("q0-25", 26, 2)
    assert [row["id"] for row in told["rows"]] == told["sheet"]["ids"]
    back = long_window.ask("sheet", step=-1, **{"from": told["sheet"]["key"]})
    assert first_of(back) == ("q0-0", 1, 1)
    assert (back["sheet"]["has_previous"], back["sheet"]["has_next"]) == (False, True)


def test_sheets_are_opened_by_number_and_by_an_answer(long_window):
    assert first_of(long_window.ask("sheet", number=3)) == ("q0-50", 51, 3)
    assert first_of(long_window.ask("sheet", number=99)) == ("q0-50", 51, 3)
    assert first_of(long_window.ask("sheet", number=-5)) == ("q0-0", 1, 1)
    assert first_of(long_window.ask("sheet", doc="q0-41")) == ("q0-25", 26, 2)
    assert long_window.post("sheet", {"doc": "nobody"}).status_code == 409


def test_a_sheet_read_ahead_is_shown_only_when_it_is_taken(long_window):
    window = long_window
    shown = window.desk.sheets.current
    ahead = window.ask("sheet", step=1, ahead=True, **{"from": shown.key})
    assert window.desk.sheets.current is shown
    coding.code(bench_of(Path(window.desk.address), "Pekka"), "q0-30", 0, 4, "c1")
    told = window.ask("sheet", take=ahead["sheet"]["key"], seen=ahead["revision"])
    assert first_of(told) == ("q0-25", 26, 2)
    assert [row["id"] for row in told["rows"]] == ["q0-30"], "what changed since it was read"
    again = window.ask("sheet", take=ahead["sheet"]["key"], seen=told["revision"])
    assert first_of(again) == ("q0-25", 26, 2)


def test_the_next_sheet_of_a_filter_passes_over_no_answer(long_window):
    window = long_window
    shown = window.read(AnswerQuery(state=AnswerState.UNCODED))
    ahead = window.ask("sheet", step=1, ahead=True, **{"from": shown.key})
    window.act(*(code(n + 1, doc=doc, id=f"u{n}") for n, doc in enumerate(shown.ids[:10])))
    told = window.ask("sheet", take=ahead["sheet"]["key"], seen=ahead["revision"])
    assert first_of(told)[:2] == ("q0-25", 16), "fifteen before it are still without a code"
    assert told["sheet"]["total"] == 50
    following = window.ask("sheet", step=1, **{"from": told["sheet"]["key"]})
    assert following["sheet"]["ids"][0] == "q0-50"


# --- offers ---------------------------------------------------------------------------------------


def test_the_nearest_reductions_are_offered(window):
    bench = window.desk.bench()
    reducing.reduce(bench, "q0-0", 0, 4, "apua saatiin heti")
    reducing.reduce(bench, "q0-1", 0, 4, "rahat loppuivat kesken")
    first = window.ask("ask", text="apua saatiin nopeasti")["offers"][0]
    assert (first["wording"], first["uses"]) == ("apua saatiin heti", 1)
    assert window.ask("ask", text="  ")["offers"] == []


def test_codes_near_in_meaning_are_offered_once_they_are_ready(window):
    bench = window.desk.bench()
    first = window.ask("ask_codes", text="Kukaan ei kertonut mistään")
    assert first["ready"] is False and first["codes"] == []
    assert nearest_codes.wait_until_ready(bench, 60)
    told = window.ask("ask_codes", text="Tietoa ei saanut mistään, kukaan ei tiedota")
    assert told["ready"] is True
    assert told["codes"][0] == "c2", "Tiedon puute"


def test_a_study_without_codes_is_told_where_suggestions_come_from(window):
    bench = window.desk.bench()
    with bench.store.reading() as rows:
        (first,) = rows.find(Codebook)
    codebooks.drop(bench, first.id)
    told = window.ask("offers", doc="q0-0", start=0, end=4)
    assert told["state"] == "none"
    assert "ota koodikirja käyttöön" in told["why"]


def test_a_code_is_told_in_full(window):
    told = window.ask("code", id="c1")
    assert told["code"]["label"] == "Valinnanvapaus"
    assert told["code"]["definition"] == "Puhutaan: Valinnanvapaus"
    assert told["counts"] == {"c1": [0, 0]}
    assert window.post("code", {"id": "nothing"}).status_code == 409


# --- who may ask ----------------------------------------------------------------------------------

FORGED = {"client": "forger", "ops": [code(1)], "docs": ["q0-0"], "seen": 0}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": f"http://{HOST}:8080"},
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "http://evil.example", "host": HOST, "referer": f"http://{HOST}/koodaus"},
    ],
)
def test_a_page_of_another_server_can_change_nothing(window, study, headers):
    assert window.post("ops", FORGED, **headers).status_code == 403
    assert codings(study) == []


def test_the_browsers_own_word_is_enough_behind_a_proxy(window):
    told = window.post(
        "ops", FORGED, origin="https://public.example", **{"sec-fetch-site": "same-origin"}
    )
    assert told.status_code == 200


def test_a_form_of_another_page_cannot_pose_as_a_question(window, study):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        assert window.post("ops", FORGED, **{"content-type": kind}).status_code == 415
    assert window.client.get("/qc/ops", headers=HERE).status_code == 405
    assert codings(study) == []


def test_without_a_known_desk_nothing_is_told_or_done(window, study):
    for token in ("", "guess", window.desk.token[:-1]):
        reply = window.post("ops", FORGED, **{DESK_HEADER: token})
        assert reply.status_code == 410
        assert set(reply.json()) == {"error"}
    assert codings(study) == []


def test_a_desk_goes_with_the_session_that_keeps_it(study):
    window = Window(study)
    token = window.desk.token
    assert desk_of(token) is window.desk
    del window
    gc.collect()
    assert desk_of(token) is None


def test_a_desk_reaches_its_own_study_only(window, tmp_path):
    elsewhere = Window(make_study(tmp_path / "other.qualcode"), "Pekka")
    elsewhere.read()
    elsewhere.act(code(1))
    assert codings(Path(window.desk.address)) == []
    assert codings(tmp_path / "other.qualcode") == [("Sain", "Osallisuus")]


def test_a_study_that_is_gone_is_told_in_words(window, study):
    for part in study.parent.iterdir():
        part.unlink()
    reply = window.post("ops", FORGED)
    assert reply.status_code == 409
    assert len(reply.json()["error"]) > 20


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("ops", b"\xff\xfe", 400),
        ("ops", b"{", 400),
        ("ops", [], 400),
        ("ops", {}, 409),
        ("ops", {**FORGED, "client": 7}, 409),
        ("ops", {**FORGED, "client": "x" * 500}, 409),
        ("ops", {**FORGED, "ops": "no list"}, 409),
        ("ops", {**FORGED, "ops": [code(1)] * 2_001}, 409),
        ("news", {"docs": ["q0-0"]}, 409),
        ("news", {"docs": ["q0-0"], "seen": "new"}, 409),
        ("news", {"docs": ["q0-0"], "seen": True}, 409),
        ("news", {"docs": "q0-0", "seen": 0}, 409),
        ("news", {"docs": [{"id": 1}], "seen": 0}, 409),
        ("news", {"docs": ["x"] * 501, "seen": 0}, 409),
        ("sheet", {}, 409),
        ("sheet", {"step": 10**9, "from": 1}, 409),
        ("sheet", {"step": 1, "from": ["q0-0"]}, 409),
        ("sheet", {"take": 99, "seen": 0}, 409),
        ("sheet", {"number": "next"}, 409),
        ("sheet", {"doc": "\x00"}, 409),
        ("ask", {"text": ["apua"]}, 409),
        ("ask", {"text": "x" * 10_001}, 409),
        ("ask_codes", {}, 409),
        ("code", {"id": None}, 409),
        ("drop_tables", {}, 404),
    ],
)
def test_what_a_tampered_browser_sends_harms_nothing(window, study, verb, body, status):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    reply = window.post(verb, body)
    assert reply.status_code == status, reply.text
    assert reply.json()["error"]
    assert codings(study) == []
    window.act(code(1))
    assert codings(study) == [("Sain", "Osallisuus")]


def test_operations_without_sense_are_refused_one_by_one(window, study):
    told = window.act(1, None, {"op": "code"}, {"op": "drop_tables", "seq": 4}, code(5))
    assert told["ack"] == {"window": 5}
    assert [refusal["seq"] for refusal in told["refused"]] == [0, 0, 0, 4]
    assert codings(study) == [("Sain", "Osallisuus")]


def test_an_endless_question_is_not_read_to_its_end(window):
    assert window.post("ops", b"[" * (LARGEST + 1)).status_code == 413


def test_deeply_nested_json_is_no_question(window):
    assert window.post("ops", b"[" * 100_000).status_code == 400


def test_a_code_comes_with_its_newest_passages_and_memos(study):
    bench, other = bench_of(study), bench_of(study, "Pekka")
    coding.code(other, "q0-0", 0, 4, "c0", "p")
    coding.code(bench, "q0-1", 0, 4, "c0", "m")
    coding.code(bench, "q0-4", 0, 8, "c0", "aside")
    coding.set_aside(bench, ["q0-4"], True)
    memos.write(bench, "code", "c0", "Mitä tämä *on*?", "memo")
    told = Window(study).ask("code", id="c0")
    assert told["code"]["definition"] == "Puhutaan: Osallisuus"
    assert not told["vague"]
    assert told["counts"] == {"c0": [2, 2]}
    assert told["examples"] == [
        {"doc": "q0-1", "coding": "m", "quote": "Äiti"},
        {"doc": "q0-0", "coding": "p", "quote": "Sain", "coder": "Pekka"},
    ]
    assert told["memos"] == [{"id": "memo", "text": "Mitä tämä *on*?", "links": {}}]
    assert Window(study).post("code", {"id": "nothing"}).status_code == 409
    for used in (bench, other):
        used.store.close()


def test_codings_under_an_older_definition_are_told_of_the_answers_asked_for(study):
    bench = bench_of(study)
    coding.code(bench, "q0-0", 0, 4, "c0", "m")
    coding.code(bench, "q0-1", 0, 4, "c0", "n")
    with bench.store.reading() as rows:
        code = rows.get(Code, "c0")
    codebooks.edit_code(bench, replace(code, definition_fi="Kun saa itse päättää"))
    told = Window(study).ask("older", docs=["q0-0", "q0-2"])["older"]
    assert list(told) == ["q0-0"]
    [one] = told["q0-0"]
    assert one["codings"] == [{"id": "m", "quote": "Sain"}]
    assert one["before"]["definition"] == code.definition_fi
    assert one["now"]["definition"] == "Kun saa itse päättää"
    bench.store.close()


def test_a_definition_that_only_repeats_the_name_is_told_to_list_no_content(study):
    bench = bench_of(study)
    with bench.act(Act.EDIT_CODE) as work:
        code = work.require(Code, "c0")
        work.put(replace(code, definition_fi=f"Kaikki, mikä liittyy: {code.label_fi}"))
    assert Window(study).ask("code", id="c0")["vague"]
    bench.store.close()


def test_pins_of_the_view_looked_through_are_told_right_after_the_act(study):
    bench = bench_of(study)
    view = saved_views.save(bench, "Luottamus", AnswerQuery(), ["c3"])
    window = Window(study)
    window.read()
    window.desk.sheets.view = view.id

    def keys(told):
        return {code["key"]: code["id"] for code in told["codes"] if code["key"]}

    pin = {"op": "pin", "view": view.id, "code": "c0", "key": "5", "seq": 1}
    assert keys(window.act(pin)) == {"1": "c3", "5": "c0"}
    assert keys(window.act({**pin, "seq": 2, "key": ""})) == {"1": "c3"}
    saved_views.remove(bench, view.id)
    assert keys(window.news()) == {"1": "c0", "2": "c1", "3": "c2"}, "the codes' own keys"
    bench.store.close()


@pytest.mark.parametrize("seq", ["abc", [], None])
def test_an_undo_with_a_number_that_is_none_is_refused_like_any_other(study, seq):
    window = Window(study)
    window.read()
    told = window.act({"op": "undo", "number": 1, "seq": seq})
    assert [refused["seq"] for refused in told["refused"]] == [0]
    assert told["notice"] is None
