"""An act that many others build on is taken back with them in one step, and not tried anew for
each of them, whichever store holds the study."""

from __future__ import annotations

from collections import Counter

import pytest

from qualcode.domain.categories import Level
from qualcode.workbench import categorising, coding, history, reducing, turning
from tests.builders import a_bench, a_study, everything, with_answers, with_codes

BUILDERS = 24


@pytest.fixture
def study(store):
    """An import of answers; each has been coded or reduced since, some by another coder."""
    bench = a_study(store)
    with_codes(bench, "Apu", "Aika")
    before = everything(store)
    answers = with_answers(bench, *(f"Apua sai heti {n}" for n in range(BUILDERS)))
    number = history.log(bench).rows[0].id
    pekka = a_bench(store, "Pekka")
    home = categorising.add(bench, "avun saaminen", Level.SUBCATEGORY)
    for n, answer in enumerate(answers):
        if n % 3 == 0:
            coding.code(bench, answer, 0, 4, "c1")
            coding.code(pekka, answer, 0, 4, "c2")
        else:
            reduced = reducing.reduce(bench, answer, 0, 4, f"apu tulee {n}")
            if n % 3 == 1:
                categorising.place(bench, [reduced.id], home.id)
    return bench, number, before


def test_an_import_goes_with_all_that_builds_on_it_and_comes_back(study):
    bench, number, before = study
    after = everything(bench.store)
    along = [one.id for one in history.dependents(bench, number)]
    taken = history.undo_decision(bench, number, along)
    assert sorted(one.id for one in taken[:-1]) == sorted(along)
    assert taken[-1].id == number
    left = everything(bench.store)
    assert {name: rows for name, rows in left.items() if name != "category"} == {
        name: rows for name, rows in before.items() if name != "category"
    }
    history.redo_decision(bench, number)
    assert everything(bench.store) == after


def test_it_is_not_tried_anew_after_each_of_them(study, monkeypatch):
    bench, number, _before = study
    tried: Counter[int] = Counter()
    take_back = turning.take_back

    def counted(writing, decision):
        tried[decision.id] += 1
        return take_back(writing, decision)

    monkeypatch.setattr(turning, "take_back", counted)
    along = history.dependents(bench, number)
    assert len(along) > BUILDERS
    assert tried[number] <= 4, "once for each round of what stands in the way, not for each act"


def test_seen_at_once_or_one_by_one_the_same_acts_go_and_the_same_rows_stay(study, monkeypatch):
    bench, number, _before = study

    def outcome():
        class Enough(Exception):
            pass

        try:
            with bench.store.writing() as writing:
                taken = history._take_back_with(writing, bench, number, None)
                told = [(one.act, one.of, one.summary) for one in writing.decisions(0, 500).rows]
                raise Enough
        except Enough:
            return [one.id for one in taken], told

    at_once = outcome()
    monkeypatch.setattr(history, "chain", lambda first, _more: first)
    one_by_one = outcome()
    assert sorted(at_once[0]) == sorted(one_by_one[0])
    assert at_once[0][-1] == one_by_one[0][-1] == number
    assert len(at_once[1]) == len(one_by_one[1])
