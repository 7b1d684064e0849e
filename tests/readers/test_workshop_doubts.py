"""What may be a title and may be a note: the sensible guess, and a person's word before it."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
import pytest

from qualcode.domain.documents import DocumentKind
from qualcode.readers.recognising import recognise
from qualcode.readers.sheets import open_workbook
from qualcode.readers.workshop import (
    A_NOTE,
    THE_TITLE,
    SheetOfNotes,
    WorkshopLayout,
    WorkshopPlan,
    guess_workshop,
    read_observations,
    read_pasted_list,
    read_pasted_notes,
    read_workshop,
)


def pasted(text, **headings):
    reading = read_pasted_notes(text, headings=headings)
    return reading, [(note.text, note.attributes.get("quadrant", "")) for note in reading.notes]


def test_a_note_that_is_only_a_quadrants_word_stays_a_note():
    reading, notes = pasted("Vahvuudet\naika\nheikkous\nUhat\nuhka 1\nuhka 2\nraha\n")
    assert notes == [
        ("aika", "strengths"),
        ("heikkous", "strengths"),
        ("uhka 1", "threats"),
        ("uhka 2", "threats"),
        ("raha", "threats"),
    ]
    assert [(d.written, d.guess) for d in reading.doubts] == [
        (("heikkous",), A_NOTE),
        (("uhka 1", "uhka 2"), A_NOTE),
    ]
    assert {problem.row for problem in reading.problems} == {3, 5, 6}


def test_a_person_says_that_the_word_is_a_heading():
    text = "Vahvuudet\naika\nUhat\nraha\nHeikkoudet\nhinta\nuhka\nkiire\n"
    assert pasted(text)[1][-2:] == [("uhka", "weaknesses"), ("kiire", "weaknesses")]
    reading, notes = pasted(text, uhka="threats")
    assert notes[-2:] == [("hinta", "weaknesses"), ("kiire", "threats")]
    assert not reading.problems


@pytest.mark.parametrize(
    "text",
    [
        "Vahvuus\naika\nHeikkous\nkiire\nMahdollisuus\nraha\nUhka\nlaki\n",
        "vahvuus\naika\nheikkous\nkiire\nmahdollisuus\nraha\nuhka\nlaki\n",
        "Vahvuudet\naika\nHeikkous:\nkiire\nMahdollisuudet\nraha\nUhka:\nlaki\n",
    ],
)
def test_titles_in_the_singular_are_titles_where_nothing_speaks_against_it(text):
    reading, notes = pasted(text)
    assert [quadrant for _, quadrant in notes] == [
        "strengths",
        "weaknesses",
        "opportunities",
        "threats",
    ]
    assert reading.doubts == ()


def test_a_title_in_the_singular_among_others_is_read_as_one_and_a_person_may_say_no():
    text = "Vahvuudet\naika\nUhka\nlaki\n"
    reading, notes = pasted(text)
    assert notes == [("aika", "strengths"), ("laki", "threats")]
    assert [(d.key, d.guess) for d in reading.doubts] == [("uhka", "threats")]
    assert pasted(text, uhka=A_NOTE)[1][1:] == [("Uhka", "strengths"), ("laki", "strengths")]


def test_two_tables_that_both_write_their_titles_small_and_in_the_singular():
    one = "vahvuus\naika\nheikkous\nkiire\nmahdollisuus\nraha\nuhka\nlaki\n"
    reading, notes = pasted(f"Pöytä 1\n{one}Pöytä 2\n{one}")
    assert (
        notes
        == [
            ("aika", "strengths"),
            ("kiire", "weaknesses"),
            ("raha", "opportunities"),
            ("laki", "threats"),
        ]
        * 2
    )
    assert reading.doubts == ()


def test_a_title_written_twice_at_one_table_is_read_as_one_and_asked():
    text = "vahvuus\naika\nuhka\nkiire\nmahdollisuus\nraha\nuhka\nlaki\n"
    reading, notes = pasted(text)
    assert [quadrant for _, quadrant in notes] == [
        "strengths",
        "threats",
        "opportunities",
        "threats",
    ]
    assert [(d.key, d.guess) for d in reading.doubts] == [("uhka", "threats")]


def test_a_small_word_over_notes_is_a_title_where_its_quadrant_has_no_surer_one():
    text = "VAHVUUDET\naika\nHEIKKOUDET\nhinta\nMAHDOLLISUUDET\nraha\nuhka\nkiire\n"
    reading, notes = pasted(text)
    assert notes[-2:] == [("raha", "opportunities"), ("kiire", "threats")]
    assert [(d.key, d.guess) for d in reading.doubts] == [("uhka", "threats")]
    assert pasted(text, uhka=A_NOTE)[1][-1] == ("kiire", "opportunities")


def test_each_table_has_its_own_titles():
    _reading, notes = pasted("Pöytä 1\nUhat\nraha\nuhka\nPöytä 2\nUhka\nlaki\nVahvuudet\naika\n")
    assert [text for text, _ in notes] == ["raha", "uhka", "laki", "aika"]


def test_a_word_read_as_a_title_here_and_as_a_note_there_is_asked_apart():
    text = "Vahvuudet\naika\nUhka\nlaki\nuhka\nraha\n"
    reading, notes = pasted(text)
    assert notes[1:] == [("laki", "threats"), ("uhka", "threats"), ("raha", "threats")]
    (title, note) = reading.doubts
    assert (title.written, title.guess, note.written, note.guess) == (
        ("Uhka",),
        "threats",
        ("uhka",),
        A_NOTE,
    )
    assert [text for text, _ in pasted(text, **{note.key: "threats"})[1]] == [
        "aika",
        "laki",
        "raha",
    ]
    assert pasted(text, **{title.key: A_NOTE})[1][-2:] == [
        ("uhka", "strengths"),
        ("raha", "strengths"),
    ]


def test_the_title_of_the_notes_is_no_note_and_tells_their_table_and_round():
    reading = read_pasted_notes("Muistiinpanot, pöytä 2, kierros 1\nVahvuudet\naika\n")
    assert [(note.text, dict(note.attributes)) for note in reading.notes] == [
        ("aika", {"quadrant": "strengths", "table": "Pöytä 2", "round": "Kierros 1"})
    ]
    assert [d.guess for d in reading.doubts] == [THE_TITLE]
    (key,) = [d.key for d in reading.doubts]
    kept = read_pasted_notes(
        "Muistiinpanot, pöytä 2, kierros 1\nVahvuudet\naika\n", headings={key: A_NOTE}
    )
    assert kept.notes[0].text == "Muistiinpanot, pöytä 2, kierros 1"


def test_a_first_note_is_not_taken_for_a_title():
    for text in (
        "työpaja oli hyvä\nkahvi myös\n",
        "pöytä 2 oli äänekäs\nVahvuudet\naika\n",
        "kahvi oli hyvää\nVahvuudet\naika\n",
        "Swot oli hyödyllinen harjoitus\nVahvuudet\naika\n",
        "Muistiinpanojen tekeminen vie aikaa\nVahvuudet\naika\n",
        "Työpaja oli 10/10\nkahvi myös\n",
        "äänekkäin oli pöytä 2\nVahvuudet\naika\n",
    ):
        reading = read_pasted_notes(text)
        assert reading.notes[0].text == text.partition("\n")[0]
        assert reading.doubts == ()


def test_the_title_of_a_word_document_is_not_among_the_notes():
    document = docx.Document()
    document.add_heading("Syksyn kehittämisilta", 0)
    document.add_heading("Vahvuudet", 1)
    document.add_paragraph("aika", style="List Bullet")
    document.add_heading("Uhka", 1)
    document.add_paragraph("laki", style="List Bullet")
    kept = io.BytesIO()
    document.save(kept)
    found = recognise(kept.getvalue(), "ilta.docx").text
    reading = read_pasted_notes(found.text, shown=found.titles)
    assert [(n.text, n.attributes["quadrant"]) for n in reading.notes] == [
        ("aika", "strengths"),
        ("laki", "threats"),
    ]
    assert [d.written for d in reading.doubts] == [("Syksyn kehittämisilta",)]


def test_feedback_and_observations_have_titles_too():
    reading = read_pasted_list("Palaute, pöytä 3\nkiitos\n", DocumentKind.FEEDBACK)
    assert [(n.text, n.attributes.get("table")) for n in reading.notes] == [("kiitos", "Pöytä 3")]
    assert [d.guess for d in reading.doubts] == [THE_TITLE]
    seen = read_observations("Havainnot, pöytä 1\nNauretaan paljon.\n")
    assert [(n.text, n.attributes.get("table")) for n in seen.notes] == [
        ("Nauretaan paljon.", "Pöytä 1")
    ]


@pytest.mark.parametrize(
    "first", ["Odotus, että saan apua", "Palaute – tosi hyvä päivä", "Havainnot (liian) vähäisiä"]
)
def test_the_first_of_a_list_is_not_taken_for_a_title(first):
    reading = read_pasted_list(f"{first}\nkiitos\n", DocumentKind.FEEDBACK)
    assert [note.text for note in reading.notes] == [first, "kiitos"]
    assert [note.text for note in read_observations(f"{first}\n").notes] == [first]


@pytest.mark.parametrize(
    "title",
    [
        "Palaute",
        "Palautteet 12.3.2026",
        "Havainnot (havainnoija 1)",
        "Odotukset, pöytä 2, kierros 1",
        "Muistiinpanot 3. maaliskuuta klo 9–12",
        "SWOT-analyysi, pöytä 4",
        "Anteckningar, bord 2",
        "Tulevaisuusverstas – pöytä A",
    ],
)
def test_a_title_goes_on_with_where_and_when_the_notes_are_from(title):
    reading = read_pasted_list(f"{title}\nkiitos\n", DocumentKind.FEEDBACK)
    assert [note.text for note in reading.notes] == ["kiitos"]


def test_without_a_person_to_confirm_the_title_is_a_note_too():
    text = "Muistiinpanot, pöytä 2\nVahvuudet\naika\n"
    reading = read_pasted_notes(text, keep_title=True)
    assert [(note.text, dict(note.attributes)) for note in reading.notes] == [
        ("Muistiinpanot, pöytä 2", {"table": "Pöytä 2"}),
        ("aika", {"quadrant": "strengths", "table": "Pöytä 2"}),
    ]
    assert [problem.row for problem in reading.problems] == [1]


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return open_workbook(kept.getvalue(), "ilta.xlsx")


def test_in_a_grid_too_the_word_is_a_note_and_the_title_names_the_table():
    book = sheet(
        ("SWOT, pöytä 2", None),
        ("Vahvuudet", "Heikkoudet"),
        ("aika", "heikkous"),
        ("tuki", "kiire"),
        ("Mahdollisuudet", "Uhat"),
        ("raha", "uhka 1"),
        ("yhteistyö", "uhka 2"),
    )
    plan = guess_workshop(book).plan
    reading = read_workshop(book, plan)
    assert {(n.text, n.attributes["quadrant"]) for n in reading.notes} == {
        ("aika", "strengths"),
        ("tuki", "strengths"),
        ("heikkous", "weaknesses"),
        ("kiire", "weaknesses"),
        ("raha", "opportunities"),
        ("yhteistyö", "opportunities"),
        ("uhka 1", "threats"),
        ("uhka 2", "threats"),
    }
    assert {n.attributes.get("table") for n in reading.notes} == {"Pöytä 2"}
    assert [d.written for d in reading.doubts] == [("heikkous",), ("uhka 1", "uhka 2")]


def test_a_table_told_by_its_number_alone_is_the_same_table_as_elsewhere():
    book = sheet(
        ("Palaute", "Pöytä", "Kierros"), ("kiitos", 1, "2"), ("aika loppui", "Pöytä 2", None)
    )
    reading = read_workshop(book, guess_workshop(book).plan)
    assert [(n.attributes.get("table"), n.attributes.get("round")) for n in reading.notes] == [
        ("Pöytä 1", "Kierros 2"),
        ("Pöytä 2", None),
    ]


def test_keeping_rows_whole_does_not_stop_the_quadrant_above_from_holding():
    book = sheet(("Nelikenttä", "Lappu"), ("Vahvuudet", "aika"), (None, "hyvä\nhenki"))
    (part,) = guess_workshop(book).plan.sheets
    for whole in (False, True):
        reading = read_workshop(book, WorkshopPlan((replace(part, whole=whole),)))
        assert {note.attributes["quadrant"] for note in reading.notes} == {"strengths"}
    assert [note.text for note in reading.notes] == ["aika", "hyvä\nhenki"]


def test_a_table_of_a_sheet_has_titles_of_its_own_whatever_another_calls_them():
    first = (("Pöytä 1",), ("Vahvuus", "Heikkous"), ("aika", "kiire"), ("Mahdollisuus", "Uhka"))
    second = (("Pöytä 2",), ("Vahvuudet", "Heikkoudet"), ("rauha", "melu"))
    book = sheet(*first, ("etätyö", "raha"), *second, ("Mahdollisuudet", "Uhat"), ("tuki", "uhka"))
    reading = read_workshop(book, guess_workshop(book).plan)
    assert {(n.attributes["table"], n.attributes["quadrant"], n.text) for n in reading.notes} == {
        ("Pöytä 1", "strengths", "aika"),
        ("Pöytä 1", "weaknesses", "kiire"),
        ("Pöytä 1", "opportunities", "etätyö"),
        ("Pöytä 1", "threats", "raha"),
        ("Pöytä 2", "strengths", "rauha"),
        ("Pöytä 2", "weaknesses", "melu"),
        ("Pöytä 2", "opportunities", "tuki"),
        ("Pöytä 2", "threats", "uhka"),
    }
    assert reading.outside == ()


def test_words_of_quadrants_side_by_side_under_their_own_titles_are_notes():
    book = sheet(
        ("Vahvuudet", "Heikkoudet"),
        ("aika", "kiire"),
        ("Mahdollisuudet", "Uhat"),
        ("mahdollisuus", "uhka 1"),
    )
    reading = read_workshop(book, guess_workshop(book).plan)
    assert [n.text for n in reading.notes] == ["aika", "kiire", "mahdollisuus", "uhka 1"]


def test_a_list_whose_headers_say_so_is_a_list_though_a_note_is_a_quadrants_word():
    book = sheet(
        ("Pöytä", "Nelikenttä", "Lappu"),
        (1, "Vahvuus", "aika"),
        (1, "Uhka", "raha"),
        (2, "S", "rauha"),
        (2, "Heikkoudet", "uhka"),
    )
    reading = read_workshop(book, guess_workshop(book).plan)
    assert [(n.text, n.attributes["quadrant"]) for n in reading.notes] == [
        ("aika", "strengths"),
        ("raha", "threats"),
        ("rauha", "strengths"),
        ("uhka", "weaknesses"),
    ]


def test_a_quadrants_word_right_under_its_title_is_a_note_though_the_title_is_alike():
    book = sheet(
        ("vahvuus", "heikkous", "mahdollisuus", "uhka"),
        ("aika", "kiire", "tuki", "raha"),
        (None, None, None, "uhka"),
        (None, None, None, "laki"),
    )
    reading = read_workshop(book, guess_workshop(book).plan)
    threats = [n.text for n in reading.notes if n.attributes["quadrant"] == "threats"]
    assert threats == ["raha", "uhka", "laki"]
    assert len(reading.notes) == 6


def test_titles_of_one_column_that_come_again_are_titles_again():
    cells = ("vahvuus", "aika", "uhka", "kiire", "vahvuus", "rauha", "uhka", "melu")
    book = sheet(*((cell,) for cell in cells))
    reading = read_workshop(book, WorkshopPlan((SheetOfNotes("Sheet", WorkshopLayout.GRID),)))
    assert [(n.text, n.attributes["quadrant"]) for n in reading.notes] == [
        ("aika", "strengths"),
        ("kiire", "threats"),
        ("rauha", "strengths"),
        ("melu", "threats"),
    ]


def test_a_heading_with_notes_of_its_own_is_not_the_title_of_all():
    reading = read_pasted_notes("# Palaute\nHyvä päivä\n# Vahvuudet\naika\n# Uhat\nraha\n")
    assert [dict(note.attributes) for note in reading.notes] == [
        {"group": "Palaute"},
        {"quadrant": "strengths"},
        {"quadrant": "threats"},
    ]


def test_a_title_over_the_heading_of_a_table_is_the_title_of_all():
    text = "# Muistiinpanot\n## Pöytä 1\n### Vahvuudet\naika\n**Pöytä 2**\n### Uhat\nraha\n"
    marks = str.maketrans("", "", "#*")
    for written, shown in ((text, ()), (text.translate(marks), text.translate(marks).split("\n"))):
        lines = {line.strip() for line in shown} - {"aika", "raha"}
        reading = read_pasted_notes(written, shown=lines)
        assert [dict(note.attributes) for note in reading.notes] == [
            {"quadrant": "strengths", "table": "Pöytä 1"},
            {"quadrant": "threats", "table": "Pöytä 2"},
        ]
        assert [doubt.guess for doubt in reading.doubts] == [THE_TITLE]
