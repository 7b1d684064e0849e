"""What builds on an act is found by a rehearsal: it says what the real undo would, and waits for
nobody and keeps nobody waiting."""

from __future__ import annotations

import random
import threading

import pytest

from benchmarks.soaking.acts import Analyst
from qualcode.domain.codes import Code
from qualcode.domain.coding import Coding, ReducedExpression, ReductionLink
from qualcode.domain.documents import Document, Segment
from qualcode.domain.errors import QualcodeError
from qualcode.store.opening import create
from qualcode.workbench import coding, history, operations
from tests.builders import a_bench, a_study, everything, with_answers, with_codes

ANSWERS = [f"Apua sai heti, ja äiti lohduttaa {n}." for n in range(6)]


@pytest.fixture(params=["memory", "sqlite"])
def bench(request, tmp_path):
    store = None if request.param == "memory" else create(tmp_path / "tutkimus.qualcode")
    bench = a_study(store)
    with_answers(bench, *ANSWERS)
    with_codes(bench, "Lohtu", "Apu", "Aika")
    yield bench
    bench.store.close()


def look(bench, analyst):
    """What the analyst's window shows of the study now."""
    with bench.store.reading() as rows:
        spans = {segment.id: segment for segment in rows.find(Segment)}
        wordings = {one.id: one.wording for one in rows.find(ReducedExpression)}
        told = []
        for document in rows.find(Document):
            here = {id for id, span in spans.items() if span.document_id == document.id}
            told.append({
                "id": document.id, "text": document.text, "aside": document.set_aside,
                "spans": [
                    [c.id, spans[c.segment_id].start, spans[c.segment_id].end, c.code_id,
                     *([] if c.coder == bench.coder else [c.coder])]
                    for c in rows.find(Coding) if c.segment_id in here
                ],
                "reductions": [
                    [k.id, spans[k.segment_id].start, spans[k.segment_id].end, k.reduction_id,
                     wordings[k.reduction_id], *([] if k.coder == bench.coder else [k.coder])]
                    for k in rows.find(ReductionLink) if k.segment_id in here
                ],
            })  # fmt: skip
        codes = [{"id": code.id} for code in rows.find(Code)]
    analyst.learn({"rows": told, "codes": codes})


class _Enough(Exception):
    """Rolls back what was tried."""


def really(bench, number):
    """What goes along when the act is taken back in the store itself, which then rolls it back."""
    taken = []
    try:
        with bench.store.writing() as writing:
            taken += history._take_back_with(writing, bench, number, None)
            raise _Enough
    except _Enough:
        return [one.id for one in taken[:-1]]
    except QualcodeError as error:
        return type(error)


def rehearsed(bench, number):
    try:
        return [one.id for one in history.dependents(bench, number)]
    except QualcodeError as error:
        return type(error)


def acts_of_two(bench, seed):
    """The numbers of what two coders did at random, newest first."""
    pair = [bench, a_bench(bench.store, "Pekka")]
    chance = random.Random(seed)
    analysts = [Analyst(f"{n}", chance) for n in range(2)]
    for seq in range(1, 61):
        who = chance.randrange(2)
        look(pair[who], analysts[who])
        operations.apply(pair[who], f"ikkuna {who}", [{**analysts[who].act(), "seq": seq}])
    return [one.id for one in history.log(bench, 0, 500).rows]


@pytest.mark.parametrize("seed", range(2))
def test_a_rehearsal_says_what_the_undo_would_take_along(bench, seed):
    numbers = acts_of_two(bench, seed)
    before = everything(bench.store)
    along = 0
    for number in numbers:
        told = rehearsed(bench, number)
        assert everything(bench.store) == before, "nothing of a rehearsal stays"
        expected = really(bench, number)
        if isinstance(told, list) and isinstance(expected, list):
            # In which order rows come that stand in the way alike is the store's own affair.
            assert sorted(told) == sorted(expected), number
        else:
            assert told == expected, number
        along += len(told) if isinstance(told, list) else 0
    assert along, "some acts were built on"


@pytest.mark.parametrize("seed", range(2, 5))
def test_what_stands_in_the_way_seen_at_once_or_one_by_one_is_the_same(bench, seed, monkeypatch):
    numbers = acts_of_two(bench, seed)
    at_once = [really(bench, number) for number in numbers]
    monkeypatch.setattr(history, "chain", lambda first, _more: first)
    for number, told in zip(numbers, at_once, strict=True):
        one_by_one = really(bench, number)
        if isinstance(told, list) and isinstance(one_by_one, list):
            assert sorted(told) == sorted(one_by_one), number
        else:
            assert told == one_by_one, number


def test_a_rehearsal_goes_on_while_somebody_writes(tmp_path):
    bench = a_study(create(tmp_path / "tutkimus.qualcode"))
    with_answers(bench, *ANSWERS)
    with_codes(bench, "Lohtu")
    coding.code(bench, "d1", 0, 4, "c1")
    number = history.log(bench).rows[0].id
    found = []
    with bench.store.writing():
        asking = threading.Thread(target=lambda: found.append(history.dependents(bench, number)))
        asking.start()
        asking.join(30)
    assert found == [[]]
    bench.store.close()
