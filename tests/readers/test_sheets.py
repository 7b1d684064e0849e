"""Table files come in as a person sees them, and bad ones are refused with a clear reason."""

from __future__ import annotations

import csv
import datetime
import io
import re
import tracemalloc
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.domain.documents import normalise
from qualcode.domain.errors import (
    DamagedFile,
    EmptyFile,
    ProtectedFile,
    SuspiciousArchive,
    TooManyBytes,
    TooManyRows,
    UnknownEncoding,
    UnknownFileType,
    WrongFileType,
)
from qualcode.readers import files
from qualcode.readers.delimited import find_delimiter
from qualcode.readers.sheets import MAX_ROWS, open_workbook
from qualcode.texts import gettext_for

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def xlsx(*rows, merge=(), formats=None) -> bytes:
    """A workbook as Excel writes it, with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Vastaukset"
    for row in rows:
        sheet.append(row)
    for area in merge:
        sheet.merge_cells(area)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def first_sheet(data: bytes, file: str = "kysely.xlsx", **choices):
    return open_workbook(data, file, **choices).sheets[0]


def with_part(data: bytes, name: str, change) -> bytes:
    """The same package with one of its parts changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item.filename, change(content) if item.filename == name else content)
    return packed.getvalue()


# --- cells as a person sees them ---


def test_cells_are_text_as_they_are_shown():
    when = datetime.datetime(2026, 3, 1, 9, 30)
    data = xlsx(
        ["luku", "desimaali", "päivä", "aika", "postinumero", "koodi", "osuus", "totta"],
        [1.0, 0.1 + 0.2, datetime.date(2026, 3, 1), when, "00100", 7, 0.5, True],
        formats={"F2": "0000", "G2": "0%"},
    )
    assert first_sheet(data).rows[1] == [
        "1",
        "0.3",
        "2026-03-01",
        "2026-03-01 09:30:00",
        "00100",
        "0007",
        "50%",
        "TRUE",
    ]


def test_an_answer_is_never_coerced_into_a_number_or_a_date():
    written = ["1.2", "007", "1.3.2026", "=ei kaava", "+358", "1e5", "NaN"]
    data = xlsx(["a"] * len(written), written)
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.active["D2"].data_type = "s"
    packed = io.BytesIO()
    book.save(packed)
    assert first_sheet(packed.getvalue()).rows[1] == written


def test_row_numbers_are_those_of_excel_and_empty_rows_are_known():
    sheet = first_sheet(xlsx(["id", "vastaus"], ["1", "a"], [None, None], [None, None], ["2", "b"]))
    assert sheet.row_numbers == [1, 2, 5]
    assert list(sheet.empty_rows()) == [(3, 4)]


def test_a_wrong_dimension_does_not_cut_rows_off():
    data = xlsx(["id", "vastaus"], ["1", "apu"], ["2", "tuki"])
    cut = with_part(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', xml),
    )
    assert first_sheet(cut).rows[2] == ["2", "tuki"]


def test_characters_that_excel_escapes_come_back():
    data = xlsx(["vastaus"], ["rivi_x000D_\nuusi _x005F_x000D_"])
    assert first_sheet(data).rows[1] == ["rivi\r\nuusi _x000D_"]


def test_formulas_without_values_are_told_by_row_and_column():
    sheet = first_sheet(xlsx(["id", "summa"], ["1", "=1+1"], ["2", "3"]))
    assert sheet.rows[1] == ["1", ""]
    assert sheet.unread == {(2, 1): "=1+1"}
    (problem,) = sheet.problems
    assert (problem.row, problem.column) == (2, "B")
    assert "Avaa tiedosto Excelissä" in problem.message(gettext_for("fi"))


