"""What a careful reader asks about a form, and what changed between its versions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.form_changes import Changed, changes
from qualcode.domain.form_checks import Fault, warnings
from qualcode.domain.instruments import AskedAs, FormItem, Instrument
from qualcode.workbench import form_words

SCALE = (
    "1 = täysin eri mieltä",
    "2 = jokseenkin eri mieltä",
    "3 = ei samaa eikä eri mieltä",
    "4 = jokseenkin samaa mieltä",
    "5 = täysin samaa mieltä",
)


def form(*numbers, stated=None):
    items = [a_question(number, n) for n, number in enumerate(numbers)]
    return Instrument("f", "Kysely", "f", stated=stated), items


def a_question(number, position=0, **more):
    id = f"{number or 'x'}-{position}"
    defaults = {"text": f"Kysymys {number}", "asked_as": AskedAs.OPEN, "number": number}
    return FormItem(id, "f", id, position=position, **(defaults | more))


def told(instrument, items):
    return [(w.item_id, form_words.told(w, str)) for w in warnings(instrument, items)]


def test_a_form_in_order_has_nothing_to_tell():
    assert told(*form("1.1", "1.2", "", "2.1", "2.1b", "2.2", stated=4)) == []


def test_a_number_used_twice_is_told_beside_the_second_question():
    assert told(*form("1", "2.1", "2.2", "2.3", "2.2")) == [
        ("2.2-4", "The number 2.2 is on 2 questions.")
    ]


def test_a_gap_in_the_numbers_names_what_is_missing():
    assert told(*form("1", "2.1", "2.4")) == [
        ("2.4-2", "There is no question 2.2, 2.3: 2.1 is followed by 2.4.")
    ]


def test_a_comment_lettered_by_its_question_is_no_question_of_its_own():
    instrument, items = form("1", "1b", "2", stated=2)
    assert told(instrument, items) == []
    assert told(replace(instrument, stated=3), items) == [
        (None, "The form says it has 3 questions; it has 2 numbered ones.")
    ]


@pytest.mark.parametrize(
    ("options", "label"),
    [
        ((*SCALE[:1], "2 = jokseenkin samaa mieltä", *SCALE[2:]), "jokseenkin samaa mieltä"),
        ((*SCALE[:4], "5 = täysin eri mieltä"), "täysin eri mieltä"),
    ],
)
def test_a_label_printed_on_two_steps_of_a_scale_is_told(options, label):
    item = a_question("1", asked_as=AskedAs.LIKERT5, options=options)
    [warning] = warnings(Instrument("f", "Kysely", "f"), [item])
    assert warning.fault is Fault.REPEATED_LABEL
    assert warning.values["label"] == label


def test_a_scale_of_another_length_and_a_choice_without_options_are_told():
    items = [
        a_question("1", 0, asked_as=AskedAs.LIKERT7, options=SCALE),
        a_question("2", 1, asked_as=AskedAs.SINGLE_CHOICE),
        a_question("3", 2, asked_as=AskedAs.LIKERT5, options=SCALE),
    ]
    assert [message for _, message in told(Instrument("f", "K", "f"), items)] == [
        "The scale has 5 steps, 7 were expected.",
        "The question has no options to choose from.",
    ]


def test_a_filter_must_name_an_answer_of_an_earlier_question():
    asked = a_question("1", 0, asked_as=AskedAs.SINGLE_CHOICE, options=("a) kyllä", "b) en"))
    right = a_question("2", 1, filter_of=asked.id, filter_value="kyllä")
    wrong = a_question("3", 2, filter_of=asked.id, filter_value="ehkä")
    early = a_question("4", 3, follows="5-4")
    last = a_question("5", 4)
    found = told(Instrument("f", "K", "f"), [asked, right, wrong, early, last])
    assert found == [
        ("3-2", "Asked of those who answered “ehkä”, which is no option of 1."),
        ("4-3", "The question it depends on (5) comes after it."),
    ]


def test_what_changed_between_two_versions():
    _, before = form("1", "2", "3", "4")
    one, two, three, four = before
    added = a_question("1", 9, text="Uusi kysymys")
    after = [added, four, replace(one, number="2"), replace(two, text="Toisin sanoin")]
    found = [(c.kind, (c.after or c.before).lineage, c.fields) for c in changes(before, after)]
    assert found == [
        (Changed.ADDED, added.lineage, ()),
        (Changed.MOVED, four.lineage, ()),
        (Changed.EDITED, one.lineage, ("number",)),
        (Changed.EDITED, two.lineage, ("text",)),
        (Changed.REMOVED, three.lineage, ()),
    ]
    assert changes(before, before) == []


def test_a_follow_up_bound_to_the_same_question_is_unchanged_in_a_copy():
    _, [one, two] = form("1", "2")
    two = replace(two, follows=one.id)
    copied = [replace(one, id="n1"), replace(two, id="n2", follows="n1")]
    assert changes([one, two], copied) == []
