"""A thesis author's road in a real browser: from an Excel file to the tables in Word, by keyboard.

The survey is invented and small enough to be counted by hand: every number of the report is
written down here before the app is asked.
"""

import io
import re

import docx
import openpyxl
import pytest

from qualcode.bootstrap import create_store, open_store
from qualcode.workbench import Workbench, studies
from qualcode.workbench.checking import check
from tests.browsing import outside

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODER = "Tekijä"
SCALE = "Sain riittävästi tietoa (1 = täysin eri mieltä, 5 = täysin samaa mieltä)"
HEADER = ["Vastaaja", "Ryhmä", "Sähköposti", "Mitä pääsit valitsemaan?", SCALE]
CHOICE, HEARD = "saa valita auttajansa", "tulee kuulluksi"
ROWS = [
    # respondent, group, e-mail, open answer, closed answer; the last answers are none
    ("V1", "asiakas", "v1@example.org", "Sain itse valita, kuka minua auttaa.", 5),
    ("V2", "asiakas", "v2@example.org", "Minua kuunneltiin ensimmäistä kertaa.", 4),
    ("V3", "asiakas", "v3@example.org", "Valitsin naapurikunnan yrityksen 🙂 ihan itse.", 5),
    ("V4", "asiakas", "v4@example.org", "Ääneni tuli kuuluviin palaverissa.", None),
    ("V5", "asiakas", "v5@example.org", "Päätin avustajan työajat.", 2),
    ("V6", "asiakas", "v6@example.org", "en tiedä", 5),
]
CHOSEN = [ROWS[n][3] for n in (0, 2, 4)]
WERE_HEARD = [ROWS[n][3] for n in (1, 3)]
SAVED = ".qc-marker[data-pending='0'][data-state='saved']"
BOARD_SAVED = ".qcb-board[data-pending='0']"


def survey_file():
    book = openpyxl.Workbook()
    book.active.title = "Kysely"
    for row in (HEADER, *ROWS):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


