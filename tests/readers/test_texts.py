"""Interviews and diaries: the words in order, the speakers, and clear refusals."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from qualcode.domain.errors import (
    DamagedFile,
    EmptyFile,
    ProtectedFile,
    SuspiciousArchive,
    UnknownFileType,
    WrongFileType,
)
from qualcode.readers.files import MEGABYTE
from qualcode.readers.texts import TextPlan, TextUnit, likely_interviewers, open_text, read_text
from qualcode.texts import gettext_for
from tests.readers.test_sheets import OLE, xlsx

INTERVIEW = """Haastattelu 3, keksitty

H: Miten apu tuli?
V1: No se tuli ajallaan.
Siis melkein aina.

H: Entä sinulla?
V2: En tiedä.
Huom: nauhoite katkeaa
"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(build) -> bytes:
    made = docx.Document()
    build(made)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def test_a_text_is_kept_as_it_was_written():
    opened = open_text("Äiti  sanoi:\r\n\tei\r\n".encode("cp1252"), "paiva.txt")
    assert (opened.text, opened.title, opened.encoding) == (
        "Äiti  sanoi:\n\tei\n",
        "paiva",
        "cp1252",
    )
    assert [opened.text[p.start : p.end] for p in opened.paragraphs] == ["Äiti  sanoi:", "\tei"]


def test_speakers_are_found_and_counted():
    opened = open_text(INTERVIEW.encode(), "h.txt")
    assert opened.speakers == {"H": 2, "V1": 1, "V2": 1}
    assert likely_interviewers(opened.speakers) == {"H"}


@pytest.mark.parametrize(
    "line",
    [
        "[00:01:02] Aino: Hei",
        "00:01:02 Aino: Hei",
        "#00:01:02-5# Aino: Hei",
        "Aino [00:01:02]: Hei",
        "Aino\tHei",
    ],
)
def test_speakers_with_timestamps_and_in_tables(line):
    opened = open_text(f"{line}\nV1: Hei\n{line}\n".encode(), "h.txt")
    assert opened.speakers == {"Aino": 2, "V1": 1}
    reading = read_text(opened, TextPlan(TextUnit.TURN))
    assert [document.text for document in reading.documents] == ["Hei"] * 3


def test_a_colon_in_prose_makes_no_speaker():
    opened = open_text("Opin yhden asian: apua saa pyytää.\nTärkeintä: aika.\n".encode(), "p.txt")
    assert opened.speakers == {}


def test_turns_without_the_marks_and_with_the_interviewer_marked():
    opened = open_text(INTERVIEW.encode(), "h.txt")
    reading = read_text(opened, TextPlan(TextUnit.TURN, frozenset({"H"})))
    assert [(d.attributes, d.text, d.set_aside, d.provenance.row) for d in reading.documents] == [
        ({}, "Haastattelu 3, keksitty", False, 1),
        ({"speaker": "H", "interviewer": "yes"}, "Miten apu tuli?", False, 3),
        ({"speaker": "V1"}, "No se tuli ajallaan.\nSiis melkein aina.", False, 4),
        ({"speaker": "H", "interviewer": "yes"}, "Entä sinulla?", False, 7),
        ({"speaker": "V2"}, "En tiedä.\nHuom: nauhoite katkeaa", False, 8),
    ]


def test_one_document_or_one_a_paragraph():
    opened = open_text(INTERVIEW.encode(), "h.txt")
    whole = read_text(opened, TextPlan()).documents
    assert [document.text for document in whole] == [INTERVIEW]
    paragraphs = read_text(opened, TextPlan(TextUnit.PARAGRAPH)).documents
    assert [document.provenance.row for document in paragraphs] == [1, 3, 4, 5, 7, 8, 9]


def test_turns_of_a_text_without_speakers_are_its_paragraphs():
    reading = read_text(open_text(b"yksi\n\nkaksi\n", "p.txt"), TextPlan(TextUnit.TURN))
    assert [document.text for document in reading.documents] == ["yksi", "kaksi"]
    assert "Puhujia ei löytynyt" in reading.problems[0].message(gettext_for("fi"))


def test_a_word_document_in_reading_order():
    def build(made):
        made.core_properties.title = "Ryhmä 1"
        made.add_paragraph("Alku").add_run("\njatkuu\tsarkain")
        table = made.add_table(rows=2, cols=2)
        for row, texts in zip(table.rows, (["H", "Miten meni?"], ["V1", "Hyvin."]), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        made.add_paragraph("Loppu")

    opened = open_text(document(build), "r.docx")
    assert opened.title == "Ryhmä 1"
    assert opened.text == "Alku\njatkuu\tsarkain\nH\tMiten meni?\nV1\tHyvin.\nLoppu"
    assert opened.speakers == {"H": 1, "V1": 1}


def test_tracked_and_controlled_words_are_not_lost():
    def build(made):
        paragraph = made.add_paragraph("Apu ")
        for xml in (
            f"<w:ins {W}><w:r><w:t>tuli</w:t></w:r></w:ins>",
            f"<w:del {W}><w:r><w:delText>ei tullut</w:delText></w:r></w:del>",
        ):
            paragraph._p.append(parse_xml(xml))
        made.element.body.insert(
            0,
            parse_xml(
                f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Otsikko</w:t></w:r></w:p>"
                "</w:sdtContent></w:sdt>"
            ),
        )

    opened = open_text(document(build), "m.docx")
    assert opened.text == "Otsikko\nApu tuli"
    assert [problem.values for problem in opened.problems] == [{"inserted": 1, "deleted": 1}]


@pytest.mark.parametrize(
    "data, file, error",
    [
        (b"", "h.txt", EmptyFile),
        (b" \n\n", "h.txt", EmptyFile),
        (document(lambda made: None), "h.docx", EmptyFile),
        (b"%PDF-1.4", "h.docx", WrongFileType),
        (b"%PDF-1.4", "h.txt", WrongFileType),
        (xlsx(["id"]), "h.docx", WrongFileType),
        (OLE + "WordDocument".encode("utf-16-le"), "h.docx", WrongFileType),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "h.docx", ProtectedFile),
        (bytes(1000), "h.txt", WrongFileType),
        (b"hei", "h.doc", UnknownFileType),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(data, file, error):
    with pytest.raises(error) as caught:
        open_text(data, file)
    assert file in caught.value.message(gettext_for("fi"))


def test_a_damaged_document_is_told_to_be_damaged():
    good = document(lambda made: made.add_paragraph("Hei"))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(packed, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item, content[:100] if item.filename == "word/document.xml" else content)
    with pytest.raises(DamagedFile):
        open_text(packed.getvalue(), "h.docx")


def test_a_packed_bomb_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (60 * MEGABYTE))
    with pytest.raises(SuspiciousArchive):
        open_text(packed.getvalue(), "h.docx")


def test_the_invented_group_interview(corpus):
    file = "ryhmahaastattelu.docx"
    opened = open_text((corpus / file).read_bytes(), file)
    assert likely_interviewers(opened.speakers) == {"H"}
    reading = read_text(opened, TextPlan(TextUnit.TURN, frozenset({"H"})))
    asked = [d for d in reading.documents if d.attributes.get("interviewer")]
    assert len(asked) == opened.speakers["H"]
