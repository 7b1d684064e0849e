"""What did I do today, what since I sat down, and what did the others do meanwhile?"""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.decisions import Act
from qualcode.workbench import categorising, coding, history, memos, reducing
from qualcode.workbench.touched import How, touched
from qualcode.workbench.work_done import Session, days_work
from tests.builders import a_bench, a_study, an_answer, bring_in, with_answers, with_codes


def at(bench, time):
    return replace(bench, clock=lambda: f"2026-01-{time}:00+00:00")


def test_today_and_since_i_sat_down_and_what_the_others_did():
    bench = a_study()
    with_answers(bench, "Äiti lohduttaa", "Apua sai", "Lisää aikaa")
    with_codes(bench, "Lohtu")
    pekka = a_bench(bench.store, "Pekka")
    coding.code(at(bench, "16T08:00"), "d1", 0, 4, "c1")
    coding.code(at(bench, "16T08:59"), "d2", 0, 4, "c1")
    coding.code(at(pekka, "16T09:30"), "d3", 0, 4, "c1")
    reducing.reduce(at(bench, "16T10:00"), "d2", 0, 4, "apu")
    coding.code(at(bench, "16T10:30"), "d2", 5, 8, "c1")
    history.undo(at(bench, "16T10:31"))

    work = days_work(bench, "2026-01-16T00:00:00+00:00")
    assert dict(work.today.acts) == {Act.CODE: 2, Act.REDUCE: 1}
    assert (work.today.coded, work.today.reduced, work.today.texts) == (2, 1, 2)
    assert work.today.taken_back == 1
    assert (work.today.first[11:16], work.today.last[11:16]) == ("08:00", "10:31")
    assert work.session == Session("2026-01-16T10:00:00+00:00", "2026-01-16T08:59:00+00:00")
    assert dict(work.in_session.acts) == {Act.REDUCE: 1}
    assert {who: done.coded for who, done in work.others.items()} == {"Pekka": 1}


def test_before_the_first_act_there_is_nothing_to_tell():
    bench = a_study()
    work = days_work(a_bench(bench.store, "Uusi"), "2026-01-01T00:00:00+00:00")
    assert (work.session, work.others, work.today.first) == (None, {}, "")


def test_what_an_act_touched_is_told_with_names_also_when_it_is_gone():
    bench = a_study()
    with_answers(bench, "Äiti lohduttaa")
    with_codes(bench, "Lohtu")
    mine = coding.code(bench, "d1", 0, 4, "c1")
    reducing.reduce(bench, "d1", 0, 4, "äidin lohtu")
    category = categorising.add(bench, "koti", categorising.Level.SUBCATEGORY)
    memos.diary(bench, "Tänään **alku**")

    def told(n=0):
        with bench.store.reading() as rows:
            full = rows.decision(history.log(bench).rows[n].id)
            found, total = touched(rows, full, "fi")
            assert total == len(found)
            return [(t.kind, t.how, [(x.kind, x.label, x.there) for x in t.things]) for t in found]

    assert told(0) == [("memo", How.NEW, [("memo", "Tänään alku", True)])]
    assert told(1) == [("category", How.NEW, [("category", "koti", True)])]
    assert (
        "reduction_link",
        How.NEW,
        [("segment", "”Äiti”", True), ("reduction", "äidin lohtu", True)],
    ) in told(2)
    assert told(3) == [("coding", How.NEW, [("segment", "”Äiti”", True), ("code", "Lohtu", True)])]
    categorising.remove(bench, [category.id])
    assert told(0) == [("category", How.GONE, [("category", "koti", False)])]
    coding.uncode(bench, mine.id)
    assert told(0)[0][1] is How.GONE


def test_a_bulk_act_is_told_in_part_with_its_whole_size():
    bench = a_study()
    bring_in(bench, *(an_answer(f"vastaus {n}", f"x{n}") for n in range(60)))
    with bench.store.reading() as rows:
        found, total = touched(rows, rows.decision(history.log(bench).rows[0].id), "fi", limit=10)
    assert (len(found), total) == (10, 60)
    assert found[0].things[0].label == "”vastaus 0”"
