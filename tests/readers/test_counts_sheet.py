"""Tables of counts in Excel and CSV. All invented."""

from __future__ import annotations

import pytest

from qualcode.domain.documents import ItemKind
from qualcode.readers.counts import NoTables
from qualcode.readers.counts_sheet import read_counts_sheet
from qualcode.workbench import counting_in

HEAD = "Toimijaryhmä;Nro;Kysymys;1 eri;2;3 samaa;a) kyllä;b) ei;Puuttuu;Ei tulkittavissa;Yhteensä\n"


def read(*lines):
    return read_counts_sheet((HEAD + "\n".join(lines)).encode(), "luvut.csv")


def test_an_empty_cell_of_a_scale_is_nobody_and_other_options_are_left_out():
    [scale, choice], problems = read(
        "asiakas;1;Sain tietoa;;3;6;;;1;1;11", "asiakas;2;Riittikö se;;;;7;4;;;11"
    )
    assert problems == []
    assert scale.kind is ItemKind.LIKERT
    assert scale.counts == {"1 eri": 0, "2": 3, "3 samaa": 6}
    assert (scale.missing, scale.uninterpretable, scale.actor_group) == (1, 1, "asiakas")
    assert (choice.kind, choice.counts) == (ItemKind.CHOICE, {"a) kyllä": 7, "b) ei": 4})


def test_what_does_not_add_up_or_is_no_number_is_told_with_its_place():
    rows, problems = read("asiakas;1;Sain tietoa;x;3;6;;;1;;11", "asiakas;2;;1;;;;;;;")
    assert rows[0].counts == {"1 eri": 0, "2": 3, "3 samaa": 6}
    assert [(p.row, p.column) for p in problems] == [(2, "D"), (2, "K"), (3, "C")]
    assert problems[1].values == {"told": 11, "found": 10}


def test_a_file_without_questions_says_so():
    with pytest.raises(NoTables):
        read_counts_sheet(b"Vuosi;Summa\n2020;3\n", "luvut.csv")


def test_the_example_that_can_be_downloaded_reads_as_it_is():
    found = counting_in.read(counting_in.EXAMPLE.encode("utf-8-sig"), "esimerkki.csv")
    assert found.problems == ()
    assert [sum(row.counts.values()) for row in found.rows] == [10, 11]
    assert counting_in.told(found, "fi") == (
        "Kysymyksiä 2, vastauksia 21, puuttuvia 1, ei tulkittavia 0."
    )


def test_events_awareness_and_media_come_in_as_counts_with_options_of_their_own():
    found = counting_in.read(counting_in.example_followed(), "seuranta.xlsx")
    assert found.problems == ()
    told = {(row.actor_group, row.text): row for row in found.rows}
    feedback = told["osallistuja", "Sain uutta tietoa"]
    assert (feedback.kind, feedback.missing) == (ItemKind.LIKERT, 2)
    assert list(feedback.counts.values()) == [0, 1, 4, 9, 6]
    known = told["ammattilainen", "Kuinka hyvin tunnet mallin?"]
    assert known.counts == {"en lainkaan": 4, "vähän": 17, "hyvin": 12}
    assert told["media", "Osumia heinä-joulukuussa"].counts["some"] == 52
