"""The model study's printed tables come out of its own material."""

import io

import docx
import pytest

from qualcode.domain.rounds import Sending
from qualcode.exports.diverging_bars import Look
from qualcode.exports.report import untraceable
from qualcode.workbench import closed_tables, reporting, rounds
from qualcode.workbench.checking import check
from qualcode.workbench.reporting import Section
from tests import report_builders

# Section 5 of the facts: table, item, numbers as printed, missing, uninterpretable, n.
PRINTED = """
    2  2.1  8 2        1  0  11
    2  2.x  7 1 3      0  0  11
    3  4.1  3 6        1  1  11
    3  4.2  4 7        0  0  11
    3  4.3  4 6        0  1  11
    3  4.4  1 9 1      0  0  11
    4  3.1  3 6        1  1  11
    4  3.2  1 1 2 6    1  0  11
    4  3.5  2 1 3 2 1  2  0  11
    5  1.5  2 1 4      0  0  7
    5  2.1  1 3 3      0  0  7
    5  2.2  3 2 2      0  0  7
    5  2.3  2 2 2 1    0  0  7
    6  4.1  1 4 1      1  0  7
    7  3.1  1 4 1      1  0  7
    7  3.2  1 1 2 2    1  0  7
    7  3.3  1 1 2 2    1  0  7
    7  3.4  2 1 3      1  0  7
"""


def printed_rows():
    for line in PRINTED.strip().splitlines():
        table, item, *numbers = line.split()
        *counts, missing, uninterpretable, n = map(int, numbers)
        yield int(table), item, counts, missing, uninterpretable, n


@pytest.fixture(scope="module")
def closed(gold):
    bench = report_builders.study_of_counts(gold)
    return bench, reporting.report(bench, "fi", [Section.CLOSED])


def test_tables_2_to_7_have_the_printed_counts(closed):
    _, report = closed
    found = []
    for number, table in enumerate(report.tables(), start=2):
        for row in table.rows:
            title, *cells = (cell.value for cell in row.cells)
            if not title:  # the options named anew for an a/b/c question
                continue
            *options, answered, missing, uninterpretable = cells
            counts = [count for count in options if count]
            assert sum(counts) == answered
            total = answered + missing + uninterpretable
            found.append((number, title.split()[0], counts, missing, uninterpretable, total))
    assert found == list(printed_rows())


def test_missing_and_uninterpretable_are_told_below_each_table(closed):
    _, report = closed
    notes = [table.note for table in report.tables()]
    assert notes[0].startswith("Kysymys 2.1: puuttuu 1 vastaus.")
    assert "Kysymys 4.1: 1 vastaus ei ole tulkittavissa." in notes[1]
    assert "Kysymys 3.5: puuttuu 2 vastausta." in notes[2]
    assert all("palautettua lomaketta" in note for note in notes)


def test_seven_answers_are_told_to_be_few(closed):
    _, report = closed
    assert all(table.warnings for table in report.tables()[3:])


def test_the_sums_of_the_facts(closed):
    _, report = closed
    sums = {}
    for table in report.tables():
        group = "asiakas" if "(asiakas," in table.caption else "tyontekija"
        for row in table.rows:
            if row.cells[0].value:
                numbers = [cell.value for cell in row.cells[-3:]]
                sums[group] = [
                    a + b for a, b in zip(sums.get(group, [0] * 3), numbers, strict=True)
                ]
    assert sums == {"asiakas": [90, 6, 3], "tyontekija": [58, 5, 0]}


def test_the_closed_study_is_whole_and_its_numbers_traceable(closed):
    bench, report = closed
    assert untraceable(report) == []
    assert check(bench) == []


def test_the_authors_table_1_is_reproduced_in_word(gold):
    bench = report_builders.study_of_quotes(gold)
    report = reporting.report(bench, "fi", [Section.EXAMPLE])
    document = docx.Document(io.BytesIO(reporting.as_word(report)))
    [table] = document.tables
    header, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert header == ["Teema", "Alkuperäisilmaus", "Pelkistetty ilmaus", "Rooli", "Päärooli"]
    expected = [
        [
            row["theme"],
            row["text"],
            row["table1_pelkistys"],
            set(row["table1_rooli"].split("; ")),
            row["table1_paarooli"],
        ]
        for row in report_builders.quotes(gold)
        if row["table1_pelkistys"]
    ]
    found = [[t, o, r, set(roles.split("\n")), main.upper()] for t, o, r, roles, main in rows]
    assert len(found) == 7
    assert found == expected
    caption = next(p for p in document.paragraphs if p.style.name == "Caption")
    assert caption.text.startswith("Taulukko 1. ")


def test_the_page_of_closed_answers_has_the_tables_of_the_report(closed):
    bench, report = closed
    blocks = closed_tables.blocks(closed_tables.counted(bench, "fi"), False, True, Look())
    on_screen = {
        block.table.caption: [[cell.value for cell in row.cells] for row in block.table.rows]
        for block in blocks
    }
    printed = {
        table.caption: [[cell.value for cell in row.cells] for row in table.rows]
        for table in report.tables()
    }
    assert on_screen == printed
    assert len(report.figures()) == 6


def test_return_rates_are_those_of_the_facts(gold):
    bench = report_builders.study_of_counts(gold)
    for group in ("asiakas", "tyontekija"):
        rounds.put_sending(bench, Sending("", group, sent=25))
    lines = {line.actor_group: line for line in rounds.responses(bench)}
    assert {name: (line.returned, round(line.rate * 100)) for name, line in lines.items()} == {
        "asiakas": (11, 44),
        "tyontekija": (7, 28),
    }
