"""What facilitators really bring: odd headings, joined cells, languages, pictures, tool exports."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from qualcode.domain.documents import DocumentKind, SourceKind
from qualcode.readers.recognising import recognise
from qualcode.readers.sheets import open_workbook
from qualcode.readers.workshop import (
    Mended,
    WorkshopLayout,
    WorkshopPlan,
    guess_workshop,
    mend,
    read_observations,
    read_pasted_list,
    read_pasted_notes,
    read_workshop,
)
from qualcode.texts import gettext_for
from tests.readers.test_workshop import by_quadrant, read, workbook

FINNISH = gettext_for("fi")


def told(reading) -> str:
    return "\n".join(problem.message(FINNISH) for problem in reading.problems)


def test_notes_under_a_fifth_heading_are_kept_under_it_and_told():
    book = workbook(
        ["Vahvuudet", "Heikkoudet", "Mahdollisuudet", "Uhat", "Kehitettävää"],
        ["oma ohjaaja", "kiire", "yhteistyö", "raha loppuu", "kirjaaminen"],
    )
    reading = read(book)
    assert by_quadrant(reading)["threats"] == ["raha loppuu"]
    fifth = reading.notes[-1]
    assert (fifth.text, fifth.attributes) == ("kirjaaminen", {"group": "Kehitettävää"})
    assert reading.headings == ("Kehitettävää",)
    assert "Kehitettävää" in told(reading)


def test_a_person_says_which_quadrant_a_fifth_heading_means():
    book = workbook(
        ["Vahvuudet", "Haasteet", "Uhat"],
        ["aika", "kiire", "raha"],
    )
    (part,) = guess_workshop(book).plan.sheets
    meant = replace(part, headings={"Haasteet": "weaknesses"})
    reading = read_workshop(book, WorkshopPlan((meant,)))
    assert by_quadrant(reading) == {
        "strengths": ["aika"],
        "weaknesses": ["kiire"],
        "threats": ["raha"],
    }
    assert "Haasteet" not in told(reading)


def test_a_note_joined_over_two_quadrants_is_read_once_and_told():
    book = workbook(
        ["Vahvuudet", "Heikkoudet", "Uhat"],
        ["aika ja kiire", None, "raha"],
        merge=["A2:B2"],
    )
    reading = read(book)
    assert by_quadrant(reading) == {"strengths": ["aika ja kiire"], "threats": ["raha"]}
    assert any(p.row == 2 and p.column == "A" for p in reading.problems)


def test_tables_told_in_a_column_beside_the_quadrants_are_those_of_their_rows():
    book = workbook(
        ["Työpaja 12.3. SWOT", None, None, None, None],
        ["Pöytä", "Vahvuudet", "Heikkoudet", "Mahdollisuudet", "Uhat"],
        ["Pöytä 1", "aika", "kiire", "yhteistyö", "raha"],
        [None, "tuttuus", None, None, "vaihtuvuus"],
        ["Ohjaajat", "henki", None, "koulutus", None],
        merge=["A1:E1", "A3:A4"],
    )
    reading = read(book)
    assert by_quadrant(reading) == {
        "strengths": ["aika", "tuttuus", "henki"],
        "weaknesses": ["kiire"],
        "opportunities": ["yhteistyö", "koulutus"],
        "threats": ["raha", "vaihtuvuus"],
    }
    tables = {note.text: note.attributes["table"] for note in reading.notes}
    assert (tables["tuttuus"], tables["koulutus"]) == ("Pöytä 1", "Ohjaajat")


def test_a_table_named_on_a_row_of_its_own_still_holds_for_the_grid_below_it():
    book = workbook(
        [None, "Vahvuudet", "Uhat"],
        ["Pöytä 1", None, None],
        [None, "aika", "raha"],
        ["Pöytä 2", None, None],
        [None, "Vahvuudet", "Uhat"],
        [None, "henki", "kiire"],
    )
    assert by_quadrant(read(book))["threats"][-1:] == ["kiire"]
    assert read(book).notes[-1].attributes["table"] == "Pöytä 2"


def test_an_empty_quadrant_of_a_pasted_text_is_told():
    reading = read_pasted_notes("Vahvuudet\naika\nHeikkoudet:\nUhat\nraha\n")
    assert told(reading) == "Kentässä ”Heikkoudet” ei ole lappuja."


def test_a_joined_table_cell_holds_for_all_of_its_rows():
    book = workbook(
        ["Pöytä", "SWOT", "Lappu"],
        ["Pöytä 1", "Vahvuudet", "aika"],
        [None, "Heikkoudet", "kiire"],
        ["Pöytä 2", "Uhat", "raha"],
        merge=["A2:A3"],
    )
    assert [n.attributes["table"] for n in read(book).notes] == ["Pöytä 1", "Pöytä 1", "Pöytä 2"]


def test_three_languages_on_one_sheet_meet_in_the_same_quadrants():
    reading = read(
        workbook(
            ["Pöytä 1", None],
            ["Vahvuudet", "Heikot puolet"],
            ["oma ohjaaja", "kiire"],
            ["Bord 2", None],
            ["Styrkor", "Svaga sidor"],
            ["egen handledare", "brådska"],
            ["Table 3", None],
            ["Strengths", "Weaknesses"],
            ["a worker of one's own", "hurry"],
        )
    )
    assert by_quadrant(reading) == {
        "strengths": ["oma ohjaaja", "egen handledare", "a worker of one's own"],
        "weaknesses": ["kiire", "brådska", "hurry"],
    }


def test_letters_name_the_quadrants_of_a_list():
    reading = read(workbook(["SWOT", "Lappu"], ["S", "aika"], ["W", "kiire"], ["Uhat", "raha"]))
    assert by_quadrant(reading) == {
        "strengths": ["aika"],
        "weaknesses": ["kiire"],
        "threats": ["raha"],
    }


def test_pictures_pasted_into_cells_are_told_with_their_place():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Vahvuudet", "Heikkoudet"],
        ["aika", None],
        ["Uhat", "Mahdollisuudet"],
        ["raha", "tuki"],
    ):
        sheet.append(row)
    drawn = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(drawn, "PNG")
    drawn.seek(0)
    sheet.add_image(Image(drawn), "B2")
    packed = io.BytesIO()
    book.save(packed)
    reading = read(open_workbook(packed.getvalue(), "laput.xlsx"))
    pictures = [p for p in reading.problems if "kuva" in p.message(FINNISH).casefold()]
    assert [(p.row, p.column) for p in pictures] == [(2, "B")]
    assert "Heikkoudet" in told(reading)


def test_two_thousand_notes_all_come():
    rows = [["Pöytä", "SWOT", "Lappu"]]
    rows += [[f"Pöytä {n % 8 + 1}", "Uhat", f"lappu {n}"] for n in range(2000)]
    assert len(read(workbook(*rows)).notes) == 2000


def test_a_swot_drawn_in_word_as_a_table():
    document = docx.Document()
    document.add_paragraph("Työpaja 6.9.")
    table = document.add_table(2, 2)
    for cell, words in zip(
        [cell for row in table.rows for cell in row.cells],
        [
            "VAHVUUDET\n- aika\n- tuki",
            "HEIKKOUDET\n- kiire",
            "MAHDOLLISUUDET\n- raha",
            "UHAT\n- ei",
        ],
        strict=True,
    ):
        cell.text = words
    packed = io.BytesIO()
    document.save(packed)
    recognised = recognise(packed.getvalue(), "swot.docx")
    assert recognised.kind is SourceKind.WORKSHOP
    assert recognised.choices == (SourceKind.TEXT, SourceKind.WORKSHOP)
    reading = read(recognised.workbook)
    assert by_quadrant(reading)["strengths"] == ["aika", "tuki"]
    assert by_quadrant(reading)["opportunities"] == ["raha"]


# --- sticky notes. The headers are those the tools are known to use, not of a real export. --------


def test_a_padlet_export_keeps_subject_and_body_of_one_post_together():
    book = open_workbook(
        b"Subject,Body,Attachment,Author,Section,Created At\n"
        b'Ohjaaja,"oma ohjaaja\nauttaa",,Aino Keksitty,Vahvuudet,2026-09-06\n'
        b",kiire,,Aino Keksitty,Heikkoudet,2026-09-06\n",
        "padlet.csv",
    )
    reading = read(book)
    assert by_quadrant(reading) == {
        "strengths": ["Ohjaaja\noma ohjaaja\nauttaa"],
        "weaknesses": ["kiire"],
    }
    assert reading.dropped_cells == 2


def test_a_mural_export_without_areas_is_read_by_where_the_notes_lie():
    book = open_workbook(
        b"ID,Text,BG Color,Type,Position X,Position Y,Created By\n"
        b"1,Vahvuudet,#fff,text,0,0,Aino\n"
        b"2,Uhat,#fff,text,1000,0,Aino\n"
        b"3,aika,#ff0,sticky note,40,120,Aino\n"
        b"4,raha loppuu,#ff0,sticky note,1010,200,Aino\n",
        "mural.csv",
    )
    guess = guess_workshop(book)
    assert guess.plan.sheets[0].layout is WorkshopLayout.LIST
    reading = read_workshop(book, guess.plan)
    assert by_quadrant(reading) == {"strengths": ["aika"], "threats": ["raha loppuu"]}
    assert "taululla" in told(reading)


def test_a_miro_export_by_frames():
    book = open_workbook(
        b"Vahvuudet\naika\ntuki\nHeikkoudet\nkiire\nMahdollisuudet\nraha\nUhat\nei\n", "miro.csv"
    )
    assert by_quadrant(read(book))["strengths"] == ["aika", "tuki"]


def test_a_flinga_wall_with_colours_and_writers():
    book = open_workbook(
        "Teksti;Väri;Tekijä;X;Y\naika;keltainen;Aino;1;2\nkiire;punainen;Aino;3;4\n".encode(),
        "flinga.csv",
    )
    reading = read(book)
    assert [n.attributes for n in reading.notes] == [{"group": "keltainen"}, {"group": "punainen"}]
    assert reading.dropped_cells == 2


# --- other notes of the day ----------------------------------------------------------------------


def test_observations_are_itemised_with_what_was_observed():
    reading = read_observations(
        "Havainnoija 2\n\nVuorovaikutus: Kokeneet neuvovat uusia. Uudet kysyvät lupaa!\n"
        "Pöytä 3: Nauretaan paljon, esim. Digistä.\n",
        file="havainnot.txt",
    )
    assert [(n.text, n.attributes.get("target", "")) for n in reading.notes[1:]] == [
        ("Kokeneet neuvovat uusia.", "Vuorovaikutus"),
        ("Uudet kysyvät lupaa!", "Vuorovaikutus"),
        ("Nauretaan paljon, esim. Digistä.", ""),
    ]
    assert reading.notes[3].attributes["table"] == "Pöytä 3"
    assert {n.attributes["observer"] for n in reading.notes} == {"Havainnoija 2"}
    assert {n.kind for n in reading.notes} == {DocumentKind.OBSERVATION}


def test_a_sheet_of_observations_names_target_and_observer():
    reading = read(
        workbook(
            ["Kohde", "Havainto", "Havainnoija"],
            ["kuunteleminen", "hiljaista odotettiin", "kirjaaja"],
        )
    )
    (note,) = reading.notes
    assert note.kind is DocumentKind.OBSERVATION
    assert note.attributes == {"target": "kuunteleminen", "observer": "kirjaaja"}


def test_expectations_of_the_flipchart_answer_the_question_above_them():
    reading = read_pasted_list(
        "Mitä odotuksia on päivälle?\n- uutta tietoa\n- verkostoja\n", DocumentKind.EXPECTATION
    )
    assert [n.attributes["question"] for n in reading.notes] == ["Mitä odotuksia on päivälle?"] * 2


def test_a_role_note_line_parts_the_picture_from_what_it_stands_for():
    reading = read_pasted_list(
        "Mikä innostaa tässä työssä?\nkompassi: suunnan näyttämistä\n", DocumentKind.ROLE_NOTE
    )
    (note,) = reading.notes
    assert (note.text, note.attributes["picture"]) == ("suunnan näyttämistä", "kompassi")


def test_what_a_person_mends_is_mended_and_the_rest_left_alone():
    reading = read(workbook(["Vahvuudet", "Uhat"], ["pitkä ajatus", "raha"], ["jatkuu", None]))
    mended = mend(
        reading,
        {1: Mended(joined=True), 2: Mended(where={"quadrant": "weaknesses", "table": "Pöytä 1"})},
    )
    assert by_quadrant(mended) == {
        "strengths": ["pitkä ajatus\njatkuu"],
        "weaknesses": ["raha"],
    }
    assert mended.notes[1].attributes["table"] == "Pöytä 1"
    assert len(mend(reading, {0: Mended(left_out=True)}).notes) == 2


def test_a_text_outside_the_quadrants_is_not_lost_but_taken_in_by_a_person():
    book = workbook(["Muista myös kahvi", None], ["Vahvuudet", "Uhat"], ["aika", "raha"])
    reading = read(book)
    assert [note.text for note in reading.outside] == ["Muista myös kahvi"]
    assert len(mend(reading, {}).notes) == 2
    taken = mend(reading, {2: Mended({"quadrant": "threats"}, taken=True)})
    assert by_quadrant(taken)["threats"] == ["raha", "Muista myös kahvi"]


PASTED = """Vahvuudet:
oma ohjaaja
Uhat:
raha loppuu

