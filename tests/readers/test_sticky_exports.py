"""Invented exports of sticky-note tools, in the shapes the tools are known to give: none is real.

One note a row with its colour, frame, tags, place and writer; frames one after another; frames as
columns.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from qualcode.readers.sheets import open_workbook
from qualcode.readers.workshop import (
    NoteColumn,
    WorkshopLayout,
    guess_workshop,
    read_workshop,
)

WHO, WHEN = "Aino Keksitty", "2026-09-06T18:01:00Z"


def as_csv(name, *rows, delimiter=","):
    kept = io.StringIO()
    csv.writer(kept, delimiter=delimiter).writerows(rows)
    return open_workbook(b"\xef\xbb\xbf" + kept.getvalue().encode(), name)


def as_excel(name, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return open_workbook(kept.getvalue(), name)


def read(book, **headings):
    plan = guess_workshop(book).plan
    if headings:
        plan = replace(plan, sheets=tuple(replace(s, headings=headings) for s in plan.sheets))
    return read_workshop(book, plan)


def told(reading):
    return [(note.text, note.attributes.get("quadrant", "")) for note in reading.notes]


def names_in(reading):
    return [n for n in reading.notes if "Keksitty" in f"{n.text} {n.attributes}"]


MURAL = ["ID", "Text", "BG Color", "Position X", "Position Y", "Last Updated By", "Last Updated",
         "Area", "Link to", "Tags"]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_excel])
def test_mural_one_note_a_row_in_named_areas(write):
    reading = read(write(
        "mural.csv" if write is as_csv else "mural.xlsx", MURAL,
        ["0-1", "oma ohjaaja\nauttaa", "#FCFE7D", "120", "40", WHO, WHEN, "Vahvuudet", "", "iso"],
        ["0-2", "kiire", "#FCFE7D", "1900", "44", WHO, WHEN, "Heikkoudet", "", ""],
        ["0-3", "irrallinen", "#FCFE7D", "90", "9000", "Visitor", WHEN, "", "", ""],
    ))  # fmt: skip
    assert told(reading) == [
        ("oma ohjaaja\nauttaa", "strengths"),
        ("kiire", "weaknesses"),
        ("irrallinen", ""),
    ]
    assert not names_in(reading) and reading.dropped_cells == 3
    assert not {WHEN, "120"} & set(reading.notes[0].attributes.values())


def test_a_frame_that_names_the_table_and_the_quadrant_gives_both():
    reading = read(as_csv(
        "miro.csv", ["Text", "Frame", "Color", "Author"],
        ["aika", "Pöytä 1 - Vahvuudet", "yellow", "Aino Keksitty"],
        ["kiire", "Heikkoudet (pöytä 2)", "yellow", "Aino Keksitty"],
        ["raha", "Uhat, pöytä 2, kierros 1", "yellow", "Aino Keksitty"],
    ))  # fmt: skip
    assert told(reading) == [("aika", "strengths"), ("kiire", "weaknesses"), ("raha", "threats")]
    assert [n.attributes["table"] for n in reading.notes] == ["Pöytä 1", "Pöytä 2", "Pöytä 2"]
    assert reading.notes[2].attributes["round"] == "Kierros 1"


def test_miro_frames_one_after_another_under_the_name_of_the_board():
    reading = read(as_csv(
        "taulu.csv", ["Syystyöpaja"], [], ["Vahvuudet"], ["oma ohjaaja", "iso"], ["aika"], [],
        ["Heikkoudet"], ["kiire"], [], ["Mahdollisuudet"], ["yhteistyö"], [], ["Uhat"], ["raha"],
    ))  # fmt: skip
    found = dict(told(reading))
    assert found["oma ohjaaja"] == found["aika"] == "strengths"
    assert (found["kiire"], found["yhteistyö"], found["raha"]) == (
        "weaknesses",
        "opportunities",
        "threats",
    )
    assert "Syystyöpaja" not in found


def test_miro_frames_side_by_side():
    reading = read(as_csv(
        "taulu.csv", ["Vahvuudet", "Heikkoudet", "Mahdollisuudet", "Uhat"],
        ["oma ohjaaja", "kiire", "yhteistyö", "raha"], ["aika", "", "", ""],
    ))  # fmt: skip
    assert dict(told(reading))["aika"] == "strengths"


PADLET = ["Post ID", "Section", "Subject", "Body", "Attachment", "Author", "Author username",
          "Created at", "Updated at", "Reactions", "Comments"]  # fmt: skip


def test_padlet_posts_in_sections_with_their_subject_and_body_and_without_people():
    reading = read(as_excel(
        "padlet.xlsx", ["Syystyöpajan seinä"], [], PADLET,
        ["p1", "Vahvuudet", "Ohjaaja", "oma ja tuttu", "", WHO, "ainok",
         WHEN, WHEN, "3", "Olli Keksitty: samaa mieltä"],
        ["p2", "Uhat", "", "raha loppuu", "kuva.png", "Anonymous", "", WHEN, WHEN, "0", ""],
    ))  # fmt: skip
    assert told(reading) == [("Ohjaaja\noma ja tuttu", "strengths"), ("raha loppuu", "threats")]
    assert not names_in(reading)


@pytest.mark.parametrize(
    "header",
    [
        ["Teksti", "Väri", "Tekijä", "X", "Y", "Luotu", "Tykkäykset"],
        ["text", "color", "author", "x", "y", "created", "likes"],
        ["Content", "Colour", "User", "Position X", "Position Y", "Timestamp", "Votes"],
    ],
)
def test_flinga_colours_are_offered_as_quadrants_and_nobody_is_named(header):
    rows = (
        ["aika", "green", "Aino Keksitty", "10", "20", "6.9.2026 18:00", "2"],
        ["kiire", "red", "Aino Keksitty", "30", "20", "6.9.2026 18:01", "0"],
        ["tuki", "green", "", "11", "25", "6.9.2026 18:02", "1"],
    )
    book = as_csv("flinga.csv", header, *rows, delimiter=";")
    reading = read(book)
    assert told(reading) == [("aika", ""), ("kiire", ""), ("tuki", "")]
    assert not names_in(reading)
    assert reading.headings == ("green", "red")
    meant = read(book, green="strengths", red="weaknesses")
    assert told(meant) == [("aika", "strengths"), ("kiire", "weaknesses"), ("tuki", "strengths")]


def test_the_columns_of_a_tool_are_known_and_their_rows_are_whole_notes():
    book = as_csv(
        "mural.csv", MURAL, ["1", "a\nb", "#fff", "1", "2", "Aino", "t", "Vahvuudet", "", "x"]
    )
    (sheet,) = guess_workshop(book).plan.sheets
    assert sheet.layout is WorkshopLayout.LIST and sheet.whole
    roles = dict(zip(MURAL, sheet.columns, strict=True))
    assert roles["Text"] is NoteColumn.NOTE
    assert roles["Area"] is NoteColumn.QUADRANT
    assert roles["Last Updated By"] is NoteColumn.IDENTIFYING
    assert roles["Last Updated"] is roles["ID"] is roles["Link to"] is NoteColumn.IGNORE
