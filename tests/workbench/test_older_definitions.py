"""Codings made when the code meant something else are looked at again, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.codes import Code
from qualcode.workbench import codebooks, coding, history, operations
from qualcode.workbench.reviewing import older_definitions
from tests.builders import a_study, everything, with_answers, with_codes


@pytest.fixture
def bench():
    bench = a_study()
    with_answers(bench, "Apua sai heti, kun kysyi.", "Ei saanut apua.", "Kiire näkyi")
    with_codes(bench, "Apu", "Kiire")
    coding.code(bench, "d1", 0, 8, "c1")
    coding.code(bench, "d2", 0, 9, "c1")
    coding.code(bench, "d3", 0, 5, "c2")
    return bench


def edit(bench, **changed):
    with bench.store.reading() as rows:
        code = rows.get(Code, "c1")
    codebooks.edit_code(bench, replace(code, **changed))


def to_check(bench):
    with bench.store.reading() as rows:
        return older_definitions.to_check(rows)


def test_a_new_definition_or_rule_flags_the_codings_made_before_it(bench):
    assert to_check(bench) == []
    edit(bench, definition_fi="Kun joku auttaa")
    (found,) = to_check(bench)
    assert (found.code.id, len(found.coding_ids)) == ("c1", 2)
    assert found.older("definition", "fi") == ""
    coding.code(bench, "d3", 6, 11, "c1")
    assert len(to_check(bench)[0].coding_ids) == 2, "the newest coding knows the new meaning"
    edit(bench, rule_fi="Ei, kun apua ei saatu")
    (found,) = to_check(bench)
    assert len(found.coding_ids) == 3
    assert found.older("definition", "fi") == "Kun joku auttaa"


def test_a_label_a_colour_or_a_space_changes_no_meaning(bench):
    edit(bench, definition_fi="Kun joku auttaa")
    older_definitions.hold(bench, to_check(bench)[0].coding_ids)
    edit(bench, label_fi="Avunanto", colour="#0072B2", example_fi="Apua sai")
    edit(bench, definition_fi="Kun  joku auttaa ")
    assert to_check(bench) == []


def test_a_translation_beside_a_definition_changes_no_meaning(bench):
    edit(bench, definition_fi="Kun joku auttaa")
    older_definitions.hold(bench, to_check(bench)[0].coding_ids)
    edit(bench, definition_en="When somebody helps")
    assert to_check(bench) == []


def test_what_came_first_within_a_second_is_read_from_the_log(bench):
    at = bench.clock()
    still = replace(bench, clock=lambda: at)
    coding.code(still, "d3", 6, 11, "c1")
    edit(still, definition_fi="Kun joku auttaa")
    coding.code(still, "d2", 10, 15, "c1")
    assert len(to_check(bench)[0].coding_ids) == 3


def test_a_definition_that_was_changed_back_flags_nothing(bench):
    edit(bench, definition_fi="Kun joku auttaa")
    history.undo(bench)
    assert to_check(bench) == []
    history.redo(bench)
    assert len(to_check(bench)[0].coding_ids) == 2


def test_seen_and_still_right_in_one_act_that_can_be_undone(bench):
    edit(bench, definition_fi="Kun joku auttaa")
    (found,) = to_check(bench)
    before = everything(bench.store)
    older_definitions.hold(bench, found.coding_ids)
    assert to_check(bench) == []
    history.undo(bench)
    assert everything(bench.store) == before
    older_definitions.hold(bench, found.coding_ids[:1])
    assert to_check(bench)[0].coding_ids == found.coding_ids[1:]
    older_definitions.hold(bench, found.coding_ids[1:])
    edit(bench, definition_fi="Kun joku auttaa toista")
    assert len(to_check(bench)[0].coding_ids) == 2, "what was seen was seen under that definition"


def test_a_coding_that_is_wrong_now_is_taken_off(bench):
    edit(bench, definition_fi="Kun joku auttaa")
    (found,) = to_check(bench)
    with bench.store.reading() as rows:
        shown = older_definitions.passages(rows, found.coding_ids, around=6)
    assert [(p.before, p.quote, p.after) for p in shown] == [
        ("", "Apua sai", " heti,"),
        ("", "Ei saanut", " apua."),
    ]
    coding.uncode(bench, shown[1].coding.id)
    assert to_check(bench)[0].coding_ids == (shown[0].coding.id,)


def test_while_reading_only_the_texts_on_the_screen_are_looked_through(bench):
    edit(bench, definition_fi="Kun joku auttaa")
    with bench.store.reading() as rows:
        found = older_definitions.on_documents(rows, ["d3", "d2"])
        assert older_definitions.on_documents(rows, []) == []
        by_code = older_definitions.to_check(rows)
    [one] = found
    assert (one.document_id, one.found.code.id) == ("d2", "c1")
    assert [quote for _, quote in one.quotes] == ["Ei saanut"]
    assert set(one.found.coding_ids) < set(by_code[0].coding_ids)


def test_holding_to_a_coding_is_an_operation_of_the_reading_view_undone_alike(bench):
    edit(bench, definition_fi="Kun joku auttaa")
    before = to_check(bench)
    [(coding_id, _)] = on_the_second(bench)[0].quotes
    operations.apply(bench, "ikkuna", [{"seq": 1, "op": "hold", "ids": [coding_id]}])
    assert on_the_second(bench) == []
    assert len(to_check(bench)[0].coding_ids) == 1
    history.undo(bench)
    assert to_check(bench) == before


def on_the_second(bench):
    with bench.store.reading() as rows:
        return older_definitions.on_documents(rows, ["d2"])
