"""The model study's own forms come in, and their printed mistakes are told."""

import json

import pytest

from qualcode.domain.form_checks import Fault
from qualcode.domain.form_checks import numbered as numbered_questions
from qualcode.domain.instruments import AskedAs, is_background
from qualcode.readers.forms import read_forms, write_form_yaml
from qualcode.readers.sheets import open_workbook
from qualcode.readers.survey import guess_columns
from qualcode.workbench import form_of_survey, instruments
from tests.report_builders import bench


@pytest.fixture(scope="module")
def data(gold):
    return (gold / "instruments.json").read_bytes()


@pytest.fixture(scope="module")
def forms(data):
    return read_forms(data, "instruments.json").forms


@pytest.fixture(scope="module")
def sheets(forms):
    b = bench()
    return {form.name: instruments.sheet(b, form.id) for form in instruments.define(b, forms)}


def by_start(sheets, start):
    return next(sheet for name, sheet in sheets.items() if name.startswith(start))


def test_every_question_of_the_file_is_in_some_form(data, forms):
    whole = json.loads(data)
    written = [
        item
        for part in ("instruments_000", "instruments_001")
        for one in whole[part]
        for item in one.get("items", ())
    ]
    read = {(item.text, item.asked_as) for form in forms for item in form.items}
    assert len(written) == 30 + 31 + 37 + 17 + 15 + 8
    assert {item["text"].strip() for item in written} <= {text for text, _ in read}


@pytest.mark.parametrize(
    ("start", "numbered", "fields"),
    [
        ("Asiakkaan kyselylomake", 27, 30),
        ("Työntekijän kyselylomake", 25, 31),
        ("Kysely HB-asiakkaille", 36, 37),
        ("Kysely ei-HB-asiakkaille", 16, 17),
    ],
)
def test_questions_are_counted_as_in_the_facts(sheets, start, numbered, fields):
    sheet = by_start(sheets, start)
    assert (numbered_questions(sheet.items), len(sheet.items)) == (numbered, fields)


def test_the_worker_letter_promises_another_number_of_questions(sheets):
    [told] = by_start(sheets, "Työntekijän kyselylomake").warnings_of(None)
    assert (told.fault, told.values) == (Fault.STATED, {"stated": 24, "found": 25})
    assert by_start(sheets, "Asiakkaan kyselylomake").warnings_of(None) == []


def faults(sheet, fault):
    return [sheet.item(w.item_id).number for w in sheet.warnings if w.fault is fault]


def test_an_option_printed_twice_is_told_of_every_scale_that_has_it(sheets):
    assert faults(by_start(sheets, "Työntekijän kyselylomake"), Fault.REPEATED_LABEL) == ["3.2"]
    assert faults(by_start(sheets, "Asiakkaan kyselylomake"), Fault.REPEATED_LABEL) == []
    # Every scale of the evaluation plan's forms but those of 2.2 prints one label twice.
    client = by_start(sheets, "Kysely HB-asiakkaille")
    scales = [i.number for i in client.items if i.asked_as.steps and i.number != "2.2"]
    assert faults(client, Fault.REPEATED_LABEL) == scales
    comparison = by_start(sheets, "Kysely ei-HB-asiakkaille")
    scales = [i.number for i in comparison.items if i.asked_as.steps and i.number != "2.2"]
    assert faults(comparison, Fault.REPEATED_LABEL) == scales


def test_the_number_used_twice_is_told(sheets):
    assert faults(by_start(sheets, "Kysely HB-asiakkaille"), Fault.SAME_NUMBER) == ["4.6"]


def test_a_follow_up_a_filter_and_named_parts_are_bound(sheets):
    worker = by_start(sheets, "Työntekijän kyselylomake")
    assert sum(item.follows is not None for item in worker.items) == 5
    [parted] = [item for item in worker.items if item.parts]
    assert (parted.number, len(parted.parts)) == ("2.4", 3)
    client = by_start(sheets, "Kysely HB-asiakkaille")
    filtered = [(i.number, client.item(i.filter_of).number) for i in client.items if i.filter_of]
    assert filtered == [
        ("3.3", "3.2"), ("3.5", "3.4"), ("3.6", "3.4"), ("3.7", "3.4"), ("5.6", "5.5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "start",
    [
        "Asiakkaan kyselylomake",
        "Työntekijän kyselylomake",
        "Kysely HB-asiakkaille",
        "Kysely ei-HB-asiakkaille",
    ],
)
def test_the_columns_of_a_survey_find_each_its_question_of_the_form(sheets, start):
    """Also the follow-ups, of which several are worded alike."""
    sheet = by_start(sheets, start)
    asked = form_of_survey.bindable(sheet)
    plan = guess_columns(a_survey_on(sheet)).plan()
    found = form_of_survey.matches(plan.columns, asked)
    place = {item.id: n for n, item in enumerate(sheet.items)}
    bound = {match.one.id for match in found.values()}
    assert all(place[match.one.id] == column for column, match in found.items())
    # An age, a gender and a family are kept as background, which tables are cut by.
    people = form_of_survey.backgrounds(plan.columns, asked)
    assert all(place[item.id] == column for column, item in people.items())
    left = {item.id for item in asked} - bound
    assert left == {item.id for item in asked if is_background(item)}
    assert left == {item.id for item in people.values()}


def a_survey_on(sheet):
    """A table with the form's questions as its header, and six invented answers to each."""
    rows = [[item.title for item in sheet.items]]
    rows += [[_answer(item, n) for item in sheet.items] for n in range(6)]
    return open_workbook("\n".join("\t".join(row) for row in rows).encode(), "k.tsv").sheets[0]


def _answer(item, n):
    if item.asked_as.steps:
        return str(n % item.asked_as.steps + 1)
    if item.asked_as.is_choice:
        return item.options[n % len(item.options)] if item.options else "ab"[n % 2]
    if item.asked_as is AskedAs.NUMBER:
        return str(20 + n)
    if item.asked_as is AskedAs.IDENTIFIER:
        return f"A{n}"
    return f"Keksitty vastaus numero {n}, jossa on useita sanoja"


def test_every_form_is_written_and_read_back_the_same(forms):
    for form in forms:
        [again] = read_forms(write_form_yaml(form).encode(), "lomake.yaml").forms
        assert again == form


def test_the_paired_questions_of_clients_and_comparison_clients_may_be_compared(data, forms):
    [paired] = [
        one["pairs"] for one in json.loads(data)["instruments_001"] if one.get("pairs") is not None
    ]
    client, comparison = (
        {item.measure: item.number for item in form.items if item.measure}
        for form in forms
        if form.name.startswith(("Kysely HB-asiakkaille", "Kysely ei-HB-asiakkaille"))
    )
    assert len(paired) == 12
    assert {one["about"]: (one["hb"], one["comparison"]) for one in paired} == {
        measure: (number, comparison[measure]) for measure, number in client.items()
    }