class Author:
    """Somebody who keeps to the keyboard, on the page the app shows just now."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text):
        self.page.keyboard.type(text)

    def turn_to(self, title, shown):
        """Another page through the navigation, until what is looked for is there."""
        self.page.get_by_role("link", name=title, exact=True).first.press("Enter")
        self.page.locator(shown).first.wait_for(timeout=60_000)
        self.quiet()

    def push(self, name, **more):
        self.page.get_by_role("button", name=name, **more).first.press("Enter")

    def quiet(self):
        """The app has finished what it was doing."""
        self.page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning]", timeout=60_000
        )

    def choose(self, list_name, *typed):
        """Values of a list, found by typing, a tag each.

        The option is clicked: a run of the page between the typing and an Enter can take the
        list's mark off it, and Enter then chooses nothing.
        """
        field = self.page.get_by_role("combobox", name=list_name, exact=True)
        for text in typed:
            self.quiet()
            field.focus()
            self.write(text)
            self.page.get_by_role("option", name=re.compile(text)).first.click()
            self.page.locator("[data-baseweb=tag], [data-testid=stMultiSelect]").filter(
                has_text=text
            ).first.wait_for()
        self.press("Escape")


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "opinnayte.qualcode"
    store = create_store(path)
    studies.start(Workbench(store, CODER), "Keksitty opinnäyte")
    store.close()
    return path


@pytest.fixture
def author(page, serve, study):
    server = serve(study, "--coder", CODER, anew=True)
    page.set_default_timeout(30_000)
    page.goto(server.url)
    page.get_by_text("Seuraavaksi: tuo aineistosi").first.wait_for(timeout=60_000)
    return Author(page)


def bring_material_in(author):
    author.turn_to("Aineisto", "[data-testid=stFileUploader]")
    author.page.set_input_files(
        "[data-testid=stFileUploaderDropzoneInput]",
        {
            "name": "kysely.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": survey_file(),
        },
    )
    author.push("Tuo tutkimukseen")
    author.page.get_by_text("on nyt tutkimuksessa").wait_for()
    author.quiet()


def take_a_codebook(author):
    author.turn_to("Koodikirjat", "h1:has-text('Koodikirjat')")
    author.push("Selaa kirjastoa")
    author.push("Analyysin pääteemat")
    author.push("Ota käyttöön")
    author.page.get_by_text("Käytössä (1)").first.wait_for()
    author.quiet()


def code_and_reduce(author):
    """The theme of each answer by its key; the first reduction of a kind typed, others by it."""
    page = author.page
    author.turn_to("Lue ja koodaa", ".qc-row")
    page.wait_for_selector(".qc-row:focus")
    for row in ROWS[:5]:
        page.locator(".qc-row[aria-current=true]", has_text=row[0]).wait_for()
        author.press("1" if row[3] in CHOSEN else "2", "j")
    page.wait_for_selector(SAVED)
    author.press("Home")
    written = set()
    for row in ROWS[:5]:
        page.locator(".qc-row[aria-current=true]", has_text=row[0]).wait_for()
        wording = CHOICE if row[3] in CHOSEN else HEARD
        author.press("Enter")
        page.wait_for_selector(".qc-reduce input:focus")
        if wording in written:
            author.write(wording[:4])
            offers = page.locator(".qc-offers [role=option]")
            offers.filter(has_text=wording).wait_for()
            author.press("ArrowDown")
            page.locator(".qc-offers [aria-selected=true]", has_text=wording).wait_for()
        else:
            author.write(wording)
            written.add(wording)
        author.press("Enter")
        page.wait_for_selector(SAVED)


def group(author):
    page = author.page
    author.turn_to("Luokat", ".qcb-card")
    for wording, name in ((CHOICE, "Oma valinta"), (HEARD, "Kuulluksi tuleminen")):
        page.locator(".qcb-card", has_text=wording).click()
        author.press("n")
        page.wait_for_selector(".qcb-naming:focus")
        author.write(name)
        author.press("Enter")
        page.locator(f'.qcb-category[aria-label^="{name},"]').wait_for()
        page.wait_for_selector(BOARD_SAVED)


def draw_a_role_map(author):
    page = author.page
    author.turn_to("Roolikartat", "h1:has-text('Roolikartat')")
    author.push("Aloita kartta")
    page.wait_for_selector(".qc-figure svg")
    author.quiet()
    for category, roles in (
        ("Oma valinta", ["Kumppani", "Sitoutuja"]),
        ("Kuulluksi tuleminen", ["Tiedonantaja"]),
    ):
        author.choose("Kytke rooliin", category)
        author.choose("Roolit", *roles)
        author.push("Kytke", exact=True)
        page.get_by_text(f"Kytketty rooliin {', '.join(roles)}: {category}").wait_for()
        author.quiet()
    page.get_by_text("Jokin rooli ulottuu kaikkeen, mille tutkimuksessa on paikka.").wait_for()


def word_report(author, path):
    author.turn_to("Raportti", ".qc-table td")
    with author.page.expect_download() as asked:
        author.push("Lataa Word")
    asked.value.save_as(path)
    return docx.Document(path)


def table_after(document, caption):
    """The rows of the table under the caption that contains these words."""
    body = document.element.body
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Caption" and caption in paragraph.text:
            place = list(body).index(paragraph._p)
            found = next(e for e in list(body)[place:] if e.tag.endswith("}tbl"))
            table = next(t for t in document.tables if t._tbl is found)
            return [[cell.text for cell in row.cells] for row in table.rows]
    raise AssertionError(f"no caption with {caption!r}")


def test_from_an_excel_file_to_the_tables_in_word(author, study, tmp_path):
    bring_material_in(author)
    take_a_codebook(author)
    code_and_reduce(author)
    group(author)
    draw_a_role_map(author)
    document = word_report(author, tmp_path / "raportti.docx")

    header, *example = table_after(document, "esimerkki analyysista")
    assert header == [
        "Teema", "Alkuperäisilmaus", "Pelkistetty ilmaus", "Alaluokka", "Rooli", "Päärooli",
    ]  # fmt: skip
    assert example == [
        *(["Valinnanvapaus", text, CHOICE, "Oma valinta", "Kumppani\nSitoutuja", "Päättäjä"]
          for text in CHOSEN),
        *(["Osallisuus", text, HEARD, "Kuulluksi tuleminen", "Tiedonantaja", "Päättäjä"]
          for text in WERE_HEARD),
    ]  # fmt: skip
    categories = {row[0]: row[-2:] for row in table_after(document, "Tutkimuksen luokat")}
    assert categories["Oma valinta"] == ["3", "3"]
    assert categories["Kuulluksi tuleminen"] == ["2", "2"]
    closed = table_after(document, "lomakkeita palautui 6")
    # 1 2 3 4 5, answered, missing, uninterpretable
    assert closed[-1][1:] == ["0", "1", "0", "1", "3", "5", "1", "0"]

    everything = "\n".join(cell for t in document.tables for row in t.rows for cell in
                           (c.text for c in row.cells))  # fmt: skip
    assert "@example.org" not in everything
    assert outside(author.page.requested) == []
    store = open_store(study)
    assert check(Workbench(store, CODER)) == []
    with store.reading() as rows:
        progress = rows.progress()
    store.close()
    assert (progress.documents, progress.set_aside, progress.reductions) == (6, 1, 2)
