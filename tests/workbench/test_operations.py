"""What a browser sends is done once each, in order; what it should not send changes nothing."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest

from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Document
from qualcode.domain.errors import (
    BadOperation,
    NothingToRedo,
    QualcodeError,
    SegmentOutsideText,
    StudyBusy,
    UnknownRow,
)
from qualcode.store.opening import create, open_study
from qualcode.texts import gettext_for
from qualcode.workbench import categorising, coding, history, operations
from qualcode.workbench.messages import message_of
from qualcode.workbench.refusals import ReasonForgotten
from tests.builders import (
    a_bench,
    a_study,
    everything,
    put_tree,
    tree_from,
    tree_text,
    with_answers,
    with_codes,
)


@pytest.fixture(params=["memory", "sqlite"])
def bench(request, tmp_path):
    store = None if request.param == "memory" else create(tmp_path / "tutkimus.qualcode")
    bench = a_study(store)
    with_answers(bench, "Äiti 👩‍👧 lohduttaa", "Apua sai heti")
    with_codes(bench, "Lohtu", "Apu")
    yield bench
    bench.store.close()


def rows(bench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


def a_coding(seq, **more):
    return {"seq": seq, "op": "code", "id": f"k{seq}", "doc": "d1", "start": 0, "end": 4,
            "code": "c1"} | more  # fmt: skip


def send(bench, *sent, client="ikkuna"):
    """The operations as they come: through JSON."""
    return operations.apply(bench, client, json.loads(json.dumps(sent)))


def test_each_operation_of_the_marker(bench):
    reply = send(
        bench,
        a_coding(1),
        {
            "seq": 2,
            "op": "reduce",
            "id": "l1",
            "doc": "d1",
            "start": 5,
            "end": 8,
            "wording": "äiti",
        },
        {"seq": 3, "op": "add_code", "id": "uusi", "label": "Arki"},
        a_coding(4, code="uusi"),
        {"seq": 5, "op": "uncode", "id": "k1"},
        {"seq": 6, "op": "aside", "doc": "d2", "aside": True},
    )
    assert (reply.client, reply.ack, reply.refused, reply.waiting) == ("ikkuna", 6, (), None)
    assert [c.id for c in rows(bench, Coding)] == ["k4"]
    assert [link.id for link in rows(bench, ReductionLink)] == ["l1"]
    assert rows(bench, Document, id="d2")[0].set_aside
    (reduction,) = rows(bench, ReducedExpression)
    span = {"doc": "d2", "start": 0, "end": 4}
    assert not send(
        bench,
        {"seq": 60, "op": "aside", "doc": "d2", "aside": False},
        {"seq": 7, "op": "link", "id": "l2", "reduction": reduction.id} | span,
        {"seq": 8, "op": "unlink", "id": "l1"},
        {"seq": 9, "op": "undo"},
        {"seq": 10, "op": "redo"},
    ).refused
    assert [link.id for link in rows(bench, ReductionLink)] == ["l2"]


def test_each_operation_of_the_board(bench):
    put_tree(bench, tree_from("M apu > S koti: a, b\nM muu > S raha: c"))
    reply = send(
        bench,
        {"seq": 1, "op": "place", "reductions": ["c"], "category": "koti", "before": "b"},
        {"seq": 2, "op": "add", "id": "uusi", "name": "Aika", "level": 1, "under": "muu",
         "reductions": ["a"]},
        {"seq": 3, "op": "move", "categories": ["uusi"], "under": "apu", "before": "koti"},
        {"seq": 4, "op": "rename", "id": "uusi", "name": "Oma aika"},
        {"seq": 5, "op": "split", "id": "koti", "new": "osa", "name": "Osa", "members": ["b"]},
        {"seq": 6, "op": "merge", "into": "raha", "others": ["osa"]},
        {"seq": 7, "op": "remove", "id": "koti"},
        {"seq": 8, "op": "place", "reductions": ["a"], "category": None},
    )  # fmt: skip
    assert (reply.ack, reply.refused) == (8, ())
    assert tree_text(categorising.tree(bench)) == ["M apu > S Oma aika", "M muu > S raha: b"]


def test_a_resent_operation_does_nothing_and_is_acknowledged(bench):
    sent = [a_coding(1), {"seq": 2, "op": "undo"}, a_coding(3, start=5, end=8)]
    send(bench, *sent)
    before, steps = everything(bench.store), history.log(bench).total
    assert send(bench, *sent).ack == 3
    assert send(bench, sent[1]).refused == ()
    assert (everything(bench.store), history.log(bench).total) == (before, steps)


def test_two_windows_count_for_themselves(bench):
    send(bench, a_coding(1), client="yksi")
    send(bench, a_coding(1, id="muu", doc="d2"), client="kaksi")
    assert len(rows(bench, Coding)) == 2


def test_a_refused_operation_does_not_come_back_and_does_not_stop_the_others(bench):
    reply = send(
        bench,
        a_coding(1, end=999),
        a_coding(2, code="poissa"),
        {"seq": 3, "op": "redo"},
        a_coding(4),
    )
    assert reply.ack == 4
    assert [(r.client, r.seq, type(r.error)) for r in reply.refused] == [
        ("ikkuna", 1, SegmentOutsideText),
        ("ikkuna", 2, UnknownRow),
        ("ikkuna", 3, NothingToRedo),
    ]
    assert [c.id for c in rows(bench, Coding)] == ["k4"]


def sentences(reply):
    return [message_of(r.error, gettext_for("fi")) for r in reply.refused]


def test_a_refusal_whose_answer_was_lost_is_told_again(bench):
    sent = [
        a_coding(1, end=999),
        a_coding(2, code="poissa"),
        {"seq": 3, "op": "redo"},
        a_coding(4),
        {"seq": 5, "op": "rename", "id": "poissa", "name": "Apu"},
    ]
    first = send(bench, *sent)
    again = send(bench, *sent)
    assert [r.seq for r in first.refused] == [1, 2, 3, 5]
    assert [r.seq for r in again.refused] == [1, 2, 3, 5]
    assert sentences(again) == sentences(first)
    coding.add_code(bench, "Tuli vasta", code_id="poissa")
    assert sentences(send(bench, sent[1])) == sentences(first)[1:2], "it is not done late"
    assert [c.id for c in rows(bench, Coding)] == ["k4"]


def test_a_very_old_refusal_is_told_without_its_reason(bench):
    send(bench, a_coding(1, end=999))
    later = replace(bench, clock=lambda: "2099-01-01T00:00:00+00:00")
    send(later, a_coding(1, end=998), client="toinen")
    assert [type(r.error) for r in send(bench, a_coding(1, end=999)).refused] == [ReasonForgotten]


# --- undo and redo name what they mean ------------------------------------------------------


def an_undo(seq, of, op="undo"):
    return {"seq": seq, "op": op, "of": {"client": "ikkuna", "seq": of}}


def spans(bench):
    return sorted(c.id for c in rows(bench, Coding))


def test_an_undo_in_the_queue_takes_back_the_operation_before_it(bench):
    reply = send(bench, a_coding(1), a_coding(2, start=5, end=8), an_undo(3, of=2))
    assert (reply.refused, spans(bench)) == ((), ["k1"])
    with bench.store.reading() as reading:
        assert [reading.heading(reply.done[seq]).of for seq in (1, 2, 3)] == [
            None,
            None,
            reply.done[2],
        ]
    send(bench, an_undo(4, of=2, op="redo"), an_undo(5, of=1), an_undo(6, of=5, op="redo"))
    assert spans(bench) == ["k1", "k2"]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (a_coding(2, end=999), history.WasRefused),
        (a_coding(2), history.NothingCame),
        ({"seq": 2, "op": "aside", "doc": "d2", "aside": False}, history.NothingCame),
    ],
    ids=["refused", "coded so already", "among the answers already"],
)
@pytest.mark.parametrize("op", ["undo", "redo"])
def test_undo_of_what_did_not_happen_takes_back_nothing_else(bench, sent, why, op):
    send(bench, a_coding(1))
    reply = send(bench, sent, an_undo(3, of=2, op=op))
    assert type(reply.refused[-1].error) is why
    assert spans(bench) == ["k1"], "the older act stays"


def test_an_undo_named_by_number_takes_back_that_act_and_no_other(bench):
    first = send(bench, a_coding(1)).done[1]
    send(bench, a_coding(1, id="toisen", start=5, end=8), client="toinen")
    assert send(bench, {"seq": 2, "op": "undo", "number": first}).refused == ()
    assert spans(bench) == ["toisen"]
    reply = send(bench, {"seq": 3, "op": "undo", "number": first})
    assert [type(r.error) for r in reply.refused] == [history.AlreadyUndone]
    assert spans(bench) == ["toisen"]
    assert send(bench, {"seq": 4, "op": "redo", "number": first}).refused == ()
    assert spans(bench) == ["k1", "toisen"]


def test_what_an_older_version_left_of_an_operation_is_not_guessed_at(bench):
    with bench.store.writing() as writing:
        writing.take_operation("ikkuna", 1)
    send(bench, a_coding(2))
    reply = send(bench, an_undo(3, of=1))
    assert [type(r.error) for r in reply.refused] == [history.NotKnownAnyMore]
    assert spans(bench) == ["k2"]


BAD = [
    {"op": "poista kaikki"},
    {"op": None},
    {"op": ["code"]},
    {"op": "x" * 100_000},
    {"op": "\ud800"},
    a_coding(0, doc=7),
    a_coding(0, doc=""),
    a_coding(0, doc="d" * 100_000),
    a_coding(0, doc="d1\x00"),
    a_coding(0, id="k\ud800"),
    a_coding(0, id=None),
    a_coding(0, start="0"),
    a_coding(0, start=0.0),
    a_coding(0, start=True),
    a_coding(0, end=None),
    {"op": "reduce", "id": "l", "doc": "d1", "start": 0, "end": 4, "wording": "ä" * 10_001},
    {"op": "reduce", "id": "l", "doc": "d1", "start": 0, "end": 4, "wording": {"a": 1}},
    {"op": "reduce", "id": "l", "doc": "d1", "start": 0, "end": 4, "wording": "a\ud83d"},
    {"op": "add", "id": "x", "name": "Aika", "level": 5},
    {"op": "add", "id": "x", "name": "Aika", "level": "1"},
    {"op": "add", "id": "x", "name": "Aika", "level": 1, "reductions": "abc"},
    {"op": "place", "reductions": [], "category": None},
    {"op": "place", "reductions": [1], "category": None},
    {"op": "place", "reductions": ["a\x00"], "category": None},
    {"op": "place", "reductions": ["a"] * 30_000, "category": None},
    {"op": "merge", "into": "x", "others": "y"},
]


@pytest.mark.parametrize(
    "operation", BAD, ids=lambda o: str(o)[:40].encode("ascii", "replace").decode()
)
def test_what_this_program_never_sends_is_refused_and_changes_nothing(bench, operation):
    before = everything(bench.store)
    reply = send(bench, operation | {"seq": 1}, a_coding(2))
    assert [type(r.error) for r in reply.refused] == [BadOperation]
    assert len(str(reply.refused[0].error)) < 200
    assert reply.ack == 2
    history.undo(bench)
    assert everything(bench.store) == before


@pytest.mark.parametrize("seq", [None, "1", 1.5, True, 0, -1, 2**31, 2**80])
def test_an_operation_without_a_number_of_its_own_is_refused_as_number_0(bench, seq):
    reply = send(bench, a_coding(seq) if seq else a_coding(1) | {"seq": seq}, a_coding(5))
    assert [(r.seq, type(r.error)) for r in reply.refused] == [(0, BadOperation)]
    assert reply.ack == 5
    assert [c.id for c in rows(bench, Coding)] == ["k5"]


@pytest.mark.parametrize("junk", [None, 7, "code", ["seq", 1]])
def test_what_is_no_operation_at_all_is_refused(bench, junk):
    reply = send(bench, junk, a_coding(1))
    assert [r.seq for r in reply.refused] == [0]
    assert reply.ack == 1


@pytest.mark.parametrize("client", ["", "x" * 1000, "a\ud800", 5])
def test_a_window_without_a_proper_name_is_refused(bench, client):
    with pytest.raises(BadOperation):
        operations.apply(bench, client, [a_coding(1)])
    assert rows(bench, Coding) == []


def test_markup_is_text_like_any_other(bench):
    wording = "<img src=x onerror=alert(1)>"
    send(bench, {"seq": 1, "op": "reduce", "id": "l", "doc": "d1", "start": 0, "end": 4,
                 "wording": wording})  # fmt: skip
    assert [r.wording for r in rows(bench, ReducedExpression)] == [wording]


def test_a_busy_study_keeps_the_operations_waiting(tmp_path):
    path = tmp_path / "tutkimus.qualcode"
    create(path).close()
    bench = a_study(open_study(path, patience=0.1))
    with_answers(bench, "Äiti lohduttaa")
    with_codes(bench, "Lohtu")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        reply = send(bench, a_coding(1), a_coding(2, end=999))
        assert (reply.ack, reply.refused, type(reply.waiting)) == (0, (), StudyBusy)
    reply = send(bench, a_coding(1), a_coding(2, end=999))
    assert (reply.ack, reply.waiting) == (2, None)
    assert len(rows(bench, Coding)) == 1
    bench.store.close()


def test_thirty_keys_in_a_burst_from_two_windows_lose_none(tmp_path):
    path = tmp_path / "tutkimus.qualcode"
    bench = a_study(create(path))
    with_answers(bench, "ä" * 100)
    with_codes(bench, "Lohtu", "Apu")
    failures = []

    def press(who, code):
        mine = a_bench(open_study(path), who)
        try:
            for n in range(30):
                sent = a_coding(n + 1, id=f"{who}{n}", start=n, end=n + 1, code=code)
                reply = send(mine, sent, client=who)
                reply = send(mine, sent, client=who)
                if reply.refused or reply.waiting or reply.ack != n + 1:
                    failures.append(reply)
        except QualcodeError as error:
            failures.append(error)
        finally:
            mine.store.close()

    keys = [threading.Thread(target=press, args=pair) for pair in (("Eno", "c1"), ("Täti", "c2"))]
    for thread in keys:
        thread.start()
    for thread in keys:
        thread.join()
    assert failures == []
    codings = rows(bench, Coding)
    assert {c.id for c in codings} == {f"{who}{n}" for who in ("Eno", "Täti") for n in range(30)}
    assert [history.log(bench, who=who).total for who in ("Eno", "Täti")] == [30, 30]
    bench.store.close()


def test_many_answers_are_set_aside_in_one_act(bench):
    send(bench, {"seq": 1, "op": "aside_many", "docs": ["d1", "d2"], "aside": True})
    assert {document.set_aside for document in rows(bench, Document)} == {True}
    history.undo(bench)
    assert {document.set_aside for document in rows(bench, Document)} == {False}
