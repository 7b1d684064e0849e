"""The Word document, opened again with python-docx."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Word

from qualcode.exports import word
from qualcode.exports.report import (
    Align,
    Cell,
    Column,
    Figure,
    Heading,
    Paragraph,
    Quote,
    QuoteSection,
    Report,
    Row,
    RowKind,
    Table,
)
from qualcode.exports.role_figure import RoleFigure, RoleShape, draw
from qualcode.exports.word_tables import fitted

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
COLUMNS = (
    Column("Luokka", 6),
    Column("Vastaajia", 2, Align.RIGHT, "asiakas"),
    Column("Mainintoja", 2, Align.RIGHT, "asiakas"),
)
ROWS = (
    Row((Cell("Valinta", strong=True), Cell(3), Cell(5))),
    Row((Cell("saa valita"), Cell(2), Cell(4)), level=2, italic=True),
)
TABLE = Table("t", "Luokat", COLUMNS, ROWS, note="Huom.", warnings=("Vähän vastaajia.",))
SVG = draw(RoleFigure(RoleShape("c", "Päättäjä"), (RoleShape("k", "Kumppani"),)))


def opened(*blocks, language="fi"):
    report = Report("Tutkimus \x01", language, "2026-09-05T10:00:00+00:00", blocks)
    return docx.Document(io.BytesIO(word.write(report)))


def test_captions_are_fields_that_word_renumbers():
    document = opened(TABLE, Figure("f", "Kartta", SVG, "Kaksi roolia"), TABLE_2)
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in captions] == ["Taulukko 1. Luokat", "Kuvio 1. Kartta", "Taulukko 2. B"]
    fields = [p._p.find(".//" + qn("w:instrText")).text.strip() for p in captions]
    assert fields == [
        "SEQ Taulukko \\* ARABIC",
        "SEQ Kuvio \\* ARABIC",
        "SEQ Taulukko \\* ARABIC",
    ]


TABLE_2 = Table("b", "B", (Column("A"),), (Row((Cell("x"),)),))


def test_a_table_has_its_values_and_a_heading_that_repeats():
    [table] = opened(TABLE).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Luokka", "asiakas", "asiakas"],
        ["Luokka", "Vastaajia", "Mainintoja"],
        ["Valinta", "3", "5"],
        ["saa valita", "2", "4"],
    ]
    repeated = [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True, True, False, False]
    assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in table.rows)


def test_notes_and_warnings_stand_below_their_table():
    document = opened(TABLE)
    notes = [p.text for p in document.paragraphs if p.style.name == "Table note"]
    assert notes == ["Huom.", "Vähän vastaajia."]


def test_joined_cells_are_one_cell_on_paper():
    rows = (
        Row((Cell("teema"), Cell("eka"))),
        Row((Cell("teema", joined=True), Cell("toka"))),
        Row((Cell("toinen"), Cell("kolmas"))),
    )
    [table] = opened(Table("t", "T", (Column("A"), Column("B")), rows)).tables
    assert [[c.text for c in row.cells] for row in table.rows[1:]] == [
        ["teema", "eka"],
        ["teema", "toka"],
        ["toinen", "kolmas"],
    ]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(1, 0)._tc is not table.cell(3, 0)._tc


def test_a_group_row_spans_the_table():
    rows = (Row((Cell("Osa"),), kind=RowKind.GROUP), *ROWS)
    [table] = opened(Table("t", "T", COLUMNS, rows)).tables
    assert len({id(cell._tc) for cell in table.rows[2].cells}) == 1


@pytest.mark.parametrize(("language", "expected"), [("fi", "fi-FI"), ("en", "en-GB")])
def test_word_proofreads_in_the_language_of_the_report(language, expected):
    document = opened(Paragraph("Teksti"), language=language)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(".//" + qn("w:lang")).get(qn("w:val")) == expected


def test_quotes_keep_every_character_and_carry_their_own_language():
    text = "Ekä 🙂 rivi\ntoinen <b>rivi</b> & =1+1"
    section = QuoteSection("Valinta", 3, "[Tiivistä]", (Quote(text, "asiakas 1"),), "n", "m")
    document = opened(section, language="en")
    [quote] = [p for p in document.paragraphs if p.style.name == "Quote"]
    assert quote.text == f"”{text}” (asiakas 1)"
    assert quote.runs[0]._r.find(".//" + qn("w:lang")).get(qn("w:val")) == "fi-FI"
    assert [run.style.name for run in quote.runs] == ["Quoted words", "Default Paragraph Font"]
    assert document.styles["Quoted words"].font.italic and not quote.style.font.italic


def test_a_figure_is_a_picture_with_words_for_those_who_cannot_see_it():
    document = opened(Figure("f", "Kartta", SVG, "Päättäjä; Kumppani."))
    [shape] = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Päättäjä; Kumppani."
    assert document.part.related_parts  # the picture itself is in the file


def test_the_page_is_upright_a4_and_lies_down_for_a_wide_table():
    wide = Table("w", "W", tuple(Column(str(n), 3) for n in range(9)), ())
    document = opened(TABLE, wide, Heading("Taas pystyssä"), TABLE_2)
    sizes = [(round(s.page_width.cm, 1), round(s.page_height.cm, 1)) for s in document.sections]
    assert sizes == [(21.0, 29.7), (29.7, 21.0), (21.0, 29.7)]


def test_control_characters_do_not_break_the_file():
    bad = Table("t", "T\x0c", (Column("A\x00"),), (Row((Cell("a\x07b\ufffe"),)),))
    [table] = opened(bad, Heading("H\x1b")).tables
    assert table.cell(1, 0).text == "ab"


def test_long_words_of_a_narrow_column_may_be_divided_without_changing_the_text():
    narrow = Table("t", "T", (Column("jokseenkin", 1), Column("leveä", 30)), ())
    [table] = opened(narrow).tables
    assert table.cell(0, 0).text == "jokseenkin"
    assert len(table.cell(0, 0)._tc.findall(".//" + qn("w:softHyphen"))) == 2


def test_no_word_of_a_title_is_cut_where_other_columns_can_spare_room():
    likert = ("1 täysin eri mieltä", "2 jokseenkin eri mieltä", "3 en osaa sanoa")
    columns = (
        Column("Question", 9.0),
        *(Column(title, 0.9, Align.CENTRE) for title in (*likert, "Answered (n)", "Missing")),
    )
    table = Table("t", "T", columns, ())
    widths = fitted(table, 16.0)
    assert sum(widths) == pytest.approx(16.0)
    assert min(widths[1:4]) > 1.2 and min(widths[4:]) > 1.5
    assert fitted(replace(table, columns=(columns[0], Column("n", 7.0))), 16.0) == [9.0, 7.0]


def test_a_share_stands_on_one_line_also_beside_wider_columns():
    titles = ("Kysymys", "1", "Vaihtoehtoisesti", "Tapauskohtaisesti", "Puuttuu", "Vastasi")
    columns = tuple(Column(t, 6.0 if not n else 0.8, Align.CENTRE) for n, t in enumerate(titles))
    row = Row((Cell("x"), *(Cell(8, suffix=" (100 %)") for _ in titles[1:])))
    plain = Row((Cell("x"), *(Cell(8) for _ in titles[1:])))
    with_shares = fitted(Table("t", "T", columns, (row,)), 16.0)
    without = fitted(Table("t", "T", columns, (plain,)), 16.0)
    assert with_shares[1] > without[1] and with_shares[1] > 1.2
    assert round(sum(with_shares), 6) == 16.0


def test_what_stands_again_and_again_looks_so_by_its_style():
    quotes = QuoteSection("Valinta", 3, "", (Quote("Sain valita", "asiakas 1"),))
    document = opened(TABLE, Figure("f", "Kartta", SVG, "Roolit"), quotes)
    by_hand = [
        run.text
        for paragraph in document.element.body.iter(qn("w:p"))
        for run in Word(paragraph, document).runs
        if {run.font.bold, run.font.italic, run.font.size} != {None}
    ]
    assert by_hand == []
    [table] = document.tables
    assert table.style.name == "Study table"
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Luokat"
    assert {"Caption", "Figure", "Table note"} <= {p.style.name for p in document.paragraphs}
    names = {n.get(qn("w:val")) for n in document.element.body.iter(qn("w:pStyle"))}
    assert names <= {style.style_id for style in document.styles}


def test_settings_stand_in_the_order_that_word_demands():
    report = Report("T", "fi", "2026-09-05T10:00:00", ())
    with zipfile.ZipFile(io.BytesIO(word.write(report))) as file:
        settings = file.read("word/settings.xml").decode()
    assert settings.index("defaultTabStop") < settings.index("autoHyphenation")
    assert settings.index("autoHyphenation") < settings.index("characterSpacingControl")


def test_a_reference_is_a_field_that_points_at_its_caption():
    document = opened(TABLE, Paragraph("Luvut ovat toisaalla.", see=("t", "poissa")), TABLE_2)
    [paragraph] = [p for p in document.paragraphs if "toisaalla" in p.text]
    assert paragraph.text == "Luvut ovat toisaalla (ks. Taulukko 1)."
    [code] = paragraph._p.findall(".//" + qn("w:instrText"))
    assert code.text.strip() == "REF _Ref_t \\h"
    names = document.element.body.findall(".//" + qn("w:bookmarkStart"))
    assert [name.get(qn("w:name")) for name in names] == ["_Ref_t", "_Ref_b"]


def test_tables_and_figures_are_listed_with_fields_when_asked_for():
    figures = [Figure(f"f{n}", f"Kartta {n}", SVG, "Roolit") for n in range(2)]
    blocks = (TABLE, TABLE_2, *figures)
    report = Report("T", "fi", "2026-09-05T10:00:00", blocks, lists=True)
    document = docx.Document(io.BytesIO(word.write(report)))
    entries = [p for p in document.paragraphs if p.style.name == "table of figures"]
    assert [p.text.split("\t")[0] for p in entries] == [
        "Taulukko 1. Luokat",
        "Taulukko 2. B",
        "Kuvio 1. Kartta 0",
        "Kuvio 2. Kartta 1",
    ]
    codes = [c.text.strip() for c in document.element.body.findall(".//" + qn("w:instrText"))]
    assert 'TOC \\h \\z \\c "Taulukko"' in codes and 'TOC \\h \\z \\c "Kuvio"' in codes
    kinds = [m.get(qn("w:fldCharType")) for m in document.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_a_list_is_a_field_for_word_and_lines_with_live_pages_for_other_programs():
    report = Report("T", "fi", "2026-09-05T10:00:00", (TABLE, TABLE_2), lists=True)
    body = docx.Document(io.BytesIO(word.write(report))).element.body
    choices = body.findall(f".//{{{MC}}}Choice")
    assert [choice.get("Requires") for choice in choices] == ["w15", "w15"]
    assert all("w15" in choice.nsmap for choice in choices)
    told = [code.text.split()[0] for one in choices for code in one.iter(qn("w:instrText"))]
    assert told == ["TOC"]
    # Left out, as a program does that knows no w15: the references to pages stand by themselves.
    for choice in choices:
        run = choice.getparent().getparent()
        run.getparent().remove(run)
    assert [c.text.split()[0] for c in body.iter(qn("w:instrText"))] == [
        "PAGEREF", "PAGEREF", "SEQ", "SEQ",
    ]  # fmt: skip
    kinds = [m.get(qn("w:fldCharType")) for m in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * 4
