"""The codebooks page: looking at a codebook, taking it, editing its codes, saving it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from qualcode.domain.approaches import Approach
from qualcode.domain.codes import Code, Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.decisions import Act
from qualcode.domain.documents import Document, Respondent, Source, SourceKind
from qualcode.readers.codebook_yaml import read_codebook, read_codebook_file, shipped_codebooks
from qualcode.ui import state
from qualcode.workbench import codebooks, coding, history, studies
from tests.browsing import outside
from tests.ui.page_study import study_by_environment

ARKI = """
id: arki
name_fi: Arki
name_en: Everyday life
codes:
  - id: koti
    label_fi: Koti
    label_en: Home
    definition_fi: Mitä kotona tehdään.
  - id: ruoka
    parent: koti
    label_fi: Ruoka
    definition_fi: Ruokaan liittyvät asiat.
"""
BROKEN = ARKI + "  - id: koti\n    label_fi: Toinen koti\n"


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """A study with two answers, served to the page through the environment."""
    with study_by_environment(tmp_path, monkeypatch) as bench:
        with bench.act(Act.IMPORT) as work:
            work.put(Source("src", "keksitty.csv", "d", SourceKind.SURVEY, "", ""))
            work.put(Respondent("r1", "src", "Vastaaja 1", "asiakas"))
            work.put(Document("d1", "src", "Ruoka oli hyvää.", respondent_id="r1"))
        yield bench


def script():
    import streamlit as st

    from qualcode.ui import state
    from qualcode.ui.pages import codebooks_page

    def show() -> None:
        codebooks_page.show(state.bench())

    def other() -> None:
        st.write("toinen sivu")

    pages = {
        "koodikirjat": st.Page(show, url_path="koodikirjat", default=True),
        "koodaus": st.Page(other, url_path="koodaus"),
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    state.remember_pages(pages)
    chosen.run()


def opened(language="fi"):
    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["language"] = language
    return healthy(app.run())


def healthy(app):
    assert not app.exception, app.exception
    return app


def button(app, label):
    found = [b for b in app.button if label in b.label.replace("\\", "")]
    labels = [b.label for b in app.button]
    assert found, f"no button {label!r}; there are {labels}"
    return found[0]


def click(app, label):
    return healthy(button(app, label).click().run())


def field(app, kind, label):
    found = [widget for widget in app.get(kind) if widget.label == label]
    assert found, f"no {kind} {label!r}; there are {[w.label for w in app.get(kind)]}"
    return found[0]


def area(app, name):
    app.session_state[state.filter_key("codebooks", "area")] = name
    return healthy(app.run())


def shown(app):
    """Every text on the page, to look for words in."""
    kinds = ("markdown", "caption", "info", "warning", "error", "title", "subheader", "html")
    texts = [str(e.proto.body) for kind in kinds for e in app.get(kind)]
    return "\n".join(texts).replace("\\", "")


def take_arki(bench):
    return codebooks.take(bench, read_codebook(ARKI, "arki.yaml"))


def rows(bench, cls, **equals):
    with bench.store.reading() as reading:
        return reading.find(cls, **equals)


def code(bench, key):
    return rows(bench, Code, key=key)[0]


# --- the library ---------------------------------------------------------------------------


def test_with_nothing_in_use_the_page_says_what_to_do_next(bench):
    app = opened()
    assert "Yhtään koodikirjaa ei ole vielä käytössä" in app.info[0].value
    app = click(app, "Selaa kirjastoa")
    assert sum(1 for b in app.button if str(b.key).startswith("card-")) == 51


def test_the_library_is_searched_by_name_source_and_the_words_of_the_codes(bench):
    app = area(opened(), "library")

    def found(words):
        app.text_input(state.filter_key("codebooks", "search")).input(words).run()
        return [b.label for b in app.button if str(b.key).startswith("card-")]

    assert found("arnstein tikkaat") == ["Osallistumisen tikkaat \\(viisiportainen\\)"]
    # A word of a definition, in no name or source.
    assert found("kauppakassi xyz") == []
    assert "Missään koodikirjassa ei ole näitä sanoja" in app.info[0].value
    assert found("laskuttaa") == ["Budjetin maksutavat"]


def test_a_theme_narrows_the_shelf(bench):
    app = area(opened(), "library")
    field(app, "selectbox", "Teema").select("valinnanvapaus").run()
    cards = [b.label for b in app.button if str(b.key).startswith("card-")]
    assert cards == ["Valinnanvapauden kolme astetta"]


def test_a_codebook_is_looked_at_before_it_is_taken(bench):
    app = click(area(opened(), "library"), "SWOT-nelikenttä")
    preview = shown(app)
    swot = read_codebook_file(next(c.path for c in shipped_codebooks() if c.key == "swot"))
    for found in swot.codes:
        assert found.label_fi in preview and found.definition_fi in preview
    assert rows(bench, Codebook) == []
    app = click(app, "Ota käyttöön")
    assert [book.key for book in rows(bench, Codebook)] == ["swot"]
    assert history.log(bench).rows[0].act is Act.TAKE_CODEBOOK
    assert "Käytössä, versio 1." in shown(app)
    app = click(app, "Kumoa")
    assert rows(bench, Codebook) == []


def test_a_broken_file_is_told_with_its_line_and_changes_nothing(bench):
    app = area(opened(), "library")
    before = history.log(bench).total
    app.file_uploader[0].set_value(("oma.yaml", BROKEN.encode(), "application/yaml"))
    healthy(app.run())
    told = app.error[0].value.replace("\\", "")
    assert "oma.yaml, rivi 14: koodi ”koti” on jo rivillä 6" in told
    assert "Mitään ei otettu käyttöön." in told
    assert (rows(bench, Codebook), history.log(bench).total) == ([], before)


def test_a_file_of_ones_own_shows_what_it_would_change(bench):
    take_arki(bench)
    newer = ARKI.replace("id: arki", "id: arki\nversion: 2").replace(
        "label_fi: Koti", "label_fi: Kotona"
    )
    app = area(opened(), "library")
    app.file_uploader[0].set_value(("oma.yaml", newer.encode(), "application/yaml"))
    app = healthy(app.run())
    assert "<del>Koti</del>" in shown(app) and "<ins>Kotona</ins>" in shown(app)
    app = click(app, "Tuo versio 2")
    assert code(bench, "koti").label_fi == "Kotona"


def test_markup_in_a_file_is_shown_as_text(bench):
    app = area(opened(), "library")
    text = ARKI.replace("Mitä kotona tehdään.", "<img src=x onerror=alert(1)>")
    app.file_uploader[0].set_value(("oma.yaml", text.encode(), "application/yaml"))
    app = healthy(app.run())
    assert "&lt;img src=x" in shown(app) and "<img" not in shown(app)


# --- codes in use ----------------------------------------------------------------------------


def test_codes_stand_with_their_counts_origin_and_place(bench):
    take_arki(bench)
    coding.code(bench, "d1", 0, 5, "code:arki/ruoka")
    app = opened()
    assert [b.label for b in app.button if str(b.key).startswith("code-")][:2] == ["Koti", "Ruoka"]
    facts = [e.proto.body for e in app.get("html") if 'class="qc-facts"' in e.proto.body]
    assert "Teoriasta" in facts[0] and facts[0].count(">1<") == 2


def test_every_field_of_a_code_is_edited_and_undone(bench):
    take_arki(bench)
    app = click(opened(), "Koti")
    field(app, "text_input", "Nimi suomeksi").input("Kotona")
    field(app, "text_input", "Nimi englanniksi").input("At home")
    field(app, "text_area", "Määritelmä suomeksi").input("Asuminen ja kotityöt.")
    field(app, "text_area", "Määritelmä englanniksi").input("Housing and chores.")
    field(app, "text_area", "Milloin käytetään ja milloin ei").input("Vain oma koti.")
    field(app, "text_area", "Esimerkki englanniksi").input("I clean on Fridays.")
    field(app, "selectbox", "Pikanäppäin").select("3")
    field(app, "selectbox", "Alkuperä").select(codebooks.Origin.BOTH)
    field(app, "button_group", "Väri").select("#B10086") if hasattr(
        field(app, "button_group", "Väri"), "select"
    ) else field(app, "button_group", "Väri").set_value(["#B10086"])
    app = click(app, "Tallenna")
    after = code(bench, "koti")
    assert (after.label_fi, after.label_en) == ("Kotona", "At home")
    assert (after.definition_fi, after.definition_en) == (
        "Asuminen ja kotityöt.",
        "Housing and chores.",
    )
    assert (after.rule_fi, after.example_en) == ("Vain oma koti.", "I clean on Fridays.")
    assert (after.shortcut, after.origin, after.colour) == ("3", codebooks.Origin.BOTH, "#B10086")
    assert history.log(bench).rows[0].act is Act.EDIT_CODE
    app = click(app, "Kumoa")
    assert field(app, "text_input", "Nimi suomeksi").value == "Koti"


def test_a_definition_that_lists_nothing_is_pointed_out(bench):
    take_arki(bench)
    app = click(opened(), "Ruoka")
    assert "Määritelmä ei luettele sisältöä" in app.warning[0].value
    app = click(app, "Koti")
    assert not app.warning
    codebooks.edit_code(bench, replace(code(bench, "koti"), definition_fi="", definition_en=""))
    app = click(opened(), "Koti")
    assert not app.warning
    assert "Koodilla ei ole määritelmää" in app.info[0].value


def test_a_name_changed_in_another_window_is_told_and_ones_own_text_stays(bench):
    take_arki(bench)
    app = click(opened(), "Koti")
    field(app, "text_input", "Nimi suomeksi").input("Koti ja piha")
    field(app, "text_area", "Esimerkki suomeksi").input("Siivoan perjantaisin.")
    mine = code(bench, "koti")
    codebooks.edit_code(replace(bench, coder="Eero"), replace(mine, label_fi="Kotona"))
    app = click(app, "Tallenna")
    told = app.error[0].value
    assert "Kotona" in told and "Koti ja piha" in told and "Eero" in told
    assert code(bench, "koti").label_fi == "Kotona"
    assert field(app, "text_input", "Nimi suomeksi").value == "Koti ja piha"
    app = click(app, "Tallenna")
    after = code(bench, "koti")
    assert (after.label_fi, after.example_fi) == ("Koti ja piha", "Siivoan perjantaisin.")


def test_a_code_without_a_name_is_refused(bench):
    take_arki(bench)
    app = click(opened(), "Ruoka")
    field(app, "text_input", "Nimi suomeksi").input("  ")
    app = click(app, "Tallenna")
    assert app.error and code(bench, "ruoka").label_fi == "Ruoka"


def test_a_code_is_added_moved_and_removed(bench):
    take_arki(bench)
    app = opened()
    field(app, "text_input", "Koodin nimi").input("Pelko")
    app = click(app, "Lisää")
    assert code(bench, "pelko").origin is codebooks.Origin.DATA
    assert field(app, "text_input", "Nimi suomeksi").value == "Pelko"
    app = click(app, "Ylös")
    assert [c.key for c in codebooks.codes_in_use(bench)] == ["pelko", "koti", "ruoka"]
    app = click(app, "Poista koodi")
    assert rows(bench, Code, key="pelko") == []


def test_a_used_code_offers_no_removal_but_shows_its_expressions(bench):
    take_arki(bench)
    coding.code(bench, "d1", 0, 5, "code:arki/ruoka")
    app = click(opened(), "Ruoka")
    assert button(app, "Poista koodi").disabled
    assert any(e.label == "1 alkuperäisilmaus" for e in app.expander)


def test_a_strict_frame_offers_no_new_codes(bench):
    take_arki(bench)
    studies.edit(bench, approach=Approach.THEORY_DRIVEN, strict_frame=True)
    app = opened()
    assert "Runko on tiukka" in shown(app)
    assert not [t for t in app.text_input if t.label in ("Koodin nimi", "Koodikirjan nimi")]


# --- codebooks ---------------------------------------------------------------------------------


def test_a_codebook_is_saved_as_a_version_that_the_library_then_has(bench, tmp_path):
    take_arki(bench)
    app = click(opened(), "Koodikirja…")
    field(app, "text_input", "Teorialähde").input("Keksitty 2020")
    app = click(app, "Tallenna")
    app = click(app, "Tallenna versioksi 2")
    saved = tmp_path / "codebooks" / "arki.v2.yaml"
    assert read_codebook_file(saved).codebook.theory_source == "Keksitty 2020"
    assert str(saved) in shown(app)
    app = area(app, "library")
    assert sum(1 for b in app.button if str(b.key).startswith("card-")) == 52


def test_a_folder_that_cannot_be_written_is_told(bench, tmp_path):
    take_arki(bench)
    (tmp_path / "este").write_text("tiedosto")
    app = click(opened(), "Koodikirja…")
    field(app, "text_input", "Uuden version kansio").input(str(tmp_path / "este" / "omat"))
    app = click(app, "Tallenna versioksi 2")
    assert "Koodikirjaa ei voitu tallentaa kansioon" in app.error[0].value


def test_out_of_use_and_back_loses_no_coding(bench):
    take_arki(bench)
    coding.code(bench, "d1", 0, 5, "code:arki/ruoka")
    app = click(opened(), "Koodikirja…")
    app = click(app, "Poista käytöstä")
    assert codebooks.codes_in_use(bench) == [] and len(rows(bench, Coding)) == 1
    assert "koodauksia tallessa 1" in shown(app)
    app = click(app, "Ota taas käyttöön")
    assert len(codebooks.codes_in_use(bench)) == 2


def test_a_codebook_of_ones_own_is_started_on_the_page(bench):
    app = opened()
    field(app, "text_input", "Koodikirjan nimi").input("Oma kirja")
    app = click(app, "Aloita")
    assert [book.name_fi for book in rows(bench, Codebook)] == ["Oma kirja"]
    assert "Koodeja ei vielä ole" in shown(app)


def test_the_page_in_english_has_no_finnish_but_the_study_s_own(bench):
    take_arki(bench)
    app = click(opened("en"), "Home")
    words = shown(app) + " ".join(
        w.label
        for kind in ("button", "text_input", "text_area", "selectbox")
        for w in app.get(kind)
    )
    for finnish in ("Koodi", "Käytössä", "Tallenna", "suomeksi", "Alkuperä", "Teoriasta"):
        assert finnish not in words


# --- in a real browser ---------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.slow
def test_from_the_library_to_a_renamed_code_in_a_browser(bench, serve, page, tmp_path):
    from playwright.sync_api import expect

    server = serve(tmp_path / "study.qualcode")
    page.goto(f"{server.url}/koodikirjat")
    page.get_by_role("button", name="Selaa kirjastoa").click(timeout=60_000)
    page.get_by_role("button", name="Osallistumisen tikkaat").click()
    expect(page.get_by_text("oma ääni puuttuu")).to_be_visible()
    page.get_by_role("button", name="Ota käyttöön").click()
    expect(page.get_by_text("Käytössä, versio 1.")).to_be_visible()
    page.get_by_role("radio", name="Käytössä (1)").click()

    codes = page.locator("[class*='st-key-codes-'] button")
    expect(codes).to_have_count(5)
    codes.first.click()
    name = page.get_by_label("Nimi suomeksi")
    expect(name).to_have_value("Kouluttaminen")
    name.fill("Kouluttaminen, ä ja 😀 <b>")
    page.get_by_role("radio", name="magenta").click()
    page.get_by_role("button", name="Tallenna").click()
    expect(codes.first).to_have_text("Kouluttaminen, ä ja 😀 <b>")
    # What is open stays in sight when the last code is chosen, and each swatch has its colour.
    swatch = codes.first.evaluate("e => getComputedStyle(e, '::before').backgroundColor")
    assert swatch == "rgb(177, 0, 134)"
    codes.last.click()
    expect(page.get_by_label("Nimi suomeksi")).to_be_in_viewport()

    page.reload()
    expect(codes.first).to_have_text("Kouluttaminen, ä ja 😀 <b>", timeout=60_000)
    assert outside(page.requested) == []
    assert codebooks.codes_in_use(bench)[0].colour == "#B10086"
