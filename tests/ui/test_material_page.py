"""The Material page: a file is looked at, corrected, brought in, and taken out again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook as ExcelWorkbook
from streamlit.testing.v1 import AppTest

from qualcode.domain.documents import Document, Item, ItemKind, Respondent, Source
from qualcode.domain.instruments import AskedAs, FormItem, ItemLink
from qualcode.readers.forms import FormItemRow, FormRow
from qualcode.workbench import coding, history, importing, instruments
from qualcode.workbench.bench import Workbench
from tests.browsing import outside
from tests.builders import everything
from tests.ui.page_study import study_by_environment

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "arjen_tuki"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SMALL = (
    "id;Mikä auttoi?;Arvio (1-5)\n"
    "1;Työntekijä kuunteli ja auttoi hakemuksen kanssa;4\n"
    "2;en tiedä;5\n"
    "3;Sain itse päättää, milloin apua tulee;kuusi\n"
    "4;Apua sai silloin kun sitä tarvitsi eniten;2\n"
    "5;Naapuri on ollut suurempi tuki kuin palvelut;\n"
)


def material_app() -> None:
    import streamlit as st

    from qualcode.ui import state
    from qualcode.ui.pages import material_page

    def aineisto() -> None:
        material_page.show(state.bench())

    def koodaus() -> None:
        st.write("koodaus")

    def lomakkeet() -> None:
        st.write("lomakkeet")

    others = {"koodaus": st.Page(koodaus), "lomakkeet": st.Page(lomakkeet)}
    pages = {"aineisto": st.Page(aineisto, default=True), **others}
    state.remember_pages(pages)
    st.navigation(list(pages.values()), position="hidden").run()


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """An empty study in a real file, served to the page through the environment."""
    with study_by_environment(tmp_path, monkeypatch) as bench:
        yield bench


@pytest.fixture
def app(bench):
    app = AppTest.from_function(material_app, default_timeout=60).run()
    assert not app.exception
    return app


def upload(app: AppTest, name: str, data: bytes, mime: str = "text/csv") -> AppTest:
    app.file_uploader[0].set_value((name, data, mime)).run()
    assert not app.exception
    return app


def upload_corpus(app: AppTest, name: str) -> AppTest:
    return upload(app, name, (CORPUS / name).read_bytes(), XLSX)


def press(app: AppTest, label: str, nth: int = 0) -> AppTest:
    found = [b for b in app.button if b.label == label]
    assert found, f"no button {label!r}; there are {[b.label for b in app.button]}"
    found[nth].click().run()
    assert not app.exception
    return app


def field(widgets, label: str):
    found = [w for w in widgets if w.label == label]
    assert found, f"no field {label!r}; there are {[w.label for w in widgets]}"
    return found[0]


def control(app: AppTest, label: str):
    """A segmented control or pills by its label."""
    return field(app.get("button_group"), label)


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def texts(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.error, app.warning, app.text)
    return (
        "\n".join(e.value for kind in kinds for e in kind).replace("\\", "").replace("\u2060", "")
    )


def rows(bench: Workbench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


# --- an empty study ---------------------------------------------------------------------------


def test_an_empty_study_says_what_to_bring_and_offers_nothing_else(app):
    assert "Tuo vastaukset sellaisina kuin kyselyohjelma ne antoi" in texts(app)
    assert [b.label for b in app.button] == []
    assert not app.dataframe


# --- a survey ---------------------------------------------------------------------------------


def test_a_survey_is_read_reported_and_brought_in_with_one_undo(app, bench):
    upload_corpus(app, "asiakaskysely.xlsx")
    assert not app.file_uploader or app.file_uploader[0].label == "Käytä aiempaa karttaa"
    assert figures(app) == {
        "Vastaajat": "28",
        "Avovastauksia": "127",
        "Sivuun siirretyt": "9",
        "Suljetut vastaukset": "242",
        "Puuttuu": "7",
        "Ei tulkittavissa": "3",
        "Pudotettuja soluja": "28",
    }
    assert "Otsikko nimeää tiedon, josta henkilön voi tunnistaa." in texts(app)
    field(app.selectbox, "Kaikkien vastaajien toimijaryhmä").set_value("asiakas").run()
    field(app.number_input, "Lähetettyjä lomakkeita").set_value(56).run()
    assert figures(app)["Vastaajat"] == "28 (50\u00a0%)"
    press(app, "Tuo tutkimukseen")
    assert "asiakaskysely.xlsx** on nyt tutkimuksessa" in texts(app)
    source = rows(bench, Source)[0]
    assert (source.sent, source.imported_by) == (56, "Aino")
    assert {r.actor_group for r in rows(bench, Respondent)} == {"asiakas"}
    assert sum(d.set_aside for d in rows(bench, Document)) == 9
    assert not any("@" in d.text or "anonymous" in d.text for d in rows(bench, Document))
    history.undo(bench)
    assert (rows(bench, Source), rows(bench, Respondent), rows(bench, Document)) == ([], [], [])
    app.run()
    assert "on nyt tutkimuksessa" not in texts(app)


def test_a_role_number_theme_and_options_changed_by_hand_decide_what_comes_in(app, bench):
    upload(app, "pieni.csv", SMALL.encode())
    field(app.selectbox, "Mikä sarake B on").set_value("completion").run()
    assert "Sinun valintasi. Arvattu oli: avoin kysymys." in texts(app)
    field(app.text_input, "Sarakkeen B kysymyksen numero").set_value("3").run()
    field(app.text_input, "Sarakkeen B kysymyksen teema").set_value("tuki").run()
    field(app.text_input, "Sarakkeen C kysymyksen vaihtoehdot").set_value("4; 5").run()
    assert figures(app)["Ei tulkittavissa"] == "2"  # 2 and "kuusi" are none of 4 and 5
    press(app, "Tuo tutkimukseen")
    completion, likert = sorted(rows(bench, Item), key=lambda i: i.position)
    assert (completion.kind, completion.number, completion.theme) == (
        ItemKind.COMPLETION,
        "3",
        "tuki",
    )
    assert likert.options == ("4", "5")


def test_a_scale_that_was_taken_for_words_begins_with_all_that_was_answered(app):
    """Else a scale of words that nobody knows would be uninterpretable as a whole."""
    said = ["vähän", "ei yhtään", "tosi paljon", "siinä ja siinä", "eipä juuri", "vähän"]
    table = "id;Auttoiko se?\n" + "".join(f"v{n};{text}\n" for n, text in enumerate(said))
    upload(app, "pieni.csv", table.encode())
    assert figures(app)["Avovastauksia"] == "6"
    field(app.selectbox, "Mikä sarake B on").set_value("likert").run()
    options = field(app.text_input, "Sarakkeen B kysymyksen vaihtoehdot")
    assert set(options.value.split("; ")) == set(said)
    assert (figures(app)["Suljetut vastaukset"], figures(app)["Ei tulkittavissa"]) == ("6", "0")
    options.set_value("ei yhtään; eipä juuri; vähän; tosi paljon").run()
    assert figures(app)["Ei tulkittavissa"] == "1"


def test_a_scale_of_numbers_made_by_hand_has_all_its_steps_and_nothing_else(app):
    said = ["2", "3", "5", "en tiedä", "?", "joskus 4"]
    table = "id;Kuinka usein?\n" + "".join(f"v{n};{text}\n" for n, text in enumerate(said))
    upload(app, "pieni.csv", table.encode())
    field(app.selectbox, "Mikä sarake B on").set_value("likert").run()
    assert field(app.text_input, "Sarakkeen B kysymyksen vaihtoehdot").value == "1; 2; 3; 4; 5"
    assert (figures(app)["Suljetut vastaukset"], figures(app)["Ei tulkittavissa"]) == ("3", "3")
    field(app.selectbox, "Mikä sarake B on").set_value("choice").run()
    options = field(app.text_input, "Sarakkeen B kysymyksen vaihtoehdot").value
    assert options == "2; 3; 5; en tiedä; joskus 4"


def test_a_form_is_not_taken_for_answers_without_saying_so(app):
    table = "Numero;Tyyppi;Kysymys\n1;avoin;Mitä sait?\n1;likert5;Sain apua\n"
    upload(app, "lomake.csv", table.encode())
    assert "Tämä näyttää lomakkeelta" in texts(app)
    upload_again = "id;Mikä auttoi?\nv1;naapuri auttoi minua\nv2;sisko auttoi minua aina\n"
    press(app, "Peruuta")
    upload(app, "pieni.csv", upload_again.encode())
    assert "Tämä näyttää lomakkeelta" not in texts(app)


def test_bad_cells_are_told_with_row_and_column_and_the_rest_comes_in(app):
    upload(app, "pieni.csv", SMALL.encode())
    remarks = next(t.value for t in app.table if "Huomio" in t.value)
    assert remarks[["Rivi", "Sarake"]].values.tolist() == [["4", "C"]]
    assert "”kuusi”" in remarks["Huomio"][0]
    assert figures(app)["Avovastauksia"] == "4"


def test_two_questions_of_one_number_are_told_and_both_come_in(app):
    twice = SMALL.replace("Mikä auttoi?;Arvio", "3. Mikä auttoi?;3. Arvio")
    upload(app, "pieni.csv", twice.encode())
    remarks = next(t.value for t in app.table if "Huomio" in t.value)
    [told] = [text for text in remarks["Huomio"] if "Numero 3" in text]
    assert "Mikä auttoi?" in told
    assert figures(app)["Avovastauksia"] == "4"


# --- a survey and its form ----------------------------------------------------------------------

FORM = FormRow(
    "Keksitty kysely",
    (
        FormItemRow("Mikä auttoi?", AskedAs.COMPLETION, "1", "Apu", "tuki"),
        FormItemRow("Arvio", AskedAs.LIKERT5, "2", "Arviot", "arvio", ("1", "2", "3", "4", "5")),
        FormItemRow("Saatko apua?", AskedAs.SINGLE_CHOICE, "3", options=("kyllä", "ei")),
    ),
    "asiakas",
)


def test_the_form_that_a_survey_looks_like_is_offered_and_applied_only_when_chosen(app, bench):
    instruments.define(bench, [FORM])
    upload(app, "pieni.csv", SMALL.encode())
    assert "Ehdotus: Keksitty kysely. 2 saraketta" in texts(app)
    assert field(app.selectbox, "Mikä sarake B on").value == "open"
    press(app, "Käytä tätä lomaketta")
    assert "Lomakkeen kysymyksiä tässä tiedostossa: 2/3. Puuttuvat: 3" in texts(app)
    assert field(app.selectbox, "Mikä sarake B on").value == "completion"
    assert field(app.selectbox, "Kaikkien vastaajien toimijaryhmä").value == "asiakas"
    before = everything(bench.store)
    press(app, "Tuo tutkimukseen")
    assert "liitetty lomakkeeseen 2" in texts(app)
    first, second = sorted(rows(bench, Item), key=lambda i: i.position)
    assert (first.kind, first.number, first.section, first.theme) == (
        ItemKind.COMPLETION,
        "1",
        "Apu",
        "tuki",
    )
    asked = {one.id: one.text for one in rows(bench, FormItem)}
    links = {link.id: asked[link.asked_id] for link in rows(bench, ItemLink)}
    assert links == {first.id: "Mikä auttoi?", second.id: "Arvio"}
    history.undo(bench)
    assert everything(bench.store) == before


def test_a_column_is_bound_to_another_question_or_to_none(app, bench):
    [form] = instruments.define(bench, [FORM])
    upload(app, "pieni.csv", SMALL.encode())
    field(app.selectbox, "Lomake, jolla kyselyyn vastattiin").set_value(form.id).run()
    asked = {one.text: one.id for one in rows(bench, FormItem)}
    third = field(app.selectbox, "Lomakkeen kysymys sarakkeessa C")
    third.set_value(asked["Saatko apua?"]).run()
    assert figures(app)["Ei tulkittavissa"] == "4"  # 4, 5, "kuusi" and 2 are no "kyllä" or "ei"
    field(app.selectbox, "Lomakkeen kysymys sarakkeessa B").set_value(asked["Saatko apua?"]).run()
    assert "Sarakkeet B, C on liitetty samaan kysymykseen" in texts(app)
    assert "joten jokainen vastaaja laskettaisiin kahdesti. Mitään ei tuotu" in texts(app)
    assert field(app.button, "Tuo tutkimukseen").disabled
    field(app.selectbox, "Lomakkeen kysymys sarakkeessa B").set_value("").run()
    field(app.text_input, "Sarakkeen B kysymyksen numero").set_value("9").run()
    press(app, "Tuo tutkimukseen")
    first, second = sorted(rows(bench, Item), key=lambda i: i.position)
    assert (first.number, second.number, second.options) == ("9", "3", ("kyllä", "ei"))
    assert [link.id for link in rows(bench, ItemLink)] == [second.id]


def asked_in(app: AppTest, bench: Workbench, letter: str) -> str:
    """The question of the form that a column is bound to, by its words."""
    id = field(app.selectbox, f"Lomakkeen kysymys sarakkeessa {letter}").value
    return {one.id: one.text for one in rows(bench, FormItem)}.get(id, "")


def two_sheets() -> bytes:
    """The same questions on two sheets, their columns in another order."""
    asked = (["id", "Mikä auttoi?", "Arvio"], ["id", "Arvio", "Mikä auttoi?"])
    book = ExcelWorkbook()
    for name, header in zip(("Kevät", "Syksy"), asked, strict=True):
        sheet = book.active if name == "Kevät" else book.create_sheet(name)
        sheet.title = name
        sheet.append(header)
        for number in range(1, 7 if name == "Kevät" else 6):
            told = {
                "id": number,
                "Mikä auttoi?": f"Keksitty vastaus {number}, jossa on monta sanaa",
                "Arvio": number % 5 + 1,
            }
            sheet.append([told[column] for column in header])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_another_sheet_or_header_is_bound_by_its_own_columns(app, bench):
    instruments.define(bench, [FORM])
    upload(app, "kaksi.xlsx", two_sheets(), XLSX)
    press(app, "Käytä tätä lomaketta")
    assert (asked_in(app, bench, "B"), asked_in(app, bench, "C")) == ("Mikä auttoi?", "Arvio")
    field(app.selectbox, "Lomakkeen kysymys sarakkeessa C").set_value("").run()
    assert (asked_in(app, bench, "B"), asked_in(app, bench, "C")) == ("Mikä auttoi?", "")
    field(app.selectbox, "Taulukkosivu").set_value("Syksy").run()
    assert (asked_in(app, bench, "B"), asked_in(app, bench, "C")) == ("Arvio", "Mikä auttoi?")
    field(app.number_input, "Otsikko alkaa riviltä").set_value(2).run()
    assert (asked_in(app, bench, "B"), asked_in(app, bench, "C")) == ("", "")
    field(app.number_input, "Otsikko alkaa riviltä").set_value(1).run()
    assert (asked_in(app, bench, "B"), asked_in(app, bench, "C")) == ("Arvio", "Mikä auttoi?")
    press(app, "Tuo tutkimukseen")
    assert {item.text: item.kind for item in rows(bench, Item)} == {
        "Arvio": ItemKind.LIKERT,
        "Mikä auttoi?": ItemKind.COMPLETION,
    }


@pytest.mark.parametrize("left_out", ["identifying", "ignore", "id"])
def test_the_form_leaves_a_column_alone_that_a_person_left_out(app, bench, left_out):
    instruments.define(bench, [FORM])
    upload(app, "pieni.csv", SMALL.encode())
    field(app.selectbox, "Mikä sarake B on").set_value(left_out).run()
    form = rows(bench, FormItem)[0].instrument_id
    field(app.selectbox, "Lomake, jolla kyselyyn vastattiin").set_value(form).run()
    assert field(app.selectbox, "Mikä sarake B on").value == left_out
    assert "Lomakkeen kysymyksiä tässä tiedostossa: 1/3" in texts(app)
    press(app, "Tuo tutkimukseen")
    assert [item.text for item in rows(bench, Item)] == ["Arvio"]
    assert not rows(bench, Document)


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_column_left_out_after_a_form_was_tried_stays_out(app, bench, by_hand):
    [form] = instruments.define(bench, [FORM])
    upload(app, "pieni.csv", SMALL.encode())
    chosen = "Lomake, jolla kyselyyn vastattiin"
    field(app.selectbox, chosen).set_value(form.id).run()
    if by_hand:
        asked = {one.text: one.id for one in rows(bench, FormItem)}
        bound = field(app.selectbox, "Lomakkeen kysymys sarakkeessa B")
        bound.set_value(asked["Saatko apua?"]).run()
    field(app.selectbox, chosen).set_value(None).run()
    field(app.selectbox, "Mikä sarake B on").set_value("identifying").run()
    field(app.selectbox, chosen).set_value(form.id).run()
    assert field(app.selectbox, "Mikä sarake B on").value == "identifying"
    press(app, "Tuo tutkimukseen")
    assert not rows(bench, Document)


def test_a_column_that_is_not_read_can_be_bound_by_hand(app, bench):
    [form] = instruments.define(bench, [FORM])
    upload(app, "pieni.csv", SMALL.encode())
    field(app.selectbox, "Mikä sarake B on").set_value("ignore").run()
    field(app.selectbox, "Lomake, jolla kyselyyn vastattiin").set_value(form.id).run()
    asked = {one.text: one.id for one in rows(bench, FormItem)}
    bound = field(app.selectbox, "Lomakkeen kysymys sarakkeessa B")
    bound.set_value(asked["Mikä auttoi?"]).run()
    assert "Lomakkeelta: valitsit itse." in texts(app)
    assert field(app.selectbox, "Mikä sarake B on").value == "completion"
    app.run()
    assert field(app.selectbox, "Mikä sarake B on").value == "completion"


def test_nothing_can_be_imported_while_no_column_gives_answers(app):
    upload(app, "pieni.csv", SMALL.encode())
    for letter in "BC":
        field(app.selectbox, f"Mikä sarake {letter} on").set_value("ignore").run()
    assert "Mikään sarake ei vielä anna vastauksia" in texts(app)
    assert field(app.button, "Tuo tutkimukseen").disabled


def test_the_header_can_be_moved_down(app):
    data = "Kysely 2024;;\n;;\n" + SMALL
    upload(app, "otsikko.csv", data.encode())
    assert field(app.number_input, "Otsikko alkaa riviltä").value == 3
    field(app.number_input, "Otsikko alkaa riviltä").set_value(4).run()
    assert figures(app)["Vastaajat"] == "4"


def test_a_wrong_encoding_can_be_corrected(app):
    upload(app, "koodaus.csv", SMALL.encode("mac_roman"))
    assert "MikŠ auttoi?" in texts(app)
    field(app.selectbox, "Merkistö").set_value("mac_roman").run()
    assert "Mikä auttoi?" in texts(app)
    field(app.selectbox, "Merkistö").set_value("utf-8").run()
    assert "ei ole kirjoitettu merkistöllä utf-8" in texts(app)
    assert "Mikä auttoi?" in texts(app)  # what could be read stays


def test_an_earlier_column_map_is_taken_and_a_broken_one_explained(app, bench):
    upload(app, "pieni.csv", SMALL.encode())
    mapping = {
        "id": "id",
        "actor_group": {"value": "verrokki"},
        "open": [{"column": "Mikä auttoi?", "number": "7", "theme": "apu"}],
        "ignore": ["Arvio (1-5)"],
    }
    text = yaml.safe_dump(mapping, allow_unicode=True)
    app.file_uploader[0].set_value(("kartta.yaml", text.encode(), "application/yaml")).run()
    assert not app.exception
    assert field(app.text_input, "Sarakkeen B kysymyksen teema").value == "apu"
    assert field(app.selectbox, "Mikä sarake C on").value == "ignore"
    press(app, "Tuo tutkimukseen")
    assert {r.actor_group for r in rows(bench, Respondent)} == {"verrokki"}
    assert [i.number for i in rows(bench, Item)] == ["7"]


def test_a_broken_column_map_is_explained_and_changes_nothing(app):
    upload(app, "pieni.csv", SMALL.encode())
    app.file_uploader[0].set_value(("kartta.yaml", b"id: [a", "application/yaml")).run()
    assert not app.exception
    assert "kartta.yaml ei ole sarakekartta" in texts(app)
    assert figures(app)["Vastaajat"] == "5"


def test_the_same_file_is_told_before_anything_else(app, bench):
    upload(app, "pieni.csv", SMALL.encode())
    press(app, "Tuo tutkimukseen")
    upload(app, "toinen nimi.csv", SMALL.encode())
    assert "se tuotiin nimellä ”pieni.csv”" in texts(app)
    assert not app.metric
    field(app.checkbox, "Tuo silti uudelleen").check().run()
    press(app, "Tuo tutkimukseen")
    assert len(rows(bench, Source)) == 2


def test_a_newer_export_of_the_same_survey_is_recognised(app):
    upload(app, "kierros1.csv", SMALL.encode())
    press(app, "Tuo tutkimukseen")
    upload(app, "kierros2.csv", (SMALL + "6;Vielä yksi vastaus tuli perässä;3\n").encode())
    assert "Näistä tunnisteista 5 on jo tutkimuksessa tiedostosta kierros1.csv" in texts(app)


def test_cancelling_leaves_the_study_as_it_was(app, bench):
    upload(app, "pieni.csv", SMALL.encode())
    press(app, "Peruuta")
    assert not app.metric
    assert not rows(bench, Source)
    assert app.file_uploader[0].value is None


# --- workshops and texts ----------------------------------------------------------------------


def test_a_swot_workbook_is_recognised_and_its_quadrants_are_finnish_questions(app, bench):
    upload_corpus(app, "tyopaja_swot.xlsx")
    assert "Vahvuudet** (9)" in texts(app)
    field(app.selectbox, "Osallistujien toimijaryhmä").set_value("työntekijä").run()
    press(app, "Tuo tutkimukseen")
    assert {i.text for i in rows(bench, Item)} == {
        "Vahvuudet",
        "Heikkoudet",
        "Mahdollisuudet",
        "Uhat",
    }
    assert len(rows(bench, Document)) == 36
    assert {r.label for r in rows(bench, Respondent)} == {"Pöytä 1", "Pöytä 2", "Pöytä 3"}


def test_a_file_recognised_wrongly_is_read_as_what_the_person_says(app):
    upload_corpus(app, "tyopaja_roolit.csv")
    assert "Lappuja" in figures(app)
    control(app, "Mikä tiedosto on").set_value("survey").run()
    assert "Avovastauksia" in figures(app)


def test_pasted_notes_need_no_file(app, bench):
    control(app, "Miten aineisto tuodaan").set_value("paste").run()
    press(app, "Lue muistiinpanot")
    assert "Kentässä ei ole muistiinpanoja" in texts(app)
    notes = "Pöytä 2\nVahvuudet\n- tuttu työntekijä\n- aikaa\nUhat: kiire"
    field(app.text_area, "Muistiinpanot").set_value(notes)
    press(app, "Lue muistiinpanot")
    assert figures(app)["Lappuja"] == "3"
    press(app, "Tuo tutkimukseen")
    assert sorted(d.text for d in rows(bench, Document)) == ["aikaa", "kiire", "tuttu työntekijä"]
    assert [r.label for r in rows(bench, Respondent)] == ["Pöytä 2"]


def test_an_interview_is_divided_by_turns_and_the_interviewer_is_no_respondent(app, bench):
    upload_corpus(app, "ryhmahaastattelu.docx")
    assert figures(app)["Haastattelijan vuoroja sivuun"] == "8"
    field(app.selectbox, "Puhujien toimijaryhmä").set_value("asiakas").run()
    press(app, "Tuo tutkimukseen")
    assert {r.label for r in rows(bench, Respondent)} == {"V1", "V2", "V3", "V4"}
    asked = rows(bench, Document, set_aside=True)
    assert len(asked) == 8
    assert all(d.attributes["speaker"] == "H" and d.respondent_id is None for d in asked)


def test_a_text_can_be_brought_in_whole(app, bench):
    upload_corpus(app, "havainnot.txt")
    control(app, "Yksi tutkimuksen teksti on").set_value("whole").run()
    press(app, "Tuo tutkimukseen")
    assert len(rows(bench, Document)) == 1


# --- bad files --------------------------------------------------------------------------------


def many_rows() -> bytes:
    return ("id;vastaus\n" + "1;apua\n" * 100_001).encode()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("tyhja.csv", lambda: b"", "tyhja.csv on tyhjä"),
        ("vaara.xlsx", lambda: SMALL.encode(), "ei ole sitä, mitä sen nimi sanoo"),
        ("kuva.docx", lambda: b"\x89PNG\r\n\x1a\n0000", "löytyi: kuva"),
        ("vanha.xls", lambda: b"\xd0\xcf\x11\xe0", "vanha.xls"),
        ("suuri.csv", many_rows, "Jaa taulukko tiedostoihin"),
        ("vain_otsikko.csv", lambda: b"id;vastaus\n", "otsikkorivin alla ei ole rivejä"),
    ],
)
def test_a_bad_file_is_a_sentence_with_what_to_do(app, bench, name, data, told):
    upload(app, name, data())
    assert told in texts(app)
    assert not rows(bench, Source)


def test_markup_in_a_file_is_shown_as_text(app):
    book = ExcelWorkbook()
    book.active.append(["id", "Mitä <b>mieltä</b>? [linkki](http://a.b)"])
    for number in range(6):
        book.active.append([number, f"<script>alert({number})</script> **ei lihava** numero"])
    stream = BytesIO()
    book.save(stream)
    upload(app, "merkinnat.xlsx", stream.getvalue(), XLSX)
    header = next(m.value for m in app.markdown if m.value.startswith("`B`"))
    assert r"\<b\>mieltä\</b\>" in header
    assert "http://" not in header  # broken by a joiner, so that no link is made of it
    press(app, "Tuo tutkimukseen")
    press(app, "Avaa")
    assert "<script>alert(0)</script> **ei lihava** numero" in [t.value for t in app.text]


# --- what is in the study ---------------------------------------------------------------------


def test_a_files_texts_open_with_where_they_stood(app):
    upload(app, "pieni.csv", SMALL.encode())
    press(app, "Tuo tutkimukseen")
    press(app, "Avaa")
    assert "pieni.csv › pieni › 2 › B" in texts(app)


def test_non_answers_are_listed_and_can_be_brought_back_one_or_many(app, bench):
    upload_corpus(app, "asiakaskysely.xlsx")
    press(app, "Tuo tutkimukseen")
    control(app, "Mitä näytetään").set_value("aside").run()
    press(app, "Palauta")
    assert len(rows(bench, Document, set_aside=True)) == 8
    for box in app.checkbox[:3]:
        box.check()
    app.run()
    press(app, "Palauta valitut (3)")
    assert len(rows(bench, Document, set_aside=True)) == 5
    history.undo(bench)
    assert len(rows(bench, Document, set_aside=True)) == 8


def test_more_is_set_aside_from_a_files_texts(app, bench):
    upload(app, "pieni.csv", SMALL.encode())
    press(app, "Tuo tutkimukseen")
    press(app, "Avaa")
    press(app, "Siirrä sivuun")
    assert len(rows(bench, Document, set_aside=True)) == 2


def test_texts_that_stand_twice_are_shown_together(app):
    twice = SMALL + "6;Työntekijä  kuunteli ja auttoi hakemuksen kanssa;4\n"
    upload(app, "kahdesti.csv", twice.encode())
    press(app, "Tuo tutkimukseen")
    control(app, "Mitä näytetään").set_value("same").run()
    assert [t.value.split()[0] for t in app.text] == ["Työntekijä", "Työntekijä"]


def test_respondents_are_shown_with_their_background(app):
    upload_corpus(app, "asiakaskysely.xlsx")
    press(app, "Tuo tutkimukseen")
    control(app, "Mitä näytetään").set_value("people").run()
    table = app.dataframe[-1].value
    assert len(table) == 28
    assert table["Sukupuoli"][0] == "Nainen"


def test_a_file_is_removed_after_a_question_and_comes_back_with_undo(app, bench):
    upload(app, "pieni.csv", SMALL.encode())
    press(app, "Tuo tutkimukseen")
    press(app, "Poista")
    assert rows(bench, Source)
    press(app, "Poista tiedosto")
    assert (rows(bench, Source), rows(bench, Document)) == ([], [])
    history.undo(bench)
    assert len(rows(bench, Document)) == 5


def test_a_file_on_which_work_was_built_is_not_removed(app, bench):
    upload(app, "pieni.csv", SMALL.encode())
    press(app, "Tuo tutkimukseen")
    code = coding.add_code(bench, "tuki")
    document = rows(bench, Document, set_aside=False)[0]
    coding.code(bench, document.id, 0, 5, code.id)
    press(app, "Poista")
    press(app, "Poista tiedosto")
    assert "”pieni.csv”. Siihen viitataan muualla (viittauksia 1)" in texts(app)
    assert rows(bench, Source)


# --- size -------------------------------------------------------------------------------------


def test_ten_thousand_answers_come_in_whole(bench):
    """How long that takes: ``benchmarks/import_speed.py``."""
    from qualcode.readers.recognising import recognise
    from qualcode.readers.survey import guess_columns, read_survey

    lines = ["id;Mikä auttoi?;Mikä esti?;Mitä toivot?;Mitä muuta?;Kerro lisää"]
    for n in range(2_000):
        answers = [f"Vastaaja {n} kertoi kohdassa {q} pitkästi avusta ja arjesta" for q in range(5)]
        lines.append(";".join([str(n), *answers]))
    data = "\n".join(lines).encode()
    book = recognise(data, "iso.csv").workbook
    assert book is not None
    reading = read_survey(book.sheets[0], guess_columns(book.sheets[0]).plan())
    imported = importing.import_survey(bench, "iso.csv", data, reading)
    assert imported.documents == 10_000


# --- a real browser ---------------------------------------------------------------------------


@pytest.mark.browser
def test_a_file_dropped_in_a_browser_comes_in_without_a_word_of_english(bench, page, serve):
    server = serve(Path(bench.store.address))
    page.goto(f"{server.url}/aineisto")
    page.get_by_text("Valitse tiedosto").or_(
        page.locator("[data-testid=stFileUploaderDropzone]")
    ).first.wait_for(timeout=60_000)
    page.set_input_files("input[type=file]", CORPUS / "tyontekijakysely.csv")
    importing_button = page.get_by_role("button", name="Tuo tutkimukseen")
    importing_button.wait_for(timeout=60_000)
    shown = page.locator("[data-testid=stMain]").inner_text()
    assert "Kuinka tuttu Arjen tuki -toimintatapa on sinulle?" in shown
    for english in ("Header", "Column", "Import", "required", "Browse", "Upload"):
        assert english not in shown
    importing_button.click()
    page.get_by_text("on nyt tutkimuksessa").wait_for(timeout=60_000)
    assert len(rows(bench, Respondent)) == 14
    page.get_by_role("button", name="Kumoa").click()
    page.get_by_text("on nyt tutkimuksessa").wait_for(state="detached", timeout=60_000)
    assert not rows(bench, Respondent)
    assert outside(page.requested) == []
