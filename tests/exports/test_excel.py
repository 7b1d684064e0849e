"""The workbook, opened again with openpyxl."""

import io
from dataclasses import replace

import openpyxl
import pytest

from qualcode.exports import evidence, excel
from qualcode.exports.report import (
    Alike,
    Cell,
    Column,
    Counted,
    Figure,
    Heading,
    Paragraph,
    Quote,
    QuoteSection,
    Report,
    Row,
    RowKind,
    Table,
    Trace,
    Withheld,
)
from qualcode.exports.role_figure import RoleFigure, RoleShape, draw

SVG = draw(RoleFigure(RoleShape("c", "Päättäjä")))


def opened(*blocks, language="fi", traces=(), data=False):
    found = {trace.id: trace for trace in traces}
    moment = "2026-09-05T10:00:00+00:00"
    report = Report("Tutkimus", language, moment, blocks, found, data=data)
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


# --- the data behind the numbers -----------------------------------------------------------------


def shown(sheet, first=1):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def told(book):
    return " ".join(str(value) for sheet in book for row in shown(sheet) for value in row)


def counted(*rows, counted=Counted.RESPONDENTS):
    made = tuple(Row((Cell(name), Cell(len(ids), ids))) for name, ids in rows)
    return Table("t", "Luokat", (Column("Luokka"), Column("Vastaajia")), made, counted=counted)


TRACES = (
    Trace("s1", "d1", "r1", 1, "asiakas 1", "=Sain valita", "1 Mitä?", "a.xlsx, rivi 2"),
    Trace("s2", "d2", "r2", 3, "asiakas 2", "Minua kuunneltiin", "2 Miten?", "rivi 3"),
)
ROWS = (("Valinta", ("s1", "s2")), ("Kuulluksi", ("s2",)))


def test_no_answers_stand_behind_the_tables_unless_they_are_asked_for():
    book = opened(counted(*ROWS), traces=TRACES)
    assert book.sheetnames == ["Sisällys", "Taulukko 1"]
    assert "Sain valita" not in told(book) and "asiakas 1" not in told(book)


def test_behind_the_tables_stand_the_answers_that_each_number_rests_on():
    book = opened(counted(*ROWS), traces=TRACES, data=True)
    assert book.sheetnames == ["Sisällys", "Taulukko 1", "Viitteet", "Aineisto"]
    assert shown(book["Viitteet"], 4) == [
        ["Taulukko 1", "Valinta", "1–2"],
        ["Taulukko 1", "Kuulluksi", "2"],
    ]
    assert shown(book["Aineisto"], 4) == [
        [1, "=Sain valita", "asiakas 1", "1 Mitä?", "a.xlsx, rivi 2", 1],
        [2, "Minua kuunneltiin", "asiakas 2", "2 Miten?", "rivi 3", 3],
    ]
    assert book["Aineisto"]["B4"].data_type == "s"
    assert book["Aineisto"].auto_filter.ref == "A3:F5"
    assert "”Aineisto”" in book["Sisällys"]["A3"].value


def test_a_text_that_no_number_was_counted_from_is_not_among_the_data():
    words = Row((Cell("Sain valita", ("s1",)), Cell(1, ("s2",))))
    read = Table("t", "Sanat", (Column("Sanat"), Column("n")), (words,), counted=Counted.MENTIONS)
    book = opened(read, traces=TRACES, data=True)
    assert [row[:2] for row in shown(book["Aineisto"], 4)] == [[1, "Minua kuunneltiin"]]


def test_a_table_without_numbers_has_no_sheets_of_data():
    named = Table("t", "Sitaatit", (Column("Sitaatti"),), (Row((Cell("Sain valita", ("s1",)),)),))
    assert opened(named, traces=TRACES, data=True).sheetnames == ["Sisällys", "Taulukko 1"]


def test_without_consent_neither_words_nor_who_said_them_are_among_the_data():
    refused = Trace(
        "s3", "d3", "r3", 1, "asiakas 3", "Salaisuus", "1 Mitä?", "rivi 9", (0, 0), Withheld.CONSENT
    )
    book = opened(counted(("Valinta", ("s1", "s3"))), traces=(*TRACES, refused), data=True)
    assert not any(word in told(book) for word in ("Salaisuus", "asiakas 3", "rivi 9"))
    assert shown(book["Viitteet"], 4) == [["Taulukko 1", "Valinta", "1–2"]]
    left_out = "1 teksti on jätetty pois"
    assert left_out in book["Aineisto"]["A2"].value
    assert any(left_out in str(row[0]) for row in shown(book["Sisällys"]))


def test_closed_answers_that_say_the_same_are_one_row_of_the_data_without_names():
    as_one = Alike("k", "asiakas", "sarake K")
    one = Trace("c1", None, "r1", 1, "mies 1", "eri mieltä", "3 Väite", "rivi 7", (2, 2))
    one = replace(one, alike=as_one)
    two = replace(one, id="c2", respondent_id="r2", speaker="nainen 1", place="rivi 8")
    counts = counted(*ROWS, ("Eri mieltä", ("c1", "c2")))
    book = opened(counts, traces=(*TRACES, one, two), data=True)
    assert not any(word in told(book) for word in ("mies 1", "nainen 1", "rivi 7", "rivi 8"))
    assert shown(book["Viitteet"], 4)[-1] == ["Taulukko 1", "Eri mieltä", "1"]
    row = ["eri mieltä", "asiakas", "3 Väite", "sarake K", 2]
    assert [str(one) for one in shown(book["Aineisto"], 4)[0]][1:] == [str(one) for one in row]
    assert "yhtenä" in book["Aineisto"]["A2"].value


@pytest.mark.parametrize("with_appendix", [False, True])
def test_references_of_thousands_of_answers_are_whole_in_a_workbook(with_appendix):
    many = [Trace(f"s{n}", "d", f"r{n}", order=(0, n)) for n in range(13_000)]
    table = counted(("Valinta", tuple(trace.id for trace in many[::2])), ("Muu", ("s1",)))
    whole = Table(
        "u", "Kaikki", table.columns, (Row((Cell("x"), Cell(1, tuple(t.id for t in many)))),)
    )
    report = Report("T", "fi", "2026-09-05T10:00:00+00:00", (table, whole), {t.id: t for t in many})
    blocks = (table, whole, *(evidence.appendix(report) if with_appendix else ()))
    book = opened(*blocks, traces=many, data=not with_appendix)
    rows = shown(book["Taulukko 3" if with_appendix else "Viitteet"], 4)
    of_it = [row[2] for row in rows if row[1] == "Valinta"]
    assert len(of_it) > 1 and all(len(refs) < 32_767 for refs in of_it)
    assert ", ".join(of_it) == ", ".join(str(n) for n in range(1, 13_001, 2))


def test_what_is_to_be_heeded_stands_on_the_first_sheet():
    heeded = Paragraph("Poista tunnisteet.", heed=True)
    book = opened(table(), heeded, Heading("Sitaatit"), heeded, Paragraph("Muuta."))
    assert [row[0] for row in shown(book["Sisällys"], 7)] == [
        "Poista tunnisteet.",
        "Sitaatit – Poista tunnisteet.",
    ]
