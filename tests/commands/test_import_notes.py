"""The command ``import`` on notes of a workshop: nobody is there to confirm a guess."""

from __future__ import annotations

import docx
import openpyxl
import pytest

from qualcode.bootstrap import open_store
from qualcode.commands import main
from qualcode.domain.documents import Document


@pytest.fixture
def brought(tmp_path, capsys):
    """``brought(file)`` -> (the notes as (text, attributes), what was said of them), in Finnish."""

    def command(file):
        study = tmp_path / "tutkimus.qualcode"
        main(["import", str(file), "--study", str(study), "--language", "fi"])
        store = open_store(study)
        with store.reading() as reading:
            found = [(one.text, dict(one.attributes)) for one in reading.find(Document)]
        store.close()
        return found, capsys.readouterr().err

    return command


def test_a_title_of_the_notes_comes_in_as_a_note_and_still_tells_the_table(brought, tmp_path):
    file = tmp_path / "ilta.txt"
    file.write_text("Muistiinpanot, pöytä 2\nVahvuudet\naika\nUhat\nraha\n", encoding="utf-8")
    notes, said = brought(file)
    assert [text for text, _ in notes] == ["Muistiinpanot, pöytä 2", "aika", "raha"]
    assert {attributes["table"] for _, attributes in notes} == {"Pöytä 2"}
    assert "”Muistiinpanot, pöytä 2” näyttää muistiinpanojen otsikolta" in said
    assert "yltä" not in said
    assert "Mitään ei kadonnut" not in said


def test_text_around_a_word_table_is_told_to_be_left_out(brought, tmp_path):
    file = tmp_path / "ilta.docx"
    document = docx.Document()
    document.add_paragraph("Pöydän 2 ajatuksia")
    table = document.add_table(2, 2)
    cells = ("Vahvuudet\naika", "Heikkoudet\nkiire", "Mahdollisuudet\netätyö", "Uhat\nraha")
    for n, text in enumerate(cells):
        table.cell(n // 2, n % 2).text = text
    document.add_paragraph("Unohtui: tilat ovat ahtaat")
    document.save(file)
    notes, said = brought(file)
    assert [text for text, _ in notes] == ["aika", "kiire", "etätyö", "raha"]
    assert "tekstiä ei luettu: ”Pöydän 2 ajatuksia Unohtui: tilat ovat ahtaat”" in said


def test_a_sheet_without_recognised_notes_is_told_to_be_left_out(brought, tmp_path):
    file = tmp_path / "ilta.xlsx"
    book = openpyxl.Workbook()
    for row in (("Vahvuudet", "Uhat"), ("aika", "raha")):
        book.active.append(row)
    book.create_sheet("Muuta").append(("tilat ovat ahtaat",))
    book.save(file)
    _notes, said = brought(file)
    assert "Sivulta Muuta ei tunnistettu lappuja" in said
    assert "”tilat ovat ahtaat”" in said
