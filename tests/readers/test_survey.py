"""A survey: columns guessed with reasons, confirmed as a plan, read row by row."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
import yaml

from qualcode.domain.documents import ClosedState, ItemKind
from qualcode.domain.errors import BrokenMap, MissingColumn, NothingToRead
from qualcode.readers.closed_answers import OptionReader
from qualcode.readers.sheets import Sheet, open_workbook
from qualcode.readers.survey import (
    ColumnRole,
    SurveyUnit,
    guess_columns,
    plan_as_map,
    plan_from_map,
    read_map,
    read_survey,
)
from qualcode.readers.survey_headers import HeaderLayout
from qualcode.readers.survey_scales import scale_by_hand
from qualcode.texts import gettext_for
from tests.readers.test_sheets import first_sheet, xlsx

ANSWERS = [
    "Sain apua juuri silloin, kun tarvitsin sitä",
    "en tiedä",
    "Työntekijä vaihtui liian usein ja kaikki piti selittää alusta",
    "-",
    "Oli hyvä, että sain itse valita",
]


def sheet_of(*rows: list[str]) -> Sheet:
    return first_sheet(xlsx(*rows))


def roles(sheet: Sheet) -> dict[str, str]:
    return {column.header: column.role.value for column in guess_columns(sheet).columns}


def a_survey(*more_rows: list[object]) -> Sheet:
    header = ["Vastaajan numero", "Ryhmä", "Ikä", "1. Mikä auttoi?", "2. Sain valita itse"]
    rows = [
        [str(number), "asiakas", str(30 + number), answer, str(1 + number % 5)]
        for number, answer in enumerate(ANSWERS, start=1)
    ]
    return first_sheet(xlsx(header, *rows, *more_rows))


# --- what a column is guessed to be ---


def test_microsoft_forms_in_finnish():
    header = [
        "ID",
        "Aloitusaika",
        "Valmistumisaika",
        "Sähköposti",
        "Nimi",
        "Mikä auttoi?",
        "Valitse",
    ]
    rows = [
        [n, "2026-01-01 10:00", "2026-01-01 10:05", "anonymous", None, text, "apu;tuki;"]
        for n, text in enumerate(ANSWERS)
    ]
    assert list(roles(sheet_of(header, *rows)).values()) == [
        "id",
        "ignore",
        "ignore",
        "identifying",
        "identifying",
        "open",
        "multiple_choice",
    ]


def test_google_forms_grid_and_swedish_timestamp():
    header = ["Tidsstämpel", "E-postadress", "Hur nöjd är du? [Personalen]", "Vad var svårt?"]
    steps = ["Mycket nöjd", "Nöjd", "Missnöjd", "Nöjd", "Mycket nöjd"]
    rows = [
        ["2026-01-01 10:00", f"a{n}@example.fi", steps[n], text] for n, text in enumerate(ANSWERS)
    ]
    guess = guess_columns(sheet_of(header, *rows))
    assert [column.role.value for column in guess.columns] == [
        "ignore",
        "identifying",
        "likert",
        "open",
    ]
    grid = guess.columns[2]
    assert (grid.section, grid.text) == ("Hur nöjd är du?", "Personalen")
    assert grid.options == ("Missnöjd", "Nöjd", "Mycket nöjd")
    assert guess.dropped_cells == 5


def test_limesurvey_technical_columns_and_ticked_options():
    header = ["id", "submitdate", "ipaddr", "Q1[SQ001]", "Q1[SQ002]", "Q2", "Q2[other]"]
    rows = [
        [n, "2026-01-01 10:00", "10.0.0.1", "Y" if n % 2 else None, "Y", text, "muu" if n else None]
        for n, text in enumerate(ANSWERS)
    ]
    sheet = sheet_of(header, *rows)
    assert list(roles(sheet).values()) == [
        "id",
        "ignore",
        "identifying",
        "multiple_choice",
        "multiple_choice",
        "open",
        "open",
    ]
    reading = read_survey(sheet, guess_columns(sheet).plan())
    item = next(i for i, it in enumerate(reading.items) if it.kind is ItemKind.MULTIPLE_CHOICE)
    assert reading.items[item].options == ("SQ001", "SQ002")
    assert reading.items[item].columns == ("D", "E")
    chosen = Counter(row.value for row in reading.closed if row.item == item)
    assert chosen == {"SQ002": 5, "SQ001": 2}


def test_qualtrics_with_three_header_rows():
    sheet = first_sheet(
        b"StartDate,ResponseId,RecipientEmail,LocationLatitude,Q1,Q2_3_TEXT\n"
        b"Start Date,Response ID,Recipient Email,Location Latitude,What helped?,Other - Text\n"
        b'"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""rE""}",'
        b'"{""ImportId"":""lat""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"\n'
        b"2026-01-01,R_1abcdefgh,a@example.fi,60.1,I was heard when it mattered the most,x\n"
        b"2026-01-02,R_2abcdefgh,b@example.fi,60.2,They came on time and knew my situation,y\n",
        "q.csv",
    )
    guess = guess_columns(sheet)
    assert guess.layout is HeaderLayout.QUALTRICS
    assert guess.header_rows == (1, 2, 3)
    assert [column.role.value for column in guess.columns] == [
        "ignore",
        "id",
        "identifying",
        "identifying",
        "open",
        "open",
    ]
    question = guess.columns[4]
    assert (question.number, question.text) == ("Q1", "What helped?")
    assert guess.answers == 2


def test_two_header_rows_with_merged_cells_are_joined():
    sheet = first_sheet(
        xlsx(
            ["Vastaaja", "Arvioi väittämiä", None, "Mikä auttoi?"],
            [None, "Apu tuli ajoissa", "Sain valita", None],
            *[[n, 1 + n % 5, 5 - n % 5, text] for n, text in enumerate(ANSWERS, start=1)],
            merge=["B1:C1", "A1:A2", "D1:D2"],
        )
    )
    guess = guess_columns(sheet)
    assert guess.header_rows == (1, 2)
    assert [column.header for column in guess.columns] == [
        "Vastaaja",
        "Arvioi väittämiä - Apu tuli ajoissa",
        "Arvioi väittämiä - Sain valita",
        "Mikä auttoi?",
    ]
    assert (guess.columns[1].section, guess.columns[1].text) == (
        "Arvioi väittämiä",
        "Apu tuli ajoissa",
    )
    assert [column.role.value for column in guess.columns] == ["id", "likert", "likert", "open"]


def test_two_header_rows_of_a_table_as_text():
    text = "Vastaaja;Arvioi;;\n;Apu;Tuki;Aika\n1;4;5;3\n2;2;5;1\n3;4;4;4\n"
    guess = guess_columns(first_sheet(text.encode(), "k.csv"))
    assert guess.header_rows == (1, 2)
    assert [column.header for column in guess.columns][1:] == [
        "Arvioi - Apu",
        "Arvioi - Tuki",
        "Arvioi - Aika",
    ]


def test_a_title_above_the_header_is_passed_over_and_told():
    sheet = first_sheet(
        xlsx(
            ["Asiakaskysely 2026"],
            [],
            ["nro", "Mikä auttoi?", "Mikä vaikeutti?"],
            *[[n, text, text[::-1]] for n, text in enumerate(ANSWERS)],
        )
    )
    guess = guess_columns(sheet)
    assert guess.header_rows == (3,)
    reading = read_survey(sheet, guess.plan())
    assert [problem.row for problem in reading.problems if "above" in problem.what] == [1]
    assert len(reading.respondents) == 5


@pytest.mark.parametrize(
    "header, values, role",
    [
        ("Sukupuoli", ["nainen", "mies"] * 5, "background"),
        ("Kotikunta", ["Pori", "Rauma"] * 5, "background"),
        ("Vastaajan rooli", ["asiakas", "työntekijä"] * 5, "actor_group"),
        ("Kumpi olet?", ["Työntekijä", "Asiakas"] * 5, "actor_group"),
        ("Kuinka monta lasta sinulla on?", list("0123410231"), "number"),
        ("Väittämä", ["4 = jokseenkin samaa mieltä", "5 = täysin samaa mieltä"] * 5, "likert"),
        ("Väittämä", ["samaa mieltä", "eri mieltä"] * 5, "likert"),
        ("Tiedän oikeuteni", list("1234551234"), "likert"),
        ("Henkilötunnus", ["x"] * 10, "identifying"),
        ("Tieto", ["131052-308T", "010594Y9032"] * 5, "identifying"),
        ("Yhteys", [f"040 123 456{n}" for n in range(10)], "identifying"),
        ("Kuka", [f"Aino Esimerkki{'a' * n}" for n in range(10)], "identifying"),
        ("Linkki", ["https://example.fi/a"] * 10, "ignore"),
        (
            "Minä olen hyvä silloin, kun...",
            ["minua autetaan ja kuunnellaan", "nukun hyvin"] * 5,
            "choice",
        ),
    ],
)
def test_a_column_by_its_header_and_content(header, values, role):
    rows = [[f"v{n}", value] for n, value in enumerate(values)]
    found = roles(first_sheet(xlsx(["id", header], *rows)))[header]
    assert found == role


def test_a_sentence_to_complete_is_known_by_its_dots():
    rows = [[f"v{n}", f"vastaan jotain ihan omaa {n}"] for n in range(8)]
    assert roles(sheet_of(["id", "Minusta apu on..."], *rows))["Minusta apu on..."] == "completion"


@pytest.mark.parametrize(
    "values, options, strays",
    [
        (["33", *"12345123451"], "12345", {"33"}),
        (["-1", *"12345123451"], "12345", {"-1"}),
        (["7", *"12345123451"], "12345", {"7"}),
        (["99", "0", *"1234567123456712"], "1234567", {"99", "0"}),
        (["6", *"12345123451"], "1234567", set()),
        (["7", "7", "7", *"12345123451"], "1234567", set()),
    ],
)
def test_a_slip_outside_the_scale_does_not_change_the_scale(values, options, strays):
    rows = [[f"v{n}", value] for n, value in enumerate(values)]
    sheet = sheet_of(["id", "Palvelu vastasi tarpeitani"], *rows)
    plan = guess_columns(sheet).plan()
    assert plan.columns[1].options == tuple(options)
    reading = read_survey(sheet, plan)
    outside = {c.raw for c in reading.closed if c.state is ClosedState.UNINTERPRETABLE}
    assert outside == strays
    assert len(reading.problems) == len(strays), "each of them is told with its place"


def test_a_scale_told_in_the_header_holds_whatever_stands_in_the_cells():
    values = ["2", "4", "9", "5", "0", "1", "3", "2", "4", "en muista"]
    sheet = sheet_of(["Sain tietoa (1-5)"], *[[value] for value in values])
    (column,) = guess_columns(sheet).columns
    assert (column.role, column.options) == (ColumnRole.LIKERT, ("1", "2", "3", "4", "5"))
    told = "Otsikko kertoo asteikon: 1–5. Sen ulkopuolella: 9, 0."
    assert column.reason(gettext_for("fi")) == told


@pytest.mark.parametrize(
    ("header", "values", "role", "lost"),
    [
        ("Montako kertaa viikossa (0-5)", "0 1 2 2 3 5 4 8 12 14", "number", 0),
        ("Montako kertaa viikossa (1-5)", "1 1 2 2 3 5 4 8 9 9", "number", 0),
        ("Käynnit (0-5)", "0 1 2 2 3 5 4 8 12 14", "number", 0),
        # One slip of a finger, and a scale that the words tell of too.
        ("Montako kertaa viikossa (0-5)", "0 1 2 2 3 5 4 3 2 1 33", "likert", 1),
        ("Arvioi palvelua (0-5)", "0 1 2 2 3 5 4 8 12 14", "likert", 3),
        ("Montako kertaa viikossa (0-5)", "0 1 2 2 3 5 4 3 2 1", "likert", 0),
    ],
)
def test_a_scale_in_the_header_makes_no_scale_of_amounts(header, values, role, lost):
    sheet = sheet_of([header], *[[value] for value in values.split()])
    plan = guess_columns(sheet).plan()
    assert plan.columns[0].role == role
    reading = read_survey(sheet, plan)
    assert sum(c.state is ClosedState.UNINTERPRETABLE for c in reading.closed) == lost


def test_a_sentence_written_in_a_closed_question_is_no_option_of_it():
    said = "en muista, mutta ehkä se oli seteli, koska naapurilla on"
    values = [*["seteli", "budjetti"] * 5, said]
    sheet = sheet_of(["id", "Kumman valitsit?"], *([f"v{n}", v] for n, v in enumerate(values)))
    plan = guess_columns(sheet).plan()
    assert set(plan.columns[1].options) == {"seteli", "budjetti"}
    reading = read_survey(sheet, plan)
    assert [(c.raw, c.state.value) for c in reading.closed][-1] == (said, "uninterpretable")
    assert [(p.row, p.column) for p in reading.problems] == [(12, "B")]


def test_a_dash_or_a_question_mark_is_no_option_of_a_choice():
    said = [*["seteli", "budjetti"] * 4, "-", "-", "?"]
    sheet = sheet_of(["id", "Kumman valitsit?"], *([f"v{n}", v] for n, v in enumerate(said)))
    plan = guess_columns(sheet).plan()
    assert (plan.columns[1].role, set(plan.columns[1].options)) == (
        ColumnRole.CHOICE,
        {"seteli", "budjetti"},
    )
    states = Counter(c.state.value for c in read_survey(sheet, plan).closed)
    assert states == {"answered": 8, "missing": 2, "uninterpretable": 1}


def test_options_marked_with_letters_are_a_choice_also_among_few_answers():
    said = "a) kotiapu;b) raha;c) kuljetus;d) muu;a) kotiapu;e) ohjaus;b) raha".split(";")
    (column,) = guess_columns(sheet_of(["2 Mitä apua sait?"], *[[value] for value in said])).columns
    assert column.role is ColumnRole.CHOICE
    assert column.options == ("a) kotiapu", "b) raha", "c) kuljetus", "d) muu", "e) ohjaus")
    assert column.reason(gettext_for("fi")).startswith("Arvot ovat kirjaimin")
    listed = ["1) apu kotiin", "1) raha", "2) muuta en keksi", "1) ohjaus ja neuvonta kotona"]
    (column,) = guess_columns(sheet_of(["Mitä apua sait?"], *[[value] for value in listed])).columns
    assert column.role is ColumnRole.OPEN, "an answer that is numbered is no option"


@pytest.mark.parametrize(
    "said",
    [
        [
            "1. Sain apua kotiin",
            "2. En saanut mitään",
            "3. Ohjausta",
            "4. Rahaa",
            "5. Neuvoja",
            "6. Kuljetuksia",
            "7. Tukea arkeen",
            "8. En muista",
        ],
        ["a) soitin toimistoon", "b) en tehnyt mitään"],
        ["1 tunti meni jonottaessa", "2 työntekijää auttoi"],
    ],
)
@pytest.mark.parametrize("header", ["Mitä tapahtui?", "Kokemukset avusta"])
def test_open_answers_that_are_numbered_stay_open_and_no_word_is_lost(header, said):
    sheet = sheet_of(["id", header], *([f"v{n}", text] for n, text in enumerate(said)))
    plan = guess_columns(sheet).plan()
    assert plan.columns[1].role is ColumnRole.OPEN
    assert [row.text for row in read_survey(sheet, plan).texts] == said


def test_every_guess_tells_its_reason_in_finnish():
    finnish = gettext_for("fi")
    for column in guess_columns(a_survey()).columns:
        assert column.reason(finnish) != column.reason(str)


def test_contact_details_inside_answers_are_counted():
    rows = [[n, f"{text}, soita 040 123 4567"] for n, text in enumerate(ANSWERS)]
    guess = guess_columns(sheet_of(["id", "Mikä auttoi?"], *rows))
    assert guess.columns[1].identifiers_inside == 5


# --- closed answers ---

SCALE = ("1 = eri mieltä", "2 = en osaa sanoa", "3 = samaa mieltä")


@pytest.mark.parametrize(
    "cell, state, value",
    [
        ("3", "answered", "3 = samaa mieltä"),
        ("3.0", "answered", "3 = samaa mieltä"),
        ("3,0", "answered", "3 = samaa mieltä"),
        ("3)", "answered", "3 = samaa mieltä"),
        ("Samaa mieltä.", "answered", "3 = samaa mieltä"),
        ("3 = samaa mieltä", "answered", "3 = samaa mieltä"),
        ("3 samaa mieltä", "answered", "3 = samaa mieltä"),
        ("3 = eri mieltä", "uninterpretable", ""),
        ("2-3", "uninterpretable", ""),
        ("2 tai 3", "uninterpretable", ""),
        ("ehkä", "uninterpretable", ""),
        ("3?", "uninterpretable", ""),
        ("4", "uninterpretable", ""),
        ("", "missing", ""),
        ("  ", "missing", ""),
        ("-", "missing", ""),
    ],
)
def test_one_cell_of_a_scale(cell, state, value):
    (choice,) = OptionReader(ColumnRole.LIKERT, SCALE).read(cell)
    assert (choice.state.value, choice.value) == (state, value)


def test_a_label_printed_on_two_steps_tells_neither_but_their_codes_do():
    scale = ("1 = eri mieltä", "2 = eri mieltä", "3 = samaa mieltä")
    reader = OptionReader(ColumnRole.LIKERT, scale)
    read = {cell: reader.read(cell)[0] for cell in ("eri mieltä", "2", "2 = eri mieltä", "3 eri")}
    assert read["eri mieltä"].state is ClosedState.UNINTERPRETABLE
    assert read["2"].value == read["2 = eri mieltä"].value == "2 = eri mieltä"
    assert read["3 eri"].state is ClosedState.UNINTERPRETABLE
    assert reader.read("3 = eri mieltä")[0].state is ClosedState.UNINTERPRETABLE


def test_options_given_as_digits_take_answers_with_labels():
    reader = OptionReader(ColumnRole.LIKERT, ("1", "2", "3", "4", "5"))
    assert reader.read("4 = jokseenkin samaa mieltä")[0].value == "4"
    assert reader.read("4-5")[0].state is ClosedState.UNINTERPRETABLE


@pytest.mark.parametrize("options", [("1", "2", "3", "4", "5"), ()])
@pytest.mark.parametrize(
    "cell",
    [
        *("3 tai 4", "3 ja 4", "3 tai 4, riippuu päivästä", "2 vai 3?", "3 - 4", "3, 4", "3 (4)"),
        *("3 eller 4", "3 or 4", "3/4", "3 (tai 4)", "3 noin 3-4", "3, joskus 2 tai 4"),
    ],
)
def test_two_steps_in_a_cell_are_none_of_them(options, cell):
    reader = OptionReader(ColumnRole.LIKERT, options)
    assert reader.read(cell)[0].state is ClosedState.UNINTERPRETABLE
    assert reader.read("3 samaa mieltä")[0].state is not ClosedState.MISSING


@pytest.mark.parametrize("options", [("1", "2", "3", "4", "5"), ()])
@pytest.mark.parametrize(
    "cell", ["4 (asteikolla 1-5)", "4, ks. kysymys 3", "4 koska 2 lasta", "4. Kerroin 1 kohdassa"]
)
def test_a_number_in_what_is_said_of_a_step_is_no_other_step(options, cell):
    (read,) = OptionReader(ColumnRole.LIKERT, options).read(cell)
    assert (read.state, read.value) == (ClosedState.ANSWERED, "4")


def test_an_answer_of_the_scale_that_one_person_chose_is_an_option_of_it():
    """As "en osaa sanoa": a form prints it, and nobody writes just that by themselves."""
    scale = ["täysin eri mieltä", "jokseenkin samaa mieltä", "täysin samaa mieltä"]
    sheet = sheet_of(["id", "Voin vaikuttaa"], *([f"v{n}", v] for n, v in enumerate(scale * 4)))
    once = sheet_of(
        ["id", "Voin vaikuttaa"],
        *([f"v{n}", v] for n, v in enumerate([*scale * 4, "En osaa sanoa", "vähän niin ja näin"])),
    )
    assert guess_columns(sheet).plan().columns[1].options == tuple(scale)
    plan = guess_columns(once).plan()
    assert plan.columns[1].options == (*scale, "En osaa sanoa")
    reading = read_survey(once, plan)
    outside = [c.raw for c in reading.closed if c.state is ClosedState.UNINTERPRETABLE]
    assert outside == ["vähän niin ja näin"]


@pytest.mark.parametrize("lone", ["?", "...", "ei", "-", "ei kyllä osaa sanoa", "eos", "öö"])
@pytest.mark.parametrize("times", [1, 2])
def test_what_says_nothing_is_no_option_of_a_scale(lone, times):
    scale = ["täysin eri mieltä", "jokseenkin samaa mieltä", "täysin samaa mieltä"]
    said = [*scale * 4, *[lone] * times]
    sheet = sheet_of(["id", "Voin vaikuttaa"], *([f"v{n}", v] for n, v in enumerate(said)))
    plan = guess_columns(sheet).plan()
    if (lone, times) == ("eos", 2):
        assert plan.columns[1].options == (*scale, "eos"), "forms print it, people hardly twice"
        return
    assert plan.columns[1].options == tuple(scale)
    states = [c.state for c in read_survey(sheet, plan).closed]
    assert states.count(ClosedState.ANSWERED) == 12, "n does not grow"


@pytest.mark.parametrize(
    ("header", "values", "steps"),
    [
        ("Sain apua", ("2", "3", "5"), "12345"),
        ("Sain apua", ("2", "3", "3 tai 4", "5"), "12345"),
        ("Sain apua", ("2", "6", "?"), "1234567"),
        ("Sain apua (1-4)", ("2", "3"), "1234"),
        ("Ikä", ("34", "56", "61", "7"), ""),
        ("Sain apua", ("vähän", "paljon"), ""),
    ],
)
def test_a_column_made_a_scale_by_hand_begins_with_every_step(header, values, steps):
    assert scale_by_hand(header, values) == tuple(steps)


def test_letters_mark_options():
    reader = OptionReader(ColumnRole.CHOICE, ("a) kotona", "b) muualla"))
    assert [reader.read(cell)[0].value for cell in ("a)", "B", "kotona")] == [
        "a) kotona",
        "b) muualla",
        "a) kotona",
    ]


def test_several_choices_in_a_cell():
    reader = OptionReader(ColumnRole.MULTIPLE_CHOICE, ("apu", "tuki, neuvot ja ohjaus", "raha"))
    read = [choice.value for choice in reader.read("apu, tuki, neuvot ja ohjaus")]
    assert read == ["apu", "tuki, neuvot ja ohjaus"]
    states = [choice.state.value for choice in reader.read("apu; jotain muuta")]
    assert states == ["answered", "uninterpretable"]


def test_numbers():
    reader = OptionReader(ColumnRole.NUMBER, ())
    read = {cell: reader.read(cell)[0] for cell in ("12,5", "1 200", "noin 5", "3-4")}
    assert [read["12,5"].value, read["1 200"].value] == ["12.5", "1200"]
    assert read["noin 5"].state is read["3-4"].state is ClosedState.UNINTERPRETABLE


# --- reading ---


def test_answers_come_in_word_for_word_with_their_place():
    sheet = a_survey()
    reading = read_survey(sheet, guess_columns(sheet).plan())
    assert [text.text for text in reading.texts] == ANSWERS
    assert [text.set_aside for text in reading.texts] == [False, True, False, True, False]
    place = reading.texts[2].provenance
    assert (place.file, place.sheet, place.row, place.column) == (
        "kysely.xlsx",
        "Vastaukset",
        4,
        "D",
    )
    assert reading.respondents[0].label == "1"
    assert reading.respondents[0].actor_group == "asiakas"
    assert reading.respondents[0].background == {"Ikä": "31"}
    assert [(item.number, item.text) for item in reading.items] == [
        ("1", "Mikä auttoi?"),
        ("2", "Sain valita itse"),
    ]


def test_options_missing_and_uninterpretable_sum_to_the_forms_returned():
    sheet = a_survey(
        ["6", "asiakas", "40", "apua", None],
        ["7", "asiakas", "41", "tukea", "4-5"],
        ["8", "asiakas", "42", "aikaa", "ehkä"],
    )
    reading = read_survey(sheet, guess_columns(sheet).plan())
    states = Counter(row.state for row in reading.closed)
    assert sum(states.values()) == len(reading.respondents) == 8
    assert (states[ClosedState.MISSING], states[ClosedState.UNINTERPRETABLE]) == (1, 2)
    assert [(p.row, p.column) for p in reading.problems] == [(8, "E"), (9, "E")]


def test_a_repeated_identifier_is_kept_under_a_name_of_its_own():
    sheet = a_survey(["3", "asiakas", "40", "toinen vastaus", "2"])
    reading = read_survey(sheet, guess_columns(sheet).plan())
    assert [row.label for row in reading.respondents][-1] == "3 (2)"
    (problem,) = reading.problems
    assert (problem.row, problem.values["first"]) == (7, 4)
    assert "rivillä 4" in problem.message(gettext_for("fi"))


def test_respondents_without_an_identifier_are_numbered():
    sheet = sheet_of(["Mikä auttoi?", "Mikä vaikeutti?"], *[[t, t[::-1]] for t in ANSWERS])
    reading = read_survey(sheet, guess_columns(sheet).plan("asiakas"))
    assert [row.label for row in reading.respondents] == [
        "R0001",
        "R0002",
        "R0003",
        "R0004",
        "R0005",
    ]
    assert {row.actor_group for row in reading.respondents} == {"asiakas"}


def test_empty_rows_and_forms_without_answers_are_told():
    sheet = a_survey(
        [], [], ["9", "asiakas", "40", None, None], ["Yhteensä", None, None, None, "14"]
    )
    reading = read_survey(sheet, guess_columns(sheet).plan())
    assert [(p.row, p.what.split()[1]) for p in reading.problems] == [
        (7, "rows"),
        (9, "respondent"),
        (10, "row"),
    ]
    assert reading.respondents[-1].label == "9"
    assert len(reading.respondents) == 6


def test_a_formula_without_a_value_is_uninterpretable_and_never_missing():
    sheet = a_survey(["6", "asiakas", "40", "=A1", "=1+1"])
    reading = read_survey(sheet, guess_columns(sheet).plan())
    last = reading.closed[-1]
    assert (last.state, last.raw) == (ClosedState.UNINTERPRETABLE, "=1+1")
    assert len(reading.texts) == 5
    assert {(p.row, p.column) for p in reading.problems} >= {(7, "D"), (7, "E")}


def test_identifying_cells_are_dropped_and_counted():
    rows = [[n, f"nimi{n}@example.fi", text] for n, text in enumerate(ANSWERS)]
    sheet = sheet_of(["id", "Yhteystieto", "Mikä auttoi?"], *rows)
    reading = read_survey(sheet, guess_columns(sheet).plan())
    assert reading.dropped_cells == 5
    assert "example.fi" not in str(reading)


def test_a_text_of_hundreds_of_pages_is_left_out_and_the_rest_goes_in():
    data = f"id;Mikä auttoi?\n1;{'pitkä ' * 40_000}\n2;Apu tuli ajoissa\n".encode()
    sheet = first_sheet(data, "k.csv")
    reading = read_survey(sheet, guess_columns(sheet).plan())
    assert [text.text for text in reading.texts] == ["Apu tuli ajoissa"]
    assert reading.problems[0].values["found"] == 240_000


def test_a_list_in_an_answer_can_be_read_by_lines():
    rows = [[n, f"- apu kotiin {n}\n- tuki arkeen ja aika {n}"] for n in range(3)]
    sheet = sheet_of(["id", "Mitä toivot?"], *rows)
    plan = replace(guess_columns(sheet).plan(), unit=SurveyUnit.LINE)
    texts = [text.text for text in read_survey(sheet, plan).texts]
    assert texts[:2] == ["apu kotiin 0", "tuki arkeen ja aika 0"]


def test_a_header_without_rows_is_no_survey():
    with pytest.raises(NothingToRead):
        guess_columns(sheet_of(["id", "Mikä auttoi?"]))


@pytest.mark.slow
def test_ten_thousand_forms_are_guessed_and_read():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Vastaukset")
    sheet.append(["id", *(f"Kysymys {number}?" for number in range(9))])
    for number in range(10_000):
        sheet.append([number, *(f"Sain apua {number} kertaa, {part}" for part in range(8)), 4])
    packed = io.BytesIO()
    book.save(packed)
    read = first_sheet(packed.getvalue())
    reading = read_survey(read, guess_columns(read).plan())
    assert len(reading.texts) == 80_000


# --- the map of the command line ---


def test_a_map_names_columns_and_the_rest_is_guessed():
    mapping = read_map(
        """
        id: Vastaajan numero
        actor_group: {value: verrokki}
        open:
          - {column: "mikä auttoi?", theme: valinnanvapaus, kind: completion}
        closed:
          - {column: 2. Sain valita itse, kind: choice, options: ["1", "2"], section: B}
        ignore: Ryhmä
        """,
        "kartta.yaml",
    )
    plan = plan_from_map(mapping, a_survey(), "kartta.yaml")
    assert [column.role.value for column in plan.columns] == [
        "id",
        "ignore",
        "background",
        "completion",
        "choice",
    ]
    assert plan.actor_group == "verrokki"
    assert (plan.columns[3].theme, plan.columns[3].number) == ("valinnanvapaus", "1")
    assert (plan.columns[4].options, plan.columns[4].section) == (("1", "2"), "B")


def test_a_plan_saved_as_a_map_gives_the_same_plan():
    sheet = a_survey()
    plan = guess_columns(sheet).plan("asiakas")
    written = yaml.safe_dump(plan_as_map(plan), allow_unicode=True, sort_keys=False)
    assert plan_from_map(read_map(written, "m"), sheet) == plan


def test_a_column_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(MissingColumn) as caught:
        plan_from_map({"open": ["vastaus"]}, a_survey())
    assert "Vastaajan numero" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "open: [a",
        "- open",
        "avoin: [1. Mikä auttoi?]",
        "open: [{kolumni: x}]",
        'open: [{column: "1. Mikä auttoi?", kind: likert}]',
        "open: [1. Mikä auttoi?]\nignore: [1. Mikä auttoi?]",
        "id: [Ikä, Ryhmä]",
        "actor_group: {asiakas: 1}",
        "header_rows: ylin",
        "unit: sivu",
        "closed: [{column: 2. Sain valita itse, options: 5}]",
    ],
)
def test_a_broken_map_is_told_in_finnish(text):
    with pytest.raises(BrokenMap) as caught:
        plan_from_map(read_map(text, "kartta.yaml"), a_survey(), "kartta.yaml")
    message = caught.value.message(gettext_for("fi"))
    assert "kartta.yaml" in message and message != str(caught.value)


# --- real and invented material ---


def test_the_child_barometer(gold):
    file = "child_barometer_fsd3134.csv"
    sheet = open_workbook((gold / file).read_bytes(), file).sheets[0]
    guess = guess_columns(sheet)
    assert {column.header: column.role.value for column in guess.columns} == {
        "fsd_id": "id",
        "q3": "open",
        "q7": "open",
        "q11": "open",
        "paino": "number",
        "gender": "background",
        "major_region": "background",
        "daycare_before_school": "choice",
    }
    reading = read_survey(sheet, guess.plan("lapsi"))
    assert len(reading.respondents) == 414
    assert Counter(reading.items[text.item].text for text in reading.texts) == {
        "q3": 403,
        "q7": 414,
        "q11": 414,
    }
    assert sum(text.set_aside for text in reading.texts) == 105
    assert reading.problems == ()


def test_the_quotes_of_the_model_study(gold):
    sheet = open_workbook((gold / "quotes_client.csv").read_bytes(), "quotes_client.csv").sheets[0]
    mapping = {"id": "id", "actor_group": "actor", "open": ["text"], "ignore": ["page", "note"]}
    reading = read_survey(sheet, plan_from_map(mapping, sheet))
    assert len(reading.texts) == len(reading.respondents) == 36
    assert {row.actor_group for row in reading.respondents} == {"asiakas"}
    assert not any(text.set_aside for text in reading.texts)


@pytest.mark.parametrize(
    "file, mapping, respondents",
    [
        ("asiakaskysely.xlsx", "survey_map_asiakas.yaml", 28),
        ("tyontekijakysely.csv", "survey_map_tyontekija.yaml", 14),
    ],
)
def test_the_invented_surveys(corpus, file, mapping, respondents):
    sheet = open_workbook((corpus / file).read_bytes(), file).fullest
    text = (corpus / mapping).read_text(encoding="utf-8")
    plan = plan_from_map(read_map(text, mapping), sheet, mapping)
    reading = read_survey(sheet, plan)
    assert len(reading.respondents) == respondents
    assert plan_from_map(plan_as_map(plan), sheet) == plan
    for number, item in enumerate(reading.items):
        if item.kind.is_closed:
            assert sum(row.item == number for row in reading.closed) == respondents
