"""A script of a workshop from a project's JSON: its steps, and the programme that times them."""

from __future__ import annotations

import json

import pytest

from qualcode.readers.workshop_script import NoScript, read_scripts
from qualcode.workbench import workshop_order, workshop_script
from tests.builders import a_study

INVENTED = {
    "scripts": [
        {
            "name": "Keksitty työpaja",
            "date": "1.2.",
            "schedule": [
                {"time": "9:00", "what": "Kahvi"},
                {"time": "9:15-10:00", "what": "Oppimiskahvila: arjen sujuminen"},
                {"time": "10:00", "what": "Lounas"},
            ],
            "steps": [
                {
                    "name": "Oppimiskahvilan pöydät",
                    "minutes_per_table": 10,
                    "tables": [
                        {"quadrant": "Vahvuudet", "questions": ["Mikä toimii?", "Miten?"]},
                        {"quadrant": "Uhat", "questions": ["Mikä haittaa?"]},
                    ],
                },
                {"name": "Yhteinen keskustelu", "record": "fläpille"},
            ],
        }
    ]
}


def script():
    (found,) = read_scripts(json.dumps(INVENTED).encode(), "ohjelma.json")
    return found


def test_a_step_gets_its_time_from_the_line_of_the_programme_that_speaks_of_it():
    assert [(s.starts, s.name) for s in script().steps] == [
        ("9:00", "Kahvi"),
        ("9:15", "Oppimiskahvila: arjen sujuminen"),
        ("", "Yhteinen keskustelu"),
        ("10:00", "Lounas"),
    ]


def test_tables_keep_their_quadrant_questions_and_minutes():
    first, second = script().steps[1].tables
    assert (first.quadrant, first.questions, first.minutes) == (
        "strengths",
        ("Mikä toimii?", "Miten?"),
        10,
    )
    assert second.quadrant == "threats"


def test_a_file_without_steps_says_what_a_script_is():
    for data in (b"{}", b"no JSON", b'{"steps": []}'):
        with pytest.raises(NoScript):
            read_scripts(data, "muu.json")


def test_the_script_becomes_a_workshop_whose_running_order_is_printed():
    bench = a_study()
    workshop = workshop_script.take(bench, script())
    with bench.store.reading() as rows:
        steps = workshop_script.steps_of(rows, workshop.id)
    assert [one.minutes for one in steps] == [None, 20, None, None]
    workshop_script.move_step(bench, steps[3].step.id, -1)
    with bench.store.reading() as rows:
        names = [one.step.name for one in workshop_script.steps_of(rows, workshop.id)]
    assert names[2:] == ["Lounas", "Yhteinen keskustelu"]
    assert workshop_order.as_word(bench, workshop.id).startswith(b"PK")


def test_the_model_studys_script_has_eight_questions_at_four_tables(gold):
    data = (gold / "instruments.json").read_bytes()
    (found,) = read_scripts(data, "instruments.json")
    tables = [table for step in found.steps for table in step.tables]
    assert len({table.quadrant for table in tables}) == 4
    assert sum(len(table.questions) for table in tables) == 8
    assert {table.minutes for table in tables} == {10}
    assert len(found.watched) == 6
    assert [step.starts for step in found.steps if step.starts] == [
        "9:30", "10:00", "10:15", "10:45", "11:45", "12:00", "13:00", "14:00", "14:15",
    ]  # fmt: skip