def test_an_error_shown_in_a_cell_is_no_answer():
    data = with_part(
        xlsx(["id", "vastaus"], ["1", 5]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<c r="B2" t="n"><v>5</v>', b'<c r="B2" t="e"><v>#REF!</v>'),
    )
    sheet = first_sheet(data)
    assert sheet.rows[1] == ["1", ""]
    assert [problem.values for problem in sheet.problems] == [{"error": "#REF!"}]


def test_control_characters_are_left_out_and_told():
    sheet = first_sheet(b"id,vastaus\n1,a\x01pu\x0btuli\n", "k.csv")
    assert sheet.rows[1] == ["1", "apu\ntuli"]
    assert [problem.row for problem in sheet.problems] == [2]


def test_hidden_sheets_are_read_but_not_offered_first():
    book = openpyxl.Workbook()
    hidden = book.active
    for number in range(9):
        hidden.append([number, "apu"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Vastaukset").append(["id", "vastaus"])
    packed = io.BytesIO()
    book.save(packed)
    workbook = open_workbook(packed.getvalue(), "k.xlsx")
    assert [sheet.hidden for sheet in workbook.sheets] == [True, False]
    assert workbook.fullest.name == "Vastaukset"


# --- tables as text ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_finnish_letters_survive_every_usual_encoding(encoding):
    text = "id;vastaus\n1;Äiti löi öylätin – ”näin”\n"
    assert first_sheet(text.encode(encoding), "k.csv").rows[1] == ["1", "Äiti löi öylätin – ”näin”"]


def test_a_person_may_choose_the_encoding_and_the_delimiter():
    data = "id|vastaus;ä\n1|å;ö\n".encode("mac_roman")
    sheet = first_sheet(data, "k.csv", encoding="mac_roman", delimiter="|")
    assert sheet.rows[1] == ["1", "å;ö"]
    with pytest.raises(UnknownEncoding):
        first_sheet(b"id\n\xe4", "k.csv", encoding="utf-8")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_among_commas_and_semicolons_in_the_answers(delimiter):
    rows = [["id", "Kerro, mikä auttoi"], ["1", "apu; tuki, ja aika"], ["2", "ei mitään, kiitos"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert find_delimiter(text) == delimiter


def test_a_column_of_prose_is_one_column():
    text = "Mikä auttoi?\nApu, tuki ja aika\nEi mikään\nVoi, vaikka mikä, oikeasti\nEn tiedä\n"
    assert first_sheet(text.encode(), "k.csv", delimiter="\t").width == 1
    assert find_delimiter("Mikä auttoi?\nApu\nTuki\nAika, ehkä\n") == ","
    assert first_sheet(b"Apu\nTuki\nAika\n", "k.csv").rows == [["Apu"], ["Tuki"], ["Aika"]]


def test_quotes_and_line_breaks_inside_cells():
    data = 'id,vastaus\n1,"hän sanoi ""ei"",\nja lähti"\n2,ok\n'.encode()
    assert first_sheet(data, "k.csv").rows[1:] == [["1", 'hän sanoi "ei",\nja lähti'], ["2", "ok"]]


def test_excels_separator_line_is_obeyed():
    sheet = first_sheet(b"sep=;\nid;vastaus\n1;a,b\n", "k.csv")
    assert (sheet.rows[1], sheet.row_numbers[1]) == (["1", "a,b"], 3)


def test_a_quote_that_never_closes_spoils_only_its_own_row():
    data = 'id,vastaus\n1,hyvä\n2,"kesken\n3,parempi\n'.encode()
    sheet = first_sheet(data, "k.csv")
    assert sheet.rows == [["id", "vastaus"], ["1", "hyvä"], ["2", '"kesken'], ["3", "parempi"]]
    assert [(problem.row, problem.column) for problem in sheet.problems] == [(3, "B")]


def test_a_row_wider_than_its_header_is_told():
    sheet = first_sheet(b"id,vastaus\n1,apu\n2,apu,tuki\n3,aika\n", "k.csv")
    assert [(problem.row, problem.column) for problem in sheet.problems] == [(3, "C")]


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"))


@settings(max_examples=150)
@given(st.lists(cells, min_size=2, max_size=4))
def test_any_text_goes_through_csv_unchanged(answers):
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "vastaus"])
    for answer in answers:
        writer.writerow(["x", answer])
    sheet = first_sheet(written.getvalue().encode(), "k.csv", delimiter=",")
    # U+FFFE and U+FFFF are no characters and can be held by no Word, Excel or XML file.
    expected = [normalise(re.sub("[\ufffe\uffff]", "", answer)) for answer in answers]
    # A cell of blanks alone says nothing, and at the end of a row it is not kept.
    found = [normalise(row[1]) for row in sheet.rows[1:]]
    assert [text if text.strip() else "" for text in found] == [
        text if text.strip() else "" for text in expected
    ]


# --- bad files ---


@pytest.mark.parametrize(
    "data, file, error",
    [
        (b"", "k.xlsx", EmptyFile),
        (b"", "k.csv", EmptyFile),
        (b" \n\n", "k.csv", EmptyFile),
        (b"%PDF-1.7 ...", "k.xlsx", WrongFileType),
        (b"<html><table><tr><td>1</td></tr></table></html>", "k.xlsx", WrongFileType),
        (b"<!DOCTYPE html><html></html>", "k.csv", WrongFileType),
        (OLE + b"\0" * 512 + "Workbook".encode("utf-16-le"), "k.xlsx", WrongFileType),
        (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "k.xlsx", ProtectedFile),
        (b"id;vastaus\n1;a\n", "k.xlsx", WrongFileType),
        (bytes(range(256)) * 4, "k.csv", WrongFileType),
        (b"\x89PNG\r\n\x1a\n....", "k.csv", WrongFileType),
        (b"PK\x03\x04 broken", "k.xlsx", WrongFileType),
        (b"id", "k.xls", UnknownFileType),
        (b"id", "kysely", UnknownFileType),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(data, file, error):
    with pytest.raises(error) as caught:
        open_workbook(data, file)
    sentence = caught.value.message(gettext_for("fi"))
    assert file in sentence and sentence != caught.value.message(str)


def test_a_package_that_is_no_workbook_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kirje.txt", "hei")
    with pytest.raises(WrongFileType):
        open_workbook(packed.getvalue(), "k.xlsx")


def test_a_workbook_called_csv_is_told_to_be_a_workbook():
    with pytest.raises(WrongFileType) as caught:
        open_workbook(xlsx(["id"], ["1"]), "k.csv")
    assert caught.value.values["found"] == files.EXCEL
    assert "Excel-työkirja" in caught.value.message(gettext_for("fi"))


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: xml.replace(b'r="A2"', b'r="ZZZZZZ2"'),
        lambda xml: xml.replace(b't="inlineStr"><is><t>1</t></is>', b't="s"><v>999</v>'),
    ],
)
def test_a_damaged_workbook_is_told_to_be_damaged(change):
    data = with_part(xlsx(["id", "vastaus"], ["1", "a"]), "xl/worksheets/sheet1.xml", change)
    with pytest.raises(DamagedFile):
        open_workbook(data, "k.xlsx")


def test_a_workbook_cut_short_is_refused():
    data = xlsx(["id", "vastaus"], ["1", "a"])
    with pytest.raises((DamagedFile, WrongFileType)):
        open_workbook(data[: len(data) // 2], "k.xlsx")


def test_a_zip_bomb_is_refused_before_anything_is_unpacked(monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (60 * files.MEGABYTE))

    def unpack(*_, **__):
        raise AssertionError("the archive was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    with pytest.raises(SuspiciousArchive):
        open_workbook(packed.getvalue(), "k.xlsx")


def test_an_archive_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_PARTS", 5)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(6):
            archive.writestr(f"xl/{number}", "")
    with pytest.raises(SuspiciousArchive):
        open_workbook(packed.getvalue(), "k.xlsx")


def test_entities_in_a_sheet_are_never_expanded():
    def with_entity(xml: bytes) -> bytes:
        declared = b'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        body = re.sub(rb"^<\?xml[^>]*\?>", b"", xml)
        return declared + body.replace(b"<t>SALAISUUS</t>", b"<t>&secret;</t>")

    data = with_part(xlsx(["id"], ["SALAISUUS"]), "xl/sharedStrings.xml", with_entity)
    assert "root" not in str(first_sheet(data).rows)


def test_a_file_over_the_limit_is_refused(monkeypatch):
    with pytest.raises(TooManyBytes):
        files.check_size(b"x" * (2 * files.MEGABYTE), "k.csv", limit=files.MEGABYTE)


# --- size and speed ---


def rows_of_xlsx(count: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Vastaukset")
    sheet.append(["id", *(f"kysymys {number}" for number in range(9))])
    for number in range(count):
        sheet.append([number, f"vastaus {number}", *[4, "asiakas", 2.5] * 2, "apu", "tuki"])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_ten_thousand_rows_are_read():
    data = rows_of_xlsx(10_000)
    sheet = first_sheet(data)
    assert len(sheet.rows) == 10_001


def test_two_hundred_thousand_rows_are_refused_with_the_limit_told():
    data = b"id;vastaus\n" + b"".join(b"%d;apu\n" % number for number in range(200_000))
    with pytest.raises(TooManyRows) as caught:
        first_sheet(data, "k.csv")
    assert caught.value.values["limit"] == MAX_ROWS


@pytest.mark.slow
def test_a_workbook_of_two_hundred_thousand_rows_is_refused_without_taking_the_memory():
    row = b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>4</v></c></row>'
    body = b"".join(row % (number, number, number, number) for number in range(2, 200_002))
    data = with_part(
        xlsx(["vastaus"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"</row>", lambda match: match[0] + body, xml, count=1),
    )
    tracemalloc.start()
    try:
        with pytest.raises(TooManyRows):
            first_sheet(data)
        assert tracemalloc.get_traced_memory()[1] < 300 * files.MEGABYTE
    finally:
        tracemalloc.stop()


def test_very_many_formatted_but_empty_rows_are_no_rows():
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 120_000))
    data = with_part(
        xlsx(["vastaus"], ["apu"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    assert first_sheet(data).rows == [["vastaus"], ["apu"]]
