"""Workshop notes in whatever layout a facilitator wrote them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from qualcode.domain.documents import DocumentKind
from qualcode.domain.errors import NoNotes, NoSheet
from qualcode.domain.workshops import Quadrant, quadrant_of
from qualcode.readers.note_lines import split_notes
from qualcode.readers.sheets import Workbook, open_workbook
from qualcode.readers.workshop import (
    NoteColumn,
    SheetOfNotes,
    WorkshopLayout,
    WorkshopPlan,
    guess_workshop,
    read_pasted_notes,
    read_workshop,
)
from qualcode.texts import gettext_for
from tests.readers.test_sheets import xlsx


def workbook(*rows, merge=()) -> Workbook:
    return open_workbook(xlsx(*rows, merge=merge), "tyopaja.xlsx")


def read(book: Workbook):
    return read_workshop(book, guess_workshop(book).plan)


def by_quadrant(reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in reading.notes:
        found.setdefault(note.attributes.get("quadrant", ""), []).append(note.text)
    return found


EXPECTED = {
    "strengths": ["oma ohjaaja", "aika"],
    "weaknesses": ["kiire", "tiedon puute"],
    "opportunities": ["yhteistyö"],
    "threats": ["raha loppuu"],
}


@pytest.mark.parametrize(
    "title, quadrant",
    [
        ("Vahvuudet", "strengths"),
        ("VAHVUUS:", "strengths"),
        ("1. Styrkor", "strengths"),
        ("S – Strengths", "strengths"),
        ("Heikkoudet (W)", "weaknesses"),
        ("Svagheter", "weaknesses"),
        ("Mahdollisuudet / Opportunities", "opportunities"),
        ("Uhka", "threats"),
        ("Hot", "threats"),
        ("Vahvuutemme on tuttu työntekijä", None),
        ("Vahvuudet ja heikkoudet", None),
        ("", None),
    ],
)
def test_titles_of_quadrants(title, quadrant):
    assert quadrant_of(title) == (Quadrant(quadrant) if quadrant else None)


@pytest.mark.parametrize(
    "cell, notes",
    [
        ("- oma ohjaaja\n- aika", ["oma ohjaaja", "aika"]),
        ("-oma ohjaaja\n–aika", ["oma ohjaaja", "aika"]),
        ("• oma ohjaaja • aika", ["oma ohjaaja", "aika"]),
        ("1. oma ohjaaja\n2) aika", ["oma ohjaaja", "aika"]),
        ("a) oma ohjaaja\nb) aika", ["oma ohjaaja", "aika"]),
        ("oma ohjaaja\n\naika", ["oma ohjaaja", "aika"]),
        ("- oma\nohjaaja\n- aika", ["oma ohjaaja", "aika"]),
        ("5 kertaa viikossa", ["5 kertaa viikossa"]),
        ("-5 astetta", ["-5 astetta"]),
        ("oma-aloitteisuus", ["oma-aloitteisuus"]),
        ("---", []),
        ("?", ["?"]),
    ],
)
def test_a_cell_is_cut_into_its_notes(cell, notes):
    assert split_notes(cell) == notes


@pytest.mark.parametrize(
    "rows",
    [
        # Notes below their titles, two by two.
        [
            ["Vahvuudet", "Heikkoudet"],
            ["oma ohjaaja", "kiire"],
            ["aika", "tiedon puute"],
            ["Mahdollisuudet", "Uhat"],
            ["yhteistyö", "raha loppuu"],
        ],
        # Everything of a quadrant in one cell.
        [
            ["VAHVUUDET:\n- oma ohjaaja\n- aika", "HEIKKOUDET:\n- kiire\n- tiedon puute"],
            ["MAHDOLLISUUDET:\n- yhteistyö", "UHAT:\n- raha loppuu"],
        ],
        # Titles under each other, notes beside them.
        [
            ["Strengths", "oma ohjaaja", "aika"],
            ["Weaknesses", "kiire", "tiedon puute"],
            ["Opportunities", "yhteistyö", None],
            ["Threats", "raha loppuu", None],
        ],
        # One column, each title above its notes.
        [
            ["Styrkor"],
            ["oma ohjaaja\naika"],
            ["Svagheter"],
            ["kiire"],
            ["tiedon puute"],
            ["Möjligheter"],
            ["yhteistyö"],
            ["Hot"],
            ["raha loppuu"],
        ],
        # Four columns side by side.
        [
            ["Vahvuudet", "Heikkoudet", "Mahdollisuudet", "Uhat"],
            ["oma ohjaaja", "kiire", "yhteistyö", "raha loppuu"],
            ["aika", "tiedon puute", None, None],
        ],
    ],
)
def test_a_grid_in_any_of_its_shapes(rows):
    book = workbook(*rows)
    guess = guess_workshop(book)
    assert [part.layout for part in guess.plan.sheets] == [WorkshopLayout.GRID]
    reading = read_workshop(book, guess.plan)
    assert by_quadrant(reading) == EXPECTED
    assert reading.problems == ()


def test_a_grid_with_merged_titles():
    book = workbook(
        ["Vahvuudet", None, "Heikkoudet", None],
        ["oma ohjaaja", "aika", "kiire", "tiedon puute"],
        ["Mahdollisuudet", None, "Uhat", None],
        ["yhteistyö", None, None, "raha loppuu"],
        merge=["A1:B1", "C1:D1", "A3:B3", "C3:D3"],
    )
    assert by_quadrant(read(book)) == EXPECTED


def test_several_tables_on_one_sheet_and_the_place_of_each_note():
    book = workbook(
        ["Pöytä 1", None],
        ["Vahvuudet", "Heikkoudet"],
        ["oma ohjaaja", "kiire"],
        ["Mahdollisuudet", "Uhat"],
        ["yhteistyö", "raha loppuu"],
        ["Pöytä 2", None],
        ["Kierros 2", None],
        ["Vahvuudet", "Heikkoudet"],
        ["rohkeus", "väsymys"],
        ["Mahdollisuudet", "Uhat"],
        ["vertaiset", "etäisyys"],
    )
    reading = read(book)
    found = {note.text: note for note in reading.notes}
    assert found["kiire"].attributes == {"quadrant": "weaknesses", "table": "Pöytä 1"}
    assert found["väsymys"].attributes == {
        "quadrant": "weaknesses",
        "table": "Pöytä 2",
        "round": "Kierros 2",
    }
    place = found["väsymys"].provenance
    assert (place.sheet, place.row, place.column) == ("Vastaukset", 9, "B")


def test_text_outside_the_quadrants_and_empty_quadrants_are_told():
    reading = read(
        workbook(
            ["SWOT-kahvila 6.9.", None],
            ["Vahvuudet", "Heikkoudet"],
            ["oma ohjaaja", None],
        )
    )
    finnish = [problem.message(gettext_for("fi")) for problem in reading.problems]
    assert any("SWOT-kahvila" in sentence for sentence in finnish)
    assert any("Heikkoudet" in sentence and "ei ole lappuja" in sentence for sentence in finnish)
    assert any("Uhat" in sentence for sentence in finnish)


def test_a_list_whose_quadrant_is_written_once():
    reading = read(
        workbook(
            ["SWOT", "Lappu", "Pöytä"],
            ["Vahvuudet", "oma ohjaaja", 1],
            [None, "aika", 1],
            ["Heikkoudet", "kiire\ntiedon puute", 2],
            ["Mahdollisuudet", "yhteistyö", 2],
            ["Uhat", "raha loppuu", 2],
        )
    )
    assert by_quadrant(reading) == EXPECTED
    assert [note.attributes["table"] for note in reading.notes] == [
        *["Pöytä 1"] * 2,
        *["Pöytä 2"] * 4,
    ]


def test_sticky_notes_lose_their_author_and_keep_their_frame():
    book = open_workbook(
        b"id,Text,Frame,Author,X,Y\n"
        b"1,oma ohjaaja,Strengths,Aino Esimerkki,1,2\n"
        b"2,kiire,Weaknesses,Aino Esimerkki,3,4\n"
        b"3,?,Threats,,5,6\n",
        "taulu.csv",
    )
    guess = guess_workshop(book)
    assert guess.dropped_cells == 2
    reading = read_workshop(book, guess.plan)
    assert by_quadrant(reading) == {
        "strengths": ["oma ohjaaja"],
        "weaknesses": ["kiire"],
        "threats": ["?"],
    }
    assert [note.set_aside for note in reading.notes] == [False, False, True]
    assert "Esimerkki" not in str(reading)


def test_sticky_notes_without_quadrants_keep_their_group():
    book = open_workbook(b"Note;Colour\nkiire;keltainen\naika;sininen\n", "laput.csv")
    reading = read(book)
    assert [note.attributes for note in reading.notes] == [
        {"group": "keltainen"},
        {"group": "sininen"},
    ]


def test_role_shaping_notes():
    book = workbook(
        ["Kuva tai esine", "Mitä se kuvaa", "Kysymys"],
        ["kompassi", "suunnan näyttämistä", "Mikä innostaa?"],
        ["avain", None, None],
    )
    reading = read(book)
    assert [note.kind for note in reading.notes] == [DocumentKind.ROLE_NOTE] * 2
    assert reading.notes[0].attributes == {"picture": "kompassi", "question": "Mikä innostaa?"}
    assert reading.notes[1].text == "avain"
    assert [(problem.row, problem.column) for problem in reading.problems] == [(3, "A")]


def test_a_value_that_is_no_quadrant_is_told_and_the_note_kept():
    book = workbook(["SWOT", "Lappu"], ["Vahvuudet", "aika"], ["Muut", "kahvi"])
    part = SheetOfNotes(
        "Vastaukset", WorkshopLayout.LIST, 1, (NoteColumn.QUADRANT, NoteColumn.NOTE)
    )
    reading = read_workshop(book, WorkshopPlan((part,)))
    assert [note.text for note in reading.notes] == ["aika", "kahvi"]
    assert [problem.values for problem in reading.problems] == [{"value": "Muut"}]


def test_each_sheet_is_a_table_of_its_own():
    book = openpyxl.Workbook()
    for name in ("Pöytä A", "Pöytä B"):
        sheet = book.create_sheet(name)
        for row in (["Vahvuudet", "Heikkoudet"], ["aika", "kiire"]):
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    reading = read(open_workbook(packed.getvalue(), "t.xlsx"))
    assert [note.attributes["table"] for note in reading.notes] == ["Pöytä A"] * 2 + ["Pöytä B"] * 2


def test_pasted_text():
    reading = read_pasted_notes(
        "Pöytä 3\nVahvuudet:\n- oma ohjaaja\n- aika\n\n**Heikkoudet**\nkiire\ntiedon puute\n"
        "Mahdollisuudet: yhteistyö\nUHAT\n* raha loppuu\n"
    )
    assert by_quadrant(reading) == EXPECTED
    assert {note.attributes["table"] for note in reading.notes} == {"Pöytä 3"}
    assert reading.notes[0].provenance.row == 3


def test_pasted_lines_above_the_first_title_are_kept_and_told():
    reading = read_pasted_notes("kahvi oli hyvää\nVahvuudet\naika")
    assert by_quadrant(reading) == {"": ["kahvi oli hyvää"], "strengths": ["aika"]}
    assert [problem.row for problem in reading.problems] == [1]


def test_nothing_to_read():
    with pytest.raises(NoNotes):
        read_pasted_notes("Vahvuudet:\n\nUhat:\n")
    book = workbook(["Vahvuudet", "Heikkoudet"])
    with pytest.raises(NoNotes):
        read(book)
    with pytest.raises(NoSheet):
        read_workshop(book, WorkshopPlan((SheetOfNotes("muu", WorkshopLayout.GRID),)))


def test_the_invented_workshop(corpus):
    swot = open_workbook((corpus / "tyopaja_swot.xlsx").read_bytes(), "tyopaja_swot.xlsx")
    reading = read(swot)
    assert {note.attributes["quadrant"] for note in reading.notes} == set(Quadrant)
    assert {note.attributes["table"] for note in reading.notes} == {"Pöytä 1", "Pöytä 2", "Pöytä 3"}
    roles = open_workbook((corpus / "tyopaja_roolit.csv").read_bytes(), "tyopaja_roolit.csv")
    assert all(
        note.attributes["picture"] and note.attributes["question"] for note in read(roles).notes
    )


def test_notes_after_a_dash_on_the_line_of_a_title_are_its_notes():
    text = "Vahvuudet - rauha\nUhat – väsymys\nuhka – kiire\n- Uhat - kaikki\n"
    reading = read_pasted_notes(text)
    assert [(note.text, note.attributes["quadrant"]) for note in reading.notes] == [
        ("rauha", "strengths"),
        ("väsymys", "threats"),
        ("uhka – kiire", "threats"),
        ("Uhat - kaikki", "threats"),
    ]
