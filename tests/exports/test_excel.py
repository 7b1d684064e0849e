"""The workbook, opened again with openpyxl."""

import io

import openpyxl
import pytest

from qualcode.exports import excel
from qualcode.exports.report import (
    Cell,
    Column,
    Figure,
    Quote,
    QuoteSection,
    Report,
    Row,
    RowKind,
    Table,
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
    assert not sheet.merged_cells.ranges


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
