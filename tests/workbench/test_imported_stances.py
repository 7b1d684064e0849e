"""A file that tells how its answers stand and who speaks of whom brings that along. Invented."""

from __future__ import annotations

import pytest
import yaml

from qualcode.domain.second_marks import ExpressionStance, Stance
from qualcode.readers.sheets import open_workbook
from qualcode.readers.survey import guess_columns, plan_as_map, plan_from_map, read_survey
from qualcode.readers.survey_plan import ColumnRole
from qualcode.workbench import history, importing, stance_tables, stances
from tests.builders import a_study, everything

FILE = "ilmaukset.csv"
CSV = """tunnus;ryhmä;ilmaus;suhtautuminen;kenestä puhutaan;kuka puhuu
A1;asiakas;Sain tietoa vasta kun itse kysyin monta kertaa;vaikeus;työntekijä;
A2;asiakas;Työntekijä kulki rinnalla koko matkan;Onnistuminen;työntekijä;asiakas
T1;työntekijä;Asiakas kertoi, ettei saanut valita itse mitään;difficulty;työntekijä;asiakas
T2;työntekijä;Toivoisin enemmän aikaa jokaiselle;?!;;
T3;työntekijä;-;toive;;
""".encode()


@pytest.fixture
def sheet():
    return open_workbook(CSV, FILE).sheets[0]


def brought(bench, sheet, plan=None):
    plan = plan or guess_columns(sheet).plan()
    return importing.import_survey(bench, FILE, CSV, read_survey(sheet, plan))


def test_the_columns_are_known_by_their_headers(sheet):
    roles = {column.header: column.role for column in guess_columns(sheet).columns}
    assert roles["ilmaus"] is ColumnRole.OPEN
    assert roles["suhtautuminen"] is ColumnRole.STANCE
    assert roles["kenestä puhutaan"] is ColumnRole.SPOKEN_OF
    assert roles["kuka puhuu"] is ColumnRole.SPEAKER


def test_the_answers_come_in_with_what_the_file_says_of_them(sheet):
    bench = a_study()
    before = everything(bench.store)
    came = brought(bench, sheet)
    assert came.stances == 3
    with bench.store.reading() as rows:
        kept = rows.find(ExpressionStance)
    assert [(row.stance, row.about, row.speaker, row.coder) for row in kept] == [
        (Stance.DIFFICULTY, "työntekijä", "", "Maija"),
        (Stance.SUCCESS, "työntekijä", "", "Maija"),
        (Stance.DIFFICULTY, "työntekijä", "asiakas", "Maija"),
    ]
    [problem] = came.problems
    assert (problem.row, problem.column, problem.values["raw"]) == (5, "D", "?!")
    table = stance_tables.who_of_whom(bench, "fi").table
    assert [[cell.value for cell in row.cells] for row in table.rows] == [["asiakas", 3]]

    history.undo(bench)
    assert everything(bench.store) == before


def test_what_was_imported_is_changed_as_if_it_had_been_marked_here(sheet):
    bench = a_study()
    brought(bench, sheet)
    with bench.store.reading() as rows:
        one = rows.find(ExpressionStance)[0]
    document, span = one.segment_id.split(":")
    start, end = map(int, span.split("-"))
    stances.mark(bench, document, start, end, Stance.WISH, "työntekijä")
    with bench.store.reading() as rows:
        assert rows.get(ExpressionStance, one.id).stance is Stance.WISH


def test_a_map_of_columns_repeats_the_import(sheet):
    plan = guess_columns(sheet).plan()
    mapping = yaml.safe_load(yaml.safe_dump(plan_as_map(plan)))
    assert mapping["stance"] == ["suhtautuminen"]
    assert plan_from_map(mapping, sheet) == plan


def test_without_an_open_answer_the_column_is_told_to_be_alone():
    data = b"tunnus;suhtautuminen\nA1;toive\nA2;vaikeus\n"
    sheet = open_workbook(data, FILE).sheets[0]
    reading = read_survey(sheet, guess_columns(sheet).plan())
    assert any(problem.column == "B" for problem in reading.problems)
