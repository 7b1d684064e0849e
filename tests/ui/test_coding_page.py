"""The page of reading without a browser: what is sent to the marker, and what comes back of it."""

from __future__ import annotations

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from qualcode.domain.codes import Code, Codebook, colour_for
from qualcode.ui.channel import saving, sheets
from qualcode.ui.channel.desks import desk_of
from qualcode.ui.components import codebook_words
from qualcode.ui.components.marker_words import KEYS
from qualcode.ui.components.segment_marker import DETAIL_BUDGET, WORDS, marker_codes, safe_colour
from qualcode.workbench import coding, reducing
from tests.apptest import component_data, fire
from tests.ui.reading_study import ANSWERS, CODER, bench_of, codings, make_study

pytestmark = pytest.mark.usefixtures("no_navigation")
MARKER = "segment_marker"


def _page() -> None:
    from qualcode.ui import shell, state
    from qualcode.ui.pages import coding_page

    shell.header()
    coding_page.show(state.bench())


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Opens the page on a study; gives the app as it is after its first run."""

    def open_page(study, **query):
        monkeypatch.setenv("QUALCODE_STUDY", str(study))
        monkeypatch.setenv("QUALCODE_CODER", CODER)
        st.cache_resource.clear()
        st.cache_data.clear()
        app = AppTest.from_function(_page, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    yield open_page
    st.cache_resource.clear()


def desk_of_page(app):
    """The desk that the page has told the browser of."""
    return desk_of(component_data(app, MARKER)["channel"]["token"])


def send(app, *operations, client="window"):
    """Operations as the browser sends them: by the direct channel, not through the page."""
    sheet = component_data(app, MARKER)["sheet"]
    asked = {"client": client, "ops": list(operations), "docs": sheet["ids"], "seen": 0}
    return saving.ops(desk_of_page(app), asked)


def operation(seq, **fields):
    return {"op": "code", "id": f"k{seq}", "doc": "q0-0", "start": 0, "end": 4, "code": "c0",
            "seq": seq, **fields}  # fmt: skip


def test_the_marker_gets_the_answers_with_their_codes_and_reductions(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode")
    mine, other = bench_of(study), bench_of(study, "Pekka")
    coding.code(mine, "q0-0", 0, 4, "c0")
    coding.code(other, "q0-0", 5, 9, "c1")
    reducing.reduce(mine, "q0-0", 0, 4, "saaminen")
    data = component_data(read(study), MARKER)
    row = data["rows"][0]
    assert (row["number"], row["label"], row["text"]) == ("1", "V0", ANSWERS[0])
    assert [span[1:] for span in row["spans"]] == [[0, 4, "c0"], [5, 9, "c1", "Pekka"]]
    assert [link[4] for link in row["reductions"]] == ["saaminen"]
    assert [code["key"] for code in data["codes"]] == ["1", "2", "3", ""]
    assert len(json.dumps(data)) < 60_000


def test_what_the_channel_saved_the_page_shows_after_a_while(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode")
    app = read(study)
    assert send(app, operation(1))["ack"] == {"window": 1}
    assert codings(study) == [("Sain", "Osallisuus")]
    undo = next(button for button in app.button if button.key == "undo")
    assert "Sain" not in undo.help
    fire(app, MARKER, "acted", 1)
    assert not app.exception
    assert "Sain" in next(button for button in app.button if button.key == "undo").help
    app.run()
    data = component_data(app, MARKER)
    assert len(data["rows"][0]["spans"]) == 1
    assert data["counts"]["c0"] == [1, 1]
    assert data["progress"] == {"answers": 5, "coded": 1, "reduced": 0}


def test_a_sheet_that_the_channel_turned_is_the_one_the_page_shows(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode", [f"Vastaus {n}" for n in range(60)]))
    shown = component_data(app, MARKER)["sheet"]
    sheets.sheet(desk_of_page(app), {"step": 1, "from": shown["key"]})
    app.run()
    turned = component_data(app, MARKER)["sheet"]
    assert (turned["first"], turned["key"]) == (26, shown["key"] + 1)


def test_another_filter_opens_a_sheet_of_its_own(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode", [f"Vastaus {n}" for n in range(60)]))
    shown = component_data(app, MARKER)["sheet"]
    send(app, *(operation(n + 1, doc=doc) for n, doc in enumerate(shown["ids"][:10])))
    app.session_state["filter:coding:state"] = "uncoded"
    app.run()
    filtered = component_data(app, MARKER)["sheet"]
    assert filtered["key"] > shown["key"]
    assert (filtered["ids"][0], filtered["total"]) == ("q0-10", 50)
    send(app, operation(20, doc="q0-10"))
    app.run()
    assert component_data(app, MARKER)["sheet"]["ids"] == filtered["ids"], "they stay while read"


def test_another_language_is_another_desk_with_the_same_answers(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode", [f"Vastaus {n}" for n in range(60)]))
    old = component_data(app, MARKER)
    sheets.sheet(desk_of_page(app), {"number": 2})
    app.session_state["language"] = "en"
    app.run()
    new = component_data(app, MARKER)
    assert new["channel"]["token"] != old["channel"]["token"]
    assert desk_of(new["channel"]["token"]).language == "en"
    assert new["sheet"]["ids"][0] == "q0-25"


def test_the_page_gives_its_window_one_desk_that_nobody_else_has(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode")
    app = read(study)
    token = component_data(app, MARKER)["channel"]["token"]
    app.run()
    assert component_data(app, MARKER)["channel"] == {"path": "/qc/", "token": token}
    assert component_data(read(study), MARKER)["channel"]["token"] != token
    assert len(token) >= 40


def test_a_link_opens_the_page_that_holds_the_answer(read, tmp_path):
    study = make_study(tmp_path / "s.qualcode", [f"Vastaus {n}" for n in range(60)], questions=2)
    data = component_data(read(study, vastaus="q1-30"), MARKER)
    assert data["options"]["open"]["doc"] == "q1-30"
    assert data["rows"][0]["id"] == "q1-25"
    assert data["sheet"]["has_previous"] and data["sheet"]["has_next"]


def test_a_link_to_an_answer_that_is_gone_says_so_and_shows_the_others(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode"), vastaus="nobody")
    assert not app.exception
    assert len(component_data(app, MARKER)["rows"]) == len(ANSWERS)


def test_an_empty_study_says_what_to_do_next(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode", []))
    assert "Tuo ensin vastaukset" in app.info[0].value


def test_filters_that_nothing_matches_can_be_cleared(read, tmp_path):
    app = read(make_study(tmp_path / "s.qualcode"))
    app.text_input(key="filter:coding:text").set_value("qqqq").run()
    assert "Mikään vastaus" in app.info[0].value
    next(b for b in app.button if b.label == "Näytä kaikki vastaukset").click().run()
    assert len(component_data(app, MARKER)["rows"]) == len(ANSWERS)


def test_every_text_of_the_marker_is_in_finnish(read, tmp_path):
    data = component_data(read(make_study(tmp_path / "s.qualcode")), MARKER)
    same = {name for name, text in data["texts"].items() if text == WORDS[name]}
    assert same == set()
    named = zip(data["options"]["palette"], codebook_words.COLOUR_NAMES, strict=True)
    assert [colour["name"] for colour, english in named if colour["name"] == english] == ["magenta"]
    shown = data["options"]["keys"]
    finnish = [group["heading"] for group in shown]
    finnish += [key["text"] for group in shown for key in group["keys"]]
    english = [heading for heading, _ in KEYS] + [text for _, lines in KEYS for _, text in lines]
    assert not set(finnish) & set(english)


# --- values ---------------------------------------------------------------------------------------


def test_long_definitions_are_cut_to_one_message():
    books = {"b": Codebook("b", "b", "Kirja")}
    codes = [
        Code(f"c{n}", "b", f"k{n}", f"Koodi {n}", definition_fi="pitkä " * 200) for n in range(300)
    ]
    shown = marker_codes(codes, books, "fi", str)
    assert sum(len(code.definition) for code in shown) <= DETAIL_BUDGET
    assert shown[0].definition.endswith("…")
    short = marker_codes(codes[:5], books, "fi", str)
    assert short[0].definition == codes[0].definition_fi


@pytest.mark.parametrize(
    "colour", ["", "red", "#12", "#12345g", "#123456; background: url(//x)", "url(//example.org)"]
)
def test_a_colour_that_is_none_becomes_the_palettes(colour):
    assert safe_colour(colour, 3) == colour_for(3)
