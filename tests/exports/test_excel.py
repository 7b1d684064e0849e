"""The workbook, opened again with openpyxl."""

import io

import openpyxl
import pytest

from qualcode.exports import excel
from qualcode.exports.report import (
    Cell,
    Column,
    Counted,
    Figure,
    Quote,
    QuoteSection,
    Report,
    Row,
    RowKind,
    Table,
    Trace,
)
from qualcode.exports.role_figure import RoleFigure, RoleShape, draw

SVG = draw(RoleFigure(RoleShape("c", "Päättäjä")))


def opened(*blocks, language="fi"):
    report = Report("Tutkimus", language, "2026-09-05T10:00:00+00:00", blocks)
    return openpyxl.load_workbook(io.BytesIO(excel.write(report)))


def table(*rows, key="t", columns=("A", "B")):
    return Table(key, "Luokat", tuple(Column(c) for c in columns), rows, note="Huom.")


def test_every_table_has_a_sheet_and_the_first_one_lists_them():
    section = QuoteSection("Valinta", 3, "", (Quote("Sain valita", "asiakas 1", (), ("saa",)),))
    book = opened(table(), table(key="u"), Figure("f", "Kartta", SVG, "alt"), section)
    assert book.sheetnames == ["Sisällys", "Taulukko 1", "Taulukko 2", "Kuvio 1", "Sitaatit"]
    listed = [(row[0].value, row[1].value) for row in book["Sisällys"].iter_rows(min_row=5)]
    assert listed[0] == ("Taulukko 1", "Taulukko 1. Luokat")
    assert book["Sisällys"]["A5"].hyperlink.location == "'Taulukko 1'!A1"
    assert [c.value for c in book["Sitaatit"][4]] == [
        "Valinta",
        "Sain valita",
        "saa",
        "asiakas 1",
    ]
    assert len(book["Kuvio 1"]._images) == 1


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+358", "-", "- ei", "@SUM(A1)", "\tx", "\r=1"]
)
def test_text_is_never_a_formula(text):
    sheet = opened(table(Row((Cell(text), Cell(1)))))["Taulukko 1"]
    cell = sheet["A4"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r").strip() == text.strip()
    assert cell.quotePrefix


def test_ordinary_text_and_numbers_are_what_they_are():
    sheet = opened(table(Row((Cell("Äiti lohduttaa 🙂"), Cell(3)))))["Taulukko 1"]
    assert (sheet["A4"].value, sheet["B4"].value) == ("Äiti lohduttaa 🙂", 3)
    assert not sheet["A4"].quotePrefix
    assert sheet["B4"].data_type == "n"


def test_a_share_is_shown_and_the_number_stays_a_number():
    sheet = opened(table(Row((Cell("x"), Cell(8, suffix=" (80 %)")))))["Taulukko 1"]
    assert sheet["B4"].value == 8
    assert sheet["B4"].number_format == '0" (80 %)"'


def test_control_characters_are_left_out():
    assert opened(table(Row((Cell("a\x00b\x1bc"), Cell()))))["Taulukko 1"]["A4"].value == "abc"


def test_joined_cells_say_their_value_on_every_row_so_that_rows_can_be_sorted():
    rows = (Row((Cell("teema"), Cell("1"))), Row((Cell("teema", joined=True), Cell("2"))))
    sheet = opened(table(*rows))["Taulukko 1"]
    assert [sheet["A4"].value, sheet["A5"].value] == ["teema", "teema"]
    # Only the caption and the note lie over several columns, and apart from the rows.
    assert sorted(str(merged) for merged in sheet.merged_cells.ranges) == ["A1:B1", "A7:B7"]


def test_titles_stay_in_sight_and_the_caption_says_what_the_sheet_is():
    sheet = opened(table(Row((Cell("x"), Cell(1)))))["Taulukko 1"]
    assert sheet["A1"].value == "Taulukko 1. Luokat"
    assert sheet.freeze_panes == "A4"
    assert sheet["A6"].value == "Huom."


def test_a_group_row_is_one_heading():
    sheet = opened(table(Row((Cell("Osa"),), kind=RowKind.GROUP)))["Taulukko 1"]
    assert [c.value for c in sheet[4]] == ["Osa", None]


def test_an_english_report_has_english_sheets():
    assert opened(table(), language="en").sheetnames == ["Contents", "Table 1"]


def test_a_row_is_as_high_as_its_longest_text_and_a_title_is_not_cut():
    rows = (Row((Cell("pitkä lause " * 20), Cell(1))), Row((Cell("lyhyt"), Cell(2))))
    sheet = opened(table(*rows, columns=("A", "Vastaajamäärä")))["Taulukko 1"]
    assert sheet.row_dimensions[4].height > 13 * 20
    assert sheet.row_dimensions[5].height is None
    assert sheet.column_dimensions["B"].width > len("Vastaajamäärä")


def test_every_sheet_prints_one_page_wide():
    section = QuoteSection("Valinta", 3, "", (Quote("Sain valita", "asiakas 1", (), ("saa",)),))
    book = opened(table(), Figure("f", "Kartta", SVG, "alt " * 90), section)
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book)
    assert all(sheet.page_setup.fitToHeight == 0 for sheet in book)
    assert book["Kuvio 1"].row_dimensions[2].height > 30


def test_behind_the_tables_stand_the_answers_that_each_number_rests_on():
    traces = {
        "s1": Trace("s1", "d1", "r1", 1, "asiakas 1", "=Sain valita", "1 Mitä?", "a.xlsx, rivi 2"),
        "s2": Trace("s2", "d2", "r2", 3, "asiakas 2", "Minua kuunneltiin", "2 Miten?", "rivi 3"),
    }
    counted = Table(
        "t",
        "Luokat",
        (Column("Luokka"), Column("Vastaajia")),
        (Row((Cell("Valinta"), Cell(2, ("s1", "s2")))), Row((Cell("Kuulluksi"), Cell(1, ("s2",))))),
        counted=Counted.RESPONDENTS,
    )
    report = Report("Tutkimus", "fi", "2026-09-05T10:00:00+00:00", (counted,), traces)
    book = openpyxl.load_workbook(io.BytesIO(excel.write(report)))
    assert book.sheetnames == ["Sisällys", "Taulukko 1", "Viitteet", "Aineisto"]
    rests = [[cell.value for cell in row] for row in book["Viitteet"].iter_rows(min_row=4)]
    assert rests == [["Taulukko 1", "Valinta", "1–2"], ["Taulukko 1", "Kuulluksi", "2"]]
    data = [[cell.value for cell in row] for row in book["Aineisto"].iter_rows(min_row=4)]
    assert data == [
        [1, "=Sain valita", "asiakas 1", "1 Mitä?", "a.xlsx, rivi 2", 1],
        [2, "Minua kuunneltiin", "asiakas 2", "2 Miten?", "rivi 3", 3],
    ]
    assert book["Aineisto"]["B4"].data_type == "s"
    assert book["Aineisto"].auto_filter.ref == "A3:F5"
