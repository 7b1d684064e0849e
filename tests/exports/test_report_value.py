"""The report as a value: numbering, and numbers that can be followed to their evidence."""

from dataclasses import replace

import pytest

from qualcode.exports.report import (
    Cell,
    Column,
    Counted,
    Figure,
    Heading,
    Report,
    Row,
    RowKind,
    Table,
    Trace,
    caption_label,
    count,
    untraceable,
)

TRACES = {
    "s1": Trace("s1", "d1", "anna"),
    "s2": Trace("s2", "d2", "anna"),
    "s3": Trace("s3", "d3", "bo"),
    "s4": Trace("s4", "d4", None),
    "c1": Trace("c1", None, None, weight=8),
}


def table(key, *cells, counted=Counted.NONE, kind=RowKind.BODY):
    columns = (
        Column("Luokka"),
        Column("Vastaajia", counted=Counted.RESPONDENTS),
        Column("Mainintoja", counted=Counted.MENTIONS),
    )
    return Table(key, key, columns[: len(cells)], (Row(cells, kind=kind),), counted=counted)


def report(*blocks):
    return Report("Keksitty", "fi", "2026-09-05T10:00:00", blocks, TRACES)


@pytest.mark.parametrize(
    ("counted", "expected"),
    [(Counted.RESPONDENTS, 2), (Counted.MENTIONS, 4), (Counted.ANSWERS, 4)],
)
def test_one_person_twice_is_one_respondent_and_two_mentions(counted, expected):
    assert count(("s1", "s2", "s3", "s4"), counted, TRACES) == expected


def test_a_printed_count_stands_for_as_many_answers_as_it_says():
    assert count(("c1",), Counted.ANSWERS, TRACES) == 8


def test_evidence_named_twice_or_unknown_counts_for_nothing_more():
    assert count(("s1", "s1", "gone"), Counted.MENTIONS, TRACES) == 1


def test_a_number_that_its_evidence_supports_is_traceable():
    evidence = ("s1", "s2", "s3")
    assert untraceable(report(table("t", Cell("a"), Cell(2, evidence), Cell(3, evidence)))) == []


def test_a_number_without_its_evidence_is_found_with_its_place():
    [wrong] = untraceable(
        report(table("t", Cell("a"), Cell(2, ("s1", "s2")), Cell(2, ("s1", "s2"))))
    )
    assert (wrong.table, wrong.row, wrong.column) == ("t", 0, 1)
    assert (wrong.value, wrong.supported) == (2, 1)


def test_a_cell_may_count_something_else_than_its_table():
    cell = Cell(1, ("s1", "s2"), counted=Counted.RESPONDENTS)
    whole = replace(table("t", cell, counted=Counted.ANSWERS), columns=(Column("n"),))
    assert untraceable(report(whole)) == []


def test_headings_inside_a_table_are_not_numbers():
    assert (
        untraceable(report(table("t", Cell(2020), kind=RowKind.GROUP, counted=Counted.ANSWERS)))
        == []
    )


def test_tables_and_figures_are_numbered_each_by_themselves():
    figure = Figure("f", "Kartta", "<svg/>", "")
    numbers = report(table("a", Cell()), Heading("x"), figure, table("b", Cell())).numbers()
    assert numbers == {"a": 1, "b": 2, "f": 1}


def test_the_word_before_a_number_is_finnish_in_a_finnish_report():
    assert [caption_label("fi"), caption_label("fi", figure=True)] == ["Taulukko", "Kuvio"]
    assert [caption_label("en"), caption_label("en", figure=True)] == ["Table", "Figure"]


def test_a_decimal_comma_in_finnish():
    assert Cell(2.5).text("fi") == "2,5"
    assert Cell(2.5).text("en") == "2.5"
    assert Cell().text("fi") == ""