Kehitettävää:
kirjaaminen
Aikaa on vähän: kaikki kiireessä
"""


def pasted(text, headings=None):
    reading = read_pasted_notes(text, headings=headings or {})
    return reading, [(note.text, dict(note.attributes)) for note in reading.notes]


def test_a_fifth_heading_of_a_pasted_text_is_no_note_of_the_quadrant_above():
    reading, notes = pasted(PASTED)
    assert notes == [
        ("oma ohjaaja", {"quadrant": "strengths"}),
        ("raha loppuu", {"quadrant": "threats"}),
        ("kirjaaminen", {"group": "Kehitettävää"}),
        ("Aikaa on vähän: kaikki kiireessä", {"group": "Kehitettävää"}),
    ]
    assert reading.headings == ("Kehitettävää",)
    assert "Kehitettävää" in told(reading)


def test_a_person_says_what_such_a_line_of_a_text_is():
    meant, notes = pasted(PASTED, {"Kehitettävää": "weaknesses"})
    assert notes[2][1] == {"quadrant": "weaknesses"}
    assert not told(meant)
    _reading, notes = pasted(PASTED, {"Kehitettävää": "note"})
    assert [text for text, _ in notes][2:4] == ["Kehitettävää:", "kirjaaminen"]
    assert {where["quadrant"] for _, where in notes[1:]} == {"threats"}


def test_a_heading_set_alone_is_seen_where_the_quadrants_stand_so():
    text = "Vahvuudet\naika\n\nUhat\nraha\nkiire\n\nMuuta huomattavaa\nkahvi oli hyvää\n"
    _reading, notes = pasted(text)
    assert notes[-1] == ("kahvi oli hyvää", {"group": "Muuta huomattavaa"})


def test_a_heading_of_nothing_and_a_short_note_among_others_stay_notes():
    for text in ("Uhat\nraha\nKehitettävää:\n", "Vahvuudet\naika\nUhat\nRaha\nkiire\n"):
        reading, notes = pasted(text)
        assert reading.headings == ()
        assert notes[-1][1] == {"quadrant": "threats"}
    assert pasted("kahvi:\noli hyvää")[0].headings == (), "without quadrants there is no fifth"


def word_notes(*blocks, heading):
    """A Word document of headings with notes under them, each heading written by ``heading``."""
    document = docx.Document()
    for title, notes in blocks:
        heading(document, title)
        for note in notes:
            document.add_paragraph(note, style="List Bullet")
    kept = io.BytesIO()
    document.save(kept)
    return recognise(kept.getvalue(), "ilta.docx")


def styled(document, title):
    document.add_heading(title, 2)


def in_bold(document, title):
    document.add_paragraph().add_run(title).bold = True


def plainly(document, title):
    document.add_paragraph(title)


SWOT_IN_WORD = (("Vahvuudet", ["aika"]), ("Heikkoudet", []), ("Uhat", ["raha"]))


@pytest.mark.parametrize("heading", [styled, in_bold])
def test_a_fifth_heading_in_word_is_no_note_of_the_quadrant_above(heading):
    found = word_notes(*SWOT_IN_WORD, ("Kehitettävää", ["kirjaus"]), heading=heading)
    assert found.kind is SourceKind.WORKSHOP
    reading = read_pasted_notes(found.text.text, shown=found.text.titles)
    assert [(note.text, dict(note.attributes)) for note in reading.notes] == [
        ("aika", {"quadrant": "strengths"}),
        ("raha", {"quadrant": "threats"}),
        ("kirjaus", {"group": "Kehitettävää"}),
    ]
    assert "Kehitettävää" in told(reading)


def test_a_line_that_word_shows_like_any_other_stays_a_note():
    found = word_notes(*SWOT_IN_WORD, ("Kehitettävää", ["kirjaus"]), heading=plainly)
    reading = read_pasted_notes(found.text.text, shown=found.text.titles)
    assert reading.headings == ()
    assert [note.text for note in reading.notes] == ["aika", "raha", "Kehitettävää", "kirjaus"]


def test_a_picture_in_a_word_table_is_told_with_its_place():
    document = docx.Document()
    table = document.add_table(2, 2)
    for column, title in enumerate(("Vahvuudet", "Uhat")):
        table.cell(0, column).text = title
    table.cell(1, 0).text = "aika"
    drawn = io.BytesIO()
    Picture.new("RGB", (8, 8), "red").save(drawn, "PNG")
    table.cell(1, 1).paragraphs[0].add_run().add_picture(drawn)
    kept = io.BytesIO()
    document.save(kept)
    reading = read(recognise(kept.getvalue(), "ilta.docx").workbook)
    pictures = [p for p in reading.problems if "kuva" in p.message(FINNISH).casefold()]
    assert [(p.row, p.column) for p in pictures] == [(2, "B")]
